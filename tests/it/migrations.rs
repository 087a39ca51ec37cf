//! Migrations that fill what they add, tried on a database as an earlier version left it.

use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection, migrate::Migrator};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// An edition of program 1, which somebody teaches and somebody coordinates, and one of program 2.
/// Who coordinates or teaches only later was a participant when they enrolled.
const BEFORE: &str = "
    INSERT INTO people (id, document_kind, no_document_reason, given_names, paternal_surname, sex,
                        sort_name, created_at)
    SELECT value, 'none', 'prueba', 'Persona', value, 'f', 'persona ' || value, '2026-01-01'
    FROM json_each('[1, 2, 3, 4, 5, 6]');
    INSERT INTO accounts (id, person_id, email, created_at)
    SELECT id + 100, id, 'p' || id || '@example.pe', '2026-01-01' FROM people;
    INSERT INTO programs (id, name, implementer, funder, starts_on, ends_on, created_at) VALUES
        (1, 'Uno', 'Capacita', 'Fondo Uno', '2026-01-01', '2026-12-31', '2026-01-01'),
        (2, 'Dos', 'Capacita', 'Fondo Dos', '2026-01-01', '2026-12-31', '2026-01-01');
    INSERT INTO courses (id, program_id, title, kind, planned_minutes, folded_title, created_at) VALUES
        (1, 1, 'A', 'workshop', 60, 'a', '2026-01-01'),
        (2, 2, 'B', 'workshop', 60, 'b', '2026-01-01');
    INSERT INTO editions (id, course_id, number, modality, starts_on, ends_on, enrol_from,
                          enrol_until, state_at, created_at)
    SELECT id, id, 1, 'in_person', '2026-03-01', '2026-03-02', '2026-02-01', '2026-02-28',
           '2026-01-01', '2026-01-01' FROM courses;
    INSERT INTO role_grants (account_id, role, program_id, granted_at) VALUES
        (102, 'coordinator', 1, '2026-02-10T00:00:00+00:00'),
        (103, 'coordinator', 1, '2026-02-10T00:00:01+00:00'),
        (101, 'manager', 0, '2026-01-01T00:00:00+00:00');
    INSERT INTO edition_facilitators (edition_id, person_id, assigned_at) VALUES
        (1, 4, '2026-02-10T00:00:00+00:00'),
        (1, 5, '2026-02-10T00:00:01+00:00'),
        (1, 6, '2026-02-01T00:00:00+00:00');
    INSERT INTO role_grants (account_id, role, program_id, granted_at) VALUES
        (106, 'coordinator', 1, '2026-02-01T00:00:00+00:00');
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
    SELECT id, 1, id, 'enrolled', '2026-02-10T00:00:00+00:00', '2026-02-10T00:00:00+00:00', 'f'
    FROM people;
    INSERT INTO enrolments (id, edition_id, person_id, state, state_at, requested_at, sex)
    SELECT id + 10, 2, id, 'enrolled', '2026-02-10T00:00:00+00:00', '2026-02-10T00:00:00+00:00', 'f'
    FROM people WHERE id IN (2, 4);";

/// A database as the given version left it with these rows, and brought up to today.
async fn migrated_from(version: i64, rows: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("a database");
    MIGRATIONS
        .run_to(version, &mut connection)
        .await
        .expect("the tables of then");
    sqlx::raw_sql(AssertSqlSafe(rows))
        .execute(&mut connection)
        .await
        .expect("the rows of then");
    MIGRATIONS.run(&mut connection).await.expect("the rest");
    connection
}

#[tokio::test]
async fn enrolments_learn_in_which_role_they_were_and_who_paid() {
    let mut connection = migrated_from(10, BEFORE).await;
    let rows: Vec<(i64, String, Option<String>)> =
        sqlx::query_as("SELECT id, role, funder FROM enrolments ORDER BY id")
            .fetch_all(&mut connection)
            .await
            .expect("rows");
    let rows: Vec<_> = rows
        .iter()
        .map(|(id, role, funder)| (*id, role.as_str(), funder.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        rows,
        [
            (1, "participant", "Fondo Uno"),
            // Coordinated from that moment on, and a second too late.
            (2, "staff", "Fondo Uno"),
            (3, "participant", "Fondo Uno"),
            // Taught from that moment on, and a second too late.
            (4, "facilitator", "Fondo Uno"),
            (5, "participant", "Fondo Uno"),
            // Both: who teaches is a facilitator.
            (6, "facilitator", "Fondo Uno"),
            // Neither in another program.
            (12, "participant", "Fondo Dos"),
            (14, "participant", "Fondo Dos"),
        ]
    );
}

/// Two marks of one cell, the second of somebody who had seen the first.
const MARKED: &str = "
    INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes,
                          created_at) VALUES
        (1, 1, 'Uno', 'in_person', '2026-03-01T14:00:00+00:00', '2026-03-01T15:00:00+00:00', 60,
         '2026-01-01');
    INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source,
                                  account_id, marked_at, client_key, seen_mark_id, reason) VALUES
        (1, 1, 1, 'absent', 0, 'form', 104, '2026-03-01T14:05:00+00:00', 'aaaaaaaa', NULL, NULL),
        (2, 1, 1, 'partial', 40, 'grid', 105, '2026-03-01T14:30:00+00:00', NULL, 1, 'Llegó');
    INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes) VALUES
        (1, 1, 2, 'partial', 40);";

#[tokio::test]
async fn marks_stay_as_they_were_when_more_sources_come() {
    let rows = format!("{BEFORE}{MARKED}");
    let mut connection = migrated_from(15, &rows).await;
    let marks: String = sqlx::query_scalar(
        "SELECT group_concat(concat_ws(' ', id, status, minutes, source, account_id, marked_at,
                                       client_key, seen_mark_id, reason), '; ')
         FROM attendance_marks",
    )
    .fetch_one(&mut connection)
    .await
    .expect("marks");
    assert_eq!(
        marks,
        "1 absent 0 form 104 2026-03-01T14:05:00+00:00 aaaaaaaa; \
         2 partial 40 grid 105 2026-03-01T14:30:00+00:00 1 Llegó"
    );
    let keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys")
        .fetch_one(&mut connection)
        .await
        .expect("a setting");
    assert_eq!(keys, 1);
    // What refers to marks refers to the new table, and a session still carries its minutes along.
    let orphan = "UPDATE attendance_standing SET mark_id = 9";
    assert!(sqlx::query(orphan).execute(&mut connection).await.is_err());
    sqlx::query("UPDATE sessions SET planned_minutes = 30")
        .execute(&mut connection)
        .await
        .expect("a shorter session");
    let minutes: i64 = sqlx::query_scalar("SELECT minutes FROM attendance_standing")
        .fetch_one(&mut connection)
        .await
        .expect("minutes");
    assert_eq!(minutes, 30);
}

#[tokio::test]
async fn what_was_attended_before_there_was_paper_is_named() {
    let rows = format!(
        "{BEFORE}
         INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
         VALUES (1, 1, 'S', 'in_person', '2026-03-01T14:00:00+00:00', '2026-03-01T18:00:00+00:00', 240, '2026-01-01');
         INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, marked_at) VALUES
             (1, 1, 1, 'present', 240, 'form', '2026-03-01T15:00:00+00:00'),
             (2, 2, 1, 'absent', 0, 'form', '2026-03-01T15:00:00+00:00'),
             (3, 3, 1, 'partial', 60, 'form', '2026-03-01T15:00:00+00:00');
         INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes)
         SELECT enrolment_id, session_id, id, status, minutes FROM attendance_marks;"
    );
    let mut connection = migrated_from(23, &rows).await;
    let named = "SELECT count(*) FROM named_attendances WHERE session_id = 1";
    let count = "INSERT INTO headcounts (session_id, women, men, unstated, named_women, named_men, named_unstated,
                                         explanation, counted_at)
                 VALUES (1, 5, 0, 0, 2, 0, 0, 'Tres no firmaron', '2026-03-02T15:00:00+00:00')";
    let named: i64 = sqlx::query_scalar(named)
        .fetch_one(&mut connection)
        .await
        .expect("a number");
    assert_eq!(named, 2);
    sqlx::raw_sql(count)
        .execute(&mut connection)
        .await
        .expect("written");
    let changed = sqlx::raw_sql("UPDATE headcounts SET women = 6")
        .execute(&mut connection)
        .await;
    assert!(changed.is_err(), "a headcount does not change");
}

#[tokio::test]
async fn cells_of_several_markers_are_counted_by_last_words() {
    let marks = "
        INSERT INTO sessions (id, edition_id, title, modality, starts_at, ends_at, planned_minutes, created_at)
        VALUES (1, 1, 'S', 'in_person', '2026-03-01', '2026-03-02', 60, '2026-01-01');
        INSERT INTO attendance_marks (id, enrolment_id, session_id, status, minutes, source, account_id, marked_at, seen_mark_id) VALUES
            -- Two who came to agree; two who disagree; one who takes back; one alone; one overruled.
            (1, 1, 1, 'present', 60, 'grid', 101, '', NULL), (2, 1, 1, 'absent', 0, 'grid', 102, '', NULL),
            (3, 1, 1, 'absent', 0, 'grid', 101, '', 1),
            (4, 2, 1, 'partial', 90, 'grid', 101, '', NULL), (5, 2, 1, 'partial', 91, 'grid', 102, '', NULL),
            (6, 3, 1, 'late', 60, 'grid', 101, '', NULL), (7, 3, 1, 'not_taken', 0, 'grid', 102, '', NULL),
            (8, 4, 1, 'present', 60, 'grid', 101, '', NULL),
            (9, 5, 1, 'present', 60, 'grid', 101, '', NULL), (10, 5, 1, 'excused', 0, 'grid', 102, '', 9);
        INSERT INTO attendance_standing (enrolment_id, session_id, mark_id, status, minutes, conflict) VALUES
            (1, 1, 1, 'present', 60, 1), (2, 1, 4, 'partial', 60, 1), (3, 1, 6, 'late', 60, 1),
            (4, 1, 8, 'present', 60, 0), (5, 1, 10, 'excused', 0, 0);";
    let mut connection = migrated_from(23, &format!("{BEFORE}{marks}")).await;
    let cells: Vec<String> = sqlx::query_scalar(
        "SELECT enrolment_id || ' ' || mark_id || ' ' || status || ' ' || minutes || ' ' || conflict
         FROM attendance_standing ORDER BY enrolment_id",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the cells");
    let expected = [
        "1 2 absent 0 0",
        "2 4 partial 60 1",
        "3 6 late 60 0",
        "4 8 present 60 0",
        "5 10 excused 0 0",
    ];
    assert_eq!(cells, expected);
}

#[tokio::test]
async fn letters_stay_as_they_were_when_they_may_be_to_nobody() {
    let rows = format!(
        "{BEFORE}
         INSERT INTO outbox (id, person_id, address, kind, locale, subject, body, key, secret,
                             message_id, state, tries, due_at, lease_until, handed_over_at, trouble,
                             reply, created_at, expires_at, sent_at) VALUES
             (3, 1, 'a@x.pe', 'k', 'es', 's', 'b', 'key', x'01', printf('%032d', 3), 'sending', 2,
              'd', 'l', 'h', 'rejected', 'r', 'c', 'e', NULL),
             (7, 2, 'b@x.pe', 'k', 'en', 's', 'b', NULL, NULL, printf('%032d', 7), 'sent', 1,
              'd', NULL, NULL, NULL, NULL, 'c', NULL, 't');"
    );
    let mut connection = migrated_from(26, &rows).await;
    let letters: String = sqlx::query_scalar(
        "SELECT group_concat(concat_ws(' ', id, person_id, address, kind, locale, subject, body, key,
             hex(secret), message_id + 0, state, tries, due_at, lease_until, handed_over_at, trouble,
             reply, created_at, expires_at, sent_at), '; ') FROM outbox",
    )
    .fetch_one(&mut connection)
    .await
    .expect("letters");
    assert_eq!(
        letters,
        "3 1 a@x.pe k es s b key 01 3 sending 2 d l h rejected r c e; \
         7 2 b@x.pe k en s b  7 sent 1 d c t"
    );
    let orphan = "UPDATE outbox SET person_id = 99";
    assert!(sqlx::query(orphan).execute(&mut connection).await.is_err());
    let without_end = "UPDATE outbox SET person_id = NULL WHERE id = 7";
    let refused = sqlx::query(without_end).execute(&mut connection).await;
    assert!(refused.is_err(), "a letter to nobody has an end");
}
