//! The form on a stranger's own phone. It tells nobody who is known.

use axum::http::StatusCode;
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_axum::ResponseOptions;

use super::walk_in_fields::{institutions, walk_in_fields};
use crate::{
    check_in::{actions::WriteOwnWalkIn, operations},
    courses::visible_header,
    error::{AppError, Reason},
    paths,
    server::{
        page,
        page::{path_id, path_value},
        services,
        words::sentence,
    },
    sessions::SessionId,
    t,
    ui::{Answer, ButtonLink, Form, FormActions, HiddenField, Page, Tone, Width, time},
};

/// The form, behind the second picture on the room's screen.
#[component]
pub fn OwnWalkInPage() -> impl IntoView {
    let (id, code) = (path_id::<SessionId>("session"), path_value("code"));
    page(async move {
        let state = services();
        let mut connection = state.database.read().await?;
        // A wrong code tells nobody whether there is such a session.
        let opened = match id {
            Ok(id) => operations::open_to_strangers(&state, &mut connection, id, &code).await,
            Err(_) => Err(Reason::RoomCodeChanged.into()),
        };
        let session = match opened {
            Ok(session) => session,
            Err(error @ AppError::Conflict(_)) => return Ok(changed(&error)),
            Err(error) => return Err(error),
        };
        let header = visible_header(&mut connection, None, session.edition).await?;
        let institutions = institutions(&mut connection).await?;
        let when = time::time_range(session.starts_at, session.ends_at);
        let lead = format!("{} · {} · {when}", header.course_title, session.title);
        Ok(view! {
            <Page title=t!(check_in.walk_in.own_title) lead=lead width=Width::Form>
                <p>{t!(check_in.walk_in.own_lead)}</p>
                <Form action=WriteOwnWalkIn::PATH>
                    <HiddenField name="session" value=session.id.to_string() />
                    <HiddenField name="code" value=code />
                    {walk_in_fields(institutions, true)}
                    <p class="quiet small">{t!(check_in.walk_in.privacy)}</p>
                    <FormActions submit=t!(check_in.walk_in.send) />
                </Form>
            </Page>
        }
        .into_any())
    })
}

/// What whoever wrote reads afterwards, whoever they are.
#[component]
pub fn WalkInDonePage() -> impl IntoView {
    let action =
        view! { <ButtonLink href=paths::home()>{t!(check_in.walk_in.to_home)}</ButtonLink> };
    view! {
        <Answer tone=Tone::Good title=t!(check_in.walk_in.done_title) text=t!(check_in.walk_in.done_text)>
            {action}
        </Answer>
    }
}

fn changed(error: &AppError) -> AnyView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::GONE);
    }
    view! {
        <Answer tone=Tone::Attention title=t!(check_in.changed_title) text=sentence(error) />
    }
    .into_any()
}
