//! Failed sign-ins, counted per account and per address, kept over a restart.
//!
//! After five failures one waits, twice as long each time, but never more than 15 minutes: enough
//! to stop guessing (at most 96 guesses a day), and not enough for a stranger to lock the owner out
//! for long. An address may fail more often, for a whole institution may stand behind it. What
//! failed a day ago is forgotten. Keys are keyed hashes: the table tells nobody's address.

use chrono::{DateTime, Duration, Utc};

use super::queries;
use crate::{
    error::{AppError, Reason},
    server::{AppState, ClientAddress},
};

const LONGEST_WAIT: Duration = Duration::minutes(15);
const FORGOTTEN_AFTER: Duration = Duration::hours(24);

/// Failures that cost nothing yet.
const FREE_FOR_ACCOUNT: i64 = 5;
const FREE_FOR_ADDRESS: i64 = 30;

/// Refuses while one of both still waits.
pub async fn check(state: &AppState, email: &str, address: ClientAddress) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut connection = state.database.read().await?;
    for key in [account_key(state, email), address_key(state, address)] {
        let blocked_until = queries::blocked_until(&mut connection, &key).await?;
        if let Some(until) = blocked_until.filter(|until| *until > now) {
            return Err(Reason::TooManyAttempts {
                minutes: minutes_left(until, now),
            }
            .into());
        }
    }
    Ok(())
}

/// Counts a failure for both.
pub async fn record_failure(
    state: &AppState,
    email: &str,
    address: ClientAddress,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let keys = [
        (account_key(state, email), FREE_FOR_ACCOUNT),
        (address_key(state, address), FREE_FOR_ADDRESS),
    ];
    let mut tx = state.database.write().await?;
    for (key, free) in keys {
        let failures = queries::count_failure(&mut tx, &key, now, now - FORGOTTEN_AFTER).await?;
        if let Some(wait) = wait_after(failures, free) {
            queries::block(&mut tx, &key, now + wait).await?;
        }
    }
    tx.commit().await
}

/// Forgets an account's failures after it has signed in.
pub async fn forgive(state: &AppState, email: &str) -> Result<(), AppError> {
    let key = account_key(state, email);
    let mut connection = state.database.read().await?;
    let counted = queries::has_failures(&mut connection, &key).await?;
    drop(connection);
    if !counted {
        return Ok(());
    }
    let mut tx = state.database.write().await?;
    queries::forget_failures(&mut tx, &key).await?;
    tx.commit().await
}

/// How long one waits after so many failures, of which some are free.
fn wait_after(failures: i64, free: i64) -> Option<Duration> {
    let beyond = u32::try_from(failures - free).ok()?;
    let minutes = 1_i64.checked_shl(beyond.min(10)).unwrap_or(i64::MAX);
    Some(Duration::minutes(minutes).min(LONGEST_WAIT))
}

fn minutes_left(until: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    ((until - now).num_seconds() + 59) / 60
}

fn account_key(state: &AppState, email: &str) -> [u8; 32] {
    state.secrets.lookup_hash("sign-in account", email)
}

fn address_key(state: &AppState, address: ClientAddress) -> [u8; 32] {
    state
        .secrets
        .lookup_hash("sign-in address", &address.0.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_stay_short() {
        let waits = [
            (0, None),
            (4, None),
            (5, Some(1)),
            (6, Some(2)),
            (7, Some(4)),
            (8, Some(8)),
            (9, Some(15)),
            (5000, Some(15)),
        ];
        for (failures, minutes) in waits {
            assert_eq!(
                wait_after(failures, FREE_FOR_ACCOUNT),
                minutes.map(Duration::minutes),
                "{failures}"
            );
        }
    }

    #[test]
    fn minutes_round_up() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        assert_eq!(minutes_left(now + Duration::seconds(1), now), 1);
        assert_eq!(minutes_left(now + Duration::seconds(60), now), 1);
        assert_eq!(minutes_left(now + Duration::seconds(61), now), 2);
    }
}
