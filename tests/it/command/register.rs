//! The synthetic register.

use super::Place;

const PEOPLE: &str = "SELECT count(*) FROM people";
const MARKS: &str = "SELECT count(*) FROM attendance_standing";
const SAME: &str = "SELECT sum(unicode(sort_name) * id) + (SELECT sum(minutes * id) FROM attendance_marks) FROM people";

async fn register(seed: &str) -> (Place, i64) {
    let place = Place::new();
    let size = ["--people", "150", "--marks", "900"];
    let said = place.run(&[&["demo", "--seed", seed], size.as_slice()].concat());
    said.does("loaded 150 people");
    let dice = place.ask("test.db", SAME).await;
    (place, dice)
}

#[tokio::test]
async fn a_register_has_the_size_asked_for_and_is_sound() {
    let (place, _) = register("1").await;
    assert_eq!(place.ask("test.db", PEOPLE).await, 150);
    // Whole editions of 40 people and ten sessions.
    assert_eq!(place.ask("test.db", MARKS).await, 1200);
    place.run(&["check"]).does("");
}

#[tokio::test]
async fn the_seed_repeats_a_register() {
    let (_one, first) = register("7").await;
    let (_two, again) = register("7").await;
    let (_three, other) = register("8").await;
    assert_eq!(first, again);
    assert_ne!(first, other);
}

#[test]
fn a_size_is_whole_and_possible() {
    let place = Place::new();
    place.run(&["demo", "--people", "100"]).refuses("--marks");
    place.run(&["demo", "--marks", "100"]).refuses("--people");
    for (people, marks, what) in [
        ("39", "100", "39"),
        ("many", "100", "many"),
        ("40", "-1", "-1"),
    ] {
        place
            .run(&["demo", "--people", people, "--marks", marks])
            .refuses(what);
    }
}
