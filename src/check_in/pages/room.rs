//! The code for the room's screen, read from the back row.

use axum::http::{HeaderValue, header};
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::{crumbs, session_of};
use crate::{
    access::viewer,
    attendance::arrival::Window,
    check_in::{
        queries,
        room_code::{self, Kind},
    },
    courses::EditionHeader,
    paths,
    server::{AppState, page, page::path_id, services},
    sessions::{Session, SessionId},
    t,
    ui::{ButtonKind, ButtonLink, Notice, NoticeKind, Page, QrCode, time},
};

/// The longest time after which a page that waits for its hour looks again, in seconds.
const LONGEST_WAIT: i64 = 300;

/// The room's code.
#[component]
pub fn RoomCodePage() -> impl IntoView {
    let id = path_id::<SessionId>("id");
    page(async move {
        let (state, viewer, id) = (services(), viewer()?, id?);
        let mut connection = state.database.read().await?;
        let (session, header) = session_of(&mut connection, &viewer, id).await?;
        let arrived = queries::arrived(&mut connection, id, session.edition).await?;
        drop(connection);
        let now = state.clock.now();
        let content = content(&state, &session, &header, arrived, now);
        let when = time::time_range(session.starts_at, session.ends_at);
        let lead = format!("{} · {when}", header.course_title);
        let to_list = view! {
            <ButtonLink kind=ButtonKind::Quiet href=paths::session_attendance(id)>{t!(check_in.to_list)}</ButtonLink>
        };
        Ok(view! {
            <Page title=session.title.clone() lead=lead action=to_list.into_any()
                breadcrumbs=crumbs(&header, &session, t!(check_in.room.title))>
                {content}
            </Page>
        }
        .into_any())
    })
}

fn content(
    state: &AppState,
    session: &Session,
    header: &EditionHeader,
    arrived: (i64, i64),
    now: DateTime<Utc>,
) -> AnyView {
    if session.is_self_paced() {
        return told(t!(errors.check_in_self_paced));
    }
    if header.is_locked() {
        return told(t!(errors.check_in_edition_closed));
    }
    match Window::of(session.starts_at, session.ends_at, now) {
        Window::Ahead(opens_at) => {
            come_back_in((opens_at - now).num_seconds().min(LONGEST_WAIT));
            let when = time::date_time(opens_at);
            told(t!(check_in.room.ahead, when = when))
        }
        Window::Over => told(t!(check_in.room.over)),
        Window::Open => {
            come_back_in((room_code::next_change(now) - now).num_seconds());
            board(state, session, arrived, now)
        }
    }
}

fn told(sentence: String) -> AnyView {
    view! { <Notice kind=NoticeKind::Info><p>{sentence}</p></Notice> }.into_any()
}

/// Lets the browser ask for the page again: without a script, and in time for the next code.
fn come_back_in(seconds: i64) {
    let value = HeaderValue::from(seconds.max(1));
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::REFRESH, value);
    }
}

/// The picture, the letters, and how many have come.
fn board(
    state: &AppState,
    session: &Session,
    (arrived, all): (i64, i64),
    now: DateTime<Utc>,
) -> AnyView {
    let scanned = room_code::code(&state.secrets, Kind::Scanned, session.id, now);
    let typed = room_code::code(&state.secrets, Kind::Typed, session.id, now);
    let base_url = &state.config.base_url;
    let address = format!(
        "{base_url}{}",
        paths::check_in_session(session.id, &scanned)
    );
    let walk_in = room_code::code(&state.secrets, Kind::WalkIn, session.id, now);
    let walk_in = format!("{base_url}{}", paths::walk_in(session.id, &walk_in));
    let place = paths::check_in();
    let place = base_url
        .split_once("://")
        .map_or_else(|| place.to_string(), |(_, host)| format!("{host}{place}"));
    let (first, second) = typed.split_at(3);
    let spoken = typed
        .chars()
        .map(String::from)
        .collect::<Vec<_>>()
        .join(" ");
    let spaced = format!("{first} {second}");
    view! {
        <div class="room">
            <QrCode text=address label=t!(check_in.room.picture) />
            <div class="room-side">
                <p class="room-how">{t!(check_in.room.scan)}</p>
                <p class="room-how">{t!(check_in.room.type_at, address = place)}</p>
                <p class="room-code"><span class="visually-hidden">{spoken}</span><span aria-hidden="true">{spaced}</span></p>
                <p class="room-count">{t!(check_in.room.count, arrived = arrived, all = all)}</p>
                <p class="quiet">{t!(check_in.room.changes)}</p>
                <div class="room-walk-in">
                    <QrCode text=walk_in label=t!(check_in.room.walk_in_picture) />
                    <p>{t!(check_in.room.walk_in)}</p>
                </div>
            </div>
        </div>
    }
    .into_any()
}
