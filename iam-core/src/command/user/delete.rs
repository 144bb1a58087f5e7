use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, edge, link, session},
    message, status,
};
use crate::{
    model::{EntityId, Kind, Relation, UserId},
    plan::{Cause, Direction, Draft, Needs, Stop},
    wire::{Code, Problem},
};

/// What deleting means (A.6 X1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeleteMode {
    /// Out of sight, kept with everything for the retention period of the realm, can be undeleted (S1-59 … S1-61).
    #[default]
    Soft,
    /// Irreversible: personal data go, the key to the personal part of the history goes, the audit trail stays and
    /// still verifies (S1-62; GDPR article 17).
    Erase,
    /// Irreversible: the record itself goes (S0-43, S2-22, S3-64).
    Purge,
}

/// Deletes a user. The unique names become free at once (S3-67), also for a soft delete (X2), unless the realm
/// keeps them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteUser {
    /// The user.
    pub user: UserId,
    /// What deleting means.
    #[serde(default)]
    pub mode: DeleteMode,
}

impl Decide for DeleteUser {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.user)
            .edges(self.user, Direction::From, Relation::Owns)
            .referring(Kind::Session, "user", self.user)
            .referring(Kind::Link, "user", self.user);
        if self.mode != DeleteMode::Soft {
            edge::need_all(needs, self.user.into());
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut needs = Needs::default();
        self.needs(&mut needs);
        draft.need(needs)?;
        draft.subject(self.user);
        let mut record = (*draft.existing(self.user)?).clone();
        let id: EntityId = self.user.into();
        let was_deleted = record.is_deleted();
        if self.mode == DeleteMode::Soft {
            if was_deleted {
                return Err(Problem::new(Code::Deleted, "the user is deleted already")
                    .about(id)
                    .into());
            }
            // Edges stay: the deleted end makes them ineffective, and undeleting brings all of them back.
            record.set("deleted_at", Some(draft.context.now.into()));
            draft.put(record, Cause::Requested)?;
            link::die(draft, id, false)?;
            draft.event("user.deleted", id, [("mode", "soft".into())]);
        } else {
            if self.mode == DeleteMode::Erase && record.value("erased_at").is_some() {
                return Err(Problem::new(Code::Irrevocable, "the user was erased before")
                    .about(id)
                    .into());
            }
            // What names the user goes first, whatever the realm wants with sessions.
            session::revoke(draft, id, None, "user.delete", Cause::Disposition)?;
            link::die(draft, id, true)?;
            edge::drop_all(draft, id)?;
            // What the person signed in with goes with the person.
            for credential in crate::command::credential::credentials_of(draft, self.user)? {
                draft.remove(credential.id, Cause::Disposition)?;
            }
            if self.mode == DeleteMode::Purge {
                draft.remove(id, Cause::Requested)?;
                draft.event("user.purged", id, []);
            } else {
                let schema = draft.schema;
                // What is personal goes, and so does every free value that may hold something personal.
                record.attributes.retain(|name, _| {
                    schema.attribute(id.kind, name).is_some_and(|definition| {
                        !definition.personal && definition.editable != crate::model::EditableBy::Update
                    })
                });
                for name in [
                    "consents",
                    "lock_reason",
                    "verified_email",
                    "supplied_by",
                    "source",
                    "external_id",
                ] {
                    record.set(name, None);
                }
                record.salt = None;
                let now = draft.context.now;
                if !was_deleted {
                    record.set("deleted_at", Some(now.into()));
                }
                record.set("erased_at", Some(now.into()));
                draft.put(record, Cause::Requested)?;
                draft.event("user.erased", id, []);
                // GDPR articles 17 (2) and 19: whoever was given the data is told.
                draft.effect("erasure.announce", id, []);
            }
        }
        if !was_deleted {
            status::effects(draft, self.user, "user.delete")?;
            message(draft, "user.deleted", id);
        }
        Ok(())
    }
}

/// Brings a soft-deleted user back with every membership, position and report (S1-61). Refused after the retention
/// period, after an erasure, and when somebody else took a unique name meanwhile, who is named (X2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UndeleteUser {
    /// The user.
    pub user: UserId,
}

impl Decide for UndeleteUser {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut record = (*draft.existing(self.user)?).clone();
        let retention = draft.schema.settings.retention_days;
        let Some(deleted) = record.moment("deleted_at") else {
            return Err(Problem::new(Code::NotDeleted, "the user is not deleted")
                .about(self.user)
                .into());
        };
        if record.value("erased_at").is_some() {
            return Err(Problem::new(Code::Irrevocable, "the user was erased")
                .about(self.user)
                .into());
        }
        if deleted.plus_days(retention.into()) <= draft.context.now {
            let message = format!("the user was deleted more than {retention} days ago");
            return Err(Problem::new(Code::Irrevocable, message).about(self.user).into());
        }
        record.set("deleted_at", None);
        draft.subject(self.user);
        draft.put(record, Cause::Requested)?;
        draft.event("user.undeleted", self.user, []);
        Ok(())
    }
}
