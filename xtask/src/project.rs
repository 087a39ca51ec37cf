//! Where things lie in the checkout.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use crate::shell;

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies inside the workspace")
}

/// A path inside the build folder. Its place is fixed: the server embeds `target/site`.
pub fn target(path: impl AsRef<Path>) -> PathBuf {
    root().join("target").join(path)
}

/// The cargo that called us, started in the workspace and writing to [`target`].
pub fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(root())
        .env("CARGO_TARGET_DIR", target(""));
    command
}

/// One of our programs, built for development or for release.
pub fn program(name: &str, release: bool) -> PathBuf {
    let profile = if release { "release" } else { "debug" };
    target(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Builds one of xtask's sister programs and returns where it is.
///
/// Each is built by itself with a feature of its own name, never with the server: otherwise its
/// dependencies would change the features of the server's, and those would be compiled twice.
///
/// # Errors
/// It does not compile.
pub fn sister(name: &str, release: bool) -> Result<PathBuf> {
    let program = format!("xtask-{name}");
    let mut build = cargo();
    build.args(["build", "--package", "xtask", "--features", name]);
    build.args(["--bin", &program]);
    if release {
        build.arg("--release");
    }
    shell::run(&mut build)?;
    Ok(self::program(&program, release))
}
