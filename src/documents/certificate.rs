//! The certificate: its frozen content and its sheet.
//!
//! [`CertificateContent`] is written once, when the certificate is issued, and stored as JSON.
//! It holds *meanings* (a kind of course, a number of tenths of an hour); the words for them
//! belong to the template version that the content names. Its enums repeat those of other
//! domains on purpose: renaming a course kind there must not change what was issued here.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use typst::foundations::{Dict, IntoValue};
use typst_layout::PagedDocument;

use super::{DocumentError, engine, qr};

#[cfg(test)]
mod tests;

/// The template version that new certificates are issued with.
pub const CURRENT_TEMPLATE: u32 = 1;

/// Longest text, in characters, that any field may hold and still be sure to fit on the sheet.
pub const MAX_TEXT_CHARS: usize = 300;

/// Most signatories that the sheet has room for.
pub const MAX_SIGNATORIES: usize = 3;

/// What a certificate says, frozen on the day it is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateContent {
    /// Version of the template and its words; [`CURRENT_TEMPLATE`] for a new certificate.
    pub template_version: u32,
    /// Attended enough, or attended enough and passed.
    pub kind: SheetKind,
    /// Language of the whole sheet.
    pub language: SheetLanguage,
    /// The code by which the certificate is found, grouped as people read it ("K7Q2M-9XD4T-…").
    pub code: String,
    /// Absolute address of the verification page; printed, linked, and in the QR code.
    pub verify_url: String,
    /// The holder in display form, "Given Names Paternal Maternal".
    pub person_name: String,
    /// Title of the course, without its kind.
    pub course_title: String,
    /// What sort of course it was.
    pub course_kind: SheetCourseKind,
    /// How it was delivered.
    pub modality: SheetModality,
    /// Training hours in tenths of an academic hour: 125 is 12.5 hours.
    pub hours_tenths: u32,
    /// Minutes in an academic hour, 45 or 60; always printed beside the hours.
    pub academic_minutes: u8,
    /// First day of the edition.
    pub starts_on: NaiveDate,
    /// Last day of the edition; not before the first.
    pub ends_on: NaiveDate,
    /// Where it took place, as it reads after "en" ("Iquitos, Loreto").
    pub place: Option<String>,
    /// Program that the course belongs to.
    pub program_name: String,
    /// Organisation that carries out the program and issues the certificate.
    pub implementer: String,
    /// Organisation that pays for the program.
    pub funder: Option<String>,
    /// Final grade in tenths of a point, 0 to 200 on the scale of 0 to 20: 165 is 16.5.
    pub grade_tenths: Option<u8>,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Who signs, from left to right; at most [`MAX_SIGNATORIES`].
    pub signatories: Vec<Signatory>,
}

/// One who signs a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Name in display form.
    pub name: String,
    /// Position held when signing.
    pub position: String,
    /// Institution signed for.
    pub institution: String,
}

/// Which of the two documents a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// Constancia de participación: attended enough.
    Constancia,
    /// Certificado de aprobación: attended enough and passed.
    Certificado,
}

/// Language of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetLanguage {
    /// Spanish of Peru.
    Es,
    /// English.
    En,
}

/// Kind of course, as a sheet words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetCourseKind {
    /// Taller.
    Workshop,
    /// Curso intensivo.
    Intensive,
    /// Curso virtual.
    Virtual,
    /// Conferencia.
    Conference,
    /// Pasantía.
    StudyVisit,
    /// Charla de derechos.
    RightsTalk,
}

/// Modality, as a sheet words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetModality {
    /// Presencial.
    InPerson,
    /// Virtual sincrónica.
    LiveOnline,
    /// Mixta.
    Hybrid,
    /// Virtual asincrónica.
    SelfPaced,
}

/// The certificate as a PDF of one page, A4 landscape.
///
/// Equal content gives equal bytes. Plain computation that takes its time: call it through
/// [`make`](super::make).
///
/// # Errors
///
/// [`DocumentError::UnknownTemplate`] or [`DocumentError::Invalid`] if the content breaks a rule
/// stated at its fields; [`DocumentError::Typesetting`] if the template itself fails.
pub fn render(content: &CertificateContent) -> Result<Vec<u8>, DocumentError> {
    engine::to_pdf(&typeset(content)?, &content.code, content.issued_on)
}

fn typeset(content: &CertificateContent) -> Result<PagedDocument, DocumentError> {
    let template = template_of(content.template_version)?;
    content.check()?;
    let mut inputs = as_data(content)?;
    let code = qr::svg(&content.verify_url)?;
    inputs.insert("qr".into(), code.into_value());
    engine::typeset(template, inputs)
}

fn template_of(version: u32) -> Result<&'static str, DocumentError> {
    match version {
        1 => Ok("certificate_v1.typ"),
        other => Err(DocumentError::UnknownTemplate(other)),
    }
}

/// The content as Typst values: strings stay strings, whatever they contain.
fn as_data(content: &CertificateContent) -> Result<Dict, DocumentError> {
    serde_json::to_value(content)
        .and_then(serde_json::from_value)
        .map_err(|error| DocumentError::Typesetting(error.to_string()))
}

impl CertificateContent {
    /// Checks the rules that the types cannot express.
    ///
    /// # Errors
    ///
    /// [`DocumentError::Invalid`] with the first rule that is broken.
    pub fn check(&self) -> Result<(), DocumentError> {
        let rules = [
            (
                self.texts()
                    .all(|text| text.chars().count() <= MAX_TEXT_CHARS),
                "a text is longer than the sheet has room for",
            ),
            (
                [
                    &self.code,
                    &self.verify_url,
                    &self.person_name,
                    &self.course_title,
                ]
                .iter()
                .all(|text| !text.trim().is_empty()),
                "code, address, name and course title must not be empty",
            ),
            (
                matches!(self.academic_minutes, 45 | 60),
                "an academic hour has 45 or 60 minutes",
            ),
            (
                self.starts_on <= self.ends_on,
                "the last day is before the first",
            ),
            (
                self.grade_tenths.is_none_or(|tenths| tenths <= 200),
                "a grade is at most 20",
            ),
            (
                self.signatories.len() <= MAX_SIGNATORIES,
                "there is room for three signatories",
            ),
        ];
        match rules.iter().find(|(holds, _)| !holds) {
            None => Ok(()),
            Some((_, broken)) => Err(DocumentError::Invalid(broken)),
        }
    }

    fn texts(&self) -> impl Iterator<Item = &str> {
        let own = [
            &self.code,
            &self.verify_url,
            &self.person_name,
            &self.course_title,
            &self.program_name,
            &self.implementer,
        ];
        let optional = self.place.iter().chain(&self.funder);
        let signing = self
            .signatories
            .iter()
            .flat_map(|one| [&one.name, &one.position, &one.institution]);
        own.into_iter()
            .chain(optional)
            .chain(signing)
            .map(String::as_str)
    }
}
