//! Attempts to sign in and to register, counted per account and per address, kept over a restart.
//!
//! An attempt is counted before the password is looked at, in one transaction with the question
//! whether it may be made, and is given back when it succeeds: however many arrive at once, no more
//! are looked at than are allowed. Attempts on one account wait for each other ([`Turns`]), so that
//! somebody who signs in on several devices at once is not taken for one who guesses.
//!
//! What is as quick to look at as to count need not be counted first: a room's code is looked at in
//! the one transaction that asks whether a try is free and then either does what was asked or counts
//! the try ([`ask`]). One writer at a time makes that as safe, and a crowd that types the right code
//! writes nothing here.
//!
//! After a few free attempts one waits, twice as long each time, but never more than 15 minutes.
//! Counts leak: an account's by one in 15 minutes, so that guessing comes to some hundred tries a
//! day; an address's by one a minute, for a whole institution may stand behind it. Who registers,
//! tries out who is registered, or asks for links waits as long as it takes for one to leak. An account that
//! a stranger keeps waiting still lets its owner in on a device where they signed in before, for
//! such a device is counted apart; and a link to a new password forgives everything.
//!
//! Keys are keyed hashes: the table tells nobody's address. Its `last_at` is the moment up to which
//! a count has leaked.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use sqlx::SqliteConnection;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{
    AccountId,
    queries::{self, Failures},
};
use crate::{
    error::{AppError, Reason},
    server::{AppState, ClientAddress},
};

const FIRST_WAIT: Duration = Duration::minutes(1);

const LONGEST_WAIT: Duration = Duration::minutes(15);

/// By then the fullest count has leaked away.
const FORGOTTEN_AFTER: Duration = Duration::hours(24);

/// Who makes an attempt.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// Somebody who names this account's address.
    Account(&'a str),
    /// A device where this account signed in before.
    KnownDevice(AccountId),
    /// Somebody who is signed in and types the password again.
    SignedIn(AccountId),
    /// Whoever signs in from an address of the network.
    Address(ClientAddress),
    /// Whoever registers from an address of the network.
    Registering(ClientAddress),
    /// Whoever registers, from an address of the network, somebody who is registered already.
    RegisteringKnown(ClientAddress),
    /// Whoever has the link to a waiting registration, named by its hash, and types its password.
    FinishingRegistration(&'a str),
    /// A mailbox from which somebody tried to register who is registered already.
    RefusedMailbox(&'a str),
    /// Whoever asks, from an address of the network, for a link to a new password.
    AskingForLink(ClientAddress),
    /// Somebody who is signed in and types a room's code.
    TypingCode(AccountId),
    /// Whoever writes, from an address of the network, that they came without being enrolled.
    WalkingIn(ClientAddress),
}

/// How many attempts are free, and how soon one of them is forgotten.
#[derive(Clone, Copy, Debug)]
struct Patience {
    free: i64,
    leak: Duration,
    longest_wait: Duration,
    /// The first wait; each later one is twice as long.
    first_wait: Duration,
}

/// With one person.
const PERSON: Patience = Patience {
    free: 5,
    leak: Duration::minutes(15),
    longest_wait: LONGEST_WAIT,
    first_wait: FIRST_WAIT,
};

/// With all who share an address.
const ADDRESS: Patience = Patience {
    free: 300,
    leak: Duration::minutes(1),
    longest_wait: LONGEST_WAIT,
    first_wait: FIRST_WAIT,
};

/// With all who register from one address: a room full of people at once, forty a day.
const REGISTERING: Patience = Patience {
    free: 40,
    leak: Duration::minutes(36),
    longest_wait: Duration::minutes(36),
    first_wait: FIRST_WAIT,
};

/// With all who, from one address, try to register who is registered already.
const REGISTERING_KNOWN: Patience = Patience {
    free: 5,
    leak: Duration::minutes(30),
    longest_wait: Duration::minutes(30),
    first_wait: FIRST_WAIT,
};

/// With a mailbox that was refused an account: one try a day.
const REFUSED_MAILBOX: Patience = Patience {
    free: 1,
    leak: FORGOTTEN_AFTER,
    longest_wait: FORGOTTEN_AFTER,
    first_wait: FORGOTTEN_AFTER,
};

/// With all who ask for links from one address.
const ASKING_FOR_LINK: Patience = Patience {
    free: 20,
    leak: Duration::minutes(10),
    longest_wait: Duration::minutes(10),
    first_wait: FIRST_WAIT,
};

/// With somebody who types the code of a room: it changes while one types.
const TYPING_CODE: Patience = Patience {
    free: 10,
    leak: Duration::minutes(1),
    longest_wait: Duration::minutes(4),
    first_wait: FIRST_WAIT,
};

/// With all who write from one address that they came without being enrolled: a whole room.
const WALKING_IN: Patience = Patience {
    free: 60,
    leak: Duration::minutes(1),
    longest_wait: Duration::minutes(5),
    first_wait: FIRST_WAIT,
};

/// What a success does to what was counted.
#[derive(Clone, Copy, Debug)]
enum OnSuccess {
    /// Everything is forgiven: the owner was there.
    Forgive,
    /// One attempt is given back: others may share the address.
    GiveBack,
    /// It stays counted: successes are what is limited.
    Keep,
}

/// A subject as the table knows it.
#[derive(Clone, Copy, Debug)]
struct Counted {
    key: [u8; 32],
    patience: Patience,
    on_success: OnSuccess,
}

impl Subject<'_> {
    fn counted(self, state: &AppState) -> Counted {
        let (purpose, text, patience) = match self {
            Self::Account(email) => ("sign-in account", email.to_owned(), PERSON),
            Self::KnownDevice(account) => ("sign-in known device", account.to_string(), PERSON),
            Self::SignedIn(account) => ("password again", account.to_string(), PERSON),
            Self::Address(address) => ("sign-in address", address.network(), ADDRESS),
            Self::Registering(address) => ("register address", address.network(), REGISTERING),
            Self::RegisteringKnown(address) => {
                ("register known", address.network(), REGISTERING_KNOWN)
            }
            Self::FinishingRegistration(hash) => ("registration", hash.to_owned(), PERSON),
            Self::RefusedMailbox(email) => ("refused mailbox", email.to_owned(), REFUSED_MAILBOX),
            Self::AskingForLink(address) => ("link address", address.network(), ASKING_FOR_LINK),
            Self::TypingCode(account) => ("room code", account.to_string(), TYPING_CODE),
            Self::WalkingIn(address) => ("walk-in address", address.network(), WALKING_IN),
        };
        let on_success = match self {
            Self::Account(_)
            | Self::KnownDevice(_)
            | Self::SignedIn(_)
            | Self::FinishingRegistration(_)
            | Self::TypingCode(_) => OnSuccess::Forgive,
            Self::Address(_) | Self::RegisteringKnown(_) => OnSuccess::GiveBack,
            Self::Registering(_)
            | Self::RefusedMailbox(_)
            | Self::AskingForLink(_)
            | Self::WalkingIn(_) => OnSuccess::Keep,
        };
        Counted {
            key: state.secrets.lookup_hash(purpose, &text),
            patience,
            on_success,
        }
    }
}

/// Lets attempts on one account pass one after the other.
#[derive(Debug, Default)]
pub struct Turns([Arc<Mutex<()>>; 32]);

impl Turns {
    /// Accounts that share a place wait for each other without need, and for a moment only.
    async fn take(&self, key: &[u8; 32]) -> OwnedMutexGuard<()> {
        let place = usize::from(key[0]) % self.0.len();
        Arc::clone(&self.0[place]).lock_owned().await
    }
}

/// An attempt that is counted and may be made. Dropped, it stays counted.
#[derive(Debug)]
pub struct Attempt {
    counted: Vec<Counted>,
    _turn: OwnedMutexGuard<()>,
}

/// Counts an attempt for all its subjects, the person first; refuses while any of them waits.
pub async fn begin(state: &AppState, subjects: &[Subject<'_>]) -> Result<Attempt, AppError> {
    let counted: Vec<Counted> = subjects.iter().map(|one| one.counted(state)).collect();
    let first = counted.first().expect("an attempt is somebody's");
    let mut connection = state.database.read().await?;
    unless_waiting(&mut connection, state.clock.now(), &counted).await?;
    drop(connection);
    let turn = state.turns.take(&first.key).await;
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let found = unless_waiting(&mut tx, now, &counted).await?;
    queries::forget_failures_before(&mut tx, now - FORGOTTEN_AFTER).await?;
    for (one, found) in counted.iter().zip(found) {
        count(&mut tx, now, one, found).await?;
    }
    tx.commit().await?;
    Ok(Attempt {
        counted,
        _turn: turn,
    })
}

impl Attempt {
    /// Takes back what was counted: it succeeded.
    pub async fn succeeded(&self, connection: &mut SqliteConnection) -> Result<(), AppError> {
        for one in &self.counted {
            match one.on_success {
                OnSuccess::Forgive => queries::forget_failures(connection, &one.key).await?,
                OnSuccess::GiveBack => {
                    queries::give_back_failure(connection, &one.key, one.patience.free).await?;
                }
                OnSuccess::Keep => {}
            }
        }
        Ok(())
    }
}

/// A try that is free, asked for in the transaction that decides it. Nothing of it is counted yet.
#[derive(Debug)]
pub struct Try {
    counted: Counted,
    found: Option<Failures>,
}

/// Whether somebody has a try free; refuses while they wait.
///
/// The answer holds within the connection's writing transaction. Asked of a reading connection, it
/// only spares the writer those who wait.
pub async fn ask(
    connection: &mut SqliteConnection,
    state: &AppState,
    now: DateTime<Utc>,
    subject: Subject<'_>,
) -> Result<Try, AppError> {
    let counted = subject.counted(state);
    let found = unless_waiting(connection, now, &[counted]).await?;
    Ok(Try {
        counted,
        found: found.into_iter().next().flatten(),
    })
}

impl Try {
    /// Counts it: it failed.
    pub async fn failed(
        self,
        connection: &mut SqliteConnection,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        queries::forget_failures_before(connection, now - FORGOTTEN_AFTER).await?;
        count(connection, now, &self.counted, self.found).await
    }

    /// Forgives what was counted before; writes nothing where nothing was.
    pub async fn succeeded(self, connection: &mut SqliteConnection) -> Result<(), AppError> {
        if self.found.is_some() {
            queries::forget_failures(connection, &self.counted.key).await?;
        }
        Ok(())
    }
}

/// Forgets what was counted for an account: its owner has proved to be who they are.
pub async fn forgive(
    connection: &mut SqliteConnection,
    state: &AppState,
    account: AccountId,
    email: &str,
) -> Result<(), AppError> {
    let subjects = [
        Subject::Account(email),
        Subject::KnownDevice(account),
        Subject::SignedIn(account),
    ];
    for subject in subjects {
        queries::forget_failures(connection, &subject.counted(state).key).await?;
    }
    Ok(())
}

/// How many accounts and addresses wait at the moment.
pub async fn blocked_now(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> Result<i64, AppError> {
    Ok(queries::blocked_now(connection, now).await?)
}

/// What was counted for each, as long as none of them waits.
async fn unless_waiting(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    counted: &[Counted],
) -> Result<Vec<Option<Failures>>, AppError> {
    let mut all = Vec::with_capacity(counted.len());
    for one in counted {
        let found = queries::failures(connection, &one.key).await?;
        let until = found.and_then(|found| found.blocked_until);
        if let Some(until) = until.filter(|until| *until > now) {
            let minutes = minutes_left(until, now);
            return Err(Reason::TooManyAttempts { minutes }.into());
        }
        all.push(found.filter(|found| found.last_at >= now - FORGOTTEN_AFTER));
    }
    Ok(all)
}

/// Counts one attempt more than was found, and makes wait who has had too many.
async fn count(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
    one: &Counted,
    found: Option<Failures>,
) -> Result<(), AppError> {
    let before = found.map_or((0, now), |found| (found.failures, found.last_at));
    let (left, leaked_until) = leaked(before, now, one.patience.leak);
    let failures = left + 1;
    let counted = Failures {
        failures,
        last_at: leaked_until,
        blocked_until: wait_after(failures, one.patience).map(|wait| now + wait),
    };
    Ok(queries::set_failures(connection, &one.key, counted).await?)
}

/// What is left of a count, and up to when it has leaked: what has begun to leak goes on.
fn leaked(
    (failures, since): (i64, DateTime<Utc>),
    now: DateTime<Utc>,
    leak: Duration,
) -> (i64, DateTime<Utc>) {
    let times = ((now - since).num_seconds() / leak.num_seconds()).max(0);
    match i32::try_from(times) {
        Ok(drops) if times < failures => (failures - times, since + leak * drops),
        _ => (0, now),
    }
}

/// How long one waits after so many failures, of which some are free.
fn wait_after(failures: i64, patience: Patience) -> Option<Duration> {
    let beyond = u32::try_from(failures - patience.free).ok()?;
    let wait = patience.first_wait * 2_i32.pow(beyond.min(10));
    Some(wait.min(patience.longest_wait))
}

fn minutes_left(until: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    ((until - now).num_seconds() + 59) / 60
}

#[cfg(test)]
#[path = "throttle_tests.rs"]
mod tests;
