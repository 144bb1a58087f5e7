//! A connection to SQLite as a session of the shared layer. Nothing here ever waits for another task: a whole load,
//! search or commit is one call into SQLite's library.

use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, Waker},
};

use iam_core::{
    model::{Kind, Record},
    port::StorageError,
};
use rusqlite::{CachedStatement, Connection, ErrorCode, types::ValueRef};
use uuid::Uuid;

use crate::sql::{self, Dialect, Insert, Row, Session, Shape, SqlError, SqlValue, Statement};

/// A session on a connection.
pub(super) struct SqliteSession<'a> {
    /// Held alone, though the library would share it: that is what may be sent between threads.
    pub(super) connection: &'a mut Connection,
    pub(super) statements: &'a AtomicU64,
}

/// Carries out the shared layer's work, which on this driver never waits.
pub(super) fn at_once<T>(work: impl Future<Output = Result<T, StorageError>>) -> Result<T, StorageError> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => Err(StorageError::corrupt("SQLite was waited for")),
    }
}

/// What an error of SQLite means to us.
pub(super) fn error(error: rusqlite::Error) -> SqlError {
    let code = error
        .sqlite_error()
        .map(|error| (error.code, error.extended_code));
    match code {
        Some((ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _)) => SqlError::Busy,
        Some((
            ErrorCode::ConstraintViolation,
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
            | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | rusqlite::ffi::SQLITE_CONSTRAINT_ROWID,
        )) => SqlError::Unique,
        Some((ErrorCode::DatabaseCorrupt, _)) => SqlError::corrupt("the database file is damaged", error),
        Some((ErrorCode::NotADatabase, _)) => SqlError::corrupt("the file is not a database", error),
        Some((ErrorCode::SystemIoFailure, _)) => {
            SqlError::failed("the disk cannot be read or written", error)
        }
        Some((ErrorCode::DiskFull, _)) => SqlError::failed("the disk is full", error),
        Some((ErrorCode::ReadOnly, _)) => SqlError::failed("the database can only be read", error),
        _ => SqlError::failed("SQLite refused", error),
    }
}

impl SqliteSession<'_> {
    fn prepare(&self, sql: &str) -> Result<CachedStatement<'_>, SqlError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        self.connection.prepare_cached(sql).map_err(error)
    }

    /// Executes statements without parameters or answers, such as the bounds of a transaction.
    pub(super) fn control(&self, sql: &str) -> Result<(), SqlError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(error)?;
        statement.raw_execute().map(drop).map_err(error)
    }
}

fn bind(statement: &mut CachedStatement<'_>, values: &[SqlValue]) -> Result<(), SqlError> {
    for (place, value) in values.iter().enumerate() {
        let place = place + 1;
        match value {
            SqlValue::Null(_) => statement.raw_bind_parameter(place, rusqlite::types::Null),
            SqlValue::Int(value) => statement.raw_bind_parameter(place, value),
            SqlValue::Text(value) => statement.raw_bind_parameter(place, value.as_str()),
            SqlValue::Blob(value) => statement.raw_bind_parameter(place, value.as_slice()),
            SqlValue::Uuid(value) => statement.raw_bind_parameter(place, value.as_bytes().as_slice()),
            SqlValue::List(..) | SqlValue::Realm | SqlValue::Revision | SqlValue::Place(_) => {
                return Err(SqlError::failed("a parameter was not filled in", std::fmt::Error));
            }
        }
        .map_err(error)?;
    }
    Ok(())
}

fn rows(statement: &mut CachedStatement<'_>, answer: &mut Vec<Row>) -> Result<(), SqlError> {
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(error)? {
        let mut values = Vec::with_capacity(columns);
        for place in 0..columns {
            values.push(match row.get_ref(place).map_err(error)? {
                ValueRef::Null => SqlValue::Null(Shape::Text),
                ValueRef::Integer(value) => SqlValue::Int(value),
                ValueRef::Real(_) => {
                    return Err(SqlError::failed("a fraction was not expected", std::fmt::Error));
                }
                ValueRef::Text(value) => SqlValue::Text(
                    String::from_utf8(value.to_vec())
                        .map_err(|source| SqlError::failed("a text is not UTF-8", source))?,
                ),
                ValueRef::Blob(value) => SqlValue::Blob(value.to_vec()),
            });
        }
        answer.push(Row(values));
    }
    Ok(())
}

impl Session for SqliteSession<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    async fn query(&mut self, statement: &Statement) -> Result<Vec<Row>, SqlError> {
        let mut prepared = self.prepare(&statement.sql)?;
        bind(&mut prepared, &statement.parameters)?;
        let mut answer = Vec::new();
        rows(&mut prepared, &mut answer)?;
        Ok(answer)
    }

    /// Read where SQLite has them: nothing is copied on the way.
    async fn records(&mut self, kind: Kind, statement: &Statement) -> Result<Vec<Arc<Record>>, StorageError> {
        let mut prepared = self.prepare(&statement.sql)?;
        bind(&mut prepared, &statement.parameters)?;
        let mut found = Vec::new();
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(error)? {
            let bytes = |place: usize| match row.get_ref(place).map_err(error)? {
                ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Ok(bytes),
                _ => Err(StorageError::corrupt(format!(
                    "column {place} of a record is not bytes"
                ))),
            };
            let id = Uuid::from_slice(bytes(0)?)
                .map_err(|_| StorageError::corrupt("a record has no identifier"))?;
            let version: i64 = row.get(1).map_err(error)?;
            let version =
                u64::try_from(version).map_err(|_| StorageError::corrupt("a record has no version"))?;
            found.push(sql::record_of(kind, id, version, bytes(2)?, bytes(3)?)?);
        }
        Ok(found)
    }

    async fn query_each(&mut self, sql: &str, parameters: &[Vec<SqlValue>]) -> Result<Vec<Row>, SqlError> {
        let mut prepared = self.prepare(sql)?;
        let mut answer = Vec::with_capacity(parameters.len());
        for row in parameters {
            bind(&mut prepared, row)?;
            rows(&mut prepared, &mut answer)?;
        }
        Ok(answer)
    }

    async fn execute(&mut self, statement: &Statement) -> Result<u64, SqlError> {
        let mut prepared = self.prepare(&statement.sql)?;
        bind(&mut prepared, &statement.parameters)?;
        prepared.raw_execute().map(|count| count as u64).map_err(error)
    }

    async fn insert_numbered(&mut self, statement: Statement, _column: &str) -> Result<i64, SqlError> {
        self.execute(&statement).await?;
        Ok(self.connection.last_insert_rowid())
    }

    /// One prepared statement, executed for each row: here that is faster than many rows in one text.
    async fn insert(&mut self, insert: &Insert, rows: &[Vec<SqlValue>]) -> Result<u64, SqlError> {
        let marks = vec!["?"; insert.columns].join(", ");
        self.each(&format!("{}({marks}){}", insert.head, insert.tail), rows)
            .await
    }

    async fn each(&mut self, sql: &str, rows: &[Vec<SqlValue>]) -> Result<u64, SqlError> {
        let mut prepared = self.prepare(sql)?;
        let mut done = 0;
        for row in rows {
            bind(&mut prepared, row)?;
            done += prepared.raw_execute().map_err(error)? as u64;
        }
        Ok(done)
    }
}
