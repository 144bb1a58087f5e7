//! The rules of a realm, found by what they read.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::Rule;
use crate::model::{EntityId, Kind};

/// Rules by the identifiers of their records, by the kind that they select and by the attributes that they read: a change
/// runs only the rules that it can concern, however many there are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleBook {
    rules: BTreeMap<EntityId, Arc<Rule>>,
    of_kind: BTreeMap<Kind, BTreeSet<EntityId>>,
    readers: BTreeMap<(Kind, String), BTreeSet<EntityId>>,
}

impl RuleBook {
    /// Adds a rule, in place of the one that was kept there.
    pub fn insert(&mut self, id: EntityId, rule: Arc<Rule>) {
        self.remove(id);
        self.of_kind.entry(rule.selects).or_default().insert(id);
        for name in &rule.reads {
            self.readers
                .entry((rule.selects, name.clone()))
                .or_default()
                .insert(id);
        }
        self.rules.insert(id, rule);
    }

    /// Takes a rule out.
    pub fn remove(&mut self, id: EntityId) {
        if let Some(rule) = self.rules.remove(&id) {
            for set in self.of_kind.values_mut() {
                set.remove(&id);
            }
            for name in &rule.reads {
                if let Some(set) = self.readers.get_mut(&(rule.selects, name.clone())) {
                    set.remove(&id);
                }
            }
        }
    }

    /// The rule kept in a record.
    pub fn get(&self, id: &EntityId) -> Option<&Arc<Rule>> {
        self.rules.get(id)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Arc<Rule>)> {
        self.rules.iter().map(|(id, rule)| (*id, rule))
    }

    /// The rules over a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = EntityId> + '_ {
        self.of_kind.get(&kind).into_iter().flatten().copied()
    }

    /// The rules over a kind that read an attribute.
    pub fn reading(&self, kind: Kind, attribute: &str) -> impl Iterator<Item = EntityId> + '_ {
        self.readers
            .get(&(kind, attribute.to_owned()))
            .into_iter()
            .flatten()
            .copied()
    }
}
