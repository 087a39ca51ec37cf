//! What an edition's public page says about enrolling, to whoever looks.

use leptos::{prelude::*, server_fn::ServerFn as _};
use sqlx::SqliteConnection;

use super::one::withdraw_own;
use crate::{
    access::{Viewer, policy::ActionKind},
    courses::{EditionHeader, EditionState},
    enrolment::{
        EnrolmentState, OfferToken,
        actions::Request,
        operations,
        queries::{self, QuotaRow},
        quota::NoSeat,
        state::{Step, after},
        words::{self, state_chip},
    },
    error::{AppError, Reason},
    paths, plural,
    server::{AppState, words::sentence},
    t,
    ui::{ButtonKind, ButtonLink, PostButton, Section, number, time},
};

/// The part of an edition's page where one enrols, sees where one stands, or withdraws. Nothing
/// for drafts.
pub async fn edition_box(
    state: &AppState,
    connection: &mut SqliteConnection,
    viewer: Option<&Viewer>,
    header: &EditionHeader,
) -> Result<AnyView, AppError> {
    if header.state == EditionState::Draft {
        return Ok(().into_any());
    }
    let quotas = queries::quotas(connection, header.id).await?;
    let content = match viewer {
        Some(viewer) => {
            let no_seat = no_seat_for(connection, viewer, header, &quotas).await?;
            for_viewer(state, connection, viewer, (header, no_seat)).await?
        }
        None => for_stranger(state, header),
    };
    let quotas = kept_seats(quotas);
    let title = t!(enrolment.box_title);
    Ok(
        view! { <Section title=title id="enrol" framed=true>{content} {quotas}</Section> }
            .into_any(),
    )
}

/// Why nobody new would have a seat now, as far as the numbers say.
fn no_seat(header: &EditionHeader) -> Option<NoSeat> {
    let taken = header.enrolled + header.offered;
    let full = header.seats.is_some_and(|seats| taken >= seats);
    (full || header.waiting > 0).then_some(NoSeat::Full)
}

/// Why the viewer would have none: where there are quotas it depends on who they are. Who runs the
/// edition does not take part in it, and looks at the numbers.
async fn no_seat_for(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    header: &EditionHeader,
    quotas: &[QuotaRow],
) -> Result<Option<NoSeat>, AppError> {
    if quotas.is_empty() || header.allows(Some(viewer), ActionKind::ManageEnrolments) {
        return Ok(no_seat(header));
    }
    let who = operations::traits(connection, viewer.person).await?;
    operations::no_seat_for(connection, header, &who).await
}

/// Which groups have seats of their own: everybody who thinks of enrolling may know.
fn kept_seats(rows: Vec<QuotaRow>) -> Option<AnyView> {
    let line = |row: &QuotaRow| {
        let group = words::quota_group(row.quota.group, row.institution_name.as_deref());
        let kept = number::count(row.quota.reserved);
        let text = match (row.quota.reserved, row.quota.at_most.map(number::count)) {
            (0, Some(most)) => t!(enrolment.quota.most_for, group = group, n = most),
            (_, Some(most)) => {
                t!(
                    enrolment.quota.kept_and_most_for,
                    group = group,
                    n = kept,
                    most = most
                )
            }
            (_, None) => t!(enrolment.quota.kept_for, group = group, n = kept),
        };
        view! { <li>{text}</li> }
    };
    let lines = rows.iter().map(line).collect_view();
    (!rows.is_empty()).then(|| {
        view! {
            <p class="quiet small">{t!(enrolment.quota.kept)}</p>
            <ul class="quiet small">{lines}</ul>
        }
        .into_any()
    })
}

async fn for_viewer(
    state: &AppState,
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    (header, no_seat): (&EditionHeader, Option<NoSeat>),
) -> Result<AnyView, AppError> {
    if viewer.roles.teaches(header.id) {
        return Ok(view! { <p>{t!(enrolment.you_teach)}</p> }.into_any());
    }
    let mine = queries::my_enrolment_in(connection, viewer.person, header.id).await?;
    let Some((id, standing, attended)) = mine else {
        return Ok(may_enrol(state, viewer, header, no_seat));
    };
    let details = view! { <p><a href=paths::enrolment(id)>{t!(enrolment.see_mine)}</a></p> };
    let chip = view! { <p>{state_chip(standing)}</p> };
    if !standing.is_active() {
        return Ok(
            view! { {chip} {details} {may_enrol(state, viewer, header, no_seat)} }.into_any(),
        );
    }
    let offered = queries::offered_until(connection, id).await?;
    let position = queries::waiting_position(connection, id).await?;
    let sentence = match offered {
        Some(until) => t!(enrolment.offer.you_have, until = time::date_time(until)),
        None => standing_sentence(header, standing, position),
    };
    let answer = offered.map(|until| {
        let offer = paths::offer(&OfferToken::new(&state.secrets, id, until));
        view! { <p><ButtonLink href=offer>{t!(enrolment.offer.answer)}</ButtonLink></p> }
    });
    let may_withdraw = !header.is_locked() && after(standing, Step::Withdraw).is_ok();
    let withdraw = may_withdraw.then(|| withdraw_own(id, attended));
    Ok(view! { {chip} <p>{sentence}</p> {answer} {details} {withdraw} }.into_any())
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

/// The button, by what it would do, or why there is none. The edition's own coordinators do not
/// take part in it: they see what others see, without the button.
fn may_enrol(
    state: &AppState,
    viewer: &Viewer,
    header: &EditionHeader,
    no_seat: Option<NoSeat>,
) -> AnyView {
    let Some(verb) = verb(state, header, no_seat) else {
        return closed_window(state, header, no_seat);
    };
    let manages = header.allows(Some(viewer), ActionKind::ManageEnrolments);
    let button = (!manages).then(|| {
        let fields = vec![("edition", header.id.to_string())];
        view! {
            <PostButton action=Request::PATH fields=fields kind=ButtonKind::Primary>{verb}</PostButton>
        }
    });
    view! { <p>{seats_sentence(header, no_seat)}</p> {button} {until(header)} }.into_any()
}

/// What enrolling would do now; `None`: one cannot.
fn verb(state: &AppState, header: &EditionHeader, no_seat: Option<NoSeat>) -> Option<String> {
    if !header.is_enrolment_open(state.clock.today()) {
        None
    } else if header.needs_approval {
        Some(t!(enrolment.ask))
    } else if no_seat.is_none() {
        Some(t!(enrolment.enrol_me))
    } else if header.waiting_list {
        Some(t!(enrolment.join_waiting_list))
    } else {
        None
    }
}

fn seats_sentence(header: &EditionHeader, no_seat: Option<NoSeat>) -> String {
    if header.needs_approval {
        return t!(enrolment.needs_approval);
    }
    match (no_seat, header.seats) {
        (Some(NoSeat::Full), _) => plural!(header.waiting, enrolment.full_waiting),
        (Some(why), _) => t!(enrolment.may_wait, why = words::no_seat(why)),
        (None, None) => t!(enrolment.no_limit),
        (None, Some(seats)) => {
            plural!(
                seats - header.enrolled - header.offered,
                enrolment.seats_left
            )
        }
    }
}

fn until(header: &EditionHeader) -> AnyView {
    let date = time::date(header.enrol_until);
    view! { <p class="quiet small">{t!(enrolment.open_until, date = date)}</p> }.into_any()
}

/// Why one cannot enrol: not yet, no longer, no seats.
fn closed_window(state: &AppState, header: &EditionHeader, no_seat: Option<NoSeat>) -> AnyView {
    let today = state.clock.today();
    let coming = matches!(
        header.state,
        EditionState::Announced | EditionState::Enrolling
    );
    let text = if header.is_enrolment_open(today) {
        let why = Reason::from(no_seat.unwrap_or(NoSeat::Full));
        sentence(&why.into())
    } else if coming && today <= header.enrol_until {
        opens(header, today)
    } else if header.state == EditionState::Cancelled {
        t!(enrolment.cancelled_note)
    } else {
        t!(enrolment.window_over)
    };
    view! { <p>{text}</p> }.into_any()
}

/// When the window opens. An announced edition opens on its coordinator's word: its first day may
/// have come already.
fn opens(header: &EditionHeader, today: chrono::NaiveDate) -> String {
    if header.enrol_from > today {
        t!(enrolment.opens_on, date = time::date(header.enrol_from))
    } else {
        t!(enrolment.opens_later)
    }
}

/// Strangers learn how to enrol, and that they must sign in for it.
fn for_stranger(state: &AppState, header: &EditionHeader) -> AnyView {
    let no_seat = no_seat(header);
    if verb(state, header, no_seat).is_none() {
        return closed_window(state, header, no_seat);
    }
    let here = paths::edition(header.id);
    let sign_in = paths::sign_in().with("next", here.as_str());
    let register = paths::register().with("next", here.as_str());
    view! {
        <p>{seats_sentence(header, no_seat)}</p>
        <p><ButtonLink href=sign_in>{t!(enrolment.sign_in_to_enrol)}</ButtonLink></p>
        <p><a href=register>{t!(enrolment.register_first)}</a></p>
        {until(header)}
    }
    .into_any()
}
