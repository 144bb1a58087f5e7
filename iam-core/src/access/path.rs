//! Why somebody has a right, and what is missing where they have none: plain data for answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{EntityId, Moment};

/// How one step of a path leads on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// Is a member of the organization.
    MemberOf,
    /// Lies below the organization.
    Below,
    /// Is in the group.
    InGroup,
    /// Holds the position.
    Holds,
    /// Is of the user type.
    OfType,
    /// Was granted the role.
    HasRole,
    /// Contains the role.
    Includes,
    /// Stands in for the user.
    StandsInFor,
    /// Owns the organization.
    Owns,
    /// Administers the organization.
    Administers,
    /// Is the one that it is about.
    Itself,
}

/// One step of a path from an actor to a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PathStep {
    /// From here …
    pub from: EntityId,
    /// … in this way …
    pub how: How,
    /// … to there.
    pub to: EntityId,
}

/// A fact that would have to be different.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Unmet {
    /// The actor is deleted, locked, disabled, not registered, or outside of its validity.
    Inactive {
        /// The actor, or the user whom a deputy stands in for.
        user: EntityId,
    },
    /// The edge holds at another time only.
    Window {
        /// The step.
        step: PathStep,
        /// From when on.
        from: Option<Moment>,
        /// Until when.
        until: Option<Moment>,
    },
    /// The edge is suspended.
    Suspended {
        /// The step.
        step: PathStep,
        /// Why.
        reason: String,
    },
    /// The role holds at another time only.
    RoleWindow {
        /// The role.
        role: EntityId,
        /// From when on.
        from: Option<Moment>,
        /// Until when.
        until: Option<Moment>,
    },
    /// Another role that the actor holds excludes the role.
    Excluded {
        /// The role.
        role: EntityId,
        /// The role that excludes it.
        by: EntityId,
    },
    /// The grant to an organization does not go down the tree, or an organization on the way stops it.
    NotInherited {
        /// The organization that holds the role.
        organization: EntityId,
        /// The organization that stops it; absent when the grant itself does not go down.
        #[serde(skip_serializing_if = "Option::is_none")]
        stopped_by: Option<EntityId>,
    },
    /// The organization or position is disabled, or the organization lies below such a one: it lends nothing.
    Disabled {
        /// What is disabled.
        thing: EntityId,
    },
    /// The account does not inherit the role or group: a switch of it is off, or their categories do not meet.
    SwitchedOff {
        /// The account.
        user: EntityId,
        /// The role or group.
        thing: EntityId,
    },
    /// The holder condition of a privilege does not hold for the actor.
    Holder {
        /// The role.
        role: EntityId,
        /// The privilege's place in the role.
        privilege: usize,
    },
    /// The target lies outside of these organizations.
    Outside {
        /// The organizations.
        organizations: Vec<EntityId>,
    },
    /// The target filter of a privilege does not match the target.
    Target {
        /// The role.
        role: EntityId,
        /// The privilege's place in the role.
        privilege: usize,
    },
    /// The right is about the actor's own record only.
    NotSelf,
    /// The target is of the same or a higher level.
    Level {
        /// The actor's level.
        actor: i64,
        /// The target's level.
        target: i64,
    },
    /// The target owns or administers the area, too.
    SameRank {
        /// The organization.
        organization: EntityId,
    },
    /// The attribute is not open for it.
    Attribute {
        /// The attribute.
        attribute: String,
    },
    /// The role is not held at all.
    Role {
        /// The role that would give it.
        role: EntityId,
    },
    /// No role gives it.
    NoRole,
    /// There is no such target.
    NoTarget {
        /// The identifier.
        target: EntityId,
    },
}
