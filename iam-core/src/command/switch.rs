//! Enabling and disabling things that are not persons: organizations, positions, devices (S0-86, S0-111).

use crate::{
    model::EntityId,
    plan::{Cause, Draft, Stop},
};

/// Writes the administrative status of one record and nothing else; returns whether it changed.
pub(super) fn switch(draft: &mut Draft<'_>, id: EntityId, status: &str, event: &str) -> Result<bool, Stop> {
    let mut record = (*draft.live(id)?).clone();
    draft.subject(id);
    record.set("administrative_status", Some(status.into()));
    let changed = draft.put(record, Cause::Requested)?;
    if changed {
        draft.event(event, id, []);
    }
    Ok(changed)
}

macro_rules! switch_commands {
    ($($(#[$doc:meta])* $command:ident $field:ident $id:ident $status:literal $event:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $command {
            /// Which one.
            pub $field: crate::model::$id,
        }

        impl crate::command::Decide for $command {
            fn needs(&self, needs: &mut crate::plan::Needs) {
                needs.record(self.$field);
            }

            fn decide(&self, draft: &mut crate::plan::Draft<'_>) -> Result<(), crate::plan::Stop> {
                crate::command::switch::switch(draft, self.$field.into(), $status, $event).map(drop)
            }
        }
    )*};
}
pub(super) use switch_commands;
