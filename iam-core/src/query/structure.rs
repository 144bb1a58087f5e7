//! Questions about edges and the organization tree.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ask, RecordView, TreeView};
use crate::{
    model::{Edge, EntityId, OrganizationId, Relation},
    plan::Direction,
    service::{Acting, At},
    wire::Problem,
};

/// Lists the edges of a relation at a record, those without effect too: the organizations of a user, the members of a
/// group, the reports of a manager.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListEdges {
    /// The record.
    pub id: EntityId,
    /// Which end of the edges it is.
    pub direction: Direction,
    /// The relation.
    pub relation: Relation,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for ListEdges {
    type Answer = Vec<Edge>;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<Edge>, Problem> {
        acting.edges(self.id, self.direction, self.relation).await
    }
}

/// Lists an organization and everything above it, the organization first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationPath {
    /// The organization.
    pub organization: OrganizationId,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for OrganizationPath {
    type Answer = Vec<RecordView>;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<RecordView>, Problem> {
        let path = acting.path(self.organization).await?;
        Ok(path.into_iter().map(RecordView).collect())
    }
}

/// Reads the organization tree below an organization, or the whole forest; sorted, and with positions, as the realm's
/// settings say (S0-14, S0-15, S0-80).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationTree {
    /// Where to start; the whole forest when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationId>,
    /// The state to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<At>,
}

impl Ask for OrganizationTree {
    type Answer = Vec<TreeView>;
    fn at(&self) -> Option<At> {
        self.at
    }
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<TreeView>, Problem> {
        let tree = acting.tree(self.organization).await?;
        Ok(tree.into_iter().map(TreeView::from).collect())
    }
}
