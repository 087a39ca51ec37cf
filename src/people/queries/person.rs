//! One person.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::HitRow;
use crate::{
    people::{
        Contact, Country, DocumentKind, PersonData, PersonId, Phone, SelfIdentification, Sex,
    },
    values::{Email, Text},
};

/// A person as the table holds them, with the account they may have.
#[derive(Debug)]
pub struct PersonRow {
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
    pub consented_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub account_email: Option<String>,
    pub account_has_password: bool,
    pub account_disabled: bool,
}

pub async fn person(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<PersonRow>> {
    query_as!(
        PersonRow,
        r#"SELECT people.id, people.document_kind, people.document_sealed, people.document_hash,
                  people.no_document_reason, people.given_names, people.paternal_surname,
                  people.maternal_surname, people.sex, people.birth_year, people.nationality,
                  people.email, people.phone, people.ethnic_identity, people.disability,
                  people.consented_at, people.version, people.created_at,
                  accounts.email AS "account_email?",
                  accounts.password_hash IS NOT NULL AS "account_has_password!: bool",
                  accounts.disabled_at IS NOT NULL AS "account_disabled!: bool"
           FROM people LEFT JOIN accounts ON accounts.person_id = people.id
           WHERE people.id = ?"#,
        person,
    )
    .fetch_optional(connection)
    .await
}

/// What the table holds of a document: never the plain number.
#[derive(Debug)]
pub struct SealedDocument {
    pub sealed: Option<Vec<u8>>,
    pub hash: Option<[u8; 32]>,
}

pub async fn insert_person(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    data: &PersonData,
    document: &SealedDocument,
) -> sqlx::Result<PersonId> {
    let columns = Columns::of(data, document);
    let kind = data.document.kind();
    let consented_at = data.self_identification.as_ref().map(|_| now);
    query_scalar!(
        r#"INSERT INTO people (document_kind, document_sealed, document_hash, no_document_reason,
                               given_names, paternal_surname, maternal_surname, sex, birth_year,
                               nationality, email, phone, ethnic_identity, disability,
                               consented_at, sort_name, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           RETURNING id AS "id!: PersonId""#,
        kind,
        document.sealed,
        columns.hash,
        columns.no_document_reason,
        columns.given_names,
        columns.paternal_surname,
        columns.maternal_surname,
        data.sex,
        data.birth_year,
        data.nationality,
        columns.email,
        columns.phone,
        columns.ethnic_identity,
        columns.disability,
        consented_at,
        columns.sort_name,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Writes all of a person's data if they are still at `version`; consent keeps its first moment.
pub async fn update_person(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    (person, version): (PersonId, i64),
    data: &PersonData,
    document: &SealedDocument,
) -> sqlx::Result<bool> {
    let columns = Columns::of(data, document);
    let kind = data.document.kind();
    let consented_at = data.self_identification.as_ref().map(|_| now);
    let done = query!(
        "UPDATE people SET document_kind = ?, document_sealed = ?, document_hash = ?,
             no_document_reason = ?, given_names = ?, paternal_surname = ?, maternal_surname = ?,
             sex = ?, birth_year = ?, nationality = ?, email = ?, phone = ?, ethnic_identity = ?,
             disability = ?, consented_at = CASE WHEN ?15 IS NULL THEN NULL ELSE coalesce(consented_at, ?15) END,
             sort_name = ?16, version = version + 1
         WHERE id = ?17 AND version = ?18",
        kind,
        document.sealed,
        columns.hash,
        columns.no_document_reason,
        columns.given_names,
        columns.paternal_surname,
        columns.maternal_surname,
        data.sex,
        data.birth_year,
        data.nationality,
        columns.email,
        columns.phone,
        columns.ethnic_identity,
        columns.disability,
        consented_at,
        columns.sort_name,
        person,
        version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What somebody may change of themselves.
#[derive(Clone, Copy, Debug)]
pub struct OwnColumns<'a> {
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub ethnic_identity: Option<&'a str>,
    pub disability: Option<&'a str>,
    pub consented_at: Option<DateTime<Utc>>,
}

impl<'a> OwnColumns<'a> {
    /// Everything but the moment of consent.
    pub fn of(contact: &'a Contact, said: Option<&'a SelfIdentification>) -> Self {
        let ethnic_identity = said.and_then(|said| said.ethnic_identity.as_ref());
        let disability = said.and_then(|said| said.disability.as_ref());
        Self {
            email: contact.email.as_ref().map(Email::as_str),
            phone: contact.phone.as_ref().map(Phone::as_str),
            ethnic_identity: ethnic_identity.map(Text::as_str),
            disability: disability.map(Text::as_str),
            consented_at: None,
        }
    }
}

pub async fn update_own(
    connection: &mut SqliteConnection,
    (person, version): (PersonId, i64),
    own: OwnColumns<'_>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE people SET email = ?1, phone = ?2, ethnic_identity = ?3, disability = ?4,
             consented_at = CASE WHEN ?5 IS NULL THEN NULL ELSE coalesce(consented_at, ?5) END,
             version = version + 1
         WHERE id = ?6 AND version = ?7",
        own.email,
        own.phone,
        own.ethnic_identity,
        own.disability,
        own.consented_at,
        person,
        version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets a person's address, if it is this one.
pub(in crate::people) async fn forget_email(
    connection: &mut SqliteConnection,
    person: PersonId,
    email: &str,
) -> sqlx::Result<()> {
    query!(
        "UPDATE people SET email = NULL, version = version + 1 WHERE id = ? AND email = ?",
        person,
        email,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts a change of what belongs to a person, if they are still at `version`.
pub async fn touch_person(
    connection: &mut SqliteConnection,
    person: PersonId,
    version: i64,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE people SET version = version + 1 WHERE id = ? AND version = ?",
        person,
        version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Counts a change of a person, so that forms that were open meanwhile are refused.
pub async fn count_change(connection: &mut SqliteConnection, person: PersonId) -> sqlx::Result<()> {
    query!(
        "UPDATE people SET version = version + 1 WHERE id = ?",
        person
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// People of the same folded names; where both years of birth are known, of the same year.
pub async fn same_names(
    connection: &mut SqliteConnection,
    sort_name: &str,
    birth_year: Option<i64>,
) -> sqlx::Result<Vec<HitRow>> {
    query_as!(
        HitRow,
        r#"SELECT people.id, people.given_names, people.paternal_surname, people.maternal_surname,
                  institutions.name AS "institution?"
           FROM people
           LEFT JOIN affiliations
               ON affiliations.person_id = people.id AND affiliations.until IS NULL
           LEFT JOIN institutions ON institutions.id = affiliations.institution_id
           WHERE people.sort_name = ?1 AND people.merged_into IS NULL
             AND (people.birth_year IS NULL OR ?2 IS NULL OR people.birth_year = ?2)
           ORDER BY people.id LIMIT 20"#,
        sort_name,
        birth_year,
    )
    .fetch_all(connection)
    .await
}

/// Whose names fold to the same, whose year of birth is known to be this one, and of whom no other
/// sex is recorded.
pub async fn same_names_and_year(
    connection: &mut SqliteConnection,
    sort_name: &str,
    birth_year: i64,
    sex: Sex,
) -> sqlx::Result<Vec<PersonId>> {
    query_scalar!(
        "SELECT id FROM people WHERE sort_name = ?1 AND birth_year = ?2 AND merged_into IS NULL
             AND (sex = ?3 OR 'unstated' IN (sex, ?3)) LIMIT 2",
        sort_name,
        birth_year,
        sex,
    )
    .fetch_all(connection)
    .await
}

/// Whose document has this hash: whoever a record that went stands for now.
pub async fn holder(
    connection: &mut SqliteConnection,
    hash: &[u8],
) -> sqlx::Result<Option<PersonId>> {
    query_scalar!(
        r#"SELECT coalesce(merged_into, id) AS "id!: PersonId" FROM people WHERE document_hash = ?"#,
        hash
    )
    .fetch_optional(connection)
    .await
}

/// What the register says of whoever holds a document.
#[derive(Debug)]
pub struct HolderRow {
    pub id: PersonId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub sex: Sex,
    pub birth_year: Option<i64>,
    pub institution: Option<String>,
    /// Whether the record went into no other one.
    pub stands: bool,
}

/// The record with this document and, where it went into another one, that one too.
pub async fn holders(
    connection: &mut SqliteConnection,
    hash: &[u8],
) -> sqlx::Result<Vec<HolderRow>> {
    query_as!(
        HolderRow,
        r#"SELECT people.id, people.given_names, people.paternal_surname, people.maternal_surname,
                  people.sex, people.birth_year, institutions.name AS "institution?",
                  people.merged_into IS NULL AS "stands!: bool"
           FROM people
           LEFT JOIN affiliations
               ON affiliations.person_id = people.id AND affiliations.until IS NULL
           LEFT JOIN institutions ON institutions.id = affiliations.institution_id
           WHERE people.id IN (SELECT id FROM people WHERE document_hash = ?1
                               UNION ALL SELECT merged_into FROM people WHERE document_hash = ?1)
           ORDER BY people.id"#,
        hash,
    )
    .fetch_all(connection)
    .await
}

/// The record that one went into; none for a record that stands.
pub async fn merged_into(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<PersonId>> {
    let row = query!("SELECT merged_into FROM people WHERE id = ?", person)
        .fetch_optional(connection)
        .await?;
    Ok(row.and_then(|row| row.merged_into))
}

/// A person's data as columns take it.
struct Columns<'a> {
    hash: Option<&'a [u8]>,
    no_document_reason: Option<&'a str>,
    given_names: &'a str,
    paternal_surname: &'a str,
    maternal_surname: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
    ethnic_identity: Option<&'a str>,
    disability: Option<&'a str>,
    sort_name: String,
}

impl<'a> Columns<'a> {
    fn of(data: &'a PersonData, document: &'a SealedDocument) -> Self {
        let own = OwnColumns::of(&data.contact, data.self_identification.as_ref());
        Self {
            hash: document.hash.as_ref().map(<[u8; 32]>::as_slice),
            no_document_reason: data.document.reason(),
            given_names: data.name.given_names.as_str(),
            paternal_surname: data.name.paternal_surname.as_str(),
            maternal_surname: data.name.maternal_surname.as_ref().map(Text::as_str),
            email: own.email,
            phone: own.phone,
            ethnic_identity: own.ethnic_identity,
            disability: own.disability,
            sort_name: data.name.sort_name(),
        }
    }
}
