//! The built-in attributes of each kind. Realms add their own with `attribute.define`.

use std::sync::OnceLock;

use super::{AttributeDefinition, AttributeType as T, EditableBy, Kind, Name, Source, Value};

/// Custom attributes may not begin with these: they belong to the library.
pub const RESERVED_PREFIXES: &[&str] = &["indexed_", "unindexed_", "iam_"];

/// Traits of a built-in attribute, combined with `|`.
mod t {
    pub const REQUIRED: u16 = 1;
    pub const UNIQUE: u16 = 2;
    pub const SEARCH: u16 = 4;
    pub const PERSONAL: u16 = 8;
    pub const MULTIPLE: u16 = 16;
    /// Changed by its own command only.
    pub const COMMAND: u16 = 32;
    /// Set by the engine only.
    pub const ENGINE: u16 = 64;
    /// Read from the edges.
    pub const DERIVED: u16 = 128;
    /// Sealed under a key of the vault, never shown.
    pub const SECRET: u16 = 256;
}
#[path = "catalog_access.rs"]
mod access;

use access::{ASSIGNMENT, GROUP, ROLE, RULE};
use t::{COMMAND, DERIVED, ENGINE, MULTIPLE, PERSONAL, REQUIRED, SEARCH, SECRET, UNIQUE};

type Row = (&'static str, &'static str, T, u32, u16);

/// Who and when: the same for every kind (S1-12).
const METADATA: &[Row] = &[
    ("created_at", "Created", T::Moment, 0, SEARCH | ENGINE),
    ("created_by", "Created by", T::Text, 200, ENGINE),
    ("changed_at", "Changed", T::Moment, 0, SEARCH | ENGINE),
    ("changed_by", "Changed by", T::Text, 200, ENGINE),
    ("origin", "Origin", T::Text, 40, SEARCH | ENGINE),
    ("source", "Source", T::Text, 200, SEARCH | ENGINE),
    ("deleted_at", "Deleted", T::Moment, 0, SEARCH | COMMAND),
    ("erased_at", "Erased", T::Moment, 0, COMMAND),
    ("external_id", "External identifier", T::Text, 200, SEARCH),
];

/// A profile of a person, or of an account that persons use.
const USER: &[Row] = &[
    (
        "user_name",
        "User name",
        T::Text,
        200,
        SEARCH | UNIQUE | REQUIRED | PERSONAL,
    ),
    ("email", "E-mail", T::Email, 254, SEARCH | UNIQUE | PERSONAL),
    ("first_name", "First name", T::Text, 50, SEARCH | PERSONAL),
    ("last_name", "Last name", T::Text, 100, SEARCH | PERSONAL),
    ("display_name", "Display name", T::Text, 200, SEARCH | PERSONAL),
    ("phone", "Phone", T::Phone, 16, SEARCH | PERSONAL),
    ("user_number", "User number", T::Text, 40, SEARCH | UNIQUE),
    ("user_type", "User type", T::Reference, 0, SEARCH | COMMAND),
    ("identity_type", "Identity type", T::Text, 40, SEARCH),
    ("privileged", "Privileged account", T::Boolean, 0, SEARCH),
    ("job", "Job", T::Text, 200, SEARCH),
    ("department", "Department", T::Text, 200, SEARCH),
    ("location", "Location", T::Text, 200, SEARCH),
    ("street", "Street", T::Text, 200, PERSONAL),
    ("city", "City", T::Text, 200, SEARCH | PERSONAL),
    ("postal_code", "Postal code", T::Text, 40, SEARCH | PERSONAL),
    ("state", "State or province", T::Text, 200, SEARCH | PERSONAL),
    ("country", "Country", T::Text, 100, SEARCH),
    ("language", "Preferred language", T::Language, 35, SEARCH),
    ("time_zone", "Time zone", T::Text, 60, 0),
    ("date_of_birth", "Date of birth", T::Date, 0, PERSONAL),
    ("hired_on", "Hired on", T::Date, 0, SEARCH),
    ("in_position_since", "In position since", T::Date, 0, SEARCH),
    ("preference_updates", "News and updates", T::Boolean, 0, SEARCH),
    (
        "preference_marketing",
        "Special offers and services",
        T::Boolean,
        0,
        SEARCH,
    ),
    (
        "lawful_basis",
        "Lawful basis of processing",
        T::Text,
        40,
        SEARCH | COMMAND,
    ),
    ("consents", "Consents", T::Object, 0, MULTIPLE | COMMAND),
    ("supplied_by", "Who supplied each value", T::Object, 0, ENGINE),
    (
        "administrative_status",
        "Administrative status",
        T::Text,
        20,
        SEARCH | COMMAND,
    ),
    (
        "registration",
        "Registration progress",
        T::Text,
        20,
        SEARCH | COMMAND,
    ),
    (
        "registered_at",
        "Sign-up completed",
        T::Moment,
        0,
        SEARCH | ENGINE,
    ),
    (
        "registration_until",
        "Invitation valid until",
        T::Moment,
        0,
        COMMAND,
    ),
    ("locked", "Locked", T::Boolean, 0, SEARCH | COMMAND),
    ("lock_reason", "Reason of the lock", T::Text, 200, COMMAND),
    ("locked_by", "What locked the user", T::Text, 40, COMMAND),
    ("locked_until", "Locked until", T::Moment, 0, COMMAND),
    (
        "verified_email",
        "E-mail address that was verified",
        T::Email,
        254,
        PERSONAL | COMMAND,
    ),
    ("disabled_by", "What disabled the user", T::Text, 40, COMMAND),
    ("valid_from", "Valid from", T::Moment, 0, SEARCH | COMMAND),
    ("valid_until", "Valid until", T::Moment, 0, SEARCH | COMMAND),
    (
        "last_attempt_at",
        "Last sign-in attempt",
        T::Moment,
        0,
        SEARCH | ENGINE,
    ),
    (
        "last_sign_in_at",
        "Last successful sign-in",
        T::Moment,
        0,
        SEARCH | ENGINE,
    ),
    (
        "organizations",
        "Organizations",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "within_organization",
        "Within organization",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "groups",
        "Groups",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    ("manager", "Manager", T::Reference, 0, SEARCH | DERIVED | COMMAND),
    (
        "positions",
        "Positions",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "leads",
        "Leads",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "used_by",
        "Used by",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    ("categories", "Categories", T::Text, 63, SEARCH | MULTIPLE),
    (
        "inherit_service_plans",
        "Inherits disabled service plans",
        T::Boolean,
        0,
        SEARCH,
    ),
    (
        "inherit_subscriptions",
        "Inherits subscriptions",
        T::Boolean,
        0,
        SEARCH,
    ),
    (
        "inherit_administrator_roles",
        "Inherits administrator roles",
        T::Boolean,
        0,
        SEARCH,
    ),
    ("inherit_groups", "Inherits groups", T::Boolean, 0, SEARCH),
    (
        "inherit_office_groups",
        "Inherits Office 365 groups",
        T::Boolean,
        0,
        SEARCH,
    ),
    (
        "roles",
        "Roles",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "roles_by_rule",
        "Roles by rule",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "groups_by_rule",
        "Groups by rule",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "owns",
        "Owned organizations",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "administers",
        "Administered organizations",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "deputizes",
        "Stands in for",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
];

const DEVICE: &[Row] = &[
    ("name", "Name", T::Text, 200, SEARCH | UNIQUE | REQUIRED),
    ("device_type", "Device type", T::Text, 100, SEARCH),
    ("serial_number", "Serial number", T::Text, 200, SEARCH | UNIQUE),
    ("model", "Model", T::Text, 200, SEARCH),
    ("address", "Network address", T::Text, 100, SEARCH),
    ("owner", "Owner", T::Reference, 0, SEARCH),
    (
        "administrative_status",
        "Administrative status",
        T::Text,
        20,
        SEARCH | COMMAND,
    ),
    (
        "organizations",
        "Organizations",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "within_organization",
        "Within organization",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "groups",
        "Groups",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "roles",
        "Roles",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "roles_by_rule",
        "Roles by rule",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
];

const ORGANIZATION: &[Row] = &[
    ("name", "Name", T::Text, 250, SEARCH | REQUIRED),
    ("description", "Description", T::Text, 1000, 0),
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
    (
        "administrative_status",
        "Administrative status",
        T::Text,
        20,
        SEARCH | COMMAND,
    ),
    (
        "within_organization",
        "Within organization",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "groups",
        "Groups",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "stops_inheritance",
        "Grants from above stop here",
        T::Boolean,
        0,
        SEARCH,
    ),
    (
        "roles",
        "Roles",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "roles_by_rule",
        "Roles by rule",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "groups_by_rule",
        "Groups by rule",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
];

const POSITION: &[Row] = &[
    ("name", "Name", T::Text, 250, SEARCH | REQUIRED),
    ("description", "Description", T::Text, 1000, 0),
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
    (
        "administrative_status",
        "Administrative status",
        T::Text,
        20,
        SEARCH | COMMAND,
    ),
    (
        "groups",
        "Groups",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "roles",
        "Roles",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "roles_by_rule",
        "Roles by rule",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "groups_by_rule",
        "Groups by rule",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
];

/// A form is a list of `{attribute, required, order}`; validity is in days.
const USER_TYPE: &[Row] = &[
    ("name", "Name", T::Text, 200, SEARCH | UNIQUE | REQUIRED),
    ("description", "Description", T::Text, 1000, 0),
    ("form", "Form", T::Object, 0, MULTIPLE),
    ("validity_days", "Validity in days", T::Integer, 0, 0),
    ("disable_on_expiry", "Disable on expiry", T::Boolean, 0, 0),
    (
        "roles",
        "Roles",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
    (
        "roles_by_rule",
        "Roles by rule",
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    ),
];

const ORGANIZATION_TYPE: &[Row] = &[
    ("name", "Name", T::Text, 200, SEARCH | UNIQUE | REQUIRED),
    ("description", "Description", T::Text, 1000, 0),
    ("form", "Form", T::Object, 0, MULTIPLE),
];

const TEMPLATE: &[Row] = &[
    ("name", "Name", T::Text, 200, SEARCH | UNIQUE | REQUIRED),
    ("description", "Description", T::Text, 1000, 0),
    ("when_job", "Applies to job", T::Text, 200, SEARCH),
    ("when_department", "Applies to department", T::Text, 200, SEARCH),
    ("values", "Values", T::Object, 0, 0),
];

const ATTRIBUTE: &[Row] = &[
    ("name", "Name", T::Text, 60, SEARCH | UNIQUE | REQUIRED),
    ("definition", "Definition", T::Object, 0, REQUIRED),
];

const REALM: &[Row] = &[
    ("name", "Name", T::Text, 100, SEARCH | UNIQUE | REQUIRED),
    ("settings", "Settings", T::Object, 0, 0),
    ("schema_epoch", "Schema epoch", T::Integer, 0, ENGINE),
];

/// What a user can show: one record for each password, one-time password, set of recovery codes, passkey, link.
const CREDENTIAL: &[Row] = &[
    ("user", "User", T::Reference, 0, SEARCH | REQUIRED | COMMAND),
    (
        "credential_type",
        "Type of credential",
        T::Text,
        20,
        SEARCH | REQUIRED | COMMAND,
    ),
    ("label", "Label", T::Text, 200, COMMAND),
    ("credential_state", "State", T::Text, 20, SEARCH | COMMAND),
    ("secret", "Secret", T::Text, 0, SECRET | ENGINE),
    (
        "former",
        "Former passwords",
        T::Text,
        0,
        SECRET | MULTIPLE | ENGINE,
    ),
    ("exported_at", "Last exported", T::Moment, 0, SEARCH | ENGINE),
    ("scheme", "Hash scheme", T::Text, 40, SEARCH | ENGINE),
    ("set_at", "Last set", T::Moment, 0, SEARCH | ENGINE),
    ("set_by", "Set by", T::Text, 20, ENGINE),
    ("must_change", "Must be changed", T::Boolean, 0, SEARCH | COMMAND),
    ("expires_at", "Valid until", T::Moment, 0, SEARCH | COMMAND),
    ("exemption", "Exempt from", T::Text, 20, COMMAND),
    ("failures", "Failures in a row", T::Integer, 0, ENGINE),
    ("failed_at", "Last failure", T::Moment, 0, ENGINE),
    ("failing_since", "First failure of the row", T::Moment, 0, ENGINE),
    ("blocked_until", "No attempt before", T::Moment, 0, ENGINE),
    ("locks", "Automatic locks in a row", T::Integer, 0, ENGINE),
    ("used_at", "Last used", T::Moment, 0, SEARCH | ENGINE),
    ("used_step", "Last used step or counter", T::Integer, 0, ENGINE),
    ("remaining", "Codes left", T::Integer, 0, ENGINE),
    ("algorithm", "Algorithm", T::Text, 20, COMMAND),
    ("digits", "Digits", T::Integer, 0, COMMAND),
    ("period", "Seconds of a step", T::Integer, 0, COMMAND),
    ("assurance", "Assurance class", T::Text, 20, SEARCH | COMMAND),
    ("provider", "Provider", T::Text, 100, SEARCH | COMMAND),
    (
        "provider_subject",
        "Identifier at the provider",
        T::Text,
        250,
        SEARCH | UNIQUE | PERSONAL | COMMAND,
    ),
    ("address", "Address", T::Text, 254, PERSONAL | COMMAND),
    ("details", "More", T::Object, 0, COMMAND),
];

/// Each part is an object; what it does not say is not restricted.
const POLICY: &[Row] = &[
    ("name", "Name", T::Text, 200, SEARCH | UNIQUE | REQUIRED),
    ("description", "Description", T::Text, 1000, 0),
    (
        "applies_to",
        "Applies to",
        T::Reference,
        0,
        SEARCH | MULTIPLE | COMMAND,
    ),
    ("password", "Passwords", T::Object, 0, COMMAND),
    ("initial", "Initial passwords", T::Object, 0, COMMAND),
    ("lock", "Locking", T::Object, 0, COMMAND),
    ("session", "Sessions", T::Object, 0, COMMAND),
    ("factor", "Second factors", T::Object, 0, COMMAND),
    ("link", "Links", T::Object, 0, COMMAND),
    (
        "targets",
        "What targets demand of passwords",
        T::Object,
        0,
        MULTIPLE | COMMAND,
    ),
];

/// A signed-in user. Tokens are kept as SHA-256 digests; whoever reads the database cannot use them.
const SESSION: &[Row] = &[
    ("user", "User", T::Reference, 0, SEARCH | ENGINE),
    ("stage", "Stage", T::Text, 20, SEARCH | ENGINE),
    ("token_digest", "Digest of the token", T::Text, 64, ENGINE),
    ("token_until", "Token valid until", T::Moment, 0, ENGINE),
    (
        "refresh_family",
        "Digest of the refresh family",
        T::Text,
        64,
        ENGINE,
    ),
    (
        "refresh_digest",
        "Digest of the refresh token",
        T::Text,
        64,
        ENGINE,
    ),
    (
        "refresh_previous",
        "Digest of the refresh token before",
        T::Text,
        64,
        ENGINE,
    ),
    ("refreshed_at", "Refreshed", T::Moment, 0, ENGINE),
    ("used_at", "Last used", T::Moment, 0, SEARCH | ENGINE),
    ("idle_seconds", "Ends after idle seconds", T::Integer, 0, ENGINE),
    (
        "grace_seconds",
        "Seconds in which the last refresh token is taken",
        T::Integer,
        0,
        ENGINE,
    ),
    (
        "token_seconds",
        "Life of a token in seconds",
        T::Integer,
        0,
        ENGINE,
    ),
    ("expires_at", "Ends at the latest", T::Moment, 0, SEARCH | ENGINE),
    ("assurance", "Assurance level", T::Integer, 0, SEARCH | ENGINE),
    ("methods", "Methods", T::Text, 40, MULTIPLE | ENGINE),
    ("authenticated_at", "Authenticated", T::Moment, 0, ENGINE),
    ("pending", "Open actions", T::Text, 40, MULTIPLE | ENGINE),
    ("offered", "Offered factors", T::Text, 40, MULTIPLE | ENGINE),
    ("failures", "Failed steps", T::Integer, 0, ENGINE),
    (
        "wanted_assurance",
        "Assurance level asked for",
        T::Integer,
        0,
        ENGINE,
    ),
    ("elevated", "Taken to be risky", T::Boolean, 0, ENGINE),
    (
        "wants_refresh",
        "Asked for a refresh token",
        T::Boolean,
        0,
        ENGINE,
    ),
    (
        "identifier_counter",
        "Counter of the identifier",
        T::Text,
        40,
        ENGINE,
    ),
    ("application", "Application", T::Text, 200, SEARCH | ENGINE),
    ("address", "Network address", T::Text, 100, SEARCH | ENGINE),
    ("agent", "Device or browser", T::Text, 300, ENGINE),
];

/// A link that was sent to a person.
const LINK: &[Row] = &[
    ("user", "User", T::Reference, 0, SEARCH | ENGINE),
    ("purpose", "Purpose", T::Text, 40, SEARCH | ENGINE),
    ("token_digest", "Digest of the token", T::Text, 64, ENGINE),
    ("expires_at", "Valid until", T::Moment, 0, SEARCH | ENGINE),
    ("language", "Language", T::Language, 35, ENGINE),
    ("email", "Sent to", T::Email, 254, PERSONAL | ENGINE),
    ("delivery", "Delivery", T::Text, 20, ENGINE),
    ("ended_at", "Ended", T::Moment, 0, SEARCH | ENGINE),
    ("end", "How it ended", T::Text, 20, SEARCH | ENGINE),
];

/// Attempts within a time.
const COUNTER: &[Row] = &[
    ("purpose", "Purpose", T::Text, 40, SEARCH | ENGINE),
    ("count", "Count", T::Integer, 0, ENGINE),
    ("since", "Since", T::Moment, 0, ENGINE),
    ("blocked_until", "Blocked until", T::Moment, 0, ENGINE),
    ("expires_at", "Counts until", T::Moment, 0, SEARCH | ENGINE),
];

const SOURCE: &[Row] = &[
    ("name", "Name", T::Text, 200, SEARCH | UNIQUE | REQUIRED),
    ("description", "Description", T::Text, 1000, 0),
    ("connector", "Connector", T::Text, 100, SEARCH | COMMAND),
    ("configuration", "Configuration", T::Object, 0, COMMAND),
    ("rules", "Rules", T::Object, 0, COMMAND),
    ("mode", "Mode", T::Text, 20, SEARCH | COMMAND),
    ("schedule", "Schedule", T::Text, 100, COMMAND),
    ("time_zone", "Time zone of the schedule", T::Text, 60, COMMAND),
    ("tokens", "Where incremental runs go on", T::Object, 0, ENGINE),
    (
        "administrative_status",
        "Administrative status",
        T::Text,
        20,
        SEARCH | COMMAND,
    ),
];

const SHADOW: &[Row] = &[
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

const SYNC_RUN: &[Row] = &[
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

const CONNECTOR: &[Row] = &[
    ("name", "Name", T::Text, 100, SEARCH | UNIQUE | REQUIRED | COMMAND),
    ("descriptor", "Description of itself", T::Object, 0, COMMAND),
];

fn define(kind: Kind, row: &Row) -> AttributeDefinition {
    let &(name, label, value_type, maximum_length, traits) = row;
    let has = |flag: u16| traits & flag != 0;
    AttributeDefinition {
        kind,
        name: name.to_owned(),
        label: label.to_owned(),
        value_type,
        multiple: has(MULTIPLE),
        maximum_length: (maximum_length > 0).then_some(maximum_length),
        pattern: None,
        allowed: allowed(name).iter().map(|text| Value::from(*text)).collect(),
        required: has(REQUIRED),
        unique: has(UNIQUE),
        searchable: has(SEARCH),
        personal: has(PERSONAL),
        secret: has(SECRET),
        editable: match traits {
            _ if has(ENGINE) => EditableBy::Nobody,
            _ if has(COMMAND) => EditableBy::Command,
            _ => EditableBy::Update,
        },
        source: Source::Builtin,
        default: match name {
            "identity_type" => Some("primary".into()),
            // S2-13: both off until the person says otherwise.
            "preference_updates" | "preference_marketing" => Some(false.into()),
            _ => None,
        },
        derived: has(DERIVED),
    }
}

fn allowed(name: &str) -> &'static [&'static str] {
    match name {
        // S4-52 … S4-57
        "identity_type" => &[
            "primary",
            "organizational",
            "personalized_administrator",
            "sponsored",
            "shared",
            "service",
        ],
        // S4-47
        "exemption" => &["expiry", "strength", "everything"],
        "credential_type" => &[
            "password",
            "totp",
            "hotp",
            "recovery_codes",
            "email",
            "sms",
            "passkey",
            "social",
        ],
        "credential_state" => &["active", "pending", "blocked"],
        "set_by" => &["user", "administrator", "import", "link"],
        "administrative_status" => &["enabled", "disabled", "suspended", "archived"],
        // S0-7, S0-8
        "origin" => &["manual", "import", "orphan_account", "sync", "self_registration"],
        "role_type" => &["internal", "external"],
        "on_assignment" => &["merge", "replace"],
        "on_unassignment" => &["remove", "none"],
        "condition_kind" => &["user", "device", "organization", "position"],
        // S4-59 … S4-63
        "inheritance_class" => &[
            "service_plan",
            "subscription",
            "administrator_role",
            "group",
            "office_group",
        ],
        "registration" => &["not_invited", "invited", "complete"],
        // GDPR article 6 (1) a … f
        "lawful_basis" => &[
            "consent",
            "contract",
            "legal_obligation",
            "vital_interests",
            "public_task",
            "legitimate_interests",
        ],
        _ => &[],
    }
}

/// S2-10: up to five of each of eight shapes; the indexed ones are searchable.
fn slots() -> Vec<AttributeDefinition> {
    let shapes = [
        ("string", "string", T::Text, false),
        ("strings", "strings", T::Text, true),
        ("date", "date", T::Date, false),
        ("integer", "integer", T::Integer, false),
    ];
    let mut slots = Vec::with_capacity(40);
    for (prefix, searchable) in [("indexed", true), ("unindexed", false)] {
        for (name, label, value_type, multiple) in shapes {
            for number in 1..=5 {
                let length = match (value_type, searchable) {
                    (T::Text, true) => 250,
                    (T::Text, false) => 1000,
                    _ => 0,
                };
                let traits = if searchable { SEARCH } else { 0 } | if multiple { MULTIPLE } else { 0 };
                let mut definition = define(Kind::User, &("", "", value_type, length, traits));
                definition.name = format!("{prefix}_{name}_{number}");
                definition.label = format!("Generic {prefix} {label} {number}");
                slots.push(definition);
            }
        }
    }
    slots
}

/// The built-in attributes of a kind, in the order of a form.
pub fn builtin(kind: Kind) -> &'static [AttributeDefinition] {
    static CATALOG: OnceLock<Vec<Vec<AttributeDefinition>>> = OnceLock::new();
    let catalog = CATALOG.get_or_init(|| {
        (0..=Kind::ALL
            .iter()
            .map(|kind| *kind as usize)
            .max()
            .unwrap_or_default())
            .map(|code| {
                let Some(kind) = u8::try_from(code).ok().and_then(Kind::from_code) else {
                    return Vec::new();
                };
                let own = match kind {
                    Kind::User => USER,
                    Kind::Device => DEVICE,
                    Kind::Organization => ORGANIZATION,
                    Kind::Position => POSITION,
                    Kind::Group => GROUP,
                    Kind::UserType => USER_TYPE,
                    Kind::OrganizationType => ORGANIZATION_TYPE,
                    Kind::Template => TEMPLATE,
                    Kind::Attribute => ATTRIBUTE,
                    Kind::Realm => REALM,
                    Kind::Session => SESSION,
                    Kind::Link => LINK,
                    Kind::Counter => COUNTER,
                    Kind::Role => ROLE,
                    Kind::Assignment => ASSIGNMENT,
                    Kind::Rule => RULE,
                    Kind::Source => SOURCE,
                    Kind::Shadow => SHADOW,
                    Kind::SyncRun => SYNC_RUN,
                    Kind::Connector => CONNECTOR,
                    Kind::ChangeSet | Kind::Command => return Vec::new(),
                    Kind::Credential => CREDENTIAL,
                    Kind::Policy => POLICY,
                };
                let mut all: Vec<_> = own.iter().chain(METADATA).map(|row| define(kind, row)).collect();
                if kind == Kind::User {
                    all.extend(slots());
                }
                all
            })
            .collect()
    });
    catalog.get(kind as usize).map(Vec::as_slice).unwrap_or_default()
}

/// Whether an attribute is shown to nobody who reads: a secret, or the digest of a token.
pub fn is_hidden(kind: Kind, name: &str) -> bool {
    const DIGESTS: [&str; 4] = [
        "token_digest",
        "refresh_family",
        "refresh_digest",
        "refresh_previous",
    ];
    match kind {
        Kind::Session | Kind::Link => DIGESTS.contains(&name),
        _ => is_secret(kind, name),
    }
}

/// What is asked of the catalogue all the time, found once.
struct Index {
    /// By the number of the name.
    named: Vec<Option<&'static AttributeDefinition>>,
    unique: Vec<&'static AttributeDefinition>,
    required: Vec<&'static AttributeDefinition>,
    defaults: Vec<&'static AttributeDefinition>,
    references: Vec<&'static AttributeDefinition>,
}

fn index(kind: Kind) -> &'static Index {
    static INDEXES: OnceLock<Vec<Index>> = OnceLock::new();
    let indexes = INDEXES.get_or_init(|| {
        let of = |code: usize| {
            let all = u8::try_from(code)
                .ok()
                .and_then(Kind::from_code)
                .map(builtin)
                .unwrap_or_default();
            let mut named = Vec::new();
            for definition in all {
                if let Some(code) = Name::from(&definition.name).code() {
                    let place = usize::from(code);
                    if named.len() <= place {
                        named.resize(place + 1, None);
                    }
                    if let Some(free) = named.get_mut(place) {
                        *free = Some(definition);
                    }
                }
            }
            let those = |wanted: fn(&AttributeDefinition) -> bool| all.iter().filter(|d| wanted(d)).collect();
            Index {
                named,
                unique: those(|definition| definition.unique),
                required: those(|definition| definition.required),
                defaults: those(|definition| definition.default.is_some()),
                references: those(|definition| definition.value_type == T::Reference && !definition.derived),
            }
        };
        (0..=usize::from(u8::MAX)).map(of).collect()
    });
    // There is one for every number that a kind can have.
    #[expect(clippy::indexing_slicing, reason = "as many as there are numbers")]
    &indexes[kind as usize]
}

/// The built-in attribute of a kind with this name, without a search.
pub fn builtin_attribute(kind: Kind, name: &str) -> Option<&'static AttributeDefinition> {
    match Name::number(name) {
        Some(code) => index(kind).named.get(usize::from(code)).copied().flatten(),
        None => builtin(kind).iter().find(|definition| definition.name == name),
    }
}

/// The built-in attributes of a kind that name another record in a value of their own.
pub fn builtin_references(kind: Kind) -> &'static [&'static AttributeDefinition] {
    &index(kind).references
}

pub(crate) fn builtin_unique(kind: Kind) -> &'static [&'static AttributeDefinition] {
    &index(kind).unique
}

pub(crate) fn builtin_required(kind: Kind) -> &'static [&'static AttributeDefinition] {
    &index(kind).required
}

pub(crate) fn builtin_defaults(kind: Kind) -> &'static [&'static AttributeDefinition] {
    &index(kind).defaults
}

/// Whether an attribute is kept sealed and never shown.
pub fn is_secret(kind: Kind, name: &str) -> bool {
    // One kind has secrets; the others need not be looked through for every value that is read.
    kind == Kind::Credential
        && builtin(kind)
            .iter()
            .any(|definition| definition.secret && definition.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_of_credentials_and_are_not_searched() {
        for kind in Kind::ALL {
            for definition in builtin(*kind) {
                assert_eq!(definition.secret, is_secret(*kind, &definition.name));
                assert!(!definition.secret || !definition.searchable && !definition.unique);
            }
        }
    }

    /// S2-10, S2-11, S2-12
    #[test]
    fn forty_generic_slots_with_stable_names() {
        let slots: Vec<_> = builtin(Kind::User)
            .iter()
            .filter(|d| d.name.contains("indexed_"))
            .collect();
        assert_eq!(slots.len(), 40);
        assert_eq!(slots.iter().filter(|d| d.searchable).count(), 20);
        assert!(
            slots
                .iter()
                .any(|d| d.name == "unindexed_strings_5" && d.multiple && !d.searchable)
        );
    }

    #[test]
    fn names_are_unique_and_searchable_texts_are_short_enough_for_an_index() {
        for kind in Kind::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for definition in builtin(*kind) {
                assert!(seen.insert(&definition.name), "{kind} {}", definition.name);
                assert!(
                    !definition.searchable || definition.maximum_length.unwrap_or(0) <= 256,
                    "{}",
                    definition.name
                );
            }
        }
    }
}
