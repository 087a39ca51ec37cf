//! Files, and where they are used.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    courses::{EditionId, ProgramId},
    learning::{FileId, step::NewFile},
    people::PersonId,
};

pub(in crate::learning) async fn insert_file(
    connection: &mut SqliteConnection,
    file: &NewFile,
    digest: &[u8],
    now: DateTime<Utc>,
) -> sqlx::Result<FileId> {
    let (name, media_type) = (file.name.as_str(), file.kind.media_type());
    let content: &[u8] = &file.content;
    query_scalar!(
        r#"INSERT INTO files (name, media_type, digest, content, created_at)
           VALUES (?, ?, ?, ?, ?) RETURNING id AS "id!: FileId""#,
        name,
        media_type,
        digest,
        content,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Takes a file away that no step uses any more.
pub(in crate::learning) async fn delete_unused(
    connection: &mut SqliteConnection,
    file: FileId,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM files WHERE id = ?1
         AND NOT EXISTS (SELECT 1 FROM steps WHERE file_id = ?1)",
        file,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A file without its content.
#[derive(Clone, Debug)]
pub(in crate::learning) struct StoredFile {
    pub name: String,
    pub media_type: String,
    pub digest: Vec<u8>,
}

pub(in crate::learning) async fn file(
    connection: &mut SqliteConnection,
    file: FileId,
) -> sqlx::Result<Option<StoredFile>> {
    query_as!(
        StoredFile,
        "SELECT name, media_type, digest FROM files WHERE id = ?",
        file
    )
    .fetch_optional(connection)
    .await
}

pub(in crate::learning) async fn content(
    connection: &mut SqliteConnection,
    file: FileId,
) -> sqlx::Result<Vec<u8>> {
    query_scalar!("SELECT content FROM files WHERE id = ?", file)
        .fetch_one(connection)
        .await
}

/// The editions that use a file, and whether the person takes part in them.
pub(in crate::learning) async fn users(
    connection: &mut SqliteConnection,
    file: FileId,
    person: PersonId,
) -> sqlx::Result<Vec<(EditionId, ProgramId, bool)>> {
    let rows = query!(
        r#"SELECT DISTINCT editions.id, courses.program_id,
                  EXISTS (SELECT 1 FROM enrolments
                          WHERE enrolments.edition_id = editions.id AND enrolments.person_id = ?2
                            AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show'))
                      AS "takes_part!: bool"
           FROM steps
           JOIN sessions ON sessions.id = steps.session_id
           JOIN editions ON editions.id = sessions.edition_id
           JOIN courses ON courses.id = editions.course_id
           WHERE steps.file_id = ?1"#,
        file,
        person,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.program_id, row.takes_part))
        .collect())
}
