//! Writing the steps of a session.

use axum::http::StatusCode;
use capacita::error::{AppError, Fault, FieldError, Reason};

use super::{done, go_on, leads_to, steps};
use crate::test_app::TestApp;

/// What a question is posted with.
const QUESTION: [(&str, &str); 8] = [
    ("session", "5"),
    ("kind", "question"),
    ("title", "Otra"),
    ("body", "¿**Cuál**?"),
    ("answer_1", "Esta"),
    ("answer_2", "Aquella"),
    ("feedback_2", "No: mire otra vez."),
    ("correct", "1"),
];

#[tokio::test]
async fn steps_of_each_kind_are_added_at_the_end() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let text = [
        ("session", "5"),
        ("kind", "text"),
        ("title", "Leer"),
        ("body", "# Hola"),
    ];
    let link = [
        ("session", "5"),
        ("kind", "link"),
        ("title", "Ver"),
        ("link", "https://www.serfor.gob.pe/"),
    ];
    for form in [&text[..], &link, &QUESTION] {
        let added = coordinator.post("learning/add_step", form).await;
        done(&added);
        assert_eq!(leads_to(&added), "/sessions/5/steps");
    }
    let expected = "1 text Bienvenida, 2 link Ley, 3 question Pregunta, 4 text Leer, 5 link Ver, 6 question Otra";
    assert_eq!(steps(&app).await, expected);
    let options =
        "SELECT group_concat(position || answer || correct || feedback, ', ' ORDER BY position)
                   FROM step_options WHERE step_id = 6";
    assert_eq!(
        app.text(options).await,
        "1Esta1, 2Aquella0No: mire otra vez."
    );
    let events =
        "SELECT count(*) FROM audit_events WHERE action = 'step_create' AND program_id = 1";
    assert_eq!(app.count(events).await, 3);
    let list = coordinator.get("/sessions/5/steps").await.body;
    assert!(
        list.contains("6. ") && list.contains("/steps/6/edit"),
        "{list}"
    );
    let preview = coordinator.get("/learn/5/6").await.body;
    assert!(preview.contains("<strong>Cuál</strong>"), "{preview}");
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_at_its_field() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let cases: &[(&str, &[(&str, &str)], &[(&str, Fault)])] = &[
        (
            "text",
            &[],
            &[("title", Fault::Missing), ("body", Fault::Missing)],
        ),
        (
            "link",
            &[("title", "x"), ("link", "http://www.gob.pe/")],
            &[("link", Fault::NotALink)],
        ),
        (
            "link",
            &[("title", "x"), ("link", "javascript:alert(1)")],
            &[("link", Fault::NotALink)],
        ),
        (
            "question",
            &[
                ("title", "x"),
                ("body", "x"),
                ("answer_1", "a"),
                ("correct", "1"),
            ],
            &[("correct", Fault::BadOptions)],
        ),
        (
            "question",
            &[
                ("title", "x"),
                ("body", "x"),
                ("answer_1", "a"),
                ("answer_2", "b"),
            ],
            &[("correct", Fault::BadOptions)],
        ),
        ("file", &[("title", "x")], &[("kind", Fault::UnknownChoice)]),
        ("film", &[("title", "x")], &[("kind", Fault::UnknownChoice)]),
    ];
    for (kind, form, faults) in cases {
        let mut form = form.to_vec();
        form.extend([("session", "5"), ("kind", kind)]);
        let refused = coordinator.post("learning/add_step", &form).await;
        let expected = faults.iter().map(|(field, fault)| FieldError {
            field: (*field).to_owned(),
            fault: fault.clone(),
        });
        assert_eq!(
            refused.error(),
            AppError::Invalid(expected.collect()),
            "{form:?}"
        );
    }
    let page = "/sessions/5/steps/new?kind=question";
    let mut form = QUESTION;
    form[7] = ("correct", "4");
    let refused = coordinator
        .post_form(page, "learning/add_step", &form)
        .await;
    let back = coordinator.get(&refused.location()).await.body;
    for kept in [
        "Aquella",
        "No: mire otra vez.",
        "¿**Cuál**?",
        "marque una sola",
    ] {
        assert!(back.contains(kept), "{kept}: {back}");
    }
    assert_eq!(app.count("SELECT count(*) FROM steps").await, 3);
}

#[tokio::test]
async fn a_step_is_changed_by_whoever_saw_it_last() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = |version| {
        [
            ("step", "3"),
            ("version", version),
            ("kind", "question"),
            ("title", "Pregunta final"),
            ("body", "¿Qué?"),
            ("answer_1", "A"),
            ("answer_3", "C"),
            ("answer_8", "H"),
            ("correct", "8"),
        ]
    };
    done(&coordinator.post("learning/update_step", &form("1")).await);
    let again = coordinator.post("learning/update_step", &form("1")).await;
    assert_eq!(again.error(), AppError::Conflict(Reason::ChangedMeanwhile));
    let options = "SELECT group_concat(position || answer || correct, ', ' ORDER BY position)
                   FROM step_options WHERE step_id = 3";
    assert_eq!(app.text(options).await, "1A0, 2C0, 3H1");
    let page = coordinator.get("/steps/3/edit").await.body;
    assert!(page.contains("Pregunta final"), "{page}");
    // A step stays of its kind.
    let other_kind = [
        ("step", "3"),
        ("version", "2"),
        ("kind", "text"),
        ("title", "x"),
        ("body", "y"),
    ];
    let refused = coordinator.post("learning/update_step", &other_kind).await;
    assert_eq!(refused.error(), AppError::NotFound);
}

#[tokio::test]
async fn steps_move_to_a_place_and_a_move_sent_twice_is_made_once() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for (step, position, expected) in [
        (
            "3",
            "1",
            "1 question Pregunta, 2 text Bienvenida, 3 link Ley",
        ),
        (
            "3",
            "1",
            "1 question Pregunta, 2 text Bienvenida, 3 link Ley",
        ),
        (
            "1",
            "3",
            "1 question Pregunta, 2 link Ley, 3 text Bienvenida",
        ),
        (
            "3",
            "99",
            "1 link Ley, 2 text Bienvenida, 3 question Pregunta",
        ),
    ] {
        let form = [("step", step), ("position", position)];
        done(&coordinator.post("learning/move_step", &form).await);
        assert_eq!(steps(&app).await, expected, "{step} to {position}");
    }
    let moves = "SELECT count(*) FROM audit_events WHERE action = 'step_move'";
    assert_eq!(app.count(moves).await, 3);
    let nowhere = coordinator
        .post("learning/move_step", &[("step", "1"), ("position", "0")])
        .await;
    let fault = Fault::OutOfRange {
        min: 1,
        max: 10_000,
    };
    assert_eq!(nowhere.error(), AppError::field("position", fault));
}

#[tokio::test]
async fn a_step_goes_only_while_nobody_has_done_it() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let participant = app.sign_in("participant").await;
    done(&go_on(&participant, "1").await);
    let used = coordinator
        .post("learning/delete_step", &[("step", "1")])
        .await;
    assert_eq!(used.error(), AppError::Conflict(Reason::InUse));
    let page = coordinator.get("/steps/1/edit").await.body;
    assert!(
        page.contains("ya hay personas que hicieron este paso"),
        "{page}"
    );
    done(
        &coordinator
            .post("learning/delete_step", &[("step", "2")])
            .await,
    );
    assert_eq!(steps(&app).await, "1 text Bienvenida, 2 question Pregunta");
    let gone = coordinator
        .post("learning/delete_step", &[("step", "2")])
        .await;
    assert_eq!(gone.error(), AppError::NotFound);
}

#[tokio::test]
async fn nothing_is_written_in_an_edition_that_is_over() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    app.execute("UPDATE editions SET state = 'closed' WHERE id = 4")
        .await;
    let closed = AppError::Conflict(Reason::EditionClosed);
    let text = [
        ("session", "5"),
        ("kind", "text"),
        ("title", "x"),
        ("body", "y"),
    ];
    let add = coordinator.post("learning/add_step", &text).await;
    assert_eq!(add.error(), closed);
    let delete = coordinator
        .post("learning/delete_step", &[("step", "3")])
        .await;
    assert_eq!(delete.error(), closed);
    let page = coordinator.get("/sessions/5/steps").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Agregar un paso"), "{}", page.body);
}

#[tokio::test]
async fn what_enemies_write_is_shown_as_text() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let hostile = "<script>alert(1)</script>\n\n<img src=x onerror=alert(2)>\n\n\
                   [a](javascript:alert(3)) ![b](https://evil.pe/pixel.png) <iframe src=//evil.pe>";
    let form = [
        ("session", "5"),
        ("kind", "question"),
        ("title", "</title><script>alert(4)</script>"),
        ("body", hostile),
        ("answer_1", "<b onclick=alert(5)>a</b>"),
        ("answer_2", "\"><script>alert(6)</script>"),
        ("feedback_1", "</textarea><script>alert(7)</script>"),
        ("correct", "1"),
    ];
    done(&coordinator.post("learning/add_step", &form).await);
    for path in [
        "/learn/5/4",
        "/sessions/5/steps",
        "/steps/4/edit",
        "/learn/5/1",
    ] {
        let page = coordinator.get(path).await.body;
        for banned in [
            "<script>alert",
            "<img",
            "<iframe",
            "<b onclick",
            "href=\"javascript",
            "evil.pe/pixel",
        ] {
            let shown = path == "/steps/4/edit" && banned == "evil.pe/pixel";
            assert!(shown || !page.contains(banned), "{path} {banned}: {page}");
        }
    }
}

#[tokio::test]
async fn steps_are_copied_with_their_answers_and_files_but_not_what_was_done() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    done(&go_on(&app.sign_in("participant").await, "1").await);
    let file = ("guia.pdf", &b"%PDF-1.7 guide"[..]);
    let form = [("session", "5"), ("title", "Guía")];
    done(
        &coordinator
            .post_file("learning/upload_file", &form, file)
            .await,
    );
    let form = [("edition", "4"), ("starts_on", "2027-06-01")];
    done(&coordinator.post("sessions/copy_edition", &form).await);
    let copies = "SELECT group_concat(position || ' ' || kind || ' ' || title || ' ' || coalesce(link, file_id, ''), ', '
                         ORDER BY position) FROM steps WHERE session_id > 5";
    let expected =
        "1 text Bienvenida , 2 link Ley https://www.gob.pe/, 3 question Pregunta , 4 file Guía 1";
    assert_eq!(app.text(copies).await, expected);
    let answers = "SELECT group_concat(step_options.position || answer || correct, ', ' ORDER BY step_options.position)
                   FROM step_options JOIN steps ON steps.id = step_id WHERE session_id > 5";
    assert_eq!(
        app.text(answers).await,
        "1Un documento0, 2Un procedimiento1"
    );
    let done =
        "SELECT count(*) FROM steps_done JOIN steps ON steps.id = step_id WHERE session_id > 5";
    assert_eq!(app.count(done).await, 0);
}
