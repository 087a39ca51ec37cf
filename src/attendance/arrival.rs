//! When people may say that they have arrived, and what arriving then is worth.

use chrono::{DateTime, Duration, Utc};

use super::MarkStatus;

/// How long before a session begins people who arrive may be marked.
pub const EARLY: Duration = Duration::minutes(60);

/// How long after a session has begun whoever arrives is still on time: a queue at the door and a
/// slow phone are nobody's fault.
pub const GRACE: Duration = Duration::minutes(15);

/// Where a moment lies to the time in which people check in to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// It opens at this moment.
    Ahead(DateTime<Utc>),
    /// It is open.
    Open,
    /// The session has ended.
    Over,
}

impl Window {
    /// Open from [`EARLY`] before a session begins until it ends.
    pub fn of(starts_at: DateTime<Utc>, ends_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let opens_at = starts_at - EARLY;
        if now < opens_at {
            Self::Ahead(opens_at)
        } else if now < ends_at {
            Self::Open
        } else {
            Self::Over
        }
    }
}

/// What whoever checks in at a moment is marked: present, or late once [`GRACE`] is over.
pub fn status_on_arrival(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> MarkStatus {
    if now > starts_at + GRACE {
        MarkStatus::Late
    } else {
        MarkStatus::Present
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64, seconds: i64) -> DateTime<Utc> {
        let begins = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        begins + Duration::minutes(minutes) + Duration::seconds(seconds)
    }

    #[test]
    fn the_window_opens_an_hour_before_and_closes_at_the_end() {
        let (begins, ends) = (at(0, 0), at(240, 0));
        for (now, window) in [
            (at(-600, 0), Window::Ahead(at(-60, 0))),
            (at(-60, -1), Window::Ahead(at(-60, 0))),
            (at(-60, 0), Window::Open),
            (at(0, 0), Window::Open),
            (at(240, -1), Window::Open),
            (at(240, 0), Window::Over),
            (at(2400, 0), Window::Over),
        ] {
            assert_eq!(Window::of(begins, ends, now), window, "{now}");
        }
    }

    #[test]
    fn whoever_comes_later_than_a_quarter_of_an_hour_is_late() {
        use MarkStatus::{Late, Present};
        for (now, status) in [
            (at(-60, 0), Present),
            (at(0, 0), Present),
            (at(15, 0), Present),
            (at(15, 1), Late),
            (at(239, 59), Late),
        ] {
            assert_eq!(status_on_arrival(at(0, 0), now), status, "{now}");
        }
    }
}
