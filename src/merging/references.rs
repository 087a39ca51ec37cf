//! Everything in the database that refers to a person or to an enrolment, and what a merge does with
//! it. A test reads the schema and fails for a reference that is not here.

/// What becomes of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It refers to the record that stays.
    Moves,
    /// A rule of its own decides; it is in the operation.
    ByRule,
    /// It stays as it is, for the reason given.
    Stays(&'static str),
}

/// A column that refers to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The columns that find a row; the referring column is none of them.
    pub key: &'static [&'static str],
    /// What becomes of it.
    pub fate: Fate,
}

const fn reference(
    table: &'static str,
    column: &'static str,
    key: &'static [&'static str],
    fate: Fate,
) -> Reference {
    Reference {
        table,
        column,
        key,
        fate,
    }
}

const ID: &[&str] = &["id"];

/// What refers to people.
pub const TO_PEOPLE: &[Reference] = &[
    reference("accounts", "person_id", ID, Fate::ByRule),
    reference("affiliations", "person_id", ID, Fate::ByRule),
    reference(
        "edition_facilitators",
        "person_id",
        &["edition_id"],
        Fate::ByRule,
    ),
    reference("enrolments", "person_id", ID, Fate::ByRule),
    reference(
        "nomination_lines",
        "person_id",
        &["nomination_id", "line"],
        Fate::Moves,
    ),
    reference("notices", "person_id", ID, Fate::Moves),
    reference("outbox", "person_id", ID, Fate::Moves),
    reference("people", "merged_into", ID, Fate::Moves),
    reference(
        "personal_codes",
        "person_id",
        &[],
        Fate::Stays(
            "a code that was printed for the record that went is read as that of the other",
        ),
    ),
    reference("sessions", "facilitator_id", ID, Fate::Moves),
    reference("vettings", "person_id", &["program_id"], Fate::ByRule),
    reference("walk_ins", "person_id", ID, Fate::Moves),
    reference(
        "duplicate_pairs",
        "person_id",
        ID,
        Fate::Stays("a pair with a record that went is not shown"),
    ),
    reference(
        "duplicate_pairs",
        "other_id",
        ID,
        Fate::Stays("a pair with a record that went is not shown"),
    ),
    reference(
        "merges",
        "kept_id",
        ID,
        Fate::Stays("the journal says what was done to which record"),
    ),
    reference(
        "merges",
        "gone_id",
        ID,
        Fate::Stays("the journal says what was done to which record"),
    ),
];

/// What refers to enrolments: of one that is given up for another in the same edition.
pub const TO_ENROLMENTS: &[Reference] = &[
    reference(
        "attendance_marks",
        "enrolment_id",
        ID,
        Fate::Stays("who said what of which enrolment does not change; the history shows both"),
    ),
    reference(
        "attendance_standing",
        "enrolment_id",
        &["session_id"],
        Fate::Stays("what stands follows from the marks of the same enrolment"),
    ),
    reference("certificates", "enrolment_id", ID, Fate::ByRule),
    reference(
        "enrolment_events",
        "enrolment_id",
        ID,
        Fate::Stays("the history of an enrolment is its own"),
    ),
    reference("enrolments", "merged_into", ID, Fate::Moves),
    reference(
        "offline_marks",
        "enrolment_id",
        ID,
        Fate::Stays("what a phone said of which enrolment does not change"),
    ),
    reference(
        "nomination_lines",
        "enrolment_id",
        &["nomination_id", "line"],
        Fate::Moves,
    ),
    reference("walk_ins", "enrolment_id", ID, Fate::Moves),
    reference("steps_done", "enrolment_id", &["step_id"], Fate::ByRule),
];
