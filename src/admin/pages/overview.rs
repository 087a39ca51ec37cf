//! The state of the system, and its settings.

use chrono::{DateTime, Utc};
use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::tabs;
use crate::{
    access::{Administer, blocked_now, permit, viewer},
    admin::{actions::SetAcademicMinutes, queries},
    error::AppError,
    messages, paths,
    server::{database::newest_migration, page::page, services},
    settings::{self, AcademicMinutes},
    t,
    ui::{
        ButtonKind, Fact, Facts, Form, FormActions, Page, RadioGroup, Section, When, number::count,
    },
};

/// What is worth knowing of the system.
struct Overview {
    bytes: i64,
    last_backup: Option<DateTime<Utc>>,
    messages: messages::Counts,
    blocked: i64,
    without_password: i64,
    academic_minutes: i64,
}

impl Overview {
    async fn read(connection: &mut SqliteConnection, now: DateTime<Utc>) -> Result<Self, AppError> {
        Ok(Self {
            bytes: queries::database_bytes(connection).await?,
            last_backup: settings::last_backup(connection).await?,
            messages: messages::counts(connection).await?,
            blocked: blocked_now(connection, now).await?,
            without_password: queries::accounts_without_password(connection).await?,
            academic_minutes: settings::academic_minutes(connection).await?,
        })
    }
}

/// The first page of administration.
#[component]
pub fn AdminPage() -> impl IntoView {
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        let _ = permit(&mut connection, &viewer, Administer).await?;
        let overview = Overview::read(&mut connection, state.clock.now()).await?;
        let has_mail = state.config.mail.is_some();
        let parts = (
            facts(&overview, has_mail),
            settings_form(overview.academic_minutes),
        );
        Ok(view! {
            <Page title=t!(admin.title)>
                {tabs(&paths::admin())}
                {parts}
            </Page>
        }
        .into_any())
    })
}

fn facts(overview: &Overview, has_mail: bool) -> AnyView {
    let backup = match overview.last_backup {
        Some(at) => view! { <When at=at /> }.into_any(),
        None => t!(admin.no_backup).into_any(),
    };
    let blocked = count(overview.blocked);
    let mail = if has_mail {
        t!(admin.mail_server_set)
    } else {
        t!(admin.mail_server_none)
    };
    let messages = [
        (
            t!(admin.outbox_waiting),
            overview.messages.waiting,
            "queued",
        ),
        (t!(admin.outbox_failed), overview.messages.failed, "failed"),
        (
            t!(admin.outbox_uncertain),
            overview.messages.uncertain,
            "uncertain",
        ),
    ];
    let messages = messages.map(|(label, number, state)| {
        let list = paths::outbox().with("show", state);
        view! { <Fact label=label><a href=list>{count(number)}</a></Fact> }
    });
    let without_password = count(overview.without_password);
    let size = megabytes(overview.bytes);
    view! {
        <Section title=t!(admin.system)>
            <Facts>
                <Fact label=t!(admin.version)>{env!("CARGO_PKG_VERSION")}</Fact>
                <Fact label=t!(admin.schema)>{newest_migration()}</Fact>
                <Fact label=t!(admin.database)>{size}</Fact>
                <Fact label=t!(admin.last_backup)>{backup}</Fact>
                <Fact label=t!(admin.mail_server)>{mail}</Fact>
                {messages.collect_view()}
                <Fact label=t!(admin.blocked_now)>{blocked}</Fact>
                <Fact label=t!(admin.without_password)>
                    <a href=paths::accounts().with("show", "invited")>{without_password}</a>
                </Fact>
            </Facts>
        </Section>
    }
    .into_any()
}

fn settings_form(academic_minutes: i64) -> AnyView {
    let choices: Vec<(String, String)> = AcademicMinutes::CHOICES
        .into_iter()
        .map(|minutes| (minutes.to_string(), t!(admin.minutes, n = minutes)))
        .collect();
    view! {
        <Section title=t!(admin.settings)>
            <Form action=SetAcademicMinutes::PATH>
                <RadioGroup name="minutes" label=t!(admin.academic_hour) hint=t!(admin.academic_hour_hint)
                    value=academic_minutes.to_string() options=choices />
                <FormActions submit=t!(admin.save_settings) kind=ButtonKind::Secondary />
            </Form>
        </Section>
    }
    .into_any()
}

/// "12.3 MB", rounded up to the tenth.
fn megabytes(bytes: i64) -> String {
    let tenths = (bytes * 10 + 999_999) / 1_000_000;
    format!("{}.{} MB", count(tenths / 10), tenths % 10)
}
