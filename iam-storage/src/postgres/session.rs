//! A connection to PostgreSQL as a session of the shared layer. Every statement passes through here.

use std::{
    ops::DerefMut,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use iam_core::port::StorageError;
use sqlx::{
    AssertSqlSafe, Column as _, PgConnection, Postgres, Row as _, TypeInfo, ValueRef,
    postgres::{PgArguments, PgQueryResult, PgRow},
    query::Query,
};
use uuid::Uuid;

use super::combined::{AtOnce, Column, Combined, Parameter, ROWS, rest};
use crate::sql::{
    Change, Dialect, Insert, Judge, Locked, Question, Row, Session, Shape, SqlError, SqlValue, Statement,
    one_by_one,
};

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
pub(super) fn escape(text: &str) -> Option<String> {
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

fn bind<'q>(
    query: Query<'q, Postgres, PgArguments>,
    value: &'q SqlValue,
) -> Result<Query<'q, Postgres, PgArguments>, SqlError> {
    Ok(match value {
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
        SqlValue::List(_, values) => bind_column(query, Column::of_values(values.iter())?),
        SqlValue::Realm | SqlValue::Revision | SqlValue::Place(_) => {
            return Err(SqlError::failed("a parameter was not filled in", std::fmt::Error));
        }
    })
}

/// Binds the values of a column as one list.
fn bind_column<'q>(
    query: Query<'q, Postgres, PgArguments>,
    column: Column<'q>,
) -> Query<'q, Postgres, PgArguments> {
    match column {
        Column::Int(values) => query.bind(values),
        Column::Uuid(values) => query.bind(values),
        Column::Text(values) => query.bind(values),
        Column::Blob(values) => query.bind(values),
    }
}

impl<C: DerefMut<Target = PgConnection> + Send> PostgresSession<C> {
    fn query_of<'q>(&self, statement: &'q Statement) -> Result<Query<'q, Postgres, PgArguments>, SqlError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let keep = !self.pooler && statement.sql.len() <= KEEP;
        let mut query = sqlx::query(AssertSqlSafe(statement.sql.clone())).persistent(keep);
        for value in &statement.parameters {
            query = bind(query, value)?;
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

impl<C: DerefMut<Target = PgConnection> + Send> PostgresSession<C> {
    async fn combined(&mut self, combined: Combined<'_>) -> Result<PgQueryResult, SqlError> {
        let query = self.query_of_combined(combined)?;
        query.execute(&mut *self.connection).await.map_err(error)
    }

    fn query_of_combined<'q>(
        &self,
        combined: Combined<'q>,
    ) -> Result<Query<'q, Postgres, PgArguments>, SqlError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let keep = !self.pooler && combined.text.len() <= KEEP;
        let mut query = sqlx::query(AssertSqlSafe(combined.text)).persistent(keep);
        for parameter in combined.parameters {
            query = match parameter {
                Parameter::One(value) => bind(query, value)?,
                Parameter::Column(column) => bind_column(query, column),
            };
        }
        Ok(query)
    }

    /// The rows of a combined statement by the place before them, that place taken away; and the one that has −1 there.
    async fn parts(
        &mut self,
        combined: Combined<'_>,
        parts: usize,
    ) -> Result<(Vec<Vec<Row>>, Row), SqlError> {
        let query = self.query_of_combined(combined)?;
        let rows = query.fetch_all(&mut *self.connection).await.map_err(error)?;
        let mut answers: Vec<Vec<Row>> = (0..parts).map(|_| Vec::new()).collect();
        let mut last = Row(Vec::new());
        for found in &rows {
            let (place, found) = placed(row(found)?);
            match place.and_then(|place| answers.get_mut(place)) {
                Some(answers) => answers.push(found),
                None => last = found,
            }
        }
        Ok((answers, last))
    }
}

/// The number in front of a row, and the row without it.
fn placed(mut row: Row) -> (Option<usize>, Row) {
    let place = match row.0.first() {
        Some(SqlValue::Int(place)) => usize::try_from(*place).ok(),
        _ => None,
    };
    row.0.remove(0);
    (place, row)
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

    async fn query_all(&mut self, questions: &[Question]) -> Result<Vec<Vec<Row>>, SqlError> {
        let Some(asked) = AtOnce::of(questions) else {
            return one_by_one(self, questions).await;
        };
        let query = self.query_of_combined(Combined::questions(&asked))?;
        let rows = query.fetch_all(&mut *self.connection).await.map_err(error)?;
        let mut answers: Vec<Vec<Row>> = questions.iter().map(|_| Vec::new()).collect();
        for found in &rows {
            let (place, found) = placed(row(found)?);
            if let Some((place, answers)) = place.and_then(|place| Some((place, answers.get_mut(place)?))) {
                answers.push(asked.row_of(place, found));
            }
        }
        Ok(answers)
    }

    async fn execute(&mut self, statement: &Statement) -> Result<u64, SqlError> {
        let query = self.query_of(statement)?;
        let done = query.execute(&mut *self.connection).await.map_err(error)?;
        Ok(done.rows_affected())
    }

    /// Many rows as one list for each column.
    async fn insert(&mut self, insert: &Insert, rows: &[Vec<SqlValue>]) -> Result<u64, SqlError> {
        if let [single] = rows {
            let statement = insert.statement(Dialect::Postgres, std::slice::from_ref(single));
            return self.execute(&statement).await;
        }
        let mut done = 0;
        for chunk in rows.chunks(ROWS) {
            let mut combined = Combined::default();
            combined.insert(insert, chunk)?;
            done += self.combined(combined).await?.rows_affected();
        }
        Ok(done)
    }

    async fn lock(
        &mut self,
        announced: Option<i64>,
        statements: &[Statement],
    ) -> Result<Locked, StorageError> {
        let announced = announced.map(SqlValue::Int);
        let combined = Combined::lock(announced.as_ref(), statements);
        let (rows, last) = self.parts(combined, statements.len()).await?;
        if last.int(1)? != 1 {
            // It took so long to begin that the announcement was taken for lost: readers may have passed it.
            return Err(StorageError::Contention);
        }
        let revision = Some(last.int(3)?);
        Ok(Locked { rows, revision })
    }

    async fn together(
        &mut self,
        questions: &[Statement],
        judge: Judge<'_>,
        changes: Vec<Change>,
    ) -> Result<bool, StorageError> {
        let combined = Combined::together(questions, &changes)?;
        let (answers, last) = self.parts(combined, questions.len()).await?;
        judge(&answers)?;
        let (mut wanted, mut taken) = (0, last.unsigned(1)?);
        for change in &changes {
            match change {
                Change::Insert(insert, rows) => drop(self.insert(insert, rest(rows)).await?),
                Change::Take(insert, rows) => {
                    wanted += rows.len() as u64;
                    taken += self.insert(insert, rest(rows)).await?;
                }
                Change::Delete { table, key, rows } => {
                    for chunk in rest(rows).chunks(ROWS) {
                        let mut combined = Combined::default();
                        combined.delete(table, key, chunk)?;
                        self.combined(combined).await?;
                    }
                }
                Change::Each(..) | Change::Execute(_) => {}
            }
        }
        Ok(taken == wanted)
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
