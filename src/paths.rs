//! Every address of Capacita. No address is written as text anywhere else.
//!
//! [`Path`] can be made only here, so a redirect never goes to what somebody typed.

use std::fmt;

use crate::{
    access::AccountId,
    attachments::AttachmentId,
    certificates::Code,
    courses::{CourseId, EditionId, ProgramId},
    enrolment::{EnrolmentId, OfferToken},
    learning::{FileId, StepId},
    nomination::NominationId,
    people::{InstitutionId, PersonId},
    sessions::SessionId,
};

/// An address within Capacita: path and query, already encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(String);

impl Path {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same address with one more query parameter.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        let separator = if self.0.contains('?') { '&' } else { '?' };
        let mut pair = url_encode(name);
        pair.push('=');
        pair.push_str(&url_encode(value));
        Self(format!("{}{separator}{pair}", self.0))
    }

    /// Where somebody wanted to go before signing in: taken only when it lies within Capacita.
    ///
    /// Refuses anything but a single leading slash followed by printable ASCII, so neither another
    /// host (`//evil`, `/\evil`) nor a header can hide in it.
    pub fn local(typed: &str) -> Option<Self> {
        let rest = typed.strip_prefix('/')?;
        let sound = !rest.starts_with(['/', '\\'])
            && rest.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
            && typed.len() <= 1000;
        sound.then(|| Self(typed.to_owned()))
    }

    /// The same as requests hold it.
    #[cfg(feature = "ssr")]
    pub fn uri(&self) -> axum::http::Uri {
        self.0.parse().expect("typed paths are addresses")
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.0
    }
}

impl leptos::tachys::html::attribute::IntoAttributeValue for Path {
    type Output = String;

    fn into_attribute_value(self) -> String {
        self.0
    }
}

fn url_encode(text: &str) -> String {
    use fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a String does not fail");
        }
    }
    encoded
}

macro_rules! paths {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $ty:ty),*) => $format:literal;)+) => {
        $($(#[$doc])* pub fn $name($($arg: $ty),*) -> Path { Path(format!($format)) })+
    };
}

/// Where the form of an edition is posted to. The function stands with the enrolments: seats that
/// are added there go to whoever waits.
pub const UPDATE_EDITION: &str = "/api/courses/update_edition";

paths! {
    /// The public front page, or the home of whoever is signed in.
    home() => "/";
    /// The public catalogue.
    courses() => "/courses";
    /// A course as strangers see it.
    course(id: CourseId) => "/courses/{id}";
    /// An edition: what strangers see, and for its staff the overview.
    edition(id: EditionId) => "/editions/{id}";
    /// Sessions of an edition.
    edition_sessions(id: EditionId) => "/editions/{id}/sessions";
    /// Lists of people named for an edition, and sending another.
    edition_nominations(id: EditionId) => "/editions/{id}/nominations";
    /// One list: its lines, and what became of them.
    nomination(id: NominationId) => "/nominations/{id}";
    /// The empty list as a workbook.
    nomination_template_xlsx() => "/nominations/template.xlsx";
    /// The empty list as text.
    nomination_template_csv() => "/nominations/template.csv";
    /// Where a form sends a list.
    upload_nomination() => "/api/nomination/upload";
    /// Enrolments of an edition.
    edition_enrolments(id: EditionId) => "/editions/{id}/enrolments";
    /// A list of enrolments of an edition as a file.
    edition_enrolments_csv(id: EditionId) => "/editions/{id}/enrolments.csv";
    /// The offer of a seat, for whoever has its link.
    offer(token: &OfferToken) => "/offers/{token}";
    /// Putting somebody else in a person's place.
    substitute(id: EnrolmentId) => "/enrolments/{id}/substitute";
    /// Who of an edition the funder wants to know beforehand, and what it answered.
    edition_vetting(id: EditionId) => "/editions/{id}/vetting";
    /// The sectors that a program's funder wants to know beforehand.
    program_vetting(id: ProgramId) => "/programs/{id}/vetting";
    /// Seats of an edition that are kept for groups of people.
    edition_quotas(id: EditionId) => "/editions/{id}/quotas";
    /// What people of an edition without e-mail are to be told.
    edition_notices(id: EditionId) => "/editions/{id}/notices";
    /// The attendance grid of an edition.
    edition_attendance(id: EditionId) => "/editions/{id}/attendance";
    /// One session's attendance, one person a line.
    session_attendance(id: SessionId) => "/sessions/{id}/attendance";
    /// Badges of an edition, with their holders' own codes.
    badges(id: EditionId) => "/editions/{id}/badges.pdf";
    /// The code on the room's screen, by which participants check in.
    room_code(id: SessionId) => "/sessions/{id}/room-code";
    /// Scanning participants' own codes at the door.
    scan(id: SessionId) => "/sessions/{id}/scan";
    /// Checking in with a typed code.
    check_in() => "/check-in";
    /// Where the code on the room's screen leads.
    check_in_session(id: SessionId, code: &str) => "/check-in/{id}/{code}";
    /// Where a participant's own code leads.
    check_in_person(token: &str) => "/check-in/person/{token}";
    /// Who came to a session without being enrolled.
    walk_ins(id: SessionId) => "/sessions/{id}/walk-ins";
    /// The form for who is not enrolled, on their own phone.
    walk_in(id: SessionId, code: &str) => "/walk-in/{id}/{code}";
    /// What is read after that form.
    walk_in_done() => "/walk-in/done";
    /// The participant report of a session's video call.
    video_call(id: SessionId) => "/sessions/{id}/video-call";
    /// Where a form sends such a report.
    upload_video_call() => "/api/video_calls/upload";
    /// What comes back from a session on paper: signatures and a headcount.
    paper(id: SessionId) => "/sessions/{id}/paper";
    /// A scan or a letter, as it was sent.
    attachment(id: AttachmentId) => "/attachments/{id}";
    /// Where a form sends such files.
    upload_attachment() => "/api/attachments/upload";
    /// Taking a session's list along without a connection, and the phones that have it.
    session_offline(id: SessionId) => "/sessions/{id}/offline";
    /// Marks of phones that were offline, for whoever decides about them.
    edition_offline_marks(id: EditionId) => "/editions/{id}/offline-marks";
    /// The lists that this phone holds: opens without a connection.
    offline() => "/offline";
    /// Where phones hand in what they marked.
    sync_offline() => "/api/offline/sync";
    /// What answers for pages without a connection.
    service_worker() => "/service-worker.js";
    /// One's own code.
    my_code() => "/me/code";
    /// The sheet that people sign in a session.
    sign_in_sheet(id: SessionId) => "/sessions/{id}/sign-in-sheet.pdf";
    /// Grades and tests of an edition.
    edition_results(id: EditionId) => "/editions/{id}/results";
    /// Certificates of an edition.
    edition_certificates(id: EditionId) => "/editions/{id}/certificates";
    /// Closing an edition, and what its closing said.
    edition_closing(id: EditionId) => "/editions/{id}/closing";
    /// The closing record of an edition; with `record`, an earlier one.
    closing_record(id: EditionId) => "/editions/{id}/closing-record.pdf";
    /// Changing an edition.
    edition_edit(id: EditionId) => "/editions/{id}/edit";
    /// Giving an edition up: who is concerned, and the reason.
    edition_cancel(id: EditionId) => "/editions/{id}/cancel";
    /// Copying an edition to other dates.
    edition_clone(id: EditionId) => "/editions/{id}/clone";
    /// Changing one session.
    session_edit(id: SessionId) => "/sessions/{id}/edit";
    /// The steps of a self-paced session, for their author.
    session_steps(id: SessionId) => "/sessions/{id}/steps";
    /// A new step of a self-paced session.
    step_new(id: SessionId) => "/sessions/{id}/steps/new";
    /// How far everybody is with a self-paced session.
    session_progress(id: SessionId) => "/sessions/{id}/progress";
    /// Where a form adds a step with its file.
    upload_file() => "/api/learning/upload_file";
    /// Where a form changes a step with a file.
    update_file_step() => "/api/learning/update_file_step";
    /// Changing one step.
    step_edit(id: StepId) => "/steps/{id}/edit";
    /// A self-paced session, for who takes it: resumes where they left.
    learn(id: SessionId) => "/learn/{id}";
    /// One step of a self-paced session.
    learn_step(session: SessionId, step: StepId) => "/learn/{session}/{step}";
    /// A file of a step.
    file(id: FileId) => "/files/{id}";
    /// The history of one person's marks in one session.
    mark_history(enrolment: EnrolmentId, session: SessionId) => "/enrolments/{enrolment}/sessions/{session}";
    /// One enrolment and its history.
    enrolment(id: EnrolmentId) => "/enrolments/{id}";
    /// Programs.
    programs() => "/programs";
    /// A new program.
    program_new() => "/programs/new";
    /// A program and its courses.
    program(id: ProgramId) => "/programs/{id}";
    /// Changing a program.
    program_edit(id: ProgramId) => "/programs/{id}/edit";
    /// A new course in a program.
    course_new(id: ProgramId) => "/programs/{id}/courses/new";
    /// Changing a course.
    course_edit(id: CourseId) => "/courses/{id}/edit";
    /// A new edition of a course.
    edition_new(id: CourseId) => "/courses/{id}/editions/new";
    /// The sessions of an edition as a calendar file.
    edition_ics(id: EditionId) => "/editions/{id}/sessions.ics";
    /// Somebody's private calendar.
    calendar_file(token: &str) => "/calendar/{token}.ics";
    /// The address of one's own calendar.
    my_calendar() => "/me/calendar";
    /// What is on, by month or as a list.
    calendar() => "/calendar";
    /// Everybody whom a search of the register finds, as a file.
    people_csv() => "/people.csv";
    /// The register of people.
    people() => "/people";
    /// A new person.
    person_new() => "/people/new";
    /// Pairs of people who may be one.
    duplicates() => "/people/duplicates";
    /// Two records side by side, of which the first stays.
    merge_people(kept: PersonId, gone: PersonId) => "/people/{kept}/merge/{gone}";
    /// A person and their history.
    person(id: PersonId) => "/people/{id}";
    /// Changing a person.
    person_edit(id: PersonId) => "/people/{id}/edit";
    /// Changing where a person serves.
    person_affiliation(id: PersonId) => "/people/{id}/affiliation";
    /// Institutions.
    institutions() => "/institutions";
    /// A new institution.
    institution_new() => "/institutions/new";
    /// Changing an institution.
    institution(id: InstitutionId) => "/institutions/{id}";
    /// Signing in.
    sign_in() => "/sign-in";
    /// Registering as a participant.
    register() => "/register";
    /// What whoever registered reads while a letter is on its way.
    registration_sent() => "/register/sent";
    /// Where the link of that letter leads; the token is the query parameter `token`.
    finish_registration() => "/register/finish";
    /// Asking for a link to set a new password.
    forgotten_password() => "/forgotten-password";
    /// Where a one-time link leads; the token is the query parameter `token`.
    set_password() => "/set-password";
    /// The participant's home.
    me() => "/me";
    /// Own certificates.
    my_certificates() => "/me/certificates";
    /// Own data.
    my_data() => "/me/data";
    /// Own data as a file.
    my_data_json() => "/me/data.json";
    /// Password and devices.
    my_account() => "/me/account";
    /// The question: is this certificate genuine?
    verify() => "/verify";
    /// The answer for one code.
    verify_code(code: &Code) => "/verify/{code}";
    /// The sheet.
    certificate_pdf(code: &Code) => "/certificates/{code}.pdf";
    /// Totals.
    totals() => "/reports/totals";
    /// Totals as comma-separated values.
    totals_csv() => "/reports/totals.csv";
    /// Totals as a workbook.
    totals_xlsx() => "/reports/totals.xlsx";
    /// Who changed what.
    audit() => "/audit";
    /// Accounts, settings and the state of the system.
    admin() => "/admin";
    /// Accounts and their roles.
    accounts() => "/admin/accounts";
    /// One account.
    account(id: AccountId) => "/admin/accounts/{id}";
    /// Messages waiting and sent.
    outbox() => "/admin/outbox";
    /// How messages read.
    letters() => "/letters";
    /// Help.
    help() => "/help";
    /// What is kept of whom, and why.
    privacy() => "/privacy";
}

/// Where a code leads as somebody typed it. What is no code leads to the answer for codes that do
/// not exist; of what was typed only letters and digits are kept.
pub fn verify_typed(typed: &str) -> Path {
    if let Ok(code) = typed.parse::<Code>() {
        return verify_code(&code);
    }
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    let kept: String = std::iter::once('-').chain(letters).take(60).collect();
    Path(format!("/verify/{kept}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_addresses_are_taken() {
        for good in [
            "/",
            "/courses?kind=workshop&q=%C3%B1",
            "/editions/3/attendance",
        ] {
            assert_eq!(Path::local(good).map(String::from).as_deref(), Some(good));
        }
        for bad in [
            "",
            "courses",
            "//evil.pe",
            "/\\evil.pe",
            "https://evil.pe",
            "/a\r\nX: y",
            "/ñ",
            "/a b",
        ] {
            assert_eq!(Path::local(bad), None, "{bad}");
        }
    }

    #[test]
    fn parameters_are_encoded() {
        assert_eq!(
            courses().with("q", "a&b ñ").with("page", "2").as_str(),
            "/courses?q=a%26b%20%C3%B1&page=2"
        );
    }
}
