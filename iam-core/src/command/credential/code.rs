//! Checking codes inside of a decision: one-time passwords of devices, recovery codes.
//!
//! A code that was accepted is never accepted again, in no process: the last step that was used is part of the
//! credential's record, and the decision holds only as long as that record is what it was.

use std::sync::Arc;

use super::{credentials_of, number, passcode::PasscodeChannel, place, unexpected};
use crate::{
    model::{CredentialId, EntityId, Moment, Record, Secret, UserId, Value},
    plan::{Cause, Draft, OtpAlgorithm, OtpShape, Stop, Work, Worked},
    rules::{
        lock::{Attempts, Consequence},
        policy::{Assurance, FactorRules},
    },
};

/// How far the clock of a device may be off, in steps (RFC 6238, 5.2).
const DRIFT: i64 = 1;
/// How many codes of a counter device may have been drawn and not used (RFC 4226, 7.4).
pub(crate) const LOOK_AHEAD: i64 = 10;

/// What became of checking a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FactorVerdict {
    /// It is a right one, and it is used up now.
    Right {
        /// The credential that it belongs to.
        credential: CredentialId,
        /// How strong a proof it is.
        assurance: Assurance,
    },
    /// It is not, or it was used before.
    Wrong,
    /// The user has no such factor that counts.
    NoFactor,
}

/// The shape of the codes of a device.
pub(crate) fn shape(record: &Record) -> OtpShape {
    OtpShape {
        algorithm: OtpAlgorithm::from_name(record.text("algorithm")),
        digits: u8::try_from(number(record, "digits").clamp(6, 8)).unwrap_or(6),
    }
}

/// Whether a factor may be used: active, of an allowed type, strong enough.
pub(crate) fn counts(record: &Record, rules: &FactorRules) -> bool {
    let name = record.text("credential_type");
    record.text("credential_state") == "active"
        && rules.allowed.contains(name)
        && Assurance::of(name) >= rules.minimum_assurance
}

/// The step or counter at which a code belongs to a device, when it was not used yet.
pub(crate) fn found_at(
    draft: &mut Draft<'_>,
    record: &Record,
    codes: &[&Secret],
    look_ahead: i64,
) -> Result<Option<i64>, Stop> {
    let Some(sealed) = record.value("secret").and_then(Value::as_text) else {
        return Ok(None);
    };
    let used = record.value("used_step").and_then(Value::as_integer);
    let (first, last) = if record.text("credential_type") == "hotp" {
        let next = used.map_or(0, |used| used.saturating_add(1));
        (next, next.saturating_add(look_ahead))
    } else {
        let seconds = draft.context.now.micros().div_euclid(1_000_000);
        let step = crate::credential::otp::step(seconds, number(record, "period"));
        let next = used.map_or(i64::MIN, |used| used.saturating_add(1));
        (next.max(step - DRIFT), step + DRIFT)
    };
    let work = Work::Code {
        place: place(draft, record.id, "secret"),
        sealed: sealed.to_owned(),
        shape: shape(record),
        first,
        last,
        codes: codes.iter().map(|code| (*code).clone()).collect(),
    };
    match draft.work(work)? {
        Worked::Found(step) => Ok(step),
        _ => Err(unexpected()),
    }
}

/// Notes that a device was used at a step.
pub(crate) fn used(draft: &mut Draft<'_>, record: &Arc<Record>, step: i64) -> Result<(), Stop> {
    let mut record = (**record).clone();
    Attempts::default().note(&mut record);
    record.set("used_step", Some(step.into()));
    record.set("used_at", Some(draft.context.now.into()));
    draft.put(record, Cause::Requested)?;
    Ok(())
}

/// Whether a passcode that was sent still counts: in time, of an allowed channel, to the address that is the user's now
/// (S3-33).
fn stands(record: &Record, user: &Record, rules: &FactorRules, now: Moment) -> bool {
    let channel = match record.text("credential_type") {
        "email" => PasscodeChannel::Email,
        "sms" => PasscodeChannel::Sms,
        _ => return false,
    };
    record.text("credential_state") == "pending"
        && record.value("secret").is_some()
        && record.moment("expires_at").is_some_and(|until| now < until)
        && rules.allowed.contains(channel.name())
        && Assurance::of(channel.name()) >= rules.minimum_assurance
        && record.text("address") == user.text(channel.attribute())
}

fn is_device(record: &Record) -> bool {
    matches!(record.text("credential_type"), "totp" | "hotp")
}

/// Checks a code against the user's devices that count and the passcodes that were sent, and uses it up. A wrong one is
/// counted with all of them.
pub(crate) fn use_code(
    draft: &mut Draft<'_>,
    user: UserId,
    code: &Secret,
    rules: &FactorRules,
) -> Result<FactorVerdict, Stop> {
    let now = draft.context.now;
    let person = draft.existing(user)?;
    let factors: Vec<_> = credentials_of(draft, user)?
        .into_iter()
        .filter(|record| (is_device(record) && counts(record, rules)) || stands(record, &person, rules, now))
        .collect();
    if factors.is_empty() {
        return Ok(FactorVerdict::NoFactor);
    }
    let open: Vec<_> = factors
        .into_iter()
        .filter(|record| Attempts::of(record).is_open(now))
        .collect();
    if open.is_empty() {
        // Nothing is looked at before the time is over.
        return Ok(FactorVerdict::Wrong);
    }
    for factor in open {
        let right = if is_device(&factor) {
            match found_at(draft, &factor, &[code], LOOK_AHEAD)? {
                Some(step) => {
                    used(draft, &factor, step)?;
                    true
                }
                None => false,
            }
        } else {
            let right = is_same(draft, &factor, code)?;
            if right {
                draft.remove(factor.id, Cause::Requested)?;
            }
            right
        };
        if right {
            return Ok(FactorVerdict::Right {
                credential: CredentialId(factor.id.uuid),
                assurance: Assurance::of(factor.text("credential_type")),
            });
        }
    }
    failed(draft, user)?;
    Ok(FactorVerdict::Wrong)
}

/// Whether a passcode is the one that was sent.
fn is_same(draft: &Draft<'_>, record: &Record, code: &Secret) -> Result<bool, Stop> {
    let Some(sealed) = record.value("secret").and_then(Value::as_text) else {
        return Ok(false);
    };
    let work = Work::Same {
        place: place(draft, record.id, "secret"),
        sealed: sealed.to_owned(),
        secret: code.clone(),
    };
    match draft.work(work)? {
        Worked::Found(found) => Ok(found.is_some()),
        _ => Err(unexpected()),
    }
}

/// Counts a wrong code with every factor that it could have been of: devices have to wait after a few, passcodes are
/// void. Where the policy's locks have no end there is nothing to wait for: then the user is locked.
pub(crate) fn failed(draft: &mut Draft<'_>, user: UserId) -> Result<(), Stop> {
    let policy = crate::command::policy::effective(draft, user)?;
    let mut for_good = false;
    for record in credentials_of(draft, user)? {
        let mut after = (*record).clone();
        if is_device(&record) && record.text("credential_state") == "active" {
            let (attempts, consequence) =
                Attempts::of(&record).after_failure(&policy.lock, draft.context.now);
            for_good |= consequence == Consequence::Locked(None);
            attempts.note(&mut after);
            draft.put(after, Cause::Requested)?;
        } else if matches!(record.text("credential_type"), "email" | "sms") {
            let failures = number(&record, "failures") + 1;
            if failures >= i64::from(policy.factor.passcode_attempts) {
                // The record stays: it says when the next one may be sent.
                after.set("secret", None);
            }
            after.set("failures", Some(failures.into()));
            draft.put(after, Cause::Requested)?;
        }
    }
    if for_good {
        crate::command::user::lock_by_policy(draft, user, Consequence::Locked(None))?;
    }
    Ok(())
}

/// Checks a recovery code, and takes it out of the set.
pub(crate) fn spend_recovery_code(
    draft: &mut Draft<'_>,
    user: UserId,
    code: &Secret,
    rules: &FactorRules,
) -> Result<FactorVerdict, Stop> {
    let set = credentials_of(draft, user)?
        .into_iter()
        .find(|record| record.text("credential_type") == "recovery_codes" && counts(record, rules));
    let id = set
        .as_ref()
        .map_or(EntityId::from(CredentialId(uuid::Uuid::nil())), |record| {
            record.id
        });
    let work = Work::SpendCode {
        place: place(draft, id, "secret"),
        sealed: set
            .as_ref()
            .and_then(|record| record.value("secret"))
            .and_then(Value::as_text)
            .map(str::to_owned),
        code: code.clone(),
    };
    let Worked::Spent(spent) = draft.work(work)? else {
        return Err(unexpected());
    };
    let Some(set) = set else {
        return Ok(FactorVerdict::NoFactor);
    };
    let Some((sealed, left)) = spent else {
        return Ok(FactorVerdict::Wrong);
    };
    let mut record = (*set).clone();
    record.set("secret", Some(sealed.into()));
    record.set("remaining", Some(left.into()));
    record.set("used_at", Some(draft.context.now.into()));
    draft.put(record, Cause::Requested)?;
    draft.event("recovery_code.used", user, [("left", left.into())]);
    Ok(FactorVerdict::Right {
        credential: CredentialId(set.id.uuid),
        assurance: Assurance::of("recovery_codes"),
    })
}
