//! Checking a password inside of a decision.

use std::sync::Arc;

use super::{new_credential, password_of, place, unexpected};
use crate::{
    model::{Moment, Record, Secret, UserId, Value},
    plan::{Cause, Draft, Stop, Work, Worked},
    rules::{
        lock::{Attempts, Consequence},
        policy::LockRules,
    },
};

/// What became of checking a password.
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    /// It is the right one.
    Right {
        /// The credential.
        credential: Arc<Record>,
        /// The sealed hash to keep instead of an old or cheap one.
        upgraded: Option<String>,
    },
    /// It is not the right one.
    Wrong(#[allow(dead_code, reason = "whoever counts failures needs it")] Arc<Record>),
    /// The user has no password, or there is no such user. As much was computed as for a wrong password.
    NoPassword,
    /// No attempt is allowed before that moment. As much was computed as for a wrong password, and nothing is said
    /// about the password.
    Blocked(Moment),
}

/// Checks a password. Without a user the same work is done for nobody.
///
/// Whether the user exists, may sign in, or must change the password is not looked at here.
pub(crate) fn verify_password(
    draft: &mut Draft<'_>,
    user: Option<UserId>,
    password: &Secret,
) -> Result<Verdict, Stop> {
    let nobody = UserId(uuid::Uuid::nil());
    let id = password_of(user.unwrap_or(nobody));
    let credential = match user {
        Some(_) => draft.record(id)?,
        None => None,
    };
    let blocked = credential
        .as_ref()
        .and_then(|record| record.moment("blocked_until"))
        .filter(|until| *until > draft.context.now);
    let sealed = credential
        .as_ref()
        .filter(|_| blocked.is_none())
        .and_then(|record| record.value("secret"))
        .and_then(Value::as_text)
        .map(str::to_owned);
    let has_password = sealed.is_some();
    let worked = draft.work(Work::Verify {
        place: place(draft, id, "secret"),
        sealed,
        password: password.clone(),
    })?;
    let Worked::Verified { matches, upgraded } = worked else {
        return Err(unexpected());
    };
    Ok(match (credential, blocked) {
        (Some(_), Some(until)) => Verdict::Blocked(until),
        (Some(credential), None) if has_password => {
            if matches {
                Verdict::Right { credential, upgraded }
            } else {
                Verdict::Wrong(credential)
            }
        }
        _ => Verdict::NoPassword,
    })
}

/// Notes a success: failures are forgotten, an old hash is replaced, and it is known when the password was last used.
pub(crate) fn note_right(
    draft: &mut Draft<'_>,
    credential: &Arc<Record>,
    upgraded: Option<&String>,
) -> Result<(), Stop> {
    let mut record = (**credential).clone();
    Attempts::default().note(&mut record);
    record.set("used_at", Some(draft.context.now.into()));
    if let Some(sealed) = upgraded {
        record.set("secret", Some(sealed.as_str().into()));
        record.set("scheme", Some("argon2id".into()));
        draft.event("password.upgraded", record.id, []);
    }
    draft.put(record, Cause::Requested)?;
    Ok(())
}

/// Notes a failure and says what it leads to (S0-38). Locking the user itself, where the policy asks for it, is up to
/// the caller.
pub(crate) fn note_wrong(
    draft: &mut Draft<'_>,
    credential: &Arc<Record>,
    rules: &LockRules,
) -> Result<Consequence, Stop> {
    let mut record = (**credential).clone();
    let (attempts, consequence) = Attempts::of(&record).after_failure(rules, draft.context.now);
    attempts.note(&mut record);
    draft.put(record, Cause::Requested)?;
    Ok(consequence)
}

/// A new or existing record for the password of a user.
pub(super) fn password_record(draft: &mut Draft<'_>, user: UserId) -> Result<Record, Stop> {
    let id = password_of(user).into();
    Ok(match draft.record(id)? {
        Some(record) => (*record).clone(),
        None => new_credential(draft, id, user, "password"),
    })
}
