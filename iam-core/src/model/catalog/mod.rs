//! The built-in attributes of each kind. Realms add their own with `attribute.define`.

mod access;
mod person;
mod sign_in;
mod structure;
mod sync;

use std::sync::OnceLock;

use access::{ASSIGNMENT, GROUP, ROLE, RULE};
use person::{DEVICE, USER};
use sign_in::{COUNTER, CREDENTIAL, LINK, POLICY, SESSION};
use structure::{ATTRIBUTE, ORGANIZATION, ORGANIZATION_TYPE, POSITION, REALM, TEMPLATE, USER_TYPE};
use sync::{CONNECTOR, SHADOW, SOURCE, SYNC_RUN};

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

use t::{COMMAND, DERIVED, ENGINE, MULTIPLE, PERSONAL, REQUIRED, SEARCH, SECRET, UNIQUE};

type Row = (&'static str, &'static str, T, u32, u16);

/// The row of what is read from edges to any number of records.
const fn linked(name: &'static str, label: &'static str) -> Row {
    (
        name,
        label,
        T::Reference,
        0,
        SEARCH | MULTIPLE | DERIVED | COMMAND,
    )
}

// Rows that several kinds have.
const DESCRIPTION: Row = ("description", "Description", T::Text, 1000, 0);
const CATEGORIES: Row = ("categories", "Categories", T::Text, 63, SEARCH | MULTIPLE);
const UNIQUE_NAME: Row = ("name", "Name", T::Text, 200, SEARCH | UNIQUE | REQUIRED);
const ADMINISTRATIVE_STATUS: Row = (
    "administrative_status",
    "Administrative status",
    T::Text,
    20,
    SEARCH | COMMAND,
);
const ORGANIZATIONS: Row = linked("organizations", "Organizations");
const WITHIN_ORGANIZATION: Row = linked("within_organization", "Within organization");
const GROUPS: Row = linked("groups", "Groups");
const GROUPS_BY_RULE: Row = linked("groups_by_rule", "Groups by rule");
const ROLES: Row = linked("roles", "Roles");
const ROLES_BY_RULE: Row = linked("roles_by_rule", "Roles by rule");

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

/// Whether a kind has attributes that are [hidden](is_hidden); the others need not be looked through.
pub(crate) fn has_hidden(kind: Kind) -> bool {
    matches!(kind, Kind::Session | Kind::Link | Kind::Credential)
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

/// The same of a name that has a number.
pub(crate) fn builtin_named(kind: Kind, name: &Name) -> Option<&'static AttributeDefinition> {
    let place = usize::from(name.code()?);
    index(kind).named.get(place).copied().flatten()
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
    fn hidden_attributes_are_of_kinds_that_have_such() {
        for kind in Kind::ALL.iter().copied().filter(|kind| !has_hidden(*kind)) {
            assert!(
                builtin(kind)
                    .iter()
                    .all(|definition| !is_hidden(kind, &definition.name)),
                "{kind}"
            );
        }
    }

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
