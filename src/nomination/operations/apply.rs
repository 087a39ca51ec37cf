//! Enrolling a list as a whole, and telling its people.

use std::time::Duration;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;
use tokio::task::JoinError;

use super::{CHUNK, line_reader, open, opened};
use crate::{
    access::{ManagePeople, ManagePerson, Viewer, permit},
    audit,
    courses::{EditionHeader, visible_header},
    enrolment::{
        EnrolmentState,
        operations::{Nominees, still_changes, tell_entry},
    },
    error::{AppError, Reason},
    nomination::{
        Decision, NominationId, NominationState, Outcome, Verdict,
        check::{Found, check},
        line::LineReader,
        queries::{self, Became, Line},
        runs::Run,
    },
    people::{
        NewAffiliation, NewPerson, PersonId,
        operations::{Begun, begin_affiliation, serves_elsewhere},
    },
    server::{AppState, WriteTx, clock::lima_date, incident},
};

/// How long whoever presses the button waits before they are shown how far it is.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the audit trail keeps of an enrolled list.
#[derive(Debug, Default, Serialize)]
struct Counts {
    enrolled: i64,
    waiting: i64,
    requested: i64,
    unchanged: i64,
    refused: i64,
    left: i64,
    new_people: i64,
    moved: i64,
}

impl Counts {
    fn count(&mut self, became: &Became) {
        let of = match became.outcome {
            Some(Outcome::Enrolled) => &mut self.enrolled,
            Some(Outcome::Waiting) => &mut self.waiting,
            Some(Outcome::Requested) => &mut self.requested,
            Some(Outcome::Unchanged) => &mut self.unchanged,
            Some(Outcome::Refused) => &mut self.refused,
            Some(Outcome::Left) | None => &mut self.left,
        };
        *of += 1;
        self.new_people += i64::from(became.added_person);
        self.moved += i64::from(became.begun.is_some());
    }
}

/// Begins to enrol the chosen lines of a list, all or none. `true`: it is done; `false`: it goes on
/// and the list's page says how far it is.
pub async fn start(state: &AppState, viewer: &Viewer, id: NominationId) -> Result<bool, AppError> {
    let mut connection = state.database.read().await?;
    open(&mut connection, viewer, id).await?;
    drop(connection);
    let Some(run) = state.nominations.begin(id) else {
        return Ok(false);
    };
    let (own, viewer) = (state.clone(), viewer.clone());
    let mut work = tokio::spawn(async move { apply(&own, &viewer, id, &run).await });
    if let Ok(ended) = tokio::time::timeout(PATIENCE, &mut work).await {
        return result(ended).map(|()| true);
    }
    let state = state.clone();
    tokio::spawn(async move {
        if let Err(error) = result(work.await) {
            state.nominations.fail(id, error);
        }
    });
    Ok(false)
}

/// What became of the work; one that broke off is an incident.
fn result(ended: Result<Result<(), AppError>, JoinError>) -> Result<(), AppError> {
    ended.unwrap_or_else(|broken| Err(incident(&broken)))
}

async fn apply(
    state: &AppState,
    viewer: &Viewer,
    id: NominationId,
    run: &Run,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (nomination, enrols) = open(&mut tx, viewer, id).await?;
    let adds = permit(&mut tx, viewer, ManagePeople).await?;
    let states = (NominationState::Checked, NominationState::Applied);
    if !queries::change_state(&mut tx, id, states, now).await? {
        return Err(Reason::NominationClosed.into());
    }
    let edition = visible_header(&mut tx, Some(viewer), nomination.edition).await?;
    still_changes(&edition)?;
    let all = queries::verdicts(&mut tx, id).await?;
    run.begin(all.iter().map(|(_, lines, _)| lines).sum());
    let mut list = List {
        state,
        reader: line_reader(state, &mut tx, &nomination).await?,
        nominees: Nominees::new(state, (&enrols, &adds), &edition),
        viewer,
        came_in: lima_date(nomination.created_at),
        edition: &edition,
    };
    let mut counts = Counts::default();
    let mut after = 0;
    loop {
        let lines = queries::lines(&mut tx, id, None, after, CHUNK).await?;
        let Some(last) = lines.last() else {
            break;
        };
        after = last.number;
        for line in lines {
            let became = list.take(&mut tx, &line).await?;
            queries::set_outcome(&mut tx, id, line.number, &became).await?;
            counts.count(&became);
            run.step();
        }
    }
    let event = audit::Event::new("nomination_apply", "nomination", id.get())
        .before(&Counts::default())
        .after(&counts);
    audit::record_permitted(&mut tx, now, &enrols, event).await?;
    tx.commit().await
}

/// The list that is being enrolled.
struct List<'a> {
    state: &'a AppState,
    reader: LineReader,
    nominees: Nominees<'a>,
    viewer: &'a Viewer,
    /// The day on which the list came in.
    came_in: NaiveDate,
    edition: &'a EditionHeader,
}

/// Whom a line is about.
enum Who {
    /// Somebody in the register, and where the list says that they serve.
    Known(PersonId, Option<NewAffiliation>),
    /// Somebody who is not.
    New(Box<NewPerson>),
}

impl List<'_> {
    /// Enrols a line as it was decided, unless a rule stands against it. Where the person serves
    /// now holds whether they get a seat or not.
    async fn take(&mut self, tx: &mut WriteTx, line: &Line) -> Result<Became, AppError> {
        if line.decision == Decision::Leave {
            let outcome = Some(Outcome::Left);
            return Ok(Became {
                outcome,
                ..Became::default()
            });
        }
        let who = match self.who(tx, line).await {
            Err(AppError::Conflict(reason)) => return Ok(refused(&reason)),
            who => who?,
        };
        let begun = match &who {
            Who::Known(person, said) if line.moves && line.person == Some(*person) => {
                self.moves(tx, *person, said.as_ref()).await?
            }
            _ => None,
        };
        let became = match self.enrol(tx, who).await {
            Err(AppError::Conflict(Reason::AlreadyEnrolled)) => Became {
                outcome: Some(Outcome::Unchanged),
                ..Became::default()
            },
            Err(AppError::Conflict(reason)) => refused(&reason),
            became => became?,
        };
        Ok(Became { begun, ..became })
    }

    /// Finds the person: the register may have changed since the line was looked at.
    async fn who(&mut self, tx: &mut WriteTx, line: &Line) -> Result<Who, AppError> {
        let state = self.state;
        let row = opened(&state.secrets, line.number, line.cells.as_deref());
        let read = self.reader.read(&row.ok_or(Reason::NominationClosed)?);
        let said = read.as_ref().ok().and_then(|new| new.affiliation.clone());
        let found = check(tx, &state.secrets, self.edition.id, read).await?;
        match (found, line.decision, line.person) {
            (Found::Known(hit) | Found::Enrolled(hit), ..) => Ok(Who::Known(hit.id, said)),
            // Only whoever saw the conflict can have said that both are one.
            (Found::Conflict(holder, _), Decision::Take, Some(same))
                if holder.id == same && line.verdict == Verdict::Conflict =>
            {
                Ok(Who::Known(same, said))
            }
            (Found::Possible(hits, _), Decision::Take, Some(same))
                if hits.iter().any(|hit| hit.id == same) =>
            {
                Ok(Who::Known(same, said))
            }
            (Found::New(new), ..) | (Found::Possible(_, new), Decision::Another, _) => {
                Ok(Who::New(new))
            }
            (Found::Possible(..) | Found::Conflict(..) | Found::Faulty(_), ..) => {
                Err(Reason::ChangedMeanwhile.into())
            }
        }
    }

    /// Writes down where a known person serves now, if the register still says otherwise and whoever
    /// enrols the list may.
    async fn moves(
        &self,
        tx: &mut WriteTx,
        person: PersonId,
        said: Option<&NewAffiliation>,
    ) -> Result<Option<Begun>, AppError> {
        let Some(elsewhere) = serves_elsewhere(tx, person, said, self.came_in).await? else {
            return Ok(None);
        };
        let permit = match permit(tx, self.viewer, ManagePerson(person)).await {
            Err(AppError::Forbidden | AppError::NotFound) => return Ok(None),
            permit => permit?,
        };
        let now = self.state.clock.now();
        let begun = begin_affiliation(tx, now, &permit, &elsewhere.affiliation).await?;
        Ok(Some(begun))
    }

    async fn enrol(&mut self, tx: &mut WriteTx, who: Who) -> Result<Became, AppError> {
        let (person, entered, added_person) = match who {
            Who::Known(person, _) => (person, self.nominees.enrol(tx, person).await?, false),
            Who::New(new) => {
                let (person, entered) = self.nominees.enrol_new(tx, &new).await?;
                (person, entered, true)
            }
        };
        Ok(Became {
            outcome: Some(outcome(entered.state)),
            refusal: None,
            person: Some(person),
            enrolment: Some(entered.id),
            added_person,
            begun: None,
        })
    }
}

fn refused(reason: &Reason) -> Became {
    Became {
        outcome: Some(Outcome::Refused),
        refusal: serde_json::to_string(reason).ok(),
        ..Became::default()
    }
}

const fn outcome(entry: EnrolmentState) -> Outcome {
    match entry {
        EnrolmentState::Waiting => Outcome::Waiting,
        EnrolmentState::Requested => Outcome::Requested,
        _ => Outcome::Enrolled,
    }
}

/// Tells everybody whom the list brought into the edition what they have; gives how many were told
/// and how many have no address. After that the list is not taken back.
pub async fn tell(
    state: &AppState,
    viewer: &Viewer,
    id: NominationId,
) -> Result<(i64, i64), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let (nomination, permit) = open(&mut tx, viewer, id).await?;
    let edition = visible_header(&mut tx, Some(viewer), nomination.edition).await?;
    still_changes(&edition)?;
    let applied = nomination.state == NominationState::Applied;
    if !applied || !queries::set_told(&mut tx, id, now).await? {
        return Err(Reason::NominationClosed.into());
    }
    let entered = queries::entered(&mut tx, id).await?;
    let (mut told, mut without) = (0, 0);
    for (enrolment, person, entry) in entered {
        if tell_entry(state, &mut tx, &edition, (enrolment, person), entry).await? {
            told += 1;
        } else {
            without += 1;
        }
    }
    let event = audit::Event::new("nomination_tell", "nomination", id.get())
        .before(&json!({ "told": 0, "without_address": 0 }))
        .after(&json!({ "told": told, "without_address": without }));
    audit::record_permitted(&mut tx, now, &permit, event).await?;
    tx.commit().await?;
    Ok((told, without))
}
