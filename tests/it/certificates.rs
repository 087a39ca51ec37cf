//! Certificates: what is issued to whom, that it stays as it was issued, and who may look.

mod issue;
mod revise;
mod rule;
mod sheet;
mod verify;

use capacita::certificates::Code;
use chrono::Duration;

use crate::test_app::TestApp;

/// Closing edition 1 with an explanation of all that [`ended`] misses.
pub(crate) const CLOSE: [(&str, &str); 4] = [
    ("edition", "1"),
    ("explain_marks", "Se fue la luz"),
    ("explain_results", "No rindió"),
    ("explain_pending", "Ya no hay sesiones"),
];

/// Where the coordinator's forms stand.
const PAGE: &str = "/editions/1/certificates";

/// Edition 1 with both sessions over, running, and five who take part, among them `participant`
/// (enrolment 1), Wari without an e-mail address (10), and `other` (12):
///
/// | enrolment | attended of 480 | grade | earns |
/// | --- | --- | --- | --- |
/// | 1 | 480 | 15 | certificado |
/// | 10 | 480 | 13.9 | constancia |
/// | 11 | 383 | 20 | nothing: a minute is missing |
/// | 12 | 384 | none | constancia |
/// | 13 | 0 | none | nothing: never came |
pub(crate) async fn ended() -> TestApp {
    let app = TestApp::new().await;
    app.clock.advance(Duration::days(8));
    app.execute("UPDATE editions SET state = 'running', seats = 40 WHERE id = 1")
        .await;
    app.execute("UPDATE enrolments SET grade_tenths = 150 WHERE id = 1")
        .await;
    app.execute(
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at,
                                 institution_name, position, sex, grade_tenths)
         VALUES (10, 1, 8, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, NULL, 'm', 139),
                (11, 1, 2, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, NULL, 'm', 200),
                (12, 1, 6, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00',
                 'Policía Nacional del Perú', 'Suboficial', 'f', NULL),
                (13, 1, 7, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', NULL, NULL, 'm', NULL)",
    )
    .await;
    app.execute(
        "INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         VALUES (1, 1, 1, 'present', 240, 'form', 3, '2026-11-21T18:00:00+00:00'),
                (2, 1, 2, 'present', 240, 'form', 3, '2026-11-28T18:00:00+00:00'),
                (3, 10, 1, 'present', 240, 'form', 3, '2026-11-21T18:00:00+00:00'),
                (4, 10, 2, 'late', 240, 'form', 3, '2026-11-28T18:00:00+00:00'),
                (5, 11, 1, 'present', 240, 'form', 3, '2026-11-21T18:00:00+00:00'),
                (6, 11, 2, 'partial', 143, 'form', 3, '2026-11-28T18:00:00+00:00'),
                (7, 12, 1, 'present', 240, 'form', 3, '2026-11-21T18:00:00+00:00'),
                (8, 12, 2, 'partial', 144, 'form', 3, '2026-11-28T18:00:00+00:00'),
                (9, 13, 1, 'absent', 0, 'form', 3, '2026-11-21T18:00:00+00:00')",
    )
    .await;
    app.execute(
        "INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         SELECT enrolment_id, session_id, id, status, minutes FROM attendance_marks",
    )
    .await;
    app
}

/// The same with everything issued that is due: to enrolments 1, 10 and 12.
pub(crate) async fn issued() -> TestApp {
    let app = ended().await;
    let coordinator = app.sign_in("coordinator").await;
    let answer = coordinator
        .post("certificates/issue_due", &[("edition", "1")])
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    app
}

/// The code of the last certificate of an enrolment.
async fn code(app: &TestApp, enrolment: i64) -> Code {
    let mut connection = app.state.database.read().await.expect("a connection");
    let code: String = sqlx::query_scalar(
        "SELECT code FROM certificates WHERE enrolment_id = ? ORDER BY id DESC LIMIT 1",
    )
    .bind(enrolment)
    .fetch_one(&mut *connection)
    .await
    .expect("a certificate");
    code.parse().expect("a sound code")
}

/// `enrolment kind state`, a line each, in the order in which they were issued.
pub(crate) async fn all(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(line, ', '), '') FROM
         (SELECT enrolment_id || ' ' || kind || ' ' || state AS line FROM certificates ORDER BY id)",
    )
    .await
}
