//! Error codes. Append only: a code keeps its name and meaning for ever, in every language.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The family of a problem; bindings make one exception class of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The input is wrong; the fields say where.
    Invalid,
    /// The thing asked for does not exist in this realm.
    NotFound,
    /// The state of things forbids it.
    Refused,
    /// Somebody else changed it meanwhile; asking again may work.
    Conflict,
    /// The actor may not.
    Denied,
    /// A documented limit was reached.
    Limit,
    /// The storage failed or cannot be reached.
    Storage,
    /// What is stored contradicts itself.
    Corrupt,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $code:ident $name:literal $kind:ident $hint:literal;)*) => {
        /// What went wrong, as a stable name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $code,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// The stable name, such as `value.taken`.
            pub const fn name(self) -> &'static str {
                match self { $(Code::$code => $name,)* }
            }

            /// The family.
            pub const fn kind(self) -> ProblemKind {
                match self { $(Code::$code => ProblemKind::$kind,)* }
            }

            /// What it means.
            pub fn doc(self) -> &'static str {
                match self { $(Code::$code => concat!($($doc),*).trim(),)* }
            }

            /// What usually helps; empty when there is nothing to say.
            pub const fn hint(self) -> &'static str {
                match self { $(Code::$code => $hint,)* }
            }

            /// The code with this name.
            pub fn from_name(name: &str) -> Option<Code> {
                match name { $($name => Some(Code::$code),)* _ => None }
            }
        }
    };
}

codes! {
    /// One or more fields are wrong; see `fields`.
    Invalid "input.invalid" Invalid "correct the fields named in `fields`";
    /// The command or query is not well formed.
    Malformed "input.malformed" Invalid "compare the input with the schema of the command";
    /// There is no such record in this realm.
    NotFound "record.not_found" NotFound "check the identifier and the realm";
    /// The record is deleted.
    Deleted "record.deleted" Refused "undelete it first, or read it with deleted records included";
    /// The record is not deleted.
    NotDeleted "record.not_deleted" Refused "";
    /// The retention period of the deleted record is over, or it was erased.
    Irrevocable "record.irrevocable" Refused "erased and purged records cannot come back";
    /// A unique value is held by another record.
    Taken "value.taken" Refused "choose another value, or release it at its holder, named in `subject`";
    /// The transition is not in the table of legal transitions.
    Transition "status.transition" Refused "see the table of legal transitions in the manual";
    /// The move would make a circle.
    Cycle "tree.cycle" Refused "choose a parent outside of the moved part";
    /// The organization, type or position is still in use.
    InUse "record.in_use" Refused "give a disposition (move, detach or cascade), or empty it first";
    /// The connection of the two kinds is not allowed.
    Relation "edge.not_allowed" Refused "";
    /// The edge does not exist.
    NoEdge "edge.not_found" NotFound "";
    /// The time window ends before it starts.
    Window "window.empty" Invalid "the start must lie before the end";
    /// The realm name is taken, or the realm has content.
    Realm "realm.refused" Refused "";
    /// The plan would be larger than one commit may be.
    TooLarge "plan.too_large" Limit "do it in steps, as a change set";
    /// The filter is wrong; the message says where.
    Filter "search.filter" Invalid "see the manual's page on finding";
    /// The cursor is not one of ours, or belongs to another query.
    Cursor "search.cursor" Invalid "start again without a cursor";
    /// A feature or module is switched off.
    FeatureOff "feature.off" Refused "switch the feature on in the realm's settings";
    /// The actor may not.
    Denied "access.denied" Denied "";
    /// The record was changed meanwhile, again and again.
    Conflict "commit.conflict" Conflict "try again";
    /// A rollback met records that were changed since.
    RollbackConflict "rollback.conflict" Refused "the conflicts are listed in `details`; undo the later changes first";
    /// The revision or moment lies in the future or before the beginning.
    Revision "history.revision" Invalid "";
    /// The same command identifier was used for another command.
    CommandReused "command.reused" Refused "use a fresh command identifier for a new command";
    /// The storage cannot be reached or refused to work.
    Storage "storage.failed" Storage "see `source`; nothing was changed";
    /// The storage was written by a newer version, or a migration was changed.
    StorageVersion "storage.version" Storage "open it with the version that wrote it, or a later one";
    /// The storage is busy beyond the time allowed.
    Busy "storage.busy" Storage "try again";
    /// What is stored contradicts itself.
    Corrupt "storage.corrupt" Corrupt "run the doctor";
    /// A sealed value cannot be opened: the key is gone or the vault is another one.
    Sealed "seal.unreadable" Storage "open with the vault that sealed it";
    /// A file that was imported is not what it should be.
    File "file.unreadable" Invalid "";
    /// A long operation was cancelled by its caller.
    Cancelled "operation.cancelled" Refused "";
    /// Too many passwords are being hashed; nothing was done.
    Overloaded "credential.overloaded" Limit "try again a little later, or allow more computations at a time";
    /// A stored password hash cannot be checked: its form is not known, or its cost is absurd.
    Hash "credential.hash" Corrupt "set a new password, or import the hash in a form that is known";
    /// The password does not satisfy the policy; see `fields`.
    Weak "password.weak" Invalid "the fields say which rules it breaks";
    /// The password, code or key is not the right one.
    Wrong "credential.wrong" Denied "";
    /// The user has no such credential.
    NoCredential "credential.none" NotFound "";
    /// The policy forbids it.
    Policy "policy.forbids" Refused "see the effective policy of the user";
    /// It would take the user's last second factor away.
    LastFactor "credential.last_factor" Refused "add another second factor first";
    /// The user has as many devices of this type as the policy allows.
    TooManyDevices "credential.too_many" Limit "remove one of them first, or raise the limit in the policy";
    /// What was issued is no longer valid.
    Expired "credential.expired" Refused "have a new one issued";
    /// No attempt is allowed before the moment that is named in the message.
    Blocked "credential.blocked" Refused "wait, or have an administrator unlock the user";
    /// An owner of an organization would be a member of it or of something below it.
    OwnerIsMember "organization.owner_is_member" Refused "end the membership first, or give a reason in `override_reason`";
    /// An administrator of an organization has to belong to it.
    AdministratorNotMember "organization.administrator_not_member" Refused "add them as a member first, or give a reason in `override_reason`";
    /// Nobody would own the organization, or anything above it, any more.
    LastOwner "organization.last_owner" Refused "add another owner first";
    /// Two roles that are kept apart would be held by one person.
    Separation "role.separation" Refused "revoke the other role first";
    /// A role that the role requires is not held.
    Prerequisite "role.prerequisite" Refused "grant the required role first";
    /// More would hold the role than may, or fewer than must.
    Holders "role.holders" Refused "change `min_holders` or `max_holders` of the role, or who holds it";
    /// The sign-in is refused. Why is in the audit trail only: whoever asks learns nothing about who exists.
    SignInRefused "sign_in.refused" Denied "check the identifier and what was shown as proof";
    /// Who signed in is who they say, and is blocked.
    SignInBlocked "sign_in.blocked" Denied "an administrator can unblock the user";
    /// Too many attempts failed; `details` says when the next one is taken.
    Throttled "sign_in.throttled" Limit "wait before the next attempt";
    /// The sign-in that was under way has ended: it took too long, or too many steps failed.
    FlowEnded "sign_in.ended" Denied "begin again with the identifier";
    /// The session is unknown or has ended: signed out, too long idle, too old, revoked.
    SessionEnded "session.ended" Denied "sign in again";
    /// The session's token has run out; its refresh token fetches the next one.
    TokenExpired "session.token_expired" Denied "refresh the session";
    /// The session is not assured enough for what is asked.
    StepUpNeeded "session.step_up_needed" Denied "show another factor";
    /// The link is none of ours.
    LinkUnknown "link.unknown" Refused "open the link as it was sent";
    /// The link was used before.
    LinkUsed "link.used" Refused "a link can be used once; ask for a new one";
    /// A newer link was sent instead.
    LinkReplaced "link.replaced" Refused "use the link that was sent last";
    /// The link has run out.
    LinkExpired "link.expired" Refused "ask for a new link";
    /// The link was revoked.
    LinkRevoked "link.revoked" Refused "ask for a new link";
    /// The user has not completed the sign-up yet.
    RegistrationIncomplete "registration.incomplete" Refused "invite the user again instead";
    /// The user has completed the sign-up already.
    RegistrationComplete "registration.complete" Refused "send a password reset instead";
    /// Nobody can register: `details` names what is missing.
    RegistrationClosed "registration.closed" Refused "see the realm's setting `self_registration`";
    /// The connector is not registered in this realm.
    ConnectorMissing "connector.missing" Refused "register the connector before a source is configured with it";
    /// The identity source cannot be reached or does not answer as it should.
    SourceFailed "source.failed" Storage "nothing was taken for gone; the next run tries again";
    /// The run is leased by another worker, or over.
    RunLease "sync.lease" Refused "another worker has taken the run over";
    /// A run would do more of one action than the source's thresholds allow.
    Threshold "sync.threshold" Limit "look at what it would do; raise the threshold if it is right";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = String::deserialize(d)?;
        Code::from_name(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("“{name}” is not an error code")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_back() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.name()), Some(*code), "{code}");
        }
    }
}
