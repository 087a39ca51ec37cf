//! The badges of an edition, each with its holder's own code.

use axum::{
    Extension, Router,
    extract::{Path, State},
    http::Uri,
    response::Response,
    routing::get,
};

use super::{personal_code, queries};
use crate::{
    access::policy::ActionKind,
    courses::{EditionId, header_for, words::locale_of},
    documents::badges::{Badge, Badges, render},
    enrolment::queries::{RosterEntry, roster},
    error::AppError,
    paths,
    people::full_name,
    server::{
        AppState, Identity, incident, printed, sheet_answer,
        words::{self, in_language},
    },
    t,
};

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new().route("/editions/{id}/badges.pdf", get(badges))
}

/// The badges, for who takes attendance there; 404 for everybody else, as if they were not there.
async fn badges(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    at: Uri,
    Path(id): Path<String>,
) -> Response {
    let made = make(&state, &identity, &id).await;
    sheet_answer(identity.locale, &at, made)
}

async fn make(
    state: &AppState,
    identity: &Identity,
    id: &str,
) -> Result<(String, Vec<u8>), AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    let id: EditionId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut connection = state.database.read().await?;
    let header = header_for(&mut connection, viewer, id, ActionKind::TakeAttendance).await?;
    let people = roster(&mut connection, id).await?;
    let versions = queries::code_versions(&mut connection, id).await?;
    drop(connection);
    let badge = |person: &RosterEntry| {
        let version = versions.get(&person.person).copied().unwrap_or(0);
        let token = personal_code::token(&state.secrets, person.person, version);
        let path = paths::check_in_person(&token);
        let maternal = person.maternal_surname.as_deref();
        let name = full_name(&person.given_names, &person.paternal_surname, maternal);
        let serves = person.institution.clone().unwrap_or_default();
        Badge::new(name, serves, &format!("{}{path}", state.config.base_url))
    };
    let people: Result<Vec<Badge>, _> = people.iter().map(badge).collect();
    let people = people.map_err(|fault| incident(&fault))?;
    let language = locale_of(header.language);
    let content = in_language(language, || Badges {
        language: words::locale_code(language),
        title: t!(check_in.badges.title, edition = header.title()),
        edition: header.title(),
        organisation: header.program_name.clone(),
        code: t!(check_in.own.picture),
        people,
    });
    let (identity, day) = (format!("badges-{id}"), header.starts_on);
    let pdf = printed(move || render(&content, &identity, day)).await?;
    Ok((format!("credenciales-{id}"), pdf))
}
