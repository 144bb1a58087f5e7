use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::{Decide, profile::live_reference};
use crate::{
    model::{Edge, EdgeKey, EntityId, Relation, UserId},
    plan::{Cause, Direction, Draft, Needs, Stop},
    wire::{Code, Problem},
};

/// Sets or removes the manager of a user (S2-14). The direct reports of a manager are the inverse of the same edge
/// and thus always consistent (S2-15).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetManager {
    /// The user.
    pub user: UserId,
    /// The manager; `None` for nobody.
    pub manager: Option<UserId>,
}

impl Decide for SetManager {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.user)
            .edges(self.user, Direction::From, Relation::ReportsTo);
        needs.records.extend(self.manager.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut needs = Needs::default();
        self.needs(&mut needs);
        draft.need(needs)?;
        draft.live(self.user)?;
        draft.subject(self.user);
        if report_to(draft, self.user.into(), self.manager.map(Into::into))? {
            draft.event("user.manager_set", self.user, []);
        }
        Ok(())
    }
}

/// Replaces the manager; returns whether anything changed.
pub(super) fn report_to(
    draft: &mut Draft<'_>,
    user: EntityId,
    manager: Option<EntityId>,
) -> Result<bool, Stop> {
    if manager == Some(user) {
        return Err(Problem::new(Code::Cycle, "nobody is their own manager")
            .about(user)
            .into());
    }
    if let Some(manager) = manager {
        live_reference(draft, "manager", manager)?;
    }
    let mut changed = false;
    for edge in draft.edges(user, Direction::From, Relation::ReportsTo)? {
        if Some(edge.key.to) != manager {
            draft.take_edge(edge, Cause::Requested)?;
            changed = true;
        }
    }
    if let Some(manager) = manager {
        changed |= draft.put_edge(Edge::direct(user, Relation::ReportsTo, manager), Cause::Requested)?;
    }
    Ok(changed)
}

/// Lets a user hold a position; returns whether anything changed.
pub(in crate::command) fn hold(
    draft: &mut Draft<'_>,
    user: EntityId,
    position: EntityId,
) -> Result<bool, Stop> {
    live_reference(draft, "position", position)?;
    let key = EdgeKey {
        from: user,
        relation: Relation::Holds,
        to: position,
    };
    if draft.edge(key)?.is_some() {
        return Ok(false);
    }
    draft.put_edge(Edge::direct(user, Relation::Holds, position), Cause::Requested)
}

/// Names all identities that use a shared account (S4-56). Only accounts of the type `shared` have several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSharedUsers {
    /// The account.
    pub account: UserId,
    /// The identities that use it.
    pub users: BTreeSet<UserId>,
}

impl Decide for SetSharedUsers {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.account)
            .edges(self.account, Direction::From, Relation::UsedBy);
        needs
            .records
            .extend(self.users.iter().map(|user| EntityId::from(*user)));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut needs = Needs::default();
        self.needs(&mut needs);
        draft.need(needs)?;
        let account = draft.live(self.account)?;
        let limit = match account.text("identity_type") {
            "shared" => usize::MAX,
            "primary" => 0,
            _ => 1,
        };
        if self.users.len() > limit {
            let message = format!(
                "an account of the identity type {} is used by {limit} other identities at most",
                account.text("identity_type")
            );
            return Err(Problem::new(Code::Relation, message).about(self.account).into());
        }
        draft.subject(self.account);
        let wanted: BTreeSet<EntityId> = self.users.iter().map(|user| EntityId::from(*user)).collect();
        let mut changed = false;
        for edge in draft.edges(self.account, Direction::From, Relation::UsedBy)? {
            if !wanted.contains(&edge.key.to) {
                draft.take_edge(edge, Cause::Requested)?;
                changed = true;
            }
        }
        for user in wanted {
            if user == EntityId::from(self.account) {
                return Err(Problem::new(Code::Relation, "an account does not use itself")
                    .about(user)
                    .into());
            }
            live_reference(draft, "users", user)?;
            changed |= draft.put_edge(
                Edge::direct(self.account.into(), Relation::UsedBy, user),
                Cause::Requested,
            )?;
        }
        if changed {
            draft.event("user.shared_users_set", self.account, []);
        }
        Ok(())
    }
}
