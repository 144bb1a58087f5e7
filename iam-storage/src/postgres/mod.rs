//! PostgreSQL: many processes on one database.

mod session;

use std::{
    ops::DerefMut,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use iam_core::{
    model::{EntityId, Moment, RealmId, Record},
    plan::{ClaimKey, Facts, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect,
        Recorded, Seal, Settled, Stamp, Standing, Storage, StorageError,
    },
    search::Page,
    wire::{Code, Problem},
};
use session::{PostgresSession as Session, error};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, PgPool, Postgres as Driver, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    server::{RESTED, Sweeper, server_storage},
    sql::{self, Realms},
};

/// Reads see one state from their first statement to their last.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
/// Writes see what was committed before each statement, so that after waiting for a lock they see what was waited for.
const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE";
/// Keeps two processes from migrating at once.
const MIGRATION: &str = "SELECT pg_advisory_xact_lock(4846791580151137091)";

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct PostgresOptions {
    url: String,
    connections: u32,
    wait: Duration,
    pooler: bool,
    read_only: bool,
}

impl PostgresOptions {
    /// The database at this URL: `postgres://user:password@host/database`. With `?pooler=transaction` it lies behind
    /// a pooler, see [`PostgresOptions::pooler`].
    pub fn new(url: impl Into<String>) -> Self {
        PostgresOptions {
            url: url.into(),
            connections: 10,
            wait: Duration::from_secs(5),
            pooler: false,
            read_only: false,
        }
    }

    /// How many connections are opened at most.
    #[must_use]
    pub fn connections(self, connections: u32) -> Self {
        PostgresOptions { connections, ..self }
    }

    /// How long to wait for a free connection.
    #[must_use]
    pub fn wait(self, wait: Duration) -> Self {
        PostgresOptions { wait, ..self }
    }

    /// There is a pooler between us and the database that hands out connections for single transactions, such as
    /// pgbouncer in transaction mode. Statements then stay unprepared and inside of transactions. **Without this,
    /// such a pooler returns the answers of other statements, without an error.**
    #[must_use]
    pub fn pooler(self, pooler: bool) -> Self {
        PostgresOptions { pooler, ..self }
    }

    /// Never writes, not even to bring the layout up to date: for replicas.
    #[must_use]
    pub fn read_only(self, read_only: bool) -> Self {
        PostgresOptions { read_only, ..self }
    }
}

/// A database on a PostgreSQL server.
#[derive(Debug)]
pub struct PostgresStorage {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    pool: PgPool,
    pooler: bool,
    realms: Realms,
    statements: Arc<AtomicU64>,
    sweeper: Sweeper,
}

impl Inner {
    fn session<C: DerefMut<Target = PgConnection>>(&self, connection: C) -> Session<C> {
        Session {
            connection,
            statements: self.statements.clone(),
            pooler: self.pooler,
        }
    }
}

impl PostgresStorage {
    /// Connects to a database and brings its layout up to date.
    ///
    /// # Errors
    /// When it cannot be reached, or was written by a later version.
    pub async fn connect(options: PostgresOptions) -> Result<Self, StorageError> {
        // The driver would send a parameter that it does not know to the server.
        let (url, in_url) = match options.url.split_once("pooler=transaction") {
            Some((before, after)) => (format!("{before}{}", after.trim_start_matches('&')), true),
            None => (options.url.clone(), false),
        };
        let url = url.trim_end_matches(['?', '&']);
        let pooler = options.pooler || in_url;
        let mut connect: PgConnectOptions = url.parse().map_err(error)?;
        connect = connect.statement_cache_capacity(if pooler { 0 } else { 500 });
        let pool = PgPoolOptions::new()
            .max_connections(options.connections)
            .acquire_timeout(options.wait)
            .test_before_acquire(false)
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    // Asking each time would cost as much as most questions do.
                    if meta.idle_for > RESTED {
                        connection.ping().await.map(|()| true)
                    } else {
                        Ok(true)
                    }
                })
            })
            .connect_with(connect)
            .await
            .map_err(error)?;
        let storage = PostgresStorage {
            inner: Arc::new(Inner {
                pool,
                pooler,
                realms: Realms::default(),
                statements: Arc::new(AtomicU64::new(0)),
                sweeper: Sweeper::default(),
            }),
        };
        if options.read_only {
            let mut session = storage.reading().await?;
            let result = sql::check(&mut session).await;
            end(session, result).await?;
        } else {
            let mut session = storage.writing().await?;
            session.control(MIGRATION).await?;
            let result = sql::migrate(&mut session).await;
            end(session, result).await?;
        }
        Ok(storage)
    }
}

/// Announces a commit in a transaction of its own. That one need not be on the disk: if the server falls, nothing that
/// came after it is there either.
async fn announce(connection: &mut PgConnection, statements: &AtomicU64) -> Result<i64, StorageError> {
    statements.fetch_add(1, Ordering::Relaxed);
    let text = format!(
        "BEGIN; SET LOCAL synchronous_commit TO off; {} RETURNING number; COMMIT",
        sql::announcement()
    );
    let rows = connection
        .fetch_all(sqlx::raw_sql(AssertSqlSafe(text)))
        .await
        .map_err(error)?;
    let number = rows
        .first()
        .map(|row| row.try_get(0))
        .transpose()
        .map_err(error)?;
    number.ok_or_else(|| StorageError::corrupt("an answer is missing"))
}

/// Whether the host has a transaction to take part in: a savepoint would be refused without one.
async fn in_transaction(connection: &mut PgConnection) -> Result<(), StorageError> {
    match sqlx::raw_sql("SAVEPOINT iam_probe; RELEASE SAVEPOINT iam_probe")
        .execute(connection)
        .await
    {
        Ok(_) => Ok(()),
        Err(source) if source.as_database_error().and_then(|e| e.code()).as_deref() == Some("25P01") => {
            Err(Problem::new(Code::Storage, "the host has no open transaction to take part in").into())
        }
        Err(source) => Err(error(source).into()),
    }
}

server_storage!(PostgresStorage, PostgresTransaction, PgConnection);
