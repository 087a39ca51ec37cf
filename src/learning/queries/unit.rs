//! Where a self-paced session belongs.

use sqlx::{SqliteConnection, query_as};

use crate::{learning::unit::Unit, sessions::SessionId};

pub(in crate::learning) async fn unit(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Option<Unit>> {
    query_as!(
        Unit,
        r#"SELECT sessions.id AS session, sessions.title, sessions.starts_at, sessions.ends_at,
                sessions.planned_minutes, sessions.edition_id AS edition, editions.number,
                editions.state, editions.course_id AS course, courses.title AS course_title,
                rules.min_share_permille AS "min_share_permille!: i64",
                courses.program_id AS program, programs.name AS program_name
         FROM sessions
         JOIN editions ON editions.id = sessions.edition_id
         JOIN courses ON courses.id = editions.course_id
         JOIN rules_in_force AS rules ON rules.edition_id = editions.id
         JOIN programs ON programs.id = courses.program_id
         WHERE sessions.id = ? AND sessions.modality = 'self_paced'"#,
        session,
    )
    .fetch_optional(connection)
    .await
}
