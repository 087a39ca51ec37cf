//! SQL that finds where an object belongs.

use sqlx::{SqliteConnection, query, query_scalar};

use crate::{
    access::Place,
    certificates::CertificateId,
    courses::{CourseId, EditionId, EditionState, ProgramId},
    enrolment::EnrolmentId,
    people::PersonId,
    sessions::SessionId,
};

pub(in crate::access) async fn program_of_course(
    connection: &mut SqliteConnection,
    course: CourseId,
) -> sqlx::Result<Option<ProgramId>> {
    query_scalar!("SELECT program_id FROM courses WHERE id = ?", course)
        .fetch_optional(connection)
        .await
}

pub(in crate::access) async fn program_of_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<ProgramId>> {
    query_scalar!(
        "SELECT courses.program_id FROM editions JOIN courses ON courses.id = editions.course_id
         WHERE editions.id = ?",
        edition,
    )
    .fetch_optional(connection)
    .await
}

pub(in crate::access) async fn edition_of_session(
    connection: &mut SqliteConnection,
    session: SessionId,
) -> sqlx::Result<Option<EditionId>> {
    query_scalar!("SELECT edition_id FROM sessions WHERE id = ?", session)
        .fetch_optional(connection)
        .await
}

pub(in crate::access) async fn edition_of_enrolment(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<EditionId>> {
    query_scalar!("SELECT edition_id FROM enrolments WHERE id = ?", enrolment)
        .fetch_optional(connection)
        .await
}

pub(in crate::access) async fn place_of_program(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<Option<Place>> {
    let found = query_scalar!("SELECT id FROM programs WHERE id = ?", program)
        .fetch_optional(connection)
        .await?;
    Ok(found.map(|_| Place {
        program: Some(program),
        ..Place::default()
    }))
}

pub(in crate::access) async fn place_of_edition(
    connection: &mut SqliteConnection,
    edition: EditionId,
) -> sqlx::Result<Option<Place>> {
    let row = query!(
        "SELECT courses.program_id, editions.state
         FROM editions JOIN courses ON courses.id = editions.course_id WHERE editions.id = ?",
        edition,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Place {
        program: Some(row.program_id),
        edition: Some(edition),
        person: None,
        public: row.state != EditionState::Draft,
    }))
}

pub(in crate::access) async fn place_of_person(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<Place>> {
    let found = query_scalar!("SELECT id FROM people WHERE id = ?", person)
        .fetch_optional(connection)
        .await?;
    Ok(found.map(|_| Place {
        person: Some(person),
        ..Place::default()
    }))
}

pub(in crate::access) async fn place_of_certificate(
    connection: &mut SqliteConnection,
    certificate: CertificateId,
) -> sqlx::Result<Option<Place>> {
    let row = query!(
        "SELECT courses.program_id, enrolments.edition_id, enrolments.person_id
         FROM certificates
         JOIN enrolments ON enrolments.id = certificates.enrolment_id
         JOIN editions ON editions.id = enrolments.edition_id
         JOIN courses ON courses.id = editions.course_id
         WHERE certificates.id = ?",
        certificate,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Place {
        program: Some(row.program_id),
        edition: Some(row.edition_id),
        person: Some(row.person_id),
        public: false,
    }))
}
