//! Holds an edition: its sessions, who came, how they did, and what they were given.

use chrono::{Days, Duration, NaiveDate};
use rand::Rng as _;

use super::{
    certify::{certify, earned, grade},
    rows::{EditionRow, EnrolmentRow, FacilitatorRow, MarkRow, Moment, SessionRow},
    world::{World, at},
};
use crate::{
    attendance::MarkStatus,
    courses::{EditionState, Modality},
    enrolment::EnrolmentState,
};

/// A place: city, department, venue.
pub(super) type Place = (&'static str, &'static str, &'static str);

/// One block of a timetable: day of the edition, from, to.
type Block = (u64, (u32, u32), (u32, u32));

/// How an edition's hours lie.
#[derive(Clone, Copy, Debug)]
pub(super) enum Timetable {
    TwoDays,
    FiveDays,
    FiveVisits,
    OneDay,
    Talk,
    TwoMornings,
    Units,
}

impl Timetable {
    const fn blocks(self) -> &'static [Block] {
        match self {
            Self::TwoDays => &[
                (0, (9, 0), (13, 0)),
                (0, (14, 30), (18, 0)),
                (1, (9, 0), (13, 0)),
                (1, (14, 30), (18, 0)),
            ],
            Self::FiveDays => &[
                (0, (8, 30), (12, 30)),
                (0, (14, 0), (17, 0)),
                (1, (8, 30), (12, 30)),
                (1, (14, 0), (17, 0)),
                (2, (8, 30), (12, 30)),
                (2, (14, 0), (17, 0)),
                (3, (8, 30), (12, 30)),
                (3, (14, 0), (17, 0)),
                (4, (8, 30), (12, 30)),
                (4, (14, 0), (17, 0)),
            ],
            Self::FiveVisits => &[
                (0, (8, 0), (16, 0)),
                (1, (8, 0), (16, 0)),
                (2, (8, 0), (16, 0)),
                (3, (8, 0), (16, 0)),
                (4, (8, 0), (16, 0)),
            ],
            Self::OneDay => &[(0, (9, 0), (13, 0)), (0, (14, 30), (17, 0))],
            Self::Talk => &[(0, (15, 0), (17, 0))],
            Self::TwoMornings => &[(0, (9, 0), (13, 0)), (1, (9, 0), (13, 0))],
            Self::Units => &[],
        }
    }

    /// Units of a self-paced edition: each opens with the edition and stays open to its end.
    const UNITS: [(&'static str, i64); 4] = [
        ("Unidad 1. El marco legal", 120),
        ("Unidad 2. Los hechos y la prueba", 150),
        ("Unidad 3. La investigación paso a paso", 150),
        ("Unidad 4. Caso final", 180),
    ];

    /// The last day, counted from the first.
    pub fn length(self) -> u64 {
        self.blocks().last().map_or(41, |(day, ..)| *day)
    }

    /// Minutes of all sessions.
    pub fn minutes(self) -> i64 {
        let live: i64 = self.blocks().iter().map(block_minutes).sum();
        if live > 0 {
            live
        } else {
            Self::UNITS.iter().map(|(_, minutes)| minutes).sum()
        }
    }
}

fn block_minutes((_, from, to): &Block) -> i64 {
    i64::from(to.0 * 60 + to.1) - i64::from(from.0 * 60 + from.1)
}

/// An edition to be made.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub course: i64,
    pub place: Option<Place>,
    pub modality: Modality,
    pub start: NaiveDate,
    pub timetable: Timetable,
    pub state: EditionState,
    pub seats: Option<i64>,
    pub needs_approval: bool,
    pub facilitator: Option<i64>,
}

/// Adds the edition with its sessions; gives the edition's id and its sessions'.
pub(super) fn schedule(world: &mut World<'_>, plan: &Plan) -> (i64, Vec<usize>) {
    let id = next(world.rows.editions.len());
    let number = 1 + world
        .rows
        .editions
        .iter()
        .filter(|edition| edition.course_id == plan.course)
        .count();
    let ends_on = plan.start + Days::new(plan.timetable.length());
    let self_paced = plan.modality == Modality::SelfPaced;
    let enrol_until = if self_paced {
        ends_on - Days::new(7)
    } else {
        plan.start - Days::new(2)
    };
    let created_at = at(plan.start - Days::new(70), 10, 0).min(world.now - Duration::days(30));
    let venue_id = plan.place.as_ref().map(|place| world.venue(place));
    world.rows.editions.push(EditionRow {
        id,
        course_id: plan.course,
        number: i64::try_from(number).expect("few editions"),
        state: plan.state,
        modality: plan.modality,
        starts_on: plan.start,
        ends_on,
        venue_id,
        department: plan.place.map(|place| place.1.to_owned()),
        seats: plan.seats,
        needs_approval: i64::from(plan.needs_approval),
        offer_hours: None,
        enrol_from: (plan.start - Days::new(45)).min(enrol_until),
        enrol_until,
        state_at: Moment(created_at),
        created_at: Moment(created_at),
    });
    if let Some(person_id) = plan.facilitator {
        world.rows.facilitators.push(FacilitatorRow {
            edition_id: id,
            person_id,
            assigned_at: Moment(created_at),
        });
    }
    (id, add_sessions(world, id, plan, ends_on))
}

fn add_sessions(
    world: &mut World<'_>,
    edition: i64,
    plan: &Plan,
    ends_on: NaiveDate,
) -> Vec<usize> {
    let first = world.rows.sessions.len();
    let created_at = world.rows.editions.last().expect("just added").created_at;
    let mut push = |title: String, starts_at, ends_at, planned_minutes| {
        let id = next(world.rows.sessions.len());
        let online = matches!(plan.modality, Modality::LiveOnline | Modality::Hybrid);
        world.rows.sessions.push(SessionRow {
            id,
            edition_id: edition,
            title,
            modality: plan.modality,
            starts_at: Moment(starts_at),
            ends_at: Moment(ends_at),
            planned_minutes,
            meeting_link: online.then_some("https://reuniones.ejemplo.pe/capacita"),
            created_at,
        });
    };
    for (index, block) in plan.timetable.blocks().iter().enumerate() {
        let (day, from, to) = *block;
        let day = plan.start + Days::new(day);
        push(
            format!("Sesión {}", index + 1),
            at(day, from.0, from.1),
            at(day, to.0, to.1),
            block_minutes(block),
        );
    }
    if plan.timetable.blocks().is_empty() {
        for (title, minutes) in Timetable::UNITS {
            push(
                title.to_owned(),
                at(plan.start, 0, 0),
                at(ends_on, 23, 59),
                minutes,
            );
        }
    }
    (first..world.rows.sessions.len()).collect()
}

/// Adds a person to an edition, with their affiliation as it is.
pub(super) fn enrol(
    world: &mut World<'_>,
    edition: i64,
    person: usize,
    state: EnrolmentState,
    day: NaiveDate,
) -> usize {
    let id = next(world.rows.enrolments.len());
    let minute = world.rng.random_range(0..600);
    let requested_at = Moment(at(day, 8, 0) + Duration::minutes(minute));
    let person = &world.rows.people[person];
    world.rows.enrolments.push(EnrolmentRow {
        id,
        edition_id: edition,
        person_id: person.id,
        state,
        state_at: requested_at,
        requested_at,
        institution_id: person.institution_id,
        institution_name: person.institution_name.clone(),
        sector: person.sector,
        position: person.position,
        department: person.department,
        country: person.country,
        sex: person.sex,
        pre_test_tenths: None,
        post_test_tenths: None,
        grade_tenths: None,
        offered_until: None,
    });
    world.rows.enrolments.len() - 1
}

/// Marks one person in one session; gives the minutes attended.
pub(super) fn mark(
    world: &mut World<'_>,
    enrolment: usize,
    session: usize,
    status: MarkStatus,
) -> i64 {
    let (session_id, planned, ends_at) = {
        let session = &world.rows.sessions[session];
        (session.id, session.planned_minutes, session.ends_at)
    };
    let minutes = match status {
        MarkStatus::Present | MarkStatus::Late => planned,
        MarkStatus::Partial => planned * world.rng.random_range(3..9) / 10,
        MarkStatus::Excused | MarkStatus::Absent | MarkStatus::NotTaken => 0,
    };
    world.rows.marks.push(MarkRow {
        id: next(world.rows.marks.len()),
        enrolment_id: world.rows.enrolments[enrolment].id,
        session_id,
        status,
        minutes,
        marked_at: ends_at,
    });
    minutes
}

/// How somebody attends: most always, some with gaps, a few never.
fn attend(world: &mut World<'_>, enrolment: usize, sessions: &[usize], self_paced: bool) -> i64 {
    if world.is_diligent(enrolment) {
        let present = |session: &usize| mark(world, enrolment, *session, MarkStatus::Present);
        return sessions.iter().map(present).sum();
    }
    let habit = world.rng.random_range(0..100);
    let (never, gaps) = if self_paced { (6, 16) } else { (2, 9) };
    sessions
        .iter()
        .map(|session| {
            let dice = world.rng.random_range(0..100);
            let status = if habit < never || (habit < never + gaps && dice < 45) {
                MarkStatus::Absent
            } else if self_paced || dice < 88 {
                MarkStatus::Present
            } else if dice < 94 {
                MarkStatus::Late
            } else if dice < 97 {
                MarkStatus::Partial
            } else {
                MarkStatus::Excused
            };
            mark(world, enrolment, *session, status)
        })
        .sum()
}

/// Holds a whole edition in the past: everybody attends, is graded and given what they earned.
pub(super) fn hold(world: &mut World<'_>, plan: &Plan, people: &[usize]) -> i64 {
    let (edition, sessions) = schedule(world, plan);
    let ended = at(
        world.rows.editions.last().expect("just added").ends_on,
        20,
        0,
    );
    for person in people {
        let enrolled_on = plan.start - Days::new(world.rng.random_range(5..35));
        let enrolment = enrol(
            world,
            edition,
            *person,
            EnrolmentState::Enrolled,
            enrolled_on,
        );
        let minutes = attend(
            world,
            enrolment,
            &sessions,
            plan.modality == Modality::SelfPaced,
        );
        let grade = grade(world, plan.course, enrolment, minutes);
        let earned = earned(world, plan.course, minutes, plan.timetable.minutes(), grade);
        let row = &mut world.rows.enrolments[enrolment];
        row.grade_tenths = grade;
        row.state_at = Moment(ended + Duration::days(2));
        row.state = match (earned, minutes) {
            (Some(_), _) => EnrolmentState::Completed,
            (None, 0) => EnrolmentState::NoShow,
            (None, _) => EnrolmentState::NotCompleted,
        };
        if let Some(kind) = earned {
            certify(world, enrolment, plan, kind, ended + Duration::days(3));
        }
    }
    edition
}

/// The id after so many rows.
pub(super) fn next(rows: usize) -> i64 {
    i64::try_from(rows + 1).expect("the demo fits in memory")
}
