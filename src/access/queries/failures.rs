//! SQL of failed sign-ins.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

pub(in crate::access) async fn blocked_until(
    connection: &mut SqliteConnection,
    key: &[u8],
) -> sqlx::Result<Option<DateTime<Utc>>> {
    let row = query!(
        "SELECT blocked_until FROM sign_in_failures WHERE key_hash = ?",
        key
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.and_then(|row| row.blocked_until))
}

/// Counts one more failure and gives their number.
pub(in crate::access) async fn count_failure(
    connection: &mut SqliteConnection,
    key: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"INSERT INTO sign_in_failures (key_hash, failures, last_at) VALUES (?1, 1, ?2)
           ON CONFLICT (key_hash) DO UPDATE SET failures = failures + 1, last_at = ?2
           RETURNING failures AS "failures!""#,
        key,
        now,
    )
    .fetch_one(connection)
    .await
}

pub(in crate::access) async fn block(
    connection: &mut SqliteConnection,
    key: &[u8],
    until: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE sign_in_failures SET blocked_until = ? WHERE key_hash = ?",
        until,
        key
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Counts one failure less; who is below the free ones then, waits no longer.
pub(in crate::access) async fn take_back_failure(
    connection: &mut SqliteConnection,
    key: &[u8],
    free: i64,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM sign_in_failures WHERE key_hash = ? AND failures = 1",
        key,
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE sign_in_failures
         SET failures = failures - 1,
             blocked_until = CASE WHEN failures - 1 < ?2 THEN NULL ELSE blocked_until END
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
