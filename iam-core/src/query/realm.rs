//! Questions about a realm as a whole.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ask;
use crate::{
    model::{AttributeDefinition, Kind},
    service::{Acting, ChainHead, Diagnosis, Iam, Verified},
    wire::Problem,
};

/// Lists the attributes of a kind: the built-in ones in the order of a form, then the realm's own by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListAttributes {
    /// The kind.
    pub kind: Kind,
}

impl Ask for ListAttributes {
    type Answer = Vec<AttributeDefinition>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<AttributeDefinition>, Problem> {
        let schema = acting.schema().await?;
        Ok(schema.attributes(self.kind).cloned().collect())
    }
}

/// Reads the settings of the realm.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadSettings {}

impl Ask for ReadSettings {
    type Answer = crate::plan::Settings;
    async fn ask(&self, acting: &Acting<'_>) -> Result<crate::plan::Settings, Problem> {
        Ok(acting.schema().await?.settings.clone())
    }
}

/// Examines the realm: unique names, edges, tree and search keys against the records, all of it against the journal,
/// audit trail and journal against the chain. What is wrong with the data is not an error but the answer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamineRealm {}

impl Ask for ExamineRealm {
    type Answer = Diagnosis;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Diagnosis, Problem> {
        acting.doctor().await
    }
}

/// Verifies the tamper-evident chain of the whole storage, also against heads that were published elsewhere.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyChain {
    /// Heads that were kept outside of the storage.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub published: Vec<ChainHead>,
}

impl Ask for VerifyChain {
    type Answer = Verified;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Verified, Problem> {
        let iam = Iam {
            shared: acting.shared.clone(),
        };
        iam.verify_chain(&self.published).await
    }
}
