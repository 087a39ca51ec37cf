//! Migrations that fill what they add, tried on a database as an earlier version left it.

use sqlx::{Connection as _, SqliteConnection, migrate::Migrator};

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

#[tokio::test]
async fn enrolments_learn_in_which_role_they_were_and_who_paid() {
    let mut connection = SqliteConnection::connect("sqlite::memory:")
        .await
        .expect("a database");
    MIGRATIONS
        .run_to(10, &mut connection)
        .await
        .expect("the tables of then");
    sqlx::raw_sql(BEFORE)
        .execute(&mut connection)
        .await
        .expect("the rows of then");
    MIGRATIONS.run(&mut connection).await.expect("the rest");
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
