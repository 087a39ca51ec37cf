//! The closing record of an edition: what it said when it was closed, for signing and for the file.
//!
//! Its content is frozen; its words and its look may change, for what counts is the content, whose
//! SHA-256 stands on every page. It holds names and no number of any document.

use chrono::NaiveDate;
use serde::Serialize;
use typst::foundations::Dict;

use super::{DocumentError, engine};

/// What a sheet says. Words come with it, in its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct ClosingSheet {
    /// `es` or `en`.
    pub language: &'static str,
    pub title: String,
    pub course: String,
    pub organisation: String,
    /// Facts of the edition: a word and its value.
    pub facts: Vec<(String, String)>,
    pub checklist: Vec<SheetItem>,
    pub sessions: SheetTable,
    pub people: SheetTable,
    pub legend: String,
    pub totals: SheetTable,
    /// What changed against the record before; nothing for a first one.
    pub changes: Option<SheetTable>,
    /// Who signs.
    pub signatures: Vec<String>,
    pub checklist_title: String,
    pub explanation: String,
    pub page: String,
    pub of: String,
    /// The SHA-256 of the content, in full.
    pub digest: String,
    /// Names the document: the record's number.
    pub code: String,
}

/// An item of the checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct SheetItem {
    pub title: String,
    pub lines: Vec<String>,
    pub explanation: Option<String>,
}

/// A table under a heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "each is what it names")]
pub struct SheetTable {
    pub title: String,
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Said in place of rows where there are none.
    pub empty: String,
}

/// The sheet as a PDF. Plain computation that takes its time: call it through
/// [`make`](super::make).
///
/// # Errors
///
/// [`DocumentError::Typesetting`] if the template fails.
pub fn render(sheet: &ClosingSheet, day: NaiveDate) -> Result<Vec<u8>, DocumentError> {
    let inputs: Dict = serde_json::to_value(sheet)
        .and_then(serde_json::from_value)
        .map_err(|error| DocumentError::Typesetting(error.to_string()))?;
    let document = engine::typeset("closing_record.typ", inputs)?;
    engine::to_pdf(&document, &sheet.digest, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(people: usize) -> ClosingSheet {
        let word = |text: &str| text.to_owned();
        let table = |title: &str, heads: &[&str], rows: Vec<Vec<String>>| SheetTable {
            title: word(title),
            heads: heads.iter().map(|head| word(head)).collect(),
            rows,
            empty: word("Ninguno"),
        };
        let row = |n: usize| {
            vec![
                (n + 1).to_string(),
                format!("Núñez Ch'aska {n}, Rosa #panic() $x$"),
                word("Fiscalía Especializada en Materia Ambiental de Madre de Dios"),
                word("P · T · 120 · –"),
                word("83.3 %"),
                word("15"),
                word("Completó"),
                word("Certificado"),
            ]
        };
        ClosingSheet {
            language: "es",
            title: word("Acta de cierre 001-2026"),
            course: word("Cadena de custodia, edición 1"),
            organisation: word("Capacita"),
            facts: vec![(word("Programa"), word("Fauna"))],
            checklist: vec![SheetItem {
                title: word("Asistencia"),
                lines: vec![word("Primera: 3 personas sin marca")],
                explanation: Some(word("Se fue la luz #panic()")),
            }],
            sessions: table("Sesiones", &["N.°", "Sesión", "Cuándo", "Minutos"], vec![]),
            people: table(
                "Participantes",
                &[
                    "N.°",
                    "Nombre",
                    "Institución",
                    "Sesiones",
                    "Asistencia",
                    "Nota",
                    "Resultado",
                    "Documento",
                ],
                (0..people).map(row).collect(),
            ),
            legend: word("P presente"),
            totals: table(
                "Totales",
                &["Sector", "F", "M", "–", "Total", "Completaron"],
                vec![],
            ),
            changes: (people > 1)
                .then(|| table("Cambios", &["Quién", "Qué", "Antes", "Después"], vec![])),
            signatures: vec![word("Coordinación"), word("Docente")],
            checklist_title: word("Lista"),
            explanation: word("Explicación"),
            page: word("Página"),
            of: word("de"),
            digest: "0123456789abcdef".repeat(4),
            code: word("001-2026"),
        }
    }

    #[test]
    fn a_record_is_a_pdf_whatever_it_holds() {
        let day = "2026-11-21".parse().expect("a day");
        for people in [0, 1, 60] {
            let pdf = render(&sheet(people), day).expect("a record");
            assert!(pdf.starts_with(b"%PDF-"), "{people}");
            assert_eq!(render(&sheet(people), day), Ok(pdf), "{people}");
        }
    }

    #[test]
    fn pages_follow_from_people() {
        let pages = |people| {
            let inputs = serde_json::to_value(sheet(people)).and_then(serde_json::from_value);
            let document = engine::typeset("closing_record.typ", inputs.expect("data"));
            document.expect("a document").pages().len()
        };
        assert_eq!(pages(3), 1);
        assert!((4..=12).contains(&pages(150)), "{}", pages(150));
    }
}
