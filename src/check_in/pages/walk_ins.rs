//! Who came to a session without being enrolled: for who decides everybody, for who takes attendance
//! what they wrote themselves.

use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::{
    crumbs, session_of,
    walk_in_fields::{Institutions, institution_name, institutions, walk_in_fields},
};
use crate::{
    access::{policy::ActionKind, viewer},
    check_in::{
        WalkInState,
        actions::{AcceptWalkIn, RejectWalkIn, WriteWalkIn},
        queries::{self, Listed},
        walk_in::Entry,
        words,
    },
    courses::EditionId,
    error::AppError,
    nomination::{Found, check},
    paths,
    people::{self, PersonHit, listed_name},
    plural,
    server::{AppState, page, page::path_id, services},
    sessions::SessionId,
    t,
    ui::{
        ButtonKind, ButtonLink, ConfirmButton, Form, FormActions, HiddenField, Page, PostButton,
        Section, SelectField, Width, time,
    },
};

/// The page.
#[component]
pub fn WalkInsPage() -> impl IntoView {
    let id = path_id::<SessionId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let (session, header) = session_of(&mut connection, &viewer, id).await?;
        let decides = header.allows(Some(&viewer), ActionKind::ManageEnrolments);
        let account = (!decides).then_some(viewer.account);
        let waiting = queries::waiting(&mut connection, id).await?;
        let listed = queries::of_session(&mut connection, id, account).await?;
        let locked = header.is_locked();
        let institutions = institutions(&mut connection).await?;
        let mut lines = Vec::with_capacity(listed.len());
        for one in &listed {
            let decides = decides && !locked;
            let known = (header.id, &institutions);
            lines.push(line(&state, &mut connection, known, one, decides).await?);
        }
        drop(connection);
        let list = if decides {
            t!(check_in.walk_in.list)
        } else {
            t!(check_in.walk_in.own_list)
        };
        let list = (!lines.is_empty()).then(|| {
            view! { <Section title=list><ul class="lines" role="list">{lines}</ul></Section> }
        });
        let form = (!locked && !session.is_self_paced()).then(|| {
            view! {
                <Section title=t!(check_in.walk_in.write) framed=true>
                    <Form action=WriteWalkIn::PATH>
                        <HiddenField name="session" value=id.to_string() />
                        {walk_in_fields(institutions, false)}
                        <FormActions submit=t!(check_in.walk_in.add) />
                    </Form>
                </Section>
            }
        });
        let to_list = view! {
            <ButtonLink kind=ButtonKind::Quiet href=paths::session_attendance(id)>{t!(check_in.to_list)}</ButtonLink>
        };
        let lead = format!(
            "{} · {}",
            session.title,
            plural!(waiting, check_in.walk_in.waiting)
        );
        Ok(view! {
            <Page title=t!(check_in.walk_in.title) lead=lead width=Width::Form
                action=to_list.into_any()
                breadcrumbs=crumbs(&header, &session, t!(check_in.walk_in.title))>
                {list}
                {form}
            </Page>
        }
        .into_any())
    })
}

/// One walk-in, with the decision where there is one to take.
async fn line(
    state: &AppState,
    connection: &mut SqliteConnection,
    (edition, institutions): (EditionId, &Institutions),
    listed: &Listed,
    decides: bool,
) -> Result<AnyView, AppError> {
    let entry = Entry::opened(&state.secrets, listed.entry.as_deref());
    let when = time::date_time(listed.created_at);
    let Some(entry) = entry.filter(|_| listed.state == WalkInState::Waiting) else {
        return Ok(decided(listed, &when));
    };
    let mut said = said(&entry);
    said.extend(institution_name(institutions, &entry.institution));
    let action = if decides {
        decision(state, connection, edition, listed, &entry).await?
    } else {
        view! { <p class="quiet">{words::walk_in_state(listed.state)}</p> }.into_any()
    };
    Ok(view! {
        <li>
            <p><strong>{entry.listed_name()}</strong>" "<span class="quiet">{when}</span></p>
            <p>{said.join(" · ")}</p>
            {action}
        </li>
    }
    .into_any())
}

/// Document, position and telephone as they were written.
fn said(entry: &Entry) -> Vec<String> {
    let kind = entry.document_kind.parse();
    let kind = kind.map(people::words::document_kind).unwrap_or_default();
    let document = format!("{kind} {}", entry.document_number.trim());
    [document, entry.position.clone(), entry.phone.clone()]
        .into_iter()
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect()
}

/// Who it is as far as the register knows, and the two buttons.
async fn decision(
    state: &AppState,
    connection: &mut SqliteConnection,
    edition: EditionId,
    listed: &Listed,
    entry: &Entry,
) -> Result<AnyView, AppError> {
    let id = listed.id.to_string();
    let (verdict, accept) = match entry.parse(state.clock.today()) {
        Err(_) => (t!(check_in.walk_in.unreadable), None),
        Ok(read) => match check(connection, &state.secrets, edition, Ok(read)).await? {
            Found::Possible(hits, _) => {
                let mut options: Vec<(String, String)> = hits
                    .into_iter()
                    .map(|hit| {
                        let name = hit.name_and_institution();
                        (
                            hit.id.to_string(),
                            t!(check_in.walk_in.is_person, name = name),
                        )
                    })
                    .collect();
                options.push(("another".to_owned(), t!(check_in.walk_in.is_another)));
                let (field, walk_in) = (format!("choice-{id}"), id.clone());
                let form = view! {
                    <Form action=AcceptWalkIn::PATH>
                        <HiddenField name="walk_in" value=walk_in />
                        <SelectField name="choice" id=field label=t!(check_in.walk_in.who_is)
                            required=true placeholder=t!(people.choose) options=options />
                        <FormActions submit=t!(check_in.walk_in.accept) />
                    </Form>
                };
                (t!(check_in.walk_in.possible), Some(form.into_any()))
            }
            Found::Conflict(holder, differences) => (
                t!(
                    check_in.walk_in.conflict,
                    name = holder.name_and_institution(),
                    differs = people::words::differences(&differences)
                ),
                Some(same_button(&id, &holder)),
            ),
            Found::New(_) => (t!(check_in.walk_in.new), Some(accept_button(&id))),
            Found::Known(hit) => (
                t!(check_in.walk_in.known, name = hit.name_and_institution()),
                Some(accept_button(&id)),
            ),
            Found::Enrolled(hit) => (
                t!(check_in.walk_in.enrolled, name = hit.name_and_institution()),
                Some(accept_button(&id)),
            ),
            Found::Faulty(_) => (t!(check_in.walk_in.unreadable), None),
        },
    };
    let reject = view! {
        <ConfirmButton label=t!(check_in.walk_in.reject_open)
            explanation=t!(check_in.walk_in.reject_explained) confirm=t!(check_in.walk_in.reject)
            action=RejectWalkIn::PATH fields=vec![("walk_in", id)]
            reason=("reason", t!(check_in.walk_in.reason)) />
    };
    Ok(view! { <p>{verdict}</p>{accept}{reject} }.into_any())
}

/// Says that the holder of the document is meant, though something else was written.
fn same_button(id: &str, holder: &PersonHit) -> AnyView {
    let fields = vec![
        ("walk_in", id.to_owned()),
        ("choice", holder.id.to_string()),
    ];
    let label = t!(check_in.walk_in.same_open, name = holder.name.as_str());
    view! {
        <ConfirmButton label=label explanation=t!(check_in.walk_in.same_explained)
            confirm=t!(check_in.walk_in.accept) action=AcceptWalkIn::PATH fields=fields calm=true />
    }
    .into_any()
}

fn accept_button(id: &str) -> AnyView {
    let fields = vec![("walk_in", id.to_owned())];
    view! {
        <PostButton action=AcceptWalkIn::PATH fields=fields kind=ButtonKind::Primary>
            {t!(check_in.walk_in.accept)}
        </PostButton>
    }
    .into_any()
}

/// What became of a walk-in. What was written is erased by then.
fn decided(listed: &Listed, when: &str) -> AnyView {
    let name = match (&listed.given_names, &listed.paternal_surname) {
        (Some(given), Some(paternal)) => {
            listed_name(given, paternal, listed.maternal_surname.as_deref())
        }
        _ => t!(check_in.walk_in.erased),
    };
    let name = match listed.enrolment {
        Some(enrolment) => view! { <a href=paths::enrolment(enrolment)>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let state = words::walk_in_state(listed.state);
    let reason = listed.reason.clone().map(|reason| format!(": {reason}"));
    view! {
        <li><p>{name}" "<span class="quiet">{when.to_owned()}</span></p><p>{state}{reason}</p></li>
    }
    .into_any()
}
