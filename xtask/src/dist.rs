//! `cargo xtask dist`: one program with everything inside.

use std::fs;

use anyhow::Result;

use crate::{
    client::{self, Quality},
    project, server,
    steps::Steps,
};

/// Builds `target/dist/capacita`.
///
/// # Errors
/// The step that failed, and why.
pub fn run() -> Result<()> {
    let mut steps = Steps::new(4);
    let compiled = steps.run("Client: compile the islands and the scanner", || {
        client::compile(Quality::Release, true)
    })?;
    steps.run("Client: bundle, optimise, compress", || {
        client::bundle(&compiled, Quality::Release)
    })?;
    let program = steps.run("Server: compile with everything inside", || {
        server::build(true)
    })?;
    let result = steps.run("Copy to target/dist", || {
        let folder = project::target("dist");
        fs::create_dir_all(&folder)?;
        let result = folder.join(program.file_name().unwrap_or_default());
        // A program that runs cannot be overwritten, but it can be replaced.
        drop(fs::remove_file(&result));
        fs::copy(&program, &result)?;
        Ok(result)
    })?;
    steps.summary("ok");
    let bytes = fs::metadata(&result)?.len();
    println!("\n{} ({:.1} MB)", result.display(), megabytes(bytes));
    Ok(())
}

/// Bytes in millions, for reading.
fn megabytes(bytes: u64) -> f64 {
    let kilobytes = u32::try_from(bytes / 1000).unwrap_or(u32::MAX);
    f64::from(kilobytes) / 1000.0
}
