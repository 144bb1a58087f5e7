//! Policies as a lattice: several may apply to a user, and of each rule the strictest counts, wherever it comes from.
//!
//! What no policy says is decided by the defaults, which follow NIST SP 800-63B-4 and OWASP ASVS 5. A policy that is
//! weaker than a default replaces the default; two policies never weaken each other.

mod part;
mod target;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use part::{
    FactorPolicy, FactorRules, InitialPolicy, InitialRules, LinkPolicy, LinkRules, LockPolicy, LockRules,
    PasswordPolicy, PasswordRules, SessionPolicy, SessionRules,
};
pub use target::{TargetRules, lint};

use crate::{
    model::{PolicyId, Record, Value},
    wire::{Code, Problem},
};

/// The names of a policy's parts, as attributes of its record.
pub const PARTS: [&str; 6] = ["password", "initial", "lock", "session", "factor", "link"];

/// How strong a proof of identity is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// Somebody who can read a mailbox or a text message: passcodes by e-mail and SMS, recovery codes (X6).
    #[default]
    Low,
    /// A device that shows codes: TOTP and HOTP.
    Substantial,
    /// Resistant to phishing: passkeys.
    High,
}

impl Assurance {
    /// The name as it is stored and written in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Assurance::Low => "low",
            Assurance::Substantial => "substantial",
            Assurance::High => "high",
        }
    }

    /// The class with this name; the lowest when it is not known.
    pub fn from_name(name: &str) -> Assurance {
        [Assurance::Substantial, Assurance::High]
            .into_iter()
            .find(|known| known.name() == name)
            .unwrap_or_default()
    }

    /// The class of a type of credential.
    pub fn of(credential_type: &str) -> Assurance {
        match credential_type {
            "passkey" => Assurance::High,
            "totp" | "hotp" => Assurance::Substantial,
            _ => Assurance::Low,
        }
    }
}

/// What a policy says. Parts and rules that are absent say nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyParts {
    /// Passwords.
    pub password: PasswordPolicy,
    /// Initial passwords.
    pub initial: InitialPolicy,
    /// Locking.
    pub lock: LockPolicy,
    /// Sessions.
    pub session: SessionPolicy,
    /// Second factors.
    pub factor: FactorPolicy,
    /// Links.
    pub link: LinkPolicy,
    /// What the targets of the password demand (S4-44).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<TargetRules>,
}

/// What counts for a user: every rule, decided.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EffectivePolicy {
    /// Passwords.
    pub password: PasswordRules,
    /// Initial passwords.
    pub initial: InitialRules,
    /// Locking.
    pub lock: LockRules,
    /// Sessions.
    pub session: SessionRules,
    /// Second factors.
    pub factor: FactorRules,
    /// Links.
    pub link: LinkRules,
    /// What the targets of the password demand (S4-44).
    pub targets: Vec<TargetRules>,
    /// Which policy decided a rule, as `part.rule`; a rule that is not here has its default.
    pub decided_by: BTreeMap<String, PolicyId>,
}

impl PolicyParts {
    /// Reads the parts from a policy's record.
    ///
    /// # Errors
    /// [`Code::Corrupt`] when they cannot be read: rules must never silently become weaker.
    pub fn of(record: &Record) -> Result<PolicyParts, Problem> {
        let mut parts: BTreeMap<&str, &Value> = BTreeMap::new();
        for name in PARTS.into_iter().chain(["targets"]) {
            if let Some(value) = record.value(name) {
                parts.insert(name, value);
            }
        }
        serde_json::to_value(parts)
            .and_then(crate::model::from_json)
            .map_err(|error| {
                Problem::new(Code::Corrupt, "a policy cannot be read")
                    .about(record.id)
                    .caused_by(error)
            })
    }

    /// The stricter of both in every rule.
    #[must_use]
    pub fn meet(self, other: PolicyParts) -> PolicyParts {
        let mut targets = self.targets;
        for target in other.targets {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        targets.sort();
        PolicyParts {
            password: self.password.meet(other.password),
            initial: self.initial.meet(other.initial),
            lock: self.lock.meet(other.lock),
            session: self.session.meet(other.session),
            factor: self.factor.meet(other.factor),
            link: self.link.meet(other.link),
            targets,
        }
    }
}

impl EffectivePolicy {
    /// The strictest of policies, and the defaults for what none of them says.
    pub fn of(policies: impl IntoIterator<Item = (PolicyId, PolicyParts)>) -> EffectivePolicy {
        let mut all = PolicyParts::default();
        let mut decided_by = BTreeMap::new();
        for (id, parts) in policies {
            let before = all.clone();
            all = all.meet(parts);
            for rule in before
                .password
                .changed(&all.password)
                .into_iter()
                .map(|rule| format!("password.{rule}"))
                .chain(
                    before
                        .initial
                        .changed(&all.initial)
                        .into_iter()
                        .map(|rule| format!("initial.{rule}")),
                )
                .chain(
                    before
                        .lock
                        .changed(&all.lock)
                        .into_iter()
                        .map(|rule| format!("lock.{rule}")),
                )
                .chain(
                    before
                        .session
                        .changed(&all.session)
                        .into_iter()
                        .map(|rule| format!("session.{rule}")),
                )
                .chain(
                    before
                        .factor
                        .changed(&all.factor)
                        .into_iter()
                        .map(|rule| format!("factor.{rule}")),
                )
                .chain(
                    before
                        .link
                        .changed(&all.link)
                        .into_iter()
                        .map(|rule| format!("link.{rule}")),
                )
            {
                decided_by.insert(rule, id);
            }
        }
        EffectivePolicy {
            password: all.password.into(),
            initial: all.initial.into(),
            lock: all.lock.into(),
            session: all.session.into(),
            factor: all.factor.into(),
            link: all.link.into(),
            targets: all.targets,
            decided_by,
        }
    }
}

#[cfg(test)]
mod tests;
