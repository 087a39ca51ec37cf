//! Adding and changing courses.

use capacita::error::{AppError, Fault, Reason};

use super::{Form, done, refuses, with};
use crate::test_app::TestApp;

fn form() -> Form<'static> {
    vec![
        ("program", "1"),
        ("title", "Drones y GPS"),
        ("kind", "rights_talk"),
        ("summary", "Vigilancia del territorio."),
        ("audience", "Comunidades nativas."),
        ("outcomes", "- Volar un dron"),
        ("syllabus", "# Día 1"),
        ("planned_hours", "7"),
        ("planned_minutes", "30"),
        ("min_share", "66,6"),
        ("graded", "true"),
        ("min_grade", "13.5"),
        ("excused_counts", "true"),
        ("prerequisite_1", "3"),
        ("prerequisite_2", "1"),
        ("prerequisite_3", "1"),
    ]
}

#[tokio::test]
async fn a_course_is_kept_as_typed() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    done(&coordinator.post("courses/create_course", &form()).await);
    assert_eq!(
        app.text(
            "SELECT kind || ' ' || planned_minutes || ' ' || min_share_permille || ' '
                    || min_grade_tenths || ' ' || excused_counts || ' ' || folded_title
             FROM courses WHERE id = 4"
        )
        .await,
        "rights_talk 450 666 135 1 drones y gps"
    );
    let required = "SELECT group_concat(required_course_id, ',') FROM course_prerequisites
                    WHERE course_id = 4";
    assert_eq!(app.text(required).await, "1,3");
    // What the form of the course shows is what was typed.
    let edit = coordinator.get("/courses/4/edit").await.body;
    for shown in [
        "value=\"66.6\"",
        "value=\"13.5\"",
        "value=\"7\"",
        "value=\"30\"",
    ] {
        assert!(edit.contains(shown), "{shown}");
    }
    let ungraded = with(
        &form(),
        &[
            ("course", "4"),
            ("version", "1"),
            ("graded", "-"),
            ("min_grade", "is not read"),
            ("prerequisite_1", ""),
            ("prerequisite_2", ""),
            ("prerequisite_3", ""),
        ],
    );
    done(&coordinator.post("courses/update_course", &ungraded).await);
    let cleared = "SELECT count(*) FROM courses WHERE id = 4 AND min_grade_tenths IS NULL
                   AND NOT EXISTS (SELECT 1 FROM course_prerequisites WHERE course_id = 4)";
    assert_eq!(app.count(cleared).await, 1);
    let late = coordinator.post("courses/update_course", &ungraded).await;
    assert_eq!(late.error(), Reason::ChangedMeanwhile.into());
    assert_eq!(
        app.count("SELECT count(*) FROM audit_events WHERE subject_kind = 'course'")
            .await,
        2
    );
}

#[tokio::test]
async fn what_a_course_refuses() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let (title, text) = ("a".repeat(201), "a".repeat(501));
    let syllabus = "a".repeat(20_001);
    let share = Fault::OutOfRange { min: 1, max: 100 };
    refuses(
        &coordinator,
        "courses/create_course",
        &form(),
        &[
            (&[("title", "")], "title", Fault::Missing),
            (&[("title", &title)], "title", Fault::TooLong { max: 200 }),
            (
                &[("title", "Cadena de custodia")],
                "title",
                Fault::DuplicateName,
            ),
            (&[("kind", "")], "kind", Fault::Missing),
            (&[("kind", "seminar")], "kind", Fault::UnknownChoice),
            (
                &[("summary", &text)],
                "summary",
                Fault::TooLong { max: 500 },
            ),
            (
                &[("audience", &text)],
                "audience",
                Fault::TooLong { max: 500 },
            ),
            (
                &[("syllabus", &syllabus)],
                "syllabus",
                Fault::TooLong { max: 20_000 },
            ),
            (
                &[("planned_hours", "x")],
                "planned_hours",
                Fault::NotANumber,
            ),
            (&[("min_share", "0")], "min_share", share.clone()),
            (&[("min_share", "101")], "min_share", share),
            (&[("min_share", "80.55")], "min_share", Fault::NotANumber),
            (&[("min_grade", "")], "min_grade", Fault::Missing),
            // Another program's course, and one that does not exist.
            (
                &[("prerequisite_1", "2")],
                "prerequisite_1",
                Fault::UnknownChoice,
            ),
            (
                &[("prerequisite_2", "999")],
                "prerequisite_2",
                Fault::UnknownChoice,
            ),
        ],
    )
    .await;
    for program in ["2", "999", "x", ""] {
        let foreign = with(&form(), &[("program", program)]);
        let answer = coordinator.post("courses/create_course", &foreign).await;
        assert_eq!(answer.error(), AppError::NotFound, "{program}");
    }
    assert_eq!(app.count("SELECT count(*) FROM courses").await, 3);
}

#[tokio::test]
async fn courses_never_ask_for_each_other() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    // 4 asks for 3 and 1; neither of these may then ask for 4, nor 1 for 3 for 1.
    done(&coordinator.post("courses/create_course", &form()).await);
    let third = |required| {
        with(
            &form(),
            &[
                ("course", "3"),
                ("version", "1"),
                ("title", "Delitos contra la fauna"),
                ("prerequisite_1", required),
                ("prerequisite_2", "-"),
                ("prerequisite_3", "-"),
            ],
        )
    };
    let circle = AppError::field("prerequisite_1", Fault::UnknownChoice);
    for required in ["4", "3"] {
        let answer = coordinator
            .post("courses/update_course", &third(required))
            .await;
        assert_eq!(answer.error(), circle, "{required}");
    }
    done(&coordinator.post("courses/update_course", &third("1")).await);
    let first = with(
        &form(),
        &[
            ("course", "1"),
            ("version", "1"),
            ("title", "Cadena de custodia"),
            ("prerequisite_1", "3"),
            ("prerequisite_2", "-"),
            ("prerequisite_3", "-"),
        ],
    );
    let answer = coordinator.post("courses/update_course", &first).await;
    assert_eq!(answer.error(), circle);
    let offered = coordinator.get("/courses/1/edit").await.body;
    assert!(!offered.contains("Delitos contra la fauna") && !offered.contains("Drones y GPS"));
}

#[tokio::test]
async fn what_enemies_write_into_a_course_stays_text() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let hostile = "<script>alert(1)</script> [x](javascript:alert(2)) ![y](https://evil.pe/p.png) \
                   </textarea><img src=x onerror=alert(3)>";
    let form = with(
        &form(),
        &[
            ("course", "1"),
            ("version", "1"),
            ("title", "<b onmouseover=alert(4)>Curso</b>"),
            ("summary", hostile),
            ("audience", hostile),
            ("outcomes", hostile),
            ("syllabus", hostile),
            ("prerequisite_1", "-"),
            ("prerequisite_2", "-"),
            ("prerequisite_3", "-"),
        ],
    );
    done(&coordinator.post("courses/update_course", &form).await);
    for page in [
        "/courses/1",
        "/courses",
        "/editions/1",
        "/courses/1/edit",
        "/calendar",
        "/",
    ] {
        let body = coordinator.get(page).await.body;
        for banned in [
            "<script>alert",
            "<b onmouseover",
            "href=\"javascript",
            "<img",
            "evil.pe/p.png\"",
        ] {
            assert!(!body.contains(banned), "{banned} on {page}");
        }
    }
}
