//! `capacita check`: whether what is kept still holds together.

use std::process::ExitCode;

use clap::Args;
use sqlx::SqliteConnection;

use super::{Files, say};
use crate::{
    attachments, attendance,
    audit::{self, ChainFault},
    certificates, closing,
    error::AppError,
    server::{
        Config, Secrets,
        database::maintenance::{Schema, any_sealed, faults, open_to_check, schema},
    },
};

/// What to look at.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    files: Files,
}

/// Looks at everything that can be recounted, and changes nothing. One line a fault, then exit
/// code 1; where there is none, one line says what was looked at.
pub async fn check(options: Check) -> Result<ExitCode, String> {
    let config = options.files.config()?;
    let mut database = open_to_check(&config.database).await?;
    let name = config.database.display();
    match schema(&mut database).await {
        Schema::Current => {}
        Schema::Older => {
            return Err(format!(
                "{name} is of an earlier version: `capacita serve` brings it up to date"
            ));
        }
        Schema::Newer => return Err(format!("{name} was made by a newer Capacita")),
        Schema::Foreign => return Err(format!("{name} is not a database of Capacita")),
    }
    let found = all_faults(&mut database, &config).await?;
    for fault in &found {
        say(&format!("fault: {fault}"));
    }
    if found.is_empty() {
        say(
            "ok: integrity, references, audit chain, attendance, certificates, closing records, kept files, key",
        );
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}

async fn all_faults(
    database: &mut SqliteConnection,
    config: &Config,
) -> Result<Vec<String>, String> {
    let mut found = faults(database).await?;
    let secrets = Secrets::load(&config.secret_file)?;
    let wrong_key = key_fault(database, config, secrets.as_ref()).await?;
    // With another key no file opens, which says nothing more.
    let secrets = secrets.filter(|_| wrong_key.is_none());
    found.extend(wrong_key);
    match record_faults(database, secrets.as_ref()).await {
        Ok(more) => found.extend(more),
        // Damaged pages may keep anything from being read: then that is the fault.
        Err(error) if found.is_empty() => found.push(format!("the records: {error:?}")),
        Err(_) => {}
    }
    Ok(found)
}

async fn record_faults(
    database: &mut SqliteConnection,
    secrets: Option<&Secrets>,
) -> Result<Vec<String>, AppError> {
    let mut found = Vec::new();
    match audit::verify_chain(database).await? {
        Some(ChainFault::Broken { event }) => found.push(format!(
            "audit event {event}: the chain breaks here; it or one before it was changed"
        )),
        Some(ChainFault::DetailsAltered { event }) => {
            found.push(format!("audit event {event}: its details were changed"));
        }
        None => {}
    }
    for (enrolment, session) in attendance::disagreements(database).await? {
        found.push(format!(
            "attendance of enrolment {enrolment} in session {session}: what stands is not what the marks say"
        ));
    }
    let certificates = certificates::check(database).await?;
    found.extend(certificates.iter().map(ToString::to_string));
    let records = closing::check(database).await?;
    found.extend(records.iter().map(ToString::to_string));
    let files = attachments::check(database, secrets).await?;
    found.extend(files.iter().map(ToString::to_string));
    Ok(found)
}

async fn key_fault(
    database: &mut SqliteConnection,
    config: &Config,
    secrets: Option<&Secrets>,
) -> Result<Option<String>, String> {
    if let Some(sealed) = any_sealed(database).await? {
        return Ok(Secrets::load_for(&config.secret_file, &sealed).err());
    }
    let files = attachments::any_sealed(database).await.unwrap_or(false);
    let missing = files && secrets.is_none();
    Ok(missing.then(|| format!("the key file {} is not there", config.secret_file.display())))
}
