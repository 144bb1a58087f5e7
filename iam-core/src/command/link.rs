//! Links that are sent to people: invitations, password resets, verifications. A link can be used once, the newest of
//! its purpose only, and for as long as the rules say.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Decide, declared, for_host_alone, policy::effective, session::disclose};
use crate::{
    model::{EntityId, Kind, LinkId, Record, Secret, Token, TokenKind, UserId, Value, fold, same_digest},
    plan::{Cause, Draft, Needs, Place, Stop, Work, Worked},
    rules::{
        link::{LinkPurpose, life, link_state},
        status::{StatusView, is_registered, register, status},
    },
    wire::{Code, FieldProblem, Problem},
};

/// How a link gets to its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// In a message to the user's e-mail address; nobody else sees the token.
    #[default]
    Message,
    /// In the answer to the command, as `link_token`: the host delivers it. Refused for everybody else, because whoever
    /// has the token can take the user's place (X5).
    Answer,
}

impl Delivery {
    const fn name(self) -> &'static str {
        match self {
            Delivery::Message => "message",
            Delivery::Answer => "answer",
        }
    }
}

/// Invites a user who has not completed the sign-up, for the first time or again; a newer invitation replaces the one
/// before (S3-17, S3-23, S3-26 … S3-28).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteUser {
    /// The user.
    pub user: UserId,
    /// The language of the message, and of the sign-up to begin with (S3-18); the user's preferred one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How the link gets to the user.
    #[serde(default)]
    pub delivery: Delivery,
}

/// Sends a user a link to set a new password. The present password stays valid until then; a newer link replaces the one
/// before (S3-53 … S3-59).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartPasswordReset {
    /// The user.
    pub user: UserId,
    /// The language of the message; the user's preferred one when absent (S3-54).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How the link gets to the user.
    #[serde(default)]
    pub delivery: Delivery,
}

/// Sends a user a link that proves the e-mail address to be the user's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartEmailVerification {
    /// The user.
    pub user: UserId,
    /// The language of the message; the user's preferred one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How the link gets to the user.
    #[serde(default)]
    pub delivery: Delivery,
}

/// Revokes a link that was not used yet. An invitation that is revoked can be sent again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokeLink {
    /// The link.
    pub link: LinkId,
}

fn needed(user: UserId, needs: &mut Needs) {
    needs.record(user).referring(Kind::Link, "user", user);
}

impl Decide for InviteUser {
    fn needs(&self, needs: &mut Needs) {
        needed(self.user, needs);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let user = draft.live(self.user)?;
        if is_registered(&user) {
            let message = "the user has completed the sign-up";
            return Err(Problem::new(Code::RegistrationComplete, message)
                .about(self.user)
                .into());
        }
        let (link, _) = invite(draft, &user, self.language.as_deref(), self.delivery)?;
        draft.subject(link);
        Ok(())
    }
}

/// Issues an invitation and notes it at the user.
pub(super) fn invite(
    draft: &mut Draft<'_>,
    user: &Record,
    language: Option<&str>,
    delivery: Delivery,
) -> Result<(EntityId, crate::model::Moment), Stop> {
    let again = user.text("registration") == "invited";
    let asked = Asked {
        purpose: LinkPurpose::Invitation,
        language,
        delivery,
    };
    let (link, until) = issue(draft, user, &asked)?;
    let mut after = user.clone();
    after.set("registration", Some("invited".into()));
    after.set("registration_until", Some(until.into()));
    draft.put(after, Cause::Requested)?;
    draft.event(
        "user.invited",
        user.id,
        [("link", link.into()), ("again", again.into())],
    );
    Ok((link, until))
}

impl Decide for StartPasswordReset {
    fn needs(&self, needs: &mut Needs) {
        needed(self.user, needs);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let user = draft.live(self.user)?;
        if !is_registered(&user) {
            let message = "the user has not completed the sign-up";
            return Err(Problem::new(Code::RegistrationIncomplete, message)
                .about(self.user)
                .into());
        }
        let asked = Asked {
            purpose: LinkPurpose::PasswordReset,
            language: self.language.as_deref(),
            delivery: self.delivery,
        };
        let (link, _) = issue(draft, &user, &asked)?;
        draft.event("user.password_reset_started", self.user, [("link", link.into())]);
        draft.subject(link);
        Ok(())
    }
}

impl Decide for StartEmailVerification {
    fn needs(&self, needs: &mut Needs) {
        needed(self.user, needs);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let user = draft.live(self.user)?;
        let asked = Asked {
            purpose: LinkPurpose::EmailVerification,
            language: self.language.as_deref(),
            delivery: self.delivery,
        };
        let (link, _) = issue(draft, &user, &asked)?;
        draft.event(
            "user.email_verification_started",
            self.user,
            [("link", link.into())],
        );
        draft.subject(link);
        Ok(())
    }
}

impl Decide for RevokeLink {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.link);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let link = draft.existing(self.link)?;
        draft.subject(self.link);
        if link.text("end").is_empty() {
            close(draft, &link, "revoked", Cause::Requested)?;
        }
        Ok(())
    }
}

/// What a link is asked for.
pub(crate) struct Asked<'a> {
    pub purpose: LinkPurpose,
    pub language: Option<&'a str>,
    pub delivery: Delivery,
}

/// Issues a link: every other open one of the user and purpose is replaced.
pub(crate) fn issue(
    draft: &mut Draft<'_>,
    user: &Record,
    asked: &Asked<'_>,
) -> Result<(EntityId, crate::model::Moment), Stop> {
    let email = user.text("email");
    if email.is_empty() {
        let field = FieldProblem::new(
            "email",
            "value.required",
            "the link is sent to the e-mail address",
        );
        return Err(Problem {
            subject: Some(user.id.to_string()),
            ..Problem::fields(vec![field])
        }
        .into());
    }
    if asked.delivery == Delivery::Answer {
        for_host_alone(draft, "a link in the answer")?;
    }
    let language = language(draft, user, asked.language)?;
    for link in of_user(draft, user.id)? {
        if link.text("purpose") == asked.purpose.name() && link.text("end").is_empty() {
            close(draft, &link, "replaced", Cause::Disposition)?;
        }
    }
    let policy = effective(draft, UserId(user.id.uuid))?;
    let now = draft.context.now;
    let until = now.plus_seconds(life(&policy.link, asked.purpose));
    let id = draft.new_id(Kind::Link);
    let token = draft.context.seed.token(TokenKind::Link, id);
    let mut link = Record::new(id);
    link.set("user", Some(user.id.into()));
    link.set("purpose", Some(asked.purpose.name().into()));
    link.set("token_digest", Some(token.digest().into()));
    link.set("expires_at", Some(until.into()));
    link.set("language", language.clone().map(Value::from));
    link.set("email", Some(email.into()));
    link.set("delivery", Some(asked.delivery.name().into()));
    draft.put(link, Cause::Requested)?;
    match asked.delivery {
        Delivery::Answer => disclose(draft, "link_token", &token),
        Delivery::Message => {
            let sealed = seal(draft, user.id, &token)?;
            let mut details = vec![
                ("template", asked.purpose.template().into()),
                ("link", id.into()),
                ("expires_at", until.into()),
                ("sealed", sealed.into()),
            ];
            details.extend(language.map(|language| ("language", language.into())));
            draft.effect("message", user.id, details);
        }
    }
    Ok((id, until))
}

/// The token as an effect may carry it: sealed for the one who delivers the message.
fn seal(draft: &Draft<'_>, user: EntityId, token: &Token) -> Result<String, Stop> {
    let place = Place {
        realm: draft.context.realm,
        record: user,
        attribute: "message".to_owned(),
    };
    let work = Work::Seal {
        place,
        secret: Secret::new(token.reveal().as_str()),
    };
    match draft.work(work)? {
        Worked::Sealed(sealed) => Ok(sealed),
        _ => Err(Problem::new(Code::Sealed, "the link's token was not sealed").into()),
    }
}

/// The language that was asked for, as its canonical tag, or the user's preferred one.
fn language(draft: &Draft<'_>, user: &Record, asked: Option<&str>) -> Result<Option<String>, Stop> {
    let Some(asked) = asked else {
        return Ok(Some(user.text("language").to_owned()).filter(|tag| !tag.is_empty()));
    };
    let Some(definition) = draft.schema.attribute(Kind::User, "language") else {
        return Ok(None);
    };
    match crate::rules::canonical(definition, asked.into()) {
        Ok(value) => Ok(value.and_then(|value| value.as_text().map(str::to_owned))),
        Err(problem) => {
            let field = FieldProblem::new("language", problem.code, problem.message);
            Err(Problem::fields(vec![field]).into())
        }
    }
}

fn close(draft: &mut Draft<'_>, link: &Record, end: &'static str, cause: Cause) -> Result<(), Stop> {
    let mut after = link.clone();
    after.set("end", Some(end.into()));
    after.set("ended_at", Some(draft.context.now.into()));
    draft.put(after, cause)?;
    Ok(())
}

/// The links of a user.
pub(crate) fn of_user(draft: &mut Draft<'_>, user: EntityId) -> Result<Vec<Arc<Record>>, Stop> {
    let ids = draft.referring(Kind::Link, "user", Some(user))?;
    draft.need(Needs {
        records: ids.iter().copied().collect::<BTreeSet<_>>(),
        ..Needs::default()
    })?;
    ids.into_iter().map(|id| draft.existing(id)).collect()
}

/// S3-88: the open links of a user die with the user; with a user that disappears they disappear.
pub(super) fn die(draft: &mut Draft<'_>, user: EntityId, disappears: bool) -> Result<(), Stop> {
    for link in of_user(draft, user)? {
        if disappears {
            draft.remove(link.id, Cause::Disposition)?;
        } else if link.text("end").is_empty() {
            close(draft, &link, "revoked", Cause::Disposition)?;
        }
    }
    Ok(())
}

/// The link that a token names, when it can be used for the purpose; the reason when it cannot (S3-30).
pub(crate) fn presented(
    draft: &mut Draft<'_>,
    token: &Token,
    purpose: LinkPurpose,
) -> Result<(Arc<Record>, Arc<Record>), Stop> {
    let id = token.id();
    let unknown = || Problem::new(Code::LinkUnknown, "the link is none of ours");
    let link = draft.record(id)?.ok_or_else(unknown)?;
    let right = same_digest(link.text("token_digest"), &token.digest());
    if !right || link.text("purpose") != purpose.name() {
        return Err(unknown().into());
    }
    if let Some(refusal) = link_state(&link, draft.context.now).refusal() {
        return Err(refusal.about(id).into());
    }
    let user = link.reference("user").ok_or_else(unknown)?;
    let user = draft.existing(user)?;
    if user.is_deleted() {
        return Err(Problem::new(Code::LinkRevoked, "the user was deleted")
            .about(id)
            .into());
    }
    // Whoever reads another mailbox now must not get in by a link that was sent to the one before.
    if fold(link.text("email")) != fold(user.text("email")) {
        return Err(
            Problem::new(Code::LinkRevoked, "the e-mail address was changed since")
                .about(id)
                .into(),
        );
    }
    Ok((link, user))
}

/// Uses a link up. The commit is guarded by the link's version: of two uses at the same moment one wins (S3-25, S3-56,
/// S3-89).
pub(crate) fn use_up(draft: &mut Draft<'_>, link: &Record) -> Result<(), Stop> {
    close(draft, link, "used", Cause::Requested)
}

/// Completes the sign-up of a user who came by an invitation (S3-21, S3-29).
pub(crate) fn complete(draft: &mut Draft<'_>, user: &Record, link: &Record) -> Result<(), Stop> {
    let mut after = user.clone();
    register(&mut after, draft.context.now);
    after.set("registration_until", None);
    verified(&mut after, link);
    draft.put(after, Cause::Requested)?;
    let now = draft.context.now;
    let view = status(user, StatusView::Customer, now);
    draft.event("user.registered", user.id, [("was", view.into())]);
    Ok(())
}

/// Who opens a link that was sent to the e-mail address reads that mailbox.
pub(crate) fn verified(user: &mut Record, link: &Record) {
    if link.text("delivery") == Delivery::Message.name() {
        user.set("verified_email", link.value("email").cloned());
    }
}

/// What is written for nobody where a link would be written for somebody: a link without a user, which opens nothing.
pub(crate) fn decoy(draft: &mut Draft<'_>) -> Result<(), Stop> {
    let id = draft.new_id(Kind::Link);
    let token = draft.context.seed.token(TokenKind::Link, id);
    let realm = EntityId::from(draft.context.realm);
    let sealed = seal(draft, realm, &token)?;
    let mut link = Record::new(id);
    link.set("purpose", Some(LinkPurpose::PasswordReset.name().into()));
    link.set("expires_at", Some(draft.context.now.into()));
    link.set("end", Some("revoked".into()));
    draft.put(link, Cause::Requested)?;
    draft.effect("decoy", id, [("sealed", sealed.into())]);
    Ok(())
}
