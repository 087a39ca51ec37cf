use proptest::prelude::*;

use super::*;
use crate::people::Document;

const ALL: [Field; 14] = [
    Field::DocumentKind,
    Field::DocumentNumber,
    Field::PaternalSurname,
    Field::MaternalSurname,
    Field::GivenNames,
    Field::Sex,
    Field::BirthYear,
    Field::Nationality,
    Field::Email,
    Field::Phone,
    Field::Institution,
    Field::Unit,
    Field::Position,
    Field::Department,
];

fn reader() -> LineReader {
    let today = "2026-11-21".parse().expect("a date");
    let columns = Columns(ALL.map(Some).to_vec());
    LineReader::new(columns, InstitutionNames::default(), None, today)
}

/// A line with these cells, all others as in a sound one.
fn line(cells: &[(Field, &str)]) -> Row {
    let sound = [
        (Field::PaternalSurname, "Núñez"),
        (Field::GivenNames, "Rosa"),
    ];
    let text = |field| {
        let of = |cells: &[(Field, &str)]| {
            let found = cells.iter().find(|(held, _)| *held == field);
            found.map(|(_, text)| (*text).to_owned())
        };
        of(cells).or_else(|| of(&sound)).unwrap_or_default()
    };
    Row {
        number: 2,
        cells: ALL.map(text).to_vec(),
    }
}

fn faults(cells: &[(Field, &str)]) -> Vec<(Field, Fault)> {
    match reader().read(&line(cells)) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .into_iter()
            .map(|one| (one.field, one.fault))
            .collect(),
    }
}

#[test]
fn a_name_is_enough() {
    let person = reader().read(&line(&[])).expect("a person");
    assert_eq!(person.data.name.sort_name(), "nunez rosa");
    assert_eq!(person.data.document.kind(), DocumentKind::NoDocument);
    assert_eq!(
        person.data.document.reason(),
        Some("No figura en la lista de la institución.")
    );
    assert_eq!(
        (person.data.nationality, person.affiliation),
        (Country::Peru, None)
    );
}

#[test]
fn documents_are_known_by_their_form() {
    use DocumentKind::{Dni, ForeignerCard, NoDocument, Passport};
    let cases = [
        (("", "01234567"), Ok((Dni, "01234567"))),
        (("", "1234567"), Ok((Dni, "01234567"))),
        (("DNI", "1234567"), Ok((Dni, "01234567"))),
        (("", "001234567"), Ok((ForeignerCard, "001234567"))),
        (("C.E.", "001234567"), Ok((ForeignerCard, "001234567"))),
        (("", "AB123456"), Ok((Passport, "AB123456"))),
        (("Pasaporte", "1712345678"), Ok((Passport, "1712345678"))),
        (
            ("Foreigner’s card", "001234567"),
            Ok((ForeignerCard, "001234567")),
        ),
        (("", ""), Ok((NoDocument, ""))),
        (("", "-"), Ok((NoDocument, ""))),
        (("Ninguno", ""), Ok((NoDocument, ""))),
        (("", "1234567890"), Err(Field::DocumentNumber)),
        (("RUC", "01234567"), Err(Field::DocumentKind)),
    ];
    let reader = reader();
    for ((kind, number), expected) in cases {
        let read = reader.document(kind, number);
        let read = read.as_ref().map(|(kind, number)| (*kind, number.as_str()));
        assert_eq!(
            read.map_err(|(field, _)| *field),
            expected,
            "{kind} {number}"
        );
    }
}

#[test]
fn faults_name_their_column_and_what_stands_in_it() {
    use Field as F;
    let cases: [(&[(Field, &str)], &[(Field, Fault)]); 9] = [
        (
            &[(F::DocumentNumber, "123456")],
            &[(F::DocumentNumber, Fault::BadDocument)],
        ),
        (
            &[(F::DocumentKind, "DNI")],
            &[(F::DocumentNumber, Fault::Missing)],
        ),
        (&[(F::GivenNames, "")], &[(F::GivenNames, Fault::Missing)]),
        (&[(F::Sex, "x")], &[(F::Sex, Fault::UnknownChoice)]),
        (
            &[(F::BirthYear, "85")],
            &[(F::BirthYear, Fault::NotANumber)],
        ),
        (
            &[(F::BirthYear, "2030")],
            &[(
                F::BirthYear,
                Fault::OutOfRange {
                    min: 1900,
                    max: 2026,
                },
            )],
        ),
        (&[(F::Email, "rosa")], &[(F::Email, Fault::NotAnEmail)]),
        (
            &[(F::Institution, "PNPP")],
            &[(F::Institution, Fault::UnknownChoice)],
        ),
        (
            &[(F::Department, "17"), (F::Phone, "12")],
            &[
                (F::Department, Fault::UnknownChoice),
                (F::Phone, Fault::TooShort { min: 6 }),
            ],
        ),
    ];
    for (cells, expected) in cases {
        assert_eq!(faults(cells), expected, "{cells:?}");
    }
    let found = reader()
        .read(&line(&[(F::Sex, "hembra")]))
        .expect_err("a fault");
    assert_eq!(found[0].value, "hembra");
}

#[test]
fn values_are_read_in_the_words_of_lists() {
    let cases = [
        ("1985", "1985"),
        ("12/03/1985", "1985"),
        ("1985-03-12", "1985"),
        ("", ""),
    ];
    for (text, year) in cases {
        assert_eq!(birth_year(text).as_deref(), Ok(year), "{text}");
    }
    let person = reader().read(&line(&[
        (Field::DocumentNumber, "1234567"),
        (Field::Sex, "Femenino"),
        (Field::Nationality, "Ecuatoriana"),
        (Field::Position, "Mayor PNP"),
        (Field::Department, "Madre de Dios"),
    ]));
    let person = person.expect("a person");
    let Document::Numbered(number) = &person.data.document else {
        panic!("{:?}", person.data.document)
    };
    assert_eq!(number.as_str(), "01234567");
    assert_eq!(
        (person.data.sex.as_str(), person.data.nationality),
        ("f", Country::Ecuador)
    );
    let serves = person.affiliation.expect("a position");
    assert_eq!(
        serves.department.map(Department::name),
        Some("Madre de Dios")
    );
}

proptest! {
    #[test]
    fn no_line_breaks_the_reader(cells in proptest::collection::vec("\\PC{0,30}", 0..16)) {
        let _ = reader().read(&Row { number: 1, cells });
    }
}
