//! Self-paced sessions: writing them, doing them, and what finishing one is worth.

mod doing;
mod files;
mod finishing;
mod following;
mod uploading;
mod writing;

use axum::http::StatusCode;

use crate::test_app::{Answer, Client, TestApp};

/// The steps of session 5 in their order: `position kind title`.
async fn steps(app: &TestApp) -> String {
    let sql = "SELECT coalesce(group_concat(position || ' ' || kind || ' ' || title, ', '
                      ORDER BY position), '')
               FROM steps WHERE session_id = 5";
    app.text(sql).await
}

/// How many steps anybody has done.
async fn steps_done(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM steps_done").await
}

/// How many marks the sessions made themselves, for 120 minutes each.
async fn credits(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM attendance_marks
               WHERE source = 'self_paced' AND status = 'present' AND minutes = 120
                 AND account_id IS NULL AND enrolment_id = 3 AND session_id = 5";
    app.count(sql).await
}

/// Does one of the steps 1 and 2.
async fn go_on(client: &Client, step: &str) -> Answer {
    client
        .post("learning/continue_step", &[("step", step)])
        .await
}

/// Answers the question, which is step 3.
async fn answer(client: &Client, option: &str) -> Answer {
    let form = [("step", "3"), ("version", "1"), ("option", option)];
    client.post("learning/answer", &form).await
}

/// Does all three steps.
async fn do_all(client: &Client) {
    for step in ["1", "2"] {
        done(&go_on(client, step).await);
    }
    done(&answer(client, "2").await);
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

/// Where an action leads, without the key of what it has to say.
fn leads_to(answer: &Answer) -> String {
    let location = answer.location();
    location
        .split(['?', '&'])
        .next()
        .unwrap_or_default()
        .to_owned()
}
