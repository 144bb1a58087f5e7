//! What PostgreSQL and MySQL have in common: pools, transactions, and commits of many processes at once.
//!
//! Both storages are made by one macro over their driver's types, because the drivers look alike without sharing a
//! trait that would make a generic type readable. What differs is in the two `session` modules.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A connection that rested for longer is asked whether it is still there before it is used.
pub(crate) const RESTED: Duration = Duration::from_secs(5);
/// The least time that a replica gets to answer at all.
pub(crate) const MOMENT: Duration = Duration::from_millis(250);
/// For how long a replica that did not answer is left alone.
const AWAY: Duration = Duration::from_secs(5);

/// When a server did not answer the last time.
#[derive(Debug, Default)]
pub(crate) struct Absence(std::sync::Mutex<Option<std::time::Instant>>);

impl Absence {
    /// Notes that it does not answer.
    pub(crate) fn note(&self) {
        let mut since = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *since = Some(std::time::Instant::now());
    }

    /// Whether it was so a short time ago.
    pub(crate) fn is_recent(&self) -> bool {
        let since = *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        since.is_some_and(|since| since.elapsed() < AWAY)
    }
}

/// How often lost announcements are looked for, in seconds.
const SWEEP: i64 = 2;

/// How often a commit that lost against another one is tried again as it is, before it is decided again.
pub(crate) const AGAIN: u32 = 3;

/// How long to wait before that: longer each time, and never the same for two.
pub(crate) fn pause(attempt: u32) -> Duration {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let most = 2_000_u32 << attempt.min(6);
    Duration::from_micros(u64::from(most / 2 + since.subsec_nanos() % most))
}

/// Remembers when lost announcements were looked for.
#[derive(Debug, Default)]
pub(crate) struct Sweeper(std::sync::atomic::AtomicI64);

impl Sweeper {
    /// Whether it is time again; true for one caller.
    pub(crate) fn due(&self) -> bool {
        use std::sync::atomic::Ordering::Relaxed;
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        let last = self.0.load(Relaxed);
        now - last >= SWEEP && self.0.compare_exchange(last, now, Relaxed, Relaxed).is_ok()
    }
}

/// Makes the storage on a pool, and the one inside of the host's transaction.
macro_rules! server_storage {
    ($Storage:ident, $Transaction:ident, $Connection:ty, $dialect:expr) => {
        impl $Storage {
            /// Begins a transaction that only reads, all of it from one state.
            async fn reading_session(
                &self,
            ) -> Result<Session<sqlx::Transaction<'static, Driver>>, StorageError> {
                let transaction = self.inner.pool.begin_with(READ).await.map_err(error)?;
                Ok(self.inner.session(transaction))
            }

            /// Begins a transaction that writes.
            async fn writing(&self) -> Result<Session<sqlx::Transaction<'static, Driver>>, StorageError> {
                let transaction = self.inner.pool.begin_with(WRITE).await.map_err(error)?;
                Ok(self.inner.session(transaction))
            }

            /// How many statements were executed so far, those that begin and end transactions not counted.
            pub fn statements(&self) -> u64 {
                self.inner.statements.load(Ordering::Relaxed)
            }

            /// A storage that takes part in a transaction that the host has opened on its own connection to the same
            /// database: what is committed through it becomes visible and durable with the host's own rows, or
            /// disappears with them.
            pub fn joining<'c>(&self, connection: &'c mut $Connection) -> $Transaction<'c> {
                $Transaction {
                    storage: $Storage {
                        inner: self.inner.clone(),
                    },
                    connection: tokio::sync::Mutex::new(connection),
                    realms: Realms::default(),
                }
            }

            /// A replica that has reached this revision, unless it takes too long.
            async fn replica(&self, reached: Revision) -> Option<$Storage> {
                let wanted = AuditQuery {
                    revisions: Some(vec![reached]),
                    limit: 1,
                    ..AuditQuery::default()
                };
                let started = tokio::time::Instant::now();
                let mut wait = Duration::from_millis(2);
                let mut open: Vec<&$Storage> = self
                    .inner
                    .replicas
                    .iter()
                    .filter(|replica| !replica.inner.absence.is_recent())
                    .collect();
                // Not everybody at the first one.
                if !open.is_empty() {
                    let turn = self.inner.turn.fetch_add(1, Ordering::Relaxed) as usize % open.len();
                    open.rotate_left(turn);
                }
                while !open.is_empty() {
                    let mut behind = Vec::new();
                    for replica in open {
                        let there = async {
                            Ok::<bool, StorageError>(match reached {
                                Revision(0) => replica.standing().await.map(|_| true)?,
                                _ => {
                                    !replica.audit(&wanted).await?.is_empty()
                                        || replica.standing().await?.stable >= reached
                                }
                            })
                        };
                        match tokio::time::timeout(self.inner.patience.max(MOMENT), there).await {
                            Ok(Ok(true)) => {
                                return Some($Storage {
                                    inner: replica.inner.clone(),
                                });
                            }
                            Ok(Ok(false)) => behind.push(replica),
                            // Away: not for this question, nor for those of the next seconds.
                            Ok(Err(_)) | Err(_) => replica.inner.absence.note(),
                        }
                    }
                    open = behind;
                    if started.elapsed() >= self.inner.patience {
                        break;
                    }
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(Duration::from_millis(50));
                }
                None
            }

            /// Clears away what lost commits left behind, when it is time. On a replica it cannot, and need not.
            async fn tidy(&self) {
                if self.inner.sweeper.due()
                    && let Ok(mut session) = self.writing().await
                {
                    let result = sql::sweep(&mut session).await;
                    drop(end(session, result).await);
                }
            }

            /// Takes back the announcement of a commit that failed; if that fails, too, it expires.
            async fn retract(&self, number: i64) {
                if let Ok(mut session) = self.writing().await {
                    let result = sql::depart(&mut session, number).await;
                    drop(end(session, result).await);
                }
            }
        }

        /// Ends a transaction the way its work ended.
        async fn end<T>(
            session: Session<sqlx::Transaction<'static, Driver>>,
            result: Result<T, StorageError>,
        ) -> Result<T, StorageError> {
            match result {
                Ok(value) => {
                    session.connection.commit().await.map_err(error)?;
                    Ok(value)
                }
                Err(failure) => {
                    // When even that fails the connection is lost, and the server rolls back by itself.
                    drop(session.connection.rollback().await);
                    Err(failure)
                }
            }
        }

        #[async_trait]
        impl Storage for $Storage {
            async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
                let realms = &self.inner.realms;
                if sql::load_exchanges($dialect, needs) <= 1 && !self.inner.pooler {
                    let connection = self.inner.pool.acquire().await.map_err(error)?;
                    return sql::load(
                        &mut self.inner.session(connection),
                        realms,
                        true,
                        realm,
                        needs,
                    )
                    .await;
                }
                let mut session = self.reading_session().await?;
                let result = sql::load(&mut session, realms, true, realm, needs).await;
                end(session, result).await
            }

            async fn find(&self, realm: RealmId, id: EntityId) -> Result<Option<Arc<Record>>, StorageError> {
                let realms = &self.inner.realms;
                if !self.inner.pooler {
                    let connection = self.inner.pool.acquire().await.map_err(error)?;
                    return sql::find(&mut self.inner.session(connection), realms, true, realm, id).await;
                }
                let mut session = self.reading_session().await?;
                let result = sql::find(&mut session, realms, true, realm, id).await;
                end(session, result).await
            }

            async fn find_holder(
                &self,
                realm: RealmId,
                name: &ClaimKey,
            ) -> Result<Option<Arc<Record>>, StorageError> {
                let realms = &self.inner.realms;
                if !self.inner.pooler {
                    let connection = self.inner.pool.acquire().await.map_err(error)?;
                    return sql::find_holder(
                        &mut self.inner.session(connection),
                        realms,
                        true,
                        realm,
                        name,
                    )
                    .await;
                }
                let mut session = self.reading_session().await?;
                let result = sql::find_holder(&mut session, realms, true, realm, name).await;
                end(session, result).await
            }

            async fn search(&self, find: &Find) -> Result<Page, StorageError> {
                if sql::is_one_statement(&find.search) && !self.inner.pooler {
                    let connection = self.inner.pool.acquire().await.map_err(error)?;
                    let mut session = self.inner.session(connection);
                    return sql::search(&mut session, &self.inner.realms, true, find).await;
                }
                let mut session = self.reading_session().await?;
                let result = sql::search(&mut session, &self.inner.realms, true, find).await;
                end(session, result).await
            }

            async fn count(&self, find: &Find) -> Result<u64, StorageError> {
                let realms = &self.inner.realms;
                if !self.inner.pooler {
                    let connection = self.inner.pool.acquire().await.map_err(error)?;
                    let mut session = self.inner.session(connection);
                    if let Some(number) = sql::count_at_hand(&mut session, realms, find).await? {
                        return Ok(number);
                    }
                }
                let mut session = self.reading_session().await?;
                let result = sql::count(&mut session, realms, true, find).await;
                end(session, result).await
            }

            async fn keep_counts(
                &self,
                realm: RealmId,
                kind: Kind,
                now: Moment,
            ) -> Result<bool, StorageError> {
                let mut session = self.reading_session().await?;
                let result = sql::keep_counts(&mut session, &self.inner.realms, realm, kind, now).await;
                end(session, result).await
            }

            fn kept_count(
                &self,
                realm: RealmId,
                kind: Kind,
                organization: EntityId,
                now: Moment,
            ) -> Option<u64> {
                sql::kept_count(&self.inner.realms, realm, kind, organization, now)
            }

            async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
                if self.inner.read_only {
                    return Err(Problem::new(Code::Storage, "the database can only be read").into());
                }
                let mut attempt = 0;
                loop {
                    match self.commit_once(sql::prepare(plan, stamp)?).await {
                        // Its guards are checked anew, so the same plan may be tried again.
                        Err(StorageError::Contention) if attempt < AGAIN => {
                            self.distrust().await;
                            tokio::time::sleep(pause(attempt)).await;
                            attempt += 1;
                        }
                        result => return result,
                    }
                }
            }

            async fn reading(&self, reached: Revision) -> Result<Option<Arc<dyn Storage>>, StorageError> {
                let replica = self.replica(reached).await;
                Ok(replica.map(|storage| Arc::new(storage) as Arc<dyn Storage>))
            }

            async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
                self.tidy().await;
                let mut session = self.reading_session().await?;
                let result = sql::history(&mut session, &self.inner.realms, true, query).await;
                end(session, result).await
            }

            async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
                self.tidy().await;
                let mut session = self.reading_session().await?;
                let result = sql::audit(&mut session, &self.inner.realms, true, query).await;
                end(session, result).await
            }

            async fn lease(
                &self,
                worker: &str,
                now: Moment,
                until: Moment,
                limit: usize,
            ) -> Result<Vec<LeasedEffect>, StorageError> {
                let mut session = self.writing().await?;
                let result = sql::lease(&mut session, worker, now, until, limit).await;
                end(session, result).await
            }

            async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
                let mut session = self.writing().await?;
                let result = sql::settle(&mut session, results).await;
                end(session, result).await
            }

            async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
                let mut session = self.reading_session().await?;
                let result = sql::seals(&mut session, after, limit).await;
                end(session, result).await
            }

            async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
                let mut session = self.writing().await?;
                let result = sql::append_seal(&mut session, seal).await;
                end(session, result).await
            }

            async fn standing(&self) -> Result<Standing, StorageError> {
                self.tidy().await;
                let mut session = self.reading_session().await?;
                let result = sql::standing(&mut session).await;
                end(session, result).await
            }

            async fn inspect(
                &self,
                realm: RealmId,
                inspection: Inspection,
                after: Option<&str>,
                limit: usize,
            ) -> Result<Vec<Inspected>, StorageError> {
                let mut session = self.reading_session().await?;
                let realms = &self.inner.realms;
                let result = sql::inspect(&mut session, realms, true, realm, inspection, after, limit).await;
                end(session, result).await
            }

            async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
                let mut session = self.reading_session().await?;
                let result = sql::realms(&mut session).await;
                end(session, result).await
            }
        }

        /// A storage inside of a transaction that the host has opened. It never commits: what is written through it
        /// becomes durable when the host commits, and disappears when the host rolls back.
        ///
        /// A commit that fails, for instance because a guard does not hold, takes back its own writing and leaves the
        /// host's; unless the server ended the whole transaction, as it does with a deadlock.
        pub struct $Transaction<'c> {
            storage: $Storage,
            connection: tokio::sync::Mutex<&'c mut $Connection>,
            /// Stays empty: nothing that is seen in here is settled.
            realms: Realms,
        }

        impl std::fmt::Debug for $Transaction<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($Transaction))
                    .finish_non_exhaustive()
            }
        }

        impl $Transaction<'_> {
            /// A savepoint that a failure returns to.
            async fn savepoint<'s>(
                &self,
                connection: &'s mut $Connection,
            ) -> Result<Session<&'s mut $Connection>, StorageError> {
                in_transaction(connection).await?;
                let mut session = self.storage.inner.session(connection);
                session.control("SAVEPOINT iam").await?;
                Ok(session)
            }

            async fn release<T>(
                mut session: Session<&mut $Connection>,
                result: Result<T, StorageError>,
            ) -> Result<T, StorageError> {
                if result.is_err() {
                    // After a deadlock there is no savepoint any more; the first error is the one that matters.
                    drop(session.control("ROLLBACK TO SAVEPOINT iam").await);
                    drop(session.control("RELEASE SAVEPOINT iam").await);
                } else {
                    session.control("RELEASE SAVEPOINT iam").await?;
                }
                result
            }
        }

        #[async_trait]
        impl Storage for $Transaction<'_> {
            async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.storage.inner.session(&mut **connection);
                sql::load(&mut session, &self.realms, false, realm, needs).await
            }

            async fn search(&self, find: &Find) -> Result<Page, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.storage.inner.session(&mut **connection);
                sql::search(&mut session, &self.realms, false, find).await
            }

            async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
                let prepared = sql::prepare(plan, stamp)?;
                let mut connection = self.connection.lock().await;
                in_transaction(&mut **connection).await?;
                // Announced beside the host's transaction, since others have to see it. It disappears with the
                // host's commit; when the host rolls back it expires.
                let number = self.storage.announce().await?;
                let mut session = self.savepoint(&mut **connection).await?;
                let result = sql::apply(&mut session, &self.realms, prepared, number).await;
                let result = Self::release(session, result).await;
                if let (Err(_), Some(number)) = (&result, number) {
                    // Here, not beside: the row may be locked by this transaction, savepoint or not.
                    let mut session = self.storage.inner.session(&mut **connection);
                    drop(sql::depart(&mut session, number).await);
                }
                result
            }

            async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.storage.inner.session(&mut **connection);
                sql::history(&mut session, &self.realms, false, query).await
            }

            async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.storage.inner.session(&mut **connection);
                sql::audit(&mut session, &self.realms, false, query).await
            }

            async fn lease(
                &self,
                worker: &str,
                now: Moment,
                until: Moment,
                limit: usize,
            ) -> Result<Vec<LeasedEffect>, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.savepoint(&mut **connection).await?;
                let result = sql::lease(&mut session, worker, now, until, limit).await;
                Self::release(session, result).await
            }

            async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.savepoint(&mut **connection).await?;
                let result = sql::settle(&mut session, results).await;
                Self::release(session, result).await
            }

            async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.storage.inner.session(&mut **connection);
                sql::seals(&mut session, after, limit).await
            }

            async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.savepoint(&mut **connection).await?;
                let result = sql::append_seal(&mut session, seal).await;
                Self::release(session, result).await
            }

            async fn standing(&self) -> Result<Standing, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.storage.inner.session(&mut **connection);
                sql::standing(&mut session).await
            }

            async fn inspect(
                &self,
                realm: RealmId,
                inspection: Inspection,
                after: Option<&str>,
                limit: usize,
            ) -> Result<Vec<Inspected>, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.storage.inner.session(&mut **connection);
                sql::inspect(
                    &mut session,
                    &self.realms,
                    false,
                    realm,
                    inspection,
                    after,
                    limit,
                )
                .await
            }

            async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
                let mut connection = self.connection.lock().await;
                let mut session = self.storage.inner.session(&mut **connection);
                sql::realms(&mut session).await
            }
        }
    };
}
pub(crate) use server_storage;
