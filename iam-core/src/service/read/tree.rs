//! The organization tree, upwards and downwards.

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;

use super::super::Acting;
use crate::{
    model::{EntityId, Kind, OrganizationId, Record, Value},
    plan::{Facts, Needs, Referring},
    wire::Problem,
};

/// A node of the organization tree, as a list or a tree view shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TreeNode {
    /// The organization.
    pub organization: Arc<Record>,
    /// Its positions, when the realm's tree shows them (S0-14).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Arc<Record>>,
    /// What lies directly below, in the realm's order (S0-15).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<TreeNode>,
}

impl Acting<'_> {
    /// An organization and everything above it, the organization first.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn path(&self, organization: OrganizationId) -> Result<Vec<Arc<Record>>, Problem> {
        let facts = self
            .load(&Needs {
                ancestors: BTreeSet::from([organization.into()]),
                ..Needs::default()
            })
            .await?;
        let mut path: Vec<Arc<Record>> = Vec::new();
        let mut place = Some(EntityId::from(organization));
        while let Some(record) = place.and_then(|id| facts.records.get(&id).cloned().flatten()) {
            place = record
                .reference("parent")
                .filter(|up| path.iter().all(|seen| seen.id != *up));
            path.push(record);
        }
        Ok(self.see(path).await?.into_iter().flatten().collect())
    }

    /// The organization tree below an organization, or the whole forest; sorted and with positions as the realm's
    /// settings say (S0-14, S0-15, S0-80).
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn tree(&self, root: Option<OrganizationId>) -> Result<Vec<TreeNode>, Problem> {
        let schema = self.schema().await?;
        let roots = match root {
            Some(root) => vec![root.into()],
            None => {
                let set = Referring {
                    kind: Kind::Organization,
                    attribute: "parent".to_owned(),
                    target: None,
                };
                let facts = self
                    .load(&Needs {
                        referring: BTreeSet::from([set]),
                        ..Needs::default()
                    })
                    .await?;
                facts.referring.into_values().flat_map(|set| set.ids).collect()
            }
        };
        let needs = Needs {
            subtrees: roots.iter().copied().collect(),
            ..Needs::default()
        };
        let mut facts = self.load(&needs).await?;
        if schema.settings.tree_shows_positions {
            let mut needs = Needs::default();
            for id in facts.records.keys() {
                needs.referring(Kind::Position, "organization", *id);
            }
            let positions = self.load(&needs).await?;
            let ids = positions
                .referring
                .values()
                .flat_map(|set| set.ids.iter().copied())
                .collect();
            facts.extend(positions);
            facts.extend(
                self.load(&Needs {
                    records: ids,
                    ..Needs::default()
                })
                .await?,
            );
        }
        if self.restricted().is_some() {
            let records: Vec<Arc<Record>> = facts.records.values().flatten().cloned().collect();
            let ids: Vec<EntityId> = records.iter().map(|record| record.id).collect();
            let seen = self.see(records).await?;
            facts.records = ids.into_iter().zip(seen).collect();
        }
        Ok(grow(&facts, &roots, &schema.settings.tree_sort, 0))
    }
}

/// The nodes at these organizations; a circle in damaged data ends at a depth that no real tree has.
fn grow(facts: &Facts, ids: &[EntityId], sort: &str, depth: usize) -> Vec<TreeNode> {
    if depth > 200 {
        return Vec::new();
    }
    let known = |id: &EntityId| {
        facts
            .records
            .get(id)
            .cloned()
            .flatten()
            .filter(|record| !record.is_deleted())
    };
    let referring = |kind: Kind, attribute: &str, id: EntityId| {
        let set = Referring {
            kind,
            attribute: attribute.to_owned(),
            target: Some(id),
        };
        facts
            .referring
            .get(&set)
            .map(|set| set.ids.clone())
            .unwrap_or_default()
    };
    let order = |record: &Arc<Record>| {
        let key = |name: &str| {
            record
                .value(name)
                .and_then(Value::search_key)
                .map(std::borrow::Cow::into_owned)
                .unwrap_or_default()
        };
        (key(sort), key("name"), record.id)
    };
    let mut nodes: Vec<TreeNode> = ids
        .iter()
        .filter_map(known)
        .map(|organization| {
            let mut positions: Vec<_> = referring(Kind::Position, "organization", organization.id)
                .iter()
                .filter_map(known)
                .collect();
            positions.sort_by_key(order);
            let children = referring(Kind::Organization, "parent", organization.id);
            TreeNode {
                positions,
                children: grow(facts, &children, sort, depth + 1),
                organization,
            }
        })
        .collect();
    nodes.sort_by_key(|node| order(&node.organization));
    nodes
}
