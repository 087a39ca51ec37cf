//! The client bundle and everything else the browser fetches: `target/site`.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{project, shell, wasm_target};

/// How small the bundle must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// Quick to build.
    Development,
    /// As small as it gets, and compressed beforehand.
    Release,
}

impl Quality {
    /// The bundle that goes with a server built so.
    pub fn of(release: bool) -> Self {
        if release {
            Self::Release
        } else {
            Self::Development
        }
    }

    fn profile(self) -> &'static str {
        match self {
            Self::Development => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// Compiles the islands; returns the WebAssembly file.
///
/// # Errors
/// The target cannot be installed, or the code does not compile. With `deny_warnings`, also
/// warnings in our own code: cargo repeats those of an earlier build, so the check costs no
/// second one.
pub fn compile(quality: Quality, deny_warnings: bool) -> Result<PathBuf> {
    let toolchain = wasm_target::ensure()?;
    let mut cargo = toolchain.cargo();
    cargo
        .args(["build", "--package", "capacita", "--lib"])
        .args(["--no-default-features", "--features", "hydrate"])
        .args(["--target", wasm_target::TARGET])
        .args(["--profile", quality.profile()])
        // The names of the files are settled at run time by the server, not here.
        .env_remove("LEPTOS_OUTPUT_NAME")
        .env("CARGO_TARGET_DIR", project::target("client"));
    if deny_warnings {
        run_without_warnings(&mut cargo)?;
    } else {
        shell::run(&mut cargo)?;
    }
    Ok(project::target("client")
        .join(wasm_target::TARGET)
        .join(quality.profile())
        .join("capacita.wasm"))
}

/// Makes `target/site` of the compiled islands, `style/` and `public/`.
///
/// # Errors
/// The bundling program does not compile, or refuses; its own message has been printed.
pub fn bundle(wasm: &Path, quality: Quality) -> Result<()> {
    let mut bundle = Command::new(project::sister("bundle", false)?);
    bundle
        .arg("--root")
        .arg(project::root())
        .arg("--wasm")
        .arg(wasm);
    if quality == Quality::Release {
        bundle.arg("--compress");
        if let Some(optimiser) = optimiser() {
            bundle.arg("--wasm-opt").arg(optimiser);
        }
    }
    shell::run(&mut bundle)
}

/// `wasm-opt`, installed or fetched from npm; without it the bundle is only somewhat larger.
fn optimiser() -> Option<PathBuf> {
    if let Some(installed) = shell::find("wasm-opt") {
        return Some(installed);
    }
    let folder = project::target("xtask/binaryen");
    let program = folder.join("node_modules/.bin/wasm-opt");
    if !program.exists() {
        println!("      fetching wasm-opt from npm (optional)");
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund"])
            .arg("--prefix")
            .arg(&folder)
            .arg("binaryen@132.0.0");
        if shell::quietly(&mut npm, "binaryen").is_err() {
            println!("      it cannot be had here: the bundle stays somewhat larger");
            return None;
        }
    }
    program.exists().then_some(program)
}

/// Runs cargo, shows what it says, and refuses warnings in our own crate.
fn run_without_warnings(cargo: &mut Command) -> Result<()> {
    let mut child = cargo
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let output = child.stderr.take().context("cargo has no output")?;
    let mut warned = false;
    for line in BufReader::new(output).lines() {
        let line = line?;
        warned |= line.starts_with("warning: `capacita`");
        eprintln!("{line}");
    }
    if !child.wait()?.success() {
        bail!("the client does not compile");
    }
    if warned {
        bail!("the client compiles with warnings");
    }
    Ok(())
}
