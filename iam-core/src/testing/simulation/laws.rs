//! What must hold after a run, whatever happened in it.
//!
//! | Law | Says |
//! | --- | --- |
//! | `answers` | nobody was told that what is stored contradicts itself |
//! | `doctor` | derived data is what follows from the records |
//! | `acknowledged` | what was acknowledged is in the audit trail under its command identifier |
//! | `once` | nothing was carried out twice, and nothing that was refused |
//! | `whole` | each commit has all of its journal |
//! | `no lost update` | each version of a record was written once |
//! | `past` | an earlier state is read as it was seen then |
//! | `search` | a search finds what a look at everything finds |
//! | `chain` | the sealed audit trail verifies |
//! | `events` | a follower gets every commit once and in order |
//! | `outbox` | every effect is delivered, of each subject in order, by one worker at a time |
//! | `undo` | what is undone, newest first, leads back to what was seen |
//! | `preview` | a preview is what the execution does |
//! | `access` | a decision is what some state said while it was asked: never half a change, never an old one |
//! | `repetition` | the same run twice is the same |
//! | `revisions`, `no panic` | no number is given twice; nothing panics |

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use super::{
    Action, Deed, Faults,
    process::{Drawer, change_set},
    run::Left,
    storage::{Mood, Troubled, drive},
};
use crate::{
    model::{AttributeDefinition, EntityId, Kind, Record},
    plan::{Direction, EdgesOf},
    port::{AuditQuery, AuditRecord, Clock, HistoryQuery, Outcome, Recorded, Revision, Settled, Subjects},
    search::{Deleted, Search, Sort},
    service::{Acting, At, Host, Iam, OnConflict, Undo},
    testing::{AtOnce, Dump, FixedVault, Random, differential::predicate, oracle::Oracle},
};

type Verdict = Result<(), (String, String)>;

fn broken<T>(law: &str, message: impl Into<String>) -> Result<T, (String, String)> {
    Err((law.to_owned(), message.into()))
}

macro_rules! ensure {
    ($law:literal, $holds:expr, $($message:tt)*) => {
        if !$holds {
            return broken($law, format!($($message)*));
        }
    };
}

struct Court<'a> {
    left: &'a Left,
    iam: Iam,
    acting: Acting<'static>,
    entropy: Arc<Drawer>,
    audit: Vec<AuditRecord>,
    journal: Vec<Recorded>,
}

/// Holds every law against what a run left behind.
pub(super) fn hold(left: &Left, actions: &[Action]) -> Verdict {
    let entropy = Arc::new(Drawer::default());
    entropy.start(0x1a3);
    let storage = Arc::new(Troubled {
        inner: left.storage.clone(),
        mood: Arc::new(Mutex::new(Mood {
            random: Random::new(0),
            faults: Faults::NONE,
        })),
        watch: left.watch.clone(),
    });
    let host = Host {
        clock: left.clock.clone(),
        entropy: entropy.clone(),
        vault: Arc::new(FixedVault),
        compute: Arc::new(AtOnce),
    };
    let iam = Iam::new(storage, host).expect("the vault gives its key");
    let acting = iam.in_realm(left.realm).host("law");
    let mut court = Court {
        left,
        iam,
        acting,
        entropy,
        audit: Vec::new(),
        journal: Vec::new(),
    };
    drive(async {
        court.read().await?;
        let faulty = left.watch.ledger(|ledger| ledger.faulty.first().cloned());
        ensure!("answers", faulty.is_none(), "{}", faulty.unwrap_or_default());
        court.doctor(&left.dump).await?;
        court.acknowledged()?;
        court.whole()?;
        court.past().await?;
        court.search().await?;
        court.chain().await?;
        court.events().await?;
        court.outbox().await?;
        left.watch.look(Revision(u64::MAX), &left.dump, left.clock.now());
        court.undo().await?;
        court.preview(actions).await?;
        let dump = Dump::take(left.storage.as_ref(), left.realm).await;
        court.doctor(&dump).await?;
        court.chain().await
    })
}

fn failed<T>(law: &str, result: Result<T, crate::wire::Problem>) -> Result<T, (String, String)> {
    result.map_err(|problem| (law.to_owned(), problem.to_string()))
}

impl Court<'_> {
    /// The audit trail and the journal of the realm.
    async fn read(&mut self) -> Verdict {
        let storage = &self.left.storage;
        loop {
            let query = AuditQuery {
                realm: Some(self.left.realm),
                after: self.audit.last().map(|row| row.revision),
                limit: 1_000,
                ..AuditQuery::default()
            };
            let page = storage
                .audit(&query)
                .await
                .map_err(|e| ("whole".to_owned(), e.to_string()))?;
            if page.is_empty() {
                break;
            }
            self.audit.extend(page);
        }
        loop {
            let query = HistoryQuery {
                realm: Some(self.left.realm),
                subjects: Subjects::All,
                after: self.journal.last().map(|entry| (entry.revision, entry.ordinal)),
                until: None,
                newest_first: false,
                limit: 5_000,
            };
            let page = storage
                .history(&query)
                .await
                .map_err(|e| ("whole".to_owned(), e.to_string()))?;
            if page.is_empty() {
                return Ok(());
            }
            self.journal.extend(page);
        }
    }

    async fn doctor(&self, dump: &Dump) -> Verdict {
        let mut diagnosis = failed("doctor", self.acting.doctor().await)?;
        // Nobody is kept from making people report to each other in a circle; the doctor just says so.
        let doubtful = self.left.watch.ledger(|ledger| ledger.doubtful);
        diagnosis.findings.retain(|finding| {
            finding.code != "manager.circle" && !(doubtful && finding.code.starts_with("claim."))
        });
        ensure!("doctor", diagnosis.is_healthy(), "{:?}", diagnosis.findings);
        // And the ends of edges are there.
        let ends = |id: &EntityId| dump.records.contains_key(id);
        let dangling = dump.edges.keys().find(|key| !ends(&key.from) || !ends(&key.to));
        ensure!("doctor", dangling.is_none(), "{dangling:?} ends nowhere");
        Ok(())
    }

    fn acknowledged(&self) -> Verdict {
        let rows: BTreeMap<Revision, &AuditRecord> =
            self.audit.iter().map(|row| (row.revision, row)).collect();
        let (acknowledged, refused, committed) = self.left.watch.ledger(|ledger| {
            (
                ledger.acknowledged.clone(),
                ledger.refused.clone(),
                ledger.committed.clone(),
            )
        });
        for (id, revision) in &acknowledged {
            let row = rows.get(revision);
            ensure!(
                "acknowledged",
                row.is_some_and(|row| row.command_id == Some(*id) && row.outcome == Outcome::Accepted),
                "{id} was acknowledged with revision {revision}, the audit trail says {row:?}"
            );
        }
        let mut seen = BTreeSet::new();
        for row in &self.audit {
            let Some(id) = row.command_id else { continue };
            ensure!("once", seen.insert(id), "{id} was carried out twice");
            ensure!("once", !refused.contains(&id), "{id} was refused and carried out");
        }
        for (revision, told) in &committed {
            let row = rows.get(revision);
            ensure!(
                "acknowledged",
                row.is_some_and(|row| (row.outcome == Outcome::Accepted) == told.accepted
                    && row.command_id == told.command_id),
                "revision {revision} was committed, the audit trail says {row:?}"
            );
        }
        Ok(())
    }

    fn whole(&self) -> Verdict {
        let mut sizes: BTreeMap<Revision, usize> = BTreeMap::new();
        let mut versions: BTreeSet<(EntityId, u64)> = BTreeSet::new();
        for recorded in &self.journal {
            *sizes.entry(recorded.revision).or_default() += 1;
            let entry = &recorded.entry;
            if entry.edge.is_none() {
                ensure!(
                    "no lost update",
                    versions.insert((entry.subject, entry.version)),
                    "version {} of {} was written twice, the second time by revision {}",
                    entry.version,
                    entry.subject,
                    recorded.revision
                );
            }
        }
        let committed = self.left.watch.ledger(|ledger| ledger.committed.clone());
        for (revision, told) in committed {
            let size = sizes.remove(&revision).unwrap_or_default();
            ensure!(
                "whole",
                size == told.changes,
                "revision {revision} made {} changes, {size} are in the journal",
                told.changes
            );
        }
        Ok(())
    }

    async fn past(&self) -> Verdict {
        let looks = self.left.watch.ledger(|ledger| std::mem::take(&mut ledger.looks));
        for (revision, seen) in &looks {
            let then = self.acting.clone().as_of(At::Revision(*revision));
            // What was erased or purged since is unreadable, on purpose.
            let readable = |record: &Record| {
                record.kind() != Kind::Realm
                    && record.kind().has_past()
                    && self
                        .left
                        .dump
                        .records
                        .get(&record.id)
                        .is_some_and(|now| now.salt == record.salt)
            };
            let ids: Vec<EntityId> = seen
                .records
                .values()
                .filter(|record| readable(record))
                .map(|record| record.id)
                .collect();
            let found = failed("past", then.find_all(ids.iter().copied()).await)?;
            let found: BTreeMap<EntityId, Arc<Record>> =
                found.into_iter().map(|record| (record.id, record)).collect();
            for id in &ids {
                let (was, is) = (seen.records.get(id), found.get(id));
                ensure!(
                    "past",
                    was.map(|record| (&record.attributes, record.version))
                        == is.map(|record| (&record.attributes, record.version)),
                    "{id} at revision {revision} was {:?}, is read as {:?}",
                    was.map(|record| serde_json::to_string(&record.attributes)),
                    is.map(|record| serde_json::to_string(&record.attributes))
                );
            }
            let relations: BTreeSet<_> = seen
                .edges
                .keys()
                .chain(self.left.dump.edges.keys())
                .map(|key| (key.from, key.relation))
                .filter(|(from, _)| ids.contains(from))
                .collect();
            let sets = relations.iter().map(|(id, relation)| EdgesOf {
                id: *id,
                direction: Direction::From,
                relation: *relation,
            });
            let edges = failed("past", then.edges_of(sets).await)?;
            for (set, mut edges) in edges {
                edges.sort_by_key(|edge| edge.key);
                let was: Vec<_> = seen
                    .edges
                    .values()
                    .filter(|edge| edge.key.from == set.id && edge.key.relation == set.relation)
                    .cloned()
                    .collect();
                ensure!(
                    "past",
                    was == edges,
                    "the edges {set:?} at revision {revision} were {was:?}, are read as {edges:?}"
                );
            }
        }
        self.left.watch.ledger(|ledger| ledger.looks = looks);
        Ok(())
    }

    async fn search(&self) -> Verdict {
        let schema = failed("search", self.acting.schema().await)?;
        let definitions =
            |kind: Kind, name: &str| -> Option<AttributeDefinition> { schema.attribute(kind, name).cloned() };
        let dump = &self.left.dump;
        let oracle = Oracle {
            dump,
            now: self.left.clock.now(),
            definitions: &definitions,
        };
        let ids: Vec<EntityId> = dump.records.keys().copied().collect();
        let mut random = Random::new(self.audit.len() as u64);
        let sort = [Sort::ascending("created_at")];
        for _ in 0..6 {
            let (kind, filter) = predicate(&mut random, &ids, 2);
            let deleted = *random
                .pick(&[Deleted::Exclude, Deleted::Include])
                .unwrap_or(&Deleted::Exclude);
            let search = Search::new(kind)
                .filter(filter.clone())
                .sort(sort.clone())
                .limit(1_000)
                .deleted(deleted);
            let page = failed("search", self.acting.search(&search).await)?;
            let found: Vec<EntityId> = page.items.iter().map(|record| record.id).collect();
            let expected = oracle.sorted(kind, &filter, deleted, &sort);
            ensure!(
                "search",
                found == expected,
                "{filter:?} finds {found:?}, not {expected:?}"
            );
        }
        Ok(())
    }

    async fn chain(&self) -> Verdict {
        let head = failed("chain", self.iam.seal_chain().await)?;
        let verified = failed("chain", self.iam.verify_chain(head.as_slice()).await)?;
        ensure!("chain", verified.holds(), "{:?}", verified.breaks);
        Ok(())
    }

    async fn events(&self) -> Verdict {
        let expected: Vec<Revision> = self.audit.iter().map(|row| row.revision).collect();
        let mut followed = self.left.watch.ledger(|ledger| ledger.followed.clone());
        followed.entry(usize::MAX).or_default();
        for (process, mut seen) in followed {
            loop {
                let after = seen.last().copied().unwrap_or_default();
                let page = failed("events", self.acting.events(after, 100).await)?;
                if page.is_empty() {
                    break;
                }
                seen.extend(page.into_iter().map(|(revision, _)| revision));
            }
            ensure!(
                "events",
                seen == expected,
                "process {process} followed {seen:?}, there are {expected:?}"
            );
        }
        Ok(())
    }

    async fn outbox(&self) -> Verdict {
        let storage = &self.left.storage;
        let worker = "the last worker";
        let mut idle = 0;
        while idle < 3 {
            // Effects of a day when the clock was ahead wait for that day.
            self.left.clock.advance_days(40);
            let now = self.left.clock.now();
            let until = now.plus_seconds(60);
            let lost = |error: crate::port::StorageError| ("outbox".to_owned(), error.to_string());
            let leased = storage.lease(worker, now, until, 100).await.map_err(lost)?;
            self.left.watch.leased(worker, now, until, &leased);
            idle = if leased.is_empty() { idle + 1 } else { 0 };
            let results: Vec<Settled> = leased
                .iter()
                .map(|effect| Settled {
                    number: effect.number,
                    worker: worker.to_owned(),
                    retry: None,
                })
                .collect();
            self.left.watch.ledger(|ledger| {
                let keys = leased
                    .iter()
                    .map(|effect| (effect.number, effect.effect.key.clone()));
                ledger.delivered.extend(keys);
            });
            storage.settle(&results).await.map_err(lost)?;
            self.left.watch.settled(&results);
        }
        let (delivered, committed) = self
            .left
            .watch
            .ledger(|ledger| (ledger.delivered.clone(), ledger.committed.clone()));
        let delivered: BTreeSet<&str> = delivered.iter().map(|(_, key)| key.as_str()).collect();
        for (revision, told) in &committed {
            let lost = told.effects.iter().find(|key| !delivered.contains(key.as_str()));
            ensure!(
                "outbox",
                lost.is_none(),
                "the effect {lost:?} of revision {revision} was lost"
            );
        }
        Ok(())
    }

    /// Back to the latest state that was seen and is not too far away.
    async fn undo(&self) -> Verdict {
        let looks = self.left.watch.ledger(|ledger| std::mem::take(&mut ledger.looks));
        let Some((revision, seen)) = looks.last() else {
            return Ok(());
        };
        let later: Vec<Revision> = self
            .audit
            .iter()
            .filter(|row| row.revision > *revision && row.outcome == Outcome::Accepted)
            .map(|row| row.revision)
            .collect();
        if later.len() > 15 || self.left.watch.ledger(|ledger| ledger.doubtful) {
            return Ok(());
        }
        self.entropy.start(0x0d0);
        let acting = self.acting.clone().in_change_set(change_set(revision.0));
        for undo in later.into_iter().rev() {
            if let Err(problem) = acting.rollback(&Undo::Revision(undo), OnConflict::Refuse).await {
                // Erased, purged, or in use by what else there is: then there is no way back, and it says so.
                let kind = problem.kind();
                ensure!(
                    "undo",
                    matches!(
                        kind,
                        crate::wire::ProblemKind::Refused | crate::wire::ProblemKind::Invalid
                    ),
                    "revision {undo} cannot be undone: {problem}"
                );
                return Ok(());
            }
        }
        let now = Dump::take(self.left.storage.as_ref(), self.left.realm).await;
        let essence = |record: &Record| {
            let mut attributes = record.attributes.clone();
            // The epoch of the schema only rises, so that no process takes an old schema for the present one.
            for noted in ["changed_at", "changed_by", "schema_epoch"] {
                attributes.remove(noted);
            }
            attributes
        };
        // Sessions and links have no past to return to: one that was used stays used, and one that was made is worth nothing
        // without its user.
        for (id, was) in seen.records.iter().filter(|(id, _)| id.kind.has_past()) {
            let is = now.records.get(id);
            ensure!(
                "undo",
                is.is_some_and(|is| essence(is) == essence(was)),
                "{id} was {:?} at revision {revision}, after undoing everything since it is {:?}",
                serde_json::to_string(&essence(was)),
                is.map(|is| serde_json::to_string(&essence(is)))
            );
        }
        let newcomer = now
            .records
            .values()
            .filter(|record| record.kind().has_past())
            .find(|record| !seen.records.contains_key(&record.id) && !record.is_deleted());
        ensure!(
            "undo",
            newcomer.is_none(),
            "{:?} was created after revision {revision} and is still there",
            newcomer.map(|record| record.id)
        );
        Ok(())
    }

    /// The commands of the run once more: shown, then carried out.
    async fn preview(&self, actions: &[Action]) -> Verdict {
        let commands = actions.iter().filter_map(|action| match &action.deed {
            Deed::Execute(command) => Some(command.as_ref()),
            _ => None,
        });
        for (number, command) in commands.take(12).enumerate() {
            let number = number as u64;
            self.entropy.start(0x9e0 + number);
            let shown = self.acting.preview(command.clone()).await;
            self.left.watch.ledger(|ledger| ledger.latest = None);
            self.entropy.start(0x9e0 + number);
            let done = self.acting.execute(command.clone()).await;
            let made = self.left.watch.ledger(|ledger| ledger.latest.take());
            match (shown, done) {
                (Ok(shown), Ok(done)) if done.revision.is_some() => {
                    // A change of the schema goes on with reindexing, in commits of its own.
                    if shown
                        .plan
                        .effects
                        .iter()
                        .any(|effect| effect.name == "schema.reindex")
                    {
                        continue;
                    }
                    let json = |plan| serde_json::to_string(&plan).unwrap_or_default();
                    let (shown, made) = (json(Some(shown.plan)), json(made));
                    ensure!(
                        "preview",
                        shown == made,
                        "{} was shown as {shown} and done as {made}",
                        command.name()
                    );
                }
                (Ok(shown), Ok(_)) => {
                    ensure!(
                        "preview",
                        shown.plan.is_empty(),
                        "{} was shown and not done",
                        command.name()
                    );
                }
                (Err(shown), Err(done)) => {
                    ensure!("preview", shown.code == done.code, "shown {shown}, done {done}");
                }
                (shown, done) => {
                    return broken(
                        "preview",
                        format!("{}: shown {shown:?}, done {done:?}", command.name()),
                    );
                }
            }
        }
        Ok(())
    }
}
