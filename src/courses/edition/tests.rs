//! What may be typed about an edition, and what may not.

use super::*;

fn form() -> EditionForm {
    EditionForm {
        modality: "in_person".into(),
        language: "es".into(),
        starts_on: "2027-03-01".into(),
        ends_on: "2027-03-05".into(),
        seats: "0".into(),
        enrol_from: "2027-02-01".into(),
        enrol_until: "2027-03-05".into(),
        ..EditionForm::default()
    }
}

#[test]
fn bounds_are_included() {
    let edition = NewEdition::parse(&form()).expect("sound");
    assert_eq!(edition.seats, Some(0));
    let one_day = EditionForm {
        ends_on: "2027-03-01".into(),
        enrol_from: "2027-03-01".into(),
        enrol_until: "2027-03-01".into(),
        seats: "text is not read".into(),
        unlimited: "true".into(),
        ..form()
    };
    assert_eq!(NewEdition::parse(&one_day).expect("sound").seats, None);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn what_is_refused() {
    let number = Fault::OutOfRange {
        min: 0,
        max: MAX_SEATS,
    };
    let cases: Vec<(EditionForm, &str, Fault)> = vec![
        (
            EditionForm {
                ends_on: "2027-02-28".into(),
                enrol_until: "2027-02-20".into(),
                ..form()
            },
            "ends_on",
            Fault::EndBeforeStart,
        ),
        (
            EditionForm {
                enrol_until: "2027-01-31".into(),
                ..form()
            },
            "enrol_until",
            Fault::EndBeforeStart,
        ),
        (
            EditionForm {
                enrol_until: "2027-03-06".into(),
                ..form()
            },
            "enrol_until",
            Fault::EnrolmentAfterEnd,
        ),
        (
            EditionForm {
                starts_on: "2027-02-30".into(),
                ..form()
            },
            "starts_on",
            Fault::NotADate,
        ),
        (
            EditionForm {
                seats: String::new(),
                ..form()
            },
            "seats",
            Fault::Missing,
        ),
        (
            EditionForm {
                seats: "-1".into(),
                ..form()
            },
            "seats",
            number.clone(),
        ),
        (
            EditionForm {
                seats: "100001".into(),
                ..form()
            },
            "seats",
            number,
        ),
        (
            EditionForm {
                seats: "x".into(),
                ..form()
            },
            "seats",
            Fault::NotANumber,
        ),
        (
            EditionForm {
                modality: "remote".into(),
                ..form()
            },
            "modality",
            Fault::UnknownChoice,
        ),
        (
            EditionForm {
                language: String::new(),
                ..form()
            },
            "language",
            Fault::Missing,
        ),
        (
            EditionForm {
                department: "26".into(),
                ..form()
            },
            "department",
            Fault::UnknownChoice,
        ),
        (
            EditionForm {
                venue: "¡!".into(),
                ..form()
            },
            "venue",
            Fault::BadCharacter,
        ),
        (
            EditionForm {
                venue: "a".repeat(161),
                ..form()
            },
            "venue",
            Fault::TooLong { max: 160 },
        ),
        (
            EditionForm {
                notes: "a".repeat(2001),
                ..form()
            },
            "notes",
            Fault::TooLong { max: 2000 },
        ),
    ];
    for (form, field, fault) in cases {
        assert_eq!(
            NewEdition::parse(&form),
            Err(AppError::field(field, fault)),
            "{form:?}"
        );
    }
}

#[test]
fn a_place_is_one_however_it_is_spelt() {
    let a = VenueName::parse("Auditorio  de Iquitos").expect("a name");
    let b = VenueName::parse("AUDITORIO DE IQUÍTOS").expect("a name");
    assert_eq!(a.folded(), b.folded());
}
