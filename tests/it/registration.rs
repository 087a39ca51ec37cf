//! Registering as a participant.

mod by_letter;

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, FieldError, Reason};
use chrono::Duration;

use crate::test_app::TestApp;

/// A good password.
const NEW: &str = "hoja trueno mesa verde";

const REGISTRATION: [(&str, &str); 14] = [
    ("given_names", "Ana María"),
    ("paternal_surname", "Ch'aska"),
    ("maternal_surname", ""),
    ("sex", "f"),
    ("document_kind", "dni"),
    ("document_number", "01234567"),
    ("no_document_reason", ""),
    ("nationality", "PE"),
    ("email", "Ana@Example.pe"),
    ("password", NEW),
    ("repeat_password", NEW),
    ("institution", "1"),
    ("position", "Jueza de paz"),
    ("department", "16"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let changed = |(name, value): (&'a str, &'a str)| {
        let change = changes.iter().find(|(other, _)| *other == name);
        change.copied().unwrap_or((name, value))
    };
    REGISTRATION.into_iter().map(changed).collect()
}

#[tokio::test]
async fn registering_makes_a_person_with_an_account_and_signs_in() {
    let app = TestApp::new().await;
    let answer = app.stranger().post("access/register", &REGISTRATION).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let client = app.client(answer.cookie());
    assert_eq!(client.get("/me/account").await.status, StatusCode::OK);
    app.sign_in_as("ana@example.pe", NEW).await;
    let kept = app
        .text(
            "SELECT people.given_names || '|' || paternal_surname || '|' || accounts.email || '|'
                    || people.email || '|' || position || '|' || department
             FROM accounts JOIN people ON people.id = accounts.person_id
             JOIN affiliations ON affiliations.person_id = people.id
             WHERE accounts.email = 'ana@example.pe'",
        )
        .await;
    assert_eq!(
        kept,
        "Ana María|Ch'aska|ana@example.pe|ana@example.pe|Jueza de paz|16"
    );
    assert_eq!(
        app.count("SELECT count(*) FROM audit_events WHERE after LIKE '%01234567%'")
            .await,
        0
    );
}

#[tokio::test]
async fn who_registers_on_the_way_goes_on_to_where_they_wanted() {
    let app = TestApp::new().await;
    let page = app.stranger().get("/sign-in?next=%2Feditions%2F1").await;
    let link = "href=\"/register?next=%2Feditions%2F1\"";
    assert!(page.body.contains(link), "{}", page.body);
    let mut form = REGISTRATION.to_vec();
    form.push(("next", "/editions/1"));
    let page = "/register?next=%2Feditions%2F1";
    let answer = app
        .stranger()
        .post_form(page, "access/register", &form)
        .await;
    assert!(
        answer.location().starts_with("/editions/1?"),
        "{}",
        answer.location()
    );
}

#[tokio::test]
async fn a_registered_document_attaches_nothing() {
    let app = TestApp::new().await;
    app.stranger().post("access/register", &REGISTRATION).await;
    let again = with(&[("email", "thief@example.pe")]);
    let answer = app.stranger().post("access/register", &again).await;
    assert_eq!(answer.error(), AppError::Conflict(Reason::CannotRegister));
    assert_eq!(answer.cookie(), None);
    let by_document = answer.body;
    let taken = with(&[("document_number", "76543210")]);
    let answer = app.stranger().post("access/register", &taken).await;
    assert_eq!(answer.body, by_document, "which of them it was is not told");
    let people = "SELECT count(*) FROM people WHERE paternal_surname LIKE 'Ch_aska'";
    assert_eq!(app.count(people).await, 1);
}

#[tokio::test]
async fn every_fault_of_a_registration_is_told_at_once() {
    let app = TestApp::new().await;
    let bad = with(&[
        ("given_names", " "),
        ("sex", "x"),
        ("document_number", "123"),
        ("email", "ana"),
        ("password", "corta"),
        ("institution", "x"),
    ]);
    let answer = app.stranger().post("access/register", &bad).await;
    let faults = [
        ("document_number", Fault::BadDocument),
        ("given_names", Fault::Missing),
        ("sex", Fault::UnknownChoice),
        ("institution", Fault::UnknownChoice),
        ("email", Fault::NotAnEmail),
        ("password", Fault::TooShort { min: 10 }),
    ];
    let faults = faults.map(|(field, fault)| FieldError {
        field: field.to_owned(),
        fault,
    });
    assert_eq!(answer.error(), AppError::Invalid(faults.to_vec()));
    let differ = with(&[("repeat_password", "otra")]);
    let answer = app.stranger().post("access/register", &differ).await;
    assert_eq!(
        answer.error(),
        AppError::field("repeat_password", Fault::PasswordsDiffer)
    );
    let none = with(&[("document_kind", "none"), ("document_number", "")]);
    let answer = app.stranger().post("access/register", &none).await;
    assert_eq!(
        answer.error(),
        AppError::field("no_document_reason", Fault::ReasonNeeded)
    );
}

#[tokio::test]
async fn a_refused_registration_comes_back_without_passwords() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let bad = with(&[("email", "ana")]);
    let answer = stranger
        .post_form("/register", "access/register", &bad)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(!answer.location().contains("Ana"), "{}", answer.location());
    let browser = app.client(Some(answer.cookies()));
    let page = browser.get(&answer.location()).await.body;
    assert!(page.contains("Ana María") && page.contains("01234567"));
    assert!(!page.contains(NEW));
    assert!(
        page.contains("href=\"#email\""),
        "the summary leads to the field"
    );
}

#[tokio::test]
async fn trying_out_documents_is_slowed_down() {
    let app = TestApp::new().await;
    app.stranger().post("access/register", &REGISTRATION).await;
    let again = with(&[("email", "thief@example.pe")]);
    for _ in 0..5 {
        let answer = app.stranger().post("access/register", &again).await;
        assert_eq!(answer.error(), AppError::Conflict(Reason::CannotRegister));
    }
    let wait = AppError::Conflict(Reason::TooManyAttempts { minutes: 1 });
    let answer = app.stranger().post("access/register", &again).await;
    assert_eq!(answer.error(), wait);
    // Whoever is new must wait as well: else they would be told apart.
    let new = with(&[("document_number", "76543210"), ("email", "new@example.pe")]);
    let answer = app.stranger().post("access/register", &new).await;
    assert_eq!(answer.error(), wait);
    app.clock.advance(Duration::minutes(1));
    let answer = app.stranger().post("access/register", &new).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[tokio::test]
async fn whose_data_somebody_tries_to_register_is_told_once_a_day_at_their_own_address() {
    let app = TestApp::new().await;
    app.stranger().post("access/register", &REGISTRATION).await;
    // 6 has an e-mail in the register, and no account any more.
    app.execute("DELETE FROM accounts WHERE id = 6").await;
    let both = with(&[("email", "other@capacita.test")]);
    for _ in 0..2 {
        let answer = app.stranger().post("access/register", &both).await;
        assert_eq!(answer.error(), AppError::Conflict(Reason::CannotRegister));
    }
    let told = "SELECT group_concat(address || ' ' || (body LIKE '%/forgotten-password%'), '|')
                FROM (SELECT * FROM outbox WHERE kind = 'register_known' ORDER BY address)";
    assert_eq!(
        app.text(told).await,
        "ana@example.pe 1|other@capacita.test 0"
    );
    app.clock.advance(Duration::days(1));
    app.stranger().post("access/register", &both).await;
    assert_eq!(app.count("SELECT count(*) FROM outbox").await, 4);
    let accounts = "SELECT count(*) FROM accounts WHERE email = 'other@capacita.test'";
    assert_eq!(
        app.count(accounts).await,
        0,
        "nobody takes another's address"
    );
}

#[tokio::test]
async fn nobody_makes_accounts_without_end() {
    let app = TestApp::new().await;
    let register = async |number: u32| {
        let (document, email) = (
            format!("{:08}", 70_000_000 + number),
            format!("p{number}@example.pe"),
        );
        let form = with(&[("document_number", &document), ("email", &email)]);
        app.stranger().post("access/register", &form).await
    };
    for number in 0..40 {
        let answer = register(number).await;
        assert_eq!(answer.status, StatusCode::OK, "{number}: {}", answer.body);
    }
    let wait = AppError::Conflict(Reason::TooManyAttempts { minutes: 1 });
    assert_eq!(register(40).await.error(), wait);
}
