//! Two records side by side: what stays of each, and what will be moved.

use leptos::{context::Provider, prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use crate::{
    access::viewer,
    error::AppError,
    merging::{
        Field,
        actions::MergePeople,
        operations::{Collision, both, collisions},
        queries::{self, Present, Record},
        references::{Fate, TO_PEOPLE},
        words,
    },
    paths,
    people::{self, DocumentKind, PersonId, listed_name, masked},
    plural,
    server::{Secrets, page, page::path_id, returned_form, services},
    t,
    ui::{
        ButtonKind, ButtonLink, Form, FormActions, HiddenField, Notice, NoticeKind, Page,
        RadioGroup, Section, Table,
    },
};

/// Everything the page shows.
struct Shown {
    kept: Record,
    gone: Record,
    kept_serves: Option<Present>,
    gone_serves: Option<Present>,
    collisions: Vec<Collision>,
    moved: Vec<String>,
    teaches: bool,
}

/// `/people/{id}/merge/{other}`
#[component]
pub fn MergePage() -> impl IntoView {
    let (kept, gone) = (path_id::<PersonId>("id"), path_id::<PersonId>("other"));
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut snapshot = state.database.snapshot().await?;
        let (_, kept, gone) = both(&mut snapshot, &viewer, (kept?, gone?)).await?;
        let shown = load(&mut snapshot, kept, gone).await?;
        drop(snapshot);
        Ok(render(&state.secrets, &shown))
    })
}

async fn load(
    connection: &mut SqliteConnection,
    kept: Record,
    gone: Record,
) -> Result<Shown, AppError> {
    let own = queries::enrolments(connection, kept.id).await?;
    let other = queries::enrolments(connection, gone.id).await?;
    let collisions = collisions(&own, &other);
    let certificates = queries::certificates(connection, gone.id).await?;
    let mut counts = Vec::new();
    for reference in TO_PEOPLE {
        if !matches!(reference.fate, Fate::Stays(_)) {
            let count = queries::count_that_refer(connection, reference, gone.id.get()).await?;
            counts.push((reference.table, count));
        }
    }
    let count = |table: &str| {
        let found = counts.iter().filter(|(name, _)| *name == table);
        found.map(|(_, count)| *count).sum::<i64>()
    };
    let teaching = count("edition_facilitators") + count("sessions");
    let messages = count("outbox") + count("notices");
    let moved = [
        (
            count("enrolments"),
            plural!(count("enrolments"), merging.moved.enrolments),
        ),
        (
            certificates,
            plural!(certificates, merging.moved.certificates),
        ),
        (
            count("affiliations"),
            plural!(count("affiliations"), merging.moved.affiliations),
        ),
        (
            count("nomination_lines"),
            plural!(count("nomination_lines"), merging.moved.nominations),
        ),
        (teaching, plural!(teaching, merging.moved.teaching)),
        (messages, plural!(messages, merging.moved.messages)),
    ];
    let moved = moved.into_iter().filter(|(count, _)| *count > 0);
    Ok(Shown {
        kept_serves: queries::present_affiliation(connection, kept.id).await?,
        gone_serves: queries::present_affiliation(connection, gone.id).await?,
        teaches: queries::one_teaches_the_other(connection, kept.id, gone.id).await?,
        kept,
        gone,
        collisions,
        moved: moved.map(|(_, line)| line).collect(),
    })
}

fn name(record: &Record) -> String {
    listed_name(
        &record.given_names,
        &record.paternal_surname,
        record.maternal_surname.as_deref(),
    )
}

fn render(secrets: &Secrets, shown: &Shown) -> AnyView {
    let crumbs = vec![
        (t!(people.title), Some(paths::people().into())),
        (t!(merging.duplicates), Some(paths::duplicates().into())),
        (t!(merging.title), None),
    ];
    let swap = paths::merge_people(shown.gone.id, shown.kept.id);
    let action =
        view! { <ButtonLink href=swap kind=ButtonKind::Secondary>{t!(merging.swap)}</ButtonLink> };
    let lead = t!(
        merging.explain,
        kept = name(&shown.kept),
        gone = name(&shown.gone)
    );
    let content = if shown.teaches {
        let text = t!(errors.teaches_the_other);
        view! { <Notice kind=NoticeKind::Attention><p>{text}</p></Notice> }.into_any()
    } else {
        form(secrets, shown)
    };
    let (table, moved) = (side_by_side(secrets, shown), moved(shown));
    view! {
        <Page title=t!(merging.title) lead=lead breadcrumbs=crumbs action=action.into_any()>
            <Provider value=returned_form()>
                {table}
                {moved}
                {content}
            </Provider>
        </Page>
    }
    .into_any()
}

/// The value of a field in both records.
fn values(secrets: &Secrets, shown: &Shown, field: Field) -> (String, String) {
    let serves = |present: Option<&Present>| {
        present.map_or_else(nothing, |present| {
            let parts = [present.institution.clone(), present.position.clone()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        })
    };
    match field {
        Field::Affiliation => (
            serves(shown.kept_serves.as_ref()),
            serves(shown.gone_serves.as_ref()),
        ),
        _ => (
            value(secrets, &shown.kept, field),
            value(secrets, &shown.gone, field),
        ),
    }
}

fn value(secrets: &Secrets, record: &Record, field: Field) -> String {
    let said = |text: &Option<String>| text.clone().unwrap_or_else(nothing);
    match field {
        Field::Names => name(record),
        Field::Document => document(secrets, record),
        Field::Sex => people::words::sex(record.sex),
        Field::BirthYear => record
            .birth_year
            .map_or_else(nothing, |year| year.to_string()),
        Field::Nationality => people::words::country(record.nationality),
        Field::Email => said(&record.email),
        Field::Phone => said(&record.phone),
        Field::SelfIdentification => {
            let parts = [record.ethnic_identity.clone(), record.disability.clone()];
            let said: Vec<String> = parts.into_iter().flatten().collect();
            if said.is_empty() {
                nothing()
            } else {
                said.join(", ")
            }
        }
        Field::Affiliation => nothing(),
    }
}

/// The kind and the end of the number: two that differ can be told apart by it.
fn document(secrets: &Secrets, record: &Record) -> String {
    let kind = people::words::document_kind(record.document_kind);
    let sealed = record.document_sealed.as_deref();
    match (
        record.document_kind,
        sealed.and_then(|sealed| secrets.open(sealed)),
    ) {
        (DocumentKind::NoDocument, _) => kind,
        (_, Some(number)) => format!("{kind}\u{a0}{}", masked(&number)),
        (_, None) => format!("{kind}\u{a0}••••"),
    }
}

fn nothing() -> String {
    "—".to_owned()
}

fn side_by_side(secrets: &Secrets, shown: &Shown) -> AnyView {
    let row = |field: &Field| {
        let (kept, gone) = values(secrets, shown, *field);
        line(words::field(*field), kept, gone)
    };
    let mut rows: Vec<AnyView> = Field::ALL.iter().map(row).collect();
    let account = |record: &Record| record.account_email.clone().unwrap_or_else(nothing);
    rows.push(line(
        t!(merging.account),
        account(&shown.kept),
        account(&shown.gone),
    ));
    view! {
        <Table caption=t!(merging.side_by_side) caption_hidden=true cards=true>
            <thead><tr>
                <th scope="col">{t!(merging.what)}</th>
                <th scope="col">{t!(merging.stays)}</th>
                <th scope="col">{t!(merging.goes)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn line(label: String, kept: String, gone: String) -> AnyView {
    view! {
        <tr>
            <th scope="row">{label}</th>
            <td data-label=t!(merging.stays)>{kept}</td>
            <td data-label=t!(merging.goes)>{gone}</td>
        </tr>
    }
    .into_any()
}

/// What becomes of everything that belongs to the record that goes.
fn moved(shown: &Shown) -> AnyView {
    let mut lines = shown.moved.clone();
    if let Some(email) = &shown.gone.account_email {
        lines.push(if shown.kept.account.is_some() {
            t!(merging.account_ends, email = email.as_str())
        } else {
            t!(merging.account_moves, email = email.as_str())
        });
    }
    lines.extend(shown.collisions.iter().map(|one| {
        let edition =
            crate::courses::words::edition_title(&one.stays.course_title, one.stays.number);
        t!(merging.collision, edition = edition)
    }));
    if lines.is_empty() {
        lines.push(t!(merging.nothing_moves));
    }
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    view! { <Section title=t!(merging.moved_title)><ul>{lines}</ul></Section> }.into_any()
}

fn form(secrets: &Secrets, shown: &Shown) -> AnyView {
    let group = |field: &Field| {
        let (kept, gone) = values(secrets, shown, *field);
        if kept == gone {
            return None;
        }
        // What only the record that goes knows is taken, unless somebody says otherwise.
        let first = if kept == nothing() { "gone" } else { "kept" };
        let options = vec![("kept", kept), ("gone", gone)];
        Some(view! {
            <RadioGroup name=field.as_str() label=words::field(*field) value=first options=options />
        })
    };
    let groups: Vec<_> = Field::ALL.iter().filter_map(group).collect();
    let hidden = [
        ("kept", shown.kept.id.to_string()),
        ("gone", shown.gone.id.to_string()),
        ("kept_version", shown.kept.version.to_string()),
        ("gone_version", shown.gone.version.to_string()),
    ];
    let hidden: Vec<_> = hidden
        .into_iter()
        .map(|(name, value)| view! { <HiddenField name=name value=value /> })
        .collect();
    view! {
        <Section title=t!(merging.choose) framed=true>
            <Form action=MergePeople::PATH>
                {hidden}
                {groups}
                <p>{t!(merging.reversible)}</p>
                <FormActions submit=t!(merging.merge) cancel=paths::duplicates() />
            </Form>
        </Section>
    }
    .into_any()
}
