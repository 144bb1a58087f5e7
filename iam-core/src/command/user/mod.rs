//! Commands about users.

mod create;
mod delete;
mod deputy;
mod exchange;
mod relations;
pub(super) mod status;
mod update;

pub use create::{CreateUser, Invitation, Registration};
pub use delete::{DeleteMode, DeleteUser, UndeleteUser};
pub use deputy::{AddDeputy, RemoveDeputy};
pub use exchange::ExchangeUsers;
pub use relations::{SetManager, SetSharedUsers};
pub(crate) use status::lock_by_policy;
pub use status::{
    ArchiveUser, DisableUser, DisabledBy, EnableUser, ExpireUser, LockUser, RestoreUser, SetValidity,
    SuspendUser, UnlockUser,
};
pub use update::{ChangeUserType, RecordConsent, UpdateUser};

use crate::{model::EntityId, plan::Draft};

/// Sends a message of this name when the realm's settings say so (S0-24, S0-34, S0-40, S0-48).
pub(super) fn message(draft: &mut Draft<'_>, name: &'static str, to: EntityId) {
    if draft
        .schema
        .settings
        .messages
        .get(name)
        .copied()
        .unwrap_or_default()
    {
        draft.effect("message", to, [("template", name.into())]);
    }
}
