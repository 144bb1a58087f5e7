//! A connection to PostgreSQL as a session of the shared layer. Every statement passes through here.

use std::{
    borrow::Cow,
    ops::DerefMut,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::{
    AssertSqlSafe, Column as _, PgConnection, Postgres, Row as _, TypeInfo, ValueRef,
    postgres::{PgArguments, PgRow},
    query::Query,
};
use uuid::Uuid;

use crate::sql::{Dialect, Insert, Row, Session, Shape, SqlError, SqlValue, Statement};

/// A session on a connection, or on something that holds one.
pub(super) struct PostgresSession<C> {
    pub(super) connection: C,
    pub(super) statements: Arc<AtomicU64>,
    /// Behind a pooler that hands out connections for single transactions: nothing may stay prepared there, because
    /// the next transaction may run on another connection, which knows another statement under the same name.
    pub(super) pooler: bool,
}

/// Longer statements are of odd sizes and not worth keeping.
const KEEP: usize = 8_192;

/// What an error of PostgreSQL means to us.
pub(super) fn error(error: sqlx::Error) -> SqlError {
    let code = error
        .as_database_error()
        .and_then(|error| error.code())
        .map(|code| code.into_owned());
    match (code.as_deref(), &error) {
        // Serialization, deadlock, lock not available; and a standby that was taken for the leader.
        (Some("40001" | "40P01" | "55P03" | "25006"), _) => SqlError::Contention,
        (Some("23505"), _) => SqlError::Unique,
        (Some("XX001" | "XX002"), _) => SqlError::corrupt("the database is damaged", error),
        (Some("53100"), _) => SqlError::failed("the disk is full", error),
        // It is shut down, or was told to end the connection.
        (Some("57P01" | "57P02" | "57P03"), _) => SqlError::failed("PostgreSQL cannot be reached", error),
        (None, sqlx::Error::PoolTimedOut) => SqlError::Busy,
        (None, _) => SqlError::failed("PostgreSQL cannot be reached", error),
        _ => SqlError::failed("PostgreSQL refused", error),
    }
}

/// PostgreSQL has no text with the character 0; it is written as two others, and so is the first of these two.
fn escape(text: &str) -> Option<String> {
    text.contains(['\0', '\u{1}'])
        .then(|| text.replace('\u{1}', "\u{1}\u{1}").replace('\0', "\u{1}\u{2}"))
}

fn unescape(text: String) -> String {
    if !text.contains('\u{1}') {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(first) = rest.next() {
        match (first, first == '\u{1}') {
            (_, true) => plain.push(if rest.next() == Some('\u{2}') {
                '\0'
            } else {
                '\u{1}'
            }),
            (other, false) => plain.push(other),
        }
    }
    plain
}

impl<C: DerefMut<Target = PgConnection> + Send> PostgresSession<C> {
    fn query_of<'q>(&self, statement: &'q Statement) -> Result<Query<'q, Postgres, PgArguments>, SqlError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let keep = !self.pooler && statement.sql.len() <= KEEP;
        let mut query = sqlx::query(AssertSqlSafe(statement.sql.clone())).persistent(keep);
        for value in &statement.parameters {
            query = match value {
                SqlValue::Null(Shape::Int | Shape::Number | Shape::Small) => query.bind(None::<i64>),
                SqlValue::Null(Shape::Uuid) => query.bind(None::<Uuid>),
                SqlValue::Null(Shape::Text | Shape::Name) => query.bind(None::<String>),
                SqlValue::Null(Shape::Key | Shape::Blob) => query.bind(None::<Vec<u8>>),
                SqlValue::Int(value) => query.bind(*value),
                SqlValue::Text(value) => match escape(value) {
                    Some(escaped) => query.bind(escaped),
                    None => query.bind(value.as_str()),
                },
                SqlValue::Blob(value) => query.bind(value.as_slice()),
                SqlValue::Uuid(value) => query.bind(*value),
                SqlValue::Realm | SqlValue::Revision | SqlValue::Place(_) => {
                    return Err(SqlError::failed("a parameter was not filled in", std::fmt::Error));
                }
            };
        }
        Ok(query)
    }

    /// Executes a statement without parameters or answers, such as the bounds of a savepoint.
    pub(super) async fn control(&mut self, text: &'static str) -> Result<(), SqlError> {
        sqlx::raw_sql(text)
            .execute(&mut *self.connection)
            .await
            .map(drop)
            .map_err(error)
    }
}

/// Rows of one statement.
const ROWS: usize = 2_000;

/// The values of a column.
enum Column<'a> {
    Int(Vec<Option<i64>>),
    Uuid(Vec<Option<Uuid>>),
    Text(Vec<Option<Cow<'a, str>>>),
    Blob(Vec<Option<&'a [u8]>>),
}

fn mixed() -> SqlError {
    SqlError::failed("the values of a column are of several types", std::fmt::Error)
}

impl<'a> Column<'a> {
    fn of(rows: &'a [Vec<SqlValue>], place: usize) -> Result<Column<'a>, SqlError> {
        let values = || {
            rows.iter()
                .map(|row| row.get(place).unwrap_or(&SqlValue::Null(Shape::Text)))
        };
        let first = values()
            .find(|value| !matches!(value, SqlValue::Null(_)))
            .or(values().next());
        Ok(match first {
            Some(SqlValue::Int(_) | SqlValue::Null(Shape::Int | Shape::Number | Shape::Small)) => {
                let number = |value: &SqlValue| match value {
                    SqlValue::Int(number) => Ok(Some(*number)),
                    SqlValue::Null(_) => Ok(None),
                    _ => Err(mixed()),
                };
                Column::Int(values().map(number).collect::<Result<_, _>>()?)
            }
            Some(SqlValue::Uuid(_) | SqlValue::Null(Shape::Uuid)) => {
                let uuid = |value: &SqlValue| match value {
                    SqlValue::Uuid(uuid) => Ok(Some(*uuid)),
                    SqlValue::Null(_) => Ok(None),
                    _ => Err(mixed()),
                };
                Column::Uuid(values().map(uuid).collect::<Result<_, _>>()?)
            }
            Some(SqlValue::Blob(_) | SqlValue::Null(Shape::Key | Shape::Blob)) => {
                let bytes = |value: &'a SqlValue| match value {
                    SqlValue::Blob(bytes) => Ok(Some(bytes.as_slice())),
                    SqlValue::Null(_) => Ok(None),
                    _ => Err(mixed()),
                };
                Column::Blob(values().map(bytes).collect::<Result<_, _>>()?)
            }
            Some(SqlValue::Text(_) | SqlValue::Null(Shape::Text | Shape::Name)) => {
                let text = |value: &'a SqlValue| match value {
                    SqlValue::Text(text) => Ok(Some(match escape(text) {
                        Some(escaped) => Cow::Owned(escaped),
                        None => Cow::Borrowed(text.as_str()),
                    })),
                    SqlValue::Null(_) => Ok(None),
                    _ => Err(mixed()),
                };
                Column::Text(values().map(text).collect::<Result<_, _>>()?)
            }
            _ => return Err(SqlError::failed("a parameter was not filled in", std::fmt::Error)),
        })
    }

    const fn list_type(&self) -> &'static str {
        match self {
            Column::Int(_) => "bigint[]",
            Column::Uuid(_) => "uuid[]",
            Column::Text(_) => "text[]",
            Column::Blob(_) => "bytea[]",
        }
    }
}

impl<C: DerefMut<Target = PgConnection> + Send> PostgresSession<C> {
    async fn insert_lists(&mut self, insert: &Insert, rows: &[Vec<SqlValue>]) -> Result<u64, SqlError> {
        let columns = (0..insert.columns)
            .map(|place| Column::of(rows, place))
            .collect::<Result<Vec<_>, _>>()?;
        let lists: Vec<String> = (1..)
            .zip(&columns)
            .map(|(number, column)| format!("${number}::{}", column.list_type()))
            .collect();
        let head = insert.head.trim_end().trim_end_matches("VALUES");
        let text = format!("{head}SELECT * FROM UNNEST({}){}", lists.join(", "), insert.tail);
        self.statements.fetch_add(1, Ordering::Relaxed);
        let mut query = sqlx::query(AssertSqlSafe(text)).persistent(!self.pooler);
        for column in &columns {
            query = match column {
                Column::Int(values) => query.bind(values),
                Column::Uuid(values) => query.bind(values),
                Column::Text(values) => query.bind(values),
                Column::Blob(values) => query.bind(values),
            };
        }
        let done = query.execute(&mut *self.connection).await.map_err(error)?;
        Ok(done.rows_affected())
    }
}

fn row(row: &PgRow) -> Result<Row, SqlError> {
    let mut values = Vec::with_capacity(row.len());
    for column in row.columns() {
        let place = column.ordinal();
        let value = row.try_get_raw(place).map_err(error)?;
        if value.is_null() {
            values.push(SqlValue::Null(Shape::Text));
            continue;
        }
        let value = match column.type_info().name() {
            "INT8" => row.try_get(place).map(SqlValue::Int),
            "INT4" => row
                .try_get::<i32, _>(place)
                .map(|value| SqlValue::Int(value.into())),
            "INT2" => row
                .try_get::<i16, _>(place)
                .map(|value| SqlValue::Int(value.into())),
            "UUID" => row.try_get(place).map(SqlValue::Uuid),
            "BYTEA" => row.try_get(place).map(SqlValue::Blob),
            _ => row
                .try_get::<String, _>(place)
                .map(|text| SqlValue::Text(unescape(text))),
        };
        values.push(value.map_err(error)?);
    }
    Ok(Row(values))
}

impl<C: DerefMut<Target = PgConnection> + Send> Session for PostgresSession<C> {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    async fn query(&mut self, statement: &Statement) -> Result<Vec<Row>, SqlError> {
        let query = self.query_of(statement)?;
        let rows = query.fetch_all(&mut *self.connection).await.map_err(error)?;
        rows.iter().map(row).collect()
    }

    async fn execute(&mut self, statement: &Statement) -> Result<u64, SqlError> {
        let query = self.query_of(statement)?;
        let done = query.execute(&mut *self.connection).await.map_err(error)?;
        Ok(done.rows_affected())
    }

    /// Many rows as one list for each column: the text is the same for any number of rows, so it is prepared once, and
    /// the server parses no long lists of placeholders.
    async fn insert(&mut self, insert: &Insert, rows: &[Vec<SqlValue>]) -> Result<u64, SqlError> {
        if let [single] = rows {
            let statement = insert.statement(Dialect::Postgres, std::slice::from_ref(single));
            return self.execute(&statement).await;
        }
        let mut done = 0;
        for chunk in rows.chunks(ROWS) {
            done += self.insert_lists(insert, chunk).await?;
        }
        Ok(done)
    }

    async fn insert_numbered(&mut self, mut statement: Statement, column: &str) -> Result<i64, SqlError> {
        statement.text(" RETURNING ").text(column);
        let query = self.query_of(&statement)?;
        let row = query.fetch_one(&mut *self.connection).await.map_err(error)?;
        row.try_get(0).map_err(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back() {
        for text in ["", "plain", "\0", "a\u{1}b", "\u{1}\u{2}\0\u{1}\u{1}", "\u{2}"] {
            let stored = escape(text).unwrap_or_else(|| text.to_owned());
            assert!(!stored.contains('\0'));
            assert_eq!(unescape(stored), text);
        }
    }
}
