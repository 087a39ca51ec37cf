//! The sign-in sheet of a session, for rooms without a connection: printed before, signed there,
//! marked afterwards.

use axum::{
    Extension, Router,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::Uri,
    response::Response,
    routing::get,
};
use capacita_locales::Locale;
use serde::Deserialize;

use crate::{
    access::policy::ActionKind,
    courses::{EditionHeader, header_for, words::locale_of},
    documents::sign_in_sheet::{ExpectedPerson, SheetWords, SignInSheet, render},
    enrolment::queries::{RosterEntry, roster},
    error::AppError,
    server::{
        AppState, Identity,
        clock::lima_date,
        printed,
        secrets::hexadecimal,
        sheet_answer,
        words::{self, in_language},
    },
    sessions::{self, Session, SessionId},
    t,
    ui::time,
};

/// Empty rows for who comes unannounced, where nobody asks for another number.
const BLANK_ROWS: u32 = 10;

/// The most empty rows that are printed.
const MOST_BLANK_ROWS: u32 = 200;

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new().route("/sessions/{id}/sign-in-sheet.pdf", get(sheet))
}

/// What may be asked of a sheet.
#[derive(Debug, Deserialize)]
struct Wanted {
    blank: Option<u32>,
}

/// The sheet, for who takes attendance there; 404 for everybody else, as if it were not there.
async fn sheet(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
    at: Uri,
    Path(id): Path<String>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Response {
    let blank = wanted.ok().and_then(|Query(wanted)| wanted.blank);
    let blank = blank.unwrap_or(BLANK_ROWS).min(MOST_BLANK_ROWS);
    let made = make(&state, &identity, &id, blank).await;
    sheet_answer(identity.locale, &at, made)
}

async fn make(
    state: &AppState,
    identity: &Identity,
    id: &str,
    blank_rows: u32,
) -> Result<(String, Vec<u8>), AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    let id: SessionId = id.parse().map_err(|_| AppError::NotFound)?;
    let mut connection = state.database.read().await?;
    let session = sessions::find(&mut connection, id).await?;
    let session = session.ok_or(AppError::NotFound)?;
    let header = header_for(
        &mut connection,
        viewer,
        session.edition,
        ActionKind::TakeAttendance,
    )
    .await?;
    let people = roster(&mut connection, session.edition).await?;
    drop(connection);
    // The page's code needs no secret to be read, but nobody makes one up for another session.
    let mark = state.secrets.lookup_hash("sign-in sheet", &id.to_string());
    let code = format!("S{id}-{}", hexadecimal(&mark[..2]).to_uppercase());
    let language = locale_of(header.language);
    let content = in_language(language, || {
        content(&header, &session, &people, (code, blank_rows), language)
    });
    let day = lima_date(session.starts_at);
    let pdf = printed(move || render(&content, day)).await?;
    Ok((format!("firmas-{id}"), pdf))
}

fn content(
    header: &EditionHeader,
    session: &Session,
    people: &[RosterEntry],
    (code, blank_rows): (String, u32),
    language: Locale,
) -> SignInSheet {
    let when = time::time_range(session.starts_at, session.ends_at);
    let facts = [
        Some(when),
        header.whereabouts(),
        Some(header.program_name.clone()),
    ];
    SignInSheet {
        language: words::locale_code(language),
        title: t!(paper.sheet.title, session = session.title.as_str()),
        course: header.title(),
        facts: facts.into_iter().flatten().collect(),
        organisation: header.program_name.clone(),
        notice: t!(paper.sheet.notice),
        code,
        people: people.iter().map(expected).collect(),
        blank_rows,
        words: SheetWords {
            number: t!(paper.sheet.number),
            name: t!(paper.sheet.name),
            serves: t!(paper.sheet.serves),
            document: t!(paper.sheet.document),
            signature: t!(paper.sheet.signature),
            page: t!(paper.sheet.page),
            of: t!(paper.sheet.page_of),
            code: t!(paper.sheet.code),
        },
    }
}

fn expected(person: &RosterEntry) -> ExpectedPerson {
    ExpectedPerson {
        name: person.listed_name(),
        serves: person.institution.clone().unwrap_or_default(),
    }
}
