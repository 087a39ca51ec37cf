//! All SQL of totals.
//!
//! The statement depends on cuts and filters, so it is put together from fixed pieces; every value
//! is bound. Both the rows and the grand total come from it, so they cannot disagree.

use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection, sqlite::SqliteRow};

use super::model::{Cut, Figures, Group, TotalsQuery, TotalsRow};

/// What each figure counts. `attended` is a session attended in full or in part.
const FIGURES: &str = "
    count(DISTINCT CASE WHEN enrolments.state <> 'withdrawn' AND editions.state <> 'cancelled'
                        THEN enrolments.id END),
    coalesce(sum(attended.status IS NOT NULL), 0),
    count(DISTINCT CASE WHEN attended.status IS NOT NULL
                        THEN enrolments.edition_id << 32 | enrolments.person_id END),
    count(DISTINCT CASE WHEN attended.status IS NOT NULL THEN enrolments.person_id END),
    coalesce(sum(attended.minutes), 0),
    count(DISTINCT CASE WHEN certificates.kind = 'constancia' THEN certificates.id END),
    count(DISTINCT CASE WHEN certificates.kind = 'certificado' THEN certificates.id END)";

/// Who takes part in which sessions. Drafts, requests, the waiting list and declined enrolments are
/// not there. Whoever came and withdrew later, or came to what was cancelled later, is there for
/// what they attended, but is not counted as enrolled: a report that was sent must not change
/// afterwards.
const SOURCE: &str = "
    FROM sessions
    JOIN editions ON editions.id = sessions.edition_id
    JOIN courses ON courses.id = editions.course_id
    JOIN programs ON programs.id = courses.program_id
    JOIN enrolments ON enrolments.edition_id = editions.id
        AND (enrolments.state IN ('enrolled', 'completed', 'not_completed', 'no_show')
                AND editions.state <> 'cancelled'
            OR enrolments.state IN ('withdrawn', 'enrolled') AND EXISTS (
                SELECT 1 FROM attendance_standing AS standing
                WHERE standing.enrolment_id = enrolments.id
                    AND standing.status IN ('present', 'late', 'partial')))
    LEFT JOIN attendance_standing AS attended ON attended.enrolment_id = enrolments.id
        AND attended.session_id = sessions.id
        AND attended.status IN ('present', 'late', 'partial')
    LEFT JOIN certificates ON certificates.enrolment_id = enrolments.id AND certificates.state = 'valid'
    WHERE editions.state <> 'draft'";

/// The column of a cut: what it shows and, where two may show the same, what tells them apart.
const fn column(cut: Cut) -> &'static str {
    match cut {
        Cut::Program => "programs.name",
        Cut::Course => "courses.title",
        Cut::Edition => "courses.title || ' (' || editions.number || ')'",
        Cut::Kind => "courses.kind",
        Cut::Modality => "sessions.modality",
        Cut::Month => "substr(sessions.held_on, 1, 7)",
        Cut::Sector => "enrolments.sector",
        Cut::Institution => "enrolments.institution_name",
        Cut::Department => "enrolments.department",
        Cut::Sex => "enrolments.sex",
    }
}

/// What keeps apart two groups of one name: two programs may hold a course of the same title.
const fn identity(cut: Cut) -> &'static str {
    match cut {
        Cut::Program => "programs.id",
        Cut::Course => "courses.id",
        Cut::Edition => "editions.id",
        other => column(other),
    }
}

/// The rows of the cuts, in the order of their names; minutes still uncounted as hours.
pub(super) async fn rows(
    connection: &mut SqliteConnection,
    query: &TotalsQuery,
    academic_minutes: i64,
) -> sqlx::Result<Vec<TotalsRow>> {
    let mut sql = QueryBuilder::new("SELECT ");
    for cut in &query.by {
        sql.push("coalesce(").push(column(*cut)).push(", ''), ");
    }
    sql.push(FIGURES).push(SOURCE);
    push_filters(&mut sql, query);
    let identities: Vec<&str> = query.by.iter().map(|cut| identity(*cut)).collect();
    let names: Vec<&str> = query.by.iter().map(|cut| column(*cut)).collect();
    sql.push(" GROUP BY ").push(identities.join(", "));
    sql.push(" ORDER BY ")
        .push(names.join(", "))
        .push(", ")
        .push(identities.join(", "));
    let rows = sql.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let groups = (0..query.by.len()).map(|index| {
                Ok(Group {
                    key: row.try_get(index)?,
                })
            });
            Ok(TotalsRow {
                groups: groups.collect::<sqlx::Result<_>>()?,
                figures: figures(row, query.by.len(), academic_minutes)?,
            })
        })
        .collect()
}

/// Everything together.
pub(super) async fn total(
    connection: &mut SqliteConnection,
    query: &TotalsQuery,
    academic_minutes: i64,
) -> sqlx::Result<Figures> {
    let mut sql = QueryBuilder::new("SELECT ");
    sql.push(FIGURES).push(SOURCE);
    push_filters(&mut sql, query);
    let row = sql.build().fetch_one(connection).await?;
    figures(&row, 0, academic_minutes)
}

/// The plan of the statement, for the test that no index is forgotten.
pub async fn plan(
    connection: &mut SqliteConnection,
    query: &TotalsQuery,
) -> sqlx::Result<Vec<String>> {
    let mut sql = QueryBuilder::new("EXPLAIN QUERY PLAN SELECT ");
    sql.push(FIGURES).push(SOURCE);
    push_filters(&mut sql, query);
    let rows = sql.build().fetch_all(connection).await?;
    rows.iter().map(|row| row.try_get("detail")).collect()
}

fn figures(row: &SqliteRow, first: usize, academic_minutes: i64) -> sqlx::Result<Figures> {
    let get = |index: usize| row.try_get::<i64, _>(first + index);
    let minutes = get(4)?;
    Ok(Figures {
        enrolments: get(0)?,
        attendances: get(1)?,
        participations: get(2)?,
        unique_people: get(3)?,
        // Rounded half up, to the tenth of an hour.
        person_hours_tenths: (minutes * 20 + academic_minutes) / (academic_minutes * 2),
        constancias: get(5)?,
        certificados: get(6)?,
    })
}

fn push_filters(sql: &mut QueryBuilder<Sqlite>, query: &TotalsQuery) {
    if let Some(from) = query.from {
        sql.push(" AND sessions.held_on >= ").push_bind(from);
    }
    if let Some(to) = query.to {
        sql.push(" AND sessions.held_on <= ").push_bind(to);
    }
    let ids = |ids: &[i64]| ids.to_vec();
    push_any(
        sql,
        "programs.id",
        ids(&query.programs.iter().map(|id| id.get()).collect::<Vec<_>>()),
    );
    push_any(
        sql,
        "courses.id",
        ids(&query.courses.iter().map(|id| id.get()).collect::<Vec<_>>()),
    );
    push_any(
        sql,
        "editions.id",
        ids(&query.editions.iter().map(|id| id.get()).collect::<Vec<_>>()),
    );
    push_any(sql, "courses.kind", query.kinds.clone());
    push_any(sql, "sessions.modality", query.modalities.clone());
    push_any(
        sql,
        column(Cut::Month),
        query.months.iter().map(ToString::to_string).collect(),
    );
    push_any(sql, "enrolments.sector", query.sectors.clone());
    push_any(
        sql,
        "enrolments.institution_id",
        query.institutions.iter().map(|id| id.get()).collect(),
    );
    push_any(sql, "enrolments.department", query.departments.clone());
    push_any(sql, "enrolments.sex", query.sexes.clone());
}

/// `AND column IN (…)`, unless the list is empty.
fn push_any<T>(sql: &mut QueryBuilder<Sqlite>, column: &str, values: Vec<T>)
where
    T: for<'q> sqlx::Encode<'q, Sqlite> + sqlx::Type<Sqlite> + Send + 'static,
{
    if values.is_empty() {
        return;
    }
    sql.push(" AND ").push(column).push(" IN (");
    let mut list = sql.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    sql.push(")");
}

/// The programs a filter offers, newest first: those of the coordinator, or all.
pub(super) async fn programs(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Vec<(crate::courses::ProgramId, String)>> {
    let rows = sqlx::query!("SELECT id, name FROM programs ORDER BY starts_on DESC, id")
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
