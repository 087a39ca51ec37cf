//! Enrolments: ids and states.

use crate::values::{choice, id};

id! {
    /// A person in an edition.
    EnrolmentId
}

choice! {
    /// Where an enrolment stands. History is kept, never overwritten.
    ///
    /// ```text
    /// requested ─┬─▶ enrolled ─┬─▶ withdrawn
    ///            ├─▶ waiting ──┤   completed
    ///            │     │       │   not_completed
    ///            │     └─▶ …   └─▶ no_show
    ///            ├─▶ declined
    ///            └─▶ withdrawn
    /// ```
    EnrolmentState {
        Requested => "requested",
        Enrolled => "enrolled",
        Waiting => "waiting",
        Declined => "declined",
        Withdrawn => "withdrawn",
        Completed => "completed",
        NotCompleted => "not_completed",
        NoShow => "no_show",
    }
}
