//! Makes a new, empty database with the schema of `migrations/`, for the query macros to ask.
//!
//! Usage: `xtask-database MIGRATIONS DATABASE`. It uses the same `SQLite` as the server,
//! through the same sqlx, so that what is described here is what runs there.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sqlx::{Connection, SqliteConnection, migrate::Migrator, sqlite::SqliteConnectOptions};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let migrations = arguments.next().context("which migrations?")?;
    let database = arguments.next().context("which database?")?;
    remove(&database)?;
    let options = SqliteConnectOptions::new()
        .filename(&database)
        .create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let migrator = Migrator::new(migrations).await?;
    migrator.run(&mut connection).await?;
    println!("      {} migrations", migrator.iter().count());
    connection.close().await?;
    Ok(())
}

fn remove(database: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let mut file = OsString::from(database);
        file.push(suffix);
        if Path::new(&file).exists() {
            fs::remove_file(file)?;
        }
    }
    if let Some(folder) = database.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(())
}
