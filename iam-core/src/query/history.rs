//! Questions about what happened.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ask, AuditItem};
use crate::{
    model::{ChangeSetId, CommandId, EntityId, Moment},
    port::{AuditQuery, Revision},
    service::{Acting, At, HistoryItem},
    wire::Problem,
};

/// A place in the journal: that of one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The commit.
    pub revision: Revision,
    /// The change's place in the commit.
    #[serde(default)]
    pub ordinal: u32,
}

fn hundred() -> u32 {
    100
}

/// Lists what happened to a record and to the edges at it, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryOf {
    /// The record.
    pub id: EntityId,
    /// Only what lies before this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Place>,
    /// Changes at most, up to 1000.
    #[serde(default = "hundred")]
    pub limit: u32,
}

impl Ask for HistoryOf {
    type Answer = Vec<HistoryItem>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<HistoryItem>, Problem> {
        let before = self.before.map(|place| (place.revision, place.ordinal));
        acting.history(self.id, before, self.limit as usize).await
    }
}

/// Lists everything that was changed in the realm, in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// Only what lies after this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Place>,
    /// Changes at most, up to 1000.
    #[serde(default = "hundred")]
    pub limit: u32,
}

impl Ask for Timeline {
    type Answer = Vec<HistoryItem>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<HistoryItem>, Problem> {
        let after = self.after.map(|place| (place.revision, place.ordinal));
        acting.timeline(after, self.limit as usize).await
    }
}

/// Tells what is different between two states: everything that was changed, and not changed back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareStates {
    /// From this state.
    pub from: At,
    /// To this one.
    #[serde(default)]
    pub to: At,
}

impl Ask for CompareStates {
    type Answer = crate::plan::Difference;
    async fn ask(&self, acting: &Acting<'_>) -> Result<crate::plan::Difference, Problem> {
        acting.difference(self.from, self.to).await
    }
}

/// Lists the audit trail of the realm: every command, the refused ones too.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAudit {
    /// Only commits after this revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Revision>,
    /// Only commits up to this revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Revision>,
    /// Only commands about this record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<EntityId>,
    /// Only commands of this actor, such as `host:console`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Only commands of this change set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_set: Option<ChangeSetId>,
    /// Only the command with this identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command_id: Option<CommandId>,
    /// Only commands at or after this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Moment>,
    /// Only commands at or before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Moment>,
    /// The latest first.
    #[serde(default)]
    pub newest_first: bool,
    /// Commands at most, up to 1000.
    #[serde(default = "hundred")]
    pub limit: u32,
}

impl Ask for ListAudit {
    type Answer = Vec<AuditItem>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<AuditItem>, Problem> {
        let query = AuditQuery {
            after: self.after,
            until: self.until,
            subject: self.subject,
            actor: self.actor.clone(),
            change_set: self.change_set,
            command_id: self.command_id,
            since: self.since,
            before: self.before,
            newest_first: self.newest_first,
            limit: self.limit as usize,
            ..AuditQuery::default()
        };
        acting
            .audit(query)
            .await?
            .into_iter()
            .map(AuditItem::try_from)
            .collect()
    }
}
