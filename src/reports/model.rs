//! Totals: cuts, figures and rows.

use chrono::NaiveDate;

use crate::{
    courses::{CourseId, CourseKind, EditionId, Modality, ProgramId},
    people::{Department, InstitutionId, Sector, Sex},
    values::choice,
};

choice! {
    /// A way to cut the totals: one column of the table and of the exports.
    Cut {
        Program => "program",
        Course => "course",
        Edition => "edition",
        Kind => "kind",
        Modality => "modality",
        Month => "month",
        Sector => "sector",
        Institution => "institution",
        /// Where the person serves, as recorded when they enrolled.
        Department => "department",
        Sex => "sex",
    }
}

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

/// What is counted: sessions of these days, and of what passes every filter. An empty filter
/// passes everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TotalsQuery {
    /// The cuts, in the order of the columns.
    pub by: Vec<Cut>,
    /// The first day, by session date.
    pub from: Option<NaiveDate>,
    /// The last day, included.
    pub to: Option<NaiveDate>,
    /// The preset that the days come from, as it stands in the address.
    pub period: Option<String>,
    /// Programs.
    pub programs: Vec<ProgramId>,
    /// Courses.
    pub courses: Vec<CourseId>,
    /// Editions.
    pub editions: Vec<EditionId>,
    /// Kinds of course.
    pub kinds: Vec<CourseKind>,
    /// Modalities of sessions.
    pub modalities: Vec<Modality>,
    /// Months of sessions.
    pub months: Vec<Month>,
    /// Sectors of people, as recorded when they enrolled.
    pub sectors: Vec<Sector>,
    /// Institutions of people, as recorded when they enrolled.
    pub institutions: Vec<InstitutionId>,
    /// Departments where people serve, as recorded when they enrolled.
    pub departments: Vec<Department>,
    /// Sexes.
    pub sexes: Vec<Sex>,
    /// Whether figures of a few people are withheld: the totals are to be shared outside.
    pub withholds_small: bool,
}

/// The seven figures of a group. Each counts something else, so they stand side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// People taking part in editions: once per person and edition.
    pub enrolments: i64,
    /// Sessions attended, in full or in part: once per person and session.
    pub attendances: i64,
    /// Enrolments with at least one attendance: once per person and edition; and those who were
    /// counted without a name.
    pub participations: i64,
    /// People with at least one attendance: once each, however many editions.
    pub unique_people: i64,
    /// Attended training hours, in tenths.
    pub person_hours_tenths: i64,
    /// Valid constancias of these enrolments.
    pub constancias: i64,
    /// Valid certificados of these enrolments.
    pub certificados: i64,
    /// Of the participations, those of people who were counted and are not named.
    pub unnamed: i64,
}

impl Figures {
    /// The columns' names in exports, in their order.
    pub const COLUMNS: [&'static str; 7] = [
        "enrolments",
        "attendances",
        "participations",
        "unique_people",
        "person_hours",
        "constancias",
        "certificados",
    ];

    /// Where the unique people stand among the columns.
    pub const UNIQUE_PEOPLE: usize = 3;

    /// Where the hours stand, which are in tenths.
    pub const PERSON_HOURS: usize = 4;

    /// The seven figures in the order of [`Self::COLUMNS`].
    pub fn columns(&self) -> [i64; 7] {
        [
            self.enrolments,
            self.attendances,
            self.participations,
            self.unique_people,
            self.person_hours_tenths,
            self.constancias,
            self.certificados,
        ]
    }

    /// Everything as it was counted.
    pub fn told(&self) -> Told {
        Told {
            columns: self.columns().map(Some),
            unnamed: self.unnamed,
        }
    }
}

/// Figures as they are told: what is withheld is not in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// In the order of [`Figures::COLUMNS`], hours in tenths; none where a figure is withheld.
    pub columns: [Option<i64>; 7],
    /// Of the participations, those of people who were counted and are not named.
    pub unnamed: i64,
}

impl Told {
    /// Whether nothing was counted at all.
    pub fn is_nothing(&self) -> bool {
        *self == Figures::default().told()
    }
}

/// The value of one cut: whatever a filter of that cut takes, or nothing recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// For exports: names of records and departments, otherwise the word that the filter takes.
    pub key: String,
}

/// One row: its groups, one for each cut, and its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalsRow<F> {
    /// In the order of the cuts.
    pub groups: Vec<Group>,
    /// What was counted, or what is told of it.
    pub figures: F,
}

/// The whole answer: [`Figures`] as they were counted, or as they are [`Told`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals<F> {
    /// The rows, in the order of their groups.
    pub rows: Vec<TotalsRow<F>>,
    /// Everything together. Not the sum of the rows: a person of two months is one person.
    pub total: F,
    /// Minutes of a training hour.
    pub academic_minutes: i64,
}
