//! What is kept between a form post and the page that follows it: what was typed into a refused
//! form, or the line that says what was done.
//!
//! The page's address carries only a random key, so neither the browser's history nor a proxy's
//! log sees personal data; and the key opens a form only for the account that typed it, or, for
//! somebody who was not signed in, for the browser that did ([`Holder`]). Signing out drops it.
//!
//! Kept in memory, for a while, and within bounds: what is lost is a draft, never a record. Who is
//! not signed in gets little room, shares it with other strangers alone, and cannot fill it from
//! one network.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};

use super::{Identity, secrets::random_key};
use crate::{
    access::{AccountId, SignInId},
    error::AppError,
};

/// The query parameter that names what is kept.
pub const PARAMETER: &str = "kept";

/// A refused form.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The address of the action that refused it.
    pub action: String,
    /// What was typed, without passwords, in the order of the form; `None`: too much to be kept.
    pub values: Option<Vec<(String, String)>>,
    /// Why it was refused.
    pub error: AppError,
}

/// Who left something here, or asks for it.
#[derive(Clone, Debug)]
pub struct Holder {
    account: Option<(AccountId, SignInId)>,
    visit: Option<[u8; 32]>,
    network: String,
}

impl Holder {
    /// Whoever makes a request.
    pub fn of(identity: &Identity) -> Self {
        let viewer = identity.viewer.as_ref();
        Self {
            account: viewer.map(|viewer| (viewer.account, viewer.sign_in)),
            visit: identity.visit,
            network: identity.address.network(),
        }
    }

    fn bounds(&self) -> Bounds {
        match self.account {
            Some(_) => SIGNED_IN,
            None => STRANGERS,
        }
    }

    /// Whether it is an account like the other, or a stranger like the other.
    fn is_like(&self, other: &Self) -> bool {
        self.account.is_some() == other.account.is_some()
    }

    /// Whether both draw on one share: of an account, or of the strangers in one network.
    fn shares_with(&self, other: &Self) -> bool {
        match (self.account, other.account) {
            (Some((own, _)), Some((account, _))) => own == account,
            (None, None) => self.network == other.network,
            _ => false,
        }
    }

    /// Whether it may read what `other` typed. Who typed as a stranger and signs in still may.
    fn may_read(&self, other: &Self) -> bool {
        match other.account {
            Some((account, _)) => self.account.is_some_and(|(own, _)| own == account),
            None => other.visit.is_some() && self.visit == other.visit,
        }
    }
}

/// How much is kept.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// Bytes of all together.
    all: usize,
    /// Bytes of one form.
    each: usize,
    /// Things of one account, or of one network.
    shares: usize,
    /// How long.
    lifetime: Duration,
}

const SIGNED_IN: Bounds = Bounds {
    all: 8 << 20,
    each: 64 << 10,
    shares: 20,
    lifetime: Duration::hours(1),
};

const STRANGERS: Bounds = Bounds {
    all: 1 << 20,
    each: 8 << 10,
    shares: 40,
    lifetime: Duration::minutes(10),
};

/// How long the cookie lives that binds a draft to a stranger's browser, in seconds.
pub const VISIT: i64 = STRANGERS.lifetime.num_seconds();

/// What an entry takes besides its texts, and what a pair of texts does.
const ENTRY: usize = 400;
const PAIR: usize = 48;

#[derive(Clone, Debug)]
enum Kept {
    Refused(Refused),
    Notice(String),
}

impl Kept {
    fn size(&self) -> usize {
        let texts = match self {
            Self::Notice(line) => line.len(),
            Self::Refused(refused) => {
                let values = refused.values.iter().flatten();
                let typed: usize = values
                    .map(|(name, value)| PAIR + name.len() + value.len())
                    .sum();
                typed + refused.action.len() + format!("{:?}", refused.error).len()
            }
        };
        ENTRY + texts
    }
}

#[derive(Debug)]
struct Entry {
    key: String,
    at: DateTime<Utc>,
    by: Holder,
    what: Kept,
    size: usize,
}

/// All that is kept, the oldest first.
#[derive(Debug, Default)]
pub struct KeptStore(Mutex<Vec<Entry>>);

impl KeptStore {
    /// Keeps a refused form, and gives its key. Of one that is too long only the refusal is kept.
    pub fn keep_refused(&self, mut refused: Refused, by: Holder, now: DateTime<Utc>) -> String {
        if Kept::Refused(refused.clone()).size() > by.bounds().each {
            refused.values = None;
        }
        self.keep(Kept::Refused(refused), by, now)
    }

    /// Keeps a line to be shown once, and gives its key.
    pub fn keep_notice(&self, notice: String, by: Holder, now: DateTime<Utc>) -> String {
        self.keep(Kept::Notice(notice), by, now)
    }

    /// The refused form under a key, for whoever typed it.
    pub fn refused(&self, key: &str, reader: &Holder, now: DateTime<Utc>) -> Option<Refused> {
        let entries = self.entries();
        let entry = entries.iter().find(|entry| entry.key == key)?;
        match &entry.what {
            Kept::Refused(refused) if entry.lives(now) && reader.may_read(&entry.by) => {
                Some(refused.clone())
            }
            _ => None,
        }
    }

    /// Whether a line is there that nobody has seen.
    pub fn holds_notice(&self, key: &str) -> bool {
        let is_it = |entry: &Entry| entry.key == key && matches!(entry.what, Kept::Notice(_));
        self.entries().iter().any(is_it)
    }

    /// Takes the line under a key: it is shown once, to whoever has the key.
    pub fn take_notice(&self, key: &str) -> Option<String> {
        let mut entries = self.entries();
        let is_it = |entry: &Entry| entry.key == key && matches!(entry.what, Kept::Notice(_));
        let at = entries.iter().position(is_it)?;
        match entries.remove(at).what {
            Kept::Notice(notice) => Some(notice),
            Kept::Refused(_) => None,
        }
    }

    /// Drops what was typed on a device that is signed out.
    pub fn drop_of(&self, sign_in: SignInId) {
        let is_of = |entry: &Entry| entry.by.account.is_some_and(|(_, one)| one == sign_in);
        self.entries().retain(|entry| !is_of(entry));
    }

    fn keep(&self, what: Kept, by: Holder, now: DateTime<Utc>) -> String {
        let key = random_key();
        let (size, bounds) = (what.size(), by.bounds());
        let mut entries = self.entries();
        entries.retain(|entry| entry.lives(now));
        if size > bounds.each {
            return key;
        }
        let shared = |entry: &&Entry| entry.by.shares_with(&by);
        if entries.iter().filter(shared).count() >= bounds.shares {
            remove_first(&mut entries, |entry| entry.by.shares_with(&by));
        }
        while bytes_of_those_like(&entries, &by) + size > bounds.all {
            remove_first(&mut entries, |entry| entry.by.is_like(&by));
        }
        entries.push(Entry {
            key: key.clone(),
            at: now,
            by,
            what,
            size,
        });
        key
    }

    fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn lives(&self, now: DateTime<Utc>) -> bool {
        now - self.at < self.by.bounds().lifetime
    }
}

fn bytes_of_those_like(entries: &[Entry], by: &Holder) -> usize {
    let like = entries.iter().filter(|entry| entry.by.is_like(by));
    like.map(|entry| entry.size).sum()
}

fn remove_first(entries: &mut Vec<Entry>, which: impl FnMut(&Entry) -> bool) {
    if let Some(oldest) = entries.iter().position(which) {
        entries.remove(oldest);
    }
}

#[cfg(test)]
mod tests;
