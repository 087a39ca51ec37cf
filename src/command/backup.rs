//! `capacita backup`: a consistent copy, while serving or not.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Files, files, say};
use crate::{
    server::{
        Clock,
        database::maintenance::{Schema, copy, faults, open_file, schema},
    },
    settings,
};

/// Where to copy.
#[derive(Debug, Args)]
pub struct Backup {
    /// The file to write; it must not be there yet.
    file: PathBuf,
    #[command(flatten)]
    files: Files,
}

/// Copies the database into one new file, which is looked through before it gets its name.
pub async fn backup(options: Backup) -> Result<(), String> {
    let config = options.files.config()?;
    let target = &options.file;
    if target.exists() {
        return Err(format!(
            "{} is there already: name a new file",
            target.display()
        ));
    }
    let mut database = open_file(&config.database, true).await?;
    if schema(&mut database).await == Schema::Foreign {
        return Err(format!(
            "{} is not a database of Capacita",
            config.database.display()
        ));
    }
    let unfinished = files::beside(target, ".partial");
    files::make_private(&unfinished)?;
    let copied = copy_and_look(&mut database, &unfinished).await;
    if copied.is_err() {
        // The fault that is told is the first one.
        let _ = fs::remove_file(&unfinished);
    }
    copied?;
    files::put(&unfinished, target)?;
    // The copy stands, whether or not the page of administration can tell when it was made.
    let _ = settings::note_backup(&mut database, Clock::System.now()).await;
    say(&format!(
        "copied {} to {}; the key file {} is not in the copy: keep it too, and keep it apart",
        config.database.display(),
        target.display(),
        config.secret_file.display()
    ));
    Ok(())
}

async fn copy_and_look(
    database: &mut sqlx::SqliteConnection,
    unfinished: &Path,
) -> Result<(), String> {
    copy(database, unfinished).await?;
    let mut written = open_file(unfinished, false).await?;
    match faults(&mut written).await?.first() {
        Some(fault) => Err(format!("the copy is not sound: {fault}")),
        None => Ok(()),
    }
}
