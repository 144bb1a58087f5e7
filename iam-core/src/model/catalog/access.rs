//! The built-in attributes of groups, roles, assignments and rules.

use super::{
    CATEGORIES, DESCRIPTION, GROUPS, GROUPS_BY_RULE, ROLES, ROLES_BY_RULE, Row, T, UNIQUE_NAME, linked,
    t::{COMMAND, ENGINE, MULTIPLE, REQUIRED, SEARCH, UNIQUE},
};

// Rows that roles and groups have.
const CONDITION: Row = ("condition", "Condition of membership", T::Text, 10_000, COMMAND);
const CONDITION_KIND: Row = (
    "condition_kind",
    "Kind that the condition selects",
    T::Text,
    20,
    COMMAND,
);
const RISK_INDEX: Row = ("risk_index", "Risk index", T::Number, 0, SEARCH);
const INHERITANCE_CLASS: Row = (
    "inheritance_class",
    "Inherited by the switch of",
    T::Text,
    40,
    SEARCH,
);

/// Privileges are the structures of `rules::Privilege`; a condition selects the members of a dynamic role.
pub(super) const ROLE: &[Row] = &[
    UNIQUE_NAME,
    DESCRIPTION,
    ("role_type", "Role type", T::Text, 20, SEARCH | COMMAND),
    ("privileges", "Privileges", T::Object, 0, MULTIPLE | COMMAND),
    ("valid_from", "Valid from", T::Moment, 0, SEARCH | COMMAND),
    ("valid_until", "Valid until", T::Moment, 0, SEARCH | COMMAND),
    ("time_zone", "Time zone of the constraint", T::Text, 6, COMMAND),
    ("level", "Level", T::Integer, 0, SEARCH),
    (
        "administrative",
        "Administers the platform",
        T::Boolean,
        0,
        SEARCH,
    ),
    ("min_holders", "Holders at least", T::Integer, 0, 0),
    ("max_holders", "Holders at most", T::Integer, 0, 0),
    CONDITION,
    CONDITION_KIND,
    RISK_INDEX,
    CATEGORIES,
    INHERITANCE_CLASS,
    linked("includes", "Included roles"),
    linked("carries", "Assignments"),
];

/// Values are [`crate::model::AssignmentValue`]s, events [`crate::model::AssignmentEvent`]s.
pub(super) const ASSIGNMENT: &[Row] = &[
    UNIQUE_NAME,
    DESCRIPTION,
    ("mapping", "Mapping", T::Text, 200, SEARCH | REQUIRED),
    ("values", "Attribute values", T::Object, 0, MULTIPLE | COMMAND),
    ("on_assignment", "On assignment", T::Text, 20, COMMAND),
    ("on_unassignment", "On unassignment", T::Text, 20, COMMAND),
    ("events", "Events", T::Object, 0, MULTIPLE | COMMAND),
];

pub(super) const RULE: &[Row] = &[
    ("owner", "Role or group", T::Reference, 0, SEARCH | ENGINE),
    ("selects", "Kind that it selects", T::Text, 20, SEARCH | ENGINE),
    ("predicate", "Predicate", T::Object, 0, ENGINE),
    (
        "reads",
        "Attributes that it reads",
        T::Text,
        60,
        SEARCH | MULTIPLE | ENGINE,
    ),
    ("timed", "Depends on time", T::Boolean, 0, SEARCH | ENGINE),
    (
        "pending",
        "Members are being brought into line",
        T::Boolean,
        0,
        SEARCH | ENGINE,
    ),
];

pub(super) const GROUP: &[Row] = &[
    ("name", "Name", T::Text, 250, SEARCH | UNIQUE | REQUIRED),
    DESCRIPTION,
    (
        "member_kinds",
        "Kinds of members",
        T::Text,
        40,
        MULTIPLE | COMMAND,
    ),
    GROUPS,
    CONDITION,
    CONDITION_KIND,
    RISK_INDEX,
    CATEGORIES,
    INHERITANCE_CLASS,
    ROLES,
    ROLES_BY_RULE,
    GROUPS_BY_RULE,
];
