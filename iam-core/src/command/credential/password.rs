//! Passwords: set, changed, reset, required to be changed, brought along.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    super::{Decide, declared, for_host_alone, policy},
    password_of, place, unexpected,
    verify::password_record,
};
use crate::{
    model::{EntityId, Moment, Record, Secret, UserId, Value},
    plan::{Cause, Draft, Needs, Place, Stop, Work, Worked},
    rules::{
        lock::Attempts,
        password::{self, Exemption, Usability, context_of},
        policy::EffectivePolicy,
    },
    wire::{Code, FieldProblem, Problem},
};

/// Sets a user's password, as an administrator does (S2-19). It has to satisfy the user's policy, must be changed at the
/// next sign-in, and counts for the hours that the policy gives it (X5).
///
/// ```
/// use iam_core::{command::SetPassword, model::UserId};
///
/// let command = SetPassword::new(UserId(uuid::Uuid::nil()), "wandering teapot over zinc");
/// assert!(!format!("{command:?}").contains("teapot"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The user.
    pub user: UserId,
    /// The new password.
    pub password: Secret,
    /// The same again, where people type it (S4-45); not compared when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Secret>,
    /// Whether it must be changed at the next sign-in (S4-46, X5); yes when absent. Without it nobody but the user may
    /// know the password: for what a person typed, on the way through the host, and refused for everybody else.
    #[serde(default = "yes")]
    pub must_change: bool,
}

/// Changes one's own password, with the present one as proof (OWASP ASVS 5, 6.2.3). A wrong one counts as a failed
/// attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The user.
    pub user: UserId,
    /// The present password.
    pub current: Secret,
    /// The new one.
    pub password: Secret,
    /// The new one again, where people type it (S4-45); not compared when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Secret>,
}

/// What a password is reset to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResetTo {
    /// What the policy for initial passwords produces (S0-49).
    #[default]
    Initial,
    /// A random one (S0-50).
    Random,
}

/// Gives a user an initial or random password that must be changed at the next sign-in (S0-49, S0-50). It is part of the
/// answer as `password`, this once, or with `send` goes to the user by message. Where the policy allows no administrator
/// to know a password (`administrator_allowed`), only a random one can be given, and only by message (X5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// The user.
    pub user: UserId,
    /// To what.
    #[serde(default)]
    pub to: ResetTo,
    /// Whether the password is sent to the user; then the answer does not have it.
    #[serde(default)]
    pub send: bool,
}

/// Requires a user to change the password at the next sign-in, or takes the requirement back (S4-46).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirePasswordChange {
    /// The user.
    pub user: UserId,
    /// Whether it is required.
    #[serde(default = "yes")]
    pub required: bool,
}

/// Exempts a user from expiry, from strength or from all restrictions of passwords (S4-47), as far as the policy allows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExemptPassword {
    /// The user.
    pub user: UserId,
    /// From what.
    pub exemption: Exemption,
}

/// Brings along a password as a hash of another program. It is checked in its own form and replaced by one of this
/// engine at the first sign-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportPassword {
    /// The user.
    pub user: UserId,
    /// The hash, as the other program keeps it.
    pub hash: Secret,
    /// When it was set; not known when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_at: Option<Moment>,
    /// Whether it must be changed at the next sign-in.
    #[serde(default)]
    pub must_change: bool,
}

/// Hands out the hashes of users' passwords, for a move to another program. The answer has one for each user that has a
/// password, under the user's identifier; that they were handed out is noted with each of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportPasswords {
    /// The users, at most 1000.
    pub users: Vec<UserId>,
}

/// Checks a user's password, for a host that keeps sessions of its own. A hash of another program is replaced, a wrong
/// one counts as a failed attempt (S0-38). Whether the user may sign in at all is asked with `user.status`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyPassword {
    /// The user.
    pub user: UserId,
    /// The password.
    pub password: Secret,
}

/// Counts a failed attempt at a user's password (S0-38): for a host that checks passwords in its own way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotePasswordFailure {
    /// The user.
    pub user: UserId,
}

pub(super) fn yes() -> bool {
    true
}

impl SetPassword {
    /// A password that must be changed at the next sign-in.
    pub fn new(user: UserId, password: impl Into<Secret>) -> Self {
        SetPassword {
            user,
            password: password.into(),
            confirmation: None,
            must_change: true,
        }
    }
}

/// S4-45: what was typed twice is the same.
fn confirmed(password: &Secret, confirmation: Option<&Secret>) -> Result<(), Stop> {
    if confirmation.is_some_and(|again| again != password) {
        let problem = FieldProblem::new(
            "confirmation",
            "password.confirmation",
            "is not the same password",
        );
        return Err(Problem::fields(vec![problem]).into());
    }
    Ok(())
}

impl Decide for SetPassword {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        if !self.must_change {
            for_host_alone(draft, "a password that need not be changed")?;
        }
        confirmed(&self.password, self.confirmation.as_ref())?;
        let by = if self.must_change { "administrator" } else { "user" };
        store(draft, self.user, &self.password, by, self.must_change)?;
        draft.subject(self.user);
        super::super::user::message(draft, "password.set", self.user.into());
        Ok(())
    }
}

impl Decide for ChangePassword {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        confirmed(&self.password, self.confirmation.as_ref())?;
        let (credential, _) = shown(draft, self.user, &self.current)?;
        let policy = policy::effective(draft, self.user)?;
        let now = draft.context.now;
        if password::usability(&credential, &policy.password, now) == Usability::Expired {
            return Err(run_out(self.user));
        }
        if !credential.flag("must_change")
            && password::too_young(&credential, policy.password.minimum_age_hours, now)
        {
            let message = format!(
                "a password can be changed {} hours after it was set",
                policy.password.minimum_age_hours
            );
            return Err(Problem::new(Code::Policy, message).about(self.user).into());
        }
        if self.current == self.password {
            let problem = FieldProblem::new("password", "password.used_before", "is the present password");
            return Err(weak(self.user, vec![problem]));
        }
        store(draft, self.user, &self.password, "user", false)?;
        draft.subject(self.user);
        super::super::user::message(draft, "password.changed", self.user.into());
        Ok(())
    }
}

/// The credential whose password was shown, or why it does not count.
fn shown(
    draft: &mut Draft<'_>,
    user: UserId,
    secret: &Secret,
) -> Result<(Arc<Record>, Option<String>), Stop> {
    match super::verify_password(draft, Some(user), secret)? {
        super::Verdict::Right { credential, upgraded } => Ok((credential, upgraded)),
        super::Verdict::Wrong(_) => Err(Problem::new(Code::Wrong, "the password is another one")
            .about(user)
            .into()),
        super::Verdict::NoPassword => Err(no_password(user)),
        super::Verdict::Blocked(until) => {
            let message = format!("no attempt is allowed before {until}");
            Err(Problem::new(Code::Blocked, message).about(user).into())
        }
    }
}

impl Decide for VerifyPassword {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        let (credential, upgraded) = shown(draft, self.user, &self.password)?;
        let policy = policy::effective(draft, self.user)?;
        match password::usability(&credential, &policy.password, draft.context.now) {
            Usability::Usable => {}
            Usability::MustChange => draft.remark("the password must be changed"),
            Usability::Expired => return Err(run_out(self.user)),
        }
        super::note_right(draft, &credential, upgraded.as_ref())?;
        draft.subject(self.user);
        draft.event("password.verified", self.user, []);
        Ok(())
    }
}

impl Decide for ResetPassword {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let user = draft.live(self.user)?;
        let EffectivePolicy {
            initial: rules,
            password: limits,
            ..
        } = policy::effective(draft, self.user)?;
        let pattern =
            Some(rules.pattern.as_str()).filter(|pattern| self.to == ResetTo::Initial && !pattern.is_empty());
        // X5: what is shown, or follows from a pattern, is known to whoever resets.
        let known = !self.send || pattern.is_some();
        if known && !limits.administrator_allowed {
            let message = "the policy forbids that an administrator knows a password; send a random one, or a reset link";
            return Err(Problem::new(Code::Policy, message).about(self.user).into());
        }
        let secret = match pattern {
            Some(pattern) => Secret::new(password::from_pattern(pattern, &user).ok_or_else(|| {
                let message = "the user lacks an attribute that the pattern of initial passwords names";
                Problem::new(Code::Invalid, message).about(self.user)
            })?),
            None => Secret::new(password::random(rules.length, || draft.random())),
        };
        let must_change = rules.must_change || known;
        write(draft, self.user, &secret, "administrator", must_change)?;
        let mut record = (*draft.existing(password_of(self.user))?).clone();
        let until = draft
            .context
            .now
            .plus_seconds(i64::from(rules.valid_hours) * 3_600);
        record.set("expires_at", Some(until.into()));
        draft.put(record, Cause::Requested)?;
        draft.subject(self.user);
        draft.event("password.reset", self.user, []);
        if self.send {
            send(draft, self.user, &secret, until)?;
        } else {
            draft.disclose("password", secret);
        }
        super::super::user::message(draft, "password.reset", self.user.into());
        Ok(())
    }
}

/// The password on its way to the user, sealed and for a while only.
fn send(draft: &mut Draft<'_>, user: UserId, secret: &Secret, until: Moment) -> Result<(), Stop> {
    let sealed = super::sealed(draft, user, "message", secret)?;
    draft.effect(
        "message",
        user,
        [
            ("template", "password.initial".into()),
            ("sealed", sealed.into()),
            ("expires_at", until.into()),
        ],
    );
    Ok(())
}

impl Decide for RequirePasswordChange {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        let mut record = (*existing(draft, self.user)?).clone();
        record.set("must_change", self.required.then(|| true.into()));
        draft.subject(self.user);
        if draft.put(record, Cause::Requested)? {
            draft.event(
                "password.change_required",
                self.user,
                [("required", self.required.into())],
            );
        }
        Ok(())
    }
}

impl Decide for ExemptPassword {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        let policy = policy::effective(draft, self.user)?;
        if self.exemption != Exemption::None && !policy.password.exemptions_allowed {
            let message = "the policy allows no exemptions";
            return Err(Problem::new(Code::Policy, message).about(self.user).into());
        }
        let mut record = password_record(draft, self.user)?;
        record.set("exemption", self.exemption.name().map(Value::from));
        draft.subject(self.user);
        if draft.put(record, Cause::Requested)? {
            let name = self.exemption.name().unwrap_or("none");
            draft.event("password.exempted", self.user, [("from", name.into())]);
        }
        Ok(())
    }
}

impl Decide for ImportPassword {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        let work = Work::Keep {
            place: place(draft, password_of(self.user), "secret"),
            hash: self.hash.clone(),
        };
        let (sealed, scheme) = match draft.work(work)? {
            Worked::Kept { sealed, scheme } => (sealed, scheme),
            Worked::Unfit(reason) => {
                let problem = FieldProblem::new("hash", Code::Hash.name(), reason);
                return Err(Problem::fields(vec![problem]).about(self.user).into());
            }
            _ => return Err(unexpected()),
        };
        let mut record = password_record(draft, self.user)?;
        Attempts::default().note(&mut record);
        record.set("secret", Some(sealed.into()));
        record.set("scheme", Some(scheme.into()));
        record.set("set_at", self.set_at.map(Value::from));
        record.set("set_by", Some("import".into()));
        record.set("must_change", self.must_change.then(|| true.into()));
        record.set("expires_at", None);
        draft.put(record, Cause::Requested)?;
        draft.subject(self.user);
        draft.event("password.imported", self.user, []);
        Ok(())
    }
}

impl Decide for ExportPasswords {
    fn needs(&self, needs: &mut Needs) {
        needs
            .records
            .extend(self.users.iter().map(|user| EntityId::from(password_of(*user))));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        if self.users.len() > 1_000 {
            return Err(Problem::new(Code::TooLarge, "at most 1000 users at a time").into());
        }
        let mut needs = Needs::default();
        self.needs(&mut needs);
        let mut found: Vec<(UserId, Arc<Record>, Work)> = Vec::new();
        draft.need(needs)?;
        for user in &self.users {
            if let Some(record) = draft.record(password_of(*user))?
                && let Some(sealed) = record.value("secret").and_then(Value::as_text)
            {
                let work = Work::Open {
                    place: place(draft, record.id, "secret"),
                    sealed: sealed.to_owned(),
                };
                found.push((*user, record, work));
            }
        }
        let mut needs = Needs::default();
        needs.work.extend(found.iter().map(|(_, _, work)| work.clone()));
        draft.need(needs)?;
        for (user, record, work) in found {
            let Worked::Opened(hash) = draft.work(work)? else {
                return Err(unexpected());
            };
            let mut record = (*record).clone();
            record.set("exported_at", Some(draft.context.now.into()));
            draft.put(record, Cause::Requested)?;
            draft.event("password.exported", user, []);
            draft.disclose(&user.to_string(), hash);
        }
        Ok(())
    }
}

impl Decide for NotePasswordFailure {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user).record(password_of(self.user));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.user)?;
        let credential = existing(draft, self.user)?;
        let rules = policy::effective(draft, self.user)?.lock;
        let consequence = super::note_wrong(draft, &credential, &rules)?;
        draft.subject(self.user);
        draft.event("password.failed", self.user, []);
        super::super::user::lock_by_policy(draft, self.user, consequence)
    }
}

fn run_out(user: UserId) -> Stop {
    Problem::new(
        Code::Expired,
        "the password was not used in time and counts no more",
    )
    .about(user)
    .into()
}

fn no_password(user: UserId) -> Stop {
    Problem::new(Code::NoCredential, "the user has no password")
        .about(user)
        .into()
}

/// The password of a user who has one.
fn existing(draft: &mut Draft<'_>, user: UserId) -> Result<Arc<Record>, Stop> {
    draft.record(password_of(user))?.ok_or_else(|| no_password(user))
}

fn weak(user: UserId, fields: Vec<FieldProblem>) -> Stop {
    let message = match fields.as_slice() {
        [one] => format!("the password {}", one.message),
        many => format!("the password is refused for {} reasons", many.len()),
    };
    Problem {
        fields,
        ..Problem::new(Code::Weak, message).about(user)
    }
    .into()
}

/// Every reason why a user may not have a password: strength, targets, history.
pub(crate) fn found_wrong(
    draft: &mut Draft<'_>,
    user: UserId,
    secret: &Secret,
    policy: &EffectivePolicy,
) -> Result<Vec<FieldProblem>, Stop> {
    let person = draft.existing(user)?;
    let credential = draft.record(password_of(user))?;
    let exemption = credential
        .as_deref()
        .map_or(Exemption::None, |record| Exemption::of(record, &policy.password));
    let context = context_of(&person, &policy.password);
    let mut problems = password::problems(secret.expose(), policy, &context, exemption);
    if let Some(record) = credential
        && problems.is_empty()
    {
        problems.extend(used_before(draft, &record, secret, policy)?);
    }
    Ok(problems)
}

fn used_before(
    draft: &mut Draft<'_>,
    record: &Record,
    secret: &Secret,
    policy: &EffectivePolicy,
) -> Result<Option<FieldProblem>, Stop> {
    let history = policy.password.history as usize;
    // What must be changed is changed to something else, whatever the history says.
    let current = record
        .value("secret")
        .and_then(Value::as_text)
        .filter(|_| history > 0 || record.flag("must_change"));
    let former = record.value("former").map(Value::elements).unwrap_or_default();
    let sealed: Vec<String> = current
        .into_iter()
        .chain(former.iter().filter_map(Value::as_text).take(history))
        .map(str::to_owned)
        .collect();
    if sealed.is_empty() {
        return Ok(None);
    }
    let work = Work::Search {
        place: place(draft, record.id, "secret"),
        sealed,
        password: secret.clone(),
    };
    match draft.work(work)? {
        Worked::Found(None) => Ok(None),
        Worked::Found(Some(_)) => {
            let message = match history {
                0 => "is the present password".to_owned(),
                _ => format!("was one of the last {history} passwords"),
            };
            Ok(Some(FieldProblem::new(
                "password",
                "password.used_before",
                message,
            )))
        }
        _ => Err(unexpected()),
    }
}

/// Sets a password that satisfies the user's policy, whoever sets it: `user`, `administrator` or `link`.
///
/// What an administrator knows must be changed and expires (X5).
pub(crate) fn store(
    draft: &mut Draft<'_>,
    user: UserId,
    secret: &Secret,
    by: &'static str,
    must_change: bool,
) -> Result<(), Stop> {
    let policy = policy::effective(draft, user)?;
    if by == "administrator" && !policy.password.administrator_allowed {
        let message = "the policy forbids that an administrator chooses a password; send a reset link";
        return Err(Problem::new(Code::Policy, message).about(user).into());
    }
    let problems = found_wrong(draft, user, secret, &policy)?;
    if !problems.is_empty() {
        return Err(weak(user, problems));
    }
    write(draft, user, secret, by, must_change)?;
    if by == "administrator" {
        let mut record = (*draft.existing(password_of(user))?).clone();
        let until = draft
            .context
            .now
            .plus_seconds(i64::from(policy.password.administrator_hours) * 3_600);
        record.set("expires_at", Some(until.into()));
        draft.put(record, Cause::Requested)?;
    }
    draft.event(
        if by == "user" {
            "password.changed"
        } else {
            "password.set"
        },
        user,
        [("by", by.into())],
    );
    Ok(())
}

/// Writes a password without looking at it.
fn write(
    draft: &mut Draft<'_>,
    user: UserId,
    secret: &Secret,
    by: &'static str,
    must_change: bool,
) -> Result<(), Stop> {
    let policy = policy::effective(draft, user)?;
    let work = Work::Hash {
        place: place(draft, password_of(user), "secret"),
        password: secret.clone(),
    };
    let Worked::Sealed(sealed) = draft.work(work)? else {
        return Err(unexpected());
    };
    let mut record = password_record(draft, user)?;
    let mut former: Vec<Value> = record.value("secret").cloned().into_iter().collect();
    former.extend(
        record
            .value("former")
            .map(Value::elements)
            .unwrap_or_default()
            .iter()
            .cloned(),
    );
    former.truncate(policy.password.history as usize);
    record.set("former", Some(Value::List(former)));
    Attempts::default().note(&mut record);
    record.set("secret", Some(sealed.into()));
    record.set("scheme", Some("argon2id".into()));
    record.set("set_at", Some(draft.context.now.into()));
    record.set("set_by", Some(by.into()));
    record.set("must_change", must_change.then(|| true.into()));
    record.set("expires_at", None);
    draft.put(record, Cause::Requested)?;
    publish(draft, user, secret, &policy)
}

/// Hands the clear text to the targets that ask for it, sealed and for a while only (S4-41, S4-42). Whoever publishes it
/// settles the effect, and with it the text is gone (S4-43).
fn publish(
    draft: &mut Draft<'_>,
    user: UserId,
    secret: &Secret,
    policy: &EffectivePolicy,
) -> Result<(), Stop> {
    for target in policy.targets.iter().filter(|target| target.publish) {
        let at = Place {
            realm: draft.context.realm,
            record: user.into(),
            attribute: format!("password.publish:{}", target.target),
        };
        let work = Work::Seal {
            place: at,
            secret: secret.clone(),
        };
        let Worked::Sealed(sealed) = draft.work(work)? else {
            return Err(unexpected());
        };
        let minutes = i64::from(target.publish_minutes.clamp(1, 1_440));
        let until = draft.context.now.plus_seconds(minutes * 60);
        draft.effect(
            "password.publish",
            user,
            [
                ("target", target.target.as_str().into()),
                ("sealed", sealed.into()),
                ("expires_at", until.into()),
            ],
        );
    }
    Ok(())
}
