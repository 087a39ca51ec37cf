//! All SQL of totals.
//!
//! The statement depends on cuts and filters, so it is put together from fixed pieces; every value
//! is bound. Both the rows and the grand total come from the same [`facts`], so they cannot
//! disagree.

mod facts;

use chrono::NaiveDate;
use sqlx::{
    QueryBuilder, Row as _, Sqlite, SqliteConnection, query, query_scalar, sqlite::SqliteRow,
};

use self::facts::{COUNTED, FIGURES};
use super::model::{Cut, Figures, Group, TotalsQuery, TotalsRow};
use crate::{
    courses::{CourseKind, Modality, ProgramId},
    people::{InstitutionId, Sector, Sex},
};

/// The rows of the cuts, in the order of their names.
pub(super) async fn rows(
    connection: &mut SqliteConnection,
    query: &TotalsQuery,
    academic_minutes: i64,
) -> sqlx::Result<Vec<TotalsRow<Figures>>> {
    let rows = grouped(query, "").build().fetch_all(connection).await?;
    let cuts = query.by.len();
    rows.iter()
        .map(|row| {
            let groups = (0..cuts).map(|index| {
                Ok(Group {
                    key: row.try_get(index)?,
                })
            });
            Ok(TotalsRow {
                groups: groups.collect::<sqlx::Result<_>>()?,
                figures: figures(row, cuts, academic_minutes)?,
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
    let query = TotalsQuery {
        by: Vec::new(),
        ..query.clone()
    };
    let row = grouped(&query, "").build().fetch_one(connection).await?;
    figures(&row, 0, academic_minutes)
}

/// The plan of the statement, for the test that no index is forgotten.
pub async fn plan(
    connection: &mut SqliteConnection,
    query: &TotalsQuery,
) -> sqlx::Result<Vec<String>> {
    let rows = grouped(query, "EXPLAIN QUERY PLAN ")
        .build()
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.try_get("detail")).collect()
}

/// The figures of every group of the cuts; of everything where there is none.
fn grouped(query: &TotalsQuery, before: &str) -> QueryBuilder<Sqlite> {
    let cuts = 0..query.by.len();
    let list = |column: &str| {
        let columns = cuts.clone().map(|cut| format!("{column}{cut}"));
        columns.collect::<Vec<_>>().join(", ")
    };
    let columns = cuts.clone().map(|cut| format!("name{cut}, id{cut}, "));
    let columns = columns.collect::<Vec<_>>().concat();
    let mut sql = QueryBuilder::new(before);
    sql.push("WITH RECURSIVE ");
    facts::push_unnamed(&mut sql, query, &columns);
    sql.push(", facts (")
        .push(&columns)
        .push(COUNTED)
        .push(") AS (");
    facts::push_all(&mut sql, query);
    facts::push_unnamed_facts(&mut sql, &columns);
    sql.push(") SELECT ");
    if query.by.is_empty() {
        sql.push(FIGURES).push(" FROM facts");
        return sql;
    }
    let (names, identities) = (list("name"), list("id"));
    sql.push(&names).push(", ").push(FIGURES);
    sql.push(" FROM facts GROUP BY ").push(&identities);
    let order = query.by.iter().enumerate();
    // Those without a value come last: they are the rest.
    let order = order.map(|(index, cut)| format!("name{index} = '', {}", rank(*cut, index)));
    let order: Vec<String> = order.collect();
    sql.push(" ORDER BY ")
        .push(order.join(", "))
        .push(", ")
        .push(&identities);
    sql
}

/// What a cut is ordered by: words of a list in the order in which the list is told and offered,
/// not in that of their codes; everything else by its name.
fn rank(cut: Cut, index: usize) -> String {
    let codes: Vec<&str> = match cut {
        Cut::Sector => Sector::ALL.iter().map(|one| one.as_str()).collect(),
        Cut::Kind => CourseKind::ALL.iter().map(|one| one.as_str()).collect(),
        Cut::Modality => Modality::ALL.iter().map(|one| one.as_str()).collect(),
        Cut::Sex => Sex::ALL.iter().map(|one| one.as_str()).collect(),
        _ => return format!("name{index}"),
    };
    // Codes are words of this program, never of an address.
    format!("instr(',{},', ',' || name{index} || ',')", codes.join(","))
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
        unnamed: get(7)?,
    })
}

/// The programs a filter offers, newest first: those of the coordinator, or all.
pub(super) async fn programs(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Vec<(ProgramId, String)>> {
    let rows = query!("SELECT id, name FROM programs ORDER BY starts_on DESC, id")
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The first day of the oldest edition.
pub(super) async fn first_day(
    connection: &mut SqliteConnection,
) -> sqlx::Result<Option<NaiveDate>> {
    query_scalar!(r#"SELECT min(starts_on) AS "first?: NaiveDate" FROM editions"#)
        .fetch_one(connection)
        .await
}

/// Whether there is such a program.
pub(super) async fn program_exists(
    connection: &mut SqliteConnection,
    program: ProgramId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM programs WHERE id = ?) AS "found!: bool""#,
        program
    )
    .fetch_one(connection)
    .await
}

/// Whether there is such an institution.
pub(super) async fn institution_exists(
    connection: &mut SqliteConnection,
    institution: InstitutionId,
) -> sqlx::Result<bool> {
    query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM institutions WHERE id = ?) AS "found!: bool""#,
        institution
    )
    .fetch_one(connection)
    .await
}
