//! What users sign in with: passwords, second factors, recovery codes, links to providers.
//!
//! A credential is a record of its own. The password of a user has the user's own UUID, so that it is found without a
//! search; every other credential is found by the user that it names. The secret part is sealed before a decision sees
//! it: hashing, opening and comparing are [`Work`](crate::plan::Work), and their outcome is a fact.

mod code;
mod factor;
mod passcode;
mod passkey;
mod password;
mod social;
mod verify;

use std::sync::Arc;

pub(crate) use code::{FactorVerdict, counts, failed as note_wrong_code, spend_recovery_code, use_code};
pub use factor::{
    ConfirmOtp, CreateRecoveryCodes, EnrolOtp, NoteFactorFailure, OtpType, RemoveCredential,
    ResynchroniseOtp, RevokeRecoveryCodes, SendOtpEnrolments, VerifyFactor,
};
pub use passcode::{PasscodeChannel, SendPasscode};
pub(crate) use passkey::{
    CHALLENGE_SECONDS, PasskeyVerdict, challenge, challenge_place, known, passkey_needed, relying_party,
    use_passkey,
};
pub use passkey::{ConfirmPasskey, EnrolPasskey};
pub(crate) use password::found_wrong;
pub(crate) use password::store;
pub use password::{
    ChangePassword, ExemptPassword, ExportPasswords, ImportPassword, NotePasswordFailure,
    RequirePasswordChange, ResetPassword, ResetTo, SetPassword, VerifyPassword,
};
pub use social::LinkProvider;
pub(crate) use social::provider_key;
pub(crate) use verify::{Verdict, note_right, note_wrong, verify_password};

use crate::{
    model::{CredentialId, EntityId, Kind, Record, Secret, UserId, Value},
    plan::{Draft, Needs, Place, Stop, Work, Worked},
    wire::{Code, Problem},
};

/// The identifier of a user's password.
pub(crate) fn password_of(user: UserId) -> CredentialId {
    CredentialId(user.0)
}

/// Where an attribute of a credential is sealed.
pub(crate) fn place(draft: &Draft<'_>, credential: impl Into<EntityId>, attribute: &str) -> Place {
    Place {
        realm: draft.context.realm,
        record: credential.into(),
        attribute: attribute.to_owned(),
    }
}

/// An outcome that is not of the work that was asked for.
pub(crate) fn unexpected() -> Stop {
    Problem::new(
        Code::Corrupt,
        "the outcome is not that of the work that was asked for",
    )
    .into()
}

/// A secret, sealed for an attribute of a credential.
pub(crate) fn sealed(
    draft: &Draft<'_>,
    credential: impl Into<EntityId>,
    attribute: &str,
    secret: &Secret,
) -> Result<String, Stop> {
    let work = Work::Seal {
        place: place(draft, credential, attribute),
        secret: secret.clone(),
    };
    match draft.work(work)? {
        Worked::Sealed(text) => Ok(text),
        _ => Err(unexpected()),
    }
}

/// Notes what [`credentials_of`] needs.
pub(crate) fn credentials_needed(needs: &mut Needs, user: UserId) {
    needs.referring(Kind::Credential, "user", user);
    needs.members.insert(Kind::Credential);
}

/// Every credential of a user, in the order of their identifiers.
pub(crate) fn credentials_of(draft: &mut Draft<'_>, user: UserId) -> Result<Vec<Arc<Record>>, Stop> {
    let ids = draft.referring(Kind::Credential, "user", Some(user.into()))?;
    let mut needs = Needs::default();
    needs.records.extend(ids.iter().copied());
    draft.need(needs)?;
    let mut records = Vec::new();
    for id in ids {
        records.extend(draft.record(id)?);
    }
    Ok(records)
}

/// A new credential of a user, active, with its own salt for the personal part of its history.
pub(crate) fn new_credential(
    draft: &mut Draft<'_>,
    id: EntityId,
    user: UserId,
    credential_type: &'static str,
) -> Record {
    let mut record = Record::new(id);
    record.salt = Some(draft.new_salt());
    record.set("user", Some(EntityId::from(user).into()));
    record.set("credential_type", Some(credential_type.into()));
    record.set("credential_state", Some("active".into()));
    let assurance = crate::rules::policy::Assurance::of(credential_type);
    record.set("assurance", Some(assurance.name().into()));
    record
}

/// A whole number of a record that is not negative.
pub(crate) fn number(record: &Record, name: &str) -> i64 {
    record.value(name).and_then(Value::as_integer).unwrap_or_default()
}
