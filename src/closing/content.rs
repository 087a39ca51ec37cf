//! What a closing record says: gathered from today's records, frozen, and read back.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sqlx::SqliteConnection;

use super::{
    checklist::{Cells, Check, Counts, Item, Situation, look},
    operations::outcome,
    queries,
};
use crate::{
    attendance::MarkStatus,
    certificates::{Candidate, CertificateKind, candidates},
    courses::{CourseKind, EditionHeader, EditionId, Modality},
    enrolment::{EnrolmentId, EnrolmentState},
    error::AppError,
    paper::{self, BySex, Count},
    people::{Sector, Sex},
    server::{incident, secrets::hexadecimal},
    sessions::{self, Session, SessionId},
};

/// The version of the content's shape.
pub(super) const VERSION: u32 = 1;

/// Everything a record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct RecordContent {
    pub version: u32,
    pub year: i64,
    pub number: i64,
    pub edition: EditionSaid,
    #[serde(flatten)]
    pub facts: Facts,
    pub items: Vec<ItemSaid>,
    /// Enrolments that the closing declined.
    pub declined: i64,
    pub closed_at: DateTime<Utc>,
    /// Nobody: the demonstration.
    pub closed_by: Option<String>,
    /// The record that this one takes the place of.
    pub previous: Option<PreviousSaid>,
}

/// The record before: its number, its SHA-256, and why the edition was reopened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct PreviousSaid {
    pub year: i64,
    pub number: i64,
    pub sha256: String,
    pub reason: String,
}

/// The edition, and the rule it was closed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct EditionSaid {
    pub id: EditionId,
    pub course: String,
    pub number: i64,
    pub kind: CourseKind,
    pub modality: Modality,
    pub program: String,
    pub implementer: String,
    pub funder: String,
    pub place: Option<String>,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub min_share_permille: i64,
    pub min_grade_tenths: Option<i64>,
    pub excused_counts: bool,
}

/// What may differ from one record to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct Facts {
    pub sessions: Vec<SessionSaid>,
    pub people: Vec<PersonSaid>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct SessionSaid {
    pub id: SessionId,
    pub title: String,
    pub modality: Modality,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub planned_minutes: i64,
    /// Nothing: nobody counted. Records of before there were headcounts do not have the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headcount: Option<HeadcountSaid>,
}

/// How many were counted in a session, and how many of them nobody knows by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct HeadcountSaid {
    pub counted: BySex,
    pub named: BySex,
    pub unnamed: BySex,
    /// Why counted and named differ, where it was said at the session.
    pub explanation: Option<String>,
}

/// Somebody who took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct PersonSaid {
    pub enrolment: EnrolmentId,
    pub name: String,
    pub institution: Option<String>,
    pub sector: Option<Sector>,
    pub sex: Sex,
    /// The sessions in which something stands of them.
    pub cells: Vec<CellSaid>,
    pub attended_minutes: i64,
    pub planned_minutes: i64,
    pub grade_tenths: Option<i64>,
    pub outcome: EnrolmentState,
    pub earned: Option<CertificateKind>,
    /// What was due to them at the closing and not issued yet.
    pub due: Option<CertificateKind>,
}

/// What stands of somebody in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct CellSaid {
    pub session: SessionId,
    pub status: MarkStatus,
    pub minutes: i64,
}

/// An item of the checklist as it was closed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct ItemSaid {
    pub item: Item,
    pub missing: Vec<MissingSaid>,
    pub explanation: Option<String>,
}

/// One thing that was missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct MissingSaid {
    pub what: Option<String>,
    pub count: i64,
}

/// An edition as it is at this moment.
#[derive(Debug)]
pub(super) struct Present {
    pub sessions: Vec<Session>,
    pub people: Vec<Candidate>,
    pub cells: Cells,
    pub counts: Counts,
    pub checks: Vec<Check>,
}

impl Present {
    /// Reads it. What would be due is what is due once it is closed.
    pub async fn load(
        connection: &mut SqliteConnection,
        now: DateTime<Utc>,
        header: &EditionHeader,
    ) -> Result<Self, AppError> {
        let sessions = sessions::list(connection, header.id).await?;
        let people = candidates(connection, now, header).await?;
        let cells = queries::cells(connection, header.id).await?;
        let counts = paper::standing(connection, header.id, None).await?;
        let checks = look(&Situation {
            header,
            sessions: &sessions,
            people: &people,
            cells: &cells,
            counts: &counts,
            now,
        });
        Ok(Self {
            sessions,
            people,
            cells,
            counts,
            checks,
        })
    }

    /// What a record would say of sessions and people.
    pub fn facts(&self) -> Facts {
        Facts {
            sessions: self
                .sessions
                .iter()
                .map(|session| session_said(session, self.counts.get(&session.id)))
                .collect(),
            people: self
                .people
                .iter()
                .map(|person| self.person_said(person))
                .collect(),
        }
    }

    fn person_said(&self, person: &Candidate) -> PersonSaid {
        let entry = &person.entry;
        let cell = |session: &Session| {
            let cell = self.cells.get(&(entry.enrolment, session.id))?;
            Some(CellSaid {
                session: session.id,
                status: cell.status,
                minutes: cell.minutes,
            })
        };
        PersonSaid {
            enrolment: entry.enrolment,
            name: entry.listed_name(),
            institution: entry.institution.clone(),
            sector: entry.sector,
            sex: entry.sex,
            cells: self.sessions.iter().filter_map(cell).collect(),
            attended_minutes: person.share.attended,
            planned_minutes: person.share.planned,
            grade_tenths: entry.grade_tenths,
            outcome: match entry.state {
                EnrolmentState::Enrolled => outcome(person),
                concluded => concluded,
            },
            earned: person.standing.earned(),
            due: person.due(),
        }
    }

    /// The checklist with what was written to it.
    pub fn items(&self, explanation: impl Fn(Item) -> Option<String>) -> Vec<ItemSaid> {
        let said = |check: &Check| ItemSaid {
            item: check.item,
            missing: check
                .missing
                .iter()
                .map(|finding| MissingSaid {
                    what: finding.what.clone(),
                    count: finding.count,
                })
                .collect(),
            explanation: if check.needs_explanation() {
                explanation(check.item)
            } else {
                None
            },
        };
        self.checks.iter().map(said).collect()
    }
}

fn session_said(session: &Session, count: Option<&Count>) -> SessionSaid {
    SessionSaid {
        id: session.id,
        title: session.title.clone(),
        modality: session.modality,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        planned_minutes: session.planned_minutes,
        headcount: count.map(|count| HeadcountSaid {
            counted: count.counted,
            named: count.named,
            unnamed: count.unnamed(),
            explanation: count.holding().map(str::to_owned),
        }),
    }
}

impl Facts {
    /// The participations of whom nobody knows by name: the same people may come to several
    /// sessions, so of each sex the most of any one.
    pub(super) fn unnamed(&self) -> BySex {
        let counts = self
            .sessions
            .iter()
            .filter_map(|session| session.headcount.as_ref());
        counts.fold(BySex::default(), |most, count| BySex {
            women: most.women.max(count.unnamed.women),
            men: most.men.max(count.unnamed.men),
            unstated: most.unstated.max(count.unnamed.unstated),
        })
    }
}

/// What a record says of the edition.
pub(super) async fn edition_said(
    connection: &mut SqliteConnection,
    header: &EditionHeader,
) -> Result<EditionSaid, AppError> {
    let (implementer, funder) = queries::funding(connection, header.program).await?;
    Ok(EditionSaid {
        id: header.id,
        course: header.course_title.clone(),
        number: header.number,
        kind: header.kind,
        modality: header.modality,
        program: header.program_name.clone(),
        implementer,
        funder,
        place: header.whereabouts(),
        starts_on: header.starts_on,
        ends_on: header.ends_on,
        min_share_permille: header.min_share_permille,
        min_grade_tenths: header.min_grade_tenths,
        excused_counts: header.excused_counts,
    })
}

/// The text that is stored and its SHA-256.
pub(super) fn freeze(content: &RecordContent) -> Result<(String, [u8; 32]), AppError> {
    let text = serde_json::to_string(content).map_err(|fault| incident(&fault))?;
    let digest = digest(&text);
    Ok((text, digest))
}

/// What was frozen. A text that is not the one of its digest is not what was closed: an incident.
pub(super) fn thaw(text: &str, digest: &[u8]) -> Result<RecordContent, AppError> {
    if self::digest(text) != digest {
        return Err(incident(&"the content of a closing record was altered"));
    }
    serde_json::from_str(text).map_err(|fault| incident(&fault))
}

/// SHA-256 of a stored text.
pub(super) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// A digest as it is printed: 64 hexadecimal digits.
pub(super) fn printed(digest: &[u8]) -> String {
    hexadecimal(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_before_there_were_headcounts_is_read() {
        let text = r#"{"id":1,"title":"Primera","modality":"in_person","starts_at":"2026-11-21T14:00:00Z",
                       "ends_at":"2026-11-21T18:00:00Z","planned_minutes":240}"#;
        let said: SessionSaid = serde_json::from_str(text).expect("a session");
        assert_eq!(said.headcount, None);
        let again = serde_json::to_string(&said).expect("text");
        assert!(!again.contains("headcount"), "{again}");
    }
}
