//! What the server does by itself while it serves: reminders are written, messages go out,
//! what nobody finished is erased, and who is new in the register is compared with the others.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Notify, task::JoinHandle, time::timeout};

use crate::{
    access::{ManageEnrolments, system_permit, waiting::forget_expired},
    enrolment::{
        operations::{self, reminders::queue_reminders},
        queries::editions_with_offers_over,
    },
    error::AppError,
    merging::operations::compare_some,
    messages::deliver_due,
    server::AppState,
};

/// How often the outbox is looked at: nobody waits long for the link they asked for.
const PAUSE: Duration = Duration::from_secs(5);

/// The same while records are still compared: a register that was just loaded is done in minutes,
/// and whoever writes comes in between.
const SHORT_PAUSE: Duration = Duration::from_millis(200);

/// How long a message under way is waited for when the server stops. What is cut off is settled by
/// its lease.
const PATIENCE: Duration = Duration::from_secs(20);

/// The work, until it is stopped.
#[derive(Debug)]
pub(super) struct Background {
    stop: Arc<Stop>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Stop {
    asked: AtomicBool,
    wake: Notify,
}

/// Begins.
pub(super) fn start(state: &AppState) -> Background {
    let stop = Arc::new(Stop::default());
    let task = tokio::spawn(work(state.clone(), Arc::clone(&stop)));
    Background { stop, task }
}

impl Background {
    /// Ends after the message under way.
    pub(super) async fn stop(mut self) {
        self.stop.asked.store(true, Ordering::Relaxed);
        self.stop.wake.notify_one();
        if timeout(PATIENCE, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

/// Ends the offers of seats whose time is over, an edition at a time.
pub async fn end_offers(state: &AppState) -> Result<i64, AppError> {
    let mut connection = state.database.read().await?;
    let editions = editions_with_offers_over(&mut connection, state.clock.now()).await?;
    drop(connection);
    let mut ended = 0;
    for edition in editions {
        let mut tx = state.database.write().await?;
        let permit = system_permit(&mut tx, ManageEnrolments(edition)).await?;
        ended += operations::end_offers(state, &mut tx, &permit).await?;
        tx.commit().await?;
    }
    Ok(ended)
}

async fn work(state: AppState, stop: Arc<Stop>) {
    while !stop.asked.load(Ordering::Relaxed) {
        let (state, asked) = (state.clone(), Arc::clone(&stop));
        let run = async move {
            // An error is in the log under its number; the next run tries again.
            let _ = end_offers(&state).await;
            let _ = forget_expired(&state).await;
            let _ = queue_reminders(&state).await;
            let compared = compare_some(&state).await;
            let _ = deliver_due(&state, || asked.asked.load(Ordering::Relaxed)).await;
            pause_after(&compared)
        };
        // A task of its own: whatever goes wrong in it does not end the others to come.
        let pause = tokio::spawn(run).await.unwrap_or_else(|_| {
            tracing::error!("what is done in the background broke off");
            PAUSE
        });
        let _ = timeout(pause, stop.wake.notified()).await;
    }
}

/// How long to wait after records were compared: an error is no reason to hurry.
fn pause_after(compared: &Result<usize, AppError>) -> Duration {
    match compared {
        Ok(0) | Err(_) => PAUSE,
        Ok(_) => SHORT_PAUSE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_that_wait_to_be_compared_do_not_wait_long() {
        for (compared, pause) in [
            (Ok(0), PAUSE),
            (Ok(1), SHORT_PAUSE),
            (Ok(200), SHORT_PAUSE),
            (Err(AppError::NotFound), PAUSE),
        ] {
            assert_eq!(pause_after(&compared), pause, "{compared:?}");
        }
    }
}
