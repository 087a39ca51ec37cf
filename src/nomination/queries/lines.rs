//! Lines of lists.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use crate::{
    enrolment::{EnrolmentId, EnrolmentState},
    nomination::{Decision, NominationId, Outcome, Verdict},
    people::{PersonId, listed_name, operations::Begun},
};

/// A line.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: u32,
    pub cells: Option<Vec<u8>>,
    pub verdict: Verdict,
    pub decision: Decision,
    pub person: Option<PersonId>,
    /// The earlier line with the same person.
    pub repeats: Option<i64>,
    pub outcome: Option<Outcome>,
    pub refusal: Option<String>,
    pub enrolment: Option<EnrolmentId>,
    /// Whether somebody chose that the person serves where the list says; once enrolled, whether
    /// that was written down.
    pub moves: bool,
    /// "Núñez Quispe, Rosa": of the person it is, where that is known.
    pub name: Option<String>,
}

pub async fn insert_line(
    connection: &mut SqliteConnection,
    nomination: NominationId,
    line: u32,
    cells: &[u8],
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO nomination_lines (nomination_id, line, cells, verdict, decision)
         VALUES (?, ?, ?, 'unread', 'leave')",
        nomination,
        line,
        cells,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A page of lines after one of them, of one verdict or all.
pub async fn lines(
    connection: &mut SqliteConnection,
    nomination: NominationId,
    verdict: Option<Verdict>,
    after: u32,
    limit: i64,
) -> sqlx::Result<Vec<Line>> {
    let rows = query!(
        r#"SELECT line AS "line!: u32", cells, verdict, decision, person_id, first_line, outcome,
                  refusal, enrolment_id,
                  iif(outcome IS NULL, moves, affiliation_id IS NOT NULL) AS "moves!: bool",
                  people.given_names AS "given_names?",
                  people.paternal_surname AS "paternal_surname?",
                  people.maternal_surname AS "maternal_surname?"
           FROM nomination_lines LEFT JOIN people ON people.id = nomination_lines.person_id
           WHERE nomination_id = ?1 AND line > ?2 AND (?3 IS NULL OR verdict = ?3)
           ORDER BY line LIMIT ?4"#,
        nomination,
        after,
        verdict,
        limit,
    )
    .fetch_all(connection)
    .await?;
    let lines = rows.into_iter().map(|row| Line {
        number: row.line,
        cells: row.cells,
        verdict: row.verdict,
        decision: row.decision,
        person: row.person_id,
        repeats: row.first_line,
        outcome: row.outcome,
        refusal: row.refusal,
        enrolment: row.enrolment_id,
        moves: row.moves,
        name: row
            .given_names
            .zip(row.paternal_surname)
            .map(|(given, paternal)| {
                listed_name(&given, &paternal, row.maternal_surname.as_deref())
            }),
    });
    Ok(lines.collect())
}

/// How many lines a list has of each verdict, and how many of them are to be enrolled.
pub async fn verdicts(
    connection: &mut SqliteConnection,
    nomination: NominationId,
) -> sqlx::Result<Vec<(Verdict, i64, i64)>> {
    let rows = query!(
        r#"SELECT verdict, count(*) AS "lines!: i64",
                  coalesce(sum(decision <> 'leave'), 0) AS "taken!: i64"
           FROM nomination_lines WHERE nomination_id = ? GROUP BY verdict"#,
        nomination,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.verdict, row.lines, row.taken))
        .collect())
}

/// How many lines had which outcome.
pub async fn outcomes(
    connection: &mut SqliteConnection,
    nomination: NominationId,
) -> sqlx::Result<Vec<(Outcome, i64)>> {
    let rows = query!(
        r#"SELECT outcome AS "outcome!: Outcome", count(*) AS "lines!: i64" FROM nomination_lines
           WHERE nomination_id = ? AND outcome IS NOT NULL GROUP BY outcome"#,
        nomination,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.outcome, row.lines))
        .collect())
}

/// A line's verdict and the decision that follows from it.
pub async fn set_verdict(
    connection: &mut SqliteConnection,
    nomination: NominationId,
    line: u32,
    verdict: Verdict,
    (person, first_line): (Option<PersonId>, Option<u32>),
) -> sqlx::Result<()> {
    let decision = verdict.first_decision();
    query!(
        "UPDATE nomination_lines SET verdict = ?, decision = ?, person_id = ?, first_line = ?, moves = 0
         WHERE nomination_id = ? AND line = ?",
        verdict,
        decision,
        person,
        first_line,
        nomination,
        line,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What is to be done with a line that can be taken; `person`: who of the same names it is, or who
/// holds the document and is meant all the same. `false`: there is no such line or person, or
/// nothing about it can be decided.
pub async fn set_decision(
    connection: &mut SqliteConnection,
    nomination: NominationId,
    line: u32,
    (decision, person): (Decision, Option<PersonId>),
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE nomination_lines SET decision = ?1,
             person_id = iif(verdict = 'possible', ?2, person_id),
             moves = iif(verdict = 'possible' AND person_id IS NOT ?2, 0, moves)
         WHERE nomination_id = ?3 AND line = ?4
           AND (?1 = 'leave' AND verdict IN ('new', 'known', 'possible', 'conflict')
                OR verdict IN ('new', 'known')
                OR verdict = 'conflict' AND ?1 = 'take' AND person_id = ?2
                OR verdict = 'possible'
                    AND (?1 = 'another' OR EXISTS (SELECT 1 FROM people WHERE people.id = ?2)))",
        decision,
        person,
        nomination,
        line,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What became of a line.
#[derive(Clone, Debug, Default)]
pub struct Became {
    pub outcome: Option<Outcome>,
    pub refusal: Option<String>,
    pub person: Option<PersonId>,
    pub enrolment: Option<EnrolmentId>,
    pub added_person: bool,
    /// The affiliation that it began.
    pub begun: Option<Begun>,
}

/// Notes what became of a line; the cells of whoever is enrolled are erased.
pub async fn set_outcome(
    connection: &mut SqliteConnection,
    nomination: NominationId,
    line: u32,
    became: &Became,
) -> sqlx::Result<()> {
    let affiliation = became.begun.map(|begun| begun.affiliation);
    let ended = became.begun.and_then(|begun| begun.ended);
    query!(
        "UPDATE nomination_lines SET outcome = ?1, refusal = ?2, person_id = coalesce(?3, person_id),
             enrolment_id = ?4, added_person = ?5, cells = iif(?1 IN ('refused', 'left'), cells, NULL),
             affiliation_id = ?8, ended_affiliation_id = ?9
         WHERE nomination_id = ?6 AND line = ?7",
        became.outcome,
        became.refusal,
        became.person,
        became.enrolment,
        became.added_person,
        nomination,
        line,
        affiliation,
        ended,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Erases what a list says of anybody.
pub async fn erase_cells(
    connection: &mut SqliteConnection,
    nomination: NominationId,
) -> sqlx::Result<()> {
    query!(
        "UPDATE nomination_lines SET cells = NULL WHERE nomination_id = ?",
        nomination,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whom a list brought into the edition, in which state.
pub async fn entered(
    connection: &mut SqliteConnection,
    nomination: NominationId,
) -> sqlx::Result<Vec<(EnrolmentId, PersonId, EnrolmentState)>> {
    let rows = query!(
        "SELECT enrolments.id, enrolments.person_id, enrolments.state FROM nomination_lines
         JOIN enrolments ON enrolments.id = nomination_lines.enrolment_id
         WHERE nomination_id = ? ORDER BY line",
        nomination,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.person_id, row.state))
        .collect())
}

/// How many of a list's enrolments and new people something has happened to since.
pub async fn changed_since(
    connection: &mut SqliteConnection,
    nomination: NominationId,
    applied_at: DateTime<Utc>,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM nomination_lines AS lines
           LEFT JOIN enrolments ON enrolments.id = lines.enrolment_id
           LEFT JOIN people ON people.id = lines.person_id AND lines.added_person = 1
           WHERE lines.nomination_id = ?1
             AND (enrolments.version > 1 OR people.version > 1
                  OR (people.id IS NOT NULL AND EXISTS (
                      SELECT 1 FROM affiliations
                      WHERE affiliations.person_id = people.id AND affiliations.created_at > ?2)))"#,
        nomination,
        applied_at,
    )
    .fetch_one(connection)
    .await
}

/// Takes a list's enrolments and the people it added out of the database; `false`: something
/// depends on one of them, and the transaction must not be committed.
pub async fn take_back(
    connection: &mut SqliteConnection,
    nomination: NominationId,
) -> sqlx::Result<bool> {
    match delete_entered(connection, nomination).await {
        Err(sqlx::Error::Database(error)) if error.is_foreign_key_violation() => Ok(false),
        done => done.map(|()| true),
    }
}

async fn delete_entered(
    connection: &mut SqliteConnection,
    nomination: NominationId,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM enrolment_events WHERE enrolment_id IN
             (SELECT enrolment_id FROM nomination_lines WHERE nomination_id = ?)",
        nomination,
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "DELETE FROM enrolments WHERE id IN
             (SELECT enrolment_id FROM nomination_lines WHERE nomination_id = ?)",
        nomination,
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "DELETE FROM affiliations WHERE person_id IN
             (SELECT person_id FROM nomination_lines WHERE nomination_id = ? AND added_person = 1)",
        nomination,
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "DELETE FROM people_search WHERE rowid IN
             (SELECT person_id FROM nomination_lines WHERE nomination_id = ? AND added_person = 1)",
        nomination,
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "DELETE FROM people WHERE id IN
             (SELECT person_id FROM nomination_lines WHERE nomination_id = ? AND added_person = 1)",
        nomination,
    )
    .execute(connection)
    .await?;
    Ok(())
}
