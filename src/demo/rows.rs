//! The demo's rows before they are written: one struct a table, in the shape of its columns.
//!
//! Written in bulk as JSON, table by table: 50,000 rows in seconds, where one statement a row would
//! take minutes on a slow machine.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Serialize, Serializer};

use crate::{
    attendance::MarkStatus,
    certificates::CertificateKind,
    courses::{CourseKind, EditionState, Modality},
    enrolment::EnrolmentState,
    learning::StepKind,
    people::{Sector, Sex},
    vetting::VettingState,
};

/// A moment in the form in which the database keeps it everywhere else: text that sorts as time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub DateTime<Utc>);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_rfc3339())
    }
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PersonRow {
    pub id: i64,
    pub document_kind: &'static str,
    /// Hexadecimal; absent without a document.
    pub document_sealed: Option<String>,
    pub document_hash: Option<String>,
    pub no_document_reason: Option<&'static str>,
    pub given_names: String,
    pub paternal_surname: String,
    pub maternal_surname: Option<String>,
    pub sex: Sex,
    pub birth_year: i32,
    pub nationality: &'static str,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub sort_name: String,
    pub created_at: Moment,
    // The affiliation, current since the person was registered.
    pub institution_id: i64,
    pub institution_name: String,
    pub sector: Sector,
    pub position: &'static str,
    pub department: Option<&'static str>,
    pub country: &'static str,
    pub since: NaiveDate,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct ProgramRow {
    pub id: i64,
    pub name: &'static str,
    pub summary: &'static str,
    pub implementer: &'static str,
    pub funder: &'static str,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub created_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SignatoryRow {
    pub program_id: i64,
    pub position: i64,
    pub name: &'static str,
    pub title: &'static str,
    pub institution: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct CourseRow {
    pub id: i64,
    pub program_id: i64,
    pub title: String,
    pub kind: CourseKind,
    pub summary: String,
    pub audience: String,
    pub outcomes: String,
    pub syllabus: String,
    pub planned_minutes: i64,
    pub min_grade_tenths: Option<i64>,
    pub folded_title: String,
    pub created_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct VenueRow {
    pub id: i64,
    pub name: String,
    pub department: String,
    pub folded_name: String,
    pub created_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct EditionRow {
    pub id: i64,
    pub course_id: i64,
    pub number: i64,
    pub state: EditionState,
    pub modality: Modality,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub venue_id: Option<i64>,
    pub department: Option<String>,
    pub seats: Option<i64>,
    pub needs_approval: i64,
    pub offer_hours: Option<i64>,
    pub enrol_from: NaiveDate,
    pub enrol_until: NaiveDate,
    pub state_at: Moment,
    pub created_at: Moment,
}

/// Seats kept for people of a sex.
#[derive(Clone, Debug, Serialize)]
pub(super) struct QuotaRow {
    pub edition_id: i64,
    pub sex: String,
    pub reserved: i64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct FacilitatorRow {
    pub edition_id: i64,
    pub person_id: i64,
    pub assigned_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct SessionRow {
    pub id: i64,
    pub edition_id: i64,
    pub title: String,
    pub modality: Modality,
    pub starts_at: Moment,
    pub ends_at: Moment,
    pub planned_minutes: i64,
    pub meeting_link: Option<&'static str>,
    pub created_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct EnrolmentRow {
    pub id: i64,
    pub edition_id: i64,
    pub person_id: i64,
    pub state: EnrolmentState,
    pub state_at: Moment,
    pub requested_at: Moment,
    pub institution_id: i64,
    pub institution_name: String,
    pub sector: Sector,
    pub position: &'static str,
    pub department: Option<&'static str>,
    pub country: &'static str,
    pub sex: Sex,
    pub pre_test_tenths: Option<i64>,
    pub post_test_tenths: Option<i64>,
    pub grade_tenths: Option<i64>,
    pub offered_until: Option<Moment>,
}

/// A sector that is vetted in a program.
#[derive(Clone, Debug, Serialize)]
pub(super) struct VettingRuleRow {
    pub program_id: i64,
    pub sector: Sector,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct VettingRow {
    pub person_id: i64,
    pub program_id: i64,
    pub state: VettingState,
    pub cleared_until: Option<NaiveDate>,
    pub state_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct MarkRow {
    pub id: i64,
    pub enrolment_id: i64,
    pub session_id: i64,
    pub status: MarkStatus,
    pub minutes: i64,
    pub marked_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct CertificateRow {
    pub id: i64,
    pub code: String,
    pub enrolment_id: i64,
    pub kind: CertificateKind,
    pub issued_at: Moment,
    pub content: String,
    pub content_digest: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct StepRow {
    pub id: i64,
    pub session_id: i64,
    pub position: i64,
    pub kind: StepKind,
    pub title: &'static str,
    pub body: &'static str,
    pub link: Option<&'static str>,
    pub created_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct OptionRow {
    pub step_id: i64,
    pub position: i64,
    pub answer: &'static str,
    pub correct: i64,
    pub feedback: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct StepDoneRow {
    pub enrolment_id: i64,
    pub step_id: i64,
    pub done_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct AccountRow {
    pub id: i64,
    pub person_id: i64,
    pub email: &'static str,
    pub created_at: Moment,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct GrantRow {
    pub account_id: i64,
    pub role: &'static str,
    pub program_id: i64,
}

/// Everything, in the order in which it is written.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub people: Vec<PersonRow>,
    pub programs: Vec<ProgramRow>,
    pub signatories: Vec<SignatoryRow>,
    pub courses: Vec<CourseRow>,
    pub venues: Vec<VenueRow>,
    pub editions: Vec<EditionRow>,
    pub quotas: Vec<QuotaRow>,
    pub facilitators: Vec<FacilitatorRow>,
    pub sessions: Vec<SessionRow>,
    pub enrolments: Vec<EnrolmentRow>,
    pub vetting_rules: Vec<VettingRuleRow>,
    pub vettings: Vec<VettingRow>,
    pub marks: Vec<MarkRow>,
    pub certificates: Vec<CertificateRow>,
    pub steps: Vec<StepRow>,
    pub options: Vec<OptionRow>,
    pub steps_done: Vec<StepDoneRow>,
    pub accounts: Vec<AccountRow>,
    pub grants: Vec<GrantRow>,
}
