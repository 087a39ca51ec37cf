//! Where the link of an offer leads: what is offered, until when, yes or no. Whoever has the link
//! may answer; nothing is said about the person.

use axum::http::StatusCode;
use leptos::{prelude::*, server_fn::ServerFn as _};
use leptos_axum::ResponseOptions;

use crate::{
    courses::About,
    enrolment::{
        OfferToken,
        actions::AnswerOffer,
        operations::{Offer, offer_of},
    },
    error::{AppError, Reason},
    paths,
    server::{
        page::{page, path_value},
        services,
    },
    t,
    ui::{ButtonKind, ButtonLink, ButtonRow, Page, PostButton, Section, Width, time},
};

/// `/offers/{token}`
#[component]
pub fn OfferPage() -> impl IntoView {
    let token = path_value("token");
    page(async move {
        let token = OfferToken::parse(&token).ok_or(AppError::NotFound)?;
        let state = services();
        let mut connection = state.database.read().await?;
        match offer_of(&state, &mut connection, &token).await {
            Ok(offer) => Ok(open(&token, offer)),
            Err(AppError::Conflict(Reason::OfferOver)) => Ok(over()),
            Err(error) => Err(error),
        }
    })
}

fn open(token: &OfferToken, offer: Offer) -> AnyView {
    let title = offer.edition.title();
    let facts = About::from(&offer.edition).facts();
    let facts: Vec<_> = facts
        .lines()
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect();
    let until = time::date_time(offer.until);
    let answer = |accepted: &str| {
        vec![
            ("token", token.to_string()),
            ("answer", accepted.to_owned()),
        ]
    };
    let (yes, no) = (answer("accept"), answer("decline"));
    view! {
        <Page title=t!(enrolment.offer.title) lead=title width=Width::Reading>
            <p>{t!(enrolment.offer.until, until = until)}</p>
            {facts}
            <ButtonRow>
                <PostButton action=AnswerOffer::PATH fields=yes kind=ButtonKind::Primary>
                    {t!(enrolment.offer.accept)}
                </PostButton>
                <PostButton action=AnswerOffer::PATH fields=no kind=ButtonKind::Secondary>
                    {t!(enrolment.offer.decline)}
                </PostButton>
            </ButtonRow>
            <Section title=t!(enrolment.offer.what_title)>
                <p>{t!(enrolment.offer.what)}</p>
                <p><a href=paths::edition(offer.edition.id)>{t!(enrolment.offer.see_edition)}</a></p>
            </Section>
        </Page>
    }
    .into_any()
}

fn over() -> AnyView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::GONE);
    }
    view! {
        <Page title=t!(enrolment.offer.over_title) width=Width::Reading>
            <p>{t!(enrolment.offer.over)}</p>
            <p><ButtonLink href=paths::courses()>{t!(enrolment.offer.see_courses)}</ButtonLink></p>
        </Page>
    }
    .into_any()
}
