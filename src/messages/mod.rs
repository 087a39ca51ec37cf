//! What is to be told to people: the outbox.
//!
//! A message is written in the transaction of the change it tells of, so nobody is told of
//! something that did not happen, and nothing that happened goes untold. Sending comes afterwards
//! and may fail and be tried again without touching what was done.
//!
//! People without an e-mail address get no message; their coordinator tells them.
//!
//! Owns `outbox`.

mod operations;
mod queries;

pub use self::operations::{NewMessage, enqueue};
