//! Adding and changing editions.

use capacita::error::{AppError, Fault, Reason};

use super::{Form, done, refuses, with};
use crate::test_app::TestApp;

fn form() -> Form<'static> {
    vec![
        ("course", "1"),
        ("modality", "hybrid"),
        ("language", "qu"),
        ("starts_on", "2027-03-01"),
        ("ends_on", "2027-03-05"),
        ("venue", "Sala  Ñahui"),
        ("department", "08"),
        ("seats", "40"),
        ("waiting_list", "true"),
        ("enrol_from", "2027-02-01"),
        ("enrol_until", "2027-03-05"),
        ("notes", "Traiga su credencial."),
    ]
}

/// Edition 1 of the small world as its form shows it.
fn first() -> Form<'static> {
    with(
        &form(),
        &[
            ("course", "-"),
            ("edition", "1"),
            ("version", "1"),
            ("starts_on", "2026-11-21"),
            ("ends_on", "2026-12-05"),
            ("enrol_from", "2026-11-01"),
            ("enrol_until", "2026-11-30"),
        ],
    )
}

#[tokio::test]
async fn editions_are_numbered_and_places_found_again() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let created = coordinator
        .post_form("/courses/1/editions/new", "courses/create_edition", &form())
        .await;
    let location = created.location();
    assert!(
        location.starts_with("/editions/5/sessions?kept="),
        "{location}"
    );
    let same_place = with(&form(), &[("venue", "SALA NAHUI")]);
    done(
        &coordinator
            .post("courses/create_edition", &same_place)
            .await,
    );
    let elsewhere = with(
        &form(),
        &[("department", ""), ("unlimited", "true"), ("seats", "")],
    );
    done(&coordinator.post("courses/create_edition", &elsewhere).await);
    assert_eq!(
        app.text(
            "SELECT group_concat(number || ' ' || state || ' ' || coalesce(seats, '-') || ' '
                                 || venues.name || ' ' || coalesce(venues.department, '-'), ', ')
             FROM editions JOIN venues ON venues.id = venue_id WHERE editions.id > 4"
        )
        .await,
        "3 draft 40 Sala Ñahui 08, 4 draft 40 Sala Ñahui 08, 5 draft - Sala Ñahui -"
    );
    let page = coordinator.get("/editions/5/edit").await.html();
    for shown in [
        "value=\"Sala Ñahui\"",
        "value=\"2027-03-05\"",
        "Traiga su credencial.",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[tokio::test]
async fn what_an_edition_refuses() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let (venue, notes) = ("a".repeat(161), "a".repeat(2001));
    let seats = Fault::OutOfRange {
        min: 0,
        max: 100_000,
    };
    let cases: &[(&[(&str, &str)], &str, Fault)] = &[
        (&[("modality", "")], "modality", Fault::Missing),
        (&[("modality", "remote")], "modality", Fault::UnknownChoice),
        (&[("language", "xx")], "language", Fault::UnknownChoice),
        (&[("starts_on", "2027-02-30")], "starts_on", Fault::NotADate),
        (&[("starts_on", "1989-12-31")], "starts_on", Fault::NotADate),
        (&[("ends_on", "")], "ends_on", Fault::Missing),
        (
            &[("ends_on", "2027-02-28"), ("enrol_until", "2027-02-28")],
            "ends_on",
            Fault::EndBeforeStart,
        ),
        (
            &[("enrol_until", "2027-03-06")],
            "enrol_until",
            Fault::EnrolmentAfterEnd,
        ),
        (
            &[("enrol_until", "2027-01-31")],
            "enrol_until",
            Fault::EndBeforeStart,
        ),
        (&[("venue", &venue)], "venue", Fault::TooLong { max: 160 }),
        (&[("department", "00")], "department", Fault::UnknownChoice),
        (&[("seats", "")], "seats", Fault::Missing),
        (&[("seats", "-1")], "seats", seats.clone()),
        (&[("seats", "100001")], "seats", seats),
        (&[("seats", "many")], "seats", Fault::NotANumber),
        (&[("notes", &notes)], "notes", Fault::TooLong { max: 2000 }),
    ];
    refuses(&coordinator, "courses/create_edition", &form(), cases).await;
    for course in ["999", "x"] {
        let missing = with(&form(), &[("course", course)]);
        let answer = coordinator.post("courses/create_edition", &missing).await;
        assert_eq!(answer.error(), AppError::NotFound, "{course}");
    }
    // Visible, because one of its editions is public, but another program's.
    let foreign = with(&form(), &[("course", "2")]);
    let answer = coordinator.post("courses/create_edition", &foreign).await;
    assert_eq!(answer.error(), AppError::Forbidden);
    assert_eq!(app.count("SELECT count(*) FROM editions").await, 4);
}

#[tokio::test]
async fn a_change_leaves_nobody_behind() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    refuses(
        &coordinator,
        "courses/update_edition",
        &first(),
        &[
            (
                &[("starts_on", "2026-11-22")],
                "starts_on",
                Fault::SessionsOutside,
            ),
            (
                &[("ends_on", "2026-11-27"), ("enrol_until", "2026-11-27")],
                "ends_on",
                Fault::SessionsOutside,
            ),
            (
                &[("seats", "0")],
                "seats",
                Fault::OutOfRange {
                    min: 1,
                    max: 100_000,
                },
            ),
            (&[("version", "")], "version", Fault::Missing),
        ],
    )
    .await;
    let closest = with(
        &first(),
        &[
            ("ends_on", "2026-11-28"),
            ("enrol_until", "2026-11-28"),
            ("seats", "1"),
        ],
    );
    done(&coordinator.post("courses/update_edition", &closest).await);
    let late = coordinator.post("courses/update_edition", &closest).await;
    assert_eq!(late.error(), Reason::ChangedMeanwhile.into());
    let kept =
        "SELECT count(*) FROM audit_events WHERE action = 'edition_update' AND subject_id = 1
                AND json_extract(before, '$.seats') = 2 AND json_extract(after, '$.seats') = 1";
    assert_eq!(app.count(kept).await, 1);
}

#[tokio::test]
async fn a_self_paced_edition_keeps_the_days_its_units_are_open() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let fourth = with(
        &first(),
        &[
            ("edition", "4"),
            ("starts_on", "2026-11-01"),
            ("ends_on", "2026-12-31"),
            ("enrol_until", "2026-12-15"),
            ("unlimited", "true"),
        ],
    );
    let shorter = with(&fourth, &[("ends_on", "2026-12-30")]);
    let answer = coordinator.post("courses/update_edition", &shorter).await;
    assert_eq!(
        answer.error(),
        AppError::field("ends_on", Fault::SessionsOutside)
    );
    done(&coordinator.post("courses/update_edition", &fourth).await);
}

#[tokio::test]
async fn what_is_closed_or_cancelled_does_not_change() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for state in ["closed", "cancelled"] {
        app.execute(match state {
            "closed" => "UPDATE editions SET state = 'closed' WHERE id = 1",
            _ => "UPDATE editions SET state = 'cancelled' WHERE id = 1",
        })
        .await;
        for (endpoint, form) in [
            ("courses/update_edition", first()),
            (
                "courses/assign_facilitator",
                vec![("edition", "1"), ("person", "8")],
            ),
            (
                "courses/remove_facilitator",
                vec![("edition", "1"), ("person", "4")],
            ),
            ("sessions/delete", vec![("session", "2")]),
        ] {
            let answer = coordinator.post(endpoint, &form).await;
            assert_eq!(
                answer.error(),
                Reason::EditionClosed.into(),
                "{state} {endpoint}"
            );
        }
        let page = coordinator.get("/editions/1/edit").await;
        assert_eq!(page.status.as_u16(), 409, "{state}");
    }
}
