//! Long lists of one edition or course: the last line of a page, and the first of the next.

use crate::{
    listing::next_pages,
    test_app::{Client, TestApp},
};

/// A world with many people in edition 1, as enrolments of their own numbers.
async fn crowd() -> TestApp {
    let app = TestApp::new().await;
    app.execute(
        "UPDATE editions SET seats = NULL WHERE id = 1;
         INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex, sort_name, created_at)
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 201)
         SELECT 1000 + i, 'none', 'prueba', 'Persona', 'P' || i, 'f', 'p' || (i % 7), '2026-01-01T00:00:00+00:00' FROM n;
         INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
         SELECT id, 1, id, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f'
         FROM people WHERE id > 1000;",
    )
    .await;
    app
}

/// Which of the crowd stand on a page, in its order.
fn listed(html: &str) -> Vec<u32> {
    let before = html.split(", Persona").map(|part| {
        let name = part.rsplit('>').next().unwrap_or_default();
        name.strip_prefix('P')
            .and_then(|number| number.parse().ok())
    });
    before.flatten().collect()
}

/// Walks a list from page to page: whom each one shows. `which`: of several lists on the page.
async fn walk(client: &Client, from: &str, which: usize, part: fn(&str) -> &str) -> Vec<Vec<u32>> {
    let mut address = Some(from.to_owned());
    let mut pages = Vec::new();
    while let Some(here) = address {
        let html = client.get(&here).await.html();
        let html = part(&html);
        pages.push(listed(html));
        address = next_pages(html).into_iter().nth(which);
        assert!(pages.len() < 10, "it goes round: {address:?}");
    }
    pages
}

fn lengths(pages: &[Vec<u32>]) -> Vec<usize> {
    pages.iter().map(Vec::len).collect()
}

fn everybody(pages: Vec<Vec<u32>>) -> Vec<u32> {
    let mut all: Vec<u32> = pages.into_iter().flatten().collect();
    all.sort_unstable();
    all
}

#[tokio::test]
async fn notices_go_on_behind_the_two_hundredth() {
    let app = crowd().await;
    app.execute(
        "INSERT INTO notices (edition_id, person_id, kind, subject, body, created_at)
         SELECT 1, person_id, 'k', 'Asunto', 'Texto', '2026-11-20T00:00:00+00:00'
         FROM enrolments WHERE id > 1000 ORDER BY id",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let list = "/editions/1/notices";
    let first = coordinator.get(list).await.html();
    assert!(first.contains("201 avisos por dar"));
    assert!(first.contains("Se muestran 200 de 201"));
    let pages = walk(&coordinator, list, 0, |html| html).await;
    assert_eq!(lengths(&pages), [200, 1]);
    assert_eq!(everybody(pages), (1..=201).collect::<Vec<_>>());
    // A page holds two hundred, and then there is no other.
    app.execute("UPDATE notices SET told_at = created_at WHERE id = (SELECT max(id) FROM notices)")
        .await;
    let whole = coordinator.get(list).await.html();
    assert_eq!(listed(&whole).len(), 200);
    assert!(!whole.contains("class=\"pager\""));
    // What is no key is the beginning; behind the last there is the way back.
    let odd = coordinator.get(&format!("{list}?after=x")).await.html();
    assert_eq!(listed(&odd).len(), 200);
    let beyond = coordinator
        .get(&format!("{list}?after=999999"))
        .await
        .html();
    assert!(listed(&beyond).is_empty() && beyond.contains("200 avisos por dar"));
    assert!(beyond.contains(&format!("href=\"{list}\"")));
}

#[tokio::test]
async fn refused_marks_go_on_behind_the_fiftieth() {
    let app = crowd().await;
    let coordinator = app.sign_in("coordinator").await;
    app.execute(
        "INSERT INTO offline_rosters (id, account_id, sign_in_id, session_id, phone, token_hash, taken_at, expires_at, last_seen_at)
         SELECT 1, 4, max(id), 1, 'Celular', zeroblob(32), '2026-11-21T13:30:00+00:00', '2026-11-22T18:00:00+00:00', '2026-11-21T14:30:00+00:00' FROM sign_ins;
         INSERT INTO offline_marks (uuid, roster_id, edition_id, seq, session_id, enrolment_id, status, marked_at, corrected_at, received_at, outcome, reason)
         SELECT printf('%036d', id), 1, 1, id, 1, id, 'present', '2026-11-21T14:10:00+00:00', '2026-11-21T14:10:00+00:00', '2026-11-21T14:30:00+00:00', 'refused', 'not_enrolled'
         FROM enrolments WHERE id > 1000 ORDER BY id LIMIT 101",
    )
    .await;
    let list = "/editions/1/offline-marks";
    let first = coordinator.get(list).await.html();
    assert!(first.contains("101 marcas esperan una decisión"));
    assert!(first.contains("Se muestran 50 de 101"));
    let pages = walk(&coordinator, list, 0, |html| html).await;
    assert_eq!(lengths(&pages), [50, 50, 1]);
    assert_eq!(everybody(pages), (1..=101).collect::<Vec<_>>());
    app.execute("DELETE FROM offline_marks WHERE seq > 1050")
        .await;
    let whole = coordinator.get(list).await.html();
    assert_eq!(listed(&whole).len(), 50);
    assert!(!whole.contains("class=\"pager\""));
    let beyond = coordinator
        .get(&format!("{list}?after=999999"))
        .await
        .html();
    assert!(beyond.contains(&format!("href=\"{list}\"")));
    assert!(!beyond.contains("No hay nada que revisar"));
}

#[tokio::test]
async fn disputed_cells_go_on_in_the_order_of_sessions_and_names() {
    let app = crowd().await;
    // Two sessions, and seven names among all: the order must not depend on names alone.
    app.execute(
        "DELETE FROM attendance_standing; DELETE FROM attendance_marks;
         INSERT INTO attendance_marks (enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         SELECT enrolments.id, sessions.id, 'present', 240, 'offline', 4, '2026-11-21T15:00:00+00:00'
         FROM enrolments, sessions WHERE enrolments.id BETWEEN 1001 AND 1060 AND sessions.id IN (1, 2);
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes, conflict)
         SELECT enrolment_id, session_id, id, 'present', 240, 1 FROM attendance_marks",
    )
    .await;
    let coordinator = app.sign_in("coordinator").await;
    let list = "/editions/1/offline-marks";
    let pages = walk(&coordinator, list, 0, |html| html).await;
    assert_eq!(lengths(&pages), [50, 50, 20]);
    let expected: Vec<u32> = {
        let mut one: Vec<u32> = (1..=60).collect();
        one.sort_by_key(|number| (number % 7, *number));
        one.repeat(2)
    };
    assert_eq!(pages.concat(), expected);
    app.execute("DELETE FROM attendance_standing WHERE session_id = 2 OR enrolment_id > 1050")
        .await;
    let whole = coordinator.get(list).await.html();
    assert_eq!(listed(&whole).len(), 50);
    assert!(!whole.contains("class=\"pager\""));
    // What is no cell of the edition is the beginning.
    for odd in ["x", "1", "1.", "9.9", "3.1001", "1.99999"] {
        let page = coordinator.get(&format!("{list}?cells={odd}")).await.html();
        assert_eq!(listed(&page).len(), 50, "{odd}");
    }
}

#[tokio::test]
async fn two_lists_of_a_page_go_on_each_by_itself() {
    let app = crowd().await;
    let coordinator = app.sign_in("coordinator").await;
    app.execute(
        "DELETE FROM attendance_standing; DELETE FROM attendance_marks;
         INSERT INTO attendance_marks (enrolment_id, session_id, status, minutes, source, account_id, marked_at)
         SELECT id, 1, 'present', 240, 'offline', 4, '2026-11-21T15:00:00+00:00' FROM enrolments WHERE id > 1100 LIMIT 51;
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes, conflict)
         SELECT enrolment_id, session_id, id, 'present', 240, 1 FROM attendance_marks;
         INSERT INTO offline_rosters (id, account_id, sign_in_id, session_id, phone, token_hash, taken_at, expires_at, last_seen_at)
         SELECT 1, 4, max(id), 1, 'Celular', zeroblob(32), '2026-11-21T13:30:00+00:00', '2026-11-22T18:00:00+00:00', '2026-11-21T14:30:00+00:00' FROM sign_ins;
         INSERT INTO offline_marks (id, uuid, roster_id, edition_id, seq, session_id, enrolment_id, status, marked_at, corrected_at, received_at, outcome, reason)
         SELECT id, printf('%036d', id), 1, 1, id, 1, id, 'present', '2026-11-21T14:10:00+00:00', '2026-11-21T14:10:00+00:00', '2026-11-21T14:30:00+00:00', 'refused', 'not_enrolled'
         FROM enrolments WHERE id BETWEEN 1001 AND 1051",
    )
    .await;
    let first = coordinator.get("/editions/1/offline-marks").await.html();
    let [marks, cells] = next_pages(&first).try_into().expect("two ways on");
    assert_eq!(marks, "/editions/1/offline-marks?after=1050");
    assert!(cells.starts_with("/editions/1/offline-marks?cells=1."));
    let second = coordinator.get(&marks).await.html();
    assert_eq!(listed(&second).len(), 1 + 50);
    // The other list goes on from here, and this one stays where it is.
    let [on] = next_pages(&second).try_into().expect("one way on");
    assert!(on.starts_with("/editions/1/offline-marks?after=1050&cells=1."));
    assert_eq!(listed(&coordinator.get(&on).await.html()).len(), 1 + 1);
}

/// Editions of course 1 beside those of the small world.
const EDITIONS: &str = "
    INSERT INTO editions (id, course_id, number, state, modality, starts_on, ends_on, enrol_from, enrol_until, state_at, created_at)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
    SELECT 500 + i, 1, 100 + i, iif(i % 3, 'closed', 'cancelled'), 'in_person', date('2020-01-01', (i / 2) || ' days'), '2020-12-31', '2019-12-01', '2019-12-31', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00' FROM n;";

#[tokio::test]
async fn editions_of_a_course_go_on_behind_the_fiftieth() {
    let app = TestApp::new().await;
    app.execute(EDITIONS).await;
    let numbers = |html: &str| -> Vec<u32> {
        html.split("/editions/5")
            .skip(1)
            .filter_map(|rest| format!("5{}", rest.split('"').next()?).parse().ok())
            .collect()
    };
    let coordinator = app.sign_in("coordinator").await;
    // Whoever manages the course sees the draft too: 62 and 61 editions.
    for (client, on_first) in [(&coordinator, 48), (&app.stranger(), 49)] {
        let first = client.get("/courses/1").await.html();
        assert!(first.contains("60 ediciones anteriores"));
        assert!(
            first.contains("<details class=\"fold\"><summary>"),
            "{first}"
        );
        let shown = numbers(&first);
        assert_eq!(shown.len(), on_first);
        let [next] = next_pages(&first).try_into().expect("a second page");
        let second = client.get(&next).await.html();
        assert!(second.contains("open"), "what one came for is not folded");
        assert!(next_pages(&second).is_empty());
        let all = [shown, numbers(&second)].concat();
        assert_eq!(all, (501..=560).rev().collect::<Vec<_>>());
        assert!(second.contains("href=\"/courses/1\""));
        let odd = client.get("/courses/1?after=x").await.html();
        assert_eq!(numbers(&odd).len(), on_first);
    }
    // One can enrol in the open edition from every page.
    let open = "Ver la edición abierta";
    let stranger = app.stranger();
    let first = stranger.get("/courses/1").await.html();
    let [next] = next_pages(&first).try_into().expect("a second page");
    assert_eq!(
        first.contains(open),
        stranger.get(&next).await.html().contains(open)
    );
    // Fifty are a page, and then there is no other.
    app.execute("UPDATE editions SET course_id = 3 WHERE id BETWEEN 501 AND 511")
        .await;
    let whole = stranger.get("/courses/1").await.html();
    assert_eq!(numbers(&whole).len(), 49);
    assert!(!whole.contains("class=\"pager\""));
}
