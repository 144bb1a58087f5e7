//! Which tables there are, and which attributes have columns of their own.
//!
//! Each migration owns the tables it makes; what a migration made does not change any more: a later layout is a later
//! migration. A searchable attribute that has no column here is kept in `iam_attribute_key`, so new attributes need no
//! migration.

use iam_core::model::Kind;

use super::{
    Dialect,
    Shape::{Blob, Int, Key, Name, Number, Small, Text, Uuid},
    table::{EMPTY, Table},
};

/// How a column is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Find {
    /// Not at all: it tells few records apart, or changes with every write.
    Scan,
    /// By realm, value and identifier, so that a page in its order needs no sorting.
    Sorted,
    /// The same, for the few records that have a value.
    Sparse,
    /// What lists are filtered by: enabled people of a department, by last name, are one piece of this index, so that
    /// their number and a page of them need no look at other records.
    Listed,
}
use Find::{Listed, Scan, Sorted, Sparse};

const METADATA: &[(&str, Find)] = &[
    ("created_at", Scan),
    ("changed_at", Scan),
    ("origin", Scan),
    ("source", Scan),
    ("deleted_at", Sparse),
    ("external_id", Sparse),
];

const USER: &[(&str, Find)] = &[
    ("user_name", Sorted),
    ("email", Sorted),
    ("first_name", Scan),
    ("last_name", Sorted),
    ("display_name", Sorted),
    ("phone", Scan),
    ("user_number", Sorted),
    ("user_type", Sparse),
    ("identity_type", Scan),
    ("privileged", Scan),
    ("job", Listed),
    ("department", Listed),
    ("location", Scan),
    ("city", Scan),
    ("country", Scan),
    ("language", Scan),
    ("hired_on", Scan),
    ("preference_updates", Scan),
    ("preference_marketing", Scan),
    ("administrative_status", Scan),
    ("registration", Scan),
    ("locked", Scan),
    ("valid_from", Sparse),
    ("valid_until", Sparse),
    ("last_attempt_at", Scan),
    ("last_sign_in_at", Scan),
];

const DEVICE: &[(&str, Find)] = &[
    ("name", Sorted),
    ("device_type", Scan),
    ("serial_number", Sparse),
    ("model", Scan),
    ("address", Sparse),
    ("owner", Sparse),
    ("administrative_status", Scan),
];

const ORGANIZATION: &[(&str, Find)] = &[
    ("name", Sorted),
    ("code", Sparse),
    ("organization_type", Sparse),
    ("parent", Sorted),
    ("sort_order", Scan),
    ("location", Scan),
    ("administrative_status", Scan),
];

const POSITION: &[(&str, Find)] = &[
    ("name", Sorted),
    ("code", Sparse),
    ("job", Scan),
    ("organization", Sorted),
    ("reports_to", Sparse),
    ("sort_order", Scan),
    ("administrative_status", Scan),
];

const SOURCE: &[(&str, Find)] = &[
    ("name", Sorted),
    ("connector", Scan),
    ("mode", Scan),
    ("administrative_status", Scan),
];

const SHADOW: &[(&str, Find)] = &[
    ("identity_source", Scan),
    ("object_kind", Scan),
    ("object_key", Scan),
    ("name_key", Sparse),
    ("target", Sparse),
    ("situation", Scan),
    ("state", Scan),
    ("problem_code", Sparse),
    ("missing_since", Sparse),
    ("delete_after", Sparse),
];

const SYNC_RUN: &[(&str, Find)] = &[
    ("identity_source", Sorted),
    ("mode", Scan),
    ("look_only", Scan),
    ("state", Sorted),
    ("due_at", Sorted),
    ("started_at", Scan),
    ("finished_at", Scan),
    ("leased_until", Sparse),
    ("alert_level", Sparse),
];

const NAMED: &[(&str, Find)] = &[("name", Sorted)];
const ROLE: &[(&str, Find)] = &[
    ("name", Sorted),
    ("role_type", Scan),
    ("level", Scan),
    ("valid_from", Sparse),
    ("valid_until", Sparse),
];
const ASSIGNMENT: &[(&str, Find)] = &[("name", Sorted), ("mapping", Sorted)];
const RULE: &[(&str, Find)] = &[
    ("owner", Sorted),
    ("selects", Scan),
    ("timed", Scan),
    ("pending", Sparse),
];
const TEMPLATE: &[(&str, Find)] = &[("name", Sorted), ("when_job", Scan), ("when_department", Scan)];

const CREDENTIAL: &[(&str, Find)] = &[
    ("user", Sorted),
    ("credential_type", Scan),
    ("credential_state", Scan),
    ("set_at", Scan),
    ("expires_at", Sparse),
    ("provider_subject", Sparse),
];

const SESSION: &[(&str, Find)] = &[("user", Sorted), ("expires_at", Sorted)];
const LINK: &[(&str, Find)] = &[("user", Sorted), ("expires_at", Sorted)];
const COUNTER: &[(&str, Find)] = &[("expires_at", Sorted)];

/// The columns that migration 11 added, none of them with an index. Attributes that change with every use, or that almost
/// every record has: as rows of `iam_attribute_key` each of them cost two B-trees more.
fn later(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::User => &["registered_at", "in_position_since"],
        Kind::Credential => &["used_at", "scheme", "exported_at", "must_change", "assurance"],
        Kind::Session => &["used_at", "stage", "assurance", "application", "address"],
        Kind::Link => &["purpose", "ended_at", "end"],
        Kind::Counter => &["purpose"],
        _ => &[],
    }
}

fn own(kind: Kind) -> &'static [(&'static str, Find)] {
    match kind {
        Kind::User => USER,
        Kind::Device => DEVICE,
        Kind::Organization => ORGANIZATION,
        Kind::Position => POSITION,
        Kind::Template => TEMPLATE,
        Kind::Role => ROLE,
        Kind::Assignment => ASSIGNMENT,
        Kind::Rule => RULE,
        Kind::Credential => CREDENTIAL,
        Kind::Session => SESSION,
        Kind::Link => LINK,
        Kind::Counter => COUNTER,
        Kind::Source => SOURCE,
        Kind::Shadow => SHADOW,
        Kind::SyncRun => SYNC_RUN,
        _ => NAMED,
    }
}

/// The kinds that have records: each has a table of its own, made by the migration that brought it.
const KINDS: &[&[Kind]] = &[FOUNDATION, ACCESS, CREDENTIALS, SIGN_IN, SYNC];

/// The kinds of migration 1.
const FOUNDATION: &[Kind] = &[
    Kind::Realm,
    Kind::User,
    Kind::Device,
    Kind::UserType,
    Kind::Organization,
    Kind::OrganizationType,
    Kind::Position,
    Kind::Group,
    Kind::Template,
    Kind::Attribute,
];

/// The kinds of migration 2.
const ACCESS: &[Kind] = &[Kind::Role, Kind::Assignment, Kind::Rule];
/// The kinds of migration 3.
const CREDENTIALS: &[Kind] = &[Kind::Credential, Kind::Policy];
/// The kinds of migration 5.
const SYNC: &[Kind] = &[Kind::Source, Kind::Shadow, Kind::SyncRun, Kind::Connector];

/// The kinds of migration 4.
const SIGN_IN: &[Kind] = &[Kind::Session, Kind::Link, Kind::Counter];

/// The table of a kind's records.
pub(crate) const fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Realm => "iam_realm",
        Kind::User => "iam_user",
        Kind::Device => "iam_device",
        Kind::UserType => "iam_user_type",
        Kind::Organization => "iam_organization",
        Kind::OrganizationType => "iam_organization_type",
        Kind::Position => "iam_position",
        Kind::Group => "iam_group",
        Kind::Template => "iam_template",
        Kind::Session => "iam_session",
        Kind::Link => "iam_link",
        Kind::Counter => "iam_counter",
        Kind::Role => "iam_role",
        Kind::Assignment => "iam_assignment",
        Kind::Rule => "iam_rule",
        Kind::Source => "iam_source",
        Kind::Shadow => "iam_shadow",
        Kind::SyncRun => "iam_sync_run",
        Kind::Connector => "iam_connector",
        Kind::Attribute | Kind::ChangeSet | Kind::Command => "iam_attribute",
        Kind::Credential => "iam_credential",
        Kind::Policy => "iam_policy",
    }
}

/// The attributes of a kind that have a column of their own, in the order of the columns.
pub(crate) fn promoted(kind: Kind) -> impl Iterator<Item = &'static str> {
    let first = own(kind).iter().chain(METADATA).map(|(name, _)| *name);
    first.chain(later(kind).iter().copied())
}

/// Whether an attribute has a column of its own.
pub(crate) fn is_promoted(kind: Kind, attribute: &str) -> bool {
    promoted(kind).any(|name| name == attribute)
}

/// Whether an index has all records of a kind in the order of an attribute.
pub(crate) fn is_sorted(kind: Kind, attribute: &str) -> bool {
    own(kind).contains(&(attribute, Sorted))
}

/// The name of an attribute that has a column and no index.
pub(crate) fn scanned(kind: Kind, attribute: &str) -> Option<&'static str> {
    let first = own(kind).iter().chain(METADATA);
    let first = first.filter(|(_, find)| *find == Scan).map(|(name, _)| *name);
    first
        .chain(later(kind).iter().copied())
        .find(|name| *name == attribute)
}

/// Every kind that has records.
pub(crate) fn kinds() -> impl Iterator<Item = Kind> {
    KINDS.iter().flat_map(|kinds| kinds.iter().copied())
}

/// The columns that every table of records begins with.
pub(crate) const FIXED: &[&str] = &["realm", "id", "version", "revision", "deleted", "salt", "body"];

fn records(kind: Kind) -> Table {
    let mut records = Table::new(table(kind))
        .column("realm", Int)
        .column("id", Uuid)
        .column("version", Int)
        .column("revision", Int)
        .column("deleted", Small)
        .column("salt", Blob)
        .column("body", Blob)
        .primary(&["realm", "id"])
        // Answers what has changed since, and how many records live without a look at the records.
        .index(&["realm", "revision", "deleted"]);
    for (name, find) in own(kind).iter().chain(METADATA) {
        let column = format!("k_{name}");
        records = records.column(&column, Key);
        records = match find {
            Scan => records,
            Sorted => records.index(&["realm", &column, "id"]),
            Listed => records.index(&[
                "realm",
                &column,
                "deleted",
                "k_administrative_status",
                "k_last_name",
                "id",
            ]),
            Sparse => records.index_only(&["realm", &column, "id"], &format!("{column} <> {EMPTY}")),
        };
    }
    records
}

/// The columns of an edge, the key first.
pub(crate) const EDGE: &[&str] = &[
    "realm",
    "from_kind",
    "from_id",
    "relation",
    "to_kind",
    "to_id",
    "origins",
    "valid_from",
    "valid_until",
    "suspended",
    "attributes",
    "from_live",
    "to_live",
    "revision",
];
/// How many of them are the key.
pub(crate) const EDGE_KEY: usize = 6;

/// The columns of an audit row without its number.
pub(crate) const AUDIT: &[&str] = &[
    "realm",
    "at",
    "actor",
    "channel",
    "reason",
    "command",
    "command_id",
    "digest",
    "change_set",
    "outcome",
    "subject_kind",
    "subject_id",
    "events",
];

/// The columns of a journal entry.
pub(crate) const JOURNAL: &[&str] = &[
    "place",
    "realm",
    "step",
    "subject_kind",
    "subject_id",
    "relation",
    "other_kind",
    "other_id",
    "version",
    "delta",
    "cause",
];

/// The columns of an effect that waits, without its number.
pub(crate) const OUTBOX: &[&str] = &[
    "realm",
    "revision",
    "name",
    "subject_kind",
    "subject_id",
    "details",
    "idempotency",
    "attempts",
    "not_before",
    "leased_by",
    "leased_until",
    "last_error",
];

/// The tables of migration 1.
pub(crate) fn tables() -> Vec<Table> {
    let mut tables = vec![
        Table::new("iam_meta")
            .column("name", Name)
            .column("value", Text)
            .primary(&["name"])
            .clustered(),
        Table::new("iam_realm_key")
            .column("number", Number)
            .column("id", Uuid)
            .unique(&["id"]),
    ];
    tables.extend(FOUNDATION.iter().map(|kind| records(*kind)));
    tables.extend([
        Table::new("iam_attribute_key")
            .column("realm", Int)
            .column("kind", Small)
            .column("id", Uuid)
            .column("attribute", Name)
            .column("search_key", Key)
            .primary(&["realm", "kind", "id", "attribute", "search_key"])
            .index(&["realm", "kind", "attribute", "search_key", "id"])
            .clustered(),
        // The attribute ends with a bar, so that the order of this table is the order of the places of an inspection.
        Table::new("iam_claim")
            .column("realm", Int)
            .column("kind", Small)
            .column("attribute", Name)
            .column("search_key", Key)
            .column("holder", Uuid)
            .primary(&["realm", "kind", "attribute", "search_key"])
            .clustered(),
        edges(),
        Table::new("iam_closure")
            .column("realm", Int)
            .column("ancestor", Uuid)
            .column("descendant", Uuid)
            .column("depth", Int)
            .primary(&["realm", "ancestor", "descendant"])
            .index(&["realm", "descendant", "ancestor"])
            .clustered(),
        audit(),
        journal(),
        outbox(),
        Table::new("iam_seal")
            .column("number", Int)
            .column("after_revision", Int)
            .column("until_revision", Int)
            .column("audit_rows", Int)
            .column("head", Text)
            .column("digests", Blob)
            .column("at", Int)
            .primary(&["number"]),
        // Commits under way, where several processes write; see the decision record on revisions.
        Table::new("iam_inflight")
            .column("number", Number)
            .column("floor", Int)
            .column("expires", Int),
    ]);
    tables
}

/// The tables of migration 2: roles, assignments, rules.
pub(crate) fn access() -> Vec<Table> {
    ACCESS.iter().map(|kind| records(*kind)).collect()
}

/// The tables of migration 3.
pub(crate) fn credentials() -> Vec<Table> {
    CREDENTIALS.iter().map(|kind| records(*kind)).collect()
}

/// The tables of migration 4: sessions, links and counters.
pub(crate) fn sign_in() -> Vec<Table> {
    SIGN_IN.iter().map(|kind| records(*kind)).collect()
}

/// The tables of migration 5.
pub(crate) fn sync_tables() -> Vec<Table> {
    SYNC.iter().map(|kind| records(*kind)).collect()
}

/// The statements of migration 11: columns for [`later`], filled from the keys that were kept in rows so far; and only
/// commits that have a command identifier are in the index that finds them by it.
pub(crate) fn more_columns(dialect: Dialect) -> Vec<String> {
    let mut statements = Vec::new();
    let (key, empty) = (dialect.column_type(Key), dialect.empty());
    for kind in kinds() {
        let names = later(kind);
        if names.is_empty() {
            continue;
        }
        let (table, code) = (table(kind), kind as i64);
        for name in names {
            statements.push(format!(
                "ALTER TABLE {table} ADD COLUMN k_{name} {key} NOT NULL DEFAULT {empty}"
            ));
        }
        let of = format!(
            "FROM iam_attribute_key a WHERE a.realm = {table}.realm AND a.kind = {code} AND a.id = {table}.id"
        );
        let filled: Vec<String> = names
            .iter()
            .map(|name| {
                format!(
                    "k_{name} = COALESCE((SELECT a.search_key {of} AND a.attribute = '{name}'), k_{name})"
                )
            })
            .collect();
        let list = format!("('{}')", names.join("', '"));
        statements.push(format!(
            "UPDATE {table} SET {} WHERE EXISTS (SELECT 1 {of} AND a.attribute IN {list})",
            filled.join(", ")
        ));
        statements.push(format!(
            "DELETE FROM iam_attribute_key WHERE kind = {code} AND attribute IN {list}"
        ));
    }
    if dialect != Dialect::Mysql {
        let name = "iam_audit_by_command_id";
        statements.push(format!("DROP INDEX IF EXISTS {name}"));
        statements.push(format!(
            "CREATE UNIQUE INDEX IF NOT EXISTS {name} ON iam_audit (realm, command_id) WHERE command_id IS NOT NULL"
        ));
    }
    if dialect == Dialect::Sqlite {
        let few = rows("iam_audit") / 10;
        statements.push(format!(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('iam_audit', 'iam_audit_by_command_id', '{few} {few} 1')"
        ));
        statements.push("ANALYZE sqlite_schema".to_owned());
    }
    statements
}

fn edges() -> Table {
    let mut edges = Table::new("iam_edge");
    for name in EDGE {
        edges = match *name {
            "from_id" | "to_id" => edges.column(name, Uuid),
            "realm" | "valid_from" | "valid_until" | "revision" => edges.column(name, Int),
            "suspended" => edges.optional(name, Text),
            "attributes" => edges.column(name, Text),
            _ => edges.column(name, Small),
        };
    }
    edges
        .primary(&["realm", "from_kind", "from_id", "relation", "to_kind", "to_id"])
        .index(&["realm", "to_kind", "to_id", "relation", "from_kind", "from_id"])
        .clustered()
}

fn audit() -> Table {
    let mut audit = Table::new("iam_audit").column("revision", Number);
    for name in AUDIT {
        audit = match *name {
            "realm" | "at" => audit.column(name, Int),
            "reason" => audit.optional(name, Text),
            "command_id" | "change_set" | "subject_id" => audit.optional(name, Uuid),
            "subject_kind" => audit.optional(name, Small),
            _ => audit.column(name, Text),
        };
    }
    audit
        .unique(&["realm", "command_id"])
        .index_only(&["change_set", "revision"], "change_set IS NOT NULL")
        .index_only(&["realm", "subject_id", "revision"], "subject_id IS NOT NULL")
}

fn journal() -> Table {
    let mut journal = Table::new("iam_journal");
    for name in JOURNAL {
        journal = match *name {
            "place" | "realm" | "version" => journal.column(name, Int),
            "subject_id" => journal.column(name, Uuid),
            "other_id" => journal.optional(name, Uuid),
            "delta" => journal.column(name, Text),
            "cause" => journal.column(name, Name),
            _ => journal.column(name, Small),
        };
    }
    journal
        .primary(&["place"])
        .index(&["realm", "subject_id", "place"])
        .index_only(&["realm", "other_id", "place"], "other_id IS NOT NULL")
}

fn outbox() -> Table {
    let mut outbox = Table::new("iam_outbox").column("number", Number);
    for name in OUTBOX {
        outbox = match *name {
            "subject_id" => outbox.column(name, Uuid),
            "subject_kind" => outbox.column(name, Small),
            "name" | "leased_by" => outbox.column(name, Name),
            "details" | "idempotency" | "last_error" => outbox.column(name, Text),
            _ => outbox.column(name, Int),
        };
    }
    outbox
        .index(&["realm", "subject_kind", "subject_id", "number"])
        .index(&["not_before", "number"])
}

/// The rows of a table in a large realm.
fn rows(table: &str) -> u64 {
    match table {
        "iam_user" | "iam_device" | "iam_session" | "iam_shadow" => 1_000_000,
        "iam_edge" => 3_000_000,
        "iam_attribute_key" | "iam_claim" | "iam_audit" | "iam_journal" => 5_000_000,
        "iam_position" => 100_000,
        "iam_organization" => 10_000,
        "iam_closure" => 60_000,
        _ => 1_000,
    }
}

/// The different values of a column among so many rows.
fn distinct(column: &str, rows: u64) -> u64 {
    match column {
        "realm" | "kind" | "from_kind" | "to_kind" | "subject_kind" => 1,
        "deleted" => 1,
        "relation" | "k_administrative_status" => 3,
        "attribute" => 10,
        "k_user_type" | "k_organization_type" | "k_identity_source" => 20,
        "k_department" => 500,
        "k_job" => 2_000,
        "to_id" => rows / 200,
        "search_key" => rows / 500,
        "k_last_name" | "k_valid_from" | "k_valid_until" | "k_deleted_at" => rows / 20,
        "k_parent" | "k_organization" | "k_reports_to" | "ancestor" | "descendant" => rows / 6,
        "from_id" | "subject_id" | "other_id" | "holder" => rows / 3,
        _ => rows,
    }
}

/// The statements that tell SQLite how the indexes divide a large realm. Fixed numbers, so that plans stay the same
/// whatever the data.
pub(crate) fn statistics(tables: &[Table]) -> Vec<String> {
    // One small table is analysed, because only that makes the table of statistics.
    let mut statements = vec!["ANALYZE iam_meta".to_owned()];
    for table in tables {
        let rows = rows(&table.name);
        for [table, index, numbers] in table.statistics(rows, |column| distinct(column, rows)) {
            statements.push(format!(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('{table}', '{index}', '{numbers}')"
            ));
        }
    }
    statements.push("ANALYZE sqlite_schema".to_owned());
    statements
}

#[cfg(test)]
mod tests {
    use iam_core::model::builtin;

    use super::*;

    /// A column holds one key; what is derived or holds several values cannot have one.
    #[test]
    fn columns_are_of_searchable_attributes_with_one_value() {
        for kind in kinds() {
            for name in promoted(kind) {
                let definition = builtin(kind).iter().find(|definition| definition.name == name);
                assert!(
                    definition.is_some_and(|d| d.searchable && !d.multiple && !d.derived),
                    "{kind}.{name}"
                );
            }
        }
    }
}
