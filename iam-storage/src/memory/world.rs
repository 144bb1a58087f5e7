//! The state and its indexes.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use iam_core::{
    model::{
        Edge, EdgeKey, EdgeOrigin, EntityId, Kind, Moment, RealmId, Record, Relation, builtin_references,
    },
    plan::{ClaimKey, Direction, EdgeSet, EdgesOf, Facts, Needs, Referring, ReferringSet, SCHEMA_KINDS},
    port::{AuditRecord, Inspected, Inspection, LeasedEffect, Recorded, Seal},
    rules::subject::Surroundings,
    search::Subject,
};
use uuid::Uuid;

/// A record and the last revision that changed it or an edge that starts at it.
#[derive(Debug)]
pub(super) struct Held {
    pub record: Arc<Record>,
    pub revision: u64,
}

/// An effect in the outbox.
#[derive(Debug)]
pub(super) struct Queued {
    pub leased: LeasedEffect,
    pub not_before: Moment,
    pub lease: Option<(String, Moment)>,
    pub done: bool,
}

#[derive(Debug, Default)]
pub(super) struct World {
    pub realms: BTreeMap<RealmId, RealmWorld>,
    /// Names of realms are unique across realms.
    pub realm_names: HashMap<ClaimKey, EntityId>,
    pub journal: Vec<Recorded>,
    pub audit: Vec<AuditRecord>,
    pub commands: HashMap<(RealmId, EntityId), usize>,
    pub outbox: Vec<Queued>,
    pub seals: Vec<Seal>,
}

/// Records by identifier, each kind for itself.
#[derive(Debug, Default)]
pub(super) struct Records(BTreeMap<Kind, HashMap<Uuid, Held>>);

impl Records {
    pub fn get(&self, id: &EntityId) -> Option<&Held> {
        self.0.get(&id.kind)?.get(&id.uuid)
    }

    pub fn get_mut(&mut self, id: &EntityId) -> Option<&mut Held> {
        self.0.get_mut(&id.kind)?.get_mut(&id.uuid)
    }

    pub fn insert(&mut self, id: EntityId, held: Held) {
        self.0.entry(id.kind).or_default().insert(id.uuid, held);
    }

    pub fn remove(&mut self, id: &EntityId) {
        if let Some(records) = self.0.get_mut(&id.kind) {
            records.remove(&id.uuid);
        }
    }

    /// Those of a kind, in no order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Held> {
        self.0.get(&kind).into_iter().flat_map(HashMap::values)
    }
}

/// One realm.
#[derive(Debug, Default)]
pub(super) struct RealmWorld {
    pub records: Records,
    pub claims: HashMap<ClaimKey, EntityId>,
    pub edges: BTreeMap<EdgeKey, (Edge, u64)>,
    /// Second end, relation, first end.
    pub incoming: BTreeSet<(EntityId, Relation, EntityId)>,
    /// Reference attribute → the records that name the target in it.
    pub referring: BTreeMap<Referring, BTreeSet<EntityId>>,
}

/// The built-in reference attributes of a kind that are stored in its records.
pub(super) fn references(kind: Kind) -> impl Iterator<Item = &'static str> {
    builtin_references(kind)
        .iter()
        .filter(|definition| !definition.multiple)
        .map(|definition| definition.name.as_str())
}

impl World {
    pub(super) fn load(&self, id: RealmId, needs: &Needs) -> Facts {
        let mut facts = Facts::default();
        for key in &needs.claims {
            let holder = match key.kind {
                Kind::Realm => self.realm_names.get(key),
                _ => self.realms.get(&id).and_then(|realm| realm.claims.get(key)),
            };
            facts.claims.insert(key.clone(), holder.copied());
        }
        if let Some(realm) = self.realms.get(&id) {
            realm.load(id, needs, &mut facts);
        }
        facts.complete(needs);
        facts
    }
}

impl RealmWorld {
    fn load(&self, id: RealmId, needs: &Needs, facts: &mut Facts) {
        for id in &needs.records {
            facts.records.insert(*id, self.record(*id));
        }
        for start in &needs.ancestors {
            let link = if start.kind == Kind::Position {
                "reports_to"
            } else {
                "parent"
            };
            let mut place = Some(*start);
            while let Some(id) = place {
                let record = self.record(id);
                place = record.as_ref().and_then(|record| record.reference(link));
                // A circle would have been refused; should there be one, it ends here.
                if facts
                    .records
                    .insert(id, record)
                    .flatten()
                    .is_some_and(|_| place == Some(*start))
                {
                    break;
                }
            }
        }
        for root in &needs.subtrees {
            let mut open = vec![*root];
            let mut seen = BTreeSet::new();
            while let Some(id) = open.pop() {
                if !seen.insert(id) {
                    continue;
                }
                facts.records.insert(id, self.record(id));
                let set = Referring {
                    kind: Kind::Organization,
                    attribute: "parent".to_owned(),
                    target: Some(id),
                };
                let children = self.referring_set(&set);
                open.extend(children.ids.iter().copied());
                facts.referring.insert(set, children);
            }
        }
        for set in &needs.edges {
            facts.edges.insert(*set, self.edge_set(set));
        }
        for set in &needs.referring {
            facts.referring.insert(set.clone(), self.referring_set(set));
        }
        if needs.schema {
            facts.records.insert(id.into(), self.record(id.into()));
            for kind in SCHEMA_KINDS {
                facts.records.extend(
                    self.of_kind(kind)
                        .map(|held| (held.record.id, Some(held.record.clone()))),
                );
            }
        }
    }

    pub(super) fn record(&self, id: EntityId) -> Option<Arc<Record>> {
        self.records.get(&id).map(|held| held.record.clone())
    }

    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Held> {
        self.records.of_kind(kind)
    }

    fn edges_of(&self, set: &EdgesOf) -> Vec<&(Edge, u64)> {
        let nil = EntityId::new(Kind::Realm, Uuid::nil());
        match set.direction {
            Direction::From => {
                let first = EdgeKey {
                    from: set.id,
                    relation: set.relation,
                    to: nil,
                };
                let here = |key: &EdgeKey| key.from == set.id && key.relation == set.relation;
                self.edges
                    .range(first..)
                    .take_while(|(key, _)| here(key))
                    .map(|(_, held)| held)
                    .collect()
            }
            Direction::To => self
                .incoming
                .range((set.id, set.relation, nil)..)
                .take_while(|(to, relation, _)| *to == set.id && *relation == set.relation)
                .filter_map(|(to, relation, from)| {
                    self.edges.get(&EdgeKey {
                        from: *from,
                        relation: *relation,
                        to: *to,
                    })
                })
                .collect(),
        }
    }

    pub(super) fn edge_set(&self, set: &EdgesOf) -> EdgeSet {
        let held = self.edges_of(set);
        let latest = held.iter().map(|(_, revision)| *revision).max().unwrap_or(0);
        EdgeSet {
            fingerprint: format!("{}:{latest}", held.len()),
            edges: held.into_iter().map(|(edge, _)| edge.clone()).collect(),
        }
    }

    pub(super) fn referring_set(&self, set: &Referring) -> ReferringSet {
        let ids: Vec<EntityId> = self.referring.get(set).into_iter().flatten().copied().collect();
        let latest = ids
            .iter()
            .filter_map(|id| self.records.get(id))
            .map(|held| held.revision)
            .max()
            .unwrap_or(0);
        ReferringSet {
            fingerprint: format!("{}:{latest}", ids.len()),
            ids,
        }
    }

    pub(super) fn surroundings(&self, now: Moment, any_end: bool) -> Around<'_> {
        Around {
            realm: self,
            now,
            any_end,
        }
    }

    fn at_or_above(&self, organization: EntityId) -> Vec<EntityId> {
        let mut path = Vec::new();
        let mut place = Some(organization);
        while let Some(id) = place {
            if path.contains(&id) {
                break;
            }
            path.push(id);
            place = self
                .records
                .get(&id)
                .and_then(|held| held.record.reference("parent"));
        }
        path
    }

    fn is_live(&self, id: EntityId) -> bool {
        self.records
            .get(&id)
            .is_some_and(|held| !held.record.is_deleted())
    }

    pub(super) fn inspect(&self, inspection: Inspection) -> Vec<Inspected> {
        match inspection {
            Inspection::Records(kind) => self
                .of_kind(kind)
                .map(|held| {
                    // There are no stored keys here: searches read the records themselves.
                    let mut keys = Vec::new();
                    for name in held.record.attributes.keys() {
                        held.record.any_key(name, &mut |key| {
                            keys.push((name.to_string(), key.to_owned()));
                            false
                        });
                    }
                    Inspected::Record {
                        record: held.record.clone(),
                        keys,
                    }
                })
                .collect(),
            Inspection::Claims => self
                .claims
                .iter()
                .map(|(key, holder)| Inspected::Claim {
                    key: key.clone(),
                    holder: *holder,
                })
                .collect(),
            Inspection::Edges => self
                .edges
                .values()
                .map(|(edge, _)| Inspected::Edge {
                    edge: edge.clone(),
                    from_live: self.is_live(edge.key.from),
                    to_live: self.is_live(edge.key.to),
                })
                .collect(),
            Inspection::Closure => self
                .of_kind(Kind::Organization)
                .map(|held| held.record.id)
                .flat_map(|id| {
                    (0..)
                        .zip(self.at_or_above(id))
                        .map(move |(depth, ancestor)| Inspected::Closure {
                            ancestor,
                            descendant: id,
                            depth,
                        })
                })
                .collect(),
        }
    }
}

/// A realm's edges and tree at a moment.
pub(super) struct Around<'a> {
    realm: &'a RealmWorld,
    now: Moment,
    any_end: bool,
}

impl Surroundings for Around<'_> {
    fn targets(&self, id: EntityId, relation: Relation) -> Vec<EntityId> {
        self.realm
            .edges_of(&EdgesOf {
                id,
                direction: Direction::From,
                relation,
            })
            .into_iter()
            .filter(|(edge, _)| {
                edge.is_in_effect(self.now) && (self.any_end || self.realm.is_live(edge.key.to))
            })
            .map(|(edge, _)| edge.key.to)
            .collect()
    }

    fn by_rule(&self, id: EntityId, relation: Relation) -> Vec<EntityId> {
        self.realm
            .edges_of(&EdgesOf {
                id,
                direction: Direction::From,
                relation,
            })
            .into_iter()
            .filter(|(edge, _)| edge.origins.contains(&EdgeOrigin::Rule))
            .map(|(edge, _)| edge.key.to)
            .collect()
    }

    fn at_or_above(&self, organization: EntityId) -> Vec<EntityId> {
        self.realm.at_or_above(organization)
    }

    fn revision(&self, id: EntityId) -> u64 {
        self.realm.records.get(&id).map_or(0, |held| held.revision)
    }
}
