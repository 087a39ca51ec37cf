//! The steps between the states of an enrolment: one pure function, its whole table tested.

use super::EnrolmentState;
use crate::error::Reason;

/// A step from one state to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A seat is given.
    Enrol,
    /// No seat is free: to the end of the waiting list.
    Wait,
    /// The coordinator says no.
    Decline,
    /// The person, or the coordinator for them, steps back.
    Withdraw,
    /// The edition is closed, and the person met its rule.
    Complete,
    /// The edition is closed, and the person did not meet its rule.
    NotComplete,
    /// The edition is closed, and the person never came.
    NoShow,
    /// The edition is reopened: the outcome is open again.
    Resume,
}

impl Step {
    /// Every step.
    pub const ALL: &'static [Self] = &[
        Self::Enrol,
        Self::Wait,
        Self::Decline,
        Self::Withdraw,
        Self::Complete,
        Self::NotComplete,
        Self::NoShow,
        Self::Resume,
    ];

    /// The step that ends in an outcome; `None` for states that are none.
    pub const fn to_outcome(outcome: EnrolmentState) -> Option<Self> {
        match outcome {
            EnrolmentState::Completed => Some(Self::Complete),
            EnrolmentState::NotCompleted => Some(Self::NotComplete),
            EnrolmentState::NoShow => Some(Self::NoShow),
            _ => None,
        }
    }

    /// The word of the audit trail.
    pub const fn audit_action(self) -> &'static str {
        match self {
            Self::Enrol => "enrolment_enrol",
            Self::Wait => "enrolment_wait",
            Self::Decline => "enrolment_decline",
            Self::Withdraw => "enrolment_withdraw",
            Self::Complete | Self::NotComplete | Self::NoShow => "enrolment_conclude",
            Self::Resume => "enrolment_resume",
        }
    }
}

#[expect(clippy::match_same_arms, reason = "one line a rule")]
/// The state after a step, or `WrongEnrolmentState` where the step cannot be taken.
pub const fn after(state: EnrolmentState, step: Step) -> Result<EnrolmentState, Reason> {
    use EnrolmentState as S;
    match (state, step) {
        (S::Requested | S::Waiting, Step::Enrol) => Ok(S::Enrolled),
        (S::Requested, Step::Wait) => Ok(S::Waiting),
        (S::Requested | S::Waiting, Step::Decline) => Ok(S::Declined),
        (S::Requested | S::Waiting | S::Enrolled, Step::Withdraw) => Ok(S::Withdrawn),
        (S::Enrolled, Step::Complete) => Ok(S::Completed),
        (S::Enrolled, Step::NotComplete) => Ok(S::NotCompleted),
        (S::Enrolled, Step::NoShow) => Ok(S::NoShow),
        (S::Completed | S::NotCompleted | S::NoShow, Step::Resume) => Ok(S::Enrolled),
        _ => Err(Reason::WrongEnrolmentState),
    }
}

/// The step that an edition's cancelling takes with whoever is in it; `None`: they were in it no
/// longer.
pub const fn on_cancel(state: EnrolmentState) -> Option<Step> {
    match state {
        EnrolmentState::Requested | EnrolmentState::Waiting => Some(Step::Decline),
        EnrolmentState::Enrolled => Some(Step::Withdraw),
        EnrolmentState::Declined
        | EnrolmentState::Withdrawn
        | EnrolmentState::Completed
        | EnrolmentState::NotCompleted
        | EnrolmentState::NoShow => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows: from; columns: the steps in the order of [`Step::ALL`]; `-`: not possible.
    const TABLE: &[(&str, &str)] = &[
        ("requested", "enrolled waiting declined withdrawn - - - -"),
        (
            "enrolled",
            "- - - withdrawn completed not_completed no_show -",
        ),
        ("waiting", "enrolled - declined withdrawn - - - -"),
        ("declined", "- - - - - - - -"),
        ("withdrawn", "- - - - - - - -"),
        ("completed", "- - - - - - - enrolled"),
        ("not_completed", "- - - - - - - enrolled"),
        ("no_show", "- - - - - - - enrolled"),
    ];

    #[test]
    fn every_step_from_every_state() {
        assert_eq!(TABLE.len(), EnrolmentState::ALL.len());
        for (&from, &(name, row)) in EnrolmentState::ALL.iter().zip(TABLE) {
            assert_eq!(from.as_str(), name);
            let expected: Vec<&str> = row.split(' ').collect();
            let found: Vec<&str> = Step::ALL
                .iter()
                .map(|&step| after(from, step).map_or("-", EnrolmentState::as_str))
                .collect();
            assert_eq!(found, expected, "from {from}");
        }
    }

    #[test]
    fn cancelling_leaves_nobody_asking_waiting_or_enrolled() {
        let table = [
            ("requested", "declined"),
            ("enrolled", "withdrawn"),
            ("waiting", "declined"),
            ("declined", "-"),
            ("withdrawn", "-"),
            ("completed", "-"),
            ("not_completed", "-"),
            ("no_show", "-"),
        ];
        assert_eq!(table.len(), EnrolmentState::ALL.len());
        for (&from, (name, to)) in EnrolmentState::ALL.iter().zip(table) {
            assert_eq!(from.as_str(), name);
            let found = on_cancel(from).map_or("-", |step| {
                after(from, step)
                    .expect("a step that can be taken")
                    .as_str()
            });
            assert_eq!(found, to, "from {from}");
        }
    }

    #[test]
    fn active_states_are_those_of_the_unique_index() {
        let migration = include_str!("../../migrations/0005_enrolment.sql");
        let active: Vec<String> = EnrolmentState::ALL
            .iter()
            .filter(|state| state.is_active())
            .map(|state| format!("'{state}'"))
            .collect();
        let line = migration
            .lines()
            .find(|line| line.trim_start().starts_with("WHERE state IN"))
            .expect("the index names its states");
        for state in EnrolmentState::ALL {
            let quoted = format!("'{state}'");
            assert_eq!(line.contains(&quoted), active.contains(&quoted), "{state}");
        }
    }

    #[test]
    fn who_takes_part_holds_a_seat() {
        for state in EnrolmentState::ALL {
            let listed = EnrolmentState::TAKING_PART.contains(state);
            assert_eq!(state.takes_part(), listed, "{state}");
            assert_eq!(
                Step::to_outcome(*state).is_some(),
                state.takes_part() && *state != EnrolmentState::Enrolled,
                "{state}"
            );
        }
    }
}
