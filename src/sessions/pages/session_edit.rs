//! Changing or deleting one session.

use leptos::{prelude::*, server_fn::ServerFn as _};

use super::fields::{MeetingFields, Offered, UnitFields};
use crate::{
    access::{edition_of_session, viewer},
    courses::{self, pages::breadcrumbs},
    error::{AppError, Reason},
    paths,
    server::{page, page::path_id, returned_form, services},
    sessions::{
        Session, SessionId,
        actions::{Delete, UpdateMeeting, UpdateUnit},
        queries,
        session::{MeetingForm, UnitForm},
    },
    t,
    ui::{ConfirmButton, Form, FormActions, HiddenField, Page, VersionField, Width, time::in_lima},
};

/// Changing one session.
#[component]
pub fn SessionEditPage() -> impl IntoView {
    let id = path_id::<SessionId>("id");
    page(async move {
        let id = id?;
        let viewer = viewer()?;
        let state = services();
        let mut connection = state.database.read().await?;
        let edition = edition_of_session(&mut connection, id).await?;
        let _permit =
            courses::operations::manage_edition(&mut connection, &viewer, edition).await?;
        let header = courses::queries::header(&mut connection, edition)
            .await?
            .ok_or(AppError::NotFound)?;
        if header.is_locked() {
            return Err(Reason::EditionClosed.into());
        }
        let session = queries::find(&mut connection, id)
            .await?
            .ok_or(AppError::NotFound)?;
        let offered = Offered {
            venues: courses::queries::venue_names(&mut connection).await?,
            facilitators: courses::queries::facilitators(&mut connection, edition).await?,
            days: (header.starts_on.to_string(), header.ends_on.to_string()),
        };
        let mut crumbs = breadcrumbs(&header, Some(&viewer));
        if let Some(last) = crumbs.last_mut() {
            last.1 = Some(paths::edition_sessions(edition).into());
        }
        crumbs.push((session.title.clone(), None));
        let title = t!(sessions.edit_title);
        let lead = format!("{}: {}", header.title(), session.title);
        Ok(view! {
            <Page title=title lead=lead width=Width::Form breadcrumbs=crumbs>
                {form(&session, offered)}
                <ConfirmButton label=t!(sessions.delete_open) explanation=t!(sessions.delete_explanation)
                    confirm=t!(sessions.delete) action=Delete::PATH
                    fields=vec![("session", id.to_string())] />
            </Page>
        }
        .into_any())
    })
}

fn form(session: &Session, offered: Offered) -> AnyView {
    let (id, version) = (session.id.to_string(), session.version);
    let cancel = paths::edition_sessions(session.edition);
    if session.is_self_paced() {
        let values = unit_values(session);
        return view! {
            <Form action=UpdateUnit::PATH form=returned_form()>
                <HiddenField name="session" value=id />
                <VersionField now=version />
                <UnitFields values=values days=offered.days />
                <FormActions submit=t!(courses.save) cancel=cancel />
            </Form>
        }
        .into_any();
    }
    let values = meeting_values(session);
    view! {
        <Form action=UpdateMeeting::PATH form=returned_form()>
            <HiddenField name="session" value=id />
            <VersionField now=version />
            <MeetingFields values=values offered=offered />
            <FormActions submit=t!(courses.save) cancel=cancel />
        </Form>
    }
    .into_any()
}

/// What is kept, as it would be typed.
fn meeting_values(session: &Session) -> MeetingForm {
    let clock = |moment| in_lima(moment).format("%H:%M").to_string();
    let facilitator = session.facilitator_id;
    MeetingForm {
        title: session.title.clone(),
        modality: session.modality.to_string(),
        date: in_lima(session.starts_at).date().to_string(),
        start: clock(session.starts_at),
        end: clock(session.ends_at),
        planned_minutes: session.planned_minutes.to_string(),
        venue: session.venue.clone().unwrap_or_default(),
        meeting_link: session.meeting_link.clone().unwrap_or_default(),
        facilitator: facilitator.map(|id| id.to_string()).unwrap_or_default(),
    }
}

fn unit_values(session: &Session) -> UnitForm {
    let day = |moment| in_lima(moment).date().to_string();
    UnitForm {
        title: session.title.clone(),
        opens_on: day(session.starts_at),
        closes_on: day(session.ends_at),
        planned_minutes: session.planned_minutes.to_string(),
    }
}
