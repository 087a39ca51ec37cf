//! Forms with a file: what is taken, what is refused, what comes back.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use capacita::{
    error::{AppError, Fault, Reason},
    server::MAX_FILE,
};

use super::{done, leads_to};
use crate::test_app::{Answer, Client, TestApp};

const PDF: &[u8] = b"%PDF-1.7 a guide";

async fn upload(client: &Client, name: &str, content: &[u8]) -> Answer {
    let form = [("session", "5"), ("title", "Guía"), ("body", "Lea.")];
    client
        .post_file("learning/upload_file", &form, (name, content))
        .await
}

async fn files(app: &TestApp) -> i64 {
    app.count("SELECT count(*) FROM files").await
}

#[tokio::test]
async fn a_file_becomes_a_step() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let added = upload(&coordinator, "Guía de campo.pdf", PDF).await;
    done(&added);
    assert_eq!(leads_to(&added), "/sessions/5/steps");
    let kept = "SELECT name || ' ' || media_type || ' ' || length(content) FROM files";
    assert_eq!(app.text(kept).await, "Guía de campo.pdf application/pdf 16");
    let step = "SELECT position || ' ' || kind || ' ' || title || ' ' || body FROM steps WHERE file_id = 1";
    assert_eq!(app.text(step).await, "4 file Guía Lea.");
    let page = coordinator.get("/learn/5/4").await.body;
    assert!(
        page.contains(r#"href="/files/1""#) && page.contains("PDF, 1 KB"),
        "{page}"
    );
}

#[tokio::test]
async fn what_is_no_file_of_ours_is_refused() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    for (name, content, fault) in [
        (
            "pagina.html",
            &b"<script>alert(1)</script>"[..],
            Fault::BadFileType,
        ),
        ("imagen.svg", b"<svg onload=alert(1)>", Fault::BadFileType),
        ("ley.pdf", b"MZ\x90\0", Fault::BadFileType),
        ("ley.exe", PDF, Fault::BadFileType),
        ("ley", PDF, Fault::BadFileType),
        ("", b"", Fault::Missing),
    ] {
        let refused = upload(&coordinator, name, content).await;
        assert_eq!(refused.error(), AppError::field("file", fault), "{name}");
    }
    assert_eq!(files(&app).await, 0);
}

#[tokio::test]
async fn ten_megabytes_are_taken_and_not_one_byte_more() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let mut content = vec![b' '; MAX_FILE + 1];
    content[..5].copy_from_slice(b"%PDF-");
    let too_large = upload(&coordinator, "ley.pdf", &content).await;
    let fault = Fault::FileTooLarge { max_mb: 10 };
    assert_eq!(too_large.error(), AppError::field("file", fault));
    assert_eq!(files(&app).await, 0);
    content.pop();
    done(&upload(&coordinator, "ley.pdf", &content).await);
    assert_eq!(files(&app).await, 1);
}

#[tokio::test]
async fn a_refused_form_comes_back_with_everything_but_the_file() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let page = "/sessions/5/steps/new?kind=file";
    let form = [
        ("session", "5"),
        ("title", "Guía <de> campo"),
        ("body", "Lea el capítulo 3."),
    ];
    let too_large = vec![b' '; MAX_FILE + 7];
    for (name, content, says) in [
        ("ley.exe", PDF, "Este tipo de archivo no se acepta."),
        ("ley.pdf", &too_large[..], "se aceptan hasta 10 MB"),
    ] {
        let refused = coordinator
            .post_file_form(page, "learning/upload_file", &form, (name, content))
            .await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        let location = refused.location();
        assert!(
            location.starts_with("/sessions/5/steps/new?kind=file&kept="),
            "{location}"
        );
        let back = coordinator.get(&location).await.body;
        assert!(back.contains("Guía &lt;de&gt; campo"), "{back}");
        assert!(
            back.contains("Lea el capítulo 3.") && back.contains(says),
            "{back}"
        );
        assert!(!back.contains(name), "{back}");
    }
    let taken = coordinator
        .post_file_form(page, "learning/upload_file", &form, ("ley.pdf", PDF))
        .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let list = coordinator.get(&taken.location()).await.body;
    assert!(
        list.contains("El paso se agregó al final de la sesión."),
        "{list}"
    );
}

#[tokio::test]
async fn signing_in_first_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let form = [("session", "5"), ("title", "Guía nueva")];
    let page = "/sessions/5/steps/new?kind=file";
    let stranger = app.stranger();
    let refused = stranger
        .post_file_form(page, "learning/upload_file", &form, ("ley.pdf", PDF))
        .await;
    let location = refused.location();
    assert!(location.starts_with("/sign-in?next="), "{location}");
    let next: String = form_urlencoded::parse(&location.as_bytes()["/sign-in?".len()..])
        .find_map(|(name, value)| (name == "next").then(|| value.into_owned()))
        .expect("a way back");
    let coordinator = app.sign_in("coordinator").await;
    let signed_in = coordinator.cookie().expect("a cookie");
    let browser = app.client(Some(format!("{signed_in}; {}", refused.cookies())));
    let back = browser.get(&next).await.body;
    assert!(back.contains("Guía nueva"), "{back}");
    assert_eq!(files(&app).await, 0);
}

#[tokio::test]
async fn a_file_is_replaced_or_stays() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    done(&upload(&coordinator, "uno.pdf", PDF).await);
    let form = [("step", "4"), ("version", "1"), ("title", "Otra guía")];
    let same = coordinator
        .post_file("learning/update_file_step", &form, ("", b""))
        .await;
    done(&same);
    let names = "SELECT group_concat(name) FROM files";
    assert_eq!(app.text(names).await, "uno.pdf");
    let stale = coordinator
        .post_file("learning/update_file_step", &form, ("dos.pdf", PDF))
        .await;
    assert_eq!(stale.error(), AppError::Conflict(Reason::ChangedMeanwhile));
    let form = [("step", "4"), ("version", "2"), ("title", "Otra guía")];
    let other = coordinator
        .post_file("learning/update_file_step", &form, ("dos.pdf", PDF))
        .await;
    done(&other);
    assert_eq!(app.text(names).await, "dos.pdf");
    done(
        &coordinator
            .post("learning/delete_step", &[("step", "4")])
            .await,
    );
    assert_eq!(files(&app).await, 0);
}

#[tokio::test]
async fn a_refused_form_keeps_the_version_at_which_it_was_opened() {
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    done(&upload(&coordinator, "uno.pdf", PDF).await);
    app.execute("UPDATE steps SET version = 5 WHERE id = 4")
        .await;
    let page = "/steps/4/edit";
    let version = |html: &str| {
        let field = html.split(r#"name="version""#).nth(1).expect("the field");
        let value = field.split(r#"value=""#).nth(1).expect("its value");
        value.split('"').next().map(str::to_owned)
    };
    let opened = coordinator.get(page).await.body;
    assert_eq!(version(&opened).as_deref(), Some("5"));
    let form = [("step", "4"), ("version", "1"), ("title", "Otra guía")];
    let refused = coordinator
        .post_file_form(page, "learning/update_file_step", &form, ("dos.pdf", PDF))
        .await;
    let back = coordinator.get(&refused.location()).await.body;
    assert!(back.contains("Otra guía"), "{back}");
    assert_eq!(version(&back).as_deref(), Some("1"));
}

/// Sends a body of any kind to an action.
async fn send(client: &Client, endpoint: &str, kind: &str, body: Vec<u8>) -> StatusCode {
    let request = Request::post(format!("/api/{endpoint}"))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(body))
        .expect("a request");
    client.send(request).await.status
}

#[tokio::test]
async fn other_bodies_are_not_understood() {
    const FORM: &str = "multipart/form-data; boundary=b";
    let app = TestApp::new().await;
    let coordinator = app.sign_in("coordinator").await;
    let field = b"--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx";
    let long = [&field[..], &vec![b'x'; 600_000], b"\r\n--b--\r\n"].concat();
    for (endpoint, kind, body, status) in [
        // Broken off, without a boundary, with a field that is too long.
        ("learning/upload_file", FORM, field.to_vec(), 400),
        (
            "learning/upload_file",
            "multipart/form-data",
            field.to_vec(),
            400,
        ),
        ("learning/upload_file", FORM, long, 400),
        (
            "learning/upload_file",
            "application/json",
            b"{}".to_vec(),
            415,
        ),
        // A form without a file where one with a file is needed, and the other way round.
        (
            "learning/upload_file",
            "application/x-www-form-urlencoded",
            b"session=5&title=x".to_vec(),
            400,
        ),
        (
            "learning/continue_step",
            FORM,
            [&field[..], b"\r\n--b--\r\n"].concat(),
            415,
        ),
    ] {
        let answer = send(&coordinator, endpoint, kind, body).await;
        assert_eq!(answer.as_u16(), status, "{endpoint} {kind}");
    }
    assert_eq!(files(&app).await, 0);
}
