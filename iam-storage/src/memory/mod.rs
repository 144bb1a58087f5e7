//! Everything in memory: for tests, simulations and previews, and the oracle for the other backends.
//!
//! Simple on purpose. What the other backends answer in SQL, this one answers by looking at everything.

mod commit;
mod world;

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use async_trait::async_trait;
use iam_core::{
    model::{EntityId, Kind, Moment, RealmId, Record},
    plan::{ClaimKey, Facts, Needs, Plan},
    port::{
        AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect,
        Recorded, Revision, Seal, Settled, Stamp, Standing, Storage, StorageError, Subjects,
    },
    search::{Page, paginate, sort_keys},
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
        Ok(self.read().load(realm, needs))
    }

    async fn find(&self, realm: RealmId, id: EntityId) -> Result<Option<Arc<Record>>, StorageError> {
        Ok(self.read().realms.get(&realm).and_then(|realm| realm.record(id)))
    }

    async fn find_holder(
        &self,
        realm: RealmId,
        name: &ClaimKey,
    ) -> Result<Option<Arc<Record>>, StorageError> {
        let world = self.read();
        let holder = match name.kind {
            Kind::Realm => world.realm_names.get(name),
            _ => world.realms.get(&realm).and_then(|realm| realm.claims.get(name)),
        };
        let realm = world.realms.get(&realm);
        Ok(holder
            .zip(realm)
            .and_then(|(holder, realm)| realm.record(*holder)))
    }

    async fn search(&self, find: &Find) -> Result<Page, StorageError> {
        let world = self.read();
        let Some(realm) = world.realms.get(&find.realm) else {
            return Ok(paginate(Vec::new(), &find.search));
        };
        let surroundings = realm.surroundings(find.now, find.any_end);
        let rows = realm
            .of_kind(find.search.kind)
            .map(|held| &held.record)
            .filter(|record| {
                let subject = iam_core::rules::subject::Surrounded {
                    record,
                    surroundings: &surroundings,
                };
                find.search.admits(record, &subject)
            })
            .map(|record| (sort_keys(record, &find.search.sort), record.clone()))
            .collect();
        Ok(paginate(rows, &find.search))
    }

    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        self.write().commit(plan, stamp)
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError> {
        let world = self.read();
        let wanted = |recorded: &&Recorded| {
            let place = (recorded.revision, recorded.ordinal);
            query.realm.is_none_or(|realm| realm == recorded.realm)
                && query.until.is_none_or(|until| recorded.revision <= until)
                && query.after.is_none_or(|after| {
                    if query.newest_first {
                        place < after
                    } else {
                        place > after
                    }
                })
                && match &query.subjects {
                    Subjects::All => true,
                    Subjects::Of(ids) => ids.iter().any(|id| {
                        recorded.entry.subject == *id
                            || recorded.entry.edge.is_some_and(|edge| edge.to == *id)
                    }),
                    Subjects::Kind(kind) => recorded.entry.subject.kind == *kind,
                    Subjects::Revisions(revisions) => revisions.contains(&recorded.revision),
                }
        };
        Ok(directed(&world.journal, query.newest_first)
            .filter(wanted)
            .take(query.limit)
            .cloned()
            .collect())
    }

    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError> {
        let world = self.read();
        let wanted = |row: &&AuditRecord| {
            query.realm.is_none_or(|realm| realm == row.realm)
                && query.after.is_none_or(|after| row.revision > after)
                && query.until.is_none_or(|until| row.revision <= until)
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
        Ok(directed(&world.audit, query.newest_first)
            .filter(wanted)
            .take(query.limit)
            .cloned()
            .collect())
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
        let world = self.read();
        let mut found = world
            .realms
            .get(&realm)
            .map(|realm| realm.inspect(inspection))
            .unwrap_or_default();
        found.retain(|piece| after.is_none_or(|after| piece.place().as_str() > after));
        found.sort_by_cached_key(Inspected::place);
        found.truncate(limit);
        Ok(found)
    }

    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError> {
        let world = self.read();
        let realm_record = |(id, realm): (&RealmId, &world::RealmWorld)| {
            realm
                .records
                .get(&EntityId::new(Kind::Realm, id.0))
                .map(|held| held.record.clone())
        };
        let mut realms: Vec<_> = world.realms.iter().filter_map(realm_record).collect();
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
