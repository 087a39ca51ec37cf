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

/// What a message is about; a kind without a word is shown as it is stored.
pub fn message_kind(kind: &str) -> String {
    match kind {
        "invitation" => t!(admin.message_kind.invitation),
        "password_reset" => t!(admin.message_kind.password_reset),
        "enrolment_enrolled" => t!(admin.message_kind.enrolment_enrolled),
        "enrolment_waiting" => t!(admin.message_kind.enrolment_waiting),
        "enrolment_promoted" => t!(admin.message_kind.enrolment_promoted),
        "enrolment_declined" => t!(admin.message_kind.enrolment_declined),
        "enrolment_withdrawn" => t!(admin.message_kind.enrolment_withdrawn),
        "certificate_ready" => t!(admin.message_kind.certificate_ready),
        "certificate_revoked" => t!(admin.message_kind.certificate_revoked),
        other => other.to_owned(),
    }
}
