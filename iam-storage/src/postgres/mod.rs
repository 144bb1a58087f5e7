//! PostgreSQL: many processes on one database.

mod combined;
mod opened;
mod session;

use std::{
    ops::DerefMut,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use iam_core::{
    model::{EntityId, Kind, Moment, RealmId, Record},
    plan::{ClaimKey, Facts, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect,
        Recorded, Revision, Seal, Settled, Stamp, Standing, Storage, StorageError,
    },
    search::Page,
    wire::{Code, Problem},
};
use opened::Opened;
use session::{PostgresSession as Session, error};
use sqlx::{
    AssertSqlSafe, Connection, Executor, PgConnection, PgPool, Postgres as Driver, Row,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::{
    server::{AGAIN, Absence, MOMENT, RESTED, Sweeper, pause, server_storage},
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
    replicas: Vec<String>,
    patience: Duration,
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
            replicas: Vec::new(),
            patience: Duration::from_millis(200),
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

    /// Another place to read from: a streaming replica of the same database. It is used by
    /// [`Acting::reading`](iam_core::service::Acting::reading) once it shows the revision that the reader has seen; it may
    /// be away, now or later. Several calls name several replicas.
    ///
    /// ```
    /// use iam_storage::postgres::PostgresOptions;
    ///
    /// let options = PostgresOptions::new("postgres://iam@primary/iam").replica("postgres://iam@replica/iam");
    /// ```
    #[must_use]
    pub fn replica(mut self, url: impl Into<String>) -> Self {
        self.replicas.push(url.into());
        self
    }

    /// How long a replica that is behind is waited for before the primary answers; 200 milliseconds when nothing is
    /// said.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        PostgresOptions { patience, ..self }
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
    read_only: bool,
    realms: Realms,
    statements: Arc<AtomicU64>,
    sweeper: Sweeper,
    replicas: Vec<PostgresStorage>,
    patience: Duration,
    turn: AtomicU64,
    absence: Absence,
    /// Connections from before this moment may lead to a server that is no longer the leader.
    distrusted: Arc<Mutex<Option<Instant>>>,
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
        let storage = PostgresStorage::lazy(&options, &options.url)?;
        let replicas: Result<Vec<_>, _> = options
            .replicas
            .iter()
            .map(|url| {
                let replica = PostgresOptions {
                    read_only: true,
                    wait: options.wait.min(Duration::from_secs(1)),
                    replicas: Vec::new(),
                    ..options.clone()
                };
                PostgresStorage::lazy(&replica, url)
            })
            .collect();
        let mut inner = storage.inner;
        if let Some(inner) = Arc::get_mut(&mut inner) {
            inner.replicas = replicas?;
        }
        let storage = PostgresStorage { inner };
        if options.read_only {
            let mut session = storage.reading_session().await?;
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

    /// A handle whose connections are made when they are needed.
    fn lazy(options: &PostgresOptions, url: &str) -> Result<Self, StorageError> {
        // The driver would send a parameter that it does not know to the server.
        let (url, in_url) = match url.split_once("pooler=transaction") {
            Some((before, after)) => (format!("{before}{}", after.trim_start_matches('&')), true),
            None => (url.to_owned(), false),
        };
        let url = url.trim_end_matches(['?', '&']);
        let pooler = options.pooler || in_url;
        let mut connect: PgConnectOptions = url.parse().map_err(error)?;
        connect = connect.statement_cache_capacity(if pooler { 0 } else { 500 });
        let distrusted: Arc<Mutex<Option<Instant>>> = Arc::default();
        let suspects = distrusted.clone();
        let pool = PgPoolOptions::new()
            .max_connections(options.connections)
            .acquire_timeout(options.wait)
            .test_before_acquire(false)
            .before_acquire(move |connection, meta| {
                let since = *suspects.lock().unwrap_or_else(PoisonError::into_inner);
                let made = Instant::now().checked_sub(meta.age);
                let suspect = since.is_some_and(|since| made.is_none_or(|made| made <= since));
                Box::pin(async move {
                    if suspect {
                        return Ok(false);
                    }
                    // Asking each time would cost as much as most questions do.
                    if meta.idle_for > RESTED {
                        connection.ping().await.map(|()| true)
                    } else {
                        Ok(true)
                    }
                })
            })
            .connect_lazy_with(connect);
        Ok(PostgresStorage {
            inner: Arc::new(Inner {
                pool,
                pooler,
                read_only: options.read_only,
                realms: Realms::default(),
                statements: Arc::new(AtomicU64::new(0)),
                sweeper: Sweeper::default(),
                replicas: Vec::new(),
                patience: options.patience,
                turn: AtomicU64::new(0),
                absence: Absence::default(),
                distrusted,
            }),
        })
    }

    /// After a commit that did not come through: a server that only reads is not the leader any more, and the
    /// connections to it are of no use.
    async fn distrust(&self) {
        let standby = async {
            let mut connection = self.inner.pool.acquire().await?;
            let row = connection.fetch_one("SELECT pg_is_in_recovery()").await?;
            row.try_get::<bool, _>(0)
        };
        if standby.await.unwrap_or(false) {
            let mut distrusted = self
                .inner
                .distrusted
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *distrusted = Some(Instant::now());
        }
    }
}

impl PostgresStorage {
    /// One attempt at a commit.
    async fn commit_once(&self, prepared: sql::Prepared) -> Result<Committed, StorageError> {
        self.tidy().await;
        let (number, announcement) = sql::numbered_announcement()?;
        let mut opened = Opened::begin(&self.inner.pool, &announcement)
            .await
            .map_err(error)?;
        self.inner.statements.fetch_add(1, Ordering::Relaxed);
        let mut session = self.inner.session(&mut *opened);
        let result = sql::apply(&mut session, &self.inner.realms, prepared, Some(number)).await;
        let result = opened.end(result).await;
        if result.is_err() {
            self.retract(number).await;
        }
        result
    }

    /// Announces a commit in a transaction of its own, on another connection than the commit's.
    async fn announce(&self) -> Result<Option<i64>, StorageError> {
        self.tidy().await;
        let (number, announcement) = sql::numbered_announcement()?;
        let mut connection = self.inner.pool.acquire().await.map_err(error)?;
        self.inner.statements.fetch_add(1, Ordering::Relaxed);
        sqlx::raw_sql(AssertSqlSafe(announcement))
            .execute(&mut *connection)
            .await
            .map_err(error)?;
        Ok(Some(number))
    }
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

server_storage!(
    PostgresStorage,
    PostgresTransaction,
    PgConnection,
    sql::Dialect::Postgres
);
