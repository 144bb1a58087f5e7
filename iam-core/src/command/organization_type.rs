//! Types of organizations (S0-97 … S0-101).

use serde::{Deserialize, Serialize};

use super::{AttributeChanges, Decide, form, names_in};
use crate::{
    model::{Kind, OrganizationTypeId},
    plan::{Draft, Needs, Schema, Stop},
};

/// Creates a type of organizations with its form (S0-81, S0-97, S0-101). Made by hand only, by no import and no identity
/// source (S0-98).
///
/// ```
/// use iam_core::command::CreateOrganizationType;
///
/// let command: CreateOrganizationType = serde_json::from_str(r#"{"attributes": {
///     "name": "Supplier",
///     "form": [{"attribute": "code", "required": true}, {"attribute": "location"}]
/// }}"#)?;
/// assert_eq!(command.attributes.len(), 2);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateOrganizationType {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<OrganizationTypeId>,
    /// `name`, `description`, `form`.
    pub attributes: AttributeChanges,
}

/// Changes a type of organizations. What organizations have stays as it is until they are written again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateOrganizationType {
    /// The type.
    pub organization_type: OrganizationTypeId,
    /// New values; `null` removes one.
    pub attributes: AttributeChanges,
}

/// Deletes a type of organizations that no organization has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteOrganizationType {
    /// The type.
    pub organization_type: OrganizationTypeId,
}

attribute_setters!(CreateOrganizationType UpdateOrganizationType);

impl Decide for CreateOrganizationType {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::OrganizationType, schema, needs);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        form::create_type(
            draft,
            Kind::OrganizationType,
            self.id.map(Into::into),
            &self.attributes,
        )
    }
}

impl Decide for UpdateOrganizationType {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::OrganizationType, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.organization_type);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        form::update_type(draft, self.organization_type.into(), &self.attributes)
    }
}

impl Decide for DeleteOrganizationType {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.organization_type);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        form::delete_type(draft, self.organization_type.into())
    }
}
