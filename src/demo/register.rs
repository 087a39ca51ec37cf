//! A synthetic national register of any size: what queries and pages are measured against.
//!
//! Nothing in it imitates a program that was; people, courses and places are those of the demo,
//! drawn until there are enough.

use chrono::{Days, NaiveDate};
use rand::{Rng as _, seq::index};

use super::{
    deliver::{Plan, Timetable, hold},
    names::PLACES,
    past::{add_course, program},
    series::{PREVENT, WILDLIFE},
    world::{Audience, World, working_day},
};
use crate::courses::{CourseKind, EditionState, Modality};

/// How large the register is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// People, at least [`Size::EDITION`].
    pub people: usize,
    /// Attendance marks; the last edition is filled, so there may be up to 400 more.
    pub marks: usize,
}

impl Size {
    /// People of an edition.
    pub const EDITION: usize = 40;
    /// The most people: as many DNI numbers as the generator can space out.
    pub const MAX_PEOPLE: usize = 1_000_000;
    /// The most marks: what is written at once must fit in memory.
    pub const MAX_MARKS: usize = 5_000_000;
}

/// How far back the first edition lies, in days.
const PAST_DAYS: u64 = 3000;

/// Editions taught by the demo's facilitator; the others' teachers are drawn.
const OWN_EDITIONS: usize = 4;

/// Who an edition is drawn from and belongs to, in turns.
const AUDIENCES: [Audience; 4] = [
    Audience::Officials,
    Audience::Police,
    Audience::Prosecutors,
    Audience::Community,
];

/// Adds people until there are enough, and editions of ten sessions until there are enough marks.
/// Gives the number of programs.
pub(super) fn add(world: &mut World<'_>, size: Size, facilitator: i64) -> i64 {
    world.space_documents(size.people);
    let first_day = world.today() - Days::new(PAST_DAYS);
    for number in world.rows.people.len()..size.people {
        world.new_person(AUDIENCES[number % AUDIENCES.len()], first_day);
    }
    let (programs, courses) = offer(world, first_day);
    let editions = size.marks.div_ceil(Size::EDITION * 10);
    for number in 0..editions {
        let people = index::sample(&mut world.rng, size.people, Size::EDITION).into_vec();
        let teacher = if number < OWN_EDITIONS {
            facilitator
        } else {
            let drawn = world.rng.random_range(0..size.people);
            world.rows.people[drawn].id
        };
        let plan = plan(world, courses[number % courses.len()], teacher, first_day);
        hold(world, &plan, &people);
    }
    programs
}

/// Two programs and their courses.
fn offer(world: &mut World<'_>, first_day: NaiveDate) -> (i64, Vec<i64>) {
    let (from, to) = (first_day.to_string(), world.today().to_string());
    let mut courses = Vec::new();
    let mut programs = 0;
    for (name, series) in [
        ("Registro nacional de capacitación", WILDLIFE),
        ("Plan nacional de fortalecimiento", PREVENT),
    ] {
        programs = program(world, (&from, &to), |row| {
            row.name = name;
            row.summary = "Datos sintéticos para medir.";
            row.implementer = "Entidad ejecutora";
            row.funder = "Entidad financiadora";
        });
        courses.extend(series.iter().map(|series| {
            let (kind, graded) = (CourseKind::Workshop, series.graded);
            let timetable = Timetable::FiveDays;
            add_course(
                world,
                programs,
                series.title,
                kind,
                series.summary,
                graded,
                timetable,
            )
        }));
    }
    (programs, courses)
}

fn plan(world: &mut World<'_>, course: i64, teacher: i64, first_day: NaiveDate) -> Plan {
    // The last edition and its certificates lie in the past as well.
    let day = first_day + Days::new(world.rng.random_range(0..PAST_DAYS - 20));
    Plan {
        course,
        place: Some(world.one_of(PLACES)),
        modality: Modality::InPerson,
        start: working_day(day),
        timetable: Timetable::FiveDays,
        state: EditionState::Closed,
        seats: Some(45),
        needs_approval: false,
        facilitator: Some(teacher),
    }
}
