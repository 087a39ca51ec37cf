//! What the attendance grid is made of: props for the island, with all the words it may need, so
//! that no translations travel with the client.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{
    Cell, MarkStatus,
    packed::{Lines, Packed, packed},
};
use crate::{courses::EditionId, enrolment::EnrolmentId, sessions::SessionId};

/// The attendance of an edition: people down, sessions across.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The edition.
    pub edition: EditionId,
    /// Whether marks may be made: not in a closed or cancelled edition.
    pub open: bool,
    /// The course's minimum share, in thousandths.
    pub min_share_permille: i64,
    /// Whether excused minutes count as attended.
    pub excused_counts: bool,
    /// The columns, in the order in which they are held.
    pub sessions: Vec<GridSession>,
    /// The rows, by name.
    pub people: Vec<GridPerson>,
    /// Every cell that has a mark.
    pub cells: Vec<Cell>,
    /// All words.
    pub words: GridWords,
}

impl Serialize for Grid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The browser, too, is made to write what it has read, and nobody looks at it there.
        if cfg!(not(feature = "ssr")) {
            return serializer.serialize_unit();
        }
        let mut lines = Vec::new();
        self.pack(&mut lines);
        serializer.serialize_str(&lines.join("\n"))
    }
}

impl<'de> Deserialize<'de> for Grid {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self::unpack(&mut Lines::of(&text)))
    }
}

/// What may be said of a session now, where that is not everything, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What may be said.
    pub allowed: Vec<MarkStatus>,
    /// In a word or two: "Desde 8:00".
    pub short: String,
    /// In a sentence.
    pub why: String,
}

impl Limit {
    /// Whether this may be said.
    pub fn allows(&self, status: MarkStatus) -> bool {
        self.allowed.contains(&status)
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridSession {
    /// The session.
    pub id: SessionId,
    /// Its title.
    pub title: String,
    /// Its day: "sáb 21 nov".
    pub day: String,
    /// Its hour and modality: "9:00, presencial".
    pub hour: String,
    /// What attending all of it is worth, in minutes.
    pub planned: i64,
    /// Whether who has no mark yet may still be credited.
    pub open: bool,
    /// What may be said of it now, where that is not everything.
    pub limit: Option<Limit>,
}

impl GridSession {
    /// Whether this may be said of it now.
    pub fn allows(&self, status: MarkStatus) -> bool {
        self.limit.as_ref().is_none_or(|limit| limit.allows(status))
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridPerson {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// "Quispe Mamani, Rosa".
    pub name: String,
    /// Lower case without accents, for searching.
    pub folded: String,
    /// The institution on the day of the enrolment.
    pub institution: Option<String>,
}

/// A status: its word and the letter that sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusWord {
    /// The status.
    pub status: MarkStatus,
    /// "Presente".
    pub word: String,
    /// "P"; empty for what has no letter.
    pub key: String,
}

/// A sentence that depends on a number, written where it says `{n}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plural {
    /// For one.
    pub one: String,
    /// For any other number.
    pub many: String,
}

impl Plural {
    /// The sentence for this number.
    pub fn of(&self, n: usize) -> String {
        let sentence = if n == 1 { &self.one } else { &self.many };
        sentence.replace("{n}", &n.to_string())
    }
}

/// The grid's words. Where something is filled in, the text says `{session}`, `{max}`, ….
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each is named by the key of its text in locales/"
)]
pub struct GridWords {
    pub label: String,
    pub person: String,
    pub share: String,
    pub attended: String,
    pub reached: String,
    pub open: String,
    pub short: String,
    pub take: String,
    pub take_of: String,
    pub excuse: String,
    pub excuse_of: String,
    pub rest_present: String,
    pub rest_present_of: String,
    pub search: String,
    pub undo: String,
    pub refresh: String,
    pub keys: String,
    pub keys_move: String,
    pub minutes_of: String,
    pub minutes_bad: String,
    pub set_minutes: String,
    pub history: String,
    pub conflict: String,
    pub all_saved: String,
    pub marks_are_saved: String,
    pub saving: Plural,
    pub waiting: Plural,
    pub retry: String,
    pub by_others: Plural,
    pub refused: String,
    pub refused_closed: String,
    pub refused_not_taking_part: String,
    pub refused_not_begun: String,
    pub refused_sign_in: String,
    pub refused_forbidden: String,
    pub undone: String,
    pub not_undone: Plural,
    pub said: String,
    pub cell_minutes: String,
    pub statuses: Vec<StatusWord>,
}

impl GridWords {
    /// The word of a status.
    pub fn status(&self, status: MarkStatus) -> &str {
        let found = self.statuses.iter().find(|word| word.status == status);
        found.map_or("", |word| &word.word)
    }

    /// The status that a pressed key sets, in upper or lower case.
    pub fn status_of_key(&self, key: &str) -> Option<MarkStatus> {
        let is_of = |word: &&StatusWord| word.key.eq_ignore_ascii_case(key);
        let found = self.statuses.iter().find(is_of);
        found.map(|word| word.status)
    }
}

packed!(Grid {
    edition,
    open,
    min_share_permille,
    excused_counts,
    sessions,
    people,
    cells,
    words
});
packed!(Limit {
    allowed,
    short,
    why
});
packed!(GridSession {
    id,
    title,
    day,
    hour,
    planned,
    open,
    limit
});
packed!(GridPerson {
    enrolment,
    name,
    folded,
    institution
});
packed!(StatusWord { status, word, key });
packed!(Plural { one, many });
packed!(GridWords {
    label,
    person,
    share,
    attended,
    reached,
    open,
    short,
    take,
    take_of,
    excuse,
    excuse_of,
    rest_present,
    rest_present_of,
    search,
    undo,
    refresh,
    keys,
    keys_move,
    minutes_of,
    minutes_bad,
    set_minutes,
    history,
    conflict,
    all_saved,
    marks_are_saved,
    saving,
    waiting,
    retry,
    by_others,
    refused,
    refused_closed,
    refused_not_taking_part,
    refused_not_begun,
    refused_sign_in,
    refused_forbidden,
    undone,
    not_undone,
    said,
    cell_minutes,
    statuses
});
