//! Numbered steps with their times.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// A row of steps whose number is known beforehand.
pub struct Steps {
    total: usize,
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// A row of `total` steps.
    pub fn new(total: usize) -> Self {
        Self {
            total,
            done: Vec::with_capacity(total),
        }
    }

    /// Announces the next step and does it.
    ///
    /// # Errors
    /// The error of the step, with the step's name before it. The table of times is printed then,
    /// since nothing comes after.
    pub fn run<T>(&mut self, what: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("[{}/{}] {what}", self.done.len() + 1, self.total);
        let start = Instant::now();
        let outcome = step();
        self.done.push((what.to_owned(), start.elapsed()));
        if outcome.is_err() {
            self.summary("failed");
        }
        outcome.with_context(|| what.to_owned())
    }

    /// Prints how long each step took; `last` says how the last one ended.
    pub fn summary(&self, last: &str) {
        let width = self.done.iter().map(|(what, _)| what.chars().count()).max();
        let width = width.unwrap_or_default();
        println!();
        for (number, (what, time)) in self.done.iter().enumerate() {
            let state = if number + 1 == self.done.len() {
                last
            } else {
                "ok"
            };
            println!("  {what:width$}  {:>7.1} s  {state}", time.as_secs_f64());
        }
        let total: Duration = self.done.iter().map(|(_, time)| *time).sum();
        println!("  {:width$}  {:>7.1} s", "total", total.as_secs_f64());
    }
}
