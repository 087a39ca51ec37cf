//! The way from a person to an account: inviting them.

use leptos::{prelude::*, server_fn::ServerFn as _};

use crate::{
    access::actions::Invite,
    people::{AccountState, PersonRecord},
    t,
    ui::{PostButton, Section},
};

/// Offers to invite somebody who cannot sign in yet, or says who can. Nothing for who can sign in,
/// and for accounts that were disabled.
pub fn invitation(may_invite: bool, person: &PersonRecord) -> Option<AnyView> {
    let (lead, label) = match (&person.account, &person.email) {
        (AccountState::Active(_) | AccountState::Disabled(_), _) => return None,
        _ if !may_invite => return Some(only_said(t!(people.invite_elsewhere))),
        (AccountState::None, None) => return Some(only_said(t!(people.invite_needs_email))),
        (AccountState::None, Some(_)) => (t!(people.invite_lead), t!(people.invite)),
        (AccountState::Invited(_), _) => (t!(people.invite_again_lead), t!(people.invite_again)),
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

fn only_said(why: String) -> AnyView {
    view! { <Section title=t!(people.account)><p>{why}</p></Section> }.into_any()
}
