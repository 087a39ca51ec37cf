//! `capacita restore`: a copy takes the database's place, after it was looked through.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Files, files, say};
use crate::server::{
    Clock, Config, Secrets,
    database::maintenance::{Schema, any_sealed, faults, open_file, release, schema},
};

/// What to restore.
#[derive(Debug, Args)]
pub struct Restore {
    /// The copy that `capacita backup` made.
    file: PathBuf,
    #[command(flatten)]
    files: Files,
}

/// Puts a copy in the place of the database. The former database stays beside it.
pub async fn restore(options: Restore) -> Result<(), String> {
    let config = options.files.config()?;
    look_through(&options.file, &config).await?;
    let database = &config.database;
    let unfinished = files::beside(database, ".partial");
    files::make_private(&unfinished)?;
    fs::copy(&options.file, &unfinished)
        .map_err(|error| format!("cannot write {}: {error}", unfinished.display()))?;
    let former = put_aside(database).await?;
    files::put(&unfinished, database)?;
    let restored = format!(
        "restored {} to {}",
        options.file.display(),
        database.display()
    );
    say(&match former {
        Some(former) => format!("{restored}; the former database is {}", former.display()),
        None => restored,
    });
    Ok(())
}

/// Refuses a file that is damaged, not ours, too new, or sealed with another key.
async fn look_through(file: &Path, config: &Config) -> Result<(), String> {
    let name = file.display();
    let mut copy = open_file(file, false).await?;
    match schema(&mut copy).await {
        Schema::Current | Schema::Older => {}
        Schema::Newer => {
            return Err(format!(
                "{name} was made by a newer Capacita: restore it with that version"
            ));
        }
        Schema::Foreign => return Err(format!("{name} is not a copy of a Capacita database")),
    }
    if let Some(fault) = faults(&mut copy).await?.first() {
        return Err(format!("{name} is damaged: {fault}"));
    }
    if let Some(sealed) = any_sealed(&mut copy).await? {
        Secrets::load_for(&config.secret_file, &sealed)?;
    }
    Ok(())
}

/// Renames the present database; gives its new name. `None`: there was none.
async fn put_aside(database: &Path) -> Result<Option<PathBuf>, String> {
    if !database.exists() {
        return Ok(None);
    }
    release(database).await?;
    let now = Clock::System.now().format("%Y%m%dT%H%M%SZ");
    let former = files::beside(database, &format!(".before-restore-{now}"));
    fs::rename(database, &former)
        .map_err(|error| format!("cannot put {} aside: {error}", database.display()))?;
    Ok(Some(former))
}
