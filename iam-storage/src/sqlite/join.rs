//! Taking part in the host's own transaction.

use std::sync::{Arc, atomic::AtomicU64};

use async_trait::async_trait;
use iam_core::{
    model::{Moment, RealmId, Record},
    plan::{Facts, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect,
        Recorded, Seal, Settled, Stamp, Standing, Storage, StorageError,
    },
    search::Page,
    wire::{Code, Problem},
};
use rusqlite::Connection;
use sqlx::SqliteConnection;
use tokio::sync::Mutex;

use super::session::{SqliteSession, at_once, error};
use crate::sql::{self, Realms};

/// A storage inside of a transaction that the host has opened. It never commits: what is written through it becomes
/// durable when the host commits, and disappears when the host rolls back.
///
/// A commit that fails, for instance because a guard does not hold, takes back its own writing and leaves the host's.
pub struct SqliteTransaction<'c> {
    connection: Mutex<&'c mut SqliteConnection>,
    statements: Arc<AtomicU64>,
    /// Stays empty: nothing that is seen in here is settled.
    realms: Realms,
}

impl std::fmt::Debug for SqliteTransaction<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteTransaction").finish_non_exhaustive()
    }
}

impl<'c> SqliteTransaction<'c> {
    pub(super) fn new(connection: &'c mut SqliteConnection, statements: Arc<AtomicU64>) -> Self {
        SqliteTransaction {
            connection: Mutex::new(connection),
            statements,
            realms: Realms::default(),
        }
    }

    /// Works on the host's connection, which nobody else uses meanwhile.
    async fn with<T>(
        &self,
        work: impl FnOnce(&mut SqliteSession<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut host = self.connection.lock().await;
        let mut handle = host
            .lock_handle()
            .await
            .map_err(|source| StorageError::failed("the host's connection is lost", source))?;
        #[expect(
            unsafe_code,
            reason = "one hop over the raw handle instead of a thread hand-over for each statement"
        )]
        // SAFETY: the handle is open and locked for us until the end of this function, and the connection made from
        // it does not close it. Its cached statements are finalized when it is dropped, before the lock is released.
        let mut connection =
            unsafe { Connection::from_handle(handle.as_raw_handle().as_ptr()) }.map_err(error)?;
        if connection.is_autocommit() {
            return Err(
                Problem::new(Code::Storage, "the host has no open transaction to take part in").into(),
            );
        }
        let mut session = SqliteSession {
            connection: &mut connection,
            statements: &self.statements,
        };
        work(&mut session)
    }

    /// Writes all or nothing, whatever the host does afterwards.
    async fn write<T>(
        &self,
        work: impl FnOnce(&mut SqliteSession<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        self.with(|session| {
            session.control("SAVEPOINT iam")?;
            let result = work(session);
            if result.is_err() {
                session.control("ROLLBACK TO iam")?;
            }
            session.control("RELEASE iam")?;
            result
        })
        .await
    }
}

#[async_trait]
impl Storage for SqliteTransaction<'_> {
    async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
        self.with(|session| at_once(sql::load(session, &self.realms, false, realm, needs)))
            .await
    }

    async fn search(&self, find: &Find) -> Result<Page, StorageError> {
        self.with(|session| at_once(sql::search(session, &self.realms, false, find)))
            .await
    }

    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        let prepared = sql::prepare(plan, stamp)?.brief();
        self.write(|session| at_once(sql::apply(session, &self.realms, prepared, None)))
            .await
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        self.with(|session| at_once(sql::history(session, &self.realms, false, query)))
            .await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
        self.with(|session| at_once(sql::audit(session, &self.realms, false, query)))
            .await
    }

    async fn lease(
        &self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Vec<LeasedEffect>, StorageError> {
        self.write(|session| at_once(sql::lease(session, worker, now, until, limit)))
            .await
    }

    async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
        self.write(|session| at_once(sql::settle(session, results))).await
    }

    async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
        self.with(|session| at_once(sql::seals(session, after, limit)))
            .await
    }

    async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
        self.write(|session| at_once(sql::append_seal(session, seal)))
            .await
    }

    async fn standing(&self) -> Result<Standing, StorageError> {
        self.with(|session| at_once(sql::standing(session))).await
    }

    async fn inspect(
        &self,
        realm: RealmId,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError> {
        self.with(|session| {
            at_once(sql::inspect(
                session,
                &self.realms,
                false,
                realm,
                inspection,
                after,
                limit,
            ))
        })
        .await
    }

    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
        self.with(|session| at_once(sql::realms(session))).await
    }
}
