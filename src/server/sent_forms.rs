//! A form that is sent twice is done once: a double click, a reload, a second try after a lost
//! connection.
//!
//! Every page gives its forms one random key. The same bytes to the same action under the same
//! key are one sending: whoever comes second waits for the first and is led to where that led. A
//! form that was changed in between, on a page the browser still had, is another sending; and so
//! is one whose first sending was refused.
//!
//! Kept in memory: there is one process, and what a restart forgets is a sending that was answered
//! by nobody in the seconds before it. Programs and islands send no key; their actions are
//! repeatable by themselves.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Duration, Utc};

use crate::{paths::Path, ui::FORM_KEY};

/// How many sendings are remembered; beyond it the oldest go.
const CAPACITY: usize = 10_000;

/// The first sending, once it was done. Whoever holds the lock is doing it.
pub type Sending = Arc<tokio::sync::Mutex<Option<Done>>>;

/// A sending that was done.
#[derive(Clone, Debug)]
pub struct Done {
    /// Where it led.
    pub led_to: Path,
    /// When.
    pub at: DateTime<Utc>,
}

impl Done {
    /// Whether the same again is a slip of the hand: nothing need be said of it.
    pub fn was_just_now(&self, now: DateTime<Utc>) -> bool {
        now - self.at < Duration::seconds(5)
    }
}

/// What tells one sending from all others: action and bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Of a form's fields; `None` without a key among them.
    pub fn of<'f>(
        action: &str,
        fields: impl IntoIterator<Item = (&'f str, &'f str)>,
        file: &[u8],
    ) -> Option<Self> {
        let mut hasher = blake3::Hasher::new();
        let mut has_key = false;
        // Lengths keep what stands beside each other apart.
        let mut add = |bytes: &[u8]| {
            hasher.update(&bytes.len().to_le_bytes());
            hasher.update(bytes);
        };
        add(action.as_bytes());
        add(file);
        for (name, value) in fields {
            has_key |= name == FORM_KEY && !value.is_empty();
            add(name.as_bytes());
            add(value.as_bytes());
        }
        has_key.then(|| Self(*hasher.finalize().as_bytes()))
    }
}

/// The sendings of the last hour.
#[derive(Debug, Default)]
pub struct SentForms(Mutex<HashMap<Fingerprint, (DateTime<Utc>, Sending)>>);

impl SentForms {
    /// The sending with this fingerprint, the first or one that was.
    pub fn sending(&self, fingerprint: Fingerprint, now: DateTime<Utc>) -> Sending {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, sending)) = sent.get(&fingerprint)
            && now - *at < lifetime()
        {
            return sending.clone();
        }
        if sent.len() >= CAPACITY {
            sent.retain(|_, (at, _)| now - *at < lifetime());
        }
        if sent.len() >= CAPACITY {
            // A burst: half of them go at once, so that it does not cost a walk for each.
            let mut times: Vec<_> = sent.values().map(|(at, _)| *at).collect();
            times.sort_unstable();
            let median = times[times.len() / 2];
            sent.retain(|_, (at, _)| *at > median);
        }
        let sending = Sending::default();
        sent.insert(fingerprint, (now, sending.clone()));
        sending
    }
}

const fn lifetime() -> Duration {
    Duration::hours(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(action: &str, fields: &[(&str, &str)], file: &[u8]) -> Option<Fingerprint> {
        Fingerprint::of(action, fields.iter().copied(), file)
    }

    #[test]
    fn the_same_bytes_to_the_same_action_are_one_sending() {
        let form = [("form_key", "k"), ("name", "Ana")];
        let first = print("/api/a", &form, b"");
        assert!(first.is_some());
        assert_eq!(print("/api/a", &form, b""), first);
        for (action, fields, file) in [
            ("/api/b", form, b"".as_slice()),
            ("/api/a", [("form_key", "l"), ("name", "Ana")], b""),
            ("/api/a", [("form_key", "k"), ("name", "Eva")], b""),
            ("/api/a", [("form_key", "kn"), ("ame", "Ana")], b""),
            ("/api/a", form, b"%PDF"),
        ] {
            assert_ne!(print(action, &fields, file), first, "{action} {fields:?}");
        }
        assert_eq!(print("/api/a", &[("name", "Ana")], b""), None);
        assert_eq!(
            print("/api/a", &[("form_key", ""), ("name", "Ana")], b""),
            None
        );
    }

    #[test]
    fn sendings_are_forgotten_after_an_hour_and_never_too_many() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let sent = SentForms::default();
        let print = |number: usize| {
            print("/api/a", &[(FORM_KEY, &number.to_string())], b"").expect("a key")
        };
        let first = sent.sending(print(0), start);
        let minutes = |minutes| start + Duration::minutes(minutes);
        assert!(Arc::ptr_eq(&first, &sent.sending(print(0), minutes(59))));
        assert!(!Arc::ptr_eq(&first, &sent.sending(print(0), minutes(60))));
        for number in 1..=CAPACITY {
            let second = i64::try_from(number).expect("a small number");
            sent.sending(print(number), start + Duration::seconds(second));
        }
        let remembered = sent.0.lock().expect("not poisoned");
        assert!(remembered.len() <= CAPACITY);
        assert!(remembered.contains_key(&print(CAPACITY)));
    }
}
