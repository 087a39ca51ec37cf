//! Kept files against what was written down of them: part of `capacita check`.
//!
//! A file lies in the row that tells of it, and SQLite finds a row that refers to nothing. Looked at
//! here is the rest: that each belongs to one thing, that what was removed is gone and nothing else,
//! that the seal opens and that what is in it is what was sent, and that no file is missing that the
//! audit trail tells of.

use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;

use super::{
    AttachmentId, AttachmentKind,
    queries::{self, Written},
};
use crate::{
    audit,
    error::AppError,
    server::{Secrets, secrets::hexadecimal},
};

/// How many rows are read at a time.
const PAGE: i64 = 200;

/// What is wrong with a kept file, as a line of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(String);

impl Fault {
    fn of(id: AttachmentId, what: &str) -> Self {
        Self(format!("kept file {id}: {what}"))
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether there is any file that a key would have to open.
pub async fn any_sealed(connection: &mut SqliteConnection) -> Result<bool, AppError> {
    Ok(queries::any_sealed(connection).await?)
}

/// Looks at every kept file, one at a time; without a key only at what stands beside it.
pub async fn check(
    connection: &mut SqliteConnection,
    secrets: Option<&Secrets>,
) -> Result<Vec<Fault>, AppError> {
    let mut faults = Vec::new();
    let mut last = AttachmentId::new(0);
    loop {
        let rows = queries::written_after(connection, last, PAGE).await?;
        let Some(end) = rows.last() else { break };
        last = end.id;
        for row in rows {
            faults.extend(in_row(&row).map(|what| Fault::of(row.id, what)));
            if let (false, true, Some(secrets)) = (row.removed, row.sealed, secrets) {
                let sealed = queries::content(connection, row.id).await?;
                let fault = in_file(&row, secrets, &sealed.unwrap_or_default());
                faults.extend(fault.map(|what| Fault::of(row.id, what)));
            }
        }
    }
    faults.extend(told_otherwise(connection).await?);
    Ok(faults)
}

/// The first thing that is wrong with what stands beside a file.
fn in_row(row: &Written) -> Option<&'static str> {
    match (row.owners, row.removed, row.sealed) {
        (1, true, false) | (1, false, true) => None,
        (1, true, true) => Some("it was removed, and what was in it is still there"),
        (1, false, false) => Some("nothing is in it, and nobody removed it"),
        _ => Some("it belongs to nothing, or to two things"),
    }
}

/// The first thing that is wrong with what is in a file.
fn in_file(row: &Written, secrets: &Secrets, sealed: &[u8]) -> Option<&'static str> {
    let Some(content) = secrets.open_bytes(sealed) else {
        return Some("it was sealed with another key, or is damaged");
    };
    if i64::try_from(content.len()) != Ok(row.size) {
        return Some("it has another size than was written down");
    }
    if Sha256::digest(&content)[..] != row.digest {
        return Some("its SHA-256 is not the one that was written down");
    }
    (AttachmentKind::of(&row.file_name, &content) != Ok(row.kind))
        .then_some("it is not of the kind that was written down")
}

/// Files that the audit trail tells of and that are not there, or not with that SHA-256.
async fn told_otherwise(connection: &mut SqliteConnection) -> Result<Vec<Fault>, AppError> {
    let mut faults = Vec::new();
    let mut last = 0;
    loop {
        let told = audit::told_of(connection, "attachment_create", last, PAGE).await?;
        let Some(end) = told.last() else {
            return Ok(faults);
        };
        last = end.event;
        for event in told {
            let id = AttachmentId::new(event.subject_id);
            let Some(digest) = queries::digest(connection, id).await? else {
                faults.push(Fault::of(id, "the audit trail tells of it, and it is gone"));
                continue;
            };
            // Details may have been erased.
            let said = event
                .after
                .as_ref()
                .and_then(|after| after["sha256"].as_str());
            if said.is_some_and(|said| said != hexadecimal(&digest)) {
                faults.push(Fault::of(id, "the audit trail tells of another SHA-256"));
            }
        }
    }
}
