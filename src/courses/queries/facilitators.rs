//! Who teaches in an edition.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use crate::{courses::EditionId, people::PersonId};

/// Somebody who teaches; their name is public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facilitator {
    /// Who.
    pub person: PersonId,
    /// "Rosa Núñez Quispe".
    pub name: String,
}

/// Who teaches in an edition, by name.
pub(crate) async fn facilitators(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Facilitator>> {
    let rows = query!(
        "SELECT people.id, people.given_names, people.paternal_surname, people.maternal_surname
         FROM edition_facilitators JOIN people ON people.id = edition_facilitators.person_id
         WHERE edition_facilitators.edition_id = ? ORDER BY people.sort_name, people.id",
        edition,
    )
    .fetch_all(connection)
    .await?;
    let facilitators = rows.into_iter().map(|row| Facilitator {
        person: row.id,
        name: crate::people::full_name(
            &row.given_names,
            &row.paternal_surname,
            row.maternal_surname.as_deref(),
        ),
    });
    Ok(facilitators.collect())
}

/// Whether somebody teaches in an edition.
pub(crate) async fn is_facilitator(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM edition_facilitators
                          WHERE edition_id = ? AND person_id = ?) AS "teaches!: bool""#,
        edition,
        person,
    )
    .fetch_one(connection)
    .await
}

/// Whether somebody asks for, holds or held to the end a seat in an edition.
pub(in crate::courses) async fn takes_part(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM enrolments WHERE edition_id = ? AND person_id = ?
                          AND state IN ('requested', 'enrolled', 'waiting', 'completed',
                                        'not_completed', 'no_show')) AS "takes_part!: bool""#,
        edition,
        person,
    )
    .fetch_one(connection)
    .await
}

/// Whether they were not teaching in it yet.
pub(crate) async fn insert_facilitator(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "INSERT INTO edition_facilitators (edition_id, person_id, assigned_at) VALUES (?, ?, ?)
         ON CONFLICT DO NOTHING",
        edition,
        person,
        now,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes somebody off an edition and off its sessions; whether they were teaching in it.
pub(in crate::courses) async fn delete_facilitator(
    connection: &mut SqliteConnection,
    edition: EditionId,
    person: PersonId,
) -> sqlx::Result<bool> {
    query!(
        "UPDATE sessions SET facilitator_id = NULL, version = version + 1
         WHERE edition_id = ? AND facilitator_id = ?",
        edition,
        person,
    )
    .execute(&mut *connection)
    .await?;
    let done = query!(
        "DELETE FROM edition_facilitators WHERE edition_id = ? AND person_id = ?",
        edition,
        person,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
