//! The sign-in sheet of a session: who is expected, and room for who comes unannounced.
//!
//! It holds names and where people serve, and no number of any document: a sheet lies on a table
//! where everybody reads it. The column for the document is for who signs to fill in. Every page
//! bears its number and the session's code, so that loose pages find their way back.

use chrono::NaiveDate;
use serde::Serialize;
use typst::foundations::Dict;

use super::{DocumentError, engine};

/// The rows of a page. All pages have as many, whatever the names and the title, so that whoever
/// copies the sheet afterwards finds each row on the page on which it was printed.
pub const ROWS_PER_PAGE: usize = 16;

/// What a sheet says. Words come with it, in its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignInSheet {
    /// `es` or `en`.
    pub language: &'static str,
    /// What the sheet is, and the session's title.
    pub title: String,
    /// The course and its edition.
    pub course: String,
    /// When, where, how.
    pub facts: Vec<String>,
    /// Who carries the program out.
    pub organisation: String,
    /// What becomes of what is written on it, in one line.
    pub notice: String,
    /// What every page bears before its number.
    pub code: String,
    /// Who is expected, in the order of the list.
    pub people: Vec<ExpectedPerson>,
    /// Empty rows at the end.
    pub blank_rows: u32,
    /// The fixed words.
    pub words: SheetWords,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpectedPerson {
    /// "Núñez Quispe, Rosa".
    pub name: String,
    /// The institution.
    pub serves: String,
}

/// Headings and the foot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is the word it names")]
pub struct SheetWords {
    pub number: String,
    pub name: String,
    pub serves: String,
    pub document: String,
    pub signature: String,
    pub page: String,
    pub of: String,
    pub code: String,
}

/// The sheet as a PDF. Plain computation that takes its time: call it through
/// [`make`](super::make).
///
/// # Errors
///
/// [`DocumentError::Typesetting`] if the template fails.
pub fn render(sheet: &SignInSheet, day: NaiveDate) -> Result<Vec<u8>, DocumentError> {
    let inputs = inputs(sheet).map_err(|error| DocumentError::Typesetting(error.to_string()))?;
    let document = engine::typeset("sign_in_sheet.typ", inputs)?;
    engine::to_pdf(&document, &sheet.code, day)
}

/// What the template reads: the sheet's fields and how many rows a page has.
fn inputs(sheet: &SignInSheet) -> serde_json::Result<Dict> {
    let mut fields = serde_json::to_value(sheet)?;
    fields["rows_per_page"] = ROWS_PER_PAGE.into();
    serde_json::from_value(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(people: usize, blank_rows: u32) -> SignInSheet {
        let word = |text: &str| text.to_owned();
        SignInSheet {
            language: "es",
            title: word("Lista de firmas: #panic() $x$"),
            course: word("Cadena de custodia, edición 1"),
            facts: vec![word("21 nov 2026, 9:00 – 13:00"), word("Iquitos")],
            organisation: word("Capacita"),
            notice: word("Sus datos se usan solo para registrar la asistencia."),
            code: word("S1-K7Q2"),
            people: (0..people)
                .map(|n| ExpectedPerson {
                    name: format!("Núñez Ch'aska {n}, Rosa María de los Ángeles"),
                    serves: word("Fiscalía Especializada en Materia Ambiental de Madre de Dios"),
                })
                .collect(),
            blank_rows,
            words: SheetWords {
                number: word("N.°"),
                name: word("Apellidos y nombres"),
                serves: word("Institución"),
                document: word("Documento"),
                signature: word("Firma"),
                page: word("Página"),
                of: word("de"),
                code: word("Código"),
            },
        }
    }

    fn pages(sheet: &SignInSheet) -> usize {
        let document = engine::typeset("sign_in_sheet.typ", inputs(sheet).expect("data"));
        document.expect("a document").pages().len()
    }

    #[test]
    fn a_sheet_is_a_pdf_whatever_it_holds() {
        let day = "2026-11-21".parse().expect("a day");
        for (people, blank) in [(0, 0), (0, 5), (1, 0), (45, 10)] {
            let pdf = render(&sheet(people, blank), day).expect("a sheet");
            assert!(pdf.starts_with(b"%PDF-"), "{people} {blank}");
        }
    }

    #[test]
    fn the_same_sheet_is_the_same_file() {
        let day = "2026-11-21".parse().expect("a day");
        let sheet = sheet(3, 2);
        assert_eq!(render(&sheet, day), render(&sheet, day));
    }

    #[test]
    fn every_page_has_its_rows() {
        let long = "Una sesión de nombre muy largo que ocupa más de una línea ".repeat(4);
        for (people, blank) in [
            (0, 0),
            (5, 5),
            (16, 0),
            (17, 0),
            (30, 2),
            (30, 3),
            (200, 10),
        ] {
            let mut sheet = sheet(people, blank);
            let rows = people + usize::try_from(blank).expect("small");
            let expected = rows.div_ceil(ROWS_PER_PAGE).max(1);
            assert_eq!(pages(&sheet), expected, "{rows} rows");
            sheet.title = long.clone();
            sheet.course = long.clone();
            for person in &mut sheet.people {
                person.serves = long.clone();
            }
            assert_eq!(pages(&sheet), expected, "{rows} long rows");
        }
    }
}
