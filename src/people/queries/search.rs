//! The index of words by which people are found: names and present institution.
//!
//! The table keeps no text of its own, so a line is changed by taking it out and putting it in.

use sqlx::{SqliteConnection, query};

use crate::people::{InstitutionId, PersonId};

pub async fn refresh_search(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<()> {
    query!("DELETE FROM people_search WHERE rowid = ?", person)
        .execute(&mut *connection)
        .await?;
    add_to_search(connection, person).await
}

/// Writes the words of somebody who has none yet.
pub async fn add_to_search(
    connection: &mut SqliteConnection,
    person: PersonId,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO people_search (rowid, words)
         SELECT people.id, people.sort_name || ' ' || coalesce(institutions.folded_name, '')
                || ' ' || coalesce(institutions.short_name, '')
         FROM people
         LEFT JOIN affiliations ON affiliations.person_id = people.id AND affiliations.until IS NULL
         LEFT JOIN institutions ON institutions.id = affiliations.institution_id
         WHERE people.id = ? AND people.merged_into IS NULL",
        person,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The same for everybody who serves in an institution at present.
pub async fn refresh_search_of_members(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
) -> sqlx::Result<()> {
    query!(
        "DELETE FROM people_search WHERE rowid IN
             (SELECT person_id FROM affiliations WHERE institution_id = ? AND until IS NULL)",
        institution,
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "INSERT INTO people_search (rowid, words)
         SELECT people.id, people.sort_name || ' ' || institutions.folded_name
                || ' ' || coalesce(institutions.short_name, '')
         FROM affiliations
         JOIN people ON people.id = affiliations.person_id
         JOIN institutions ON institutions.id = affiliations.institution_id
         WHERE affiliations.institution_id = ? AND affiliations.until IS NULL",
        institution,
    )
    .execute(connection)
    .await?;
    Ok(())
}
