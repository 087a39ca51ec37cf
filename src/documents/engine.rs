//! The typesetting engine: Typst with the embedded templates, words and fonts.
//!
//! Built once, on first use, and shared by all threads. To add a template, add a line to
//! [`SOURCES`] (and to [`FILES`] for its words); never replace one of a certificate.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::{Datetime, Dict, Smart};
use typst_as_lib::{TypstAsLibError, TypstEngine};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::DocumentError;

/// Template sources, by the name under which they are compiled.
pub(super) const SOURCES: [(&str, &str); 4] = [
    ("badges.typ", include_str!("templates/badges.typ")),
    (
        "certificate_v1.typ",
        include_str!("templates/certificate_v1.typ"),
    ),
    (
        "closing_record.typ",
        include_str!("templates/closing_record.typ"),
    ),
    (
        "sign_in_sheet.typ",
        include_str!("templates/sign_in_sheet.typ"),
    ),
];

/// Data files that templates read.
pub(super) const FILES: [(&str, &[u8]); 1] =
    [("words_v1.json", include_bytes!("templates/words_v1.json"))];

/// Libertinus Serif (SIL Open Font License, see `fonts/OFL.txt`): Latin with all the accents of
/// Spanish and of Peru's indigenous languages, Greek, Cyrillic.
pub(super) const FONTS: [&[u8]; 2] = [
    include_bytes!("fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("fonts/LibertinusSerif-Semibold.otf"),
];

static ENGINE: LazyLock<TypstEngine> = LazyLock::new(|| {
    TypstEngine::builder()
        .fonts(FONTS)
        .with_static_source_file_resolver(SOURCES)
        .with_static_file_resolver(FILES)
        .build()
});

/// Lays out the template of that name (one of [`SOURCES`]) with `inputs` as its `sys.inputs`.
pub(super) fn typeset(template: &str, inputs: Dict) -> Result<PagedDocument, DocumentError> {
    ENGINE
        .compile_with_input(template, inputs)
        .output
        .map_err(|error| DocumentError::Typesetting(describe(error)))
}

/// Writes a document as PDF.
///
/// `identity` names the document for good (two PDFs with the same identity are the same
/// document); `created` is the day it bears, so that no clock is read. Title and language are
/// the template's to set.
pub(super) fn to_pdf(
    document: &PagedDocument,
    identity: &str,
    created: NaiveDate,
) -> Result<Vec<u8>, DocumentError> {
    let claims = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .expect("PDF/UA-1 and PDF/A-2a are compatible");
    typst_pdf::pdf(document, &options(identity, created, claims))
        .or_else(|_| {
            let no_claims = options(identity, created, PdfStandards::default());
            typst_pdf::pdf(document, &no_claims)
        })
        .map_err(|diagnostics| DocumentError::Typesetting(messages(&diagnostics)))
}

fn options(identity: &str, created: NaiveDate, standards: PdfStandards) -> PdfOptions {
    PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
        creator: Smart::Custom(Some("Capacita".to_owned())),
        timestamp: noon(created).map(Timestamp::new_utc),
        standards,
        tagged: true,
        ..PdfOptions::default()
    }
}

/// Noon in UTC: the same calendar day in Peru as in most of the world.
fn noon(day: NaiveDate) -> Option<Datetime> {
    let [month, day_of_month] = [day.month(), day.day()].map(|part| u8::try_from(part).ok());
    Datetime::from_ymd_hms(day.year(), month?, day_of_month?, 12, 0, 0)
}

fn describe(error: TypstAsLibError) -> String {
    match error {
        TypstAsLibError::TypstSource(diagnostics) => messages(&diagnostics),
        other => other.to_string(),
    }
}

fn messages(diagnostics: &EcoVec<SourceDiagnostic>) -> String {
    let messages: Vec<&str> = diagnostics.iter().map(|d| d.message.as_str()).collect();
    messages.join("; ")
}
