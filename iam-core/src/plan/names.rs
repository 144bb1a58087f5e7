//! Which unique names a record holds, and which change hands.

use std::collections::BTreeSet;

use super::{ClaimKey, Schema};
use crate::model::{Record, Value};

/// The unique names that a record holds.
pub(crate) fn claims_of(schema: &Schema, record: Option<&Record>) -> BTreeSet<ClaimKey> {
    let Some(record) = record else {
        return BTreeSet::new();
    };
    if record.is_deleted() && (!schema.settings.deleted_keep_names || record.value("erased_at").is_some()) {
        return BTreeSet::new();
    }
    let kind = record.kind();
    let mut claims = BTreeSet::new();
    for definition in schema.unique_attributes(kind) {
        if let Some(key) = record.value(&definition.name).and_then(Value::search_key) {
            claims.insert(ClaimKey {
                kind,
                attribute: definition.name.as_str().into(),
                key: key.into(),
            });
        }
    }
    claims
}

/// Names released and names taken when a record goes from one state to another.
pub(super) fn claims_between(
    schema: &Schema,
    before: Option<&Record>,
    after: Option<&Record>,
) -> (Vec<ClaimKey>, Vec<ClaimKey>) {
    let (old, new) = (claims_of(schema, before), claims_of(schema, after));
    (
        old.difference(&new).cloned().collect(),
        new.difference(&old).cloned().collect(),
    )
}
