//! The storage as one process sees it: interrupted at every call, and away now and then.

use std::{
    future::Future,
    pin::{Pin, pin},
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

use async_trait::async_trait;

use super::run::Watch;
use crate::{
    model::{Moment, RealmId, Record},
    plan::{Facts, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect,
        Recorded, Seal, Settled, Stamp, Standing, Storage, StorageError,
    },
    search::Page,
    testing::Random,
    wire::{Code, Problem},
};

/// How often the storage fails, of a hundred calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faults {
    /// A call fails before anything is done.
    pub away: u64,
    /// A commit, a lease or a settlement is done, and its answer is lost.
    pub lost: u64,
    /// A commit loses against another one that there may not have been.
    pub contention: u64,
    /// A process is interrupted before and after a call, for a while.
    pub pauses: u64,
}

impl Default for Faults {
    /// Many: every fourth commit has trouble.
    fn default() -> Self {
        Faults {
            away: 4,
            lost: 12,
            contention: 8,
            pauses: 60,
        }
    }
}

impl Faults {
    /// Nothing fails and nobody is interrupted.
    pub const NONE: Faults = Faults {
        away: 0,
        lost: 0,
        contention: 0,
        pauses: 0,
    };
}

/// Carries something out that does not wait for other tasks of ours.
pub(super) fn drive<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::yield_now(),
        }
    }
}

/// Lets others go first, so many times.
struct Pause(usize);

impl Future for Pause {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 == 0 {
            return Poll::Ready(());
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Runs processes in turns on this thread, always in the same order.
pub(super) fn in_turns(processes: Vec<Pin<Box<dyn Future<Output = ()> + '_>>>) {
    let mut processes: Vec<_> = processes.into_iter().map(Some).collect();
    while processes.iter().any(Option::is_some) {
        for process in &mut processes {
            let ended = process.as_mut().is_some_and(|running| {
                running
                    .as_mut()
                    .poll(&mut Context::from_waker(Waker::noop()))
                    .is_ready()
            });
            if ended {
                *process = None;
            }
        }
    }
}

/// Chance and faults of the action that the process is at.
#[derive(Debug)]
pub(super) struct Mood {
    pub random: Random,
    pub faults: Faults,
}

/// The storage of one process.
#[derive(Debug)]
pub(super) struct Troubled {
    pub inner: Arc<dyn Storage>,
    pub mood: Arc<Mutex<Mood>>,
    pub watch: Arc<Watch>,
}

enum Fate {
    Fine,
    Away,
    Lost,
    Contention,
}

fn away() -> StorageError {
    Problem::new(Code::Storage, "the simulated storage is away").into()
}

impl Troubled {
    async fn pause(&self) {
        let turns = {
            let mut mood = self.mood.lock().unwrap_or_else(PoisonError::into_inner);
            let pauses = mood.faults.pauses;
            match mood.random.percent(pauses) {
                true => 1 + mood.random.below(4),
                false => 0,
            }
        };
        Pause(turns).await;
    }

    fn fate(&self, writes: bool, commits: bool) -> Fate {
        let mut mood = self.mood.lock().unwrap_or_else(PoisonError::into_inner);
        let faults = mood.faults;
        let fate = if mood.random.percent(faults.away) {
            Fate::Away
        } else if writes && mood.random.percent(faults.lost) {
            Fate::Lost
        } else if commits && mood.random.percent(faults.contention) {
            Fate::Contention
        } else {
            return Fate::Fine;
        };
        self.watch.fault();
        fate
    }

    /// Asks, unless the storage is away.
    async fn read<T>(&self, work: impl Future<Output = Result<T, StorageError>>) -> Result<T, StorageError> {
        self.pause().await;
        match self.fate(false, false) {
            Fate::Fine => drive(work),
            _ => Err(away()),
        }
    }

    /// Writes, unless the storage is away; the answer may be lost.
    async fn write<T>(&self, work: impl Future<Output = Result<T, StorageError>>) -> Result<T, StorageError> {
        self.pause().await;
        let fate = self.fate(true, false);
        if matches!(fate, Fate::Away) {
            return Err(away());
        }
        let result = drive(work);
        self.pause().await;
        match fate {
            Fate::Lost => result.and(Err(away())),
            _ => result,
        }
    }
}

#[async_trait]
impl Storage for Troubled {
    async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
        let facts = self.read(self.inner.load(realm, needs)).await;
        self.pause().await;
        facts
    }

    async fn search(&self, find: &Find) -> Result<Page, StorageError> {
        self.read(self.inner.search(find)).await
    }

    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        self.pause().await;
        let fate = self.fate(true, true);
        match fate {
            Fate::Away => return Err(away()),
            Fate::Contention => return Err(StorageError::Contention),
            Fate::Fine | Fate::Lost => {}
        }
        let result = drive(self.inner.commit(plan, stamp));
        if let Ok(committed) = &result {
            let look = {
                let mut mood = self.mood.lock().unwrap_or_else(PoisonError::into_inner);
                mood.random.bits()
            };
            self.watch
                .committed(self.inner.as_ref(), plan, stamp, committed.revision, look);
        }
        self.pause().await;
        match fate {
            Fate::Lost => result.and(Err(away())),
            _ => result,
        }
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        self.read(self.inner.history(query)).await
    }

    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
        self.read(self.inner.audit(query)).await
    }

    async fn lease(
        &self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Vec<LeasedEffect>, StorageError> {
        let work = async {
            let leased = self.inner.lease(worker, now, until, limit).await?;
            self.watch.leased(worker, now, until, &leased);
            Ok(leased)
        };
        self.write(work).await
    }

    async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
        let work = async {
            self.inner.settle(results).await?;
            self.watch.settled(results);
            Ok(())
        };
        self.write(work).await
    }

    async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
        self.read(self.inner.seals(after, limit)).await
    }

    async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
        self.write(self.inner.append_seal(seal)).await
    }

    async fn standing(&self) -> Result<Standing, StorageError> {
        self.read(self.inner.standing()).await
    }

    async fn inspect(
        &self,
        realm: RealmId,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError> {
        self.read(self.inner.inspect(realm, inspection, after, limit))
            .await
    }

    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
        self.read(self.inner.realms()).await
    }
}
