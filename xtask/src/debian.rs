//! Debian's packages, where we may install them.

use std::{path::Path, process::Command, sync::Once};

use anyhow::{Result, bail};

use crate::shell;

/// Makes sure that the packages are installed.
///
/// # Errors
/// A package is missing and this is not Debian, or we are not root; the message says what to
/// install. Or the installation itself fails.
pub fn ensure(packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !may_install() {
        bail!("please install: {names} (on Debian, as root: apt-get install {names})");
    }
    println!("      installing {names}");
    update()?;
    shell::quietly(
        apt_get()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(missing),
        "apt-install",
    )
}

/// Whether packages can be installed here: Debian or a relative of it, as root.
pub fn may_install() -> bool {
    Path::new("/etc/debian_version").exists()
        && shell::find("apt-get").is_some()
        && shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

fn is_installed(package: &str) -> bool {
    shell::output(Command::new("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]))
        .is_ok_and(|status| status == "installed")
}

/// Refreshes the package lists, once a run.
fn update() -> Result<()> {
    static ONCE: Once = Once::new();
    let mut outcome = Ok(());
    ONCE.call_once(|| outcome = shell::quietly(apt_get().arg("update"), "apt-update"));
    outcome
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}
