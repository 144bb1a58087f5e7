//! SQLite: one file, one writer, many readers; or memory.
//!
//! Calls run where they are made: reading a record takes some ten microseconds, less than handing it to another
//! thread would. Only writing has a thread of its own, which commits together what waits together.

mod backup;
mod join;
mod options;
mod session;
mod writer;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use iam_core::{
    model::{EntityId, Kind, Moment, RealmId, Record},
    plan::{ClaimKey, Facts, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect,
        Recorded, Seal, Settled, Stamp, Standing, Storage, StorageError,
    },
    search::Page,
    wire::{Code, Problem},
};
use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

pub use join::SqliteTransaction;
pub use options::{Durability, SqliteOptions};
use session::{SqliteSession, at_once, error};
use writer::Writer;

use crate::sql::{self, Realms};

/// Prepared statements that a connection keeps.
const PREPARED: usize = 256;

/// Pages of the log after which what it holds is written into the file.
const LOG: u32 = 4_000;
/// The same while large commits follow each other: each of them touches thousands of pages, mostly those of the one before, so
/// that a short log would be copied with every commit.
const LONG_LOG: u32 = 16_000;
/// From so many entries of the journal on a commit is large.
const LARGE: usize = 256;
/// So many holders of names are looked up at most where the commit that follows needs them.
const FEW: usize = 16;

/// A database in one file, or in memory.
///
/// ```
/// use iam_core::port::Storage;
/// use iam_storage::sqlite::{SqliteOptions, SqliteStorage};
///
/// let storage = SqliteStorage::open(":memory:", SqliteOptions::default())?;
/// # Ok::<(), iam_core::port::StorageError>(())
/// ```
#[derive(Debug)]
pub struct SqliteStorage {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// Where the file is; `None` for a database in memory.
    path: Option<PathBuf>,
    options: SqliteOptions,
    /// The connection that writes; with a database in memory, the only one.
    main: Arc<Mutex<Connection>>,
    idle: Mutex<Vec<Connection>>,
    writer: Option<Writer>,
    realms: Arc<Realms>,
    statements: Arc<AtomicU64>,
    /// How long the log gets at present, in pages.
    log: Arc<AtomicU32>,
}

impl SqliteStorage {
    /// Opens a database, makes it when there is none, and brings its layout up to date. The path `:memory:` opens one
    /// that disappears with this handle.
    ///
    /// # Errors
    /// When the file cannot be opened, or was written by a later version.
    pub fn open(path: impl AsRef<Path>, options: SqliteOptions) -> Result<Self, StorageError> {
        let path = path.as_ref();
        let path = (path != Path::new(":memory:")).then(|| path.to_owned());
        let mut main = connect(path.as_deref(), &options, options.read_only)?;
        let statements = Arc::new(AtomicU64::new(0));
        let read_only = options.read_only || main.is_readonly("main").map_err(error)?;
        prepare(&mut main, read_only, &statements)?;
        let main = Arc::new(Mutex::new(main));
        let writer = match read_only {
            true => None,
            false => Some(Writer::start(main.clone(), statements.clone())?),
        };
        Ok(SqliteStorage {
            inner: Arc::new(Inner {
                path,
                options,
                main,
                idle: Mutex::new(Vec::new()),
                writer,
                realms: Arc::default(),
                statements,
                log: Arc::new(AtomicU32::new(LOG)),
            }),
        })
    }

    /// A storage that takes part in a transaction that the host has opened on its own connection to the same file:
    /// what is committed through it becomes visible and durable with the host's own rows, or disappears with them.
    pub fn joining<'c>(&self, connection: &'c mut sqlx::SqliteConnection) -> SqliteTransaction<'c> {
        SqliteTransaction::new(connection, self.inner.statements.clone())
    }

    /// Changes the largest size of the file, in pages.
    ///
    /// # Errors
    /// When the database can only be read.
    pub async fn set_most_pages(&self, pages: u32) -> Result<(), StorageError> {
        self.inner
            .write(move |session, _| {
                Ok(session
                    .connection
                    .pragma_update(None, "max_page_count", pages)
                    .map_err(error)?)
            })
            .await
    }

    /// How many statements were executed so far.
    pub fn statements(&self) -> u64 {
        self.inner.statements.load(Ordering::Relaxed)
    }
}

impl Inner {
    /// Reads on a connection of its own, in one snapshot when it takes several statements.
    fn read<T>(
        &self,
        snapshot: bool,
        work: impl FnOnce(&mut SqliteSession<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let Some(path) = &self.path else {
            let mut connection = self.main.lock().unwrap_or_else(PoisonError::into_inner);
            return self.on(&mut connection, false, work);
        };
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => connect(Some(path), &self.options, true)?,
        };
        let result = self.on(&mut connection, snapshot, work);
        // One that met trouble may still hold its snapshot, or a view of a file that is no more: it is let go.
        if result.is_ok() && connection.is_autocommit() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < self.options.readers {
                idle.push(connection);
            }
        }
        result
    }

    /// Reads what a commit will depend on. The writer's connection, while it rests, knows what the last commits wrote,
    /// and keeps its pages; any other has to read again what another connection has changed.
    fn read_ahead<T>(
        &self,
        snapshot: bool,
        work: impl FnOnce(&mut SqliteSession<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        match self.main.try_lock() {
            Ok(mut connection) => {
                let result = self.on(&mut connection, snapshot, work);
                if !connection.is_autocommit() {
                    connection.execute_batch("ROLLBACK").map_err(error)?;
                }
                result
            }
            Err(_) => self.read(snapshot, work),
        }
    }

    fn on<T>(
        &self,
        connection: &mut Connection,
        snapshot: bool,
        work: impl FnOnce(&mut SqliteSession<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut session = SqliteSession {
            connection,
            statements: &self.statements,
        };
        if !snapshot {
            return work(&mut session);
        }
        session.control("BEGIN")?;
        let result = work(&mut session);
        // Nothing was written, so this only lets go of the snapshot.
        session.control("COMMIT")?;
        result
    }

    /// Writes, together with whoever else is waiting; see [`Writer::run`].
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut SqliteSession<'_>, bool) -> Result<T, StorageError> + Send + 'static,
    ) -> Result<T, StorageError> {
        match &self.writer {
            Some(writer) => writer.run(work).await,
            None => Err(Problem::new(Code::Storage, "the database can only be read").into()),
        }
    }
}

fn connect(
    path: Option<&Path>,
    options: &SqliteOptions,
    read_only: bool,
) -> Result<Connection, StorageError> {
    let access = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match path {
        Some(path) => Connection::open_with_flags(path, flags),
        None => Connection::open_in_memory(),
    }
    .map_err(|source| match source.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => StorageError::failed("the database cannot be opened", source),
        _ => error(source).into(),
    })?;
    let set = || {
        connection.busy_timeout(options.wait)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        // With statistics SQLite plans a statement anew for new parameters, which costs far more than it gains here.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        let durable = match options.durability {
            Durability::Full => "full",
            Durability::Normal => "normal",
        };
        connection.pragma_update(None, "synchronous", durable)?;
        if let Some(pages) = options.most_pages {
            connection.pragma_update(None, "max_page_count", pages)?;
        }
        connection.pragma_update(None, "temp_store", "memory")?;
        let cache = i64::from(options.page_cache);
        connection.pragma_update(
            None,
            "cache_size",
            if read_only { -(cache / 8).max(64) } else { -cache },
        )?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG)?;
        Ok(())
    };
    set().map_err(error)?;
    Ok(connection)
}

/// Sets up the main connection and brings the layout up to date.
fn prepare(connection: &mut Connection, read_only: bool, statements: &AtomicU64) -> Result<(), StorageError> {
    let mut session = SqliteSession {
        connection,
        statements,
    };
    if read_only {
        return at_once(sql::check(&mut session));
    }
    let mode: String = session
        .connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .map_err(error)?;
    if mode != "wal" && mode != "memory" {
        let message =
            format!("the file system does not allow for readers beside a writer (journal mode {mode})");
        return Err(Problem::new(Code::Storage, message).into());
    }
    session.control("BEGIN IMMEDIATE")?;
    match at_once(sql::migrate(&mut session)) {
        Ok(_) => Ok(session.control("COMMIT")?),
        Err(error) => {
            session.control("ROLLBACK")?;
            Err(error)
        }
    }
}

#[async_trait]
impl Storage for SqliteStorage {
    async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
        let inner = &self.inner;
        let snapshot = sql::load_statements(needs) > 1;
        let work =
            |session: &mut SqliteSession<'_>| at_once(sql::load(session, &inner.realms, true, realm, needs));
        if needs.holders && needs.claims.len() > FEW {
            // A page of a source's objects, of which most have not changed: they would fill the writer's cache with what
            // nobody writes.
            inner.read(snapshot, work)
        } else {
            inner.read_ahead(snapshot, work)
        }
    }

    async fn find(&self, realm: RealmId, id: EntityId) -> Result<Option<Arc<Record>>, StorageError> {
        let inner = &self.inner;
        inner.read(false, |session| {
            at_once(sql::find(session, &inner.realms, true, realm, id))
        })
    }

    async fn find_holder(
        &self,
        realm: RealmId,
        name: &ClaimKey,
    ) -> Result<Option<Arc<Record>>, StorageError> {
        let inner = &self.inner;
        inner.read(false, |session| {
            at_once(sql::find_holder(session, &inner.realms, true, realm, name))
        })
    }

    async fn search(&self, find: &Find) -> Result<Page, StorageError> {
        let inner = &self.inner;
        inner.read(!sql::is_one_statement(&find.search), |session| {
            at_once(sql::search(session, &inner.realms, true, find))
        })
    }

    async fn count(&self, find: &Find) -> Result<u64, StorageError> {
        let inner = &self.inner;
        let at_hand = inner.read(false, |session| {
            at_once(sql::count_at_hand(session, &inner.realms, find))
        })?;
        match at_hand {
            Some(number) => Ok(number),
            None => inner.read(true, |session| {
                at_once(sql::count(session, &inner.realms, true, find))
            }),
        }
    }

    async fn keep_counts(&self, realm: RealmId, kind: Kind, now: Moment) -> Result<bool, StorageError> {
        let inner = &self.inner;
        inner.read(true, |session| {
            at_once(sql::keep_counts(session, &inner.realms, realm, kind, now))
        })
    }

    fn kept_count(&self, realm: RealmId, kind: Kind, organization: EntityId, now: Moment) -> Option<u64> {
        sql::kept_count(&self.inner.realms, realm, kind, organization, now)
    }

    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        let prepared = sql::prepare(plan, stamp)?.brief();
        // Only this is shared with the writer's thread, which must never be the last to hold what owns it.
        let (realms, log) = (self.inner.realms.clone(), self.inner.log.clone());
        let pages = if prepared.journal.len() < LARGE {
            LOG
        } else {
            LONG_LOG
        };
        let mut plan = Some(prepared);
        self.inner
            .write(move |session, may_repeat| {
                if log.swap(pages, Ordering::Relaxed) != pages {
                    let set = session
                        .connection
                        .pragma_update(None, "wal_autocheckpoint", pages);
                    set.map_err(error)?;
                }
                let plan = if may_repeat { plan.clone() } else { plan.take() };
                let plan = plan.ok_or_else(|| StorageError::corrupt("a plan was written twice"))?;
                at_once(sql::apply(session, &realms, plan, None))
            })
            .await
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        let inner = &self.inner;
        inner.read(true, |session| {
            at_once(sql::history(session, &inner.realms, true, query))
        })
    }

    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
        let inner = &self.inner;
        inner.read(true, |session| {
            at_once(sql::audit(session, &inner.realms, true, query))
        })
    }

    async fn lease(
        &self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Vec<LeasedEffect>, StorageError> {
        let worker = worker.to_owned();
        self.inner
            .write(move |session, _| at_once(sql::lease(session, &worker, now, until, limit)))
            .await
    }

    async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
        let results = results.to_vec();
        self.inner
            .write(move |session, _| at_once(sql::settle(session, &results)))
            .await
    }

    async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
        self.inner
            .read(false, |session| at_once(sql::seals(session, after, limit)))
    }

    async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
        let seal = seal.clone();
        self.inner
            .write(move |session, _| at_once(sql::append_seal(session, &seal)))
            .await
    }

    async fn standing(&self) -> Result<Standing, StorageError> {
        self.inner.read(false, |session| at_once(sql::standing(session)))
    }

    async fn inspect(
        &self,
        realm: RealmId,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError> {
        let inner = &self.inner;
        inner.read(true, |session| {
            at_once(sql::inspect(
                session,
                &inner.realms,
                true,
                realm,
                inspection,
                after,
                limit,
            ))
        })
    }

    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
        self.inner.read(false, |session| at_once(sql::realms(session)))
    }
}
