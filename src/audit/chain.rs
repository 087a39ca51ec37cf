//! The chain of hashes: what it covers, and whether it still holds.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::queries;
use crate::{access::AccountId, courses::ProgramId, error::AppError};

/// What an event's hash covers, besides the hash before it.
pub(super) struct Link<'a> {
    pub at: DateTime<Utc>,
    pub account: Option<AccountId>,
    pub action: &'a str,
    pub subject_kind: &'a str,
    pub subject_id: i64,
    pub program: Option<ProgramId>,
    pub detail_digest: &'a [u8],
}

impl Link<'_> {
    pub fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let account = self.account.map_or(0, AccountId::get);
        let program = self.program.map_or(0, ProgramId::get);
        digest(&[
            previous,
            self.at.to_rfc3339().as_bytes(),
            account.to_string().as_bytes(),
            self.action.as_bytes(),
            self.subject_kind.as_bytes(),
            self.subject_id.to_string().as_bytes(),
            program.to_string().as_bytes(),
            self.detail_digest,
        ])
    }
}

/// The digest of what was there before and after; it stays when they are erased.
pub(super) fn detail_digest(before: Option<&str>, after: Option<&str>) -> [u8; 32] {
    digest(&[
        before.unwrap_or("").as_bytes(),
        after.unwrap_or("").as_bytes(),
    ])
}

/// BLAKE3 of several parts, each with its length, so that no two lists of parts look alike.
fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher
            .update(&(part.len() as u64).to_le_bytes())
            .update(part);
    }
    *hasher.finalize().as_bytes()
}

/// Where the audit trail does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// The event, or one before it, was altered, taken out or put in.
    Broken {
        /// The first event whose hash does not follow.
        event: i64,
    },
    /// The details of the event are not those that were written.
    DetailsAltered {
        /// The event.
        event: i64,
    },
}

/// Follows the chain from its beginning and gives the first fault. Details that were erased as a
/// whole are no fault. (Events cut off at the end leave no trace in the chain itself.)
pub async fn verify_chain(
    connection: &mut SqliteConnection,
) -> Result<Option<ChainFault>, AppError> {
    let (mut previous, mut last) = (Vec::new(), 0);
    loop {
        let rows = queries::chain_rows(connection, last, 1000).await?;
        let Some(end) = rows.last() else {
            return Ok(None);
        };
        last = end.id;
        for row in rows {
            if let Some(fault) = fault(&row, &previous) {
                return Ok(Some(fault));
            }
            previous = row.chain_hash;
        }
    }
}

fn fault(row: &queries::ChainRow, previous: &[u8]) -> Option<ChainFault> {
    let link = Link {
        at: row.at,
        account: row.account,
        action: &row.action,
        subject_kind: &row.subject_kind,
        subject_id: row.subject_id,
        program: row.program,
        detail_digest: &row.detail_digest,
    };
    if link.hash(previous).as_slice() != row.chain_hash {
        return Some(ChainFault::Broken { event: row.id });
    }
    let erased = row.before.is_none() && row.after.is_none();
    let details = detail_digest(row.before.as_deref(), row.after.as_deref());
    (!erased && details.as_slice() != row.detail_digest)
        .then_some(ChainFault::DetailsAltered { event: row.id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
    }
}
