//! What is to be told to people: the outbox and its delivery, and what is told by other means.
//!
//! A message is written in the transaction of the change it tells of, so nobody is told of
//! something that did not happen, and nothing that happened goes untold. Sending comes afterwards
//! and may fail and be tried again without touching what was done. A message bears a key made of
//! what it tells of: a second one with the same key is not written.
//!
//! ## Sent at most once
//!
//! Between handing a message to a mail server and writing down that it was taken, the line may
//! break or the machine stop, and then nobody knows whether it went out. Trying again may tell
//! people twice, giving up may leave them untold. The outbox does neither by itself:
//!
//! ```text
//! queued ──claim──▸ sending ──▸ (handed over) ──▸ sent
//!    ▴                 │              ├─ no answer ──▸ uncertain
//!    └─ try later ─────┴──────────────┘  refused ──▸ failed
//! ```
//!
//! - Whoever sends a message first claims it, with a lease; no two send the same one.
//! - Before its text goes over the line, that is written down too. A lease that ends before this
//!   point means that nothing was sent: the message is queued again. One that ends behind it, or a
//!   line that breaks without an answer, makes the message *uncertain*: an administrator sees it
//!   as "perhaps sent" and decides to send it again or to leave it.
//! - Its `Message-ID` never changes, so that a second copy can be told from a second message.
//! - "Try later" (4xx, no connection) waits one minute, then two, four … at most four hours, and
//!   ends after twenty attempts, some two days. A refusal for good (5xx) ends at once. A server
//!   that lets nobody in, or refuses our own address, says nothing about the message: that is
//!   "try later" too, and the rest of the queue waits with it.
//!
//! Without a mail server messages stay queued, and administrators read and pass them on. What lay
//! for more than three days when there is one at last is not sent by itself.
//!
//! ## Secrets
//!
//! One-time links are not in the body: they are sealed beside it with the key that is not in the
//! database, and erased once they were sent or are of no use any more. No log names an address, a
//! person or a text: messages are logged by their number.
//!
//! ## To nobody yet
//!
//! A letter may go to an address of which nobody knows whose it is: that by which somebody finishes
//! to register. It becomes the person's once they answered; else it is erased, with the address, when
//! it is of no use any more.
//!
//! ## Without e-mail
//!
//! What somebody without an address is to be told becomes a notice, listed for who runs the
//! edition, to be told by telephone or a printed note.
//!
//! Owns `outbox`, `notices`.

mod delivery;
mod letter;
mod mail_server;
mod model;
mod operations;
mod queries;
mod smtp;

pub(crate) use self::queries::{own_data, own_notices};
pub use self::{
    delivery::{Delivered, deliver_due},
    mail_server::MailServer,
    model::*,
    operations::{
        Letter, NewMessage, News, Sample, enqueue, give_letters, give_up, resend, revealed, tell,
        told, withdraw,
    },
    queries::{Counts, Notice, Told, counts, open_count, open_notices, told_notices},
};
