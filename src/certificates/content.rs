//! What a certificate says: gathered from today's records, frozen, and read back.

use chrono::NaiveDate;
use sqlx::SqliteConnection;

use super::{CertificateKind, Code, queries};
use crate::{
    courses::{CourseKind, EditionHeader, Language, Modality},
    documents::{
        certificate::{
            CURRENT_TEMPLATE, CertificateContent, SheetCourseKind, SheetKind, SheetLanguage,
            SheetModality, Signatory,
        },
        prints,
    },
    error::AppError,
    paths,
    people::{Department, full_name},
    server::incident,
    settings,
    values::fold,
};

/// What the certificates of one edition have in common.
#[derive(Debug)]
pub(super) struct EditionFacts {
    pub header: EditionHeader,
    pub issuer: queries::Issuer,
    pub signatories: Vec<Signatory>,
    /// Minutes of all sessions of the edition.
    pub planned_minutes: i64,
    pub academic_minutes: i64,
    pub place: Option<String>,
}

/// One certificate about to be issued.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    pub code: &'a Code,
    pub kind: CertificateKind,
    pub given_names: &'a str,
    pub paternal_surname: &'a str,
    pub maternal_surname: Option<&'a str>,
    pub grade_tenths: Option<i64>,
    pub issued_on: NaiveDate,
    pub base_url: &'a str,
}

/// Gathers what the certificates of an edition have in common, as it is now.
pub(super) async fn edition_facts(
    connection: &mut SqliteConnection,
    header: EditionHeader,
) -> Result<EditionFacts, AppError> {
    let issuer = queries::issuer(connection, header.program).await?;
    let signatories = queries::signatories(connection, header.program).await?;
    let planned_minutes = queries::planned_minutes(connection, header.id).await?;
    let academic_minutes = settings::academic_minutes(connection).await?;
    let place = place(connection, &header).await?;
    Ok(EditionFacts {
        header,
        issuer,
        signatories,
        planned_minutes,
        academic_minutes,
        place,
    })
}

/// Where it took place: the venue, else the departments of its sessions' venues, else its own.
/// What is held online alone took place nowhere in particular.
async fn place(
    connection: &mut SqliteConnection,
    header: &EditionHeader,
) -> Result<Option<String>, AppError> {
    if matches!(header.modality, Modality::LiveOnline | Modality::SelfPaced) {
        return Ok(None);
    }
    if let Some(venue) = &header.venue {
        return Ok(Some(with_department(venue, header.department)));
    }
    let departments = queries::session_departments(connection, header.id).await?;
    let names: Vec<&str> = departments.iter().map(|one| one.name()).collect();
    if names.is_empty() {
        return Ok(header.whereabouts());
    }
    Ok(Some(names.join(", ")))
}

/// The venue, and its department where the name does not say it already.
fn with_department(venue: &str, department: Option<Department>) -> String {
    match department.map(Department::name) {
        Some(name) if !fold(venue).contains(&fold(name)) => format!("{venue}, {name}"),
        _ => venue.to_owned(),
    }
}

impl EditionFacts {
    /// Training hours in tenths of an academic hour, rounded down: never more than was given.
    fn hours_tenths(&self) -> u32 {
        u32::try_from(self.planned_minutes * 10 / self.academic_minutes)
            .expect("an edition is shorter than a human life")
    }

    /// What all sheets of the edition say and none can print.
    pub fn unprintable(&self) -> Option<&str> {
        let header = &self.header;
        let own = [
            &header.course_title,
            &header.program_name,
            &self.issuer.implementer,
            &self.issuer.funder,
        ];
        let signing = self
            .signatories
            .iter()
            .flat_map(|one| [&one.name, &one.position, &one.institution]);
        own.into_iter()
            .chain(&self.place)
            .chain(signing)
            .map(String::as_str)
            .find(|text| !prints(text))
    }

    /// Everything one sheet says.
    pub fn content(&self, sheet: &Sheet<'_>) -> CertificateContent {
        let header = &self.header;
        CertificateContent {
            template_version: CURRENT_TEMPLATE,
            kind: sheet_kind(sheet.kind),
            language: sheet_language(header.language),
            code: sheet.code.grouped(),
            verify_url: format!("{}{}", sheet.base_url, paths::verify_code(sheet.code)),
            person_name: full_name(
                sheet.given_names,
                sheet.paternal_surname,
                sheet.maternal_surname,
            ),
            course_title: header.course_title.clone(),
            course_kind: sheet_course_kind(header.kind),
            modality: sheet_modality(header.modality),
            hours_tenths: self.hours_tenths(),
            academic_minutes: u8::try_from(self.academic_minutes).expect("45 or 60"),
            starts_on: header.starts_on,
            ends_on: header.ends_on,
            place: self.place.clone(),
            program_name: header.program_name.clone(),
            implementer: self.issuer.implementer.clone(),
            funder: Some(self.issuer.funder.clone()),
            grade_tenths: sheet
                .grade_tenths
                .filter(|_| sheet.kind == CertificateKind::Certificado)
                .and_then(|tenths| u8::try_from(tenths).ok()),
            issued_on: sheet.issued_on,
            signatories: self.signatories.clone(),
        }
    }
}

/// The text that is stored and its digest.
pub(super) fn freeze(content: &CertificateContent) -> Result<(String, [u8; 32]), AppError> {
    content.check().map_err(|fault| incident(&fault))?;
    let text = serde_json::to_string(content).map_err(|fault| incident(&fault))?;
    let digest = digest(&text);
    Ok((text, digest))
}

/// What was frozen. A text that is not the one of its digest is not what was issued: an incident.
pub(super) fn thaw(text: &str, digest: &[u8]) -> Result<CertificateContent, AppError> {
    if self::digest(text) != digest {
        return Err(incident(&"the content of a certificate was altered"));
    }
    read(text).map_err(|fault| incident(&fault))
}

/// What a stored text says.
pub(super) fn read(text: &str) -> serde_json::Result<CertificateContent> {
    serde_json::from_str(text)
}

/// BLAKE3 of a stored text.
pub(super) fn digest(text: &str) -> [u8; 32] {
    *blake3::hash(text.as_bytes()).as_bytes()
}

const fn sheet_kind(kind: CertificateKind) -> SheetKind {
    match kind {
        CertificateKind::Constancia => SheetKind::Constancia,
        CertificateKind::Certificado => SheetKind::Certificado,
    }
}

/// The kind of certificate that a sheet is.
pub(super) const fn kind_of(kind: SheetKind) -> CertificateKind {
    match kind {
        SheetKind::Constancia => CertificateKind::Constancia,
        SheetKind::Certificado => CertificateKind::Certificado,
    }
}

/// Sheets are worded in Spanish and English; whatever else is taught in, in Spanish.
const fn sheet_language(language: Language) -> SheetLanguage {
    match language {
        Language::English => SheetLanguage::En,
        _ => SheetLanguage::Es,
    }
}

const fn sheet_course_kind(kind: CourseKind) -> SheetCourseKind {
    match kind {
        CourseKind::Workshop => SheetCourseKind::Workshop,
        CourseKind::Intensive => SheetCourseKind::Intensive,
        CourseKind::Virtual => SheetCourseKind::Virtual,
        CourseKind::Conference => SheetCourseKind::Conference,
        CourseKind::StudyVisit => SheetCourseKind::StudyVisit,
        CourseKind::RightsTalk => SheetCourseKind::RightsTalk,
    }
}

/// The kind of course that a sheet names.
pub(super) const fn course_kind_of(kind: SheetCourseKind) -> CourseKind {
    match kind {
        SheetCourseKind::Workshop => CourseKind::Workshop,
        SheetCourseKind::Intensive => CourseKind::Intensive,
        SheetCourseKind::Virtual => CourseKind::Virtual,
        SheetCourseKind::Conference => CourseKind::Conference,
        SheetCourseKind::StudyVisit => CourseKind::StudyVisit,
        SheetCourseKind::RightsTalk => CourseKind::RightsTalk,
    }
}

const fn sheet_modality(modality: Modality) -> SheetModality {
    match modality {
        Modality::InPerson => SheetModality::InPerson,
        Modality::LiveOnline => SheetModality::LiveOnline,
        Modality::Hybrid => SheetModality::Hybrid,
        Modality::SelfPaced => SheetModality::SelfPaced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_its_department_once() {
        let (loreto, san_martin) = (Some(Department::Loreto), Some(Department::SanMartin));
        for (venue, department, place) in [
            (
                "Auditorio de Iquitos",
                loreto,
                "Auditorio de Iquitos, Loreto",
            ),
            (
                "Corte Superior de Loreto",
                loreto,
                "Corte Superior de Loreto",
            ),
            ("Sala San Martin", san_martin, "Sala San Martin"),
            ("Embajada", None, "Embajada"),
        ] {
            assert_eq!(with_department(venue, department), place);
        }
    }

    #[test]
    fn altered_text_is_not_what_was_issued() {
        assert!(thaw("{}", &digest("{ }")).is_err());
        assert!(thaw("{}", &digest("{}")).is_err());
    }
}
