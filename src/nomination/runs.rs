//! Lists that are being enrolled at this moment, and how far they are.
//!
//! A list is enrolled in one transaction: what is not finished when the server stops never
//! happened, so nothing of this needs to be kept.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use super::NominationId;
use crate::error::AppError;

/// All lists under way.
#[derive(Debug, Default)]
pub struct Runs(Mutex<HashMap<NominationId, Arc<Run>>>);

/// A list under way.
#[derive(Debug, Default)]
pub struct Run {
    done: AtomicI64,
    total: AtomicI64,
    error: Mutex<Option<AppError>>,
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

    /// Why it came to nothing; told once.
    pub fn take_error(&self) -> Option<AppError> {
        self.error.lock().expect("no holder panics").take()
    }
}

impl Runs {
    /// Begins to enrol a list; `None`: it is under way already.
    pub fn begin(&self, nomination: NominationId) -> Option<Arc<Run>> {
        let mut runs = self.0.lock().expect("no holder panics");
        if runs.contains_key(&nomination) {
            return None;
        }
        let run = Arc::new(Run::default());
        runs.insert(nomination, Arc::clone(&run));
        Some(run)
    }

    /// Ends it; an error that nobody waited for is kept until the list is looked at.
    pub fn end(&self, nomination: NominationId, error: Option<AppError>) {
        let mut runs = self.0.lock().expect("no holder panics");
        match (error, runs.get(&nomination)) {
            (Some(error), Some(run)) => {
                *run.error.lock().expect("no holder panics") = Some(error);
            }
            _ => {
                runs.remove(&nomination);
            }
        }
    }

    /// The list's run: under way, or ended in an error that nobody has seen.
    pub fn of(&self, nomination: NominationId) -> Option<Arc<Run>> {
        self.0
            .lock()
            .expect("no holder panics")
            .get(&nomination)
            .cloned()
    }
}
