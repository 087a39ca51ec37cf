//! Adding, changing and deleting sessions.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::{
    access::{ManageProgram, Permit, Viewer, edition_of_session},
    audit::{self, Event},
    courses::{self, EditionHeader, EditionId, VenueId},
    error::{AppError, Fault, Reason},
    server::{AppState, WriteTx},
    sessions::{
        Session, SessionId, letters, queries,
        series::{self, SeriesForm},
        session::{Bounds, MeetingForm, NewSession, Setting, UnitForm},
    },
};

/// An edition that may be scheduled, and the transaction in which it is.
struct Scheduling {
    tx: WriteTx,
    now: DateTime<Utc>,
    permit: Permit<ManageProgram>,
    header: EditionHeader,
}

impl Scheduling {
    async fn begin(
        state: &AppState,
        viewer: &Viewer,
        edition: EditionId,
    ) -> Result<Self, AppError> {
        let mut tx = state.database.write().await?;
        let permit = courses::operations::manage_edition(&mut tx, viewer, edition).await?;
        let header = courses::queries::header(&mut tx, edition)
            .await?
            .ok_or(AppError::NotFound)?;
        if header.is_locked() {
            return Err(Reason::EditionClosed.into());
        }
        Ok(Self {
            tx,
            now: state.clock.now(),
            permit,
            header,
        })
    }

    fn bounds(&self) -> Bounds {
        Bounds {
            from: self.header.starts_on,
            until: self.header.ends_on,
        }
    }

    async fn add(&mut self, new: &NewSession) -> Result<SessionId, AppError> {
        let edition = self.header.id;
        let venue = self.venue(&new.setting).await?;
        let session = queries::insert(&mut self.tx, edition, new, venue, self.now).await?;
        let event = Event::new("session_create", "session", session.get())
            .after(&queries::find(&mut self.tx, session).await?);
        audit::record_permitted(&mut self.tx, self.now, &self.permit, event).await?;
        Ok(session)
    }

    async fn change(
        &mut self,
        before: &Session,
        version: i64,
        new: &NewSession,
    ) -> Result<(), AppError> {
        let attended = queries::partial_minutes(&mut self.tx, before.id).await?;
        if new.planned_minutes < attended {
            let max = crate::sessions::session::MAX_MINUTES;
            let fault = Fault::OutOfRange { min: attended, max };
            return Err(AppError::field("planned_minutes", fault));
        }
        let venue = self.venue(&new.setting).await?;
        if !queries::update(&mut self.tx, before.id, version, new, venue).await? {
            return Err(Reason::ChangedMeanwhile.into());
        }
        let event = Event::new("session_update", "session", before.id.get())
            .before(before)
            .after(&queries::find(&mut self.tx, before.id).await?);
        audit::record_permitted(&mut self.tx, self.now, &self.permit, event).await
    }

    /// The venue of a session, and whether its teacher teaches in the edition.
    async fn venue(&mut self, setting: &Setting) -> Result<Option<VenueId>, AppError> {
        if let Some(person) = setting.facilitator
            && !courses::queries::is_facilitator(&mut self.tx, self.header.id, person).await?
        {
            return Err(AppError::field("facilitator", Fault::UnknownChoice));
        }
        let Some(name) = &setting.venue else {
            return Ok(None);
        };
        let department = self.header.department;
        let venue =
            courses::queries::find_or_add_venue(&mut self.tx, name, department, self.now).await?;
        Ok(Some(venue))
    }
}

/// Adds a session that meets.
pub async fn create_meeting(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    form: &MeetingForm,
) -> Result<SessionId, AppError> {
    let mut scheduling = Scheduling::begin(state, viewer, edition).await?;
    let new = NewSession::meeting(form, scheduling.bounds())?;
    let session = scheduling.add(&new).await?;
    scheduling.tx.commit().await?;
    Ok(session)
}

/// Adds a session studied at one's own pace.
pub async fn create_unit(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    form: &UnitForm,
) -> Result<SessionId, AppError> {
    let mut scheduling = Scheduling::begin(state, viewer, edition).await?;
    let new = NewSession::unit(form, scheduling.bounds())?;
    let session = scheduling.add(&new).await?;
    scheduling.tx.commit().await?;
    Ok(session)
}

/// Adds all sessions of a series, or none; gives their number.
pub async fn create_series(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    form: &SeriesForm,
) -> Result<usize, AppError> {
    let mut scheduling = Scheduling::begin(state, viewer, edition).await?;
    let sessions = series::parse(form, scheduling.bounds())?;
    for new in &sessions {
        scheduling.add(new).await?;
    }
    scheduling.tx.commit().await?;
    Ok(sessions.len())
}

/// A session and its scheduling. One that meets stays one, and a self-paced one too.
async fn begin_change(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
) -> Result<(Scheduling, Session), AppError> {
    let mut connection = state.database.read().await?;
    let edition = edition_of_session(&mut connection, session).await?;
    drop(connection);
    let mut scheduling = Scheduling::begin(state, viewer, edition).await?;
    let found = find(&mut scheduling.tx, session).await?;
    Ok((scheduling, found))
}

async fn find(connection: &mut SqliteConnection, session: SessionId) -> Result<Session, AppError> {
    queries::find(connection, session)
        .await?
        .ok_or(AppError::NotFound)
}

/// Changes a session that meets; it stood at `version` when the form was opened.
pub async fn update_meeting(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    version: i64,
    form: &MeetingForm,
) -> Result<EditionId, AppError> {
    let (mut scheduling, before) = begin_change(state, viewer, session).await?;
    if before.is_self_paced() {
        return Err(AppError::NotFound);
    }
    let new = NewSession::meeting(form, scheduling.bounds())?;
    scheduling.change(&before, version, &new).await?;
    let (tx, header) = (&mut scheduling.tx, &scheduling.header);
    letters::tell_change(state, tx, header, &before).await?;
    scheduling.tx.commit().await?;
    Ok(before.edition)
}

/// Changes a self-paced session; it stood at `version` when the form was opened.
pub async fn update_unit(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    version: i64,
    form: &UnitForm,
) -> Result<EditionId, AppError> {
    let (mut scheduling, before) = begin_change(state, viewer, session).await?;
    if !before.is_self_paced() {
        return Err(AppError::NotFound);
    }
    let new = NewSession::unit(form, scheduling.bounds())?;
    scheduling.change(&before, version, &new).await?;
    scheduling.tx.commit().await?;
    Ok(before.edition)
}

/// Deletes a session that nobody attended and that has no steps.
pub async fn delete(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
) -> Result<EditionId, AppError> {
    let (mut scheduling, before) = begin_change(state, viewer, session).await?;
    queries::bury(&mut scheduling.tx, session, scheduling.now).await?;
    if !queries::delete(&mut scheduling.tx, session).await? {
        return Err(Reason::InUse.into());
    }
    let event = Event::new("session_delete", "session", session.get()).before(&before);
    let (now, permit) = (scheduling.now, &scheduling.permit);
    audit::record_permitted(&mut scheduling.tx, now, permit, event).await?;
    let (tx, header) = (&mut scheduling.tx, &scheduling.header);
    letters::tell_deleted(state, tx, header, &before).await?;
    scheduling.tx.commit().await?;
    Ok(before.edition)
}
