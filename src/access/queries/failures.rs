//! SQL of failed sign-ins.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

/// What was counted under a key.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_field_names, reason = "the names of the columns")]
pub(in crate::access) struct Failures {
    pub failures: i64,
    pub last_at: DateTime<Utc>,
    pub blocked_until: Option<DateTime<Utc>>,
}

pub(in crate::access) async fn failures(
    connection: &mut SqliteConnection,
    key: &[u8],
) -> sqlx::Result<Option<Failures>> {
    query_as!(
        Failures,
        "SELECT failures, last_at, blocked_until FROM sign_in_failures WHERE key_hash = ?",
        key,
    )
    .fetch_optional(connection)
    .await
}

pub(in crate::access) async fn set_failures(
    connection: &mut SqliteConnection,
    key: &[u8],
    counted: Failures,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO sign_in_failures (key_hash, failures, last_at, blocked_until)
         VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (key_hash) DO UPDATE SET failures = ?2, last_at = ?3, blocked_until = ?4",
        key,
        counted.failures,
        counted.last_at,
        counted.blocked_until,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes one failure back; who has free ones again waits no longer.
pub(in crate::access) async fn give_back_failure(
    connection: &mut SqliteConnection,
    key: &[u8],
    free: i64,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM sign_in_failures WHERE key_hash = ? AND failures = 1",
        key
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE sign_in_failures
         SET failures = failures - 1,
             blocked_until = CASE WHEN failures <= ?2 THEN NULL ELSE blocked_until END
         WHERE key_hash = ?1",
        key,
        free,
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(in crate::access) async fn forget_failures(
    connection: &mut SqliteConnection,
    key: &[u8],
) -> sqlx::Result<()> {
    query!("DELETE FROM sign_in_failures WHERE key_hash = ?", key)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets what failed last before a moment.
pub(in crate::access) async fn forget_failures_before(
    connection: &mut SqliteConnection,
    before: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!("DELETE FROM sign_in_failures WHERE last_at < ?", before)
        .execute(connection)
        .await?;
    Ok(())
}

/// How many accounts and addresses wait at the moment.
pub(in crate::access) async fn blocked_now(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM sign_in_failures WHERE blocked_until > ?"#,
        now
    )
    .fetch_one(connection)
    .await
}
