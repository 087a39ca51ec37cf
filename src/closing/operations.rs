//! Closing an edition, and taking the closing back.

use chrono::{DateTime, Datelike as _, Utc};
use serde::Serialize;
use sqlx::SqliteConnection;

use super::{
    checklist::Item,
    content::{self, Present, PreviousSaid, RecordContent, VERSION},
    model::RecordId,
    queries::{self, NewRecord},
};
use crate::{
    access::{AccountId, ManageEnrolments, ManageProgram, Permit, Viewer, permit},
    audit::{self, Event},
    certificates::Candidate,
    courses::{
        EditionHeader, EditionId, EditionState, Step,
        operations::{StateReason, change_state, manage_edition},
        visible_header,
    },
    enrolment::{
        EnrolmentState,
        operations::{StepReason, conclude, decline_open, resume},
        queries::roster,
    },
    error::{AppError, Fault, FieldError, Reason},
    server::{AppState, clock::lima_date},
    t_in,
    values::Text,
};
use capacita_locales::Locale;

/// How an edition ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Earned a constancia at least.
    pub completed: i64,
    /// Came, but not enough.
    pub not_completed: i64,
    /// Never came.
    pub no_show: i64,
}

/// What is written about what is missing, item by item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanations(Vec<(Item, Text<500>)>);

impl Explanations {
    /// Parses what was typed at each item; what was left empty explains nothing.
    pub fn parse(typed: &[(Item, String)]) -> Result<Self, AppError> {
        let (mut said, mut faults) = (Vec::new(), Vec::new());
        for (item, text) in typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
            match Text::parse(text) {
                Ok(text) => said.push((*item, text)),
                Err(fault) => faults.push(at(*item, fault)),
            }
        }
        if faults.is_empty() {
            Ok(Self(said))
        } else {
            Err(AppError::Invalid(faults))
        }
    }

    fn of(&self, item: Item) -> Option<String> {
        let found = self.0.iter().find(|(about, _)| *about == item);
        found.map(|(_, text)| text.as_str().to_owned())
    }

    /// Whether everything that stands in the way is settled or explained.
    fn cover(&self, present: &Present) -> Result<(), AppError> {
        if present.checks.iter().any(super::Check::must_be_settled) {
            return Err(Reason::MarksDisagree.into());
        }
        let open = present
            .checks
            .iter()
            .filter(|check| check.needs_explanation());
        let faults: Vec<FieldError> = open
            .filter(|check| self.of(check.item).is_none())
            .map(|check| at(check.item, Fault::ReasonNeeded))
            .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(AppError::Invalid(faults))
        }
    }
}

/// The field in which an item is explained.
pub(super) const fn field(item: Item) -> &'static str {
    match item {
        Item::Marks => "explain_marks",
        Item::Conflicts => "explain_conflicts",
        Item::Results => "explain_results",
        Item::Pending => "explain_pending",
        Item::SelfPaced => "explain_self_paced",
        Item::Headcount => "explain_headcount",
    }
}

fn at(item: Item, fault: Fault) -> FieldError {
    FieldError {
        field: field(item).to_owned(),
        fault,
    }
}

/// What becomes of somebody when the edition is closed.
pub(super) fn outcome(candidate: &Candidate) -> EnrolmentState {
    if candidate.standing.earned().is_some() {
        EnrolmentState::Completed
    } else if candidate.share.attended == 0 && !candidate.excused {
        EnrolmentState::NoShow
    } else {
        EnrolmentState::NotCompleted
    }
}

/// Closes a running edition whose meetings are over, and writes its record. `SessionsAhead` before,
/// `WrongEditionState` from any other state, `MarksDisagree` while it is not settled what somebody
/// attended, and `ReasonNeeded` at the field of every item that misses something unexplained.
pub async fn close(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    explanations: &Explanations,
) -> Result<Outcomes, AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permits = permits(&mut tx, viewer, edition).await?;
    change_state(&mut tx, now, &permits.program, edition, Step::Close, None).await?;
    let header = visible_header(&mut tx, Some(viewer), edition).await?;
    let present = Present::load(&mut tx, now, &header).await?;
    explanations.cover(&present)?;
    let mut outcomes = Outcomes::default();
    for candidate in &present.people {
        let outcome = outcome(candidate);
        let enrolment = candidate.entry.enrolment;
        conclude(&mut tx, now, &permits.enrolments, enrolment, outcome).await?;
        match outcome {
            EnrolmentState::Completed => outcomes.completed += 1,
            EnrolmentState::NoShow => outcomes.no_show += 1,
            _ => outcomes.not_completed += 1,
        }
    }
    let reason = t_in!(Locale::es, closing.declined_reason);
    let reason = StepReason::parse(&reason).expect("the reason is a line of text");
    let declined = decline_open(state, &mut tx, &permits.enrolments, &header, &reason).await?;
    let closer = Closer {
        account: permits.program.account(),
        name: Some(viewer.name.clone()),
        at: now,
    };
    let said = |item| explanations.of(item);
    record(&mut tx, &closer, &header, &present, declined, said).await?;
    tx.commit().await?;
    Ok(outcomes)
}

/// Who closes, and when.
struct Closer {
    account: Option<AccountId>,
    name: Option<String>,
    at: DateTime<Utc>,
}

/// What the audit trail keeps of a record: enough to tell whether it is the one that was written.
#[derive(Serialize)]
struct Recorded {
    edition: EditionId,
    number: String,
    sha256: String,
}

/// Writes the record of a closing and its event.
async fn record(
    connection: &mut SqliteConnection,
    closer: &Closer,
    header: &EditionHeader,
    present: &Present,
    declined: i64,
    explanation: impl Fn(Item) -> Option<String>,
) -> Result<RecordId, AppError> {
    let year = i64::from(lima_date(closer.at).year());
    let number = queries::next_number(connection, year).await?;
    let content = RecordContent {
        version: VERSION,
        year,
        number,
        edition: content::edition_said(connection, header).await?,
        facts: present.facts(),
        items: present.items(explanation),
        declined,
        closed_at: closer.at,
        closed_by: closer.name.clone(),
        previous: previous(connection, header.id).await?,
    };
    let (text, digest) = content::freeze(&content)?;
    let new = NewRecord {
        edition: header.id,
        year,
        number,
        closed_at: closer.at,
        closed_by: closer.account,
        content: &text,
        content_digest: &digest,
    };
    let id = queries::insert(connection, new).await?;
    let recorded = Recorded {
        edition: header.id,
        number: numbered(year, number),
        sha256: content::printed(&digest),
    };
    let event = Event::new("closing_record_create", "closing_record", id.get())
        .program(Some(header.program))
        .after(&recorded);
    audit::record(connection, closer.at, closer.account, event).await?;
    Ok(id)
}

/// The record that was set aside last.
async fn previous(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> Result<Option<PreviousSaid>, AppError> {
    let records = queries::of_edition(connection, edition).await?;
    Ok(records.into_iter().next().map(|record| PreviousSaid {
        year: record.year,
        number: record.number,
        sha256: content::printed(&record.content_digest),
        reason: record.superseded_reason.unwrap_or_default(),
    }))
}

/// A record's number as people write it: "003-2026".
pub(super) fn numbered(year: i64, number: i64) -> String {
    format!("{number:03}-{year}")
}

/// Opens a closed edition again, with a reason: everybody with an outcome is enrolled as before, and
/// the record is set aside. Certificates stay as they are.
pub async fn reopen(
    state: &AppState,
    viewer: &Viewer,
    edition: EditionId,
    reason: &StateReason,
) -> Result<(), AppError> {
    let now = state.clock.now();
    let mut tx = state.database.write().await?;
    let permits = permits(&mut tx, viewer, edition).await?;
    let step = Step::Reopen;
    change_state(&mut tx, now, &permits.program, edition, step, Some(reason)).await?;
    for entry in roster(&mut tx, edition).await? {
        if entry.state != EnrolmentState::Enrolled {
            resume(&mut tx, now, &permits.enrolments, entry.enrolment, reason).await?;
        }
    }
    let aside = queries::supersede(&mut tx, edition, reason.as_str(), now).await?;
    if let Some(record) = aside {
        let event = Event::new("closing_record_supersede", "closing_record", record.get())
            .before(&serde_json::json!({ "reason": null }))
            .after(&serde_json::json!({ "reason": reason.as_str() }));
        audit::record_permitted(&mut tx, now, &permits.program, event).await?;
    }
    tx.commit().await
}

/// Closing changes the edition and its enrolments: both must be permitted.
struct Permits {
    program: Permit<ManageProgram>,
    enrolments: Permit<ManageEnrolments>,
}

async fn permits(
    connection: &mut SqliteConnection,
    viewer: &Viewer,
    edition: EditionId,
) -> Result<Permits, AppError> {
    Ok(Permits {
        program: manage_edition(connection, viewer, edition).await?,
        enrolments: permit(connection, viewer, ManageEnrolments(edition)).await?,
    })
}

/// Writes the records of a demonstration's closed editions, each as of its closing. What one of them
/// misses is explained in the same words.
pub async fn record_demo(connection: &mut SqliteConnection) -> Result<(), AppError> {
    let said = t_in!(Locale::es, closing.demo_explanation);
    for (edition, at) in queries::closed_editions(connection).await? {
        let header = visible_header(connection, None, edition).await?;
        debug_assert_eq!(header.state, EditionState::Closed);
        let present = Present::load(connection, at, &header).await?;
        let closer = Closer {
            account: None,
            name: None,
            at,
        };
        record(connection, &closer, &header, &present, 0, |_| {
            Some(said.clone())
        })
        .await?;
    }
    Ok(())
}
