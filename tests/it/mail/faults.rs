//! Mail servers that refuse, break off and fall silent, and a machine that stops in between.

use capacita::messages::{Delivered, deliver_due};
use chrono::Duration;

use super::{
    deliver, mail, queue,
    server::{Deed, Server, Stage},
    standings, with_server,
};
use crate::test_app::TestApp;

const ROSA: &str = "rosa@capacita.test";

#[tokio::test]
async fn what_is_put_off_is_tried_again_in_its_time() {
    let (server, app) = with_server().await;
    queue(&app, ROSA, |_| ()).await;
    server.plan(Stage::Rcpt, Deed::Say("450 4.2.1 try later"));
    server.plan(Stage::End, Deed::Say("451 4.3.0 not now"));
    assert_eq!(deliver(&app).await.later, 1);
    let reply = "queued deferred 450 4.2.1 try later 1";
    assert_eq!(standings(&app).await, [reply]);
    // Not before a minute has passed, then not before two have.
    app.clock.advance(Duration::seconds(59));
    assert_eq!(deliver(&app).await, Delivered::default());
    app.clock.advance(Duration::seconds(1));
    assert_eq!(deliver(&app).await.later, 1);
    let reply = "queued deferred 451 4.3.0 not now 2";
    assert_eq!(standings(&app).await, [reply]);
    app.clock.advance(Duration::seconds(119));
    assert_eq!(deliver(&app).await, Delivered::default());
    app.clock.advance(Duration::seconds(1));
    assert_eq!(deliver(&app).await.sent, 1);
    assert_eq!(standings(&app).await, ["sent - - 3"]);
}

#[tokio::test]
async fn what_is_refused_for_good_fails_at_once_and_holds_up_nobody() {
    let (server, app) = with_server().await;
    for (stage, line) in [
        (Stage::Rcpt, "550 5.1.1 No such user"),
        (Stage::Data, "554 5.7.1 no"),
        (Stage::End, "552 5.2.3 too much"),
    ] {
        queue(&app, ROSA, |_| ()).await;
        server.plan(stage, Deed::Say(line));
    }
    queue(&app, "other@capacita.test", |_| ()).await;
    let delivered = deliver(&app).await;
    assert_eq!((delivered.failed, delivered.sent), (3, 1));
    let expected = [
        "failed rejected 550 5.1.1 No such user 1",
        "failed rejected 554 5.7.1 no 1",
        "failed rejected 552 5.2.3 too much 1",
        "sent - - 1",
    ];
    assert_eq!(standings(&app).await, expected);
    app.clock.advance(Duration::days(2));
    assert_eq!(deliver(&app).await, Delivered::default());
}

#[tokio::test]
async fn a_server_that_lets_nobody_in_says_nothing_about_the_message() {
    let (server, app) = with_server().await;
    for _ in 0..2 {
        queue(&app, ROSA, |_| ()).await;
    }
    for (stage, deed, standing) in [
        (
            Stage::Greeting,
            Deed::Say("554 5.3.2 closed"),
            "queued unreachable 554 5.3.2 closed 1",
        ),
        (
            Stage::Mail,
            Deed::Say("550 5.7.1 not you"),
            "queued sender_refused 550 5.7.1 not you 1",
        ),
    ] {
        server.plan(stage, deed);
        // The next one waits untouched.
        assert_eq!(deliver(&app).await.later, 1);
        assert!(
            standings(&app).await.contains(&standing.to_owned()),
            "{standing}"
        );
    }
    assert_eq!(server.taken(), []);
    app.clock.advance(Duration::minutes(1));
    assert_eq!(deliver(&app).await.sent, 2);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_for_two_days() {
    let (port, app) = {
        let (server, app) = with_server().await;
        (server.port(), app)
    };
    let app = app
        .with_mail(mail(&format!("smtp://127.0.0.1:{port}")))
        .await;
    queue(&app, ROSA, |_| ()).await;
    let began = app.clock.now();
    for tries in 1..20 {
        assert_eq!(deliver(&app).await.later, 1, "{tries}");
        app.clock.advance(Duration::hours(4));
    }
    assert_eq!(deliver(&app).await.failed, 1);
    assert_eq!(standings(&app).await, ["failed unreachable - 20"]);
    assert_eq!(app.clock.now() - began, Duration::hours(76));
}

#[tokio::test]
async fn a_line_that_breaks_before_the_text_is_tried_again() {
    let (server, app) = with_server().await;
    queue(&app, ROSA, |_| ()).await;
    for stage in [Stage::Greeting, Stage::Mail, Stage::Rcpt, Stage::Data] {
        server.plan(stage, Deed::HangUp);
        assert_eq!(deliver(&app).await.later, 1, "{stage:?}");
        app.clock.advance(Duration::hours(1));
    }
    assert_eq!(standings(&app).await, ["queued unreachable - 4"]);
    assert_eq!(deliver(&app).await.sent, 1);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_line_that_breaks_behind_the_text_leaves_it_open() {
    let (server, app) = with_server().await;
    queue(&app, ROSA, |_| ()).await;
    server.plan(Stage::End, Deed::HangUp);
    assert_eq!(deliver(&app).await.uncertain, 1);
    assert_eq!(standings(&app).await, ["uncertain no_answer - 1"]);
    // The server had it: by itself Capacita never sends it again.
    app.clock.advance(Duration::days(2));
    assert_eq!(deliver(&app).await, Delivered::default());
    assert_eq!(server.taken().len(), 1);
}

/// Stops in the middle of a conversation, where the mail server has fallen silent, and starts anew.
async fn stopped_at(stage: Stage) -> (Server, TestApp) {
    let (server, app) = with_server().await;
    queue(&app, ROSA, |_| ()).await;
    server.plan(stage, Deed::FallSilent);
    let state = app.state.clone();
    let run = tokio::spawn(async move { deliver_due(&state, || false).await });
    server.silent().await;
    run.abort();
    assert!(run.await.expect_err("it was stopped").is_cancelled());
    (server, app.restart().await)
}

#[tokio::test]
async fn who_stops_before_the_text_sends_it_later_once() {
    for stage in [Stage::Greeting, Stage::Rcpt, Stage::Data] {
        let (server, app) = stopped_at(stage).await;
        // Somebody else might still be at it.
        assert_eq!(deliver(&app).await, Delivered::default());
        assert_eq!(standings(&app).await, ["sending - - 1"]);
        app.clock.advance(Duration::minutes(15));
        assert_eq!(deliver(&app).await.sent, 1, "{stage:?}");
        assert_eq!(server.taken().len(), 1);
        assert_eq!(standings(&app).await, ["sent - - 2"]);
    }
}

#[tokio::test]
async fn who_stops_behind_the_text_does_not_know_and_sends_nothing() {
    let (server, app) = stopped_at(Stage::End).await;
    app.clock.advance(Duration::minutes(14));
    deliver(&app).await;
    assert_eq!(standings(&app).await, ["sending - - 1"]);
    app.clock.advance(Duration::minutes(1));
    assert_eq!(deliver(&app).await, Delivered::default());
    assert_eq!(standings(&app).await, ["uncertain interrupted - 1"]);
    app.clock.advance(Duration::days(2));
    deliver(&app).await;
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_password_is_shown_to_the_server_and_a_wrong_one_waits() {
    let server = Server::start().await;
    server.offer("AUTH PLAIN LOGIN");
    let url = format!("smtp://rosa%40x.pe:se%2Fcreto@127.0.0.1:{}", server.port());
    let app = TestApp::new().await.with_mail(mail(&url)).await;
    queue(&app, ROSA, |_| ()).await;
    server.plan(Stage::Auth, Deed::Say("535 5.7.8 wrong"));
    assert_eq!(deliver(&app).await.later, 1);
    assert_eq!(
        standings(&app).await,
        ["queued unreachable 535 5.7.8 wrong 1"]
    );
    app.clock.advance(Duration::minutes(1));
    assert_eq!(deliver(&app).await.sent, 1);
    // NUL user NUL password, in base64.
    assert!(
        server
            .said()
            .contains(&"AUTH PLAIN AHJvc2FAeC5wZQBzZS9jcmV0bw==".to_owned())
    );
}

#[tokio::test]
async fn nothing_is_said_in_the_clear_where_tls_is_asked_for() {
    let server = Server::start().await;
    server.offer("AUTH PLAIN LOGIN");
    let url = format!("smtp://u:p@127.0.0.1:{}?tls=required", server.port());
    let app = TestApp::new().await.with_mail(mail(&url)).await;
    queue(&app, ROSA, |_| ()).await;
    assert_eq!(deliver(&app).await.later, 1);
    let verbs: Vec<String> = server.said();
    assert!(
        verbs
            .iter()
            .all(|said| said.starts_with("EHLO") || said == "QUIT"),
        "{verbs:?}"
    );
    assert_eq!(standings(&app).await, ["queued unreachable - 1"]);
}
