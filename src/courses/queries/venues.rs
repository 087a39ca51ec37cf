//! Places.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_scalar};

use crate::{
    courses::{VenueId, edition::VenueName},
    people::Department,
};

/// The names of places, for offering while somebody types.
pub(crate) async fn venue_names(connection: &mut SqliteConnection) -> sqlx::Result<Vec<String>> {
    query_scalar!(r#"SELECT DISTINCT name AS "name!" FROM venues ORDER BY folded_name LIMIT 500"#)
        .fetch_all(connection)
        .await
}

/// The place of that name in that department; noted as a new one if nobody named it before.
pub(crate) async fn find_or_add_venue(
    connection: &mut SqliteConnection,
    name: &VenueName,
    department: Option<Department>,
    now: DateTime<Utc>,
) -> sqlx::Result<VenueId> {
    let folded = name.folded();
    let found = query_scalar!(
        r#"SELECT id AS "id!: VenueId" FROM venues
           WHERE folded_name = ?1 AND coalesce(department, '') = coalesce(?2, '')"#,
        folded,
        department,
    )
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(found) = found {
        return Ok(found);
    }
    let name = name.as_str();
    query_scalar!(
        r#"INSERT INTO venues (name, department, folded_name, created_at) VALUES (?, ?, ?, ?)
           RETURNING id AS "id!: VenueId""#,
        name,
        department,
        folded,
        now,
    )
    .fetch_one(connection)
    .await
}
