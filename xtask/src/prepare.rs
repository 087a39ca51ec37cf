//! `cargo xtask prepare`: the description of every SQL query, in `.sqlx`.
//!
//! The query macros describe a query by asking a database, and write the description down. So:
//! a scratch database from `migrations/`, a compile of our own code against it, and what the
//! compile has written becomes `.sqlx` as a whole, which leaves no stale file behind.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use anyhow::{Context, Result, bail};

use crate::{project, shell, steps::Steps};

/// The roots of our crates: to touch them makes cargo compile all of ours anew.
const CRATE_ROOTS: [&str; 3] = ["src/lib.rs", "src/main.rs", "tests/it/main.rs"];

/// Regenerates `.sqlx`, or with `check` only compares it.
///
/// # Errors
/// A migration or query is wrong, or with `check` the descriptions differ.
pub fn run(check: bool) -> Result<()> {
    // A folder of its own lets two runs in one checkout not disturb each other.
    let work = project::target(format!("xtask/prepare-{}", std::process::id()));
    let fresh = work.join("sqlx");
    fs::create_dir_all(&fresh)?;
    let outcome = prepare(check, &work.join("scratch.db"), &fresh);
    fs::remove_dir_all(&work)?;
    outcome
}

fn prepare(check: bool, database: &Path, fresh: &Path) -> Result<()> {
    let mut steps = Steps::new(3);
    steps.run("Scratch database from migrations/", || migrate(database))?;
    steps.run("Describe the queries while compiling", || {
        describe(database, fresh)
    })?;
    let committed = project::root().join(".sqlx");
    if check {
        return steps.run("Compare with .sqlx", || compare(fresh, &committed));
    }
    steps.run("Write .sqlx", || replace(fresh, &committed))
}

fn migrate(database: &Path) -> Result<()> {
    let mut program = Command::new(project::sister("database", false)?);
    shell::run(
        program
            .arg(project::root().join("migrations"))
            .arg(database),
    )
}

fn describe(database: &Path, into: &Path) -> Result<()> {
    for file in CRATE_ROOTS {
        touch(&project::root().join(file))?;
    }
    let mut url = OsString::from("sqlite://");
    url.push(database);
    let mut cargo = project::cargo();
    shell::run(
        cargo
            .args(["check", "--workspace", "--all-targets"])
            .env("SQLX_OFFLINE", "false")
            .env("SQLX_OFFLINE_DIR", into)
            .env("DATABASE_URL", url),
    )
}

fn touch(file: &Path) -> Result<()> {
    if !file.exists() {
        return Ok(());
    }
    fs::File::options()
        .append(true)
        .open(file)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .with_context(|| format!("cannot touch {}", file.display()))
}

fn replace(fresh: &Path, committed: &Path) -> Result<()> {
    let (new, old) = (descriptions(fresh)?, descriptions(committed)?);
    fs::create_dir_all(committed)?;
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        fs::remove_file(committed.join(name))?;
    }
    for (name, content) in &new {
        if old.get(name) != Some(content) {
            fs::write(committed.join(name), content)?;
        }
    }
    println!("      {} queries", new.len());
    Ok(())
}

fn compare(fresh: &Path, committed: &Path) -> Result<()> {
    if descriptions(fresh)? != descriptions(committed)? {
        bail!(".sqlx is out of date: run cargo xtask prepare and commit the result");
    }
    Ok(())
}

/// The descriptions in a folder, by file name; none when there is no folder.
fn descriptions(folder: &Path) -> Result<BTreeMap<OsString, Vec<u8>>> {
    if !folder.exists() {
        return Ok(BTreeMap::new());
    }
    let files = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>>>()?;
    files
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_owned();
            Ok((name, fs::read(&path)?))
        })
        .collect()
}
