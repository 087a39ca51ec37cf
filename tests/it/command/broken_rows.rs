//! What `capacita check` says of rows that break a CHECK of their table.

use std::fs;

use super::Place;

#[tokio::test]
async fn a_row_that_breaks_a_check_is_told_and_nothing_is_changed() {
    let place = Place::with_world().await;
    place.run(&["check"]).does("ok");
    for (change, table) in [
        ("UPDATE people SET sex = 'x' WHERE id = 8", "people"),
        // Of a table without row numbers, and one of the whole table.
        (
            "UPDATE role_grants SET role = 'x' WHERE account_id = 3",
            "role_grants",
        ),
        (
            "UPDATE enrolments SET grade_tenths = 201 WHERE id = 1",
            "enrolments",
        ),
        (
            "UPDATE editions SET ends_on = '2020-01-01' WHERE id = 4",
            "editions",
        ),
    ] {
        let place = Place::with_world().await;
        let change = format!("PRAGMA ignore_check_constraints = ON; {change}");
        place.execute("test.db", change.leak()).await;
        let checked = place.run(&["check"]);
        assert_eq!(checked.code, 1, "{checked:?}");
        assert_eq!(
            checked.out.lines().collect::<Vec<_>>(),
            [format!("fault: CHECK constraint failed in {table}")],
        );
        let before = fs::read(place.path("test.db")).expect("read");
        assert_eq!(place.run(&["check"]).out, checked.out);
        assert!(fs::read(place.path("test.db")).expect("read") == before);
    }
    // A copy can be taken of it all the same: what is there is not lost for what is wrong.
    let change = "PRAGMA ignore_check_constraints = ON; UPDATE people SET sex = 'x' WHERE id = 8";
    place.execute("test.db", change).await;
    place.run(&["backup", "copy.db"]).does("copied");
}
