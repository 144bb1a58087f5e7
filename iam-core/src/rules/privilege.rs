//! What an internal role allows (S2-34 … S2-42).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    model::{Record, structures},
    query::Filter,
};

/// Whether a privilege gives or takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrivilegeEffect {
    /// Gives.
    #[default]
    Allow,
    /// Takes, whatever else gives.
    Deny,
}

/// What a privilege gives of one attribute (S2-36 … S2-38).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AttributeAccess {
    /// Neither seen nor changed (S2-38).
    None,
    /// Seen (S2-36).
    #[default]
    Read,
    /// Seen and changed (S2-37).
    Write,
}

/// The four permissions of S2-35, which a target filter overrides (S2-41).
pub const STANDARD_ACTIONS: [&str; 4] = ["view", "create", "update", "delete"];

/// What an internal role allows or denies on one kind of thing (S2-34 … S2-42).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Privilege {
    /// The kind: `user`, `device`, …, or a kind of the host's own such as `invoice`.
    pub kind: String,
    /// `view`, `create`, `update`, `delete` (S2-35), others such as `reset_password` or the host's own, `*` for all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub actions: BTreeSet<String>,
    /// Whether it gives or takes.
    #[serde(default)]
    pub effect: PrivilegeEffect,
    /// Attribute → access; `*` for those that are not named. Without a word: read-only (S2-36).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, AttributeAccess>,
    /// The things it is about, as filter text or tree: it overrides the view, create, update and delete options
    /// (S2-39 … S2-41).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Filter>,
    /// The holders whom it serves, as filter text or tree over users; kept apart from the target (S2-42).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Filter>,
}

impl Privilege {
    /// Allows actions on a kind.
    pub fn allow<A: Into<String>>(kind: &str, actions: impl IntoIterator<Item = A>) -> Privilege {
        Privilege {
            kind: kind.to_owned(),
            actions: actions.into_iter().map(Into::into).collect(),
            effect: PrivilegeEffect::Allow,
            attributes: BTreeMap::new(),
            target: None,
            holder: None,
        }
    }

    /// Denies actions on a kind.
    pub fn deny<A: Into<String>>(kind: &str, actions: impl IntoIterator<Item = A>) -> Privilege {
        Privilege {
            effect: PrivilegeEffect::Deny,
            ..Privilege::allow(kind, actions)
        }
    }

    /// The privileges of a role; those that cannot be read give nothing.
    pub fn of(role: &Record) -> Vec<Privilege> {
        structures(role, "privileges")
    }
}
