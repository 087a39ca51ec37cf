//! A compiler for `wasm32-unknown-unknown`, wherever one can be had.
//!
//! Three ways, the first that works: the standard library for the target is already there;
//! rustup fetches it; or, on Debian as root, Debian's own compiler builds it once from Debian's
//! sources (the sources must match their compiler, so rustup's cannot use them).

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{debian, project, shell};

/// The target of the client.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler and the name under which rustup knows it.
const TOOLCHAIN: &str = "web";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LIBRARIES: &str = "/usr/lib/rustlib";
const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// Long enough for a slow line, short enough for a blocked one.
const RUSTUP_LIMIT: Duration = Duration::from_mins(5);

/// A toolchain that can build for [`TARGET`].
pub enum Toolchain {
    /// The one that builds everything else.
    Default,
    /// Debian's.
    Debian,
}

impl Toolchain {
    /// A cargo of this toolchain, started in the workspace.
    pub fn cargo(&self) -> Command {
        match self {
            Self::Default => project::cargo(),
            Self::Debian => {
                let mut command = Command::new("rustup");
                command
                    .args(["run", TOOLCHAIN, "cargo"])
                    .current_dir(project::root())
                    .env_remove("CARGO")
                    .env_remove("RUSTC")
                    .env_remove("RUSTUP_TOOLCHAIN");
                command
            }
        }
    }
}

/// Finds a toolchain for the target, or makes one.
///
/// # Errors
/// None can be had here; the message says in one line what to install.
pub fn ensure() -> Result<Toolchain> {
    if default_is_ready() {
        return Ok(Toolchain::Default);
    }
    if debian_is_ready() {
        return Ok(Toolchain::Debian);
    }
    if shell::find("rustup").is_some() {
        println!("      asking rustup for {TARGET}");
        let mut add = Command::new("rustup");
        if shell::succeeds_within(add.args(["target", "add", TARGET]), RUSTUP_LIMIT)
            && default_is_ready()
        {
            return Ok(Toolchain::Default);
        }
        if debian::may_install() {
            println!("      rustup cannot fetch it; using Debian's compiler instead");
            install_debian()?;
            return Ok(Toolchain::Debian);
        }
    }
    bail!(
        "please install Rust's standard library for {TARGET}: rustup target add {TARGET} \
         (without rustup: your system's package, such as libstd-rust-dev-wasm32)"
    )
}

fn default_is_ready() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    shell::output(rustc.current_dir(project::root()))
        .is_ok_and(|folder| holds_std(Path::new(&folder)))
}

fn holds_std(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// Everything in place, and built by the compiler that is installed now.
fn debian_is_ready() -> bool {
    let version = debian_version();
    version.is_ok_and(|version| fs::read_to_string(stamp()).is_ok_and(|built| built == version))
        && holds_std(&debian_folder())
        && debian_cargo_works()
}

fn debian_cargo_works() -> bool {
    let mut cargo = Toolchain::Debian.cargo();
    shell::output(cargo.arg("--version")).is_ok()
}

fn debian_version() -> Result<String> {
    shell::output(Command::new(DEBIAN_RUSTC).arg("-vV"))
}

fn debian_folder() -> PathBuf {
    Path::new(DEBIAN_LIBRARIES).join(TARGET).join("lib")
}

fn stamp() -> PathBuf {
    Path::new(DEBIAN_LIBRARIES)
        .join(TARGET)
        .join("built-by.capacita")
}

fn install_debian() -> Result<()> {
    debian::ensure(&DEBIAN_PACKAGES)?;
    link_linker()?;
    println!("      building the standard library for {TARGET} (once, about half a minute)");
    let built = build_std()?;
    copy_std(&built)?;
    let mut rustup = Command::new("rustup");
    shell::run(rustup.args(["toolchain", "link", TOOLCHAIN, "/usr"]))?;
    fs::write(stamp(), debian_version()?).context("cannot mark the library as built")?;
    Ok(())
}

/// Debian's compiler comes without the linker of the target; rustup's does.
fn link_linker() -> Result<()> {
    let sysroot = shell::output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let host = host()?;
    let linker = Path::new(&sysroot)
        .join("lib/rustlib")
        .join(&host)
        .join("bin/rust-lld");
    if !linker.exists() {
        bail!("the linker {} is missing", linker.display());
    }
    let folder = Path::new(DEBIAN_LIBRARIES).join(&host).join("bin");
    let link = folder.join("rust-lld");
    if link.exists() {
        return Ok(());
    }
    fs::create_dir_all(&folder)?;
    // A link whose target has gone exists as a link, not as a file.
    drop(fs::remove_file(&link));
    std::os::unix::fs::symlink(&linker, &link)
        .with_context(|| format!("cannot link {}", link.display()))
}

/// The triple of this machine.
fn host() -> Result<String> {
    debian_version()?
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .context("rustc -vV names no host")
}

/// Builds the standard library by way of an empty crate; returns the folder with the results.
fn build_std() -> Result<PathBuf> {
    let folder = project::target("xtask/wasm-std");
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/lib.rs"), "")?;
    fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"scratch\"\nedition = \"2024\"\n\n[workspace]\n",
    )?;
    let mut cargo = Command::new(DEBIAN_CARGO);
    cargo
        .args(["build", "--release", "-Zbuild-std=std,panic_abort"])
        .args(["--target", TARGET, "--target-dir", "built"])
        .current_dir(&folder)
        .env("RUSTC", DEBIAN_RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .env_remove("CARGO")
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTUP_TOOLCHAIN");
    shell::quietly(&mut cargo, "wasm-std")?;
    Ok(folder.join("built").join(TARGET).join("release/deps"))
}

/// Puts the libraries where Debian's compiler looks for them; older ones go.
fn copy_std(from: &Path) -> Result<()> {
    let to = debian_folder();
    if to.exists() {
        fs::remove_dir_all(&to)?;
    }
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libscratch") {
            fs::copy(&path, to.join(&*name))
                .with_context(|| format!("cannot write to {}", to.display()))?;
        }
    }
    Ok(())
}
