//! The rules of standing marks as tables, and against a second telling of them.

use proptest::prelude::*;

use super::*;
use MarkStatus::{Absent, Excused, Late, NotTaken, Partial, Present};

/// Three markers: two people and the system.
const ANA: i64 = 1;
const BETO: i64 = 2;
const SYSTEM: i64 = 0;

/// Marks as (marker, status, minutes, seen), numbered from 1 in their order; seen 0 is nothing.
fn marks(told: &[(i64, MarkStatus, i64, i64)]) -> Vec<Mark> {
    let mark = |(index, (marker, status, minutes, seen)): (usize, &(i64, MarkStatus, i64, i64))| {
        let id = i64::try_from(index).expect("few marks") + 1;
        Mark {
            id: MarkId::new(id),
            status: *status,
            minutes: *minutes,
            marker: (*marker != SYSTEM).then(|| AccountId::new(*marker)),
            seen: (*seen != 0).then(|| MarkId::new(*seen)),
        }
    };
    told.iter().enumerate().map(mark).collect()
}

/// The id of the mark that stands (0: none), and whether there is a conflict.
fn outcome(told: &[(i64, MarkStatus, i64, i64)]) -> (i64, bool) {
    let standing = Standing::of(&marks(told));
    (
        standing.stands.map_or(0, |mark| mark.id.get()),
        standing.conflict,
    )
}

#[test]
fn one_marker() {
    assert_eq!(outcome(&[]), (0, false));
    assert_eq!(outcome(&[(ANA, Present, 240, 0)]), (1, false));
    // Correcting oneself, having seen one's own mark or not.
    assert_eq!(
        outcome(&[(ANA, Present, 240, 0), (ANA, Absent, 0, 1)]),
        (2, false)
    );
    assert_eq!(
        outcome(&[(ANA, Present, 240, 0), (ANA, Absent, 0, 0)]),
        (2, false)
    );
    // Taking back, and marking again.
    assert_eq!(
        outcome(&[(ANA, Present, 240, 0), (ANA, NotTaken, 0, 1)]),
        (0, false)
    );
    assert_eq!(
        outcome(&[
            (ANA, Present, 240, 0),
            (ANA, NotTaken, 0, 1),
            (ANA, Late, 240, 2)
        ]),
        (3, false)
    );
}

#[test]
fn two_markers() {
    let first = (ANA, Present, 240, 0);
    // Having seen it, the second overrules.
    assert_eq!(outcome(&[first, (BETO, Absent, 0, 1)]), (2, false));
    assert_eq!(outcome(&[first, (BETO, NotTaken, 0, 1)]), (0, false));
    // Not having seen it, the second is in conflict and the first stands.
    assert_eq!(outcome(&[first, (BETO, Absent, 0, 0)]), (1, true));
    // Whoever takes back says nothing any more, and contradicts nobody.
    assert_eq!(outcome(&[first, (BETO, NotTaken, 0, 0)]), (1, false));
    // Saying the same is no conflict; partial says the same only with the same minutes.
    assert_eq!(outcome(&[first, (BETO, Present, 240, 0)]), (1, false));
    let part = (ANA, Partial, 90, 0);
    assert_eq!(outcome(&[part, (BETO, Partial, 90, 0)]), (1, false));
    assert_eq!(outcome(&[part, (BETO, Partial, 91, 0)]), (1, true));
    // What was taken back is contradicted by nobody.
    assert_eq!(
        outcome(&[first, (ANA, NotTaken, 0, 1), (BETO, Absent, 0, 1)]),
        (3, false)
    );
    // Correcting oneself over what another has said meanwhile is a conflict.
    let confirmed = [first, (BETO, Present, 240, 0), (ANA, Absent, 0, 1)];
    assert_eq!(outcome(&confirmed), (2, true));
}

#[test]
fn the_system_is_a_marker_like_any_other() {
    let self_paced = (SYSTEM, Present, 120, 0);
    assert_eq!(outcome(&[self_paced, (ANA, Absent, 0, 0)]), (1, true));
    assert_eq!(outcome(&[self_paced, (ANA, Absent, 0, 1)]), (2, false));
    assert_eq!(
        outcome(&[(ANA, Absent, 0, 0), (SYSTEM, Present, 120, 1)]),
        (2, false)
    );
}

#[test]
fn a_conflict_stays_until_words_agree_or_somebody_has_seen_them() {
    let conflict = [(ANA, Present, 240, 0), (BETO, Absent, 0, 0)];
    let with = |marker, status, minutes, seen| {
        let mut told = conflict.to_vec();
        told.push((marker, status, minutes, seen));
        outcome(&told)
    };
    // One who has not seen the other's word corrects their own: the words are compared anew.
    assert_eq!(with(ANA, Late, 240, 1), (2, true));
    assert_eq!(with(ANA, Absent, 0, 1), (2, false));
    assert_eq!(with(ANA, NotTaken, 0, 1), (2, false));
    assert_eq!(with(BETO, Late, 240, 0), (1, true));
    assert_eq!(with(BETO, Present, 240, 0), (1, false));
    // A third who has seen only one of them overrules that one.
    assert_eq!(with(3, Excused, 0, 0), (1, true));
    assert_eq!(with(3, Excused, 0, 1), (2, true));
    assert_eq!(with(3, Absent, 0, 1), (2, false));
    // Whoever has seen both settles it: either of the two, or a third.
    assert_eq!(with(ANA, Present, 240, 2), (3, false));
    assert_eq!(with(BETO, Absent, 0, 2), (3, false));
    assert_eq!(with(BETO, Late, 240, 1), (3, false));
    assert_eq!(with(3, Excused, 0, 2), (3, false));
    assert_eq!(with(3, NotTaken, 0, 2), (0, false));
    // A third opinion must be seen as well.
    let mut three = conflict.to_vec();
    three.extend([(3, Excused, 0, 0), (ANA, Present, 240, 2)]);
    assert_eq!(outcome(&three), (3, true));
    three.push((ANA, Present, 240, 4));
    assert_eq!(outcome(&three), (5, false));
}

#[test]
fn worth_follows_the_session_of_today() {
    let told = [
        (ANA, Present, 240, 0),
        (ANA, Late, 240, 1),
        (ANA, Partial, 90, 2),
        (ANA, Excused, 0, 3),
    ];
    let worth = |planned| {
        marks(&told)
            .iter()
            .map(|mark| mark.worth(planned))
            .collect::<Vec<_>>()
    };
    assert_eq!(worth(240), [240, 240, 90, 0]);
    assert_eq!(worth(60), [60, 60, 60, 0]);
}

/// The rules told a second time, over the whole list at once: the words are the marks that none
/// after them overrules.
fn recount(marks: &[Mark]) -> (Option<MarkId>, bool) {
    let overruled = |index: usize| {
        let word = &marks[index];
        let mut later = marks[index + 1..].iter();
        later
            .any(|mark| mark.marker == word.marker || mark.seen.is_some_and(|seen| seen >= word.id))
    };
    let said: Vec<&Mark> = (0..marks.len())
        .filter(|index| !overruled(*index) && marks[*index].status != NotTaken)
        .map(|index| &marks[index])
        .collect();
    let differ = said.iter().any(|word| !word.agrees(said[0]));
    (said.first().map(|word| word.id), differ)
}

fn told() -> impl Strategy<Value = Vec<(i64, MarkStatus, i64, i64)>> {
    let status = prop::sample::select(MarkStatus::ALL);
    let one = (0..4_i64, status, 1..4_i64, 0..100_i64);
    prop::collection::vec(one, 0..14).prop_map(|mut marks| {
        for (index, mark) in marks.iter_mut().enumerate() {
            // Nobody has seen a mark that was not there yet.
            mark.3 %= i64::try_from(index).expect("few marks") + 1;
        }
        marks
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn marks_one_by_one_and_a_recount_agree(told in told()) {
        let marks = marks(&told);
        let mut standing = Standing::default();
        for (index, mark) in marks.iter().enumerate() {
            standing = standing.after(mark);
            let so_far = &marks[..=index];
            prop_assert_eq!(&standing, &Standing::of(so_far));
            let found = (standing.stands.map(|mark| mark.id), standing.conflict);
            prop_assert_eq!(found, recount(so_far));
            prop_assert_eq!(standing.newest(), Some(mark.id));
        }
    }

    #[test]
    fn whoever_has_seen_the_newest_mark_has_the_last_word(told in told(), marker in 0..4_i64) {
        let mut told = told;
        let seen = i64::try_from(told.len()).expect("few marks");
        told.push((marker, Late, 240, seen));
        prop_assert_eq!(outcome(&told), (seen + 1, false));
    }

    #[test]
    fn nothing_is_in_conflict_where_nothing_stands(told in told()) {
        let standing = Standing::of(&marks(&told));
        prop_assert!(standing.stands.is_some() || !standing.conflict);
    }

    /// Phones that were offline hand in what they have in any order; what is older than something
    /// newer of the same marker is never appended.
    #[test]
    fn the_order_in_which_unseen_marks_come_in_does_not_matter(
        said in prop::collection::vec((0..4_i64, prop::sample::select(MarkStatus::ALL), 1..3_i64), 0..10),
        order in prop::collection::vec(any::<prop::sample::Index>(), 10),
        earlier in any::<bool>(),
    ) {
        let begun: &[_] = if earlier { &[(9, Absent, 0, 0)] } else { &[] };
        let seen = i64::from(earlier);
        let arrive = |arriving: &[usize]| {
            let mut told = begun.to_vec();
            let mut newest = [None; 4];
            for index in arriving {
                let (marker, status, minutes) = said[*index];
                let slot = usize::try_from(marker).expect("four");
                if newest[slot].is_none_or(|newest| newest < *index) {
                    newest[slot] = Some(*index);
                    told.push((marker, status, minutes, seen));
                }
            }
            let standing = Standing::of(&marks(&told));
            let stands = standing.stands.filter(|_| !standing.conflict);
            (standing.conflict, stands.map(|mark| mark.says()))
        };
        let in_order: Vec<usize> = (0..said.len()).collect();
        let mut shuffled = in_order.clone();
        for (at, other) in order.iter().enumerate().take(said.len()) {
            shuffled.swap(at, other.index(said.len()));
        }
        prop_assert_eq!(arrive(&in_order), arrive(&shuffled));
        let twice: Vec<usize> = shuffled.iter().chain(&in_order).copied().collect();
        prop_assert_eq!(arrive(&in_order), arrive(&twice));
    }
}
