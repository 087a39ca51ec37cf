//! Doing steps.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Lesson, lesson};
use crate::{
    access::{ActAsParticipant, Permit, Viewer, permit},
    attendance,
    enrolment::EnrolmentId,
    error::{AppError, Fault, Reason},
    learning::{
        OptionId, StepId, StepKind,
        queries::{self, StepRow},
        trail::Doing,
    },
    paths::{self, Path},
    server::AppState,
    sessions::SessionId,
};

/// Where a learner goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Onward {
    /// The session.
    pub session: SessionId,
    /// The next step; none: it is finished.
    pub next: Option<StepId>,
}

impl Onward {
    /// The page to go to.
    pub fn path(self) -> Path {
        match self.next {
            Some(step) => paths::learn_step(self.session, step),
            None => paths::learn(self.session),
        }
    }
}

/// Marks a text, a file or a link as done. Done twice, it changes nothing.
///
/// `EarlierStepOpen`, `SessionNotOpen`; a question is answered, not passed by: `Missing` at
/// `option`.
pub async fn continue_step(
    state: &AppState,
    viewer: &Viewer,
    step: StepId,
) -> Result<Onward, AppError> {
    let mut tx = state.database.write().await?;
    let mut study = Study::begin(&mut tx, viewer, step, state.clock.now()).await?;
    if study.step.kind == StepKind::Question && study.doing()? == Doing::Now {
        return Err(AppError::field("option", Fault::Missing));
    }
    study.mark_done(&mut tx).await?;
    let onward = study.desk.settle(&mut tx).await?;
    tx.commit().await?;
    Ok(onward)
}

/// Answers a question that stood at `version` when it was shown. Gives what the author says to the
/// right answer; a wrong one is refused with `WrongAnswer` and leaves no trace.
pub async fn answer(
    state: &AppState,
    viewer: &Viewer,
    step: StepId,
    version: i64,
    option: OptionId,
) -> Result<(Onward, String), AppError> {
    let mut tx = state.database.write().await?;
    let mut study = Study::begin(&mut tx, viewer, step, state.clock.now()).await?;
    if study.step.kind != StepKind::Question {
        return Err(AppError::NotFound);
    }
    let mut feedback = String::new();
    if study.doing()? == Doing::Now {
        if study.step.version != version {
            return Err(Reason::ChangedMeanwhile.into());
        }
        feedback = right_answer(&mut tx, step, option).await?;
        study.mark_done(&mut tx).await?;
    }
    let onward = study.desk.settle(&mut tx).await?;
    tx.commit().await?;
    Ok((onward, feedback))
}

/// Finishes a session whose steps are all done and which was not credited yet: the last open step
/// was taken out of it. `EarlierStepOpen` while there is something to do.
pub async fn finish(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
) -> Result<Onward, AppError> {
    let mut tx = state.database.write().await?;
    let desk = Desk::open(&mut tx, viewer, session, state.clock.now()).await?;
    if !desk.lesson.trail.is_finished() {
        return Err(Reason::EarlierStepOpen.into());
    }
    if !desk.lesson.trail.credited && !desk.lesson.trail.open {
        return Err(Reason::SessionNotOpen.into());
    }
    let onward = desk.settle(&mut tx).await?;
    tx.commit().await?;
    Ok(onward)
}

/// What the author says to this answer, if it is the right one.
async fn right_answer(
    connection: &mut SqliteConnection,
    step: StepId,
    option: OptionId,
) -> Result<String, AppError> {
    let options = queries::options(connection, step).await?;
    let chosen = options.into_iter().find(|other| other.id == option);
    let chosen = chosen.ok_or_else(|| AppError::field("option", Fault::UnknownChoice))?;
    let feedback = chosen.feedback;
    if chosen.correct {
        Ok(feedback)
    } else {
        Err(Reason::WrongAnswer { feedback }.into())
    }
}

/// A learner with the session they have opened.
struct Desk {
    permit: Permit<ActAsParticipant>,
    enrolment: EnrolmentId,
    lesson: Lesson,
    now: DateTime<Utc>,
}

impl Desk {
    /// Staff may look at a session, and is told that doing its steps is not theirs.
    async fn open(
        connection: &mut SqliteConnection,
        viewer: &Viewer,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        let permit = permit(connection, viewer, ActAsParticipant(viewer.person)).await?;
        let lesson = lesson(connection, viewer, session, now).await?;
        Ok(Self {
            permit,
            enrolment: lesson.enrolment.ok_or(AppError::Forbidden)?,
            lesson,
            now,
        })
    }

    /// Credits the session if there is nothing left to do, and says where to go on.
    async fn settle(&self, connection: &mut SqliteConnection) -> Result<Onward, AppError> {
        let trail = &self.lesson.trail;
        let session = self.lesson.unit.session;
        if trail.is_complete() && trail.open && !trail.credited {
            let (now, permit) = (self.now, &self.permit);
            attendance::credit(connection, now, permit, self.enrolment, session).await?;
        }
        let next = trail.next().filter(|_| trail.open);
        Ok(Onward { session, next })
    }
}

/// A learner at one step.
struct Study {
    desk: Desk,
    step: StepRow,
}

impl Study {
    async fn begin(
        connection: &mut SqliteConnection,
        viewer: &Viewer,
        step: StepId,
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        let step = queries::step(connection, step)
            .await?
            .ok_or(AppError::NotFound)?;
        let desk = Desk::open(connection, viewer, step.session, now).await?;
        Ok(Self { desk, step })
    }

    fn doing(&self) -> Result<Doing, AppError> {
        self.desk.lesson.trail.doing(self.step.id)
    }

    async fn mark_done(&mut self, connection: &mut SqliteConnection) -> Result<(), AppError> {
        if self.doing()? == Doing::Again {
            return Ok(());
        }
        let (enrolment, step) = (self.desk.enrolment, self.step.id);
        queries::insert_done(connection, enrolment, step, self.desk.now).await?;
        self.desk.lesson.trail.mark(step);
        Ok(())
    }
}
