//! The way from a person to an account: inviting them.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::may_here;
use crate::{
    access::{Viewer, actions::Invite, policy::ActionKind},
    people::{AccountState, PersonRecord},
    t,
    ui::{PostButton, Section},
};

/// Offers to invite somebody who cannot sign in yet. Nothing for who can, for accounts that were
/// disabled, and for viewers who may not.
pub fn invitation(viewer: &Viewer, person: &PersonRecord) -> Option<AnyView> {
    if !may_here(viewer, ActionKind::ManagePeople) {
        return None;
    }
    let (lead, label) = match (&person.account, &person.email) {
        (AccountState::None, None) => return Some(needs_email()),
        (AccountState::None, Some(_)) => (t!(people.invite_lead), t!(people.invite)),
        (AccountState::Invited(_), _) => (t!(people.invite_again_lead), t!(people.invite_again)),
        (AccountState::Active(_) | AccountState::Disabled(_), _) => return None,
    };
    let fields = vec![("person", person.id.to_string())];
    let view = view! {
        <Section title=t!(people.account)>
            <p>{lead}</p>
            <PostButton action=Invite::PATH fields=fields>{label}</PostButton>
        </Section>
    };
    Some(view.into_any())
}

fn needs_email() -> AnyView {
    view! { <Section title=t!(people.account)><p>{t!(people.invite_needs_email)}</p></Section> }
        .into_any()
}
