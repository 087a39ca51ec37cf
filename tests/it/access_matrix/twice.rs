//! A form that is sent twice, by a double click or a reload, is done once: every action, with the
//! forms of the tables.

use super::{CLIENTS, Row, TABLES, World, rows};
use crate::test_app::{Answer, Client, TestApp};

/// Every line about an action that somebody may do, and who.
fn doable() -> Vec<(Row, usize)> {
    TABLES
        .iter()
        .flat_map(|(_, table)| rows(table))
        .filter(|row| row.endpoint.starts_with("POST "))
        .filter_map(|row| {
            let who = row.expected.iter().position(|status| *status == 200)?;
            Some((row, who))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_action_sent_twice_is_done_once() {
    let world = World::get().await;
    let mut wrong = Vec::new();
    let mut asked = 0;
    for (row, who) in doable() {
        let app = world.app().await.app;
        let client = app.client(world.cookies[who].clone());
        let first = send(&row, &client, "k1").await;
        // Whoever signs in or out must get the cookie, however often they ask.
        if !first.cookies().is_empty() {
            continue;
        }
        let after_one = records(&app).await;
        let second = send(&row, &client, "k1").await;
        asked += 1;
        if records(&app).await != after_one {
            wrong.push(format!("{} as {}: done twice", row.endpoint, CLIENTS[who]));
        }
        if second.location() != first.location() {
            wrong.push(format!("{}: led elsewhere", row.endpoint));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(asked > 50, "only {asked} actions were asked");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_double_click_makes_one_edition() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let (row, _) = doable()
        .into_iter()
        .find(|(row, _)| row.endpoint == "POST courses/create_edition")
        .expect("a line");
    let editions = || app.count("SELECT count(*) FROM editions");
    let before = editions().await;

    let both = tokio::join!(send(&row, &coordinator, "k"), send(&row, &coordinator, "k"));
    assert_eq!(both.0.location(), both.1.location());
    assert_eq!(editions().await, before + 1);

    // Its page says once what was done. Sent again later, the form says that it was sent before.
    let page = coordinator.get(&both.0.location()).await;
    assert!(page.body.contains("notice-success"), "{}", page.body);
    app.clock.advance(chrono::Duration::seconds(5));
    let again = send(&row, &coordinator, "k").await;
    let page = coordinator.get(&again.location()).await;
    assert!(!page.body.contains("notice-success"));
    assert!(page.notice().contains("ya se había enviado"));
    assert_eq!(editions().await, before + 1);

    // Another page's form is another sending, and so is one without a key.
    send(&row, &coordinator, "l").await;
    send(&row, &coordinator, "").await;
    send(&row, &coordinator, "").await;
    assert_eq!(editions().await, before + 4);
}

#[tokio::test]
async fn what_was_refused_may_be_sent_again() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("form_key", "k"), ("edition", "1"), ("person", "8")];
    let (page, action) = ("/editions/1/sessions", "courses/assign_facilitator");
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let refused = coordinator.post_form(page, action, &form).await;
    assert!(refused.location().starts_with("/editions/1/sessions?kept="));
    app.execute("UPDATE editions SET state = 'running' WHERE id = 1")
        .await;
    coordinator.post_form(page, action, &form).await;
    let taught = "SELECT count(*) FROM edition_facilitators WHERE edition_id = 1 AND person_id = 8";
    assert_eq!(app.count(taught).await, 1);
}

#[tokio::test]
async fn every_form_of_a_page_bears_its_key() {
    let app = TestApp::new().await;
    for (who, path) in [
        ("coordinator", "/editions/1/sessions"),
        ("coordinator", "/editions/1/edit"),
        ("coordinator", "/editions/1/certificates"),
        ("coordinator", "/people/new"),
        ("admin", "/admin"),
        ("participant", "/me/data"),
    ] {
        let page = app.sign_in(who).await.get(path).await;
        let main = page.body.split("<main").nth(1).expect("a page");
        let forms = main.matches("method=\"post\"").count();
        assert_eq!(main.matches("name=\"form_key\"").count(), forms, "{path}");
        assert!(forms > 0, "{path}");
    }
}

async fn send(row: &Row, client: &Client, key: &str) -> Answer {
    let (_, endpoint) = row.endpoint.split_once(' ').expect("method and path");
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(row.form.as_bytes())
        .into_owned()
        .collect();
    fields.push(("form_key".into(), key.into()));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let file = fields.iter().find_map(|(_, value)| value.strip_prefix('@'));
    match file {
        Some(name) => {
            let file = (name, b"Aviso".as_slice());
            client.post_file_form("/", endpoint, &fields, file).await
        }
        None => client.post_form("/", endpoint, &fields).await,
    }
}

/// What was done twice has written twice into these: every change has its event.
async fn records(app: &TestApp) -> i64 {
    app.count("SELECT (SELECT count(*) FROM audit_events) + (SELECT count(*) FROM outbox)")
        .await
}
