//! The private calendar of a person: an address that only they know, which their phone asks again
//! and again.
//!
//! Whoever has the address reads when and where its owner is, so it bears 256 random bits, is
//! looked up by a keyed hash, and can be changed or removed at any time; the one before is dead at
//! once. It ends with the account too.

use axum::{
    Extension, Router,
    extract::{Path, State},
    http::Uri,
    response::Response,
    routing::get,
};
use chrono::Duration;
use serde_json::json;

use super::queries;
use crate::{
    access::{ActAsParticipant, Viewer, permit},
    audit::{self, Event},
    documents::icalendar,
    error::AppError,
    paths,
    server::{
        AppState, Identity, Services, file_refused,
        secrets::{hexadecimal, random_bytes},
        words::{in_language, locale_of},
    },
    sessions::{self, calendar::as_file},
    t,
};

/// Sessions of the last year stay in the calendar.
const PAST: Duration = Duration::days(366);

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new().route("/calendar/{file}", get(feed)).route(
        "/editions/{id}/enrolments.csv",
        get(super::list_file::enrolments),
    )
}

/// The calendar behind an address; whatever is wrong with the address, there is none.
async fn feed(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    at: Uri,
    Path(file): Path<String>,
) -> Response {
    match find(&state, &file).await {
        Ok(text) => as_file("capacita.ics", text),
        Err(error) => file_refused(identity.locale, &at, &error),
    }
}

async fn find(state: &AppState, file: &str) -> Result<String, AppError> {
    let token = file.strip_suffix(".ics").ok_or(AppError::NotFound)?;
    let mut connection = state.database.read().await?;
    let hash = hash(state, token);
    let owner = queries::calendar_owner(&mut connection, &hash)
        .await?
        .filter(|owner| !owner.demo || state.config.is_loopback())
        .ok_or(AppError::NotFound)?;
    let after = state.clock.now() - PAST;
    let entries = sessions::entries_of_person(&mut connection, owner.person, after).await?;
    Ok(in_language(locale_of(&owner.locale), || {
        let events: Vec<_> = entries
            .iter()
            .map(|entry| entry.event(&state.config.base_url, true))
            .collect();
        icalendar::write(&t!(enrolment.calendar.name), state.clock.now(), &events)
    }))
}

fn hash(state: &Services, token: &str) -> [u8; 32] {
    state.secrets.lookup_hash("calendar address", token)
}

/// The address of the viewer's own calendar, if they have one.
pub async fn own_address(state: &AppState, viewer: &Viewer) -> Result<Option<String>, AppError> {
    let mut connection = state.database.read().await?;
    let _ = permit(&mut connection, viewer, ActAsParticipant(viewer.person)).await?;
    let sealed = queries::calendar_token(&mut connection, viewer.account).await?;
    let token = sealed.and_then(|sealed| state.secrets.open(&sealed));
    let base_url = &state.config.base_url;
    Ok(token.map(|token| format!("{base_url}{}", paths::calendar_file(&token))))
}

/// Gives the viewer's calendar a new address; the one before is dead.
pub async fn change_address(state: &AppState, viewer: &Viewer) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ActAsParticipant(viewer.person)).await?;
    let had = queries::calendar_token(&mut tx, viewer.account)
        .await?
        .is_some();
    let token = hexadecimal(&random_bytes::<32>());
    let (hash, sealed) = (hash(state, &token), state.secrets.seal(&token));
    queries::set_calendar_token(&mut tx, viewer.account, &hash, &sealed, now).await?;
    let event = Event::new("calendar_address_change", "account", viewer.account.get())
        .before(&json!({ "calendar": had }))
        .after(&json!({ "calendar": true }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// Removes the address of the viewer's calendar; nothing happens where there is none.
pub async fn remove_address(state: &AppState, viewer: &Viewer) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permit = permit(&mut tx, viewer, ActAsParticipant(viewer.person)).await?;
    if !queries::remove_calendar_token(&mut tx, viewer.account).await? {
        return Ok(());
    }
    let event = Event::new("calendar_address_remove", "account", viewer.account.get())
        .before(&json!({ "calendar": true }))
        .after(&json!({ "calendar": false }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}
