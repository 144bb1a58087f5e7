//! Bringing unique names into line with a schema that changed.

use serde::{Deserialize, Serialize};

use super::Decide;
use crate::{
    model::{EntityId, Value},
    plan::{ClaimKey, Draft, Needs, Schema, Stop},
};

/// Takes or releases the unique name that an attribute of a record gives, as the schema now says. A name that
/// another record holds is refused, with its holder. Sent by the engine after the uniqueness of an attribute changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReindexRecord {
    /// The record.
    pub record: EntityId,
    /// The attribute.
    pub attribute: String,
}

impl Decide for ReindexRecord {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.record);
    }

    fn names(&self, _schema: &Schema, _needs: &mut Needs) {}

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let record = draft.existing(self.record)?;
        draft.subject(self.record);
        let key = record
            .value(&self.attribute)
            .and_then(Value::search_key)
            .map(|key| ClaimKey {
                kind: record.kind(),
                attribute: self.attribute.as_str().into(),
                key: key.into(),
            });
        match key {
            Some(key) => draft.reclaim(&record, key),
            None => Ok(()),
        }
    }
}
