//! Sessions: opened, refreshed and ended. What they hold of tokens are digests; the tokens themselves are drawn with the
//! decision's entropy and handed to the caller once.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Decide, declared, policy::effective};
use crate::{
    model::{
        EntityId, Kind, Moment, Record, Secret, SessionId, Token, TokenKind, UserId, Value, same_digest,
    },
    plan::{Cause, Draft, Needs, StatusEffect, Stop},
    rules::{
        policy::SessionRules,
        session::{OPEN, SessionState, number, session_state, texts},
        status::{is_registered, kept_out_by, may_sign_in, put_out_by},
    },
    wire::{Code, Problem},
};

/// Signs a user in whom the host has authenticated by other means, such as a social or corporate sign-in. Discloses
/// `token`, and `refresh_token` when asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSession {
    /// The user.
    pub user: UserId,
    /// How the user proved to be the user, such as `social` or `certificate`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
    /// How sure one may be of it: 1 for one factor, 2 for two, 3 for two of which one is hardware.
    #[serde(default = "one")]
    pub assurance: u8,
    /// Where the session comes from.
    #[serde(default)]
    pub origin: SessionOrigin,
    /// Hand out a refresh token, too; then the session's token lives for minutes only.
    #[serde(default)]
    pub refresh: bool,
}

fn one() -> u8 {
    1
}

/// Where a session comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionOrigin {
    /// The application that the user signs in to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// The network address that the user comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The device or browser, in its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
}

impl SessionOrigin {
    pub(crate) fn write(&self, record: &mut Record) {
        let cut = |text: &Option<String>, length: usize| {
            text.as_ref()
                .map(|text| Value::from(text.chars().take(length).collect::<String>()))
        };
        record.set("application", cut(&self.application, 200));
        record.set("address", cut(&self.address, 100));
        record.set("agent", cut(&self.agent, 300));
    }
}

/// Ends one session: signs the user out there (S2-20).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndSession {
    /// The session.
    pub session: SessionId,
}

/// Ends every session of a user in the realm, in all applications (S0-64, S2-20).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndSessions {
    /// The user.
    pub user: UserId,
    /// The session that stays, such as the one in which the user asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<SessionId>,
}

impl Decide for OpenSession {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let user = draft.live(self.user)?;
        if !may_sign_in(&user, draft.context.now) {
            return Err(kept_out(&user, draft.context.now).into());
        }
        if !(1..=3).contains(&self.assurance) {
            let field = crate::wire::FieldProblem::new("assurance", "value.range", "1, 2 or 3");
            return Err(Problem::fields(vec![field]).into());
        }
        let rule = effective(draft, self.user)?.session;
        let opening = Opening {
            user: &user,
            rule,
            methods: self.methods.clone(),
            assurance: self.assurance.into(),
            refresh: self.refresh,
        };
        let id = open(draft, &opening, &self.origin)?;
        let mut user = (*draft.live(self.user)?).clone();
        noted(&mut user, draft.context.now, true);
        draft.note(user, Cause::Requested)?;
        draft.subject(id);
        Ok(())
    }
}

impl Decide for EndSession {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.session);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        draft.subject(self.session);
        let session = draft.existing(self.session)?;
        end(draft, &session, "signed_out", Cause::Requested)
    }
}

impl Decide for EndSessions {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.user)
            .referring(Kind::Session, "user", self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.subject(self.user);
        draft.existing(self.user)?;
        let ended = revoke(
            draft,
            self.user.into(),
            self.except.map(Into::into),
            "ended",
            Cause::Requested,
        )?;
        draft.event(
            "user.sessions_ended",
            self.user,
            [("count", Value::Integer(i64::try_from(ended).unwrap_or(i64::MAX)))],
        );
        // Applications that keep sessions of their own are told, too.
        draft.effect(
            "sessions.revoke",
            self.user,
            [("cause", "user.end_sessions".into())],
        );
        Ok(())
    }
}

/// What a session is opened with.
pub(crate) struct Opening<'a> {
    pub user: &'a Record,
    pub rule: SessionRules,
    pub methods: Vec<String>,
    pub assurance: i64,
    pub refresh: bool,
}

/// Why a user that exists is kept out, for whoever may know.
pub(crate) fn kept_out(user: &Record, now: Moment) -> Problem {
    let message = match kept_out_by(user, now) {
        Some("user.lock") => "the user is locked",
        None if !is_registered(user) => {
            return Problem::new(
                Code::RegistrationIncomplete,
                "the user has not completed the sign-up",
            )
            .about(user.id);
        }
        _ => "the user is blocked",
    };
    Problem::new(Code::SignInBlocked, message).about(user.id)
}

/// Notes an attempt to sign in at the user (S3-2), and a success.
pub(crate) fn noted(user: &mut Record, now: Moment, success: bool) {
    user.set("last_attempt_at", Some(now.into()));
    if success {
        user.set("last_sign_in_at", Some(now.into()));
    }
}

/// Opens a session and discloses its tokens.
pub(crate) fn open(
    draft: &mut Draft<'_>,
    opening: &Opening<'_>,
    origin: &SessionOrigin,
) -> Result<EntityId, Stop> {
    make_room(draft, opening)?;
    let id = draft.new_id(Kind::Session);
    let mut session = Record::new(id);
    session.set("user", Some(opening.user.id.into()));
    origin.write(&mut session);
    begin(draft, &mut session, opening);
    draft.put(session, Cause::Requested)?;
    draft.event(
        "session.opened",
        id,
        [
            ("user", opening.user.id.into()),
            ("assurance", Value::Integer(opening.assurance)),
            ("methods", opening.methods.clone().into()),
        ],
    );
    Ok(id)
}

/// Makes an open session of a record, with fresh tokens.
pub(crate) fn begin(draft: &mut Draft<'_>, session: &mut Record, opening: &Opening<'_>) {
    let now = draft.context.now;
    let rule = &opening.rule;
    let mut end = now.plus_seconds(i64::from(rule.absolute_minutes) * 60);
    // Whoever is valid for a time only is signed in for that time only.
    let effects = draft.schema.settings.effects_of("user.disable");
    if let Some(until) = opening.user.moment("valid_until")
        && effects.contains(&StatusEffect::RevokeSessions)
    {
        end = end.min(until);
    }
    session.set("stage", Some(OPEN.into()));
    session.set("expires_at", Some(end.into()));
    session.set("used_at", Some(now.into()));
    session.set("authenticated_at", Some(now.into()));
    session.set(
        "idle_seconds",
        Some(Value::Integer(i64::from(rule.idle_minutes) * 60)),
    );
    session.set("assurance", Some(Value::Integer(opening.assurance)));
    session.set("methods", Some(opening.methods.clone().into()));
    for name in [
        "pending",
        "offered",
        "failures",
        "wanted_assurance",
        "elevated",
        "wants_refresh",
        "identifier_counter",
    ] {
        session.set(name, None);
    }
    let token = draft.context.seed.token(TokenKind::Session, session.id);
    session.set("token_digest", Some(token.digest().into()));
    disclose(draft, "token", &token);
    if opening.refresh {
        let refresh = draft.context.seed.token(TokenKind::Refresh, session.id);
        session.set("refresh_family", Some(refresh.family_digest().into()));
        session.set("refresh_digest", Some(refresh.digest().into()));
        session.set("refreshed_at", Some(now.into()));
        let grace = draft.schema.settings.sign_in.refresh_grace_seconds;
        session.set("grace_seconds", Some(Value::Integer(grace.into())));
        let life = i64::from(rule.access_minutes) * 60;
        session.set("token_seconds", Some(Value::Integer(life)));
        let until = now.plus_seconds(life);
        session.set("token_until", Some(until.into()));
        disclose(draft, "refresh_token", &refresh);
    }
}

pub(crate) fn disclose(draft: &mut Draft<'_>, name: &str, token: &Token) {
    draft.disclose(name, Secret::new(token.reveal().as_str()));
}

/// Ends the oldest sessions of a user who has as many as allowed.
pub(crate) fn make_room(draft: &mut Draft<'_>, opening: &Opening<'_>) -> Result<(), Stop> {
    let most = usize::try_from(opening.rule.maximum).unwrap_or(usize::MAX);
    if most == 0 {
        return Ok(());
    }
    let mut open: Vec<_> = of_user(draft, opening.user.id)?
        .into_iter()
        .map(|session| (session.moment("used_at"), session))
        .collect();
    open.sort_by_key(|(used, session)| (*used, session.id));
    let too_many = (open.len() + 1).saturating_sub(most);
    for (_, session) in open.into_iter().take(too_many) {
        end(draft, &session, "too_many", Cause::Disposition)?;
    }
    Ok(())
}

/// The sessions of a user, sign-ins under way among them.
pub(crate) fn of_user(draft: &mut Draft<'_>, user: EntityId) -> Result<Vec<std::sync::Arc<Record>>, Stop> {
    let ids = draft.referring(Kind::Session, "user", Some(user))?;
    draft.need(Needs {
        records: ids.iter().copied().collect::<BTreeSet<_>>(),
        ..Needs::default()
    })?;
    ids.into_iter().map(|id| draft.existing(id)).collect()
}

/// Ends one session. The record goes, and with it every token: what happened is in the audit trail.
pub(crate) fn end(
    draft: &mut Draft<'_>,
    session: &Record,
    reason: &'static str,
    cause: Cause,
) -> Result<(), Stop> {
    draft.remove(session.id, cause)?;
    let user = session.value("user").cloned().unwrap_or_else(|| "".into());
    draft.event(
        "session.ended",
        session.id,
        [("user", user), ("reason", reason.into())],
    );
    Ok(())
}

/// Ends every session of a user but one; how many.
pub(crate) fn revoke(
    draft: &mut Draft<'_>,
    user: EntityId,
    except: Option<EntityId>,
    reason: &'static str,
    cause: Cause,
) -> Result<usize, Stop> {
    let mut ended = 0;
    for session in of_user(draft, user)? {
        if Some(session.id) != except {
            end(draft, &session, reason, cause)?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Takes the refresh tokens of a user's sessions away: they last as long as their tokens do, and not longer.
pub(crate) fn revoke_tokens(draft: &mut Draft<'_>, user: EntityId) -> Result<(), Stop> {
    for session in of_user(draft, user)? {
        let mut session = (*session).clone();
        for name in ["refresh_family", "refresh_digest", "refresh_previous"] {
            session.set(name, None);
        }
        draft.note(session, Cause::Disposition)?;
    }
    Ok(())
}

/// Cuts the sessions of a user to the time until which the user is valid.
pub(crate) fn cut(draft: &mut Draft<'_>, user: EntityId, until: Moment) -> Result<(), Stop> {
    for session in of_user(draft, user)? {
        if session.moment("expires_at").is_some_and(|end| until < end) {
            let mut session = (*session).clone();
            session.set("expires_at", Some(until.into()));
            draft.note(session, Cause::Disposition)?;
        }
    }
    Ok(())
}

/// What became of a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refreshed {
    /// Fresh tokens were disclosed.
    Done,
    /// The token had been used before: whoever holds the family is signed out.
    Reused,
    /// The session cannot be refreshed, for this reason.
    Ended(&'static str),
}

/// Takes a refresh token in exchange for fresh tokens. A token that was taken before ends the session, and with it every
/// token of the family, because two hold what one was given.
pub(crate) fn refresh(draft: &mut Draft<'_>, presented: &Token) -> Result<Refreshed, Stop> {
    let id = presented.id();
    draft.subject(id);
    let Some(session) = draft.record(id)? else {
        return Ok(Refreshed::Ended("unknown"));
    };
    if !same_digest(session.text("refresh_family"), &presented.family_digest()) {
        // Not even of this family: nothing that this session could have given to anybody.
        return Ok(Refreshed::Ended("unknown"));
    }
    let now = draft.context.now;
    match session_state(&session, now) {
        SessionState::Open | SessionState::TokenExpired => {}
        SessionState::Idle => {
            end(draft, &session, "idle", Cause::Timer)?;
            return Ok(Refreshed::Ended("idle"));
        }
        SessionState::Expired | SessionState::Pending => {
            end(draft, &session, "expired", Cause::Timer)?;
            return Ok(Refreshed::Ended("expired"));
        }
    }
    let digest = presented.digest();
    if !same_digest(session.text("refresh_digest"), &digest) {
        let grace = number(&session, "grace_seconds");
        let lost = same_digest(session.text("refresh_previous"), &digest)
            && session
                .moment("refreshed_at")
                .is_some_and(|at| now < at.plus_seconds(grace));
        if !lost {
            end(draft, &session, "refresh_reused", Cause::Requested)?;
            return Ok(Refreshed::Reused);
        }
    }
    let Some(user) = session.reference("user") else {
        return Ok(Refreshed::Ended("unknown"));
    };
    let user = draft.record(user)?;
    let kept_out = match &user {
        None => Some("user.delete"),
        Some(user) => put_out_by(user, now),
    };
    if let Some(transition) = kept_out
        && draft
            .schema
            .settings
            .effects_of(transition)
            .contains(&StatusEffect::RefuseRefresh)
    {
        // S3-45; the session itself stays or went as the realm wants it.
        draft.event("session.refresh_refused", id, [("reason", transition.into())]);
        return Ok(Refreshed::Ended("blocked"));
    }
    let mut after = (*session).clone();
    let token = draft.context.seed.token(TokenKind::Session, id);
    let next = draft.context.seed.refresh_token(id, presented.family());
    after.set("token_digest", Some(token.digest().into()));
    after.set("refresh_previous", Some(session.text("refresh_digest").into()));
    after.set("refresh_digest", Some(next.digest().into()));
    after.set("refreshed_at", Some(now.into()));
    after.set("used_at", Some(now.into()));
    let seconds = number(&session, "token_seconds");
    after.set("token_until", Some(now.plus_seconds(seconds).into()));
    draft.note(after, Cause::Requested)?;
    disclose(draft, "token", &token);
    disclose(draft, "refresh_token", &next);
    draft.event("session.refreshed", id, []);
    Ok(Refreshed::Done)
}

/// The methods of a session, as they were noted.
pub(crate) fn methods(session: &Record) -> Vec<String> {
    texts(session, "methods")
}
