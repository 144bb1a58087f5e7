//! Sets of records that name a record, the names that are held, and how a set is recognised.

use std::collections::BTreeMap;

use iam_core::{
    model::{EntityId, Kind},
    plan::{Referring, ReferringSet},
    port::StorageError,
};
use uuid::Uuid;

use super::{
    Row, Shape, SqlValue, Statement,
    codec::{self, fingerprint},
    layout::{is_promoted, table},
};

/// A set with its fingerprint.
pub(crate) fn referring_set(kind: Kind, mut members: Vec<(Uuid, u64)>) -> ReferringSet {
    members.sort_unstable();
    let latest = members
        .iter()
        .map(|(_, revision)| *revision)
        .max()
        .unwrap_or_default();
    ReferringSet {
        fingerprint: fingerprint(members.len() as u64, latest),
        ids: members
            .into_iter()
            .map(|(id, _)| EntityId::new(kind, id))
            .collect(),
    }
}

/// Sets of referring records by what one statement can find.
pub(crate) fn by_attribute<'a>(
    sets: impl Iterator<Item = &'a Referring>,
) -> BTreeMap<(Kind, &'a str), Vec<&'a Referring>> {
    let mut groups: BTreeMap<(Kind, &str), Vec<&Referring>> = BTreeMap::new();
    for set in sets {
        groups.entry((set.kind, &set.attribute)).or_default().push(set);
    }
    groups
}

/// The search key of what a set refers to; empty for the records that refer to nothing.
pub(crate) fn target_key(set: &Referring) -> Vec<u8> {
    set.target.map(codec::reference_key).unwrap_or_default()
}

/// Names of realms are unique among all realms; all other names within one.
pub(crate) fn claim_realm(kind: Kind, realm: i64) -> i64 {
    if kind == Kind::Realm { 0 } else { realm }
}

/// The attribute of a claim as it is stored: see the layout.
pub(crate) fn claim_attribute(attribute: &str) -> String {
    format!("{attribute}|")
}

/// What is asked about sets of referring records; the target's key comes before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    /// Identifier and revision of each member.
    Members,
    /// The same, and all that makes it a record.
    Records,
    /// 0, how many, and the latest revision.
    Count,
}

impl About {
    const fn columns(self) -> &'static str {
        match self {
            About::Members => "r.id, r.revision",
            About::Records => "r.id, r.revision, r.id, r.version, r.salt, r.body",
            About::Count => "0, COUNT(*), MAX(r.revision)",
        }
    }

    /// The columns of the answer.
    pub(crate) const fn shapes(self) -> &'static [Shape] {
        match self {
            About::Members => &[Shape::Key, Shape::Uuid, Shape::Int],
            About::Records => &[
                Shape::Key,
                Shape::Uuid,
                Shape::Int,
                Shape::Uuid,
                Shape::Int,
                Shape::Blob,
                Shape::Blob,
            ],
            About::Count => &[Shape::Key, Shape::Int, Shape::Int, Shape::Int],
        }
    }
}

/// Asks about the records of a kind that name one of the targets in an attribute.
pub(crate) fn referring(
    mut statement: Statement,
    realm: i64,
    kind: Kind,
    attribute: &str,
    sets: &[&Referring],
    about: About,
) -> Statement {
    let (columns, grouped) = (about.columns(), about == About::Count);
    let keys = || sets.iter().map(|set| SqlValue::Blob(target_key(set)));
    let table = table(kind);
    if is_promoted(kind, attribute) {
        let column = format!("r.k_{attribute}");
        statement
            .text(&format!(
                "SELECT {column}, {columns} FROM {table} r WHERE r.realm = "
            ))
            .bind(realm);
        statement.text(&format!(" AND {column} IN ")).list(keys());
        if grouped {
            statement.text(&format!(" GROUP BY {column}"));
        }
        return statement;
    }
    let some = "SELECT k.search_key, ";
    statement.text(&format!(
        "{some}{columns} FROM iam_attribute_key k JOIN {table} r ON r.realm = k.realm AND r.id = k.id \
         WHERE k.realm = "
    ));
    statement.bind(realm).text(" AND k.kind = ").bind(kind as i64);
    statement.text(" AND k.attribute = ").bind(attribute);
    statement.text(" AND k.search_key IN ").list(keys());
    if grouped {
        statement.text(" GROUP BY k.search_key");
    }
    if sets.iter().any(|set| set.target.is_none()) {
        let empty = Vec::<u8>::new();
        statement.text(" UNION ALL SELECT ").bind(empty);
        statement
            .text(&format!(", {columns} FROM {table} r WHERE r.realm = "))
            .bind(realm);
        statement
            .text(" AND NOT EXISTS (SELECT 1 FROM iam_attribute_key k WHERE k.realm = r.realm AND k.kind = ");
        statement
            .bind(kind as i64)
            .text(" AND k.id = r.id AND k.attribute = ")
            .bind(attribute)
            .text(")");
        if grouped {
            statement.text(" HAVING COUNT(*) > 0");
        }
    }
    statement
}

/// The revision column may be missing in an empty group.
pub(crate) fn count_and_latest(row: &Row, place: usize) -> Result<String, StorageError> {
    let latest = row.maybe_int(place + 1)?.unwrap_or_default();
    Ok(fingerprint(
        row.unsigned(place)?,
        u64::try_from(latest).unwrap_or_default(),
    ))
}
