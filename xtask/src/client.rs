//! The client bundle and everything else the browser fetches: `target/site`.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
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

/// What has been compiled for the browser: WebAssembly files.
pub struct Compiled {
    islands: PathBuf,
    scanner: PathBuf,
}

/// Compiles what runs in the browser: the islands, and the reader of QR codes.
///
/// # Errors
/// The target cannot be installed, or the code does not compile. With `deny_warnings`, also
/// warnings in our own code: cargo repeats those of an earlier build, so the check costs no
/// second one.
pub fn compile(quality: Quality, deny_warnings: bool) -> Result<Compiled> {
    let toolchain = wasm_target::ensure()?;
    let build = |arguments: &[&str]| {
        let mut cargo = toolchain.cargo();
        cargo
            .args(["build", "--lib", "--target", wasm_target::TARGET])
            .args(["--profile", quality.profile()])
            .args(arguments)
            // The names of the files are settled at run time by the server, not here.
            .env_remove("LEPTOS_OUTPUT_NAME")
            .env("CARGO_TARGET_DIR", project::target("client"));
        if deny_warnings {
            run_without_warnings(&mut cargo)
        } else {
            shell::run(&mut cargo)
        }
    };
    let islands = ["--no-default-features", "--features", "hydrate"];
    build(&[&["--package", "capacita"][..], &islands].concat())?;
    build(&["--package", "capacita-scanner"])?;
    let folder = project::target("client")
        .join(wasm_target::TARGET)
        .join(quality.profile());
    Ok(Compiled {
        islands: folder.join("capacita.wasm"),
        scanner: folder.join("capacita_scanner.wasm"),
    })
}

/// Makes `target/site` of what was compiled, `style/` and `public/`.
///
/// # Errors
/// The bundling program does not compile, or refuses; its own message has been printed.
pub fn bundle(compiled: &Compiled, quality: Quality) -> Result<()> {
    let mut bundle = Command::new(project::sister("bundle", false)?);
    bundle
        .arg("--root")
        .arg(project::root())
        .arg("--islands")
        .arg(&compiled.islands)
        .arg("--scanner")
        .arg(&compiled.scanner);
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

/// Runs cargo, shows what it says, and refuses warnings in our own crates.
fn run_without_warnings(cargo: &mut Command) -> Result<()> {
    let mut child = cargo
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start cargo")?;
    let output = child.stderr.take().context("cargo has no output")?;
    let mut warned = false;
    for line in BufReader::new(output).lines() {
        let line = line?;
        warned |= line.starts_with("warning: `capacita");
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
