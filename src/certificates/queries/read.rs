//! Reading what was issued.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as, query_scalar};

use crate::{
    certificates::{CertificateId, CertificateKind, CertificateState},
    courses::EditionId,
    enrolment::EnrolmentId,
    people::PersonId,
};

/// One certificate, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::certificates) struct IssuedRow {
    pub id: CertificateId,
    pub enrolment: EnrolmentId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub code: String,
    pub kind: CertificateKind,
    pub state: CertificateState,
    pub state_reason: Option<String>,
    pub state_at: DateTime<Utc>,
    pub issued_at: DateTime<Utc>,
}

/// Everything issued in an edition, by name, each person's last first.
pub(in crate::certificates) async fn issued_in_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<IssuedRow>> {
    query_as!(
        IssuedRow,
        "SELECT certificates.id, certificates.enrolment_id AS enrolment, people.given_names,
                people.paternal_surname, people.maternal_surname, certificates.code,
                certificates.kind, certificates.state, certificates.state_reason,
                certificates.state_at, certificates.issued_at
         FROM enrolments
         JOIN certificates ON certificates.enrolment_id = enrolments.id
         JOIN people ON people.id = enrolments.person_id
         WHERE enrolments.edition_id = ?
         ORDER BY people.sort_name, people.id, certificates.id DESC",
        edition,
    )
    .fetch_all(connection)
    .await
}

/// What a certificate says, as it is stored.
#[derive(Clone, Debug)]
pub(in crate::certificates) struct Frozen {
    pub id: CertificateId,
    pub code: String,
    pub state: CertificateState,
    pub state_at: DateTime<Utc>,
    pub content: String,
    pub content_digest: Vec<u8>,
}

pub(in crate::certificates) async fn by_code(
    connection: &mut SqliteConnection,
    code: &str,
) -> sqlx::Result<Option<Frozen>> {
    query_as!(
        Frozen,
        "SELECT id, code, state, state_at, content, content_digest
         FROM certificates WHERE code = ?",
        code,
    )
    .fetch_optional(connection)
    .await
}

/// Everything issued to a person, the last first. Bounded by one person's life: not paged.
pub(in crate::certificates) async fn issued_to_person(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Vec<Frozen>> {
    query_as!(
        Frozen,
        "SELECT certificates.id, certificates.code, certificates.state, certificates.state_at,
                certificates.content, certificates.content_digest
         FROM enrolments JOIN certificates ON certificates.enrolment_id = enrolments.id
         WHERE enrolments.person_id = ? ORDER BY certificates.id DESC",
        person,
    )
    .fetch_all(connection)
    .await
}

/// Where a certificate was issued, and whether it stands.
#[derive(Clone, Copy, Debug)]
pub(in crate::certificates) struct Origin {
    pub edition: EditionId,
    pub enrolment: EnrolmentId,
    pub person: PersonId,
    pub kind: CertificateKind,
    pub state: CertificateState,
}

pub(in crate::certificates) async fn origin(
    connection: &mut SqliteConnection,
    certificate: CertificateId,
) -> sqlx::Result<Option<Origin>> {
    query_as!(
        Origin,
        "SELECT enrolments.edition_id AS edition, enrolments.id AS enrolment,
                enrolments.person_id AS person, certificates.kind, certificates.state
         FROM certificates JOIN enrolments ON enrolments.id = certificates.enrolment_id
         WHERE certificates.id = ?",
        certificate,
    )
    .fetch_optional(connection)
    .await
}

/// A certificate as a check of the whole database reads it.
#[derive(Clone, Debug)]
pub(in crate::certificates) struct Stored {
    pub id: CertificateId,
    pub code: String,
    pub kind: CertificateKind,
    pub content: String,
    pub content_digest: Vec<u8>,
    pub enrolment_exists: bool,
}

/// At most `limit` certificates behind the given one, by number.
pub(in crate::certificates) async fn stored_after(
    connection: &mut SqliteConnection,
    after: CertificateId,
    limit: i64,
) -> sqlx::Result<Vec<Stored>> {
    query_as!(
        Stored,
        r#"SELECT certificates.id, certificates.code, certificates.kind, certificates.content,
                  certificates.content_digest,
                  EXISTS (SELECT 1 FROM enrolments WHERE id = certificates.enrolment_id)
                      AS "enrolment_exists!: bool"
           FROM certificates WHERE certificates.id > ? ORDER BY certificates.id LIMIT ?"#,
        after,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// Enrolments with more than one valid certificate: the last of each.
pub(in crate::certificates) async fn valid_twice(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Vec<CertificateId>> {
    query_scalar!(
        r#"SELECT max(id) AS "id!: CertificateId" FROM certificates WHERE state = 'valid'
           GROUP BY enrolment_id HAVING count(*) > 1"#
    )
    .fetch_all(connection)
    .await
}
