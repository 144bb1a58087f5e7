//! The built-in attributes of identity sources and what is known of their accounts.

use super::{
    ADMINISTRATIVE_STATUS, DESCRIPTION, Row, T, UNIQUE_NAME,
    t::{COMMAND, ENGINE, MULTIPLE, PERSONAL, REQUIRED, SEARCH, UNIQUE},
};

pub(super) const SOURCE: &[Row] = &[
    UNIQUE_NAME,
    DESCRIPTION,
    ("connector", "Connector", T::Text, 100, SEARCH | COMMAND),
    ("configuration", "Configuration", T::Object, 0, COMMAND),
    ("rules", "Rules", T::Object, 0, COMMAND),
    ("mode", "Mode", T::Text, 20, SEARCH | COMMAND),
    ("schedule", "Schedule", T::Text, 100, COMMAND),
    ("time_zone", "Time zone of the schedule", T::Text, 60, COMMAND),
    ("tokens", "Where incremental runs go on", T::Object, 0, ENGINE),
    ADMINISTRATIVE_STATUS,
];

pub(super) const SHADOW: &[Row] = &[
    (
        "identity_source",
        "Identity source",
        T::Reference,
        0,
        SEARCH | COMMAND,
    ),
    ("object_kind", "Kind of object", T::Text, 20, SEARCH | COMMAND),
    (
        "identifier",
        "Identifier at the source",
        T::Text,
        1000,
        PERSONAL | COMMAND,
    ),
    ("title", "Name at the source", T::Text, 1000, PERSONAL | COMMAND),
    (
        "object_key",
        "Key of the identifier",
        T::Text,
        64,
        SEARCH | UNIQUE | COMMAND,
    ),
    ("name_key", "Key of the name", T::Text, 64, SEARCH | COMMAND),
    ("target", "Linked record", T::Reference, 0, SEARCH | COMMAND),
    ("digest", "Digest of the mapped values", T::Text, 64, COMMAND),
    ("situation", "Situation", T::Text, 40, SEARCH | COMMAND),
    ("state", "State", T::Text, 20, SEARCH | COMMAND),
    ("problem", "Problem", T::Object, 0, COMMAND),
    (
        "problem_code",
        "Code of the problem",
        T::Text,
        60,
        SEARCH | COMMAND,
    ),
    (
        "candidates",
        "Records it may be",
        T::Reference,
        0,
        MULTIPLE | COMMAND,
    ),
    (
        "missing_since",
        "Gone at the source since",
        T::Moment,
        0,
        SEARCH | COMMAND,
    ),
    (
        "delete_after",
        "To be deleted after",
        T::Moment,
        0,
        SEARCH | COMMAND,
    ),
];

pub(super) const SYNC_RUN: &[Row] = &[
    (
        "identity_source",
        "Identity source",
        T::Reference,
        0,
        SEARCH | COMMAND,
    ),
    ("mode", "Mode", T::Text, 20, SEARCH | COMMAND),
    ("look_only", "Looked only", T::Boolean, 0, SEARCH | COMMAND),
    ("filter", "Filter", T::Text, 1000, COMMAND),
    ("state", "State", T::Text, 20, SEARCH | COMMAND),
    ("due_at", "Due", T::Moment, 0, SEARCH | COMMAND),
    ("started_at", "Started", T::Moment, 0, SEARCH | COMMAND),
    ("finished_at", "Finished", T::Moment, 0, SEARCH | COMMAND),
    ("worker", "Worker", T::Text, 200, COMMAND),
    ("leased_until", "Leased until", T::Moment, 0, SEARCH | COMMAND),
    ("cancel_requested", "To be cancelled", T::Boolean, 0, COMMAND),
    ("place", "How far it is", T::Object, 0, COMMAND),
    ("counts", "Counts", T::Object, 0, COMMAND),
    ("findings", "Findings", T::Object, 0, MULTIPLE | COMMAND),
    ("change_set", "Change set", T::Text, 60, COMMAND),
    ("alert_level", "Alert level", T::Integer, 0, SEARCH | COMMAND),
    ("problem", "Problem", T::Object, 0, COMMAND),
];

pub(super) const CONNECTOR: &[Row] = &[
    ("name", "Name", T::Text, 100, SEARCH | UNIQUE | REQUIRED | COMMAND),
    ("descriptor", "Description of itself", T::Object, 0, COMMAND),
];
