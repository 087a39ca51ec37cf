//! What waits for somebody's decision today: a seat that was offered to the participant, people who were recorded twice, and police whom a funder must know first.

use chrono::{Days, Duration, Timelike as _};

use super::{
    deliver::{Plan, Timetable, enrol, schedule},
    past::program,
    present::Editions,
    rows::{Moment, PersonRow, VettingRow, VettingRuleRow},
    world::{Audience, working_day},
};
use crate::{
    courses::{CourseKind, EditionState},
    enrolment::EnrolmentState,
    people::Sector,
    values::fold,
    vetting::VettingState,
};

/// How long there is to answer who is offered a seat, in hours.
const ANSWER_WITHIN: i64 = 48;

/// How long ago the seat came free, in hours.
const FREED: i64 = 18;

/// How a record differs from the earlier one of the same person.
#[derive(Clone, Copy)]
enum Slip {
    /// Written down without the document at hand.
    Document,
    /// A letter of the surname, and another document number.
    Letter,
    /// The second given name is missing.
    GivenName,
    /// The surnames are the wrong way round.
    Surnames,
    /// None: somebody of the same family gave the same telephone.
    Relative,
}

/// The records that are there twice, by the place of the first in its edition: far fewer than its
/// people.
const SLIPS: [(usize, Slip); 8] = [
    (1, Slip::Document),
    (2, Slip::Letter),
    (3, Slip::Document),
    (4, Slip::Surnames),
    (5, Slip::GivenName),
    (6, Slip::Letter),
    (7, Slip::Relative),
    (8, Slip::Document),
];

/// A full workshop of whose seats one came free yesterday: the participant has it for a while.
pub(super) fn offer(editions: &mut Editions<'_, '_>) {
    let course = editions.course(
        "Peritaje ambiental: informes que resisten el juicio",
        CourseKind::Workshop,
        "Del muestreo en campo al examen del perito en la audiencia.",
        false,
        Timetable::TwoMornings,
    );
    let start = working_day(editions.today + Days::new(16));
    let plan = Plan {
        seats: Some(20),
        ..editions.plan(
            course,
            7,
            start,
            Timetable::TwoMornings,
            EditionState::Enrolling,
        )
    };
    let (edition, _) = schedule(editions.world, &plan);
    let last = editions.world.rows.editions.last_mut();
    last.expect("just added").offer_hours = Some(ANSWER_WITHIN);
    let people = editions.people(Audience::Officials, 23);
    editions.enrol_all(edition, &people[..19], EnrolmentState::Enrolled, 12);
    editions.enrol_all(edition, &people[20..], EnrolmentState::Waiting, 5);
    let freed = editions.world.now - Duration::hours(FREED);
    let withdrawn = enrol(
        editions.world,
        edition,
        people[19],
        EnrolmentState::Withdrawn,
        editions.today - Days::new(12),
    );
    let waiting = enrol(
        editions.world,
        edition,
        editions.cast.participant,
        EnrolmentState::Waiting,
        editions.today - Days::new(9),
    );
    let rows = &mut editions.world.rows.enrolments;
    rows[withdrawn].state_at = Moment(freed);
    let until = freed + Duration::hours(ANSWER_WITHIN);
    let whole_hour = until.with_minute(0).and_then(|until| until.with_second(0));
    rows[waiting].offered_until = Some(Moment(whole_hour.unwrap_or(until)));
}

/// A second program that runs now, whose funder wants to know police first: a course with some whom
/// it has not answered for.
pub(super) fn vetted(editions: &mut Editions<'_, '_>) {
    let (from, to) = (
        editions.today - Days::new(150),
        editions.today + Days::new(900),
    );
    editions.program = program(
        editions.world,
        (&from.to_string(), &to.to_string()),
        |row| {
            row.name = "Finanzas ilícitas de la minería";
            row.summary =
                "Sigue el dinero del oro ilegal, desde el campamento hasta quien lo compra.";
            row.implementer = "Consorcio Justicia Verde";
            row.funder = "US INL";
        },
    );
    editions.world.rows.vetting_rules.push(VettingRuleRow {
        program_id: editions.program,
        sector: Sector::Police,
    });
    let course = editions.course(
        "Investigación financiera de la minería ilegal",
        CourseKind::Workshop,
        "Rastrear compras, cuentas y empresas de fachada con prueba que se sostenga en juicio.",
        true,
        Timetable::TwoDays,
    );
    let start = working_day(editions.today + Days::new(27));
    let plan = Plan {
        needs_approval: true,
        seats: Some(24),
        ..editions.plan(
            course,
            11,
            start,
            Timetable::TwoDays,
            EditionState::Enrolling,
        )
    };
    let (edition, _) = schedule(editions.world, &plan);
    let people = editions.people(Audience::Police, 19);
    editions.enrol_all(edition, &people[..8], EnrolmentState::Enrolled, 9);
    editions.enrol_all(edition, &people[8..], EnrolmentState::Requested, 3);
    for (people, state) in [
        (&people[..11], VettingState::Cleared),
        (&people[11..15], VettingState::Submitted),
        (&people[15..16], VettingState::Denied),
    ] {
        for &person in people {
            answer(editions, person, state);
        }
    }
}

/// What the funder said of somebody.
fn answer(editions: &mut Editions<'_, '_>, person: usize, state: VettingState) {
    let day = editions.today + Days::new(360);
    editions.world.rows.vettings.push(VettingRow {
        person_id: editions.world.rows.people[person].id,
        program_id: editions.program,
        state,
        cleared_until: (state == VettingState::Cleared).then_some(day),
        state_at: Moment(editions.world.now - Duration::days(6)),
    });
}

/// Records some people of an edition a second time, and enrols these records in another.
pub(super) fn recorded_twice(editions: &mut Editions<'_, '_>, edition: i64, other: i64) {
    let people_of = |edition: i64| -> Vec<usize> {
        let rows = &editions.world.rows.enrolments;
        let rows = rows.iter().filter(|row| row.edition_id == edition);
        rows.map(|row| index(row.person_id)).collect()
    };
    let (mut firsts, there) = (people_of(edition), people_of(other));
    firsts.retain(|person| !there.contains(person));
    let since = editions.today - Days::new(18);
    for (place, slip) in SLIPS {
        let first = editions.world.rows.people[firsts[place]].clone();
        let second = editions.world.new_person(Audience::Officials, since);
        write_again(&first, slip, &mut editions.world.rows.people[second]);
        let day = editions.today - Days::new(12);
        enrol(editions.world, other, second, EnrolmentState::Enrolled, day);
    }
    // One of them takes part twice in the same edition.
    let (place, _) = SLIPS[0];
    let day = editions.today - Days::new(16);
    enrol(
        editions.world,
        other,
        firsts[place],
        EnrolmentState::Enrolled,
        day,
    );
}

fn write_again(first: &PersonRow, slip: Slip, second: &mut PersonRow) {
    second.phone.clone_from(&first.phone);
    if matches!(slip, Slip::Relative) {
        second.paternal_surname.clone_from(&first.paternal_surname);
        second.sort_name = sort_name(second);
        return;
    }
    second.given_names.clone_from(&first.given_names);
    second.paternal_surname.clone_from(&first.paternal_surname);
    second.maternal_surname.clone_from(&first.maternal_surname);
    second.sex = first.sex;
    second.birth_year = first.birth_year;
    second.email = None;
    second.institution_id = first.institution_id;
    second.institution_name.clone_from(&first.institution_name);
    second.sector = first.sector;
    second.position = first.position;
    second.department = first.department;
    match slip {
        Slip::Document => {
            second.document_kind = "none";
            second.document_sealed = None;
            second.document_hash = None;
            second.no_document_reason = Some("No tenía el documento a la mano");
        }
        Slip::Letter => {
            second.paternal_surname = with_another_letter(&first.paternal_surname);
            second.email.clone_from(&first.email);
        }
        Slip::GivenName => {
            let only = first.given_names.split(' ').next();
            only.unwrap_or_default().clone_into(&mut second.given_names);
        }
        Slip::Surnames => {
            if let Some(maternal) = &mut second.maternal_surname {
                std::mem::swap(maternal, &mut second.paternal_surname);
            }
        }
        Slip::Relative => {}
    }
    second.sort_name = sort_name(second);
}

/// As somebody writes a surname who only heard it.
fn with_another_letter(surname: &str) -> String {
    for (heard, written) in [("z", "s"), ("s", "z"), ("qu", "k"), ("v", "b"), ("ll", "y")] {
        if surname.contains(heard) {
            return surname.replacen(heard, written, 1);
        }
    }
    format!("{surname}s")
}

fn sort_name(person: &PersonRow) -> String {
    fold(&format!(
        "{} {} {}",
        person.paternal_surname,
        person.maternal_surname.as_deref().unwrap_or_default(),
        person.given_names
    ))
}

/// People are numbered as they are added.
fn index(person: i64) -> usize {
    usize::try_from(person - 1).expect("numbers begin at one")
}
