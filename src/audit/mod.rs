//! Who changed what, when, from what to what.
//!
//! An event is written in the transaction of the change it tells of: there is no change without
//! its event, and no event without its change. Events form a chain of hashes, so that one taken
//! out or altered afterwards is found by `capacita check`. The chain holds the digest of the
//! details, not the details: those may be erased on a person's request without breaking it.
//!
//! An event that changes something says what was before; which ones need not stands in [`words`].
//! Document numbers, passwords and tokens never stand in an event.
//!
//! Owns `audit_events`.

mod chain;
pub mod pages;
mod queries;
pub mod words;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use crate::{
    access::{AccountId, Action, Permit},
    courses::ProgramId,
    error::AppError,
};

pub use self::chain::{ChainFault, verify_chain};

/// One change.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    action: &'a str,
    subject_kind: &'a str,
    subject_id: i64,
    program: Option<ProgramId>,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
}

impl<'a> Event<'a> {
    /// An event: what was done (`edition_cancel`), to what kind of record (`edition`), to which.
    pub const fn new(action: &'a str, subject_kind: &'a str, subject_id: i64) -> Self {
        Self {
            action,
            subject_kind,
            subject_id,
            program: None,
            before: None,
            after: None,
        }
    }

    /// The program it belongs to.
    #[must_use]
    pub const fn program(mut self, program: Option<ProgramId>) -> Self {
        self.program = program;
        self
    }

    /// What was there before.
    #[must_use]
    pub fn before(mut self, record: &impl Serialize) -> Self {
        self.before = serde_json::to_value(record).ok();
        self
    }

    /// What is there now.
    #[must_use]
    pub fn after(mut self, record: &impl Serialize) -> Self {
        self.after = serde_json::to_value(record).ok();
        self
    }
}

/// Writes an event that follows from a permit: its actor and program come from there.
pub async fn record_permitted<A: Action>(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    permit: &Permit<A>,
    event: Event<'_>,
) -> Result<(), AppError> {
    let program = event.program.or(permit.place().program);
    record(connection, now, permit.account(), event.program(program)).await
}

/// Writes an event. `account`: who did it; `None` is the system itself.
pub async fn record(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    account: Option<AccountId>,
    event: Event<'_>,
) -> Result<(), AppError> {
    debug_assert!(
        event.before.is_some() || words::WITHOUT_BEFORE.contains(&event.action),
        "{} must say what was before",
        event.action
    );
    let (before, after) = only_changes(event.before, event.after);
    let before = before.map(|value| value.to_string());
    let after = after.map(|value| value.to_string());
    let detail_digest = chain::detail_digest(before.as_deref(), after.as_deref());
    let previous = queries::last_hash(connection).await?.unwrap_or_default();
    let chain_hash = chain::Link {
        at: now,
        account,
        action: event.action,
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        program: event.program,
        detail_digest: &detail_digest,
    }
    .hash(&previous);
    let new = queries::NewEvent {
        at: now,
        account,
        action: event.action,
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        program: event.program,
        before,
        after,
        detail_digest: &detail_digest,
        chain_hash: &chain_hash,
    };
    Ok(queries::insert(connection, new).await?)
}

/// What an event tells of its subject.
#[derive(Clone, Debug)]
pub struct Told {
    /// The event.
    pub event: i64,
    /// Which record it is about.
    pub subject_id: i64,
    /// What was there after it; nothing once it was erased.
    pub after: Option<serde_json::Value>,
}

/// What the trail tells of an action: at most `limit` events behind the given one. For what is
/// checked against it.
pub async fn told_of(
    connection: &mut SqliteConnection,
    action: &str,
    behind: i64,
    limit: i64,
) -> Result<Vec<Told>, AppError> {
    let rows = queries::of_action(connection, action, behind, limit).await?;
    let told = |row: queries::ToldRow| Told {
        event: row.id,
        subject_id: row.subject_id,
        after: row.after.and_then(|text| serde_json::from_str(&text).ok()),
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Of two states of one record, the fields that differ.
fn only_changes(
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
) -> (Option<serde_json::Value>, Option<serde_json::Value>) {
    use serde_json::Value::Object;
    match (before, after) {
        (Some(Object(mut before)), Some(Object(mut after))) => {
            let same: Vec<String> = before
                .iter()
                .filter(|(key, value)| after.get(*key) == Some(value))
                .map(|(key, _)| key.clone())
                .collect();
            for key in same {
                before.remove(&key);
                after.remove(&key);
            }
            (Some(Object(before)), Some(Object(after)))
        }
        others => others,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_changed_is_kept() {
        let (before, after) = only_changes(
            Some(json!({"a": 1, "b": 2, "c": null})),
            Some(json!({"a": 1, "b": 3, "c": 4})),
        );
        assert_eq!(before, Some(json!({"b": 2, "c": null})));
        assert_eq!(after, Some(json!({"b": 3, "c": 4})));
        assert_eq!(
            only_changes(None, Some(json!({"a": 1}))),
            (None, Some(json!({"a": 1})))
        );
    }
}
