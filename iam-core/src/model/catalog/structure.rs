//! The built-in attributes of the structures that people are in, and of how a realm describes them.

use super::{
    ADMINISTRATIVE_STATUS, DESCRIPTION, GROUPS, GROUPS_BY_RULE, ROLES, ROLES_BY_RULE, Row, T, UNIQUE_NAME,
    WITHIN_ORGANIZATION,
    t::{COMMAND, ENGINE, MULTIPLE, REQUIRED, SEARCH, UNIQUE},
};

pub(super) const ORGANIZATION: &[Row] = &[
    ("name", "Name", T::Text, 250, SEARCH | REQUIRED),
    DESCRIPTION,
    ("code", "Code", T::Text, 100, SEARCH | UNIQUE),
    (
        "organization_type",
        "Organization type",
        T::Reference,
        0,
        SEARCH | COMMAND,
    ),
    ("parent", "Parent organization", T::Reference, 0, SEARCH | COMMAND),
    ("sort_order", "Sort order", T::Integer, 0, SEARCH),
    ("location", "Location", T::Text, 200, SEARCH),
    ADMINISTRATIVE_STATUS,
    WITHIN_ORGANIZATION,
    GROUPS,
    (
        "stops_inheritance",
        "Grants from above stop here",
        T::Boolean,
        0,
        SEARCH,
    ),
    ROLES,
    ROLES_BY_RULE,
    GROUPS_BY_RULE,
];

pub(super) const POSITION: &[Row] = &[
    ("name", "Name", T::Text, 250, SEARCH | REQUIRED),
    DESCRIPTION,
    ("code", "Code", T::Text, 100, SEARCH | UNIQUE),
    ("job", "Job", T::Text, 200, SEARCH),
    ("organization", "Organization", T::Reference, 0, SEARCH | COMMAND),
    (
        "reports_to",
        "Reports to position",
        T::Reference,
        0,
        SEARCH | COMMAND,
    ),
    ("sort_order", "Sort order", T::Integer, 0, SEARCH),
    ADMINISTRATIVE_STATUS,
    GROUPS,
    ROLES,
    ROLES_BY_RULE,
    GROUPS_BY_RULE,
];

/// A form is a list of `{attribute, required, order}`; validity is in days.
pub(super) const USER_TYPE: &[Row] = &[
    UNIQUE_NAME,
    DESCRIPTION,
    ("form", "Form", T::Object, 0, MULTIPLE),
    ("validity_days", "Validity in days", T::Integer, 0, 0),
    ("disable_on_expiry", "Disable on expiry", T::Boolean, 0, 0),
    ROLES,
    ROLES_BY_RULE,
];

pub(super) const ORGANIZATION_TYPE: &[Row] =
    &[UNIQUE_NAME, DESCRIPTION, ("form", "Form", T::Object, 0, MULTIPLE)];

pub(super) const TEMPLATE: &[Row] = &[
    UNIQUE_NAME,
    DESCRIPTION,
    ("when_job", "Applies to job", T::Text, 200, SEARCH),
    ("when_department", "Applies to department", T::Text, 200, SEARCH),
    ("values", "Values", T::Object, 0, 0),
];

pub(super) const ATTRIBUTE: &[Row] = &[
    ("name", "Name", T::Text, 60, SEARCH | UNIQUE | REQUIRED),
    ("definition", "Definition", T::Object, 0, REQUIRED),
];

pub(super) const REALM: &[Row] = &[
    ("name", "Name", T::Text, 100, SEARCH | UNIQUE | REQUIRED),
    ("settings", "Settings", T::Object, 0, 0),
    ("schema_epoch", "Schema epoch", T::Integer, 0, ENGINE),
];
