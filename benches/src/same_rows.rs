//! A program that writes exactly the rows that the library has written, commit by commit, and does nothing else: what one
//! durable command costs at least, given what it keeps. It works on a copy of the library's database, and in the end both
//! files must hold the same.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::Arc,
};

use iam_core::model::Kind;
use rusqlite::{Connection, types::ValueRef};

use crate::{
    measure::{Effort, Figures, timed},
    program::{Failure, Operation, Subject},
    raw_sqlite::{WRITER_CACHE, connect},
    world::World,
};

/// The tables that a new person is written to, in the order in which the library writes them, and the commit of each row.
const TABLES: [(&str, &str); 7] = [
    ("iam_audit", "SELECT t.revision, t.* FROM iam_audit t WHERE t.revision > ?1"),
    (
        "iam_claim",
        "SELECT u.revision, t.* FROM iam_user u JOIN iam_claim t ON t.realm = u.realm AND t.kind = ?2 AND t.holder = u.id
         WHERE u.revision > ?1",
    ),
    ("iam_user", "SELECT t.revision, t.* FROM iam_user t WHERE t.revision > ?1"),
    (
        "iam_attribute_key",
        "SELECT u.revision, t.* FROM iam_user u JOIN iam_attribute_key t ON t.realm = u.realm AND t.kind = ?2 AND t.id = u.id
         WHERE u.revision > ?1",
    ),
    ("iam_edge", "SELECT t.revision, t.* FROM iam_edge t WHERE t.revision > ?1"),
    ("iam_journal", "SELECT t.place >> 20, t.* FROM iam_journal t WHERE t.place >> 20 > ?1"),
    ("iam_outbox", "SELECT t.revision, t.* FROM iam_outbox t WHERE t.revision > ?1"),
];

/// A row and the place of its table.
type Written = (usize, Vec<rusqlite::types::Value>);

/// Single durable commands beside the same rows, written by hand.
///
/// # Errors
/// When a program fails, or the two files differ in the end.
pub async fn compare(
    world: &Arc<World>,
    ours: &mut Subject,
    file: &Path,
    copy: &Path,
    effort: Effort,
) -> Result<Figures, Failure> {
    let look = Connection::open(file)?;
    look.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    fs::copy(file, copy)?;
    let twin = connect(copy, WRITER_CACHE, rusqlite::OpenFlags::default())?;
    let inserts = inserts(&twin)?;
    let mut figures = Figures {
        name: "one durable command, same rows".to_owned(),
        ..Figures::default()
    };
    // Both caches are warm after the first round, which does not count.
    let mut times = 64;
    for round in 0..=effort.rounds {
        let before: i64 = look.query_row("SELECT MAX(revision) FROM iam_audit", [], |row| row.get(0))?;
        let one = timed(times, ours.run(world, Operation::Command, times), |sum| sum).await?;
        let commits = written(&look, before)?;
        let two = timed(commits.len(), async { write(&twin, &inserts, &commits) }, |()| {
            one.answers
        })
        .await?;
        if commits.len() != times {
            return Err(format!("{times} commands made {} commits", commits.len()).into());
        }
        if round == 0 {
            times = ((times as f64 * effort.round.as_secs_f64() / one.wall) as usize).clamp(8, 20_000);
        } else {
            figures.ours.push(one);
            figures.raw.push(two);
        }
    }
    if content(&look)? != content(&twin)? {
        return Err("the two files do not hold the same".into());
    }
    Ok(figures)
}

/// All rows of the commits after a revision, by commit.
fn written(connection: &Connection, after: i64) -> Result<BTreeMap<i64, Vec<Written>>, Failure> {
    let mut commits: BTreeMap<i64, Vec<Written>> = BTreeMap::new();
    for (place, (_, text)) in TABLES.iter().enumerate() {
        let mut statement = connection.prepare(text)?;
        statement.raw_bind_parameter(1, after)?;
        if text.contains("?2") {
            statement.raw_bind_parameter(2, Kind::User as i64)?;
        }
        let columns = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let values = (1..columns)
                .map(|column| row.get(column))
                .collect::<Result<_, _>>()?;
            commits.entry(row.get(0)?).or_default().push((place, values));
        }
    }
    Ok(commits)
}

/// The statement for a row of each table.
fn inserts(connection: &Connection) -> Result<Vec<String>, Failure> {
    let insert = |(table, _): &(&str, &str)| {
        let columns = connection
            .prepare(&format!("SELECT * FROM {table}"))?
            .column_count();
        let marks = vec!["?"; columns].join(", ");
        Ok(format!("INSERT INTO {table} VALUES ({marks})"))
    };
    TABLES.iter().map(insert).collect()
}

fn write(
    connection: &Connection,
    inserts: &[String],
    commits: &BTreeMap<i64, Vec<Written>>,
) -> Result<(), Failure> {
    for rows in commits.values() {
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for (place, values) in rows {
            let insert = inserts.get(*place).map(String::as_str).unwrap_or_default();
            connection
                .prepare_cached(insert)?
                .execute(rusqlite::params_from_iter(values))?;
        }
        connection.prepare_cached("COMMIT")?.execute([])?;
    }
    Ok(())
}

/// What a file holds: the number of rows of each table, and a number made of all of them in any order.
fn content(connection: &Connection) -> Result<BTreeMap<String, (u64, u64)>, Failure> {
    let mut content = BTreeMap::new();
    let names: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM {name}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let (mut count, mut sum) = (0, 0_u64);
        while let Some(row) = rows.next()? {
            let mut hash = DefaultHasher::new();
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Integer(number) => (1, number).hash(&mut hash),
                    ValueRef::Text(bytes) => (2, bytes).hash(&mut hash),
                    ValueRef::Blob(bytes) => (3, bytes).hash(&mut hash),
                    ValueRef::Null | ValueRef::Real(_) => 0.hash(&mut hash),
                }
            }
            count += 1;
            sum = sum.wrapping_add(hash.finish());
        }
        content.insert(name, (count, sum));
    }
    Ok(content)
}
