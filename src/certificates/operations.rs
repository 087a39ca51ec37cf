//! Issuing, replacing and revoking, each in one writing transaction.

mod issue;
mod revise;

pub use self::{
    issue::{Which, issue},
    revise::{replace, revoke},
};
use crate::values::Text;

/// Why a certificate was revoked or replaced: for the history and, when revoked, for the person.
pub type StateReason = Text<500>;
