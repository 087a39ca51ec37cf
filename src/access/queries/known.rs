//! SQL about who is registered already.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as, query_scalar};

use crate::people::PersonId;

/// Somebody who is registered already.
#[derive(Debug)]
pub(in crate::access) struct Known {
    pub person: PersonId,
    pub given_names: String,
    /// Where they are written to; not to an account that was disabled.
    pub address: Option<String>,
    pub has_account: bool,
    pub locale: String,
}

/// Whose a document or an e-mail is.
pub(in crate::access) async fn known(
    connection: &mut SqliteConnection,
    document_hash: Option<&[u8]>,
    email: &str,
) -> sqlx::Result<Vec<Known>> {
    query_as!(
        Known,
        r#"SELECT people.id AS person, people.given_names,
                  CASE WHEN accounts.disabled_at IS NULL
                       THEN coalesce(accounts.email, people.email) END AS "address?: String",
                  accounts.id IS NOT NULL AS "has_account!: bool",
                  coalesce(accounts.locale, 'es') AS "locale!: String"
           FROM people LEFT JOIN accounts ON accounts.person_id = people.id
           WHERE people.id IN (SELECT coalesce(merged_into, id) FROM people WHERE document_hash = ?1
                               UNION SELECT coalesce(merged_into, id) FROM people WHERE email = ?2
                               UNION SELECT coalesce(owner.merged_into, owner.id) FROM accounts
                                     JOIN people AS owner ON owner.id = accounts.person_id
                                     WHERE accounts.email = ?2)"#,
        document_hash,
        email,
    )
    .fetch_all(connection)
    .await
}

/// Whether somebody was told since a moment that they are registered already.
pub(in crate::access) async fn was_told(
    connection: &mut SqliteConnection,
    person: PersonId,
    since: DateTime<Utc>,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM audit_events
               WHERE subject_kind = 'person' AND subject_id = ? AND action = 'register_known'
                 AND at > ?) AS "told!: bool""#,
        person,
        since,
    )
    .fetch_one(connection)
    .await
}
