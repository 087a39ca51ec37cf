//! All SQL of paper.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::{BySex, Count, HeadcountId};
use crate::{
    access::AccountId,
    attendance::{MarkId, MarkSource, MarkStatus},
    courses::EditionId,
    enrolment::EnrolmentId,
    sessions::SessionId,
};

/// What stands of somebody, and where it was said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stands {
    pub status: MarkStatus,
    pub minutes: i64,
    pub conflict: bool,
    pub source: MarkSource,
}

/// What stands in a session, by enrolment.
pub(super) async fn stands(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<BTreeMap<EnrolmentId, Stands>> {
    let rows = query!(
        "SELECT standing.enrolment_id, standing.status, standing.minutes, standing.conflict,
                marks.source
         FROM attendance_standing AS standing
         JOIN attendance_marks AS marks ON marks.id = standing.mark_id
         WHERE standing.session_id = ?",
        session,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let stands = Stands {
                status: row.status,
                minutes: row.minutes,
                conflict: row.conflict,
                source: row.source,
            };
            (row.enrolment_id, stands)
        })
        .collect())
}

/// The newest mark of a session.
pub(super) async fn newest_mark(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Option<MarkId>> {
    query_scalar!(
        r#"SELECT max(id) AS "id: MarkId" FROM attendance_marks WHERE session_id = ?"#,
        session,
    )
    .fetch_one(connection)
    .await
}

/// Who attended a session and is known by name.
pub(super) async fn named(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<BySex> {
    query_as!(
        BySex,
        r#"SELECT coalesce(sum(sex = 'f'), 0) AS "women!: i64",
                  coalesce(sum(sex = 'm'), 0) AS "men!: i64",
                  coalesce(sum(sex = 'unstated'), 0) AS "unstated!: i64"
           FROM named_attendances WHERE session_id = ?"#,
        session,
    )
    .fetch_one(connection)
    .await
}

/// The headcounts that stand in the sessions of an edition, beside those known by name now; of one
/// session or of all.
pub async fn standing(
    connection: &mut SqliteConnection,
    edition: EditionId,
    only: Option<SessionId>,
) -> sqlx::Result<BTreeMap<SessionId, Count>> {
    let rows = query!(
        r#"SELECT counts.session_id, counts.women, counts.men, counts.unstated, counts.named_women,
                  counts.named_men, counts.named_unstated, counts.explanation,
                  (SELECT count(*) FROM named_attendances AS named
                   WHERE named.session_id = sessions.id AND named.sex = 'f') AS "women_now!: i64",
                  (SELECT count(*) FROM named_attendances AS named
                   WHERE named.session_id = sessions.id AND named.sex = 'm') AS "men_now!: i64",
                  (SELECT count(*) FROM named_attendances AS named
                   WHERE named.session_id = sessions.id AND named.sex = 'unstated') AS "unstated_now!: i64"
           FROM sessions
           JOIN headcounts AS counts ON counts.id = (
               SELECT max(later.id) FROM headcounts AS later WHERE later.session_id = sessions.id)
           WHERE sessions.edition_id = ?1 AND (?2 IS NULL OR sessions.id = ?2)"#,
        edition,
        only,
    )
    .fetch_all(connection)
    .await?;
    let by_sex = |women, men, unstated| BySex {
        women,
        men,
        unstated,
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let count = Count {
                counted: by_sex(row.women, row.men, row.unstated),
                named: by_sex(row.women_now, row.men_now, row.unstated_now),
                named_then: by_sex(row.named_women, row.named_men, row.named_unstated),
                explanation: row.explanation,
            };
            (row.session_id, count)
        })
        .collect())
}

/// A headcount with who wrote it.
#[derive(Debug)]
pub(super) struct Written {
    pub women: i64,
    pub men: i64,
    pub unstated: i64,
    pub explanation: Option<String>,
    pub counted_at: DateTime<Utc>,
    /// Given names and surname; nobody: the demonstration.
    pub writer: Option<String>,
}

/// The headcounts of a session, the last first.
pub(super) async fn history(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Vec<Written>> {
    query_as!(
        Written,
        r#"SELECT counts.women, counts.men, counts.unstated, counts.explanation, counts.counted_at,
                  people.given_names || ' ' || people.paternal_surname AS "writer?: String"
           FROM headcounts AS counts
           LEFT JOIN accounts ON accounts.id = counts.account_id
           LEFT JOIN people ON people.id = accounts.person_id
           WHERE counts.session_id = ? ORDER BY counts.id DESC LIMIT 50"#,
        session,
    )
    .fetch_all(connection)
    .await
}

/// A headcount to be appended.
#[derive(Debug)]
pub(super) struct NewRow<'a> {
    pub session: SessionId,
    pub counted: BySex,
    pub named: BySex,
    pub explanation: Option<&'a str>,
    pub account: Option<AccountId>,
    pub now: DateTime<Utc>,
}

pub(super) async fn insert(
    connection: &mut SqliteConnection,
    row: NewRow<'_>,
) -> sqlx::Result<HeadcountId> {
    let id = query!(
        "INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men,
                                 named_unstated, explanation, account_id, counted_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.session,
        row.counted.women,
        row.counted.men,
        row.counted.unstated,
        row.named.women,
        row.named.men,
        row.named.unstated,
        row.explanation,
        row.account,
        row.now,
    )
    .execute(connection)
    .await?;
    Ok(HeadcountId::new(id.last_insert_rowid()))
}
