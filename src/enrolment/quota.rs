//! Quotas: seats kept for a group of people, and the most that a group may take. Pure rules; the
//! numbers come from the transaction that gives a seat.
//!
//! Groups of one kind (two sectors, two departments) have nobody in common; a person counts towards
//! one quota of each kind at most. So the seats still needed for what is reserved are, at the least,
//! the largest sum of what is lacking within one kind: a policewoman fills a seat kept for the
//! police and one kept for women at once.

use std::{fmt, str::FromStr};

use serde::Serialize;

use crate::{
    courses::edition::MAX_SEATS,
    error::{AppError, Fault, FormCheck, Reason},
    people::{AffiliationSnapshot, Department, InstitutionId, NewPerson, Sector, Sex},
    values::{choice, chosen, id, optional, whole_number},
};

id! {
    /// One quota of an edition.
    QuotaId
}

choice! {
    /// By what people are grouped.
    QuotaKind {
        Sector => "sector",
        Institution => "institution",
        Department => "department",
        Sex => "sex",
    }
}

/// Whom a quota is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaGroup {
    /// People of a sector.
    Sector(Sector),
    /// People of an institution.
    Institution(InstitutionId),
    /// People who serve in a department.
    Department(Department),
    /// People of a sex.
    Sex(Sex),
}

impl QuotaGroup {
    /// By what it groups.
    pub const fn kind(self) -> QuotaKind {
        match self {
            Self::Sector(_) => QuotaKind::Sector,
            Self::Institution(_) => QuotaKind::Institution,
            Self::Department(_) => QuotaKind::Department,
            Self::Sex(_) => QuotaKind::Sex,
        }
    }

    /// Whether somebody belongs to it.
    pub fn includes(self, who: &Traits) -> bool {
        match self {
            Self::Sector(sector) => who.sector == Some(sector),
            Self::Institution(institution) => who.institution == Some(institution),
            Self::Department(department) => who.department == Some(department),
            Self::Sex(sex) => who.sex == sex,
        }
    }
}

impl fmt::Display for QuotaGroup {
    /// As a form sends it: "sector:police".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.kind())?;
        match self {
            Self::Sector(sector) => sector.fmt(f),
            Self::Institution(institution) => institution.fmt(f),
            Self::Department(department) => department.fmt(f),
            Self::Sex(sex) => sex.fmt(f),
        }
    }
}

impl FromStr for QuotaGroup {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let (kind, value) = text.split_once(':').ok_or(Fault::UnknownChoice)?;
        match kind.parse()? {
            QuotaKind::Sector => value.parse().map(Self::Sector),
            QuotaKind::Institution => value.parse().map(Self::Institution),
            QuotaKind::Department => value.parse().map(Self::Department),
            QuotaKind::Sex => value.parse().map(Self::Sex),
        }
    }
}

/// What of a person quotas look at, as it was when they asked for a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// The institution.
    pub institution: Option<InstitutionId>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// The department where they serve.
    pub department: Option<Department>,
    /// Their sex.
    pub sex: Sex,
}

impl From<&AffiliationSnapshot> for Traits {
    fn from(of: &AffiliationSnapshot) -> Self {
        Self {
            institution: of.institution,
            sector: of.sector,
            department: of.department,
            sex: of.sex,
        }
    }
}

impl Traits {
    /// Of somebody who is not in the register yet; the sector is that of the institution.
    pub fn of_new(new: &NewPerson, sector: Option<Sector>) -> Self {
        let at = new.affiliation.as_ref();
        Self {
            institution: at.and_then(|at| at.institution),
            sector,
            department: at.and_then(|at| at.department),
            sex: new.data.sex,
        }
    }
}

/// A quota of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Quota {
    /// Whom it is about.
    pub group: QuotaGroup,
    /// Seats that nobody else gets while the group has taken fewer.
    pub reserved: i64,
    /// The most seats that the group may take; `None`: as many as there are.
    pub at_most: Option<i64>,
}

impl Quota {
    /// Parses what was typed. Blank: none kept, and as many as there are seats; one of both is
    /// needed.
    pub fn parse(group: &str, reserved: &str, at_most: &str) -> Result<Self, AppError> {
        let mut check = FormCheck::default();
        let group = check.field("group", chosen(group));
        let kept = check.field("reserved", optional(reserved, |typed| seats(typed, 0)));
        let least = kept.flatten().unwrap_or(0);
        let at_most = check.field("at_most", optional(at_most, |typed| seats(typed, least)));
        if matches!((kept, at_most), (Some(None | Some(0)), Some(None))) {
            check.fault("reserved", Fault::Missing);
        }
        let (group, kept, at_most) = check.finish((group, kept, at_most))?;
        Ok(Self {
            group,
            reserved: kept.unwrap_or(0),
            at_most,
        })
    }
}

fn seats(typed: &str, min: i64) -> Result<i64, Fault> {
    whole_number(typed, min, MAX_SEATS)
}

/// A quota, and how many of its group hold a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Held {
    quota: Quota,
    taken: i64,
}

impl Held {
    fn is_full(&self) -> bool {
        self.quota.at_most.is_some_and(|most| self.taken >= most)
    }

    fn lacking(&self) -> i64 {
        (self.quota.reserved - self.taken).max(0)
    }
}

/// Why somebody cannot have a seat now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSeat {
    /// None is free.
    Full,
    /// Their group has as many as it may.
    GroupFull,
    /// Those that are free are kept for others.
    Reserved,
}

impl From<NoSeat> for Reason {
    fn from(why: NoSeat) -> Self {
        match why {
            NoSeat::Full => Self::EditionFull,
            NoSeat::GroupFull => Self::GroupFull,
            NoSeat::Reserved => Self::SeatsReserved,
        }
    }
}

/// The seats of an edition and who holds them, as far as quotas care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seating {
    free: i64,
    held: Vec<Held>,
}

impl Seating {
    /// From the number of seats (`None`: no limit), its quotas, and how many of whom hold a seat.
    pub fn new(seats: Option<i64>, quotas: Vec<Quota>, taken: &[(Traits, i64)]) -> Self {
        let all: i64 = taken.iter().map(|(_, n)| n).sum();
        let held = |quota: Quota| {
            let of_group = taken.iter().filter(|(who, _)| quota.group.includes(who));
            Held {
                quota,
                taken: of_group.map(|(_, n)| n).sum(),
            }
        };
        Self {
            free: seats.map_or(i64::MAX, |seats| (seats - all).max(0)),
            held: quotas.into_iter().map(held).collect(),
        }
    }

    /// Where there are no quotas: that many seats are free.
    pub fn without_quotas(free: i64) -> Self {
        Self {
            free,
            held: Vec::new(),
        }
    }

    /// The same with at least one free seat.
    #[must_use]
    pub fn with_one_free(mut self) -> Self {
        self.free = self.free.max(1);
        self
    }

    /// How many seats are free, kept for somebody or not; `i64::MAX` where there is no limit.
    pub fn free(&self) -> i64 {
        self.free
    }

    /// The seats that are kept and not filled, where fewer are free: `(kept, free)`.
    pub fn overcommitted(&self) -> Option<(i64, i64)> {
        let kept = self.needed(None);
        (kept > self.free).then_some((kept, self.free))
    }

    /// Whether who is seated next depends on who they are.
    pub fn has_quotas(&self) -> bool {
        !self.held.is_empty()
    }

    /// How many of a group hold a seat; zero for a group without a quota.
    pub fn taken(&self, group: QuotaGroup) -> i64 {
        let of_group = self.held.iter().find(|held| held.quota.group == group);
        of_group.map_or(0, |held| held.taken)
    }

    /// Whether somebody may have a seat now.
    pub fn admits(&self, who: &Traits) -> Result<(), NoSeat> {
        if self.free <= 0 {
            return Err(NoSeat::Full);
        }
        if self
            .held
            .iter()
            .any(|held| held.quota.group.includes(who) && held.is_full())
        {
            return Err(NoSeat::GroupFull);
        }
        let needed = self.needed(Some(who));
        // Where more is reserved than is free, whoever brings it nearer is welcome.
        if needed < self.free || needed < self.needed(None) {
            Ok(())
        } else {
            Err(NoSeat::Reserved)
        }
    }

    /// Gives somebody a seat.
    pub fn seat(&mut self, who: &Traits) {
        if self.free != i64::MAX {
            self.free -= 1;
        }
        for held in &mut self.held {
            held.taken += i64::from(held.quota.group.includes(who));
        }
    }

    /// Whose turn it is among those who wait, the longest first: whoever fills a seat that is kept,
    /// then time. `None`: nobody may have a seat.
    pub fn next(&self, waiting: impl Iterator<Item = Traits>) -> Option<usize> {
        let needed = self.needed(None);
        let mut first = None;
        for (place, who) in waiting.enumerate() {
            if self.admits(&who).is_err() {
                continue;
            }
            if needed == 0 || self.needed(Some(&who)) < needed {
                return Some(place);
            }
            first = first.or(Some(place));
        }
        first
    }

    /// The seats still needed, at the least, for what is reserved; with somebody seated besides.
    fn needed(&self, seated: Option<&Traits>) -> i64 {
        let lacking = |held: &Held| {
            let seated = seated.is_some_and(|who| held.quota.group.includes(who));
            (held.lacking() - i64::from(seated)).max(0)
        };
        let of_kind = |kind: &QuotaKind| -> i64 {
            let of_kind = self
                .held
                .iter()
                .filter(|held| held.quota.group.kind() == *kind);
            of_kind.map(lacking).sum()
        };
        QuotaKind::ALL.iter().map(of_kind).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
