//! Badges of an edition: a name to be read across a table, and the code that is scanned at the door.

use chrono::NaiveDate;
use serde::Serialize;
use typst::foundations::Dict;

use super::{DocumentError, engine, qr};

/// What badges say. Words come with it, in its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badges {
    /// `es` or `en`.
    pub language: &'static str,
    /// What the document is.
    pub title: String,
    /// The course and its edition.
    pub edition: String,
    /// Who carries the program out.
    pub organisation: String,
    /// What the picture of the code is.
    pub code: String,
    /// Whose they are, in their order.
    pub people: Vec<Badge>,
}

/// One badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// "Rosa Núñez Quispe".
    pub name: String,
    /// The institution.
    pub serves: String,
    /// The code, drawn.
    qr: String,
}

impl Badge {
    /// A badge whose code says `address`.
    ///
    /// # Errors
    ///
    /// [`DocumentError::Invalid`] if `address` is longer than a QR code can carry.
    pub fn new(name: String, serves: String, address: &str) -> Result<Self, DocumentError> {
        let qr = qr::svg(address)?;
        Ok(Self { name, serves, qr })
    }
}

/// The badges as a PDF. Plain computation that takes its time: call it through
/// [`make`](super::make).
///
/// # Errors
///
/// [`DocumentError::Typesetting`] if the template fails.
pub fn render(badges: &Badges, identity: &str, day: NaiveDate) -> Result<Vec<u8>, DocumentError> {
    let inputs: Dict = serde_json::to_value(badges)
        .and_then(serde_json::from_value)
        .map_err(|error| DocumentError::Typesetting(error.to_string()))?;
    let document = engine::typeset("badges.typ", inputs)?;
    engine::to_pdf(&document, identity, day)
}

#[cfg(test)]
mod tests {
    use typst::layout::{Frame, FrameItem, Point};
    use typst_layout::PagedDocument;

    use super::*;

    fn badges(people: Vec<(String, String)>) -> Badges {
        let word = |text: &str| text.to_owned();
        let badge = |(name, serves): (String, String)| {
            let address = "https://capacita.example/check-in/person/17-K7Q2M9XD4TFA3C5E";
            Badge::new(name, serves, address).expect("a short address")
        };
        Badges {
            language: "es",
            title: word("Credenciales: #panic() $x$"),
            edition: word(
                "Cadena de custodia y actuación fiscal en delitos contra la fauna, edición 12",
            ),
            organisation: word("Capacita"),
            code: word("Código QR personal"),
            people: people.into_iter().map(badge).collect(),
        }
    }

    fn document(badges: &Badges) -> PagedDocument {
        let inputs = serde_json::to_value(badges).and_then(serde_json::from_value);
        engine::typeset("badges.typ", inputs.expect("data")).expect("a document")
    }

    /// Every piece of text with the place where it begins, in millimetres.
    fn texts(frame: &Frame, at: Point, found: &mut Vec<(f64, f64, String)>) {
        for (offset, item) in frame.items() {
            let place = at + *offset;
            match item {
                FrameItem::Group(group) => texts(&group.frame, place, found),
                FrameItem::Text(text) => {
                    found.push((place.x.to_mm(), place.y.to_mm(), text.text.to_string()));
                }
                _ => {}
            }
        }
    }

    #[test]
    fn eight_fit_on_a_page() {
        let of = |count: usize| {
            let people = (0..count).map(|n| (format!("Rosa Núñez {n}"), "FEMA".to_owned()));
            document(&badges(people.collect())).pages().len()
        };
        for (people, pages) in [(1, 1), (8, 1), (9, 2), (16, 2), (17, 3)] {
            assert_eq!(of(people), pages, "{people}");
        }
    }

    #[test]
    fn the_longest_names_fit_in_their_badge() {
        let name = format!("{} de la Cruz", "Ñusta Ch'aska Wayra ".repeat(6));
        let name: String = name.chars().take(120).collect();
        assert_eq!(name.chars().count(), 120);
        let unbroken = "W".repeat(120);
        let serves = "Fiscalía Especializada en Materia Ambiental de Madre de Dios ".repeat(3);
        let people = [name.clone(), unbroken, "Ana Paz".to_owned(), name];
        let people = people.map(|name| (name, serves.clone())).to_vec();
        let document = document(&badges(people));
        assert_eq!(document.pages().len(), 1);
        let mut found = Vec::new();
        texts(&document.pages()[0].frame, Point::zero(), &mut found);
        let all: String = found.iter().map(|(_, _, text)| text.as_str()).collect();
        assert!(all.contains("Ana Paz"), "{all}");
        assert!(all.matches("usta").count() >= 11, "{all}");
        for (x, y, text) in found {
            let (column, row) = (((x - 10.0) / 95.0).floor(), ((y - 14.5) / 67.0).floor());
            let inside = (0.0..2.0).contains(&column) && (0.0..2.0).contains(&row);
            assert!(inside, "{text:?} stands at {x}, {y}");
        }
    }

    #[test]
    fn the_same_badges_are_the_same_file() {
        let day = "2026-11-21".parse().expect("a day");
        let badges = badges(vec![("Rosa".to_owned(), String::new())]);
        let pdf = render(&badges, "E1", day).expect("badges");
        assert!(pdf.starts_with(b"%PDF-"));
        assert_eq!(render(&badges, "E1", day), Ok(pdf));
        let none = super::tests::badges(Vec::new());
        assert!(render(&none, "E1", day).is_ok());
    }
}
