//! What is in which column: guessed from the headings that institutions write, in Spanish and
//! English, and remembered where somebody said otherwise.

mod headings;

use serde::{Deserialize, Serialize};

use self::headings::HEADINGS;
use super::Field;
use crate::{
    tables::{Row, Table},
    values::fold,
};

/// How many rows at the top may hold titles and letterheads.
const TOP: usize = 25;

/// What each column holds; `None`: it is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Columns(pub Vec<Option<Field>>);

impl Columns {
    /// The column of a field.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.0.iter().position(|held| *held == Some(field))
    }

    /// A row's text for a field; blank where no column holds it.
    pub fn text<'a>(&self, row: &'a Row, field: Field) -> &'a str {
        self.of(field).map_or("", |column| row.cell(column))
    }

    /// The names as they are written, whether sound or not: "Núñez Quispe, Rosa".
    pub fn written_name(&self, row: &Row) -> String {
        let text = |field| self.text(row, field);
        let surnames = [Field::PaternalSurname, Field::MaternalSurname].map(text);
        let surnames = surnames.join(" ");
        let parts = [surnames.trim(), text(Field::GivenNames)];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// Which fields are needed and held by no column. Without names there is no person.
    pub fn missing(&self) -> Vec<Field> {
        [Field::PaternalSurname, Field::GivenNames]
            .into_iter()
            .filter(|field| self.of(*field).is_none())
            .collect()
    }

    /// A field that two columns hold.
    pub fn doubled(&self) -> Option<Field> {
        let held = self.0.iter().flatten();
        held.copied().find(|field| {
            self.0
                .iter()
                .filter(|other| **other == Some(*field))
                .count()
                > 1
        })
    }
}

/// Where the headings are, and what the columns hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The row of the headings: its place among the table's rows; `None`: there are none.
    pub head: Option<usize>,
    /// What each column holds.
    pub columns: Columns,
}

/// Finds the headings: of the first rows the one with the most words that are known. `remembered`
/// says what an institution's own headings mean, folded.
pub fn guess(table: &Table, remembered: &[(String, Field)]) -> Guess {
    let read = |row: &Row| Columns(fields_of(&row.cells, remembered));
    let known = |columns: &Columns| columns.0.iter().flatten().count();
    let best = table
        .rows
        .iter()
        .take(TOP)
        .enumerate()
        .map(|(place, row)| (place, read(row)))
        .rev()
        .max_by_key(|(_, columns)| known(columns));
    match best {
        Some((place, columns)) if known(&columns) >= 2 => Guess {
            head: Some(place),
            columns,
        },
        _ => Guess {
            head: None,
            columns: Columns(vec![None; width(table)]),
        },
    }
}

/// How many columns the widest row has.
pub fn width(table: &Table) -> usize {
    table
        .rows
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0)
}

/// What the headings mean; where two mean the same, the first does.
fn fields_of(headings: &[String], remembered: &[(String, Field)]) -> Vec<Option<Field>> {
    let mut held = Vec::with_capacity(headings.len());
    for heading in headings {
        let folded = fold(heading);
        let said = remembered.iter().find(|(known, _)| *known == folded);
        let field = said
            .map(|(_, field)| *field)
            .or_else(|| meaning(&folded))
            .or_else(|| number_beside(held.last(), &folded));
        held.push(field.filter(|field| !held.contains(&Some(*field))));
    }
    held
}

/// "Número" alone may number the lines; beside the kind of document it is the document's.
fn number_beside(left: Option<&Option<Field>>, heading: &str) -> Option<Field> {
    let numbers = ["numero", "nro", "num", "n", "no", "number"];
    let beside = left == Some(&Some(Field::DocumentKind)) && numbers.contains(&heading);
    beside.then_some(Field::DocumentNumber)
}

/// What a folded heading means. More than the words listed may stand in it ("N° de DNI (8 dígitos)"),
/// so whole headings are compared first and then their beginnings.
fn meaning(heading: &str) -> Option<Field> {
    if heading.contains("nombre") && heading.contains("apellido") {
        return None;
    }
    let whole = HEADINGS
        .iter()
        .find(|(_, words)| words.contains(&heading))
        .map(|(field, _)| *field);
    whole.or_else(|| {
        HEADINGS
            .iter()
            .flat_map(|(field, words)| words.iter().map(move |word| (*field, *word)))
            .filter(|(_, word)| {
                heading
                    .strip_prefix(word)
                    .is_some_and(|rest| rest.starts_with(' '))
            })
            .max_by_key(|(_, word)| word.len())
            .map(|(field, _)| field)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let row = |(number, cells): (usize, &&[&str])| Row {
            number: u32::try_from(number + 1).expect("few"),
            cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
        };
        Table {
            rows: rows.iter().enumerate().map(row).collect(),
        }
    }

    #[test]
    fn headings_are_understood_as_institutions_write_them() {
        use Field as F;
        let cases = [
            ("N° DNI", Some(F::DocumentNumber)),
            ("Nro. de DNI (8 dígitos)", Some(F::DocumentNumber)),
            ("DNI / CE", Some(F::DocumentNumber)),
            ("APELLIDO PATERNO", Some(F::PaternalSurname)),
            ("Ap. Materno", Some(F::MaternalSurname)),
            ("2.º apellido", None),
            ("Nombres", Some(F::GivenNames)),
            ("Given names", Some(F::GivenNames)),
            ("Apellidos y nombres", None),
            ("Nombres y apellidos", None),
            ("APELLIDOS", None),
            ("Género", Some(F::Sex)),
            ("Año de nacimiento", Some(F::BirthYear)),
            ("Correo electrónico institucional", Some(F::Email)),
            ("E-mail", Some(F::Email)),
            ("Teléfono / celular", Some(F::Phone)),
            ("Región", Some(F::Department)),
            ("Cargo / grado", Some(F::Position)),
            ("Observaciones", None),
            ("", None),
        ];
        for (heading, expected) in cases {
            assert_eq!(meaning(&fold(heading)), expected, "{heading}");
        }
    }

    #[test]
    fn a_number_beside_the_kind_of_document_is_its_number() {
        let head = |cells: &[&str]| {
            let cells: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
            fields_of(&cells, &[])
        };
        let (kind, number) = (Some(Field::DocumentKind), Some(Field::DocumentNumber));
        assert_eq!(head(&["Tipo de documento", "Número"]), [kind, number]);
        assert_eq!(head(&["N°", "Tipo doc.", "N°"]), [None, kind, number]);
        assert_eq!(head(&["Número", "Tipo de documento"]), [None, kind]);
        assert_eq!(head(&["DNI", "Tipo", "Nro."]), [number, kind, None]);
    }

    #[test]
    fn headings_are_found_beneath_a_letterhead() {
        let list = table(&[
            &["POLICÍA NACIONAL DEL PERÚ"],
            &["Relación de participantes", "", "2026"],
            &[
                "N.°",
                "DNI",
                "Apellido paterno",
                "Apellido materno",
                "Nombres",
                "Nombre de la madre",
            ],
            &["1", "01234567", "Núñez", "Quispe", "Rosa"],
        ]);
        let found = guess(&list, &[]);
        assert_eq!(found.head, Some(2));
        assert_eq!(found.columns.of(Field::DocumentNumber), Some(1));
        assert_eq!(found.columns.of(Field::GivenNames), Some(4));
        assert_eq!(found.columns.0[0], None);
        assert_eq!(found.columns.missing(), []);
    }

    #[test]
    fn a_list_without_headings_has_none() {
        let list = table(&[
            &["01234567", "Núñez", "Quispe", "Rosa"],
            &["01234568", "Rojas", "", "Iván"],
        ]);
        let found = guess(&list, &[]);
        assert_eq!((found.head, found.columns.0), (None, vec![None; 4]));
    }

    #[test]
    fn what_somebody_said_of_a_heading_counts_more() {
        let list = table(&[&["Código", "Paterno", "Nombres"]]);
        let said = [("codigo".to_owned(), Field::DocumentNumber)];
        assert_eq!(
            guess(&list, &said).columns.of(Field::DocumentNumber),
            Some(0)
        );
        assert_eq!(guess(&list, &[]).columns.of(Field::DocumentNumber), None);
    }

    #[test]
    fn no_two_columns_hold_the_same() {
        let twice = Columns(vec![Some(Field::Sex), None, Some(Field::Sex)]);
        assert_eq!(twice.doubled(), Some(Field::Sex));
        let list = table(&[&["Nombres", "Nombre", "Paterno"]]);
        assert_eq!(
            guess(&list, &[]).columns.0,
            [Some(Field::GivenNames), None, Some(Field::PaternalSurname)]
        );
    }
}
