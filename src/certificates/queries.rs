//! All SQL of certificates.

mod edition;
mod issue;
mod own_data;
mod progress;
mod read;

pub(crate) use self::own_data::own_data;
pub(super) use self::{
    edition::{
        Issuer, Schedule, credited_sessions, issuer, planned_minutes, schedule,
        session_departments, signatories,
    },
    issue::{NewCertificate, insert, next_id, replace, revoke},
    progress::{OwnEnrolment, own_enrolments, recent_editions},
    read::{
        Frozen, IssuedRow, Origin, Stored, by_code, issued_in_edition, issued_to_person, origin,
        stored_after, valid_twice,
    },
};
