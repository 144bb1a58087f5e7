//! Roles: external ones provision by their assignments, internal ones authorize by their privileges (S2-16 … S2-44).

use serde::{Deserialize, Serialize};

mod delete;
mod grant;
mod link;
mod privilege;
mod separation;
mod write;

pub(super) use write::risk;

pub use delete::{DeleteRole, GrantDisposition};
pub use grant::{GrantRole, RevokeRole};
pub use link::{
    AddRoleAssignments, AddRoleExclusions, AddRolePrerequisites, IncludeRoles, RemoveRoleAssignments,
    RemoveRoleExclusions, RemoveRolePrerequisites, StopIncludingRoles,
};

use super::{AttributeChanges, nullable};
use crate::{
    model::{AssignmentId, RoleId, RoleType, TimeConstraint},
    query::Filter,
    rules::Privilege,
};

/// Creates a role (S2-23, S2-32). An external role may carry assignments from the beginning (S2-24); an internal one has
/// privileges (S2-34). Without privileges it allows nothing.
///
/// ```
/// use iam_core::{command::CreateRole, rules::Privilege};
///
/// let command = CreateRole::internal("Help desk")
///     .privilege(Privilege::allow("user", ["view", "reset_password"]))
///     .set("level", 20);
/// assert_eq!(command.privileges.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRole {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<RoleId>,
    /// `name`, `description`, `level`, `risk_index` (0 … 1), `categories`, `min_holders`, `max_holders`, ….
    pub attributes: AttributeChanges,
    /// `internal` or `external`; it cannot be changed later.
    #[serde(default)]
    pub role_type: RoleType,
    /// What an internal role allows and denies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub privileges: Vec<Privilege>,
    /// The assignments of an external role (S2-24).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignments: Vec<AssignmentId>,
    /// Who gets the role without being told: a condition over their attributes, `1==1` for everyone (S2-25, S2-26).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Filter>,
    /// What the condition selects: `user` or `device`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition_kind: Option<String>,
    /// The time in which the role is in effect at all (S2-27, S2-43).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<TimeConstraint>,
}

/// Changes a role. What is not named stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateRole {
    /// The role.
    pub role: RoleId,
    /// New values; `null` removes one.
    #[serde(default, skip_serializing_if = "AttributeChanges::is_empty")]
    pub attributes: AttributeChanges,
    /// Its privileges from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privileges: Option<Vec<Privilege>>,
    /// The condition from now on; `null` removes it, and direct grants stay (S2-31).
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    pub condition: Option<Option<Filter>>,
    /// What the condition selects: `user` or `device`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition_kind: Option<String>,
    /// The time in which the role is in effect at all; `null` removes it.
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    pub constraint: Option<Option<TimeConstraint>>,
}

attribute_setters!(CreateRole UpdateRole);

impl CreateRole {
    /// An authorization role with this name.
    pub fn internal(name: impl Into<String>) -> Self {
        CreateRole::default().set("name", name.into())
    }

    /// A provisioning role with this name.
    pub fn external(name: impl Into<String>) -> Self {
        CreateRole {
            role_type: RoleType::External,
            ..CreateRole::internal(name)
        }
    }

    /// One more privilege.
    #[must_use]
    pub fn privilege(mut self, privilege: Privilege) -> Self {
        self.privileges.push(privilege);
        self
    }

    /// Gives it to whom the condition selects.
    #[must_use]
    pub fn when(mut self, condition: impl Into<String>) -> Self {
        self.condition = Some(Filter::scim(condition));
        self
    }
}

impl UpdateRole {
    /// No change yet.
    pub fn new(role: RoleId) -> Self {
        UpdateRole {
            role,
            attributes: AttributeChanges::new(),
            privileges: None,
            condition: None,
            condition_kind: None,
            constraint: None,
        }
    }
}
