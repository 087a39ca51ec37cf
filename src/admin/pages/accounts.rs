//! The list of accounts.

use leptos::prelude::*;
use sqlx::SqliteConnection;

use super::tabs;
use crate::{
    access::{AccountId, Administer, permit, viewer},
    admin::{
        queries::{self, AccountLine, AccountSearch, GrantLine},
        words,
    },
    error::AppError,
    paths::{self, Path},
    people::{listed_name, search_words},
    plural,
    server::{
        page::{page, query_value},
        services,
    },
    t,
    ui::{
        Chip, EmptyState, FilterBar, KeysetPager, Page, SearchField, SelectField, Table, Tone,
        number,
    },
};

const PAGE: i64 = 50;

/// The filters in the address.
#[derive(Clone)]
struct Filters {
    text: String,
    show: String,
    after: Option<AccountId>,
}

impl Filters {
    fn from_address() -> Self {
        Self {
            text: query_value("q"),
            show: query_value("show"),
            after: query_value("after").parse().ok(),
        }
    }

    fn is_set(&self) -> bool {
        !self.text.is_empty() || !self.show.is_empty()
    }

    fn search(&self) -> AccountSearch {
        AccountSearch {
            after: self.after,
            show: self.show.clone(),
            words: search_words(&self.text).unwrap_or_default(),
            email: self.text.trim().to_lowercase(),
        }
    }

    /// The address of this list from its beginning.
    fn address(&self) -> Path {
        let set = [("q", &self.text), ("show", &self.show)];
        set.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .fold(paths::accounts(), |path, (name, value)| {
                path.with(name, value)
            })
    }
}

/// Accounts, looked for by name, e-mail, role or state.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let filters = Filters::from_address();
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        let _ = permit(&mut connection, &viewer, Administer).await?;
        let mut lines = queries::accounts(&mut connection, &filters.search(), PAGE + 1).await?;
        let more = lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
        lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let grants = grants_of(&mut connection, &lines).await?;
        let list = (filter_bar(&filters), list(&filters, lines, &grants, more));
        Ok(view! {
            <Page title=t!(admin.accounts) lead=t!(admin.accounts_lead)>
                {tabs(&paths::accounts())}
                {list}
            </Page>
        }
        .into_any())
    })
}

async fn grants_of(
    connection: &mut SqliteConnection,
    lines: &[AccountLine],
) -> Result<Vec<GrantLine>, AppError> {
    let ids: Vec<AccountId> = lines.iter().map(|line| line.id).collect();
    let ids = serde_json::json!(ids).to_string();
    Ok(queries::grants(connection, &ids).await?)
}

fn filter_bar(filters: &Filters) -> AnyView {
    let clear = filters.is_set().then(paths::accounts);
    let mut show = words::roles();
    show.push(("invited", t!(admin.invited)));
    show.push(("disabled", t!(admin.disabled)));
    let (text, chosen) = (filters.text.clone(), filters.show.clone());
    view! {
        <FilterBar action=paths::accounts() clear=clear>
            <SearchField name="q" label=t!(admin.search_accounts) value=text />
            <SelectField name="show" label=t!(admin.show) value=chosen
                placeholder=t!(admin.everyone) options=show />
        </FilterBar>
    }
    .into_any()
}

fn list(filters: &Filters, lines: Vec<AccountLine>, grants: &[GrantLine], more: bool) -> AnyView {
    if lines.is_empty() {
        return view! { <EmptyState title=t!(admin.no_accounts) body=t!(admin.no_accounts_next) /> }
            .into_any();
    }
    let first = filters.after.map(|_| filters.address());
    let last = lines.last().filter(|_| more);
    let next = last.map(|line| filters.address().with("after", &line.id.to_string()));
    let shown = plural!(number::length(&lines), admin.accounts_shown);
    let rows = lines
        .into_iter()
        .map(|line| row(line, grants))
        .collect_view();
    view! {
        <Table caption=t!(admin.accounts) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(admin.name)}</th>
                <th scope="col">{t!(admin.email)}</th>
                <th scope="col">{t!(admin.roles)}</th>
                <th scope="col">{t!(admin.state)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
        <KeysetPager count=shown first=first next=next />
    }
    .into_any()
}

fn row(line: AccountLine, grants: &[GrantLine]) -> AnyView {
    let name = listed_name(
        &line.given_names,
        &line.paternal_surname,
        line.maternal_surname.as_deref(),
    );
    let roles: Vec<AnyView> = grants
        .iter()
        .filter(|grant| grant.account == line.id)
        .map(|grant| view! { <li>{grant_words(grant)}</li> }.into_any())
        .collect();
    let roles = if roles.is_empty() {
        view! { <span class="quiet">{t!(admin.no_role)}</span> }.into_any()
    } else {
        view! { <ul role="list">{roles}</ul> }.into_any()
    };
    let state = state_chip(line.has_password, line.disabled);
    view! {
        <tr>
            <th scope="row"><a href=paths::account(line.id)>{name}</a></th>
            <td data-label=t!(admin.email)>{line.email}</td>
            <td data-label=t!(admin.roles)>{roles}</td>
            <td data-label=t!(admin.state)>{state}</td>
        </tr>
    }
    .into_any()
}

/// "Coordinación · Programa".
pub(super) fn grant_words(grant: &GrantLine) -> String {
    let role = words::role(grant.role);
    match &grant.program_name {
        Some(program) => format!("{role} · {program}"),
        None => role,
    }
}

/// Whether somebody can sign in with an account.
pub(super) fn state_chip(has_password: bool, disabled: bool) -> AnyView {
    let (tone, label) = match (disabled, has_password) {
        (true, _) => (Tone::Harm, t!(admin.disabled)),
        (false, false) => (Tone::Attention, t!(admin.invited)),
        (false, true) => (Tone::Good, t!(admin.active)),
    };
    view! { <Chip tone=tone label=label /> }.into_any()
}
