//! A session as whoever opens it stands to it.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::{
    access::{Viewer, policy::ActionKind},
    enrolment::EnrolmentId,
    error::AppError,
    learning::{
        StepId,
        queries::{self, StepLine},
        trail::Trail,
        unit::{self, Unit},
    },
    sessions::SessionId,
};

/// A session with its steps, for somebody who takes part in it or works for it.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The session.
    pub unit: Unit,
    /// Their enrolment; none: staff, who see how it looks and do nothing in it.
    pub enrolment: Option<EnrolmentId>,
    /// What is done, and what may be done.
    pub trail: Trail,
    pub(in crate::learning) steps: Vec<StepLine>,
}

impl Lesson {
    /// Whether this step may be looked at; staff sees all.
    pub fn may_read(&self, step: StepId) -> bool {
        self.enrolment.is_none() || self.trail.may_read(step)
    }

    /// Where a step stands, counted from 1.
    pub fn position(&self, step: StepId) -> Option<usize> {
        let at = self.steps.iter().position(|line| line.id == step);
        at.map(|index| index + 1)
    }
}

/// Opens a session. Whoever neither takes part in its edition nor works for it is told that there
/// is none.
pub async fn lesson(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<Lesson, AppError> {
    let unit = unit::find(connection, session).await?;
    let enrolment = queries::enrolment_in(connection, viewer.person, unit.edition).await?;
    if enrolment.is_none() && !unit.allows(viewer, ActionKind::ReadEdition) {
        return Err(AppError::NotFound);
    }
    let steps = queries::steps(connection, session, enrolment).await?;
    let credited = match enrolment {
        Some(enrolment) => queries::is_credited(connection, enrolment, session).await?,
        None => false,
    };
    let trail = Trail {
        steps: steps.iter().map(|line| (line.id, line.done)).collect(),
        credited,
        open: unit.is_open(now),
    };
    Ok(Lesson {
        unit,
        enrolment,
        trail,
        steps,
    })
}
