//! Certificates against their records: part of `capacita check`.

use std::fmt;

use sqlx::SqliteConnection;

use super::{CertificateId, content, queries};
use crate::error::AppError;

/// How many certificates are read at a time.
const PAGE: i64 = 500;

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// What it says is not what was issued: its digest differs.
    Altered,
    /// What it says cannot be read.
    Unreadable,
    /// What it says names another code or another kind than its record does.
    Mismatched,
    /// The enrolment it was issued for is gone.
    NoEnrolment,
    /// Another certificate of the same enrolment is valid as well.
    SecondValid,
}

/// One fault of one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which certificate.
    pub certificate: CertificateId,
    /// What is wrong.
    pub damage: Damage,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let damage = match self.damage {
            Damage::Altered => "its content is not what was issued",
            Damage::Unreadable => "its content cannot be read",
            Damage::Mismatched => "its content has another code or kind than its record",
            Damage::NoEnrolment => "its enrolment is gone",
            Damage::SecondValid => "another certificate of the same enrolment is valid as well",
        };
        write!(f, "certificate {}: {damage}", self.certificate)
    }
}

/// Looks at every certificate: its content against its digest and its record, its enrolment, and
/// whether it is the only valid one.
pub async fn check(connection: &mut SqliteConnection) -> Result<Vec<Fault>, AppError> {
    let mut faults = Vec::new();
    let mut last = CertificateId::new(0);
    loop {
        let rows = queries::stored_after(connection, last, PAGE).await?;
        let Some(row) = rows.last() else { break };
        last = row.id;
        for row in &rows {
            faults.extend(damages(row).into_iter().map(|damage| Fault {
                certificate: row.id,
                damage,
            }));
        }
    }
    let twice = queries::valid_twice(connection).await?;
    faults.extend(twice.into_iter().map(|certificate| Fault {
        certificate,
        damage: Damage::SecondValid,
    }));
    Ok(faults)
}

fn damages(row: &queries::Stored) -> Vec<Damage> {
    let mut found = Vec::new();
    if content::digest(&row.content) != *row.content_digest {
        found.push(Damage::Altered);
    }
    match content::read(&row.content) {
        Err(_) => found.push(Damage::Unreadable),
        Ok(said) => {
            let kind = content::kind_of(said.kind);
            if kind != row.kind || said.code.replace('-', "") != row.code {
                found.push(Damage::Mismatched);
            }
        }
    }
    if !row.enrolment_exists {
        found.push(Damage::NoEnrolment);
    }
    found
}
