//! Attendance share: minutes attended ÷ minutes planned, over all sessions of the edition.
//!
//! Sessions not yet taken count as planned and not attended: counting only those already taken
//! would hand out certificates for the first morning. Everything is compared in whole numbers, so
//! 79.9 % is never 80 %. The rule is the program's agreement with its funder; the defaults
//! (80 %, excused minutes not attended) are those of the course.

use serde::{Deserialize, Serialize};

use super::MarkStatus;

/// Minutes attended of minutes planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Minutes that count as attended.
    pub attended: i64,
    /// Minutes of all sessions of the edition.
    pub planned: i64,
    /// Of these, minutes of which nothing is recorded yet and that may still be credited: nobody
    /// is warned because a list has not been taken.
    pub open: i64,
}

impl Share {
    /// Adds a session of `planned` minutes, of which `minutes` were attended under `status`.
    #[must_use]
    pub fn plus(
        self,
        planned: i64,
        status: MarkStatus,
        minutes: i64,
        excused_counts: bool,
    ) -> Self {
        let counted = match status {
            MarkStatus::Excused if excused_counts => planned,
            MarkStatus::Excused | MarkStatus::Absent | MarkStatus::NotTaken => 0,
            MarkStatus::Present | MarkStatus::Late | MarkStatus::Partial => minutes,
        };
        Self {
            attended: self.attended + counted,
            planned: self.planned + planned,
            ..self
        }
    }

    /// Adds `minutes` of a session to those that may still be credited.
    #[must_use]
    pub fn with_open(self, minutes: i64) -> Self {
        Self {
            open: self.open + minutes,
            ..self
        }
    }

    /// Whether the share is at least `permille` thousandths. An edition without sessions reaches
    /// nothing.
    pub const fn reaches(self, permille: i64) -> bool {
        self.planned > 0 && self.attended * 1000 >= self.planned * permille
    }

    /// What the share means now: nobody is warned of what can still be reached.
    pub const fn outlook(self, permille: i64) -> Outlook {
        let at_most = Self {
            attended: self.attended + self.open,
            ..self
        };
        if self.reaches(permille) {
            Outlook::Reached
        } else if self.open > 0 && at_most.reaches(permille) {
            Outlook::Open
        } else {
            Outlook::Short
        }
    }

    /// Minutes still missing for `permille` thousandths; none when it is reached.
    pub const fn missing(self, permille: i64) -> i64 {
        let needed = (self.planned * permille + 999) / 1000;
        if needed > self.attended {
            needed - self.attended
        } else {
            0
        }
    }

    /// The share in per cent with one decimal at most, rounded down: "79.9 %", "80 %", which no line
    /// breaks.
    pub fn percent(self) -> String {
        let tenths = (self.attended * 1000)
            .checked_div(self.planned)
            .unwrap_or(0);
        match (tenths / 10, tenths % 10) {
            (whole, 0) => format!("{whole}\u{a0}%"),
            (whole, tenth) => format!("{whole}.{tenth}\u{a0}%"),
        }
    }

    /// The share as a number from 0 to 1, for showing it. Decisions are made by
    /// [`Share::reaches`].
    #[expect(
        clippy::cast_precision_loss,
        reason = "minutes of an edition stay far below 2^52"
    )]
    pub fn ratio(self) -> f64 {
        if self.planned > 0 {
            self.attended as f64 / self.planned as f64
        } else {
            0.0
        }
    }
}

/// How a share stands towards the course's minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It is reached.
    Reached,
    /// It can still be reached.
    Open,
    /// It is not and cannot be reached any more.
    Short,
}

#[cfg(test)]
mod tests {
    use super::*;
    use MarkStatus::{Absent, Excused, Late, NotTaken, Partial, Present};

    fn share(sessions: &[(i64, MarkStatus, i64)], excused_counts: bool) -> Share {
        sessions
            .iter()
            .fold(Share::default(), |share, (planned, status, minutes)| {
                share.plus(*planned, *status, *minutes, excused_counts)
            })
    }

    #[test]
    fn just_below_is_not_reached() {
        for (attended, planned, permille, reached, missing) in [
            (799, 1000, 800, false, 1),
            (800, 1000, 800, true, 0),
            (801, 1000, 800, true, 0),
            // 80 % of 301 minutes is 240.8: the last minute must be whole.
            (240, 301, 800, false, 1),
            (241, 301, 800, true, 0),
            (0, 480, 800, false, 384),
            (0, 0, 800, false, 0),
            (0, 0, 1, false, 0),
            (480, 480, 1000, true, 0),
            (479, 480, 1000, false, 1),
            (1, 480, 1, true, 0),
            (0, 480, 1, false, 1),
        ] {
            let share = Share {
                attended,
                planned,
                open: 0,
            };
            assert_eq!(share.reaches(permille), reached, "{share:?} {permille}");
            assert_eq!(share.missing(permille), missing, "{share:?} {permille}");
        }
    }

    #[test]
    fn nobody_is_warned_of_what_can_still_be_reached() {
        use Outlook::{Open, Reached, Short};
        // 80 % of 600 minutes are 480.
        for (attended, planned, open, permille, outlook) in [
            // Before the first session, in the middle, at the end.
            (0, 600, 600, 800, Open),
            (180, 600, 420, 800, Open),
            (180, 600, 300, 800, Open),
            (180, 600, 299, 800, Short),
            (179, 600, 300, 800, Short),
            (0, 600, 480, 800, Open),
            (0, 600, 479, 800, Short),
            (479, 600, 0, 800, Short),
            (479, 600, 1, 800, Open),
            (480, 600, 0, 800, Reached),
            (480, 600, 120, 800, Reached),
            // All is recorded, and all but all: an hour of two is not marked yet.
            (60, 60, 0, 1000, Reached),
            (59, 60, 0, 1000, Short),
            (60, 120, 60, 1000, Open),
            // Whole minutes: 80 % of 301 is 240.8.
            (240, 301, 0, 800, Short),
            (0, 301, 240, 800, Short),
            (0, 301, 241, 800, Open),
            // Nothing was planned, so nothing is to come.
            (0, 0, 0, 800, Short),
        ] {
            let share = Share {
                attended,
                planned,
                open,
            };
            assert_eq!(share.outlook(permille), outlook, "{share:?}");
        }
    }

    #[test]
    fn all_sessions_count_taken_or_not() {
        let one_of_four = [
            (240, Present, 240),
            (240, NotTaken, 0),
            (240, NotTaken, 0),
            (240, NotTaken, 0),
        ];
        let found = share(&one_of_four, false);
        assert_eq!(
            found,
            Share {
                attended: 240,
                planned: 960,
                open: 0,
            }
        );
        assert!(!found.reaches(800));
    }

    #[test]
    fn what_each_status_is_worth() {
        let sessions = [
            (60, Present, 60),
            (60, Late, 60),
            (60, Partial, 25),
            (60, Excused, 0),
            (60, Absent, 0),
        ];
        assert_eq!(share(&sessions, false).attended, 145);
        assert_eq!(share(&sessions, true).attended, 205);
        assert_eq!(share(&sessions, true).planned, 300);
    }

    #[test]
    fn excused_minutes_count_only_where_the_course_says_so() {
        let sessions = [(240, Present, 240), (60, Excused, 0)];
        assert!(share(&sessions, false).reaches(800));
        assert!(!share(&sessions, false).reaches(801));
        assert!(share(&sessions, true).reaches(1000));
    }

    #[test]
    fn a_percentage_is_never_rounded_up() {
        for (attended, planned, text) in [
            (0, 0, "0\u{a0}%"),
            (0, 480, "0\u{a0}%"),
            (7999, 10000, "79.9\u{a0}%"),
            (8, 10, "80\u{a0}%"),
            (1, 3, "33.3\u{a0}%"),
            (480, 480, "100\u{a0}%"),
        ] {
            let share = Share {
                attended,
                planned,
                open: 0,
            };
            assert_eq!(share.percent(), text);
        }
    }

    #[test]
    fn the_ratio_of_nothing_is_nothing() {
        assert!(share(&[], true).ratio().abs() < f64::EPSILON);
        assert!((share(&[(200, Partial, 50)], true).ratio() - 0.25).abs() < f64::EPSILON);
    }
}
