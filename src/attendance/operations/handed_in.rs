//! Marks that were made without a connection, and handed in later.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{
    Standing,
    mark::{NewMark, append, must_take_part, permitted_session},
    must_be_open, must_have_begun, refuse_own,
    session::{Changes, record},
};
use crate::{
    access::{AccountId, Permit, TakeAttendance},
    attendance::{
        ClientKey, MarkId, MarkSource, MarkStatus,
        queries::{self, MarkedSession},
    },
    enrolment::EnrolmentId,
    error::{AppError, Fault},
    sessions::SessionId,
};

/// What was said of somebody at another time.
#[derive(Debug)]
pub struct Said {
    /// About whom.
    pub enrolment: EnrolmentId,
    /// What.
    pub status: MarkStatus,
    /// Minutes attended, for [`MarkStatus::Partial`] alone.
    pub minutes: Option<i64>,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub marker: AccountId,
    /// The newest mark of the cell that they had seen.
    pub seen: Option<MarkId>,
    /// The phone's name for it.
    pub key: ClientKey,
}

/// Marks of one session that come in together: one event tells of all of them.
pub struct HandIn<'a> {
    permit: &'a Permit<TakeAttendance>,
    session: MarkedSession,
    changes: Changes,
}

impl<'a> HandIn<'a> {
    /// For a session of the permitted edition; `NotFound` for any other.
    pub async fn begin(
        connection: &mut SqliteConnection,
        permit: &'a Permit<TakeAttendance>,
        session: SessionId,
    ) -> Result<Self, AppError> {
        let session = permitted_session(connection, permit, session).await?;
        Ok(Self {
            permit,
            session,
            changes: Changes::default(),
        })
    }

    /// Asks the rules as they are now, and the session's time as it was then.
    ///
    /// # Errors
    /// `NotTakingPart`, `OwnRecord`, `EditionClosed`, `SessionNotBegun`, and `BadMinutes` at
    /// `minutes`, the first that holds.
    pub async fn check(
        &self,
        connection: &mut SqliteConnection,
        said: &Said,
    ) -> Result<(), AppError> {
        must_take_part(connection, said.enrolment, &self.session).await?;
        refuse_own(connection, self.permit, said.enrolment).await?;
        must_be_open(self.session.state)?;
        must_have_begun(&self.session, said.status, said.at)?;
        let minutes = said
            .status
            .minutes(said.minutes, self.session.planned_minutes);
        let bad = |fault: Fault| AppError::field("minutes", fault);
        minutes.map(drop).map_err(bad)
    }

    /// Appends what [`Self::check`] has let through, and gives the mark.
    pub async fn append(
        &mut self,
        connection: &mut SqliteConnection,
        said: Said,
    ) -> Result<Option<MarkId>, AppError> {
        let session = &self.session;
        let marks = queries::marks_of_cell(connection, said.enrolment, session.id).await?;
        let before = Standing::of(&marks);
        let new = NewMark {
            enrolment: said.enrolment,
            session: session.id,
            status: said.status,
            minutes: said.minutes,
            source: MarkSource::Offline,
            client_key: Some(said.key),
            seen: said.seen,
            reason: None,
        };
        let (at, marker) = (said.at, Some(said.marker));
        let after = append(connection, at, marker, session, &new, &before).await?;
        self.changes.push(new.enrolment, session, &before, &after);
        Ok(after.newest())
    }

    /// Tells the audit trail of all that was appended.
    pub async fn record(
        self,
        connection: &mut SqliteConnection,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        record(connection, now, self.permit, &self.session, self.changes).await?;
        Ok(())
    }
}
