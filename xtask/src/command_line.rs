//! What may stand after `cargo xtask`.

use std::{ffi::OsString, path::PathBuf};

use anyhow::{Result, bail};
use pico_args::Arguments;

/// The help text; also shown after a mistake.
pub const USAGE: &str = "\
cargo xtask <command> [options]

  serve      build everything and serve it; loads the demo program on the first start
      --addr ADDRESS     where to listen                 [127.0.0.1:3000]
      --database FILE    the database                    [target/capacita-dev.db]
      --fresh            start with a new database
      --no-demo          leave a new database empty
      --release          optimised server and client

  test       format, clippy, unit and integration tests, browser tests
      --only PARTS       some of fmt,clippy,client,unit,browser (comma-separated)

  prepare    describe the SQL queries anew in .sqlx, after a change to SQL or migrations
      --check            change nothing; fail if .sqlx is out of date

  dist       one self-contained release binary: target/dist/capacita

  bench      measure a release build: table on screen, figures in target/bench.json
      --seconds N        time for each load measurement   [5]
      --connections N    connections kept open            [8]
      --people N         a synthetic register with so many people instead of the demo program
      --marks N          and so many attendance marks";

/// One command with its options.
pub enum Task {
    /// Print [`USAGE`].
    Help,
    /// Build and serve.
    Serve(ServeOptions),
    /// Run the tests.
    Test(Vec<Part>),
    /// Regenerate `.sqlx`, or only compare.
    Prepare {
        /// Compare without writing.
        check: bool,
    },
    /// Build the distribution binary.
    Dist,
    /// Measure; the arguments go on to the `xtask-bench` program as they are.
    Bench(Vec<OsString>),
}

/// How to serve.
pub struct ServeOptions {
    /// Listening address, `host:port`.
    pub addr: String,
    /// The database file; `None` means the development database under `target/`.
    pub database: Option<PathBuf>,
    /// Remove the database first.
    pub fresh: bool,
    /// Load the demo program into a new database.
    pub demo: bool,
    /// Optimised build.
    pub release: bool,
}

/// A part of `cargo xtask test`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `cargo fmt --check`.
    Fmt,
    /// Clippy with warnings denied.
    Clippy,
    /// The client bundle, warnings denied.
    Client,
    /// Unit and integration tests.
    Unit,
    /// Browser journeys.
    Browser,
}

impl Part {
    /// Every part, in the order in which they run.
    pub const ALL: [Self; 5] = [
        Self::Fmt,
        Self::Clippy,
        Self::Client,
        Self::Unit,
        Self::Browser,
    ];

    fn parse(name: &str) -> Result<Self> {
        Ok(match name.trim() {
            "fmt" => Self::Fmt,
            "clippy" => Self::Clippy,
            "client" => Self::Client,
            "unit" => Self::Unit,
            "browser" => Self::Browser,
            other => bail!("--only: there is no part {other:?}"),
        })
    }
}

/// Reads the arguments that follow `cargo xtask`.
///
/// # Errors
/// An unknown command, option or value; the message names it.
pub fn parse(arguments: Vec<OsString>) -> Result<Task> {
    let mut arguments = Arguments::from_vec(arguments);
    if arguments.contains(["-h", "--help"]) {
        return Ok(Task::Help);
    }
    let task = match arguments.subcommand()?.as_deref() {
        None | Some("help") => Task::Help,
        Some("serve") => Task::Serve(serve_options(&mut arguments)?),
        Some("test") => Task::Test(parts(&mut arguments)?),
        Some("prepare") => Task::Prepare {
            check: arguments.contains("--check"),
        },
        Some("dist") => Task::Dist,
        Some("bench") => return Ok(Task::Bench(arguments.finish())),
        Some(other) => bail!("there is no command {other:?}"),
    };
    let rest = arguments.finish();
    match rest.first() {
        None => Ok(task),
        Some(unknown) => bail!("what is {}?", unknown.to_string_lossy()),
    }
}

fn serve_options(arguments: &mut Arguments) -> Result<ServeOptions> {
    Ok(ServeOptions {
        addr: arguments
            .opt_value_from_str("--addr")?
            .unwrap_or_else(|| "127.0.0.1:3000".to_owned()),
        database: arguments.opt_value_from_str("--database")?,
        fresh: arguments.contains("--fresh"),
        demo: !arguments.contains("--no-demo"),
        release: arguments.contains("--release"),
    })
}

fn parts(arguments: &mut Arguments) -> Result<Vec<Part>> {
    let chosen: Option<String> = arguments.opt_value_from_str("--only")?;
    let Some(chosen) = chosen else {
        return Ok(Part::ALL.to_vec());
    };
    let chosen = chosen
        .split(',')
        .map(Part::parse)
        .collect::<Result<Vec<_>>>()?;
    Ok(Part::ALL
        .into_iter()
        .filter(|part| chosen.contains(part))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(OsString::from).collect())
    }

    #[test]
    fn serve_has_sensible_defaults() {
        let Ok(Task::Serve(options)) = parsed("serve") else {
            panic!("serve is a command");
        };
        assert_eq!(options.addr, "127.0.0.1:3000");
        assert!(options.database.is_none() && options.demo);
        assert!(!options.fresh && !options.release);
    }

    #[test]
    fn parts_run_in_their_own_order_whatever_the_order_asked() {
        let Ok(Task::Test(parts)) = parsed("test --only browser,fmt") else {
            panic!("test is a command");
        };
        assert!(parts == [Part::Fmt, Part::Browser]);
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for line in ["serve --frsh", "tset", "test --only units", "dist now"] {
            let error = parsed(line).err().map(|error| error.to_string());
            let last = line.split_whitespace().last().unwrap_or_default();
            assert!(error.is_some_and(|text| text.contains(last)), "{line}");
        }
    }
}
