//! Seats: how many are free, and who gets them.

use capacita_locales::Locale;
use sqlx::SqliteConnection;

use super::{
    Change,
    offers::offer,
    still_changes, take,
    tell::{News, tell, tell_moved},
};
use crate::{
    access::{Action, ManageEnrolments, Permit, Viewer, permit},
    courses::{
        About, EditionHeader, EditionId,
        edition::NewEdition,
        operations::{change_edition, manage_edition},
        visible_header,
    },
    enrolment::{
        EnrolmentId,
        queries::{self, Standing},
        quota::{NoSeat, Seating, Traits},
        state::Step,
    },
    error::AppError,
    server::AppState,
    t_in,
};

/// The seats of an edition as they are now, with its quotas.
pub async fn seating(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
) -> Result<Seating, AppError> {
    let rows = queries::quotas(connection, edition.id).await?;
    if rows.is_empty() {
        return Ok(Seating::without_quotas(
            free_seats(connection, edition).await?,
        ));
    }
    let quotas = rows.into_iter().map(|row| row.quota).collect();
    let seated = queries::seated(connection, edition.id).await?;
    Ok(Seating::new(edition.seats, quotas, &seated))
}

/// Why somebody waits who was given no seat just now.
pub async fn why_waiting(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    enrolment: EnrolmentId,
) -> Result<NoSeat, AppError> {
    let standing = queries::standing(connection, enrolment).await?;
    let who = standing.ok_or(AppError::NotFound)?.traits();
    let refused = seating(connection, edition).await?.admits(&who).err();
    Ok(refused.unwrap_or(NoSeat::Full))
}

/// Why somebody new would have no seat now; `None`: there is one. Whoever waits already comes first.
pub async fn no_seat_for(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
    who: &Traits,
) -> Result<Option<NoSeat>, AppError> {
    let (_, after) = turns(connection, edition).await?;
    Ok(after.seating.admits(who).err())
}

/// How many seats are free. An edition without a limit has more than anybody will ask for; one
/// that has more people than seats (seats were taken away) has none.
async fn free_seats(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
) -> Result<i64, AppError> {
    let Some(seats) = edition.seats else {
        return Ok(i64::MAX);
    };
    let taken = queries::taken_seats(connection, edition.id).await?;
    Ok((seats - taken).max(0))
}

/// Gives every free seat to whose turn it is, in the transaction that freed it, or offers it where
/// the edition gives people time to answer; gives the number of those seats.
///
/// Call it after anything that frees a seat, and before anybody else is given one. Eligible are
/// all who wait, except those who have become facilitators of the edition meanwhile; among them,
/// who fills a seat that is kept for a group comes first, then who has waited longest.
pub async fn fill_free_seats<A: Action>(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
) -> Result<i64, AppError> {
    let (filled, _) = seats_once_filled(state, connection, permit, edition).await?;
    Ok(filled)
}

/// The seats of an edition when whose turn it is has theirs.
pub(super) struct Filled {
    pub seating: Seating,
    /// Whether it is nobody's turn until a seat is freed, whoever takes one meanwhile. With quotas,
    /// one who fills two kept seats at once leaves one to somebody who waits.
    pub settled: bool,
}

/// [`fill_free_seats`], with the seats as they are afterwards.
pub(super) async fn seats_once_filled<A: Action>(
    state: &AppState,
    connection: &mut SqliteConnection,
    permit: &Permit<A>,
    edition: &EditionHeader,
) -> Result<(i64, Filled), AppError> {
    let mut filled = 0;
    let (next, after) = turns(connection, edition).await?;
    for enrolment in next {
        filled += 1;
        if let Some(hours) = edition.offer_hours {
            offer(state, connection, permit, edition, (enrolment, hours)).await?;
            continue;
        }
        // History is kept in the country's language, whoever caused it.
        let reason = t_in!(Locale::es, enrolment.reason_seat_freed);
        let change = Change {
            enrolment,
            step: Step::Enrol,
            reason: Some(&reason),
        };
        take(connection, state.clock.now(), permit, change).await?;
        let whom = enrolment.whom();
        tell(state, connection, whom, edition, News::Promoted).await?;
    }
    Ok((filled, after))
}

/// Who of those who wait may have a seat now, in the order in which they get one.
pub(in crate::enrolment) async fn next_in_turn(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
) -> Result<Vec<Standing>, AppError> {
    let (next, _) = turns(connection, edition).await?;
    Ok(next)
}

/// [`next_in_turn`], with the seats as they are once these have theirs.
async fn turns(
    connection: &mut SqliteConnection,
    edition: &EditionHeader,
) -> Result<(Vec<Standing>, Filled), AppError> {
    let mut seating = seating(connection, edition).await?;
    let quotas = seating.has_quotas();
    if seating.free() == 0 {
        let settled = true;
        return Ok((Vec::new(), Filled { seating, settled }));
    }
    // With quotas it may be anybody's turn.
    let limit = if quotas { i64::MAX } else { seating.free() };
    let mut waiting = queries::first_waiting(connection, edition.id, limit).await?;
    let mut next = Vec::new();
    while let Some(place) = seating.next(waiting.iter().map(Standing::traits)) {
        let one = waiting.remove(place);
        seating.seat(&one.traits());
        next.push(one);
    }
    let settled = !quotas || waiting.is_empty();
    Ok((next, Filled { seating, settled }))
}

/// Changes an edition, and gives seats that were added to whoever waits, in one transaction; gives
/// the number of people who got one.
pub async fn update_edition(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    version: i64,
    new: &NewEdition,
) -> Result<i64, AppError> {
    let mut tx = state.database.write().await?;
    let program = manage_edition(&mut tx, viewer, edition).await?;
    let enrolments = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let before = visible_header(&mut tx, Some(viewer), edition).await?;
    change_edition(&mut tx, state.clock.now(), &program, edition, version, new).await?;
    let header = visible_header(&mut tx, Some(viewer), edition).await?;
    // Nobody is in a draft, so nobody waits there.
    if About::from(&before) != About::from(&header) {
        tell_moved(state, &mut tx, &header).await?;
    }
    let filled = fill_free_seats(state, &mut tx, &enrolments, &header).await?;
    tx.commit().await?;
    Ok(filled)
}

/// Fills free seats on the coordinator's word, for instance after seats were added.
pub async fn fill(state: &AppState, viewer: &Viewer, edition: EditionId) -> Result<i64, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ManageEnrolments(edition)).await?;
    let edition = visible_header(&mut tx, Some(viewer), edition).await?;
    still_changes(&edition)?;
    let filled = fill_free_seats(state, &mut tx, &permit, &edition).await?;
    tx.commit().await?;
    Ok(filled)
}
