//! The server's program: building it, giving it a demo, running it beside the tests.

use std::{
    fs::File,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{project, shell};

/// How long a server may take from its start to its first answer.
const START_LIMIT: Duration = Duration::from_mins(1);

/// Builds the server; returns its program.
///
/// # Errors
/// It does not compile.
pub fn build(release: bool) -> Result<PathBuf> {
    let mut cargo = project::cargo();
    cargo.args(["build", "--package", "capacita", "--bin", "capacita"]);
    if release {
        cargo.arg("--release");
    }
    shell::run(&mut cargo)?;
    Ok(project::program("capacita", release))
}

/// The server that the integration tests were built with; returns its program.
///
/// The crates that only tests need change the features of a few others, so [`build`] would
/// compile the server once more than is needed after the tests have been built.
///
/// # Errors
/// It does not compile.
pub fn built_with_tests() -> Result<PathBuf> {
    let mut cargo = project::cargo();
    shell::run(cargo.args(["build", "--workspace", "--bin", "capacita", "--tests"]))?;
    Ok(project::program("capacita", false))
}

/// Loads the demo program into a new database.
///
/// # Errors
/// The server's program refuses; its own message has been printed.
pub fn load_demo(program: &Path, database: &Path) -> Result<()> {
    shell::run(
        Command::new(program)
            .args(["demo", "--database"])
            .arg(database),
    )
}

/// A server that runs until this value is dropped.
pub struct Running {
    child: Child,
    /// Its address, such as `http://127.0.0.1:40123`.
    pub url: String,
    /// What it has printed.
    pub log: PathBuf,
}

impl Running {
    /// Starts the server on a free port of this machine and waits until it is ready.
    ///
    /// # Errors
    /// It ends, or is not ready in time; the message holds the end of its log.
    pub fn start(program: &Path, database: &Path) -> Result<Self> {
        let addr = free_address()?;
        let url = format!("http://{addr}");
        let log = shell::log_file("server")?;
        let file = File::create(&log)?;
        let child = Command::new(program)
            .arg("serve")
            .args(["--addr", &addr.to_string(), "--base-url", &url])
            .arg("--database")
            .arg(database)
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .context("cannot start the server")?;
        let mut running = Self { child, url, log };
        running.wait_until_ready(addr)?;
        Ok(running)
    }

    fn wait_until_ready(&mut self, addr: SocketAddr) -> Result<()> {
        let start = Instant::now();
        while !is_ready(addr) {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended ({status}):\n{}", shell::tail(&self.log));
            }
            if start.elapsed() > START_LIMIT {
                bail!("the server does not answer:\n{}", shell::tail(&self.log));
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about it then.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// An address on which nothing listens at this moment.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// Whether the readiness probe answers 200.
fn is_ready(addr: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(addr)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /health/ready HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    };
    ask().unwrap_or(false)
}
