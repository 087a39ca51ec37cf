//! What an edition's page offers whoever looks: a seat, where they stand, a way out.

use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::one::withdraw_own;
use crate::{
    access::Viewer,
    courses::EditionHeader,
    enrolment::{
        EnrolmentState,
        actions::Request,
        queries,
        state::{Step, after},
        words::state_chip,
    },
    error::AppError,
    paths,
    server::AppState,
    t,
    ui::{ButtonKind, PostButton, number, time},
};

/// What the viewer can do about taking part in an edition: the button that enrols, or where they
/// stand and how to withdraw. Nothing where there is nothing to do.
pub async fn enrol_part(
    state: &AppState,
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    header: &EditionHeader,
) -> Result<AnyView, AppError> {
    if viewer.roles.facilitates.contains(&header.id) {
        return Ok(view! { <p>{t!(enrolment.you_teach)}</p> }.into_any());
    }
    let mine = queries::my_enrolment_in(connection, viewer.person, header.id).await?;
    let Some((id, standing, attended)) = mine else {
        return Ok(enrol_button(state, header));
    };
    let details = view! { <p><a href=paths::enrolment(id)>{t!(enrolment.see_mine)}</a></p> };
    let chip = view! { <p>{state_chip(standing)}</p> };
    if !standing.is_active() {
        return Ok(view! { {chip} {details} {enrol_button(state, header)} }.into_any());
    }
    let position = queries::waiting_position(connection, id).await?;
    let sentence = standing_sentence(header, standing, position);
    let may_withdraw = !header.is_locked() && after(standing, Step::Withdraw).is_ok();
    let withdraw = may_withdraw.then(|| withdraw_own(id, attended));
    Ok(view! { {chip} <p>{sentence}</p> {details} {withdraw} }.into_any())
}

/// Where the viewer stands, and what comes next.
fn standing_sentence(
    header: &EditionHeader,
    standing: EnrolmentState,
    position: Option<i64>,
) -> String {
    match standing {
        EnrolmentState::Requested => t!(enrolment.you_requested),
        EnrolmentState::Waiting => {
            t!(enrolment.you_wait, n = number::count(position.unwrap_or(1)))
        }
        EnrolmentState::Enrolled => {
            t!(enrolment.you_enrolled, date = time::date(header.starts_on))
        }
        EnrolmentState::Completed => t!(enrolment.you_completed),
        _ => t!(enrolment.you_over),
    }
}

/// The button, by what it would do; nothing outside the window, which the page explains.
fn enrol_button(state: &AppState, header: &EditionHeader) -> AnyView {
    if !header.is_enrolment_open(state.clock.today()) {
        return ().into_any();
    }
    let Some(verb) = verb(header) else {
        return view! { <p>{t!(enrolment.full)}</p> }.into_any();
    };
    let fields = vec![("edition", header.id.to_string())];
    view! {
        <PostButton action=Request::PATH fields=fields kind=ButtonKind::Primary>{verb}</PostButton>
    }
    .into_any()
}

/// What enrolling would do now; `None`: all seats are taken and nobody can wait.
fn verb(header: &EditionHeader) -> Option<String> {
    let full = header.seats.is_some_and(|seats| header.enrolled >= seats);
    if header.needs_approval {
        Some(t!(enrolment.ask))
    } else if !full && header.waiting == 0 {
        Some(t!(enrolment.enrol_me))
    } else if header.waiting_list {
        Some(t!(enrolment.join_waiting_list))
    } else {
        None
    }
}
