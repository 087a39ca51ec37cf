//! SQL that writes the audit trail, and reads all of it to verify it.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{access::AccountId, courses::ProgramId};

/// One event, ready to be written.
#[derive(Debug)]
pub(in crate::audit) struct NewEvent<'a> {
    pub at: DateTime<Utc>,
    pub account: Option<AccountId>,
    pub action: &'a str,
    pub subject_kind: &'a str,
    pub subject_id: i64,
    pub program: Option<ProgramId>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub detail_digest: &'a [u8],
    pub chain_hash: &'a [u8],
}

/// The chain's last link.
pub(in crate::audit) async fn last_hash(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Option<Vec<u8>>> {
    query_scalar!("SELECT chain_hash FROM audit_events ORDER BY id DESC LIMIT 1")
        .fetch_optional(connection)
        .await
}

pub(in crate::audit) async fn insert(
    connection: &mut SqliteConnection,
    event: NewEvent<'_>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO audit_events (at, account_id, action, subject_kind, subject_id, program_id,
                                   before, after, detail_digest, chain_hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.at,
        event.account,
        event.action,
        event.subject_kind,
        event.subject_id,
        event.program,
        event.before,
        event.after,
        event.detail_digest,
        event.chain_hash,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// An event as the chain sees it.
#[derive(Debug)]
pub(in crate::audit) struct ChainRow {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub account: Option<AccountId>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub program: Option<ProgramId>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub detail_digest: Vec<u8>,
    pub chain_hash: Vec<u8>,
}

/// Events in the order in which they were written, after an id.
pub(in crate::audit) async fn chain_rows(
    connection: &mut SqliteConnection,
    after: i64,
    limit: i64,
) -> sqlx::Result<Vec<ChainRow>> {
    query_as!(
        ChainRow,
        "SELECT id, at, account_id AS account, action, subject_kind, subject_id,
                program_id AS program, before, after, detail_digest, chain_hash
         FROM audit_events WHERE id > ? ORDER BY id LIMIT ?",
        after,
        limit,
    )
    .fetch_all(connection)
    .await
}
