//! Earlier states: what is now, with the journal taken back.
//!
//! A storage keeps the present and the changes that led to it. The state at a revision is the present with every
//! later change undone, newest first; only what is asked for is taken back.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{history::salts, iam::Shared, seal::salt_of};
use crate::{
    model::{Edge, EdgeKey, EdgeOrigin, EntityId, Kind, Moment, RealmId, Record, Relation},
    plan::{Direction, EdgeSet, EdgesOf, Facts, Needs, Referring, ReferringSet, Step},
    port::{AuditQuery, Find, HistoryQuery, Recorded, Revision, Storage, Subjects},
    rules::subject::{Surrounded, Surroundings, relation_of},
    search::{Checked, Page, Test, sort_keys},
    wire::{Code, Problem},
};

/// The state that a read is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// The present.
    #[default]
    Now,
    /// The state after a commit.
    Revision(Revision),
    /// The state at a moment.
    Moment(Moment),
}

/// The realm as it was after a commit.
pub(crate) struct Past<'a> {
    pub shared: &'a Shared,
    pub storage: &'a dyn Storage,
    pub realm: RealmId,
    pub revision: Revision,
}

/// What was changed since, by the first subject: the state of records then, and of edges that start at them.
#[derive(Default)]
struct Rewound {
    records: BTreeMap<EntityId, Option<Arc<Record>>>,
    edges: BTreeMap<EdgeKey, Option<Edge>>,
    touched: BTreeSet<EntityId>,
}

/// The revision that a read is about; `None` for the present.
pub(crate) async fn revision_at(
    storage: &dyn Storage,
    realm: RealmId,
    at: At,
) -> Result<Option<Revision>, Problem> {
    match at {
        At::Now => Ok(None),
        At::Revision(revision) => {
            let stable = storage.standing().await?.stable;
            if revision > stable {
                let message = format!("revision {revision} is not there yet: the latest one is {stable}");
                return Err(Problem::new(Code::Revision, message));
            }
            Ok(Some(revision))
        }
        At::Moment(moment) => {
            // The last commit that was stamped at or before the moment.
            let query = AuditQuery {
                realm: Some(realm),
                before: Some(moment),
                newest_first: true,
                limit: 1,
                ..AuditQuery::default()
            };
            let row = storage.audit(&query).await?.into_iter().next();
            Ok(Some(row.map_or(Revision(0), |row| row.revision)))
        }
    }
}

/// Refuses to show earlier states of what has none.
fn has_past(kind: Kind) -> Result<(), Problem> {
    if kind.has_past() {
        return Ok(());
    }
    let message = format!("{} is known as it is now only", kind.with_article());
    Err(Problem::new(Code::Revision, message))
}

impl Past<'_> {
    /// Everything that was changed after the revision, oldest first.
    async fn since(&self, subjects: Subjects) -> Result<Vec<Recorded>, Problem> {
        let mut all = Vec::new();
        let mut place = (self.revision, u32::MAX);
        loop {
            let query = HistoryQuery {
                realm: Some(self.realm),
                subjects: subjects.clone(),
                after: Some(place),
                until: None,
                newest_first: false,
                limit: 10_000,
            };
            let page = self.storage.history(&query).await?;
            let Some(last) = page.last() else { return Ok(all) };
            place = (last.revision, last.ordinal);
            all.extend(page);
        }
    }

    async fn rewind(&self, subjects: Subjects) -> Result<Rewound, Problem> {
        let entries = self.since(subjects).await?;
        let salts = salts(
            self.storage,
            self.realm,
            entries.iter().map(|recorded| &recorded.entry),
        )
        .await?;
        let changed: BTreeSet<EntityId> = entries
            .iter()
            .filter(|r| r.entry.edge.is_none())
            .map(|r| r.entry.subject)
            .collect();
        let present = if changed.is_empty() {
            Facts::default()
        } else {
            self.storage
                .load(
                    self.realm,
                    &Needs {
                        records: changed,
                        ..Needs::default()
                    },
                )
                .await?
        };
        let mut rewound = Rewound {
            records: present.records,
            ..Rewound::default()
        };
        for Recorded { entry, .. } in entries.iter().rev() {
            rewound.touched.insert(entry.subject);
            let (delta, _) = self
                .shared
                .sealer
                .delta(entry, salts.get(&entry.subject).copied())?;
            if let Some(key) = entry.edge {
                let before = delta
                    .edge
                    .and_then(|(before, _)| before)
                    .map(|body| body.with_key(key));
                rewound.edges.insert(key, before);
                continue;
            }
            let state = rewound.records.entry(entry.subject).or_default();
            match entry.step {
                Step::Create => *state = None,
                Step::Update | Step::Remove => {
                    let mut record = state
                        .as_deref()
                        .cloned()
                        .unwrap_or_else(|| Record::new(entry.subject));
                    delta.undo(&mut record.attributes);
                    record.version = entry.version.saturating_sub(1);
                    *state = Some(Arc::new(record));
                }
            }
        }
        Ok(rewound)
    }

    /// What was asked for, as it was.
    pub(crate) async fn load(&self, needs: &Needs) -> Result<Facts, Problem> {
        let records = needs.records.iter().map(|id| id.kind);
        for kind in records.chain(needs.referring.iter().map(|set| set.kind)) {
            has_past(kind)?;
        }
        let mut facts = Facts::default();
        let mut records = needs.records.clone();
        for start in &needs.ancestors {
            let link = if start.kind == Kind::Position {
                "reports_to"
            } else {
                "parent"
            };
            let mut place = Some(*start);
            while let Some(id) = place.filter(|id| !facts.records.contains_key(id)) {
                let record = self.records(BTreeSet::from([id])).await?.remove(&id).flatten();
                place = record.as_ref().and_then(|record| record.reference(link));
                facts.records.insert(id, record);
            }
        }
        if !needs.subtrees.is_empty() || !needs.referring.is_empty() {
            let mut open: Vec<EntityId> = needs.subtrees.iter().copied().collect();
            let mut sets: BTreeSet<Referring> = needs.referring.clone();
            while let Some(target) = open.pop() {
                records.insert(target);
                let set = Referring {
                    kind: Kind::Organization,
                    attribute: "parent".to_owned(),
                    target: Some(target),
                };
                let ids = self.referring(&set).await?;
                open.extend(ids.iter().filter(|id| !records.contains(id)).copied());
                facts.referring.insert(
                    set.clone(),
                    ReferringSet {
                        ids,
                        ..ReferringSet::default()
                    },
                );
                sets.remove(&set);
            }
            for set in sets {
                let ids = self.referring(&set).await?;
                facts.referring.insert(
                    set,
                    ReferringSet {
                        ids,
                        ..ReferringSet::default()
                    },
                );
            }
        }
        facts.records.extend(self.records(records).await?);
        for set in &needs.edges {
            let edges = self.edges(set).await?;
            facts.edges.insert(
                *set,
                EdgeSet {
                    edges,
                    ..EdgeSet::default()
                },
            );
        }
        for key in &needs.claims {
            let changed = self.rewind(Subjects::Kind(key.kind)).await?.records;
            let present = self
                .storage
                .load(
                    self.realm,
                    &Needs {
                        claims: [key.clone()].into(),
                        ..Needs::default()
                    },
                )
                .await?;
            let present = present
                .claims
                .get(key)
                .copied()
                .flatten()
                .filter(|holder| !changed.contains_key(holder));
            let named = |record: &Record| {
                !record.is_deleted()
                    && record
                        .value(&key.attribute)
                        .and_then(|value| value.search_key().map(|k| *k == *key.key))
                        == Some(true)
            };
            let then = changed
                .values()
                .flatten()
                .find(|record| named(record))
                .map(|record| record.id);
            facts.claims.insert(key.clone(), then.or(present));
        }
        facts.complete(needs);
        Ok(facts)
    }

    async fn records(
        &self,
        ids: BTreeSet<EntityId>,
    ) -> Result<BTreeMap<EntityId, Option<Arc<Record>>>, Problem> {
        let present = self
            .storage
            .load(
                self.realm,
                &Needs {
                    records: ids.clone(),
                    ..Needs::default()
                },
            )
            .await?;
        let mut records = present.records;
        let mut rewound = self.rewind(Subjects::Of(ids.iter().copied().collect())).await?;
        for id in ids {
            if let Some(then) = rewound.records.remove(&id) {
                records.insert(id, then);
            }
        }
        Ok(records)
    }

    async fn edges(&self, set: &EdgesOf) -> Result<Vec<Edge>, Problem> {
        let present = self
            .storage
            .load(
                self.realm,
                &Needs {
                    edges: [*set].into(),
                    ..Needs::default()
                },
            )
            .await?;
        let mut edges: BTreeMap<EdgeKey, Edge> = present
            .edges
            .into_values()
            .flat_map(|set| set.edges)
            .map(|edge| (edge.key, edge))
            .collect();
        for (key, then) in self.rewind(Subjects::Of(vec![set.id])).await?.edges {
            let end = if set.direction == Direction::From {
                key.from
            } else {
                key.to
            };
            if key.relation == set.relation && end == set.id {
                match then {
                    Some(edge) => drop(edges.insert(key, edge)),
                    None => drop(edges.remove(&key)),
                }
            }
        }
        Ok(edges.into_values().collect())
    }

    async fn referring(&self, set: &Referring) -> Result<Vec<EntityId>, Problem> {
        let present = self
            .storage
            .load(
                self.realm,
                &Needs {
                    referring: [set.clone()].into(),
                    ..Needs::default()
                },
            )
            .await?;
        let mut ids: BTreeSet<EntityId> = present.referring.into_values().flat_map(|set| set.ids).collect();
        for (id, then) in self.rewind(Subjects::Kind(set.kind)).await?.records {
            let refers = then.is_some_and(|record| record.reference(&set.attribute) == set.target);
            if refers {
                ids.insert(id)
            } else {
                ids.remove(&id)
            };
        }
        Ok(ids.into_iter().collect())
    }

    /// A page of an earlier state: what was not touched since is found by the storage, what was touched is looked at
    /// one by one, and the two are merged.
    ///
    /// The filter's leaves about edges must name their targets; those that did not live then were taken out before.
    pub(crate) async fn search(&self, find: &Find) -> Result<Page, Problem> {
        let search = &find.search;
        has_past(search.kind)?;
        let rewound = self.rewind(Subjects::Kind(search.kind)).await?;
        let untouched = Checked::Leaf {
            attribute: "revision".to_owned(),
            derived: false,
            multiple: false,
            test: Test::Range {
                lower: std::ops::Bound::Unbounded,
                upper: std::ops::Bound::Included(format!("{:020}", self.revision.0)),
            },
        };
        let mut below = search.clone();
        below.filter = search.filter.clone().and(untouched);
        below.limit = search.fetch();
        let page = self
            .storage
            .search(&Find {
                search: below,
                any_end: true,
                ..find.clone()
            })
            .await?;

        let missing: BTreeSet<EntityId> = rewound
            .touched
            .iter()
            .filter(|id| !rewound.records.contains_key(id))
            .copied()
            .collect();
        let mut touched: Vec<Arc<Record>> = rewound.records.values().flatten().cloned().collect();
        if !missing.is_empty() {
            let present = self
                .storage
                .load(
                    self.realm,
                    &Needs {
                        records: missing,
                        ..Needs::default()
                    },
                )
                .await?;
            touched.extend(present.records.into_values().flatten());
        }
        let around = self
            .around(&rewound, search.filter.attributes(), &touched, find.now)
            .await?;
        let admitted: Vec<Arc<Record>> = touched
            .into_iter()
            .filter(|record| {
                search.admits(
                    record,
                    &Surrounded {
                        record,
                        surroundings: &around,
                    },
                )
            })
            .collect();
        let total = page.total.map(|total| total + admitted.len() as u64);
        let mut rows: Vec<_> = page
            .items
            .into_iter()
            .chain(admitted)
            .map(|record| (sort_keys(&record, &search.sort), record))
            .filter(|(keys, record)| search.beyond(keys, record.id))
            .collect();
        rows.sort_by(|a, b| {
            let order = crate::search::compare(&search.sort, (&a.0, a.1.id), (&b.0, b.1.id));
            if search.backward() { order.reverse() } else { order }
        });
        rows.truncate(usize::try_from(search.fetch()).unwrap_or(usize::MAX));
        Ok(search.page(rows, total))
    }

    async fn around(
        &self,
        rewound: &Rewound,
        attributes: BTreeSet<&str>,
        records: &[Arc<Record>],
        now: Moment,
    ) -> Result<PastEdges, Problem> {
        let relations: BTreeSet<Relation> = attributes.into_iter().filter_map(relation_of).collect();
        let mut needs = Needs::default();
        for record in records {
            for relation in &relations {
                needs.edges(record.id, Direction::From, *relation);
            }
        }
        let mut edges: BTreeMap<EdgeKey, Edge> = BTreeMap::new();
        if !needs.is_empty() {
            let present = self.storage.load(self.realm, &needs).await?;
            edges.extend(
                present
                    .edges
                    .into_values()
                    .flat_map(|set| set.edges)
                    .map(|edge| (edge.key, edge)),
            );
        }
        for (key, then) in &rewound.edges {
            match then {
                Some(edge) => drop(edges.insert(*key, edge.clone())),
                None => drop(edges.remove(key)),
            }
        }
        Ok(PastEdges { edges, now })
    }
}

/// Edges of an earlier state.
struct PastEdges {
    edges: BTreeMap<EdgeKey, Edge>,
    now: Moment,
}

impl PastEdges {
    fn of(&self, id: EntityId, relation: Relation) -> impl Iterator<Item = &Edge> {
        let first = EdgeKey {
            from: id,
            relation,
            to: EntityId::new(Kind::Realm, uuid::Uuid::nil()),
        };
        self.edges
            .range(first..)
            .take_while(move |(key, _)| key.from == id && key.relation == relation)
            .map(|(_, edge)| edge)
    }
}

impl Surroundings for PastEdges {
    fn targets(&self, id: EntityId, relation: Relation) -> Vec<EntityId> {
        self.of(id, relation)
            .filter(|edge| edge.is_in_effect(self.now))
            .map(|edge| edge.key.to)
            .collect()
    }

    fn by_rule(&self, id: EntityId, relation: Relation) -> Vec<EntityId> {
        self.of(id, relation)
            .filter(|edge| edge.origins.contains(&EdgeOrigin::Rule))
            .map(|edge| edge.key.to)
            .collect()
    }

    fn at_or_above(&self, organization: EntityId) -> Vec<EntityId> {
        // Filters about the tree were turned into lists of organizations before.
        vec![organization]
    }

    fn revision(&self, _id: EntityId) -> u64 {
        0
    }
}

/// The salt of a record that was just loaded; re-exported for the rollback.
pub(crate) fn salt(record: Option<&Record>) -> Option<crate::model::KeySalt> {
    salt_of(record)
}
