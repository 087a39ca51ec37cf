//! A whole server in the test's own process, with a small world that every test knows.

mod forms;

use std::{path::Path, sync::OnceLock};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use capacita::{
    error::AppError,
    messages::{MailServer, revealed},
    server::{AppState, Clock, Config, Database, Secrets, router::router},
};
use chrono::{DateTime, TimeZone as _, Utc};
use leptos::server_fn::error::FromServerFnError as _;
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tower::ServiceExt as _;

use self::forms::{encode, encode_with_file, encode_with_files};

/// The password of every account of the fixture.
pub const PASSWORD: &str = "lluvia canoa espejo nueve";

/// The small world: see the comments there.
const FIXTURE: &str = include_str!("fixture.sql");

/// Saturday 21 November 2026, 10:00 in Lima.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 15, 0, 0)
        .single()
        .expect("a time")
}

/// The server under test.
pub struct TestApp {
    /// Its services.
    pub state: AppState,
    /// Its time.
    pub clock: Clock,
    router: Router,
    folder: TempDir,
}

impl TestApp {
    /// A server with the fixture.
    pub async fn new() -> Self {
        static PREPARED: OnceCell<Vec<u8>> = OnceCell::const_new();
        Self::copy_of(PREPARED.get_or_init(prepare).await).await
    }

    /// A server whose database holds what the migrations put there, and nobody.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self::start(folder, Clock::manual(now())).await
    }

    /// A server on a copy of this one's database, for tests that begin anew many times.
    pub async fn copy_of(file: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("test.db"), file).expect("a file");
        Self::start(folder, Clock::manual(now())).await
    }

    /// Stops the server and gives its database file.
    pub async fn into_file(self) -> Vec<u8> {
        self.state.database.close().await;
        let path = self.folder.path().join("test.db");
        // A reader's thread may end after the writer's, and does not fold the log into the file.
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
        let mut connection = sqlx::ConnectOptions::connect(&options).await.expect("open");
        sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&mut connection)
            .await
            .expect("folded");
        drop(connection);
        std::fs::read(&path).expect("the file")
    }

    /// Stops the server and starts it again on the same files, at the same time.
    pub async fn restart(self) -> Self {
        self.restart_with(None).await
    }

    /// The same, reached under another address from then on.
    pub async fn restart_at(self, base_url: &str) -> Self {
        self.restart_with(Some(base_url.to_owned())).await
    }

    async fn restart_with(self, base_url: Option<String>) -> Self {
        let mail = self.state.config.mail.clone();
        self.state.database.close().await;
        let config = config(self.folder.path(), base_url);
        Self::start_with(self.folder, self.clock, Config { mail, ..config }).await
    }

    /// The same, with a mail server from then on.
    pub async fn with_mail(self, mail: MailServer) -> Self {
        self.state.database.close().await;
        let config = config(self.folder.path(), None);
        let mail = Some(mail);
        Self::start_with(self.folder, self.clock, Config { mail, ..config }).await
    }

    async fn start(folder: TempDir, clock: Clock) -> Self {
        let config = config(folder.path(), None);
        Self::start_with(folder, clock, config).await
    }

    async fn start_with(folder: TempDir, clock: Clock, config: Config) -> Self {
        let state = open(config, clock.clone()).await;
        Self {
            router: router(state.clone()),
            state,
            clock,
            folder,
        }
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Client {
        self.client(None)
    }

    /// Somebody who holds a cookie from an earlier sign-in; `None`: a stranger.
    pub fn client(&self, cookie: Option<String>) -> Client {
        Client {
            router: self.router.clone(),
            cookie,
        }
    }

    /// Signs in `{name}@capacita.test`: admin, manager, coordinator, facilitator, participant, …
    pub async fn sign_in(&self, name: &str) -> Client {
        self.sign_in_as(&format!("{name}@capacita.test"), PASSWORD)
            .await
    }

    /// Signs any account in.
    pub async fn sign_in_as(&self, email: &str, password: &str) -> Client {
        let form = [("email", email), ("password", password)];
        let answer = self.stranger().post("access/sign_in", &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{email}: {}", answer.body);
        self.client(answer.cookie())
    }

    /// A text straight from the database.
    pub async fn text(&self, sql: &'static str) -> String {
        let mut connection = self.state.database.read().await.expect("a connection");
        sqlx::query_scalar(sql)
            .fetch_one(&mut *connection)
            .await
            .expect("a text")
    }

    /// The latest letter in the outbox, with the link in it.
    pub async fn latest_letter(&self) -> String {
        let mut connection = self.state.database.read().await.expect("a connection");
        let latest = "SELECT body, secret FROM outbox ORDER BY id DESC LIMIT 1";
        let (body, secret): (String, Option<Vec<u8>>) = sqlx::query_as(latest)
            .fetch_one(&mut *connection)
            .await
            .expect("a letter");
        revealed(&self.state, &body, secret.as_deref()).expect("sealed with our key")
    }

    /// Changes the database behind the server's back.
    pub async fn execute(&self, sql: &'static str) {
        let mut tx = self.state.database.write().await.expect("a transaction");
        sqlx::raw_sql(sql).execute(&mut *tx).await.expect("done");
        tx.commit().await.expect("committed");
    }

    /// A number straight from the database: `app.count("SELECT count(*) FROM people").await`.
    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut connection = self.state.database.read().await.expect("a connection");
        sqlx::query_scalar(sql)
            .fetch_one(&mut *connection)
            .await
            .expect("a number")
    }
}

/// Somebody with a browser or a program.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: Option<String>,
}

impl Client {
    /// The cookie that signs this client in, to be given to [`TestApp::client`].
    pub fn cookie(&self) -> Option<String> {
        self.cookie.clone()
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path)
            .header(header::ACCEPT, "text/html")
            .body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// Calls a server function as a program does: status, and the error as JSON.
    pub async fn post(&self, endpoint: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(format!("/api/{endpoint}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encode(form)));
        self.send(request.expect("a request")).await
    }

    /// Posts the form of a page as a browser without JavaScript does: always a redirect.
    pub async fn post_form(&self, page: &str, endpoint: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(format!("/api/{endpoint}"))
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::REFERER, format!("http://127.0.0.1:3000{page}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encode(form)));
        self.send(request.expect("a request")).await
    }

    /// Sends a form with a file as a program does. The file's field is `file`.
    pub async fn post_file(&self, endpoint: &str, form: &[(&str, &str)], file: File<'_>) -> Answer {
        let request = Request::post(format!("/api/{endpoint}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, FILE_FORM)
            .body(Body::from(encode_with_file(form, file)));
        self.send(request.expect("a request")).await
    }

    /// The same with several files.
    pub async fn post_files(
        &self,
        endpoint: &str,
        form: &[(&str, &str)],
        files: &[File<'_>],
    ) -> Answer {
        let request = Request::post(format!("/api/{endpoint}"))
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, FILE_FORM)
            .body(Body::from(encode_with_files(form, files)));
        self.send(request.expect("a request")).await
    }

    /// Sends the form of a page with its file as a browser without JavaScript does.
    pub async fn post_file_form(
        &self,
        page: &str,
        endpoint: &str,
        form: &[(&str, &str)],
        file: File<'_>,
    ) -> Answer {
        let request = Request::post(format!("/api/{endpoint}"))
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::REFERER, format!("http://127.0.0.1:3000{page}"))
            .header(header::CONTENT_TYPE, FILE_FORM)
            .body(Body::from(encode_with_file(form, file)));
        self.send(request.expect("a request")).await
    }

    /// Sends any request, signed in as this client.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        if let Some(cookie) = &self.cookie {
            request
                .headers_mut()
                .insert(header::COOKIE, cookie.parse().expect("a cookie"));
        }
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.expect("a body").to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
            bytes,
        }
    }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The error of a server function.
    pub fn error(&self) -> AppError {
        assert!(!self.status.is_success(), "no error: {}", self.body);
        AppError::de(self.bytes.clone().into())
    }

    /// The first cookie it sets, as a browser sends it back.
    pub fn cookie(&self) -> Option<String> {
        let cookie = self.headers.get(header::SET_COOKIE)?;
        let cookie = cookie.to_str().expect("ASCII").split(';').next();
        cookie.map(str::to_owned)
    }

    /// All cookies it sets, as a browser sends them back.
    pub fn cookies(&self) -> String {
        let cookies = self.headers.get_all(header::SET_COOKIE).iter();
        let pairs = cookies.map(|cookie| cookie.to_str().expect("ASCII").split(';').next());
        pairs.flatten().collect::<Vec<_>>().join("; ")
    }

    /// The page without the marks that Leptos sets between texts.
    pub fn html(&self) -> String {
        self.body.replace("<!>", "")
    }

    /// The value of a fact on the page, without markup.
    pub fn fact(&self, label: &str) -> String {
        let head = format!("<dt>{label}</dt>");
        let html = self.html();
        let (_, rest) = html.split_once(&head).expect("the fact");
        let value = rest.split("</dd>").next().expect("its end");
        let text = value.split('<').map(|part| match part.split_once('>') {
            Some((_, text)) => text,
            None => part,
        });
        text.collect::<String>().trim().to_owned()
    }

    /// The text of the page's notice.
    pub fn notice(&self) -> &str {
        let (_, rest) = self.body.split_once("notice-text").expect("a notice");
        rest.split("</div>").next().expect("its end")
    }

    /// Where a redirect leads.
    pub fn location(&self) -> String {
        self.headers[header::LOCATION]
            .to_str()
            .expect("ASCII")
            .to_owned()
    }
}

/// The name and the content of a file that is sent.
pub type File<'a> = (&'a str, &'a [u8]);

const FILE_FORM: &str = "multipart/form-data; boundary=----boundary7";

/// The fields in their order, the file last.
/// One key for all, so that sealed values of the fixture can be opened.
fn secrets() -> Secrets {
    Secrets::from_key(&[7; 32])
}

fn config(folder: &Path, base_url: Option<String>) -> Config {
    let addr = "127.0.0.1:3000".parse().expect("an address");
    let config = Config::new(addr, base_url, folder.join("test.db"), None);
    Config {
        fast_passwords: true,
        ..config.expect("sound")
    }
}

async fn open(config: Config, clock: Clock) -> AppState {
    let database = Database::open(&config.database).await.expect("a database");
    AppState::new(database, clock, secrets(), config)
}

/// The database that every test starts from.
async fn prepare() -> Vec<u8> {
    static HASH: OnceLock<String> = OnceLock::new();
    let folder = tempfile::tempdir().expect("a folder");
    let state = open(config(folder.path(), None), Clock::manual(now())).await;
    let hash = state.passwords.hash(PASSWORD).await.expect("a hash");
    let hash = HASH.get_or_init(|| hash);
    let mut tx = state.database.write().await.expect("a transaction");
    sqlx::raw_sql(FIXTURE)
        .execute(&mut *tx)
        .await
        .expect("the fixture fits the tables");
    sqlx::query("UPDATE accounts SET password_hash = ?")
        .bind(hash)
        .execute(&mut *tx)
        .await
        .expect("accounts");
    tx.commit().await.expect("committed");
    state.database.close().await;
    std::fs::read(folder.path().join("test.db")).expect("the file")
}
