//! Taking a session's list along.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;

use super::token_hash;
use crate::{
    access::{Viewer, permit_attendance},
    attendance::{
        MarkStatus,
        arrival::{EARLY, GRACE},
    },
    audit::{self, Event},
    check_in,
    courses::visible_header,
    enrolment::{
        EnrolmentId,
        queries::{RosterEntry, roster},
    },
    error::{AppError, Reason},
    offline::{
        PhoneName, RosterId, clock,
        queries::{self, NewRoster},
    },
    server::{
        AppState,
        secrets::{hexadecimal, random_bytes},
    },
    sessions::{self, Session, SessionId},
};

/// A list as a phone takes it along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Its number, by which it is revoked.
    pub roster: RosterId,
    /// What hands marks in: no one else has it.
    pub token: String,
    /// The session.
    pub session: SessionId,
    /// Its title.
    pub title: String,
    /// The most minutes that are a part of it.
    pub planned: i64,
    /// From when on somebody can be marked present, and the rest, in milliseconds since 1970.
    pub opens_at: i64,
    /// After which whoever arrives is late.
    pub late_after: i64,
    /// What the server's clock shows.
    pub server_now: i64,
    /// Until when the list is good.
    pub expires_at: i64,
    /// Who takes part.
    pub people: Vec<Listed>,
}

/// Somebody on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Their enrolment.
    pub enrolment: EnrolmentId,
    /// "Quispe Mamani, Rosa".
    pub name: String,
    /// Half of the SHA-256 of their personal code: enough to know it again, too little to make it.
    pub code: String,
    /// What stands.
    pub status: MarkStatus,
    /// Minutes attended.
    pub minutes: i64,
}

/// Why the list of a session cannot be taken now.
pub fn must_be_takeable(
    state: &AppState,
    session: &Session,
    is_locked: bool,
) -> Result<(), Reason> {
    if session.is_self_paced() {
        Err(Reason::CheckInSelfPaced)
    } else if is_locked {
        Err(Reason::CheckInEditionClosed)
    } else if state.clock.now() < clock::takeable_from(session.starts_at) {
        Err(Reason::SessionNotBegun)
    } else {
        Ok(())
    }
}

/// Hands a session's list to the phone that asks.
pub async fn take(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    phone: &PhoneName,
) -> Result<Taken, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit_attendance(&mut tx, viewer, session).await?;
    let session = sessions::find(&mut tx, session).await?;
    let session = session.ok_or(AppError::NotFound)?;
    let header = visible_header(&mut tx, Some(viewer), session.edition).await?;
    must_be_takeable(state, &session, header.is_locked())?;
    let token = hexadecimal(&random_bytes::<32>());
    let expires_at = clock::expiry(session.ends_at, now);
    let new = NewRoster {
        account: viewer.account,
        sign_in: viewer.sign_in,
        session: session.id,
        phone: phone.as_str(),
        token_hash: &token_hash(&token),
        now,
        expires_at,
    };
    let id = queries::insert_roster(&mut tx, new).await?;
    let people = people(state, &mut tx, &session).await?;
    let event = Event::new("offline_roster_create", "offline_roster", id.get())
        .after(&json!({ "session": session.id, "phone": phone }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(Taken {
        roster: id,
        token,
        session: session.id,
        title: session.title,
        planned: session.planned_minutes,
        opens_at: (session.starts_at - EARLY).timestamp_millis(),
        late_after: (session.starts_at + GRACE).timestamp_millis(),
        server_now: now.timestamp_millis(),
        expires_at: expires_at.timestamp_millis(),
        people,
    })
}

async fn people(
    state: &AppState,
    connection: &mut SqliteConnection,
    session: &Session,
) -> Result<Vec<Listed>, AppError> {
    let listed = roster(connection, session.edition).await?;
    let who = listed.iter().map(|person| person.person);
    let tokens = check_in::tokens(state, connection, session.edition, who).await?;
    let stands: HashMap<EnrolmentId, (MarkStatus, i64)> = queries::standing(connection, session.id)
        .await?
        .into_iter()
        .map(|(enrolment, status, minutes)| (enrolment, (status, minutes)))
        .collect();
    let none = (MarkStatus::NotTaken, 0);
    let line = |(person, token): (&RosterEntry, &String)| {
        let (status, minutes) = stands.get(&person.enrolment).copied().unwrap_or(none);
        Listed {
            enrolment: person.enrolment,
            name: person.listed_name(),
            code: hexadecimal(&Sha256::digest(token.as_bytes())[..16]),
            status,
            minutes,
        }
    };
    Ok(listed.iter().zip(&tokens).map(line).collect())
}
