//! What the layer asks of a driver.

use std::{future::Future, sync::Arc};

use iam_core::{
    model::{Kind, Record},
    port::StorageError,
    wire::{Code, Problem},
};
use uuid::Uuid;

use super::{Dialect, Statement, codec, inflight, statement::LIST};

/// The shape of a column or of a missing value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A whole number of 64 bits.
    Int,
    /// A small number: a flag, a kind.
    Small,
    /// A whole number that the database counts up, the primary key.
    Number,
    /// A UUID.
    Uuid,
    /// A search key: at most 1,024 bytes, compared bytewise.
    Key,
    /// A short name in ASCII.
    Name,
    /// Text of any length.
    Text,
    /// Bytes of any length.
    Blob,
}

/// A parameter or an answer, the same for every database.
#[derive(Clone, PartialEq)]
pub(crate) enum SqlValue {
    /// Nothing, with the shape that PostgreSQL wants to know.
    Null(Shape),
    /// A number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A UUID.
    Uuid(Uuid),
    /// Several values of a shape as one parameter; only PostgreSQL has such.
    List(Shape, Vec<SqlValue>),
    /// The short number of the plan's realm; filled in at commit.
    Realm,
    /// The revision; filled in at commit.
    Revision,
    /// A place in the journal: the revision and this ordinal; filled in at commit.
    Place(u32),
}

/// Parameters may be personal values: only their shape is shown.
impl std::fmt::Debug for SqlValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            SqlValue::Null(_) => "null",
            SqlValue::Int(_) => "int",
            SqlValue::Text(_) => "text",
            SqlValue::Blob(_) => "bytes",
            SqlValue::Uuid(_) => "uuid",
            SqlValue::List(..) => "list",
            SqlValue::Realm => "realm",
            SqlValue::Revision => "revision",
            SqlValue::Place(_) => "place",
        })
    }
}

impl From<i64> for SqlValue {
    fn from(value: i64) -> Self {
        SqlValue::Int(value)
    }
}
impl From<&str> for SqlValue {
    fn from(value: &str) -> Self {
        SqlValue::Text(value.to_owned())
    }
}
impl From<String> for SqlValue {
    fn from(value: String) -> Self {
        SqlValue::Text(value)
    }
}
impl From<Vec<u8>> for SqlValue {
    fn from(value: Vec<u8>) -> Self {
        SqlValue::Blob(value)
    }
}
impl From<Uuid> for SqlValue {
    fn from(value: Uuid) -> Self {
        SqlValue::Uuid(value)
    }
}
impl From<bool> for SqlValue {
    fn from(value: bool) -> Self {
        SqlValue::Int(i64::from(value))
    }
}
impl From<u64> for SqlValue {
    fn from(value: u64) -> Self {
        // Numbers of the library start small and count up; the limit is never met.
        SqlValue::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// The bits of a journal place that hold the ordinal; a plan has far fewer changes.
pub(crate) const ORDINAL_BITS: u32 = 20;

/// Fills the realm and the revision into rows.
pub(crate) fn fill(rows: &mut [Vec<SqlValue>], realm: i64, revision: i64) {
    for value in rows.iter_mut().flatten() {
        match value {
            SqlValue::Realm => *value = SqlValue::Int(realm),
            SqlValue::Revision => *value = SqlValue::Int(revision),
            SqlValue::Place(ordinal) => {
                *value = SqlValue::Int((revision << ORDINAL_BITS) | i64::from(*ordinal));
            }
            _ => {}
        }
    }
}

/// One row of an answer.
#[derive(Debug)]
pub(crate) struct Row(pub(crate) Vec<SqlValue>);

fn unexpected(place: usize, wanted: &str) -> StorageError {
    StorageError::corrupt(format!("column {place} of an answer is not {wanted}"))
}

impl Row {
    /// A number.
    pub(crate) fn int(&self, place: usize) -> Result<i64, StorageError> {
        match self.0.get(place) {
            Some(SqlValue::Int(value)) => Ok(*value),
            _ => Err(unexpected(place, "a number")),
        }
    }

    /// A number that is not negative.
    pub(crate) fn unsigned(&self, place: usize) -> Result<u64, StorageError> {
        u64::try_from(self.int(place)?).map_err(|_| unexpected(place, "a number from 0"))
    }

    /// A small number.
    pub(crate) fn byte(&self, place: usize) -> Result<u8, StorageError> {
        u8::try_from(self.int(place)?).map_err(|_| unexpected(place, "a small number"))
    }

    /// A number, or nothing.
    pub(crate) fn maybe_int(&self, place: usize) -> Result<Option<i64>, StorageError> {
        match self.0.get(place) {
            Some(SqlValue::Null(_)) => Ok(None),
            _ => self.int(place).map(Some),
        }
    }

    /// A text.
    pub(crate) fn text(&self, place: usize) -> Result<&str, StorageError> {
        match self.0.get(place) {
            Some(SqlValue::Text(value)) => Ok(value),
            Some(SqlValue::Blob(value)) => str::from_utf8(value).map_err(|_| unexpected(place, "a text")),
            _ => Err(unexpected(place, "a text")),
        }
    }

    /// A text, or nothing.
    pub(crate) fn maybe_text(&self, place: usize) -> Result<Option<String>, StorageError> {
        match self.0.get(place) {
            Some(SqlValue::Null(_)) => Ok(None),
            _ => self.text(place).map(|text| Some(text.to_owned())),
        }
    }

    /// Bytes.
    pub(crate) fn bytes(&self, place: usize) -> Result<&[u8], StorageError> {
        match self.0.get(place) {
            Some(SqlValue::Blob(value)) => Ok(value),
            Some(SqlValue::Text(value)) => Ok(value.as_bytes()),
            _ => Err(unexpected(place, "bytes")),
        }
    }

    /// A UUID.
    pub(crate) fn uuid(&self, place: usize) -> Result<Uuid, StorageError> {
        match self.0.get(place) {
            Some(SqlValue::Uuid(value)) => Ok(*value),
            Some(SqlValue::Blob(value)) => {
                Uuid::from_slice(value).map_err(|_| unexpected(place, "an identifier"))
            }
            _ => Err(unexpected(place, "an identifier")),
        }
    }

    /// A UUID, or nothing.
    pub(crate) fn maybe_uuid(&self, place: usize) -> Result<Option<Uuid>, StorageError> {
        match self.0.get(place) {
            Some(SqlValue::Null(_)) => Ok(None),
            _ => self.uuid(place).map(Some),
        }
    }
}

/// Why the database did not do it.
#[derive(Debug, Clone)]
pub(crate) enum SqlError {
    /// Others held it for longer than the time allowed.
    #[cfg_attr(not(feature = "sqlite"), expect(dead_code, reason = "only SQLite says so"))]
    Busy,
    /// The transaction lost against another one.
    #[cfg_attr(
        not(any(feature = "postgres", feature = "mysql")),
        expect(dead_code, reason = "only servers say so")
    )]
    Contention,
    /// A key is there already.
    Unique,
    /// The file or a page of it is damaged.
    Corrupt(String, Arc<dyn std::error::Error + Send + Sync>),
    /// Anything else.
    Failed(String, Arc<dyn std::error::Error + Send + Sync>),
}

impl SqlError {
    /// A failure with its cause.
    pub(crate) fn failed(
        message: impl Into<String>,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        SqlError::Failed(message.into(), Arc::new(source))
    }

    /// Damage with its cause.
    pub(crate) fn corrupt(
        message: impl Into<String>,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        SqlError::Corrupt(message.into(), Arc::new(source))
    }
}

impl From<SqlError> for StorageError {
    fn from(error: SqlError) -> Self {
        match error {
            SqlError::Busy => Problem::new(
                Code::Busy,
                "the database was busy for too long: somebody else was writing, or no connection was free",
            )
            .into(),
            // What the plan wanted to add was added meanwhile: with fresh facts the decision will say so.
            SqlError::Contention | SqlError::Unique => StorageError::Contention,
            SqlError::Corrupt(message, source) => Problem {
                source: Some(source),
                ..Problem::new(Code::Corrupt, message)
            }
            .into(),
            SqlError::Failed(message, source) => Problem {
                source: Some(source),
                ..Problem::new(Code::Storage, message)
            }
            .into(),
        }
    }
}

/// An insert of rows, whatever their number.
#[derive(Debug, Clone)]
pub(crate) struct Insert {
    /// `INSERT INTO table (columns) VALUES`.
    pub(crate) head: String,
    /// How many columns.
    pub(crate) columns: usize,
    /// What follows the rows.
    pub(crate) tail: String,
}

impl Insert {
    /// An insert into these columns.
    pub(crate) fn new(table: &str, columns: &[&str]) -> Insert {
        Insert::with("INSERT INTO", table, columns)
    }

    /// An insert with other first words.
    pub(crate) fn with(words: &str, table: &str, columns: &[&str]) -> Insert {
        Insert {
            head: format!("{words} {table} ({}) VALUES ", columns.join(", ")),
            columns: columns.len(),
            tail: String::new(),
        }
    }

    /// With words after the rows.
    pub(crate) fn tail(mut self, tail: impl Into<String>) -> Insert {
        self.tail = tail.into();
        self
    }

    /// The statement for some rows.
    pub(crate) fn statement(&self, dialect: Dialect, rows: &[Vec<SqlValue>]) -> Statement {
        let mut statement = Statement::new(dialect, &self.head);
        for (place, row) in rows.iter().enumerate() {
            statement.text(if place == 0 { "(" } else { ", (" });
            statement.values(row.iter().cloned());
            statement.text(")");
        }
        statement.text(&self.tail);
        statement
    }
}

/// A change of rows. Those that are made together touch different rows, so their order does not matter.
#[derive(Debug)]
pub(crate) enum Change {
    /// Adds rows.
    Insert(Insert, Vec<Vec<SqlValue>>),
    /// Adds rows whose keys nobody may have. Rows that are there already stay what they are, and the caller is told.
    Take(Insert, Vec<Vec<SqlValue>>),
    /// Deletes rows by all columns of their key.
    Delete {
        /// The table.
        table: &'static str,
        /// The columns.
        key: &'static [&'static str],
        /// Their values.
        rows: Vec<Vec<SqlValue>>,
    },
    /// Executes one statement for each row of parameters; only where a statement costs next to nothing.
    Each(String, Vec<Vec<SqlValue>>),
    /// Executes a statement.
    Execute(Statement),
}

/// A question of several that may be asked at once.
#[derive(Debug)]
pub(crate) enum Question {
    /// A statement, and what its columns are.
    One(Statement, &'static [Shape]),
    /// One statement for each row of parameters; only where a statement costs next to nothing.
    Each(String, Vec<Vec<SqlValue>>),
}

/// Asks one question after the other.
pub(crate) async fn one_by_one<S: Session + ?Sized>(
    session: &mut S,
    questions: &[Question],
) -> Result<Vec<Vec<Row>>, SqlError> {
    let mut answers = Vec::with_capacity(questions.len());
    for question in questions {
        answers.push(match question {
            Question::One(statement, _) => session.query(statement).await?,
            Question::Each(sql, rows) => session.query_each(sql, rows).await?,
        });
    }
    Ok(answers)
}

/// The answers to what was locked.
pub(crate) struct Locked {
    /// The rows of each statement.
    pub(crate) rows: Vec<Vec<Row>>,
    /// The revision of the commit, where it was drawn on the same way.
    pub(crate) revision: Option<i64>,
}

/// Looks at the answers to questions before anything is made of them.
pub(crate) type Judge<'a> = &'a mut (dyn FnMut(&[Vec<Row>]) -> Result<(), StorageError> + Send);

/// An open connection, inside of the transaction that its owner has opened. Each call is one exchange with the
/// database and is counted.
pub(crate) trait Session: Send {
    /// Which database.
    fn dialect(&self) -> Dialect;

    /// Asks.
    fn query(&mut self, statement: &Statement) -> impl Future<Output = Result<Vec<Row>, SqlError>> + Send;

    /// Asks for records of a kind: a select of the columns that make one.
    fn records(
        &mut self,
        kind: Kind,
        statement: &Statement,
    ) -> impl Future<Output = Result<Vec<Arc<Record>>, StorageError>> + Send {
        async move {
            let rows = self.query(statement).await?;
            rows.iter().map(|row| codec::record(kind, row, 0)).collect()
        }
    }

    /// Asks one question for each row of parameters; the answers in a row. Only for where a statement costs next to
    /// nothing.
    fn query_each(
        &mut self,
        sql: &str,
        rows: &[Vec<SqlValue>],
    ) -> impl Future<Output = Result<Vec<Row>, SqlError>> + Send {
        async move {
            let mut answers = Vec::new();
            for row in rows {
                let statement = Statement::prepared(self.dialect(), sql, row.clone());
                answers.append(&mut self.query(&statement).await?);
            }
            Ok(answers)
        }
    }

    /// Asks several questions, the answers in their order.
    fn query_all(
        &mut self,
        questions: &[Question],
    ) -> impl Future<Output = Result<Vec<Vec<Row>>, SqlError>> + Send {
        one_by_one(self, questions)
    }

    /// Changes; answers with the number of rows.
    fn execute(&mut self, statement: &Statement) -> impl Future<Output = Result<u64, SqlError>> + Send;

    /// Called before anything of a commit is read. Where many servers write side by side, the commit's place among the
    /// others is settled here, so that everything it reads afterwards belongs to that place.
    fn begin(&mut self) -> impl Future<Output = Result<(), SqlError>> + Send {
        async { Ok(()) }
    }

    /// Inserts one row into a table that counts; answers with the number it got, which is in this column.
    fn insert_numbered(
        &mut self,
        statement: Statement,
        column: &str,
    ) -> impl Future<Output = Result<i64, SqlError>> + Send;

    /// Inserts rows, many in one statement.
    fn insert(
        &mut self,
        insert: &Insert,
        rows: &[Vec<SqlValue>],
    ) -> impl Future<Output = Result<u64, SqlError>> + Send {
        async move {
            let mut done = 0;
            // Full statements are alike and stay prepared; the rest is small or not worth keeping.
            let size = (self.dialect().parameters() / insert.columns.max(1)).clamp(1, 250);
            for chunk in rows.chunks(size) {
                let statement = insert.statement(self.dialect(), chunk);
                done += self.execute(&statement).await?;
            }
            Ok(done)
        }
    }

    /// Takes the announcement of a commit back, where there is one, and locks and reads what the commit depends on. All
    /// statements have the same columns.
    fn lock(
        &mut self,
        announced: Option<i64>,
        statements: &[Statement],
    ) -> impl Future<Output = Result<Locked, StorageError>> + Send {
        async move {
            if let Some(number) = announced {
                inflight::depart(self, number).await?;
            }
            let mut rows = Vec::with_capacity(statements.len());
            for statement in statements {
                rows.push(self.query(statement).await?);
            }
            Ok(Locked { rows, revision: None })
        }
    }

    /// Asks questions, all with the same columns (bytes and three numbers), has the answers judged, and makes changes.
    /// The questions are answered as of before the changes. Says whether all names could be taken; if not, or if there
    /// is an error, the transaction has to be rolled back.
    fn together(
        &mut self,
        questions: &[Statement],
        judge: Judge<'_>,
        changes: Vec<Change>,
    ) -> impl Future<Output = Result<bool, StorageError>> + Send {
        async move {
            let mut answers = Vec::with_capacity(questions.len());
            for question in questions {
                answers.push(self.query(question).await?);
            }
            judge(&answers)?;
            for change in changes {
                if !self.change(change).await? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }

    /// Makes one change; says whether all names could be taken.
    fn change(&mut self, change: Change) -> impl Future<Output = Result<bool, SqlError>> + Send {
        async move {
            match change {
                Change::Insert(insert, rows) => {
                    self.insert(&insert, &rows).await?;
                }
                Change::Take(insert, rows) => {
                    return match self.insert(&insert, &rows).await {
                        Ok(count) => Ok(count == rows.len() as u64),
                        Err(SqlError::Unique) => Ok(false),
                        Err(error) => Err(error),
                    };
                }
                Change::Delete { table, key, rows } if self.dialect() == Dialect::Sqlite => {
                    let key: Vec<String> = key.iter().map(|column| format!("{column} = ?")).collect();
                    let text = format!("DELETE FROM {table} WHERE {}", key.join(" AND "));
                    self.each(&text, &rows).await?;
                }
                Change::Delete { table, key, rows } => {
                    for chunk in rows.chunks(LIST) {
                        let head = format!("DELETE FROM {table} WHERE ({}) IN (", key.join(", "));
                        let mut statement = Statement::new(self.dialect(), &head);
                        for (place, row) in chunk.iter().enumerate() {
                            statement
                                .text(if place == 0 { "(" } else { ", (" })
                                .values(row.iter().cloned())
                                .text(")");
                        }
                        statement.text(")");
                        self.execute(&statement).await?;
                    }
                }
                Change::Each(text, rows) => {
                    self.each(&text, &rows).await?;
                }
                Change::Execute(statement) => {
                    self.execute(&statement).await?;
                }
            }
            Ok(true)
        }
    }

    /// Executes one statement for each row of parameters. Only worth it where a statement costs next to nothing.
    fn each(
        &mut self,
        sql: &str,
        rows: &[Vec<SqlValue>],
    ) -> impl Future<Output = Result<u64, SqlError>> + Send {
        async move {
            let mut done = 0;
            for row in rows {
                let statement = Statement::prepared(self.dialect(), sql, row.clone());
                done += self.execute(&statement).await?;
            }
            Ok(done)
        }
    }
}
