//! What a plan changes, record by record.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use iam_core::{
    model::{Edge, EntityId, Record},
    plan::{Change, Plan},
};

use super::commands::relation_of;

/// What a plan changes beyond the one it stands on, by record.
pub(super) fn touched(plan: &Plan, base: Option<&Plan>) -> HashMap<EntityId, BTreeSet<String>> {
    let mut before: HashMap<EntityId, Arc<Record>> = HashMap::new();
    for change in base.map(|base| base.changes.as_slice()).unwrap_or_default() {
        if let Change::Record {
            after: Some(record), ..
        } = change
        {
            before.insert(record.id, record.clone());
        }
    }
    let known_edges: BTreeSet<_> = base
        .map(|base| base.changes.as_slice())
        .unwrap_or_default()
        .iter()
        .filter_map(|change| match change {
            Change::Edge { after, .. } => Some(after.as_ref().map(|edge| edge.key)),
            Change::Record { .. } => None,
        })
        .flatten()
        .collect();
    let mut touched: HashMap<EntityId, BTreeSet<String>> = HashMap::new();
    for change in &plan.changes {
        match change {
            Change::Record {
                before: old,
                after: Some(record),
                ..
            } => {
                let old = before.get(&record.id).or(old.as_ref());
                for (name, value) in &record.attributes {
                    let metadata = matches!(
                        name.as_str(),
                        "created_at" | "created_by" | "changed_at" | "changed_by"
                    );
                    if !metadata && old.and_then(|old| old.value(name)) != Some(value) {
                        touched.entry(record.id).or_default().insert(name.to_string());
                    }
                }
                for name in old.map(|old| old.attributes.keys()).into_iter().flatten() {
                    if record.value(name).is_none() {
                        touched.entry(record.id).or_default().insert(name.to_string());
                    }
                }
            }
            Change::Edge { before, after, .. } => {
                let Some(edge) = after.as_ref().or(before.as_ref()) else {
                    continue;
                };
                if !known_edges.contains(&edge.key) {
                    touched
                        .entry(edge.key.from)
                        .or_default()
                        .insert(attribute_of(edge).to_owned());
                }
            }
            Change::Record { .. } => {}
        }
    }
    touched
}

fn attribute_of(edge: &Edge) -> &'static str {
    ["organizations", "positions", "groups", "manager"]
        .into_iter()
        .find(|name| relation_of(name) == Some(edge.key.relation))
        .unwrap_or_else(|| edge.key.relation.name())
}
