//! The plain program on SQLite: what a good programmer writes by hand for this one purpose. The same indexes, prepared
//! statements, one body of JSON, journal and audit rows in the same transaction, the same durability, the same fixed
//! page cache.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use iam_core::{model::fold, search::prefix_end};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::{
    program::{BATCH, Failure, PAGE, Page, Place, Program},
    raw::{body, delta, edge_delta, unit_body},
    world::{Person, World},
};

const SCHEMA: &str = "
CREATE TABLE unit (id BLOB NOT NULL PRIMARY KEY, parent BLOB, name TEXT NOT NULL, version INTEGER NOT NULL,
  body TEXT NOT NULL);
CREATE INDEX unit_by_parent ON unit (parent, id);
CREATE TABLE closure (ancestor BLOB NOT NULL, descendant BLOB NOT NULL, depth INTEGER NOT NULL,
  PRIMARY KEY (ancestor, descendant)) WITHOUT ROWID;
CREATE INDEX closure_up ON closure (descendant, ancestor);
CREATE TABLE user (id BLOB NOT NULL PRIMARY KEY, version INTEGER NOT NULL, revision INTEGER NOT NULL,
  deleted INTEGER NOT NULL, body TEXT NOT NULL, user_name TEXT NOT NULL, email TEXT, first_name TEXT, last_name TEXT,
  display_name TEXT, user_number TEXT, job TEXT, department TEXT, city TEXT, country TEXT, status TEXT NOT NULL);
CREATE UNIQUE INDEX user_by_name ON user (user_name);
CREATE UNIQUE INDEX user_by_email ON user (email);
CREATE UNIQUE INDEX user_by_number ON user (user_number);
CREATE INDEX user_by_last_name ON user (last_name, id);
CREATE INDEX user_by_display_name ON user (display_name, id);
CREATE INDEX user_by_job ON user (job, id);
CREATE INDEX user_by_department ON user (department, id);
CREATE INDEX user_by_revision ON user (revision);
CREATE TABLE edge (from_id BLOB NOT NULL, relation INTEGER NOT NULL, to_id BLOB NOT NULL, revision INTEGER NOT NULL,
  PRIMARY KEY (from_id, relation, to_id)) WITHOUT ROWID;
CREATE INDEX edge_back ON edge (to_id, relation, from_id);
CREATE TABLE audit (revision INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, command TEXT NOT NULL,
  subject BLOB, outcome TEXT NOT NULL);
CREATE TABLE journal (place INTEGER PRIMARY KEY, revision INTEGER NOT NULL, subject BLOB NOT NULL, relation INTEGER NOT NULL,
  other BLOB, version INTEGER NOT NULL, delta TEXT NOT NULL);
CREATE INDEX journal_by_subject ON journal (subject, place);
CREATE INDEX journal_by_other ON journal (other, place) WHERE other IS NOT NULL;
";

/// What the connection that writes keeps in memory, in KiB.
pub(crate) const WRITER_CACHE: u32 = 65_536;

/// The plain program.
pub struct RawSqlite {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl RawSqlite {
    /// A new database, or one that it has filled before.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn new(path: &Path) -> Result<RawSqlite, Failure> {
        let filled = path.exists();
        let writer = connect(path, WRITER_CACHE, OpenFlags::default())?;
        if !filled {
            writer.execute_batch(SCHEMA)?;
        }
        Ok(RawSqlite {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::default(),
        })
    }

    fn write(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Failure> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => connect(
                &self.path,
                8_192,
                OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )?,
        };
        let result = work(&connection);
        self.readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(connection);
        Ok(result?)
    }
}

pub(crate) fn connect(path: &Path, cache: u32, flags: OpenFlags) -> Result<Connection, Failure> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -{cache};
         PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = memory;"
    ))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn audit(connection: &Connection, command: &str, subject: Option<Uuid>) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO audit (at, actor, command, subject, outcome) VALUES (?, ?, ?, ?, 'accepted')",
        )?
        .execute(params![
            1_700_000_000_000_000_i64,
            "host:benches",
            command,
            bytes(subject)
        ])?;
    Ok(connection.last_insert_rowid())
}

fn bytes(id: Option<Uuid>) -> Option<[u8; 16]> {
    id.map(Uuid::into_bytes)
}

fn log(
    connection: &Connection,
    place: i64,
    revision: i64,
    subject: Uuid,
    edge: Option<(i64, Uuid)>,
    delta: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO journal (place, revision, subject, relation, other, version, delta) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            place,
            revision,
            subject.as_bytes(),
            edge.map_or(0, |(relation, _)| relation),
            bytes(edge.map(|(_, other)| other)),
            1,
            delta
        ])?;
    Ok(())
}

fn exists(connection: &Connection, text: &str, id: Uuid) -> rusqlite::Result<()> {
    connection
        .prepare_cached(text)?
        .query_row([id.as_bytes()], |_| Ok(()))
}

fn insert(
    connection: &Connection,
    world: &World,
    person: &Person,
    revision: i64,
    place: &mut i64,
) -> rusqlite::Result<()> {
    let unit = world.units.get(person.unit).map_or(Uuid::nil(), |unit| unit.id);
    exists(connection, "SELECT 1 FROM unit WHERE id = ?", unit)?;
    let mut edges = vec![(1, unit)];
    if let Some(boss) = person.manager.map(|n| world.user_id(n)) {
        exists(
            connection,
            "SELECT 1 FROM user WHERE id = ? AND deleted = 0",
            boss,
        )?;
        edges.push((3, boss));
    }
    connection
        .prepare_cached("INSERT INTO user VALUES (?, 1, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'enabled')")?
        .execute(params![
            person.id.as_bytes(),
            revision,
            body(person),
            fold(&person.user_name),
            fold(&person.email),
            fold(&person.first_name),
            fold(&person.last_name),
            fold(&person.display_name),
            fold(&person.number),
            fold(&person.job),
            fold(&person.department),
            fold(&person.city),
            fold(&person.country),
        ])?;
    *place += 1;
    log(connection, *place, revision, person.id, None, &delta(person))?;
    for (relation, to) in edges {
        connection
            .prepare_cached("INSERT INTO edge VALUES (?, ?, ?, ?)")?
            .execute(params![person.id.as_bytes(), relation, to.as_bytes(), revision])?;
        *place += 1;
        log(
            connection,
            *place,
            revision,
            person.id,
            Some((relation, to)),
            &edge_delta(),
        )?;
    }
    Ok(())
}

fn found(row: &Row<'_>) -> rusqlite::Result<Uuid> {
    let id: [u8; 16] = row.get(0)?;
    let _version: i64 = row.get(1)?;
    let _body: String = row.get(2)?;
    Ok(Uuid::from_bytes(id))
}

fn rows(connection: &Connection, text: &str, parameters: impl rusqlite::Params) -> rusqlite::Result<Page> {
    let mut statement = connection.prepare_cached(text)?;
    let ids = statement
        .query_map(parameters, found)?
        .collect::<Result<_, _>>()?;
    Ok(Page { total: None, ids })
}

#[async_trait]
impl Program for RawSqlite {
    async fn found(&self, world: &World) -> Result<(), Failure> {
        let mut writer = self.write();
        let transaction = writer.transaction()?;
        for (n, unit) in world.units.iter().enumerate() {
            let revision = audit(&transaction, "unit.create", Some(unit.id))?;
            let parent = unit
                .parent
                .and_then(|place| world.units.get(place))
                .map(|unit| unit.id);
            transaction
                .prepare_cached("INSERT INTO unit VALUES (?, ?, ?, 1, ?)")?
                .execute(params![
                    unit.id.as_bytes(),
                    bytes(parent),
                    fold(&unit.name),
                    unit_body(unit)
                ])?;
            transaction
                .prepare_cached(
                    "INSERT INTO closure SELECT ancestor, ?1, depth + 1 FROM closure WHERE descendant = ?2
                     UNION ALL SELECT ?1, ?1, 0",
                )?
                .execute(params![unit.id.as_bytes(), bytes(parent)])?;
            log(
                &transaction,
                (revision << 20) | n as i64,
                revision,
                unit.id,
                None,
                &unit_body(unit),
            )?;
        }
        Ok(transaction.commit()?)
    }

    async fn import(&self, world: &World, people: Range<usize>) -> Result<(), Failure> {
        let mut writer = self.write();
        // As the library does while large commits follow each other.
        writer.pragma_update(None, "wal_autocheckpoint", 16_000)?;
        for from in people.clone().step_by(BATCH) {
            let transaction = writer.transaction()?;
            let revision = audit(&transaction, "batch", None)?;
            let mut place = revision << 20;
            for n in from..people.end.min(from + BATCH) {
                insert(&transaction, world, &world.person(n), revision, &mut place)?;
            }
            transaction.commit()?;
        }
        Ok(writer.pragma_update(None, "wal_autocheckpoint", 4_000)?)
    }

    async fn create(&self, world: &World, person: usize) -> Result<(), Failure> {
        let person = world.person(person);
        let mut writer = self.write();
        let transaction = writer.transaction()?;
        let revision = audit(&transaction, "user.create", Some(person.id))?;
        insert(&transaction, world, &person, revision, &mut (revision << 20))?;
        Ok(transaction.commit()?)
    }

    async fn get(&self, id: Uuid) -> Result<Option<(u64, String)>, Failure> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT version, body FROM user WHERE id = ?")?
                .query_row([id.as_bytes()], |row| {
                    let body: String = row.get(1)?;
                    Ok((row.get::<_, i64>(0)? as u64, crate::raw::user_name(&body)))
                })
                .optional()
        })
    }

    async fn login(&self, name: &str) -> Result<Option<Uuid>, Failure> {
        self.read(|connection| {
            connection
                .prepare_cached("SELECT id, version, body FROM user WHERE user_name = ? AND deleted = 0")?
                .query_row([fold(name)], found)
                .optional()
        })
    }

    async fn page(&self, department: &str) -> Result<Page, Failure> {
        let department = fold(department);
        self.read(|connection| {
            let total: i64 = connection
                .prepare_cached(
                    "SELECT COUNT(*) FROM user WHERE department = ? AND status = 'enabled' AND deleted = 0",
                )?
                .query_row([&department], |row| row.get(0))?;
            let page = rows(
                connection,
                "SELECT id, version, body FROM user WHERE department = ? AND status = 'enabled' AND deleted = 0
                 ORDER BY last_name, id LIMIT ?",
                params![department, PAGE as i64],
            )?;
            Ok(Page {
                total: Some(total as u64),
                ..page
            })
        })
    }

    async fn list(&self, after: Option<&Place>) -> Result<Page, Failure> {
        self.read(|connection| match after {
            Some(Place::Key(name, id)) => rows(
                connection,
                "SELECT id, version, body FROM user WHERE (last_name, id) > (?, ?) AND deleted = 0
                 ORDER BY last_name, id LIMIT ?",
                params![name, id.as_bytes(), PAGE as i64],
            ),
            _ => rows(
                connection,
                "SELECT id, version, body FROM user WHERE deleted = 0 ORDER BY last_name, id LIMIT ?",
                params![PAGE as i64],
            ),
        })
    }

    async fn prefix(&self, text: &str) -> Result<Page, Failure> {
        let start = fold(text);
        let end = prefix_end(&start).unwrap_or_default();
        self.read(|connection| {
            rows(
                connection,
                "SELECT id, version, body FROM user WHERE last_name >= ? AND last_name < ? AND deleted = 0
                 ORDER BY last_name, id LIMIT ?",
                params![start, end, PAGE as i64],
            )
        })
    }

    async fn preset(&self, text: &str) -> Result<Page, Failure> {
        let start = fold(text);
        let end = prefix_end(&start).unwrap_or_default();
        let columns = [
            "user_name",
            "email",
            "first_name",
            "last_name",
            "display_name",
            "user_number",
        ];
        let tests = columns
            .map(|name| format!("{name} >= ?1 AND {name} < ?2"))
            .join(" OR ");
        self.read(|connection| {
            rows(
                connection,
                &format!(
                    "SELECT id, version, body FROM user WHERE ({tests}) AND deleted = 0 ORDER BY email, id LIMIT ?3"
                ),
                params![start, end, PAGE as i64],
            )
        })
    }

    async fn count(&self, unit: Uuid) -> Result<u64, Failure> {
        let count: i64 = self.read(|connection| {
            connection
                .prepare_cached(
                    "WITH RECURSIVE below (id) AS (SELECT ?1 UNION ALL SELECT u.id FROM unit u JOIN below b ON u.parent = b.id)
                     SELECT COUNT(DISTINCT e.from_id) FROM below b JOIN edge e ON e.to_id = b.id AND e.relation = 1",
                )?
                .query_row([unit.as_bytes()], |row| row.get(0))
        })?;
        Ok(count as u64)
    }

    async fn transfer(&self, unit: Uuid, parent: Uuid) -> Result<(), Failure> {
        let mut writer = self.write();
        let transaction = writer.transaction()?;
        let (unit, parent) = (unit.as_bytes(), parent.as_bytes());
        let circle: bool = transaction
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM closure WHERE ancestor = ? AND descendant = ?)")?
            .query_row([unit, parent], |row| row.get(0))?;
        if circle {
            return Err("a unit cannot be moved below itself".into());
        }
        let revision = audit(&transaction, "unit.transfer", Some(Uuid::from_bytes(*unit)))?;
        transaction
            .prepare_cached("UPDATE unit SET parent = ?, version = version + 1 WHERE id = ?")?
            .execute([parent, unit])?;
        transaction
            .prepare_cached(
                "DELETE FROM closure WHERE descendant IN (SELECT descendant FROM closure WHERE ancestor = ?1)
                 AND ancestor NOT IN (SELECT descendant FROM closure WHERE ancestor = ?1)",
            )?
            .execute([unit])?;
        transaction
            .prepare_cached(
                "INSERT INTO closure SELECT a.ancestor, d.descendant, a.depth + d.depth + 1 FROM closure a, closure d
                 WHERE a.descendant = ? AND d.ancestor = ?",
            )?
            .execute([parent, unit])?;
        log(
            &transaction,
            revision << 20,
            revision,
            Uuid::from_bytes(*unit),
            None,
            "{\"parent\":1}",
        )?;
        Ok(transaction.commit()?)
    }

    async fn middle(&self, world: &World) -> Result<Place, Failure> {
        self.read(|connection| {
            connection.query_row(
                "SELECT last_name, id FROM user WHERE deleted = 0 ORDER BY last_name, id LIMIT 1 OFFSET ?",
                [(world.users / 2) as i64 - 1],
                |row| Ok(Place::Key(row.get(0)?, Uuid::from_bytes(row.get(1)?))),
            )
        })
    }
}
