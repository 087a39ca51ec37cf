//! What runs now, so that every screen has something alive: an open convocatoria, a
//! session today, a waiting list, requests to decide, certificates that are due, closed editions.

use chrono::{Days, NaiveDate};
use rand::Rng as _;

use super::{
    certify::grade,
    closed,
    deliver::{Plan, Timetable, enrol, mark, schedule},
    lesson::{add_steps, study},
    names::PLACES,
    past::{add_course, program},
    rows::QuotaRow,
    undecided,
    world::{Audience, World, working_day},
};
use crate::{
    attendance::MarkStatus,
    courses::{CourseKind, EditionState, Modality},
    enrolment::EnrolmentState,
};

/// The people behind the demo accounts who take part in something.
pub(super) struct Cast {
    /// Teaches what runs now.
    pub facilitator: i64,
    /// Teach, or taught, all the rest.
    pub teachers: Vec<i64>,
    /// Index of the participant among the people.
    pub participant: usize,
}

/// Adds the program, and another after it; gives the last one's id.
pub(super) fn add(world: &mut World<'_>, cast: &Cast) -> i64 {
    let today = world.today();
    let (from, to) = (today - Days::new(300), today + Days::new(500));
    let id = program(world, (&from.to_string(), &to.to_string()), |row| {
        row.name = "Justicia para la Amazonía";
        row.summary = "Forma a quienes previenen, investigan y juzgan los delitos que destruyen la Amazonía, y a las comunidades que la cuidan.";
        row.implementer = "Consorcio Justicia Verde";
        row.funder = "Fondo de Cooperación Amazónica";
    });
    closed::add(world, id, cast);
    let editions = Editions {
        world,
        cast,
        program: id,
        today,
    };
    editions.add()
}

/// Adds editions to the program, one after another.
pub(super) struct Editions<'w, 'a> {
    pub world: &'w mut World<'a>,
    pub cast: &'w Cast,
    pub program: i64,
    pub today: NaiveDate,
}

impl Editions<'_, '_> {
    fn add(mut self) -> i64 {
        self.today_and_yesterday();
        self.open_with_requests();
        self.attendance_missing();
        let over = self.certificates_due();
        let self_paced = self.self_paced();
        self.without_facilitator_and_venue();
        self.full_with_waiting_list();
        self.draft();
        self.online();
        undecided::offer(&mut self);
        undecided::recorded_twice(&mut self, over, self_paced);
        undecided::vetted(&mut self);
        self.program
    }

    pub(super) fn course(
        &mut self,
        title: &str,
        kind: CourseKind,
        summary: &str,
        graded: bool,
        timetable: Timetable,
    ) -> i64 {
        add_course(
            self.world,
            self.program,
            title,
            kind,
            summary,
            graded,
            timetable,
        )
    }

    pub(super) fn plan(
        &self,
        course: i64,
        place: usize,
        start: NaiveDate,
        timetable: Timetable,
        state: EditionState,
    ) -> Plan {
        Plan {
            course,
            place: Some(PLACES[place]),
            modality: Modality::InPerson,
            start,
            timetable,
            state,
            seats: Some(40),
            needs_approval: false,
            facilitator: Some(self.cast.teachers[place % self.cast.teachers.len()]),
        }
    }

    pub(super) fn people(&mut self, audience: Audience, count: usize) -> Vec<usize> {
        let since = self.today - Days::new(120);
        let mut people = self.world.draw(audience, count, 55, since);
        people.retain(|index| *index != self.cast.participant);
        people
    }

    pub(super) fn enrol_all(
        &mut self,
        edition: i64,
        people: &[usize],
        state: EnrolmentState,
        days_ago: u64,
    ) -> Vec<usize> {
        let day = self.today - Days::new(days_ago);
        people
            .iter()
            .map(|person| enrol(self.world, edition, *person, state, day))
            .collect()
    }

    /// A workshop in its second day: yesterday is marked, today waits.
    fn today_and_yesterday(&mut self) {
        let title = "Cadena de custodia en delitos de minería ilegal";
        let course = self.course(
            title,
            CourseKind::Workshop,
            "Asegurar maquinaria, mercurio y oro sin romper la prueba.",
            true,
            Timetable::TwoDays,
        );
        let plan = Plan {
            facilitator: Some(self.cast.facilitator),
            ..self.plan(
                course,
                0,
                self.today - Days::new(1),
                Timetable::TwoDays,
                EditionState::Running,
            )
        };
        let (edition, sessions) = schedule(self.world, &plan);
        let mut people = self.people(Audience::Officials, 37);
        people.push(self.cast.participant);
        for enrolment in self.enrol_all(edition, &people, EnrolmentState::Enrolled, 14) {
            for session in &sessions[..2] {
                let status = if self.world.chance(92) {
                    MarkStatus::Present
                } else {
                    MarkStatus::Absent
                };
                mark(self.world, enrolment, *session, status);
            }
        }
    }

    /// An intensive course whose convocatoria is open and whose requests wait for a decision.
    fn open_with_requests(&mut self) {
        let title = "Curso intensivo de litigación en delitos ambientales";
        let course = self.course(
            title,
            CourseKind::Intensive,
            "Cinco días de audiencias simuladas con jueces en ejercicio.",
            true,
            Timetable::FiveDays,
        );
        let start = working_day(self.today + Days::new(21));
        let plan = Plan {
            needs_approval: true,
            seats: Some(30),
            ..self.plan(
                course,
                4,
                start,
                Timetable::FiveDays,
                EditionState::Enrolling,
            )
        };
        let (edition, _) = schedule(self.world, &plan);
        let people = self.people(Audience::Prosecutors, 21);
        self.enrol_all(edition, &people[..9], EnrolmentState::Enrolled, 6);
        self.enrol_all(edition, &people[9..], EnrolmentState::Requested, 2);
    }

    /// A workshop with a session three days ago that nobody has marked.
    fn attendance_missing(&mut self) {
        let title = "Identificación de especies en puestos de control fluvial";
        let course = self.course(
            title,
            CourseKind::Workshop,
            "Lo que viaja por el río y la ley protege.",
            false,
            Timetable::TwoDays,
        );
        let plan = Plan {
            facilitator: Some(self.cast.facilitator),
            ..self.plan(
                course,
                2,
                self.today - Days::new(3),
                Timetable::TwoDays,
                EditionState::Running,
            )
        };
        let (edition, _) = schedule(self.world, &plan);
        let people = self.people(Audience::Officials, 34);
        self.enrol_all(edition, &people, EnrolmentState::Enrolled, 20);
    }

    /// A workshop that is over, marked and graded: its certificates are due.
    fn certificates_due(&mut self) -> i64 {
        let title = "Litigación oral en delitos contra los bosques";
        let course = self.course(
            title,
            CourseKind::Workshop,
            "Del acta de intervención al alegato final.",
            true,
            Timetable::TwoDays,
        );
        let start = working_day(self.today - Days::new(12));
        let plan = self.plan(course, 1, start, Timetable::TwoDays, EditionState::Running);
        let (edition, sessions) = schedule(self.world, &plan);
        let people = self.people(Audience::Officials, 26);
        let enrolments = self.enrol_all(edition, &people, EnrolmentState::Enrolled, 40);
        for (index, enrolment) in enrolments.into_iter().enumerate() {
            let status = if index < 23 {
                MarkStatus::Present
            } else {
                MarkStatus::Absent
            };
            let minutes: i64 = sessions
                .iter()
                .map(|session| mark(self.world, enrolment, *session, status))
                .sum();
            let grade = grade(self.world, course, enrolment, minutes);
            self.world.rows.enrolments[enrolment].grade_tenths = grade;
        }
        edition
    }

    /// A self-paced course, half way: some are done, most are on it.
    fn self_paced(&mut self) -> i64 {
        let title = "Delitos ambientales: lo esencial";
        let course = self.course(
            title,
            CourseKind::Virtual,
            "A su ritmo, desde el celular: cuatro unidades cortas.",
            false,
            Timetable::Units,
        );
        let start = self.today - Days::new(20);
        let plan = Plan {
            place: None,
            modality: Modality::SelfPaced,
            seats: None,
            facilitator: Some(self.cast.facilitator),
            ..self.plan(course, 0, start, Timetable::Units, EditionState::Enrolling)
        };
        let (edition, sessions) = schedule(self.world, &plan);
        for session in &sessions {
            add_steps(self.world, *session);
        }
        let mut people = self.people(Audience::Officials, 64);
        people.push(self.cast.participant);
        let enrolments = self.enrol_all(edition, &people, EnrolmentState::Enrolled, 18);
        for (index, enrolment) in enrolments.iter().enumerate() {
            let is_participant = index == enrolments.len() - 1;
            let steps = if is_participant {
                7
            } else {
                self.world.rng.random_range(0..=20)
            };
            study(self.world, *enrolment, &sessions, steps);
        }
        edition
    }

    /// A conference announced without facilitator and venue.
    fn without_facilitator_and_venue(&mut self) {
        let title = "Conferencia: justicia de paz y bosques";
        let course = self.course(
            title,
            CourseKind::Conference,
            "Encuentro de jueces de paz, rondas y comunidades.",
            false,
            Timetable::OneDay,
        );
        let start = working_day(self.today + Days::new(14));
        let plan = Plan {
            place: None,
            facilitator: None,
            seats: Some(120),
            ..self.plan(course, 5, start, Timetable::OneDay, EditionState::Announced)
        };
        schedule(self.world, &plan);
    }

    /// A workshop without a free seat.
    fn full_with_waiting_list(&mut self) {
        let title = "Drones y GPS para guardianes del bosque";
        let course = self.course(
            title,
            CourseKind::Workshop,
            "Vigilar el territorio y entregar prueba que sirva.",
            false,
            Timetable::TwoDays,
        );
        let start = working_day(self.today + Days::new(9));
        let plan = Plan {
            seats: Some(25),
            ..self.plan(
                course,
                3,
                start,
                Timetable::TwoDays,
                EditionState::Enrolling,
            )
        };
        let (edition, _) = schedule(self.world, &plan);
        self.world.rows.quotas.push(QuotaRow {
            edition_id: edition,
            sex: "f".to_owned(),
            reserved: 10,
        });
        let people = self.people(Audience::Indigenous, 33);
        self.enrol_all(edition, &people[..25], EnrolmentState::Enrolled, 10);
        self.enrol_all(edition, &people[25..], EnrolmentState::Waiting, 5);
        enrol(
            self.world,
            edition,
            self.cast.participant,
            EnrolmentState::Waiting,
            self.today - Days::new(4),
        );
    }

    /// A course still being prepared.
    fn draft(&mut self) {
        let course = self.course(
            "Extinción de dominio en minería ilegal",
            CourseKind::Workshop,
            "Quitarle al delito lo que el delito ganó.",
            true,
            Timetable::TwoDays,
        );
        let start = working_day(self.today + Days::new(60));
        let plan = Plan {
            facilitator: None,
            ..self.plan(course, 6, start, Timetable::TwoDays, EditionState::Draft)
        };
        schedule(self.world, &plan);
    }

    /// A course over video calls with seats left.
    fn online(&mut self) {
        let title = "Lavado de activos y delitos ambientales";
        let course = self.course(
            title,
            CourseKind::Workshop,
            "Dos mañanas en línea con la Unidad de Inteligencia Financiera.",
            false,
            Timetable::TwoMornings,
        );
        let start = working_day(self.today + Days::new(6));
        let plan = Plan {
            place: None,
            modality: Modality::LiveOnline,
            seats: Some(50),
            facilitator: Some(self.cast.facilitator),
            ..self.plan(
                course,
                0,
                start,
                Timetable::TwoMornings,
                EditionState::Enrolling,
            )
        };
        let (edition, _) = schedule(self.world, &plan);
        let people = self.people(Audience::Officials, 12);
        self.enrol_all(edition, &people, EnrolmentState::Enrolled, 3);
    }
}
