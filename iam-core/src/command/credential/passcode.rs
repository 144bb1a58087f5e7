//! Passcodes by e-mail and SMS (S0-67, S3-33): the weakest of the second factors, for ten minutes at most.

use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, declared, policy},
    credentials_needed, credentials_of, new_credential, sealed,
};
use crate::{
    model::{EntityId, Kind, Secret, UserId},
    plan::{Cause, Draft, Needs, Stop},
    wire::{Code, Problem},
};

/// How a passcode gets to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasscodeChannel {
    /// To the user's e-mail address.
    #[default]
    Email,
    /// To the user's phone.
    Sms,
}

impl PasscodeChannel {
    pub(super) const fn name(self) -> &'static str {
        match self {
            PasscodeChannel::Email => "email",
            PasscodeChannel::Sms => "sms",
        }
    }

    /// The attribute of the user that is the address.
    pub(super) const fn attribute(self) -> &'static str {
        match self {
            PasscodeChannel::Email => "email",
            PasscodeChannel::Sms => "phone",
        }
    }
}

/// Sends a user a passcode of eight digits that counts once and for ten minutes at most (S0-67, X6). A newer one
/// replaces the one before, 30 seconds after it at the earliest (`sign_in.throttled`): otherwise somebody could have
/// passcodes sent until a guess is right. It counts as long as the address is the user's (S3-33).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendPasscode {
    /// The user.
    pub user: UserId,
    /// By e-mail or SMS; e-mail when absent.
    #[serde(default)]
    pub channel: PasscodeChannel,
}

/// Seconds between two passcodes to one address.
const INTERVAL: i64 = 30;

/// Eight digits: more than 20 bits (OWASP ASVS 5, 6.5.4).
fn digits(random: [u8; 32]) -> Secret {
    let mut number = 0u64;
    for byte in random.iter().take(8) {
        number = number << 8 | u64::from(*byte);
    }
    // 2^64 is so much larger that no digit comes up noticeably more often.
    Secret::new(format!("{:08}", number % 100_000_000))
}

impl Decide for SendPasscode {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
        credentials_needed(needs, self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let user = draft.live(self.user)?;
        let rules = policy::effective(draft, self.user)?.factor;
        let name = self.channel.name();
        let weak = crate::rules::policy::Assurance::of(name) < rules.minimum_assurance;
        if weak || !rules.allowed.contains(name) {
            let message = format!("the policy does not allow passcodes by {name}");
            return Err(Problem::new(Code::Policy, message).about(self.user).into());
        }
        let address = user.text(self.channel.attribute()).to_owned();
        if address.is_empty() {
            let message = format!("the user has no {}", self.channel.attribute());
            return Err(Problem::new(Code::Invalid, message).about(self.user).into());
        }
        let before = credentials_of(draft, self.user)?
            .into_iter()
            .find(|record| record.text("credential_type") == name);
        let now = draft.context.now;
        let again = before
            .as_ref()
            .filter(|record| record.text("address") == address)
            .and_then(|record| record.moment("set_at"))
            .map(|sent| sent.plus_seconds(INTERVAL))
            .filter(|again| *again > now);
        if let Some(again) = again {
            let message = format!("a passcode was sent a moment ago; the next one may be sent at {again}");
            return Err(Problem::new(Code::Throttled, message).about(self.user).into());
        }
        let mut record = match before {
            Some(record) => (*record).clone(),
            None => {
                let id = draft.new_sealed_id(Kind::Credential);
                new_credential(draft, id, self.user, name)
            }
        };
        let code = digits(draft.random());
        let until = now.plus_seconds(i64::from(rules.passcode_minutes.min(10)) * 60);
        record.set("credential_state", Some("pending".into()));
        record.set("secret", Some(sealed(draft, record.id, "secret", &code)?.into()));
        record.set("address", Some(address.into()));
        record.set("set_at", Some(now.into()));
        record.set("expires_at", Some(until.into()));
        record.set("failures", None);
        let id: EntityId = record.id;
        draft.put(record, Cause::Requested)?;
        draft.subject(self.user);
        draft.event("passcode.sent", self.user, [("channel", name.into())]);
        let sealed = sealed(draft, self.user, "message", &code)?;
        draft.effect(
            "message",
            self.user,
            [
                ("template", "passcode".into()),
                ("channel", name.into()),
                ("credential", id.into()),
                ("sealed", sealed.into()),
                ("expires_at", until.into()),
            ],
        );
        Ok(())
    }
}
