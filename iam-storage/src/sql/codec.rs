//! How records and edges are written down, and read again.

use std::sync::Arc;

use iam_core::{
    model::{
        Attributes, Edge, EdgeKey, EdgeOrigin, EntityId, KeySalt, Kind, Moment, Record, Relation, Value,
        Window, builtin_attribute,
    },
    port::StorageError,
};
use uuid::Uuid;

use crate::body;

use super::{
    Row, Shape, SqlValue,
    layout::{is_promoted, promoted},
};

fn json(value: &impl serde::Serialize) -> Result<String, StorageError> {
    serde_json::to_string(value)
        .map_err(|error| StorageError::failed("a value cannot be written as JSON", error))
}

/// The columns that make a record, as [`record`] reads them.
pub(crate) const RECORD: &str = "r.id, r.version, r.salt, r.body";

/// A record out of its columns.
pub(crate) fn record_of(
    kind: Kind,
    id: Uuid,
    version: u64,
    salt: &[u8],
    body: &[u8],
) -> Result<Arc<Record>, StorageError> {
    let salt = match salt {
        [] => None,
        bytes => Some(KeySalt(
            bytes
                .try_into()
                .map_err(|_| StorageError::corrupt("a salt has not 16 bytes"))?,
        )),
    };
    Ok(Arc::new(Record {
        id: EntityId::new(kind, id),
        version,
        attributes: body::read(body)?,
        salt,
    }))
}

/// The record in four columns from `place`.
pub(crate) fn record(kind: Kind, row: &Row, place: usize) -> Result<Arc<Record>, StorageError> {
    record_of(
        kind,
        row.uuid(place)?,
        row.unsigned(place + 1)?,
        row.bytes(place + 2)?,
        row.bytes(place + 3)?,
    )
}

/// A text of the audit trail, which SQLite keeps in a short form.
pub(crate) fn trail(row: &Row, place: usize) -> Result<String, StorageError> {
    #[cfg(feature = "sqlite")]
    if let Ok(bytes) = row.bytes(place)
        && crate::brief::is_brief(bytes)
    {
        return crate::brief::read(bytes)
            .ok_or_else(|| StorageError::corrupt("an entry of the audit trail cannot be read"));
    }
    Ok(row.text(place)?.to_owned())
}

/// The bytes of an attribute's search key; empty when it has none.
pub(crate) fn key_of(record: &Record, attribute: &str) -> Vec<u8> {
    record
        .value(attribute)
        .and_then(Value::search_key)
        .map(|key| key.into_owned().into_bytes())
        .unwrap_or_default()
}

/// The search key of a reference.
pub(crate) fn reference_key(id: EntityId) -> Vec<u8> {
    Value::from(id)
        .search_key()
        .map(|key| key.into_owned().into_bytes())
        .unwrap_or_default()
}

/// A record's row: the fixed columns, then one key for each promoted attribute.
pub(crate) fn record_row(record: &Record) -> Result<Vec<SqlValue>, StorageError> {
    let salt = record.salt.map(|salt| salt.0.to_vec()).unwrap_or_default();
    let mut row = vec![
        SqlValue::Realm,
        record.id.uuid.into(),
        record.version.into(),
        SqlValue::Revision,
        record.is_deleted().into(),
        salt.into(),
        body::write(&record.attributes).into(),
    ];
    row.extend(promoted(record.kind()).map(|name| SqlValue::Blob(key_of(record, name))));
    Ok(row)
}

/// The keys of the attributes without a column: attribute and key, in order; those of the realm's own attributes whether
/// they are searched at present or not.
pub(crate) fn attribute_keys(record: &Record) -> Vec<(String, Vec<u8>)> {
    let kind = record.kind();
    let mut keys = Vec::new();
    for (name, value) in &record.attributes {
        if is_promoted(kind, name) {
            continue;
        }
        let searched = match builtin_attribute(kind, name) {
            Some(definition) => definition.searchable && !definition.derived,
            None => true,
        };
        if searched {
            let found = value.elements().iter().filter_map(Value::search_key);
            keys.extend(found.map(|key| (name.to_string(), key.into_owned().into_bytes())));
        }
    }
    keys.sort();
    keys.dedup();
    // A text that was never meant to be searched may be too long for an index.
    keys.retain(|(_, key)| key.len() <= iam_core::rules::MAXIMUM_KEY);
    keys
}

/// The columns that make an edge, as [`edge`] reads them.
pub(crate) const EDGE_COLUMNS: &str = "e.from_kind, e.from_id, e.relation, e.to_kind, e.to_id, e.origins, \
     e.valid_from, e.valid_until, e.suspended, e.attributes, e.revision";

fn kind(code: u8) -> Result<Kind, StorageError> {
    Kind::from_code(code).ok_or_else(|| StorageError::corrupt(format!("there is no kind {code}")))
}

/// The identifier in two columns from `place`: kind and UUID.
pub(crate) fn entity(row: &Row, place: usize) -> Result<EntityId, StorageError> {
    Ok(EntityId::new(kind(row.byte(place)?)?, row.uuid(place + 1)?))
}

/// The same, or nothing.
pub(crate) fn maybe_entity(row: &Row, place: usize) -> Result<Option<EntityId>, StorageError> {
    match row.maybe_uuid(place + 1)? {
        Some(_) => entity(row, place).map(Some),
        None => Ok(None),
    }
}

/// The kind that is stored in a column.
pub(crate) fn kind_at(row: &Row, place: usize) -> Result<Kind, StorageError> {
    kind(row.byte(place)?)
}

/// The relation that is stored in a column.
pub(crate) fn relation_at(row: &Row, place: usize) -> Result<Relation, StorageError> {
    let code = row.byte(place)?;
    Relation::from_code(code).ok_or_else(|| StorageError::corrupt(format!("there is no relation {code}")))
}

/// The edge in eleven columns from the first, and its revision.
pub(crate) fn edge(row: &Row) -> Result<(Edge, u64), StorageError> {
    let key = EdgeKey {
        from: entity(row, 0)?,
        relation: relation_at(row, 2)?,
        to: entity(row, 3)?,
    };
    let attributes = match row.text(9)? {
        "" => Attributes::new(),
        text => serde_json::from_str(text)
            .map_err(|error| StorageError::corrupt(format!("an edge cannot be read: {error}")))?,
    };
    let (from, until) = (row.int(6)?, row.int(7)?);
    let edge = Edge {
        key,
        origins: EdgeOrigin::from_bits(row.byte(5)?),
        window: Window {
            from: (from != i64::MIN).then(|| Moment::from_micros(from)),
            until: (until != i64::MAX).then(|| Moment::from_micros(until)),
        },
        suspended: row.maybe_text(8)?,
        attributes,
    };
    Ok((edge, row.unsigned(10)?))
}

/// The columns of an edge's key.
pub(crate) fn edge_key_row(key: &EdgeKey) -> Vec<SqlValue> {
    vec![
        SqlValue::Realm,
        SqlValue::Int(key.from.kind as i64),
        key.from.uuid.into(),
        SqlValue::Int(key.relation as i64),
        SqlValue::Int(key.to.kind as i64),
        key.to.uuid.into(),
    ]
}

/// An edge's row. Whether its ends live is filled in at commit; until then they do.
pub(crate) fn edge_row(edge: &Edge) -> Result<Vec<SqlValue>, StorageError> {
    let origins = edge
        .origins
        .iter()
        .fold(0, |bits, origin| bits | i64::from(origin.bit()));
    let attributes = if edge.attributes.is_empty() {
        String::new()
    } else {
        json(&edge.attributes)?
    };
    let mut row = edge_key_row(&edge.key);
    row.extend([
        SqlValue::Int(origins),
        SqlValue::Int(edge.window.from.map_or(i64::MIN, Moment::micros)),
        SqlValue::Int(edge.window.until.map_or(i64::MAX, Moment::micros)),
        maybe_text(edge.suspended.clone()),
        attributes.into(),
        true.into(),
        true.into(),
        SqlValue::Revision,
    ]);
    Ok(row)
}

/// A text, or nothing.
pub(crate) fn maybe_text(text: Option<String>) -> SqlValue {
    text.map_or(SqlValue::Null(Shape::Text), SqlValue::Text)
}

/// A UUID, or nothing.
pub(crate) fn maybe_uuid(uuid: Option<Uuid>) -> SqlValue {
    uuid.map_or(SqlValue::Null(Shape::Uuid), SqlValue::Uuid)
}

/// Kind and UUID, or nothing twice.
pub(crate) fn maybe_id(id: Option<EntityId>) -> [SqlValue; 2] {
    [
        id.map_or(SqlValue::Null(Shape::Small), |id| SqlValue::Int(id.kind as i64)),
        maybe_uuid(id.map(|id| id.uuid)),
    ]
}

/// Recognises a set: how many, and the latest revision among them.
pub(crate) fn fingerprint(count: u64, latest: u64) -> String {
    format!("{count}:{latest}")
}
