//! What the browser fetches besides pages: styles, icons and the islands' client.
//!
//! `cargo xtask` makes `target/site`; a release holds the whole folder inside the program, a
//! build for development reads it once when first asked. Every file has an address with the
//! hash of the whole folder in it, so a browser may keep it for ever and a new release is seen
//! at once. One hash for all keeps relative addresses between the files working.
//!
//! The files at the top of `public/` also answer at their plain address (`/favicon.ico`,
//! `/robots.txt`, …), because browsers and others ask there unbidden.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use axum::{
    Router,
    body::Bytes,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use rust_embed::Embed;

/// The style sheet's name.
const STYLE_SHEET: &str = "app.css";
/// The script that answers without a connection. It stands at the root, for it answers for all.
const WORKER: &str = "service-worker.js";
/// The icon's name.
const ICON: &str = "icon.svg";
/// The folder and the common name of the client's files.
const CLIENT_FOLDER: &str = "pkg";
const CLIENT: &str = "capacita";

/// For an address that holds the hash.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// For what the browser asks about anew every time.
const NO_CACHE: HeaderValue = HeaderValue::from_static("no-cache");
/// What may be done by the script that answers without a connection: asking this server, no more.
/// Its own answer's policy holds for it, not that of any page.
const WORKER_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; connect-src 'self'");
/// For a plain address.
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

#[derive(Embed)]
#[folder = "target/site"]
struct Folder;

static SITE: LazyLock<Site> = LazyLock::new(Site::load);

/// All files, as this process serves them.
struct Site {
    /// 16 hexadecimal digits that stand for the content of all files.
    hash: String,
    files: BTreeMap<String, File>,
}

/// One file, and its compressed twins where the bundle has them.
struct File {
    body: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    kind: HeaderValue,
    etag: HeaderValue,
}

/// The addresses a page's head needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetUrls {
    /// The style sheet.
    pub style_sheet: String,
    /// The icon, SVG.
    pub icon: String,
    /// The client's script, a module.
    pub client_script: String,
    /// The client's WebAssembly, which the script loads.
    pub client_wasm: String,
}

impl AssetUrls {
    /// The addresses in this build.
    pub fn current() -> Self {
        Self {
            style_sheet: url(STYLE_SHEET),
            icon: url(ICON),
            client_script: url(&format!("{CLIENT_FOLDER}/{CLIENT}.js")),
            client_wasm: url(&format!("{CLIENT_FOLDER}/{CLIENT}_bg.wasm")),
        }
    }
}

/// The address of a file of the bundle, such as `/assets/0123456789abcdef/app.css` for
/// `app.css`. A name that the bundle lacks gets an address too; it is answered with 404.
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", SITE.hash)
}

/// The routes of all files; mountable into a router of any state.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let hashed = Router::new().route("/assets/{hash}/{*name}", get(hashed));
    SITE.plain_names().fold(hashed, |router, name| {
        let answer = async move |headers: HeaderMap| plain(name, &headers);
        router.route(&format!("/{name}"), get(answer))
    })
}

async fn hashed(Path((hash, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    match SITE.files.get(&name) {
        Some(file) if hash == SITE.hash => file.answer(&headers, FOR_EVER),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn plain(name: &str, headers: &HeaderMap) -> Response {
    match SITE.files.get(name) {
        Some(file) if name == WORKER => {
            let policy = [(header::CONTENT_SECURITY_POLICY, WORKER_POLICY)];
            (policy, file.answer(headers, NO_CACHE)).into_response()
        }
        Some(file) => file.answer(headers, FOR_AN_HOUR),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Site {
    fn load() -> Self {
        let names: BTreeSet<String> = Folder::iter().map(Cow::into_owned).collect();
        let is_twin = |name: &str| {
            name.strip_suffix(".br")
                .or_else(|| name.strip_suffix(".gz"))
                .is_some_and(|original| names.contains(original))
        };
        let mut hasher = blake3::Hasher::new();
        let mut files = BTreeMap::new();
        for name in names.iter().filter(|name| !is_twin(name)) {
            if let Some((file, hash)) = File::load(name) {
                hasher.update(name.as_bytes()).update(&hash);
                files.insert(name.clone(), file);
            }
        }
        let hash = hasher.finalize().to_hex()[..16].to_owned();
        Self { hash, files }
    }

    /// The files at the top of `public/`.
    fn plain_names(&self) -> impl Iterator<Item = &str> {
        self.files
            .keys()
            .map(String::as_str)
            .filter(|name| !name.contains('/') && *name != STYLE_SHEET)
    }
}

impl File {
    /// The file of this name and its hash.
    fn load(name: &str) -> Option<(Self, [u8; 32])> {
        let twin = |suffix| Folder::get(&format!("{name}.{suffix}")).map(|twin| bytes(twin.data));
        let embedded = Folder::get(name)?;
        let hash = embedded.metadata.sha256_hash();
        let file = Self {
            body: bytes(embedded.data),
            brotli: twin("br"),
            gzip: twin("gz"),
            kind: kind(name),
            etag: etag(hash),
        };
        Some((file, hash))
    }

    /// The whole answer to a request with these headers.
    fn answer(&self, request: &HeaderMap, keep: HeaderValue) -> Response {
        let headers = [
            (header::CACHE_CONTROL, keep),
            (header::ETAG, self.etag.clone()),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        if self.is_known_to(request) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let kind = [(header::CONTENT_TYPE, self.kind.clone())];
        let encoded = |name, body: &Bytes| {
            let encoding = [(header::CONTENT_ENCODING, HeaderValue::from_static(name))];
            (headers.clone(), kind.clone(), encoding, body.clone()).into_response()
        };
        match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(request, "br") => encoded("br", brotli),
            (_, Some(gzip)) if accepts(request, "gzip") => encoded("gzip", gzip),
            _ => (headers, kind, self.body.clone()).into_response(),
        }
    }

    fn is_known_to(&self, request: &HeaderMap) -> bool {
        let known = request.get_all(header::IF_NONE_MATCH).iter();
        known
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|tag| tag.trim() == self.etag || tag.trim() == "*")
    }
}

/// Whether the client takes this encoding: named, and not with weight nought.
fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    let accepted = request.get_all(header::ACCEPT_ENCODING).iter();
    accepted
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|offer| {
            let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
            name.trim().eq_ignore_ascii_case(encoding)
                && weight.trim().parse().is_ok_and(|weight: f32| weight > 0.0)
        })
}

fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(embedded) => Bytes::from_static(embedded),
        Cow::Owned(read) => Bytes::from(read),
    }
}

/// The content type; all our text is UTF-8.
fn kind(name: &str) -> HeaderValue {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let text = kind.type_() == mime_guess::mime::TEXT;
    let kind = if text {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    };
    HeaderValue::try_from(kind).expect("a content type is a valid header")
}

/// A weak tag, since the same file travels in several encodings.
fn etag(hash: [u8; 32]) -> HeaderValue {
    let digits = blake3::Hash::from_bytes(hash).to_hex();
    HeaderValue::try_from(format!("W/\"{}\"", &digits[..16])).expect("digits are a valid header")
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    use super::*;

    fn sample() -> File {
        File {
            body: Bytes::from_static(b"plain"),
            brotli: Some(Bytes::from_static(b"br")),
            gzip: Some(Bytes::from_static(b"gz")),
            kind: kind("a.css"),
            etag: etag([7; 32]),
        }
    }

    fn asking(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    fn encoding_for(accept: &'static str) -> Option<HeaderValue> {
        let request = asking(header::ACCEPT_ENCODING, accept);
        let answer = sample().answer(&request, FOR_EVER);
        answer.headers().get(header::CONTENT_ENCODING).cloned()
    }

    #[test]
    fn the_smallest_encoding_that_the_browser_takes_is_sent() {
        assert_eq!(encoding_for("gzip, deflate, br").unwrap(), "br");
        assert_eq!(encoding_for("gzip;q=0.5, br;q=0").unwrap(), "gzip");
        assert_eq!(encoding_for("zstd"), None);
        assert_eq!(encoding_for("br;q=0.0, identity"), None);
    }

    #[test]
    fn an_answer_may_be_kept_and_says_what_it_is() {
        let answer = sample().answer(&HeaderMap::new(), FOR_EVER);
        let headers = answer.headers();
        assert_eq!(headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert_eq!(headers[header::CACHE_CONTROL], FOR_EVER);
        assert_eq!(headers[header::VARY], "accept-encoding");
        assert_eq!(headers[header::ETAG], "W/\"0707070707070707\"");
    }

    #[test]
    fn what_the_browser_has_is_not_sent_again() {
        let request = asking(header::IF_NONE_MATCH, "\"x\", W/\"0707070707070707\"");
        let answer = sample().answer(&request, FOR_AN_HOUR);
        assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
        let other = asking(header::IF_NONE_MATCH, "W/\"0808080808080808\"");
        assert_eq!(
            sample().answer(&other, FOR_AN_HOUR).status(),
            StatusCode::OK
        );
    }

    #[test]
    fn kinds_are_those_that_browsers_insist_on() {
        assert_eq!(kind("pkg/a_bg.wasm"), "application/wasm");
        assert_eq!(kind("pkg/a.js"), "text/javascript; charset=utf-8");
        assert_eq!(kind("icon.svg"), "image/svg+xml");
    }

    #[tokio::test]
    async fn unknown_names_and_other_hashes_are_not_found() {
        let there = SITE.files.keys().next().cloned();
        let other_hash = there.map(|name| format!("/assets/0000000000000000/{name}"));
        let paths = [Some(url("no-such-file.css")), other_hash];
        for path in paths.into_iter().flatten() {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let answer = router::<()>().oneshot(request).await.unwrap();
            assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        }
    }
}
