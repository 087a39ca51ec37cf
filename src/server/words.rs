//! Words in the language of the request: [`t!`](crate::t) and [`plural!`](crate::plural), and the
//! sentences for every fault and reason.

use capacita_locales::Locale;
use leptos::prelude::{Owner, provide_context, use_context};

use crate::{
    access::policy::FACILITATORS_READ_FOR,
    error::{AppError, Fault, Reason},
};

/// The language of the request; Spanish outside of one.
pub fn locale() -> Locale {
    use_context::<Locale>().unwrap_or_default()
}

/// `es` or `en`: for `lang` attributes and for storing.
pub fn locale_code(locale: Locale) -> &'static str {
    match locale {
        Locale::es => "es",
        Locale::en => "en",
    }
}

/// The language that was stored under a code; Spanish for anything unknown.
pub fn locale_of(code: &str) -> Locale {
    match code {
        "en" => Locale::en,
        _ => Locale::es,
    }
}

/// Words in another language than that of the request: for messages, which are written in the
/// language of whoever receives them. Within it, everything that shows words follows.
pub fn in_language<T>(locale: Locale, words: impl FnOnce() -> T) -> T {
    Owner::new().with(|| {
        provide_context(locale);
        words()
    })
}

/// The language of a code as it is stored and sent; `None` for any other text.
pub fn parse_locale(code: &str) -> Option<Locale> {
    match code {
        "es" => Some(Locale::es),
        "en" => Some(Locale::en),
        _ => None,
    }
}

/// The text of a key as a `String`, in the language of the request: `t!(people.title)`,
/// `t!(people.found, n = 3)`.
#[macro_export]
macro_rules! t {
    ($($key:tt)*) => {
        $crate::t_in!($crate::server::words::locale(), $($key)*)
    };
}

/// The text of a key in a given language: `t_in!(locale, messages.reset_subject)`.
#[macro_export]
macro_rules! t_in {
    ($locale:expr, $($key:tt)*) => {
        ::std::string::String::from(leptos_i18n::td_string!($locale, $($key)*))
    };
}

/// The text of a key that depends on a number: the key holds `one` and `many`, both with
/// `{{ n }}`: `plural!(count, people.found)`.
#[macro_export]
macro_rules! plural {
    ($n:expr, $($key:ident).+ $(, $arg:ident = $value:expr)*) => {{
        let n: i64 = $n;
        let shown = $crate::ui::number::count(n);
        if n == 1 {
            $crate::t!($($key).+.one, n = shown $(, $arg = $value)*)
        } else {
            $crate::t!($($key).+.many, n = shown $(, $arg = $value)*)
        }
    }};
}

/// A whole error as a sentence that says what happened and what to do.
pub fn sentence(error: &AppError) -> String {
    match error {
        AppError::SignInRequired => t!(errors.sign_in_required),
        AppError::Forbidden => t!(errors.forbidden),
        AppError::NotFound => t!(errors.not_found),
        AppError::Conflict(reason) => reason_sentence(reason),
        AppError::Invalid(_) => t!(errors.invalid),
        AppError::Transport(_) => t!(errors.transport),
        AppError::Internal { incident } => t!(errors.internal, incident = incident),
    }
}

/// What is wrong with a field, and how to mend it.
pub fn fault_sentence(fault: &Fault) -> String {
    match fault {
        Fault::Missing => t!(errors.missing),
        Fault::TooLong { max } => t!(errors.too_long, max = max),
        Fault::TooShort { min } => t!(errors.too_short, min = min),
        Fault::BadCharacter => t!(errors.bad_character),
        Fault::NotANumber => t!(errors.not_a_number),
        Fault::OutOfRange { min, max } => t!(errors.out_of_range, min = min, max = max),
        Fault::NotADate => t!(errors.not_a_date),
        Fault::NotATime => t!(errors.not_a_time),
        Fault::NotAnEmail => t!(errors.not_an_email),
        Fault::NotALink => t!(errors.not_a_link),
        Fault::UnknownChoice => t!(errors.unknown_choice),
        Fault::BadDocument => t!(errors.bad_document),
        Fault::DuplicateDocument => t!(errors.duplicate_document),
        Fault::DuplicateEmail => t!(errors.duplicate_email),
        Fault::DuplicateName => t!(errors.duplicate_name),
        Fault::EndBeforeStart => t!(errors.end_before_start),
        Fault::EnrolmentAfterEnd => t!(errors.enrolment_after_end),
        Fault::OutsideEdition => t!(errors.outside_edition),
        Fault::SessionsOutside => t!(errors.sessions_outside),
        Fault::NoSuchDay => t!(errors.no_such_day),
        Fault::TooMany { max } => t!(errors.too_many, max = max),
        Fault::PasswordsDiffer => t!(errors.passwords_differ),
        Fault::WeakPassword => t!(errors.weak_password),
        Fault::WrongCredentials => t!(errors.wrong_credentials),
        Fault::WrongPassword => t!(errors.wrong_password),
        Fault::CodeNotNow => t!(errors.code_not_now),
        Fault::UnknownPersonalCode => t!(errors.unknown_personal_code),
        Fault::ReasonNeeded => t!(errors.reason_needed),
        Fault::ConsentNeeded => t!(errors.consent_needed),
        Fault::BadMinutes { planned } => t!(errors.bad_minutes, planned = planned),
        Fault::MinutesBesideMark => t!(errors.minutes_beside_mark),
        Fault::BadOptions => t!(errors.bad_options),
        Fault::DateTooEarly { earliest } => {
            t!(
                errors.date_too_early,
                date = crate::ui::time::short_date(*earliest)
            )
        }
        Fault::DateTooLate { latest } => {
            t!(
                errors.date_too_late,
                date = crate::ui::time::short_date(*latest)
            )
        }
        Fault::PlaceAndCountryDiffer => t!(errors.place_and_country_differ),
        Fault::PossibleDuplicate => t!(errors.possible_duplicate),
        Fault::NoSeatLimit => t!(errors.no_seat_limit),
        Fault::BadFileType => t!(errors.bad_file_type),
        Fault::NotATable => t!(errors.not_a_table),
        Fault::OldWorkbook => t!(errors.old_workbook),
        Fault::ProtectedWorkbook => t!(errors.protected_workbook),
        Fault::DamagedWorkbook => t!(errors.damaged_workbook),
        Fault::TooMuchInFile => t!(errors.too_much_in_file),
        Fault::NotACallReport => t!(errors.not_a_call_report),
        Fault::EmptyFile => t!(errors.empty_file),
        Fault::FileTooLarge { max_mb } => t!(errors.file_too_large, max = max_mb),
    }
}

/// What came to depend on a merge, by the table that says so.
fn depends_on_merge(table: &str) -> String {
    match table {
        "people" => t!(errors.merge_depends.people),
        "enrolments" | "enrolment_events" => t!(errors.merge_depends.enrolments),
        "attendance_marks" | "attendance_standing" => t!(errors.merge_depends.attendance),
        "certificates" => t!(errors.merge_depends.certificates),
        "closing_records" => t!(errors.merge_depends.closing),
        "seats" => t!(errors.merge_depends.seats),
        "accounts" | "sign_ins" => t!(errors.merge_depends.accounts),
        "affiliations" => t!(errors.merge_depends.affiliations),
        "merges" => t!(errors.merge_depends.merges),
        _ => t!(errors.merge_depends.other),
    }
}

/// Which rule or change stands against a request, and what can be done.
fn reason_sentence(reason: &Reason) -> String {
    match reason {
        Reason::SentAlready => t!(errors.sent_already),
        Reason::ChangedMeanwhile => t!(errors.changed_meanwhile),
        Reason::InUse => t!(errors.in_use),
        Reason::WrongEditionState => t!(errors.wrong_edition_state),
        Reason::NoSessions => t!(errors.no_sessions),
        Reason::SessionsAhead => t!(errors.sessions_ahead),
        Reason::StartsLater { starts_on } => {
            t!(
                errors.starts_later,
                date = crate::ui::time::date(*starts_on)
            )
        }
        Reason::TeachesTheOther => t!(errors.teaches_the_other),
        Reason::MergeInUse { what } => t!(errors.merge_in_use, what = depends_on_merge(what)),
        Reason::MergedRecord => t!(errors.merged_record),
        Reason::EditionClosed => t!(errors.edition_closed),
        Reason::EnrolmentNotOpen => t!(errors.enrolment_not_open),
        Reason::EditionFull => t!(errors.edition_full),
        Reason::GroupFull => t!(errors.group_full),
        Reason::SeatsReserved => t!(errors.seats_reserved),
        Reason::NotCleared => t!(errors.not_cleared),
        Reason::SeatToConfirm => t!(errors.seat_to_confirm),
        Reason::OfferOver => t!(errors.offer_over),
        Reason::AlreadyEnrolled => t!(errors.already_enrolled),
        Reason::PrerequisiteMissing { courses } => {
            t!(errors.prerequisite_missing, courses = courses.join(", "))
        }
        Reason::WrongEnrolmentState => t!(errors.wrong_enrolment_state),
        Reason::FacilitatorCannotEnrol => t!(errors.facilitator_cannot_enrol),
        Reason::StaffCannotEnrol => t!(errors.staff_cannot_enrol),
        Reason::TaughtLongAgo => t!(errors.taught_long_ago, days = FACILITATORS_READ_FOR),
        Reason::OwnRecord => t!(errors.own_record),
        Reason::ParticipantCannotTeach => t!(errors.participant_cannot_teach),
        Reason::HasAttendance => t!(errors.has_attendance),
        Reason::CheckInSelfPaced => t!(errors.check_in_self_paced),
        Reason::CheckInNotEnrolled => t!(errors.check_in_not_enrolled),
        Reason::CheckInNoSeat => t!(errors.check_in_no_seat),
        Reason::CheckInWithdrawn => t!(errors.check_in_withdrawn),
        Reason::CheckInEditionClosed => t!(errors.check_in_edition_closed),
        Reason::CheckInAhead { opens_at } => {
            t!(
                errors.check_in_ahead,
                when = crate::ui::time::date_time(*opens_at)
            )
        }
        Reason::CheckInOver => t!(errors.check_in_over),
        Reason::CallReportClosed => t!(errors.call_report_closed),
        Reason::WalkInDecided => t!(errors.walk_in_decided),
        Reason::WalkInWaits => t!(errors.walk_in_waits),
        Reason::RoomCodeChanged => t!(errors.room_code_changed),
        Reason::SessionNotBegun => t!(errors.session_not_begun),
        Reason::MarksDisagree => t!(errors.marks_disagree),
        Reason::NotTakingPart => t!(errors.not_taking_part),
        Reason::EarlierStepOpen => t!(errors.earlier_step_open),
        Reason::SessionNotOpen => t!(errors.session_not_open),
        Reason::WrongAnswer { feedback } => t!(errors.wrong_answer, feedback = feedback),
        Reason::NotEarned => t!(errors.not_earned),
        Reason::AlreadyIssued => t!(errors.already_issued),
        Reason::CertificateNotValid => t!(errors.certificate_not_valid),
        Reason::TooManyAttempts { minutes } if *minutes > 180 => {
            t!(errors.too_many_attempts_hours, hours = (minutes + 59) / 60)
        }
        Reason::TooManyAttempts { minutes } => t!(errors.too_many_attempts, minutes = minutes),
        Reason::CannotRegister => t!(errors.cannot_register),
        Reason::LinkExpired => t!(errors.link_expired),
        Reason::WrongMessageState => t!(errors.wrong_message_state),
        Reason::MessageExpired => t!(errors.message_expired),
        Reason::DemoAccount => t!(errors.demo_account),
        Reason::LastAdministrator => t!(errors.last_administrator),
        Reason::HasAccount => t!(errors.has_account),
        Reason::NoEmail => t!(errors.no_email),
        Reason::NominationClosed => t!(errors.nomination_closed),
        Reason::NominationInUse => t!(errors.nomination_in_use),
        Reason::ColumnsMissing => t!(errors.columns_missing),
        Reason::ColumnDoubled => t!(errors.column_doubled),
        Reason::EmailTaken => t!(errors.email_taken),
    }
}
