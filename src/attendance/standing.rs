//! What stands in a cell, given all its marks in their order.
//!
//! | the new mark | what stands | conflict |
//! | --- | --- | --- |
//! | has seen what others said so far | the new mark | none, or settled |
//! | has not, and nothing stands | the new mark | none |
//! | has not, and says the same | as before | as before |
//! | has not, and says otherwise | as before | **yes** |
//!
//! A marker always knows their own marks: correcting oneself is no conflict. While there is a
//! conflict nothing moves until somebody who has seen the newest mark of all marks again, be it
//! one of the two or a third.
//!
//! [`MarkStatus::NotTaken`] takes back: nothing stands after it.

use super::{MarkId, MarkStatus};
use crate::access::AccountId;

/// One mark, as far as the rules need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its id: marks of a cell are in the order of their ids.
    pub id: MarkId,
    /// What it says.
    pub status: MarkStatus,
    /// Minutes attended.
    pub minutes: i64,
    /// Who says it; `None`: the system.
    pub marker: Option<AccountId>,
    /// The cell's newest mark when the marker looked.
    pub seen: Option<MarkId>,
}

impl Mark {
    /// What it says, apart from minutes that follow from its status.
    fn says(&self) -> (MarkStatus, Option<i64>) {
        let partial = self.status == MarkStatus::Partial;
        (self.status, partial.then_some(self.minutes))
    }

    /// Whether both say the same about the person.
    pub fn agrees(&self, other: &Self) -> bool {
        self.says() == other.says()
    }

    /// The minutes that it is worth in a session of `planned` minutes.
    pub fn worth(&self, planned: i64) -> i64 {
        match self.status {
            MarkStatus::Present | MarkStatus::Late => planned,
            MarkStatus::Partial => self.minutes.min(planned),
            MarkStatus::Excused | MarkStatus::Absent | MarkStatus::NotTaken => 0,
        }
    }
}

/// What stands in one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The mark that stands; `None`: not taken.
    pub stands: Option<Mark>,
    /// Two markers disagree.
    pub conflict: bool,
    newest: Option<Mark>,
    /// The newest mark of anybody but the marker of `newest`.
    newest_of_others: Option<MarkId>,
}

impl Standing {
    /// What stands after all these marks, the earliest first.
    pub fn of<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> Self {
        marks.into_iter().fold(Self::default(), Self::after)
    }

    /// What stands after one more mark.
    #[must_use]
    pub fn after(self, mark: &Mark) -> Self {
        let agrees = self.stands.is_none_or(|stands| stands.agrees(mark));
        let (stands, conflict) = if self.is_known_to(mark) {
            (said(mark), false)
        } else if self.stands.is_none() {
            (said(mark), self.conflict)
        } else {
            (self.stands, self.conflict || !agrees)
        };
        let newest_of_others = match self.newest {
            Some(newest) if newest.marker != mark.marker => Some(newest.id),
            _ => self.newest_of_others,
        };
        Self {
            stands,
            conflict,
            newest: Some(*mark),
            newest_of_others,
        }
    }

    /// The newest mark of the cell.
    pub fn newest(&self) -> Option<MarkId> {
        self.newest.map(|mark| mark.id)
    }

    /// Whether the marker has seen all there is to see before this mark.
    fn is_known_to(&self, mark: &Mark) -> bool {
        let to_see = match self.newest {
            Some(newest) if self.conflict || newest.marker != mark.marker => Some(newest.id),
            _ => self.newest_of_others,
        };
        mark.seen >= to_see
    }
}

fn said(mark: &Mark) -> Option<Mark> {
    (mark.status != MarkStatus::NotTaken).then_some(*mark)
}

#[cfg(test)]
#[path = "standing_tests.rs"]
mod tests;
