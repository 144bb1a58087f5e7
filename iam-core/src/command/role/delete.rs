//! Deleting a role.

use serde::{Deserialize, Serialize};

use super::super::{Decide, condition, declared, edge, form, profile};
use crate::{
    model::{EdgeKey, EntityId, Relation, RoleId},
    plan::{Cause, Direction, Draft, Needs, Stop},
    wire::{Code, Problem},
};

/// What becomes of the grants of a role that is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GrantDisposition {
    /// They go with it.
    Revoke,
    /// They become grants of the role named in `move_to`.
    Move,
}

/// Deletes a role physically. A role that somebody holds, or that another role includes or requires, is not deleted
/// unless it is said what becomes of the grants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteRole {
    /// The role.
    pub role: RoleId,
    /// What becomes of its grants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grants: Option<GrantDisposition>,
    /// The role that takes them over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub move_to: Option<RoleId>,
}

/// Every edge at a role except its grants.
const LINKS: [(Direction, Relation); 7] = [
    (Direction::From, Relation::IncludesRole),
    (Direction::To, Relation::IncludesRole),
    (Direction::From, Relation::Carries),
    (Direction::From, Relation::Excludes),
    (Direction::To, Relation::Excludes),
    (Direction::From, Relation::Requires),
    (Direction::To, Relation::Requires),
];

impl DeleteRole {
    /// Deletes a role that nobody holds.
    pub fn new(role: RoleId) -> Self {
        DeleteRole {
            role,
            grants: None,
            move_to: None,
        }
    }
}

impl Decide for DeleteRole {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.role)
            .edges(self.role, Direction::To, Relation::HasRole);
        condition::needs(needs, self.role.into());
        for (direction, relation) in LINKS {
            needs.edges(self.role, direction, relation);
        }
        if let Some(other) = self.move_to {
            needs.record(other).edges(other, Direction::To, Relation::HasRole);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let role = EntityId::from(self.role);
        draft.live(role)?;
        draft.subject(role);
        let grants = draft.edges(role, Direction::To, Relation::HasRole)?;
        let includers = draft.edges(role, Direction::To, Relation::IncludesRole)?;
        if self.grants.is_none() && !(grants.is_empty() && includers.is_empty()) {
            let holders: Vec<EntityId> = grants
                .iter()
                .chain(&includers)
                .map(|edge| edge.key.from)
                .collect();
            let message = format!("the role is held or included by {}", holders.len());
            return Err(Problem::new(Code::InUse, message)
                .about(role)
                .with_details(form::some("holder", &holders))
                .into());
        }
        let heir = match (self.grants, self.move_to) {
            (Some(GrantDisposition::Move), Some(heir)) if heir != self.role => {
                profile::live_reference(draft, "move_to", heir.into())?;
                Some(EntityId::from(heir))
            }
            (Some(GrantDisposition::Move), _) => {
                let message = "`move_to` names the role that takes the grants over";
                return Err(Problem::new(Code::Invalid, message).about(role).into());
            }
            _ => None,
        };
        for grant in grants {
            match heir {
                Some(to) => {
                    let key = EdgeKey { to, ..grant.key };
                    edge::redirect(draft, grant, key)?;
                }
                None => draft.take_edge(grant, Cause::Disposition)?,
            }
        }
        for (direction, relation) in LINKS {
            for edge in draft.edges(role, direction, relation)? {
                draft.take_edge(edge, Cause::Disposition)?;
            }
        }
        condition::drop_rule(draft, role)?;
        draft.remove(role, Cause::Requested)?;
        draft.event("role.deleted", role, []);
        Ok(())
    }
}
