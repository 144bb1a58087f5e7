//! What a draft has changed, for those who look at what follows from it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Draft, Savepoint, Stop, Undo};
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, Record},
    plan::{Cause, Matching, Needs},
    rules::{Rule, RuleOverlay},
};

/// A record before and after.
type States = (Option<Arc<Record>>, Option<Arc<Record>>);

impl Draft<'_> {
    /// The records written since the savepoint: what they were at the savepoint, what they are.
    pub(crate) fn records_since(&self, savepoint: Savepoint) -> BTreeMap<EntityId, States> {
        let mut found: BTreeMap<EntityId, States> = BTreeMap::new();
        for undo in self.log.iter().skip(savepoint.log) {
            if let Undo::Record(id, was) = undo
                && !found.contains_key(id)
                && let Some(touched) = self.records.get(id)
            {
                let before = match was {
                    Some(was) => was.after.clone(),
                    None => touched.before.clone(),
                };
                found.insert(*id, (before, touched.after.clone()));
            }
        }
        found
    }

    /// The edges written since the savepoint.
    pub(crate) fn edges_since(&self, savepoint: Savepoint) -> BTreeSet<EdgeKey> {
        let edges = self.log.iter().skip(savepoint.log).filter_map(|undo| match undo {
            Undo::Edge(key, _) => Some(*key),
            _ => None,
        });
        edges.collect()
    }

    /// The edges written since the savepoint: what they were at the savepoint, what they are, and why.
    pub(crate) fn edge_changes_since(
        &self,
        savepoint: Savepoint,
    ) -> BTreeMap<EdgeKey, (Option<Edge>, Option<Edge>, Cause)> {
        let mut found = BTreeMap::new();
        for undo in self.log.iter().skip(savepoint.log) {
            if let Undo::Edge(key, was) = undo
                && !found.contains_key(key)
                && let Some(touched) = self.edges.get(key)
            {
                let before = match was {
                    Some(was) => was.after.clone(),
                    None => touched.before.clone(),
                };
                found.insert(*key, (before, touched.after.clone(), touched.cause));
            }
        }
        found
    }

    /// The records of a kind that this draft touched, as they are now.
    pub(crate) fn touched_of(&self, kind: Kind) -> Vec<(EntityId, Option<Arc<Record>>)> {
        self.records
            .range(EntityId::new(kind, uuid::Uuid::nil())..)
            .take_while(|(id, _)| id.kind == kind)
            .map(|(id, touched)| (*id, touched.after.clone()))
            .collect()
    }

    /// The rules of the schema, with what the draft made of them.
    pub(crate) fn rules(&mut self) -> Arc<RuleOverlay> {
        let (seen, mut rules) = match self.rules.take() {
            Some(known) => known,
            None => {
                let mut rules = RuleOverlay::new(self.schema.rule_book().clone());
                for (id, record) in self.touched_of(Kind::Rule) {
                    self.lay(&mut rules, id, record.as_deref());
                }
                (self.log.len(), Arc::new(rules))
            }
        };
        let changed: BTreeSet<EntityId> = self
            .log
            .iter()
            .skip(seen)
            .filter_map(|undo| match undo {
                Undo::Record(id, _) if id.kind == Kind::Rule => Some(*id),
                _ => None,
            })
            .collect();
        for id in changed {
            let record = self.records.get(&id).and_then(|touched| touched.after.as_deref());
            self.lay(Arc::make_mut(&mut rules), id, record);
        }
        self.rules = Some((self.log.len(), rules.clone()));
        rules
    }

    fn lay(&self, rules: &mut RuleOverlay, id: EntityId, record: Option<&Record>) {
        match record.and_then(Rule::stored) {
            Some(rule) => {
                let asked = rule.asks(self.schema);
                rules.insert(id, Arc::new(rule), asked);
            }
            None => rules.remove(id),
        }
    }

    /// Lets the plan rest on nobody else having committed anything since the searches were made; `false` when that is not
    /// to be taken for granted, or nothing was searched.
    pub(crate) fn rest_on_searches(&mut self) -> bool {
        match self.facts.matched_at.filter(|_| self.facts.alone) {
            Some(revision) => {
                self.rest_on(revision);
                true
            }
            None => false,
        }
    }

    pub(super) fn rest_on(&mut self, revision: u64) {
        self.guard_latest = Some(self.guard_latest.map_or(revision, |known| known.min(revision)));
    }

    /// Whether the draft has written or removed it.
    pub(crate) fn has_touched(&self, id: EntityId) -> bool {
        self.records.contains_key(&id)
    }

    /// Whether the draft has not removed it.
    pub(crate) fn is_here(&self, id: EntityId) -> bool {
        self.records
            .get(&id)
            .is_none_or(|touched| touched.after.is_some())
    }

    /// The records that a search found; `None` when there are more than it may find.
    pub(crate) fn matching(&self, set: &Matching) -> Result<Option<Vec<EntityId>>, Stop> {
        match self.facts.matching.get(set) {
            Some(found) => Ok(found.clone()),
            None => Err(Needs {
                matching: BTreeSet::from([set.clone()]),
                ..Needs::default()
            }
            .into()),
        }
    }
}
