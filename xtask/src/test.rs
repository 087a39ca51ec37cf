//! `cargo xtask test`: everything that must hold before a change is accepted.

use std::{env, fs, path::Path, process};

use anyhow::Result;

use crate::{
    browser,
    client::{self, Quality},
    command_line::Part,
    project,
    server::{self, Running},
    shell,
    steps::Steps,
    wasm_target,
};

/// Runs the parts; the first failure ends the run.
///
/// # Errors
/// The step that failed, and why.
pub fn run(parts: &[Part]) -> Result<()> {
    let has = |part| parts.contains(&part);
    let needs_client = has(Part::Client) || has(Part::Browser);
    let total = [
        needs_client,
        has(Part::Fmt),
        has(Part::Clippy),
        needs_client,
        has(Part::Unit),
        has(Part::Browser),
    ];
    let mut steps = Steps::new(total.into_iter().filter(|wanted| *wanted).count());

    if needs_client {
        steps.run("Set-up: WebAssembly target, browser, packages", || {
            set_up(has(Part::Browser))
        })?;
    }
    if has(Part::Fmt) {
        steps.run("Format check", || {
            shell::run(project::cargo().args(["fmt", "--all", "--check"]))
        })?;
    }
    if has(Part::Clippy) {
        steps.run("Clippy, warnings denied", clippy)?;
    }
    if needs_client {
        steps.run("Client bundle, warnings denied", client_bundle)?;
    }
    if has(Part::Unit) {
        steps.run("Unit and integration tests", unit_tests)?;
    }
    if has(Part::Browser) {
        steps.run("Browser tests", || {
            let program = if has(Part::Unit) {
                server::built_with_tests()
            } else {
                server::build(false)
            };
            browser_tests(&program?)
        })?;
    }
    steps.summary("ok");
    Ok(())
}

fn set_up(with_browser: bool) -> Result<()> {
    wasm_target::ensure()?;
    if with_browser {
        browser::set_up()?;
    }
    Ok(())
}

fn clippy() -> Result<()> {
    let mut cargo = project::cargo();
    cargo.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    shell::run(&mut cargo)?;
    // Its features are its own (see `project::sister`), so it is asked by itself.
    let mut cargo = project::cargo();
    cargo.args(["clippy", "--package", "xtask", "--all-targets"]);
    shell::run(cargo.args(["--all-features", "--", "-D", "warnings"]))
}

fn unit_tests() -> Result<()> {
    shell::run(project::cargo().args(["test", "--workspace"]))?;
    let mut cargo = project::cargo();
    cargo.args(["test", "--package", "xtask", "--features", "bundle"]);
    shell::run(cargo.args(["--bin", "xtask-bundle"]))
}

fn client_bundle() -> Result<()> {
    let compiled = client::compile(Quality::Development, true)?;
    client::bundle(&compiled, Quality::Development)
}

/// Runs the journeys against a server of their own with a new demo database.
fn browser_tests(program: &Path) -> Result<()> {
    let folder = env::temp_dir().join(format!("capacita-test-{}", process::id()));
    fs::create_dir_all(&folder)?;
    let outcome = serve_and_test(program, &folder.join("demo.db"));
    fs::remove_dir_all(&folder)?;
    outcome
}

fn serve_and_test(program: &Path, database: &Path) -> Result<()> {
    server::load_demo(program, database)?;
    let running = Running::start(program, database)?;
    browser::run(&running)
}
