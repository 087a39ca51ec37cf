//! The journal read backwards: each row becomes what it was, if it is still what the merge made it.

use std::fmt::Write as _;

use sqlx::{AssertSqlSafe, Row as _, SqliteConnection, query, sqlite::SqliteQueryResult};

use super::journal::{RowKey, as_json, checked, columns};
use crate::merging::MergeId;

/// A step as it was journalled.
#[derive(Clone, Debug)]
pub struct Step {
    number: i64,
    kind: String,
    /// The table it is about.
    pub table: String,
    key: RowKey,
    columns: Vec<String>,
}

/// The steps of a merge, the last first.
pub async fn steps(connection: &mut SqliteConnection, merge: MergeId) -> sqlx::Result<Vec<Step>> {
    let rows = query(
        "SELECT step, kind, table_name, row_key, column_name FROM merge_changes
         WHERE merge_id = ? ORDER BY step DESC, column_name",
    );
    let rows = rows.bind(merge).fetch_all(connection).await?;
    let mut steps: Vec<Step> = Vec::new();
    for row in rows {
        let (step, column): (i64, String) = (row.get(0), row.get(4));
        let unreadable = || sqlx::Error::Decode("a change in the journal of a merge".into());
        if steps.last().is_none_or(|last| last.number != step) {
            steps.push(Step {
                number: step,
                kind: row.get(1),
                table: checked(row.get::<&str, _>(2)).ok_or_else(unreadable)?,
                key: RowKey::read(row.get::<&str, _>(3)).ok_or_else(unreadable)?,
                columns: Vec::new(),
            });
        }
        if let (Some(last), false) = (steps.last_mut(), column.is_empty()) {
            last.columns.push(checked(&column).ok_or_else(unreadable)?);
        }
    }
    Ok(steps)
}

/// Takes a step back; `false`: its row is not any more as the merge left it, or something refers to
/// it, and the transaction must not be committed.
pub async fn take_back(
    connection: &mut SqliteConnection,
    merge: MergeId,
    step: &Step,
) -> sqlx::Result<bool> {
    let done = match step.kind.as_str() {
        "update" => undo_update(connection, merge, step).await,
        "insert" => undo_insert(connection, merge, step).await,
        _ => undo_delete(connection, merge, step).await,
    };
    match done {
        Err(sqlx::Error::Database(error))
            if error.is_foreign_key_violation() || error.is_unique_violation() =>
        {
            Ok(false)
        }
        done => done.map(|done| done.rows_affected() == 1),
    }
}

/// What the journal says of a step: its `before` or `after` of a column.
fn said(what: &str, column: &str) -> String {
    format!(
        "(SELECT {what} FROM merge_changes WHERE merge_id = ?1 AND step = ?2 AND column_name = '{column}')"
    )
}

async fn undo_update(
    connection: &mut SqliteConnection,
    merge: MergeId,
    step: &Step,
) -> sqlx::Result<SqliteQueryResult> {
    let set: Vec<String> = step
        .columns
        .iter()
        .map(|column| format!("{column} = {}", said("before", column)))
        .collect();
    let mut sql = format!(
        "UPDATE {} SET {} WHERE {}",
        step.table,
        set.join(", "),
        step.key.condition()
    );
    for column in &step.columns {
        write!(sql, " AND {column} IS {}", said("after", column))
            .expect("writing to a String does not fail");
    }
    run(connection, sql, merge, step).await
}

async fn undo_insert(
    connection: &mut SqliteConnection,
    merge: MergeId,
    step: &Step,
) -> sqlx::Result<SqliteQueryResult> {
    let row = as_json(&columns(&mut *connection, &step.table).await?);
    let sql = format!(
        "DELETE FROM {} WHERE {} AND {row} IS {}",
        step.table,
        step.key.condition(),
        said("after", "")
    );
    run(connection, sql, merge, step).await
}

async fn undo_delete(
    connection: &mut SqliteConnection,
    merge: MergeId,
    step: &Step,
) -> sqlx::Result<SqliteQueryResult> {
    let names = columns(&mut *connection, &step.table).await?;
    let values: Vec<String> = names
        .iter()
        .map(|name| format!("{} ->> '$.{name}'", said("before", "")))
        .collect();
    let sql = format!(
        "INSERT INTO {} ({}) SELECT {}",
        step.table,
        names.join(", "),
        values.join(", ")
    );
    run(connection, sql, merge, step).await
}

async fn run(
    connection: &mut SqliteConnection,
    sql: String,
    merge: MergeId,
    step: &Step,
) -> sqlx::Result<SqliteQueryResult> {
    let statement = query(AssertSqlSafe(sql)).bind(merge).bind(step.number);
    statement.execute(connection).await
}
