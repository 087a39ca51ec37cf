//! Lists, and what their headings mean.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    access::AccountId,
    courses::EditionId,
    nomination::{Field, NominationId, NominationState, columns::Columns},
    people::InstitutionId,
};

/// A list as it came in.
#[derive(Clone, Debug)]
pub struct Nomination {
    pub id: NominationId,
    pub edition: EditionId,
    pub institution: Option<InstitutionId>,
    pub institution_name: Option<String>,
    pub letter: Option<String>,
    pub file_name: String,
    pub state: NominationState,
    pub state_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub headings: Option<Vec<u8>>,
    pub columns: Columns,
    pub told_at: Option<DateTime<Utc>>,
}

pub async fn nomination(
    connection: &mut SqliteConnection,
    id: NominationId,
) -> sqlx::Result<Option<Nomination>> {
    let row = query!(
        r#"SELECT nominations.id, edition_id, institution_id, institutions.name AS "institution_name?",
                  letter, file_name, state, state_at, nominations.created_at, headings, fields, told_at
           FROM nominations LEFT JOIN institutions ON institutions.id = nominations.institution_id
           WHERE nominations.id = ?"#,
        id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Nomination {
        id: row.id,
        edition: row.edition_id,
        institution: row.institution_id,
        institution_name: row.institution_name,
        letter: row.letter,
        file_name: row.file_name,
        state: row.state,
        state_at: row.state_at,
        created_at: row.created_at,
        headings: row.headings,
        columns: serde_json::from_str(&row.fields).unwrap_or_default(),
        told_at: row.told_at,
    }))
}

/// A line of the lists of an edition.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: NominationId,
    pub institution: Option<String>,
    pub letter: Option<String>,
    pub file_name: String,
    pub state: NominationState,
    pub created_at: DateTime<Utc>,
    pub lines: i64,
    pub enrolled: i64,
}

/// The lists of an edition, the latest first; what was given up is not among them.
pub async fn of_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Listed>> {
    query_as!(
        Listed,
        r#"SELECT nominations.id, institutions.name AS "institution?", letter, file_name, state,
                  nominations.created_at,
                  (SELECT count(*) FROM nomination_lines
                   WHERE nomination_id = nominations.id) AS "lines!: i64",
                  (SELECT count(*) FROM nomination_lines
                   WHERE nomination_id = nominations.id
                     AND outcome IN ('enrolled', 'waiting')) AS "enrolled!: i64"
           FROM nominations LEFT JOIN institutions ON institutions.id = nominations.institution_id
           WHERE edition_id = ? AND state <> 'discarded' ORDER BY nominations.id DESC LIMIT 100"#,
        edition,
    )
    .fetch_all(connection)
    .await
}

/// The latest list of the same file that people of this edition were enrolled from.
pub async fn applied_before(
    connection: &mut SqliteConnection,
    nomination: NominationId,
) -> sqlx::Result<Option<NominationId>> {
    query_scalar!(
        "SELECT earlier.id FROM nominations AS this
         JOIN nominations AS earlier ON earlier.edition_id = this.edition_id
             AND earlier.file_digest = this.file_digest AND earlier.id <> this.id
         WHERE this.id = ? AND earlier.state = 'applied' ORDER BY earlier.id DESC LIMIT 1",
        nomination,
    )
    .fetch_optional(connection)
    .await
}

/// A list that came in.
#[derive(Debug)]
pub struct NewNomination<'a> {
    pub edition: EditionId,
    pub institution: Option<InstitutionId>,
    pub letter: Option<&'a str>,
    pub file_name: &'a str,
    pub digest: &'a [u8],
    pub account: Option<AccountId>,
    pub now: DateTime<Utc>,
    pub headings: Option<Vec<u8>>,
    pub columns: &'a Columns,
}

pub async fn insert(
    connection: &mut SqliteConnection,
    new: NewNomination<'_>,
) -> sqlx::Result<NominationId> {
    let fields = json(new.columns);
    query_scalar!(
        r#"INSERT INTO nominations (edition_id, institution_id, letter, file_name, file_digest, state,
               state_at, account_id, created_at, headings, fields)
           VALUES (?1, ?2, ?3, ?4, ?5, 'columns', ?6, ?7, ?6, ?8, ?9) RETURNING id AS "id!: NominationId""#,
        new.edition,
        new.institution,
        new.letter,
        new.file_name,
        new.digest,
        new.now,
        new.account,
        new.headings,
        fields,
    )
    .fetch_one(connection)
    .await
}

/// Moves a list on from the state in which it was read; `false`: it is no longer there.
pub async fn change_state(
    connection: &mut SqliteConnection,
    id: NominationId,
    (from, to): (NominationState, NominationState),
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE nominations SET state = ?, state_at = ? WHERE id = ? AND state = ?",
        to,
        now,
        id,
        from,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn set_columns(
    connection: &mut SqliteConnection,
    id: NominationId,
    columns: &Columns,
) -> sqlx::Result<()> {
    let fields = json(columns);
    query!("UPDATE nominations SET fields = ? WHERE id = ?", fields, id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that the people of a list were told; `false`: they were before.
pub async fn set_told(
    connection: &mut SqliteConnection,
    id: NominationId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE nominations SET told_at = ? WHERE id = ? AND told_at IS NULL",
        now,
        id,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What the headings of an institution mean, folded.
pub async fn headings(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
) -> sqlx::Result<Vec<(String, Field)>> {
    let rows = query!(
        r#"SELECT heading, field AS "field: Field" FROM nomination_headings WHERE institution_id = ?"#,
        institution,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.heading, row.field))
        .collect())
}

pub async fn remember_heading(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
    heading: &str,
    field: Field,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO nomination_headings (institution_id, heading, field) VALUES (?1, ?2, ?3)
         ON CONFLICT (institution_id, heading) DO UPDATE SET field = ?3",
        institution,
        heading,
        field,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Erases the cells of lists that nobody has touched since a moment.
pub async fn forget_before(
    connection: &mut SqliteConnection,
    since: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE nomination_lines SET cells = NULL WHERE cells IS NOT NULL AND nomination_id IN
             (SELECT id FROM nominations WHERE state IN ('columns', 'checked') AND state_at < ?)",
        since,
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE nominations SET state = 'discarded', headings = NULL
         WHERE state IN ('columns', 'checked') AND state_at < ?",
        since,
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn json(columns: &Columns) -> String {
    serde_json::to_string(columns).expect("words become JSON")
}
