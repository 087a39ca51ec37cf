//! What can go wrong, in the one shape that server and client share.
//!
//! An [`AppError`] carries no words: they are found in `locales/` when it is shown, in the
//! language of whoever reads it. Faults of the machine never show more than an incident number.

mod form_check;
mod heard;

use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};

pub use self::form_check::{FormCheck, Parsed};

/// Why a request was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize, serde::Deserialize))]
pub enum AppError {
    /// Nobody is signed in; after signing in the request may be made again.
    SignInRequired,
    /// Signed in and the object is visible, but this is not theirs to do.
    Forbidden,
    /// There is no such thing, or none that this viewer may know of.
    NotFound,
    /// A rule or somebody else's change stands against it.
    Conflict(Reason),
    /// What was typed cannot be taken; each fault names its field.
    Invalid(Vec<FieldError>),
    /// The request never became one of ours (bad body, unknown endpoint, lost connection).
    Transport(String),
    /// A fault of the machine. The log has the rest under this number.
    Internal {
        /// Twelve characters, unique enough to find the line in the log.
        incident: String,
    },
}

impl AppError {
    /// The status of the answer to anything that is not a page.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignInRequired => 401,
            Self::Forbidden | Self::Conflict(Reason::TaughtLongAgo) => 403,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Invalid(_) => 422,
            Self::Transport(_) => 400,
            Self::Internal { .. } => 500,
        }
    }

    /// One fault at one field.
    pub fn field(field: &str, fault: Fault) -> Self {
        Self::Invalid(vec![FieldError {
            field: field.to_owned(),
            fault,
        }])
    }
}

impl FromServerFnError for AppError {
    #[cfg(feature = "ssr")]
    type Encoder = leptos::server_fn::codec::JsonEncoding;
    #[cfg(not(feature = "ssr"))]
    type Encoder = heard::Heard;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // Nobody reads the sentence in the browser, where printing errors costs the most.
        Self::Transport(if cfg!(feature = "ssr") {
            error.to_string()
        } else {
            String::new()
        })
    }
}

impl From<Reason> for AppError {
    fn from(reason: Reason) -> Self {
        Self::Conflict(reason)
    }
}

/// One fault and the field it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize, serde::Deserialize))]
pub struct FieldError {
    /// The name of the form's field.
    pub field: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with one typed value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize, serde::Deserialize))]
pub enum Fault {
    /// Nothing was typed where something is needed.
    Missing,
    /// More than `max` characters.
    TooLong {
        /// The most that fits.
        max: i64,
    },
    /// Fewer than `min` characters.
    TooShort {
        /// The least that is needed.
        min: i64,
    },
    /// A control character.
    BadCharacter,
    /// Not a number where one is needed.
    NotANumber,
    /// A number outside its bounds.
    OutOfRange {
        /// The smallest that is taken.
        min: i64,
        /// The greatest that is taken.
        max: i64,
    },
    /// Not a day of the calendar between 1990 and 2100.
    NotADate,
    /// Not a time of day.
    NotATime,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a web address that begins with https:// or http://.
    NotALink,
    /// None of the choices offered, or one that no longer exists.
    UnknownChoice,
    /// A DNI has eight digits, a foreigner's card nine characters, a passport five to twelve.
    BadDocument,
    /// A person with this document is registered already.
    DuplicateDocument,
    /// Somebody has this e-mail already.
    DuplicateEmail,
    /// Something with this name is there already.
    DuplicateName,
    /// The end lies before the beginning.
    EndBeforeStart,
    /// Enrolment ends after the edition does.
    EnrolmentAfterEnd,
    /// Outside the days of the edition it belongs to.
    OutsideEdition,
    /// Some sessions of the edition would lie outside its days.
    SessionsOutside,
    /// None of the chosen days of the week lies between the dates.
    NoSuchDay,
    /// More than can be added at once.
    TooMany {
        /// The most that can be.
        max: i64,
    },
    /// Both passwords must be the same.
    PasswordsDiffer,
    /// Easy to guess.
    WeakPassword,
    /// E-mail and password do not fit together; says not which.
    WrongCredentials,
    /// Not the present password.
    WrongPassword,
    /// Not the code that is on the room's screen now.
    CodeNotNow,
    /// Nobody's personal code, or one that was renewed.
    UnknownPersonalCode,
    /// A reason is needed for this.
    ReasonNeeded,
    /// Self-identification is kept only with consent.
    ConsentNeeded,
    /// Partial attendance needs minutes, more than none and fewer than planned.
    BadMinutes {
        /// The session's planned minutes.
        planned: i64,
    },
    /// Minutes beside a mark that has none of its own: which of the two is meant?
    MinutesBesideMark,
    /// A question needs two answers or more and exactly one that is right.
    BadOptions,
    /// Before the first day that is possible.
    DateTooEarly {
        /// The first possible day.
        earliest: chrono::NaiveDate,
    },
    /// After the last day that is possible.
    DateTooLate {
        /// The last possible day.
        latest: chrono::NaiveDate,
    },
    /// A department of Peru with another country, or a region of another country with Peru.
    PlaceAndCountryDiffer,
    /// Somebody of the same names is registered; whoever asks must say that it is another person.
    PossibleDuplicate,
    /// Seats can be kept for somebody only where their number is limited.
    NoSeatLimit,
    /// A kind of file that is not taken.
    BadFileType,
    /// Neither a workbook nor text.
    NotATable,
    /// A workbook of a program before 2007.
    OldWorkbook,
    /// A workbook that asks for a password.
    ProtectedWorkbook,
    /// A workbook that is not whole.
    DamagedWorkbook,
    /// A file that unpacks to more than any list needs.
    TooMuchInFile,
    /// No participant report of a video call.
    NotACallReport,
    /// A file with nothing in it.
    EmptyFile,
    /// A file over the limit.
    FileTooLarge {
        /// The limit in megabytes.
        max_mb: i64,
    },
}

/// Which rule, or whose change, stands against a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "ssr", derive(serde::Serialize, serde::Deserialize))]
pub enum Reason {
    /// The same form came before, and what it asked for was done then.
    SentAlready,
    /// Somebody changed the same record since the form was opened.
    ChangedMeanwhile,
    /// The record is in use and cannot go.
    InUse,
    /// The edition's state does not allow this step.
    WrongEditionState,
    /// An edition needs at least one session for this.
    NoSessions,
    /// A session of the edition has not ended yet.
    SessionsAhead,
    /// The first day is more than a week away; whoever starts it now must say that it is meant.
    StartsLater {
        /// The first day.
        starts_on: chrono::NaiveDate,
    },
    /// One of two people teaches what the other takes part in: they cannot be one participant.
    TeachesTheOther,
    /// Something depends on the merge by now.
    MergeInUse {
        /// The table that says so.
        what: String,
    },
    /// The record went into another one.
    MergedRecord,
    /// The edition is closed: nothing in it changes until it is reopened.
    EditionClosed,
    /// Outside the enrolment window.
    EnrolmentNotOpen,
    /// No seat is free and there is no waiting list.
    EditionFull,
    /// The person's group has as many seats as it may, and there is no waiting list.
    GroupFull,
    /// The seats that are free are kept for others, and there is no waiting list.
    SeatsReserved,
    /// The person is vetted for the program and not cleared to the edition's last day.
    NotCleared,
    /// The coordinator must look at it before the seat can be taken.
    SeatToConfirm,
    /// The offer of a seat was answered, taken back, or is too old.
    OfferOver,
    /// The person has an active enrolment in this edition.
    AlreadyEnrolled,
    /// A course that must be completed first is missing.
    PrerequisiteMissing {
        /// The titles of the courses.
        courses: Vec<String>,
    },
    /// The enrolment's state does not allow this step.
    WrongEnrolmentState,
    /// The person facilitates the edition and cannot take part in it as well.
    FacilitatorCannotEnrol,
    /// The person coordinates the edition's program, or is an administrator who enrols themselves.
    StaffCannotEnrol,
    /// The viewer taught the edition, but it has been over for so long that its lists are closed.
    TaughtLongAgo,
    /// Nobody marks, grades or certifies themselves.
    OwnRecord,
    /// The person takes part in the edition and cannot teach in it as well.
    ParticipantCannotTeach,
    /// The person has attendance in this edition, so the enrolment cannot be taken back.
    HasAttendance,
    /// The mark is about someone who does not take part in this session's edition.
    NotTakingPart,
    /// The session is studied at one's own pace: nobody checks in to it.
    CheckInSelfPaced,
    /// Who checks in has no enrolment in the session's edition.
    CheckInNotEnrolled,
    /// Who checks in has asked for a seat or waits for one.
    CheckInNoSeat,
    /// Who checks in has withdrawn.
    CheckInWithdrawn,
    /// The edition is over: nobody checks in any more.
    CheckInEditionClosed,
    /// Checking in is not open yet.
    CheckInAhead {
        /// When it opens.
        opens_at: chrono::DateTime<chrono::Utc>,
    },
    /// The session has ended.
    CheckInOver,
    /// Somebody decided about the video-call report before.
    CallReportClosed,
    /// Somebody decided about the walk-in before.
    WalkInDecided,
    /// The walk-in has asked for a seat in the edition, or waits for one.
    WalkInWaits,
    /// The scanned code is not the one on the room's screen any more.
    RoomCodeChanged,
    /// The session has not begun, so nobody can have been there.
    SessionNotBegun,
    /// Two marks of somebody disagree, and what stands must be decided first.
    MarksDisagree,
    /// Steps must be done in order.
    EarlierStepOpen,
    /// The self-paced session is not open today.
    SessionNotOpen,
    /// The answer is not the right one; the step stays open.
    WrongAnswer {
        /// What the author says to this answer, as plain text.
        feedback: String,
    },
    /// The person has not earned this certificate.
    NotEarned,
    /// A certificate of this kind has been issued.
    AlreadyIssued,
    /// The certificate is not valid any more.
    CertificateNotValid,
    /// Too many wrong passwords; try again later.
    TooManyAttempts {
        /// Minutes to wait, rounded up.
        minutes: i64,
    },
    /// Something that was typed belongs to somebody who is registered already; says not what.
    CannotRegister,
    /// The link was used, replaced or is too old.
    LinkExpired,
    /// A message cannot be sent again or given up where it stands now.
    WrongMessageState,
    /// What is in a message is of no use any more.
    MessageExpired,
    /// The demo's accounts do not work outside this machine.
    DemoAccount,
    /// The last administrator cannot be taken away.
    LastAdministrator,
    /// The person has an account already.
    HasAccount,
    /// The person has no e-mail address, so no link can be sent.
    NoEmail,
    /// The person's e-mail address is that of another account.
    EmailTaken,
    /// The list was enrolled, taken back or given up meanwhile.
    NominationClosed,
    /// Something depends on what the list brought in: people were told, or something happened.
    NominationInUse,
    /// No column holds the surnames or the given names.
    ColumnsMissing,
    /// Two columns of a list are said to hold the same.
    ColumnDoubled,
}
