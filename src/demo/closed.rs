//! What the program that runs now has finished: editions closed with certificates, inside the
//! calendar year and the fiscal year that a manager looks at today.

use chrono::{Datelike as _, Days, NaiveDate};

use super::{
    deliver::{Plan, Timetable, hold},
    names::PLACES,
    past::add_course,
    present::Cast,
    world::{Audience, World, working_day},
};
use crate::courses::{CourseKind, EditionState, Modality};

/// An edition that was held.
struct Held {
    title: &'static str,
    summary: &'static str,
    kind: CourseKind,
    audience: Audience,
    people: usize,
    graded: bool,
    timetable: Timetable,
    with_participant: bool,
    days_ago: u64,
}

const HELD: [Held; 3] = [
    Held {
        title: "Conozca sus derechos frente a la minería ilegal",
        summary: "Qué puede denunciar una comunidad, ante quién y con qué protección.",
        kind: CourseKind::RightsTalk,
        audience: Audience::Community,
        people: 46,
        graded: false,
        timetable: Timetable::Talk,
        with_participant: false,
        days_ago: 130,
    },
    Held {
        title: "Interculturalidad en la investigación fiscal",
        summary: "Escuchar, traducir y registrar sin perder lo que se dijo.",
        kind: CourseKind::Workshop,
        audience: Audience::Officials,
        people: 34,
        graded: false,
        timetable: Timetable::TwoMornings,
        with_participant: true,
        days_ago: 80,
    },
    Held {
        title: "Primeras diligencias en casos de tala ilegal",
        summary: "Las primeras veinticuatro horas: lugar, madera, personas y papeles.",
        kind: CourseKind::Workshop,
        audience: Audience::Officials,
        people: 36,
        graded: true,
        timetable: Timetable::TwoDays,
        with_participant: true,
        days_ago: 35,
    },
];

/// Holds them. The last lies inside both years, unless these have only just begun.
pub(super) fn add(world: &mut World<'_>, program: i64, cast: &Cast) {
    for (index, held) in HELD.iter().enumerate() {
        let course = add_course(
            world,
            program,
            held.title,
            held.kind,
            held.summary,
            held.graded,
            held.timetable,
        );
        let start = start(world.today(), held.days_ago);
        let mut people = world.draw(held.audience, held.people, 60, start - Days::new(60));
        if held.with_participant {
            people.pop();
            people.push(cast.participant);
        }
        let plan = Plan {
            course,
            place: Some(PLACES[index]),
            modality: Modality::InPerson,
            start,
            timetable: held.timetable,
            state: EditionState::Closed,
            seats: Some(50),
            needs_approval: false,
            facilitator: Some(cast.teachers[index]),
        };
        hold(world, &plan, &people);
    }
}

/// So many days ago; what is recent does not lie before the quarter in which a year began, and all
/// is over by today.
fn start(today: NaiveDate, days_ago: u64) -> NaiveDate {
    let first_month = if today.month() >= 10 { 10 } else { 1 };
    let year_began =
        NaiveDate::from_ymd_opt(today.year(), first_month, 1).expect("every month has a first day");
    let day = today - Days::new(days_ago);
    let latest = today - Days::new(10);
    working_day(if days_ago < 60 {
        day.max(year_began.min(latest))
    } else {
        day
    })
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn recent_editions_lie_inside_the_year_that_runs() {
        for (today, days_ago, expected) in [
            ("2026-11-21", 35, "2026-10-19"),
            ("2026-10-20", 35, "2026-10-01"),
            ("2026-01-30", 35, "2026-01-01"),
            ("2026-01-05", 35, "2025-12-26"),
            ("2026-06-30", 35, "2026-05-26"),
            ("2026-06-30", 130, "2026-02-20"),
        ] {
            let today = today.parse().expect("a day");
            assert_eq!(start(today, days_ago).to_string(), expected, "{today}");
        }
    }
}
