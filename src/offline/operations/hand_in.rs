//! Handing in what was marked on a phone.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{
    token_hash,
    weigh::{Weighed, Word, weigh},
};
use crate::{
    access::{Permit, TakeAttendance, permit, viewer_who_signed_in},
    attendance::HandIn,
    check_in,
    enrolment::EnrolmentId,
    error::{AppError, Reason},
    offline::{
        Outcome, Refusal, clock,
        queries::{self, NewOfflineMark, Roster},
        request::{About, Sent, SentMark},
    },
    server::{AppState, WriteTx},
};

/// What a phone is told.
#[derive(Debug, Serialize)]
pub struct Answers {
    /// What the server's clock shows, in milliseconds since 1970.
    pub server_now: i64,
    /// Whether the list was taken back: the phone erases it.
    pub revoked: bool,
    /// Until when the list is good.
    pub expires_at: i64,
    /// One for each mark, in their order.
    pub marks: Vec<Answer>,
}

/// What became of one mark. One with a 422 could not be read, and stays on the phone.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// Its name, where it had one.
    pub uuid: Option<String>,
    /// 200 or 422.
    pub status: u16,
    /// What became of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Refusal>,
}

impl Answer {
    const fn unreadable(uuid: Option<String>) -> Self {
        Self {
            uuid,
            status: 422,
            outcome: None,
            reason: None,
        }
    }

    fn taken(uuid: &str, outcome: Outcome, reason: Option<Refusal>) -> Self {
        Self {
            uuid: Some(uuid.to_owned()),
            status: 200,
            outcome: Some(outcome),
            // What was refused and taken after all has nothing against it any more.
            reason: reason.filter(|_| outcome == Outcome::Refused),
        }
    }
}

/// Takes in what a phone sends: all of it in one transaction, in the order in which it was said.
///
/// # Errors
/// `SignInRequired` for a token that belongs to no list.
pub async fn hand_in(state: &AppState, sent: Sent) -> Result<Answers, AppError> {
    let hash = token_hash(&sent.token);
    let mut connection = state.database.read().await?;
    let known = queries::roster_by_token(&mut connection, &hash).await?;
    drop(connection);
    known.ok_or(AppError::SignInRequired)?;
    let mut tx = state.database.write().await?;
    let roster = queries::roster_by_token(&mut tx, &hash)
        .await?
        .ok_or(AppError::SignInRequired)?;
    let now = state.clock.now();
    let permit = permit_of(state, &mut tx, &roster).await?;
    let batch = match &permit {
        Some(permit) => Some(HandIn::begin(&mut tx, permit, roster.session).await?),
        None => None,
    };
    let mut desk = Desk {
        state,
        roster: &roster,
        batch,
        now,
        device_now: sent.device_now,
    };
    let answers = desk.take_all(&mut tx, &sent.marks).await?;
    if let Some(batch) = desk.batch {
        batch.record(&mut tx, now).await?;
    }
    queries::heard_of(&mut tx, roster.id, now, sent.ended).await?;
    tx.commit().await?;
    Ok(Answers {
        server_now: now.timestamp_millis(),
        revoked: roster.revoked_at.is_some(),
        expires_at: roster.expires_at.timestamp_millis(),
        marks: answers,
    })
}

/// Whether who took the list may still take that attendance.
async fn permit_of(
    state: &AppState,
    connection: &mut SqliteConnection,
    roster: &Roster,
) -> Result<Option<Permit<TakeAttendance>>, AppError> {
    let Some(viewer) = viewer_who_signed_in(state, connection, roster.sign_in).await? else {
        return Ok(None);
    };
    match permit(connection, &viewer, TakeAttendance(roster.edition)).await {
        Ok(permit) => Ok(Some(permit)),
        Err(
            AppError::Forbidden | AppError::NotFound | AppError::Conflict(Reason::TaughtLongAgo),
        ) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where the marks of one request are taken in.
struct Desk<'a> {
    state: &'a AppState,
    roster: &'a Roster,
    /// `None`: who took the list may not mark any more.
    batch: Option<HandIn<'a>>,
    now: DateTime<Utc>,
    device_now: i64,
}

impl Desk<'_> {
    async fn take_all(
        &mut self,
        tx: &mut WriteTx,
        marks: &[Result<SentMark, Option<String>>],
    ) -> Result<Vec<Answer>, AppError> {
        let unreadable = |mark: &Result<SentMark, Option<String>>| {
            let name = mark.as_ref().map_or_else(Clone::clone, |_| None);
            Answer::unreadable(name)
        };
        let mut answers: Vec<Answer> = marks.iter().map(unreadable).collect();
        let mut read: Vec<(usize, &SentMark)> = marks
            .iter()
            .enumerate()
            .filter_map(|(index, mark)| Some((index, mark.as_ref().ok()?)))
            .collect();
        read.sort_by_key(|(_, mark)| mark.seq);
        for (index, mark) in read {
            answers[index] = self.take(tx, mark).await?;
        }
        Ok(answers)
    }

    async fn take(&mut self, tx: &mut WriteTx, mark: &SentMark) -> Result<Answer, AppError> {
        if let Some(before) = queries::answered(tx, &mark.uuid).await? {
            let own = before.roster == self.roster.id;
            return Ok(if own {
                Answer::taken(&mark.uuid, before.outcome, before.reason)
            } else {
                Answer::unreadable(Some(mark.uuid.clone()))
            });
        }
        if queries::is_taken_name(tx, &mark.uuid).await? {
            return Ok(Answer::unreadable(Some(mark.uuid.clone())));
        }
        let at = self.time_of(tx, mark).await?;
        let who = self.who(tx, &mark.about).await?;
        let weighed = self.weigh(tx, mark, at, who).await?;
        self.keep(tx, mark, at, who.ok(), weighed).await
    }

    /// When it was said: by our clock, and not before what the same phone had said earlier. Two
    /// requests find the phone's clock wrong by not quite the same.
    async fn time_of(&self, tx: &mut WriteTx, mark: &SentMark) -> Result<DateTime<Utc>, AppError> {
        let within = (self.roster.taken_at, self.now);
        let at = clock::corrected(mark.marked_at, self.device_now, within);
        let (before, after) = queries::neighbours(tx, self.roster.id, mark.seq).await?;
        let at = before.map_or(at, |before| at.max(before));
        Ok(after.map_or(at, |after| at.min(after)))
    }

    async fn who(
        &self,
        tx: &mut WriteTx,
        about: &About,
    ) -> Result<Result<EnrolmentId, Refusal>, AppError> {
        let code = match about {
            About::Enrolment(id) => return Ok(Ok(EnrolmentId::new(*id))),
            About::Code(code) => code,
        };
        let Some(person) = check_in::holder(self.state, tx, code).await? else {
            return Ok(Err(Refusal::UnknownCode));
        };
        let found = queries::enrolment_of(tx, self.roster.edition, person).await?;
        Ok(found.ok_or(Refusal::NotEnrolled))
    }

    async fn weigh(
        &mut self,
        tx: &mut WriteTx,
        mark: &SentMark,
        at: DateTime<Utc>,
        who: Result<EnrolmentId, Refusal>,
    ) -> Result<Weighed, AppError> {
        if self.roster.revoked_at.is_some() {
            return Ok(Weighed::Refused(Refusal::Revoked));
        }
        let Some(batch) = &mut self.batch else {
            return Ok(Weighed::Refused(Refusal::NotAllowed));
        };
        if mark.session != self.roster.session.get() {
            return Ok(Weighed::Refused(Refusal::ForeignSession));
        }
        let enrolment = match who {
            Ok(enrolment) => enrolment,
            Err(refusal) => return Ok(Weighed::Refused(refusal)),
        };
        let word = Word {
            uuid: &mark.uuid,
            seq: mark.seq,
            enrolment,
            status: mark.status,
            minutes: mark.minutes,
            at,
        };
        weigh(tx, batch, self.roster, word).await
    }

    /// Keeps the mark with what became of it.
    async fn keep(
        &self,
        tx: &mut WriteTx,
        mark: &SentMark,
        at: DateTime<Utc>,
        who: Option<EnrolmentId>,
        weighed: Weighed,
    ) -> Result<Answer, AppError> {
        let (outcome, reason, made) = match weighed {
            Weighed::Applied(made) => (Outcome::Applied, None, Some(made)),
            Weighed::Superseded => (Outcome::Superseded, None, None),
            Weighed::Refused(reason) => (Outcome::Refused, Some(reason), None),
        };
        let refused = reason.is_some();
        let (session, enrolment) = if refused {
            // Whatever number a phone names, there may be nothing of it.
            let session = queries::known_session(tx, mark.session).await?;
            let enrolment = match who {
                Some(who) => queries::known_enrolment(tx, who.get()).await?,
                None => None,
            };
            (session, enrolment)
        } else {
            (Some(self.roster.session), who)
        };
        let code = match &mark.about {
            About::Code(code) if refused => Some(self.state.secrets.seal(code)),
            _ => None,
        };
        let marked_at = DateTime::from_timestamp_millis(mark.marked_at).unwrap_or(at);
        let new = NewOfflineMark {
            uuid: &mark.uuid,
            roster: self.roster.id,
            edition: self.roster.edition,
            seq: mark.seq,
            session,
            enrolment,
            code,
            status: mark.status,
            minutes: mark.minutes,
            marked_at,
            corrected_at: at,
            received_at: self.now,
            outcome,
            reason,
            mark: made,
        };
        queries::insert_mark(tx, &new).await?;
        Ok(Answer::taken(&mark.uuid, outcome, reason))
    }
}
