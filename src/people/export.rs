//! One's own data as a file, for whoever wants to take it along.

use axum::{
    Extension, Router,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{
    AccountState, Country, Department, DocumentKind, PersonRecord, Sector, Sex,
    queries::AffiliationRow, record::read_with_affiliations,
};
use crate::{
    access::{ActAsParticipant, permit},
    error::AppError,
    paths,
    server::{AppState, Identity},
    t_in,
};

/// Files of this domain.
pub fn routes() -> Router<AppState> {
    Router::new().route("/me/data.json", get(my_data))
}

/// All that is recorded of a person, with the words of the database: times in UTC.
#[derive(Debug, Serialize)]
struct OwnDataFile {
    document_kind: DocumentKind,
    document_number: Option<String>,
    no_document_reason: Option<String>,
    given_names: String,
    paternal_surname: String,
    maternal_surname: Option<String>,
    sex: Sex,
    birth_year: Option<i64>,
    nationality: Country,
    email: Option<String>,
    phone: Option<String>,
    ethnic_identity: Option<String>,
    disability: Option<String>,
    consented_at: Option<DateTime<Utc>>,
    recorded_at: DateTime<Utc>,
    account_email: Option<String>,
    affiliations: Vec<OwnAffiliation>,
}

#[derive(Debug, Serialize)]
struct OwnAffiliation {
    institution: Option<String>,
    sector: Option<Sector>,
    unit: Option<String>,
    position: Option<String>,
    department: Option<Department>,
    country: Country,
    region: Option<String>,
    since: NaiveDate,
    until: Option<NaiveDate>,
}

/// The viewer's own data as JSON; strangers are sent to sign in.
async fn my_data(
    State(state): State<AppState>,
    Extension(identity): Extension<Identity>,
) -> Response {
    match read(&state, &identity).await {
        Ok(file) => {
            let name = t_in!(identity.locale, people.data_file);
            let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
                .expect("the file's name is plain ASCII");
            (
                [(header::CONTENT_DISPOSITION, disposition)],
                axum::Json(file),
            )
                .into_response()
        }
        Err(AppError::SignInRequired) => {
            let target = paths::sign_in().with("next", paths::my_data().as_str());
            let location = HeaderValue::from_str(target.as_str()).expect("local paths are ASCII");
            (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
        }
        Err(error) => StatusCode::from_u16(error.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            .into_response(),
    }
}

async fn read(state: &AppState, identity: &Identity) -> Result<OwnDataFile, AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    let mut connection = state.database.read().await?;
    permit(&mut connection, viewer, ActAsParticipant(viewer.person)).await?;
    let (person, affiliations) =
        read_with_affiliations(&mut connection, &state.secrets, viewer.person).await?;
    Ok(OwnDataFile::new(person, affiliations))
}

impl OwnDataFile {
    fn new(person: PersonRecord, affiliations: Vec<AffiliationRow>) -> Self {
        Self {
            document_kind: person.document_kind,
            document_number: person.document_number,
            no_document_reason: person.no_document_reason,
            given_names: person.given_names,
            paternal_surname: person.paternal_surname,
            maternal_surname: person.maternal_surname,
            sex: person.sex,
            birth_year: person.birth_year,
            nationality: person.nationality,
            email: person.email,
            phone: person.phone,
            ethnic_identity: person.ethnic_identity,
            disability: person.disability,
            consented_at: person.consented_at,
            recorded_at: person.created_at,
            account_email: match person.account {
                AccountState::None => None,
                AccountState::Invited(email)
                | AccountState::Active(email)
                | AccountState::Disabled(email) => Some(email),
            },
            affiliations: affiliations.into_iter().map(OwnAffiliation::from).collect(),
        }
    }
}

impl From<AffiliationRow> for OwnAffiliation {
    fn from(row: AffiliationRow) -> Self {
        Self {
            institution: row.institution_name,
            sector: row.sector,
            unit: row.unit_name,
            position: row.position,
            department: row.department,
            country: row.country,
            region: row.region,
            since: row.since,
            until: row.until,
        }
    }
}
