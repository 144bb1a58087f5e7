//! MySQL and MariaDB: many processes on one database.

mod session;

use std::{
    ops::DerefMut,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
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
use session::{MysqlSession as Session, error};
use sqlx::{
    AssertSqlSafe, Connection, Executor, MySql as Driver, MySqlConnection, MySqlPool, Row,
    mysql::{MySqlConnectOptions, MySqlPoolOptions},
};

use crate::{
    server::{AGAIN, Absence, MOMENT, RESTED, Sweeper, pause, server_storage},
    sql::{self, Realms},
};

/// Reads see one state from their first statement to their last.
const READ: &str = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; \
                    START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";
/// Writes see what was committed before each statement, as every connection of ours does.
const WRITE: &str = "START TRANSACTION";
/// Set once for each connection. Gaps are not locked then, so that inserts beside each other do not wait.
const SESSION: &str = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

/// Set once for each connection to a node of a Galera cluster: a read waits for what was committed on other nodes.
const CAUSAL: &str = "SET SESSION wsrep_sync_wait = 1";

/// Whether the server is a node of a Galera cluster.
async fn in_cluster(connection: &mut MySqlConnection) -> Result<bool, sqlx::Error> {
    let row = connection
        .fetch_optional("SHOW VARIABLES LIKE 'wsrep_on'")
        .await?;
    Ok(row.is_some_and(|row| row.try_get_unchecked::<String, _>(1).is_ok_and(|on| on == "ON")))
}

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct MysqlOptions {
    url: String,
    connections: u32,
    wait: Duration,
    read_only: bool,
}

impl MysqlOptions {
    /// The database at this URL: `mysql://user:password@host/database`.
    pub fn new(url: impl Into<String>) -> Self {
        MysqlOptions {
            url: url.into(),
            connections: 10,
            wait: Duration::from_secs(5),
            read_only: false,
        }
    }

    /// How many connections are opened at most.
    #[must_use]
    pub fn connections(self, connections: u32) -> Self {
        MysqlOptions { connections, ..self }
    }

    /// How long to wait for a free connection.
    #[must_use]
    pub fn wait(self, wait: Duration) -> Self {
        MysqlOptions { wait, ..self }
    }

    /// Never writes, not even to bring the layout up to date: for replicas.
    #[must_use]
    pub fn read_only(self, read_only: bool) -> Self {
        MysqlOptions { read_only, ..self }
    }
}

/// A database on a MySQL or MariaDB server, or on a node of a Galera cluster.
///
/// In a Galera cluster every node may write. There revisions are given in the order in which commits appear on every
/// node: each commit takes the next number inside of its transaction, so that two nodes that took the same one meet in
/// the certification, and one of them decides again. That makes writers take turns; see the decision record 0020.
#[derive(Debug)]
pub struct MysqlStorage {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    pool: MySqlPool,
    /// There is no pooler that would need special care.
    pooler: bool,
    realms: Realms,
    statements: Arc<AtomicU64>,
    sweeper: Sweeper,
    read_only: bool,
    /// A node of a Galera cluster, where every node writes.
    cluster: Arc<AtomicBool>,
    /// Every node of a cluster is as good as another; replicas are not looked for.
    replicas: Vec<MysqlStorage>,
    patience: Duration,
    turn: AtomicU64,
    absence: Absence,
}

impl Inner {
    /// Whether revisions are given in the order in which they appear; see the session.
    fn in_order(&self) -> bool {
        self.cluster.load(Ordering::Relaxed)
    }

    fn session<C: DerefMut<Target = MySqlConnection>>(&self, connection: C) -> Session<C> {
        Session {
            connection,
            statements: self.statements.clone(),
            cluster: self.in_order(),
            next: None,
        }
    }
}

impl MysqlStorage {
    /// Connects to a database and brings its layout up to date.
    ///
    /// # Errors
    /// When it cannot be reached, or was written by a later version.
    pub async fn connect(options: MysqlOptions) -> Result<Self, StorageError> {
        let mut connect: MySqlConnectOptions = options.url.parse().map_err(error)?;
        connect = connect.statement_cache_capacity(500);
        let cluster: Arc<AtomicBool> = Arc::default();
        let found = cluster.clone();
        let pool = MySqlPoolOptions::new()
            .max_connections(options.connections)
            .acquire_timeout(options.wait)
            .test_before_acquire(false)
            .after_connect(move |connection, _| {
                let found = found.clone();
                Box::pin(async move {
                    connection.execute(SESSION).await?;
                    if in_cluster(connection).await? {
                        found.store(true, Ordering::Relaxed);
                        connection.execute(CAUSAL).await?;
                    }
                    Ok(())
                })
            })
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
        let storage = MysqlStorage {
            inner: Arc::new(Inner {
                pool,
                pooler: false,
                realms: Realms::default(),
                statements: Arc::new(AtomicU64::new(0)),
                sweeper: Sweeper::default(),
                read_only: options.read_only,
                cluster,
                replicas: Vec::new(),
                patience: Duration::ZERO,
                turn: AtomicU64::new(0),
                absence: Absence::default(),
            }),
        };
        if options.read_only {
            let mut session = storage.reading_session().await?;
            let result = sql::check(&mut session).await;
            end(session, result).await?;
        } else {
            // Outside of a transaction: statements that change the layout end every one.
            let connection = storage.inner.pool.acquire().await.map_err(error)?;
            let mut session = storage.inner.session(connection);
            session
                .control("DO GET_LOCK(CONCAT('iam.', LEFT(DATABASE(), 50)), 60)")
                .await?;
            let result = sql::migrate(&mut session).await;
            session
                .control("DO RELEASE_LOCK(CONCAT('iam.', LEFT(DATABASE(), 50)))")
                .await?;
            result?;
        }
        Ok(storage)
    }
}

impl MysqlStorage {
    /// Nothing to be learned from a commit that did not come through.
    async fn distrust(&self) {}

    /// One attempt at a commit.
    async fn commit_once(&self, prepared: sql::Prepared) -> Result<Committed, StorageError> {
        let number = self.announce().await?;
        let mut session = self.writing().await?;
        let result = sql::apply(&mut session, &self.inner.realms, prepared, number).await;
        let result = end(session, result).await;
        if let (Err(_), Some(number)) = (&result, number) {
            self.retract(number).await;
        }
        result
    }

    /// Announces a commit in a transaction of its own, where the order of revisions is not that of their appearance.
    async fn announce(&self) -> Result<Option<i64>, StorageError> {
        if self.inner.in_order() {
            return Ok(None);
        }
        self.tidy().await;
        let mut connection = self.inner.pool.acquire().await.map_err(error)?;
        self.inner.statements.fetch_add(1, Ordering::Relaxed);
        let done = connection
            .execute(sqlx::raw_sql(AssertSqlSafe(sql::announcement())))
            .await
            .map_err(error)?;
        Ok(Some(i64::try_from(done.last_insert_id()).unwrap_or(i64::MAX)))
    }
}

/// Whether the host has a transaction to take part in: a savepoint would be forgotten without one.
async fn in_transaction(connection: &mut MySqlConnection) -> Result<(), StorageError> {
    let text = "SAVEPOINT iam_probe; RELEASE SAVEPOINT iam_probe";
    match sqlx::raw_sql(text).execute(connection).await {
        Ok(_) => Ok(()),
        Err(source) if source.as_database_error().is_some() => {
            Err(Problem::new(Code::Storage, "the host has no open transaction to take part in").into())
        }
        Err(source) => Err(error(source).into()),
    }
}

server_storage!(
    MysqlStorage,
    MysqlTransaction,
    MySqlConnection,
    sql::Dialect::Mysql
);
