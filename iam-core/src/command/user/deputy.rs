use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::{Decide, declared, edge, profile::live_reference};
use crate::{
    model::{Edge, EntityId, Relation, RoleId, TimeConstraint, UserId, Value},
    plan::{Cause, Direction, Draft, Needs, Stop},
    wire::{Code, FieldProblem, Problem},
};

/// Lets a user stand in for another one for a time, with all of their roles or some of them. Whoever stands in acts under
/// their own name. A deputy that is there already gets the new terms.
///
/// ```
/// use iam_core::command::AddDeputy;
///
/// let command: AddDeputy = serde_json::from_str(r#"{
///     "user": "user_00000000000000000000000001", "deputy": "user_00000000000000000000000002",
///     "constraint": {"start": "2026-12-20", "end": "2027-01-07", "time_zone": "GMT+1"}
/// }"#)?;
/// assert!(command.roles.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddDeputy {
    /// Who is away.
    pub user: UserId,
    /// Who stands in.
    pub deputy: UserId,
    /// For how long; without an end until it is taken back.
    #[serde(default)]
    pub constraint: TimeConstraint,
    /// With these roles only; empty for all of them.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub roles: BTreeSet<RoleId>,
}

/// Ends that a user stands in for another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveDeputy {
    /// Who was away.
    pub user: UserId,
    /// Who stood in.
    pub deputy: UserId,
}

impl Decide for AddDeputy {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.user)
            .record(self.deputy)
            .edges(self.deputy, Direction::From, Relation::Deputizes);
        needs
            .records
            .extend(self.roles.iter().map(|id| EntityId::from(*id)));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, deputy) = (EntityId::from(self.user), EntityId::from(self.deputy));
        draft.live(user)?;
        live_reference(draft, "deputy", deputy)?;
        draft.subject(user);
        if user == deputy {
            return Err(Problem::new(Code::Cycle, "nobody stands in for themselves")
                .about(user)
                .into());
        }
        for role in &self.roles {
            live_reference(draft, "roles", (*role).into())?;
        }
        let (window, zone) = self.constraint.resolve().map_err(|(field, message)| {
            Problem::fields(vec![FieldProblem::new(
                format!("constraint.{field}"),
                "value.time",
                message,
            )])
        })?;
        if !window.is_possible() {
            return Err(Problem::new(Code::Window, "it would end before it starts")
                .about(user)
                .into());
        }
        let mut edge = Edge::direct(deputy, Relation::Deputizes, user);
        edge.window = window;
        if let Some(zone) = zone {
            edge.attributes.insert("time_zone".to_owned(), zone.into());
        }
        if !self.roles.is_empty() {
            let roles = self.roles.iter().map(|id| Value::from(EntityId::from(*id)));
            edge.attributes
                .insert("roles".to_owned(), Value::List(roles.collect()));
        }
        if draft.put_edge(edge, Cause::Requested)? {
            draft.event("user.deputy_added", user, [("deputy", deputy.into())]);
        }
        Ok(())
    }
}

impl Decide for RemoveDeputy {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.user)
            .edges(self.deputy, Direction::From, Relation::Deputizes);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, deputy) = (EntityId::from(self.user), EntityId::from(self.deputy));
        draft.existing(user)?;
        draft.subject(user);
        if edge::remove(draft, deputy, Relation::Deputizes, user)? {
            draft.event("user.deputy_removed", user, [("deputy", deputy.into())]);
        }
        Ok(())
    }
}
