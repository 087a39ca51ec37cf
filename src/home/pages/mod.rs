//! Homes: one file a role, and the page that puts them together.

mod administrator;
mod coordinator;
mod facilitator;
mod manager;
mod me;
mod start;

pub use self::{me::MePage, start::HomePage};
