//! A load: some connections, each asking for one page again as soon as it has come.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use hyper::StatusCode;

use crate::client::Client;

/// How a server bore a load.
#[derive(Clone, Copy)]
pub struct Speed {
    /// Answers in a second.
    pub pages_per_second: f64,
    /// Half of the answers came within this time.
    pub median: Duration,
    /// 99 of 100 answers came within this time.
    pub p99: Duration,
}

/// Asks for one page over and over.
///
/// # Errors
/// An answer is not 200: a figure that counts refusals would be none.
pub async fn put_on(
    addr: SocketAddr,
    path: &str,
    cookie: Option<&str>,
    connections: usize,
    time: Duration,
) -> Result<Speed> {
    // A first, unmeasured share lets caches fill.
    ask_from_all(addr, path, cookie, connections, time / 5).await?;
    let start = Instant::now();
    let times = ask_from_all(addr, path, cookie, connections, time).await?;
    let elapsed = start.elapsed();
    speed(times, elapsed)
}

async fn ask_from_all(
    addr: SocketAddr,
    path: &str,
    cookie: Option<&str>,
    connections: usize,
    time: Duration,
) -> Result<Vec<Duration>> {
    let end = Instant::now() + time;
    let askers: Vec<_> = (0..connections)
        .map(|_| {
            let client = Client::new(addr, cookie.map(str::to_owned));
            tokio::spawn(ask(client, path.to_owned(), end))
        })
        .collect();
    let mut times = Vec::new();
    for asker in askers {
        times.extend(asker.await??);
    }
    Ok(times)
}

async fn ask(mut client: Client, path: String, end: Instant) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    while Instant::now() < end {
        let start = Instant::now();
        let answer = client.get(&path, "identity").await?;
        times.push(start.elapsed());
        if answer.status != StatusCode::OK {
            bail!("{path} under load: {}", answer.status);
        }
    }
    Ok(times)
}

fn speed(mut times: Vec<Duration>, elapsed: Duration) -> Result<Speed> {
    times.sort_unstable();
    let count = times.len();
    if count == 0 {
        bail!("no answer came in time");
    }
    Ok(Speed {
        pages_per_second: f64::from(u32::try_from(count)?) / elapsed.as_secs_f64(),
        median: times[count / 2],
        p99: times[(count * 99 / 100).min(count - 1)],
    })
}
