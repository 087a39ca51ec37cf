//! Which part of an edition's enrolments the coordinator's list shows.

use super::{EnrolmentState, queries::Counts};
use crate::{t, values::choice};

choice! {
    /// A part of the list, in the order of the tabs.
    ListView {
        /// Nobody has decided on them yet.
        Requested => "requested",
        /// Enrolled, or with an outcome.
        TakingPart => "taking_part",
        /// On the waiting list.
        Waiting => "waiting",
        /// Declined or withdrawn.
        Left => "left",
    }
}

impl ListView {
    /// The query parameter that names the view.
    pub const PARAMETER: &'static str = "state";

    /// The states that it shows.
    pub const fn states(self) -> &'static [EnrolmentState] {
        match self {
            Self::Requested => &[EnrolmentState::Requested],
            Self::TakingPart => EnrolmentState::TAKING_PART,
            Self::Waiting => &[EnrolmentState::Waiting],
            Self::Left => &[EnrolmentState::Declined, EnrolmentState::Withdrawn],
        }
    }

    /// How many enrolments it shows without a filter.
    pub const fn count(self, counts: &Counts) -> i64 {
        match self {
            Self::Requested => counts.requested,
            Self::TakingPart => counts.taking_part,
            Self::Waiting => counts.waiting,
            Self::Left => counts.left,
        }
    }

    /// The word on its tab.
    pub fn label(self) -> String {
        match self {
            Self::Requested => t!(enrolment.view.requested),
            Self::TakingPart => t!(enrolment.view.taking_part),
            Self::Waiting => t!(enrolment.view.waiting),
            Self::Left => t!(enrolment.view.left),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_stands_in_one_view() {
        for state in EnrolmentState::ALL {
            let views = ListView::ALL
                .iter()
                .filter(|view| view.states().contains(state));
            assert_eq!(views.count(), 1, "{state}");
        }
    }
}
