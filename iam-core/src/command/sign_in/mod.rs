//! Signing in, decided: what an attempt leads to, and what it leaves behind whether it succeeds or not.
//!
//! None of this is a command that refuses: a failed attempt is something that happened, and is committed with its
//! counters. What the caller is told is worked out from the outcome.

mod flow;
mod proof;

use std::{collections::BTreeSet, sync::Arc};

pub(crate) use flow::{FLOW_SECONDS, Step, step, step_up};
pub(crate) use proof::Proof;
use proof::{Shown, second_factors};

use super::{
    credential::{
        PasskeyVerdict, Verdict, note_right, note_wrong, passkey_needed, password_of, use_passkey,
        verify_password,
    },
    policy::effective,
    session::{Opening, SessionOrigin, begin, disclose, noted},
    user::lock_by_policy,
};
use crate::{
    model::{EntityId, Kind, Record, Secret, Text, TokenKind, UserId, Value, fold},
    plan::{AttemptLimit, Cause, ClaimKey, Draft, Needs, Schema, Stop},
    rules::{
        password::{Usability, usability},
        policy::EffectivePolicy,
        session::{ACTION, FACTOR, texts},
        sign_in::{Known, Next, Refusal, RequiredAction, Risk, next},
        status::{Transition, is_locked, is_registered, kept_out_by},
        throttle::{Counted, PARTS, failed, waits},
    },
    wire::{Code, Problem},
};

/// The longest text that is looked up as an identifier.
const LONGEST_IDENTIFIER: usize = 320;

/// An attempt to sign in.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    pub identifier: String,
    pub password: Secret,
    pub origin: SessionOrigin,
    pub refresh: bool,
    pub assurance: u8,
    pub risk: Risk,
}

/// An attempt to sign in with a passkey: nothing is typed.
#[derive(Debug, Clone)]
pub(crate) struct PasskeyAttempt {
    pub response: Secret,
    pub origin: SessionOrigin,
    pub refresh: bool,
    pub assurance: u8,
    pub risk: Risk,
}

impl PasskeyAttempt {
    /// What is needed for sure: the counter, and whose passkey it is.
    pub(crate) fn needs(&self, schema: &Schema, needs: &mut Needs) {
        if let Some(address) = &self.origin.address {
            needs.record(Counted::Address(address).counter(schema.realm));
        }
        passkey_needed(&self.response, needs);
    }
}

/// What an attempt led to.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// The session is open; its tokens were disclosed.
    Open(Arc<Record>),
    /// Something is still to be shown or done; a flow token was disclosed.
    Pending(Arc<Record>),
    /// It was refused.
    Refused,
    /// The proof was right, the user is blocked, and may be told so (S3-50).
    Blocked,
    /// The sign-in that was under way is over.
    Ended,
}

impl Attempt {
    /// What is needed for sure: counters, and who has the identifier.
    pub(crate) fn needs(&self, schema: &Schema, needs: &mut Needs) {
        let realm = schema.realm;
        needs.record(Counted::Identifier(&self.identifier).counter(realm));
        if let Some(address) = &self.origin.address {
            needs.record(Counted::Address(address).counter(realm));
        }
        needs.claims.extend(names(schema, &self.identifier));
        needs.holders = true;
    }
}

/// What is counted with every attempt.
fn counted<'a>(
    draft: &Draft<'_>,
    identifier: Option<&'a str>,
    origin: &'a SessionOrigin,
) -> Vec<Counted<'a>> {
    let mut counted: Vec<Counted<'a>> = identifier.map(Counted::Identifier).into_iter().collect();
    counted.extend(origin.address.as_deref().map(Counted::Address));
    counted.push(part(draft));
    counted
}

/// The part of the realm's counter that this attempt counts on.
fn part(draft: &Draft<'_>) -> Counted<'static> {
    let id = draft.context.seed.id(Kind::Counter, draft.context.now, 0);
    Counted::Realm(id.uuid.as_bytes()[15] % PARTS)
}

/// The unique names that an identifier may be, in the order of the settings.
fn names(schema: &Schema, identifier: &str) -> Vec<ClaimKey> {
    if identifier.chars().count() > LONGEST_IDENTIFIER {
        return Vec::new();
    }
    let key = Text::from(fold(identifier.trim()));
    schema
        .settings
        .sign_in
        .identifiers
        .iter()
        .map(|attribute| ClaimKey {
            kind: Kind::User,
            attribute: attribute.as_str().into(),
            key: key.clone(),
        })
        .collect()
}

/// Who has an identifier.
pub(crate) fn find(draft: &mut Draft<'_>, identifier: &str) -> Result<Option<Arc<Record>>, Stop> {
    let names = names(draft.schema, identifier);
    draft.need(Needs {
        claims: names.iter().cloned().collect(),
        holders: true,
        ..Needs::default()
    })?;
    for name in &names {
        if let Some(holder) = draft.holder(name)? {
            return Ok(draft.record(holder)?.filter(|record| !record.is_deleted()));
        }
    }
    Ok(None)
}

/// The limit that holds for what is counted.
fn limit(draft: &Draft<'_>, counted: Counted<'_>) -> AttemptLimit {
    let settings = &draft.schema.settings.sign_in;
    match counted {
        Counted::Identifier(_) | Counted::Reset(_) => settings.identifier_limit,
        Counted::Address(_) | Counted::ResetFrom(_) => settings.address_limit,
        Counted::Realm(_) => settings.realm_limit,
    }
}

/// Refuses an attempt that has to wait. Nothing is looked at then, least of all a password.
pub(crate) fn throttle(draft: &mut Draft<'_>, counted: &[Counted<'_>]) -> Result<(), Stop> {
    let realm = draft.context.realm;
    let ids: BTreeSet<EntityId> = counted.iter().map(|counted| counted.counter(realm)).collect();
    draft.need(Needs {
        records: ids.clone(),
        ..Needs::default()
    })?;
    let mut wait = None;
    for id in ids {
        let counter = draft.record(id)?;
        wait = wait.max(waits(counter.as_deref(), draft.context.now));
    }
    match wait {
        None => Ok(()),
        Some(until) => Err(Problem::new(Code::Throttled, "too many attempts have failed")
            .with_details([format!("not before {until}")])
            .into()),
    }
}

/// Counts a failed attempt.
pub(crate) fn count(draft: &mut Draft<'_>, counted: &[Counted<'_>]) -> Result<(), Stop> {
    let (realm, now) = (draft.context.realm, draft.context.now);
    for one in counted {
        let before = draft.record(one.counter(realm))?;
        let limit = limit(draft, *one);
        if let Some(after) = failed(before.as_deref(), *one, realm, limit, now) {
            draft.note(after, Cause::Requested)?;
        }
    }
    Ok(())
}

/// Notes a failed attempt: counters, the user's last attempt (S3-2), the audit trail.
fn refuse(
    draft: &mut Draft<'_>,
    counted: &[Counted<'_>],
    user: Option<EntityId>,
    reason: Refusal,
) -> Result<Outcome, Stop> {
    count(draft, counted)?;
    let subject = user.unwrap_or_else(|| draft.context.realm.into());
    if let Some(user) = user {
        let mut after = (*draft.existing(user)?).clone();
        noted(&mut after, draft.context.now, false);
        draft.note(after, Cause::Requested)?;
    }
    draft.subject(subject);
    draft.event("sign_in.failed", subject, [("reason", reason.name().into())]);
    Ok(Outcome::Refused)
}

/// Decides an attempt with identifier and password.
pub(crate) fn attempt(draft: &mut Draft<'_>, attempt: &Attempt) -> Result<Outcome, Stop> {
    let identifier = Some(attempt.identifier.as_str());
    let counted = counted(draft, identifier, &attempt.origin);
    throttle(draft, &counted)?;
    let found = find(draft, &attempt.identifier)?;
    let id = found.as_ref().map(|user| UserId(user.id.uuid));
    // Somebody or nobody: the same is looked up and the same is computed.
    let nobody = UserId(
        Counted::Identifier(&attempt.identifier)
            .counter(draft.context.realm)
            .uuid,
    );
    let mut needs = Needs::default();
    needs.record(password_of(id.unwrap_or(nobody)));
    draft.need(needs)?;
    let verdict = verify_password(draft, id, &attempt.password)?;
    let (Some(user), Some(id)) = (found, id) else {
        return refuse(draft, &counted, None, Refusal::UnknownIdentifier);
    };
    if attempt.risk == Risk::Refused {
        return refuse(draft, &counted, Some(user.id), Refusal::Risk);
    }
    let (credential, upgraded) = match verdict {
        Verdict::Right { credential, upgraded } => (credential, upgraded),
        Verdict::Wrong(credential) => {
            let policy = effective(draft, id)?;
            let consequence = note_wrong(draft, &credential, &policy.lock)?;
            let outcome = refuse(draft, &counted, Some(user.id), Refusal::WrongPassword)?;
            lock_by_policy(draft, id, consequence)?;
            return Ok(outcome);
        }
        Verdict::NoPassword => return refuse(draft, &counted, Some(user.id), Refusal::NoPassword),
        Verdict::Blocked(_) => return refuse(draft, &counted, Some(user.id), Refusal::Waiting),
    };
    if let Some(outcome) = keep_out(draft, &counted, &user)? {
        return Ok(outcome);
    }
    let rules = effective(draft, id)?.password;
    if usability(&credential, &rules, draft.context.now) == Usability::Expired {
        return refuse(draft, &counted, Some(user.id), Refusal::PasswordExpired);
    }
    note_right(draft, &credential, upgraded.as_ref())?;
    let shown = Shown {
        methods: vec!["password".to_owned()],
        wanted: i64::from(attempt.assurance.min(3)),
        elevated: attempt.risk == Risk::Elevated,
        refresh: attempt.refresh,
    };
    proceed(draft, &user, &shown, Entry::New(identifier, &attempt.origin))
}

/// Decides an attempt with a passkey: who it is follows from the passkey.
pub(crate) fn attempt_by_passkey(draft: &mut Draft<'_>, attempt: &PasskeyAttempt) -> Result<Outcome, Stop> {
    let counted = counted(draft, None, &attempt.origin);
    throttle(draft, &counted)?;
    let id = match use_passkey(draft, None, &attempt.response)? {
        PasskeyVerdict::Right(id) => id,
        PasskeyVerdict::Wrong(user, reason) => return refuse(draft, &counted, user, reason),
    };
    let user = draft.existing(id)?;
    if attempt.risk == Risk::Refused {
        return refuse(draft, &counted, Some(user.id), Refusal::Risk);
    }
    if let Some(outcome) = keep_out(draft, &counted, &user)? {
        return Ok(outcome);
    }
    let shown = Shown {
        methods: vec!["passkey".to_owned()],
        wanted: i64::from(attempt.assurance.min(3)),
        elevated: attempt.risk == Risk::Elevated,
        refresh: attempt.refresh,
    };
    proceed(draft, &user, &shown, Entry::New(None, &attempt.origin))
}

/// Keeps out whoever may not come in, although the proof was right.
fn keep_out(draft: &mut Draft<'_>, counted: &[Counted<'_>], user: &Record) -> Result<Option<Outcome>, Stop> {
    let now = draft.context.now;
    let reason = match kept_out_by(user, now) {
        Some("user.lock") => Refusal::Locked,
        Some(_) => Refusal::Blocked,
        None if !is_registered(user) => Refusal::NotRegistered,
        None => return Ok(None),
    };
    // A lock by the policy tells nobody that the password was found at last.
    let guessed = is_locked(user, now) && user.text("locked_by") == "policy";
    let told = draft.schema.settings.sign_in.answer_blocked && !guessed && reason != Refusal::NotRegistered;
    let outcome = refuse(draft, counted, Some(user.id), reason)?;
    Ok(Some(if told { Outcome::Blocked } else { outcome }))
}

/// Where a sign-in comes from.
enum Entry<'a> {
    /// It begins: under which identifier, and from where.
    New(Option<&'a str>, &'a SessionOrigin),
    /// It goes on.
    Flow(&'a Record),
}

/// Goes on as far as possible with what was shown.
fn proceed(draft: &mut Draft<'_>, user: &Record, shown: &Shown, entry: Entry<'_>) -> Result<Outcome, Stop> {
    let id = UserId(user.id.uuid);
    let policy = effective(draft, id)?;
    let known = known(draft, user, shown, &policy)?;
    let mut session = match entry {
        Entry::New(identifier, origin) => {
            let mut session = Record::new(draft.new_id(Kind::Session));
            session.set("user", Some(user.id.into()));
            origin.write(&mut session);
            let counter = |identifier| Counted::Identifier(identifier).counter(draft.context.realm);
            session.set(
                "identifier_counter",
                identifier.map(|known| counter(known).into()),
            );
            session
        }
        Entry::Flow(flow) => flow.clone(),
    };
    match next(&known) {
        Next::Refused(reason) => {
            let counted: Vec<Counted<'_>> = match entry {
                Entry::New(identifier, origin) => counted(draft, identifier, origin),
                Entry::Flow(_) => vec![part(draft)],
            };
            throttle(draft, &counted)?;
            if let Entry::Flow(flow) = entry {
                draft.remove(flow.id, Cause::Requested)?;
            }
            refuse(draft, &counted, Some(user.id), reason)
        }
        Next::Open(level) => open(draft, user, session, shown, level, &policy),
        Next::Factor(offered) => {
            session.set("stage", Some(FACTOR.into()));
            session.set("offered", Some(offered.into()));
            session.set("pending", None);
            wait(draft, session, shown)
        }
        Next::Action(actions) => {
            let names: Vec<Value> = actions.iter().map(|action| action.name().into()).collect();
            session.set("stage", Some(ACTION.into()));
            session.set("pending", Some(Value::List(names)));
            session.set("offered", None);
            wait(draft, session, shown)
        }
    }
}

/// Everything that the next step depends on.
fn known(
    draft: &mut Draft<'_>,
    user: &Record,
    shown: &Shown,
    policy: &EffectivePolicy,
) -> Result<Known, Stop> {
    let id = UserId(user.id.uuid);
    let factors = second_factors(draft, id, policy)?;
    let mut wanted = shown.wanted.max(1);
    // Whoever has a second factor shows it: an account is as strong as its weakest way in.
    if policy.factor.required || shown.elevated || !factors.is_empty() {
        wanted = wanted.max(2);
    }
    let mut actions = Vec::new();
    let settings = &draft.schema.settings.sign_in;
    let now = draft.context.now;
    if settings.require_verified_email
        && !user.text("email").is_empty()
        && fold(user.text("verified_email")) != fold(user.text("email"))
    {
        actions.push(RequiredAction::VerifyEmail);
    }
    if settings
        .terms
        .as_deref()
        .is_some_and(|version| !accepted(user, version))
    {
        actions.push(RequiredAction::AcceptTerms);
    }
    if shown.methods.iter().any(|method| method == "password")
        && let Some(password) = draft.record(password_of(id))?
        && usability(&password, &policy.password, now) != Usability::Usable
    {
        actions.push(RequiredAction::ChangePassword);
    }
    Ok(Known {
        methods: shown.methods.clone(),
        factors,
        wanted,
        // A risky sign-in is no time to bind a device.
        may_enrol: policy.factor.required && !shown.elevated,
        actions,
    })
}

/// Whether the user has accepted this version of the terms, and not withdrawn it.
fn accepted(user: &Record, version: &str) -> bool {
    let consents = user.value("consents").map(Value::elements).unwrap_or_default();
    let last = consents.iter().rev().find_map(|consent| match consent {
        Value::Object(map) => {
            let is = |name: &str, text: &str| map.get(name).and_then(Value::as_text) == Some(text);
            (is("purpose", "terms") && is("text_version", version)).then(|| map.get("granted").cloned())
        }
        _ => None,
    });
    last.flatten()
        .and_then(|granted| granted.as_boolean())
        .unwrap_or_default()
}

/// The sign-in waits for its next step, under a fresh flow token.
fn wait(draft: &mut Draft<'_>, mut session: Record, shown: &Shown) -> Result<Outcome, Stop> {
    let now = draft.context.now;
    let begun = session.moment("expires_at");
    session.set("methods", Some(shown.methods.clone().into()));
    session.set("wanted_assurance", Some(Value::Integer(shown.wanted)));
    session.set("elevated", shown.elevated.then(|| true.into()));
    session.set("wants_refresh", shown.refresh.then(|| true.into()));
    session.set("used_at", Some(now.into()));
    if begun.is_none() {
        session.set("expires_at", Some(now.plus_seconds(FLOW_SECONDS).into()));
    }
    let token = draft.context.seed.token(TokenKind::Flow, session.id);
    session.set("token_digest", Some(token.digest().into()));
    disclose(draft, "flow_token", &token);
    let id = session.id;
    draft.subject(id);
    let stage = session.text("stage").to_owned();
    draft.note(session, Cause::Requested)?;
    draft.event("sign_in.continued", id, [("stage", stage.into())]);
    Ok(Outcome::Pending(draft.existing(id)?))
}

/// The session opens: the attempt is a success.
fn open(
    draft: &mut Draft<'_>,
    user: &Record,
    mut session: Record,
    shown: &Shown,
    level: i64,
    policy: &EffectivePolicy,
) -> Result<Outcome, Stop> {
    let now = draft.context.now;
    let counter = session.reference("identifier_counter");
    let opening = Opening {
        user,
        rule: policy.session.clone(),
        methods: shown.methods.clone(),
        assurance: level,
        refresh: shown.refresh,
    };
    super::session::make_room(draft, &opening)?;
    begin(draft, &mut session, &opening);
    let id = session.id;
    draft.note(session, Cause::Requested)?;
    // A success makes failed attempts with this identifier forgotten; those from its address count on.
    if let Some(counter) = counter
        && draft.record(counter)?.is_some()
    {
        draft.remove(counter, Cause::Requested)?;
    }
    let current = draft.existing(user.id)?;
    let mut after = (*current).clone();
    noted(&mut after, now, true);
    if after.flag("locked") {
        // The lock had a term, and the term is over.
        Transition::Unlock.apply(&mut after);
        draft.event("user.unlocked", user.id, []);
    }
    draft.note(after, Cause::Requested)?;
    draft.subject(id);
    draft.event(
        "session.opened",
        id,
        [
            ("user", user.id.into()),
            ("assurance", Value::Integer(level)),
            ("methods", shown.methods.clone().into()),
        ],
    );
    Ok(Outcome::Open(draft.existing(id)?))
}

/// The methods that a sign-in has shown so far.
fn shown_so_far(flow: &Record) -> Shown {
    Shown {
        methods: texts(flow, "methods"),
        wanted: crate::rules::session::number(flow, "wanted_assurance"),
        elevated: flow.flag("elevated"),
        refresh: flow.flag("wants_refresh"),
    }
}
