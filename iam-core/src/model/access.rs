//! What roles and assignments consist of.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Record, Value};

/// What a role is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoleType {
    /// Authorizes: its privileges say what its holders may do here (S2-18, S2-34).
    #[default]
    Internal,
    /// Provisions: its assignments say what its holders get in targets (S2-16, S2-24).
    External,
}

impl RoleType {
    /// The name as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            RoleType::Internal => "internal",
            RoleType::External => "external",
        }
    }
}

/// How the values of an assignment meet those of the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnAssignment {
    /// They are added to the values that are there (S2-48).
    #[default]
    Merge,
    /// They take the place of what is there (S2-49).
    Replace,
}

/// What becomes of the values of an assignment that is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnUnassignment {
    /// Exactly the listed values go (S2-50).
    #[default]
    Remove,
    /// They stay (S2-51).
    None,
}

/// An attribute of the target and its value or values (S2-47).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentValue {
    /// The target's attribute.
    pub attribute: String,
    /// The value; a list for several.
    pub value: Value,
}

impl AssignmentValue {
    /// The values of an assignment.
    pub fn of(assignment: &Record) -> Vec<AssignmentValue> {
        structures(assignment, "values")
    }
}

/// What is evaluated when something happens to an assignment at a person (S2-53 … S2-56).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentEvent {
    /// `assigned` or `unassigned`.
    pub event: String,
    /// A CEL expression over the person's attributes and the variables; never a script.
    pub expression: String,
    /// Variables for the expression, as a JSON object (S2-56).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub variables: BTreeMap<String, Value>,
}

impl AssignmentEvent {
    /// The events of an assignment.
    pub fn of(assignment: &Record) -> Vec<AssignmentEvent> {
        structures(assignment, "events")
    }
}

pub(crate) fn structures<T: serde::de::DeserializeOwned>(record: &Record, attribute: &str) -> Vec<T> {
    record
        .value(attribute)
        .map(Value::elements)
        .unwrap_or_default()
        .iter()
        .filter_map(|value| crate::model::from_json(serde_json::to_value(value).ok()?).ok())
        .collect()
}
