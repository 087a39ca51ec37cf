//! What was issued and is no longer earned: a mark or a grade was corrected afterwards, or the person
//! was taken off the edition. Nothing follows by itself; somebody corrects the record, or the
//! document.

use super::{Candidate, CertificateState, queries::IssuedRow};

/// Each valid document of an edition that is more than its person has earned, with the person while
/// they take part.
pub(super) fn lost<'a>(
    people: &'a [Candidate],
    issued: &'a [IssuedRow],
) -> Vec<(&'a IssuedRow, Option<&'a Candidate>)> {
    let valid = issued
        .iter()
        .filter(|row| row.state == CertificateState::Valid);
    valid
        .filter_map(|row| {
            let person = people
                .iter()
                .find(|person| person.entry.enrolment == row.enrolment);
            let earned = person.and_then(|person| person.standing.earned());
            (earned < Some(row.kind)).then_some((row, person))
        })
        .collect()
}
