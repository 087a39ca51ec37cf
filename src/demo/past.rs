//! The three programs that were, at their real magnitudes with invented people (domain notes:
//! 30 training workshops and more than 1,700 officials in 2022, among much else).

use chrono::{Days, NaiveDate};

use super::{
    deliver::{Place, Plan, Timetable, hold, next},
    names::PLACES,
    rows::{CourseRow, Moment, ProgramRow, SignatoryRow},
    world::{Audience, World, at, working_day},
};
use crate::{
    courses::{CourseKind, EditionState, Modality},
    values::fold,
};

/// A course and the editions it had.
struct Series {
    title: &'static str,
    kind: CourseKind,
    audience: Audience,
    summary: &'static str,
    graded: bool,
    timetable: Timetable,
    /// First day, people, and how many of a hundred were never trained before.
    editions: &'static [(&'static str, usize, usize)],
}

/// Training on processing wildlife-trafficking cases in the accusatory system.
const WILDLIFE: &[Series] = &[
    Series {
        title: "Cadena de custodia en delitos contra la fauna silvestre",
        kind: CourseKind::Workshop,
        audience: Audience::Officials,
        summary: "Cómo hallar, asegurar y trasladar la prueba para que valga en juicio.",
        graded: true,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2021-06-09", 32, 100),
            ("2021-09-15", 30, 90),
            ("2022-02-10", 42, 86),
            ("2022-03-08", 40, 84),
            ("2022-04-05", 41, 84),
            ("2022-06-14", 40, 82),
            ("2022-08-09", 42, 82),
            ("2022-10-04", 40, 80),
            ("2023-03-14", 34, 40),
        ],
    },
    Series {
        title: "Investigación avanzada del tráfico de fauna",
        kind: CourseKind::Workshop,
        audience: Audience::Police,
        summary: "Técnicas especiales de investigación, con instructores del Servicio de Pesca y Vida Silvestre de los Estados Unidos.",
        graded: true,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2021-08-11", 28, 100),
            ("2022-03-22", 38, 84),
            ("2022-05-17", 40, 80),
            ("2022-07-12", 38, 78),
            ("2022-09-20", 40, 78),
            ("2023-05-09", 30, 30),
        ],
    },
    Series {
        title: "Litigación oral en delitos ambientales",
        kind: CourseKind::Workshop,
        audience: Audience::Prosecutors,
        summary: "Teoría del caso, interrogatorio y alegatos con expedientes reales de tráfico de fauna.",
        graded: true,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2021-10-06", 26, 100),
            ("2022-04-19", 36, 84),
            ("2022-06-28", 36, 80),
            ("2022-08-23", 38, 78),
            ("2022-11-08", 36, 78),
        ],
    },
    Series {
        title: "Prueba científica y forense para la judicatura",
        kind: CourseKind::Workshop,
        audience: Audience::Judges,
        summary: "Valorar el ADN, la identificación de especies y los peritajes.",
        graded: false,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2021-11-10", 24, 100),
            ("2022-05-31", 34, 86),
            ("2022-09-06", 34, 82),
            ("2022-11-22", 34, 80),
        ],
    },
    Series {
        title: "Integridad y lucha contra la corrupción en la cadena de justicia",
        kind: CourseKind::Workshop,
        audience: Audience::Officials,
        summary: "Riesgos de corrupción en permisos, controles y procesos, y cómo cerrarlos.",
        graded: false,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2022-03-29", 40, 80),
            ("2022-07-26", 42, 78),
            ("2022-10-18", 40, 78),
            ("2023-06-13", 36, 30),
        ],
    },
    Series {
        title: "Identificación de especies protegidas en puestos de control",
        kind: CourseKind::Workshop,
        audience: Audience::Officials,
        summary: "Reconocer en minutos lo que la ley protege: aves, reptiles, maderas y sus disfraces.",
        graded: false,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2021-07-21", 30, 100),
            ("2022-02-24", 42, 80),
            ("2022-05-03", 40, 80),
            ("2022-08-30", 42, 78),
            ("2022-12-06", 40, 76),
        ],
    },
    Series {
        title: "Curso intensivo de investigación y juzgamiento del tráfico de fauna",
        kind: CourseKind::Intensive,
        audience: Audience::Officials,
        summary: "Una semana completa, del hallazgo a la sentencia.",
        graded: true,
        timetable: Timetable::FiveDays,
        editions: &[("2022-05-09", 45, 60), ("2022-09-26", 45, 60)],
    },
    Series {
        title: "Tráfico de fauna silvestre: lo esencial",
        kind: CourseKind::Virtual,
        audience: Audience::Officials,
        summary: "A su ritmo, desde el celular: leyes, hechos y primeros pasos.",
        graded: true,
        timetable: Timetable::Units,
        editions: &[
            ("2021-03-01", 180, 100),
            ("2022-02-01", 255, 82),
            ("2022-08-01", 250, 80),
        ],
    },
    Series {
        title: "Investigación financiera en delitos ambientales",
        kind: CourseKind::Virtual,
        audience: Audience::Officials,
        summary: "Seguir el dinero: levantamiento del secreto, lavado de activos y extinción de dominio.",
        graded: true,
        timetable: Timetable::Units,
        editions: &[("2022-04-01", 245, 78), ("2022-10-03", 240, 76)],
    },
    Series {
        title: "Conferencia: justicia local frente al tráfico de fauna",
        kind: CourseKind::Conference,
        audience: Audience::Community,
        summary: "Jueces de paz, ronderos, consejeros y dirigentes: qué hacer y a quién acudir.",
        graded: false,
        timetable: Timetable::OneDay,
        editions: &[
            ("2022-03-16", 92, 100),
            ("2022-04-27", 88, 96),
            ("2022-06-08", 95, 94),
            ("2022-07-20", 84, 92),
            ("2022-09-14", 90, 90),
            ("2022-11-16", 96, 90),
        ],
    },
    Series {
        title: "Pasantía en el laboratorio forense de Ashland, Oregón",
        kind: CourseKind::StudyVisit,
        audience: Audience::Officials,
        summary: "Cinco días con quienes identifican especies para los tribunales.",
        graded: false,
        timetable: Timetable::FiveVisits,
        editions: &[("2022-06-20", 7, 0)],
    },
    Series {
        title: "Conferencia binacional Perú–Ecuador sobre tráfico de fauna",
        kind: CourseKind::Conference,
        audience: Audience::Binational,
        summary: "Control de frontera, asistencia mutua y casos compartidos.",
        graded: false,
        timetable: Timetable::TwoMornings,
        editions: &[("2022-10-26", 18, 100)],
    },
    Series {
        title: "Conozca sus derechos: denunciar sin miedo",
        kind: CourseKind::RightsTalk,
        audience: Audience::Community,
        summary: "Cómo denunciar un delito ambiental y qué protección pedir.",
        graded: false,
        timetable: Timetable::Talk,
        editions: &[
            ("2022-05-25", 46, 50),
            ("2022-08-17", 52, 50),
            ("2022-10-12", 44, 50),
            ("2023-04-19", 50, 40),
        ],
    },
];

/// The capacity-building plan of Prevent.
const PREVENT: &[Series] = &[
    Series {
        title: "Plan de fortalecimiento para operadores de justicia",
        kind: CourseKind::Workshop,
        audience: Audience::Officials,
        summary: "Delitos ambientales de principio a fin, institución por institución.",
        graded: true,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2020-02-12", 34, 70),
            ("2021-04-14", 36, 60),
            ("2022-06-21", 36, 50),
            ("2023-08-16", 38, 50),
            ("2024-04-17", 36, 40),
        ],
    },
    Series {
        title: "Drones y GPS para vigilar el territorio",
        kind: CourseKind::Workshop,
        audience: Audience::Indigenous,
        summary: "Volar, ubicar, registrar y denunciar con prueba que la fiscalía pueda usar.",
        graded: false,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2021-05-19", 38, 100),
            ("2021-08-25", 40, 96),
            ("2022-02-16", 40, 96),
            ("2022-05-11", 42, 94),
            ("2022-09-28", 40, 94),
            ("2023-02-22", 42, 92),
            ("2023-05-24", 40, 92),
            ("2023-08-30", 42, 92),
            ("2023-11-15", 40, 92),
            ("2024-03-13", 42, 90),
            ("2024-06-19", 40, 90),
        ],
    },
    Series {
        title: "Periodismo y delitos ambientales",
        kind: CourseKind::Workshop,
        audience: Audience::Press,
        summary: "Investigar sin ponerse en riesgo ni poner en riesgo a las fuentes.",
        graded: false,
        timetable: Timetable::TwoMornings,
        editions: &[("2022-07-06", 26, 100), ("2023-09-13", 24, 80)],
    },
];

/// What was done against illegal gold mining.
const MINING: &[Series] = &[
    Series {
        title: "Resolución de conflictos en zonas de minería ilegal",
        kind: CourseKind::Workshop,
        audience: Audience::Officials,
        summary: "Dialogar, mediar y proteger donde la minería ilegal divide.",
        graded: false,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2016-02-17", 47, 100),
            ("2016-03-09", 47, 100),
            ("2016-03-30", 47, 100),
            ("2016-04-20", 44, 98),
            ("2016-05-11", 47, 98),
            ("2016-06-01", 47, 98),
            ("2016-06-22", 47, 96),
            ("2016-07-13", 47, 96),
            ("2016-08-10", 47, 96),
            ("2016-08-31", 47, 96),
            ("2016-09-21", 47, 96),
            ("2016-10-12", 47, 96),
            ("2016-11-02", 47, 96),
            ("2016-11-23", 47, 96),
        ],
    },
    Series {
        title: "Atención a víctimas de trata de personas",
        kind: CourseKind::Workshop,
        audience: Audience::CareProviders,
        summary: "Primera acogida, entrevista y derivación de víctimas de trata.",
        graded: false,
        timetable: Timetable::TwoDays,
        editions: &[
            ("2016-03-16", 42, 100),
            ("2016-05-18", 42, 100),
            ("2016-07-20", 42, 98),
            ("2016-09-14", 42, 98),
            ("2016-11-16", 42, 98),
            ("2017-03-15", 42, 98),
            ("2017-05-17", 42, 98),
            ("2017-07-19", 42, 96),
            ("2017-09-13", 42, 96),
            ("2017-11-15", 42, 96),
        ],
    },
];

/// Adds the three programs and everything they held.
pub(super) fn add(world: &mut World<'_>, facilitator: i64) {
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
            hold_series(world, program, series, facilitator);
        }
    }
}

fn hold_series(world: &mut World<'_>, program: i64, series: &Series, facilitator: i64) {
    let course = add_course(
        world,
        program,
        series.title,
        series.kind,
        series.summary,
        series.graded,
        series.timetable,
    );
    for (start, people, new_percent) in series.editions {
        let start: NaiveDate = start.parse().expect("the demo's dates are dates");
        let start = if series.kind == CourseKind::Virtual {
            start
        } else {
            working_day(start)
        };
        let people = world.draw(
            series.audience,
            *people,
            *new_percent,
            start - Days::new(60),
        );
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
            facilitator: Some(facilitator),
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
