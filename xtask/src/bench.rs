//! `cargo xtask bench`: builds for release and hands over to the measuring program.

use std::{ffi::OsString, process::Command};

use anyhow::Result;

use crate::{
    client::{self, Quality},
    project, server, shell,
    steps::Steps,
};

/// Measures; `arguments` go on to `xtask-bench`.
///
/// # Errors
/// A build fails, or the server does not answer as it should.
pub fn run(arguments: &[OsString]) -> Result<()> {
    let mut steps = Steps::new(5);
    let compiled = steps.run("Client: compile the islands and the scanner", || {
        client::compile(Quality::Release, false)
    })?;
    steps.run("Client: bundle, optimise, compress", || {
        client::bundle(&compiled, Quality::Release)
    })?;
    let program = steps.run("Server: compile with everything inside", || {
        server::build(true)
    })?;
    let bench = steps.run("Measuring program: compile", || {
        project::sister("bench", true)
    })?;
    steps.run("Measure", || {
        let mut bench = Command::new(bench);
        bench
            .arg("measure")
            .arg("--program")
            .arg(&program)
            .arg("--json")
            .arg(project::target("bench.json"))
            .args(arguments);
        shell::run(&mut bench)
    })?;
    steps.summary("ok");
    Ok(())
}
