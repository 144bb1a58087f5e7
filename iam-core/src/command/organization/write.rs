use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::{
    AttributeChanges, Decide, declared, names_in,
    profile::{self, live_reference},
    provenance, tree,
};
use crate::{
    model::{EntityId, Kind, OrganizationId, OrganizationTypeId, Record},
    plan::{Cause, Draft, Needs, Schema, Stop},
    wire::FieldProblem,
};

/// Creates an organization (S0-74, S0-78, S2-63). Without a parent it is a root; the parent can be set in a second step
/// by `organization.transfer` (S2-74). Names are free and need not be unique (S2-64); a `code` is.
///
/// ```
/// use iam_core::command::CreateOrganization;
///
/// let command = CreateOrganization::new("Research & Development").set("code", "R-17");
/// assert_eq!(command.attributes.len(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateOrganization {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<OrganizationId>,
    /// The attributes, `name` among them.
    pub attributes: AttributeChanges,
    /// The type, whose form is filled in (S0-81).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_type: Option<OrganizationTypeId>,
    /// One level up (S2-66).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<OrganizationId>,
    /// `manual`, `import` or `sync` (S0-78); without a word about it the door tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The file or identity source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Changes attributes of an organization.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateOrganization {
    /// The organization.
    pub organization: OrganizationId,
    /// New values; `null` removes one.
    pub attributes: AttributeChanges,
}

/// Gives an organization another type: attributes that only the old type's form has are kept but inactive, mandatory
/// ones of the new form must be there or be given now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeOrganizationType {
    /// The organization.
    pub organization: OrganizationId,
    /// The new type; `None` for no type.
    pub organization_type: Option<OrganizationTypeId>,
    /// Values that the new form asks for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: AttributeChanges,
}

/// Moves an organization with everything below it under another one (S0-93), or makes it a root. Under itself or a
/// part of itself is refused (S0-94).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferOrganization {
    /// The organization.
    pub organization: OrganizationId,
    /// The new parent; `None` for a root.
    pub parent: Option<OrganizationId>,
}

attribute_setters!(CreateOrganization UpdateOrganization ChangeOrganizationType);

impl CreateOrganization {
    /// An organization with this name.
    pub fn new(name: impl Into<String>) -> Self {
        CreateOrganization::default().set("name", name.into())
    }

    /// Puts it under another one.
    #[must_use]
    pub fn under(mut self, parent: OrganizationId) -> Self {
        self.parent = Some(parent);
        self
    }
}

impl Decide for CreateOrganization {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Organization, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
        needs.records.extend(self.parent.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = provenance::new_id(draft, Kind::Organization, self.id)?;
        let mut record = Record::new(id);
        let mut problems =
            provenance::note(draft, &mut record, self.origin.as_deref(), self.source.as_deref());
        record.set("administrative_status", Some("enabled".into()));
        problems.extend(set_type(draft, &mut record, self.organization_type));
        if let Some(parent) = self.parent {
            live_reference(draft, "parent", parent.into())?;
            record.set("parent", Some(EntityId::from(parent).into()));
        }
        draft.subject(id);
        profile::write_checked(draft, record, &self.attributes, true, problems)?;
        draft.event("organization.created", id, []);
        Ok(())
    }
}

fn set_type(
    draft: &Draft<'_>,
    record: &mut Record,
    organization_type: Option<OrganizationTypeId>,
) -> Option<FieldProblem> {
    record.set(
        "organization_type",
        organization_type.map(|id| EntityId::from(id).into()),
    );
    organization_type
        .is_some_and(|id| draft.schema.record(id).is_none())
        .then(|| {
            FieldProblem::new(
                "organization_type",
                "record.not_found",
                "there is no such organization type",
            )
        })
}

impl Decide for UpdateOrganization {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Organization, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.organization);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let record = (*draft.live(self.organization)?).clone();
        draft.subject(self.organization);
        if profile::write(draft, record, &self.attributes, false)? {
            draft.event("organization.updated", self.organization, []);
        }
        Ok(())
    }
}

impl Decide for ChangeOrganizationType {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Organization, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.organization);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut record = (*draft.live(self.organization)?).clone();
        let problems = set_type(draft, &mut record, self.organization_type);
        draft.subject(self.organization);
        let problems = problems.into_iter().collect();
        if profile::write_checked(draft, record, &self.attributes, false, problems)? {
            draft.event("organization.type_changed", self.organization, []);
        }
        Ok(())
    }
}

impl Decide for TransferOrganization {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.organization);
        needs.ancestors.extend(self.parent.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = EntityId::from(self.organization);
        let mut record = (*draft.live(id)?).clone();
        draft.subject(id);
        let parent = self.parent.map(EntityId::from);
        if let Some(parent) = parent {
            live_reference(draft, "parent", parent)?;
            tree::refuse_circle(draft, id, parent, "parent")?;
        }
        record.set("parent", parent.map(Into::into));
        if draft.put(record, Cause::Requested)? {
            draft.event(
                "organization.transferred",
                id,
                parent.map(|id| ("parent", id.into())),
            );
        }
        Ok(())
    }
}
