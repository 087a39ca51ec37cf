//! SQL that reads the audit trail for whoever looks something up in it.
//!
//! Each way of filtering has its own statement, so that each walks the index made for it, from the
//! latest event backwards. Further filters are looked at row by row.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as, query_scalar};

use crate::{access::AccountId, courses::ProgramId};

/// An event as it is shown.
#[derive(Debug)]
pub(in crate::audit) struct EventRow {
    pub id: i64,
    pub at: DateTime<Utc>,
    pub email: Option<String>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: i64,
    pub program: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What is looked for; `None` looks for everything.
#[derive(Clone, Debug, Default)]
pub(in crate::audit) struct EventSearch {
    pub account: Option<AccountId>,
    pub action: Option<String>,
    pub subject_kind: Option<String>,
    pub subject_id: Option<i64>,
    pub program: Option<ProgramId>,
    /// The first id of the days that are looked at.
    pub first: i64,
    /// The id before which the list goes on.
    pub before: i64,
}

/// A statement that walks the index for `$by`, and looks at the other filters row by row.
macro_rules! events {
    ($connection:expr, $search:expr, $limit:expr, $by:literal) => {
        query_as!(
            EventRow,
            r#"SELECT audit_events.id, audit_events.at, accounts.email AS "email?",
                      audit_events.action, audit_events.subject_kind, audit_events.subject_id,
                      programs.name AS "program?", audit_events.before, audit_events.after
               FROM audit_events
               LEFT JOIN accounts ON accounts.id = audit_events.account_id
               LEFT JOIN programs ON programs.id = audit_events.program_id
               WHERE audit_events.id >= ?1 AND audit_events.id < ?2
                 AND (?3 IS NULL OR audit_events.account_id = ?3)
                 AND (?4 IS NULL OR audit_events.subject_kind = ?4)
                 AND (?5 IS NULL OR audit_events.subject_id = ?5)
                 AND (?6 IS NULL OR audit_events.action = ?6)
                 AND (?7 IS NULL OR audit_events.program_id = ?7)
                 AND "#
                + $by
                + " ORDER BY audit_events.id DESC LIMIT ?8",
            $search.first,
            $search.before,
            $search.account,
            $search.subject_kind,
            $search.subject_id,
            $search.action,
            $search.program,
            $limit,
        )
        .fetch_all($connection)
        .await
    };
}

/// Events, the latest first.
pub(in crate::audit) async fn events(
    connection: &mut SqliteConnection,
    search: &EventSearch,
    limit: i64,
) -> sqlx::Result<Vec<EventRow>> {
    if search.subject_kind.is_some() && search.subject_id.is_some() {
        events!(
            connection,
            search,
            limit,
            "audit_events.subject_kind = ?4 AND audit_events.subject_id = ?5"
        )
    } else if search.account.is_some() {
        events!(connection, search, limit, "audit_events.account_id = ?3")
    } else if search.action.is_some() {
        events!(connection, search, limit, "audit_events.action = ?6")
    } else if search.program.is_some() {
        events!(connection, search, limit, "audit_events.program_id = ?7")
    } else {
        events!(connection, search, limit, "audit_events.id > 0")
    }
}

/// An event of one action, as far as it tells of its subject.
#[derive(Debug)]
pub(in crate::audit) struct ToldRow {
    pub id: i64,
    pub subject_id: i64,
    pub after: Option<String>,
}

/// At most `limit` events of an action behind the given one, in the order in which they happened.
pub(in crate::audit) async fn of_action(
    connection: &mut SqliteConnection,
    action: &str,
    behind: i64,
    limit: i64,
) -> sqlx::Result<Vec<ToldRow>> {
    query_as!(
        ToldRow,
        "SELECT id, subject_id, after FROM audit_events
         WHERE action = ? AND id > ? ORDER BY id LIMIT ?",
        action,
        behind,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// The first event at or after a moment; `None`: there is none yet.
pub(in crate::audit) async fn first_since(
    connection: &mut SqliteConnection,
    at: DateTime<Utc>,
) -> sqlx::Result<Option<i64>> {
    query_scalar!(
        "SELECT id FROM audit_events WHERE at >= ? ORDER BY at, id LIMIT 1",
        at
    )
    .fetch_optional(connection)
    .await
}

/// The account that signs in with an address.
pub(in crate::audit) async fn account_by_email(
    connection: &mut SqliteConnection,
    email: &str,
) -> sqlx::Result<Option<AccountId>> {
    query_scalar!("SELECT id FROM accounts WHERE email = ?", email)
        .fetch_optional(connection)
        .await
}

/// The address of an account.
pub(in crate::audit) async fn email_of_account(
    connection: &mut SqliteConnection,
    account: AccountId,
) -> sqlx::Result<Option<String>> {
    query_scalar!("SELECT email FROM accounts WHERE id = ?", account)
        .fetch_optional(connection)
        .await
}

/// Every program with its name.
pub(in crate::audit) async fn programs(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Vec<(ProgramId, String)>> {
    let rows = sqlx::query!("SELECT id, name FROM programs ORDER BY name")
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
