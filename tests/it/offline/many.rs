//! Ten thousand marks from three phones of two accounts, in batches that come shuffled, twice, and
//! again after their answer was lost: what stands equals a recount that knows nothing of all that.

use std::collections::BTreeMap;

use chrono::Duration;
use serde_json::{Value, json};

use super::{cells, hand_in, outcomes, take};
use crate::test_app::{TestApp, now};

const PEOPLE: u64 = 120;
const MARKS: u64 = 10_000;
const HOURS: u64 = 20;

const ENROL: &str = "
    DELETE FROM enrolment_events; DELETE FROM enrolments;
    UPDATE editions SET seats = NULL WHERE id = 1;
    INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex, sort_name, created_at)
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)
    SELECT 1000 + i, 'none', 'prueba', 'Persona', 'P' || i, 'f', 'p' || i, '2026-01-01T00:00:00+00:00' FROM n;
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
    SELECT id - 1000, 1, id, 'enrolled', '2026-11-02T00:00:00+00:00', '2026-11-02T00:00:00+00:00', 'f'
    FROM people WHERE id > 1000;";

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at as u64 + 1);
            items.swap(at, usize::try_from(other).expect("small"));
        }
    }
}

/// A word as the recount sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    second: i64,
    seq: usize,
    uuid: String,
    says: (String, i64),
}

/// What each phone says, in its order, and each marker's last word of each person.
struct Plan {
    sent: [Vec<Value>; 3],
    words: BTreeMap<(u64, usize), Word>,
}

fn plan(dice: &mut Dice) -> Plan {
    let begun = now().timestamp_millis();
    let mut times: Vec<u64> = (0..MARKS).map(|_| dice.below(HOURS * 3_600_000)).collect();
    times.sort_unstable();
    let mut plan = Plan {
        sent: Default::default(),
        words: BTreeMap::new(),
    };
    for (number, time) in times.into_iter().enumerate() {
        let enrolment = 1 + dice.below(PEOPLE);
        // One account alone, on both of its phones, or both accounts.
        let phones = if enrolment % 3 == 1 { 2 } else { 3 };
        let phone = usize::try_from(dice.below(phones)).expect("three");
        // Of every third person all say the same.
        let (status, minutes) = match (enrolment % 3, dice.below(5)) {
            (0, _) | (_, 0) => ("present", None),
            (_, 1) => ("late", None),
            (_, 2) => ("absent", None),
            (_, 3) => ("partial", Some(1 + i64::from(dice.below(3) == 0))),
            _ => ("not_taken", None),
        };
        let seq = plan.sent[phone].len() + 1;
        let uuid = format!("{phone:08x}-0000-4000-8000-{number:012x}");
        let at = begun + i64::try_from(time).expect("a day");
        plan.sent[phone].push(json!({
            "uuid": uuid, "seq": seq, "session": 1, "enrolment": enrolment,
            "status": status, "minutes": minutes, "marked_at": at,
        }));
        let worth = match status {
            "present" | "late" => 240,
            _ => minutes.unwrap_or(0),
        };
        let word = Word {
            second: at.div_euclid(1000),
            seq,
            uuid,
            says: (status.to_owned(), worth),
        };
        let newest = plan
            .words
            .entry((enrolment, phone / 2))
            .or_insert_with(|| word.clone());
        if *newest < word {
            *newest = word;
        }
    }
    plan
}

/// The marks in batches of no order, many of them twice and in other company.
fn batches(dice: &mut Dice, sent: &mut [Vec<Value>; 3]) -> Vec<(usize, Vec<Value>)> {
    let mut batches = Vec::new();
    for (phone, marks) in sent.iter_mut().enumerate() {
        dice.shuffle(marks);
        for batch in marks.chunks(250) {
            batches.push((phone, batch.to_vec()));
            // Sent again after its answer was lost.
            if dice.below(3) == 0 {
                let mut again = batch[..batch.len() / 2].to_vec();
                again.extend(marks[..100.min(marks.len())].to_vec());
                dice.shuffle(&mut again);
                batches.push((phone, again));
            }
        }
    }
    dice.shuffle(&mut batches);
    batches
}

/// The cells in which all agree, as the table has them, and those in which some do not.
fn recount(words: BTreeMap<(u64, usize), Word>) -> (Vec<String>, Vec<String>) {
    let mut cells: BTreeMap<u64, Vec<(String, i64)>> = BTreeMap::new();
    for ((enrolment, _), word) in words {
        let said = cells.entry(enrolment).or_default();
        if word.says.0 != "not_taken" {
            said.push(word.says);
        }
    }
    let (mut agreed, mut disputed) = (Vec::new(), Vec::new());
    for (enrolment, said) in cells {
        match said.as_slice() {
            [] => {}
            [first, rest @ ..] if rest.iter().all(|other| other == first) => {
                agreed.push(format!("{enrolment} {} {} 0", first.0, first.1));
            }
            _ => disputed.push(enrolment.to_string()),
        }
    }
    (agreed, disputed)
}

#[tokio::test]
async fn ten_thousand_marks_equal_a_recount() {
    let app = TestApp::new().await;
    app.execute(ENROL).await;
    let facilitator = app.sign_in("facilitator").await;
    let coordinator = app.sign_in("coordinator").await;
    // The facilitator has two phones.
    let phones = [
        take(&facilitator).await,
        take(&facilitator).await,
        take(&coordinator).await,
    ];
    app.clock.advance(Duration::hours(HOURS.cast_signed()));
    let mut dice = Dice(20_261_121);
    let mut plan = plan(&mut dice);
    for (phone, batch) in batches(&mut dice, &mut plan.sent) {
        let answer = hand_in(&app, &phones[phone], &batch).await;
        let moved = |outcome: &String| outcome == "applied" || outcome == "superseded";
        assert!(outcomes(&answer).iter().all(moved));
    }
    let kept = u64::try_from(app.count(super::KEPT).await);
    assert_eq!(kept, Ok(MARKS));

    let (agreed, disputed) = recount(plan.words);
    assert!(agreed.len() > 60, "{agreed:?}");
    assert!(disputed.len() > 15, "{disputed:?}");
    let found = cells(&app).await;
    let (found_disputed, found_agreed): (Vec<&str>, Vec<&str>) =
        found.split(", ").partition(|cell| cell.ends_with(" 1"));
    assert_eq!(found_agreed, agreed);
    let found_disputed: Vec<&str> = found_disputed
        .iter()
        .filter_map(|cell| cell.split(' ').next())
        .collect();
    assert_eq!(found_disputed, disputed);
    let mut connection = app.state.database.read().await.expect("a connection");
    let wrong = capacita::attendance::disagreements(&mut connection).await;
    assert_eq!(wrong.expect("counted"), []);
}
