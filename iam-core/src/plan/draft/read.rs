//! What a decision reads: every answer is noted as a guard, and shows what the draft itself changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Draft, Stop};
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, Record, Relation},
    plan::{ClaimKey, Direction, EdgesOf, Needs, Referring},
    wire::{Code, Problem},
};

impl Draft<'_> {
    /// Returns at once with everything that is not known yet, so that a decision takes few rounds.
    pub fn need(&self, mut needs: Needs) -> Result<(), Stop> {
        let new = |id: &EntityId| {
            self.records
                .get(id)
                .is_some_and(|touched| touched.before.is_none())
        };
        needs
            .records
            .retain(|id| !self.facts.records.contains_key(id) && !self.records.contains_key(id));
        needs
            .ancestors
            .retain(|id| !self.facts.records.contains_key(id) && !self.records.contains_key(id));
        needs
            .claims
            .retain(|key| !self.facts.claims.contains_key(key) && !self.claims.contains_key(key));
        needs
            .edges
            .retain(|set| !self.facts.edges.contains_key(set) && !new(&set.id));
        needs
            .referring
            .retain(|set| !self.facts.referring.contains_key(set) && !set.target.as_ref().is_some_and(new));
        needs
            .matching
            .retain(|set| !self.facts.matching.contains_key(set));
        // A subtree was loaded when the set of children of its root is there.
        needs.subtrees.retain(|id| {
            let children = Referring {
                kind: Kind::Organization,
                attribute: "parent".to_owned(),
                target: Some(*id),
            };
            !self.facts.referring.contains_key(&children) && !new(id)
        });
        needs.work.retain(|work| !self.facts.work.contains_key(work));
        if needs.is_empty() {
            Ok(())
        } else {
            Err(needs.into())
        }
    }

    /// A record as this draft sees it, deleted ones included; `None` when there is none.
    pub fn record(&mut self, id: impl Into<EntityId>) -> Result<Option<Arc<Record>>, Stop> {
        let id = id.into();
        if let Some(touched) = self.records.get(&id) {
            return Ok(touched.after.clone());
        }
        match self.facts.records.get(&id) {
            Some(known) => {
                // What was read first counts: a schema from memory must not be hidden by a fresher realm record.
                self.guards_records
                    .entry(id)
                    .or_insert_with(|| known.as_ref().map(|record| record.version));
                Ok(known.clone())
            }
            None => {
                let mut needs = Needs::default();
                needs.record(id);
                Err(needs.into())
            }
        }
    }

    /// A record that exists, deleted or not.
    pub fn existing(&mut self, id: impl Into<EntityId>) -> Result<Arc<Record>, Stop> {
        let id = id.into();
        self.record(id)?.ok_or_else(|| {
            Problem::new(
                Code::NotFound,
                format!("there is no {} with this identifier in the realm", id.kind),
            )
            .about(id)
            .into()
        })
    }

    /// A record that exists and is not deleted.
    pub fn live(&mut self, id: impl Into<EntityId>) -> Result<Arc<Record>, Stop> {
        let record = self.existing(id)?;
        if record.is_deleted() {
            return Err(
                Problem::new(Code::Deleted, format!("the {} is deleted", record.kind()))
                    .about(record.id)
                    .into(),
            );
        }
        Ok(record)
    }

    /// Who holds a unique name as this draft sees it.
    pub fn holder(&mut self, key: &ClaimKey) -> Result<Option<EntityId>, Stop> {
        if let Some(holder) = self.claims.get(key) {
            return Ok(*holder);
        }
        match self.facts.claims.get(key) {
            // No guard: the unique index is the guard of a free name, the holder's version that of a taken one.
            Some(holder) => Ok(*holder),
            None => Err(Needs {
                claims: BTreeSet::from([key.clone()]),
                ..Needs::default()
            }
            .into()),
        }
    }

    /// The edges of a relation at a record as this draft sees them, in the order of their keys.
    pub fn edges(
        &mut self,
        id: impl Into<EntityId>,
        direction: Direction,
        relation: Relation,
    ) -> Result<Vec<Edge>, Stop> {
        let id = id.into();
        let set = EdgesOf {
            id,
            direction,
            relation,
        };
        let mut edges: BTreeMap<EdgeKey, Edge> = BTreeMap::new();
        if let Some(known) = self.facts.edges.get(&set) {
            self.guard_edges(set, &known.fingerprint);
            edges.extend(known.edges.iter().map(|edge| (edge.key, edge.clone())));
        } else if !self.is_new(id) {
            return Err(missing_edges(set));
        }
        for key in self.touched_edges(set) {
            match self.edges.get(&key).and_then(|touched| touched.after.as_ref()) {
                Some(edge) => drop(edges.insert(key, edge.clone())),
                None => drop(edges.remove(&key)),
            }
        }
        Ok(edges.into_values().collect())
    }

    /// One edge as this draft sees it. Either set that it belongs to will do.
    pub fn edge(&mut self, key: EdgeKey) -> Result<Option<Edge>, Stop> {
        if let Some(touched) = self.edges.get(&key) {
            return Ok(touched.after.clone());
        }
        let from = EdgesOf {
            id: key.from,
            direction: Direction::From,
            relation: key.relation,
        };
        let to = EdgesOf {
            id: key.to,
            direction: Direction::To,
            relation: key.relation,
        };
        for set in [from, to] {
            if let Some(known) = self.facts.edges.get(&set) {
                self.guard_edges(set, &known.fingerprint);
                let found = known.edges.binary_search_by_key(&key, |edge| edge.key);
                return Ok(found.ok().and_then(|place| known.edges.get(place)).cloned());
            }
            if self.is_new(set.id) {
                return Ok(None);
            }
        }
        Err(missing_edges(from))
    }

    /// The touched edges of a set.
    pub(super) fn touched_edges(
        &self,
        EdgesOf {
            id,
            direction,
            relation,
        }: EdgesOf,
    ) -> Vec<EdgeKey> {
        let least = EntityId::new(Kind::Realm, uuid::Uuid::nil());
        match direction {
            Direction::From => self
                .edges
                .range(
                    EdgeKey {
                        from: id,
                        relation,
                        to: least,
                    }..,
                )
                .map(|(key, _)| *key)
                .take_while(|key| key.from == id && key.relation == relation)
                .collect(),
            Direction::To => self
                .incoming
                .range((id, relation, least)..)
                .take_while(|(to, of, _)| *to == id && *of == relation)
                .map(|(to, relation, from)| EdgeKey {
                    from: *from,
                    relation: *relation,
                    to: *to,
                })
                .filter(|key| self.edges.contains_key(key))
                .collect(),
        }
    }

    pub(super) fn guard_edges(&mut self, set: EdgesOf, fingerprint: &str) {
        self.guards_edges
            .entry(set)
            .or_insert_with(|| fingerprint.to_owned());
    }

    /// Whether this draft created it: then nothing about it can be stored.
    pub(crate) fn is_new(&self, id: EntityId) -> bool {
        self.records
            .get(&id)
            .is_some_and(|touched| touched.before.is_none())
    }

    /// The records of a kind that name a record in an attribute, as this draft sees them.
    pub fn referring(
        &mut self,
        kind: Kind,
        attribute: &str,
        target: Option<EntityId>,
    ) -> Result<Vec<EntityId>, Stop> {
        let set = Referring {
            kind,
            attribute: attribute.to_owned(),
            target,
        };
        let mut ids: BTreeSet<EntityId> = BTreeSet::new();
        if let Some(known) = self.facts.referring.get(&set) {
            self.guards_referring
                .insert(set.clone(), known.fingerprint.clone());
            ids.extend(known.ids.iter().copied());
        } else if target.is_none_or(|id| {
            self.records
                .get(&id)
                .is_none_or(|touched| touched.before.is_some())
        }) {
            return Err(Needs {
                referring: BTreeSet::from([set]),
                ..Needs::default()
            }
            .into());
        }
        for (id, touched) in self.records.range(EntityId::new(kind, uuid::Uuid::nil())..) {
            if id.kind != kind {
                break;
            } else {
                let refers = touched
                    .after
                    .as_ref()
                    .is_some_and(|record| record.reference(attribute) == target);
                if refers {
                    ids.insert(*id)
                } else {
                    ids.remove(id)
                };
            }
        }
        Ok(ids.into_iter().collect())
    }
}

fn missing_edges(set: EdgesOf) -> Stop {
    Needs {
        edges: BTreeSet::from([set]),
        ..Needs::default()
    }
    .into()
}
