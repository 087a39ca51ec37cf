//! What a message and a notice are known by, and where a message stands.

use crate::values::{choice, id};

id! {
    /// One message of the outbox.
    MessageId
}

id! {
    /// Something to be told to one person without an e-mail address.
    NoticeId
}

choice! {
    /// Where a message stands.
    DeliveryState {
        /// It waits for its time, or for a mail server.
        Queued => "queued",
        /// Somebody has taken it to send it now.
        Sending => "sending",
        /// The mail server has taken it.
        Sent => "sent",
        /// It is not tried again.
        Failed => "failed",
        /// It was handed over and no answer came: it may have been sent.
        Uncertain => "uncertain",
    }
}

choice! {
    /// What stood against a message at its last attempt.
    Trouble {
        /// The mail server will not take it for this address.
        Rejected => "rejected",
        /// The mail server asks to try later.
        Deferred => "deferred",
        /// The mail server does not answer, or does not let us in.
        Unreachable => "unreachable",
        /// The mail server does not take messages from our address.
        SenderRefused => "sender_refused",
        /// The line broke while the mail server may have had it already.
        NoAnswer => "no_answer",
        /// The server was stopped while the mail server may have had it already.
        Interrupted => "interrupted",
        /// What is in it is of no use any more.
        Expired => "expired",
        /// It lay for days before there was a mail server.
        TooOld => "too_old",
        /// What it says is not true any more.
        Superseded => "superseded",
        /// An administrator gave it up.
        GivenUp => "given_up",
        /// It cannot be written as an e-mail to this address.
        BadAddress => "bad_address",
    }
}
