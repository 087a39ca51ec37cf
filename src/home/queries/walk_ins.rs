//! People who came to a session without being enrolled.

use sqlx::{SqliteConnection, query_as};

use crate::{courses::ProgramId, sessions::SessionId};

/// A session with people who came without being enrolled and about whom nobody has decided.
#[derive(Clone, Debug)]
pub struct WalkIns {
    /// The session.
    pub session: SessionId,
    /// Its title.
    pub title: String,
    /// The course's title.
    pub course: String,
    /// How many wait.
    pub count: i64,
}

/// Sessions with walk-ins to decide, the longest waiting first.
pub async fn walk_ins(
    connection: &mut SqliteConnection,
    programs: &[ProgramId],
) -> sqlx::Result<Vec<WalkIns>> {
    let programs = super::list(programs);
    query_as!(
        WalkIns,
        r#"SELECT sessions.id AS "session!: SessionId", sessions.title AS "title!: String",
                  courses.title AS "course!: String", count(*) AS "count!: i64"
           FROM walk_ins
           JOIN sessions ON sessions.id = walk_ins.session_id
           JOIN editions ON editions.id = sessions.edition_id
           JOIN courses ON courses.id = editions.course_id
           WHERE walk_ins.state = 'waiting' AND editions.state NOT IN ('closed', 'cancelled')
             AND courses.program_id IN (SELECT value FROM json_each(?))
           GROUP BY sessions.id ORDER BY min(walk_ins.created_at) LIMIT 50"#,
        programs,
    )
    .fetch_all(connection)
    .await
}
