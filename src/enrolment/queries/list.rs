//! The coordinator's list of one edition, by name or in the order of the waiting list.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use crate::{
    courses::EditionId,
    enrolment::{EnrolmentId, EnrolmentState},
    people::{Department, PersonId, Sector, listed_name},
    values::{Order, choice},
};

/// How many enrolments of an edition stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Nobody has decided on them yet.
    pub requested: i64,
    /// Enrolled, or with an outcome: those who hold a seat.
    pub taking_part: i64,
    /// On the waiting list.
    pub waiting: i64,
    /// Declined or withdrawn.
    pub left: i64,
    /// Of those who ask, wait or hold a seat: whom the funder must clear first.
    pub uncleared: i64,
}

/// Counts the enrolments of one edition.
pub async fn counts(connection: &mut SqliteConnection, edition: EditionId) -> sqlx::Result<Counts> {
    query_as!(
        Counts,
        r#"SELECT count(*) FILTER (WHERE state = 'requested') AS "requested!: i64",
                  count(*) FILTER (WHERE state IN ('enrolled', 'completed', 'not_completed', 'no_show'))
                      AS "taking_part!: i64",
                  count(*) FILTER (WHERE state = 'waiting') AS "waiting!: i64",
                  count(*) FILTER (WHERE state IN ('declined', 'withdrawn')) AS "left!: i64",
                  (SELECT count(*) FROM uncleared_enrolments AS uncleared
                   WHERE uncleared.edition_id = ?1
                     AND uncleared.state IN ('requested', 'waiting', 'enrolled'))
                      AS "uncleared!: i64"
           FROM enrolments WHERE edition_id = ?1 AND merged_into IS NULL"#,
        edition,
    )
    .fetch_one(connection)
    .await
}

/// Which enrolments a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those in one of these states.
    pub states: &'static [EnrolmentState],
    /// Folded words that all stand somewhere in the name; none: everybody.
    pub words: Vec<String>,
    /// Of this sector on the day of the enrolment.
    pub sector: Option<Sector>,
}

impl Filter {
    /// The states as SQL reads them: a JSON array.
    fn states_json(&self) -> String {
        serde_json::to_string(self.states).expect("words become JSON")
    }

    fn words_json(&self) -> String {
        serde_json::to_string(&self.words).expect("words become JSON")
    }
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The person.
    pub person: PersonId,
    /// Given names.
    pub given_names: String,
    /// First surname.
    pub paternal_surname: String,
    /// Second surname.
    pub maternal_surname: Option<String>,
    /// The institution on the day of the enrolment.
    pub institution: Option<String>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// The department on that day.
    pub department: Option<Department>,
    /// Where it stands.
    pub state: EnrolmentState,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// 1 for who is next; `None` for who does not wait.
    pub position: Option<i64>,
    /// Until when who waits may take the seat they are offered.
    pub offered_until: Option<DateTime<Utc>>,
}

impl ListRow {
    /// As lists show it: "Quispe Mamani, Rosa".
    pub fn name(&self) -> String {
        listed_name(
            &self.given_names,
            &self.paternal_surname,
            self.maternal_surname.as_deref(),
        )
    }
}

choice! {
    /// What the list can be ordered by.
    ListColumn {
        /// Surnames, then given names.
        Name => "name",
        /// The institution on the day of the enrolment, then names.
        Institution => "institution",
        /// The department on that day, then names.
        Department => "department",
        /// Since when they stand where they stand.
        Since => "since",
    }
}

impl ListColumn {
    /// The order with which a column begins: words from A, moments from the last.
    pub const fn natural(self) -> Order<Self> {
        match self {
            Self::Name | Self::Institution | Self::Department => Order::ascending(self),
            Self::Since => Order::descending(self),
        }
    }
}

/// Which lines are read.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// By which column; of no effect on the waiting list, which has an order of its own.
    pub order: Order<ListColumn>,
    /// Only those behind this one.
    pub after: Option<EnrolmentId>,
    /// Lines at most.
    pub limit: i64,
}

/// The enrolments of an edition that pass the filter: in the order asked for, or, if only those who
/// wait are asked for, in the order of the waiting list.
pub async fn list(
    connection: &mut SqliteConnection,
    edition: EditionId,
    filter: &Filter,
    page: Page,
) -> sqlx::Result<Vec<ListRow>> {
    if filter.states == [EnrolmentState::Waiting] {
        waiting_list(connection, edition, filter, page).await
    } else {
        by_column(connection, edition, filter, page).await
    }
}

async fn by_column(
    connection: &mut SqliteConnection,
    edition: EditionId,
    filter: &Filter,
    page: Page,
) -> sqlx::Result<Vec<ListRow>> {
    let (states, words) = (filter.states_json(), filter.words_json());
    let column = page.order.by;
    let last = match page.after {
        Some(after) => place_in_list(connection, edition, column, after).await?,
        None => None,
    };
    let (key, name, id) = match last {
        Some(last) => (Some(last.key), Some(last.name), Some(last.id)),
        None => (None, None, None),
    };
    // The lines in an order. An edition has thousands of them at most, so that ordering them each time
    // is no trouble. `?6` is the column; nothing is compared where no page came before.
    macro_rules! in_order {
        ($comparison:tt, $order:tt) => {
            query_as!(
                ListRow,
                r#"WITH listed AS (
                       SELECT enrolments.id, enrolments.person_id AS person, people.given_names,
                              people.paternal_surname, people.maternal_surname,
                              enrolments.institution_name AS institution, enrolments.sector,
                              enrolments.department, enrolments.state, enrolments.state_at,
                              enrolments.offered_until, people.sort_name,
                              CASE ?6 WHEN 'institution'
                                          THEN coalesce((SELECT folded_name FROM institutions
                                                         WHERE id = enrolments.institution_id), '')
                                      WHEN 'department' THEN coalesce(enrolments.department, '')
                                      WHEN 'since' THEN enrolments.state_at ELSE '' END AS key
                       FROM enrolments JOIN people ON people.id = enrolments.person_id
                       WHERE enrolments.edition_id = ?1 AND enrolments.merged_into IS NULL
                         AND enrolments.state IN (SELECT value FROM json_each(?2))
                         AND (?3 IS NULL OR enrolments.sector = ?3)
                         AND NOT EXISTS (SELECT 1 FROM json_each(?4)
                                         WHERE instr(people.sort_name, value) = 0))
                   SELECT id, person, given_names, paternal_surname, maternal_surname, institution,
                          sector, department, state, state_at, NULL AS "position: i64", offered_until
                   FROM listed
                   WHERE ?9 IS NULL OR (key, sort_name, id) "# + $comparison + " (?7, ?8, ?9) ORDER BY "
                    + $order + " LIMIT ?5",
                edition,
                states,
                filter.sector,
                words,
                page.limit,
                column,
                key,
                name,
                id
            )
            .fetch_all(connection)
            .await
        };
    }
    if page.order.descending {
        in_order!("<", "key DESC, sort_name DESC, id DESC")
    } else {
        in_order!(">", "key, sort_name, id")
    }
}

/// Where an enrolment stands in an order.
struct PlaceInList {
    key: String,
    name: String,
    id: EnrolmentId,
}

async fn place_in_list(
    connection: &mut SqliteConnection,
    edition: EditionId,
    column: ListColumn,
    after: EnrolmentId,
) -> sqlx::Result<Option<PlaceInList>> {
    query_as!(
        PlaceInList,
        r#"SELECT CASE ?3 WHEN 'institution'
                             THEN coalesce((SELECT folded_name FROM institutions
                                            WHERE id = enrolments.institution_id), '')
                         WHEN 'department' THEN coalesce(enrolments.department, '')
                         WHEN 'since' THEN enrolments.state_at ELSE '' END AS "key!: String",
                  people.sort_name AS name, enrolments.id
           FROM enrolments JOIN people ON people.id = enrolments.person_id
           WHERE enrolments.id = ?1 AND enrolments.edition_id = ?2"#,
        after,
        edition,
        column,
    )
    .fetch_optional(connection)
    .await
}

async fn waiting_list(
    connection: &mut SqliteConnection,
    edition: EditionId,
    filter: &Filter,
    page: Page,
) -> sqlx::Result<Vec<ListRow>> {
    let words = filter.words_json();
    let after = page.after.unwrap_or(EnrolmentId::new(0));
    query_as!(
        ListRow,
        r#"SELECT enrolments.id AS "id!: EnrolmentId", enrolments.person_id AS person, people.given_names,
                  people.paternal_surname, people.maternal_surname,
                  enrolments.institution_name AS institution, enrolments.sector,
                  enrolments.department, enrolments.state, enrolments.state_at,
                  (SELECT count(*) FROM enrolments AS ahead
                   WHERE ahead.edition_id = ?1 AND ahead.state = 'waiting'
                     AND (ahead.state_at, ahead.id) <= (enrolments.state_at, enrolments.id))
                      AS "position: i64", enrolments.offered_until
           FROM enrolments JOIN people ON people.id = enrolments.person_id
           WHERE enrolments.edition_id = ?1 AND enrolments.state = 'waiting'
             AND (?2 IS NULL OR enrolments.sector = ?2)
             AND NOT EXISTS (SELECT 1 FROM json_each(?3) WHERE instr(people.sort_name, value) = 0)
             AND (enrolments.state_at, enrolments.id) > (
                 coalesce((SELECT last.state_at FROM enrolments AS last
                           WHERE last.id = ?4 AND last.edition_id = ?1), ''), ?4)
           ORDER BY enrolments.state_at, enrolments.id
           LIMIT ?5"#,
        edition,
        filter.sector,
        words,
        after,
        page.limit,
    )
    .fetch_all(connection)
    .await
}

/// The place of somebody on the waiting list, 1 for who is next; `None`: they do not wait.
pub async fn waiting_position(
    connection: &mut SqliteConnection,
    enrolment: EnrolmentId,
) -> sqlx::Result<Option<i64>> {
    query_scalar!(
        r#"SELECT (SELECT count(*) FROM enrolments AS ahead
                   WHERE ahead.edition_id = enrolments.edition_id AND ahead.state = 'waiting'
                     AND (ahead.state_at, ahead.id) <= (enrolments.state_at, enrolments.id))
                  AS "position!: i64"
           FROM enrolments WHERE id = ? AND state = 'waiting'"#,
        enrolment,
    )
    .fetch_optional(connection)
    .await
}

/// Which of these people have an active enrolment in an edition, and where it stands.
pub async fn active_among(
    connection: &mut SqliteConnection,
    edition: EditionId,
    people: &[PersonId],
) -> sqlx::Result<Vec<(PersonId, EnrolmentId, EnrolmentState)>> {
    let people = serde_json::to_string(people).expect("numbers become JSON");
    let rows = query!(
        "SELECT person_id, id, state FROM enrolments
         WHERE edition_id = ? AND person_id IN (SELECT value FROM json_each(?))
           AND state IN ('requested', 'enrolled', 'waiting', 'completed', 'not_completed', 'no_show')",
        edition,
        people,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person_id, row.id, row.state))
        .collect())
}
