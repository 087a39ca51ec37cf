//! Writing certificates.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use crate::{
    access::AccountId,
    certificates::{CertificateId, CertificateKind},
    enrolment::EnrolmentId,
};

/// The number of the next certificate. Certificates are never deleted, and there is one writer.
pub(in crate::certificates) async fn next_id(
    connection: &mut SqliteConnection,
) -> sqlx::Result<CertificateId> {
    query_scalar!(r#"SELECT coalesce(max(id), 0) + 1 AS "id!: CertificateId" FROM certificates"#)
        .fetch_one(connection)
        .await
}

/// A certificate to be written.
#[derive(Debug)]
pub(in crate::certificates) struct NewCertificate<'a> {
    pub id: CertificateId,
    pub code: &'a str,
    pub enrolment: EnrolmentId,
    pub kind: CertificateKind,
    pub now: DateTime<Utc>,
    pub issued_by: Option<AccountId>,
    pub content: &'a str,
    pub content_digest: &'a [u8],
}

pub(in crate::certificates) async fn insert(
    connection: &mut SqliteConnection,
    new: NewCertificate<'_>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO certificates (id, code, enrolment_id, kind, state_at, issued_at, issued_by,
                                   content, content_digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8)",
        new.id,
        new.code,
        new.enrolment,
        new.kind,
        new.now,
        new.issued_by,
        new.content,
        new.content_digest,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Says of a valid certificate which one, about to be written, stands in its place; `false` when
/// it is not valid any more.
pub(in crate::certificates) async fn replace(
    connection: &mut SqliteConnection,
    old: CertificateId,
    new: CertificateId,
    reason: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE certificates SET state = 'replaced', replaced_by = ?, state_reason = ?, state_at = ?
         WHERE id = ? AND state = 'valid'",
        new,
        reason,
        now,
        old,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Revokes a valid certificate; `false` when it is not valid any more.
pub(in crate::certificates) async fn revoke(
    connection: &mut SqliteConnection,
    certificate: CertificateId,
    reason: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE certificates SET state = 'revoked', state_reason = ?, state_at = ?
         WHERE id = ? AND state = 'valid'",
        reason,
        now,
        certificate,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
