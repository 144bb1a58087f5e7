//! Plans laid over the decision data: what would be decided if they were committed.

use std::collections::{BTreeMap, BTreeSet};

use super::world::{Ask, Node, Number, World};
use crate::{
    model::{EntityId, Kind},
    plan::Change,
};

/// What has to be put back when an overlay is taken away.
#[derive(Debug)]
pub(crate) struct Overlay {
    nodes: BTreeMap<Number, Node>,
    generation: u64,
    highest_level: i64,
    ready: bool,
}

impl World {
    /// Lays a plan over the data. Everything that it touches has to be loaded, which [`World::touched`] asks for.
    pub(crate) fn lay(&mut self, changes: &[Change]) -> Overlay {
        let mut overlay = Overlay {
            nodes: BTreeMap::new(),
            generation: self.generation,
            highest_level: self.highest_level,
            ready: self.ready,
        };
        for change in changes {
            if let Some(id) = change.subject() {
                let number = self.intern(id);
                if let Some(node) = self.node(number) {
                    overlay.nodes.entry(number).or_insert_with(|| node.clone());
                }
            }
        }
        self.overlaid = true;
        // Records first: an edge may start at one that appears.
        let (records, edges): (Vec<_>, Vec<_>) = changes
            .iter()
            .partition(|change| matches!(change, Change::Record { .. }));
        for change in records.into_iter().chain(edges) {
            if !matches!(
                change.subject().map(|id| id.kind),
                Some(Kind::Realm | Kind::Attribute)
            ) {
                self.apply(change);
            }
        }
        overlay
    }

    /// Takes an overlay away.
    pub(crate) fn lift(&mut self, overlay: Overlay) {
        for (number, node) in overlay.nodes {
            if let Some(place) = self.nodes.get_mut(number as usize) {
                *place = node;
            }
        }
        self.generation = overlay.generation;
        self.highest_level = overlay.highest_level;
        self.ready = overlay.ready;
        self.overlaid = false;
    }

    /// The nodes that a plan touches and that are there before it.
    pub(super) fn touched(&self, changes: &[Change], ask: &Ask) {
        let created: BTreeSet<EntityId> = changes
            .iter()
            .filter_map(|change| match change {
                Change::Record {
                    before: None,
                    after: Some(record),
                    ..
                } => Some(record.id),
                _ => None,
            })
            .collect();
        for id in changes.iter().filter_map(Change::subject) {
            if !created.contains(&id) && !matches!(id.kind, Kind::Realm | Kind::Attribute) {
                self.find(id, ask);
            }
        }
    }
}
