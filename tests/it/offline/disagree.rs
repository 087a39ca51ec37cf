//! Two markers of one cell.

use axum::http::StatusCode;
use serde_json::json;

use super::{app, cells, hand_in, mark, take, with};

#[tokio::test]
async fn two_who_did_not_know_of_each_other_disagree_in_any_order() {
    for turned in [false, true] {
        let (app, facilitator) = app().await;
        let coordinator = app.sign_in("coordinator").await;
        let phones = [take(&facilitator).await, take(&coordinator).await];
        let said = [
            [
                mark(1, 1, "present"),
                mark(2, 11, "present"),
                mark(3, 11, "absent"),
            ],
            [
                mark(11, 1, "absent"),
                mark(12, 11, "late"),
                mark(13, 11, "absent"),
            ],
        ];
        for at in if turned { [1, 0] } else { [0, 1] } {
            hand_in(&app, &phones[at], &said[at]).await;
        }
        let stands = cells(&app).await;
        assert!(
            stands.starts_with("1 ") && stands.contains(" 1, "),
            "{stands}"
        );
        assert!(stands.ends_with(", 11 absent 0 0"), "{stands}");
        let queue = coordinator.get("/editions/1/offline-marks").await.html();
        assert!(queue.contains("Marcas que no coinciden"));
        assert!(queue.contains("/enrolments/1/sessions/1"));
        assert!(!queue.contains("/enrolments/11/sessions/1"));
    }
}

#[tokio::test]
async fn who_had_seen_a_mark_overrules_it() {
    let (app, facilitator) = app().await;
    let coordinator = app.sign_in("coordinator").await;
    let before = take(&facilitator).await;
    let form = [
        ("enrolment", "1"),
        ("session", "1"),
        ("status", "absent"),
        ("key", "key-00001"),
    ];
    assert_eq!(
        coordinator.post("attendance/mark", &form).await.status,
        StatusCode::OK
    );
    let unseen = [mark(1, 1, "present")];
    hand_in(&app, &before, &unseen).await;
    assert_eq!(
        cells(&app).await,
        "1 absent 0 1",
        "a conflict: the phone could not know"
    );
    let after = take(&facilitator).await;
    assert_eq!(after["people"][0]["status"], json!("absent"));
    app.clock.advance(chrono::Duration::seconds(10));
    let seen = [with(
        mark(2, 1, "present"),
        "marked_at",
        json!(app.clock.now().timestamp_millis()),
    )];
    hand_in(&app, &after, &seen).await;
    assert_eq!(
        cells(&app).await,
        "1 present 240 0",
        "settled by who has seen both"
    );
}
