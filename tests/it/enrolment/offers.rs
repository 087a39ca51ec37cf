//! Seats that are offered for a set time, over HTTP.

use axum::http::StatusCode;
use capacita::{
    command::end_offers,
    enrolment::{EnrolmentId, OfferToken},
    error::{AppError, Fault, Reason},
};
use chrono::{DateTime, Duration, Utc};

use super::{change, done, lines, mail, new_events, states};
use crate::test_app::{Answer, TestApp};

/// One seat, taken by person 5; 6 waits and then 2; a seat is offered for 24 hours.
async fn waiting() -> TestApp {
    let app = TestApp::new().await;
    change(
        &app,
        "UPDATE editions SET seats = 1, offer_hours = 24 WHERE id = 1",
    )
    .await;
    for name in ["other", "manager"] {
        let client = app.sign_in(name).await;
        done(&client.post("enrolment/request", &[("edition", "1")]).await);
    }
    app
}

async fn free_the_seat(app: &TestApp) {
    let participant = app.sign_in("participant").await;
    done(
        &participant
            .post("enrolment/withdraw", &[("enrolment", "1")])
            .await,
    );
}

async fn token(app: &TestApp, enrolment: i64) -> String {
    let sql = format!("SELECT offered_until FROM enrolments WHERE id = {enrolment}");
    let mut connection = app.state.database.read().await.expect("a connection");
    let until: DateTime<Utc> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
        .fetch_one(&mut *connection)
        .await
        .expect("an offer");
    OfferToken::new(&app.state.secrets, EnrolmentId::new(enrolment), until).to_string()
}

async fn answer(app: &TestApp, token: &str, answer: &str) -> Answer {
    let form = [("token", token), ("answer", answer)];
    app.stranger().post("enrolment/answer_offer", &form).await
}

#[tokio::test]
async fn a_seat_is_offered_and_taken_under_the_link_of_the_letter() {
    let app = waiting().await;
    free_the_seat(&app).await;
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "6:waiting", "2:waiting"]
    );
    let token = token(&app, 4).await;
    // The letter holds the link, which the outbox keeps sealed.
    assert_eq!(
        mail(&app).await.last().expect("a letter"),
        "other@capacita.test enrolment_offered"
    );
    let letter = app.latest_letter().await;
    assert!(letter.contains(&format!("/offers/{token}")), "{letter}");
    let kept = app
        .text("SELECT body FROM outbox WHERE kind = 'enrolment_offered'")
        .await;
    assert!(!kept.contains(&token));

    let page = app.stranger().get(&format!("/offers/{token}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.html();
    assert!(html.contains("dom 22 nov 2026, 10:00"), "{html}");
    assert!(html.contains("Aceptar la vacante"), "{html}");
    for secret in ["Otilia", "SECRETO"] {
        assert!(!html.contains(secret), "{html}");
    }
    // Looking changes nothing; the seat is nobody else's meanwhile.
    let wari = [("edition", "1"), ("person", "8")];
    done(
        &app.sign_in("coordinator")
            .await
            .post("enrolment/enrol_other", &wari)
            .await,
    );
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "6:waiting", "2:waiting", "8:waiting"]
    );

    assert_eq!(
        answer(&app, &token, "perhaps").await.error(),
        AppError::field("answer", Fault::UnknownChoice)
    );
    done(&answer(&app, &token, "accept").await);
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "6:enrolled", "2:waiting", "8:waiting"]
    );
    // A second click, and the link from then on.
    assert_eq!(
        answer(&app, &token, "accept").await.error(),
        Reason::OfferOver.into()
    );
    assert_eq!(
        answer(&app, &token, "decline").await.error(),
        Reason::OfferOver.into()
    );
    let page = app.stranger().get(&format!("/offers/{token}")).await;
    assert_eq!(page.status, StatusCode::GONE);
    let told = "SELECT group_concat(kind) FROM (SELECT kind FROM outbox
                WHERE address = 'other@capacita.test' ORDER BY id)";
    assert_eq!(
        app.text(told).await,
        "enrolment_waiting,enrolment_offered,enrolment_enrolled"
    );
}

#[tokio::test]
async fn the_own_page_leads_to_the_offer_and_to_no_one_elses() {
    let app = waiting().await;
    let other = app.sign_in("other").await;
    let place = "Puesto 1 en la lista de espera";
    let html = other.get("/me").await.html();
    assert!(html.contains(place) && !html.contains("/offers/"), "{html}");
    free_the_seat(&app).await;
    let link = format!("/offers/{}", token(&app, 4).await);
    let html = other.get("/me").await.html();
    assert!(html.contains(&link) && !html.contains(place), "{html}");
    assert!(html.contains("Responda antes del dom 22 nov 2026, 10:00"));
    let next = app.sign_in("manager").await.get("/me").await.html();
    assert!(!next.contains("/offers/"), "{next}");
    done(&answer(&app, &token(&app, 4).await, "accept").await);
    let html = other.get("/me").await.html();
    assert!(!html.contains("/offers/"), "{html}");
}

#[tokio::test]
async fn what_is_declined_or_not_answered_passes_on() {
    let app = waiting().await;
    free_the_seat(&app).await;
    let first = token(&app, 4).await;
    done(&answer(&app, &first, "decline").await);
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "6:withdrawn", "2:waiting"]
    );
    let second = token(&app, 5).await;
    // A second too early, and in time.
    app.clock
        .advance(Duration::hours(24) - Duration::seconds(1));
    assert_eq!(end_offers(&app.state).await.expect("ended"), 0);
    app.clock.advance(Duration::seconds(1));
    assert_eq!(
        answer(&app, &second, "accept").await.error(),
        Reason::OfferOver.into()
    );
    assert_eq!(end_offers(&app.state).await.expect("ended"), 1);
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "6:withdrawn", "2:withdrawn"]
    );
    assert_eq!(
        mail(&app).await.last().expect("a letter"),
        "manager@capacita.test enrolment_offer_over"
    );
    let reasons =
        "SELECT reason FROM enrolment_events WHERE account_id IS NULL AND reason IS NOT NULL
                   ORDER BY id";
    assert_eq!(
        lines(&app, reasons).await,
        [
            "No aceptó la vacante que se le ofreció.",
            "Se le ofreció una vacante hasta el dom 22 nov 2026, 10:00.",
            "No respondió a tiempo a la vacante que se le ofreció.",
        ]
    );
    assert!(new_events(&app).await.len() > 3);
}

#[tokio::test]
async fn the_coordinator_answers_for_who_was_called() {
    let app = waiting().await;
    free_the_seat(&app).await;
    let coordinator = app.sign_in("coordinator").await;
    let list = coordinator
        .get("/editions/1/enrolments?state=waiting")
        .await;
    assert!(
        list.html().contains("Con oferta hasta el"),
        "{}",
        list.html()
    );
    let form = [("edition", "1"), ("chosen[]", "4"), ("verdict", "approve")];
    done(&coordinator.post("enrolment/decide", &form).await);
    assert_eq!(
        states(&app).await,
        ["5:withdrawn", "6:enrolled", "2:waiting"]
    );
}

#[tokio::test]
async fn who_is_told_by_phone_is_asked_instead_of_sent_a_link() {
    let app = TestApp::new().await;
    change(
        &app,
        "UPDATE editions SET seats = 1, offer_hours = 24 WHERE id = 1",
    )
    .await;
    let wari = [("edition", "1"), ("person", "8")];
    let coordinator = app.sign_in("coordinator").await;
    done(&coordinator.post("enrolment/enrol_other", &wari).await);
    free_the_seat(&app).await;
    let notice = app
        .text("SELECT body FROM notices ORDER BY id DESC LIMIT 1")
        .await;
    assert!(notice.contains("es su turno"), "{notice}");
    assert!(!notice.contains("/offers/"), "{notice}");
}

#[tokio::test]
async fn seats_that_are_offered_are_not_taken_away() {
    let app = waiting().await;
    free_the_seat(&app).await;
    let version = app
        .text("SELECT CAST(version AS TEXT) FROM editions WHERE id = 1")
        .await;
    let form = [
        ("edition", "1"),
        ("version", &*version),
        ("modality", "in_person"),
        ("language", "es"),
        ("starts_on", "2026-11-21"),
        ("ends_on", "2026-12-05"),
        ("seats", "0"),
        ("waiting_list", "true"),
        ("enrol_from", "2026-11-01"),
        ("enrol_until", "2026-11-30"),
    ];
    let refused = app
        .sign_in("coordinator")
        .await
        .post("courses/update_edition", &form)
        .await;
    let (min, max) = (1, 100_000);
    assert_eq!(
        refused.error(),
        AppError::field("seats", Fault::OutOfRange { min, max })
    );
}
