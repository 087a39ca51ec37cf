//! What the pages show of sessions that have not begun: the same as what the server would take.

use super::with_sql;
use crate::test_app::TestApp;

/// Session 2 is held on 28 November at 9:00; from 8:00 on people may be marked.
const WHY: &str = "Esta sesión aún no empieza: la asistencia se puede tomar desde el \
                   sáb 28 nov 2026, 8:00. Antes solo se puede anotar una justificación.";

/// How often a piece stands in a text.
fn times(text: &str, piece: &str) -> usize {
    text.matches(piece).count()
}

#[tokio::test]
async fn the_list_offers_excuses_alone_and_says_why() {
    let app = TestApp::new().await;
    let facilitator = app.sign_in("facilitator").await;
    let begun = facilitator.get("/sessions/1/attendance").await.html();
    assert!(!begun.contains("aún no empieza"));
    assert_eq!(times(&begun, " disabled"), 0);
    let ahead = facilitator.get("/sessions/2/attendance").await.html();
    assert!(ahead.contains(WHY), "{ahead}");
    // Present, late, absent, partial and its minutes.
    assert_eq!(times(&ahead, " disabled"), 5, "{ahead}");
    assert_eq!(times(&ahead, &format!("title=\"{WHY}\"")), 4);
    assert!(!ahead.contains("rest_present"));
    let excused = [("session", "2"), ("mark-1", "excused"), ("seen-1", "")];
    let saved = facilitator.post("attendance/mark_session", &excused).await;
    assert_eq!(saved.status, 200, "{}", saved.body);
    // An hour before it begins all of it may be said.
    app.clock.advance(chrono::Duration::days(7));
    app.clock.advance(-chrono::Duration::hours(2));
    let facilitator = app.sign_in("facilitator").await;
    let open = facilitator.get("/sessions/2/attendance").await.html();
    assert_eq!(times(&open, " disabled"), 0);
    assert!(open.contains("rest_present"));
}

#[tokio::test]
async fn the_grid_shows_them_read_only_with_the_reason() {
    let app = TestApp::new().await;
    with_sql(&app, super::MORE_PEOPLE).await;
    let facilitator = app.sign_in("facilitator").await;
    let grid = facilitator.get("/editions/1/attendance").await.html();
    assert!(grid.contains("Aún no empieza"));
    // The head of the column and a cell for each of the three who take part.
    assert_eq!(times(&grid, &format!("title=\"{WHY}\"")), 4, "{grid}");
    assert_eq!(times(&grid, "mark-cell is-limited"), 3);
    // Everybody present at once: only for the session that has begun.
    assert_eq!(times(&grid, "aria-label=\"Tomar lista: Primera\""), 1);
    assert_eq!(
        times(&grid, "aria-label=\"Anotar justificaciones: Segunda\""),
        1
    );
    let rest = |title: &str| format!("Poner presentes a todos los que no tienen marca: {title}");
    assert_eq!(times(&grid, &rest("Primera")), 1);
    assert_eq!(times(&grid, &rest("Segunda")), 0);
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 1")
        .await;
    let closed = facilitator.get("/editions/1/attendance").await.html();
    assert_eq!(times(&closed, "is-limited"), 0);
}
