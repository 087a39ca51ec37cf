//! The words of this domain: why two may be one, and what of a record is chosen.

use super::{Field, Likeness};
use crate::t;

/// Why two records may be of one person.
pub fn likeness(likeness: Likeness) -> String {
    match likeness {
        Likeness::Document => t!(merging.likeness.document),
        Likeness::NameAndYear => t!(merging.likeness.name_and_year),
        Likeness::Email => t!(merging.likeness.email),
        Likeness::Phone => t!(merging.likeness.phone),
        Likeness::Name => t!(merging.likeness.name),
        Likeness::SimilarName => t!(merging.likeness.similar_name),
    }
}

/// What is chosen.
pub fn field(field: Field) -> String {
    match field {
        Field::Names => t!(merging.field.names),
        Field::Document => t!(merging.field.document),
        Field::Sex => t!(merging.field.sex),
        Field::BirthYear => t!(merging.field.birth_year),
        Field::Nationality => t!(merging.field.nationality),
        Field::Email => t!(merging.field.email),
        Field::Phone => t!(merging.field.phone),
        Field::SelfIdentification => t!(merging.field.self_identification),
        Field::Affiliation => t!(merging.field.affiliation),
    }
}
