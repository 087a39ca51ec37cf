//! What somebody who types what is not theirs meets: limits, and links that are worth nothing.

use axum::http::StatusCode;
use capacita::{
    access::waiting::forget_expired,
    error::{AppError, Fault, Reason},
    messages::deliver_due,
};
use chrono::Duration;

use super::{
    super::{NEW, REGISTRATION, with},
    app, ask, counts, finish, look, mail,
};
use crate::test_app::TestApp;

#[tokio::test]
async fn of_two_that_wait_with_one_document_one_becomes_the_person() {
    let app = app().await;
    let first = ask(&app, &REGISTRATION).await;
    let second = ask(&app, &with(&[("email", "segunda@example.pe")])).await;
    let done = finish(&app.stranger(), &second, NEW).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let other = finish(&app.stranger(), &first, NEW).await;
    assert_eq!(other.error(), AppError::Conflict(Reason::CannotRegister));
    let people = "SELECT count(*) FROM people WHERE paternal_surname LIKE 'Ch_aska'";
    assert_eq!(app.count(people).await, 1);
}

#[tokio::test]
async fn who_types_the_address_of_another_neither_ends_their_link_nor_gets_in() {
    const THEIRS: &str = "cerro lluvia taza norte";
    let app = app().await;
    let own = ask(&app, &REGISTRATION).await;
    let thief = with(&[("password", THEIRS), ("repeat_password", THEIRS)]);
    let planted = ask(&app, &thief).await;
    // The owner follows the wrong one of the two: her password opens nothing for the other.
    let fault = AppError::field("password", Fault::WrongPassword);
    let wrong = finish(&app.stranger(), &planted, NEW).await;
    assert_eq!(wrong.error(), fault);
    let done = finish(&app.stranger(), &own, NEW).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let gone = finish(&app.stranger(), &planted, THEIRS).await;
    assert_eq!(gone.error(), AppError::Conflict(Reason::LinkExpired));
    let form = [("email", "ana@example.pe"), ("password", THEIRS)];
    let theirs = app.stranger().post("access/sign_in", &form).await;
    let wrong = AppError::field("email", Fault::WrongCredentials);
    assert_eq!(theirs.error(), wrong);
}

#[tokio::test]
async fn no_mailbox_is_flooded_and_nothing_waits_for_ever() {
    let app = app().await;
    for _ in 0..5 {
        ask(&app, &REGISTRATION).await;
    }
    let letters = "SELECT count(*) FROM outbox WHERE kind = 'registration'";
    assert_eq!(app.count(letters).await, 3);
    app.clock.advance(Duration::hours(1));
    let token = ask(&app, &REGISTRATION).await;
    assert_eq!(app.count(letters).await, 4);

    let clear_up = async || {
        forget_expired(&app.state).await.expect("done");
        deliver_due(&app.state, || true).await.expect("done");
    };
    app.clock.advance(Duration::minutes(48 * 60 - 1));
    clear_up().await;
    assert_eq!(app.count("SELECT count(*) FROM registrations").await, 1);
    assert_eq!(app.count(letters).await, 1);
    assert_eq!(look(&app, &token).await.status, StatusCode::OK);
    app.clock.advance(Duration::minutes(1));
    assert_eq!(look(&app, &token).await.status, StatusCode::GONE);
    let late = finish(&app.stranger(), &token, NEW).await;
    assert_eq!(late.error(), AppError::Conflict(Reason::LinkExpired));
    clear_up().await;
    assert_eq!(app.count("SELECT count(*) FROM registrations").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 0);
}

#[tokio::test]
async fn trying_out_documents_costs_mailboxes_and_is_slowed_down_by_network() {
    let app = TestApp::new().await;
    let owner = with(&[("email", "duena@example.pe")]);
    app.stranger().post("access/register", &owner).await;
    let app = app.with_mail(mail()).await;
    let mut tokens = Vec::new();
    for n in 0..6 {
        let email = format!("ladron{n}@example.pe");
        tokens.push(ask(&app, &with(&[("email", &email)])).await);
    }
    for token in &tokens[..5] {
        let refused = finish(&app.stranger(), token, NEW).await;
        assert_eq!(refused.error(), AppError::Conflict(Reason::CannotRegister));
    }
    let wait = AppError::Conflict(Reason::TooManyAttempts { minutes: 1 });
    let sixth = finish(&app.stranger(), &tokens[5], NEW).await;
    assert_eq!(sixth.error(), wait);
    // Whoever is new must wait as well: else they would be told apart.
    let new = with(&[("document_number", "76543210")]);
    let token = ask(&app, &new).await;
    assert_eq!(finish(&app.stranger(), &token, NEW).await.error(), wait);
    app.clock.advance(Duration::minutes(1));
    let done = finish(&app.stranger(), &token, NEW).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

#[tokio::test]
async fn passwords_of_a_link_are_not_guessed() {
    let app = app().await;
    let token = ask(&app, &REGISTRATION).await;
    let other = ask(
        &app,
        &with(&[("email", "b@example.pe"), ("document_number", "76543210")]),
    )
    .await;
    for _ in 0..5 {
        let wrong = finish(&app.stranger(), &token, "otra frase larga aqui").await;
        let fault = AppError::field("password", Fault::WrongPassword);
        assert_eq!(wrong.error(), fault);
    }
    let wait = AppError::Conflict(Reason::TooManyAttempts { minutes: 1 });
    assert_eq!(finish(&app.stranger(), &token, NEW).await.error(), wait);
    let done = finish(&app.stranger(), &other, NEW).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
}

#[tokio::test]
async fn faults_are_told_at_their_fields_before_any_letter() {
    let app = app().await;
    for (field, typed, fault) in [
        ("institution", "9999", Fault::UnknownChoice),
        ("email", "ana", Fault::NotAnEmail),
        ("document_number", "123", Fault::BadDocument),
        ("repeat_password", "otra", Fault::PasswordsDiffer),
    ] {
        let form = with(&[(field, typed)]);
        let answer = app.stranger().post("access/register", &form).await;
        assert_eq!(answer.error(), AppError::field(field, fault));
    }
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 0);
    assert_eq!(app.count("SELECT count(*) FROM registrations").await, 0);
}

#[tokio::test]
async fn an_institution_that_went_meanwhile_makes_no_half_account() {
    let app = app().await;
    app.execute(
        "INSERT INTO institutions (id, name, sector, folded_name, created_at)
         VALUES (77, 'Por irse', 'police', 'por irse', '2026-01-01T00:00:00+00:00')",
    )
    .await;
    let form = with(&[("institution", "77")]);
    let token = ask(&app, &form).await;
    let before = counts(&app).await;
    app.execute("DELETE FROM institutions WHERE id = 77").await;
    let answer = finish(&app.stranger(), &token, NEW).await;
    assert_eq!(answer.error(), AppError::Conflict(Reason::ChangedMeanwhile));
    assert_eq!(counts(&app).await, before);
}
