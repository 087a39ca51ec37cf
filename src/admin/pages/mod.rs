//! Pages of administration.

mod account;
mod accounts;
mod letters;
mod outbox;
mod overview;

use leptos::prelude::*;

pub use self::{
    account::AccountPage, accounts::AccountsPage, letters::LettersPage, outbox::OutboxPage,
    overview::AdminPage,
};
use crate::{
    paths::{self, Path},
    t,
    ui::{TabItem, Tabs},
};

/// The pages of administration, the present one marked.
fn tabs(current: &Path) -> AnyView {
    let pages = [
        (t!(admin.overview), paths::admin()),
        (t!(admin.accounts), paths::accounts()),
        (t!(admin.outbox), paths::outbox()),
    ];
    let items = pages.map(|(label, path)| {
        let is_current = path == *current;
        TabItem::new(label, path, is_current)
    });
    view! { <Tabs label=t!(admin.title) items=items.to_vec() /> }.into_any()
}
