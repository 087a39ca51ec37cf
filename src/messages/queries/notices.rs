//! What people without e-mail are to be told.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    access::AccountId,
    courses::EditionId,
    messages::{News, NoticeId},
    people::PersonId,
};

/// Writes a notice, unless there is one with its key.
pub(in crate::messages) async fn insert_notice(
    connection: &mut SqliteConnection,
    news: &News,
    subject: &str,
    body: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO notices (edition_id, person_id, kind, subject, body, key, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (key) DO NOTHING",
        news.edition,
        news.person,
        news.kind,
        subject,
        body,
        news.key,
        now,
        news.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back what was not told yet under the keys from `key` on, before `beyond`.
pub(in crate::messages) async fn withdraw_notices(
    connection: &mut SqliteConnection,
    key: &str,
    beyond: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    query!(
        "UPDATE notices SET told_at = ?, key = NULL WHERE key >= ? AND key < ? AND told_at IS NULL",
        now,
        key,
        beyond,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What one person is to be told, and how they are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Who is told.
    pub person: PersonId,
    /// Given names.
    pub given_names: String,
    /// Paternal surname.
    pub paternal_surname: String,
    /// Maternal surname.
    pub maternal_surname: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What it is about.
    pub subject: String,
    /// What to say.
    pub body: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// What people of an edition are to be told by other means than e-mail, the oldest first, behind the
/// last one seen; nothing that is of no use any more.
pub async fn open_notices(
    connection: &mut SqliteConnection,
    edition: EditionId,
    now: DateTime<Utc>,
    after: NoticeId,
    limit: i64,
) -> sqlx::Result<Vec<Notice>> {
    query_as!(
        Notice,
        "SELECT notices.id, notices.person_id AS person, people.given_names,
                people.paternal_surname, people.maternal_surname, people.phone, notices.subject,
                notices.body, notices.created_at
         FROM notices JOIN people ON people.id = notices.person_id
         WHERE notices.edition_id = ?1 AND notices.told_at IS NULL
           AND (notices.expires_at IS NULL OR notices.expires_at > ?2)
           AND notices.id > ?3
         ORDER BY notices.id LIMIT ?4",
        edition,
        now,
        after,
        limit,
    )
    .fetch_all(connection)
    .await
}

/// How many there are.
pub async fn open_count(
    connection: &mut SqliteConnection,
    edition: EditionId,
    now: DateTime<Utc>,
) -> sqlx::Result<i64> {
    query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM notices
           WHERE edition_id = ?1 AND told_at IS NULL
             AND (expires_at IS NULL OR expires_at > ?2)"#,
        edition,
        now,
    )
    .fetch_one(connection)
    .await
}

/// Something that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Given names.
    pub given_names: String,
    /// Paternal surname.
    pub paternal_surname: String,
    /// Maternal surname.
    pub maternal_surname: Option<String>,
    /// What it was about.
    pub subject: String,
    /// When it was told.
    pub at: DateTime<Utc>,
}

/// What was told last in an edition.
pub async fn told_notices(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Vec<Told>> {
    query_as!(
        Told,
        r#"SELECT people.given_names, people.paternal_surname, people.maternal_surname,
                  notices.subject, notices.told_at AS "at!: DateTime<Utc>"
           FROM notices JOIN people ON people.id = notices.person_id
           WHERE notices.edition_id = ? AND notices.told_at IS NOT NULL
             AND notices.told_by IS NOT NULL
           ORDER BY notices.told_at DESC, notices.id DESC LIMIT 50"#,
        edition,
    )
    .fetch_all(connection)
    .await
}

/// The edition of a notice.
pub(in crate::messages) async fn edition_of_notice(
    connection: &mut SqliteConnection,
    notice: NoticeId,
) -> sqlx::Result<Option<EditionId>> {
    query_scalar!("SELECT edition_id FROM notices WHERE id = ?", notice)
        .fetch_optional(connection)
        .await
}

/// Ticks it off; whether it was still open.
pub(in crate::messages) async fn tick_off(
    connection: &mut SqliteConnection,
    notice: NoticeId,
    by: Option<AccountId>,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = query!(
        "UPDATE notices SET told_at = ?, told_by = ? WHERE id = ? AND told_at IS NULL",
        now,
        by,
        notice,
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}
