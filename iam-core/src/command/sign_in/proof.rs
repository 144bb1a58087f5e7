//! What a user shows or does in the course of a sign-in.

use super::super::{
    credential::{
        FactorVerdict, PasskeyVerdict, counts, credentials_of, spend_recovery_code, use_code, use_passkey,
    },
    policy::effective,
};
use crate::{
    model::{EntityId, Moment, Secret, UserId},
    plan::{Draft, Stop},
    rules::{policy::EffectivePolicy, sign_in::Refusal},
};

/// A step of a sign-in that is under way.
#[derive(Debug, Clone)]
pub(crate) enum Proof {
    /// A code of a device.
    Code(Secret),
    /// A recovery code.
    RecoveryCode(Secret),
    /// A browser's answer with a passkey.
    Passkey(Secret),
    /// A new password instead of one that must be changed.
    NewPassword(Secret),
    /// The terms are accepted.
    AcceptTerms,
    /// Something was done elsewhere: the address was verified, a factor was enrolled.
    Done,
}

/// What was shown so far, and what for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shown {
    pub methods: Vec<String>,
    pub wanted: i64,
    pub elevated: bool,
    pub refresh: bool,
}

/// The types of the second factors of a user that count.
pub(super) fn second_factors(
    draft: &mut Draft<'_>,
    user: UserId,
    policy: &EffectivePolicy,
) -> Result<Vec<String>, Stop> {
    let mut types: Vec<String> = credentials_of(draft, user)?
        .iter()
        .filter(|record| record.text("credential_type") != "password" && counts(record, &policy.factor))
        .map(|record| record.text("credential_type").to_owned())
        .collect();
    types.sort_unstable();
    types.dedup();
    Ok(types)
}

/// The types of factors that were enrolled since a moment: to enrol one takes a proof of it.
pub(super) fn enrolled_since(
    draft: &mut Draft<'_>,
    user: UserId,
    since: Moment,
) -> Result<Vec<String>, Stop> {
    let policy = effective(draft, user)?;
    Ok(credentials_of(draft, user)?
        .iter()
        .filter(|record| matches!(record.text("credential_type"), "totp" | "hotp" | "passkey"))
        .filter(|record| counts(record, &policy.factor))
        .filter(|record| {
            record
                .moment("set_at")
                .or(record.moment("created_at"))
                .is_some_and(|at| since <= at)
        })
        .map(|record| record.text("credential_type").to_owned())
        .collect())
}

/// What became of checking a factor.
pub(super) enum Checked {
    /// It is right: the method that was shown.
    Right(String),
    /// It is not, and this is why.
    Wrong(Refusal),
}

/// Checks a factor and uses it up.
pub(super) fn check(draft: &mut Draft<'_>, user: UserId, proof: &Proof) -> Result<Checked, Stop> {
    let policy = effective(draft, user)?;
    let verdict = match proof {
        Proof::Code(code) => use_code(draft, user, code, &policy.factor)?,
        Proof::RecoveryCode(code) => spend_recovery_code(draft, user, code, &policy.factor)?,
        Proof::Passkey(response) => {
            return Ok(match use_passkey(draft, Some(user), response)? {
                PasskeyVerdict::Right(_) => Checked::Right("passkey".to_owned()),
                PasskeyVerdict::Wrong(_, reason) => Checked::Wrong(reason),
            });
        }
        Proof::NewPassword(_) | Proof::AcceptTerms | Proof::Done => {
            return Ok(Checked::Wrong(Refusal::WrongCode));
        }
    };
    match verdict {
        FactorVerdict::Right { credential, .. } => {
            // A passcode is gone once it was used.
            let record = draft.record(EntityId::from(credential))?;
            let method = record.map(|record| record.text("credential_type").to_owned());
            Ok(Checked::Right(method.unwrap_or_else(|| "passcode".to_owned())))
        }
        FactorVerdict::Wrong | FactorVerdict::NoFactor => Ok(Checked::Wrong(Refusal::WrongCode)),
    }
}
