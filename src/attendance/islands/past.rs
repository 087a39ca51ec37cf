//! What was marked here and can be taken back.
//!
//! Taking back is about one's own marks alone. Where somebody else's word stands by now, the cell is
//! left as it is; and what is said in taking back claims to have seen no more than the mark it takes
//! back had, so that even a word that has not been heard here yet keeps standing.

use super::state::Place;
use crate::attendance::{MarkId, MarkStatus};

/// What a cell showed before it was marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Which cell.
    pub place: Place,
    /// What it showed.
    pub status: MarkStatus,
    /// Minutes attended.
    pub minutes: i64,
    /// The newest mark that was in sight.
    pub seen: Option<MarkId>,
}

/// Something that was done here, in one cell or many.
#[derive(Debug)]
struct Deed {
    before: Vec<Before>,
    /// How many cells are somebody else's by now.
    lost: usize,
}

/// All that was done here, the latest last.
#[derive(Debug, Default)]
pub struct Past(Vec<Deed>);

impl Past {
    /// Remembers what the cells showed before something was done to them.
    pub fn push(&mut self, before: Vec<Before>) {
        self.0.push(Deed { before, lost: 0 });
    }

    /// Somebody else's word is in this cell: nothing done here before is taken back there.
    pub fn lose(&mut self, place: Place) {
        for deed in &mut self.0 {
            let all = deed.before.len();
            deed.before.retain(|before| before.place != place);
            deed.lost += all - deed.before.len();
        }
    }

    /// The cells that the last thing done here is taken back in, and how many it no longer can be.
    pub fn pop(&mut self) -> Option<(Vec<Before>, usize)> {
        self.0.pop().map(|deed| (deed.before, deed.lost))
    }

    /// Whether nothing is left to take back.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(row: usize, seen: i64) -> Before {
        Before {
            place: Place { row, column: 0 },
            status: MarkStatus::NotTaken,
            minutes: 0,
            seen: (seen > 0).then(|| MarkId::new(seen)),
        }
    }

    #[test]
    fn the_last_is_taken_back_first() {
        let mut past = Past::default();
        past.push(vec![before(1, 0)]);
        past.push(vec![before(1, 7), before(2, 0)]);
        assert_eq!(past.pop(), Some((vec![before(1, 7), before(2, 0)], 0)));
        assert!(!past.is_empty());
        assert_eq!(past.pop(), Some((vec![before(1, 0)], 0)));
        assert!(past.is_empty());
        assert_eq!(past.pop(), None);
    }

    #[test]
    fn what_somebody_else_has_marked_is_left_alone() {
        let mut past = Past::default();
        past.push(vec![before(3, 0)]);
        past.push(vec![before(1, 0), before(2, 0), before(3, 4)]);
        past.lose(Place { row: 3, column: 0 });
        // In another session it was nobody else.
        past.lose(Place { row: 1, column: 1 });
        // What is marked after that is one's own again.
        past.push(vec![before(3, 9)]);
        assert_eq!(past.pop(), Some((vec![before(3, 9)], 0)));
        assert_eq!(past.pop(), Some((vec![before(1, 0), before(2, 0)], 1)));
        assert_eq!(past.pop(), Some((vec![], 1)));
    }
}
