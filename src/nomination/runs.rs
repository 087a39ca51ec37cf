//! Lists that are being enrolled at this moment, and how far they are.
//!
//! A list is enrolled in one transaction: what is not finished when the server stops never
//! happened, so nothing of this needs to be kept.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, Weak,
        atomic::{AtomicI64, Ordering},
    },
};

use super::NominationId;
use crate::error::AppError;

/// All lists under way, and those that came to nothing while nobody waited.
#[derive(Debug, Default)]
pub struct Runs(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// A run lasts as long as the work that holds it, however that ends.
    under_way: HashMap<NominationId, Weak<Run>>,
    failed: HashMap<NominationId, AppError>,
}

/// A list under way.
#[derive(Debug, Default)]
pub struct Run {
    done: AtomicI64,
    total: AtomicI64,
}

impl Run {
    /// How many lines there are to do.
    pub fn begin(&self, total: i64) {
        self.total.store(total, Ordering::Relaxed);
    }

    /// One line more is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Lines done, and all of them.
    pub fn progress(&self) -> (i64, i64) {
        (
            self.done.load(Ordering::Relaxed),
            self.total.load(Ordering::Relaxed),
        )
    }
}

impl Runs {
    /// Begins to enrol a list; `None`: it is under way already.
    pub fn begin(&self, nomination: NominationId) -> Option<Arc<Run>> {
        let mut known = self.known();
        known.under_way.retain(|_, run| run.strong_count() > 0);
        if known.under_way.contains_key(&nomination) {
            return None;
        }
        let run = Arc::new(Run::default());
        known.under_way.insert(nomination, Arc::downgrade(&run));
        known.failed.remove(&nomination);
        Some(run)
    }

    /// Keeps why a list came to nothing until it is looked at: nobody waited for it.
    pub fn fail(&self, nomination: NominationId, error: AppError) {
        self.known().failed.insert(nomination, error);
    }

    /// Why a list came to nothing; told once.
    pub fn take_failure(&self, nomination: NominationId) -> Option<AppError> {
        self.known().failed.remove(&nomination)
    }

    /// How far a list is that is under way: lines done, and all of them.
    pub fn progress(&self, nomination: NominationId) -> Option<(i64, i64)> {
        let run = self.known().under_way.get(&nomination)?.upgrade()?;
        Some(run.progress())
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().expect("no holder panics")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_under_way_as_long_as_its_work_lasts() {
        let (runs, list) = (Runs::default(), NominationId::new(1));
        let run = runs.begin(list).expect("the first");
        assert!(runs.begin(list).is_none());
        run.begin(2);
        run.step();
        assert_eq!(runs.progress(list), Some((1, 2)));
        // However the work ends, by a panic too.
        let work = std::thread::spawn(move || {
            run.step();
            panic!("the work breaks off");
        });
        assert!(work.join().is_err());
        assert_eq!(runs.progress(list), None);
        assert!(runs.begin(list).is_some());
    }

    #[test]
    fn a_failure_is_told_once() {
        let (runs, list) = (Runs::default(), NominationId::new(1));
        runs.fail(list, AppError::NotFound);
        assert_eq!(runs.take_failure(list), Some(AppError::NotFound));
        assert_eq!(runs.take_failure(list), None);
    }
}
