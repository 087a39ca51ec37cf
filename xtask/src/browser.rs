//! The browser tests: what they need on this machine, and running them.

use std::{env, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{debian, project, server::Running, shell};

/// Programs that look into the PDF files: `pdfinfo`, `zbarimg`, `qpdf`.
const PDF_PACKAGES: [&str; 3] = ["poppler-utils", "zbar-tools", "qpdf"];
const PDF_PROGRAMS: [&str; 3] = ["pdftotext", "zbarimg", "qpdf"];

/// Makes sure that Node, the test packages, Chromium and the PDF programs are there.
///
/// # Errors
/// Something is missing and cannot be installed here; the message says what.
pub fn set_up() -> Result<()> {
    if shell::find("node").is_none() || shell::find("npm").is_none() {
        debian::ensure(&["nodejs", "npm"])?;
    }
    if PDF_PROGRAMS.iter().any(|name| shell::find(name).is_none()) {
        debian::ensure(&PDF_PACKAGES)?;
    }
    chromium()?;
    install_packages()
}

/// Runs every journey against the server.
///
/// # Errors
/// A test fails, or Chromium is missing.
pub fn run(server: &Running) -> Result<()> {
    let mut tests: Vec<PathBuf> = fs::read_dir(folder().join("tests"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    tests.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    tests.sort();
    if tests.is_empty() {
        bail!("there are no tests in end2end/tests");
    }
    // One file after another: the journeys share one database.
    let outcome = shell::run(
        Command::new("node")
            .args(["--test", "--test-concurrency=1"])
            .args(tests)
            .current_dir(folder())
            .env("CAPACITA_URL", &server.url)
            .env("CHROMIUM", chromium()?),
    );
    outcome.with_context(|| format!("the server's log is {}", server.log.display()))
}

fn folder() -> PathBuf {
    project::root().join("end2end")
}

/// The browser: `CHROMIUM`, or the system's, installed if need be.
fn chromium() -> Result<PathBuf> {
    if let Some(chosen) = env::var_os("CHROMIUM") {
        return Ok(chosen.into());
    }
    let known = ["chromium", "chromium-browser", "google-chrome"];
    if let Some(found) = known.iter().find_map(|name| shell::find(name)) {
        return Ok(found);
    }
    debian::ensure(&["chromium"]).context("or set CHROMIUM to a browser of its family")?;
    shell::find("chromium").context("Chromium is installed but not found")
}

/// `npm ci`, when the lock file is another one than at the last time.
fn install_packages() -> Result<()> {
    let lock = fs::read(folder().join("package-lock.json"))?;
    let stamp = folder().join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("      npm ci in end2end");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"])
        .current_dir(folder());
    shell::quietly(&mut npm, "npm")?;
    fs::write(&stamp, lock)?;
    Ok(())
}
