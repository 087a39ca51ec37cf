//! Lists on phones, and what becomes of what they hand in.

use crate::values::{Text, choice, id};

id! {
    /// One session's list on one phone.
    RosterId
}

id! {
    /// One mark as a phone handed it in.
    OfflineMarkId
}

/// What somebody calls their phone.
pub type PhoneName = Text<60>;

choice! {
    /// What became of a mark that was handed in.
    Outcome {
        /// It counts.
        Applied => "applied",
        /// Its maker has said something newer.
        Superseded => "superseded",
        /// A rule stands against it: the coordinator decides.
        Refused => "refused",
    }
}

choice! {
    /// The rule that stands against a mark: the first, in this order.
    Refusal {
        /// The list was taken back.
        Revoked => "revoked",
        /// Who marked may not take this attendance any more.
        NotAllowed => "not_allowed",
        /// It is about a session whose list the phone did not have.
        ForeignSession => "foreign_session",
        /// The code is nobody's.
        UnknownCode => "unknown_code",
        /// The person does not take part.
        NotEnrolled => "not_enrolled",
        /// Somebody marked themselves.
        OwnRecord => "own_record",
        /// The edition is closed or cancelled.
        EditionClosed => "edition_closed",
        /// It was made before the session could be marked.
        TooEarly => "too_early",
        /// It was made after the list had expired.
        TooLate => "too_late",
        /// Nobody can have attended so many minutes.
        BadMinutes => "bad_minutes",
    }
}
