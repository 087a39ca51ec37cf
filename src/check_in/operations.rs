//! Who checks in, where, by which code.

mod walk_in;

use serde_json::json;
use sqlx::SqliteConnection;

pub use self::walk_in::*;
use super::{
    personal_code::{self, Claimed},
    queries::{self, OpenSession},
    room_code::{Kind, is_shown},
};
use crate::{
    access::{
        ActAsParticipant, TakeAttendance, Viewer, allowed, permit, permit_attendance,
        throttle::{self, Subject},
    },
    attendance::{self, CheckedIn, arrival::EARLY},
    audit::{self, Event},
    courses::EditionId,
    error::{AppError, Fault, Reason},
    people::{self, PersonHit, PersonId},
    server::AppState,
    sessions::SessionId,
};

/// Checks the viewer in to the session whose code they scanned.
pub async fn check_in(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    code: &str,
) -> Result<CheckedIn, AppError> {
    let now = state.clock.now();
    if !is_shown(&state.secrets, Kind::Scanned, session, code, now) {
        return Err(Reason::RoomCodeChanged.into());
    }
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ActAsParticipant(viewer.person)).await?;
    let done = attendance::check_in(&mut tx, now, &permit, session).await?;
    tx.commit().await?;
    Ok(done)
}

/// Checks the viewer in to the one of their own sessions whose code they typed. Tries are counted:
/// all is decided in one writing transaction, see [`super`].
pub async fn type_code(
    state: &AppState,
    viewer: &Viewer,
    code: &str,
) -> Result<(OpenSession, CheckedIn), AppError> {
    let now = state.clock.now();
    let (subject, person) = (Subject::TypingCode(viewer.account), viewer.person);
    let mut connection = state.database.read().await?;
    throttle::ask(&mut connection, state, now, subject).await?;
    let own = open_sessions(state, &mut connection, person).await?;
    drop(connection);
    let session = own
        .into_iter()
        .find(|own| is_shown(&state.secrets, Kind::Typed, own.id, code, now));

    let mut tx = state.database.write().await?;
    let attempt = throttle::ask(&mut tx, state, now, subject).await?;
    let Some(session) = session else {
        attempt.failed(&mut tx, now).await?;
        tx.commit().await?;
        return Err(AppError::field("code", Fault::CodeNotNow));
    };
    let permit = permit(&mut tx, viewer, ActAsParticipant(person)).await?;
    let done = attendance::check_in(&mut tx, now, &permit, session.id).await?;
    attempt.succeeded(&mut tx).await?;
    tx.commit().await?;
    Ok((session, done))
}

/// The sessions that a person may check in to now.
pub async fn open_sessions(
    state: &AppState,
    connection: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<OpenSession>, AppError> {
    let now = state.clock.now();
    Ok(queries::open_sessions(connection, person, now, now + EARLY).await?)
}

/// The viewer's own code.
pub async fn own_code(state: &AppState, viewer: &Viewer) -> Result<String, AppError> {
    let mut connection = state.database.read().await?;
    let _ = permit(&mut connection, viewer, ActAsParticipant(viewer.person)).await?;
    let version = queries::code_version(&mut connection, viewer.person).await?;
    let (secrets, person) = (&state.secrets, viewer.person);
    Ok(personal_code::token(secrets, person, version))
}

/// Renews the viewer's own code; the one before is nobody's.
pub async fn renew_code(state: &AppState, viewer: &Viewer) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ActAsParticipant(viewer.person)).await?;
    let before = queries::code_version(&mut tx, viewer.person).await?;
    queries::renew_code(&mut tx, viewer.person).await?;
    let event = Event::new("personal_code_renew", "person", viewer.person.get())
        .before(&json!({ "version": before }))
        .after(&json!({ "version": before + 1 }));
    audit::record_permitted(&mut tx, state.clock.now(), &permit, event).await?;
    tx.commit().await
}

/// Whose code this is, and the sessions in which the viewer can check them in now. `NotFound` for a
/// code that is nobody's, and for whoever has no such session: they learn nothing.
pub async fn scanned(
    state: &AppState,
    viewer: &Viewer,
    token: &str,
) -> Result<(PersonHit, Vec<OpenSession>), AppError> {
    let mut connection = state.database.read().await?;
    let person = holder(state, &mut connection, token)
        .await?
        .ok_or(AppError::NotFound)?;
    let mut sessions = Vec::new();
    for session in open_sessions(state, &mut connection, person).await? {
        if allowed(&mut connection, viewer, TakeAttendance(session.edition)).await? {
            sessions.push(session);
        }
    }
    let hit = people::hit(&mut connection, person).await?;
    let hit = hit
        .filter(|_| !sessions.is_empty())
        .ok_or(AppError::NotFound)?;
    Ok((hit, sessions))
}

/// Checks the holder of a code in. `UnknownPersonalCode` at `token`; whoever does not take the
/// session's attendance is told that it is not there.
pub async fn check_in_scanned(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    token: &str,
) -> Result<(PersonHit, CheckedIn), AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit_attendance(&mut tx, viewer, session).await?;
    let person = holder(state, &mut tx, token)
        .await?
        .ok_or_else(|| AppError::field("token", Fault::UnknownPersonalCode))?;
    let now = state.clock.now();
    let done = attendance::check_in_person(&mut tx, now, &permit, session, person).await?;
    let hit = people::hit(&mut tx, person).await?;
    let hit = hit.ok_or(AppError::NotFound)?;
    tx.commit().await?;
    Ok((hit, done))
}

/// The codes of those who take part in an edition, whoever they are.
pub async fn tokens(
    state: &AppState,
    connection: &mut SqliteConnection,
    edition: EditionId,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<Vec<String>, AppError> {
    let versions = queries::code_versions(connection, edition).await?;
    let token = |person| {
        let version = versions.get(&person).copied().unwrap_or(0);
        personal_code::token(&state.secrets, person, version)
    };
    Ok(people.into_iter().map(token).collect())
}

/// Whose code this is; `None`: nobody's.
pub async fn holder(
    state: &AppState,
    connection: &mut SqliteConnection,
    token: &str,
) -> Result<Option<PersonId>, AppError> {
    let Some(claimed) = Claimed::parse(token) else {
        return Ok(None);
    };
    let version = queries::code_version(connection, claimed.person).await?;
    let genuine = claimed.is_genuine(&state.secrets, version);
    if !genuine {
        return Ok(None);
    }
    // A code that was printed for a record that went into another one is that person's still.
    people::stands_for(connection, claimed.person)
        .await
        .map(Some)
}
