//! Failed sign-ins, counted per account and per address, kept over a restart.
//!
//! An attempt counts as a failure before the password is looked at, and is taken back when it was
//! right: however many guesses arrive at once, no more are looked at than one after the other.
//!
//! After five failures one waits, twice as long each time, but never more than 15 minutes: enough
//! to stop guessing (at most 96 guesses a day), and not enough for a stranger to lock the owner out
//! for long. An address may fail more often, for a whole institution may stand behind it. What
//! failed a day ago is forgotten. Keys are keyed hashes: the table tells nobody's address.

use chrono::{DateTime, Duration, Utc};
use sqlx::SqliteConnection;

use super::queries;
use crate::{
    error::{AppError, Reason},
    server::{AppState, ClientAddress},
};

const LONGEST_WAIT: Duration = Duration::minutes(15);
const FORGOTTEN_AFTER: Duration = Duration::hours(24);

/// A keyed hash of an account's or a device's address.
type Key = [u8; 32];

/// Failures that cost nothing yet.
const FREE_FOR_ACCOUNT: i64 = 5;
const FREE_FOR_ADDRESS: i64 = 100;
const FREE_REGISTRATIONS: i64 = 30;

/// Counts an attempt for account and address, or refuses it while one of them still waits.
pub async fn begin(state: &AppState, email: &str, address: ClientAddress) -> Result<(), AppError> {
    let account = (account_key(state, email), FREE_FOR_ACCOUNT);
    let address = (address_key(state, address), FREE_FOR_ADDRESS);
    count(state, &[account, address]).await
}

/// The same for the account alone: for one who is signed in and types the password again.
pub async fn begin_for_account(state: &AppState, email: &str) -> Result<(), AppError> {
    count(state, &[(account_key(state, email), FREE_FOR_ACCOUNT)]).await
}

/// Refuses while the address still waits: for one who registers, and has no account yet.
pub async fn check_address(state: &AppState, address: ClientAddress) -> Result<(), AppError> {
    let mut connection = state.database.read().await?;
    let key = registration_key(state, address);
    check_key(&mut connection, state.clock.now(), &key).await
}

/// Counts a registration that tried a document or address which is known here.
pub async fn record_address_failure(
    state: &AppState,
    address: ClientAddress,
) -> Result<(), AppError> {
    let key = registration_key(state, address);
    count(state, &[(key, FREE_REGISTRATIONS)]).await
}

async fn check_key(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    key: &Key,
) -> Result<(), AppError> {
    let blocked_until = queries::blocked_until(connection, key).await?;
    match blocked_until.filter(|until| *until > now) {
        Some(until) => Err(Reason::TooManyAttempts {
            minutes: minutes_left(until, now),
        }
        .into()),
        None => Ok(()),
    }
}

/// Refuses who still waits; else counts, makes wait who has failed too often, and forgets what is
/// old: in one transaction, so that attempts which arrive together are counted one by one.
async fn count(state: &AppState, keys: &[(Key, i64)]) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    for (key, _) in keys {
        check_key(&mut tx, now, key).await?;
    }
    queries::forget_failures_before(&mut tx, now - FORGOTTEN_AFTER).await?;
    for (key, free) in keys {
        let failures = queries::count_failure(&mut tx, key, now).await?;
        if let Some(wait) = wait_after(failures, *free) {
            queries::block(&mut tx, key, now + wait).await?;
        }
    }
    tx.commit().await
}

/// Forgets an account's failures after it has signed in, and takes back what [`begin`] counted
/// for the address.
pub async fn forgive(
    state: &AppState,
    email: &str,
    address: ClientAddress,
) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    queries::forget_failures(&mut tx, &account_key(state, email)).await?;
    let address = address_key(state, address);
    queries::take_back_failure(&mut tx, &address, FREE_FOR_ADDRESS).await?;
    tx.commit().await
}

/// Forgets an account's failures after its password was typed rightly or set anew.
pub async fn forgive_account(state: &AppState, email: &str) -> Result<(), AppError> {
    let mut tx = state.database.write().await?;
    queries::forget_failures(&mut tx, &account_key(state, email)).await?;
    tx.commit().await
}

/// How many accounts and addresses wait at the moment.
pub async fn blocked_now(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> Result<i64, AppError> {
    Ok(queries::blocked_now(connection, now).await?)
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

fn account_key(state: &AppState, email: &str) -> Key {
    state.secrets.lookup_hash("sign-in account", email)
}

fn address_key(state: &AppState, address: ClientAddress) -> Key {
    state
        .secrets
        .lookup_hash("sign-in address", &address.0.to_string())
}

fn registration_key(state: &AppState, address: ClientAddress) -> Key {
    state
        .secrets
        .lookup_hash("registration address", &address.0.to_string())
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
