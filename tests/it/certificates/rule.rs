//! The rule that an edition was announced under holds to its end.

use axum::http::StatusCode;
use capacita::error::{AppError, Reason};

use super::{CLOSE, ended};

const DUE: [(&str, &str); 1] = [("edition", "1")];

#[tokio::test]
async fn an_edition_keeps_the_rule_it_was_announced_under() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = coordinator.get("/courses/1/edit").await.body;
    assert!(
        page.contains("1 edición ya anunciada conserva la regla con la que se anunció"),
        "{page}"
    );
    let form = [
        ("course", "1"),
        ("version", "1"),
        ("title", "Cadena de custodia"),
        ("kind", "workshop"),
        ("planned_hours", "8"),
        ("min_share", "10"),
        ("excused_counts", "true"),
    ];
    let changed = coordinator.post("courses/update_course", &form).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.body);

    // Running: 383 of 480 minutes are still too few, 13.9 is still no certificado.
    let one = [("edition", "1"), ("enrolment", "11")];
    let refused = coordinator.post("certificates/issue_one", &one).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::NotEarned));
    // An excused absence still counts for nothing.
    app.execute(
        "UPDATE attendance_standing SET status = 'excused', minutes = 0
                 WHERE enrolment_id = 12 AND session_id = 2",
    )
    .await;
    coordinator.post("certificates/issue_due", &DUE).await;
    assert_eq!(
        app.text(
            "SELECT group_concat(enrolment_id || ' ' || kind, ', ')
             FROM (SELECT * FROM certificates ORDER BY enrolment_id)"
        )
        .await,
        "1 certificado, 10 constancia"
    );
    // A person reads their own rule, and so does the public page.
    let mine = app
        .sign_in("participant")
        .await
        .get("/editions/1")
        .await
        .body;
    assert!(mine.contains("con 80\u{a0}% de asistencia o más"), "{mine}");
    let closed = coordinator.post("closing/close", &CLOSE).await;
    assert_eq!(closed.status, StatusCode::OK);
    assert_eq!(
        app.text(
            "SELECT group_concat(id || ' ' || state, ', ')
             FROM (SELECT id, state FROM enrolments WHERE edition_id = 1 ORDER BY id)"
        )
        .await,
        "1 completed, 10 completed, 11 not_completed, 12 not_completed, 13 no_show"
    );

    // The draft takes the new rule, until it is announced.
    let draft = coordinator.get("/editions/2").await.body;
    assert!(
        draft.contains("con 10\u{a0}% de asistencia o más"),
        "{draft}"
    );
    coordinator
        .post("courses/announce", &[("edition", "2")])
        .await;
    app.execute("UPDATE courses SET min_share_permille = 900 WHERE id = 1")
        .await;
    let announced = coordinator.get("/editions/2").await.body;
    assert!(
        announced.contains("con 10\u{a0}% de asistencia o más"),
        "{announced}"
    );
    assert_eq!(
        app.text(
            "SELECT group_concat(edition_id || ' ' || min_share_permille || ' '
                                 || coalesce(min_grade_tenths, '-') || ' ' || excused_counts, ', ')
             FROM (SELECT * FROM edition_rules ORDER BY edition_id)"
        )
        .await,
        "1 800 140 0, 2 100 - 1, 3 800 140 0, 4 800 140 0"
    );
}

#[tokio::test]
async fn nobody_is_certified_after_the_closing_who_failed_at_it() {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let closed = coordinator.post("closing/close", &CLOSE).await;
    assert_eq!(closed.status, StatusCode::OK);
    app.execute("UPDATE edition_rules SET min_share_permille = 100, min_grade_tenths = 10 WHERE edition_id = 1")
        .await;
    let one = [("edition", "1"), ("enrolment", "11")];
    let refused = coordinator.post("certificates/issue_one", &one).await;
    assert_eq!(refused.error(), AppError::Conflict(Reason::NotEarned));
    coordinator.post("certificates/issue_due", &DUE).await;
    assert_eq!(
        app.text(
            "SELECT group_concat(DISTINCT enrolment_id ORDER BY enrolment_id) FROM certificates"
        )
        .await,
        "1,10,12"
    );
}
