//! What is brought in from paper: who signed, and how many were counted.

use std::collections::BTreeSet;

use super::{
    BySex,
    model::{Explanation, NewCount},
    queries::{self, NewRow},
};
use crate::{
    access::{Viewer, permit_attendance},
    attendance::{self, Cell, MarkId, is_ahead},
    audit::{self, Event},
    courses::visible_header,
    enrolment::EnrolmentId,
    error::{AppError, Fault, Reason},
    server::AppState,
    sessions::{self, SessionId},
};
use serde::Serialize;

/// Marks those present who signed and do not stand as attended. `shown`: the newest mark of the
/// session when the page was made. Gives the cells that changed; done twice, it changes nothing.
pub async fn mark_signed(
    state: &AppState,
    viewer: &Viewer,
    session: SessionId,
    signed: &BTreeSet<EnrolmentId>,
    shown: Option<MarkId>,
) -> Result<Vec<Cell>, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit_attendance(&mut tx, viewer, session).await?;
    let now = state.clock.now();
    let cells = attendance::mark_signed(&mut tx, now, &permit, session, signed, shown).await?;
    tx.commit().await?;
    Ok(cells)
}

/// What an audit event tells of a headcount.
#[derive(Debug, Serialize)]
struct Told<'a> {
    women: i64,
    men: i64,
    unstated: i64,
    explanation: Option<&'a str>,
}

impl<'a> Told<'a> {
    const fn of(counted: BySex, explanation: Option<&'a str>) -> Self {
        Self {
            women: counted.women,
            men: counted.men,
            unstated: counted.unstated,
            explanation,
        }
    }
}

/// Appends a headcount; `false`: the one that stands says the same already.
///
/// # Errors
/// `CheckInSelfPaced`, `EditionClosed`, `SessionNotBegun`, and `ReasonNeeded` at `explanation` where
/// those counted are not as many as those known by name, sex by sex.
pub async fn count_heads(
    state: &AppState,
    viewer: &Viewer,
    id: SessionId,
    new: &NewCount,
) -> Result<bool, AppError> {
    let mut tx = state.database.write().await?;
    let permit = permit_attendance(&mut tx, viewer, id).await?;
    let session = sessions::find(&mut tx, id).await?;
    let session = session.ok_or(AppError::NotFound)?;
    if session.is_self_paced() {
        return Err(Reason::CheckInSelfPaced.into());
    }
    let header = visible_header(&mut tx, Some(viewer), session.edition).await?;
    if header.is_locked() {
        return Err(Reason::EditionClosed.into());
    }
    let now = state.clock.now();
    if is_ahead(session.starts_at, now) {
        return Err(Reason::SessionNotBegun.into());
    }
    let named = queries::named(&mut tx, id).await?;
    let explanation = if new.counted == named {
        None
    } else {
        let needed = || AppError::field("explanation", Fault::ReasonNeeded);
        Some(new.explanation.as_ref().ok_or_else(needed)?)
    };
    let explanation = explanation.map(Explanation::as_str);
    let stands = queries::standing(&mut tx, session.edition, Some(id)).await?;
    let before = stands.get(&id);
    let says_the_same = before.is_some_and(|before| {
        (before.counted, before.named_then) == (new.counted, named)
            && before.explanation.as_deref() == explanation
    });
    if says_the_same {
        return Ok(false);
    }
    let row = NewRow {
        session: id,
        counted: new.counted,
        named,
        explanation,
        account: permit.account(),
        now,
    };
    queries::insert(&mut tx, row).await?;
    let told_before = before.map(|before| Told::of(before.counted, before.explanation.as_deref()));
    let event = Event::new("headcount_record", "session", id.get())
        .before(&told_before)
        .after(&Told::of(new.counted, explanation));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok(true)
}
