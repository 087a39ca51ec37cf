//! Writes the demo, a table at a time, from JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{SqliteConnection, query, query_scalar};

use super::{rows::Rows, world::Institution};
use crate::{
    courses::{CourseKind, EditionState},
    error::AppError,
};

/// Whether there is nobody in the database.
pub(super) async fn is_empty(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    let anybody = query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM people) OR EXISTS (SELECT 1 FROM programs) AS "any!: bool""#
    );
    Ok(!anybody.fetch_one(connection).await?)
}

pub(super) async fn institutions(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Vec<Institution>> {
    let rows = query!("SELECT id, name, sector, country FROM institutions ORDER BY id")
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Institution {
            id: row.id.get(),
            name: row.name,
            sector: row.sector,
            country: row.country.to_string(),
        })
        .collect())
}

fn json<T: Serialize>(rows: &[T]) -> String {
    serde_json::to_string(rows).expect("the demo's rows are plain data")
}

/// Writes everything in one transaction's hands.
pub(super) async fn write(
    tx: &mut SqliteConnection,
    rows: &Rows,
    password_hash: &str,
) -> Result<(), AppError> {
    write_people(tx, &json(&rows.people)).await?;
    write_accounts(tx, rows, password_hash).await?;
    write_courses(tx, rows).await?;
    write_enrolments(tx, &json(&rows.enrolments)).await?;
    write_vettings(tx, rows).await?;
    write_marks(tx, &json(&rows.marks)).await?;
    write_certificates(tx, &json(&rows.certificates)).await?;
    write_learning(tx, rows).await?;
    Ok(())
}

async fn write_people(tx: &mut SqliteConnection, people: &str) -> sqlx::Result<()> {
    query!(
        "INSERT INTO people (id, document_kind, document_sealed, document_hash, no_document_reason, given_names,
             paternal_surname, maternal_surname, sex, birth_year, nationality, email, phone, sort_name, created_at)
         SELECT value ->> 'id', value ->> 'document_kind', unhex(value ->> 'document_sealed'),
             unhex(value ->> 'document_hash'), value ->> 'no_document_reason', value ->> 'given_names',
             value ->> 'paternal_surname', value ->> 'maternal_surname', value ->> 'sex', value ->> 'birth_year',
             value ->> 'nationality', value ->> 'email', value ->> 'phone', value ->> 'sort_name', value ->> 'created_at'
         FROM json_each(?)",
        people,
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "INSERT INTO affiliations (person_id, institution_id, position, department, country, since, created_at)
         SELECT value ->> 'id', value ->> 'institution_id', value ->> 'position', value ->> 'department',
             value ->> 'country', value ->> 'since', value ->> 'created_at'
         FROM json_each(?)",
        people,
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "INSERT INTO people_search (rowid, words)
         SELECT people.id, concat_ws(' ', people.given_names, people.paternal_surname, people.maternal_surname,
             institutions.name, institutions.short_name)
         FROM people
         LEFT JOIN affiliations ON affiliations.person_id = people.id AND affiliations.until IS NULL
         LEFT JOIN institutions ON institutions.id = affiliations.institution_id",
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_accounts(
    tx: &mut SqliteConnection,
    rows: &Rows,
    password_hash: &str,
) -> sqlx::Result<()> {
    let (accounts, grants, programs) = (
        json(&rows.accounts),
        json(&rows.grants),
        json(&rows.programs),
    );
    query!(
        "INSERT INTO accounts (id, person_id, email, password_hash, demo, created_at)
         SELECT value ->> 'id', value ->> 'person_id', value ->> 'email', ?2, 1, value ->> 'created_at' FROM json_each(?1)",
        accounts,
        password_hash,
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "INSERT INTO programs (id, name, summary, implementer, funder, starts_on, ends_on, created_at)
         SELECT value ->> 'id', value ->> 'name', value ->> 'summary', value ->> 'implementer', value ->> 'funder',
             value ->> 'starts_on', value ->> 'ends_on', value ->> 'created_at'
         FROM json_each(?)",
        programs,
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "INSERT INTO role_grants (account_id, role, program_id, granted_at)
         SELECT value ->> 'account_id', value ->> 'role', value ->> 'program_id', accounts.created_at
         FROM json_each(?) JOIN accounts ON accounts.id = value ->> 'account_id'",
        grants,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_courses(tx: &mut SqliteConnection, rows: &Rows) -> sqlx::Result<()> {
    let signatories = json(&rows.signatories);
    query!(
        "INSERT INTO program_signatories (program_id, position, name, title, institution)
         SELECT value ->> 'program_id', value ->> 'position', value ->> 'name', value ->> 'title', value ->> 'institution'
         FROM json_each(?)",
        signatories,
    )
    .execute(&mut *tx)
    .await?;
    let courses = json(&rows.courses);
    query!(
        "INSERT INTO courses (id, program_id, title, kind, summary, audience, outcomes, syllabus, planned_minutes,
             min_grade_tenths, folded_title, created_at)
         SELECT value ->> 'id', value ->> 'program_id', value ->> 'title', value ->> 'kind', value ->> 'summary',
             value ->> 'audience', value ->> 'outcomes', value ->> 'syllabus', value ->> 'planned_minutes',
             value ->> 'min_grade_tenths', value ->> 'folded_title', value ->> 'created_at'
         FROM json_each(?)",
        courses,
    )
    .execute(&mut *tx)
    .await?;
    let venues = json(&rows.venues);
    query!(
        "INSERT INTO venues (id, name, department, folded_name, created_at)
         SELECT value ->> 'id', value ->> 'name', value ->> 'department', value ->> 'folded_name', value ->> 'created_at'
         FROM json_each(?)",
        venues,
    )
    .execute(&mut *tx)
    .await?;
    let editions = json(&rows.editions);
    query!(
        "INSERT INTO editions (id, course_id, number, state, modality, starts_on, ends_on, venue_id, department, seats,
             needs_approval, offer_hours, enrol_from, enrol_until, state_at, created_at)
         SELECT value ->> 'id', value ->> 'course_id', value ->> 'number', value ->> 'state', value ->> 'modality',
             value ->> 'starts_on', value ->> 'ends_on', value ->> 'venue_id', value ->> 'department', value ->> 'seats',
             value ->> 'needs_approval', value ->> 'offer_hours', value ->> 'enrol_from', value ->> 'enrol_until',
             value ->> 'state_at', value ->> 'created_at'
         FROM json_each(?)",
        editions,
    )
    .execute(&mut *tx)
    .await?;
    let quotas = json(&rows.quotas);
    query!(
        "INSERT INTO edition_quotas (edition_id, sex, reserved)
         SELECT value ->> 'edition_id', value ->> 'sex', value ->> 'reserved' FROM json_each(?)",
        quotas,
    )
    .execute(&mut *tx)
    .await?;
    let facilitators = json(&rows.facilitators);
    query!(
        "INSERT INTO edition_facilitators (edition_id, person_id, assigned_at)
         SELECT value ->> 'edition_id', value ->> 'person_id', value ->> 'assigned_at' FROM json_each(?)",
        facilitators,
    )
    .execute(&mut *tx)
    .await?;
    let sessions = json(&rows.sessions);
    query!(
        "INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, meeting_link, created_at)
         SELECT value ->> 'id', value ->> 'edition_id', value ->> 'title', value ->> 'modality', value ->> 'starts_at',
             value ->> 'ends_at', value ->> 'planned_minutes', value ->> 'meeting_link', value ->> 'created_at'
         FROM json_each(?)",
        sessions,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_enrolments(tx: &mut SqliteConnection, enrolments: &str) -> sqlx::Result<()> {
    query!(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, institution_id,
             institution_name, sector, position, department, country, sex, pre_test_tenths, post_test_tenths, grade_tenths,
             offered_until, funder)
         SELECT value ->> 'id', value ->> 'edition_id', value ->> 'person_id', value ->> 'state', value ->> 'state_at',
             value ->> 'requested_at', value ->> 'institution_id', value ->> 'institution_name', value ->> 'sector',
             value ->> 'position', value ->> 'department', value ->> 'country', value ->> 'sex',
             value ->> 'pre_test_tenths', value ->> 'post_test_tenths', value ->> 'grade_tenths',
             value ->> 'offered_until',
             (SELECT programs.funder FROM editions
              JOIN courses ON courses.id = editions.course_id
              JOIN programs ON programs.id = courses.program_id WHERE editions.id = value ->> 'edition_id')
         FROM json_each(?)",
        enrolments,
    )
    .execute(&mut *tx)
    .await?;
    // How they came to where they stand: into the edition first, and then to its outcome.
    query!(
        "INSERT INTO enrolment_events (enrolment_id, at, to_state)
         SELECT id, requested_at, CASE WHEN state IN ('requested', 'waiting') THEN state ELSE 'enrolled' END
         FROM enrolments ORDER BY requested_at",
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "INSERT INTO enrolment_events (enrolment_id, at, from_state, to_state)
         SELECT id, state_at, 'enrolled', state FROM enrolments
         WHERE state IN ('completed', 'not_completed', 'no_show', 'withdrawn') ORDER BY state_at",
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_vettings(tx: &mut SqliteConnection, rows: &Rows) -> sqlx::Result<()> {
    let (rules, vettings) = (json(&rows.vetting_rules), json(&rows.vettings));
    query!(
        "INSERT INTO vetting_rules (program_id, sector)
         SELECT value ->> 'program_id', value ->> 'sector' FROM json_each(?)",
        rules,
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "INSERT INTO vettings (person_id, program_id, state, cleared_until, state_at)
         SELECT value ->> 'person_id', value ->> 'program_id', value ->> 'state', value ->> 'cleared_until',
             value ->> 'state_at'
         FROM json_each(?)",
        vettings,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_marks(tx: &mut SqliteConnection, marks: &str) -> sqlx::Result<()> {
    query!(
        "INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, marked_at)
         SELECT value ->> 'id', value ->> 'enrolment_id', value ->> 'session_id', value ->> 'status',
             value ->> 'minutes', 'demo', value ->> 'marked_at'
         FROM json_each(?)",
        marks,
    )
    .execute(&mut *tx)
    .await?;
    // One mark a cell, so each stands.
    query!(
        "INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         SELECT enrolment_id, session_id, id, status, minutes FROM attendance_marks",
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A headcount of the demonstration: more people than signed.
pub(super) struct Counted {
    /// The kind of course.
    pub kind: CourseKind,
    /// The state of its edition.
    pub state: EditionState,
    /// How many women have no name.
    pub women: i64,
    /// How many men.
    pub men: i64,
    /// Why.
    pub explanation: &'static str,
}

/// Writes a headcount of the first session that such a course has held.
pub(super) async fn write_headcount(
    tx: &mut SqliteConnection,
    counted: &Counted,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men,
                                 named_unstated, explanation, counted_at)
         SELECT id, women + ?1, men + ?2, unstated, women, men, unstated, ?3, ends_at
         FROM (SELECT held.id, held.ends_at,
                      (SELECT count(*) FROM named_attendances AS named
                       WHERE named.session_id = held.id AND named.sex = 'f') AS women,
                      (SELECT count(*) FROM named_attendances AS named
                       WHERE named.session_id = held.id AND named.sex = 'm') AS men,
                      (SELECT count(*) FROM named_attendances AS named
                       WHERE named.session_id = held.id AND named.sex = 'unstated') AS unstated
               FROM (SELECT sessions.id, sessions.ends_at
                     FROM courses
                     JOIN editions ON editions.course_id = courses.id
                     JOIN sessions ON sessions.edition_id = editions.id
                     WHERE courses.kind = ?4 AND editions.state = ?5 AND sessions.ends_at <= ?6
                       AND sessions.modality = 'in_person'
                       AND EXISTS (SELECT 1 FROM attendance_standing AS standing
                                   WHERE standing.session_id = sessions.id)
                     ORDER BY editions.id, sessions.id LIMIT 1) AS held)",
        counted.women,
        counted.men,
        counted.explanation,
        counted.kind,
        counted.state,
        now,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_certificates(tx: &mut SqliteConnection, certificates: &str) -> sqlx::Result<()> {
    query!(
        "INSERT INTO certificates (id, code, enrolment_id, kind, state_at, issued_at, content, content_digest)
         SELECT value ->> 'id', value ->> 'code', value ->> 'enrolment_id', value ->> 'kind', value ->> 'issued_at',
             value ->> 'issued_at', value ->> 'content', unhex(value ->> 'content_digest')
         FROM json_each(?)",
        certificates,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_learning(tx: &mut SqliteConnection, rows: &Rows) -> sqlx::Result<()> {
    let (steps, options, done) = (
        json(&rows.steps),
        json(&rows.options),
        json(&rows.steps_done),
    );
    query!(
        "INSERT INTO steps (id, session_id, position, kind, title, body, link, created_at)
         SELECT value ->> 'id', value ->> 'session_id', value ->> 'position', value ->> 'kind', value ->> 'title',
             value ->> 'body', value ->> 'link', value ->> 'created_at'
         FROM json_each(?)",
        steps,
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "INSERT INTO step_options (step_id, position, answer, correct, feedback)
         SELECT value ->> 'step_id', value ->> 'position', value ->> 'answer', value ->> 'correct', value ->> 'feedback'
         FROM json_each(?)",
        options,
    )
    .execute(&mut *tx)
    .await?;
    query!(
        "INSERT INTO steps_done (enrolment_id, step_id, done_at)
         SELECT value ->> 'enrolment_id', value ->> 'step_id', value ->> 'done_at' FROM json_each(?)",
        done,
    )
    .execute(tx)
    .await?;
    Ok(())
}
