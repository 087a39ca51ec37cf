//! Checking in by phone: the code on the room's screen, the participant's own code at the door, and
//! the form for who comes without being enrolled.
//!
//! | who holds the phone | what is scanned | what is proved |
//! | --- | --- | --- |
//! | the participant | the room's code, new every 30 seconds | they see the room's screen now |
//! | who takes attendance | the participant's own code | the person is before them |
//!
//! What holds:
//! - reading an address never marks anybody: a page shows what would be done, a button does it;
//! - a code is derived from the key that is not in the database, the session and the time; nothing
//!   is stored, and whoever has seen one cannot make the next ([`room_code`]);
//! - the scanned code is longer than the typed one: pages are asked freely, so what stands in their
//!   address must be beyond guessing; tries of the short one are counted per account;
//! - a check-in is a mark like any other ([`crate::attendance`]), made without having seen those of
//!   others: where they disagree, the conflict shows;
//! - a personal code tells its holder's name to those alone who take attendance, during a session in
//!   which the holder takes part; for everybody else it is not there;
//! - what is written about somebody who is not enrolled is sealed, tells whoever writes it nothing of
//!   who is known, is seen by the coordinator alone, and is erased once that one has decided.
//!
//! ## A room full of phones
//!
//! At nine o'clock a whole hall types at once, and SQLite writes for one after the other, each with
//! its own wait for the disk. So a check-in is one short writing transaction:
//!
//! - before it, from a reading connection: which of the person's open sessions shows this code. The
//!   code follows from the server's key, the session and the time, so the answer cannot change; it is
//!   told to nobody yet;
//! - in it: whether a try is free ([`throttle::ask`](crate::access::throttle::ask)), the permit, the
//!   session with the person's enrolment, their marks there (which tell whether they are checked in,
//!   and what stands), the mark, what stands after it, and the audit event with the hash before it.
//!   Eight statements. A wrong code counts the try instead, in the same transaction;
//! - a right code writes nothing to the throttle, unless there is something to forgive. A right code
//!   that a rule refuses, because the session was moved that very moment, is no guess and not counted.
//!
//! However many tries come at once, no more are answered than are free, for the answer is given by
//! the transaction. The other ways of checking in, by scan, share all of it but the tries.
//!
//! Absent on purpose: where the phone is. Who stands in the room sees the screen; more is nobody's
//! business, and a place can be made up.
//!
//! Owns `personal_codes`, `walk_ins`.

#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
mod badges;
mod model;
mod operations;
pub mod pages;
pub mod personal_code;
mod queries;
pub mod room_code;
mod walk_in;
mod words;

pub(crate) use self::queries::own_data;
pub(crate) use self::queries::waiting as waiting_walk_ins;
pub use self::{
    badges::routes,
    model::*,
    operations::{holder, tokens},
};
