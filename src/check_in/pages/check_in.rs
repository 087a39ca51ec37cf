//! Where participants check in: with the code they scanned, or with the one they type.

use axum::http::StatusCode;
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_axum::ResponseOptions;

use crate::{
    access::{ActAsParticipant, permit, viewer},
    attendance::{self, words::status},
    check_in::{
        actions::{CheckIn, TypeCode},
        operations,
        queries::OpenSession,
        room_code::{Kind, is_shown},
        words,
    },
    courses::{self, visible_header},
    error::{AppError, Reason},
    paths,
    server::{
        page,
        page::{path_id, path_value},
        services,
        words::sentence,
    },
    sessions::{self, SessionId},
    t,
    ui::{
        Answer, ButtonKind, ButtonLink, ButtonRow, Fact, Facts, Form, FormActions, Page,
        PostButton, Section, TextField, Tone, Width, time,
    },
};

/// Typing the code, and what is registered so far.
#[component]
pub fn CheckInPage() -> impl IntoView {
    page(async move {
        let (state, viewer) = (services(), viewer()?);
        let mut connection = state.database.read().await?;
        let _ = permit(&mut connection, &viewer, ActAsParticipant(viewer.person)).await?;
        let own = operations::open_sessions(&state, &mut connection, viewer.person).await?;
        let list = session_list(own);
        Ok(view! {
            <Page title=t!(check_in.title) lead=t!(check_in.lead) width=Width::Form>
                {code_form()}
                {list}
                <p><a href=paths::my_code()>{t!(check_in.to_own_code)}</a></p>
            </Page>
        }
        .into_any())
    })
}

fn code_form() -> AnyView {
    view! {
        <Form action=TypeCode::PATH>
            <TextField name="code" label=t!(check_in.code) hint=t!(check_in.code_hint) required=true
                maxlength=20 autocomplete="off" size=12 />
            <FormActions submit=t!(check_in.register) />
        </Form>
    }
    .into_any()
}

/// The sessions that are open now, and whether the person is registered there.
fn session_list(own: Vec<OpenSession>) -> AnyView {
    if own.is_empty() {
        return view! { <p class="quiet">{t!(check_in.no_session)}</p> }.into_any();
    }
    let lines: Vec<AnyView> = own.into_iter().map(session_line).collect();
    view! {
        <Section title=t!(check_in.open_now)><ul class="lines" role="list">{lines}</ul></Section>
    }
    .into_any()
}

fn session_line(session: OpenSession) -> AnyView {
    let course = courses::words::edition_title(&session.course_title, session.number);
    let when = time::time_range(session.starts_at, session.ends_at);
    let stands = match (session.status, session.marked_at) {
        (Some(found), Some(at)) => {
            t!(
                check_in.stands,
                status = status(found),
                time = time::hour(at)
            )
        }
        _ => t!(check_in.not_yet),
    };
    view! {
        <li>
            <strong>{session.title}</strong>" "<span class="quiet">{course}" · "{when}</span>
            <br />{stands}
        </li>
    }
    .into_any()
}

/// Where the picture on the room's screen leads: what would be registered, and the button.
#[component]
pub fn ScannedRoomPage() -> impl IntoView {
    let (id, code) = (path_id::<SessionId>("session"), path_value("code"));
    page(async move {
        let (state, viewer, now) = (services(), viewer()?, services().clock.now());
        // A wrong code tells nobody whether there is such a session.
        let id = id.ok();
        let shown = |id: &SessionId| is_shown(&state.secrets, Kind::Scanned, *id, &code, now);
        let Some(id) = id.filter(shown) else {
            return Ok(changed());
        };
        let mut connection = state.database.read().await?;
        let session = sessions::find(&mut connection, id).await?;
        let session = session.ok_or(AppError::NotFound)?;
        let header = visible_header(&mut connection, Some(&viewer), session.edition).await?;
        let person = viewer.person;
        let arrival = attendance::arrival_of(&mut connection, now, person, id).await;
        let title = session.title.clone();
        let facts = view! {
            <Facts stacked=true>
                <Fact label=t!(check_in.course)>{header.title()}</Fact>
                <Fact label=t!(check_in.session)>{session.title}</Fact>
                <Fact label=t!(check_in.when)>{time::time_range(session.starts_at, session.ends_at)}</Fact>
                <Fact label=t!(check_in.you)>{viewer.name.clone()}</Fact>
            </Facts>
        };
        let (tone, title, text, action) = match arrival {
            Ok(arrival) => match arrival.earlier {
                Some(earlier) => (
                    Tone::Good,
                    t!(check_in.is_registered),
                    words::own(&title, &earlier),
                    own_pages(),
                ),
                None => (
                    Tone::Neutral,
                    t!(check_in.ask_title),
                    t!(check_in.ask_text),
                    button(id, code),
                ),
            },
            Err(error @ AppError::Conflict(_)) => (
                Tone::Attention,
                t!(check_in.cannot_title),
                sentence(&error),
                own_pages(),
            ),
            Err(error) => return Err(error),
        };
        Ok(view! { <Answer tone=tone title=title text=text>{facts}{action}</Answer> }.into_any())
    })
}

fn button(session: SessionId, code: String) -> AnyView {
    let fields = vec![("session", session.to_string()), ("code", code)];
    view! {
        <PostButton action=CheckIn::PATH fields=fields kind=ButtonKind::Primary>
            {t!(check_in.register)}
        </PostButton>
    }
    .into_any()
}

fn own_pages() -> AnyView {
    view! {
        <ButtonRow>
            <ButtonLink kind=ButtonKind::Secondary href=paths::check_in()>{t!(check_in.title)}</ButtonLink>
            <ButtonLink kind=ButtonKind::Quiet href=paths::me()>{t!(check_in.to_me)}</ButtonLink>
        </ButtonRow>
    }
    .into_any()
}

/// The code has changed since it was scanned.
fn changed() -> AnyView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::GONE);
    }
    let text = sentence(&Reason::RoomCodeChanged.into());
    view! {
        <Answer tone=Tone::Attention title=t!(check_in.changed_title) text=text>{own_pages()}</Answer>
    }
    .into_any()
}
