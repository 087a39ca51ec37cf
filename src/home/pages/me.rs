//! The participant's home: what is next, what is missing, what can be begun.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use sqlx::SqliteConnection;

use crate::{
    access::{self, Viewer},
    attendance::pages::share_bar,
    certificates::{self, OwnCertificate, OwnProgress},
    courses,
    enrolment::{
        self, EnrolmentId, EnrolmentState, OfferToken,
        queries::{MyEnrolment, NextSession, OpenEdition},
    },
    error::AppError,
    learning::{self, InProgress},
    paths,
    server::{AppState, page::page, services},
    t,
    ui::{
        ButtonKind, ButtonLink, ButtonRow, Card, Cards, EmptyState, Notice, NoticeKind, Page,
        Progress, Section, number, time,
    },
};

/// How many certificates the home shows: the page of certificates has all.
const CERTIFICATES: usize = 3;

/// The participant's home, also for staff who learn.
#[component]
pub fn MePage() -> impl IntoView {
    page(async move {
        let viewer = access::viewer()?;
        content(&services(), &viewer).await
    })
}

/// The page.
pub async fn content(state: &AppState, viewer: &Viewer) -> Result<AnyView, AppError> {
    let (now, today, person) = (state.clock.now(), state.clock.today(), viewer.person);
    let mut connection = state.database.read().await?;
    let enrolments = enrolment::queries::my_enrolments(&mut connection, person, now).await?;
    let standings = certificates::standings_of(&mut connection, now, person).await?;
    let in_progress = learning::in_progress(&mut connection, person, now).await?;
    let open = enrolment::queries::open_to(&mut connection, person, today).await?;
    let issued = certificates::newest_of(&mut connection, person, CERTIFICATES).await?;
    let offers = offers(&mut connection, &enrolments).await?;
    let title = t!(home.greeting, name = viewer.name.as_str());
    let all = view! {
        <ButtonLink kind=ButtonKind::Quiet href=paths::my_certificates()>{t!(home.all_certificates)}</ButtonLink>
    }
    .into_any();
    let calendar = view! {
        <ButtonRow>
            <ButtonLink kind=ButtonKind::Secondary href=paths::check_in()>{t!(home.check_in)}</ButtonLink>
            <ButtonLink kind=ButtonKind::Quiet href=paths::my_code()>{t!(home.my_code)}</ButtonLink>
            <ButtonLink kind=ButtonKind::Quiet href=paths::my_calendar()>{t!(home.my_calendar)}</ButtonLink>
        </ButtonRow>
    }
    .into_any();
    let current = my_courses(&enrolments, &standings, &offers);
    let offered = offer_notices(state, &enrolments, &offers);
    let upcoming = next(&enrolments);
    let has_certificates = !issued.is_empty();
    Ok(view! {
        <Page title=title lead=t!(home.my_learning_lead)>
            {offered}
            <Section title=t!(home.next) action=calendar>{upcoming}</Section>
            {learning_section(in_progress)}
            <Section title=t!(home.my_courses)>{current}</Section>
            {has_certificates.then(|| view! {
                <Section title=t!(home.my_certificates) action=all>{certificate_cards(issued)}</Section>
            })}
            <Section title=t!(home.open_to_me)>{open_cards(open)}</Section>
        </Page>
    }
    .into_any())
}

/// Until when each seat that is offered may be taken.
type Offers = BTreeMap<EnrolmentId, DateTime<Utc>>;

/// The seats that are offered to who waits for them.
async fn offers(
    connection: &mut SqliteConnection,
    enrolments: &[MyEnrolment],
) -> Result<Offers, AppError> {
    let mut offers = BTreeMap::new();
    let waiting = |one: &&MyEnrolment| one.state == EnrolmentState::Waiting;
    for enrolment in enrolments.iter().filter(waiting) {
        let id = enrolment.id;
        if let Some(until) = enrolment::queries::offered_until(connection, id).await? {
            offers.insert(id, until);
        }
    }
    Ok(offers)
}

/// The seats that are offered, with the way to the answer: they do not wait.
fn offer_notices(state: &AppState, enrolments: &[MyEnrolment], offers: &Offers) -> Vec<AnyView> {
    let offered = enrolments
        .iter()
        .filter_map(|one| offers.get(&one.id).map(|until| (one, *until)));
    offered
        .map(|(one, until)| {
            let course = courses::words::edition_title(&one.title, one.number);
            let said = t!(enrolment.offer.you_have, until = time::date_time(until));
            let offer = paths::offer(&OfferToken::new(&state.secrets, one.id, until));
            view! {
                <Notice kind=NoticeKind::Attention title=course>
                    <p>{said}</p>
                    <p><ButtonLink href=offer>{t!(enrolment.offer.answer)}</ButtonLink></p>
                </Notice>
            }
            .into_any()
        })
        .collect()
}

/// The sessions to come, the soonest first.
fn next(enrolments: &[MyEnrolment]) -> AnyView {
    let mut sessions: Vec<(&MyEnrolment, &NextSession)> = enrolments
        .iter()
        .filter_map(|enrolment| {
            enrolment
                .next_session
                .as_ref()
                .map(|session| (enrolment, session))
        })
        .filter(|(_, session)| session.modality != courses::Modality::SelfPaced)
        .collect();
    sessions.sort_by_key(|(_, session)| session.starts_at);
    if sessions.is_empty() {
        let action = view! { <ButtonLink href=paths::courses()>{t!(home.catalogue)}</ButtonLink> }
            .into_any();
        return view! {
            <EmptyState title=t!(home.nothing_next) body=t!(home.nothing_next_body) action=action />
        }
        .into_any();
    }
    let cards = sessions
        .into_iter()
        .map(|(enrolment, session)| session_card(enrolment, session))
        .collect_view();
    view! { <Cards>{cards}</Cards> }.into_any()
}

fn session_card(enrolment: &MyEnrolment, session: &NextSession) -> AnyView {
    let when = time::time_range(session.starts_at, session.ends_at);
    let join = session.meeting_link.clone().map(|link| {
        view! { <p><ButtonLink href=link>{t!(home.join)}</ButtonLink></p> }
    });
    let course = courses::words::edition_title(&enrolment.title, enrolment.number);
    let (edition, kind) = (
        paths::edition(enrolment.edition),
        courses::words::kind(enrolment.kind),
    );
    let place = session
        .venue
        .as_ref()
        .map(|venue| format!(" — {venue}"))
        .unwrap_or_default();
    let what = format!("{}{place}", session.title);
    view! {
        <Card title=course href=edition kind=kind level=3>
            <p><strong>{when}</strong></p>
            <p>{what}</p>
            {join}
        </Card>
    }
    .into_any()
}

fn learning_section(sessions: Vec<InProgress>) -> Option<AnyView> {
    if sessions.is_empty() {
        return None;
    }
    let cards = sessions
        .into_iter()
        .map(|session| {
            let label = t!(home.step_of, done = number::count(session.done), total = number::count(session.total));
            let go_on = if session.done == 0 { t!(home.begin) } else { t!(home.go_on) };
            view! {
                <Card title=session.title kind=session.course_title level=3>
                    <Progress label=label done=number::float(session.done) total=number::float(session.total) />
                    <p><ButtonLink href=paths::learn(session.session)>{go_on}</ButtonLink></p>
                </Card>
            }
        })
        .collect_view();
    Some(view! { <Section title=t!(home.learning)><Cards>{cards}</Cards></Section> }.into_any())
}

fn my_courses(enrolments: &[MyEnrolment], standings: &[OwnProgress], offers: &Offers) -> AnyView {
    let current: Vec<&MyEnrolment> = enrolments
        .iter()
        .filter(|enrolment| enrolment.is_current())
        .collect();
    if current.is_empty() {
        return view! { <p class="quiet">{t!(home.not_enrolled)}</p> }.into_any();
    }
    let cards = current
        .into_iter()
        .map(|enrolment| {
            let standing = standings
                .iter()
                .find(|standing| standing.edition == enrolment.edition);
            course_card(enrolment, standing, offers.contains_key(&enrolment.id))
        })
        .collect_view();
    view! { <Cards>{cards}</Cards> }.into_any()
}

fn course_card(
    enrolment: &MyEnrolment,
    standing: Option<&OwnProgress>,
    is_offered: bool,
) -> AnyView {
    let position = enrolment
        .position
        .filter(|_| !is_offered)
        .map(|position| view! { <p>{t!(home.position, n = number::count(position))}</p> });
    let missing = standing.map(|standing| {
        let bar = share_bar(standing.share, standing.min_share_permille);
        let sentence = certificates::words::explain_to_person(&standing.standing);
        view! {
            {bar}
            <p>{sentence}</p>
        }
    });
    let course = courses::words::edition_title(&enrolment.title, enrolment.number);
    let (edition, kind) = (
        paths::edition(enrolment.edition),
        courses::words::kind(enrolment.kind),
    );
    let chip = enrolment::words::state_chip(enrolment.state);
    let withdraw = enrolment
        .can_withdraw()
        .then(|| enrolment::pages::withdraw_own(enrolment.id, false));
    let dates = time::date_range(enrolment.starts_on, enrolment.ends_on);
    view! {
        <Card title=course href=edition kind=kind level=3>
            <p>{chip}</p>
            <p>{dates}</p>
            {position}
            {missing}
            {withdraw}
        </Card>
    }
    .into_any()
}

fn certificate_cards(certificates: Vec<OwnCertificate>) -> AnyView {
    let cards = certificates
        .into_iter()
        .map(|certificate| {
            let code = certificate.code;
            let issued = t!(home.issued, date = time::date(certificate.issued_on));
            let kind = certificates::words::kind(certificate.kind);
            view! {
                <Card title=certificate.course kind=kind level=3>
                    <p>{issued}</p>
                    <ButtonRow>
                        <ButtonLink kind=ButtonKind::Secondary href=paths::certificate_pdf(&code)>{t!(home.download)}</ButtonLink>
                        <ButtonLink kind=ButtonKind::Quiet href=paths::verify_code(&code)>{t!(home.verify)}</ButtonLink>
                    </ButtonRow>
                </Card>
            }
        })
        .collect_view();
    view! { <Cards>{cards}</Cards> }.into_any()
}

fn open_cards(editions: Vec<OpenEdition>) -> AnyView {
    if editions.is_empty() {
        return view! { <p class="quiet">{t!(home.no_open)}</p> }.into_any();
    }
    let cards = editions
        .into_iter()
        .map(|edition| {
            let until = t!(home.until, date = time::date(edition.enrol_until));
            let missing = edition.missing.map(|courses| {
                view! { <p>{t!(errors.prerequisite_missing, courses = courses)}</p> }
            });
            let place = edition.venue.unwrap_or_else(|| courses::words::modality(edition.modality));
            view! {
                <Card title=edition.title href=paths::edition(edition.id) kind=courses::words::kind(edition.kind) level=3>
                    <p>{time::date_range(edition.starts_on, edition.ends_on)}" · "{place}</p>
                    {missing}
                    <p class="quiet">{until}</p>
                </Card>
            }
        })
        .collect_view();
    view! { <Cards>{cards}</Cards> }.into_any()
}
