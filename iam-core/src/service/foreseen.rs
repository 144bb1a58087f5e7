//! What a commit that is under way will have made true, for whoever decides before it has happened.
//!
//! Records and names are foreseen exactly. A set that the commit changes is not: its fingerprint says at which revision,
//! and nobody knows that yet. Whoever asks for one waits.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::driver::changes_schema;
use crate::{
    model::{EntityId, Kind, Record},
    plan::{Change, ClaimKey, Direction, EdgesOf, Facts, Needs, Plan, Referring},
    wire::{Code, Problem},
};

/// What a commit that is under way will have made true.
#[derive(Debug, Default)]
pub(crate) struct Foreseen {
    /// Records as they will be, with what they were.
    records: BTreeMap<EntityId, [Option<Arc<Record>>; 2]>,
    claims: BTreeMap<ClaimKey, Option<EntityId>>,
    edges: BTreeSet<EdgesOf>,
    /// A tree will have another shape.
    trees: bool,
}

impl Foreseen {
    /// What a plan will have done; `None` when nothing can be decided on it beforehand, because it changes by what
    /// rules is decided.
    pub(crate) fn of(plan: &Plan) -> Option<Foreseen> {
        if changes_schema(plan) {
            return None;
        }
        let mut foreseen = Foreseen {
            claims: plan
                .holders()
                .map(|(key, holder)| (key.clone(), holder))
                .collect(),
            ..Foreseen::default()
        };
        for change in &plan.changes {
            match change {
                Change::Record { before, after, .. } => {
                    let Some(id) = change.subject() else { continue };
                    foreseen.trees |= matches!(id.kind, Kind::Organization | Kind::Position);
                    foreseen.records.insert(id, [before.clone(), after.clone()]);
                }
                Change::Edge { before, after, .. } => {
                    for edge in before.iter().chain(after) {
                        let key = edge.key;
                        for (id, direction) in [(key.from, Direction::From), (key.to, Direction::To)] {
                            foreseen.edges.insert(EdgesOf {
                                id,
                                direction,
                                relation: key.relation,
                            });
                        }
                    }
                }
            }
        }
        Some(foreseen)
    }

    /// Refuses a question that has to wait for the commit.
    pub(crate) fn answers(&self, needs: &Needs) -> Result<(), Problem> {
        let known = needs.matching.is_empty()
            && !needs.schema
            && !(self.trees && !(needs.ancestors.is_empty() && needs.subtrees.is_empty()))
            && self.edges.is_disjoint(&needs.edges)
            && !needs.referring.iter().any(|set| self.is_changed(set));
        match known {
            true => Ok(()),
            false => Err(Problem::new(
                Code::Conflict,
                "what is asked for is just being changed",
            )),
        }
    }

    fn is_changed(&self, set: &Referring) -> bool {
        let refers = |record: &Arc<Record>| record.reference(&set.attribute) == set.target;
        self.records
            .range(EntityId::new(set.kind, uuid::Uuid::nil())..)
            .take_while(|(id, _)| id.kind == set.kind)
            .any(|(_, states)| states.iter().flatten().any(refers))
    }

    /// Puts what will be in the place of what is. It does not matter whether the storage has answered before the commit
    /// or after it.
    pub(crate) fn correct(&self, facts: &mut Facts) {
        for (id, known) in &mut facts.records {
            if let Some([_, after]) = self.records.get(id) {
                known.clone_from(after);
            }
        }
        for (name, holder) in &mut facts.claims {
            if let Some(held) = self.claims.get(name) {
                *holder = *held;
            }
        }
    }
}
