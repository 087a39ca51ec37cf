//! What people are given: grades, and certificates by the course's rule.

use chrono::{DateTime, Days, NaiveDate, Utc};
use rand::Rng as _;

use super::{
    deliver::{Plan, next},
    rows::{CertificateRow, CourseRow, Moment},
    world::World,
};
use crate::{
    certificates::{CertificateKind, Code},
    courses::{CourseKind, Modality},
    documents::certificate::{
        CURRENT_TEMPLATE, CertificateContent, SheetCourseKind, SheetKind, SheetLanguage,
        SheetModality, Signatory,
    },
    server::secrets::hexadecimal,
};

/// Minutes of a training hour on the demo's certificates: the setting of a new database.
const ACADEMIC_MINUTES: u8 = 45;

/// The grade of who always passes: 17 of 20.
const DILIGENT_GRADE: i64 = 170;

/// A grade for whoever attended a graded course.
pub(super) fn grade(
    world: &mut World<'_>,
    course: i64,
    enrolment: usize,
    minutes: i64,
) -> Option<i64> {
    let graded = course_row(world, course).min_grade_tenths.is_some();
    if world.is_diligent(enrolment) {
        return graded.then_some(DILIGENT_GRADE);
    }
    (graded && minutes > 0).then(|| {
        world.rng.random_range(22..41) * 5
            - if world.rng.random_range(0..8) == 0 {
                40
            } else {
                0
            }
    })
}

/// What the course's rule gives, in exact numbers: 80 % of the minutes, and the grade.
pub(super) fn earned(
    world: &World<'_>,
    course: i64,
    minutes: i64,
    planned: i64,
    grade: Option<i64>,
) -> Option<CertificateKind> {
    if minutes * 1000 < planned * 800 {
        return None;
    }
    let passed = course_row(world, course)
        .min_grade_tenths
        .zip(grade)
        .is_some_and(|(min, grade)| grade >= min);
    Some(if passed {
        CertificateKind::Certificado
    } else {
        CertificateKind::Constancia
    })
}

fn course_row<'w>(world: &'w World<'_>, course: i64) -> &'w CourseRow {
    world
        .rows
        .courses
        .iter()
        .find(|row| row.id == course)
        .expect("plans name courses that were added")
}

/// Issues a certificate with frozen content, as the operation does.
pub(super) fn certify(
    world: &mut World<'_>,
    enrolment: usize,
    plan: &Plan,
    kind: CertificateKind,
    issued_at: DateTime<Utc>,
) {
    let code = Code::from_random(std::array::from_fn(|_| world.rng.random()));
    let content = content(world, enrolment, plan, kind, &code, issued_at.date_naive());
    let content = serde_json::to_string(&content).expect("content is plain data");
    world.rows.certificates.push(CertificateRow {
        id: next(world.rows.certificates.len()),
        code: code.to_string(),
        enrolment_id: world.rows.enrolments[enrolment].id,
        kind,
        issued_at: Moment(issued_at),
        content_digest: hexadecimal(blake3::hash(content.as_bytes()).as_bytes()),
        content,
    });
}

fn content(
    world: &World<'_>,
    enrolment: usize,
    plan: &Plan,
    kind: CertificateKind,
    code: &Code,
    issued_on: NaiveDate,
) -> CertificateContent {
    let enrolment = &world.rows.enrolments[enrolment];
    let person =
        &world.rows.people[usize::try_from(enrolment.person_id - 1).expect("ids begin at one")];
    let course = course_row(world, plan.course);
    let program = world
        .rows
        .programs
        .iter()
        .find(|program| program.id == course.program_id)
        .expect("courses have programs");
    let surnames = [
        Some(&person.paternal_surname),
        person.maternal_surname.as_ref(),
    ]
    .into_iter()
    .flatten();
    let names: Vec<&str> = std::iter::once(&person.given_names)
        .chain(surnames)
        .map(String::as_str)
        .collect();
    let signatories = world
        .rows
        .signatories
        .iter()
        .filter(|row| row.program_id == program.id);
    let is_pass = kind == CertificateKind::Certificado;
    CertificateContent {
        template_version: CURRENT_TEMPLATE,
        kind: if is_pass {
            SheetKind::Certificado
        } else {
            SheetKind::Constancia
        },
        language: SheetLanguage::Es,
        code: code.grouped(),
        verify_url: format!("{}/verify/{code}", world.base_url),
        person_name: names.join(" "),
        course_title: course.title.clone(),
        course_kind: sheet_kind(course.kind),
        modality: sheet_modality(plan.modality),
        hours_tenths: u32::try_from(plan.timetable.minutes() * 10 / i64::from(ACADEMIC_MINUTES))
            .expect("hours of one edition"),
        academic_minutes: ACADEMIC_MINUTES,
        starts_on: plan.start,
        ends_on: plan.start + Days::new(plan.timetable.length()),
        place: plan.place.map(|place| place.0.to_owned()),
        program_name: program.name.to_owned(),
        implementer: program.implementer.to_owned(),
        funder: Some(program.funder.to_owned()),
        grade_tenths: enrolment
            .grade_tenths
            .filter(|_| is_pass)
            .and_then(|grade| u8::try_from(grade).ok()),
        issued_on,
        signatories: signatories
            .map(|row| Signatory {
                name: row.name.to_owned(),
                position: row.title.to_owned(),
                institution: row.institution.to_owned(),
            })
            .collect(),
    }
}

const fn sheet_kind(kind: CourseKind) -> SheetCourseKind {
    match kind {
        CourseKind::Workshop => SheetCourseKind::Workshop,
        CourseKind::Intensive => SheetCourseKind::Intensive,
        CourseKind::Virtual => SheetCourseKind::Virtual,
        CourseKind::Conference => SheetCourseKind::Conference,
        CourseKind::StudyVisit => SheetCourseKind::StudyVisit,
        CourseKind::RightsTalk => SheetCourseKind::RightsTalk,
    }
}

const fn sheet_modality(modality: Modality) -> SheetModality {
    match modality {
        Modality::InPerson => SheetModality::InPerson,
        Modality::LiveOnline => SheetModality::LiveOnline,
        Modality::Hybrid => SheetModality::Hybrid,
        Modality::SelfPaced => SheetModality::SelfPaced,
    }
}
