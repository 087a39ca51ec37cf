//! What may be typed about a course, and what may not.

use super::*;
use crate::error::FieldError;

fn form() -> CourseForm {
    CourseForm {
        title: "Cadena de custodia".into(),
        kind: "workshop".into(),
        planned_hours: "8".into(),
        min_share: "80".into(),
        ..CourseForm::default()
    }
}

fn faults(form: &CourseForm) -> Vec<(String, Fault)> {
    match NewCourse::parse(form) {
        Err(AppError::Invalid(errors)) => errors
            .into_iter()
            .map(|FieldError { field, fault }| (field, fault))
            .collect(),
        _ => Vec::new(),
    }
}

#[test]
fn lengths_and_rules() {
    let course = NewCourse::parse(&form()).expect("sound");
    assert_eq!(
        (course.planned_minutes, course.min_share_permille),
        (480, 800)
    );
    assert_eq!(course.min_grade_tenths, None);
    let graded = CourseForm {
        graded: "true".into(),
        min_grade: "13,5".into(),
        planned_hours: String::new(),
        planned_minutes: "45".into(),
        min_share: "66.6".into(),
        ..form()
    };
    let course = NewCourse::parse(&graded).expect("sound");
    assert_eq!(
        (
            course.planned_minutes,
            course.min_share_permille,
            course.min_grade_tenths
        ),
        (45, 666, Some(135))
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn what_is_refused() {
    let share = Fault::OutOfRange { min: 1, max: 100 };
    let hours = Fault::OutOfRange { min: 0, max: 1000 };
    let cases = [
        (
            CourseForm {
                min_share: "0".into(),
                ..form()
            },
            "min_share",
            share.clone(),
        ),
        (
            CourseForm {
                min_share: "100.1".into(),
                ..form()
            },
            "min_share",
            share,
        ),
        (
            CourseForm {
                min_share: "x".into(),
                ..form()
            },
            "min_share",
            Fault::NotANumber,
        ),
        (
            CourseForm {
                planned_hours: "0".into(),
                ..form()
            },
            "planned_hours",
            Fault::Missing,
        ),
        (
            CourseForm {
                planned_hours: "1001".into(),
                ..form()
            },
            "planned_hours",
            hours.clone(),
        ),
        (
            CourseForm {
                planned_hours: "1000".into(),
                planned_minutes: "1".into(),
                ..form()
            },
            "planned_hours",
            hours,
        ),
        (
            CourseForm {
                planned_minutes: "60".into(),
                ..form()
            },
            "planned_minutes",
            Fault::OutOfRange { min: 0, max: 59 },
        ),
        (
            CourseForm {
                graded: "true".into(),
                ..form()
            },
            "min_grade",
            Fault::Missing,
        ),
        (
            CourseForm {
                graded: "true".into(),
                min_grade: "20.1".into(),
                ..form()
            },
            "min_grade",
            Fault::OutOfRange { min: 0, max: 20 },
        ),
        (
            CourseForm {
                kind: "seminar".into(),
                ..form()
            },
            "kind",
            Fault::UnknownChoice,
        ),
        (
            CourseForm {
                title: "a".repeat(201),
                ..form()
            },
            "title",
            Fault::TooLong { max: 200 },
        ),
        (
            CourseForm {
                prerequisite_2: "x".into(),
                ..form()
            },
            "prerequisite_2",
            Fault::UnknownChoice,
        ),
    ];
    for (form, field, fault) in cases {
        assert_eq!(faults(&form), [(field.to_owned(), fault)], "{form:?}");
    }
}
