//! What stands in a cell, given all its marks.
//!
//! A mark overrules what its maker said before, and every mark that its maker had seen. What nobody
//! overrules is somebody's word:
//!
//! | the words | what stands | conflict |
//! | --- | --- | --- |
//! | none, or only taken back | nothing | none |
//! | all say the same | that | none |
//! | some say otherwise | the one that has been there longest | **yes** |
//!
//! So whoever has seen all marks has the last word and settles a conflict, be it one of the two or a
//! third; correcting oneself is no conflict; and two who did not know of each other disagree only for
//! as long as their last words do. It does not matter in which order marks come in that knew nothing
//! of each other, as from phones that were offline: only which word stands *during* a conflict
//! follows from who was first.
//!
//! [`MarkStatus::NotTaken`] takes back: its maker says nothing any more, and contradicts nobody.

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The mark that stands; `None`: not taken.
    pub stands: Option<Mark>,
    /// Two markers disagree.
    pub conflict: bool,
    newest: Option<MarkId>,
    /// The words that nobody overrules, the earliest first: one a marker.
    words: Vec<Mark>,
}

impl Standing {
    /// What stands after all these marks, the earliest first.
    pub fn of<'a>(marks: impl IntoIterator<Item = &'a Mark>) -> Self {
        let none = Self::default();
        marks
            .into_iter()
            .fold(none, |standing, mark| standing.after(mark))
    }

    /// What stands after one more mark.
    #[must_use]
    pub fn after(&self, mark: &Mark) -> Self {
        let overruled = |word: &&Mark| word.marker == mark.marker || Some(word.id) <= mark.seen;
        let kept = self.words.iter().filter(|word| !overruled(word));
        let words: Vec<Mark> = kept.chain([mark]).copied().collect();
        let mut said = words
            .iter()
            .filter(|word| word.status != MarkStatus::NotTaken);
        let stands = said.next().copied();
        let conflict = stands.is_some_and(|first| said.any(|word| !word.agrees(&first)));
        Self {
            stands,
            conflict,
            newest: Some(mark.id),
            words,
        }
    }

    /// The newest mark of the cell.
    pub fn newest(&self) -> Option<MarkId> {
        self.newest
    }
}

#[cfg(test)]
#[path = "standing_tests.rs"]
mod tests;
