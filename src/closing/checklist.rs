//! What an edition should have before it is closed, item by item.
//!
//! Another item is another variant of [`Item`] and the function that looks for what it misses.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::{
    attendance::MarkStatus,
    certificates::Candidate,
    courses::{EditionHeader, Modality},
    enrolment::EnrolmentId,
    paper::Count,
    sessions::{Session, SessionId},
    ui::number,
    values::choice,
};

choice! {
    /// One thing that an edition should have before it is closed.
    Item {
        /// Everybody is marked in every session that met.
        Marks => "marks",
        /// No two markers disagree.
        Conflicts => "conflicts",
        /// Whoever came has a grade, where the course asks for one.
        Results => "results",
        /// Nobody asks for a seat or waits for one.
        Pending => "pending",
        /// The sessions at one's own pace are over.
        SelfPaced => "self_paced",
        /// Whoever was counted is known by name, or somebody said why not.
        Headcount => "headcount",
    }
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The status that stands.
    pub status: MarkStatus,
    /// Minutes attended.
    pub minutes: i64,
    /// Whether marks disagree.
    pub conflict: bool,
}

/// The cells of an edition in which something stands.
pub type Cells = BTreeMap<(EnrolmentId, SessionId), Cell>;

/// The headcounts that stand in an edition, by session.
pub type Counts = BTreeMap<SessionId, Count>;

/// Everything the items look at.
#[derive(Debug)]
pub struct Situation<'a> {
    /// The edition.
    pub header: &'a EditionHeader,
    /// Its sessions, in their order.
    pub sessions: &'a [Session],
    /// Who takes part.
    pub people: &'a [Candidate],
    /// What stands of them.
    pub cells: &'a Cells,
    /// How many were counted.
    pub counts: &'a Counts,
    /// The present.
    pub now: DateTime<Utc>,
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which session or who; nothing where it is about all.
    pub what: Option<String>,
    /// The session, where it is about one.
    pub session: Option<SessionId>,
    /// How many.
    pub count: i64,
}

/// An item and what it misses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The item.
    pub item: Item,
    /// What is missing; nothing when all is well.
    pub missing: Vec<Finding>,
}

impl Check {
    /// Whether it stands in the way until somebody explains it.
    pub const fn needs_explanation(&self) -> bool {
        !self.missing.is_empty() && self.item.can_be_explained()
    }

    /// Whether it stands in the way until it is settled.
    pub const fn must_be_settled(&self) -> bool {
        !self.missing.is_empty() && !self.item.can_be_explained()
    }
}

/// Every item with what it misses.
pub fn look(situation: &Situation<'_>) -> Vec<Check> {
    let check = |item: &Item| Check {
        item: *item,
        missing: item.look(situation),
    };
    Item::ALL.iter().map(check).collect()
}

impl Item {
    /// Whether what it misses can be accepted with an explanation. Marks that disagree leave it
    /// open what somebody attended, and no explanation answers that. A headcount that differs from
    /// the people known by name can be explained at its session, or here for all that are left: who
    /// was counted and never named is often never known.
    pub const fn can_be_explained(self) -> bool {
        !matches!(self, Self::Conflicts)
    }

    fn look(self, situation: &Situation<'_>) -> Vec<Finding> {
        match self {
            Self::Marks => marks(situation),
            Self::Conflicts => conflicts(situation),
            Self::Results => results(situation),
            Self::Pending => pending(situation),
            Self::SelfPaced => self_paced(situation),
            Self::Headcount => headcounts(situation),
        }
    }
}

/// How many people have nothing in each session that met. In a session at one's own pace nothing
/// stands of who did not do it, and nothing is missing.
fn marks(situation: &Situation<'_>) -> Vec<Finding> {
    if situation.sessions.is_empty() && !situation.people.is_empty() {
        return vec![Finding {
            what: None,
            session: None,
            count: number::length(situation.people),
        }];
    }
    let met = |session: &&Session| session.modality != Modality::SelfPaced;
    per_session(situation, met, |cell| cell.is_none())
}

fn conflicts(situation: &Situation<'_>) -> Vec<Finding> {
    let disputed = |cell: Option<&Cell>| cell.is_some_and(|cell| cell.conflict);
    per_session(situation, |_| true, disputed)
}

fn per_session(
    situation: &Situation<'_>,
    asked: impl Fn(&&Session) -> bool,
    wrong: impl Fn(Option<&Cell>) -> bool,
) -> Vec<Finding> {
    let count = |session: &Session| {
        let people = situation.people.iter();
        let cells = people.map(|person| situation.cells.get(&(person.entry.enrolment, session.id)));
        cells.filter(|cell| wrong(*cell)).count()
    };
    situation
        .sessions
        .iter()
        .filter(asked)
        .map(|session| Finding {
            what: Some(session.title.clone()),
            session: Some(session.id),
            count: i64::try_from(count(session)).unwrap_or(i64::MAX),
        })
        .filter(|finding| finding.count > 0)
        .collect()
}

/// Who attended something and has no grade. Who never came has earned none.
fn results(situation: &Situation<'_>) -> Vec<Finding> {
    if situation.header.min_grade_tenths.is_none() {
        return Vec::new();
    }
    let ungraded =
        |person: &&Candidate| person.entry.grade_tenths.is_none() && person.share.attended > 0;
    let finding = |person: &Candidate| Finding {
        what: Some(person.entry.listed_name()),
        session: None,
        count: 1,
    };
    let people = situation.people.iter().filter(ungraded);
    people.map(finding).collect()
}

/// How many enrolments the closing would decline.
fn pending(situation: &Situation<'_>) -> Vec<Finding> {
    let count = situation.header.requested + situation.header.waiting;
    let finding = Finding {
        what: None,
        session: None,
        count,
    };
    (count > 0).then_some(finding).into_iter().collect()
}

fn self_paced(situation: &Situation<'_>) -> Vec<Finding> {
    let open = |session: &&Session| {
        session.modality == Modality::SelfPaced && session.ends_at > situation.now
    };
    let finding = |session: &Session| Finding {
        what: Some(session.title.clone()),
        session: Some(session.id),
        count: 1,
    };
    let sessions = situation.sessions.iter().filter(open);
    sessions.map(finding).collect()
}

/// By how many people the headcount of a session differs from those known by name, where nobody has
/// said why. A session that nobody counted misses nothing: a headcount is for paper.
fn headcounts(situation: &Situation<'_>) -> Vec<Finding> {
    let finding = |session: &Session| {
        let count = situation.counts.get(&session.id)?;
        count.is_open().then(|| Finding {
            what: Some(session.title.clone()),
            session: Some(session.id),
            count: (count.unnamed().total() + count.named.beyond(count.counted).total()),
        })
    };
    situation.sessions.iter().filter_map(finding).collect()
}
