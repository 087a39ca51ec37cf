//! Accounts, sign-ins and authorization.
//!
//! Authorization hangs in three nets, so that forgetting it fails loudly:
//! 1. **Types**: operations take a [`Permit`], which only [`permit`] can make;
//! 2. **Policy**: [`policy::decide`] is one pure function, its whole table a committed snapshot;
//! 3. **Coverage**: the access matrix asks every endpoint as every role and fails for one without a row.
//!
//! Invisible objects answer 404, visible ones that are not the viewer's to change 403.
//!
//! Owns `accounts`, `role_grants`, `sign_ins`, `sign_in_failures`, `one_time_links`, `registrations`.

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
#[expect(
    missing_docs,
    reason = "the server macro makes structs of the arguments"
)]
pub mod actions;
#[cfg(feature = "ssr")]
mod device;
#[cfg(feature = "ssr")]
mod letters;
#[cfg(feature = "ssr")]
pub mod link;
mod model;
#[cfg(feature = "ssr")]
pub mod own_account;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod password;
#[cfg(feature = "ssr")]
mod permit;
#[cfg(feature = "ssr")]
mod permitted;
#[cfg(feature = "ssr")]
pub mod policy;
#[cfg(feature = "ssr")]
pub(crate) mod queries;
#[cfg(feature = "ssr")]
pub mod register;
#[cfg(feature = "ssr")]
pub mod registration;
#[cfg(feature = "ssr")]
mod sign_in;
#[cfg(feature = "ssr")]
pub mod throttle;
#[cfg(feature = "ssr")]
mod unproven;
#[cfg(feature = "ssr")]
mod viewer;
#[cfg(feature = "ssr")]
pub mod waiting;

pub use self::model::{AccountId, GrantedRole, LinkPurpose, SignInId};
#[cfg(feature = "ssr")]
pub use self::{
    device::device_name,
    letters::samples as sample_letters,
    password::{NewPassword, PasswordPool},
    permit::{
        Action, OpenToAll, Permit, Place, Ties, allowed, demand, may, permit, public_permit,
        system_permit,
    },
    permitted::*,
    throttle::{Turns, blocked_now},
    viewer::{Roles, Viewer, find_viewer, maybe_viewer, viewer, viewer_who_signed_in},
};
