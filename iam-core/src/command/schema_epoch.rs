//! Every change of what makes up a schema is a change of the realm's record, because every plan is guarded by the
//! version of that record.

use crate::{
    model::{Record, Value},
    plan::{Cause, Draft, Stop},
};

/// Counts a change of the schema: whatever was decided on the old one is decided again.
pub(crate) fn touch_schema(draft: &mut Draft<'_>) -> Result<(), Stop> {
    let mut realm = (*draft.live(draft.schema.realm)?).clone();
    count(&mut realm);
    draft.put(realm, Cause::Form)?;
    Ok(())
}

/// Counts the change in a realm's record that is about to be written.
pub(super) fn count(realm: &mut Record) {
    let epoch = realm
        .value("schema_epoch")
        .and_then(Value::as_integer)
        .unwrap_or_default();
    realm.set("schema_epoch", Some(Value::Integer(epoch.saturating_add(1))));
}
