//! What goes out, once, and what is kept of it.

use capacita::messages::{Delivered, withdraw};
use chrono::Duration;
use mailparse::{MailHeaderMap as _, parse_mail};

use super::{deliver, queue, server::Server, standings, with_server};
use crate::test_app::TestApp;

const SENT: Delivered = Delivered {
    sent: 1,
    later: 0,
    failed: 0,
    uncertain: 0,
};

#[tokio::test]
async fn a_message_arrives_as_it_was_written() {
    let (server, app) = with_server().await;
    queue(&app, "rosa@capacita.test", |message| {
        message.letter.body = "Hola, Rosa:\n\n.punto\nñandú — «edición»".to_owned();
    })
    .await;
    assert_eq!(deliver(&app).await, SENT);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].from, "capacita@capacita.test");
    assert_eq!(taken[0].to, "rosa@capacita.test");
    assert!(taken[0].text.is_ascii());
    let mail = parse_mail(taken[0].text.as_bytes()).expect("a message");
    let header = |name: &str| mail.headers.get_all_values(name);
    assert_eq!(header("From"), ["Capacita Perú <capacita@capacita.test>"]);
    assert_eq!(header("To"), ["rosa@capacita.test"]);
    assert_eq!(header("Subject"), ["Inscripción confirmada"]);
    assert_eq!(header("Date"), ["Sat, 21 Nov 2026 15:00:00 +0000"]);
    assert_eq!(header("Auto-Submitted"), ["auto-generated"]);
    assert_eq!(header("Content-Type"), ["text/plain; charset=utf-8"]);
    let id = app.text("SELECT message_id FROM outbox").await;
    assert_eq!(header("Message-ID"), [format!("<{id}@capacita.test>")]);
    let body = mail.get_body().expect("text").replace("\r\n", "\n");
    assert_eq!(body.trim_end(), "Hola, Rosa:\n\n.punto\nñandú — «edición»");
    assert_eq!(standings(&app).await, ["sent - - 1"]);
    let sent_at = app.text("SELECT sent_at FROM outbox").await;
    assert_eq!(sent_at, "2026-11-21T15:00:00+00:00");
}

#[tokio::test]
async fn nothing_is_sent_twice() {
    let (server, app) = with_server().await;
    for n in 0..5 {
        queue(&app, &format!("p{n}@capacita.test"), |_| ()).await;
    }
    let both = tokio::join!(deliver(&app), deliver(&app));
    assert_eq!(both.0.sent + both.1.sent, 5);
    let app = app.restart().await;
    app.clock.advance(Duration::days(2));
    assert_eq!(deliver(&app).await, Delivered::default());
    let mut to: Vec<String> = server.taken().into_iter().map(|taken| taken.to).collect();
    to.sort();
    let expected: Vec<String> = (0..5).map(|n| format!("p{n}@capacita.test")).collect();
    assert_eq!(to, expected);
}

#[tokio::test]
async fn messages_of_one_run_share_a_line() {
    let (server, app) = with_server().await;
    for _ in 0..3 {
        queue(&app, "rosa@capacita.test", |_| ()).await;
    }
    deliver(&app).await;
    let greetings = server
        .said()
        .iter()
        .filter(|said| said.starts_with("EHLO"))
        .count();
    assert_eq!((server.taken().len(), greetings), (3, 1));
}

#[tokio::test]
async fn a_key_is_told_once() {
    let (server, app) = with_server().await;
    for _ in 0..2 {
        queue(&app, "rosa@capacita.test", |message| {
            message.key = Some("x:1".to_owned());
        })
        .await;
        deliver(&app).await;
    }
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn what_ceased_to_be_true_is_not_sent() {
    let (server, app) = with_server().await;
    for key in ["reminder:1:5", "reminder:12:5", "reminder:2:5"] {
        queue(&app, "rosa@capacita.test", |message| {
            message.key = Some(key.to_owned());
        })
        .await;
    }
    let mut tx = app.state.database.write().await.expect("a transaction");
    withdraw(&app.state, &mut tx, "reminder:1:")
        .await
        .expect("done");
    tx.commit().await.expect("committed");
    deliver(&app).await;
    assert_eq!(server.taken().len(), 2);
    assert_eq!(
        standings(&app).await,
        ["failed superseded - 0", "sent - - 1", "sent - - 1"]
    );
}

#[tokio::test]
async fn links_are_sealed_and_erased_once_they_were_sent() {
    let (server, app) = with_server().await;
    let form = [("email", "participant@capacita.test")];
    app.stranger()
        .post("access/forgotten_password", &form)
        .await;
    let stored = "SELECT body || hex(secret) FROM outbox";
    assert!(!app.text(stored).await.contains("token="));
    let link = app.latest_letter().await;
    let (_, link) = link.split_once("/set-password?token=").expect("a link");
    let token = &link[..64];
    assert_eq!(deliver(&app).await, SENT);
    let mail = server.taken().remove(0).text;
    let mail = parse_mail(mail.as_bytes()).expect("a message");
    assert!(mail.get_body().expect("text").contains(token));
    let kept = "SELECT count(*) FROM outbox WHERE secret IS NOT NULL";
    assert_eq!(app.count(kept).await, 0);
    // Not anywhere in the file either.
    let file = app.into_file().await;
    let token = token.as_bytes();
    assert!(!file.windows(token.len()).any(|window| window == token));
}

#[tokio::test]
async fn a_link_that_is_good_for_nothing_is_neither_sent_nor_kept() {
    let server = Server::start().await;
    let app = TestApp::new().await;
    let form = [("email", "participant@capacita.test")];
    app.stranger()
        .post("access/forgotten_password", &form)
        .await;
    // Without a mail server it is erased too.
    app.clock.advance(Duration::minutes(61));
    deliver(&app).await;
    let kept = "SELECT count(*) FROM outbox WHERE secret IS NOT NULL";
    assert_eq!(app.count(kept).await, 0);
    let app = app.with_mail(server.mail()).await;
    assert_eq!(deliver(&app).await, Delivered::default());
    assert_eq!(server.taken(), []);
    assert_eq!(standings(&app).await, ["failed expired - 0"]);
}

#[tokio::test]
async fn without_a_mail_server_messages_wait_and_old_ones_are_not_sent_by_themselves() {
    let server = Server::start().await;
    let app = TestApp::new().await;
    queue(&app, "old@capacita.test", |_| ()).await;
    assert_eq!(deliver(&app).await, Delivered::default());
    assert_eq!(standings(&app).await, ["queued - - 0"]);
    app.clock.advance(Duration::days(3) + Duration::seconds(1));
    queue(&app, "new@capacita.test", |_| ()).await;
    deliver(&app).await;
    assert_eq!(standings(&app).await, ["queued - - 0", "queued - - 0"]);
    let app = app.with_mail(server.mail()).await;
    assert_eq!(deliver(&app).await, SENT);
    assert_eq!(server.taken()[0].to, "new@capacita.test");
    assert_eq!(standings(&app).await, ["failed too_old - 0", "sent - - 1"]);
}

#[tokio::test]
async fn a_run_ends_when_it_is_told_to() {
    let (server, app) = with_server().await;
    queue(&app, "rosa@capacita.test", |_| ()).await;
    let delivered = capacita::messages::deliver_due(&app.state, || true).await;
    assert_eq!(delivered, Ok(Delivered::default()));
    assert_eq!(server.taken(), []);
    assert_eq!(standings(&app).await, ["queued - - 0"]);
}

#[tokio::test]
async fn a_letter_to_nobody_goes_out_and_leaves_with_its_address() {
    let (server, app) = with_server().await;
    let form = [
        ("given_names", "Ana"),
        ("paternal_surname", "Rojas"),
        ("sex", "f"),
        ("document_kind", "dni"),
        ("document_number", "01234567"),
        ("email", "ana@example.pe"),
        ("password", "hoja trueno mesa verde"),
        ("repeat_password", "hoja trueno mesa verde"),
    ];
    app.stranger().post("access/register", &form).await;
    let link = app.latest_letter().await;
    let (_, link) = link.split_once("/register/finish?token=").expect("a link");
    let token = &link[..64];
    assert_eq!(deliver(&app).await, SENT);
    let taken = server.taken().remove(0);
    assert_eq!(taken.to, "ana@example.pe");
    let mail = parse_mail(taken.text.as_bytes()).expect("a message");
    assert!(mail.get_body().expect("text").contains(token));
    app.clock.advance(Duration::hours(48));
    deliver(&app).await;
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 0);
    // The token was never anywhere in the file.
    let file = app.into_file().await;
    let token = token.as_bytes();
    assert!(!file.windows(token.len()).any(|window| window == token));
}
