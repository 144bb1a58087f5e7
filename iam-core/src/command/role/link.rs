//! What roles have to do with each other and with assignments.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, declared, edge, profile},
    write::carry,
};
use crate::{
    model::{AssignmentId, EntityId, Relation, RoleId, Window},
    plan::{Direction, Draft, Needs, Stop},
    wire::{Code, Problem},
};

macro_rules! links {
    ($($(#[doc = $doc:literal])* $command:ident $field:ident: $id:ident = $(#[doc = $field_doc:literal])* $relation:ident $act:path;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $command {
            /// The role.
            pub role: RoleId,
            $(#[doc = $field_doc])*
            pub $field: BTreeSet<$id>,
        }

        impl Decide for $command {
            fn needs(&self, needs: &mut Needs) {
                needs.record(self.role).edges(self.role, Direction::From, Relation::$relation);
                needs.records.extend(self.$field.iter().map(|id| EntityId::from(*id)));
            }

            fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
                declared(self, draft)?;
                draft.live(self.role)?;
                draft.subject(self.role);
                let mut changed = false;
                for id in &self.$field {
                    changed |= $act(draft, self.role.into(), Relation::$relation, (*id).into())?;
                }
                if changed {
                    draft.event("role.updated", self.role, []);
                }
                Ok(())
            }
        }
    )*};
}

links! {
    /// Lets a role include others: who holds it holds them. A circle is refused.
    IncludeRoles roles: RoleId = /// The roles that it includes.
        IncludesRole include;
    /// Takes included roles out of a role.
    StopIncludingRoles roles: RoleId = /// The roles that it no longer includes.
        IncludesRole remove;
    /// Lets an external role carry assignments (S2-24, S2-57).
    AddRoleAssignments assignments: AssignmentId = /// The assignments.
        Carries add_assignment;
    /// Takes assignments off an external role.
    RemoveRoleAssignments assignments: AssignmentId = /// The assignments.
        Carries remove;
    /// Makes roles ineffective for whoever holds this one: the grants stay and come back by themselves. Directed; say it of
    /// both roles for separation in both directions.
    AddRoleExclusions roles: RoleId = /// The roles that are not in effect beside this one.
        Excludes add_other;
    /// Takes exclusions back.
    RemoveRoleExclusions roles: RoleId = /// The roles that are no longer excluded.
        Excludes remove;
    /// Lets a role be granted only to somebody who holds others.
    AddRolePrerequisites roles: RoleId = /// The roles that have to be held.
        Requires add_other;
    /// Takes prerequisites back.
    RemoveRolePrerequisites roles: RoleId = /// The roles that need not be held any more.
        Requires remove;
}

fn add_other(
    draft: &mut Draft<'_>,
    role: EntityId,
    relation: Relation,
    other: EntityId,
) -> Result<bool, Stop> {
    if role == other {
        return Err(Problem::new(Code::Cycle, "a role has nothing to do with itself")
            .about(role)
            .into());
    }
    profile::live_reference(draft, "roles", other)?;
    edge::add(draft, role, relation, other, Window::default())
}

fn add_assignment(
    draft: &mut Draft<'_>,
    role: EntityId,
    _: Relation,
    assignment: EntityId,
) -> Result<bool, Stop> {
    carry(draft, role, assignment)
}

fn remove(draft: &mut Draft<'_>, role: EntityId, relation: Relation, other: EntityId) -> Result<bool, Stop> {
    edge::remove(draft, role, relation, other)
}

/// Includes a role unless it includes this one, directly or by way of others.
fn include(draft: &mut Draft<'_>, role: EntityId, relation: Relation, other: EntityId) -> Result<bool, Stop> {
    let mut seen = BTreeSet::new();
    let mut level = vec![other];
    while !level.is_empty() {
        if level.contains(&role) {
            return Err(Problem::new(Code::Cycle, "the role would include itself")
                .about(other)
                .into());
        }
        level.retain(|id| seen.insert(*id));
        let mut needs = Needs::default();
        for id in &level {
            needs.edges(*id, Direction::From, relation);
        }
        draft.need(needs)?;
        let mut next = Vec::new();
        for id in level {
            let edges = draft.edges(id, Direction::From, relation)?;
            next.extend(edges.into_iter().map(|edge| edge.key.to));
        }
        level = next;
    }
    add_other(draft, role, relation, other)
}
