//! The state and its indexes.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, btree_map::Entry},
    ops::Bound,
    sync::Arc,
};

use iam_core::{
    model::{
        EdgeKey, EdgeOrigin, EntityId, Kind, Moment, Name, RealmId, Record, Relation, Text,
        builtin_references,
    },
    plan::{ClaimKey, Direction, EdgeSet, EdgesOf, Facts, Needs, Referring, ReferringSet, SCHEMA_KINDS},
    port::{AuditRecord, LeasedEffect, Seal, StorageError},
    rules::subject::Surroundings,
};
use uuid::Uuid;

use super::{
    journal::Journal,
    link::Link,
    table::{Held, Table},
};

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
    pub realm_names: Names,
    pub journal: Journal,
    pub audit: Vec<AuditRecord>,
    pub commands: HashMap<(RealmId, EntityId), usize>,
    pub outbox: Vec<Queued>,
    pub seals: Vec<Seal>,
}

/// Records by identifier, each kind for itself.
#[derive(Debug, Default)]
pub(super) struct Records(BTreeMap<Kind, Table>);

impl Records {
    pub fn table(&self, kind: Kind) -> Option<&Table> {
        self.0.get(&kind)
    }

    pub fn table_mut(&mut self, kind: Kind) -> Option<&mut Table> {
        self.0.get_mut(&kind)
    }

    pub fn get(&self, id: &EntityId) -> Option<&Held> {
        self.0.get(&id.kind)?.held(&id.uuid)
    }

    pub fn get_mut(&mut self, id: &EntityId) -> Option<&mut Held> {
        self.0.get_mut(&id.kind)?.held_mut(&id.uuid)
    }

    pub fn put(&mut self, before: Option<&Record>, record: &Record, revision: u64) {
        let kind = record.kind();
        let table = self.0.entry(kind).or_insert_with(|| Table::new(kind));
        table.put(before, record, revision);
    }

    pub fn remove(&mut self, before: Option<&Record>, id: &EntityId) {
        if let Some(table) = self.0.get_mut(&id.kind) {
            table.remove(before, &id.uuid);
        }
    }
}

/// Unique names and their holders, by kind and attribute.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<Kind, BTreeMap<Name, BTreeMap<Text, Uuid>>>);

impl Names {
    pub fn get(&self, key: &ClaimKey) -> Option<EntityId> {
        let holder = self
            .0
            .get(&key.kind)?
            .get(&key.attribute)?
            .get(key.key.as_str())?;
        Some(EntityId::new(key.kind, *holder))
    }

    pub fn insert(&mut self, key: &ClaimKey, holder: EntityId) {
        let attributes = self.0.entry(key.kind).or_default();
        match attributes.get_mut(&key.attribute) {
            Some(names) => {
                names.insert(key.key.clone(), holder.uuid);
            }
            None => {
                let names = BTreeMap::from([(key.key.clone(), holder.uuid)]);
                attributes.insert(key.attribute.clone(), names);
            }
        }
    }

    pub fn remove(&mut self, key: &ClaimKey) {
        let attributes = self.0.get_mut(&key.kind);
        if let Some(names) = attributes.and_then(|attributes| attributes.get_mut(&key.attribute)) {
            names.remove(key.key.as_str());
        }
    }

    /// The names after one, in the order of their places.
    pub fn after<'a>(&'a self, after: Option<&'a ClaimKey>) -> impl Iterator<Item = (ClaimKey, EntityId)> {
        let from = after.map_or(Bound::Unbounded, |after| Bound::Included(after.kind));
        let kinds = self.0.range((from, Bound::Unbounded));
        kinds.flat_map(move |(kind, attributes)| {
            let after = after.filter(|after| after.kind == *kind);
            // In the order of their places, where a line follows the name.
            let place = |attribute: &Name| format!("{attribute}|");
            let first = after.map(|after| place(&after.attribute)).unwrap_or_default();
            let mut attributes: Vec<_> = attributes.iter().collect();
            attributes.retain(|(attribute, _)| place(attribute) >= first);
            attributes.sort_by_cached_key(|(attribute, _)| place(attribute));
            attributes.into_iter().flat_map(move |(attribute, names)| {
                let after = after.filter(|after| after.attribute == *attribute);
                let from = after.map_or(Bound::Unbounded, |after| Bound::Excluded(after.key.as_str()));
                names
                    .range::<str, _>((from, Bound::Unbounded))
                    .map(|(key, holder)| {
                        let name = ClaimKey {
                            kind: *kind,
                            attribute: attribute.clone(),
                            key: key.clone(),
                        };
                        (name, EntityId::new(*kind, *holder))
                    })
            })
        })
    }
}

/// The records that name a target in a reference attribute.
type ReferringTo = (Kind, &'static str, Option<EntityId>);

/// One realm.
#[derive(Debug, Default)]
pub(super) struct RealmWorld {
    pub records: Records,
    pub claims: Names,
    pub edges: BTreeMap<EdgeKey, Link>,
    /// Second end, relation, first end.
    pub incoming: BTreeSet<(EntityId, Relation, EntityId)>,
    /// Reference attribute → the records that name the target in it. Those that name nothing are kept of organizations
    /// only: the roots of the tree.
    referring: BTreeMap<ReferringTo, BTreeSet<Uuid>>,
    /// The organization above each one.
    parents: BTreeMap<EntityId, EntityId>,
}

/// The built-in reference attributes of a kind that are stored in its records.
fn references(kind: Kind) -> impl Iterator<Item = &'static str> {
    builtin_references(kind)
        .iter()
        .filter(|definition| !definition.multiple)
        .map(|definition| definition.name.as_str())
}

impl World {
    pub(super) fn load(&self, id: RealmId, needs: &Needs) -> Result<Facts, StorageError> {
        let mut facts = Facts::default();
        for key in &needs.claims {
            facts.claims.insert(key.clone(), self.holder(id, key));
        }
        if let Some(realm) = self.realms.get(&id) {
            realm.load(id, needs, &mut facts)?;
        }
        facts.complete(needs);
        Ok(facts)
    }

    pub(super) fn holder(&self, realm: RealmId, name: &ClaimKey) -> Option<EntityId> {
        match name.kind {
            Kind::Realm => self.realm_names.get(name),
            _ => self.realms.get(&realm)?.claims.get(name),
        }
    }
}

impl RealmWorld {
    fn load(&self, id: RealmId, needs: &Needs, facts: &mut Facts) -> Result<(), StorageError> {
        for id in &needs.records {
            facts.records.insert(*id, self.record(*id)?);
        }
        for start in &needs.ancestors {
            let link = if start.kind == Kind::Position {
                "reports_to"
            } else {
                "parent"
            };
            let mut place = Some(*start);
            while let Some(id) = place {
                let record = self.record(id)?;
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
                facts.records.insert(id, self.record(id)?);
                let set = Referring {
                    kind: Kind::Organization,
                    attribute: "parent".to_owned(),
                    target: Some(id),
                };
                let children = self.referring_set(&set)?;
                open.extend(children.ids.iter().copied());
                facts.referring.insert(set, children);
            }
        }
        for set in &needs.edges {
            facts.edges.insert(*set, self.edge_set(set));
        }
        for set in &needs.referring {
            let found = self.referring_set(set)?;
            if needs.members.contains(&set.kind) {
                for id in &found.ids {
                    facts.records.insert(*id, self.record(*id)?);
                }
            }
            facts.referring.insert(set.clone(), found);
        }
        if needs.schema {
            facts.records.insert(id.into(), self.record(id.into())?);
            for table in SCHEMA_KINDS
                .into_iter()
                .filter_map(|kind| self.records.table(kind))
            {
                for id in table.ids(None) {
                    let record = table.record(*id)?;
                    facts.records.insert(EntityId::new(table.kind(), *id), record);
                }
            }
        }
        Ok(())
    }

    pub(super) fn record(&self, id: EntityId) -> Result<Option<Arc<Record>>, StorageError> {
        match self.records.table(id.kind) {
            Some(table) => table.record(id.uuid),
            None => Ok(None),
        }
    }

    fn edges_of(&self, set: &EdgesOf) -> Vec<(EdgeKey, &Link)> {
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
                    .map(|(key, link)| (*key, link))
                    .collect()
            }
            Direction::To => self
                .incoming
                .range((set.id, set.relation, nil)..)
                .take_while(|(to, relation, _)| *to == set.id && *relation == set.relation)
                .filter_map(|(to, relation, from)| {
                    let key = EdgeKey {
                        from: *from,
                        relation: *relation,
                        to: *to,
                    };
                    Some((key, self.edges.get(&key)?))
                })
                .collect(),
        }
    }

    pub(super) fn edge_set(&self, set: &EdgesOf) -> EdgeSet {
        let held = self.edges_of(set);
        let latest = held.iter().map(|(_, link)| link.revision).max().unwrap_or(0);
        EdgeSet {
            fingerprint: format!("{}:{latest}", held.len()),
            edges: held.into_iter().map(|(key, link)| link.edge(key)).collect(),
        }
    }

    pub(super) fn referring_set(&self, set: &Referring) -> Result<ReferringSet, StorageError> {
        let ids: Vec<EntityId> = match (set.target, set.kind) {
            (None, kind) if kind != Kind::Organization => self.naming_nothing(set)?,
            (target, kind) => {
                let found = self.referring.get(&(kind, set.attribute.as_str(), target));
                let ids = found.into_iter().flatten();
                ids.map(|id| EntityId::new(kind, *id)).collect()
            }
        };
        let latest = ids
            .iter()
            .filter_map(|id| self.records.get(id))
            .map(|held| held.revision)
            .max()
            .unwrap_or(0);
        Ok(ReferringSet {
            fingerprint: format!("{}:{latest}", ids.len()),
            ids,
        })
    }

    /// Looks at everything: nobody asks for it but of organizations.
    fn naming_nothing(&self, set: &Referring) -> Result<Vec<EntityId>, StorageError> {
        let mut found = Vec::new();
        let known = references(set.kind).any(|attribute| attribute == set.attribute);
        if let Some(table) = self.records.table(set.kind).filter(|_| known) {
            for id in table.ids(None) {
                found.extend(
                    table
                        .record(*id)?
                        .filter(|record| record.reference(&set.attribute).is_none())
                        .map(|record| record.id),
                );
            }
        }
        Ok(found)
    }

    /// Notes what a record names, or that it does not any more.
    pub(super) fn refer(&mut self, record: &Record, add: bool) {
        let kind = record.kind();
        for attribute in references(kind) {
            let target = record.reference(attribute);
            if target.is_none() && kind != Kind::Organization {
                continue;
            }
            if kind == Kind::Organization && attribute == "parent" {
                match target.filter(|_| add) {
                    Some(parent) => drop(self.parents.insert(record.id, parent)),
                    None => drop(self.parents.remove(&record.id)),
                }
            }
            let ids = self.referring.entry((kind, attribute, target)).or_default();
            if add {
                ids.insert(record.id.uuid);
            } else {
                ids.remove(&record.id.uuid);
            }
        }
    }

    pub(super) fn surroundings(&self, now: Moment, any_end: bool) -> Around<'_> {
        Around {
            realm: self,
            now,
            any_end,
        }
    }

    pub(super) fn at_or_above(&self, organization: EntityId) -> Vec<EntityId> {
        let mut path = Vec::new();
        let mut place = Some(organization);
        while let Some(id) = place {
            if path.contains(&id) {
                break;
            }
            path.push(id);
            place = self.parents.get(&id).copied();
        }
        path
    }

    /// The organization itself and everything below it, with the steps between.
    pub(super) fn at_or_below(&self, organization: EntityId) -> BTreeMap<EntityId, u32> {
        let mut found = BTreeMap::new();
        let mut open = vec![(organization, 0)];
        while let Some((id, depth)) = open.pop() {
            if let Entry::Vacant(free) = found.entry(id) {
                free.insert(depth);
                let children = self.referring.get(&(Kind::Organization, "parent", Some(id)));
                let children = children.into_iter().flatten();
                open.extend(children.map(|child| (EntityId::new(Kind::Organization, *child), depth + 1)));
            }
        }
        found
    }

    pub(super) fn is_live(&self, id: EntityId) -> bool {
        self.records.get(&id).is_some_and(|held| !held.deleted)
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
            .filter(|(key, link)| link.is_in_effect(self.now) && (self.any_end || self.realm.is_live(key.to)))
            .map(|(key, _)| key.to)
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
            .filter(|(_, link)| link.has(EdgeOrigin::Rule))
            .map(|(key, _)| key.to)
            .collect()
    }

    fn at_or_above(&self, organization: EntityId) -> Vec<EntityId> {
        self.realm.at_or_above(organization)
    }

    fn revision(&self, id: EntityId) -> u64 {
        self.realm.records.get(&id).map_or(0, |held| held.revision)
    }
}
