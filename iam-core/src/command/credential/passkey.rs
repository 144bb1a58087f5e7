//! Passkeys (WebAuthn): enrolled and confirmed by commands, used in the course of a sign-in.
//!
//! The challenge of an enrolment is kept, sealed, in the credential that it is going to be. The challenge of a sign-in is
//! kept nowhere: it is a sealed text that says when it was made and for whom, and the passkey remembers the last one that
//! it answered. So whoever only looks at the sign-in page leaves nothing behind, and an answer counts once, in no process
//! twice.

use std::{collections::BTreeSet, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    super::{Decide, declared, policy, user::message},
    code::counts,
    credentials_needed, credentials_of,
    factor::{is_over, of_type, owner, within_limit},
    new_credential, place, sealed, unexpected,
};
use crate::{
    credential::passkey::{self, Known, Person, RelyingParty, Unfit},
    model::{CredentialId, EntityId, Kind, RealmId, Record, Secret, UserId, Value, fold},
    plan::{Cause, ClaimKey, Draft, Needs, PasskeyState, Place, Settings, Stop, Work, Worked},
    rules::sign_in::Refusal,
    wire::{Code, Problem},
};

/// Minutes in which a browser has to answer an enrolment.
const ENROLMENT_MINUTES: u32 = 10;
/// Seconds in which a browser has to answer a sign-in.
pub(crate) const CHALLENGE_SECONDS: i64 = 300;

/// Begins the enrolment of a passkey. The answer has as `options`, this once, what the browser is asked with: JSON for
/// `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`. The passkey counts when the
/// browser's answer was confirmed, within ten minutes. Refused with `feature.off` when the realm's settings name no
/// relying party (`sign_in.passkeys`), or this build checks no passkeys.
///
/// ```
/// use iam_core::command::EnrolPasskey;
///
/// let command: EnrolPasskey = serde_json::from_str(r#"{"user": "user_00000000000000000000000000", "label": "Phone"}"#)?;
/// assert_eq!(command.label.as_deref(), Some("Phone"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolPasskey {
    /// The user.
    pub user: UserId,
    /// How people call the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// Confirms the enrolment of a passkey with the browser's answer: from then on it counts, as a second factor and for a
/// sign-in without a password. Refused with `credential.wrong` when the answer does not hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmPasskey {
    /// The passkey whose enrolment was begun.
    pub credential: CredentialId,
    /// What the browser answered, as JSON text: `JSON.stringify(credential)`.
    pub response: Secret,
}

/// Where passkeys of the realm belong to.
pub(crate) fn relying_party(settings: &Settings) -> Result<&RelyingParty, Problem> {
    if !passkey::BUILT_IN {
        let message = "this build checks no passkeys: it was made without the feature `passkeys`";
        return Err(Problem::new(Code::FeatureOff, message).about("passkeys"));
    }
    settings.sign_in.passkeys.as_ref().ok_or_else(|| {
        Problem::new(Code::FeatureOff, "the realm's settings name no relying party").about("sign_in.passkeys")
    })
}

/// Where the challenges of a realm's sign-ins are sealed.
pub(crate) fn challenge_place(realm: RealmId) -> Place {
    Place {
        realm,
        record: realm.into(),
        attribute: "passkey_challenge".to_owned(),
    }
}

/// What a challenge of a sign-in says before it is sealed: when it was made, and for whom.
pub(crate) fn challenge(now: crate::model::Moment, user: Option<UserId>) -> Secret {
    let user = user.map(|user| user.to_string()).unwrap_or_default();
    Secret::new(format!("{}|{user}", now.micros()))
}

/// The unique name of a passkey: a digest, because identifiers are long and tell upper from lower case.
fn claim(id: &str) -> (ClaimKey, String) {
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(id));
    let key = ClaimKey {
        kind: Kind::Credential,
        attribute: "passkey_digest".into(),
        key: fold(&digest).into(),
    };
    (key, digest)
}

/// What is loaded to find the passkey of an answer.
pub(crate) fn passkey_needed(response: &Secret, needs: &mut Needs) {
    if let Some(answer) = passkey::read(response.expose()) {
        needs.claims.insert(claim(&answer.id).0);
        needs.holders = true;
    }
}

/// What a browser has to know of a passkey that is there.
pub(crate) fn known(record: &Record) -> Option<Known> {
    let is_one = record.text("credential_type") == "passkey" && record.text("credential_state") == "active";
    is_one.then(|| Known {
        id: record.text("passkey_id").to_owned(),
        transports: crate::rules::session::texts(record, "transports"),
    })
}

fn write(record: &mut Record, state: &PasskeyState) {
    record.set("secret", Some(state.sealed.as_str().into()));
    record.set("sign_count", Some(i64::from(state.counter).into()));
    record.set("backed_up", Some(state.backed_up.into()));
}

impl Decide for EnrolPasskey {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
        credentials_needed(needs, self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let user = draft.live(self.user)?;
        let party = relying_party(&draft.schema.settings)?.clone();
        let rules = policy::effective(draft, self.user)?.factor;
        if !rules.allowed.contains("passkey") {
            return Err(Problem::new(Code::Policy, "the policy does not allow passkeys")
                .about(self.user)
                .into());
        }
        within_limit(draft, self.user, &["passkey"], rules.passkey_limit)?;
        let id = draft.new_sealed_id(Kind::Credential);
        let mut record = new_credential(draft, id, self.user, "passkey");
        let challenge = Secret::new(URL_SAFE_NO_PAD.encode(draft.random()));
        let label: Option<String> = self.label.as_ref().map(|label| label.chars().take(200).collect());
        record.set("label", label.map(Value::from));
        record.set("credential_state", Some("pending".into()));
        record.set("set_at", Some(draft.context.now.into()));
        let minutes = rules.enrolment_minutes.min(ENROLMENT_MINUTES);
        let until = draft.context.now.plus_seconds(i64::from(minutes) * 60);
        record.set("expires_at", Some(until.into()));
        record.set("secret", Some(sealed(draft, id, "secret", &challenge)?.into()));
        draft.put(record, Cause::Requested)?;
        let there: Vec<Known> = credentials_of(draft, self.user)?
            .iter()
            .filter_map(|record| known(record))
            .collect();
        let names = ["user_name", "email", "display_name"].map(|name| user.text(name));
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or("user");
        let display_name = Some(user.text("display_name")).filter(|name| !name.is_empty());
        let person = Person {
            handle: user.id.uuid.as_bytes(),
            name,
            display_name: display_name.unwrap_or(name),
        };
        let options = passkey::creation_options(&party, &person, challenge.expose(), &there);
        draft.subject(id);
        draft.event("passkey.enrolled", self.user, [("credential", id.into())]);
        draft.disclose("options", Secret::new(options));
        Ok(())
    }
}

impl Decide for ConfirmPasskey {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.credential);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let before = of_type(draft, self.credential, &["passkey"])?;
        let user = owner(&before)?;
        let party = relying_party(&draft.schema.settings)?.clone();
        if before.text("credential_state") != "pending" {
            return Err(Problem::new(Code::Transition, "the passkey is confirmed already")
                .about(self.credential)
                .into());
        }
        if is_over(&before, draft.context.now) {
            return Err(
                Problem::new(Code::Expired, "the enrolment was not finished in time")
                    .about(self.credential)
                    .into(),
            );
        }
        let work = Work::PasskeyMade {
            place: place(draft, before.id, "secret"),
            sealed: before.text("secret").to_owned(),
            party,
            answer: self.response.clone(),
        };
        let state = match draft.work(work)? {
            Worked::Passkey(Ok(state)) => state,
            Worked::Passkey(Err(_)) => {
                let message = "the browser's answer does not hold";
                return Err(Problem::new(Code::Wrong, message).about(self.credential).into());
            }
            _ => return Err(unexpected()),
        };
        let mut record = (*before).clone();
        write(&mut record, &state);
        record.set("credential_state", Some("active".into()));
        record.set("expires_at", None);
        record.set("set_at", Some(draft.context.now.into()));
        record.set("passkey_id", Some(state.id.as_str().into()));
        record.set("passkey_digest", Some(claim(&state.id).1.into()));
        let transports = passkey::read(self.response.expose()).map(|answer| answer.transports);
        record.set(
            "transports",
            transports.filter(|list| !list.is_empty()).map(Value::from),
        );
        draft.subject(self.credential);
        match draft.put(record, Cause::Requested) {
            Ok(_) => {}
            Err(Stop::Refused(problem)) if problem.code == Code::Taken => {
                return Err(Problem {
                    message: "the passkey belongs to a user already".to_owned(),
                    ..*problem
                }
                .into());
            }
            Err(stop) => return Err(stop),
        }
        draft.event(
            "passkey.confirmed",
            user,
            [("credential", EntityId::from(self.credential).into())],
        );
        message(draft, "factor.added", user.into());
        Ok(())
    }
}

/// What became of checking a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PasskeyVerdict {
    /// It is a right one, and the challenge is used up now.
    Right(UserId),
    /// It is not; of whom it is, when that is known, and why it does not count.
    Wrong(Option<EntityId>, Refusal),
}

/// The passkey of an answer, when it is there and counts.
fn find(draft: &mut Draft<'_>, id: &str) -> Result<Option<Arc<Record>>, Stop> {
    let (key, _) = claim(id);
    draft.need(Needs {
        claims: BTreeSet::from([key.clone()]),
        holders: true,
        ..Needs::default()
    })?;
    match draft.holder(&key)? {
        Some(holder) => draft.record(holder),
        None => Ok(None),
    }
}

/// Checks a browser's answer to a challenge of a sign-in, and uses the challenge up: of a certain user, or of whoever has
/// the passkey.
pub(crate) fn use_passkey(
    draft: &mut Draft<'_>,
    user: Option<UserId>,
    response: &Secret,
) -> Result<PasskeyVerdict, Stop> {
    let wrong = |user: Option<EntityId>| Ok(PasskeyVerdict::Wrong(user, Refusal::WrongPasskey));
    let party = relying_party(&draft.schema.settings)?.clone();
    let whose = user.map(EntityId::from);
    let Some(answer) = passkey::read(response.expose()) else {
        return wrong(whose);
    };
    let Some(record) = find(draft, &answer.id)? else {
        return wrong(whose);
    };
    let id = owner(&record)?;
    let handle_fits = answer
        .handle
        .as_deref()
        .is_none_or(|handle| handle == id.0.as_bytes());
    if user.is_some_and(|user| user != id) || !handle_fits {
        return wrong(whose);
    }
    let subject = Some(EntityId::from(id));
    let mut needs = Needs::default();
    needs.record(id);
    draft.need(needs)?;
    if draft.existing(id)?.is_deleted() {
        return wrong(subject);
    }
    let rules = policy::effective(draft, id)?.factor;
    if !counts(&record, &rules) {
        return Ok(PasskeyVerdict::Wrong(subject, Refusal::NoFactor));
    }
    let work = Work::PasskeyShown {
        place: place(draft, record.id, "secret"),
        sealed: record.text("secret").to_owned(),
        challenge: challenge_place(draft.context.realm),
        party,
        answer: response.clone(),
    };
    let state = match draft.work(work)? {
        Worked::Passkey(Ok(state)) => state,
        Worked::Passkey(Err(Unfit::Copied)) => {
            return Ok(PasskeyVerdict::Wrong(subject, Refusal::CopiedPasskey));
        }
        Worked::Passkey(Err(_)) => return wrong(subject),
        _ => return Err(unexpected()),
    };
    let Some((made, made_for)) = state.challenge.split_once('|') else {
        return wrong(subject);
    };
    let now = draft.context.now.micros();
    let used = record.value("used_step").and_then(Value::as_integer);
    let counts_now = made.parse::<i64>().is_ok_and(|made| {
        made <= now && now - made < CHALLENGE_SECONDS * 1_000_000 && used.is_none_or(|used| used < made)
    });
    if !counts_now || !(made_for.is_empty() || made_for == id.to_string()) {
        return wrong(subject);
    }
    let mut after = (*record).clone();
    write(&mut after, &state);
    after.set("used_step", made.parse::<i64>().ok().map(Value::from));
    after.set("used_at", Some(draft.context.now.into()));
    draft.put(after, Cause::Requested)?;
    Ok(PasskeyVerdict::Right(id))
}
