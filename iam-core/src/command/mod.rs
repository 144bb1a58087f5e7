//! What may be asked, and what follows from it: one file per noun, each verb with its decision under it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    model::Value,
    plan::{Draft, Needs, Stop},
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

/// A command: data that decides itself on a draft.
pub trait Decide {
    /// What is needed for sure, so that most decisions take one round.
    fn needs(&self, _needs: &mut Needs) {}

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

            /// Reads the input of the command with this name; `None` when there is no such command.
            ///
            /// # Errors
            /// When the input is not what the command takes.
            pub fn from_input(
                name: &str,
                input: serde_json::Value,
            ) -> Option<Result<Command, serde_json::Error>> {
                match name {
                    $($name => Some(serde_json::from_value(input).map(Command::$command)),)*
                    _ => None,
                }
            }

            /// The schema of each command's input, by name.
            pub(crate) fn schemas(
                generator: &mut schemars::SchemaGenerator,
            ) -> Vec<(&'static str, schemars::Schema)> {
                vec![$(($name, generator.subschema_for::<$command>()),)*]
            }
        }

        impl Decide for Command {
            fn needs(&self, needs: &mut Needs) {
                match self { $(Command::$command(command) => command.needs(needs),)* }
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
