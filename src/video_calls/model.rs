//! Participant reports of video calls.

use crate::values::{choice, id};

id! {
    /// A report that was sent for a session.
    VideoReportId
}

choice! {
    /// Whose report it is.
    CallService {
        Zoom => "zoom",
        Teams => "teams",
        Meet => "meet",
    }
}

choice! {
    /// How far a report is.
    ReportState {
        /// Read, and nobody has decided.
        Waiting => "waiting",
        /// Marks were made of it.
        Applied => "applied",
        /// Given up, or replaced by another.
        Discarded => "discarded",
    }
}
