//! What `capacita check` says of kept files.

use std::fs;

use super::Place;
use crate::test_app::TestApp;

const PDF: &[u8] = b"%PDF-1.7 firmas de la hoja";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0 foto de la hoja";

/// Two files that were sent as people send them, and one that was removed.
async fn with_files() -> Place {
    let app = TestApp::new().await;
    app.execute("DELETE FROM attachments").await;
    let facilitator = app.sign_in("facilitator").await;
    let form = [("session", "1")];
    let files = [
        ("hoja.pdf", PDF),
        ("foto.jpg", JPEG),
        ("mala.pdf", b"%PDF-"),
    ];
    facilitator
        .post_files("attachments/upload", &form, &files)
        .await;
    let removed = [("attachment", "3"), ("reason", "Era de otra sesión")];
    facilitator.post("attachments/remove", &removed).await;
    let kept =
        "SELECT group_concat(id || iif(content IS NULL, ' removed', ''), ', ') FROM attachments";
    assert_eq!(app.text(kept).await, "1, 2, 3 removed");
    let place = Place::new();
    fs::write(place.path("test.db"), app.into_file().await).expect("written");
    fs::write(place.path("test.db.key"), [7; 32]).expect("written");
    place
}

/// The lines of the check after a change behind everybody's back.
async fn faults(change: &'static str) -> Vec<String> {
    let place = with_files().await;
    place.execute("test.db", change).await;
    let checked = place.run(&["check"]);
    assert_eq!(checked.code, 1, "{change}: {checked:?}");
    checked.out.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn files_as_they_were_sent_are_no_fault() {
    let place = with_files().await;
    place.run(&["check"]).does("kept files");
    // Details of an event may be erased.
    place
        .execute(
            "test.db",
            "UPDATE audit_events SET before = NULL, after = NULL WHERE subject_kind = 'attachment'",
        )
        .await;
    place.run(&["check"]).does("ok");
}

#[tokio::test]
async fn each_fault_of_a_file_is_a_line() {
    const BROKEN: &str = "fault: CHECK constraint failed in attachments";
    for (change, lines) in [
        (
            "UPDATE attachments SET content = x'00' WHERE id = 1",
            &["fault: kept file 1: it was sealed with another key, or is damaged"][..],
        ),
        (
            "UPDATE attachments SET content = CAST(substr(content, 1, 40) || x'0000' AS BLOB) WHERE id = 2",
            &["fault: kept file 2: it was sealed with another key, or is damaged"],
        ),
        (
            "UPDATE attachments SET size = size + 1 WHERE id = 1",
            &["fault: kept file 1: it has another size than was written down"],
        ),
        (
            "UPDATE attachments SET digest = zeroblob(32) WHERE id = 1",
            &[
                "fault: kept file 1: its SHA-256 is not the one that was written down",
                "fault: kept file 1: the audit trail tells of another SHA-256",
            ],
        ),
        (
            "UPDATE attachments SET digest = zeroblob(32) WHERE id = 3",
            &["fault: kept file 3: the audit trail tells of another SHA-256"],
        ),
        (
            "UPDATE attachments SET kind = 'png' WHERE id = 2",
            &["fault: kept file 2: it is not of the kind that was written down"],
        ),
        (
            "UPDATE attachments SET file_name = 'hoja.html' WHERE id = 1",
            &["fault: kept file 1: it is not of the kind that was written down"],
        ),
        (
            "DELETE FROM attachments WHERE id = 2",
            &["fault: kept file 2: the audit trail tells of it, and it is gone"],
        ),
        (
            "CREATE TEMP TABLE two AS SELECT id, content FROM attachments;
             UPDATE attachments SET content = (SELECT content FROM two WHERE two.id = 2) WHERE id = 1",
            &["fault: kept file 1: it has another size than was written down"],
        ),
        (
            "PRAGMA foreign_keys = OFF; UPDATE attachments SET session_id = 999999 WHERE id = 1",
            &["fault: attachments row 1 refers to nothing in sessions"],
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE attachments SET session_id = NULL WHERE id = 1",
            &[BROKEN, "fault: kept file 1: it belongs to nothing, or to two things"],
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE attachments SET nomination_id = 1 WHERE id = 1",
            &[BROKEN, "fault: kept file 1: it belongs to nothing, or to two things"],
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE attachments SET content = x'00' WHERE id = 3",
            &[BROKEN, "fault: kept file 3: it was removed, and what was in it is still there"],
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE attachments SET content = NULL WHERE id = 1",
            &[BROKEN, "fault: kept file 1: nothing is in it, and nobody removed it"],
        ),
    ] {
        assert_eq!(faults(change).await, lines, "{change}");
    }
}

#[tokio::test]
async fn without_its_key_no_file_opens() {
    let place = with_files().await;
    fs::write(place.path("test.db.key"), [8; 32]).expect("written");
    let checked = place.run(&["check"]);
    let lines: Vec<&str> = checked.out.lines().collect();
    let damaged = "it was sealed with another key, or is damaged";
    let expected = [1, 2].map(|id| format!("fault: kept file {id}: {damaged}"));
    assert_eq!(
        (checked.code, lines),
        (1, expected.iter().map(String::as_str).collect())
    );
    fs::remove_file(place.path("test.db.key")).expect("gone");
    let checked = place.run(&["check"]);
    assert_eq!(checked.code, 1);
    assert!(
        checked.out.starts_with("fault: the key file"),
        "{checked:?}"
    );
    assert_eq!(checked.out.lines().count(), 1, "{checked:?}");
}
