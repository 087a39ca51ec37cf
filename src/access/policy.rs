//! Who may do what: one pure function of role, action and relation.
//!
//! The whole table is a committed snapshot (`tests/it/snapshots`), so a change of rights is a
//! change that somebody reads.

/// The role in which somebody asks. Who holds several gets the most that any of them allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Users, institutions, settings, audit.
    Administrator,
    /// Totals.
    Manager,
    /// Programs, courses, editions and people, within own programs.
    Coordinator,
    /// Attendance and results, within own editions.
    Facilitator,
    /// Own enrolments and certificates.
    Participant,
}

impl Role {
    /// Every role.
    pub const ALL: &'static [Self] = &[
        Self::Administrator,
        Self::Manager,
        Self::Coordinator,
        Self::Facilitator,
        Self::Participant,
    ];
}

/// What somebody wants to do. Every action of [`super::permit`] is one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Accounts, roles, invitations, settings, outbox, the state of the system.
    Administer,
    /// Read who changed what.
    ReadAudit,
    /// Look people up: their names and institutions, so that nobody is added twice.
    ReadRegister,
    /// Add people.
    ManagePeople,
    /// Read what is recorded of somebody: document, contact, history.
    ReadPerson,
    /// Change somebody's data and affiliations.
    ManagePerson,
    /// Send somebody the link to an account of their own.
    InvitePerson,
    /// Add and change institutions.
    ManageInstitutions,
    /// See how messages read, with invented people in them.
    ReadTemplates,
    /// Start a program.
    CreateProgram,
    /// See a program with its drafts.
    ReadProgram,
    /// Change a program, and everything beneath it.
    ManageProgram,
    /// See an edition's overview and sessions as its staff does.
    ReadEdition,
    /// Decide on enrolments and enrol others.
    ManageEnrolments,
    /// See who takes part.
    ReadRoster,
    /// Mark attendance.
    TakeAttendance,
    /// Record grades and tests.
    RecordResults,
    /// Issue and revoke certificates.
    IssueCertificates,
    /// Request, withdraw, learn: as oneself, in one's own enrolment.
    ActAsParticipant,
    /// Read a certificate's sheet.
    ReadCertificate,
    /// Read totals.
    ReadTotals,
    /// Become a participant: open to whoever has no account, and so to no role.
    Register,
    /// Answer the offer of a seat: open to whoever has its link, and so to no role.
    AnswerOffer,
}

impl ActionKind {
    /// Every action.
    pub const ALL: &'static [Self] = &[
        Self::Administer,
        Self::ReadAudit,
        Self::ReadRegister,
        Self::ManagePeople,
        Self::ReadPerson,
        Self::ManagePerson,
        Self::InvitePerson,
        Self::ManageInstitutions,
        Self::ReadTemplates,
        Self::CreateProgram,
        Self::ReadProgram,
        Self::ManageProgram,
        Self::ReadEdition,
        Self::ManageEnrolments,
        Self::ReadRoster,
        Self::TakeAttendance,
        Self::RecordResults,
        Self::IssueCertificates,
        Self::ActAsParticipant,
        Self::ReadCertificate,
        Self::ReadTotals,
        Self::Register,
        Self::AnswerOffer,
    ];
}

/// For how many days after an edition's last one its facilitators read and mark its lists. Who was
/// trained is not theirs to carry about for ever; whoever coordinates the program has the lists.
pub const FACILITATORS_READ_FOR: u64 = 90;

/// How the object stands to whoever asks, in the role in which they ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Within the coordinator's programs, the facilitator's editions, or the participant's own.
    Own,
    /// An edition that the facilitator taught, and that is long over.
    Past,
    /// Not theirs, but they may know that it is there (a published edition).
    Visible,
    /// Not theirs, and none of their business.
    Foreign,
}

impl Relation {
    /// Every relation.
    pub const ALL: &'static [Self] = &[Self::Own, Self::Past, Self::Visible, Self::Foreign];
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// Answered as if it were not there.
    Hide,
    /// Answered that it is not theirs to do.
    Forbid,
    /// Done.
    Allow,
}

/// The policy.
pub fn decide(role: Role, action: ActionKind, relation: Relation) -> Decision {
    use ActionKind as A;
    let allowed = match role {
        // Administrators mend what nobody else can, but learn as themselves like anybody.
        Role::Administrator => match action {
            A::ActAsParticipant => relation == Relation::Own,
            A::Register | A::AnswerOffer => false,
            _ => true,
        },
        Role::Manager => matches!(action, A::ReadTotals),
        Role::Coordinator => match action {
            A::ReadRegister | A::ManagePeople | A::ManageInstitutions | A::ReadTemplates => true,
            A::ReadPerson
            | A::ManagePerson
            | A::InvitePerson
            | A::ReadTotals
            | A::ReadProgram
            | A::ManageProgram
            | A::ReadEdition
            | A::ManageEnrolments
            | A::ReadRoster
            | A::TakeAttendance
            | A::RecordResults
            | A::IssueCertificates
            | A::ReadCertificate => relation == Relation::Own,
            A::Administer
            | A::ReadAudit
            | A::CreateProgram
            | A::ActAsParticipant
            | A::Register
            | A::AnswerOffer => false,
        },
        Role::Facilitator => match action {
            A::ReadEdition => matches!(relation, Relation::Own | Relation::Past),
            A::ReadRoster | A::TakeAttendance | A::RecordResults => relation == Relation::Own,
            _ => false,
        },
        Role::Participant => match action {
            A::ActAsParticipant | A::ReadCertificate => relation == Relation::Own,
            _ => false,
        },
    };
    match (allowed, relation) {
        (true, _) => Decision::Allow,
        (false, Relation::Foreign) => Decision::Hide,
        (false, Relation::Own | Relation::Past | Relation::Visible) => Decision::Forbid,
    }
}
