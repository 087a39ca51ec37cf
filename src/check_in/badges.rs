//! The badges of an edition, each with its holder's own code.

use axum::{
    Extension, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use capacita_locales::Locale;

use super::{personal_code, queries};
use crate::{
    access::{TakeAttendance, permit},
    courses::{EditionId, Language, visible_header},
    documents::{
        self,
        badges::{Badge, Badges, render},
    },
    enrolment::queries::{RosterEntry, roster},
    error::AppError,
    paths,
    people::full_name,
    server::{
        AppState, Identity, incident,
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
    Path(id): Path<String>,
) -> Response {
    match make(&state, &identity, &id).await {
        Ok((edition, pdf)) => {
            let name = format!("inline; filename=\"credenciales-{edition}.pdf\"");
            let headers = [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                (header::CONTENT_DISPOSITION, name),
                (header::CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            (headers, pdf).into_response()
        }
        Err(error) => {
            let (status, error) = match error {
                AppError::Internal { .. } => (StatusCode::INTERNAL_SERVER_ERROR, error),
                _ => (StatusCode::NOT_FOUND, AppError::NotFound),
            };
            let sentence = in_language(identity.locale, || words::sentence(&error));
            (status, sentence).into_response()
        }
    }
}

async fn make(
    state: &AppState,
    identity: &Identity,
    id: &str,
) -> Result<(EditionId, Vec<u8>), AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::NotFound)?;
    let id: EditionId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut connection = state.database.read().await?;
    let _ = permit(&mut connection, viewer, TakeAttendance(id)).await?;
    let header = visible_header(&mut connection, Some(viewer), id).await?;
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
    let language = match header.language {
        Language::English => Locale::en,
        _ => Locale::es,
    };
    let content = in_language(language, || Badges {
        language: words::locale_code(language),
        title: t!(check_in.badges.title, edition = header.title()),
        edition: header.title(),
        organisation: header.program_name.clone(),
        code: t!(check_in.own.picture),
        people,
    });
    let (identity, day) = (format!("badges-{id}"), header.starts_on);
    let pdf = documents::make(move || render(&content, &identity, day)).await;
    let pdf = pdf.map_err(|fault| incident(&fault))?;
    Ok((id, pdf.map_err(|fault| incident(&fault))?))
}
