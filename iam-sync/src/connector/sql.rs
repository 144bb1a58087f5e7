//! Tables and views of a database (PostgreSQL, MySQL and MariaDB, SQLite).
//!
//! A table is read in one statement, so that all of it is of one moment; rows come as they are asked for. Nothing of an
//! administrator's is ever part of a statement but names of tables and columns, which are checked and quoted. Whoever needs
//! a condition makes a view.

use std::time::Duration;

use async_trait::async_trait;
use iam_core::{
    model::{
        Capabilities, Configuration, ConfigurationField, ConnectorDescriptor, FieldType, Required, SyncKind,
        Value,
    },
    port::{
        Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Presence, Read, Secrets,
        SourceObject,
    },
};
use sqlx::{
    AssertSqlSafe, Column, ConnectOptions, Connection as _, Executor, Row, SqlSafeStr, Statement, TypeInfo,
};
use tokio::sync::mpsc;

use super::Fields;

/// Rows that wait between the database and the run.
const AHEAD: usize = 1000;

/// Reads tables and views of a database.
///
/// The object class of a kind is the table, `schema.table` where it lies in another schema.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tables;

#[async_trait]
impl Connector for Tables {
    fn descriptor(&self) -> ConnectorDescriptor {
        let field = |name: &str, label: &str, field_type, required| ConfigurationField {
            name: name.to_owned(),
            label: label.to_owned(),
            field_type,
            required,
            ..ConfigurationField::default()
        };
        ConnectorDescriptor {
            name: "sql".to_owned(),
            title: "Tables and views of a database".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            fields: vec![
                field(
                    "url",
                    "Address of the database, with user and password",
                    FieldType::Secret,
                    Required::Always,
                ),
                field(
                    "identifier",
                    "Column that identifies a row",
                    FieldType::Text,
                    Required::Always,
                ),
                field(
                    "name",
                    "Column by which others name a row",
                    FieldType::Text,
                    Required::Never,
                ),
                field(
                    "identifiers",
                    "Identifying column by table",
                    FieldType::Object,
                    Required::Never,
                ),
            ],
            capabilities: Capabilities::default(),
            ..ConnectorDescriptor::default()
        }
    }

    async fn open(
        &self,
        configuration: &Configuration,
        secrets: &dyn Secrets,
    ) -> Result<Box<dyn Connection>, ConnectorError> {
        let fields = Fields {
            configuration,
            secrets,
        };
        let url = fields
            .secret("url")?
            .ok_or_else(|| Fields::wrong("url", "must be filled in"))?;
        let identifiers = match configuration.get("identifiers") {
            Some(Value::Object(object)) => object
                .iter()
                .filter_map(|(table, column)| Some((table.clone(), column.as_text()?.to_owned())))
                .collect(),
            _ => Vec::new(),
        };
        let database = match url.split(':').next().unwrap_or_default() {
            "postgres" | "postgresql" => Database::Postgres,
            "mysql" | "mariadb" => Database::Mysql,
            "sqlite" => Database::Sqlite,
            _ => return Err(Fields::wrong("url", "begins with postgres:, mysql: or sqlite:")),
        };
        let mut rows = Cells {
            database,
            url,
            identifier: fields.required("identifier")?.to_owned(),
            name: fields.text("name").map(str::to_owned),
            identifiers,
            open: None,
        };
        // Whether it can be reached shows now.
        rows.columns("SELECT 1 AS one").await?;
        Ok(Box::new(rows))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Database {
    Postgres,
    Mysql,
    Sqlite,
}

/// A row on its way, or the end.
enum Message {
    Row(Vec<Option<String>>),
    End(Result<(), ConnectorError>),
}

struct Open {
    receive: mpsc::Receiver<Message>,
    task: tokio::task::JoinHandle<()>,
    columns: Vec<String>,
    cursor: u64,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Cells {
    database: Database,
    url: String,
    identifier: String,
    name: Option<String>,
    identifiers: Vec<(String, String)>,
    open: Option<Open>,
}

impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cells({:?})", self.database)
    }
}

fn failed(error: sqlx::Error) -> ConnectorError {
    match &error {
        sqlx::Error::Database(database) => {
            let said = database.message().to_owned();
            match database.code().as_deref() {
                Some("28P01" | "28000" | "42501" | "1045" | "1044" | "1142") => ConnectorError::Denied(said),
                Some("42P01" | "1146") => Fields::wrong("object_class", said),
                _ => ConnectorError::Protocol(said),
            }
        }
        // The address is part of some errors, and holds the password.
        sqlx::Error::Configuration(_) => Fields::wrong("url", "is no address of a database"),
        _ => ConnectorError::Unreachable(error.to_string()),
    }
}

/// A name of a table or column in quotes; every part is checked.
fn quoted(database: Database, name: &str) -> Option<String> {
    let quote = if database == Database::Mysql { '`' } else { '"' };
    let mut parts = Vec::new();
    for part in name.split('.') {
        let fits = !part.is_empty() && part.len() <= 128 && !part.contains(['"', '`', '\0', '\\', '\'']);
        if !fits {
            return None;
        }
        parts.push(format!("{quote}{part}{quote}"));
    }
    (parts.len() <= 3).then(|| parts.join("."))
}

macro_rules! connect {
    ($options:ty, $url:expr) => {{
        let options: $options = $url
            .parse()
            .map_err(|_| Fields::wrong("url", "is no address of a database"))?;
        let wait = tokio::time::timeout(
            Duration::from_secs(15),
            options.disable_statement_logging().connect(),
        )
        .await;
        wait.map_err(|_| ConnectorError::Unreachable("the database does not answer".to_owned()))?
            .map_err(failed)
    }};
}

/// Sends every row of a statement, and the end.
macro_rules! follow {
    ($connection:expr, $sql:expr, $count:expr, $send:expr) => {{
        use futures_util::TryStreamExt;
        let mut connection = $connection;
        let statement = AssertSqlSafe($sql).into_sql_str();
        let mut stream = connection.fetch(sqlx::raw_sql(statement));
        loop {
            let message = match stream.try_next().await {
                Ok(Some(row)) => {
                    let cells: Result<Vec<Option<String>>, sqlx::Error> = (0..$count)
                        .map(|place| row.try_get::<Option<String>, _>(place))
                        .collect();
                    match cells {
                        Ok(cells) => Message::Row(cells),
                        Err(error) => Message::End(Err(failed(error))),
                    }
                }
                Ok(None) => Message::End(Ok(())),
                Err(error) => Message::End(Err(failed(error))),
            };
            let last = matches!(message, Message::End(_));
            if $send.send(message).await.is_err() || last {
                break;
            }
        }
    }};
}

impl Cells {
    /// The columns of a statement and whether each is binary.
    async fn columns(&mut self, sql: &str) -> Result<Vec<(String, bool)>, ConnectorError> {
        let statement = || AssertSqlSafe(sql.to_owned()).into_sql_str();
        macro_rules! described {
            ($options:ty) => {{
                let mut connection = connect!($options, self.url)?;
                let described = connection.prepare(statement()).await.map_err(failed)?;
                let columns = described
                    .columns()
                    .iter()
                    .map(|column| {
                        let binary = matches!(
                            column.type_info().name(),
                            "BYTEA" | "BLOB" | "BINARY" | "VARBINARY"
                        );
                        (column.name().to_owned(), binary)
                    })
                    .collect();
                let _ = connection.close().await;
                columns
            }};
        }
        Ok(match self.database {
            Database::Postgres => described!(sqlx::postgres::PgConnectOptions),
            Database::Mysql => described!(sqlx::mysql::MySqlConnectOptions),
            Database::Sqlite => described!(sqlx::sqlite::SqliteConnectOptions),
        })
    }

    async fn start(&mut self, table: &str) -> Result<Open, ConnectorError> {
        let wrong = || Fields::wrong("object_class", "is the name of a table");
        let from = quoted(self.database, table).ok_or_else(wrong)?;
        let columns = self.columns(&format!("SELECT * FROM {from}")).await?;
        let mut list = Vec::with_capacity(columns.len());
        for (name, binary) in &columns {
            let column = quoted(self.database, name).ok_or_else(wrong)?;
            // Everything comes as text; what is binary in hexadecimal.
            list.push(match (self.database, binary) {
                (Database::Postgres, true) => format!("encode({column}, 'hex')"),
                (Database::Postgres, false) => format!("CAST({column} AS text)"),
                // A text with a binary collation is described like bytes; only its character set tells.
                (Database::Mysql, true) => format!(
                    "IF(CHARSET({column}) = 'binary', HEX({column}), CONVERT({column} USING utf8mb4))"
                ),
                (_, true) => format!("HEX({column})"),
                (Database::Mysql, false) => format!("CONVERT({column} USING utf8mb4)"),
                (Database::Sqlite, false) => format!("CAST({column} AS TEXT)"),
            });
        }
        let sql = format!("SELECT {} FROM {from}", list.join(", "));
        let count = columns.len();
        let (send, receive) = mpsc::channel(AHEAD);
        let task = match self.database {
            Database::Postgres => {
                let connection = connect!(sqlx::postgres::PgConnectOptions, self.url)?;
                tokio::spawn(async move { follow!(connection, sql, count, send) })
            }
            Database::Mysql => {
                let connection = connect!(sqlx::mysql::MySqlConnectOptions, self.url)?;
                tokio::spawn(async move { follow!(connection, sql, count, send) })
            }
            Database::Sqlite => {
                let connection = connect!(sqlx::sqlite::SqliteConnectOptions, self.url)?;
                tokio::spawn(async move { follow!(connection, sql, count, send) })
            }
        };
        Ok(Open {
            receive,
            task,
            columns: columns.into_iter().map(|(name, _)| name).collect(),
            cursor: 0,
        })
    }

    fn object(
        &self,
        columns: &[String],
        column: &str,
        cells: Vec<Option<String>>,
    ) -> Result<SourceObject, String> {
        let place = |name: &str| columns.iter().position(|known| known.eq_ignore_ascii_case(name));
        let cell = |name: &str| place(name).and_then(|place| cells.get(place)?.clone());
        let identifier = cell(column).filter(|text| !text.is_empty());
        let Some(identifier) = identifier else {
            return Err(format!("a row has no `{column}`"));
        };
        let mut object = SourceObject::new(identifier);
        object.name = self
            .name
            .as_deref()
            .and_then(cell)
            .filter(|name| !name.is_empty());
        for (name, value) in columns.iter().zip(cells) {
            if let Some(value) = value {
                object.attributes.insert(name.clone(), value.into());
            }
        }
        Ok(object)
    }
}

fn table_of(read: &Read) -> &str {
    match (read.object_class.as_str(), read.kind) {
        ("", SyncKind::Organization) => "organizations",
        ("", SyncKind::Position) => "positions",
        ("", SyncKind::Group) => "groups",
        ("", SyncKind::User) => "users",
        ("", SyncKind::Membership) => "memberships",
        (table, _) => table,
    }
}

#[async_trait]
impl Connection for Cells {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        let sql = match self.database {
            Database::Postgres => {
                "SELECT table_schema || '.' || table_name FROM information_schema.tables \
                 WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
            }
            Database::Mysql => {
                "SELECT CONVERT(table_name USING utf8mb4) FROM information_schema.tables \
                 WHERE table_schema = DATABASE() ORDER BY 1"
            }
            Database::Sqlite => "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY 1",
        };
        macro_rules! names {
            ($options:ty) => {{
                let mut connection = connect!($options, self.url)?;
                let rows = connection
                    .fetch_all(sqlx::raw_sql(sql))
                    .await
                    .map_err(failed)?;
                rows.iter()
                    .map(|row| row.try_get::<String, _>(0).map_err(failed))
                    .collect::<Result<Vec<_>, _>>()?
            }};
        }
        let names = match self.database {
            Database::Postgres => names!(sqlx::postgres::PgConnectOptions),
            Database::Mysql => names!(sqlx::mysql::MySqlConnectOptions),
            Database::Sqlite => names!(sqlx::sqlite::SqliteConnectOptions),
        };
        let mut classes = Vec::new();
        for name in names.into_iter().take(200) {
            let Some(from) = quoted(self.database, &name) else {
                continue;
            };
            let columns = self.columns(&format!("SELECT * FROM {from}")).await?;
            classes.push(ObjectClass {
                name,
                attributes: columns.into_iter().map(|(name, _)| name).collect(),
            });
        }
        Ok(classes)
    }

    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        super::without_filter(read)?;
        let table = table_of(read);
        let mut open = match (cursor, self.open.take()) {
            (None, _) => self.start(table).await?,
            (Some(cursor), Some(open)) if open.cursor.to_string() == cursor.0 => open,
            (Some(_), _) => {
                return Err(ConnectorError::Protocol(
                    "a page of a table can only be read after the one before it".to_owned(),
                ));
            }
        };
        let column = self
            .identifiers
            .iter()
            .find(|(of, _)| of == table)
            .map_or(self.identifier.as_str(), |(_, column)| column.as_str())
            .to_owned();
        if !open
            .columns
            .iter()
            .any(|known| known.eq_ignore_ascii_case(&column))
        {
            return Err(Fields::wrong(
                "identifier",
                format!("{table} has no column “{column}”"),
            ));
        }
        let mut objects = Objects::default();
        while objects.objects.len() < read.page_size as usize {
            match open.receive.recv().await {
                Some(Message::Row(cells)) => match self.object(&open.columns, &column, cells) {
                    Ok(object) => objects.objects.push(object),
                    Err(problem) => objects.unreadable.push(problem),
                },
                Some(Message::End(Ok(()))) => {
                    objects.presence = Presence::Everything;
                    return Ok(objects);
                }
                Some(Message::End(Err(error))) => return Err(error),
                None => return Err(ConnectorError::Unreachable("the connection ended".to_owned())),
            }
        }
        open.cursor += 1;
        objects.next = Some(Cursor(open.cursor.to_string()));
        self.open = Some(open);
        Ok(objects)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_and_nothing_gets_out_of_the_quotes() {
        assert_eq!(
            quoted(Database::Postgres, "hr.staff").as_deref(),
            Some(r#""hr"."staff""#)
        );
        assert_eq!(
            quoted(Database::Mysql, "staff list").as_deref(),
            Some("`staff list`")
        );
        for evil in ["", "a\"; DROP TABLE x; --", "a`b", "a..b", "a.b.c.d", "a\\"] {
            assert_eq!(quoted(Database::Sqlite, evil), None, "{evil}");
        }
    }
}
