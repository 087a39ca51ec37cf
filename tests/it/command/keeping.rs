//! A database is for its owner, and for its own key.

use std::fs;

use capacita::server::secrets::hexadecimal;

use super::Place;
use crate::test_app::TestApp;

#[cfg(unix)]
#[tokio::test]
async fn the_database_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |file: std::path::PathBuf| {
        let metadata = fs::metadata(&file).expect("there");
        metadata.permissions().mode() & 0o777
    };
    let new = Place::new();
    let (served, _) = new.serve();
    for file in ["test.db", "test.db-wal", "test.db-shm", "test.db.key"] {
        assert_eq!(mode(new.path(file)), 0o600, "{file}");
    }
    drop(served);
    let moved = Place::with_world().await;
    let open = fs::Permissions::from_mode(0o644);
    fs::set_permissions(moved.path("test.db"), open).expect("set");
    let (_served, _) = moved.serve();
    assert_eq!(mode(moved.path("test.db")), 0o600);
    assert_eq!(mode(moved.path("test.db-wal")), 0o600);
}

#[tokio::test]
async fn a_copy_needs_its_key() {
    let place = Place::with_world().await;
    let app = TestApp::new().await;
    let sealed = app.state.secrets.seal("01234567");
    let digits = hexadecimal(&sealed);
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(place.path("test.db"));
    let mut connection = sqlx::ConnectOptions::connect(&options).await.expect("open");
    sqlx::query(
        "UPDATE people SET document_kind = 'dni', no_document_reason = NULL,
                document_sealed = unhex(?), document_hash = zeroblob(32) WHERE id = 5",
    )
    .bind(digits)
    .execute(&mut connection)
    .await
    .expect("done");
    drop(connection);
    place.run(&["backup", "copy.db"]).does("copied");
    place.run(&["restore", "copy.db"]).does("restored");
    place.run(&["check"]).does("ok");
    fs::write(place.path("test.db.key"), [8; 32]).expect("written");
    place
        .run(&["restore", "copy.db"])
        .refuses("does not belong to the database");
    let checked = place.run(&["check"]);
    assert_eq!(checked.code, 1);
    assert!(
        checked.out.starts_with("fault: the key file"),
        "{checked:?}"
    );
    place
        .run(&["serve", "--addr", "127.0.0.1:0"])
        .refuses("does not belong to the database");
    fs::remove_file(place.path("test.db.key")).expect("gone");
    place.run(&["restore", "copy.db"]).refuses("is not there");
    place
        .run(&["serve", "--addr", "127.0.0.1:0"])
        .refuses("the key file test.db.key is not there");
    assert!(!place.path("test.db.key").exists(), "no other key is made");
}
