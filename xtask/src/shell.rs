//! Running other programs.

use std::{
    env, fs,
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::project;

/// How often a silent program's progress is told.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// Runs a program whose output the reader wants to see.
///
/// # Errors
/// It cannot be started, or it ends with a failure.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    check(command, status)
}

/// Runs a program and returns what it printed, trimmed.
///
/// # Errors
/// It cannot be started, ends with a failure, or prints no UTF-8.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| cannot_start(command))?;
    check(command, output.status)?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

/// Runs a long, talkative program: its output goes to `target/xtask/<log>.log`, and a line tells
/// from time to time that it is still at work.
///
/// # Errors
/// It cannot be started, or it ends with a failure; the message holds the log's last lines.
pub fn quietly(command: &mut Command, log: &str) -> Result<()> {
    let path = log_file(log)?;
    let file = fs::File::create(&path)?;
    let status = watch(
        command.stdout(file.try_clone()?).stderr(file),
        Duration::MAX,
    )?;
    match status {
        Some(status) if status.success() => Ok(()),
        _ => bail!("{} failed:\n{}", line(command), tail(&path)),
    }
}

/// Whether a program ends well within a time; it is stopped when the time is over.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let status = watch(command.stdout(Stdio::null()).stderr(Stdio::null()), limit);
    matches!(status, Ok(Some(status)) if status.success())
}

/// Where a program of this name stands, if it is on the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// A file for the output of a program, in a folder that exists.
///
/// # Errors
/// The folder cannot be made.
pub fn log_file(name: &str) -> Result<PathBuf> {
    let folder = project::target("xtask");
    fs::create_dir_all(&folder)?;
    Ok(folder.join(format!("{name}.log")))
}

/// The last lines of a log file, and where the rest is.
pub fn tail(path: &PathBuf) -> String {
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let last = lines[lines.len().saturating_sub(30)..].join("\n");
    format!("{last}\n(all of it: {})", path.display())
}

/// Waits for a program; `None` when the time was over and it had to be stopped.
fn watch(command: &mut Command, limit: Duration) -> Result<Option<ExitStatus>> {
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| cannot_start(command))?;
    let start = Instant::now();
    let mut told = start;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        if told.elapsed() > HEARTBEAT {
            told = Instant::now();
            println!("      still at work ({} s)", start.elapsed().as_secs());
        }
        thread::sleep(Duration::from_millis(100));
    }
}

fn check(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    bail!("{} failed ({status})", line(command))
}

fn cannot_start(command: &Command) -> String {
    format!("cannot start {}", line(command))
}

/// The command as one would type it, shortened to its name and arguments.
fn line(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let arguments = command
        .get_args()
        .map(|argument| argument.to_string_lossy());
    [name.to_string_lossy()]
        .into_iter()
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
