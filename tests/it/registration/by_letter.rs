//! Registering where letters go out by themselves: nobody learns from it who is registered.

mod limits;

use axum::http::{StatusCode, header};
use capacita::{
    error::{AppError, Fault, Reason},
    messages::MailServer,
};
use chrono::Duration;

use super::{NEW, REGISTRATION, with};
use crate::test_app::{Answer, Client, TestApp};

/// A mail server is set; nothing is handed to it, so letters are read in the outbox.
fn mail() -> MailServer {
    MailServer::parse(
        "smtp://127.0.0.1:1",
        Some("Capacita <capacita@capacita.test>"),
    )
    .expect("sound")
}

async fn app() -> TestApp {
    TestApp::new().await.with_mail(mail()).await
}

/// What somebody was answered who registers, as a program and as a browser, and the page they come
/// to: without what is random in any answer.
async fn answers(app: &TestApp) -> Vec<String> {
    let program = app.stranger().post("access/register", &REGISTRATION).await;
    let browser = app
        .stranger()
        .post_form("/register", "access/register", &REGISTRATION)
        .await;
    let page = app.stranger().get(&browser.location()).await;
    assert_eq!(program.status, StatusCode::OK, "{}", program.body);
    assert_eq!(page.status, StatusCode::OK);
    [program, browser, page].map(|one| plain(&one)).to_vec()
}

fn plain(answer: &Answer) -> String {
    let headers = answer.headers.iter().map(|(name, value)| {
        let value = value.to_str().expect("ASCII");
        format!("{name}: {value}\n")
    });
    let headers: String = headers.collect();
    let text = format!("{}\n{headers}\n{}", answer.status, answer.body);
    let is_code = |c: char| c.is_ascii_alphanumeric() || "+/=_-".contains(c);
    text.split_inclusive(|c: char| !is_code(c))
        .map(|word| if word.len() > 20 { "…" } else { word })
        .collect()
}

/// What the tables hold that could tell: letters, people, accounts, events, what waits.
async fn counts(app: &TestApp) -> [i64; 5] {
    [
        app.count("SELECT count(*) FROM outbox").await,
        app.count("SELECT count(*) FROM people").await,
        app.count("SELECT count(*) FROM accounts").await,
        app.count("SELECT count(*) FROM audit_events").await,
        app.count("SELECT count(*) FROM registrations").await,
    ]
}

/// Registers by letter, and gives the token in it.
async fn ask(app: &TestApp, form: &[(&str, &str)]) -> String {
    let answer = app.stranger().post("access/register", form).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.cookie(), None);
    latest_token(app).await
}

async fn latest_token(app: &TestApp) -> String {
    let body = app.latest_letter().await;
    let (_, rest) = body
        .split_once("/register/finish?token=")
        .expect("a letter with a link");
    rest[..64].to_owned()
}

async fn finish(client: &Client, token: &str, password: &str) -> Answer {
    let form = [("token", token), ("password", password)];
    client.post("access/finish_registration", &form).await
}

async fn look(app: &TestApp, token: &str) -> Answer {
    let page = format!("/register/finish?token={token}");
    app.stranger().get(&page).await
}

#[tokio::test]
async fn everybody_is_answered_alike_and_one_letter_goes_out() {
    let other_email = with(&[("email", "otra@example.pe")]);
    let other_document = with(&[("document_number", "76543210")]);
    let mut all = Vec::new();
    for (known, before) in [
        ("nobody", None),
        ("the document", Some(&other_email[..])),
        ("the e-mail", Some(&other_document[..])),
        ("both", Some(&REGISTRATION[..])),
    ] {
        let app = TestApp::new().await;
        if let Some(form) = before {
            app.stranger().post("access/register", form).await;
        }
        let app = app.with_mail(mail()).await;
        let letters = "SELECT count(*) FROM outbox WHERE address = 'ana@example.pe'";
        let before = counts(&app).await;
        let program = app.stranger().post("access/register", &REGISTRATION).await;
        assert_eq!(program.status, StatusCode::OK);
        let after = counts(&app).await;
        assert_eq!(after[0], before[0] + 1, "{known}: one letter");
        assert_eq!(after[1..3], before[1..3], "{known}: nobody is added");
        assert_eq!(app.count(letters).await, 1, "{known}: to who was typed");
        all.push((known, answers(&app).await));
    }
    let (_, first) = &all[0];
    assert!(first[1].contains("303"), "{}", first[1]);
    assert!(first[2].contains("Le escribimos a ana@example.pe."));
    assert!(!first.concat().contains("set-cookie"));
    for (known, answers) in &all {
        assert_eq!(answers, first, "{known}");
    }
}

#[tokio::test]
async fn the_document_decides_nothing_before_the_link_is_answered() {
    let app = TestApp::new().await;
    let owner = with(&[("email", "duena@example.pe")]);
    app.stranger().post("access/register", &owner).await;
    let app = app.with_mail(mail()).await;
    let before = counts(&app).await;
    for form in [
        &with(&[("email", "ladron@example.pe")]),
        &with(&[
            ("email", "nueva@example.pe"),
            ("document_number", "76543210"),
        ]),
    ] {
        ask(&app, form).await;
    }
    let after = counts(&app).await;
    assert_eq!(after[1..4], before[1..4], "no person, account or event");
    assert_eq!((after[0], after[4]), (before[0] + 2, before[4] + 2));
    let letters = app
        .text(
            "SELECT group_concat(count || kind, '|') FROM
                 (SELECT count(*) AS count, kind || subject || body || locale || state AS kind
                  FROM outbox WHERE person_id IS NULL GROUP BY 2)",
        )
        .await;
    assert!(letters.starts_with("2registration"), "{letters}");
    assert!(!letters.contains('|'), "the same letter to both");
    assert!(!letters.contains("Ana"), "nothing that was typed is in it");
    // What was typed is sealed.
    let file = app.into_file().await;
    for typed in ["Ch'aska", "76543210", "Jueza de paz", NEW] {
        let times = file.windows(typed.len()).filter(|w| *w == typed.as_bytes());
        let owners = usize::from(typed == "Ch'aska" || typed == "Jueza de paz");
        assert!(times.count() <= owners * 8, "{typed}");
    }
}

#[tokio::test]
async fn the_link_makes_the_account_once_and_proves_the_address() {
    let app = app().await;
    let mut form = REGISTRATION.to_vec();
    form.push(("next", "/editions/1"));
    let before = counts(&app).await;
    let token = ask(&app, &form).await;
    let waiting = counts(&app).await;
    assert_eq!(waiting[1..4], before[1..4]);
    // Mail servers open links by themselves: that does nothing.
    for _ in 0..2 {
        let page = look(&app, &token).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("ana@example.pe"));
        assert!(!page.body.contains("Ch&#x27;aska") && !page.body.contains("Ch'aska"));
        assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
    }
    assert_eq!(counts(&app).await, waiting);
    let wrong = finish(&app.stranger(), &token, "otra frase larga aqui").await;
    let fault = AppError::field("password", Fault::WrongPassword);
    assert_eq!(wrong.error(), fault);

    let page = format!("/register/finish?token={token}");
    let form = [("token", token.as_str()), ("password", NEW)];
    let done = app
        .stranger()
        .post_form(&page, "access/finish_registration", &form)
        .await;
    assert!(
        done.location().starts_with("/editions/1?"),
        "{}",
        done.location()
    );
    let client = app.client(done.cookie());
    assert_eq!(client.get("/me/account").await.status, StatusCode::OK);
    app.sign_in_as("ana@example.pe", NEW).await;
    let kept = app
        .text(
            "SELECT people.given_names || '|' || paternal_surname || '|' || people.email || '|'
                    || position || '|' || department || '|' || accounts.locale
             FROM accounts JOIN people ON people.id = accounts.person_id
             JOIN affiliations ON affiliations.person_id = people.id
             WHERE accounts.email = 'ana@example.pe'",
        )
        .await;
    assert_eq!(kept, "Ana María|Ch'aska|ana@example.pe|Jueza de paz|16|es");
    // The letter is hers now, and she takes it along.
    let data = client.get("/me/data.json").await;
    assert!(data.body.contains("Termine de crear su cuenta"));
    assert_eq!(app.count("SELECT count(*) FROM registrations").await, 0);

    // A link that was used and one that was never sent are answered alike.
    let expired = AppError::Conflict(Reason::LinkExpired);
    let used = look(&app, &token).await;
    assert_eq!(used.status, StatusCode::GONE);
    let again = finish(&app.stranger(), &token, NEW).await;
    assert_eq!(again.error(), expired);
    let never_sent = "0".repeat(64);
    let page = look(&app, &never_sent).await;
    assert_eq!(plain(&page), plain(&used));
    let answer = finish(&app.stranger(), &never_sent, NEW).await;
    assert_eq!(answer.error(), expired);
    assert_eq!(answer.body, again.body);
    for none in ["x", ""] {
        assert_eq!(look(&app, none).await.status, StatusCode::GONE);
        assert_eq!(finish(&app.stranger(), none, NEW).await.error(), expired);
    }
    // Who sends the form twice is signed in by then: the page leads on, not to signing in.
    let page = client.get(&format!("/register/finish?token={token}")).await;
    assert!(!page.body.contains("Registrarme otra vez"));

    app.execute("UPDATE people SET email = 'ana@example.pe' WHERE id = 8")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let taken = coordinator.post("access/invite", &[("person", "8")]).await;
    assert_eq!(taken.error(), AppError::Conflict(Reason::EmailTaken));
}

#[tokio::test]
async fn who_types_a_known_document_is_told_once_and_only_behind_the_link() {
    let app = TestApp::new().await;
    let owner = with(&[("email", "duena@example.pe")]);
    app.stranger().post("access/register", &owner).await;
    let app = app.with_mail(mail()).await;
    let token = ask(&app, &REGISTRATION).await;
    let told = "SELECT count(*) FROM outbox
                WHERE kind = 'register_known' AND address = 'duena@example.pe'";
    assert_eq!(app.count(told).await, 0);

    let refused = finish(&app.stranger(), &token, NEW).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::CannotRegister));
    assert_eq!(refused.cookie(), None);
    assert_eq!(app.count(told).await, 1);
    let accounts = "SELECT count(*) FROM accounts WHERE email = 'ana@example.pe'";
    assert_eq!(app.count(accounts).await, 0);
    let page = look(&app, &token).await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.body.contains("No se creó la cuenta"), "{}", page.body);
    assert!(page.body.contains("pida su invitación"));
    let kept = "SELECT count(*) FROM registrations WHERE entry IS NOT NULL";
    assert_eq!(app.count(kept).await, 0, "what was typed is gone");
    let again = finish(&app.stranger(), &token, NEW).await;
    assert_eq!(again.error(), AppError::Conflict(Reason::CannotRegister));

    // The mailbox had its try, whatever is typed next; asking is answered as ever.
    let new = with(&[("document_number", "76543210")]);
    let token = ask(&app, &new).await;
    let wait = AppError::Conflict(Reason::TooManyAttempts { minutes: 24 * 60 });
    let answer = finish(&app.stranger(), &token, NEW).await;
    assert_eq!(answer.error(), wait);
    let page = format!("/register/finish?token={token}");
    let form = [("token", token.as_str()), ("password", NEW)];
    let answer = app
        .stranger()
        .post_form(&page, "access/finish_registration", &form)
        .await;
    let browser = app.client(Some(answer.cookies()));
    let page = browser.get(&answer.location()).await;
    assert!(page.body.contains("Espere 24 h"), "{}", page.body);
    app.clock.advance(Duration::hours(24));
    let done = finish(&app.stranger(), &token, NEW).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert_eq!(app.count(told).await, 1);
}

#[tokio::test]
async fn administrators_see_letters_to_nobody_without_a_person() {
    let app = app().await;
    ask(&app, &REGISTRATION).await;
    let admin = app.sign_in("admin").await;
    let page = admin.get("/admin/outbox").await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.html();
    assert!(page.contains("ana@example.pe") && page.contains("Cuenta por terminar"));
    assert!(!page.contains("href=\"/people/"), "{page}");
}

#[tokio::test]
async fn the_pages_say_how_registering_goes_here() {
    let by_letter = app().await;
    let at_once = TestApp::new().await;
    let hint = "Le enviaremos un enlace para terminar.";
    let answer = "La respuesta es la misma para todos";
    for (app, says) in [(&by_letter, true), (&at_once, false)] {
        let page = app.stranger().get("/register").await.body;
        assert_eq!(page.contains(hint), says);
        let page = app.stranger().get("/privacy").await.body;
        assert_eq!(page.contains(answer), says);
    }
}
