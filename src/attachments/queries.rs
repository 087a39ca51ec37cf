//! All SQL of kept files.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::{AttachmentId, AttachmentKind, Owner};
use crate::{
    access::AccountId,
    courses::{EditionId, EditionState, Modality},
    nomination::NominationId,
    sessions::SessionId,
};

/// The edition that an owner belongs to.
#[derive(Debug)]
pub(super) struct Place {
    pub edition: EditionId,
    pub state: EditionState,
    /// How the session is held; a list is not held.
    pub modality: Option<Modality>,
}

pub(super) async fn place(
    connection: &mut SqliteConnection,
    owner: Owner,
) -> sqlx::Result<Option<Place>> {
    match owner {
        Owner::Session(id) => {
            query_as!(
                Place,
                r#"SELECT sessions.edition_id AS edition, editions.state,
                          sessions.modality AS "modality?: Modality"
                   FROM sessions JOIN editions ON editions.id = sessions.edition_id
                   WHERE sessions.id = ?"#,
                id,
            )
            .fetch_optional(connection)
            .await
        }
        Owner::Nomination(id) => {
            query_as!(
                Place,
                r#"SELECT nominations.edition_id AS edition, editions.state,
                          NULL AS "modality?: Modality"
                   FROM nominations JOIN editions ON editions.id = nominations.edition_id
                   WHERE nominations.id = ?"#,
                id,
            )
            .fetch_optional(connection)
            .await
        }
    }
}

const fn columns(owner: Owner) -> (Option<SessionId>, Option<NominationId>) {
    match owner {
        Owner::Session(id) => (Some(id), None),
        Owner::Nomination(id) => (None, Some(id)),
    }
}

/// A file in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Its id.
    pub id: AttachmentId,
    /// Its name.
    pub file_name: String,
    /// Its size in bytes.
    pub size: i64,
    /// Its SHA-256.
    pub digest: Vec<u8>,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// Who sent it.
    pub sender: Option<String>,
    /// Why it was removed, where it was.
    pub removed_reason: Option<String>,
    /// When.
    pub removed_at: Option<DateTime<Utc>>,
}

/// The files of an owner, the first that was sent first; with those that were removed.
pub async fn listed(connection: &mut SqliteConnection, owner: Owner) -> sqlx::Result<Vec<Listed>> {
    match owner {
        Owner::Session(id) => {
            query_as!(
                Listed,
                r#"SELECT files.id, file_name, size, digest, files.created_at, removed_reason,
                          removed_at,
                          people.given_names || ' ' || people.paternal_surname AS "sender?: String"
                   FROM attachments AS files
                   LEFT JOIN accounts ON accounts.id = files.account_id
                   LEFT JOIN people ON people.id = accounts.person_id
                   WHERE files.session_id = ? ORDER BY files.id"#,
                id,
            )
            .fetch_all(connection)
            .await
        }
        Owner::Nomination(id) => {
            query_as!(
                Listed,
                r#"SELECT files.id, file_name, size, digest, files.created_at, removed_reason,
                          removed_at,
                          people.given_names || ' ' || people.paternal_surname AS "sender?: String"
                   FROM attachments AS files
                   LEFT JOIN accounts ON accounts.id = files.account_id
                   LEFT JOIN people ON people.id = accounts.person_id
                   WHERE files.nomination_id = ? ORDER BY files.id"#,
                id,
            )
            .fetch_all(connection)
            .await
        }
    }
}

/// A file without what is in it.
#[derive(Debug)]
pub(super) struct Kept {
    pub owner: Owner,
    pub kind: AttachmentKind,
    pub file_name: String,
    pub digest: Vec<u8>,
    pub removed: bool,
}

pub(super) async fn kept(
    connection: &mut SqliteConnection,
    id: AttachmentId,
) -> sqlx::Result<Option<Kept>> {
    let row = query!(
        "SELECT session_id, nomination_id, kind, file_name, digest, removed_at
         FROM attachments WHERE id = ?",
        id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.and_then(|row| {
        let owner = match (row.session_id, row.nomination_id) {
            (Some(session), _) => Owner::Session(session),
            (None, nomination) => Owner::Nomination(nomination?),
        };
        Some(Kept {
            owner,
            kind: row.kind,
            file_name: row.file_name,
            digest: row.digest,
            removed: row.removed_at.is_some(),
        })
    }))
}

/// What is in a file, sealed; nothing once it was removed.
pub(super) async fn content(
    connection: &mut SqliteConnection,
    id: AttachmentId,
) -> sqlx::Result<Option<Vec<u8>>> {
    query_scalar!("SELECT content FROM attachments WHERE id = ?", id)
        .fetch_one(connection)
        .await
}

/// What was written down of a file.
#[derive(Debug)]
pub(super) struct Written {
    pub id: AttachmentId,
    pub kind: AttachmentKind,
    pub file_name: String,
    pub size: i64,
    pub digest: Vec<u8>,
    pub removed: bool,
    /// Of session and list, how many it belongs to.
    pub owners: i64,
    /// Whether there is anything in it.
    pub sealed: bool,
}

/// At most `limit` files behind the given one, without what is in them.
pub(super) async fn written_after(
    connection: &mut SqliteConnection,
    after: AttachmentId,
    limit: i64,
) -> sqlx::Result<Vec<Written>> {
    query_as!(
        Written,
        r#"SELECT id, kind, file_name, size, digest, removed_at IS NOT NULL AS "removed!: bool",
                  (session_id IS NOT NULL) + (nomination_id IS NOT NULL) AS "owners!: i64",
                  content IS NOT NULL AS "sealed!: bool"
           FROM attachments WHERE id > ? ORDER BY id LIMIT ?"#,
        after,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// The SHA-256 of a file, kept or removed; `None`: there is no such file.
pub(super) async fn digest(
    connection: &mut SqliteConnection,
    id: AttachmentId,
) -> sqlx::Result<Option<Vec<u8>>> {
    query_scalar!("SELECT digest FROM attachments WHERE id = ?", id)
        .fetch_optional(connection)
        .await
}

/// Whether there is a file that was not removed.
pub(super) async fn any_sealed(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM attachments WHERE removed_at IS NULL) AS "any!: bool""#
    )
    .fetch_one(connection)
    .await
}

/// A file to be kept.
#[derive(Debug)]
pub(super) struct NewRow<'a> {
    pub owner: Owner,
    pub kind: AttachmentKind,
    pub file_name: &'a str,
    pub size: i64,
    pub digest: &'a [u8],
    pub content: &'a [u8],
    pub account: Option<AccountId>,
    pub now: DateTime<Utc>,
}

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    row: NewRow<'_>,
) -> sqlx::Result<AttachmentId> {
    let (session, nomination) = columns(row.owner);
    let done = query!(
        "INSERT INTO attachments (session_id, nomination_id, kind, file_name, size, digest,
                                  account_id, created_at, content)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        session,
        nomination,
        row.kind,
        row.file_name,
        row.size,
        row.digest,
        row.account,
        row.now,
        row.content,
    )
    .execute(connection)
    .await?;
    Ok(AttachmentId::new(done.last_insert_rowid()))
}

/// Erases what is in a file, and says who did it and why.
pub(super) async fn remove(
    connection: &mut SqliteConnection,
    id: AttachmentId,
    (account, reason): (Option<AccountId>, &str),
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE attachments SET content = NULL, removed_at = ?, removed_by = ?, removed_reason = ?
         WHERE id = ? AND removed_at IS NULL",
        now,
        account,
        reason,
        id,
    )
    .execute(connection)
    .await?;
    Ok(())
}
