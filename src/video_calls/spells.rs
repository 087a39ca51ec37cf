//! How long somebody was there: the union of their spells, not the sum. Whoever joins from two
//! devices is there once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// From when to when; the end after the beginning.
pub type Spell = (DateTime<Utc>, DateTime<Utc>);

/// What a report says of how long somebody was there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// From when to when.
    pub spells: Vec<Spell>,
    /// Seconds, where the report tells no times, or fewer than lie between them.
    pub seconds: Option<i64>,
}

impl Stay {
    /// Takes what another line says of the same person.
    pub fn add(&mut self, other: &Self) {
        self.spells.extend(&other.spells);
        self.seconds = self.seconds.max(other.seconds);
    }

    /// The minutes within a session, from its beginning to its end, to the nearest.
    pub fn minutes_within(&self, session: Spell) -> i64 {
        let (from, until) = session;
        let whole = (until - from).num_seconds().max(0);
        let seconds = match self.seconds {
            None => covered(&self.spells, session),
            Some(seconds) if self.spells.is_empty() => seconds.min(whole),
            Some(seconds) => seconds.min(covered(&self.spells, session)),
        };
        (seconds + 30) / 60
    }
}

/// The seconds of a session that at least one of the spells covers.
fn covered(spells: &[Spell], (from, until): Spell) -> i64 {
    let mut inside: Vec<Spell> = spells
        .iter()
        .map(|&(joined, left)| (joined.max(from), left.min(until)))
        .filter(|(joined, left)| joined < left)
        .collect();
    inside.sort_unstable();
    let (mut seconds, mut reached) = (0, from);
    for (joined, left) in inside {
        let joined = joined.max(reached);
        if left > joined {
            seconds += (left - joined).num_seconds();
            reached = left;
        }
    }
    seconds
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("a time") + Duration::minutes(minutes)
    }

    fn stay(spells: &[(i64, i64)]) -> Stay {
        Stay {
            spells: spells.iter().map(|&(a, b)| (at(a), at(b))).collect(),
            seconds: None,
        }
    }

    #[test]
    fn two_devices_are_one_person() {
        for (spells, minutes) in [
            (vec![(0, 240)], 240),
            (vec![(-30, 300)], 240),
            (vec![(0, 60), (0, 60)], 60),
            (vec![(0, 60), (30, 90)], 90),
            (vec![(0, 60), (10, 20), (60, 61)], 61),
            (vec![(100, 130), (0, 30)], 60),
            (vec![(-60, 0), (240, 300)], 0),
            (vec![], 0),
        ] {
            let found = stay(&spells).minutes_within((at(0), at(240)));
            assert_eq!(found, minutes, "{spells:?}");
        }
    }

    #[test]
    fn what_a_report_counts_itself_is_the_most() {
        let session = (at(0), at(240));
        let told = |spells: &[(i64, i64)], minutes: i64| {
            let seconds = Some(minutes * 60);
            let spells = stay(spells).spells;
            Stay { spells, seconds }.minutes_within(session)
        };
        assert_eq!(told(&[], 90), 90);
        assert_eq!(told(&[], 900), 240);
        // First joined and last left, with a break between.
        assert_eq!(told(&[(0, 240)], 200), 200);
        assert_eq!(told(&[(200, 400)], 150), 40);
        assert_eq!(stay(&[]).minutes_within((at(10), at(0))), 0);
    }

    proptest! {
        #[test]
        fn the_union_is_what_a_recount_minute_by_minute_gives(
            spells in proptest::collection::vec((-100_i64..400, 0_i64..200), 0..12),
            length in 1_i64..300,
        ) {
            let spells: Vec<(i64, i64)> =
                spells.into_iter().map(|(from, long)| (from, from + long)).collect();
            let there = |minute: &i64| spells.iter().any(|(from, until)| (from..until).contains(&minute));
            let recounted = (0..length).filter(there).count();
            let found = stay(&spells).minutes_within((at(0), at(length)));
            prop_assert_eq!(found, i64::try_from(recounted).expect("few"));
        }
    }
}
