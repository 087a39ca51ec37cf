//! The journal: each change is written down with what was before; [`super::undo`] reads it backwards.
//!
//! The names of tables and columns are those of `references` and of the operations; on the way back
//! they come from the journal, and only what looks like a name of the schema is taken.

use sqlx::{AssertSqlSafe, Row as _, SqliteConnection, query};

use crate::merging::MergeId;

/// A value of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A number.
    Number(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Value {
    /// Text, or nothing.
    pub fn text(text: Option<String>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    /// A number, or nothing.
    pub fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Number)
    }

    /// Bytes, or nothing.
    pub fn bytes(bytes: Option<Vec<u8>>) -> Self {
        bytes.map_or(Self::Null, Self::Bytes)
    }
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

fn bind<'q>(query: Query<'q>, value: &Value) -> Query<'q> {
    match value {
        Value::Null => query.bind(None::<i64>),
        Value::Number(number) => query.bind(*number),
        Value::Text(text) => query.bind(text.clone()),
        Value::Bytes(bytes) => query.bind(bytes.clone()),
    }
}

/// A row of a table: the columns that find it and their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowKey(Vec<(String, i64)>);

impl RowKey {
    /// The row of that number.
    pub fn id(id: i64) -> Self {
        Self(vec![("id".to_owned(), id)])
    }

    /// The row with these numbers in these columns.
    pub fn of(columns: &[(&str, i64)]) -> Self {
        let column = |(name, value): &(&str, i64)| ((*name).to_owned(), *value);
        Self(columns.iter().map(column).collect())
    }

    fn json(&self) -> String {
        let columns = self
            .0
            .iter()
            .map(|(name, value)| (name.clone(), serde_json::Value::from(*value)));
        serde_json::Value::Object(columns.collect()).to_string()
    }

    pub(super) fn read(json: &str) -> Option<Self> {
        let map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).ok()?;
        let column =
            |(name, value): (String, serde_json::Value)| Some((checked(&name)?, value.as_i64()?));
        map.into_iter()
            .map(column)
            .collect::<Option<Vec<_>>>()
            .map(Self)
    }

    /// `id = 5`.
    pub(super) fn condition(&self) -> String {
        let columns = self
            .0
            .iter()
            .map(|(name, value)| format!("{name} = {value}"));
        columns.collect::<Vec<_>>().join(" AND ")
    }
}

/// A name as the schema has them; nothing for any other text.
pub(super) fn checked(name: &str) -> Option<String> {
    let sound = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    sound.then(|| name.to_owned())
}

/// The journal of a merge under way.
#[derive(Debug)]
pub struct Journal {
    merge: MergeId,
    step: i64,
}

impl Journal {
    /// An empty one.
    pub const fn new(merge: MergeId) -> Self {
        Self { merge, step: 0 }
    }

    /// Changes columns of one row.
    pub async fn update(
        &mut self,
        connection: &mut SqliteConnection,
        table: &'static str,
        key: &RowKey,
        columns: &[(&'static str, Value)],
    ) -> sqlx::Result<()> {
        self.step += 1;
        let condition = key.condition();
        for (column, value) in columns {
            let sql = format!(
                "INSERT INTO merge_changes (merge_id, step, kind, table_name, row_key, column_name, before, after)
                 SELECT ?, ?, 'update', '{table}', ?, '{column}', {column}, ? FROM {table} WHERE {condition}"
            );
            let written = query(AssertSqlSafe(sql))
                .bind(self.merge)
                .bind(self.step)
                .bind(key.json());
            bind(written, value).execute(&mut *connection).await?;
        }
        let set: Vec<String> = columns
            .iter()
            .map(|(column, _)| format!("{column} = ?"))
            .collect();
        let sql = format!("UPDATE {table} SET {} WHERE {condition}", set.join(", "));
        let mut update = query(AssertSqlSafe(sql));
        for (_, value) in columns {
            update = bind(update, value);
        }
        update.execute(connection).await?;
        Ok(())
    }

    /// Adds a row; gives its number. `key`: the columns that find it, where that is not the number.
    pub async fn insert(
        &mut self,
        connection: &mut SqliteConnection,
        table: &'static str,
        key: Option<RowKey>,
        columns: &[(&'static str, Value)],
    ) -> sqlx::Result<i64> {
        self.step += 1;
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let places = vec!["?"; columns.len()].join(", ");
        let sql = format!(
            "INSERT INTO {table} ({}) VALUES ({places})",
            names.join(", ")
        );
        let mut insert = query(AssertSqlSafe(sql));
        for (_, value) in columns {
            insert = bind(insert, value);
        }
        let done = insert.execute(&mut *connection).await?;
        let id = done.last_insert_rowid();
        let key = key.unwrap_or_else(|| RowKey::id(id));
        self.whole_row(connection, "insert", table, &key).await?;
        Ok(id)
    }

    /// Takes a row out.
    pub async fn delete(
        &mut self,
        connection: &mut SqliteConnection,
        table: &'static str,
        key: &RowKey,
    ) -> sqlx::Result<()> {
        self.step += 1;
        self.whole_row(&mut *connection, "delete", table, key)
            .await?;
        let sql = format!("DELETE FROM {table} WHERE {}", key.condition());
        query(AssertSqlSafe(sql)).execute(connection).await?;
        Ok(())
    }

    async fn whole_row(
        &self,
        connection: &mut SqliteConnection,
        kind: &'static str,
        table: &'static str,
        key: &RowKey,
    ) -> sqlx::Result<()> {
        let row = as_json(&columns(&mut *connection, table).await?);
        let (before, after) = match kind {
            "delete" => (row.as_str(), "NULL"),
            _ => ("NULL", row.as_str()),
        };
        let sql = format!(
            "INSERT INTO merge_changes (merge_id, step, kind, table_name, row_key, before, after)
             SELECT ?, ?, '{kind}', '{table}', ?, {before}, {after} FROM {table} WHERE {}",
            key.condition()
        );
        let written = query(AssertSqlSafe(sql)).bind(self.merge).bind(self.step);
        written.bind(key.json()).execute(connection).await?;
        Ok(())
    }
}

/// The rows of a table that refer to a record.
pub async fn rows_that_refer(
    connection: &mut SqliteConnection,
    reference: &crate::merging::references::Reference,
    to: i64,
) -> sqlx::Result<Vec<RowKey>> {
    let pairs: Vec<String> = reference
        .key
        .iter()
        .map(|name| format!("'{name}', {name}"))
        .collect();
    let sql = format!(
        "SELECT json_object({}) FROM {} WHERE {} = ? ORDER BY 1",
        pairs.join(", "),
        reference.table,
        reference.column
    );
    let rows = query(AssertSqlSafe(sql))
        .bind(to)
        .fetch_all(connection)
        .await?;
    Ok(rows
        .iter()
        .filter_map(|row| RowKey::read(row.get::<&str, _>(0)))
        .collect())
}

/// How many rows of a table refer to a record.
pub async fn count_that_refer(
    connection: &mut SqliteConnection,
    reference: &crate::merging::references::Reference,
    to: i64,
) -> sqlx::Result<i64> {
    let sql = format!(
        "SELECT count(*) FROM {} WHERE {} = ?",
        reference.table, reference.column
    );
    let row = query(AssertSqlSafe(sql))
        .bind(to)
        .fetch_one(connection)
        .await?;
    Ok(row.get(0))
}

/// The columns of a table that can be written.
pub(super) async fn columns(
    connection: &mut SqliteConnection,
    table: &str,
) -> sqlx::Result<Vec<String>> {
    let rows = query("SELECT name FROM pragma_table_info(?)").bind(table.to_owned());
    let rows = rows.fetch_all(connection).await?;
    Ok(rows
        .iter()
        .filter_map(|row| checked(row.get::<&str, _>(0)))
        .collect())
}

pub(super) fn as_json(columns: &[String]) -> String {
    let pairs: Vec<String> = columns
        .iter()
        .map(|name| format!("'{name}', {name}"))
        .collect();
    format!("json_object({})", pairs.join(", "))
}
