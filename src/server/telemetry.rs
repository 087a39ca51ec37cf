//! The log: one line an event on standard error, without anybody's data.

use tracing_subscriber::EnvFilter;

/// Starts the log. `CAPACITA_LOG` filters it in the syntax of `RUST_LOG`; default: warnings, and
/// what Capacita itself says.
pub fn start() {
    let filter = EnvFilter::try_from_env("CAPACITA_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,capacita=info,sqlx::query=error"));
    // A second start (tests) keeps the first.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}
