//! When something was said on a phone whose clock may go wrong, for how long a list is good, and
//! which of two words of one marker is the newer.

use chrono::{DateTime, Duration, Utc};

use crate::attendance::arrival::EARLY;

/// How long after its session a list is still marked from.
const AFTER_SESSION: Duration = Duration::hours(24);
/// A list is good for at least so long, even that of a session long over.
const AT_LEAST: Duration = Duration::hours(12);
/// And for no longer than this.
const AT_MOST: Duration = Duration::hours(72);

/// Until when a list that is taken now is good.
pub fn expiry(ends_at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (ends_at + AFTER_SESSION).clamp(now + AT_LEAST, now + AT_MOST)
}

/// From when on the list of a session can be taken: before, it would expire with nothing marked.
pub fn takeable_from(starts_at: DateTime<Utc>) -> DateTime<Utc> {
    starts_at - EARLY - AT_MOST + AT_LEAST
}

/// A moment on the phone's clock, in milliseconds since 1970, by the server's: the phone's clock is
/// wrong by as much now as it was then. Never before the list was taken, nor after it came in.
pub fn corrected(
    marked_at: i64,
    device_now: i64,
    (taken_at, received_at): (DateTime<Utc>, DateTime<Utc>),
) -> DateTime<Utc> {
    let ago = device_now.saturating_sub(marked_at);
    let at = received_at.timestamp_millis().saturating_sub(ago);
    let seconds = at.div_euclid(1000);
    let earliest = taken_at.timestamp();
    let seconds = seconds.clamp(earliest, received_at.timestamp().max(earliest));
    DateTime::from_timestamp(seconds, 0).unwrap_or(received_at)
}

/// Where a word stands among those of its maker: by its time, then by the phone's own count, then
/// by its name, so that no two are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// When it was said.
    pub at: DateTime<Utc>,
    /// The phone's count; of a mark that was made online, one that no phone reaches.
    pub seq: i64,
    /// Its name.
    pub uuid: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("a time")
    }

    #[test]
    fn a_list_is_good_for_a_day_after_its_session_within_bounds() {
        for (ends_in, hours) in [
            (-1000 * HOUR, 12),
            (-12 * HOUR, 12),
            (-12 * HOUR + 1, 12),
            (0, 24),
            (4 * HOUR, 28),
            (48 * HOUR, 72),
            (48 * HOUR + 1, 72),
            (1000 * HOUR, 72),
        ] {
            let expiry = expiry(at(ends_in), at(0));
            assert_eq!((expiry - at(0)).num_hours(), hours, "{ends_in}");
        }
    }

    #[test]
    fn a_list_taken_as_early_as_can_be_outlives_the_begin_of_its_session() {
        let begins = at(0);
        let taken = takeable_from(begins);
        let expires = expiry(at(4 * HOUR), taken);
        assert_eq!((expires - begins).num_hours(), 11);
    }

    #[test]
    fn the_phones_clock_is_corrected_by_the_servers() {
        let (taken, received) = (at(0), at(10 * HOUR));
        let ms = |seconds: i64| (1_800_000_000 + seconds) * 1000;
        for (marked, device_now, corrected_to) in [
            // A clock that is right.
            (ms(HOUR), ms(10 * HOUR), at(HOUR)),
            (ms(HOUR) + 999, ms(10 * HOUR), at(HOUR)),
            // One that is a day ahead, and one that is three years behind.
            (ms(25 * HOUR), ms(34 * HOUR), at(HOUR)),
            (ms(-26000 * HOUR), ms(-25991 * HOUR), at(HOUR)),
            // Said before the list was taken: the clock was set in between.
            (ms(-1), ms(10 * HOUR), at(0)),
            (ms(0), ms(10 * HOUR), at(0)),
            // Said after it was handed in.
            (ms(10 * HOUR), ms(10 * HOUR), at(10 * HOUR)),
            (ms(11 * HOUR), ms(10 * HOUR), at(10 * HOUR)),
            (i64::MAX, 0, at(10 * HOUR)),
            (i64::MIN, i64::MAX, at(0)),
            (0, i64::MIN, at(10 * HOUR)),
        ] {
            let found = corrected(marked, device_now, (taken, received));
            assert_eq!(found, corrected_to, "{marked} {device_now}");
        }
        // A server whose clock was set back keeps to when the list was taken.
        assert_eq!(corrected(ms(5), ms(5), (at(10), at(5))), at(10));
    }

    #[test]
    fn of_one_markers_words_the_newest_counts() {
        let place = |at_second, seq, uuid: &str| Place {
            at: at(at_second),
            seq,
            uuid: uuid.to_owned(),
        };
        let online = place(5, i64::MAX, "");
        for (word, newest, superseded) in [
            (place(4, 9, "a"), place(5, 1, "a"), true),
            (place(5, 1, "a"), place(5, 2, "a"), true),
            (place(5, 2, "b"), place(5, 2, "c"), true),
            (place(5, 2, "b"), place(5, 1, "c"), false),
            (place(6, 1, "a"), place(5, 9, "b"), false),
            (place(5, 99, "a"), online.clone(), true),
            (place(6, 1, "a"), online, false),
        ] {
            assert_eq!(word < newest, superseded, "{word:?} {newest:?}");
        }
    }
}
