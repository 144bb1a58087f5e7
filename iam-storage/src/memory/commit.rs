//! Checking guards and writing; the outbox.

use iam_core::{
    model::{Edge, EntityId, Kind, Moment, RealmId},
    plan::{Change, Guard, Plan},
    port::{AuditRecord, Committed, LeasedEffect, Outcome, Revision, Settled, Stamp, StorageError},
};

use super::{
    link::Link,
    world::{Queued, RealmWorld, World},
};

impl World {
    /// First everything that can fail, then the writing, which cannot.
    pub(super) fn commit(&mut self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError> {
        if let Some(command) = stamp.command_id
            && let Some(known) = self
                .commands
                .get(&(plan.realm, command.into()))
                .and_then(|at| self.audit.get(*at))
        {
            return Err(StorageError::CommandKnown {
                revision: known.revision,
                digest: known.digest.clone(),
                subject: known.subject,
            });
        }
        let accepted = stamp.outcome == Outcome::Accepted;
        if accepted {
            self.check(plan)?;
        }
        let revision = Revision(self.audit.last().map_or(0, |row| row.revision.0) + 1);
        if accepted {
            for change in &plan.changes {
                self.apply(plan.realm, change, revision.0);
            }
            self.journal.append(revision, plan.realm, &stamp.journal);
            for effect in &plan.effects {
                let number = self.outbox.len() as u64 + 1;
                self.outbox.push(Queued {
                    leased: LeasedEffect {
                        realm: plan.realm,
                        number,
                        revision,
                        effect: effect.clone(),
                        attempts: 0,
                    },
                    not_before: stamp.at,
                    lease: None,
                    done: false,
                });
            }
        }
        if let Some(command) = stamp.command_id {
            self.commands
                .insert((plan.realm, command.into()), self.audit.len());
        }
        self.audit.push(AuditRecord {
            revision,
            realm: plan.realm,
            at: stamp.at,
            actor: stamp.actor.clone(),
            channel: stamp.channel.clone(),
            reason: stamp.reason.clone(),
            command: stamp.command.clone(),
            command_id: stamp.command_id,
            digest: stamp.digest.clone(),
            change_set: stamp.change_set,
            outcome: stamp.outcome.clone(),
            subject: stamp.subject,
            events: stamp.events.clone(),
        });
        Ok(Committed { revision })
    }

    fn check(&self, plan: &Plan) -> Result<(), StorageError> {
        let empty = RealmWorld::default();
        let realm = self.realms.get(&plan.realm).unwrap_or(&empty);
        for guard in &plan.guards {
            let holds = match guard {
                Guard::Record { id, version } => realm.records.get(id).map(|held| held.version) == *version,
                Guard::Edges { set, fingerprint } => same(&realm.edge_set(set).fingerprint, fingerprint),
                Guard::Referring { set, fingerprint } => {
                    same(&realm.referring_set(set)?.fingerprint, fingerprint)
                }
                Guard::Unchanged { id, revision } => realm
                    .records
                    .get(id)
                    .is_some_and(|held| held.revision <= *revision),
                Guard::Latest { revision } => !self.committed_after(plan.realm, *revision),
            };
            if !holds {
                return Err(StorageError::Conflict(Box::new(guard.clone())));
            }
        }
        let released: Vec<_> = plan
            .changes
            .iter()
            .flat_map(|change| match change {
                Change::Record { released, .. } => released.as_slice(),
                Change::Edge { .. } => &[],
            })
            .collect();
        for change in &plan.changes {
            let Change::Record { taken, .. } = change else {
                continue;
            };
            for key in taken {
                let names = if key.kind == Kind::Realm {
                    &self.realm_names
                } else {
                    &realm.claims
                };
                if names.get(key).is_some() && !released.contains(&key) {
                    return Err(StorageError::Taken(Box::new(key.clone())));
                }
            }
        }
        Ok(())
    }

    /// Whether anything was committed in a realm after a revision.
    fn committed_after(&self, realm: RealmId, revision: u64) -> bool {
        let later = self
            .audit
            .iter()
            .rev()
            .take_while(|row| row.revision.0 > revision);
        later
            .filter(|row| row.realm == realm)
            .any(|row| row.outcome == Outcome::Accepted)
    }

    fn apply(&mut self, id: RealmId, change: &Change, revision: u64) {
        let realm = self.realms.entry(id).or_default();
        match change {
            Change::Record {
                before,
                after,
                taken,
                released,
                ..
            } => {
                for key in released {
                    // A name may have been taken by an earlier change of the same plan: then it is not ours to free.
                    let names = if key.kind == Kind::Realm {
                        &mut self.realm_names
                    } else {
                        &mut realm.claims
                    };
                    if names.get(key) == change.subject() {
                        names.remove(key);
                    }
                }
                if let Some(holder) = change.subject() {
                    for key in taken {
                        let names = if key.kind == Kind::Realm {
                            &mut self.realm_names
                        } else {
                            &mut realm.claims
                        };
                        names.insert(key, holder);
                    }
                }
                if let Some(record) = before {
                    realm.refer(record, false);
                }
                match after {
                    Some(record) => {
                        realm.refer(record, true);
                        realm.records.put(before.as_deref(), record, revision);
                    }
                    None => {
                        if let Some(id) = change.subject() {
                            realm.records.remove(before.as_deref(), &id);
                        }
                    }
                }
            }
            Change::Edge { before, after, .. } => {
                if let Some(Edge { key, .. }) = before {
                    realm.edges.remove(key);
                    realm.incoming.remove(&(key.to, key.relation, key.from));
                }
                if let Some(edge) = after {
                    let key = edge.key;
                    realm.edges.insert(key, Link::new(edge, revision));
                    realm.incoming.insert((key.to, key.relation, key.from));
                }
                if let Some(held) = change.subject().and_then(|id| realm.records.get_mut(&id)) {
                    held.revision = revision;
                }
            }
        }
    }

    pub(super) fn lease(
        &mut self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Vec<LeasedEffect> {
        let mut busy: std::collections::BTreeSet<EntityId> = std::collections::BTreeSet::new();
        let mut leased = Vec::new();
        for queued in self.outbox.iter_mut().filter(|queued| !queued.done) {
            if leased.len() == limit {
                break;
            }
            // Effects of one subject are done in order: an earlier one that is not done holds back the later ones.
            let free = busy.insert(queued.leased.effect.subject);
            let open =
                queued.lease.as_ref().is_none_or(|(_, until)| *until <= now) && queued.not_before <= now;
            if free && open {
                queued.lease = Some((worker.to_owned(), until));
                leased.push(queued.leased.clone());
            }
        }
        leased
    }

    pub(super) fn settle(&mut self, results: &[Settled]) {
        for result in results {
            let Some(queued) = self
                .outbox
                .iter_mut()
                .find(|queued| queued.leased.number == result.number)
            else {
                continue;
            };
            if queued
                .lease
                .as_ref()
                .is_none_or(|(worker, _)| *worker != result.worker)
                || queued.done
            {
                continue;
            }
            queued.lease = None;
            match &result.retry {
                None => queued.done = true,
                Some((not_before, _)) => {
                    queued.leased.attempts += 1;
                    queued.not_before = *not_before;
                }
            }
        }
    }
}

/// An empty fingerprint stands for an empty set.
fn same(stored: &str, read: &str) -> bool {
    stored == read || (read.is_empty() && stored == "0:0")
}
