//! Questions about roles and what comes with them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ask, Filter, RecordView};
use crate::{
    model::{EntityId, Kind, UserId},
    service::{Acting, CloneMode, Cloned, RuleDifference, WantedState},
    wire::Problem,
};

/// Reads what the provisioning roles of a user want in the targets: mapping, attributes, values (S2-45 … S2-51).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadWantedState {
    /// The user.
    pub user: UserId,
}

impl Ask for ReadWantedState {
    type Answer = WantedState;
    async fn ask(&self, acting: &Acting<'_>) -> Result<WantedState, Problem> {
        acting.wanted_state(self.user).await
    }
}

/// Reads the risk index of a user: the highest of all roles and groups that they have (S4-49, S4-50).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadRiskIndex {
    /// The user.
    pub user: UserId,
}

impl Ask for ReadRiskIndex {
    type Answer = Option<f64>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Option<f64>, Problem> {
        acting.risk_index(self.user).await
    }
}

/// Tells who would come and go if a role or group had another condition; nothing is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareRule {
    /// The role or group.
    pub owner: EntityId,
    /// What the condition selects.
    pub selects: Kind,
    /// The condition.
    pub condition: Filter,
}

impl Ask for CompareRule {
    type Answer = RuleDifference;
    async fn ask(&self, acting: &Acting<'_>) -> Result<RuleDifference, Problem> {
        acting
            .rule_difference(self.owner, self.selects, &self.condition)
            .await
    }
}

/// Tells what cloning would give a user, take from them and leave out, and why (S0-55, S0-56); nothing is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewClone {
    /// Who has it.
    pub from: UserId,
    /// Who is to get it.
    pub to: UserId,
    /// What becomes of that which they have already.
    #[serde(default)]
    pub mode: CloneMode,
}

impl Ask for PreviewClone {
    type Answer = Cloned;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Cloned, Problem> {
        acting.preview_clone(self.from, self.to, self.mode).await
    }
}

/// Lists the administrators of the platform, apart from all other users: the direct holders of the roles whose attribute
/// `administrative` is set (S2-5).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAdministrators {}

impl Ask for ListAdministrators {
    type Answer = Vec<RecordView>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<RecordView>, Problem> {
        let found = acting.platform_administrators().await?;
        Ok(found.into_iter().map(RecordView).collect())
    }
}
