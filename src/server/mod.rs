//! What carries the domains: configuration, the database, the clock, the secrets, the router.
//!
//! Nothing here knows a rule of the field. The way of a request:
//!
//! ```text
//! headers ▸ size and time limits ▸ same origin ▸ identity (who, in which language)
//!   ├─ /assets, /health        answered at once
//!   ├─ /api/{domain}/{verb}    form_return ▸ server function ▸ operation ▸ redirect
//!   ├─ files, in and out       a domain's own routes
//!   └─ pages                   rendered by Leptos, no script unless an island is on them
//! ```

pub mod assets;
pub mod clock;
pub mod config;
mod csv_file;
pub mod database;
mod download;
mod file_form;
mod form_return;
pub mod headers;
mod health;
mod identity;
mod kept;
pub mod page;
pub mod router;
pub mod secrets;
mod sent_forms;
mod sheet;
pub mod telemetry;
pub mod words;

use std::{fmt::Display, ops::Deref, sync::Arc};

use leptos::prelude::{LeptosOptions, expect_context};

use crate::{
    access::{PasswordPool, SignInId, Turns},
    error::AppError,
    nomination::Runs,
    paths::Path,
};

pub use self::{
    clock::Clock,
    config::Config,
    csv_file::{Cells, csv_stream, csv_text, neutral},
    database::{Database, WriteTx},
    download::attachment,
    file_form::{FileForm, MAX_FILE, SentFile, action_answer},
    identity::{
        ClientAddress, Identity, UserAgent, cookie_name, known_device_cookie, known_device_of,
        language_cookie, request_cookie, sign_in_cookie, visit_cookie,
    },
    page::{not_found, page, returned_form},
    router::page_of,
    secrets::Secrets,
    sheet::{file_hidden, file_refused, printed, sheet_answer},
};

/// Everything a request may need, made once at start.
#[derive(Debug)]
pub struct Services {
    /// The database.
    pub database: Database,
    /// The time.
    pub clock: Clock,
    /// The keys that are not in the database.
    pub secrets: Secrets,
    /// How the server was started.
    pub config: Config,
    /// Where passwords are hashed, a few at a time.
    pub passwords: PasswordPool,
    /// Who signs in waits here for whoever signs in to the same account.
    pub turns: Turns,
    /// Leptos' routes ask for it; what the browser fetches is named by [`assets`].
    pub leptos: LeptosOptions,
    /// Lists of people that are being enrolled.
    pub nominations: Runs,
    kept: kept::KeptStore,
    sent_forms: sent_forms::SentForms,
}

/// A shared handle on the [`Services`].
#[derive(Clone, Debug)]
pub struct AppState(Arc<Services>);

impl AppState {
    /// Gathers the services.
    pub fn new(database: Database, clock: Clock, secrets: Secrets, config: Config) -> Self {
        let passwords = PasswordPool::new(config.fast_passwords);
        Self(Arc::new(Services {
            database,
            clock,
            secrets,
            config,
            passwords,
            turns: Turns::default(),
            leptos: LeptosOptions::builder().output_name("capacita").build(),
            nominations: Runs::default(),
            kept: kept::KeptStore::default(),
            sent_forms: sent_forms::SentForms::default(),
        }))
    }
}

impl Services {
    /// The address of a page that shows `notice` once.
    pub fn with_notice(&self, path: Path, notice: String, identity: &Identity) -> Path {
        let by = kept::Holder::of(identity);
        let id = self.kept.keep_notice(notice, by, self.clock.now());
        path.with(kept::PARAMETER, &id)
    }

    /// Drops what was typed on a device and not saved: it is signed out.
    pub fn drop_drafts(&self, sign_in: SignInId) {
        self.kept.drop_of(sign_in);
    }
}

impl Deref for AppState {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0
    }
}

impl axum::extract::FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

/// The services, within a page or a server function.
pub fn services() -> AppState {
    expect_context::<AppState>()
}

/// Logs a fault of the machine under a number, and gives the answer that shows only the number.
///
/// The log line has the fault but nobody's data: queries are logged without their values.
pub fn incident(fault: &dyn Display) -> AppError {
    let incident = secrets::hexadecimal(&secrets::random_bytes::<6>());
    tracing::error!(%incident, %fault, "internal fault");
    AppError::Internal { incident }
}

/// Ends an action: the browser goes on to `path`.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that redirects: a typed path holds no control character"
)]
pub fn go_to(path: &Path) {
    leptos_axum::redirect(path.as_str());
}

/// Ends an action: the browser goes on to `path`, where `notice` is shown once.
pub fn go_to_with_notice(path: Path, notice: String) {
    let identity = expect_context::<Identity>();
    go_to(&services().with_notice(path, notice, &identity));
}

/// Sets a header of the answer, such as a cookie.
pub fn add_header(name: axum::http::HeaderName, value: &str) {
    let value =
        axum::http::HeaderValue::from_str(value).expect("our header values are plain ASCII");
    expect_context::<leptos_axum::ResponseOptions>().append_header(name, value);
}
