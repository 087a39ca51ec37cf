//! The program with and without a mail server.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use super::server::Server;
use crate::test_app::TestApp;

fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_capacita"));
    command
        .args(["serve", "--addr", "127.0.0.1:0"])
        .current_dir(folder)
        .env("CAPACITA_DATABASE", "test.db")
        .env_remove("CAPACITA_LOG");
    command
}

#[test]
fn a_wrong_address_is_refused_in_one_line_that_does_not_repeat_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = "--smtp-url is not an address like smtps://user:password@mail.example.pe";
    for (url, from, said) in [
        ("smtp://u:secreto@", "a@b.pe", example),
        ("ftp://u:secreto@mail.pe", "a@b.pe", example),
        (
            "smtps://u:secreto@mail.pe",
            "nobody",
            "--mail-from is not an address like Capacita <capacita@example.pe>",
        ),
    ] {
        let output = command(folder.path())
            .env("CAPACITA_SMTP_URL", url)
            .env("CAPACITA_MAIL_FROM", from)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(error, format!("capacita: {said}\n"));
    }
}

#[test]
fn whoever_vouches_for_the_mail_server_is_named_by_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("empty.pem"), "").expect("written");
    for (file, said) in [
        ("empty.pem", "--smtp-ca is no certificate in PEM"),
        (
            "none.pem",
            "cannot read --smtp-ca none.pem: No such file or directory (os error 2)",
        ),
    ] {
        let output = command(folder.path())
            .env("CAPACITA_SMTP_URL", "smtps://mail.example.pe")
            .env("CAPACITA_MAIL_FROM", "a@b.pe")
            .env("CAPACITA_SMTP_CA", file)
            .output()
            .expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(error, format!("capacita: {said}\n"));
    }
}

#[test]
fn help_does_not_show_the_password() {
    let output = Command::new(env!("CARGO_BIN_EXE_capacita"))
        .args(["serve", "--help"])
        .env("CAPACITA_SMTP_URL", "smtps://u:secreto@mail.pe")
        .output()
        .expect("it runs");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(help.contains("CAPACITA_SMTP_URL"), "{help}");
    assert!(!help.contains("secreto"));
}

/// A program that serves; ends with the test.
struct Serving(Child, String);

impl Serving {
    fn start(command: &mut Command) -> Self {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("it runs");
        let stdout = child.stdout.take().expect("an output");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on http://");
        Self(child, address.expect("an address").to_owned())
    }

    fn forgotten_password(&self, email: &str) {
        let body = format!("email={}", email.replace('@', "%40"));
        let mut stream = TcpStream::connect(&self.1).expect("it answers");
        let request = format!(
            "POST /api/access/forgotten_password HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.1,
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    /// Ends it, and gives what it logged.
    fn end(mut self) -> String {
        self.0.kill().expect("it runs");
        let mut log = String::new();
        let mut stderr = self.0.stderr.take().expect("an output");
        stderr.read_to_string(&mut log).expect("UTF-8");
        self.0.wait().expect("it ended");
        log
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_before_the_program_stopped_goes_out_when_it_runs_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = TestApp::new().await.into_file().await;
    std::fs::write(folder.path().join("test.db"), file).expect("written");
    std::fs::write(folder.path().join("test.db.key"), [7; 32]).expect("written");
    let email = "participant@capacita.test";
    let serving = Serving::start(&mut command(folder.path()));
    serving.forgotten_password(email);
    serving.end();

    let server = Server::start().await;
    let url = format!("smtp://{}:{}", "u:secreto@127.0.0.1", server.port());
    server.offer("AUTH PLAIN");
    let mut with_mail = command(folder.path());
    with_mail.env("CAPACITA_SMTP_URL", url);
    with_mail.env("CAPACITA_MAIL_FROM", "capacita@capacita.test");
    with_mail.env("CAPACITA_LOG", "trace");
    let serving = Serving::start(&mut with_mail);
    for _ in 0..200 {
        if !server.taken().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].to, email);
    let log = serving.end();
    for private in ["secreto", email, "token="] {
        assert!(!log.contains(private), "{private} is in the log");
    }
}
