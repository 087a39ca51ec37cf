//! Copying an edition to other dates.

use capacita::error::{AppError, Fault};

use crate::{
    courses::{done, refuses},
    test_app::TestApp,
};

#[tokio::test]
async fn everything_moves_by_the_same_number_of_days() {
    let app = TestApp::new().await;
    app.execute("UPDATE sessions SET facilitator_id = 4, venue_id = 1 WHERE id = 2")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    // From Saturday 21 November 2026 to Tuesday 22 February 2028: over a leap day.
    let form = [("edition", "1"), ("starts_on", "2028-02-22")];
    let copied = coordinator
        .post_form("/editions/1/clone", "sessions/copy_edition", &form)
        .await;
    let location = copied.location();
    assert!(
        location.starts_with("/editions/5/sessions?kept="),
        "{location}"
    );
    let edition = "SELECT number || ' ' || state || ' ' || starts_on || ' ' || ends_on || ' ' || enrol_from
                          || ' ' || enrol_until || ' ' || seats || ' ' || venue_id || ' ' || department
                   FROM editions WHERE id = 5";
    assert_eq!(
        app.text(edition).await,
        "3 draft 2028-02-22 2028-03-07 2028-02-02 2028-03-02 2 1 16"
    );
    let sessions = "SELECT group_concat(title || ' ' || starts_at || ' ' || ends_at || ' ' || planned_minutes
                                        || ' ' || coalesce(facilitator_id, '-') || ' ' || coalesce(venue_id, '-'), ', ')
                    FROM sessions WHERE edition_id = 5";
    assert_eq!(
        app.text(sessions).await,
        "Primera 2028-02-22T14:00:00+00:00 2028-02-22T18:00:00+00:00 240 - -, \
         Segunda 2028-02-29T14:00:00+00:00 2028-02-29T18:00:00+00:00 240 4 1"
    );
    let teachers =
        "SELECT count(*) FROM edition_facilitators WHERE edition_id = 5 AND person_id = 4";
    assert_eq!(app.count(teachers).await, 1);
    assert_eq!(
        app.count("SELECT count(*) FROM enrolments WHERE edition_id = 5")
            .await,
        0
    );
    assert_eq!(
        app.text(
            "SELECT group_concat(action, ' ') FROM audit_events WHERE subject_kind = 'edition' AND subject_id = 5"
        )
        .await,
        "edition_create edition_copy"
    );
}

#[tokio::test]
async fn days_of_the_week_can_stay() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for (starts_on, first) in [
        ("2027-03-01", "2027-03-06"),
        ("2027-03-06", "2027-03-06"),
        ("2026-11-01", "2026-11-07"),
    ] {
        let form = [
            ("edition", "1"),
            ("starts_on", starts_on),
            ("keep_weekday", "true"),
        ];
        done(&coordinator.post("sessions/copy_edition", &form).await);
        let copied = "SELECT starts_on FROM editions ORDER BY id DESC LIMIT 1";
        assert_eq!(app.text(copied).await, first, "{starts_on}");
    }
}

#[tokio::test]
async fn units_are_copied_with_their_steps() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "4"), ("starts_on", "2027-11-01")];
    done(&coordinator.post("sessions/copy_edition", &form).await);
    let steps = "SELECT group_concat(position || ' ' || kind || ' ' || title, ', ') FROM
                 (SELECT * FROM steps WHERE session_id = 6 ORDER BY position)";
    assert_eq!(
        app.text(steps).await,
        "1 text Bienvenida, 2 link Ley, 3 question Pregunta"
    );
    let answers =
        "SELECT group_concat(step_options.position || ' ' || answer || ' ' || correct, ', ')
                   FROM step_options JOIN steps ON steps.id = step_id
                   WHERE session_id = 6 AND steps.position = 3";
    assert_eq!(
        app.text(answers).await,
        "1 Un documento 0, 2 Un procedimiento 1"
    );
    assert_eq!(
        app.count("SELECT count(*) FROM steps WHERE session_id = 5")
            .await,
        3
    );
    let open = "SELECT starts_at || ' ' || ends_at FROM sessions WHERE id = 6";
    assert_eq!(
        app.text(open).await,
        "2027-11-01T05:00:00+00:00 2028-01-01T04:59:00+00:00"
    );
}

#[tokio::test]
async fn what_a_copy_refuses() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    refuses(
        &coordinator,
        "sessions/copy_edition",
        &[("edition", "1"), ("starts_on", "2027-01-01")],
        &[
            (&[("starts_on", "")], "starts_on", Fault::Missing),
            (&[("starts_on", "soon")], "starts_on", Fault::NotADate),
            (&[("starts_on", "2101-01-01")], "starts_on", Fault::NotADate),
            // Its last day would lie beyond the calendar.
            (&[("starts_on", "2100-12-31")], "starts_on", Fault::NotADate),
        ],
    )
    .await;
    for edition in ["999", "x"] {
        let form = [("edition", edition), ("starts_on", "2027-01-01")];
        let answer = coordinator.post("sessions/copy_edition", &form).await;
        assert_eq!(answer.error(), AppError::NotFound, "{edition}");
    }
    assert_eq!(app.count("SELECT count(*) FROM editions").await, 4);
}

#[tokio::test]
async fn what_is_closed_can_be_copied() {
    let app = TestApp::new().await;
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("edition", "1"), ("starts_on", "2027-01-01")];
    done(&coordinator.post("sessions/copy_edition", &form).await);
    assert_eq!(
        app.text("SELECT state FROM editions WHERE id = 5").await,
        "draft"
    );
}
