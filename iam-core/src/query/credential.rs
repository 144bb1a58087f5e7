//! Questions about policies, passwords and other credentials.

use base64::{Engine, engine::general_purpose::STANDARD};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ask, RecordView};
use crate::{
    credential::qr,
    model::{EntityId, Secret, UserId},
    rules::policy::EffectivePolicy,
    service::Acting,
    wire::{Code, FieldProblem, Problem},
};

/// Tells which policy counts for a user: of each rule the strictest of all that apply, and which policy decided it
/// (S4-44).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadPolicy {
    /// The user.
    pub user: UserId,
}

impl Ask for ReadPolicy {
    type Answer = EffectivePolicy;
    async fn ask(&self, acting: &Acting<'_>) -> Result<EffectivePolicy, Problem> {
        acting.effective_policy(self.user).await
    }
}

/// Tells whether a password would be accepted for a user, and every reason why not; empty: it would (S4-44).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckPassword {
    /// The user.
    pub user: UserId,
    /// The password.
    pub password: Secret,
}

impl Ask for CheckPassword {
    type Answer = Vec<FieldProblem>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<FieldProblem>, Problem> {
        acting.check_password(self.user, &self.password).await
    }
}

/// Lists what a user can sign in with: password, devices, recovery codes, links to providers (S0-61). None of them shows
/// its secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListCredentials {
    /// The user.
    pub user: UserId,
}

impl Ask for ListCredentials {
    type Answer = Vec<RecordView>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Vec<RecordView>, Problem> {
        let records = acting.credentials(self.user).await?;
        Ok(records.into_iter().map(RecordView).collect())
    }
}

/// Finds the user who is linked with an identity at a provider; answers nothing when nobody is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindLinkedUser {
    /// The provider.
    pub provider: String,
    /// The identity's stable identifier there.
    pub subject: String,
}

impl Ask for FindLinkedUser {
    type Answer = Option<EntityId>;
    async fn ask(&self, acting: &Acting<'_>) -> Result<Option<EntityId>, Problem> {
        let user = acting.linked_user(&self.provider, &self.subject).await?;
        Ok(user.map(EntityId::from))
    }
}

/// Draws the QR code of an enrolment (S0-52).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawQrCode {
    /// The text, such as the `uri` of an enrolment.
    pub text: Secret,
    /// Pixels a module of the PNG, 1 to 32; 6 when absent.
    #[serde(default = "six")]
    pub scale: u8,
}

fn six() -> u8 {
    6
}

/// A QR code as pictures.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct QrCode {
    /// As SVG.
    pub svg: String,
    /// As PNG, base 64.
    pub png: String,
}

impl Ask for DrawQrCode {
    type Answer = QrCode;
    async fn ask(&self, _: &Acting<'_>) -> Result<QrCode, Problem> {
        let failed = |error: qr::QrError| Problem::new(Code::Invalid, error.to_string());
        Ok(QrCode {
            svg: qr::svg(self.text.expose()).map_err(failed)?,
            png: STANDARD.encode(qr::png(self.text.expose(), self.scale).map_err(failed)?),
        })
    }
}
