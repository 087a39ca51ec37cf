//! What the server does by itself while it serves: reminders are written, messages go out.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{sync::Notify, task::JoinHandle, time::timeout};

use crate::{
    enrolment::operations::reminders::queue_reminders, messages::deliver_due, server::AppState,
};

/// How often the outbox is looked at: nobody waits long for the link they asked for.
const PAUSE: Duration = Duration::from_secs(5);

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

async fn work(state: AppState, stop: Arc<Stop>) {
    while !stop.asked.load(Ordering::Relaxed) {
        let (state, asked) = (state.clone(), Arc::clone(&stop));
        let run = async move {
            // An error is in the log under its number; the next run tries again.
            let _ = queue_reminders(&state).await;
            let _ = deliver_due(&state, || asked.asked.load(Ordering::Relaxed)).await;
        };
        // A task of its own: whatever goes wrong in it does not end the others to come.
        if tokio::spawn(run).await.is_err() {
            tracing::error!("the delivery of messages broke off");
        }
        let _ = timeout(PAUSE, stop.wake.notified()).await;
    }
}
