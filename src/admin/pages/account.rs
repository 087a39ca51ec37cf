//! One account: who it is, what it may do, and whether anybody can sign in with it.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    accounts::{grant_words, state_chip},
    tabs,
};
use crate::{
    access::{
        AccountId, Administer,
        account::{AccountRow, find_account},
        actions::{DisableAccount, EnableAccount, GrantRole, Invite, RevokeRole},
        permit, viewer,
    },
    admin::{
        queries::{self, GrantLine},
        words,
    },
    courses::ProgramId,
    paths,
    server::{
        page::{page, path_id},
        services,
    },
    t,
    ui::{
        Breadcrumbs, ButtonKind, ConfirmButton, Fact, Facts, FieldRow, Form, FormActions,
        HiddenField, Page, PostButton, Section, SelectField, When,
    },
};

/// One account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let id = path_id::<AccountId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let permit = permit(&mut connection, &viewer, Administer).await?;
        let account = find_account(&mut connection, &permit, id).await?;
        let ids = serde_json::json!([id]).to_string();
        let grants = queries::grants(&mut connection, &ids).await?;
        let programs = queries::programs(&mut connection).await?;
        let name = format!("{} {}", account.given_names, account.paternal_surname);
        let parts = (
            facts(&account),
            roles(id, &grants),
            grant_form(id, programs),
            entry(&account),
        );
        Ok(view! {
            <Page title=name.clone() breadcrumbs=breadcrumbs(name)>
                {tabs(&paths::accounts())}
                {parts}
            </Page>
        }
        .into_any())
    })
}

fn breadcrumbs(name: String) -> Breadcrumbs {
    vec![
        (t!(admin.title), Some(paths::admin().into())),
        (t!(admin.accounts), Some(paths::accounts().into())),
        (name, None),
    ]
}

fn facts(account: &AccountRow) -> AnyView {
    let state = state_chip(account.has_password, account.disabled_at.is_some());
    let (person, email, created_at) = (account.person, account.email.clone(), account.created_at);
    let history = paths::audit().with("account", &account.id.to_string());
    view! {
        <Facts>
            <Fact label=t!(admin.email)>{email}</Fact>
            <Fact label=t!(admin.state)>{state}</Fact>
            <Fact label=t!(admin.since)><When at=created_at /></Fact>
            <Fact label=t!(admin.person)><a href=paths::person(person)>{t!(admin.open_person)}</a></Fact>
            <Fact label=t!(admin.doings)><a href=history>{t!(admin.open_audit)}</a></Fact>
        </Facts>
    }
    .into_any()
}

fn roles(account: AccountId, grants: &[GrantLine]) -> AnyView {
    let lines = grants
        .iter()
        .map(|grant| role_line(account, grant))
        .collect_view();
    let none = grants
        .is_empty()
        .then(|| view! { <p>{t!(admin.no_roles)}</p> });
    view! {
        <Section title=t!(admin.roles)>
            {none}
            <ul class="lines" role="list">{lines}</ul>
        </Section>
    }
    .into_any()
}

fn role_line(account: AccountId, grant: &GrantLine) -> AnyView {
    let name = grant_words(grant);
    let mut fields = vec![
        ("account", account.to_string()),
        ("role", grant.role.to_string()),
    ];
    if grant.program.get() != 0 {
        fields.push(("program", grant.program.to_string()));
    }
    let describe = t!(admin.revoke_role, role = name.clone());
    let granted_at = grant.granted_at;
    view! {
        <li>
            <p>{name}" "<span class="quiet">{t!(admin.granted)}" "<When at=granted_at /></span></p>
            <PostButton action=RevokeRole::PATH fields=fields kind=ButtonKind::Quiet describe=describe>
                {t!(admin.revoke)}
            </PostButton>
        </li>
    }
    .into_any()
}

fn grant_form(account: AccountId, programs: Vec<(ProgramId, String)>) -> AnyView {
    let programs: Vec<(String, String)> = programs
        .into_iter()
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    view! {
        <Section title=t!(admin.grant_title)>
            <Form action=GrantRole::PATH>
                <HiddenField name="account" value=account.to_string() />
                <FieldRow>
                    <SelectField name="role" label=t!(admin.role_label) required=true placeholder=t!(admin.choose_role) options=words::roles() />
                    <SelectField name="program" label=t!(admin.program) hint=t!(admin.program_hint) placeholder=t!(admin.no_program) options=programs />
                </FieldRow>
                <FormActions submit=t!(admin.grant) kind=ButtonKind::Secondary />
            </Form>
        </Section>
    }
    .into_any()
}

/// Inviting again, disabling, enabling.
fn entry(account: &AccountRow) -> AnyView {
    let fields = vec![("account", account.id.to_string())];
    let button = match (account.disabled_at.is_some(), account.has_password) {
        (true, _) => view! {
            <PostButton action=EnableAccount::PATH fields=fields>{t!(admin.enable)}</PostButton>
        }
        .into_any(),
        (false, _) => view! {
            <ConfirmButton label=t!(admin.disable) explanation=t!(admin.disable_explanation)
                confirm=t!(admin.disable_confirm) action=DisableAccount::PATH fields=fields />
        }
        .into_any(),
    };
    let waits = !account.has_password && account.disabled_at.is_none();
    let person = vec![("person", account.person.to_string())];
    let invite = waits.then(|| {
        view! { <PostButton action=Invite::PATH fields=person>{t!(admin.invite_again)}</PostButton> }
    });
    view! { <Section title=t!(admin.entry)>{invite}{button}</Section> }.into_any()
}
