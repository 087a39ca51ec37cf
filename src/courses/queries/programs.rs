//! Programs and those who sign for them.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::courses::{
    ProgramId,
    program::{NewProgram, Program},
};

/// One program.
pub(crate) async fn program(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<Option<Program>> {
    query_as!(
        Program,
        "SELECT id, name, summary, implementer, funder, starts_on, ends_on, version
         FROM programs WHERE id = ?",
        program,
    )
    .fetch_optional(connection)
    .await
}

/// Who signs a program's certificates, in the order of the sheet: name, title, institution.
pub(crate) async fn signatories(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<Vec<(String, String, String)>> {
    let rows = query!(
        "SELECT name, title, institution FROM program_signatories WHERE program_id = ?
         ORDER BY position",
        program,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.name, row.title, row.institution))
        .collect())
}

/// A program in a list.
#[derive(Debug)]
pub(crate) struct ProgramLine {
    pub id: ProgramId,
    pub name: String,
    pub funder: String,
    pub implementer: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub courses: i64,
}

/// Programs from the newest down, at most `limit`, behind the last one seen. `within` is a JSON
/// list of ids; none: every program.
pub(crate) async fn programs(
    connection: &mut SqliteConnection,
    within: Option<&str>,
    after: (NaiveDate, i64),
    limit: i64,
) -> sqlx::Result<Vec<ProgramLine>> {
    query_as!(
        ProgramLine,
        r#"SELECT id, name, funder, implementer, starts_on, ends_on,
                  (SELECT count(*) FROM courses WHERE program_id = programs.id) AS "courses!: i64"
           FROM programs
           WHERE (starts_on, id) < (?1, ?2)
             AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))
           ORDER BY starts_on DESC, id DESC LIMIT ?4"#,
        after.0,
        after.1,
        within,
        limit,
    )
    .fetch_all(connection)
    .await
}

pub(in crate::courses) async fn insert_program(
    connection: &mut SqliteConnection,
    new: &NewProgram,
    now: DateTime<Utc>,
) -> sqlx::Result<ProgramId> {
    let (name, summary) = (new.name.as_str(), new.summary.as_str());
    let (implementer, funder) = (new.implementer.as_str(), new.funder.as_str());
    query_scalar!(
        r#"INSERT INTO programs (name, summary, implementer, funder, starts_on, ends_on, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id AS "id!: ProgramId""#,
        name,
        summary,
        implementer,
        funder,
        new.starts_on,
        new.ends_on,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Whether the program stood at that version and was changed.
pub(in crate::courses) async fn update_program(
    connection: &mut SqliteConnection,
    program: ProgramId,
    version: i64,
    new: &NewProgram,
) -> sqlx::Result<bool> {
    let (name, summary) = (new.name.as_str(), new.summary.as_str());
    let (implementer, funder) = (new.implementer.as_str(), new.funder.as_str());
    let done = query!(
        "UPDATE programs SET name = ?, summary = ?, implementer = ?, funder = ?, starts_on = ?,
                             ends_on = ?, version = version + 1
         WHERE id = ? AND version = ?",
        name,
        summary,
        implementer,
        funder,
        new.starts_on,
        new.ends_on,
        program,
        version,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(in crate::courses) async fn replace_signatories(
    connection: &mut SqliteConnection,
    program: ProgramId,
    new: &NewProgram,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM program_signatories WHERE program_id = ?",
        program
    )
    .execute(&mut *connection)
    .await?;
    for (position, signatory) in (1i64..).zip(&new.signatories) {
        let (name, title) = (signatory.name.as_str(), signatory.title.as_str());
        let institution = signatory.institution.as_str();
        query!(
            "INSERT INTO program_signatories (program_id, position, name, title, institution)
             VALUES (?, ?, ?, ?, ?)",
            program,
            position,
            name,
            title,
            institution,
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
