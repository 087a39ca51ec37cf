//! Taking messages out of the outbox and handing them to the mail server.

use chrono::{DateTime, Duration, Utc};

use super::{
    DeliveryState, MailServer, MessageId, Trouble, letter,
    operations::revealed,
    queries::{self, Claimed},
    smtp::{Line, Obstacle},
};
use crate::{error::AppError, server::AppState};

/// How long whoever sends a message has it: longer than any attempt takes.
const LEASE: Duration = Duration::minutes(15);

/// The first wait after an attempt; each later one is twice as long.
const FIRST_WAIT: Duration = Duration::minutes(1);

/// The longest wait.
const LONGEST_WAIT: Duration = Duration::hours(4);

/// Attempts of one message; with their waits they take some two days.
const MOST_TRIES: i64 = 20;

/// What was due so long ago is not sent by itself any more: it lay without a mail server.
const TOO_OLD: Duration = Duration::days(3);

/// Messages in one run; the next follows within seconds.
const IN_ONE_RUN: usize = 500;

/// What became of the messages of one run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the mail server.
    pub sent: usize,
    /// To be tried later.
    pub later: usize,
    /// Not tried again.
    pub failed: usize,
    /// Perhaps sent.
    pub uncertain: usize,
}

/// What became of one attempt.
enum Outcome {
    Sent,
    NotSent(Obstacle),
    /// Somebody else has it now: the lease had ended.
    NotOurs,
}

/// Sends what is due, one message after the other, until none is left, the mail server stands
/// against it, or `stop` says so. Without a mail server it only takes out what is of no use.
pub async fn deliver_due(
    state: &AppState,
    stop: impl Fn() -> bool + Send,
) -> Result<Delivered, AppError> {
    let mut delivered = Delivered::default();
    clear_up(state).await?;
    let Some(server) = &state.config.mail else {
        return Ok(delivered);
    };
    let mut line = Line::new(server);
    for _ in 0..IN_ONE_RUN {
        if stop() {
            break;
        }
        let Some(claimed) = claim(state).await? else {
            break;
        };
        let outcome = attempt(state, server, &mut line, &claimed).await?;
        let goes_on = !matches!(&outcome, Outcome::NotSent(obstacle) if obstacle.stops_all);
        record(state, &claimed, outcome, &mut delivered).await?;
        if !goes_on {
            break;
        }
    }
    line.close().await;
    Ok(delivered)
}

/// Settles what somebody left behind, and takes out what is of no use any more. Writes nothing
/// where there is nothing to do.
async fn clear_up(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let too_old = state.config.mail.is_some().then(|| now - TOO_OLD);
    let mut connection = state.database.read().await?;
    if !queries::has_to_clear_up(&mut connection, now, too_old).await? {
        return Ok(());
    }
    drop(connection);
    let mut tx = state.database.write().await?;
    queries::settle_leases(&mut tx, now).await?;
    queries::expire(&mut tx, now).await?;
    queries::erase_secrets(&mut tx, now).await?;
    queries::erase_to_nobody(&mut tx, now).await?;
    if let Some(before) = too_old {
        queries::fail_too_old(&mut tx, before).await?;
    }
    tx.commit().await
}

/// The next message that is due, taken for this attempt.
async fn claim(state: &AppState) -> Result<Option<Claimed>, AppError> {
    let now = state.clock.now();
    let mut connection = state.database.read().await?;
    if !queries::is_due(&mut connection, now).await? {
        return Ok(None);
    }
    drop(connection);
    let mut tx = state.database.write().await?;
    let claimed = queries::claim(&mut tx, now, now + LEASE).await?;
    tx.commit().await?;
    Ok(claimed)
}

async fn attempt(
    state: &AppState,
    server: &MailServer,
    line: &mut Line<'_>,
    claimed: &Claimed,
) -> Result<Outcome, AppError> {
    let body = revealed(state, &claimed.body, claimed.secret.as_deref());
    let written = body.and_then(|body| letter::write(&server.from, claimed, &body, claimed.at));
    let Some((envelope, text)) = written else {
        return Ok(Outcome::NotSent(Obstacle {
            trouble: Trouble::BadAddress,
            reply: None,
            stops_all: false,
        }));
    };
    if let Err(obstacle) = line.announce(&envelope).await {
        return Ok(Outcome::NotSent(obstacle));
    }
    let mut tx = state.database.write().await?;
    let ours = queries::mark_handed_over(&mut tx, claimed, state.clock.now()).await?;
    tx.commit().await?;
    if !ours {
        line.break_off().await;
        return Ok(Outcome::NotOurs);
    }
    Ok(match line.hand_over(&text).await {
        Ok(()) => Outcome::Sent,
        Err(obstacle) => Outcome::NotSent(obstacle),
    })
}

async fn record(
    state: &AppState,
    claimed: &Claimed,
    outcome: Outcome,
    delivered: &mut Delivered,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    match outcome {
        Outcome::Sent => {
            queries::record_sent(&mut tx, claimed, now).await?;
            delivered.sent += 1;
        }
        Outcome::NotSent(obstacle) => {
            log(claimed.id, obstacle.trouble);
            match next_try(claimed.tries, obstacle.trouble, now) {
                Next::At(due) => {
                    queries::record_later(&mut tx, claimed, due, &obstacle).await?;
                    delivered.later += 1;
                }
                Next::Never => {
                    queries::record_end(&mut tx, claimed, DeliveryState::Failed, &obstacle).await?;
                    delivered.failed += 1;
                }
                Next::Unknown => {
                    queries::record_end(&mut tx, claimed, DeliveryState::Uncertain, &obstacle)
                        .await?;
                    delivered.uncertain += 1;
                }
            }
        }
        Outcome::NotOurs => (),
    }
    tx.commit().await
}

/// By its number alone: whom it is for and what it says is nobody's business.
fn log(message: MessageId, trouble: Trouble) {
    tracing::warn!(%message, %trouble, "a message was not sent");
}

/// What comes after an attempt that met an obstacle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    At(DateTime<Utc>),
    Never,
    Unknown,
}

fn next_try(tries: i64, trouble: Trouble, now: DateTime<Utc>) -> Next {
    match trouble {
        Trouble::NoAnswer => Next::Unknown,
        Trouble::Deferred | Trouble::Unreachable | Trouble::SenderRefused => {
            if tries >= MOST_TRIES {
                Next::Never
            } else {
                Next::At(now + wait(tries))
            }
        }
        _ => Next::Never,
    }
}

/// The wait after so many attempts.
fn wait(tries: i64) -> Duration {
    let doublings = u32::try_from(tries - 1).unwrap_or(0).min(16);
    (FIRST_WAIT * 2_i32.pow(doublings)).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_four_hours() {
        for (tries, minutes) in [
            (1, 1),
            (2, 2),
            (3, 4),
            (8, 128),
            (9, 240),
            (10, 240),
            (19, 240),
            (1000, 240),
        ] {
            assert_eq!(wait(tries).num_minutes(), minutes, "{tries}");
        }
        let all: i64 = (1..MOST_TRIES).map(|tries| wait(tries).num_hours()).sum();
        assert!((40..=50).contains(&all), "{all} hours");
    }

    #[test]
    fn what_comes_after_an_obstacle() {
        let now = DateTime::UNIX_EPOCH;
        let soon = Next::At(now + FIRST_WAIT);
        for (trouble, tries, next) in [
            (Trouble::Deferred, 1, soon),
            (Trouble::Unreachable, 1, soon),
            (Trouble::SenderRefused, 1, soon),
            (Trouble::Deferred, MOST_TRIES, Next::Never),
            (Trouble::Unreachable, MOST_TRIES, Next::Never),
            (Trouble::Rejected, 1, Next::Never),
            (Trouble::BadAddress, 1, Next::Never),
            (Trouble::NoAnswer, 1, Next::Unknown),
            (Trouble::NoAnswer, MOST_TRIES, Next::Unknown),
        ] {
            assert_eq!(next_try(tries, trouble, now), next, "{trouble} {tries}");
        }
    }
}
