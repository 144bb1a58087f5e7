//! Positions, who holds them and to which they report.

use serde::{Deserialize, Serialize};

use super::{
    AttributeChanges, Decide, declared, edge, names_in,
    profile::{self, live_reference},
    provenance,
    switch::switch_commands,
    tree,
};
use crate::{
    model::{EntityId, Kind, OrganizationId, PositionId, Record, Relation, UserId, Window},
    plan::{Cause, Direction, Draft, Needs, Schema, Stop},
};

/// Creates a position (S0-102), in an organization (S0-77) and under another position when these are given.
///
/// ```
/// use iam_core::command::CreatePosition;
///
/// let command = CreatePosition::new("Head of sales").set("job", "manager");
/// assert!(command.organization.is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePosition {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<PositionId>,
    /// The attributes, `name` among them.
    pub attributes: AttributeChanges,
    /// The organization it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
    /// The position it reports to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<PositionId>,
    /// `manual`, `import` or `sync` (S0-104); without a word about it the door tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The file or identity source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Changes attributes of a position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdatePosition {
    /// The position.
    pub position: PositionId,
    /// New values; `null` removes one.
    pub attributes: AttributeChanges,
}

/// Moves a position to another organization, or takes it out of its own (S0-102). Its holders stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferPosition {
    /// The position.
    pub position: PositionId,
    /// The organization; `None` for none.
    pub organization: Option<OrganizationId>,
}

/// Sets the position that a position reports to; circles are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetSuperior {
    /// The position.
    pub position: PositionId,
    /// The superior position; `None` for none.
    pub reports_to: Option<PositionId>,
}

/// Lets a user hold a position (S0-102). A position that is held already gets the given time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignPosition {
    /// The position.
    pub position: PositionId,
    /// Who holds it.
    pub user: UserId,
    /// When it holds.
    #[serde(default)]
    pub window: Window,
}

/// Takes a position from a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnassignPosition {
    /// The position.
    pub position: PositionId,
    /// Who holds it.
    pub user: UserId,
}

/// Deletes a position physically (S0-113). Holders and groups lose it; positions that reported to it report to none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeletePosition {
    /// The position.
    pub position: PositionId,
}

switch_commands! {
    /// Enables a position (S0-102, S0-111).
    EnablePosition position PositionId "enabled" "position.enabled";
    /// Disables a position: its holders keep it, without effect (S0-102, S0-111).
    DisablePosition position PositionId "disabled" "position.disabled";
}

attribute_setters!(CreatePosition UpdatePosition);

impl CreatePosition {
    /// A position with this name.
    pub fn new(name: impl Into<String>) -> Self {
        CreatePosition::default().set("name", name.into())
    }
}

impl Decide for CreatePosition {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Position, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
        needs.records.extend(self.organization.map(EntityId::from));
        needs.records.extend(self.reports_to.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = provenance::new_id(draft, Kind::Position, self.id)?;
        let mut record = Record::new(id);
        let problems = provenance::note(draft, &mut record, self.origin.as_deref(), self.source.as_deref());
        record.set("administrative_status", Some("enabled".into()));
        for (name, target) in [
            ("organization", self.organization.map(EntityId::from)),
            ("reports_to", self.reports_to.map(EntityId::from)),
        ] {
            if let Some(target) = target {
                live_reference(draft, name, target)?;
                record.set(name, Some(target.into()));
            }
        }
        draft.subject(id);
        profile::write_checked(draft, record, &self.attributes, true, problems)?;
        draft.event("position.created", id, []);
        Ok(())
    }
}

impl Decide for UpdatePosition {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Position, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.position);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let record = (*draft.live(self.position)?).clone();
        draft.subject(self.position);
        if profile::write(draft, record, &self.attributes, false)? {
            draft.event("position.updated", self.position, []);
        }
        Ok(())
    }
}

impl Decide for TransferPosition {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.position);
        needs.records.extend(self.organization.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let mut record = (*draft.live(self.position)?).clone();
        let organization = self.organization.map(EntityId::from);
        if let Some(organization) = organization {
            live_reference(draft, "organization", organization)?;
        }
        record.set("organization", organization.map(Into::into));
        draft.subject(self.position);
        if draft.put(record, Cause::Requested)? {
            let details = organization.map(|id| ("organization", id.into()));
            draft.event("position.transferred", self.position, details);
        }
        Ok(())
    }
}

impl Decide for SetSuperior {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.position);
        needs.ancestors.extend(self.reports_to.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = EntityId::from(self.position);
        let mut record = (*draft.live(id)?).clone();
        let superior = self.reports_to.map(EntityId::from);
        if let Some(superior) = superior {
            live_reference(draft, "reports_to", superior)?;
            tree::refuse_circle(draft, id, superior, "reports_to")?;
        }
        record.set("reports_to", superior.map(Into::into));
        draft.subject(id);
        if draft.put(record, Cause::Requested)? {
            draft.event(
                "position.superior_set",
                id,
                superior.map(|id| ("superior", id.into())),
            );
        }
        Ok(())
    }
}

impl Decide for AssignPosition {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.position)
            .record(self.user)
            .edges(self.user, Direction::From, Relation::Holds);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, position) = (EntityId::from(self.user), EntityId::from(self.position));
        draft.live(position)?;
        draft.live(user)?;
        draft.subject(position);
        if edge::add(draft, user, Relation::Holds, position, self.window)? {
            draft.event("position.assigned", position, [("user", user.into())]);
        }
        Ok(())
    }
}

impl Decide for UnassignPosition {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.position)
            .edges(self.user, Direction::From, Relation::Holds);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (user, position) = (EntityId::from(self.user), EntityId::from(self.position));
        draft.existing(position)?;
        draft.subject(position);
        if edge::remove(draft, user, Relation::Holds, position)? {
            draft.event("position.unassigned", position, [("user", user.into())]);
        }
        Ok(())
    }
}

/// What has to be known to remove a position.
fn ends(needs: &mut Needs, position: EntityId) {
    needs
        .record(position)
        .referring(Kind::Position, "reports_to", position);
    edge::need_all(needs, position);
}

impl Decide for DeletePosition {
    fn needs(&self, needs: &mut Needs) {
        ends(needs, self.position.into());
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.position)?;
        draft.subject(self.position);
        remove_all(draft, &[self.position.into()], Cause::Requested)
    }
}

/// Removes positions with every edge at them; positions that reported to them report to none.
pub(super) fn remove_all(draft: &mut Draft<'_>, positions: &[EntityId], cause: Cause) -> Result<(), Stop> {
    let mut needs = Needs::default();
    for id in positions {
        ends(&mut needs, *id);
    }
    draft.need(needs)?;
    let removed: std::collections::BTreeSet<EntityId> = positions.iter().copied().collect();
    let mut orphans = Vec::new();
    for id in positions {
        let below = draft.referring(Kind::Position, "reports_to", Some(*id))?;
        orphans.extend(below.into_iter().filter(|below| !removed.contains(below)));
    }
    let mut needs = Needs::default();
    needs.records.extend(orphans.iter().copied());
    draft.need(needs)?;
    for orphan in orphans {
        let mut record = (*draft.existing(orphan)?).clone();
        record.set("reports_to", None);
        draft.put(record, Cause::Disposition)?;
    }
    for id in positions {
        edge::drop_all(draft, *id)?;
        draft.remove(*id, cause)?;
        draft.event("position.deleted", *id, []);
    }
    Ok(())
}
