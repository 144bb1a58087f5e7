//! Storages with one mistake each.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use iam_core::{
    model::{Moment, RealmId, Record},
    plan::{Change, Facts, Guard, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect,
        Recorded, Seal, Settled, Stamp, Standing, Storage, StorageError, Subjects,
    },
    search::Page,
};

/// A mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// What the plan relied on is not checked.
    NoGuards,
    /// Sets of edges are not guarded: write skew.
    NoSetGuards,
    /// The command's identifier is not kept.
    NoCommandId,
    /// The last journal entry of a commit is missing.
    JournalCut,
    /// The last change of a commit of several is not done, though it is in the journal.
    ChangeLost,
    /// Effects do not reach the outbox.
    EffectLost,
    /// Leases are given without regard to others.
    LeaseShared,
    /// Names that are released stay taken.
    NamesKept,
    /// Events are read up to one commit too far and the last one is left out.
    EventsSkipped,
    /// Loads answer from a state of earlier.
    StaleLoads,
    /// Whoever follows the journal gets all of a commit but its beginning: half a change.
    HalfFollowed,
    /// Nobody is told of the latest commits: decisions are made on an old state.
    StandingStuck,
}

impl Fault {
    pub const ALL: &'static [Fault] = &[
        Fault::NoGuards,
        Fault::NoSetGuards,
        Fault::NoCommandId,
        Fault::JournalCut,
        Fault::ChangeLost,
        Fault::EffectLost,
        Fault::LeaseShared,
        Fault::NamesKept,
        Fault::EventsSkipped,
        Fault::StaleLoads,
        Fault::HalfFollowed,
        Fault::StandingStuck,
    ];

    /// The laws by which it may be found.
    pub fn laws(self) -> &'static [&'static str] {
        match self {
            Fault::NoGuards => &["no lost update", "past", "doctor", "undo", "search"],
            Fault::NoSetGuards => &["doctor", "past", "no lost update", "undo", "search"],
            Fault::NoCommandId => &["acknowledged", "once"],
            Fault::JournalCut => &["whole", "doctor"],
            Fault::ChangeLost => &[
                "past",
                "doctor",
                "undo",
                "no lost update",
                "search",
                "preview",
                "answers",
            ],
            Fault::EffectLost | Fault::LeaseShared => &["outbox"],
            Fault::NamesKept => &["doctor", "preview", "undo"],
            Fault::EventsSkipped => &["events"],
            Fault::StaleLoads => &[
                "preview",
                "past",
                "no lost update",
                "undo",
                "doctor",
                "repetition",
                "search",
                "access",
            ],
            Fault::HalfFollowed => &["access", "undo"],
            Fault::StandingStuck => &["access", "events", "acknowledged"],
        }
    }
}

/// A storage with a mistake.
#[derive(Debug)]
pub struct Planted<S> {
    inner: S,
    fault: Fault,
    commits: AtomicU64,
    stale: Mutex<BTreeMap<String, Facts>>,
    standing: Mutex<Option<Standing>>,
}

impl<S> Planted<S> {
    pub fn new(inner: S, fault: Fault) -> Planted<S> {
        Planted {
            inner,
            fault,
            commits: AtomicU64::new(0),
            stale: Mutex::default(),
            standing: Mutex::default(),
        }
    }
}

#[async_trait]
impl<S: Storage> Storage for Planted<S> {
    async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
        let facts = self.inner.load(realm, needs).await?;
        if self.fault == Fault::StaleLoads && !needs.schema {
            // Every answer is the one that was given the last time, when there was one.
            let mut stale = self.stale.lock().unwrap();
            let key = format!("{realm:?} {needs:?}");
            if self.commits.load(Ordering::SeqCst).is_multiple_of(3)
                && let Some(old) = stale.insert(key, facts.clone())
            {
                return Ok(old);
            }
        }
        Ok(facts)
    }

    async fn search(&self, find: &Find) -> Result<Page, StorageError> {
        self.inner.search(find).await
    }

    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        let (mut plan, mut stamp) = (plan.clone(), stamp.clone());
        self.commits.fetch_add(1, Ordering::SeqCst);
        match self.fault {
            Fault::NoGuards => plan.guards.clear(),
            Fault::NoSetGuards => plan.guards.retain(|guard| matches!(guard, Guard::Record { .. })),
            Fault::NoCommandId => stamp.command_id = None,
            Fault::JournalCut if stamp.journal.len() > 1 => drop(stamp.journal.pop()),
            Fault::ChangeLost if plan.changes.len() > 1 => drop(plan.changes.pop()),
            Fault::EffectLost => plan.effects.clear(),
            Fault::NamesKept => {
                for change in &mut plan.changes {
                    if let Change::Record { released, .. } = change {
                        released.clear();
                    }
                }
            }
            _ => {}
        }
        self.inner.commit(&plan, &stamp).await
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        let mut entries = self.inner.history(query).await?;
        // The entries of commits that are followed: the first one of several is lost.
        let follows = matches!(query.subjects, Subjects::Revisions(_));
        if self.fault == Fault::HalfFollowed && follows && entries.len() > 1 {
            entries.remove(0);
        }
        Ok(entries)
    }

    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
        let mut rows = self.inner.audit(query).await?;
        // `events` asks between two revisions; a full page loses a row in its middle.
        if self.fault == Fault::EventsSkipped
            && query.until.is_some()
            && query.after.is_some()
            && query.realm.is_some()
            && rows.len() > 4
        {
            rows.remove(2);
        }
        Ok(rows)
    }

    async fn lease(
        &self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Vec<LeasedEffect>, StorageError> {
        // As if every lease had run out already.
        let until = if self.fault == Fault::LeaseShared {
            now
        } else {
            until
        };
        self.inner.lease(worker, now, until, limit).await
    }

    async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
        self.inner.settle(results).await
    }

    async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
        self.inner.seals(after, limit).await
    }

    async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
        self.inner.append_seal(seal).await
    }

    async fn standing(&self) -> Result<Standing, StorageError> {
        let standing = self.inner.standing().await?;
        if self.fault != Fault::StandingStuck {
            return Ok(standing);
        }
        // Every third time the answer is the one of before.
        let mut old = self.standing.lock().unwrap();
        let asked = self.commits.fetch_add(1, Ordering::SeqCst);
        match (asked.is_multiple_of(3), *old) {
            (true, Some(old)) => Ok(old),
            _ => {
                *old = Some(standing);
                Ok(standing)
            }
        }
    }

    async fn inspect(
        &self,
        realm: RealmId,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError> {
        self.inner.inspect(realm, inspection, after, limit).await
    }

    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
        self.inner.realms().await
    }
}
