//! Seats that are kept for groups, and the most that groups may take, over HTTP.

use capacita::error::{AppError, Fault, Reason};

use super::{change, done, lines, states};
use crate::test_app::TestApp;

async fn quotas(app: &TestApp) -> Vec<String> {
    let sql = "SELECT concat_ws(' ', sector, institution_id, department, sex, reserved, at_most)
               FROM edition_quotas ORDER BY id";
    lines(app, sql).await
}

#[tokio::test]
async fn a_quota_is_set_replaced_and_removed() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let set = async |group: &str, reserved: &str, at_most: &str| {
        let form = [
            ("edition", "1"),
            ("group", group),
            ("reserved", reserved),
            ("at_most", at_most),
        ];
        coordinator.post("enrolment/set_quota", &form).await
    };
    done(&set("sector:police", "1", "").await);
    done(&set("institution:2", "", "1").await);
    done(&set("sector:police", "1", "2").await);
    assert_eq!(quotas(&app).await, ["police 1 2", "2 0 1"]);

    // Two seats in all, one of them kept for the police.
    let range = |field, min, max| AppError::field(field, Fault::OutOfRange { min, max });
    let refused = [
        (("sector:press", "2", ""), range("reserved", 0, 1)),
        (("sector:police", "3", ""), range("reserved", 0, 2)),
        // Somebody of the prosecution has a seat.
        (
            ("sector:prosecution", "", "0"),
            range("at_most", 1, 100_000),
        ),
        (
            ("sex:x", "1", ""),
            AppError::field("group", Fault::UnknownChoice),
        ),
        (
            ("institution:99", "1", ""),
            AppError::field("group", Fault::UnknownChoice),
        ),
    ];
    for ((group, reserved, at_most), error) in refused {
        assert_eq!(
            set(group, reserved, at_most).await.error(),
            error,
            "{group}"
        );
    }
    change(&app, "UPDATE editions SET seats = NULL WHERE id = 1").await;
    assert_eq!(
        set("sector:press", "1", "").await.error(),
        AppError::field("reserved", Fault::NoSeatLimit)
    );
    done(&set("sector:press", "", "3").await);

    let page = coordinator.get("/editions/1/quotas").await;
    assert!(page.html().contains("Policía de Prueba"), "{}", page.html());
    let remove = [("edition", "1"), ("quota", "1")];
    done(&coordinator.post("enrolment/remove_quota", &remove).await);
    assert_eq!(quotas(&app).await, ["2 0 1", "press 0 3"]);
    let again = coordinator.post("enrolment/remove_quota", &remove).await;
    assert_eq!(again.error(), AppError::NotFound);
    let told = "SELECT group_concat(action) FROM (
                    SELECT action FROM audit_events WHERE action LIKE 'quota%' ORDER BY id)";
    assert_eq!(
        app.text(told).await,
        "quota_set,quota_set,quota_set,quota_set,quota_remove"
    );

    change(&app, "UPDATE editions SET state = 'closed' WHERE id = 1").await;
    assert_eq!(
        set("sector:press", "", "4").await.error(),
        Reason::EditionClosed.into()
    );
}

#[tokio::test]
async fn who_may_have_none_of_the_free_seats_is_told_so_from_the_start() {
    let app = TestApp::new().await;
    let other = app.sign_in("other").await;
    // Six of seven seats are free; they are kept for the press.
    change(
        &app,
        "UPDATE editions SET seats = 7 WHERE id = 1;
         INSERT INTO edition_quotas (edition_id, sector, reserved) VALUES (1, 'press', 6)",
    )
    .await;
    let kept = "Las vacantes libres están guardadas para otros grupos.";
    let page = other.get("/editions/1").await.html();
    assert!(page.contains(kept), "{page}");
    assert!(page.contains("Entrar en la lista de espera"), "{page}");
    assert!(!page.contains("Quedan 6 vacantes"), "{page}");
    // Whoever runs the edition, or whom nobody knows, sees the number.
    for client in [app.sign_in("coordinator").await, app.stranger()] {
        let page = client.get("/editions/1").await.html();
        assert!(page.contains("Quedan 6 vacantes."), "{page}");
        assert!(page.contains("Prensa: 6"), "{page}");
    }
    // Who belongs to the group has a seat, even where somebody else waits.
    change(
        &app,
        "INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex) VALUES
          (20, 1, 8, 'waiting', '2026-11-03T00:00:00+00:00', '2026-11-03T00:00:00+00:00', 'm');
         UPDATE institutions SET sector = 'press' WHERE id = 2",
    )
    .await;
    let page = other.get("/editions/1").await.html();
    assert!(page.contains("Quedan 6 vacantes."), "{page}");
    assert!(page.contains(">Inscribirse<"), "{page}");
    change(
        &app,
        "UPDATE institutions SET sector = 'police' WHERE id = 2",
    )
    .await;

    let form = [("edition", "1")];
    let posted = other
        .post_form("/editions/1", "enrolment/request", &form)
        .await;
    let page = other.get(&posted.location()).await;
    let notice = page.notice();
    assert!(notice.contains(kept), "{notice}");
    assert!(notice.contains("en el lugar 2"), "{notice}");
    let letter = app.latest_letter().await;
    assert!(letter.contains(kept), "{letter}");

    // Nobody may wait: the same, said before one asks.
    change(
        &app,
        "DELETE FROM enrolment_events WHERE enrolment_id > 3;
         DELETE FROM enrolments WHERE id > 3;
         UPDATE editions SET waiting_list = 0 WHERE id = 1",
    )
    .await;
    let page = other.get("/editions/1").await.html();
    let neither = "guardadas para otros grupos y esta edición no tiene lista de espera.";
    assert!(page.contains(neither), "{page}");
    assert!(!page.contains("/api/enrolment/request"), "{page}");
}

#[tokio::test]
async fn the_coordinator_is_told_why_somebody_waits() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    change(
        &app,
        "INSERT INTO edition_quotas (edition_id, sector, reserved, at_most) VALUES
          (1, 'press', 1, NULL), (1, 'police', 0, 0)",
    )
    .await;
    for (person, why) in [
        (
            "8",
            "Las vacantes libres están guardadas para otros grupos.",
        ),
        (
            "6",
            "Ya están ocupadas todas las vacantes que le tocan a su grupo.",
        ),
    ] {
        let form = [("edition", "1"), ("person", person)];
        let list = "/editions/1/enrolments";
        let posted = coordinator.post_form(list, "enrolment/enrol_other", &form);
        let page = coordinator.get(&posted.await.location()).await;
        let notice = page.notice();
        assert!(notice.contains(why), "{notice}");
        assert!(notice.contains("quedó en la lista de espera"), "{notice}");
    }
}

#[tokio::test]
async fn who_may_have_no_seat_waits_or_is_told_why() {
    let app = TestApp::new().await;
    let (coordinator, other) = (app.sign_in("coordinator").await, app.sign_in("other").await);
    // One of the two seats is free; it is kept for the press.
    change(
        &app,
        "INSERT INTO edition_quotas (edition_id, sector, reserved) VALUES (1, 'press', 1)",
    )
    .await;
    let ask = [("edition", "1")];
    change(&app, "UPDATE editions SET waiting_list = 0 WHERE id = 1").await;
    let refused = other.post("enrolment/request", &ask).await;
    assert_eq!(refused.error(), Reason::SeatsReserved.into());
    let other_group = "UPDATE edition_quotas SET sector = 'police', reserved = 0, at_most = 0";
    change(&app, other_group).await;
    let refused = other.post("enrolment/request", &ask).await;
    assert_eq!(refused.error(), Reason::GroupFull.into());

    change(
        &app,
        "UPDATE editions SET waiting_list = 1 WHERE id = 1;
         UPDATE edition_quotas SET sector = 'press', reserved = 1, at_most = NULL",
    )
    .await;
    done(&other.post("enrolment/request", &ask).await);
    assert_eq!(states(&app).await, ["5:enrolled", "6:waiting"]);
    let coordinators = coordinator.get("/editions/1/quotas").await.html();
    assert!(!coordinators.contains("sin ocupar"), "{coordinators}");
    change(&app, "UPDATE edition_quotas SET reserved = 2").await;
    let coordinators = coordinator.get("/editions/1/quotas").await.html();
    assert!(
        coordinators.contains("Hay 2 vacantes guardadas sin ocupar. Solo 1 vacante está libre"),
        "{coordinators}"
    );
    change(&app, "UPDATE edition_quotas SET reserved = 1").await;
    // Whoever looks at the edition learns for whom seats are kept.
    let page = app.stranger().get("/editions/1").await;
    assert!(page.html().contains("Prensa: 1"), "{}", page.html());
    // The quota goes, and the seat is hers.
    let remove = [("edition", "1"), ("quota", "1")];
    done(&coordinator.post("enrolment/remove_quota", &remove).await);
    assert_eq!(states(&app).await, ["5:enrolled", "6:enrolled"]);
}
