//! Identity documents: parsed for each kind, sealed in the database, found by a keyed hash.

use serde::{Deserialize, Serialize};

use super::DocumentKind;
use crate::{error::Fault, values::Text};

/// An identity document, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// A kind and its number.
    Numbered(DocumentNumber),
    /// Nobody is turned away for want of a document; the reason is recorded.
    Missing {
        /// Why there is none.
        reason: Text<200>,
    },
}

/// A number that is sound for its kind, as text: leading zeros count.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentNumber {
    kind: DocumentKind,
    number: String,
}

impl std::fmt::Debug for DocumentNumber {
    /// Logs and failed assertions show no number.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DocumentNumber({}, …)", self.kind)
    }
}

impl DocumentNumber {
    /// The longest number that may be typed, spaces and dashes included.
    pub const MAX_TYPED: u32 = 30;

    /// Parses what was typed: a DNI has eight digits, a foreigner's card nine letters or digits, a
    /// passport five to twelve.
    pub fn parse(kind: DocumentKind, typed: &str) -> Result<Self, Fault> {
        let number = normalise(typed);
        if number.is_empty() {
            return Err(Fault::Missing);
        }
        if fits(kind, &number) {
            Ok(Self { kind, number })
        } else {
            Err(Fault::BadDocument)
        }
    }

    /// The kind.
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// The number: upper case, without spaces and dashes.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The keyed hash under which the document is found.
    pub fn hash(&self, secrets: &crate::server::Secrets) -> [u8; 32] {
        secrets.lookup_hash(&format!("document {}", self.kind), &self.number)
    }
}

impl Document {
    /// Parses the three fields of a form. A document that is there needs no reason.
    pub fn parse(
        kind: DocumentKind,
        number: &str,
        reason: &str,
    ) -> Result<Self, (&'static str, Fault)> {
        if kind != DocumentKind::NoDocument {
            return DocumentNumber::parse(kind, number)
                .map(Self::Numbered)
                .map_err(|fault| ("document_number", fault));
        }
        if !normalise(number).is_empty() {
            return Err(("document_number", Fault::BadDocument));
        }
        match Text::parse(reason) {
            Ok(reason) => Ok(Self::Missing { reason }),
            Err(Fault::Missing) => Err(("no_document_reason", Fault::ReasonNeeded)),
            Err(fault) => Err(("no_document_reason", fault)),
        }
    }

    /// The kind.
    pub const fn kind(&self) -> DocumentKind {
        match self {
            Self::Numbered(number) => number.kind,
            Self::Missing { .. } => DocumentKind::NoDocument,
        }
    }

    /// The number, where there is one.
    pub const fn number(&self) -> Option<&DocumentNumber> {
        match self {
            Self::Numbered(number) => Some(number),
            Self::Missing { .. } => None,
        }
    }

    /// Why there is none.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Numbered(_) => None,
            Self::Missing { reason } => Some(reason.as_str()),
        }
    }
}

/// Upper case, without spaces, dashes and the like: how numbers are compared.
fn normalise(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '−' | '.'))
        .flat_map(char::to_uppercase)
        .collect()
}

fn fits(kind: DocumentKind, number: &str) -> bool {
    let plain = number.bytes().all(|b| b.is_ascii_alphanumeric());
    match kind {
        DocumentKind::Dni => number.len() == 8 && number.bytes().all(|b| b.is_ascii_digit()),
        DocumentKind::ForeignerCard => plain && number.len() == 9,
        DocumentKind::Passport => plain && (5..=12).contains(&number.len()),
        DocumentKind::NoDocument => false,
    }
}

/// The hashes of what was typed, as every kind of document that it could be.
pub(crate) fn possible_hashes(
    secrets: &crate::server::Secrets,
    typed: &str,
) -> [Option<[u8; 32]>; 3] {
    [
        DocumentKind::Dni,
        DocumentKind::ForeignerCard,
        DocumentKind::Passport,
    ]
    .map(|kind| {
        let number = DocumentNumber::parse(kind, typed).ok()?;
        Some(number.hash(secrets))
    })
}

/// A number as lists show it: its last four characters, never broken across lines.
pub fn masked(number: &str) -> String {
    let tail: Vec<char> = number.chars().rev().take(4).collect();
    let tail: String = tail.into_iter().rev().collect();
    format!("••••\u{a0}{tail}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_fit_their_kind() {
        use DocumentKind::{Dni, ForeignerCard, NoDocument, Passport};
        let cases = [
            (Dni, "01234567", Ok("01234567")),
            (Dni, " 0123-4567 ", Ok("01234567")),
            (Dni, "0123 456", Err(Fault::BadDocument)),
            (Dni, "012345678", Err(Fault::BadDocument)),
            (Dni, "O1234567", Err(Fault::BadDocument)),
            (Dni, "\u{ff10}1234567", Err(Fault::BadDocument)),
            (Dni, "", Err(Fault::Missing)),
            (Dni, " - ", Err(Fault::Missing)),
            (ForeignerCard, "001234567", Ok("001234567")),
            (ForeignerCard, "00123456a", Ok("00123456A")),
            (ForeignerCard, "00123456", Err(Fault::BadDocument)),
            (Passport, "ab–123 456", Ok("AB123456")),
            (Passport, "A123", Err(Fault::BadDocument)),
            (Passport, "A123456789012", Err(Fault::BadDocument)),
            (Passport, "AÑ12345", Err(Fault::BadDocument)),
            (Passport, "AB/12345", Err(Fault::BadDocument)),
            (NoDocument, "01234567", Err(Fault::BadDocument)),
        ];
        for (kind, typed, expected) in cases {
            let parsed = DocumentNumber::parse(kind, typed).map(|number| number.number);
            assert_eq!(parsed, expected.map(str::to_owned), "{kind} {typed:?}");
        }
    }

    #[test]
    fn a_missing_document_needs_a_reason_and_no_number() {
        let none = DocumentKind::NoDocument;
        let missing = Document::parse(none, "", "No tramitó el DNI").expect("a reason");
        assert_eq!(missing.reason(), Some("No tramitó el DNI"));
        assert_eq!(missing.number(), None);
        assert_eq!(
            Document::parse(none, "", " "),
            Err(("no_document_reason", Fault::ReasonNeeded))
        );
        assert_eq!(
            Document::parse(none, "01234567", "x"),
            Err(("document_number", Fault::BadDocument))
        );
        let long = "x".repeat(201);
        assert_eq!(
            Document::parse(none, "", &long),
            Err(("no_document_reason", Fault::TooLong { max: 200 }))
        );
    }

    #[test]
    fn lists_show_four_characters() {
        assert_eq!(masked("01234567"), "••••\u{a0}4567");
        assert_eq!(masked("AB"), "••••\u{a0}AB");
    }

    #[test]
    fn nothing_prints_a_number() {
        let number = DocumentNumber::parse(DocumentKind::Dni, "01234567").expect("sound");
        assert_eq!(format!("{number:?}"), "DocumentNumber(dni, …)");
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_is_stable(typed in "\\PC{0,24}") {
            for &kind in DocumentKind::ALL {
                if let Ok(number) = DocumentNumber::parse(kind, &typed) {
                    prop_assert!(number.as_str().bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()));
                    prop_assert_eq!(DocumentNumber::parse(kind, number.as_str()), Ok(number));
                }
            }
        }

        #[test]
        fn spacing_and_case_make_no_difference(digits in "[0-9]{8}", place in 0usize..8) {
            let plain = DocumentNumber::parse(DocumentKind::Dni, &digits);
            let (head, tail) = digits.split_at(place);
            prop_assert_eq!(DocumentNumber::parse(DocumentKind::Dni, &format!(" {head} - {tail}")), plain);
        }
    }
}
