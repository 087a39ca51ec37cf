//! The mail server, as the command line names it.

use std::fmt;

use lettre::{
    message::Mailbox,
    transport::smtp::client::{Certificate, TlsParameters},
};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// Where messages are handed over, and whom they are from.
///
/// Nothing of it is ever printed: the address may hold a password.
#[derive(Clone)]
pub struct MailServer {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) credentials: Option<(String, String)>,
    pub(super) from: Mailbox,
    /// Who else than the authorities that this machine trusts may vouch for it.
    pub(super) authority: Option<Certificate>,
}

/// How the line is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Security {
    /// TLS from the first byte: `smtps://`.
    Tls,
    /// TLS before anything is said: `smtp://`.
    StartTls,
    /// None: to this machine, or asked for by `?tls=none`.
    Plain,
}

impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailServer(…)")
    }
}

const EXAMPLE: &str = "--smtp-url is not an address like smtps://user:password@mail.example.pe";

/// How a certificate begins in PEM.
const PEM_HEAD: &str = "-----BEGIN CERTIFICATE-----";

impl MailServer {
    /// Reads `smtp://` and `smtps://` addresses with credentials. What is wrong is said in one
    /// line that does not repeat them.
    ///
    /// `smtp://` begins in the clear and goes on in TLS (port 587); to this very machine it stays
    /// in the clear unless `?tls=required`. `?tls=none` does without TLS elsewhere too, but then
    /// without a password. `smtps://` is TLS from the first byte (port 465).
    pub fn parse(url: &str, from: Option<&str>) -> Result<Self, String> {
        let url = Url::parse(url.trim()).map_err(|_| EXAMPLE.to_owned())?;
        let host = host(&url).ok_or(EXAMPLE)?;
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(EXAMPLE.to_owned());
        }
        let credentials = credentials(&url)?;
        let security = security(&url, is_this_machine(&host))?;
        if security == Security::Plain && credentials.is_some() && !is_this_machine(&host) {
            return Err("--smtp-url: a password is not sent without TLS".to_owned());
        }
        let usual = if security == Security::Tls { 465 } else { 587 };
        let from = from.ok_or("--mail-from is needed with --smtp-url")?;
        let from = from.parse().map_err(|_| {
            "--mail-from is not an address like Capacita <capacita@example.pe>".to_owned()
        })?;
        Ok(Self {
            host,
            port: url.port().unwrap_or(usual),
            security,
            credentials,
            from,
            authority: None,
        })
    }

    /// Trusts one more authority to vouch for the mail server: that of an institution which signs
    /// the certificates of its own servers. Says in one line what is wrong with it.
    pub fn trusting(mut self, pem: &[u8]) -> Result<Self, String> {
        let wrong = || "--smtp-ca is no certificate in PEM".to_owned();
        // A file without any is read as none, without complaint.
        let holds_one = str::from_utf8(pem).is_ok_and(|pem| pem.contains(PEM_HEAD));
        if !holds_one {
            return Err(wrong());
        }
        let authority = Certificate::from_pem(pem).map_err(|_| wrong())?;
        self.authority = Some(authority);
        // Only here is it seen whether it can be used.
        self.tls().map_err(|_| wrong())?;
        Ok(self)
    }

    /// How TLS is spoken with it.
    pub(super) fn tls(&self) -> Result<TlsParameters, lettre::transport::smtp::Error> {
        let tls = TlsParameters::builder(self.host.clone());
        match &self.authority {
            Some(authority) => tls.add_root_certificate(authority.clone()).build(),
            None => tls.build(),
        }
    }
}

fn host(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Domain("") => None,
        Host::Domain(name) => Some(name.to_owned()),
        Host::Ipv4(address) => Some(address.to_string()),
        Host::Ipv6(address) => Some(address.to_string()),
    }
}

fn is_this_machine(host: &str) -> bool {
    let address: Option<std::net::IpAddr> = host.parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

fn security(url: &Url, this_machine: bool) -> Result<Security, String> {
    let mut asked = url.query_pairs();
    let tls = match (asked.next(), asked.next()) {
        (None, _) => None,
        (Some((name, value)), None) if name == "tls" => Some(value.into_owned()),
        _ => return Err(EXAMPLE.to_owned()),
    };
    match (url.scheme(), tls.as_deref()) {
        ("smtps", None | Some("required")) => Ok(Security::Tls),
        ("smtp", None) if this_machine => Ok(Security::Plain),
        ("smtp", None | Some("required")) => Ok(Security::StartTls),
        ("smtp", Some("none")) => Ok(Security::Plain),
        _ => Err(EXAMPLE.to_owned()),
    }
}

fn credentials(url: &Url) -> Result<Option<(String, String)>, String> {
    let decode = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        text.map(String::from).map_err(|_| EXAMPLE.to_owned())
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() => Ok(Some((decode(user)?, decode(password)?))),
        _ => Err("--smtp-url names a user without a password, or the reverse".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `host:port security user password`, or what is wrong with it.
    fn read(url: &str) -> String {
        match MailServer::parse(url, Some("Capacita <a@b.pe>")) {
            Ok(server) => {
                let (user, password) = server.credentials.unwrap_or_default();
                let (host, port) = (server.host, server.port);
                format!("{host}:{port} {:?} {user} {password}", server.security)
                    .trim_end()
                    .to_owned()
            }
            Err(line) => line,
        }
    }

    #[test]
    fn addresses_are_read() {
        let no_tls = "--smtp-url: a password is not sent without TLS";
        let half = "--smtp-url names a user without a password, or the reverse";
        for (url, expected) in [
            ("smtps://u:p@mail.pe", "mail.pe:465 Tls u p"),
            (
                "smtps://u%40x.pe:p%2F%C3%B1@mail.pe:4650",
                "mail.pe:4650 Tls u@x.pe p/ñ",
            ),
            ("smtp://u:p@mail.pe", "mail.pe:587 StartTls u p"),
            ("smtp://mail.pe:25?tls=none", "mail.pe:25 Plain"),
            ("smtp://u:p@mail.pe?tls=none", no_tls),
            ("smtp://127.0.0.1:2525", "127.0.0.1:2525 Plain"),
            ("smtp://u:p@localhost:2525/", "localhost:2525 Plain u p"),
            ("smtp://[::1]:2525", "::1:2525 Plain"),
            ("smtp://localhost?tls=required", "localhost:587 StartTls"),
            ("smtp://u@mail.pe", half),
            ("smtp://:p@mail.pe", half),
            ("smtps://mail.pe?tls=none", EXAMPLE),
            ("smtp://mail.pe?tls=perhaps", EXAMPLE),
            ("smtp://mail.pe?tls=none&tls=none", EXAMPLE),
            ("http://mail.pe", EXAMPLE),
            ("mail.pe:25", EXAMPLE),
            ("smtp://", EXAMPLE),
            ("smtp://u:secreto@mail.pe/x", EXAMPLE),
            ("smtp://u:secreto@mail.pe:99999", EXAMPLE),
            ("", EXAMPLE),
        ] {
            assert_eq!(read(url), expected, "{url}");
        }
    }

    #[test]
    fn nothing_of_it_is_printed() {
        let server = MailServer::parse("smtps://u:secreto@mail.pe", Some("a@b.pe"));
        assert_eq!(format!("{server:?}"), "Ok(MailServer(…))");
    }

    #[test]
    fn the_sender_is_an_address() {
        let read = |from| MailServer::parse("smtp://localhost", from).err();
        assert_eq!(read(Some("Capacita Perú <a@b.pe>")), None);
        assert_eq!(
            read(None).as_deref(),
            Some("--mail-from is needed with --smtp-url")
        );
        let wrong = "--mail-from is not an address like Capacita <capacita@example.pe>";
        for from in ["", "Capacita", "a@b.pe\r\nBcc: c@d.pe"] {
            assert_eq!(read(Some(from)).as_deref(), Some(wrong), "{from}");
        }
    }
}
