//! The verdict of a line: who it is, and whether they are in the edition already.

use std::collections::{HashMap, hash_map::Entry};

use sqlx::SqliteConnection;

use super::{Verdict, line::LineFault};
use crate::{
    courses::EditionId,
    enrolment,
    error::AppError,
    people::{
        Difference, Match, NewPerson, PersonData, PersonHit, PersonId, match_person, written_alike,
    },
    server::Secrets,
};

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Something must be mended in the file.
    Faulty(Vec<LineFault>),
    /// Somebody who is not in the register.
    New(Box<NewPerson>),
    /// Somebody who is.
    Known(PersonHit),
    /// Somebody who is in the edition already.
    Enrolled(PersonHit),
    /// Somebody holds the document of whom the register says something else. They may be meant all
    /// the same; a second person of the same document is never made.
    Conflict(PersonHit, Vec<Difference>),
    /// People of the same names; the person of the line, in case it is another one.
    Possible(Vec<PersonHit>, Box<NewPerson>),
}

impl Found {
    /// The verdict.
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Faulty(_) => Verdict::Faulty,
            Self::New(_) => Verdict::New,
            Self::Known(_) => Verdict::Known,
            Self::Enrolled(_) => Verdict::Enrolled,
            Self::Possible(..) => Verdict::Possible,
            Self::Conflict(..) => Verdict::Conflict,
        }
    }

    /// Who it is, where that is known; in a conflict, who holds the document.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Known(hit) | Self::Enrolled(hit) | Self::Conflict(hit, _) => Some(hit.id),
            Self::Faulty(_) | Self::New(_) | Self::Possible(..) => None,
        }
    }
}

/// Finds the person of a line that was read.
pub async fn check(
    connection: &mut SqliteConnection,
    secrets: &Secrets,
    edition: EditionId,
    read: Result<NewPerson, Vec<LineFault>>,
) -> Result<Found, AppError> {
    let person = match read {
        Ok(person) => person,
        Err(faults) => return Ok(Found::Faulty(faults)),
    };
    match match_person(connection, secrets, &person.data).await? {
        Match::Nobody => Ok(Found::New(Box::new(person))),
        Match::Possible(hits) => Ok(Found::Possible(hits, Box::new(person))),
        Match::Conflict(holder, differences) => Ok(Found::Conflict(holder, differences)),
        Match::Known(known) => {
            let among = [known.id];
            let active = enrolment::queries::active_among(connection, edition, &among).await?;
            Ok(if active.is_empty() {
                Found::Known(known)
            } else {
                Found::Enrolled(known)
            })
        }
    }
}

/// Finds lines that name somebody again: by the document, without one by names and year of birth.
#[derive(Debug, Default)]
pub struct Repeats {
    documents: HashMap<[u8; 32], Vec<Earlier>>,
    names: HashMap<(String, Option<i64>), u32>,
}

/// The first line of somebody beside a document.
#[derive(Debug)]
struct Earlier {
    line: u32,
    /// What it says, where the register says something else of the document's holder.
    conflict: Option<PersonData>,
}

impl Earlier {
    /// Whether a line with the same document is about the same person. The register tells: whom it
    /// knows is not whom it contradicts. Of two whom it contradicts, they themselves do.
    fn is(&self, person: &PersonData, conflict: bool) -> bool {
        match &self.conflict {
            Some(earlier) => conflict && written_alike(earlier, person),
            None => !conflict,
        }
    }
}

impl Repeats {
    /// The earlier line of the same person; otherwise this line is remembered as theirs.
    pub fn earlier(
        &mut self,
        secrets: &Secrets,
        person: PersonData,
        found: &Found,
        line: u32,
    ) -> Option<u32> {
        let Some(number) = person.document.number() else {
            let key = (person.name.sort_name(), person.birth_year);
            return match self.names.entry(key) {
                Entry::Occupied(earlier) => Some(*earlier.get()),
                Entry::Vacant(place) => {
                    place.insert(line);
                    None
                }
            };
        };
        let earlier = self.documents.entry(number.hash(secrets)).or_default();
        let conflict = matches!(found, Found::Conflict(..));
        let same = earlier.iter().find(|one| one.is(&person, conflict));
        if let Some(same) = same {
            return Some(same.line);
        }
        let conflict = conflict.then_some(person);
        earlier.push(Earlier { line, conflict });
        None
    }
}
