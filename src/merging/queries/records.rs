//! The two records, and the merges of a record.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    access::{AccountId, SignInId},
    courses::EditionId,
    merging::MergeId,
    people::{AffiliationId, Country, DocumentKind, PersonId, Sex},
};

/// A person as the table holds them.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: PersonId,
    pub document_kind: DocumentKind,
    pub document_sealed: Option<Vec<u8>>,
    pub document_hash: Option<Vec<u8>>,
    pub no_document_reason: Option<String>,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub sex: Sex,
    pub birth_year: Option<i64>,
    pub nationality: Country,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub ethnic_identity: Option<String>,
    pub disability: Option<String>,
    pub consented_at: Option<String>,
    pub sort_name: String,
    pub version: i64,
    pub merged_into: Option<PersonId>,
    pub account: Option<AccountId>,
    pub account_email: Option<String>,
    pub account_disabled: bool,
}

pub async fn record(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<Record>> {
    query_as!(
        Record,
        r#"SELECT people.id, people.document_kind, people.document_sealed, people.document_hash,
                  people.no_document_reason, people.given_names, people.paternal_surname,
                  people.maternal_surname, people.sex, people.birth_year, people.nationality,
                  people.email, people.phone, people.ethnic_identity, people.disability,
                  people.consented_at AS "consented_at: String", people.sort_name, people.version,
                  people.merged_into, accounts.id AS "account?", accounts.email AS "account_email?",
                  accounts.disabled_at IS NOT NULL AS "account_disabled!: bool"
           FROM people LEFT JOIN accounts ON accounts.person_id = people.id
           WHERE people.id = ?"#,
        person,
    )
    .fetch_optional(connection)
    .await
}

/// Where somebody serves at present.
#[derive(Clone, Debug)]
pub struct Present {
    pub id: AffiliationId,
    pub institution: Option<String>,
    pub position: Option<String>,
    pub since: NaiveDate,
}

pub async fn present_affiliation(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<Present>> {
    query_as!(
        Present,
        r#"SELECT affiliations.id, institutions.name AS "institution?", affiliations.position,
                  affiliations.since
           FROM affiliations LEFT JOIN institutions ON institutions.id = affiliations.institution_id
           WHERE affiliations.person_id = ? AND affiliations.until IS NULL"#,
        person,
    )
    .fetch_optional(connection)
    .await
}

/// The sign-ins of an account that have not ended.
pub async fn open_sign_ins(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<Vec<SignInId>> {
    query_scalar!(
        "SELECT id FROM sign_ins WHERE account_id = ? AND ended_at IS NULL ORDER BY id",
        account
    )
    .fetch_all(connection)
    .await
}

/// Whether one of two people teaches in an edition in which the other takes part.
pub async fn one_teaches_the_other(
    connection: &mut SqliteConnection,
    one: PersonId,
    other: PersonId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM edition_facilitators AS teaches
               JOIN enrolments ON enrolments.edition_id = teaches.edition_id
               WHERE ((teaches.person_id = ?1 AND enrolments.person_id = ?2)
                      OR (teaches.person_id = ?2 AND enrolments.person_id = ?1))
                 AND enrolments.role = 'participant'
                 AND enrolments.state IN ('requested', 'enrolled', 'waiting', 'completed',
                                          'not_completed', 'no_show')) AS "any!: bool""#,
        one,
        other,
    )
    .fetch_one(connection)
    .await
}

/// The certificates of a person, valid or not.
pub async fn certificates(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM enrolments
           JOIN certificates ON certificates.enrolment_id = enrolments.id
           WHERE enrolments.person_id = ?"#,
        person,
    )
    .fetch_one(connection)
    .await
}

pub async fn insert_merge(
    connection: &mut SqliteConnection,
    (kept, gone): (PersonId, PersonId),
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> sqlx::Result<MergeId> {
    query_scalar!(
        r#"INSERT INTO merges (kept_id, gone_id, merged_at, merged_by, last_certificate, last_record)
           VALUES (?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM certificates),
                   (SELECT coalesce(max(id), 0) FROM closing_records))
           RETURNING id AS "id!: MergeId""#,
        kept,
        gone,
        now,
        account,
    )
    .fetch_one(connection)
    .await
}

/// A merge, as the record that stayed shows it.
#[derive(Clone, Debug)]
pub struct MergeRow {
    pub id: MergeId,
    pub kept: PersonId,
    pub gone: PersonId,
    pub merged_at: DateTime<Utc>,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
}

/// The merges of a record that stand, the last first. Bounded by one person's records.
pub async fn merges_of(
    connection: &mut SqliteConnection,
    kept: PersonId,
) -> sqlx::Result<Vec<MergeRow>> {
    query_as!(
        MergeRow,
        "SELECT merges.id, merges.kept_id AS kept, merges.gone_id AS gone, merges.merged_at,
                people.given_names, people.paternal_surname, people.maternal_surname
         FROM merges JOIN people ON people.id = merges.gone_id
         WHERE merges.kept_id = ? AND merges.undone_at IS NULL ORDER BY merges.id DESC",
        kept,
    )
    .fetch_all(connection)
    .await
}

/// A merge that stands.
pub async fn standing_merge(
    connection: &mut SqliteConnection,
    merge: MergeId,
) -> sqlx::Result<Option<MergeRow>> {
    query_as!(
        MergeRow,
        "SELECT merges.id, merges.kept_id AS kept, merges.gone_id AS gone, merges.merged_at,
                people.given_names, people.paternal_surname, people.maternal_surname
         FROM merges JOIN people ON people.id = merges.gone_id
         WHERE merges.id = ? AND merges.undone_at IS NULL",
        merge,
    )
    .fetch_optional(connection)
    .await
}

pub async fn set_undone(
    connection: &mut SqliteConnection,
    merge: MergeId,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE merges SET undone_at = ?, undone_by = ? WHERE id = ?",
        now,
        account,
        merge,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The editions that somebody teaches, and since when.
pub async fn taught(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Vec<(EditionId, String)>> {
    let rows = query!(
        r#"SELECT edition_id, assigned_at AS "assigned_at: String" FROM edition_facilitators
           WHERE person_id = ? ORDER BY edition_id"#,
        person
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.edition_id, row.assigned_at))
        .collect())
}

/// Where somebody stands with a program's funder.
#[derive(Clone, Debug)]
pub struct Vetting {
    pub program: i64,
    pub state: String,
    pub cleared_until: Option<String>,
    pub state_at: String,
}

impl Vetting {
    /// How much it stands in the way.
    pub fn strictness(&self) -> u8 {
        match self.state.as_str() {
            "denied" => 3,
            "to_submit" => 2,
            "submitted" => 1,
            _ => 0,
        }
    }
}

pub async fn vettings(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Vec<Vetting>> {
    query_as!(
        Vetting,
        r#"SELECT program_id AS "program: i64", state AS "state: String",
                  cleared_until AS "cleared_until: String", state_at AS "state_at: String"
           FROM vettings WHERE person_id = ? ORDER BY program_id"#,
        person
    )
    .fetch_all(connection)
    .await
}
