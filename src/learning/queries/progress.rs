//! How far the people of an edition are with one of its self-paced sessions.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query_as, query_scalar};

use crate::{courses::EditionId, enrolment::EnrolmentId, learning::unit::Unit};

/// One person's way through a session.
#[derive(Clone, Debug)]
pub(in crate::learning) struct ProgressRow {
    pub enrolment: EnrolmentId,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub institution: Option<String>,
    /// Steps done.
    pub done: i64,
    /// When the last of them was done.
    pub last_at: Option<DateTime<Utc>>,
    /// When the session was credited.
    pub finished_at: Option<DateTime<Utc>>,
}

/// Everybody who takes part, by name, after a name and an enrolment; `limit` at most.
pub(in crate::learning) async fn progress(
    connection: &mut SqliteConnection,
    unit: &Unit,
    after: (&str, EnrolmentId),
    limit: i64,
) -> sqlx::Result<Vec<ProgressRow>> {
    query_as!(
        ProgressRow,
        r#"SELECT enrolments.id AS enrolment, people.given_names,
                  people.paternal_surname, people.maternal_surname,
                  enrolments.institution_name AS institution,
                  (SELECT count(*) FROM steps_done JOIN steps ON steps.id = steps_done.step_id
                   WHERE steps_done.enrolment_id = enrolments.id AND steps.session_id = ?1)
                      AS "done!: i64",
                  (SELECT max(steps_done.done_at) FROM steps_done
                   JOIN steps ON steps.id = steps_done.step_id
                   WHERE steps_done.enrolment_id = enrolments.id AND steps.session_id = ?1)
                      AS "last_at?: DateTime<Utc>",
                  (SELECT min(attendance_marks.marked_at) FROM attendance_marks
                   WHERE attendance_marks.enrolment_id = enrolments.id
                     AND attendance_marks.session_id = ?1
                     AND attendance_marks.account_id IS NULL) AS "finished_at?: DateTime<Utc>"
           FROM enrolments JOIN people ON people.id = enrolments.person_id
           WHERE enrolments.edition_id = ?2
             AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
             AND (people.sort_name, enrolments.id) > (?3, ?4)
           ORDER BY people.sort_name, enrolments.id LIMIT ?5"#,
        unit.session,
        unit.edition,
        after.0,
        after.1,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// Where an enrolment of an edition stands in the order of names; `None`: it is not in it.
pub(in crate::learning) async fn place_in_list(
    connection: &mut SqliteConnection,
    edition: EditionId,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<String>> {
    query_scalar!(
        "SELECT people.sort_name FROM enrolments JOIN people ON people.id = enrolments.person_id
         WHERE enrolments.id = ? AND enrolments.edition_id = ?",
        enrolment,
        edition,
    )
    .fetch_optional(connection)
    .await
}

/// How many people of an edition are where.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::learning) struct ProgressCounts {
    /// Those who take part.
    pub people: i64,
    /// Those of them who have done a step or more.
    pub begun: i64,
    /// Those of them who were credited.
    pub finished: i64,
    /// Steps of the session.
    pub steps: i64,
}

pub(in crate::learning) async fn counts(
    connection: &mut SqliteConnection,
    unit: &Unit,
) -> sqlx::Result<ProgressCounts> {
    query_as!(
        ProgressCounts,
        r#"SELECT count(*) AS "people!: i64",
                  coalesce(sum(EXISTS (
                      SELECT 1 FROM steps_done JOIN steps ON steps.id = steps_done.step_id
                      WHERE steps_done.enrolment_id = enrolments.id AND steps.session_id = ?1)), 0)
                      AS "begun!: i64",
                  coalesce(sum(EXISTS (
                      SELECT 1 FROM attendance_marks
                      WHERE attendance_marks.enrolment_id = enrolments.id
                        AND attendance_marks.session_id = ?1
                        AND attendance_marks.account_id IS NULL)), 0) AS "finished!: i64",
                  (SELECT count(*) FROM steps WHERE session_id = ?1) AS "steps!: i64"
           FROM enrolments
           WHERE enrolments.edition_id = ?2
             AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')"#,
        unit.session,
        unit.edition,
    )
    .fetch_one(connection)
    .await
}
