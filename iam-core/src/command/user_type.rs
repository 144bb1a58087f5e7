//! Types of users (S0-68 … S0-73).

use serde::{Deserialize, Serialize};

use super::{AttributeChanges, Decide, form, names_in};
use crate::{
    model::{Kind, UserTypeId},
    plan::{Draft, Needs, Schema, Stop},
};

/// Creates a type of users with its form, validity and what happens at the end of it (S0-25, S0-68, S0-72). Comes from
/// the back end only, never from an identity source (S0-69).
///
/// ```
/// use iam_core::command::CreateUserType;
///
/// let command: CreateUserType = serde_json::from_str(r#"{"attributes": {
///     "name": "Visitor",
///     "validity_days": 30,
///     "form": [{"attribute": "phone", "required": true}, {"attribute": "city"}]
/// }}"#)?;
/// assert_eq!(command.attributes.len(), 3);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUserType {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<UserTypeId>,
    /// `name`, `description`, `form`, `validity_days`, `disable_on_expiry`.
    pub attributes: AttributeChanges,
}

/// Changes a type of users. What users have stays as it is until they are written again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateUserType {
    /// The type.
    pub user_type: UserTypeId,
    /// New values; `null` removes one.
    pub attributes: AttributeChanges,
}

/// Deletes a type of users that no user has.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteUserType {
    /// The type.
    pub user_type: UserTypeId,
}

attribute_setters!(CreateUserType UpdateUserType);

impl Decide for CreateUserType {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::UserType, schema, needs);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        form::create_type(draft, Kind::UserType, self.id.map(Into::into), &self.attributes)
    }
}

impl Decide for UpdateUserType {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::UserType, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user_type);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        form::update_type(draft, self.user_type.into(), &self.attributes)
    }
}

impl Decide for DeleteUserType {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user_type);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        form::delete_type(draft, self.user_type.into())
    }
}
