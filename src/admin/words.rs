//! Words for roles, states of accounts and kinds of messages.

use crate::{
    access::GrantedRole,
    messages::{DeliveryState, Trouble},
    t,
};

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
        "enrolment_offered" => t!(admin.message_kind.enrolment_offered),
        "enrolment_offer_over" => t!(admin.message_kind.enrolment_offer_over),
        "enrolment_declined" => t!(admin.message_kind.enrolment_declined),
        "enrolment_withdrawn" => t!(admin.message_kind.enrolment_withdrawn),
        "certificate_ready" => t!(admin.message_kind.certificate_ready),
        "certificate_revoked" => t!(admin.message_kind.certificate_revoked),
        "registration" => t!(admin.message_kind.registration),
        "register_known" => t!(admin.message_kind.register_known),
        "edition_cancelled" => t!(admin.message_kind.edition_cancelled),
        "edition_moved" => t!(admin.message_kind.edition_moved),
        "enrolment_requested" => t!(admin.message_kind.enrolment_requested),
        "session_reminder" => t!(admin.message_kind.session_reminder),
        "session_moved" => t!(admin.message_kind.session_moved),
        "session_cancelled" => t!(admin.message_kind.session_cancelled),
        other => other.to_owned(),
    }
}

/// Where a message stands.
pub fn delivery(state: DeliveryState) -> String {
    match state {
        DeliveryState::Queued => t!(admin.delivery.queued),
        DeliveryState::Sending => t!(admin.delivery.sending),
        DeliveryState::Sent => t!(admin.delivery.sent),
        DeliveryState::Failed => t!(admin.delivery.failed),
        DeliveryState::Uncertain => t!(admin.delivery.uncertain),
    }
}

/// What stood against a message.
pub fn trouble(trouble: Trouble) -> String {
    match trouble {
        Trouble::Rejected => t!(admin.trouble.rejected),
        Trouble::Deferred => t!(admin.trouble.deferred),
        Trouble::Unreachable => t!(admin.trouble.unreachable),
        Trouble::SenderRefused => t!(admin.trouble.sender_refused),
        Trouble::NoAnswer => t!(admin.trouble.no_answer),
        Trouble::Interrupted => t!(admin.trouble.interrupted),
        Trouble::Expired => t!(admin.trouble.expired),
        Trouble::TooOld => t!(admin.trouble.too_old),
        Trouble::Superseded => t!(admin.trouble.superseded),
        Trouble::GivenUp => t!(admin.trouble.given_up),
        Trouble::BadAddress => t!(admin.trouble.bad_address),
    }
}
