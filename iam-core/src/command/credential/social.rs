//! Links to identities at other providers (S0-61): who signs in with Google, Apple or the house's own provider.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{super::Decide, new_credential};
use crate::{
    model::{Kind, UserId, Value},
    plan::{Cause, ClaimKey, Draft, Needs, Schema, Stop},
    wire::{Code, FieldProblem, Problem},
};

/// Links a user with an identity at a provider. An identity belongs to one user at most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkProvider {
    /// The user.
    pub user: UserId,
    /// The provider, such as `google`.
    pub provider: String,
    /// The identity's stable identifier there: `sub` of OpenID Connect.
    pub subject: String,
    /// How people call it: the address or name that the provider gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// The unique name of an identity at a provider. A digest: the identifier itself is personal, and nobody searches for a
/// part of it.
pub(crate) fn provider_key(provider: &str, subject: &str) -> String {
    let digest = Sha256::new()
        .chain_update(provider.as_bytes())
        .chain_update([0])
        .chain_update(subject.as_bytes())
        .finalize();
    let digits = data_encoding::HEXLOWER.encode(&digest);
    format!("{provider}:{digits}")
}

impl Decide for LinkProvider {
    fn names(&self, _: &Schema, needs: &mut Needs) {
        needs.claims.insert(ClaimKey {
            kind: Kind::Credential,
            attribute: "provider_subject".into(),
            key: crate::model::fold(&provider_key(&self.provider, &self.subject)).into(),
        });
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        draft.live(self.user)?;
        let mut problems = Vec::new();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
        if self.provider.is_empty() || self.provider.len() > 100 || !self.provider.chars().all(plain) {
            let message = "has 1 to 100 lower-case letters, digits, dots, dashes and underscores";
            problems.push(FieldProblem::new("provider", "value.pattern", message));
        }
        if self.subject.is_empty() || self.subject.len() > 1_000 {
            problems.push(FieldProblem::new("subject", "value.range", "has 1 to 1000 bytes"));
        }
        super::super::profile::refuse(problems)?;
        let key = provider_key(&self.provider, &self.subject);
        let id = draft.new_sealed_id(Kind::Credential);
        let mut record = new_credential(draft, id, self.user, "social");
        record.set("provider", Some(self.provider.as_str().into()));
        record.set("provider_subject", Some(key.as_str().into()));
        let label: Option<String> = self.label.as_ref().map(|label| label.chars().take(200).collect());
        record.set("label", label.map(Value::from));
        record.set("set_at", Some(draft.context.now.into()));
        draft.subject(id);
        match draft.put(record, Cause::Requested) {
            Ok(_) => {}
            Err(Stop::Refused(problem)) if problem.code == Code::Taken => {
                return Err(Problem {
                    message: "the identity at the provider belongs to a user already".to_owned(),
                    ..*problem
                }
                .into());
            }
            Err(stop) => return Err(stop),
        }
        draft.event(
            "provider.linked",
            self.user,
            [("provider", self.provider.as_str().into())],
        );
        Ok(())
    }
}
