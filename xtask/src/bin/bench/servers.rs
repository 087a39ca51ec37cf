//! The servers under measurement: ours with a demo database, and the bare one.

use std::{
    env, fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use hyper::StatusCode;

use crate::{Options, client::Client};

const START_LIMIT: Duration = Duration::from_mins(1);

/// A folder for this run, removed with everything in it at the end.
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new, empty folder.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn new() -> Result<Self> {
        let folder = env::temp_dir().join(format!("capacita-bench-{}", process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// The database of our server.
    pub fn database(&self) -> PathBuf {
        self.0.join("demo.db")
    }

    /// Another file of this run.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Left behind, it does no harm.
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A server that runs until this value is dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub addr: SocketAddr,
    /// The time from its start to its first ready answer.
    pub start: Duration,
}

impl Server {
    /// Our server, on a database that is there.
    ///
    /// # Errors
    /// It does not become ready.
    pub async fn ours(program: &Path, database: &Path) -> Result<Self> {
        let addr = free_address()?;
        let mut command = Command::new(program);
        command
            .args(["serve", "--addr", &addr.to_string()])
            .args(["--base-url", &format!("http://{addr}")])
            .arg("--database")
            .arg(database);
        Self::start(command, addr).await
    }

    /// The bare server, with the body of a file.
    ///
    /// # Errors
    /// It does not become ready.
    pub async fn bare(body: &Path) -> Result<Self> {
        let addr = free_address()?;
        let mut command = Command::new(env::current_exe()?);
        command
            .args(["baseline", "--addr", &addr.to_string(), "--body"])
            .arg(body);
        Self::start(command, addr).await
    }

    async fn start(mut command: Command, addr: SocketAddr) -> Result<Self> {
        let begin = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let mut server = Self {
            child,
            addr,
            start: Duration::ZERO,
        };
        let mut client = Client::new(addr, None);
        loop {
            let answer = client.get("/health/ready", "identity").await;
            if answer.is_ok_and(|answer| answer.status == StatusCode::OK) {
                server.start = begin.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                bail!("{} ended ({status})", command.get_program().display());
            }
            if begin.elapsed() > START_LIMIT {
                bail!("{} does not answer", command.get_program().display());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Its memory that is in RAM now, in kibibytes; `None` where `/proc` does not tell.
    pub fn resident_kib(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about it then.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Loads the demo program, or a synthetic register of the size asked for, into a new database.
///
/// # Errors
/// The program refuses; its message has been printed.
pub fn load_demo(options: &Options, database: &Path) -> Result<()> {
    let mut demo = demo_into(&options.program, database);
    for (name, size) in [("--people", options.people), ("--marks", options.marks)] {
        if let Some(size) = size {
            demo.args([name, &size.to_string()]);
        }
    }
    load(demo)
}

/// Loads the demo program into a new database.
///
/// # Errors
/// The program refuses; its message has been printed.
pub fn load_demo_into(program: &Path, database: &Path) -> Result<()> {
    load(demo_into(program, database))
}

fn demo_into(program: &Path, database: &Path) -> Command {
    let mut demo = Command::new(program);
    demo.args(["demo", "--database"]).arg(database);
    demo
}

fn load(mut demo: Command) -> Result<()> {
    let status = demo
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {}", demo.get_program().display()))?;
    if !status.success() {
        bail!("the demo cannot be loaded ({status})");
    }
    Ok(())
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
