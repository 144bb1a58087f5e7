//! Second factors: devices with one-time passwords, recovery codes, passcodes; enrolled, confirmed, used, removed.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, declared, policy, user::message},
    code::{self, FactorVerdict},
    credentials_needed, credentials_of, new_credential, number, place, sealed, unexpected,
};
use crate::{
    credential::{otp, recovery},
    model::{CredentialId, EntityId, Kind, Moment, Record, Secret, UserId, Value},
    plan::{Cause, Draft, Needs, OtpAlgorithm, Stop, Work, Worked},
    wire::{Code, FieldProblem, Problem},
};

/// What kind of one-time passwords a device shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OtpType {
    /// By time (RFC 6238): authenticator applications.
    #[default]
    Totp,
    /// By counter (RFC 4226): tokens with a button.
    Hotp,
}

impl OtpType {
    const fn name(self) -> &'static str {
        match self {
            OtpType::Totp => "totp",
            OtpType::Hotp => "hotp",
        }
    }
}

/// Begins the enrolment of a device that shows one-time passwords (S1-73). The answer has its key as `secret` and as
/// `uri` for a QR code, this once. The device counts when a first code of it was confirmed, within the time that the
/// policy gives (S0-53); a user has so many devices as the policy allows (S0-54).
///
/// ```
/// use iam_core::command::EnrolOtp;
///
/// let command: EnrolOtp = serde_json::from_str(r#"{"user": "user_00000000000000000000000000", "issuer": "Acme"}"#)?;
/// assert_eq!(command.digits, 6);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolOtp {
    /// The user.
    pub user: UserId,
    /// By time or by counter.
    #[serde(default, rename = "type")]
    pub otp_type: OtpType,
    /// How people call the device.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the authenticator shows as the service; the realm's name when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The hash; SHA-1 when absent, because some authenticators know no other.
    #[serde(default)]
    pub algorithm: OtpAlgorithm,
    /// Digits of a code, 6 to 8; 6 when absent.
    #[serde(default = "six")]
    pub digits: u8,
    /// Seconds of a step, 15 to 60; 30 when absent (OWASP ASVS 5, 6.5.5: at most 30 is advised).
    #[serde(default = "thirty")]
    pub period: u16,
    /// A key that is there already, in base 32: of a hardware token, or from another system. Drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    /// For counter devices: the next counter.
    #[serde(default)]
    pub counter: u32,
    /// Whether the device is in use elsewhere and needs no first code to count.
    #[serde(default)]
    pub confirmed: bool,
}

fn six() -> u8 {
    6
}

fn thirty() -> u16 {
    30
}

impl EnrolOtp {
    /// An authenticator with the usual parameters.
    pub fn new(user: UserId) -> Self {
        EnrolOtp {
            user,
            otp_type: OtpType::Totp,
            label: None,
            issuer: None,
            algorithm: OtpAlgorithm::Sha1,
            digits: 6,
            period: 30,
            secret: None,
            counter: 0,
            confirmed: false,
        }
    }
}

/// Begins the enrolment of an authenticator for many users at once and sends each of them a QR code (S0-52). Users who
/// have as many devices as allowed are left out and named in the remarks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendOtpEnrolments {
    /// The users, at most 1000.
    pub users: BTreeSet<UserId>,
    /// What the authenticator shows as the service; the realm's name when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// Confirms a device with a first code: from then on it counts as a factor. The code is used up with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmOtp {
    /// The device.
    pub credential: CredentialId,
    /// The code that it shows.
    pub code: Secret,
}

/// Brings a counter device back that was pressed too often: two codes in a row tell where it is (RFC 4226, 7.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResynchroniseOtp {
    /// The device.
    pub credential: CredentialId,
    /// The code that it shows.
    pub first: Secret,
    /// The one that it shows next.
    pub second: Secret,
}

/// Checks a second factor and uses it up: a code of a device, a passcode, or a recovery code. Refused with
/// `credential.wrong` when it is none, or was used before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyFactor {
    /// The user.
    pub user: UserId,
    /// The code.
    pub code: Secret,
}

/// Counts a failed attempt at a user's second factors: for a host that checks them in its own way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteFactorFailure {
    /// The user.
    pub user: UserId,
}

/// Makes a new set of recovery codes for a user, in the place of the one before. They are part of the answer as
/// `recovery_codes`, this once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRecoveryCodes {
    /// The user.
    pub user: UserId,
}

/// Revokes a user's recovery codes (S3-40); always allowed, because they are no second factor of their own (S3-87).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeRecoveryCodes {
    /// The user.
    pub user: UserId,
}

/// Removes a credential of a user; it can no longer be used (S3-34). The last second factor stays (S3-35). Removing a
/// link to a provider removes what is stored here (S3-37); the next sign-in with the provider makes it again (S3-38).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveCredential {
    /// The credential.
    pub credential: CredentialId,
}

impl Decide for EnrolOtp {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
        credentials_needed(needs, self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let (record, key) = begin(draft, self)?;
        let id = record.id;
        seal_key(draft, record, &key)?;
        draft.subject(id);
        draft.event("otp.enrolled", self.user, [("credential", id.into())]);
        let uri = uri(draft, self, &key)?;
        draft.disclose("secret", key);
        draft.disclose("uri", uri);
        Ok(())
    }
}

impl Decide for SendOtpEnrolments {
    fn needs(&self, needs: &mut Needs) {
        for user in &self.users {
            needs.record(*user);
            credentials_needed(needs, *user);
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        if self.users.len() > 1_000 {
            return Err(Problem::new(Code::TooLarge, "at most 1000 users at a time").into());
        }
        declared(self, draft)?;
        // First everything is drawn, then everything is sealed at once: two rounds, however many users there are.
        let (mut needs, mut begun) = (Needs::default(), Vec::new());
        for user in &self.users {
            let command = EnrolOtp {
                issuer: self.issuer.clone(),
                ..EnrolOtp::new(*user)
            };
            match begin(draft, &command) {
                Ok((record, key)) => begun.push((*user, record, uri(draft, &command, &key)?, key)),
                Err(Stop::Refused(problem)) => draft.remark(format!("{user}: {}", problem.message)),
                Err(Stop::Missing(missing)) => needs.extend(*missing),
            }
        }
        draft.need(needs)?;
        let mut needs = Needs::default();
        for (user, record, uri, key) in &begun {
            let seal = |id: EntityId, attribute: &str, secret: &Secret| Work::Seal {
                place: place(draft, id, attribute),
                secret: secret.clone(),
            };
            needs.work.insert(seal(record.id, "secret", key));
            needs.work.insert(seal((*user).into(), "message", uri));
        }
        draft.need(needs)?;
        let made = i64::try_from(begun.len()).unwrap_or(i64::MAX);
        for (user, record, uri, key) in begun {
            let (id, until) = (record.id, record.moment("expires_at"));
            seal_key(draft, record, &key)?;
            draft.event("otp.enrolled", user, [("credential", id.into())]);
            let sealed = sealed(draft, user, "message", &uri)?;
            let mut details = vec![("template", "otp.enrolment".into()), ("sealed", sealed.into())];
            details.extend(until.map(|until| ("expires_at", until.into())));
            draft.effect("message", user, details);
        }
        draft.event(
            "otp.enrolments_sent",
            draft.context.realm,
            [("count", made.into())],
        );
        Ok(())
    }
}

/// Writes the record of a new device with its key.
fn seal_key(draft: &mut Draft<'_>, mut record: Record, key: &Secret) -> Result<(), Stop> {
    let sealed = sealed(draft, record.id, "secret", key)?;
    record.set("secret", Some(sealed.into()));
    draft.put(record, Cause::Requested)?;
    Ok(())
}

/// The record of a new device without its key, and the key in base 32. Nothing is worked out for it yet.
fn begin(draft: &mut Draft<'_>, command: &EnrolOtp) -> Result<(Record, Secret), Stop> {
    let user = command.user;
    draft.live(user)?;
    let rules = policy::effective(draft, user)?.factor;
    let name = command.otp_type.name();
    if !rules.allowed.contains(name) {
        return Err(
            Problem::new(Code::Policy, format!("the policy does not allow {name}"))
                .about(user)
                .into(),
        );
    }
    let mut problems = Vec::new();
    if !(6..=8).contains(&command.digits) {
        problems.push(FieldProblem::new(
            "digits",
            "value.range",
            "must be between 6 and 8",
        ));
    }
    if !(15..=60).contains(&command.period) {
        problems.push(FieldProblem::new(
            "period",
            "value.range",
            "must be between 15 and 60 seconds",
        ));
    }
    let key = match &command.secret {
        Some(text) => match otp::key_from_text(text.expose()) {
            Ok(key) if (16..=128).contains(&key.len()) => key,
            Ok(_) => {
                problems.push(FieldProblem::new(
                    "secret",
                    "value.range",
                    "must have 16 to 128 bytes",
                ));
                Default::default()
            }
            Err(_) => {
                problems.push(FieldProblem::new("secret", "value.malformed", "must be base 32"));
                Default::default()
            }
        },
        // RFC 4226, 4: as long as the output of the hash, so 160 bits at least.
        None => {
            let length = match command.algorithm {
                OtpAlgorithm::Sha1 => 20,
                OtpAlgorithm::Sha256 => 32,
                OtpAlgorithm::Sha512 => 64,
            };
            let mut key = zeroize::Zeroizing::new([draft.random(), draft.random()].concat());
            key.truncate(length);
            key
        }
    };
    super::super::profile::refuse(problems)?;
    within_limit(draft, user, &["totp", "hotp"], rules.device_limit)?;
    let id = draft.new_sealed_id(Kind::Credential);
    let mut record = new_credential(draft, id, user, name);
    let text = Secret::new(otp::key_text(&key).as_str());
    let label: Option<String> = command
        .label
        .as_ref()
        .map(|label| label.chars().take(200).collect());
    record.set("label", label.map(Value::from));
    record.set("algorithm", Some(command.algorithm.name().into()));
    record.set("digits", Some(i64::from(command.digits).into()));
    record.set("set_at", Some(draft.context.now.into()));
    match command.otp_type {
        OtpType::Totp => record.set("period", Some(i64::from(command.period).into())),
        OtpType::Hotp if command.counter > 0 => {
            record.set("used_step", Some((i64::from(command.counter) - 1).into()));
        }
        OtpType::Hotp => {}
    }
    if !command.confirmed {
        record.set("credential_state", Some("pending".into()));
        let until = draft
            .context
            .now
            .plus_seconds(i64::from(rules.enrolment_minutes) * 60);
        record.set("expires_at", Some(until.into()));
    }
    Ok((record, text))
}

/// S0-54: one more is refused.
pub(super) fn within_limit(
    draft: &mut Draft<'_>,
    user: UserId,
    types: &[&str],
    limit: u32,
) -> Result<(), Stop> {
    let now = draft.context.now;
    let devices: Vec<Arc<Record>> = credentials_of(draft, user)?
        .into_iter()
        .filter(|record| types.contains(&record.text("credential_type")))
        .collect();
    let mut standing = 0;
    for device in devices {
        // An enrolment that nobody finished in time makes room.
        if device.text("credential_state") == "pending" && is_over(&device, now) {
            draft.remove(device.id, Cause::Disposition)?;
        } else {
            standing += 1;
        }
    }
    if standing >= limit {
        let message = format!("the user has {standing} devices, and the policy allows {limit}");
        return Err(Problem::new(Code::TooManyDevices, message).about(user).into());
    }
    Ok(())
}

pub(super) fn is_over(record: &Record, now: Moment) -> bool {
    record.moment("expires_at").is_some_and(|until| until <= now)
}

/// The `otpauth` address that authenticators read from a QR code.
fn uri(draft: &mut Draft<'_>, command: &EnrolOtp, key: &Secret) -> Result<Secret, Stop> {
    let user = draft.existing(command.user)?;
    let account = ["user_name", "email", "display_name"]
        .into_iter()
        .map(|name| user.text(name))
        .find(|text| !text.is_empty())
        .unwrap_or("user")
        .to_owned();
    let realm = draft.existing(draft.context.realm)?;
    let issuer = command.issuer.as_deref().unwrap_or_else(|| realm.text("name"));
    Ok(Secret::new(otp::uri(&otp::Enrolment {
        otp_type: command.otp_type.name(),
        issuer,
        account: &account,
        key: key.expose(),
        algorithm: command.algorithm,
        digits: command.digits,
        period: command.period,
        counter: command.counter,
    })))
}

/// A credential of a type that lives.
pub(super) fn of_type(draft: &mut Draft<'_>, id: CredentialId, types: &[&str]) -> Result<Arc<Record>, Stop> {
    let record = draft.live(id)?;
    if types.contains(&record.text("credential_type")) {
        return Ok(record);
    }
    Err(
        Problem::new(Code::NoCredential, "the credential is of another type")
            .about(id)
            .into(),
    )
}

fn wrong(id: impl std::fmt::Display) -> Stop {
    Problem::new(Code::Wrong, "the code is not right, or it was used before")
        .about(id)
        .into()
}

pub(super) fn owner(record: &Record) -> Result<UserId, Stop> {
    let user = record.reference("user").and_then(|id| UserId::try_from(id).ok());
    user.ok_or_else(|| {
        Problem::new(Code::Corrupt, "a credential names no user")
            .about(record.id)
            .into()
    })
}

impl Decide for ConfirmOtp {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.credential);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let device = of_type(draft, self.credential, &["totp", "hotp"])?;
        let user = owner(&device)?;
        if device.text("credential_state") != "pending" {
            return Err(Problem::new(Code::Transition, "the device is confirmed already")
                .about(self.credential)
                .into());
        }
        if is_over(&device, draft.context.now) {
            return Err(
                Problem::new(Code::Expired, "the enrolment was not finished in time")
                    .about(self.credential)
                    .into(),
            );
        }
        let Some(step) = code::found_at(draft, &device, &[&self.code], code::LOOK_AHEAD)? else {
            return Err(wrong(self.credential));
        };
        let mut record = (*device).clone();
        record.set("credential_state", Some("active".into()));
        record.set("expires_at", None);
        record.set("used_step", Some(step.into()));
        record.set("used_at", Some(draft.context.now.into()));
        draft.put(record, Cause::Requested)?;
        draft.subject(self.credential);
        draft.event(
            "otp.confirmed",
            user,
            [("credential", EntityId::from(self.credential).into())],
        );
        message(draft, "factor.added", user.into());
        Ok(())
    }
}

/// How far a counter device may be ahead when it is brought back.
const RESYNCHRONISE: i64 = 100;

impl Decide for ResynchroniseOtp {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.credential);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let device = of_type(draft, self.credential, &["hotp"])?;
        let codes = [&self.first, &self.second];
        let Some(step) = code::found_at(draft, &device, &codes, RESYNCHRONISE)? else {
            return Err(wrong(self.credential));
        };
        code::used(draft, &device, step.saturating_add(1))?;
        draft.subject(self.credential);
        draft.event(
            "otp.resynchronised",
            owner(&device)?,
            [("credential", device.id.into())],
        );
        Ok(())
    }
}

impl Decide for VerifyFactor {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
        credentials_needed(needs, self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        let rules = policy::effective(draft, self.user)?.factor;
        let mut verdict = code::use_code(draft, self.user, &self.code, &rules)?;
        // Recovery codes are longer, so nothing slow is done for a code of a device.
        if !matches!(verdict, FactorVerdict::Right { .. }) && self.code.expose().chars().count() >= 16 {
            verdict = code::spend_recovery_code(draft, self.user, &self.code, &rules)?;
        }
        match verdict {
            FactorVerdict::Right {
                credential,
                assurance,
            } => {
                draft.subject(credential);
                draft.event(
                    "factor.verified",
                    self.user,
                    [
                        ("credential", EntityId::from(credential).into()),
                        ("assurance", assurance.name().into()),
                    ],
                );
                Ok(())
            }
            FactorVerdict::Wrong => Err(wrong(self.user)),
            FactorVerdict::NoFactor => Err(Problem::new(
                Code::NoCredential,
                "the user has no such factor that counts",
            )
            .about(self.user)
            .into()),
        }
    }
}

impl Decide for NoteFactorFailure {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
        credentials_needed(needs, self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        draft.subject(self.user);
        code::failed(draft, self.user)?;
        draft.event("factor.failed", self.user, []);
        Ok(())
    }
}

impl Decide for CreateRecoveryCodes {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
        credentials_needed(needs, self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        let rules = policy::effective(draft, self.user)?.factor;
        if !rules.allowed.contains("recovery_codes") {
            return Err(
                Problem::new(Code::Policy, "the policy does not allow recovery codes")
                    .about(self.user)
                    .into(),
            );
        }
        let codes: Vec<Secret> = (0..rules.recovery_codes)
            .map(|_| Secret::new(recovery::from_random(&draft.random())))
            .collect();
        let mut record = match recovery_set(draft, self.user)? {
            Some(record) => (*record).clone(),
            None => {
                let id = draft.new_sealed_id(Kind::Credential);
                new_credential(draft, id, self.user, "recovery_codes")
            }
        };
        let work = Work::HashCodes {
            place: place(draft, record.id, "secret"),
            codes: codes.clone(),
        };
        let Worked::Sealed(sealed) = draft.work(work)? else {
            return Err(unexpected());
        };
        record.set("secret", Some(sealed.into()));
        record.set("remaining", Some(i64::from(rules.recovery_codes).into()));
        record.set("set_at", Some(draft.context.now.into()));
        record.set("used_at", None);
        draft.subject(record.id);
        draft.put(record, Cause::Requested)?;
        draft.event(
            "recovery_codes.created",
            self.user,
            [("count", i64::from(rules.recovery_codes).into())],
        );
        message(draft, "factor.added", self.user.into());
        for code in codes {
            draft.disclose("recovery_codes", code);
        }
        Ok(())
    }
}

fn recovery_set(draft: &mut Draft<'_>, user: UserId) -> Result<Option<Arc<Record>>, Stop> {
    Ok(credentials_of(draft, user)?
        .into_iter()
        .find(|record| record.text("credential_type") == "recovery_codes"))
}

impl Decide for RevokeRecoveryCodes {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
        credentials_needed(needs, self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        let Some(set) = recovery_set(draft, self.user)? else {
            return Err(Problem::new(Code::NoCredential, "the user has no recovery codes")
                .about(self.user)
                .into());
        };
        draft.subject(self.user);
        draft.remove(set.id, Cause::Requested)?;
        draft.event(
            "recovery_codes.revoked",
            self.user,
            [("left", number(&set, "remaining").into())],
        );
        message(draft, "factor.removed", self.user.into());
        Ok(())
    }
}

/// Whether a credential is a second factor that a user could sign in with: recovery codes are none (S3-87), and neither is
/// what was never confirmed.
pub(crate) fn is_second_factor(record: &Record) -> bool {
    matches!(record.text("credential_type"), "totp" | "hotp" | "passkey")
        && record.text("credential_state") == "active"
}

/// What people have to know about the removal of a link to a provider (S3-39).
fn provider_note(provider: &str) -> Option<&'static str> {
    match provider {
        "apple" => Some(
            "the link in the user's Apple account stays: the user has to stop using the Apple ID with this application there",
        ),
        _ => None,
    }
}

impl Decide for RemoveCredential {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.credential);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let record = draft.existing(self.credential)?;
        let user = owner(&record)?;
        let mut needs = Needs::default();
        needs.record(user);
        credentials_needed(&mut needs, user);
        draft.need(needs)?;
        draft.live(user)?;
        if is_second_factor(&record) {
            let left = credentials_of(draft, user)?
                .iter()
                .filter(|other| other.id != record.id && is_second_factor(other))
                .count();
            if left == 0 {
                let message = "it is the user's last second factor";
                return Err(Problem::new(Code::LastFactor, message)
                    .about(self.credential)
                    .into());
            }
        }
        let name = record.text("credential_type").to_owned();
        if let Some(note) = provider_note(record.text("provider")).filter(|_| name == "social") {
            draft.remark(note);
        }
        draft.subject(self.credential);
        draft.remove(self.credential, Cause::Requested)?;
        draft.event("credential.removed", user, [("type", name.as_str().into())]);
        message(draft, "factor.removed", user.into());
        Ok(())
    }
}
