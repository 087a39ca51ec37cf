//! The rules that a mark is held against when it comes in.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::{
    attendance::{ClientKey, HandIn, MarkId, MarkStatus, Said},
    enrolment::EnrolmentId,
    error::{AppError, Reason},
    offline::{
        Refusal,
        clock::Place,
        queries::{self, Roster},
    },
};

/// What was said of somebody on a list.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    pub uuid: &'a str,
    pub seq: i64,
    pub enrolment: EnrolmentId,
    pub status: MarkStatus,
    pub minutes: Option<i64>,
    pub at: DateTime<Utc>,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug)]
pub enum Weighed {
    Applied(MarkId),
    Superseded,
    Refused(Refusal),
}

/// Asks the rules, and appends what they let through unless its maker has said something newer.
pub async fn weigh(
    connection: &mut SqliteConnection,
    batch: &mut HandIn<'_>,
    roster: &Roster,
    word: Word<'_>,
) -> Result<Weighed, AppError> {
    let key = ClientKey::parse(word.uuid).map_err(|fault| AppError::field("uuid", fault))?;
    let cell = (word.enrolment, roster.session);
    let said = Said {
        enrolment: word.enrolment,
        status: word.status,
        minutes: word.minutes,
        at: word.at,
        marker: roster.account,
        seen: queries::seen(connection, cell, roster.account, word.at).await?,
        key,
    };
    if let Some(refusal) = refusal(connection, batch, roster, &said).await? {
        return Ok(Weighed::Refused(refusal));
    }
    let place = Place {
        at: word.at,
        seq: word.seq,
        uuid: word.uuid.to_owned(),
    };
    let newest = queries::newest_word(connection, cell, roster.account).await?;
    if newest.is_some_and(|newest| place < newest) {
        return Ok(Weighed::Superseded);
    }
    let mark = batch.append(connection, said).await?;
    mark.map(Weighed::Applied).ok_or(AppError::NotFound)
}

async fn refusal(
    connection: &mut SqliteConnection,
    batch: &HandIn<'_>,
    roster: &Roster,
    said: &Said,
) -> Result<Option<Refusal>, AppError> {
    let found = match batch.check(connection, said).await {
        Ok(()) => None,
        Err(AppError::Conflict(Reason::NotTakingPart)) => Some(Refusal::NotEnrolled),
        Err(AppError::Conflict(Reason::OwnRecord)) => Some(Refusal::OwnRecord),
        Err(AppError::Conflict(Reason::EditionClosed)) => Some(Refusal::EditionClosed),
        Err(AppError::Conflict(Reason::SessionNotBegun)) => Some(Refusal::TooEarly),
        Err(AppError::Invalid(_)) => Some(Refusal::BadMinutes),
        Err(error) => return Err(error),
    };
    // Time comes before minutes.
    let late = said.at > roster.expires_at && matches!(found, None | Some(Refusal::BadMinutes));
    if late {
        return Ok(Some(Refusal::TooLate));
    }
    if found.is_none() && queries::is_of(connection, said.enrolment, roster.account).await? {
        return Ok(Some(Refusal::OwnRecord));
    }
    Ok(found)
}
