//! How the server is started.

use std::{net::SocketAddr, path::PathBuf};

use crate::messages::MailServer;

/// Parsed options of `capacita serve`.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub addr: SocketAddr,
    /// The address people type, without a slash at the end: `https://capacita.example.pe`.
    pub base_url: String,
    /// The database file.
    pub database: PathBuf,
    /// The key file.
    pub secret_file: PathBuf,
    /// The mail server; without one messages stay in the outbox.
    pub mail: Option<MailServer>,
    /// Cheap password hashes, for tests alone.
    pub fast_passwords: bool,
}

impl Config {
    /// A configuration with the key file where it belongs: beside the database.
    pub fn new(
        addr: SocketAddr,
        base_url: Option<String>,
        database: PathBuf,
        secret_file: Option<PathBuf>,
    ) -> Result<Self, String> {
        let base_url = base_url.unwrap_or_else(|| format!("http://{addr}"));
        let base_url = base_url.trim_end_matches('/').to_owned();
        let authority = base_url
            .strip_prefix("https://")
            .or_else(|| base_url.strip_prefix("http://"));
        if !authority.is_some_and(|rest| !rest.is_empty() && !rest.contains(['/', '?', '#', ' '])) {
            return Err(format!(
                "--base-url {base_url} is not an address like https://capacita.example.pe"
            ));
        }
        let secret_file = secret_file.unwrap_or_else(|| {
            let mut name = database.clone().into_os_string();
            name.push(".key");
            name.into()
        });
        Ok(Self {
            addr,
            base_url,
            database,
            secret_file,
            mail: None,
            fast_passwords: false,
        })
    }

    /// Whether people reach it over TLS: cookies are then bound to it.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Whether it can be reached from this machine alone; the demo's accounts work nowhere else.
    pub fn is_loopback(&self) -> bool {
        let authority = self.base_url.split_once("://").map_or("", |(_, rest)| rest);
        let host = authority
            .rsplit_once(':')
            .map_or(authority, |(host, _)| host);
        self.addr.ip().is_loopback() && matches!(host, "localhost" | "127.0.0.1" | "[::1]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_means_both_ends() {
        let config = |addr: &str, base: Option<&str>| {
            Config::new(
                addr.parse().expect("an address"),
                base.map(str::to_owned),
                "a.db".into(),
                None,
            )
        };
        assert!(config("127.0.0.1:3000", None).expect("sound").is_loopback());
        assert!(config("[::1]:3000", None).expect("sound").is_loopback());
        assert!(!config("0.0.0.0:3000", None).expect("sound").is_loopback());
        assert!(
            !config("127.0.0.1:3000", Some("https://capacita.pe"))
                .expect("sound")
                .is_loopback()
        );
        assert!(config("127.0.0.1:3000", Some("capacita.pe")).is_err());
        assert!(config("127.0.0.1:3000", Some("https://capacita.pe/x")).is_err());
        assert_eq!(
            config("127.0.0.1:3000", None).expect("sound").secret_file,
            PathBuf::from("a.db.key")
        );
    }
}
