//! Attendance marks: ids and choices.

use crate::values::{choice, id};

id! {
    /// One mark: who said what, when, about one enrolment in one session.
    MarkId
}

choice! {
    /// What a mark says.
    MarkStatus {
        Present => "present",
        Late => "late",
        Partial => "partial",
        Excused => "excused",
        Absent => "absent",
        /// Takes an earlier mark back.
        NotTaken => "not_taken",
    }
}

choice! {
    /// Where a mark came from.
    MarkSource {
        Form => "form",
        Grid => "grid",
        SelfPaced => "self_paced",
        Demo => "demo",
    }
}
