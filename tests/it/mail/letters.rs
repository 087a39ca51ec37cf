//! What stands in a message cannot become a header, an address or a command.

use mailparse::{MailHeaderMap as _, parse_mail};

use super::{deliver, queue, standings, with_server};

#[tokio::test]
async fn line_ends_in_a_subject_make_no_header() {
    let (server, app) = with_server().await;
    queue(&app, "rosa@capacita.test", |message| {
        message.letter.subject = "Curso\r\nBcc: eva@evil.pe\r\n\r\nCuerpo\n.\nQUIT".to_owned();
    })
    .await;
    deliver(&app).await;
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    let mail = parse_mail(taken[0].text.as_bytes()).expect("a message");
    let subject = mail.headers.get_all_values("Subject");
    assert_eq!(subject, ["Curso Bcc: eva@evil.pe Cuerpo . QUIT"]);
    assert_eq!(mail.headers.get_all_values("Bcc"), [""; 0]);
    assert_eq!(taken[0].to, "rosa@capacita.test");
}

#[tokio::test]
async fn a_point_alone_in_a_text_does_not_end_it() {
    let (server, app) = with_server().await;
    queue(&app, "rosa@capacita.test", |message| {
        message.letter.body = "a\n.\nMAIL FROM:<eva@evil.pe>\r\n.\r\nRCPT TO:<x@y.pe>".to_owned();
    })
    .await;
    deliver(&app).await;
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    let mail = parse_mail(taken[0].text.as_bytes()).expect("a message");
    let body = mail.get_body().expect("text").replace("\r\n", "\n");
    let expected = "a\n.\nMAIL FROM:<eva@evil.pe>\n.\nRCPT TO:<x@y.pe>";
    assert_eq!(body.trim_end(), expected);
}

#[tokio::test]
async fn names_in_any_script_arrive() {
    let (server, app) = with_server().await;
    let name = "Ñusta Sisa Quilluya — 李 🌿 ".repeat(12);
    queue(&app, "rosa@capacita.test", |message| {
        message.letter.subject = format!("Para {name}");
        message.letter.body = format!("Hola, {name}:");
    })
    .await;
    deliver(&app).await;
    let text = server.taken().remove(0).text;
    assert!(text.is_ascii());
    assert!(text.lines().all(|line| line.len() <= 998));
    let mail = parse_mail(text.as_bytes()).expect("a message");
    let subject = mail.headers.get_first_value("Subject").expect("a subject");
    let expected: String = format!("Para {name}")
        .chars()
        .take(199)
        .chain(['…'])
        .collect();
    assert_eq!(subject, expected);
    let body = mail.get_body().expect("text");
    assert_eq!(body.trim_end(), format!("Hola, {name}:"));
}

#[tokio::test]
async fn an_address_that_is_none_fails_and_is_never_said() {
    let (server, app) = with_server().await;
    for address in [
        "rosa",
        "rosa@x.pe> SIZE=1",
        "rosa@x.pe\r\nRCPT TO:<eva@evil.pe>",
        "ñ@ñ.pe",
    ] {
        queue(&app, address, |_| ()).await;
    }
    assert_eq!(deliver(&app).await.failed, 4);
    assert_eq!(standings(&app).await, vec!["failed bad_address - 1"; 4]);
    assert_eq!(server.taken(), []);
    assert!(!server.said().iter().any(|said| said.starts_with("RCPT")));
}
