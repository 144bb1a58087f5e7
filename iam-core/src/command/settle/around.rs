//! What conditions read beyond the record itself, gathered from a draft.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{EntityId, Kind, Relation},
    plan::{Direction, Draft, EdgesOf, Needs, Stop},
    rules::subject::{Surroundings, relation_of},
};

/// Edges in effect and ancestors, as a draft sees them.
#[derive(Debug, Default)]
pub(super) struct Around {
    targets: BTreeMap<(EntityId, Relation), Vec<EntityId>>,
    above: BTreeMap<EntityId, Vec<EntityId>>,
}

impl Surroundings for Around {
    fn targets(&self, id: EntityId, relation: Relation) -> Vec<EntityId> {
        self.targets.get(&(id, relation)).cloned().unwrap_or_default()
    }

    fn by_rule(&self, _id: EntityId, _relation: Relation) -> Vec<EntityId> {
        // Conditions may not read what rules decide.
        Vec::new()
    }

    fn at_or_above(&self, organization: EntityId) -> Vec<EntityId> {
        self.above.get(&organization).cloned().unwrap_or_default()
    }

    fn revision(&self, _id: EntityId) -> u64 {
        0
    }
}

/// The edges that attributes of a record read.
pub(super) fn needs(needs: &mut Needs, id: EntityId, reads: &BTreeSet<&str>) {
    for attribute in reads {
        let own = *attribute == "within_organization" && id.kind == Kind::Organization;
        if own {
            needs.ancestors.insert(id);
        } else if let Some(relation) = relation_of(attribute) {
            needs.edges.insert(EdgesOf {
                id,
                direction: Direction::From,
                relation,
            });
        }
    }
}

/// Gathers what conditions on records read: for each record the attributes.
pub(super) fn gather(
    draft: &mut Draft<'_>,
    records: &BTreeMap<EntityId, BTreeSet<&str>>,
) -> Result<Around, Stop> {
    let mut around = Around::default();
    let mut more = Needs::default();
    let mut tree = BTreeSet::new();
    let now = draft.context.now;
    for (id, reads) in records {
        for attribute in reads {
            let within = *attribute == "within_organization";
            if within && id.kind == Kind::Organization {
                tree.insert(*id);
                continue;
            }
            let Some(relation) = relation_of(attribute) else {
                continue;
            };
            let targets: Vec<EntityId> = draft
                .edges(*id, Direction::From, relation)?
                .into_iter()
                .filter(|edge| edge.is_in_effect(now))
                .map(|edge| edge.key.to)
                .collect();
            if within {
                tree.extend(targets.iter().copied());
            }
            more.records.extend(targets.iter().copied());
            around.targets.insert((*id, relation), targets);
        }
    }
    more.ancestors.extend(tree.iter().copied());
    draft.need(more)?;
    // What is deleted is not there.
    for targets in around.targets.values_mut() {
        let mut live = Vec::with_capacity(targets.len());
        for target in targets.drain(..) {
            if draft.record(target)?.is_some_and(|record| !record.is_deleted()) {
                live.push(target);
            }
        }
        *targets = live;
    }
    for organization in tree {
        let mut path = Vec::new();
        let mut place = Some(organization);
        while let Some(id) = place.filter(|id| !path.contains(id)) {
            path.push(id);
            place = draft.record(id)?.and_then(|record| record.reference("parent"));
        }
        around.above.insert(organization, path);
    }
    Ok(around)
}
