//! What may be asked, and what follows from it: one file per noun, each verb with its decision under it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    model::{Kind, Value},
    plan::{ClaimKey, Draft, Needs, Schema, Stop},
};

mod membership;
pub(crate) mod profile;
mod realm;
mod user;

pub use membership::{AddMembership, JoinOrganization, RemoveMembership};
pub use realm::CreateRealm;
pub use user::{
    ArchiveUser, ChangeUserType, CreateUser, DeleteMode, DeleteUser, DisableUser, DisabledBy, EnableUser,
    ExpireUser, LockUser, RecordConsent, Registration, RestoreUser, SetManager, SetSharedUsers, SetValidity,
    SuspendUser, UndeleteUser, UnlockUser, UpdateUser,
};

/// New values by attribute; `null` removes the value. What is not named stays.
pub type AttributeChanges = BTreeMap<String, Option<Value>>;

/// Notes the unique names among new values.
pub(crate) fn names_in(changes: &AttributeChanges, kind: Kind, schema: &Schema, needs: &mut Needs) {
    for definition in schema.unique_attributes(kind) {
        let value = changes.get(&definition.name).and_then(Option::as_ref);
        if let Some(key) = value.and_then(Value::search_key) {
            needs.claims.insert(ClaimKey {
                kind,
                attribute: definition.name.clone(),
                key: key.into_owned(),
            });
        }
    }
}

/// A command: data that decides itself on a draft.
pub trait Decide {
    /// What is needed for sure, so that most decisions take one round.
    fn needs(&self, _needs: &mut Needs) {}

    /// The unique names that it is going to take, as far as they can be told beforehand: spares most decisions a
    /// round.
    fn names(&self, _schema: &Schema, _needs: &mut Needs) {}

    /// Reads the draft and writes what follows.
    ///
    /// # Errors
    /// [`Stop::Missing`] when something has to be loaded first, [`Stop::Refused`] when the answer is no.
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop>;
}

macro_rules! commands {
    ($($name:literal $command:ident;)*) => {
        /// Every command, by its stable name.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "command")]
        #[expect(missing_docs, reason = "each variant is documented at its struct")]
        pub enum Command { $(#[serde(rename = $name)] $command($command),)* }

        impl Command {
            /// The names of all commands.
            pub const NAMES: &'static [&'static str] = &[$($name,)*];

            /// The stable name.
            pub const fn name(&self) -> &'static str {
                match self { $(Command::$command(_) => $name,)* }
            }
        }

        impl Decide for Command {
            fn needs(&self, needs: &mut Needs) {
                match self { $(Command::$command(command) => command.needs(needs),)* }
            }
            fn names(&self, schema: &Schema, needs: &mut Needs) {
                match self { $(Command::$command(command) => command.names(schema, needs),)* }
            }
            fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
                match self { $(Command::$command(command) => command.decide(draft),)* }
            }
        }

        $(impl From<$command> for Command {
            fn from(command: $command) -> Self { Command::$command(command) }
        })*
    };
}

commands! {
    "realm.create" CreateRealm;
    "user.create" CreateUser;
    "user.update" UpdateUser;
    "user.enable" EnableUser;
    "user.disable" DisableUser;
    "user.suspend" SuspendUser;
    "user.archive" ArchiveUser;
    "user.restore" RestoreUser;
    "user.lock" LockUser;
    "user.unlock" UnlockUser;
    "user.expire" ExpireUser;
    "user.set_validity" SetValidity;
    "user.change_type" ChangeUserType;
    "user.record_consent" RecordConsent;
    "user.set_manager" SetManager;
    "user.set_shared_users" SetSharedUsers;
    "user.delete" DeleteUser;
    "user.undelete" UndeleteUser;
    "membership.add" AddMembership;
    "membership.remove" RemoveMembership;
}
