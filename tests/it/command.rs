//! The command line, by running the program.

mod broken_rows;
mod keeping;
mod kept_files;
mod register;

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use tempfile::TempDir;

use crate::test_app::TestApp;

/// A folder with a database, and the program to work on it.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// With the small world of the tests in it, and the key that belongs to it.
    async fn with_world() -> Self {
        let place = Self::new();
        let app = TestApp::new().await;
        app.execute("DELETE FROM attachments").await;
        fs::write(place.path("test.db"), app.into_file().await).expect("written");
        fs::write(place.path("test.db.key"), [7; 32]).expect("written");
        place
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_capacita"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env("CAPACITA_DATABASE", "test.db")
            .env("CAPACITA_LOG", "off");
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        Said::new(self.command(arguments).output().expect("it runs"))
    }

    fn run_with_input(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut stdin = child.stdin.take().expect("an input");
        // It may refuse before it reads.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Said::new(child.wait_with_output().expect("it ends"))
    }

    /// Serves at a free address until it is dropped; gives the address.
    fn serve(&self) -> (Served, String) {
        Served::by(self.command(&["serve", "--addr", "127.0.0.1:0"]))
    }

    /// What a statement gives, straight from a file.
    async fn ask(&self, file: &str, sql: &'static str) -> i64 {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.path(file));
        let mut connection = sqlx::ConnectOptions::connect(&options).await.expect("open");
        sqlx::query_scalar(sql)
            .fetch_one(&mut connection)
            .await
            .expect("a number")
    }

    /// Changes a file behind everybody's back.
    async fn execute(&self, file: &str, sql: &'static str) {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.path(file));
        let mut connection = sqlx::ConnectOptions::connect(&options).await.expect("open");
        sqlx::raw_sql(sql)
            .execute(&mut connection)
            .await
            .expect("done");
    }
}

/// A server that ends with the test.
struct Served(Child);

impl Served {
    /// The server that a command starts, once it listens, and its address.
    fn by(mut command: Command) -> (Self, String) {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let stdout = child.stdout.take().expect("an output");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on http://");
        (Self(child), address.expect("an address").to_owned())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a command said, and with which code it ended.
#[derive(Debug)]
struct Said {
    code: i32,
    out: String,
    error: String,
}

impl Said {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code().expect("an exit code"),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            error: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Refused with code 2 and one line that says this.
    fn refuses(&self, what: &str) {
        assert_eq!(self.code, 2, "{self:?}");
        assert_eq!(self.error.lines().count(), 1, "{self:?}");
        assert!(self.error.contains(what), "{self:?}");
        assert_eq!(self.out, "");
    }

    /// Done, saying this.
    fn does(&self, what: &str) {
        assert_eq!((self.code, self.error.as_str()), (0, ""), "{self:?}");
        assert!(self.out.contains(what), "{self:?}");
    }
}

#[test]
fn help_explains_every_command() {
    let place = Place::new();
    let help = place.run(&["--help"]);
    assert_eq!(help.code, 0);
    for command in ["serve", "demo", "admin", "backup", "restore", "check"] {
        assert!(help.out.contains(command), "{}", help.out);
        assert_eq!(place.run(&[command, "--help"]).code, 0);
    }
    place.run(&["--version"]).does(env!("CARGO_PKG_VERSION"));
}

#[test]
fn bad_configuration_ends_in_one_line() {
    let place = Place::new();
    place.run(&["serve", "--port", "80"]).refuses("--port");
    place
        .run(&["serve", "--addr", "nowhere"])
        .refuses("nowhere");
    place
        .run(&["serve", "--base-url", "capacita.pe"])
        .refuses("--base-url capacita.pe");
    place
        .run(&[
            "serve",
            "--addr",
            "127.0.0.1:0",
            "--database",
            "no/such/folder.db",
        ])
        .refuses("no/such/folder.db");
    let busy = std::net::TcpListener::bind("127.0.0.1:0").expect("an address");
    let address = busy.local_addr().expect("an address").to_string();
    place
        .run(&["serve", "--addr", &address])
        .refuses(&format!("cannot listen on {address}"));
    fs::write(place.path("test.db.key"), "too short").expect("written");
    place
        .run(&["serve", "--addr", "127.0.0.1:0"])
        .refuses("is not a key file");
    place
        .run(&["check", "--database", "none.db"])
        .refuses("there is no database");
    place
        .run(&["backup", "copy.db", "--database", "none.db"])
        .refuses("there is no database");
}

#[tokio::test]
async fn a_newer_database_is_not_touched() {
    let place = Place::with_world().await;
    place
        .execute(
            "test.db",
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'later', 1, x'00', 0)",
        )
        .await;
    place
        .run(&["serve", "--addr", "127.0.0.1:0"])
        .refuses("made by a newer Capacita");
    place.run(&["check"]).refuses("made by a newer Capacita");
    place.run(&["backup", "copy.db"]).does("copied");
    place
        .run(&["restore", "copy.db"])
        .refuses("made by a newer Capacita");
}

#[tokio::test]
async fn an_administrator_is_made_from_the_standard_input() {
    let place = Place::new();
    let create = ["admin", "create", "--email", "Ana@Example.pe"];
    place
        .run_with_input(&create, "1234567890\n")
        .refuses("easy to guess");
    place
        .run_with_input(&create, "")
        .refuses("a password is needed");
    place
        .run_with_input(
            &["admin", "create", "--email", "ana"],
            "hoja trueno mesa verde\n",
        )
        .refuses("--email is not an e-mail address");
    let made = place.run_with_input(&create, "hoja trueno mesa verde\n");
    made.does("can sign in and administer");
    assert!(!made.out.contains("trueno"));
    place
        .run_with_input(&create, "hoja trueno mesa verde\n")
        .refuses("there is an account with this e-mail already");
    let grants = "SELECT count(*) FROM role_grants JOIN accounts ON accounts.id = account_id
                  WHERE role = 'administrator' AND email = 'ana@example.pe'";
    assert_eq!(place.ask("test.db", grants).await, 1);
    place.run(&["check"]).does("ok");
}

/// What a process has in its environment under a name.
#[cfg(target_os = "linux")]
fn environment_of(served: &Served, name: &str) -> Option<String> {
    let all = std::fs::read(format!("/proc/{}/environ", served.0.id())).expect("a process");
    String::from_utf8_lossy(&all)
        .split('\0')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(found, value)| (found == name).then(|| value.to_owned()))
}

#[cfg(target_os = "linux")]
#[test]
fn a_server_gives_memory_back_soon_unless_told_otherwise() {
    let place = Place::new();
    let (served, _) = place.serve();
    let delay = environment_of(&served, "MIMALLOC_PURGE_DELAY");
    assert_eq!(delay.as_deref(), Some("25"));
    drop(served);

    let mut command = place.command(&["serve", "--addr", "127.0.0.1:0"]);
    command.env("MIMALLOC_PURGE_DELAY", "500");
    let (chosen, _) = Served::by(command);
    let delay = environment_of(&chosen, "MIMALLOC_PURGE_DELAY");
    assert_eq!(delay.as_deref(), Some("500"));
}

#[tokio::test]
async fn a_copy_is_taken_while_serving_and_put_back() {
    let place = Place::with_world().await;
    let (served, address) = place.serve();
    let mut connection = std::net::TcpStream::connect(&address).expect("it listens");
    connection
        .write_all(b"GET /health/ready HTTP/1.0\r\n\r\n")
        .expect("sent");
    let mut status = String::new();
    BufReader::new(connection)
        .read_line(&mut status)
        .expect("an answer");
    assert!(status.contains("200"), "{status}");

    let copied = place.run(&["backup", "copy.db"]);
    copied.does("copied test.db to copy.db; the key file test.db.key is not in the copy");
    place
        .run(&["backup", "copy.db"])
        .refuses("is there already");
    place
        .run(&["restore", "copy.db"])
        .refuses("in use: stop the server first");
    drop(served);

    place
        .execute("test.db", "DELETE FROM enrolment_events")
        .await;
    let events = "SELECT count(*) FROM enrolment_events";
    assert_eq!(place.ask("test.db", events).await, 0);
    place
        .run(&["restore", "copy.db"])
        .does("restored copy.db to test.db; the former database is");
    assert_eq!(place.ask("test.db", events).await, 3);
    place.run(&["check"]).does("ok");
    let names: Vec<String> = names(place.0.path());
    let former: Vec<&String> = names
        .iter()
        .filter(|name| name.starts_with("test.db.before-restore-"))
        .collect();
    assert_eq!(former.len(), 1, "{names:?}");
    assert!(
        !names.iter().any(|name| name.ends_with(".partial")),
        "{names:?}"
    );
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

#[cfg(unix)]
#[tokio::test]
async fn a_copy_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with_world().await;
    place.run(&["backup", "copy.db"]).does("copied");
    let mode = fs::metadata(place.path("copy.db"))
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn what_is_not_a_sound_copy_is_not_restored() {
    let place = Place::with_world().await;
    place
        .run(&["restore", "copy.db"])
        .refuses("there is no database copy.db");
    fs::write(place.path("copy.db"), "not a database, only a text").expect("written");
    place
        .run(&["restore", "copy.db"])
        .refuses("is not a copy of a Capacita database");
    fs::remove_file(place.path("copy.db")).expect("gone");
    place.run(&["backup", "copy.db"]).does("copied");
    place
        .execute(
            "copy.db",
            "PRAGMA foreign_keys = OFF; DELETE FROM people WHERE id = 6",
        )
        .await;
    place
        .run(&["restore", "copy.db"])
        .refuses("copy.db is damaged: ");
    let people = "SELECT count(*) FROM people";
    assert_eq!(place.ask("test.db", people).await, 8);
}

#[tokio::test]
async fn every_fault_is_a_line() {
    let place = Place::with_world().await;
    place
        .execute(
            "test.db",
            "PRAGMA foreign_keys = OFF;
             DELETE FROM people WHERE id = 8;
             INSERT INTO affiliations (person_id, since, created_at) VALUES (8, '2026-01-01', '');
             INSERT INTO audit_events (at, action, subject_kind, subject_id, detail_digest, chain_hash)
             VALUES ('2026-01-01T00:00:00+00:00', 'x', 'x', 1, zeroblob(32), zeroblob(32));
             INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, marked_at)
             VALUES (1, 1, 1, 'present', 240, 'form', '2026-11-21T15:00:00+00:00');",
        )
        .await;
    let checked = place.run(&["check"]);
    assert_eq!(checked.code, 1, "{checked:?}");
    let lines: Vec<&str> = checked.out.lines().collect();
    assert_eq!(
        lines,
        [
            "fault: affiliations row 3 refers to nothing in people",
            "fault: audit event 1: the chain breaks here; it or one before it was changed",
            "fault: attendance of enrolment 1 in session 1: what stands is not what the marks say",
        ]
    );
}
