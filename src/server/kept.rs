//! What is kept between a form post and the page that follows it: what was typed into a refused
//! form, or the line that says what was done.
//!
//! The page's address carries only a random key, so neither the browser's history nor a proxy's
//! log sees personal data. Kept in memory, an hour at most: what is lost with a restart is a
//! draft, never a record.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Duration, Utc};

use super::secrets::random_bytes;
use crate::error::AppError;

/// The query parameter that names what is kept.
pub const PARAMETER: &str = "kept";

/// How many are kept at once; beyond it the oldest go.
const CAPACITY: usize = 2000;

/// A refused form.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The address of the action that refused it.
    pub action: String,
    /// What was typed, without passwords, in the order of the form.
    pub values: Vec<(String, String)>,
    /// Why it was refused.
    pub error: AppError,
}

#[derive(Clone, Debug)]
enum Kept {
    Refused(Refused),
    Notice(String),
}

/// All that is kept.
#[derive(Debug, Default)]
pub struct KeptStore(Mutex<HashMap<String, (DateTime<Utc>, Kept)>>);

impl KeptStore {
    /// Keeps a refused form, and gives its key.
    pub fn keep_refused(&self, refused: Refused, now: DateTime<Utc>) -> String {
        self.keep(Kept::Refused(refused), now)
    }

    /// Keeps a line to be shown once, and gives its key.
    pub fn keep_notice(&self, notice: String, now: DateTime<Utc>) -> String {
        self.keep(Kept::Notice(notice), now)
    }

    /// The refused form under a key.
    pub fn refused(&self, key: &str, now: DateTime<Utc>) -> Option<Refused> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(key) {
            Some((at, Kept::Refused(refused))) if now - *at < lifetime() => Some(refused.clone()),
            _ => None,
        }
    }

    /// Takes the line under a key: it is shown once.
    pub fn take_notice(&self, key: &str) -> Option<String> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(kept.get(key), Some((_, Kept::Notice(_)))) {
            return None;
        }
        match kept.remove(key) {
            Some((_, Kept::Notice(notice))) => Some(notice),
            _ => None,
        }
    }

    fn keep(&self, what: Kept, now: DateTime<Utc>) -> String {
        let key: String = random_bytes::<16>()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= CAPACITY {
            kept.retain(|_, (at, _)| now - *at < lifetime());
        }
        if kept.len() >= CAPACITY {
            let oldest = kept
                .iter()
                .min_by_key(|(_, (at, _))| *at)
                .map(|(key, _)| key.clone());
            if let Some(oldest) = oldest {
                kept.remove(&oldest);
            }
        }
        kept.insert(key.clone(), (now, what));
        key
    }
}

fn lifetime() -> Duration {
    Duration::hours(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_shown_once_and_drafts_grow_old() {
        let store = KeptStore::default();
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let notice = store.keep_notice("hecho".into(), now);
        assert_eq!(store.take_notice(&notice).as_deref(), Some("hecho"));
        assert_eq!(store.take_notice(&notice), None);

        let refused = Refused {
            action: "/api/a/b".into(),
            values: vec![],
            error: AppError::NotFound,
        };
        let draft = store.keep_refused(refused, now);
        assert!(store.refused(&draft, now).is_some());
        assert_eq!(store.take_notice(&draft), None);
        assert!(store.refused(&draft, now + Duration::minutes(59)).is_some());
        assert!(store.refused(&draft, now + Duration::hours(1)).is_none());
    }

    #[test]
    fn the_store_stays_bounded() {
        let store = KeptStore::default();
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let first = store.keep_notice("first".into(), start);
        for second in 1..=2000 {
            store.keep_notice("more".into(), start + Duration::seconds(second));
        }
        assert_eq!(store.take_notice(&first), None);
        assert_eq!(store.0.lock().expect("not poisoned").len(), CAPACITY);
    }
}
