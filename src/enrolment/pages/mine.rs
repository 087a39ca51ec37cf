//! What the participant's home shows: own enrolments, and what is open.

use leptos::prelude::*;

use super::one::withdraw_own;
use crate::{
    courses::{Modality, words::edition_title, words::kind, words::modality},
    enrolment::{
        EnrolmentState,
        queries::{MyEnrolment, NextSession, OpenEdition},
        words::state_chip,
    },
    paths, plural, t,
    ui::{ButtonLink, Card, Cards, EmptyState, Section, number, time},
};

/// A person's enrolments: the current ones as cards, with state, next session, place on the
/// waiting list and a way out; the past ones as lines.
pub fn my_enrolments_section(enrolments: Vec<MyEnrolment>) -> AnyView {
    let (current, past): (Vec<_>, Vec<_>) =
        enrolments.into_iter().partition(MyEnrolment::is_current);
    let none = current.is_empty().then(|| {
        let action =
            view! { <ButtonLink href=paths::courses()>{t!(enrolment.see_courses)}</ButtonLink> };
        view! {
            <EmptyState title=t!(enrolment.none_mine) body=t!(enrolment.none_mine_body)
                action=action.into_any() />
        }
    });
    let cards: Vec<AnyView> = current.into_iter().map(card).collect();
    let cards = (!cards.is_empty()).then(|| view! { <Cards>{cards}</Cards> });
    let before = (!past.is_empty()).then(|| past_section(past));
    view! {
        <Section title=t!(enrolment.mine) id="enrolments">{none}{cards}</Section>
        {before}
    }
    .into_any()
}

fn card(mine: MyEnrolment) -> AnyView {
    let what = match mine.state {
        EnrolmentState::Waiting => {
            let n = number::count(mine.position.unwrap_or(1));
            Some(t!(enrolment.place_in_line, n = n))
        }
        EnrolmentState::Requested => Some(t!(enrolment.you_requested)),
        _ => None,
    };
    let next = mine.next_session.as_ref().map(next_session);
    let withdraw = mine.can_withdraw().then(|| withdraw_own(mine.id, false));
    let dates = time::date_range(mine.starts_on, mine.ends_on);
    view! {
        <Card title=edition_title(&mine.title, mine.number) kind=kind(mine.kind) level=3>
            <p>{state_chip(mine.state)}</p>
            <p class="quiet">{dates}" · "{modality(mine.modality)}</p>
            {what.map(|what| view! { <p>{what}</p> })}
            {next}
            <p>
                <a href=paths::edition(mine.edition)>{t!(enrolment.see_edition)}</a>" · "
                <a href=paths::enrolment(mine.id)>{t!(enrolment.see_mine)}</a>
            </p>
            {withdraw}
        </Card>
    }
    .into_any()
}

/// When and where one meets next, or until when a self-paced session is open.
fn next_session(session: &NextSession) -> AnyView {
    if session.modality == Modality::SelfPaced {
        let until = t!(
            enrolment.open_session,
            title = session.title.as_str(),
            date = time::date_time(session.ends_at)
        );
        let go = view! { <a href=paths::learn(session.id)>{t!(enrolment.go_on)}</a> };
        return view! { <p>{until}" "{go}</p> }.into_any();
    }
    let when = t!(
        enrolment.next_session,
        title = session.title.as_str(),
        date = time::date_time(session.starts_at)
    );
    let place = session
        .venue
        .clone()
        .filter(|_| session.modality != Modality::LiveOnline)
        .map(|venue| view! { <p class="quiet">{venue}</p> });
    let link = session
        .meeting_link
        .clone()
        .map(|link| view! { <p><a href=link rel="noreferrer">{t!(enrolment.join_online)}</a></p> });
    view! { <p>{when}</p> {place} {link} }.into_any()
}

fn past_section(past: Vec<MyEnrolment>) -> AnyView {
    let lines: Vec<AnyView> = past.into_iter().rev().map(past_line).collect();
    view! {
        <Section title=t!(enrolment.mine_before)>
            <ul class="lines" role="list">{lines}</ul>
        </Section>
    }
    .into_any()
}

fn past_line(mine: MyEnrolment) -> AnyView {
    let dates = time::date_range(mine.starts_on, mine.ends_on);
    view! {
        <li class="line-ends">
            <div>
                <p><a href=paths::enrolment(mine.id)>{edition_title(&mine.title, mine.number)}</a></p>
                <p class="quiet small">{dates}</p>
            </div>
            {state_chip(mine.state)}
        </li>
    }
    .into_any()
}

/// The editions in which a person may enrol today; nothing when there is none.
pub fn open_editions_section(open: Vec<OpenEdition>) -> AnyView {
    if open.is_empty() {
        return ().into_any();
    }
    let cards: Vec<AnyView> = open.into_iter().map(open_card).collect();
    view! {
        <Section title=t!(enrolment.open_to_you) id="open"><Cards>{cards}</Cards></Section>
    }
    .into_any()
}

fn open_card(open: OpenEdition) -> AnyView {
    let dates = time::date_range(open.starts_on, open.ends_on);
    let place = open
        .venue
        .or(open.department.map(|one| one.name().to_owned()));
    let seats = match open.seats.map(|seats| seats - open.taken) {
        None => t!(enrolment.no_limit),
        Some(free) if free > 0 => plural!(free, enrolment.seats_left),
        Some(_) => t!(enrolment.full_now),
    };
    let missing = open
        .missing
        .map(|courses| t!(enrolment.first_complete, courses = courses.as_str()))
        .map(|text| view! { <p>{text}</p> });
    let until = t!(enrolment.open_until, date = time::date(open.enrol_until));
    view! {
        <Card title=open.title href=paths::edition(open.id) kind=kind(open.kind) level=3>
            <p>{dates}" · "{modality(open.modality)}</p>
            {place.map(|place| view! { <p class="quiet">{place}</p> })}
            <p>{seats}</p>
            {missing}
            <p class="quiet small">{until}</p>
        </Card>
    }
    .into_any()
}
