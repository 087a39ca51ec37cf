//! One writer, many readers, and what their errors mean.
//!
//! SQLite takes one writer at a time, so there is one writing connection, and whoever needs it
//! waits in line here rather than failing as busy. A write always begins `IMMEDIATE`: a transaction
//! that begins deferred, reads and then writes fails at once when another has written meanwhile.

pub mod maintenance;
mod readers;

use std::{
    ffi::OsString,
    fmt::Display,
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    time::Duration,
};

use deadpool::unmanaged::Pool;
use sqlx::{
    Connection as _, Sqlite, SqliteConnection, Transaction,
    migrate::{Migrate as _, Migrator},
    sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
    },
};

pub use self::readers::{Reader, Snapshot};
use super::secrets::create_private;
use crate::error::{AppError, Fault, FieldError, Reason};

/// The tables, built into the binary.
static MIGRATIONS: Migrator = sqlx::migrate!();

/// A pool whose one connection lasts as long as it does, and is not asked whether it still lives:
/// there is no server that might drop it.
///
/// With a lifetime or an idle time sqlx 0.9 walks over idle connections now and then, as many as a
/// counter says that another thread may have just taken below zero; the walk then never ends and
/// holds a core for good.
fn lasting() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
        .acquire_timeout(LONGEST_WAIT)
        .test_before_acquire(false)
}

/// How long somebody waits for a connection before it is taken for a fault.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// How many rows SQLite's thread may be ahead of the task that reads them: more than a page of a
/// list has, and more than the cells of a grid of 40 people and ten sessions, so that neither waits
/// for the other within them.
const ROWS_AHEAD: usize = 1024;

/// SQLite before this version can corrupt a database when its log restarts.
const OLDEST_SOUND_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// The database: one file.
#[derive(Clone, Debug)]
pub struct Database {
    writer: SqlitePool,
    readers: Pool<SqliteConnection>,
}

impl Database {
    /// Opens the file, creating it if need be, and brings its tables up to date.
    ///
    /// Fails with one line that says what to do: an unwritable file, a schema newer than this
    /// program, an unsound SQLite.
    pub async fn open(path: &Path) -> Result<Self, String> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .row_buffer_size(ROWS_AHEAD)
            .pragma("temp_store", "memory")
            .pragma("trusted_schema", "off")
            .optimize_on_close(true, Some(400));
        let in_words =
            |error: &dyn Display| format!("cannot open the database {}: {error}", path.display());
        keep_private(path).map_err(|error| in_words(&error))?;
        let writer = lasting()
            .connect_with(options.clone())
            .await
            .map_err(|error| in_words(&error))?;
        check_version(&writer).await?;
        migrate(&writer, path).await?;
        let readers = readers::open(options).await;
        let readers = readers.map_err(|error| in_words(&error))?;
        Ok(Self { writer, readers })
    }

    /// The writing transaction. Dropped without [`WriteTx::commit`], nothing happened.
    pub async fn write(&self) -> Result<WriteTx, AppError> {
        Ok(WriteTx(self.writer.begin_with("BEGIN IMMEDIATE").await?))
    }

    /// The same where nobody else writes at this moment; `None` otherwise.
    pub async fn write_if_free(&self) -> Result<Option<WriteTx>, AppError> {
        match self.writer.try_begin_with("BEGIN IMMEDIATE").await? {
            Some(tx) => Ok(Some(WriteTx(tx))),
            None => Ok(None),
        }
    }

    /// A connection that can only read.
    pub async fn read(&self) -> Result<Reader, AppError> {
        let reader = self.readers.get().await;
        reader.map_err(|error| super::incident(&error))
    }

    /// A reading transaction: several queries that see one state of the database.
    pub async fn snapshot(&self) -> Result<Snapshot, AppError> {
        Ok(Snapshot::begin(self.read().await?).await?)
    }

    /// What [`maintenance::any_sealed`] finds.
    pub async fn any_sealed(&self) -> Result<Option<Vec<u8>>, String> {
        let connection = self.readers.get().await;
        let mut connection = connection.map_err(|error| error.to_string())?;
        maintenance::any_sealed(&mut connection).await
    }

    /// Closes all connections that nobody uses any more; the log is folded into the file. SQLite does
    /// so with the last connection, but not where that one can only read, and a reader may take its
    /// time.
    pub async fn close(&self) {
        while let Ok(reader) = self.readers.try_remove() {
            if let Err(error) = reader.close().await {
                tracing::warn!(%error, "a reading connection does not close in order");
            }
        }
        self.readers.close();
        let folded = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)");
        if let Err(error) = folded.execute(&self.writer).await {
            tracing::warn!(%error, "the log stays beside the database");
        }
        self.writer.close().await;
    }
}

/// A file's name with something behind it.
pub fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(suffix);
    name.into()
}

/// Sees to it that the file's owner alone can read it, as far as we may; creates it empty. What
/// SQLite puts beside it later gets the same rights.
fn keep_private(path: &Path) -> std::io::Result<()> {
    if !path.exists() {
        return create_private(path, b"");
    }
    #[cfg(unix)]
    for suffix in ["", "-wal", "-shm"] {
        let file = beside(path, suffix);
        let alone = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        if file.exists() && std::fs::set_permissions(&file, alone).is_err() {
            tracing::warn!(file = %file.display(), "its rights are another account's to set");
        }
    }
    Ok(())
}

/// A writing transaction.
///
/// Derefs to the connection, so queries take `&mut tx` as `&mut SqliteConnection`.
#[derive(Debug)]
pub struct WriteTx(Transaction<'static, Sqlite>);

impl WriteTx {
    /// Makes everything since [`Database::write`] stand.
    pub async fn commit(self) -> Result<(), AppError> {
        Ok(self.0.commit().await?)
    }
}

impl Deref for WriteTx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.0
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.0
    }
}

/// The version of the tables that this program works with.
pub fn newest_migration() -> i64 {
    let versions = MIGRATIONS.iter().map(|migration| migration.version);
    versions.max().unwrap_or(0)
}

async fn check_version(pool: &SqlitePool) -> Result<(), String> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(pool)
        .await
        .map_err(|error| format!("cannot use the database: {error}"))?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let found = (
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
        parts.next().unwrap_or(0),
    );
    if found < OLDEST_SOUND_SQLITE {
        return Err(format!(
            "SQLite {version} is linked; 3.51.3 or newer is needed"
        ));
    }
    Ok(())
}

async fn migrate(pool: &SqlitePool, path: &Path) -> Result<(), String> {
    let in_words =
        |error: String| format!("cannot prepare the database {}: {error}", path.display());
    let mut connection = pool
        .acquire()
        .await
        .map_err(|error| in_words(error.to_string()))?;
    connection
        .ensure_migrations_table(&MIGRATIONS.table_name)
        .await
        .map_err(|error| in_words(error.to_string()))?;
    let applied = connection
        .list_applied_migrations(&MIGRATIONS.table_name)
        .await
        .map_err(|error| in_words(error.to_string()))?;
    let newest = newest_migration();
    if applied.iter().any(|migration| migration.version > newest) {
        return Err(format!(
            "the database {} was made by a newer Capacita: install that version, or restore a backup",
            path.display()
        ));
    }
    MIGRATIONS
        .run(&mut connection)
        .await
        .map_err(|error| in_words(error.to_string()))
}

impl From<sqlx::Error> for AppError {
    /// The one place where database errors get their meaning: a broken promise of the schema that a
    /// person can mend is told to them, anything else becomes an incident.
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Database(database) if database.is_unique_violation() => {
                match unique_violation(database.message()) {
                    Some(known) => known,
                    None => super::incident(&error),
                }
            }
            _ => super::incident(&error),
        }
    }
}

/// What a unique index protects, told at the field that offends.
fn unique_violation(message: &str) -> Option<AppError> {
    let known = [
        (
            "people.document_hash",
            "document_number",
            Fault::DuplicateDocument,
        ),
        (
            "people_by_document",
            "document_number",
            Fault::DuplicateDocument,
        ),
        ("accounts.email", "email", Fault::DuplicateEmail),
        ("institutions_by_name", "name", Fault::DuplicateName),
        ("institutions.folded_name", "name", Fault::DuplicateName),
        ("programs.name", "name", Fault::DuplicateName),
        (
            "courses.program_id, courses.title",
            "title",
            Fault::DuplicateName,
        ),
        ("venues_by_name", "venue", Fault::DuplicateName),
    ];
    if message.contains("enrolments_active") || message.contains("enrolments.edition_id") {
        return Some(Reason::AlreadyEnrolled.into());
    }
    if message.contains("accounts.person_id") {
        return Some(Reason::HasAccount.into());
    }
    if message.contains("certificates.enrolment_id") || message.contains("certificates_valid") {
        return Some(Reason::AlreadyIssued.into());
    }
    known
        .into_iter()
        .find(|(index, ..)| message.contains(index))
        .map(|(_, field, fault)| {
            AppError::Invalid(vec![FieldError {
                field: field.to_owned(),
                fault,
            }])
        })
}

#[cfg(test)]
mod tests {
    use super::{readers::READERS, *};

    async fn opened(folder: &Path) -> Database {
        let database = Database::open(&folder.join("test.db")).await;
        database.expect("it opens")
    }

    async fn count(connection: &mut SqliteConnection) -> i64 {
        let count = sqlx::query_scalar("SELECT count(*) FROM venues").fetch_one(connection);
        count.await.expect("a number")
    }

    async fn add_venue(database: &Database, name: &str) {
        let mut tx = database.write().await.expect("the writer");
        sqlx::query("INSERT INTO venues (name, folded_name, created_at) VALUES (?1, ?1, '')")
            .bind(name)
            .execute(&mut *tx)
            .await
            .expect("a venue");
        tx.commit().await.expect("it stands");
    }

    #[tokio::test]
    async fn the_writer_is_not_walked_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = opened(folder.path()).await;
        let options = database.writer.options();
        assert_eq!(options.get_max_lifetime(), None);
        assert_eq!(options.get_idle_timeout(), None);
        assert_eq!(options.get_min_connections(), 0);
    }

    #[tokio::test]
    async fn a_snapshot_sees_one_state_and_leaves_none_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = opened(folder.path()).await;
        // More rounds than connections: each one is taken again.
        for before in 0..2 * i64::try_from(READERS).expect("a few") {
            let mut snapshot = database.snapshot().await.expect("a snapshot");
            assert_eq!(count(&mut snapshot).await, before);
            add_venue(&database, &format!("Sala {before}")).await;
            assert_eq!(count(&mut snapshot).await, before, "it stays as it was");
            drop(snapshot);
            let mut reader = database.read().await.expect("a reader");
            assert_eq!(count(&mut reader).await, before + 1);
        }
    }

    #[tokio::test]
    async fn who_breaks_off_leaves_a_connection_that_works() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = opened(folder.path()).await;
        for _ in 0..2 * READERS {
            let mut reader = database.read().await.expect("a reader");
            let long = sqlx::query_scalar::<_, i64>(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
                 SELECT i FROM n",
            )
            .fetch_all(&mut *reader);
            let broken_off = tokio::time::timeout(Duration::from_millis(1), long).await;
            assert!(broken_off.is_err());
        }
        let mut reader = database.read().await.expect("a reader");
        assert_eq!(count(&mut reader).await, 0);
    }

    #[tokio::test]
    async fn readers_close_in_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = opened(folder.path()).await;
        for _ in 0..READERS {
            let reader = database.readers.try_remove().expect("a reader");
            reader.close().await.expect("in order");
        }
    }

    #[tokio::test]
    async fn a_reader_cannot_write() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = opened(folder.path()).await;
        let mut reader = database.read().await.expect("a reader");
        let written = sqlx::query("DELETE FROM venues").execute(&mut *reader);
        assert!(written.await.is_err());
    }
}
