//! A connection to MySQL or MariaDB as a session of the shared layer. Every statement passes through here.

use std::{
    ops::DerefMut,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::{
    AssertSqlSafe, Column, MySql, MySqlConnection, Row as _, TypeInfo, ValueRef,
    mysql::{MySqlArguments, MySqlDatabaseError, MySqlRow},
    query::Query,
};

use crate::sql::{Dialect, Row, Session, Shape, SqlError, SqlValue, Statement};

/// A session on a connection, or on something that holds one.
pub(super) struct MysqlSession<C> {
    pub(super) connection: C,
    pub(super) statements: Arc<AtomicU64>,
    /// A node of a Galera cluster: the nodes' own counters give numbers that say nothing about order.
    pub(super) cluster: bool,
    /// The revision of the commit under way, in a cluster.
    pub(super) next: Option<i64>,
}

/// Longer statements are of odd sizes and not worth keeping.
const KEEP: usize = 8_192;

/// What an error of MySQL means to us.
pub(super) fn error(error: sqlx::Error) -> SqlError {
    let number = error
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<MySqlDatabaseError>())
        .map(MySqlDatabaseError::number);
    match (number, &error) {
        // Deadlock (of a cluster, too), lock wait timeout, record changed since last read; a server that only reads.
        (Some(1213 | 1205 | 1020 | 1290 | 1792 | 3572), _) => SqlError::Contention,
        (Some(1062), _) => SqlError::Unique,
        (Some(1021 | 1114), _) => SqlError::failed("the disk is full", error),
        // A table or an index that is damaged, or whose file is not there any more.
        (Some(1034 | 1194 | 1195 | 1712 | 1812 | 1932), _) => {
            SqlError::corrupt("the database is damaged", error)
        }
        (None, sqlx::Error::PoolTimedOut) => SqlError::Busy,
        (None, _) => SqlError::failed("the database server cannot be reached", error),
        _ => SqlError::failed("the database server refused", error),
    }
}

impl<C: DerefMut<Target = MySqlConnection> + Send> MysqlSession<C> {
    fn query_of<'q>(&self, statement: &'q Statement) -> Result<Query<'q, MySql, MySqlArguments>, SqlError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let mut query =
            sqlx::query(AssertSqlSafe(statement.sql.clone())).persistent(statement.sql.len() <= KEEP);
        for value in &statement.parameters {
            query = match value {
                SqlValue::Null(Shape::Int | Shape::Number | Shape::Small) => query.bind(None::<i64>),
                SqlValue::Null(Shape::Text | Shape::Name) => query.bind(None::<String>),
                SqlValue::Null(Shape::Uuid | Shape::Key | Shape::Blob) => query.bind(None::<Vec<u8>>),
                SqlValue::Int(value) => query.bind(*value),
                SqlValue::Text(value) => query.bind(value.as_str()),
                SqlValue::Blob(value) => query.bind(value.as_slice()),
                SqlValue::Uuid(value) => query.bind(value.as_bytes().as_slice()),
                SqlValue::List(..) | SqlValue::Realm | SqlValue::Revision | SqlValue::Place(_) => {
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

fn row(row: &MySqlRow) -> Result<Row, SqlError> {
    let mut values = Vec::with_capacity(row.len());
    for column in row.columns() {
        let place = column.ordinal();
        if row.try_get_raw(place).map_err(error)?.is_null() {
            values.push(SqlValue::Null(Shape::Text));
            continue;
        }
        let name = column.type_info().name();
        let value = if name.contains("INT") {
            row.try_get_unchecked(place).map(SqlValue::Int)
        } else if name.contains("CHAR") || name.contains("TEXT") {
            row.try_get_unchecked(place).map(SqlValue::Text)
        } else {
            row.try_get_unchecked(place).map(SqlValue::Blob)
        };
        values.push(value.map_err(error)?);
    }
    Ok(Row(values))
}

impl<C: DerefMut<Target = MySqlConnection> + Send> Session for MysqlSession<C> {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
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

    /// In a cluster a revision is one more than the greatest that is there, and it is settled before anything else is
    /// read. Writers of this node take turns by a lock on a row that nobody writes. Writers of other nodes meet at the
    /// primary key, in the certification: whoever took the same number and comes second decides again. So a greater
    /// revision is seen nowhere without every smaller one, and what a commit has read is the state after the one before.
    async fn begin(&mut self) -> Result<(), SqlError> {
        if !self.cluster {
            return Ok(());
        }
        self.control("SELECT number FROM iam_migration WHERE number = 1 FOR UPDATE")
            .await?;
        let latest = Statement::new(Dialect::Mysql, "SELECT COALESCE(MAX(revision), 0) FROM iam_audit");
        self.next = match self.query(&latest).await?.first().map(|row| row.0.as_slice()) {
            Some([SqlValue::Int(latest), ..]) => Some(latest + 1),
            _ => return Err(SqlError::failed("an answer is missing", std::fmt::Error)),
        };
        Ok(())
    }

    /// MySQL cannot return what it inserted, but tells the number.
    async fn insert_numbered(&mut self, mut statement: Statement, column: &str) -> Result<i64, SqlError> {
        if column == "revision"
            && let Some(next) = self.next.take()
        {
            statement.sql = statement.sql.replacen(" (", " (revision, ", 1).replacen(
                "VALUES (",
                &format!("VALUES ({next}, "),
                1,
            );
            self.execute(&statement).await?;
            return Ok(next);
        }
        let query = self.query_of(&statement)?;
        let done = query.execute(&mut *self.connection).await.map_err(error)?;
        Ok(i64::try_from(done.last_insert_id()).unwrap_or(i64::MAX))
    }
}
