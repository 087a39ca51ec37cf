//! The three programs that were, at their real magnitudes with invented people (domain notes:
//! 30 training workshops and more than 1,700 officials in 2022, among much else).

use chrono::{Days, NaiveDate};

use super::{
    deliver::{Place, Plan, Timetable, hold, next},
    names::PLACES,
    present::Cast,
    rows::{CourseRow, Moment, ProgramRow, SignatoryRow},
    series::{MINING, PREVENT, Series, WILDLIFE},
    world::{World, at, working_day},
};
use crate::{
    courses::{CourseKind, EditionState, Modality},
    values::fold,
};

/// First days of the editions in which the participant's demo account took part: none of 2022,
/// whose figures are told exactly.
const WITH_PARTICIPANT: [&str; 3] = ["2023-03-14", "2023-06-13", "2024-04-17"];

/// Adds the three programs and everything they held.
pub(super) fn add(world: &mut World<'_>, cast: &Cast) {
    let wildlife = program(world, ("2020-01-01", "2023-12-31"), |row| {
        row.name = "Combating Wildlife Trafficking in Peru";
        row.summary = "Fortalece a la policía, la fiscalía, la judicatura y las entidades que procesan el tráfico de fauna silvestre en el sistema acusatorio.";
        row.implementer = "ABA ROLI";
        row.funder = "US INL";
    });
    let prevent = program(world, ("2019-01-01", "2024-12-31"), |row| {
        row.name = "Prevent";
        row.summary = "Previene y combate los delitos ambientales en la Amazonía peruana.";
        row.implementer = "DAI";
        row.funder = "USAID";
    });
    let mining = program(world, ("2015-01-01", "2017-12-31"), |row| {
        row.name = "Minería ilegal de oro";
        row.summary = "Resolución de conflictos, atención a víctimas de trata y defensa pública en zonas de minería ilegal.";
        row.implementer = "Programa de minería ilegal";
        row.funder = "USAID";
    });
    for (program, series) in [(mining, MINING), (prevent, PREVENT), (wildlife, WILDLIFE)] {
        for series in series {
            hold_series(world, program, series, cast);
        }
    }
}

fn hold_series(world: &mut World<'_>, program: i64, series: &Series, cast: &Cast) {
    let course = add_course(
        world,
        program,
        series.title,
        series.kind,
        series.summary,
        series.graded,
        series.timetable,
    );
    for (first_day, people, new_percent) in series.editions {
        let start: NaiveDate = first_day.parse().expect("the demo's dates are dates");
        let start = if series.kind == CourseKind::Virtual {
            start
        } else {
            working_day(start)
        };
        let mut people = world.draw(
            series.audience,
            *people,
            *new_percent,
            start - Days::new(60),
        );
        if WITH_PARTICIPANT.contains(first_day) {
            people.pop();
            people.push(cast.participant);
        }
        let plan = Plan {
            course,
            place: place(world, series.kind),
            modality: if series.kind == CourseKind::Virtual {
                Modality::SelfPaced
            } else {
                Modality::InPerson
            },
            start,
            timetable: series.timetable,
            state: EditionState::Closed,
            seats: (series.kind != CourseKind::Virtual)
                .then_some(i64::try_from(people.len()).expect("few people") + 3),
            needs_approval: false,
            facilitator: Some(world.one_of(&cast.teachers)),
        };
        hold(world, &plan, &people);
    }
}

fn place(world: &mut World<'_>, kind: CourseKind) -> Option<Place> {
    (!matches!(kind, CourseKind::Virtual | CourseKind::StudyVisit)).then(|| world.one_of(PLACES))
}

/// Adds a program, with two who sign.
pub(super) fn program(
    world: &mut World<'_>,
    (from, to): (&str, &str),
    name: impl FnOnce(&mut ProgramRow),
) -> i64 {
    let id = next(world.rows.programs.len());
    let starts_on: NaiveDate = from.parse().expect("the demo's dates are dates");
    let mut row = ProgramRow {
        id,
        name: "",
        summary: "",
        implementer: "",
        funder: "",
        starts_on,
        ends_on: to.parse().expect("the demo's dates are dates"),
        created_at: Moment(at(starts_on, 9, 0)),
    };
    name(&mut row);
    let implementer = row.implementer;
    world.rows.programs.push(row);
    let signatories = [
        ("Elena Ccori Paredes", "Directora del programa", implementer),
        ("Julio Vela Rengifo", "Coordinador académico", "Capacita"),
    ];
    for (position, (name, title, institution)) in (1..).zip(signatories) {
        world.rows.signatories.push(SignatoryRow {
            program_id: id,
            position,
            name,
            title,
            institution,
        });
    }
    id
}

/// Adds a course.
pub(super) fn add_course(
    world: &mut World<'_>,
    program_id: i64,
    title: &str,
    kind: CourseKind,
    summary: &str,
    graded: bool,
    timetable: Timetable,
) -> i64 {
    let id = next(world.rows.courses.len());
    world.rows.courses.push(CourseRow {
        id,
        program_id,
        title: title.to_owned(),
        kind,
        summary: summary.to_owned(),
        audience: "Personal de las instituciones que previenen, investigan y juzgan delitos ambientales.".to_owned(),
        outcomes: "- Reconocer los hechos que la ley sanciona.\n- Actuar en orden y dejar constancia de cada paso.\n- Coordinar con las demás instituciones del caso.".to_owned(),
        syllabus: "## Contenido\n\n1. Marco legal vigente.\n2. Diligencias urgentes.\n3. Prueba y cadena de custodia.\n4. Taller con casos reales.".to_owned(),
        planned_minutes: timetable.minutes(),
        min_grade_tenths: graded.then_some(140),
        folded_title: fold(title),
        created_at: world.rows.programs.iter().find(|row| row.id == program_id).expect("programs come first").created_at,
    });
    id
}
