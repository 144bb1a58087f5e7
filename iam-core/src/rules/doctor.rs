//! What derived data should be, computed the simple way.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    model::{EntityId, Record},
    plan::{ClaimKey, Schema, claims_of},
};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Finding {
    /// A stable code such as `claim.missing`.
    pub code: String,
    /// What it is about.
    pub subject: EntityId,
    /// What is wrong.
    pub message: String,
}

impl Finding {
    pub(crate) fn new(code: &str, subject: EntityId, message: impl Into<String>) -> Self {
        Finding {
            code: code.to_owned(),
            subject,
            message: message.into(),
        }
    }
}

/// The unique names that a record should hold.
pub(crate) fn claims_expected(schema: &Schema, record: &Record) -> impl Iterator<Item = ClaimKey> {
    claims_of(schema, Some(record)).into_iter()
}

/// The search keys under which a record should be found.
pub(crate) fn keys_expected(schema: &Schema, record: &Record) -> Vec<(String, String)> {
    schema
        .attributes(record.kind())
        .filter(|definition| definition.searchable && !definition.derived)
        .flat_map(|definition| {
            let values = record
                .value(&definition.name)
                .map(|value| value.elements().to_vec())
                .unwrap_or_default();
            values
                .into_iter()
                .filter_map(|value| value.search_key().map(std::borrow::Cow::into_owned))
                .map(|key| (definition.name.clone(), key))
        })
        .collect()
}

/// Every pair of an organization and one at or above it, with the steps between; circles and missing parents become
/// findings.
pub(crate) fn closure_expected(
    parents: &BTreeMap<EntityId, Option<EntityId>>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<(EntityId, EntityId), u32> {
    let mut closure = BTreeMap::new();
    for id in parents.keys() {
        let (mut place, mut depth) = (Some(*id), 0u32);
        while let Some(above) = place {
            if depth as usize > parents.len() {
                findings.push(Finding::new("tree.circle", *id, "lies below itself"));
                break;
            }
            match parents.get(&above) {
                Some(next) => {
                    closure.insert((above, *id), depth);
                    place = *next;
                }
                None => {
                    findings.push(Finding::new(
                        "tree.parent_missing",
                        *id,
                        format!("lies below {above}, which does not exist"),
                    ));
                    break;
                }
            }
            depth += 1;
        }
    }
    closure
}

/// How many of these members belong to each organization or to one below it; each counts once.
pub(crate) fn headcounts_expected<'a>(
    parents: &BTreeMap<EntityId, Option<EntityId>>,
    memberships: impl Iterator<Item = (&'a EntityId, &'a Vec<EntityId>)>,
) -> BTreeMap<EntityId, u64> {
    let mut counts = BTreeMap::new();
    for (_, organizations) in memberships {
        let mut above: BTreeSet<EntityId> = BTreeSet::new();
        for organization in organizations {
            let mut place = Some(*organization);
            // Whoever was seen has everything above it in the set; a circle ends there, too.
            while let Some(id) = place.filter(|id| above.insert(*id)) {
                place = parents.get(&id).copied().flatten();
            }
        }
        for id in above {
            *counts.entry(id).or_insert(0) += 1;
        }
    }
    counts
}
