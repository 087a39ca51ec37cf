//! Files that are kept: sealed, asked for, erased.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use capacita::error::{AppError, Fault, Reason};

use crate::test_app::{Answer, Client, TestApp};

const PDF: &[u8] = b"%PDF-1.7 firmas de la hoja";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0 foto de la hoja";

async fn app() -> (TestApp, Client) {
    let app = TestApp::new().await;
    app.execute("DELETE FROM attachments").await;
    let facilitator = app.sign_in("facilitator").await;
    (app, facilitator)
}

async fn send(client: &Client, files: &[(&str, &[u8])]) -> Answer {
    let form = [("session", "1")];
    client.post_files("attachments/upload", &form, files).await
}

/// "name size" of every file, `-` in front of those that were removed.
async fn kept(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(group_concat(iif(content IS NULL, '-', '') || file_name || ' ' || size, ', '), '')
         FROM (SELECT * FROM attachments ORDER BY id)",
    )
    .await
}

const EVENTS: &str = "SELECT count(*) FROM audit_events WHERE subject_kind = 'attachment'";

#[tokio::test]
async fn a_scan_is_kept_sealed_given_and_erased() {
    let (app, facilitator) = app().await;
    let sent = send(&facilitator, &[("hoja 1.pdf", PDF), ("foto.JPG", JPEG)]).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert_eq!(kept(&app).await, "hoja 1.pdf 26, foto.JPG 20");
    let page = facilitator.get(&sent.location()).await;
    assert!(page.notice().contains("Se guardaron 2 archivos."));
    let page = page.html();
    for expected in [
        "href=\"/attachments/1\"",
        "hoja 1.pdf",
        "1 kB",
        "Daniel Docente",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }

    // The same again adds nothing; with one more, that one.
    send(&facilitator, &[("otra.pdf", PDF)]).await;
    assert_eq!(app.count(EVENTS).await, 2);

    let file = facilitator.get("/attachments/1").await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.bytes, PDF);
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/pdf");
    assert_eq!(file.headers[header::CACHE_CONTROL], "private, no-store");
    assert_eq!(file.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(
        file.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"hoja 1.pdf\"; filename*=UTF-8''hoja%201.pdf"
    );
    for name in ["participant", "stranger-coordinator", "manager"] {
        let answer = app.sign_in(name).await.get("/attachments/1").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }

    let removal = |reason| [("attachment", "1"), ("reason", reason)];
    let blank = facilitator.post("attachments/remove", &removal(" ")).await;
    let needed = AppError::field("reason", Fault::ReasonNeeded);
    assert_eq!(blank.error(), needed);
    for _ in 0..2 {
        let done = facilitator
            .post("attachments/remove", &removal("Hoja equivocada"))
            .await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    }
    assert_eq!(kept(&app).await, "-hoja 1.pdf 26, foto.JPG 20");
    assert_eq!(app.count(EVENTS).await, 3);
    let gone = facilitator.get("/attachments/1").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let page = facilitator.get("/sessions/1/paper").await.html();
    assert!(
        page.contains("Hoja equivocada") && !page.contains("/attachments/1\""),
        "{page}"
    );
    // What was removed may come again.
    send(&facilitator, &[("hoja 1.pdf", PDF)]).await;
    assert_eq!(
        kept(&app).await,
        "-hoja 1.pdf 26, foto.JPG 20, hoja 1.pdf 26"
    );

    let database = app.into_file().await;
    for secret in [&b"firmas de la hoja"[..], b"foto de la hoja"] {
        assert!(
            !database
                .windows(secret.len())
                .any(|window| window == secret)
        );
    }
}

#[tokio::test]
async fn what_is_no_scan_is_refused() {
    let (app, facilitator) = app().await;
    let at = |fault| AppError::field("file", fault);
    let large = [PDF, &vec![b'x'; 10 * 1024 * 1024]].concat();
    for (files, fault) in [
        (
            &[("hoja.pdf", &b"MZ\x90\0 programa"[..])][..],
            Fault::BadFileType,
        ),
        (&[("hoja.exe", PDF)], Fault::BadFileType),
        (&[("hoja.pdf", b"")], Fault::EmptyFile),
        (&[("hoja.pdf", &large)], Fault::FileTooLarge { max_mb: 10 }),
        (&[], Fault::Missing),
        // One of them is wrong: none is kept.
        (&[("hoja.pdf", PDF), ("foto.jpg", PDF)], Fault::BadFileType),
        (&[("hoja.pdf", PDF); 21], Fault::TooMany { max: 20 }),
    ] {
        let answer = send(&facilitator, files).await;
        assert_eq!(answer.error(), at(fault), "{} files", files.len());
    }
    assert_eq!(kept(&app).await, "");

    // A connection that breaks off in the middle of a file.
    let cut = "------boundary7\r\nContent-Disposition: form-data; name=\"session\"\r\n\r\n1\r\n\
        ------boundary7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"hoja.pdf\"\r\n\r\n%PDF-1.7 fir";
    let request = Request::post("/api/attachments/upload")
        .header(header::ACCEPT, "application/json")
        .header(
            header::CONTENT_TYPE,
            "multipart/form-data; boundary=----boundary7",
        )
        .body(Body::from(cut));
    let answer = facilitator.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);

    for (state, reason) in [
        (
            "UPDATE editions SET state = 'closed' WHERE id = 1",
            Reason::EditionClosed,
        ),
        (
            "UPDATE editions SET state = 'running' WHERE id = 1; UPDATE sessions SET modality = 'self_paced' WHERE id = 1",
            Reason::CheckInSelfPaced,
        ),
    ] {
        app.execute(state).await;
        let answer = send(&facilitator, &[("hoja.pdf", PDF)]).await;
        assert_eq!(answer.error(), reason.into());
    }
    assert_eq!(kept(&app).await, "");
}

#[tokio::test]
async fn the_twenty_first_file_is_refused() {
    let (app, facilitator) = app().await;
    let contents: Vec<Vec<u8>> = (0..21).map(|n| format!("%PDF-{n}").into_bytes()).collect();
    let files: Vec<(&str, &[u8])> = contents
        .iter()
        .map(|content| ("h.pdf", &content[..]))
        .collect();
    assert_eq!(
        send(&facilitator, &files[..20]).await.status,
        StatusCode::OK
    );
    assert_eq!(app.count("SELECT count(*) FROM attachments").await, 20);
    let more = AppError::field("file", Fault::TooMany { max: 20 });
    assert_eq!(send(&facilitator, &files[20..]).await.error(), more);
    // One of them again is no more; after one is removed there is room.
    assert_eq!(
        send(&facilitator, &files[3..4]).await.status,
        StatusCode::OK
    );
    let removal = [("attachment", "5"), ("reason", "Repetida")];
    facilitator.post("attachments/remove", &removal).await;
    assert_eq!(
        send(&facilitator, &files[20..]).await.status,
        StatusCode::OK
    );
    assert_eq!(
        app.count("SELECT count(*) FROM attachments WHERE content IS NOT NULL")
            .await,
        20
    );
}

#[tokio::test]
async fn the_letter_of_a_list_is_kept_beside_it() {
    let (app, facilitator) = app().await;
    let coordinator = app.sign_in("coordinator").await;
    let form = [("nomination", "1")];
    let file = ("oficio 12.pdf", PDF);
    let sent = coordinator
        .post_file("attachments/upload", &form, file)
        .await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let page = coordinator.get(&sent.location()).await.html();
    assert!(
        page.contains("Oficio escaneado") && page.contains("oficio 12.pdf"),
        "{page}"
    );
    assert_eq!(coordinator.get("/attachments/1").await.bytes, PDF);
    // Who takes attendance does not decide on lists.
    let foreign = facilitator
        .post_file("attachments/upload", &form, file)
        .await;
    assert_eq!(foreign.error(), AppError::NotFound);
    assert_eq!(
        facilitator.get("/attachments/1").await.status,
        StatusCode::NOT_FOUND
    );
    let removal = [("attachment", "1"), ("reason", "No corresponde")];
    let done = coordinator.post("attachments/remove", &removal).await;
    assert!(done.location().starts_with("/nominations/1"));
    assert_eq!(kept(&app).await, "-oficio 12.pdf 26");
}
