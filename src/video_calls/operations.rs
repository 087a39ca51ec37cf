//! A report comes in, and marks are made of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;
use serde_json::json;
use sqlx::SqliteConnection;

use super::{
    CallService, ReportState, VideoReportId,
    matching::{self, Found, Line},
    queries::{self, Enrolled, Kept, NewReport},
    report::{self, Present, Report},
    spells::Spell,
};
use crate::{
    access::{Permit, TakeAttendance, Viewer, edition_of_session, permit},
    attendance::{self, MarkSource, Reported},
    audit::{self, Event},
    courses::visible_header,
    enrolment::EnrolmentId,
    error::{AppError, Fault, Reason},
    server::{AppState, Secrets, SentFile},
    sessions::{self, Session, SessionId},
    tables,
};

/// How long a report that nobody decides about is kept.
const KEPT_FOR: Days = Days::new(30);

/// From when to when a session is.
pub const fn times(session: &Session) -> Spell {
    (session.starts_at, session.ends_at)
}

/// The session, for whoever may send a report of it: asked before the file is read, which costs.
pub async fn may_upload(
    state: &AppState,
    viewer: &Viewer,
    id: SessionId,
) -> Result<Session, AppError> {
    let mut connection = state.database.read().await?;
    let (session, _) = open(&mut connection, viewer, id).await?;
    Ok(session)
}

/// A session that met, of an edition that still changes.
async fn open(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    id: SessionId,
) -> Result<(Session, Permit<TakeAttendance>), AppError> {
    let edition = edition_of_session(connection, id).await?;
    let permit = permit(connection, viewer, TakeAttendance(edition)).await?;
    let session = sessions::find(connection, id).await?;
    let session = session.ok_or(AppError::NotFound)?;
    if session.is_self_paced() {
        return Err(Reason::CheckInSelfPaced.into());
    }
    let header = visible_header(connection, Some(viewer), edition).await?;
    if header.is_locked() {
        return Err(Reason::EditionClosed.into());
    }
    Ok((session, permit))
}

/// Reads the file of a form.
pub async fn read(session: &Session, file: &SentFile) -> Result<Report, AppError> {
    let at = |fault| AppError::field("file", fault);
    let (_, content) = file.whole().map_err(at)?;
    let table = tables::read(content.clone()).await;
    let table = table.map_err(|found| at(found.told(Fault::NotACallReport)))?;
    let times = times(session);
    let read = tokio::task::spawn_blocking(move || report::read(&table, times)).await;
    let report = read
        .ok()
        .flatten()
        .ok_or_else(|| at(Fault::NotACallReport))?;
    if report.people.is_empty() {
        return Err(at(Fault::EmptyFile));
    }
    Ok(report)
}

/// Keeps a report until somebody decides; the one that waited before is erased.
pub async fn upload(
    state: &AppState,
    viewer: &Viewer,
    id: SessionId,
    report: &Report,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (_, permit) = open(&mut tx, viewer, id).await?;
    queries::forget_before(&mut tx, now - KEPT_FOR).await?;
    let text = serde_json::to_string(&report.people).expect("a report becomes JSON");
    let new = NewReport {
        session: id,
        service: report.service,
        content: &state.secrets.seal(&text),
        unread: i64::try_from(report.unread).unwrap_or(i64::MAX),
        account: permit.account(),
        now,
    };
    let report_id = queries::insert(&mut tx, new).await?;
    let event = Event::new("video_report_create", "video_report", report_id.get())
        .after(&json!({ "session": id, "lines": report.count() }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await
}

/// The report of a session that waits for a decision.
#[derive(Debug)]
pub struct Preview {
    /// Its number.
    pub id: VideoReportId,
    /// Whose it is.
    pub service: CallService,
    /// How many of its lines could not be read.
    pub unread: i64,
    /// Its lines.
    pub lines: Vec<Line>,
    /// The edition's people.
    pub people: Vec<Enrolled>,
}

/// What would become of the report that waits.
pub async fn preview(
    state: &AppState,
    connection: &mut SqliteConnection,
    session: &Session,
) -> Result<Option<Preview>, AppError> {
    let Some(kept) = queries::waiting(connection, session.id).await? else {
        return Ok(None);
    };
    let people = queries::enrolled(connection, session.edition, session.id).await?;
    let present = opened(&state.secrets, &kept);
    Ok(Some(Preview {
        id: kept.id,
        service: kept.service,
        unread: kept.unread,
        lines: matching::lines(&present, &people, times(session)),
        people,
    }))
}

fn opened(secrets: &Secrets, kept: &Kept) -> Vec<Present> {
    let text = kept
        .content
        .as_deref()
        .and_then(|sealed| secrets.open(sealed));
    text.and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Who somebody says the lines are, by their place in the preview: nobody, or one of the edition.
pub type Choices = BTreeMap<usize, Option<EnrolmentId>>;

/// Makes marks of a report: those there for all of the planned minutes are present, others partly,
/// with their minutes. Whoever stands the same already is left alone. Gives the session and how many
/// marks were made. Done twice, it changes nothing.
pub async fn apply(
    state: &AppState,
    viewer: &Viewer,
    id: VideoReportId,
    choices: &Choices,
) -> Result<(SessionId, usize), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (kept, session, permit) = kept(&mut tx, viewer, id).await?;
    match kept.state {
        ReportState::Applied => return Ok((session.id, 0)),
        ReportState::Waiting => {}
        ReportState::Discarded => return Err(Reason::CallReportClosed.into()),
    }
    let people = queries::enrolled(&mut tx, session.edition, session.id).await?;
    let here: BTreeSet<EnrolmentId> = people.iter().map(|one| one.enrolment).collect();
    let lines = matching::lines(&opened(&state.secrets, &kept), &people, times(&session));
    let mut decided = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        let chosen = match (choices.get(&index), line.found) {
            (Some(choice), _) => *choice,
            (None, Found::One(only)) => Some(only),
            (None, _) => None,
        };
        if let Some(enrolment) = chosen {
            if !here.contains(&enrolment) {
                let field = format!("choice-{index}");
                return Err(AppError::field(&field, Fault::UnknownChoice));
            }
            decided.push((enrolment, line.present.stay));
        }
    }
    let reported: Vec<Reported> = matching::minutes(decided, times(&session))
        .into_iter()
        .map(|(enrolment, minutes)| Reported { enrolment, minutes })
        .collect();
    let source = MarkSource::VideoCall;
    let cells =
        attendance::mark_reported(&mut tx, now, &permit, session.id, &reported, source).await?;
    queries::decide(&mut tx, id, ReportState::Applied, now).await?;
    let event = Event::new("video_report_apply", "video_report", id.get())
        .before(&json!({ "state": ReportState::Waiting }))
        .after(&json!({ "state": ReportState::Applied, "marks": cells.len() }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok((session.id, cells.len()))
}

/// Gives a report up; what was in it is erased. Gives the session.
pub async fn discard(
    state: &AppState,
    viewer: &Viewer,
    id: VideoReportId,
) -> Result<SessionId, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (kept, session, permit) = kept(&mut tx, viewer, id).await?;
    if kept.state == ReportState::Applied {
        return Err(Reason::CallReportClosed.into());
    }
    if queries::decide(&mut tx, id, ReportState::Discarded, now).await? {
        let event = Event::new("video_report_discard", "video_report", id.get())
            .before(&json!({ "state": ReportState::Waiting }))
            .after(&json!({ "state": ReportState::Discarded }));
        audit::record_permitted(&mut tx, now, &permit, event).await?;
        tx.commit().await?;
    }
    Ok(session.id)
}

/// A report, for whoever takes the session's attendance; for everybody else it is not there.
async fn kept(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    id: VideoReportId,
) -> Result<(Kept, Session, Permit<TakeAttendance>), AppError> {
    let kept = queries::report(connection, id)
        .await?
        .ok_or(AppError::NotFound)?;
    match open(connection, viewer, kept.session).await {
        Ok((session, permit)) => Ok((kept, session, permit)),
        Err(AppError::Forbidden) => Err(AppError::NotFound),
        Err(error) => Err(error),
    }
}
