//! Who asks, in which language, from where: found once a request and handed to everything behind.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use capacita_locales::Locale;

use super::{AppState, Config, words::parse_locale};
use crate::access::{self, Viewer};

/// What a request says about who makes it.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Who is signed in.
    pub viewer: Option<Viewer>,
    /// The language to answer in.
    pub locale: Locale,
    /// Where the request came from.
    pub address: ClientAddress,
    /// The hash of the cookie that a browser is given for what a stranger types into it.
    pub visit: Option<[u8; 32]>,
}

/// The address a request came from, as far as it can be known.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// What one household or office has: an address of version 4, or 64 bits of version 6, whose
    /// rest its devices choose as they please.
    pub fn network(self) -> String {
        match self.0.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }
}

/// What the browser says of itself.
#[derive(Clone, Debug)]
pub struct UserAgent(pub String);

const LANGUAGE_COOKIE: &str = "capacita-language";

/// Finds the identity and remembers a chosen language (`?lang=en`).
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let viewer = match request_cookie(request.headers(), cookie_name(&state.config)) {
        Some(token) => match access::find_viewer(&state, token).await {
            Ok(viewer) => viewer,
            Err(_) => return axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
        None => None,
    };
    let chosen = chosen_language(request.uri().query());
    let locale = chosen
        .or_else(|| request_cookie(request.headers(), LANGUAGE_COOKIE).and_then(parse_locale))
        .or(viewer.as_ref().map(|viewer| viewer.locale))
        .unwrap_or_default();
    let address = client_address(&request);
    let visit = request_cookie(request.headers(), &visit_name(&state.config)).map(visit_hash);
    let agent = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let agent = UserAgent(agent.unwrap_or_default().chars().take(200).collect());
    request.extensions_mut().insert(agent);
    request.extensions_mut().insert(Identity {
        viewer,
        locale,
        address,
        visit,
    });

    let mut response = next.run(request).await;
    if chosen.is_some() {
        response.headers_mut().append(
            header::SET_COOKIE,
            HeaderValue::from_static(language_cookie(locale)),
        );
    }
    response
}

/// The name of the cookie that signs in: bound to host and TLS wherever there is TLS.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() {
        "__Host-capacita"
    } else {
        "capacita"
    }
}

/// The cookie that signs in, for `max_age` seconds; 0 takes it away.
pub fn sign_in_cookie(config: &Config, token: &str, max_age: i64) -> String {
    let name = cookie_name(config);
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}")
}

/// The cookie that binds what a stranger types to their browser, for `max_age` seconds; 0 takes it
/// away.
pub fn visit_cookie(config: &Config, token: &str, max_age: i64) -> String {
    let name = visit_name(config);
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}")
}

/// What is remembered of that cookie.
pub fn visit_hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

fn visit_name(config: &Config) -> String {
    format!("{}-visit", cookie_name(config))
}

/// How long a device is known after its last sign-in, in seconds: a year.
const KNOWN_FOR: i64 = 365 * 24 * 3600;

/// The cookie by which a device is known again after it was signed out. It signs nobody in.
pub fn known_device_cookie(config: &Config, mark: &str) -> String {
    let name = cookie_name(config);
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!("{name}-known={mark}; Path=/; HttpOnly; SameSite=Lax; Max-Age={KNOWN_FOR}{secure}")
}

/// What a device shows of an earlier sign-in.
pub fn known_device_of<'a>(config: &Config, headers: &'a HeaderMap) -> Option<&'a str> {
    request_cookie(headers, &format!("{}-known", cookie_name(config)))
}

/// The value of a cookie.
pub fn request_cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

fn chosen_language(query: Option<&str>) -> Option<Locale> {
    query?
        .split('&')
        .filter_map(|pair| pair.strip_prefix("lang="))
        .find_map(parse_locale)
}

/// The cookie that remembers a language for a year.
pub const fn language_cookie(locale: Locale) -> &'static str {
    match locale {
        Locale::es => "capacita-language=es; Path=/; SameSite=Lax; Max-Age=31536000",
        Locale::en => "capacita-language=en; Path=/; SameSite=Lax; Max-Age=31536000",
    }
}

/// The peer's address; behind a proxy on this machine, the one that the proxy saw.
fn client_address(request: &Request) -> ClientAddress {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if !peer.is_loopback() {
        return ClientAddress(peer);
    }
    // The last entry is the one our own proxy wrote, into the client's line or in one of its own
    // below it; those before it are the client's to invent.
    let lines = request.headers().get_all("x-forwarded-for");
    let forwarded = lines.iter().next_back().and_then(|line| line.to_str().ok());
    let seen = forwarded
        .and_then(|list| list.rsplit(',').next())
        .and_then(|ip| ip.trim().parse().ok());
    ClientAddress(seen.unwrap_or(peer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_proxy_the_address_is_what_the_proxy_wrote_last() {
        let seen = |lines: &[&str]| {
            let request = Request::get("/");
            let request = lines.iter().fold(request, |request, line| {
                request.header("x-forwarded-for", *line)
            });
            let request = request.body(axum::body::Body::empty());
            client_address(&request.expect("a request")).0.to_string()
        };
        assert_eq!(seen(&[]), "127.0.0.1");
        assert_eq!(seen(&["203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen(&["198.51.100.1, 203.0.113.9"]), "203.0.113.9");
        // Into the client's line, or in a line of its own.
        let invented = "198.51.100.1";
        assert_eq!(seen(&[invented, "203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen(&[invented, invented, "x, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen(&[invented, "unknown"]), "127.0.0.1");
    }

    #[test]
    fn a_network_is_64_bits_of_version_6() {
        let of = |text: &str| ClientAddress(text.parse().expect("an address")).network();
        assert_eq!(of("203.0.113.9"), "203.0.113.9");
        assert_eq!(of("::ffff:203.0.113.9"), "203.0.113.9");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(of("2001:db8:1:2::9"), "2001:db8:1:2::/64");
        assert_ne!(of("2001:db8:1:3::9"), "2001:db8:1:2::/64");
    }
}
