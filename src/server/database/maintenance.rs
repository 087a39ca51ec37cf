//! Looking at, copying and putting aside database files, for the commands that do so.
//!
//! Nothing here migrates: a copy is taken, and a fault found, without touching the tables.

use std::{fs, path::Path, time::Duration};

use sqlx::{
    ConnectOptions as _, Connection as _, SqliteConnection,
    migrate::Migrate as _,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};

use super::{MIGRATIONS, newest_migration};

/// How the tables of a file stand to this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// They are those of this program.
    Current,
    /// They are those of an earlier version; serving brings them up to date.
    Older,
    /// They are those of a later version.
    Newer,
    /// They are not Capacita's.
    Foreign,
}

/// Opens a file that is there. Only reading, unless `writing`.
pub async fn open_file(path: &Path, writing: bool) -> Result<SqliteConnection, String> {
    if !path.is_file() {
        return Err(format!("there is no database {}", path.display()));
    }
    SqliteConnectOptions::new()
        .filename(path)
        .read_only(!writing)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        .pragma("trusted_schema", "off")
        .connect()
        .await
        .map_err(|error| format!("cannot open the database {}: {error}", path.display()))
}

/// Opens a file that is there to be looked through, and not written to. For SQLite it is open for
/// writing: of a file that it may only read it leaves the CHECKs of the tables out, and with them what
/// breaks them.
pub async fn open_to_check(path: &Path) -> Result<SqliteConnection, String> {
    let mut connection = open_file(path, true).await?;
    sqlx::query("PRAGMA query_only = ON")
        .execute(&mut connection)
        .await
        .map_err(|error| format!("cannot open the database {}: {error}", path.display()))?;
    Ok(connection)
}

/// How its tables stand to this program: every migration it has had must be one of ours.
pub async fn schema(connection: &mut SqliteConnection) -> Schema {
    let applied = connection.list_applied_migrations(&MIGRATIONS.table_name);
    let Ok(applied) = applied.await else {
        return Schema::Foreign;
    };
    let newest = applied.iter().map(|migration| migration.version).max();
    let Some(newest) = newest else {
        return Schema::Foreign;
    };
    if newest > newest_migration() {
        return Schema::Newer;
    }
    let ours = applied.iter().all(|applied| {
        MIGRATIONS
            .iter()
            .any(|ours| ours.version == applied.version && ours.checksum == applied.checksum)
    });
    match (ours, newest == newest_migration()) {
        (false, _) => Schema::Foreign,
        (true, true) => Schema::Current,
        (true, false) => Schema::Older,
    }
}

/// What SQLite itself finds wrong: damaged pages, values of another type, references to nothing, and
/// rows that break a CHECK unless the file was opened for reading alone (see [`open_to_check`]). At
/// most a hundred of each.
pub async fn faults(connection: &mut SqliteConnection) -> Result<Vec<String>, String> {
    let told: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(100)")
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| format!("the file cannot be read: {error}"))?;
    let mut faults: Vec<String> = told.into_iter().filter(|line| line != "ok").collect();
    let orphans: Vec<(String, String)> = sqlx::query_as(
        "SELECT \"table\" || coalesce(' row ' || rowid, ''), parent FROM pragma_foreign_key_check()
         LIMIT 100",
    )
    .fetch_all(connection)
    .await
    .map_err(|error| format!("the file cannot be read: {error}"))?;
    faults.extend(
        orphans
            .into_iter()
            .map(|(row, parent)| format!("{row} refers to nothing in {parent}")),
    );
    Ok(faults)
}

/// A consistent copy of a database that may be in use meanwhile. `to` must be empty or not there.
pub async fn copy(connection: &mut SqliteConnection, to: &Path) -> Result<(), String> {
    let target = to
        .to_str()
        .ok_or_else(|| format!("{} is not a name in UTF-8", to.display()))?;
    sqlx::query("VACUUM INTO ?")
        .bind(target)
        .execute(connection)
        .await
        .map(|_| ())
        .map_err(|error| format!("cannot write {}: {error}", to.display()))
}

/// Folds the log into the file and makes sure that nobody else has it open, so that it can be put
/// aside as one file.
pub async fn release(path: &Path) -> Result<(), String> {
    let busy = |_| {
        format!(
            "the database {} is in use: stop the server first",
            path.display()
        )
    };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Delete)
        .busy_timeout(Duration::from_millis(200));
    let connection = options.connect().await.map_err(busy)?;
    connection.close().await.map_err(busy)?;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return Err(format!(
            "the database {} is in use: stop the server first",
            path.display()
        ));
    }
    Ok(())
}

/// A document number or a calendar address that is sealed, to try a key on; `None`: there is none.
pub async fn any_sealed(connection: &mut SqliteConnection) -> Result<Option<Vec<u8>>, String> {
    sqlx::query_scalar(
        "SELECT * FROM (SELECT document_sealed FROM people WHERE document_sealed IS NOT NULL LIMIT 1)
         UNION ALL
         SELECT * FROM (SELECT token_sealed FROM calendar_addresses LIMIT 1)
         LIMIT 1",
    )
    .fetch_optional(connection)
    .await
    .map_err(|error| format!("the file cannot be read: {error}"))
}
