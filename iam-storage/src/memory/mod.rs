//! Everything in memory: for tests, simulations and previews, and the oracle for the other backends.
//!
//! Simple on purpose. Whether a record matches is asked of the record itself; what is looked at comes from lists that
//! hold at least everything that may match.

mod commit;
mod inspect;
mod journal;
mod link;
mod search;
mod table;
mod world;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use async_trait::async_trait;
use iam_core::{
    model::{EntityId, Moment, RealmId, Record},
    plan::{ClaimKey, Facts, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect,
        Recorded, Revision, Seal, Settled, Stamp, Standing, Storage, StorageError,
    },
    search::{Page, paginate},
};
use world::World;

/// A storage that lives and dies with the process.
#[derive(Debug, Default)]
pub struct MemoryStorage {
    world: RwLock<World>,
}

impl MemoryStorage {
    /// An empty storage.
    pub fn new() -> Self {
        MemoryStorage::default()
    }

    fn read(&self) -> RwLockReadGuard<'_, World> {
        // A writer that panicked has not begun to write: commits check first and then cannot fail.
        self.world.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, World> {
        self.world.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Storage for MemoryStorage {
    async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
        self.read().load(realm, needs)
    }

    async fn find(&self, realm: RealmId, id: EntityId) -> Result<Option<Arc<Record>>, StorageError> {
        match self.read().realms.get(&realm) {
            Some(realm) => realm.record(id),
            None => Ok(None),
        }
    }

    async fn find_holder(
        &self,
        realm: RealmId,
        name: &ClaimKey,
    ) -> Result<Option<Arc<Record>>, StorageError> {
        let world = self.read();
        match (world.holder(realm, name), world.realms.get(&realm)) {
            (Some(holder), Some(realm)) => realm.record(holder),
            _ => Ok(None),
        }
    }

    async fn search(&self, find: &Find) -> Result<Page, StorageError> {
        let lacks = |realm: &world::RealmWorld| realm.lacks_keys(&find.search);
        if self.read().realms.get(&find.realm).is_some_and(lacks)
            && let Some(realm) = self.write().realms.get_mut(&find.realm)
        {
            realm.make_keys(&find.search)?;
        }
        match self.read().realms.get(&find.realm) {
            Some(realm) => realm.search(find),
            None => Ok(paginate(Vec::new(), &find.search)),
        }
    }

    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        self.write().commit(plan, stamp)
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        self.read().journal.history(query)
    }

    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
        let world = self.read();
        let wanted = |row: &&AuditRecord| {
            query.realm.is_none_or(|realm| realm == row.realm)
                && query.subject.is_none_or(|subject| row.subject == Some(subject))
                && query.actor.as_ref().is_none_or(|actor| row.actor == *actor)
                && query.change_set.is_none_or(|set| row.change_set == Some(set))
                && query.command_id.is_none_or(|id| row.command_id == Some(id))
                && query
                    .revisions
                    .as_ref()
                    .is_none_or(|revisions| revisions.contains(&row.revision))
                && query.since.is_none_or(|since| row.at >= since)
                && query.before.is_none_or(|before| row.at <= before)
        };
        // Rows lie in the order of their revisions.
        let rows = world.audit.as_slice();
        let place = |revision: Revision| rows.partition_point(|row| row.revision <= revision);
        let start = query.after.map_or(0, place);
        let end = query.until.map_or(rows.len(), place);
        Ok(
            directed(rows.get(start..end).unwrap_or_default(), query.newest_first)
                .filter(wanted)
                .take(query.limit)
                .cloned()
                .collect(),
        )
    }

    async fn lease(
        &self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Vec<LeasedEffect>, StorageError> {
        Ok(self.write().lease(worker, now, until, limit))
    }

    async fn settle(&self, results: &[Settled]) -> Result<(), StorageError> {
        self.write().settle(results);
        Ok(())
    }

    async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError> {
        Ok(self
            .read()
            .seals
            .iter()
            .filter(|seal| seal.number > after)
            .take(limit)
            .cloned()
            .collect())
    }

    async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError> {
        let mut world = self.write();
        if world.seals.last().map_or(0, |last| last.number) + 1 != seal.number {
            return Err(StorageError::Contention);
        }
        world.seals.push(seal.clone());
        Ok(())
    }

    async fn standing(&self) -> Result<Standing, StorageError> {
        let latest = self.read().audit.last().map_or(Revision(0), |row| row.revision);
        Ok(Standing {
            latest,
            stable: latest,
        })
    }

    async fn inspect(
        &self,
        realm: RealmId,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError> {
        match self.read().realms.get(&realm) {
            Some(realm) => realm.inspect(inspection, after, limit),
            None => Ok(Vec::new()),
        }
    }

    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
        let world = self.read();
        let mut realms = Vec::new();
        for (id, realm) in &world.realms {
            realms.extend(realm.record((*id).into())?);
        }
        realms.sort_by(|a, b| a.text("name").cmp(b.text("name")));
        Ok(realms)
    }
}

/// A list from its front or from its back.
fn directed<T>(list: &[T], backward: bool) -> Box<dyn Iterator<Item = &T> + '_> {
    if backward {
        Box::new(list.iter().rev())
    } else {
        Box::new(list.iter())
    }
}
