//! What a person holds, told outside the pages of certificates.

use chrono::NaiveDate;
use sqlx::SqliteConnection;

use super::{CertificateKind, CertificateState, Code, content, queries};
use crate::{error::AppError, people::PersonId};

/// A person's valid certificate, as it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCertificate {
    /// Its public code.
    pub code: Code,
    /// What it certifies.
    pub kind: CertificateKind,
    /// The course's title, as the sheet says it.
    pub course: String,
    /// The day on the sheet.
    pub issued_on: NaiveDate,
}

/// A person's newest valid certificates, so many at most. One that was altered is an incident that
/// has been written down; the page of all certificates tells of it.
pub async fn newest_of(
    connection: &mut SqliteConnection,
    person: PersonId,
    most: usize,
) -> Result<Vec<OwnCertificate>, AppError> {
    let issued = queries::issued_to_person(connection, person).await?;
    let valid = issued
        .into_iter()
        .filter(|row| row.state == CertificateState::Valid);
    let own = valid.filter_map(|row| {
        let said = content::thaw(&row.content, &row.content_digest).ok()?;
        Some(OwnCertificate {
            code: row.code.parse().ok()?,
            kind: content::kind_of(said.kind),
            course: said.course_title,
            issued_on: said.issued_on,
        })
    });
    Ok(own.take(most).collect())
}
