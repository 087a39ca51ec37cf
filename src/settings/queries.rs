//! All SQL of settings.

use sqlx::{SqliteConnection, query, query_scalar};

pub(super) async fn value(
    connection: &mut SqliteConnection,
    name: &str,
) -> sqlx::Result<Option<String>> {
    query_scalar!("SELECT value FROM settings WHERE name = ?", name)
        .fetch_optional(connection)
        .await
}

pub(super) async fn set_value(
    connection: &mut SqliteConnection,
    name: &str,
    value: &str,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO settings (name, value) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value,
    )
    .execute(connection)
    .await?;
    Ok(())
}
