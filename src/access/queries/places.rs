//! SQL that finds where an object belongs.

use sqlx::{SqliteConnection, query, query_scalar};

use crate::{
    access::{AccountId, Place},
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
        public: row.state != EditionState::Draft,
        ..Place::default()
    }))
}

/// A record that went into another one has no place: nothing can be done with it.
pub(in crate::access) async fn place_of_person(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<Option<Place>> {
    let found = query_scalar!(
        "SELECT id FROM people WHERE id = ? AND merged_into IS NULL",
        person
    )
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|_| Place {
        person: Some(person),
        ..Place::default()
    }))
}

/// What ties somebody to programs.
#[derive(Clone, Debug, Default)]
pub(in crate::access) struct PersonTies {
    /// The programs in which they enrolled or were nominated, taught, or hold a role; 0 for the
    /// roles that are not scoped.
    pub programs: Vec<ProgramId>,
    /// Who added them to the register.
    pub creator: Option<AccountId>,
}

/// The ties of each of some people, in their order.
pub(in crate::access) async fn ties_of_people(
    connection: &mut SqliteConnection,
    people: &[PersonId],
) -> sqlx::Result<Vec<PersonTies>> {
    let list = serde_json::to_string(people).expect("numbers become JSON");
    let programs = programs_of_people(&mut *connection, &list).await?;
    let creators = creators_of_people(connection, &list).await?;
    let ties = people.iter().map(|person| PersonTies {
        programs: programs
            .iter()
            .filter_map(|(one, program)| (one == person).then_some(*program))
            .collect(),
        creator: creators
            .iter()
            .find_map(|(one, creator)| (one == person).then_some(*creator)),
    });
    Ok(ties.collect())
}

async fn programs_of_people(
    connection: &mut SqliteConnection,
    people: &str,
) -> sqlx::Result<Vec<(PersonId, ProgramId)>> {
    let rows = query!(
        r#"SELECT enrolments.person_id AS "person!: PersonId",
                  courses.program_id AS "program!: ProgramId"
           FROM enrolments
           JOIN editions ON editions.id = enrolments.edition_id
           JOIN courses ON courses.id = editions.course_id
           WHERE enrolments.person_id IN (SELECT value FROM json_each(?1))
           UNION
           SELECT edition_facilitators.person_id, courses.program_id
           FROM edition_facilitators
           JOIN editions ON editions.id = edition_facilitators.edition_id
           JOIN courses ON courses.id = editions.course_id
           WHERE edition_facilitators.person_id IN (SELECT value FROM json_each(?1))
           UNION
           SELECT accounts.person_id, role_grants.program_id
           FROM accounts JOIN role_grants ON role_grants.account_id = accounts.id
           WHERE accounts.person_id IN (SELECT value FROM json_each(?1))"#,
        people,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person, row.program))
        .collect())
}

/// Who added people to the register, as the audit trail says. Who registered themselves has none.
async fn creators_of_people(
    connection: &mut SqliteConnection,
    people: &str,
) -> sqlx::Result<Vec<(PersonId, AccountId)>> {
    let rows = query!(
        r#"SELECT subject_id AS "person!: PersonId", account_id AS "account!: AccountId"
           FROM audit_events
           WHERE subject_kind = 'person' AND action = 'person_create' AND account_id IS NOT NULL
             AND subject_id IN (SELECT value FROM json_each(?))"#,
        people,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person, row.account))
        .collect())
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
        ..Place::default()
    }))
}
