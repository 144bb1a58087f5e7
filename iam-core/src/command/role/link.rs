//! What roles have to do with each other and with assignments.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, declared, edge, profile},
    separation::SEPARATE,
    write::carry,
};
use crate::{
    model::{AssignmentId, EdgeKey, EntityId, Relation, RoleId, Window},
    plan::{Cause, Direction, Draft, Needs, Stop},
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
    refuse_circle(draft, role, relation, other, "the role would include itself")?;
    add_other(draft, role, relation, other)
}

/// Refuses an edge that would close a circle, level by level.
fn refuse_circle(
    draft: &mut Draft<'_>,
    role: EntityId,
    relation: Relation,
    other: EntityId,
    message: &str,
) -> Result<(), Stop> {
    let mut seen = BTreeSet::new();
    let mut level = vec![other];
    while !level.is_empty() {
        if level.contains(&role) {
            return Err(Problem::new(Code::Cycle, message).about(other).into());
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
    Ok(())
}

/// Keeps roles from having effect beside this one: whoever holds this one has the others without effect; the grants stay
/// and come back by themselves. Directed, and never in a circle. With `separate` nobody is given both, in either order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddRoleExclusions {
    /// The role.
    pub role: RoleId,
    /// The roles that are not in effect beside this one.
    pub roles: BTreeSet<RoleId>,
    /// Separation of duties: a grant that would give both to one person is refused.
    #[serde(default)]
    pub separate: bool,
}

impl Decide for AddRoleExclusions {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.role)
            .edges(self.role, Direction::From, Relation::Excludes);
        for role in &self.roles {
            needs
                .record(*role)
                .edges(*role, Direction::From, Relation::Excludes);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let role = EntityId::from(self.role);
        draft.live(role)?;
        draft.subject(role);
        let mut changed = false;
        for other in &self.roles {
            let other = EntityId::from(*other);
            refuse_circle(
                draft,
                role,
                Relation::Excludes,
                other,
                "the role would exclude itself",
            )?;
            changed |= add_other(draft, role, Relation::Excludes, other)?;
            let key = EdgeKey {
                from: role,
                relation: Relation::Excludes,
                to: other,
            };
            if let Some(mut edge) = draft.edge(key)? {
                match self.separate {
                    true => drop(edge.attributes.insert(SEPARATE.to_owned(), true.into())),
                    false => drop(edge.attributes.remove(SEPARATE)),
                }
                changed |= draft.put_edge(edge, Cause::Requested)?;
            }
        }
        if changed {
            draft.event("role.updated", role, []);
        }
        Ok(())
    }
}
