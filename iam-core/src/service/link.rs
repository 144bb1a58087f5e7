//! Links as a host uses them: what a link that was opened is for, and what is done with it.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Acting;
use crate::{
    command::{
        AttributeChanges, Decide, RecordConsent, UpdateUser,
        credential::store,
        link::{self, Asked, Delivery},
        session,
        sign_in::{count, find, throttle},
    },
    model::{EntityId, Kind, LinkId, Moment, Record, Secret, Token, TokenKind, UserId, Value, same_digest},
    plan::{Cause, Draft, Needs, Stop},
    rules::{
        link::{LinkPurpose, link_state},
        status::is_registered,
        throttle::Counted,
    },
    wire::{Code, Problem},
};

/// A link that was opened and can be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Link")]
pub struct LinkView {
    /// The link.
    pub id: LinkId,
    /// Whose it is.
    pub user: UserId,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Where it was sent to.
    pub email: String,
    /// The language that was chosen with it (S3-18).
    pub language: Option<String>,
    /// Until when it can be used.
    pub expires_at: Moment,
}

/// What completes a sign-up (S3-29).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// The token of the link.
    pub link_token: Secret,
    /// The password to sign in with from now on.
    pub password: Secret,
    /// Values of the profile that the person fills in.
    #[serde(default, skip_serializing_if = "AttributeChanges::is_empty")]
    pub attributes: AttributeChanges,
    /// The version of the terms that the person accepts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
}

/// What sets a new password (S3-54).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordByLink {
    /// The token of the link.
    pub link_token: Secret,
    /// The new password.
    pub password: Secret,
}

/// What asks for a password reset without being signed in (S1-72).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestPasswordReset {
    /// Who one says to be.
    pub identifier: String,
    /// The network address that it comes from: what is asked for from one address is counted, too, so that nobody fills
    /// the mailboxes of many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The language of the message; the user's preferred one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

fn unknown() -> Problem {
    Problem::new(Code::LinkUnknown, "the link is none of ours")
}

fn parsed(token: &Secret) -> Result<Token, Problem> {
    Token::parse(TokenKind::Link, token.expose()).ok_or_else(unknown)
}

/// The user of a link and everything that hangs on it.
fn needed(token: &Token) -> Needs {
    let mut needs = Needs::default();
    needs.record(token.id());
    needs
}

impl Acting<'_> {
    /// The link that a token names, when it can be used: for the page that the link leads to. Nothing is changed.
    ///
    /// # Errors
    /// [`Code::LinkUnknown`], [`Code::LinkUsed`], [`Code::LinkReplaced`], [`Code::LinkExpired`] or
    /// [`Code::LinkRevoked`] (S3-30).
    pub async fn check_link(&self, link_token: &str) -> Result<LinkView, Problem> {
        let token = Token::parse(TokenKind::Link, link_token).ok_or_else(unknown)?;
        let facts = self.storage().load(self.realm, &needed(&token)).await?;
        let link = facts.records.into_values().next().flatten().ok_or_else(unknown)?;
        if !same_digest(link.text("token_digest"), &token.digest()) {
            return Err(unknown());
        }
        if let Some(refusal) = link_state(&link, self.shared.host.clock.now()).refusal() {
            return Err(refusal.about(link.id));
        }
        view(&link).ok_or_else(unknown)
    }

    /// Completes the sign-up of a person who was invited: sets the password, fills in the profile and uses the link up, in
    /// one commit (S3-21, S3-29). Of two at the same moment one succeeds (S3-89).
    ///
    /// # Errors
    /// Those of [`Acting::check_link`]; what is wrong with the password or the profile. Nothing is changed then.
    pub async fn accept_invitation(&self, accept: &AcceptInvitation) -> Result<UserId, Problem> {
        let token = parsed(&accept.link_token)?;
        let step = |draft: &mut Draft<'_>| {
            let (link, user) = link::presented(draft, &token, LinkPurpose::Invitation)?;
            let id = UserId(user.id.uuid);
            draft.subject(id);
            link::use_up(draft, &link)?;
            // The language of the invitation is the one to begin with, until the person chooses another (S3-18).
            let mut attributes = accept.attributes.clone();
            if let Some(language) = link.value("language") {
                attributes
                    .entry("language".to_owned())
                    .or_insert_with(|| Some(language.clone()));
            }
            link::complete(draft, &user, &link)?;
            if !attributes.is_empty() {
                let mut update = UpdateUser::new(id);
                update.attributes = attributes;
                update.decide(draft)?;
            }
            if let Some(version) = &accept.terms {
                RecordConsent::to_terms(id, version).decide(draft)?;
            }
            store(draft, id, &accept.password, "user", false)?;
            draft.subject(id);
            Ok(id)
        };
        let done = self
            .carry_out("user.accept_invitation", &|_| needed(&token), step)
            .await?;
        Ok(done.outcome)
    }

    /// Sets a new password by a link that was sent for it, and signs the user out everywhere. Second factors stay as they
    /// are: the next sign-in asks for them.
    ///
    /// # Errors
    /// Those of [`Acting::check_link`]; what is wrong with the password. Nothing is changed then, and the present
    /// password stays valid (S3-57).
    pub async fn reset_password(&self, reset: &ResetPasswordByLink) -> Result<UserId, Problem> {
        let token = parsed(&reset.link_token)?;
        let step = |draft: &mut Draft<'_>| {
            let (link, user) = link::presented(draft, &token, LinkPurpose::PasswordReset)?;
            let id = UserId(user.id.uuid);
            link::use_up(draft, &link)?;
            store(draft, id, &reset.password, "link", false)?;
            let mut after = (*draft.existing(id)?).clone();
            link::verified(&mut after, &link);
            draft.put(after, Cause::Requested)?;
            session::revoke(draft, user.id, None, "password_reset", Cause::Disposition)?;
            draft.event("user.password_reset", id, []);
            draft.subject(id);
            Ok(id)
        };
        let done = self
            .carry_out("user.reset_password", &|_| needed(&token), step)
            .await?;
        Ok(done.outcome)
    }

    /// Takes a link as the proof that the e-mail address is the user's own.
    ///
    /// # Errors
    /// Those of [`Acting::check_link`].
    pub async fn verify_email(&self, link_token: &str) -> Result<UserId, Problem> {
        let token = Token::parse(TokenKind::Link, link_token).ok_or_else(unknown)?;
        let step = |draft: &mut Draft<'_>| {
            let (link, user) = link::presented(draft, &token, LinkPurpose::EmailVerification)?;
            let id = UserId(user.id.uuid);
            link::use_up(draft, &link)?;
            let mut after = (*user).clone();
            after.set("verified_email", link.value("email").cloned());
            draft.put(after, Cause::Requested)?;
            draft.event("user.email_verified", id, []);
            draft.subject(id);
            Ok(id)
        };
        let done = self
            .carry_out("user.verify_email", &|_| needed(&token), step)
            .await?;
        Ok(done.outcome)
    }

    /// Asks for a password reset without being signed in (S1-72). The answer is always the same: whoever has the
    /// identifier gets a message, and nobody learns whether there is such a user. For nobody the same is written as for
    /// somebody.
    ///
    /// # Errors
    /// [`Code::Throttled`] when too many were asked for; failures of the storage.
    pub async fn request_password_reset(&self, request: &RequestPasswordReset) -> Result<(), Problem> {
        let step = |draft: &mut Draft<'_>| {
            let mut counted = vec![Counted::Reset(&request.identifier)];
            counted.extend(request.address.as_deref().map(Counted::ResetFrom));
            // Whoever tries passwords from an address does not ask for links from it either.
            let failed = request.address.as_deref().map(Counted::Address);
            throttle(draft, &counted.iter().copied().chain(failed).collect::<Vec<_>>())?;
            let user = find(draft, &request.identifier)?;
            count(draft, &counted)?;
            ask(draft, user.as_ref(), request)
        };
        let needs = |schema: &crate::plan::Schema| {
            let mut needs = Needs::default();
            needs.record(Counted::Reset(&request.identifier).counter(schema.realm));
            if let Some(address) = &request.address {
                needs.record(Counted::ResetFrom(address).counter(schema.realm));
                needs.record(Counted::Address(address).counter(schema.realm));
            }
            needs
        };
        self.carry_out("user.request_password_reset", &needs, step)
            .await
            .map(drop)
    }

    /// The links of a user, the newest first, used and expired ones among them.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn links(&self, user: UserId) -> Result<Vec<Arc<Record>>, Problem> {
        self.require("reset_password", user).await?;
        let mut links = self.referring_records(Kind::Link, user.into()).await?;
        links.sort_by_key(|link| std::cmp::Reverse(link.id));
        Ok(links)
    }
}

/// A link for somebody, a decoy for nobody.
fn ask(
    draft: &mut Draft<'_>,
    user: Option<&Arc<Record>>,
    request: &RequestPasswordReset,
) -> Result<(), Stop> {
    let reachable = match user {
        Some(user) if is_registered(user) && !user.text("email").is_empty() => {
            let policy = crate::command::policy::effective(draft, UserId(user.id.uuid))?;
            policy.link.self_reset.then_some(user)
        }
        _ => None,
    };
    match reachable {
        Some(user) => {
            let asked = Asked {
                purpose: LinkPurpose::PasswordReset,
                // A language that is none is no reason to say that there is somebody.
                language: None,
                delivery: Delivery::Message,
            };
            let wished = Asked {
                language: request.language.as_deref(),
                ..asked
            };
            let (link, _) = match link::issue(draft, user, &wished) {
                Err(Stop::Refused(_)) => link::issue(
                    draft,
                    user,
                    &Asked {
                        language: None,
                        ..wished
                    },
                )?,
                other => other?,
            };
            draft.event("user.password_reset_requested", user.id, [("link", link.into())]);
        }
        None => {
            let realm = EntityId::from(draft.context.realm);
            link::decoy(draft)?;
            draft.event(
                "user.password_reset_requested",
                realm,
                [("link", Value::from(""))],
            );
        }
    }
    Ok(())
}

fn view(link: &Record) -> Option<LinkView> {
    Some(LinkView {
        id: link.id.try_into().ok()?,
        user: link.reference("user")?.try_into().ok()?,
        purpose: LinkPurpose::from_name(link.text("purpose"))?,
        email: link.text("email").to_owned(),
        language: Some(link.text("language").to_owned()).filter(|tag| !tag.is_empty()),
        expires_at: link.moment("expires_at")?,
    })
}
