//! How an edition moves from state to state, and what each step asks for.

use chrono::{DateTime, NaiveDate, Utc};

use super::EditionState;
use crate::error::{AppError, Fault, Reason};

/// A step from one state to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Shows a draft to everyone.
    Announce,
    /// Opens the enrolment window: within its days people may enrol by themselves.
    OpenEnrolment,
    /// Begins to teach.
    Start,
    /// Freezes attendance, results and certificates.
    Close,
    /// Takes a closing back, with a reason.
    Reopen,
    /// Gives the edition up, with a reason.
    Cancel,
}

impl Step {
    /// Every step.
    pub const ALL: &'static [Self] = &[
        Self::Announce,
        Self::OpenEnrolment,
        Self::Start,
        Self::Close,
        Self::Reopen,
        Self::Cancel,
    ];

    /// Its name in the audit trail.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Announce => "edition_announce",
            Self::OpenEnrolment => "edition_open_enrolment",
            Self::Start => "edition_start",
            Self::Close => "edition_close",
            Self::Reopen => "edition_reopen",
            Self::Cancel => "edition_cancel",
        }
    }

    /// Whether it is taken only with a reason, which stays in the history.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Reopen | Self::Cancel)
    }
}

/// The state after a step; the whole table of what may follow what.
pub const fn next(state: EditionState, step: Step) -> Result<EditionState, Reason> {
    use EditionState::{Announced, Cancelled, Closed, Draft, Enrolling, Running};
    match (state, step) {
        (Draft, Step::Announce) => Ok(Announced),
        (Announced, Step::OpenEnrolment) => Ok(Enrolling),
        // By invitation: an edition may start without ever opening its enrolment.
        (Announced | Enrolling, Step::Start) | (Closed, Step::Reopen) => Ok(Running),
        (Running, Step::Close) => Ok(Closed),
        (Draft | Announced | Enrolling | Running, Step::Cancel) => Ok(Cancelled),
        _ => Err(Reason::WrongEditionState),
    }
}

/// What the steps ask about an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepFacts {
    /// The last day of the enrolment window.
    pub enrol_until: NaiveDate,
    /// How many sessions it has.
    pub sessions: i64,
    /// When the last session that meets ends. Those at one's own pace may be closed over: see the
    /// checklist of closing.
    pub last_session_ends: Option<DateTime<Utc>>,
}

/// Whether the edition is ready for a step that its state allows.
pub fn ready(
    step: Step,
    facts: StepFacts,
    now: DateTime<Utc>,
    today: NaiveDate,
    has_reason: bool,
) -> Result<(), AppError> {
    if step.needs_reason() && !has_reason {
        return Err(AppError::field("reason", Fault::ReasonNeeded));
    }
    let needs_sessions = matches!(step, Step::Announce | Step::OpenEnrolment | Step::Start);
    if needs_sessions && facts.sessions == 0 {
        return Err(Reason::NoSessions.into());
    }
    match step {
        Step::OpenEnrolment if today > facts.enrol_until => Err(Reason::EnrolmentNotOpen.into()),
        Step::Close if facts.last_session_ends.is_some_and(|end| end > now) => {
            Err(Reason::SessionsAhead.into())
        }
        _ => Ok(()),
    }
}

/// How many days before its first day an edition is started without being asked.
pub const START_AHEAD_DAYS: i64 = 7;

/// Whether starting an edition on that day is so early that somebody may not mean it: it ends
/// enrolling by oneself.
pub fn starts_early(starts_on: NaiveDate, today: NaiveDate) -> bool {
    (starts_on - today).num_days() > START_AHEAD_DAYS
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, TimeZone as _};

    use super::*;

    #[test]
    fn the_whole_table() {
        use EditionState::{Announced, Cancelled, Closed, Draft, Enrolling, Running};
        let columns = [
            Step::Announce,
            Step::OpenEnrolment,
            Step::Start,
            Step::Close,
            Step::Reopen,
            Step::Cancel,
        ];
        let no = None;
        let table = [
            (Draft, [Some(Announced), no, no, no, no, Some(Cancelled)]),
            (
                Announced,
                [no, Some(Enrolling), Some(Running), no, no, Some(Cancelled)],
            ),
            (Enrolling, [no, no, Some(Running), no, no, Some(Cancelled)]),
            (Running, [no, no, no, Some(Closed), no, Some(Cancelled)]),
            (Closed, [no, no, no, no, Some(Running), no]),
            (Cancelled, [no, no, no, no, no, no]),
        ];
        assert_eq!(columns, Step::ALL);
        assert_eq!(table.map(|(state, _)| state), *EditionState::ALL);
        for (state, row) in table {
            for (step, expected) in columns.into_iter().zip(row) {
                let expected = expected.ok_or(Reason::WrongEditionState);
                assert_eq!(next(state, step), expected, "{state} {step:?}");
            }
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn an_early_start_is_asked_about() {
        let today = day("2026-11-21");
        for (starts_on, early) in [
            ("2026-11-01", false),
            ("2026-11-21", false),
            ("2026-11-28", false),
            ("2026-11-29", true),
            ("2027-02-01", true),
        ] {
            assert_eq!(starts_early(day(starts_on), today), early, "{starts_on}");
        }
    }

    #[test]
    fn what_each_step_asks_for() {
        let now = Utc
            .with_ymd_and_hms(2026, 11, 21, 15, 0, 0)
            .single()
            .expect("a time");
        let today = day("2026-11-21");
        let facts = StepFacts {
            enrol_until: today,
            sessions: 1,
            last_session_ends: Some(now),
        };
        let asked = |step, facts| ready(step, facts, now, today, false);
        for step in [
            Step::Announce,
            Step::OpenEnrolment,
            Step::Start,
            Step::Close,
        ] {
            assert_eq!(asked(step, facts), Ok(()), "{step:?}");
        }
        let empty = StepFacts {
            sessions: 0,
            last_session_ends: None,
            ..facts
        };
        for step in [Step::Announce, Step::OpenEnrolment, Step::Start] {
            assert_eq!(
                asked(step, empty),
                Err(Reason::NoSessions.into()),
                "{step:?}"
            );
        }
        let over = StepFacts {
            enrol_until: day("2026-11-20"),
            ..facts
        };
        assert_eq!(
            asked(Step::OpenEnrolment, over),
            Err(Reason::EnrolmentNotOpen.into())
        );
        let ahead = StepFacts {
            last_session_ends: Some(now + Duration::seconds(1)),
            ..facts
        };
        assert_eq!(asked(Step::Close, ahead), Err(Reason::SessionsAhead.into()));
        let no_reason = AppError::field("reason", Fault::ReasonNeeded);
        for step in [Step::Reopen, Step::Cancel] {
            assert_eq!(asked(step, facts), Err(no_reason.clone()), "{step:?}");
            assert_eq!(ready(step, facts, now, today, true), Ok(()), "{step:?}");
        }
    }
}
