//! Passwords: set, changed, required to be changed.

use serde::{Deserialize, Serialize};

use super::{super::Decide, password_of, place, unexpected, verify::password_record};
use crate::{
    model::{Secret, UserId},
    plan::{Cause, Draft, Needs, Stop, Work, Worked},
    rules::lock::Attempts,
};

/// Sets a user's password, as an administrator does (S2-19). It has to satisfy the user's policy, and must be changed at
/// the next sign-in.
///
/// ```
/// use iam_core::{command::SetPassword, model::UserId};
///
/// let command = SetPassword::new(UserId(uuid::Uuid::nil()), "correct horse battery staple");
/// assert!(!format!("{command:?}").contains("horse"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The user.
    pub user: UserId,
    /// The new password.
    pub password: Secret,
    /// Whether it must be changed at the next sign-in (S4-46, X5); yes when absent.
    #[serde(default = "yes")]
    pub must_change: bool,
}

fn yes() -> bool {
    true
}

impl SetPassword {
    /// A password that must be changed at the next sign-in.
    pub fn new(user: UserId, password: impl Into<Secret>) -> Self {
        SetPassword {
            user,
            password: password.into(),
            must_change: true,
        }
    }
}

impl Decide for SetPassword {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        super::super::declared(self, draft)?;
        draft.live(self.user)?;
        draft.subject(self.user);
        store(
            draft,
            self.user,
            &self.password,
            "administrator",
            self.must_change,
        )?;
        draft.event("password.set", self.user, [("by", "administrator".into())]);
        Ok(())
    }
}

/// Writes a password that was found good enough.
pub(crate) fn store(
    draft: &mut Draft<'_>,
    user: UserId,
    password: &Secret,
    by: &'static str,
    must_change: bool,
) -> Result<(), Stop> {
    let work = Work::Hash {
        place: place(draft, password_of(user), "secret"),
        password: password.clone(),
    };
    let Worked::Sealed(sealed) = draft.work(work)? else {
        return Err(unexpected());
    };
    let mut record = password_record(draft, user)?;
    Attempts::default().note(&mut record);
    record.set("secret", Some(sealed.into()));
    record.set("scheme", Some("argon2id".into()));
    record.set("set_at", Some(draft.context.now.into()));
    record.set("set_by", Some(by.into()));
    record.set("must_change", must_change.then(|| true.into()));
    draft.put(record, Cause::Requested)?;
    Ok(())
}
