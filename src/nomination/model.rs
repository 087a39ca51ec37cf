//! Lists of people whom institutions name for an edition.

use crate::values::{choice, id};

id! {
    /// A list as it came in.
    NominationId
}

choice! {
    /// How far a list is.
    NominationState {
        /// Somebody must say what is in which column.
        Columns => "columns",
        /// Every line has its verdict, and waits to be enrolled.
        Checked => "checked",
        /// Enrolled.
        Applied => "applied",
        /// Enrolled and taken back as a whole.
        Undone => "undone",
        /// Given up before anybody was enrolled.
        Discarded => "discarded",
    }
}

choice! {
    /// What a column of a list holds.
    Field {
        DocumentKind => "document_kind",
        DocumentNumber => "document_number",
        PaternalSurname => "paternal_surname",
        MaternalSurname => "maternal_surname",
        GivenNames => "given_names",
        Sex => "sex",
        BirthYear => "birth_year",
        Nationality => "nationality",
        Email => "email",
        Phone => "phone",
        Institution => "institution",
        Unit => "unit",
        Position => "position",
        Department => "department",
    }
}

choice! {
    /// What a line is about.
    Verdict {
        /// Not looked at: somebody must say what is in which column first.
        Unread => "unread",
        /// Something in it must be mended in the file first.
        Faulty => "faulty",
        /// The register has somebody of the same names; a person must decide.
        Possible => "possible",
        /// The document is somebody's of whom the register says something else; a person must decide.
        Conflict => "conflict",
        /// Somebody who is not in the register.
        New => "new",
        /// Somebody who is.
        Known => "known",
        /// Somebody who is in the edition already.
        Enrolled => "enrolled",
        /// The same person as an earlier line.
        Repeated => "repeated",
    }
}

impl Verdict {
    /// The decision before anybody decided: what is plain is enrolled.
    pub const fn first_decision(self) -> Decision {
        match self {
            Self::New | Self::Known => Decision::Take,
            _ => Decision::Leave,
        }
    }

    /// Whether somebody can decide that the line is enrolled.
    pub const fn can_be_taken(self) -> bool {
        matches!(
            self,
            Self::New | Self::Known | Self::Possible | Self::Conflict
        )
    }
}

choice! {
    /// What is to be done with a line.
    Decision {
        Take => "take",
        Leave => "leave",
        /// Enrol as somebody new, though the names are in the register.
        Another => "another",
    }
}

choice! {
    /// What became of a line.
    Outcome {
        Enrolled => "enrolled",
        Waiting => "waiting",
        /// They are vetted and not cleared: they ask, and the coordinator decides.
        Requested => "requested",
        /// The person was in the edition already.
        Unchanged => "unchanged",
        /// A rule stands against it.
        Refused => "refused",
        /// Nobody wanted it enrolled.
        Left => "left",
    }
}
