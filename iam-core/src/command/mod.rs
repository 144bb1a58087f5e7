//! What may be asked, and what follows from it: one file per noun, each verb with its decision under it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    model::{EntityId, Kind, Value},
    plan::{Actor, ClaimKey, Draft, Needs, Schema, Stop},
    wire::{Code, Problem},
};

/// The setters of commands that carry attributes.
macro_rules! attribute_setters {
    ($($command:ident)*) => {$(
        impl $command {
            /// Sets an attribute.
            #[must_use]
            pub fn set(mut self, name: &str, value: impl Into<crate::model::Value>) -> Self {
                self.attributes.insert(name.to_owned(), Some(value.into()));
                self
            }

            /// Removes an attribute's value.
            #[must_use]
            pub fn unset(mut self, name: &str) -> Self {
                self.attributes.insert(name.to_owned(), None);
                self
            }
        }
    )*};
}

mod assignment;
mod attribute;
mod condition;
pub(crate) mod credential;
mod device;
mod edge;
mod form;
mod group;
mod held;
pub(crate) mod link;
mod membership;
mod organization;
mod organization_type;
pub(crate) mod policy;
mod position;
pub(crate) mod profile;
mod provenance;
mod realm;
mod reindex;
mod role;
mod schema_epoch;
pub(crate) mod session;
pub(crate) mod settle;
mod shadow;
pub(crate) mod sign_in;
mod source;
mod switch;
mod sync_run;
mod template;
mod tree;
mod user;
mod user_type;

#[cfg(test)]
mod testbed;
#[cfg(test)]
mod tests;

pub use assignment::{CreateAssignment, DeleteAssignment, UpdateAssignment};
pub use attribute::{DefineAttribute, RemoveAttribute, UpdateAttribute};
pub use condition::ApplyRule;
pub use credential::{
    ChangePassword, ConfirmOtp, ConfirmPasskey, CreateRecoveryCodes, EnrolOtp, EnrolPasskey, ExemptPassword,
    ExportPasswords, ImportPassword, LinkProvider, NoteFactorFailure, NotePasswordFailure, OtpType,
    PasscodeChannel, RemoveCredential, RequirePasswordChange, ResetPassword, ResetTo, ResynchroniseOtp,
    RevokeRecoveryCodes, SendOtpEnrolments, SendPasscode, SetPassword, VerifyFactor, VerifyPassword,
};
pub use device::{CreateDevice, DeleteDevice, DisableDevice, EnableDevice, UpdateDevice};
pub use group::{AddGroupMembers, CreateGroup, DeleteGroup, RemoveGroupMembers, UpdateGroup};
pub(crate) use held::{When, held};
pub use link::{Delivery, InviteUser, RevokeLink, StartEmailVerification, StartPasswordReset};
pub use membership::{AddMembership, JoinOrganization, RemoveMembership};
pub use organization::{
    AddAdministrator, AddLead, AddOwner, ChangeOrganizationType, CreateOrganization, DeleteOrganization,
    DisableOrganization, Disposition, EnableOrganization, MergeOrganizations, NameClashes,
    RemoveAdministrator, RemoveLead, RemoveOwner, TransferOrganization, UpdateOrganization,
};
pub use organization_type::{CreateOrganizationType, DeleteOrganizationType, UpdateOrganizationType};
pub use policy::{CreatePolicy, DeletePolicy, UpdatePolicy};
pub use position::{
    AssignPosition, CreatePosition, DeletePosition, DisablePosition, EnablePosition, SetSuperior,
    TransferPosition, UnassignPosition, UpdatePosition,
};
pub use realm::{CreateRealm, UpdateRealm};
pub use reindex::ReindexRecord;
pub use role::{
    AddRoleAssignments, AddRoleExclusions, AddRolePrerequisites, CreateRole, DeleteRole, GrantDisposition,
    GrantRole, IncludeRoles, RemoveRoleAssignments, RemoveRoleExclusions, RemoveRolePrerequisites,
    RevokeRole, StopIncludingRoles, UpdateRole,
};
pub(crate) use schema_epoch::touch_schema;
pub use session::{EndSession, EndSessions, OpenSession, SessionOrigin};
pub use shadow::{PutShadow, RemoveShadow, Resolution, ResolveShadow, ShadowState, SynchronizeEdges};
pub use source::{
    CreateSource, DeleteSource, DisableSource, EnableSource, InstallConnector, RemoveConnector, UpdateSource,
};
pub use sync_run::{CancelSync, FinishSync, ForgetSync, NoteSync, RequestSync, StartSync};
pub use template::{CreateTemplate, DeleteTemplate, UpdateTemplate};
pub(crate) use user::status::effects;
pub use user::{
    AddDeputy, ArchiveUser, ChangeUserType, CreateUser, DeleteMode, DeleteUser, DisableUser, DisabledBy,
    EnableUser, ExchangeUsers, ExpireUser, Invitation, LockUser, RecordConsent, Registration, RemoveDeputy,
    RestoreUser, SetManager, SetSharedUsers, SetValidity, SuspendUser, UndeleteUser, UnlockUser, UpdateUser,
};
pub use user_type::{CreateUserType, DeleteUserType, UpdateUserType};

/// New values by attribute; `null` removes the value. What is not named stays.
pub type AttributeChanges = BTreeMap<String, Option<Value>>;

/// Notes the unique names among new values.
pub(crate) fn names_in(changes: &AttributeChanges, kind: Kind, schema: &Schema, needs: &mut Needs) {
    for definition in schema.unique_attributes(kind) {
        let value = changes.get(&definition.name).and_then(Option::as_ref);
        if let Some(key) = value.and_then(Value::search_key) {
            needs.claims.insert(ClaimKey {
                kind,
                attribute: definition.name.as_str().into(),
                key: key.into(),
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

/// Loads what a command declares, so that most decisions take one round.
fn declared(command: &impl Decide, draft: &Draft<'_>) -> Result<(), Stop> {
    let mut needs = Needs::default();
    command.needs(&mut needs);
    draft.need(needs)
}

impl Command {
    /// The record that the command creates under an identifier that came with it.
    pub(crate) fn creates(&self) -> Option<EntityId> {
        match self {
            Command::CreateUser(command) => command.id.map(EntityId::from),
            Command::CreateOrganization(command) => command.id.map(EntityId::from),
            Command::CreatePosition(command) => command.id.map(EntityId::from),
            Command::CreateGroup(command) => command.id.map(EntityId::from),
            _ => None,
        }
    }
}

/// Refuses what the host alone may ask for, whatever rights somebody else has.
fn for_host_alone(draft: &Draft<'_>, what: &str) -> Result<(), Stop> {
    match draft.context.actor {
        Actor::User(_) => Err(Problem::new(Code::Denied, format!("{what} is for the host alone")).into()),
        Actor::System | Actor::Host(_) => Ok(()),
    }
}

/// Reads a field that may be absent, `null` or a value.
fn nullable<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(
    d: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(d).map(Some)
}

macro_rules! commands {
    ($($name:literal $command:ident;)*) => {
        /// Every command, by its stable name.
        #[derive(Debug, Clone, PartialEq, Serialize)]
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
                    $($name => Some(crate::model::from_json(input).map(Command::$command)),)*
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

        // What serde would derive reads every command in two ways, which makes half a megabyte of code.
        impl<'de> Deserialize<'de> for Command {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Command, D::Error> {
                crate::wire::json::tagged(deserializer, "command", Command::NAMES, Command::from_input)
            }
        }

        impl Decide for Command {
            fn needs(&self, needs: &mut Needs) {
                match self { $(Command::$command(command) => command.needs(needs),)* }
            }
            fn names(&self, schema: &Schema, needs: &mut Needs) {
                match self { $(Command::$command(command) => command.names(schema, needs),)* }
                settle::prefetch(schema, needs);
            }
            fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
                let start = draft.savepoint();
                match self { $(Command::$command(command) => command.decide(draft)?,)* }
                settle::settle(draft, start)
            }
        }

        $(impl From<$command> for Command {
            fn from(command: $command) -> Self { Command::$command(command) }
        })*
    };
}

commands! {
    "realm.create" CreateRealm;
    "realm.update" UpdateRealm;
    "record.reindex" ReindexRecord;
    "attribute.define" DefineAttribute;
    "attribute.update" UpdateAttribute;
    "attribute.remove" RemoveAttribute;
    "user_type.create" CreateUserType;
    "user_type.update" UpdateUserType;
    "user_type.delete" DeleteUserType;
    "organization_type.create" CreateOrganizationType;
    "organization_type.update" UpdateOrganizationType;
    "organization_type.delete" DeleteOrganizationType;
    "template.create" CreateTemplate;
    "template.update" UpdateTemplate;
    "template.delete" DeleteTemplate;
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
    "organization.create" CreateOrganization;
    "organization.update" UpdateOrganization;
    "organization.change_type" ChangeOrganizationType;
    "organization.enable" EnableOrganization;
    "organization.disable" DisableOrganization;
    "organization.transfer" TransferOrganization;
    "organization.merge" MergeOrganizations;
    "organization.delete" DeleteOrganization;
    "organization.add_lead" AddLead;
    "organization.remove_lead" RemoveLead;
    "position.create" CreatePosition;
    "position.update" UpdatePosition;
    "position.enable" EnablePosition;
    "position.disable" DisablePosition;
    "position.transfer" TransferPosition;
    "position.set_superior" SetSuperior;
    "position.assign" AssignPosition;
    "position.unassign" UnassignPosition;
    "position.delete" DeletePosition;
    "group.create" CreateGroup;
    "group.update" UpdateGroup;
    "group.add_members" AddGroupMembers;
    "group.remove_members" RemoveGroupMembers;
    "group.delete" DeleteGroup;
    "device.create" CreateDevice;
    "device.update" UpdateDevice;
    "device.enable" EnableDevice;
    "device.disable" DisableDevice;
    "device.delete" DeleteDevice;
    "membership.add" AddMembership;
    "membership.remove" RemoveMembership;
    "role.create" CreateRole;
    "role.update" UpdateRole;
    "role.delete" DeleteRole;
    "role.grant" GrantRole;
    "role.revoke" RevokeRole;
    "role.include" IncludeRoles;
    "role.stop_including" StopIncludingRoles;
    "role.add_assignments" AddRoleAssignments;
    "role.remove_assignments" RemoveRoleAssignments;
    "role.add_exclusions" AddRoleExclusions;
    "role.remove_exclusions" RemoveRoleExclusions;
    "role.add_prerequisites" AddRolePrerequisites;
    "role.remove_prerequisites" RemoveRolePrerequisites;
    "assignment.create" CreateAssignment;
    "assignment.update" UpdateAssignment;
    "assignment.delete" DeleteAssignment;
    "rule.apply" ApplyRule;
    "organization.add_owner" AddOwner;
    "organization.remove_owner" RemoveOwner;
    "organization.add_administrator" AddAdministrator;
    "organization.remove_administrator" RemoveAdministrator;
    "user.add_deputy" AddDeputy;
    "user.remove_deputy" RemoveDeputy;
    "policy.create" CreatePolicy;
    "policy.update" UpdatePolicy;
    "policy.delete" DeletePolicy;
    "password.set" SetPassword;
    "session.open" OpenSession;
    "session.end" EndSession;
    "user.end_sessions" EndSessions;
    "user.invite" InviteUser;
    "user.start_password_reset" StartPasswordReset;
    "user.start_email_verification" StartEmailVerification;
    "link.revoke" RevokeLink;
    "password.change" ChangePassword;
    "password.reset" ResetPassword;
    "password.require_change" RequirePasswordChange;
    "password.exempt" ExemptPassword;
    "password.import" ImportPassword;
    "password.export" ExportPasswords;
    "password.verify" VerifyPassword;
    "password.note_failure" NotePasswordFailure;
    "user.exchange" ExchangeUsers;
    "connector.install" InstallConnector;
    "connector.remove" RemoveConnector;
    "source.create" CreateSource;
    "source.update" UpdateSource;
    "source.enable" EnableSource;
    "source.disable" DisableSource;
    "source.delete" DeleteSource;
    "sync.request" RequestSync;
    "sync.start" StartSync;
    "sync.note" NoteSync;
    "sync.finish" FinishSync;
    "sync.cancel" CancelSync;
    "sync.forget" ForgetSync;
    "shadow.put" PutShadow;
    "shadow.resolve" ResolveShadow;
    "shadow.remove" RemoveShadow;
    "edge.synchronize" SynchronizeEdges;
    "otp.enrol" EnrolOtp;
    "otp.send_enrolments" SendOtpEnrolments;
    "otp.confirm" ConfirmOtp;
    "otp.resynchronise" ResynchroniseOtp;
    "factor.verify" VerifyFactor;
    "factor.note_failure" NoteFactorFailure;
    "recovery_codes.create" CreateRecoveryCodes;
    "recovery_codes.revoke" RevokeRecoveryCodes;
    "passcode.send" SendPasscode;
    "provider.link" LinkProvider;
    "credential.remove" RemoveCredential;
    "passkey.enrol" EnrolPasskey;
    "passkey.confirm" ConfirmPasskey;
}
