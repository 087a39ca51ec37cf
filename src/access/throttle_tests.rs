//! How long one waits, and how counts leak.

use super::*;

#[test]
fn waits_double_and_stay_short() {
    let waits = [
        (0, None),
        (4, None),
        (5, Some(1)),
        (6, Some(2)),
        (7, Some(4)),
        (8, Some(8)),
        (9, Some(15)),
        (5000, Some(15)),
    ];
    for (failures, minutes) in waits {
        assert_eq!(
            wait_after(failures, PERSON),
            minutes.map(Duration::minutes),
            "{failures}"
        );
    }
    let day = Duration::hours(24);
    for (refused, wait) in [(0, None), (1, Some(day)), (2, Some(day)), (5000, Some(day))] {
        assert_eq!(wait_after(refused, REFUSED_MAILBOX), wait, "{refused}");
    }
    let waits = [(39, None), (40, Some(1)), (45, Some(32)), (46, Some(36))];
    for (registered, minutes) in waits {
        let wait = wait_after(registered, REGISTERING);
        assert_eq!(wait, minutes.map(Duration::minutes), "{registered}");
    }
}

#[test]
fn counts_leak_however_often_one_looks() {
    let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
    let minute = Duration::minutes(1);
    let after = |seconds| start + Duration::seconds(seconds);
    let look = |failures, seconds| leaked((failures, start), after(seconds), minute);
    assert_eq!(look(5, 59), (5, start));
    assert_eq!(look(5, 100), (4, after(60)), "the rest of 40 s goes on");
    assert_eq!(look(5, 299), (1, after(240)));
    assert_eq!(look(5, 300), (0, after(300)));
    assert_eq!(look(5, 90_000), (0, after(90_000)));
    assert_eq!(look(5, -60), (5, start), "a clock that was set back");
}

#[test]
fn minutes_round_up() {
    let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
    assert_eq!(minutes_left(now + Duration::seconds(1), now), 1);
    assert_eq!(minutes_left(now + Duration::seconds(60), now), 1);
    assert_eq!(minutes_left(now + Duration::seconds(61), now), 2);
}
