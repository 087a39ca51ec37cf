//! Grades and tests: one form for all, and two who fill it in at the same time.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, Reason};

use super::{MORE_PEOPLE, with_sql};
use crate::test_app::{Answer, Client, TestApp};

const PAGE: &str = "/editions/1/results";

async fn save(client: &Client, form: &[(&str, &str)]) -> Answer {
    let form = [&[("edition", "1")], form].concat();
    client
        .post_form(PAGE, "attendance/record_results", &form)
        .await
}

/// The line of one enrolment as it is posted: grade, before, after, what was seen, version.
fn line<'a>(fields: [&'a str; 5], names: &'a [String; 5]) -> Vec<(&'a str, &'a str)> {
    names.iter().map(String::as_str).zip(fields).collect()
}

fn names(enrolment: i64) -> [String; 5] {
    ["grade", "pre", "post", "was", "version"].map(|kind| format!("{kind}-{enrolment}"))
}

/// What is recorded, as "1: 145,,160,1; 11: ,,,0".
async fn recorded(app: &TestApp) -> String {
    let mut connection = app.state.database.read().await.expect("a connection");
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT id || ': ' || coalesce(grade_tenths, '') || ',' || coalesce(pre_test_tenths, '')
             || ',' || coalesce(post_test_tenths, '') || ',' || materials
         FROM enrolments WHERE edition_id = 1 AND state <> 'withdrawn' ORDER BY id",
    )
    .fetch_all(&mut *connection)
    .await
    .expect("rows");
    rows.join("; ")
}

#[tokio::test]
async fn results_are_recorded_for_all_at_once() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let page = facilitator.get(PAGE).await;
    for there in [
        "Núñez Quispe, Rosa",
        r#"name="grade-1""#,
        r#"name="was-12" value=",,,0""#,
        "Prueba de entrada",
    ] {
        assert!(page.body.contains(there), "{there}");
    }
    assert!(!page.body.contains("grade-13"), "withdrawn");

    let (one, eleven, twelve) = (names(1), names(11), names(12));
    let mut form = line(["14,5", "", "16", ",,,0", "1"], &one);
    form.push(("materials-1", "1"));
    form.extend(line(["", "0", "", ",,,0", "1"], &eleven));
    form.extend(line(["", "", "", ",,,0", "1"], &twelve));
    let saved = save(&facilitator, &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let after = facilitator.get(&saved.location()).await;
    assert!(
        after
            .body
            .contains("Se guardaron los resultados de 2 personas.")
    );
    assert!(after.body.contains(r#"value="14.5""#));
    assert_eq!(recorded(&app).await, "1: 145,,160,1; 11: ,0,,0; 12: ,,,0");
    let events = "SELECT count(*) FROM audit_events WHERE action = 'results_record'";
    assert_eq!(app.count(events).await, 2);
}

#[tokio::test]
async fn bad_numbers_come_back_at_their_fields() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let (one, eleven) = (names(1), names(11));
    let mut form = line(["20.1", "14.55", "", ",,,0", "1"], &one);
    form.extend(line(["13", "", "", ",,,0", "1"], &eleven));
    let back = save(&facilitator, &form).await;
    let page = facilitator.get(&back.location()).await;
    for kept in [
        r##"href="#grade-1""##,
        r##"href="#pre-1""##,
        r#"value="20.1""#,
        r#"value="13""#,
        "Escriba un número entre 0 y 20.",
    ] {
        assert!(page.body.contains(kept), "{kept}");
    }
    assert_eq!(recorded(&app).await, "1: ,,,0; 11: ,,,0; 12: ,,,0");
    let mut form = vec![("edition", "1")];
    form.extend(line(["-1", "", "", ",,,0", "1"], &one));
    let refused = facilitator.post("attendance/record_results", &form).await;
    let expected = AppError::field("grade-1", Fault::NotANumber);
    assert_eq!(refused.error(), expected);
}

#[tokio::test]
async fn two_may_fill_in_different_lines_but_not_the_same_unknowingly() {
    let app = TestApp::new().await;
    with_sql(&app, MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let coordinator = app.sign_in("coordinator").await;
    let (one, eleven) = (names(1), names(11));
    save(&coordinator, &line(["12", "", "", ",,,0", "1"], &one)).await;
    // The facilitator's page is older, but the line of the first was left as it was seen.
    let mut form = line(["", "", "", ",,,0", "1"], &one);
    form.extend(line(["15", "", "", ",,,0", "1"], &eleven));
    save(&facilitator, &form).await;
    assert_eq!(recorded(&app).await, "1: 120,,,0; 11: 150,,,0; 12: ,,,0");
    // To change it without having seen the other's grade is refused, and everything stays.
    let mut form = line(["18", "", "", ",,,0", "1"], &one);
    form.extend(line(["16", "", "", "150,,,0", "2"], &eleven));
    let back = save(&facilitator, &form).await;
    assert_eq!(recorded(&app).await, "1: 120,,,0; 11: 150,,,0; 12: ,,,0");
    let page = facilitator.get(&back.location()).await;
    for shown in [
        "Otra persona cambió este registro",
        "Otra persona guardó mientras tanto: nota 12",
        r#"value="18""#,
        r#"value="16""#,
        r#"name="was-1" value="120,,,0""#,
        r#"name="version-1" value="2""#,
    ] {
        assert!(page.body.contains(shown), "{shown}");
    }
    // Saving again from that page overrules knowingly.
    let mut form = line(["18", "", "", "120,,,0", "2"], &one);
    form.extend(line(["16", "", "", "150,,,0", "2"], &eleven));
    save(&facilitator, &form).await;
    assert_eq!(recorded(&app).await, "1: 180,,,0; 11: 160,,,0; 12: ,,,0");
}

#[tokio::test]
async fn results_of_others_and_of_closed_editions_are_refused() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let two = names(2);
    let mut form = vec![("edition", "1")];
    form.extend(line(["15", "", "", ",,,0", "1"], &two));
    let foreign = facilitator.post("attendance/record_results", &form).await;
    assert_eq!(foreign.error(), Reason::NotTakingPart.into());
    with_sql(&app, "UPDATE editions SET state = 'closed' WHERE id = 1").await;
    let one = names(1);
    let mut form = vec![("edition", "1")];
    form.extend(line(["15", "", "", ",,,0", "1"], &one));
    let closed = facilitator.post("attendance/record_results", &form).await;
    assert_eq!(closed.error(), Reason::EditionClosed.into());
    let page = facilitator.get(PAGE).await;
    assert!(page.body.contains("La edición está cerrada"));
    assert!(!page.body.contains("grade-1"));
    assert_eq!(recorded(&app).await, "1: ,,,0");
}
