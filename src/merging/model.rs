//! Merging: ids and choices.

use crate::values::{choice, id};

id! {
    /// Two records that were put together.
    MergeId
}
id! {
    /// Two people who may be one.
    PairId
}

choice! {
    /// Why two records may be of one person.
    Likeness {
        /// The number of one's document, under another kind.
        Document => "document",
        /// The same names and the same year of birth.
        NameAndYear => "name_and_year",
        /// The same e-mail address.
        Email => "email",
        /// The same telephone.
        Phone => "phone",
        /// The same names, and a year of birth that is not known.
        Name => "name",
        /// Nearly the same names, in the same institution.
        SimilarName => "similar_name",
    }
}

impl Likeness {
    /// How much it says.
    pub const fn weight(self) -> i64 {
        match self {
            Self::Document => 60,
            Self::NameAndYear => 50,
            Self::Email => 40,
            Self::Phone => 30,
            Self::Name => 20,
            Self::SimilarName => 15,
        }
    }
}

choice! {
    /// What of a record is chosen as a whole.
    Field {
        /// Given names and surnames.
        Names => "names",
        /// Kind and number, or why there is none.
        Document => "document",
        /// The sex.
        Sex => "sex",
        /// The year of birth.
        BirthYear => "birth_year",
        /// The nationality.
        Nationality => "nationality",
        /// The e-mail of contact.
        Email => "email",
        /// The telephone.
        Phone => "phone",
        /// What they say of themselves, with the moment of their consent.
        SelfIdentification => "self_identification",
        /// Where they serve at present.
        Affiliation => "affiliation",
    }
}
