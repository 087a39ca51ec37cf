//! What becomes of a form post after its server function has run.
//!
//! A browser without JavaScript posts a form and must land on a page again: on the one the action
//! redirects to, or, when it was refused, on the form with everything typed still there. Leptos
//! would send it back to the raw `Referer` with the error in the address; that is an open redirect
//! and a leak, so server functions here always see a client that wants JSON, and this layer does
//! the rest. Programs (islands, curl) get the status and the error as JSON.
//!
//! Forms that send a file ([`FileForm`]) are read here and handed to their action whole.

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use capacita_locales::Locale;
use chrono::{DateTime, Utc};
use leptos::server_fn::error::FromServerFnError as _;

use super::{
    AppState, FileForm, Identity,
    file_form::{files_read, is_file_form},
    headers::content_kind,
    identity::{visit_cookie, visit_hash},
    kept::{self, Holder, Refused},
    secrets::random_key,
    sent_forms::{Done, Fingerprint},
    words::{in_language, sentence},
};
use crate::{
    error::{AppError, Reason},
    paths::{self, Path},
    ui::FORM_KEY,
};

/// The largest form in bytes, a file in it not counted.
const MAX_FORM: usize = 512 * 1024;

/// The same for who is not signed in: no form for strangers is long.
const MAX_STRANGERS_FORM: usize = 64 * 1024;

/// Fields whose values never come back to the form: secrets, and the key of the page it stood on.
const NEVER_KEPT: &[&str] = &[
    FORM_KEY,
    "password",
    "new_password",
    "repeat_password",
    "current_password",
    "token",
];

/// Runs a server function and turns its answer into what the caller can use.
pub async fn form_return(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !path.starts_with("/api/") {
        return next.run(request).await;
    }
    if request.method() != Method::POST {
        let answer = next.run(request).await;
        let unknown = answer.extensions().get::<NoSuchAction>().is_some();
        let only_post = || one_line(StatusCode::METHOD_NOT_ALLOWED, "only POST is answered here");
        return if unknown { answer } else { only_post() };
    }
    // What a phone hands in is no form, and nobody waits for a page.
    if path == paths::sync_offline().as_str() {
        return next.run(request).await;
    }
    let from_browser = wants_html(request.headers());
    let action = request.uri().path().to_owned();
    let form_page = form_page(request.headers());
    let identity = request.extensions().get::<Identity>().cloned();
    let identity = identity.expect("every request is identified before it comes here");
    let (request, sent) = match read_form(request, identity.viewer.is_some()).await {
        Ok(read) => read,
        Err(refusal) => return refusal,
    };
    if !from_browser {
        return answer_for_program(next.run(request).await, identity.locale).await;
    }

    let fingerprint = sent.fingerprint(&action);
    let sending = fingerprint.map(|print| state.sent_forms.sending(print, state.clock.now()));
    let mut first = match &sending {
        Some(sending) => Some(sending.lock().await),
        None => None,
    };
    if let Some(done) = first.as_deref().and_then(Option::as_ref) {
        return sent_already(&state, identity, done);
    }
    let response = next.run(request).await;
    if response.extensions().get::<NoSuchAction>().is_some() {
        return response;
    }
    let (error, response) = take_error(response).await;
    let Some(error) = error else {
        let answer = redirect_keeping_cookies(&response, &form_page);
        if let Some(first) = &mut first {
            **first = repeatable(&answer, state.clock.now());
        }
        return answer;
    };
    let refused = Refused {
        action,
        values: Some(sent.typed_values()),
        error,
    };
    refused_answer(&state, identity, refused, &form_page)
}

/// The answer as it is, or the error with its status.
async fn answer_for_program(response: Response, locale: Locale) -> Response {
    if response.extensions().get::<NoSuchAction>().is_some() {
        return response;
    }
    let (error, mut response) = take_error(response).await;
    if let Some(error) = error {
        *response.status_mut() =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response = in_words(response, &error, locale);
    }
    response
}

/// Where an answer led, for whoever sends the same again. What sets a cookie must be done anew:
/// the browser may have thrown the first answer away with the cookie in it.
fn repeatable(answer: &Response, at: DateTime<Utc>) -> Option<Done> {
    if answer.headers().contains_key(header::SET_COOKIE) {
        return None;
    }
    let location = answer.headers().get(header::LOCATION)?.to_str().ok()?;
    let led_to = Path::local(location)?;
    Some(Done { led_to, at })
}

/// The answer to the second sending of a form: where the first led. After a while, when what that
/// said of the outcome has been seen, the page says that nothing was done twice.
fn sent_already(state: &AppState, identity: Identity, done: &Done) -> Response {
    let led_to = &done.led_to;
    if done.was_just_now(state.clock.now()) || state.kept.holds_notice(kept_key(led_to)) {
        return see_other(led_to);
    }
    let repeated = Refused {
        action: String::new(),
        values: None,
        error: Reason::SentAlready.into(),
    };
    let page = Path::local(&without_kept(led_to.as_str())).unwrap_or_else(paths::home);
    refused_answer(state, identity, repeated, &page)
}

/// What never became a request of ours is answered with a sentence, not with what the parser said.
fn in_words(mut response: Response, error: &AppError, locale: Locale) -> Response {
    if let AppError::Transport(raw) = error {
        tracing::debug!(raw, "a request that is none");
        let sentence = in_language(locale, || sentence(error));
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(AppError::Transport(sentence).ser());
    }
    response
}

/// Marks the answer of an address that is no action: nothing is kept of what was sent there.
#[derive(Clone, Copy, Debug)]
pub struct NoSuchAction;

/// What was sent, kept until it is known whether it was refused.
enum Sent {
    Plain(Bytes),
    WithFile(Vec<(String, String)>, Bytes),
}

impl Sent {
    /// What tells this sending from others; `None` where the form has no key.
    fn fingerprint(&self, action: &str) -> Option<Fingerprint> {
        match self {
            Self::Plain(body) => {
                let fields: Vec<_> = form_urlencoded::parse(body).collect();
                let fields = fields.iter().map(|(name, value)| (&**name, &**value));
                Fingerprint::of(action, fields, b"")
            }
            Self::WithFile(values, file) => {
                let fields = values.iter().map(|(name, value)| (&**name, &**value));
                Fingerprint::of(action, fields, file)
            }
        }
    }

    /// Everything typed but secrets.
    fn typed_values(self) -> Vec<(String, String)> {
        let mut values: Vec<(String, String)> = match self {
            Self::Plain(body) => form_urlencoded::parse(&body).into_owned().collect(),
            Self::WithFile(values, _) => values,
        };
        values.retain(|(name, _)| !NEVER_KEPT.contains(&name.as_str()));
        values
    }
}

/// Reads the form and makes the request that its action sees.
async fn read_form(request: Request, signed_in: bool) -> Result<(Request, Sent), Response> {
    let max = if signed_in {
        MAX_FORM
    } else {
        MAX_STRANGERS_FORM
    };
    let (mut parts, body) = request.into_parts();
    let json = HeaderValue::from_static("application/json");
    parts.headers.insert(header::ACCEPT, json);
    if is_file_form(&parts.uri, &parts.headers) {
        let files = (files_read(&parts.uri), signed_in);
        let form = FileForm::read(&parts, body, max, files).await;
        let broken = || {
            one_line(
                StatusCode::BAD_REQUEST,
                "the form is too large or breaks off",
            )
        };
        let form = form.ok_or_else(broken)?;
        let sent = Sent::WithFile(form.values().to_vec(), form.mark());
        parts.extensions.insert(form);
        return Ok((Request::from_parts(parts, Body::empty()), sent));
    }
    if !is_form(&parts.headers) {
        return Err(one_line(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "send application/x-www-form-urlencoded",
        ));
    }
    let bytes = to_bytes(body, max).await;
    let too_large = |_| one_line(StatusCode::PAYLOAD_TOO_LARGE, "the form is too large");
    let bytes = bytes.map_err(too_large)?;
    let request = Request::from_parts(parts, Body::from(bytes.clone()));
    Ok((request, Sent::Plain(bytes)))
}

/// Sends the browser back to the form, and keeps what was typed for it. A stranger's browser gets
/// a cookie by which it is known when it asks for that.
fn refused_answer(
    state: &AppState,
    mut identity: Identity,
    refused: Refused,
    form_page: &Path,
) -> Response {
    let sign_in_first = refused.error == AppError::SignInRequired;
    let cookie = begin_visit(state, &mut identity);
    let by = Holder::of(&identity);
    let key = state.kept.keep_refused(refused, by, state.clock.now());
    let back = form_page.clone().with(kept::PARAMETER, &key);
    let mut answer = if sign_in_first {
        see_other(&paths::sign_in().with("next", back.as_str()))
    } else {
        see_other(&back)
    };
    if let Some(cookie) = cookie {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// The cookie for a stranger's browser that has none.
fn begin_visit(state: &AppState, identity: &mut Identity) -> Option<HeaderValue> {
    if identity.viewer.is_some() || identity.visit.is_some() {
        return None;
    }
    let token = random_key();
    identity.visit = Some(visit_hash(&token));
    let cookie = visit_cookie(&state.config, &token, kept::VISIT);
    Some(HeaderValue::from_str(&cookie).expect("cookies are plain ASCII"))
}

/// The page that held the form, from `Referer`: its path alone, so never another host.
fn form_page(headers: &HeaderMap) -> Path {
    let referer = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok());
    let local = referer
        .and_then(|referer| referer.parse::<axum::http::Uri>().ok())
        .and_then(|uri| uri.path_and_query().map(|path| without_kept(path.as_str())))
        .and_then(|path| Path::local(&path));
    local.unwrap_or_else(paths::home)
}

/// The same address without the key of an earlier refusal.
fn without_kept(path_and_query: &str) -> String {
    let Some((path, query)) = path_and_query.split_once('?') else {
        return path_and_query.to_owned();
    };
    let is_kept = |pair: &&str| !pair.starts_with("kept=");
    let rest: Vec<&str> = query.split('&').filter(is_kept).collect();
    if rest.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", rest.join("&"))
    }
}

/// The key of what is kept for a page; empty when it names none.
fn kept_key(path: &Path) -> &str {
    let (_, query) = path.as_str().split_once('?').unwrap_or_default();
    let mut pairs = query.split('&');
    pairs
        .find_map(|pair| pair.strip_prefix("kept="))
        .unwrap_or_default()
}

/// Separates the error from the answer; the answer keeps its body.
async fn take_error(response: Response) -> (Option<AppError>, Response) {
    if response.status().is_success() || response.status().is_redirection() {
        return (None, response);
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, MAX_FORM).await.unwrap_or_default();
    let error = AppError::de(bytes.clone());
    (Some(error), Response::from_parts(parts, Body::from(bytes)))
}

/// On to where the action leads; without a word of it, back to the form.
fn redirect_keeping_cookies(response: &Response, form_page: &Path) -> Response {
    let mut redirect = see_other(form_page);
    if let Some(location) = response.headers().get(header::LOCATION) {
        redirect
            .headers_mut()
            .insert(header::LOCATION, location.clone());
    }
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        redirect
            .headers_mut()
            .append(header::SET_COOKIE, cookie.clone());
    }
    redirect
}

fn see_other(path: &Path) -> Response {
    let location = HeaderValue::from_str(path.as_str()).expect("local paths are ASCII");
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

fn one_line(status: StatusCode, line: &'static str) -> Response {
    (status, format!("{line}\n")).into_response()
}

fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// A form without a body has no content type at all: some clients leave it out.
fn is_form(headers: &HeaderMap) -> bool {
    match content_kind(headers) {
        Some(kind) => kind == "application/x-www-form-urlencoded",
        None => headers
            .get(header::CONTENT_LENGTH)
            .is_none_or(|length| length == "0"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_page_is_always_ours() {
        let page = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(
                header::REFERER,
                HeaderValue::from_str(referer).expect("a header"),
            );
            String::from(form_page(&headers))
        };
        assert_eq!(
            page("https://capacita.pe/people/new?kept=0f&lang=en"),
            "/people/new?lang=en"
        );
        assert_eq!(
            page("https://capacita.pe/people/new?kept=0f"),
            "/people/new"
        );
        assert_eq!(page("https://evil.pe/people/new"), "/people/new");
        assert_eq!(page("https://evil.pe//evil.pe"), "/");
        assert_eq!(page("not an address at all"), "/");
    }

    #[test]
    fn secrets_are_not_kept() {
        let body = Bytes::from_static(b"email=a%40b.pe&password=x&given_names=Ana+Mar%C3%ADa");
        let kept = [("email", "a@b.pe"), ("given_names", "Ana María")];
        assert_eq!(
            Sent::Plain(body).typed_values(),
            kept.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
