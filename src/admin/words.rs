//! Words for roles, states of accounts and kinds of messages.

use crate::{access::GrantedRole, t};

/// A role that can be granted.
pub fn role(role: GrantedRole) -> String {
    match role {
        GrantedRole::Administrator => t!(admin.role.administrator),
        GrantedRole::Manager => t!(admin.role.manager),
        GrantedRole::Coordinator => t!(admin.role.coordinator),
    }
}

/// Every role with its code, for a select.
pub fn roles() -> Vec<(&'static str, String)> {
    GrantedRole::ALL
        .iter()
        .map(|&one| (one.as_str(), role(one)))
        .collect()
}
