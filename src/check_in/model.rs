//! People who come to a session without being enrolled.

use crate::values::{choice, id};

id! {
    /// Somebody who came without being enrolled, as they or somebody else wrote them down.
    WalkInId
}

choice! {
    /// How far a walk-in is.
    WalkInState {
        /// Nobody has decided.
        Waiting => "waiting",
        /// Enrolled, and marked present.
        Accepted => "accepted",
        /// Not enrolled.
        Rejected => "rejected",
        /// Nobody decided for so long that what was written is erased.
        Lapsed => "lapsed",
    }
}
