//! Migrations: numbered, forward only, with a checksum each.
//!
//! A migration that was carried out is never changed. Where statements of the schema take part in transactions
//! (SQLite, PostgreSQL) a migration is done or not done; elsewhere each statement is harmless when repeated, and a
//! migration that was begun and not finished is done again.

use std::time::{SystemTime, UNIX_EPOCH};

use iam_core::{
    port::StorageError,
    wire::{Code, Problem, hex},
};
use sha2::{Digest, Sha256};

use super::{Dialect, Session, Shape, Statement, layout, table::Table};

/// A step from one layout to the next.
struct Migration {
    number: i64,
    name: &'static str,
    statements: fn(Dialect) -> Vec<String>,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "tables",
        statements: |dialect| create(dialect, &layout::tables()),
    },
    Migration {
        number: 2,
        name: "access",
        statements: |dialect| create(dialect, &layout::access()),
    },
    Migration {
        number: 3,
        name: "credentials",
        statements: |dialect| create(dialect, &layout::credentials()),
    },
    Migration {
        number: 4,
        name: "sign-in",
        statements: |dialect| create(dialect, &layout::sign_in()),
    },
    Migration {
        number: 5,
        name: "identity sources",
        statements: |dialect| create(dialect, &layout::sync_tables()),
    },
    Migration {
        number: 10,
        name: "journal as bytes",
        statements: |dialect| match dialect {
            // A column takes what it is given.
            Dialect::Sqlite => Vec::new(),
            Dialect::Postgres => vec![
                "ALTER TABLE iam_journal ALTER COLUMN delta TYPE BYTEA USING convert_to(delta, 'UTF8')"
                    .to_owned(),
            ],
            Dialect::Mysql => vec!["ALTER TABLE iam_journal MODIFY delta LONGBLOB NOT NULL".to_owned()],
        },
    },
    Migration {
        number: 11,
        name: "more columns",
        statements: layout::more_columns,
    },
];

/// The statements that make tables, with SQLite's fixed statistics of them.
fn create(dialect: Dialect, tables: &[Table]) -> Vec<String> {
    let mut statements: Vec<_> = tables.iter().flat_map(|table| table.create(dialect)).collect();
    if dialect == Dialect::Sqlite {
        statements.extend(layout::statistics(tables));
    }
    statements
}

fn checksum(statements: &[String]) -> String {
    let mut hash = Sha256::new();
    for statement in statements {
        hash.update(statement.as_bytes());
        hash.update(b";\n");
    }
    let mut text = hex(&hash.finalize());
    text.truncate(32);
    text
}

fn register() -> Table {
    Table::new("iam_migration")
        .column("number", Shape::Int)
        .column("name", Shape::Name)
        .column("checksum", Shape::Name)
        .column("started_at", Shape::Int)
        .column("finished_at", Shape::Int)
        .primary(&["number"])
}

fn version(message: String) -> StorageError {
    Problem::new(Code::StorageVersion, message).into()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// What is still to be done, given what the database says was done: number, checksum, finished. Refuses a database
/// that was written by a later version, or whose migrations were others.
fn due(dialect: Dialect, done: &[(i64, String, bool)]) -> Result<Vec<&'static Migration>, StorageError> {
    for (number, stored, _) in done {
        let Some(known) = MIGRATIONS.iter().find(|migration| migration.number == *number) else {
            return Err(version(format!(
                "the database has migration {number}, which this version does not know"
            )));
        };
        if *stored != checksum(&(known.statements)(dialect)) {
            return Err(version(format!(
                "migration {number} ({}) was another one when it was done",
                known.name
            )));
        }
    }
    let finished = |number| {
        done.iter()
            .any(|(done, _, finished)| *done == number && *finished)
    };
    Ok(MIGRATIONS
        .iter()
        .filter(|migration| !finished(migration.number))
        .collect())
}

async fn done<S: Session>(session: &mut S) -> Result<Vec<(i64, String, bool)>, StorageError> {
    let statement = Statement::new(
        session.dialect(),
        "SELECT number, checksum, finished_at FROM iam_migration ORDER BY number",
    );
    let rows = session.query(&statement).await?;
    rows.iter()
        .map(|row| Ok((row.int(0)?, row.text(1)?.to_owned(), row.int(2)? > 0)))
        .collect()
}

/// Refuses a database whose layout is not the one of this version, without changing it. For databases that can only
/// be read.
pub(crate) async fn check<S: Session>(session: &mut S) -> Result<(), StorageError> {
    let done = done(session).await?;
    match due(session.dialect(), &done)?.first() {
        None => Ok(()),
        Some(next) => Err(version(format!(
            "the database lacks migration {} ({}), and cannot be written to",
            next.number, next.name
        ))),
    }
}

/// Whether a statement adds a column that is there: neither MySQL, which does not take a statement of the schema back, nor
/// SQLite has `ADD COLUMN IF NOT EXISTS`.
async fn has_column<S: Session>(session: &mut S, text: &str) -> Result<bool, StorageError> {
    let altered = text.strip_prefix("ALTER TABLE ");
    let Some((table, added)) = altered.and_then(|rest| rest.split_once(" ADD COLUMN ")) else {
        return Ok(false);
    };
    let column = added.split(' ').next().unwrap_or_default();
    let columns = match session.dialect() {
        Dialect::Sqlite => {
            "SELECT COUNT(*) FROM (SELECT m.name AS table_name, c.name AS column_name FROM sqlite_schema m, \
             pragma_table_info(m.name) c) WHERE table_name = "
        }
        Dialect::Postgres => {
            "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = "
        }
        Dialect::Mysql => {
            "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = "
        }
    };
    let mut statement = Statement::new(session.dialect(), columns);
    statement.bind(table).text(" AND column_name = ").bind(column);
    let rows = session.query(&statement).await?;
    Ok(rows.first().map_or(Ok(0), |row| row.int(0))? > 0)
}

/// Brings the layout up to date. The caller keeps other processes from doing the same, and opens a transaction where
/// that includes the schema. Answers with the number of migrations that were carried out.
pub(crate) async fn migrate<S: Session>(session: &mut S) -> Result<usize, StorageError> {
    let dialect = session.dialect();
    for text in register().create(dialect) {
        session.execute(&Statement::new(dialect, &text)).await?;
    }
    let done = done(session).await?;
    let due = due(dialect, &done)?;
    for migration in &due {
        let statements = (migration.statements)(dialect);
        if !done.iter().any(|(number, ..)| *number == migration.number) {
            let mut statement = Statement::new(
                dialect,
                "INSERT INTO iam_migration (number, name, checksum, started_at, finished_at) VALUES (",
            );
            statement.values([
                migration.number.into(),
                migration.name.into(),
                checksum(&statements).into(),
                now().into(),
                0i64.into(),
            ]);
            statement.text(")");
            session.execute(&statement).await?;
        }
        for text in &statements {
            if has_column(session, text).await? {
                continue;
            }
            session.execute(&Statement::new(dialect, text)).await?;
        }
        let mut statement = Statement::new(dialect, "UPDATE iam_migration SET finished_at = ");
        statement
            .bind(now())
            .text(" WHERE number = ")
            .bind(migration.number);
        session.execute(&statement).await?;
    }
    Ok(due.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever changes a finished migration makes every existing database unreadable: add another one instead.
    #[test]
    fn finished_migrations_stay_as_they_are() {
        let sums: Vec<_> = [Dialect::Sqlite, Dialect::Postgres, Dialect::Mysql]
            .map(|dialect| {
                MIGRATIONS
                    .iter()
                    .map(|m| checksum(&(m.statements)(dialect)))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .to_vec();
        assert_eq!(sums, include_str!("migrations.sums").lines().collect::<Vec<_>>());
    }

    #[test]
    fn what_is_due_follows_from_what_was_done() {
        let sum = |number: i64| {
            let migration = MIGRATIONS.iter().find(|m| m.number == number).unwrap();
            checksum(&(migration.statements)(Dialect::Sqlite))
        };
        let numbers = |done: &[(i64, String, bool)]| {
            due(Dialect::Sqlite, done).map(|due| due.iter().map(|m| m.number).collect::<Vec<_>>())
        };
        assert_eq!(numbers(&[]).unwrap().first(), Some(&1));
        assert_eq!(
            numbers(&[(1, sum(1), false)]).unwrap().first(),
            Some(&1),
            "begun, not finished"
        );
        assert!(!numbers(&[(1, sum(1), true)]).unwrap().contains(&1));
        for wrong in [(1, "other".to_owned(), true), (9_999, sum(1), true)] {
            match numbers(&[wrong]).unwrap_err() {
                StorageError::Failed(problem) => assert_eq!(problem.code, Code::StorageVersion),
                other => panic!("{other}"),
            }
        }
    }
}
