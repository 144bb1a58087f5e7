use serde::{Deserialize, Serialize};

use super::super::{Decide, declared, edge};
use crate::{
    model::{EntityId, OrganizationId, Relation, UserId, Window},
    plan::{Direction, Draft, Needs, Stop},
};

/// Makes a user a lead of an organization (S0-76). The organizations that a user supervises are the other end of the
/// same edges (S0-63).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddLead {
    /// The organization.
    pub organization: OrganizationId,
    /// The lead.
    pub user: UserId,
    /// When it holds.
    #[serde(default)]
    pub window: Window,
}

/// Takes the lead of an organization from a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveLead {
    /// The organization.
    pub organization: OrganizationId,
    /// The lead.
    pub user: UserId,
}

impl Decide for AddLead {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.organization)
            .record(self.user)
            .edges(self.user, Direction::From, Relation::Leads);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, organization) = (EntityId::from(self.user), EntityId::from(self.organization));
        draft.live(organization)?;
        draft.live(user)?;
        draft.subject(organization);
        if edge::add(draft, user, Relation::Leads, organization, self.window)? {
            draft.event("organization.lead_added", organization, [("user", user.into())]);
        }
        Ok(())
    }
}

impl Decide for RemoveLead {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.organization)
            .edges(self.user, Direction::From, Relation::Leads);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, organization) = (EntityId::from(self.user), EntityId::from(self.organization));
        draft.existing(organization)?;
        draft.subject(organization);
        if edge::remove(draft, user, Relation::Leads, organization)? {
            draft.event("organization.lead_removed", organization, [("user", user.into())]);
        }
        Ok(())
    }
}
