//! What happens to an account while a password is looked at, which takes its time.

use std::time::Duration;

use axum::http::StatusCode;
use capacita::error::{AppError, Fault};
use tokio::time::sleep;

use super::NEW;
use crate::test_app::{Answer, Client, PASSWORD, TestApp};

/// Long enough for whoever was started to stand in line for the writer.
const A_MOMENT: Duration = Duration::from_millis(400);

/// Posts a form that holds a password, and lets the account become another one after the password
/// was found to be right and before anything is written: the attempt is counted first, then it is
/// this one's turn to write, and the form's again after it.
async fn post_and_change(
    app: &TestApp,
    client: Client,
    (endpoint, form): (&'static str, &'static [(&'static str, &'static str)]),
    change: &'static str,
) -> Answer {
    let hash = app.state.passwords.hash(NEW).await.expect("a hash");
    let first = app.state.database.write().await.expect("the writer");
    let posted = tokio::spawn(async move { client.post(endpoint, form).await });
    sleep(A_MOMENT).await;
    let database = app.state.database.clone();
    let changed = tokio::spawn(async move {
        let mut tx = database.write().await.expect("the writer");
        sleep(A_MOMENT).await;
        sqlx::query(change)
            .bind(hash)
            .execute(&mut *tx)
            .await
            .expect("changed");
        tx.commit().await.expect("committed");
    });
    sleep(A_MOMENT).await;
    drop(first);
    changed.await.expect("changed");
    posted.await.expect("answered")
}

const SIGN_IN: (&str, &[(&str, &str)]) = (
    "access/sign_in",
    &[
        ("email", "participant@capacita.test"),
        ("password", PASSWORD),
    ],
);

const CHANGE_PASSWORD: (&str, &[(&str, &str)]) = (
    "access/change_password",
    &[
        ("current_password", PASSWORD),
        ("new_password", "campo luna piedra azul"),
        ("repeat_password", "campo luna piedra azul"),
    ],
);

const NEW_PASSWORD: &str = "UPDATE accounts SET password_hash = ?1 WHERE person_id = 5";

const DISABLED: &str = "UPDATE accounts SET disabled_at = '2026-11-21T15:00:00+00:00'
                        WHERE person_id = 5 AND ?1 IS NOT NULL";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_signs_in_with_a_password_that_was_changed_meanwhile() {
    for change in [NEW_PASSWORD, DISABLED] {
        let app = TestApp::new().await;
        let late = post_and_change(&app, app.stranger(), SIGN_IN, change).await;
        let wrong = AppError::field("email", Fault::WrongCredentials);
        assert_eq!(late.error(), wrong, "{change}");
        assert!(late.cookies().is_empty(), "{change}");
        assert_eq!(app.count("SELECT count(*) FROM sign_ins").await, 0);
        // It stays counted.
        let counted = "SELECT count(*) FROM sign_in_failures";
        assert_eq!(app.count(counted).await, 2, "{change}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_that_was_set_meanwhile_is_not_overwritten() {
    let app = TestApp::new().await;
    let client = app.sign_in("participant").await;
    let late = post_and_change(&app, client, CHANGE_PASSWORD, NEW_PASSWORD).await;
    let wrong = AppError::field("current_password", Fault::WrongPassword);
    assert_eq!(late.error(), wrong);
    app.sign_in_as("participant@capacita.test", NEW).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changes_nothing_of_the_password_is_no_hindrance() {
    let app = TestApp::new().await;
    let locale = "UPDATE accounts SET locale = 'en' WHERE person_id = 5 AND ?1 IS NOT NULL";
    let late = post_and_change(&app, app.stranger(), SIGN_IN, locale).await;
    assert_eq!(late.status, StatusCode::OK, "{}", late.body);
}
