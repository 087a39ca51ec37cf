//! Measures a release build of the server: how soon it is ready, what it holds in memory, what
//! its pages weigh, and how many of them it serves in a second beside a bare axum handler that
//! returns the same bytes in the same run on the same machine.
//!
//! `xtask-bench measure` does that; it starts itself again as `xtask-bench baseline` for the
//! bare handler, so that both servers are processes of their own.

mod baseline;
mod client;
mod crowd;
mod list;
mod load;
mod measure;
mod report;
mod servers;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use anyhow::{Result, bail};
use pico_args::Arguments;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let mut arguments = Arguments::from_env();
    match arguments.subcommand()?.as_deref() {
        Some("measure") => {
            let options = Options {
                program: arguments.value_from_str("--program")?,
                json: arguments.value_from_str("--json")?,
                time: Duration::from_secs(arguments.opt_value_from_str("--seconds")?.unwrap_or(5)),
                connections: arguments.opt_value_from_str("--connections")?.unwrap_or(8),
                people: arguments.opt_value_from_str("--people")?,
                marks: arguments.opt_value_from_str("--marks")?,
            };
            nothing_left(arguments)?;
            measure::run(&options).await
        }
        Some("baseline") => {
            let addr = arguments.value_from_str("--addr")?;
            let body: PathBuf = arguments.value_from_str("--body")?;
            nothing_left(arguments)?;
            baseline::serve(addr, &body).await
        }
        _ => bail!("measure or baseline?"),
    }
}

fn nothing_left(arguments: Arguments) -> Result<()> {
    match arguments.finish().first() {
        None => Ok(()),
        Some(unknown) => bail!("what is {}?", unknown.to_string_lossy()),
    }
}

/// What to measure, and how long.
pub struct Options {
    /// The server's program, a release build.
    program: PathBuf,
    /// Where the figures go.
    json: PathBuf,
    /// The time of each load.
    time: Duration,
    /// Connections kept open by each load.
    connections: usize,
    /// The size of a synthetic register, instead of the demo program's few people.
    people: Option<u32>,
    marks: Option<u32>,
}
