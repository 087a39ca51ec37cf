//! One's own data as a file, for whoever wants to take it along.

use axum::{
    Extension, Router,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use chrono::{DateTime, NaiveDate, Utc};
use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::SqliteConnection;

use super::{
    AccountState, Country, Department, DocumentKind, PersonId, PersonRecord, Sector, Sex,
    queries::AffiliationRow, record::read_with_affiliations,
};
use crate::{
    access::{ActAsParticipant, permit},
    error::AppError,
    paths,
    server::{AppState, Identity, file_refused, incident},
    t_in,
};

/// What a later domain keeps of a person, handed in where the routes are gathered.
#[derive(Clone, Copy, Debug)]
pub struct OwnSection {
    /// Its name in the file.
    pub name: &'static str,
    /// The tables that it tells of.
    pub tables: &'static [&'static str],
    /// Reads it, as a JSON list.
    pub read: SectionReader,
}

/// Reads a section of a person's data. Whether they may is settled before it is asked.
pub type SectionReader =
    for<'a> fn(&'a mut SqliteConnection, PersonId) -> BoxFuture<'a, Result<String, AppError>>;

/// The tables that the file tells of by itself.
pub const OWN_TABLES: [&str; 3] = ["people", "affiliations", "accounts"];

/// Files of this domain.
pub fn routes(sections: &'static [OwnSection]) -> Router<AppState> {
    let file = move |state: State<AppState>, identity: Extension<Identity>| {
        my_data(state, identity, sections)
    };
    Router::new()
        .route("/me/data.json", get(file))
        .route("/people.csv", get(super::register_file::people))
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
    #[serde(flatten)]
    sections: Map<String, Value>,
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
    sections: &[OwnSection],
) -> Response {
    match read(&state, &identity, sections).await {
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
        Err(error) => file_refused(identity.locale, &paths::my_data().uri(), &error),
    }
}

async fn read(
    state: &AppState,
    identity: &Identity,
    sections: &[OwnSection],
) -> Result<OwnDataFile, AppError> {
    let viewer = identity.viewer.as_ref().ok_or(AppError::SignInRequired)?;
    // One moment: what one section says of another fits.
    let mut connection = state.database.snapshot().await?;
    permit(&mut connection, viewer, ActAsParticipant(viewer.person)).await?;
    let (person, affiliations) =
        read_with_affiliations(&mut connection, &state.secrets, viewer.person).await?;
    let mut read = Map::new();
    for section in sections {
        let list = (section.read)(&mut connection, viewer.person).await?;
        let list = serde_json::from_str(&list).map_err(|fault| incident(&fault))?;
        read.insert(section.name.to_owned(), list);
    }
    Ok(OwnDataFile::new(person, affiliations, read))
}

impl OwnDataFile {
    fn new(
        person: PersonRecord,
        affiliations: Vec<AffiliationRow>,
        sections: Map<String, Value>,
    ) -> Self {
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
            sections,
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
