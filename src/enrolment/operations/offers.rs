//! Offering a seat that came free, and what becomes of the offer.

use capacita_locales::Locale;
use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{
    Change, fill_free_seats, still_changes, take,
    tell::{News, tell},
};
use crate::{
    access::{Action, AnswerOffer, ManageEnrolments, Permit, public_permit},
    audit,
    courses::{EditionHeader, EditionId, visible_header},
    enrolment::{
        EnrolmentId, EnrolmentState, OfferToken,
        offer::answer_until,
        queries::{self, Standing},
        state::Step,
    },
    error::{AppError, Reason},
    paths,
    server::{AppState, words::in_language},
    t, t_in,
    ui::time,
};

/// What the audit trail keeps of an offer.
#[derive(Serialize)]
struct Recorded {
    offered_until: Option<DateTime<Utc>>,
}

/// Offers a seat to somebody who waits, for as many hours as the edition gives.
pub(super) async fn offer<A: Action>(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
    (enrolment, hours): (Standing, i64),
) -> Result<(), AppError> {
    let now = state.clock.now();
    let until = answer_until(now, hours, edition.starts_on);
    if !queries::set_offer(connection, enrolment.id, until).await? {
        return Err(Reason::WrongEnrolmentState.into());
    }
    // History is kept in the country's language, whoever caused it.
    let reason = in_language(Locale::es, || {
        t!(
            enrolment.offer.reason_offered,
            until = time::date_time(until)
        )
    });
    let event = queries::NewEvent {
        enrolment: enrolment.id,
        at: now,
        account: permit.account(),
        from: Some(EnrolmentState::Waiting),
        to: EnrolmentState::Waiting,
        reason: Some(&reason),
    };
    queries::insert_event(connection, event).await?;
    let event = audit::Event::new("enrolment_offer", "enrolment", enrolment.id.get())
        .program(Some(enrolment.program))
        .before(&Recorded {
            offered_until: None,
        })
        .after(&Recorded {
            offered_until: Some(until),
        });
    audit::record_permitted(connection, now, permit, event).await?;
    let link = link(state, enrolment.id, until);
    let news = News::Offered { until, link: &link };
    tell(state, connection, enrolment.whom(), edition, news).await?;
    Ok(())
}

/// The whole address under which an offer is answered.
fn link(state: &AppState, enrolment: EnrolmentId, until: DateTime<Utc>) -> String {
    let token = OfferToken::new(&state.secrets, enrolment, until);
    format!("{}{}", state.config.base_url, paths::offer(&token))
}

/// What an offer says to whoever follows its link.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The edition.
    pub edition: EditionHeader,
    /// Until when it may be answered.
    pub until: DateTime<Utc>,
    enrolment: Standing,
}

/// An offer that can be answered now.
///
/// `OfferOver` when it was answered, taken back, is too old, or was never made: who tries numbers
/// learns nothing.
pub async fn offer_of(
    state: &AppState,
    connection: &mut SqliteConnection,
    token: &OfferToken,
) -> Result<Offer, AppError> {
    let enrolment = queries::standing(connection, token.enrolment).await?;
    let over = || AppError::from(Reason::OfferOver);
    let enrolment = enrolment.ok_or_else(over)?;
    let until = enrolment.offered_until.ok_or_else(over)?;
    if !token.proves(&state.secrets, until) || until <= state.clock.now() {
        return Err(over());
    }
    let edition = visible_header(connection, None, enrolment.edition).await?;
    Ok(Offer {
        edition,
        until,
        enrolment,
    })
}

/// Answers an offer for whoever has its link; gives the edition.
///
/// As [`offer_of`], `EditionClosed`, and `SeatToConfirm` for who was vetted and is cleared no longer. A
/// seat that is declined goes to whoever is next.
pub async fn answer_offer(
    state: &AppState,
    token: &OfferToken,
    accepted: bool,
) -> Result<EditionId, AppError> {
    let mut tx = state.database.write().await?;
    let offer = offer_of(state, &mut tx, token).await?;
    let enrolment = offer.enrolment;
    let permit = public_permit(&mut tx, AnswerOffer(enrolment.edition)).await?;
    still_changes(&offer.edition)?;
    let sector = enrolment.sector;
    let cleared = queries::is_cleared(&mut tx, enrolment.edition, enrolment.person, sector).await?;
    if accepted && !cleared {
        // Why is said to coordinators alone.
        return Err(Reason::SeatToConfirm.into());
    }
    let (step, reason) = if accepted {
        let reason = t_in!(Locale::es, enrolment.offer.reason_accepted);
        (Step::Enrol, reason)
    } else {
        let reason = t_in!(Locale::es, enrolment.offer.reason_declined);
        (Step::Withdraw, reason)
    };
    let change = Change {
        enrolment,
        step,
        reason: Some(&reason),
    };
    take(&mut tx, state.clock.now(), &permit, change).await?;
    if accepted {
        let whom = enrolment.whom();
        tell(state, &mut tx, whom, &offer.edition, News::Enrolled).await?;
    }
    fill_free_seats(state, &mut tx, &permit, &offer.edition).await?;
    tx.commit().await?;
    Ok(offer.edition.id)
}

/// Ends the offers of an edition whose time is over, and passes their seats on, within a
/// transaction; gives how many there were.
pub async fn end_offers(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<ManageEnrolments>,
) -> Result<i64, AppError> {
    let now = state.clock.now();
    let edition = visible_header(connection, None, permit.action().0).await?;
    let over = queries::offers_over(connection, edition.id, now).await?;
    let reason = t_in!(Locale::es, enrolment.offer.reason_over);
    let mut ended = 0;
    for enrolment in over {
        let change = Change {
            enrolment,
            step: Step::Withdraw,
            reason: Some(&reason),
        };
        take(connection, now, permit, change).await?;
        let whom = enrolment.whom();
        tell(state, connection, whom, &edition, News::OfferOver).await?;
        ended += 1;
    }
    if still_changes(&edition).is_ok() {
        fill_free_seats(state, connection, permit, &edition).await?;
    }
    Ok(ended)
}
