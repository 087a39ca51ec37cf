//! `cargo xtask serve`: from a fresh clone to a page in the browser.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    client::{self, Quality},
    command_line::ServeOptions,
    project, server,
    steps::Steps,
};

const ACCOUNTS: &str = "\
Demo accounts, all with the password capacita-demo:
  admin@demo.pe        administrator
  manager@demo.pe      manager
  coordinator@demo.pe  coordinator
  facilitator@demo.pe  facilitator
  participant@demo.pe  participant
";

/// Builds, prepares the database and serves until interrupted.
///
/// # Errors
/// The step that failed, and why.
pub fn run(options: &ServeOptions) -> Result<()> {
    let database = match &options.database {
        Some(file) => std::path::absolute(file)?,
        None => project::target("capacita-dev.db"),
    };
    let quality = Quality::of(options.release);

    let mut steps = Steps::new(5);
    let compiled = steps.run("Client: compile the islands and the scanner", || {
        client::compile(quality, false)
    })?;
    steps.run("Client: bundle islands, styles and icons", || {
        client::bundle(&compiled, quality)
    })?;
    let program = steps.run("Server: compile", || server::build(options.release))?;
    let demo = steps.run("Database", || {
        prepare_database(&program, &database, options)
    })?;
    steps.run("Serve", || {
        println!("\nDatabase: {}", database.display());
        if demo {
            println!("{ACCOUNTS}");
        }
        let url = format!("http://{}", options.addr);
        println!("Open {url} as soon as the server says that it listens (Ctrl+C ends it).\n");
        let mut serve = Command::new(&program);
        serve
            .args(["serve", "--addr", &options.addr, "--base-url", &url])
            .arg("--database")
            .arg(&database);
        hand_over(&mut serve)
    })
}

/// Returns whether the database holds the demo accounts, as far as we know.
fn prepare_database(program: &Path, database: &Path, options: &ServeOptions) -> Result<bool> {
    if options.fresh {
        remove(database)?;
    }
    let marker = beside(database, ".demo");
    if database.exists() {
        println!("      {} is kept", database.display());
        return Ok(marker.exists());
    }
    drop(fs::remove_file(&marker));
    if !options.demo {
        println!("      a new one, empty");
        return Ok(false);
    }
    println!("      a new one, with the demo program");
    if let Err(error) = server::load_demo(program, database) {
        // Half a demo would be taken for a whole one by the next run.
        remove(database)?;
        return Err(error);
    }
    fs::write(&marker, "")?;
    Ok(true)
}

/// Removes a database with everything that belongs to it.
fn remove(database: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm", ".key", ".demo"] {
        let file = beside(database, suffix);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
    }
    Ok(())
}

/// The file whose name is the database's with a suffix.
fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(suffix);
    name.into()
}

/// Becomes the server, so that signals reach it and its exit code is ours.
#[cfg(unix)]
fn hand_over(serve: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(serve.exec()).context("cannot start the server")
}

#[cfg(not(unix))]
fn hand_over(serve: &mut Command) -> Result<()> {
    crate::shell::run(serve)
}
