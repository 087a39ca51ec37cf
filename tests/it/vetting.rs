//! Vetting: who may not have a seat before the funder agrees.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use crate::test_app::{Answer, Client, TestApp};

/// In program 1 the police are vetted; person 6 is of the police. Edition 1 ends on 5 December.
async fn vetted() -> (TestApp, Client) {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("program", "1"), ("sectors[]", "police")];
    done(&coordinator.post("vetting/set_rules", &form).await);
    (app, coordinator)
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

async fn record(client: &Client, enrolment: &str, state: &str, until: &str) -> Answer {
    let form = [
        ("edition", "1"),
        ("chosen[]", enrolment),
        ("state", state),
        ("cleared_until", until),
    ];
    client.post("vetting/record", &form).await
}

async fn approve(client: &Client, enrolment: &str) -> Answer {
    let form = [
        ("edition", "1"),
        ("chosen[]", enrolment),
        ("verdict", "approve"),
    ];
    client.post("enrolment/decide", &form).await
}

#[tokio::test]
async fn the_coordinator_is_told_that_somebody_uncleared_is_not_enrolled_yet() {
    let (app, coordinator) = vetted().await;
    let form = [("edition", "1"), ("person", "6")];
    let posted = coordinator.post_form("/editions/1/enrolments", "enrolment/enrol_other", &form);
    let page = coordinator.get(&posted.await.location()).await;
    assert_eq!(states(&app).await, "5:enrolled 6:requested");
    assert!(
        page.notice().contains("aún no está inscrita"),
        "{}",
        page.notice()
    );
}

/// `person:state` of every enrolment in edition 1.
async fn states(app: &TestApp) -> String {
    app.text(
        "SELECT group_concat(person_id || ':' || state, ' ') FROM (
             SELECT person_id, state FROM enrolments WHERE edition_id = 1 ORDER BY id)",
    )
    .await
}

#[tokio::test]
async fn who_is_vetted_asks_and_is_confirmed_once_cleared() {
    let (app, coordinator) = vetted().await;
    let other = app.sign_in("other").await;
    done(&other.post("enrolment/request", &[("edition", "1")]).await);
    assert_eq!(states(&app).await, "5:enrolled 6:requested");
    // The reason is the coordinator's alone.
    for page in ["/editions/1", "/enrolments/4", "/me"] {
        let html = other.get(page).await.html();
        assert!(!html.contains("erificación"), "{html}");
    }
    let list = coordinator.get("/editions/1/enrolments").await.html();
    assert!(
        list.contains("1 persona de esta edición no tiene la verificación"),
        "{list}"
    );
    assert_eq!(
        approve(&coordinator, "4").await.error(),
        Reason::NotCleared.into()
    );
    done(&record(&coordinator, "4", "submitted", "").await);
    assert_eq!(
        approve(&coordinator, "4").await.error(),
        Reason::NotCleared.into()
    );
    // To the last day of the edition, and a day less.
    done(&record(&coordinator, "4", "cleared", "2026-12-04").await);
    assert_eq!(
        approve(&coordinator, "4").await.error(),
        Reason::NotCleared.into()
    );
    let page = coordinator.get("/editions/1/vetting").await.html();
    assert!(
        page.contains("Vence antes de que termine la edición."),
        "{page}"
    );
    done(&record(&coordinator, "4", "cleared", "2026-12-05").await);
    done(&approve(&coordinator, "4").await);
    assert_eq!(states(&app).await, "5:enrolled 6:enrolled");
    let told = "SELECT group_concat(after, ' ') FROM (SELECT after FROM audit_events
                WHERE action = 'vetting_record' ORDER BY id)";
    assert_eq!(
        app.text(told).await,
        r#"{"state":"submitted"} {"cleared_until":"2026-12-04","state":"cleared"} {"cleared_until":"2026-12-05"}"#
    );
}

#[tokio::test]
async fn who_is_not_cleared_is_passed_over_until_they_are() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    app.execute("UPDATE editions SET seats = 1 WHERE id = 1")
        .await;
    for name in ["other", "manager"] {
        let client = app.sign_in(name).await;
        done(&client.post("enrolment/request", &[("edition", "1")]).await);
    }
    // The rule comes when she waits already.
    let form = [("program", "1"), ("sectors[]", "police")];
    done(&coordinator.post("vetting/set_rules", &form).await);
    done(&record(&coordinator, "4", "denied", "").await);
    let participant = app.sign_in("participant").await;
    done(
        &participant
            .post("enrolment/withdraw", &[("enrolment", "1")])
            .await,
    );
    assert_eq!(states(&app).await, "5:withdrawn 6:waiting 2:enrolled");
    app.execute("UPDATE editions SET seats = 2 WHERE id = 1")
        .await;
    done(&record(&coordinator, "4", "to_submit", "").await);
    assert_eq!(states(&app).await, "5:withdrawn 6:waiting 2:enrolled");
    // The funder's answer gives her the free seat.
    done(&record(&coordinator, "4", "cleared", "2027-11-20").await);
    assert_eq!(states(&app).await, "5:withdrawn 6:enrolled 2:enrolled");
}

#[tokio::test]
async fn an_offer_is_not_taken_by_who_is_cleared_no_longer() {
    let (app, coordinator) = vetted().await;
    let other = app.sign_in("other").await;
    done(&other.post("enrolment/request", &[("edition", "1")]).await);
    app.execute(
        "UPDATE enrolments SET state = 'waiting', offered_until = '2026-11-22T15:00:00+00:00'
         WHERE id = 4",
    )
    .await;
    let page = other.get("/editions/1").await.body;
    let token = page.split("/offers/").nth(1).expect("a link");
    let token = token.split('"').next().expect("its end");
    let answer = async |answer: &str| {
        let form = [("token", token), ("answer", answer)];
        app.stranger().post("enrolment/answer_offer", &form).await
    };
    assert_eq!(answer("accept").await.error(), Reason::SeatToConfirm.into());
    done(&record(&coordinator, "4", "cleared", "2026-12-05").await);
    done(&answer("accept").await);
    assert_eq!(states(&app).await, "5:enrolled 6:enrolled");
}

#[tokio::test]
async fn what_is_recorded_of_people_who_are_not_vetted_is_refused() {
    let (app, coordinator) = vetted().await;
    // Person 5 is of the prosecution; enrolment 2 is of another edition.
    for enrolment in ["1", "2", "99"] {
        let refused = record(&coordinator, enrolment, "submitted", "").await;
        assert_eq!(refused.error(), AppError::NotFound, "{enrolment}");
    }
    let none = [("edition", "1"), ("state", "submitted")];
    let refused = coordinator.post("vetting/record", &none).await;
    assert_eq!(refused.error(), AppError::field("chosen", Fault::Missing));
    let unknown = [("program", "1"), ("sectors[]", "nobody")];
    let refused = coordinator.post("vetting/set_rules", &unknown).await;
    assert_eq!(
        refused.error(),
        AppError::field("sectors", Fault::UnknownChoice)
    );
    // Nothing ticked: nobody is vetted any more.
    done(
        &coordinator
            .post("vetting/set_rules", &[("program", "1")])
            .await,
    );
    assert_eq!(app.count("SELECT count(*) FROM vetting_rules").await, 0);
}

#[tokio::test]
async fn a_list_brings_who_is_vetted_as_a_request() {
    let (app, coordinator) = vetted().await;
    let content = "Apellido paterno;Nombres;Sexo;Institución\nRojas;Iván;M;Policía de Prueba\n";
    let file = ("lista.csv", content.as_bytes());
    done(
        &coordinator
            .post_file("nomination/upload", &[("edition", "1")], file)
            .await,
    );
    done(
        &coordinator
            .post("nomination/apply", &[("nomination", "5")])
            .await,
    );
    let outcome = "SELECT outcome FROM nomination_lines WHERE nomination_id = 5";
    assert_eq!(app.text(outcome).await, "requested");
    assert_eq!(states(&app).await, "5:enrolled 9:requested");
    let page = coordinator.get("/nominations/5").await.html();
    assert!(page.contains("Por decidir"), "{page}");
}
