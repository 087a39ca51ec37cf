//! What a participant sees of their own enrolments, and what is open to them.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_as};

use crate::{
    courses::{CourseKind, EditionId, EditionState, Modality},
    enrolment::{EnrolmentId, EnrolmentState},
    people::{Department, PersonId},
    sessions::SessionId,
};

/// One of a person's own enrolments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyEnrolment {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The edition.
    pub edition: EditionId,
    /// The edition's number within its course.
    pub number: i64,
    /// The course's title.
    pub title: String,
    /// The course's kind.
    pub kind: CourseKind,
    /// How it is held.
    pub modality: Modality,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Where the edition stands.
    pub edition_state: EditionState,
    /// Where the enrolment stands.
    pub state: EnrolmentState,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// The place on the waiting list, 1 for who is next; `None`: they do not wait.
    pub position: Option<i64>,
    /// Whether any attendance stands: then only the coordinator can withdraw them.
    pub attended: bool,
    /// The next session, for those who take part: a meeting before what is done at one's own pace.
    pub next_session: Option<NextSession>,
}

impl MyEnrolment {
    /// Whether something may still happen: it is active and the edition is not over.
    pub const fn is_current(&self) -> bool {
        let over = matches!(
            self.edition_state,
            EditionState::Closed | EditionState::Cancelled
        );
        self.state.is_active() && !over
    }

    /// Whether the person can withdraw it by themselves.
    pub const fn can_withdraw(&self) -> bool {
        let begun = matches!(
            self.state,
            EnrolmentState::Requested | EnrolmentState::Waiting | EnrolmentState::Enrolled
        );
        begun && self.is_current() && !self.attended
    }
}

/// A session that has not ended yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextSession {
    /// The session.
    pub id: SessionId,
    /// Its title.
    pub title: String,
    /// How it is held.
    pub modality: Modality,
    /// When it begins; a self-paced one opens.
    pub starts_at: DateTime<Utc>,
    /// When it ends; a self-paced one closes.
    pub ends_at: DateTime<Utc>,
    /// Where: its own venue or the edition's.
    pub venue: Option<String>,
    /// Where to join online.
    pub meeting_link: Option<String>,
}

/// A person's enrolments, current and past, the next to begin first; with each the next session
/// that ends after `now`, a meeting if there is one.
///
/// Bounded by one person's life: not paged.
pub async fn my_enrolments(
    connection: &mut SqliteConnection,
    person: PersonId,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<MyEnrolment>> {
    let rows = query!(
        r#"SELECT enrolments.id, enrolments.edition_id, editions.number, courses.title, courses.kind,
                  editions.modality, editions.starts_on, editions.ends_on,
                  editions.state AS edition_state, enrolments.state, enrolments.state_at,
                  CASE WHEN enrolments.state = 'waiting' THEN
                      (SELECT count(*) FROM enrolments AS ahead
                       WHERE ahead.edition_id = enrolments.edition_id AND ahead.state = 'waiting'
                         AND (ahead.state_at, ahead.id) <= (enrolments.state_at, enrolments.id))
                  END AS "position: i64",
                  EXISTS (SELECT 1 FROM attendance_standing
                          WHERE attendance_standing.enrolment_id = enrolments.id
                            AND attendance_standing.status IN ('present', 'late', 'partial'))
                      AS "attended!: bool",
                  sessions.id AS "session_id?: SessionId", sessions.title AS "session_title?: String",
                  sessions.modality AS "session_modality?: Modality",
                  sessions.starts_at AS "starts_at?: DateTime<Utc>",
                  sessions.ends_at AS "ends_at?: DateTime<Utc>",
                  sessions.meeting_link AS "meeting_link?: String", venues.name AS "venue?: String"
           FROM enrolments
           JOIN editions ON editions.id = enrolments.edition_id
           JOIN courses ON courses.id = editions.course_id
           LEFT JOIN sessions ON enrolments.state = 'enrolled' AND sessions.id = (
               SELECT ahead.id FROM sessions AS ahead
               WHERE ahead.edition_id = editions.id AND ahead.ends_at > ?2
               ORDER BY ahead.modality = 'self_paced', ahead.starts_at, ahead.id LIMIT 1)
           LEFT JOIN venues ON venues.id = coalesce(sessions.venue_id, editions.venue_id)
           WHERE enrolments.person_id = ?1 AND enrolments.merged_into IS NULL
           ORDER BY editions.starts_on, enrolments.id"#,
        person,
        now,
    )
    .fetch_all(connection)
    .await?;
    let enrolments = rows.into_iter().map(|row| {
        let session = (row.session_id, row.session_title, row.session_modality);
        let next_session = match (session, row.starts_at, row.ends_at) {
            ((Some(id), Some(title), Some(modality)), Some(starts_at), Some(ends_at)) => {
                Some(NextSession {
                    id,
                    title,
                    modality,
                    starts_at,
                    ends_at,
                    venue: row.venue,
                    meeting_link: row.meeting_link,
                })
            }
            _ => None,
        };
        MyEnrolment {
            id: row.id,
            edition: row.edition_id,
            number: row.number,
            title: row.title,
            kind: row.kind,
            modality: row.modality,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            edition_state: row.edition_state,
            state: row.state,
            state_at: row.state_at,
            position: row.position,
            attended: row.attended,
            next_session,
        }
    });
    Ok(enrolments.collect())
}

/// A person's latest enrolment in one edition, the active one if there is one: its id, state, and
/// whether any attendance stands.
pub async fn my_enrolment_in(
    connection: &mut SqliteConnection,
    person: PersonId,
    edition: EditionId,
) -> sqlx::Result<Option<(EnrolmentId, EnrolmentState, bool)>> {
    let row = query!(
        r#"SELECT id, state,
                  EXISTS (SELECT 1 FROM attendance_standing
                          WHERE attendance_standing.enrolment_id = enrolments.id
                            AND attendance_standing.status IN ('present', 'late', 'partial'))
                      AS "attended!: bool"
           FROM enrolments WHERE person_id = ? AND edition_id = ?
           ORDER BY state IN ('declined', 'withdrawn'), id DESC LIMIT 1"#,
        person,
        edition,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| (row.id, row.state, row.attended)))
}

/// An edition in which a person may enrol today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEdition {
    /// The edition.
    pub id: EditionId,
    /// The course's title.
    pub title: String,
    /// The course's kind.
    pub kind: CourseKind,
    /// How it is held.
    pub modality: Modality,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// The last day of the enrolment window.
    pub enrol_until: NaiveDate,
    /// The venue.
    pub venue: Option<String>,
    /// The department.
    pub department: Option<Department>,
    /// Seats; none when there is no limit.
    pub seats: Option<i64>,
    /// How many are taken.
    pub taken: i64,
    /// Whether requests are decided by the coordinator.
    pub needs_approval: bool,
    /// Titles of the courses that must be completed first and are not.
    pub missing: Option<String>,
}

/// Editions whose enrolment window is open today, in which the person has no active enrolment and
/// does not teach, and where there is a seat, a waiting list or a decision to hope for: the first
/// to begin first, thirty at most.
pub async fn open_to(
    connection: &mut SqliteConnection,
    person: PersonId,
    today: NaiveDate,
) -> sqlx::Result<Vec<OpenEdition>> {
    query_as!(
        OpenEdition,
        r#"WITH open AS (
               SELECT editions.*, (
                   SELECT count(*) FROM enrolments
                   WHERE enrolments.edition_id = editions.id
                     AND enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
               ) AS taken
               FROM editions
               WHERE editions.state = 'enrolling' AND ?2 BETWEEN editions.enrol_from AND editions.enrol_until
                 AND NOT EXISTS (SELECT 1 FROM enrolments
                                 WHERE enrolments.edition_id = editions.id AND enrolments.person_id = ?1
                                   AND enrolments.state NOT IN ('declined', 'withdrawn'))
                 AND NOT EXISTS (SELECT 1 FROM edition_facilitators
                                 WHERE edition_facilitators.edition_id = editions.id
                                   AND edition_facilitators.person_id = ?1))
           SELECT open.id AS "id!: EditionId", courses.title AS "title!", courses.kind AS "kind!: CourseKind",
                  open.modality AS "modality!: Modality", open.starts_on AS "starts_on!: NaiveDate",
                  open.ends_on AS "ends_on!: NaiveDate", open.enrol_until AS "enrol_until!: NaiveDate",
                  venues.name AS "venue?: String", open.department AS "department?: Department",
                  open.seats AS "seats?: i64", open.taken AS "taken!: i64",
                  open.needs_approval AS "needs_approval!: bool",
                  (SELECT group_concat(required.title, ', ')
                   FROM course_prerequisites
                   JOIN courses AS required ON required.id = course_prerequisites.required_course_id
                   WHERE course_prerequisites.course_id = open.course_id
                     AND NOT EXISTS (
                         SELECT 1 FROM enrolments JOIN editions ON editions.id = enrolments.edition_id
                         WHERE enrolments.person_id = ?1 AND enrolments.state = 'completed'
                           AND editions.course_id = required.id)) AS "missing?: String"
           FROM open
           JOIN courses ON courses.id = open.course_id
           LEFT JOIN venues ON venues.id = open.venue_id
           WHERE open.seats IS NULL OR open.taken < open.seats OR open.waiting_list = 1
              OR open.needs_approval = 1
           ORDER BY open.starts_on, open.id LIMIT 30"#,
        person,
        today,
    )
    .fetch_all(connection)
    .await
}
