//! The worker of the outbox: renders messages in the language of their reader, hands them to the messenger, and
//! everything else to the host.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::Iam;
use crate::{
    credential::qr,
    model::{EntityId, Kind, Record, Secret, UserId},
    plan::{Needs, Schema, label},
    port::{
        Attachment, DeliveryError, EffectHandler, LeasedEffect, Message, MessageChannel, Messenger, Settled,
    },
    rules::message::choose,
    wire::{Code, Problem},
};

/// Seconds for which a worker has what it took.
const LEASE: i64 = 120;
/// After so many attempts a message is given up.
const MOST_ATTEMPTS: u32 = 12;

/// Carries out what commits have asked for.
#[derive(Debug, Clone)]
pub struct OutboxWorker {
    /// The name of the worker: no two that run at the same time have the same.
    pub name: String,
    /// Brings messages; without one they wait.
    pub messenger: Option<Arc<dyn Messenger>>,
    /// Does everything else; without one it waits, and what comes later for the same subject waits behind it.
    pub handler: Option<Arc<dyn EffectHandler>>,
}

/// What a round of work did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxReport {
    /// Messages handed over and effects carried out.
    pub done: usize,
    /// Messages that were not to go: switched off, too late, without an address.
    pub dropped: usize,
    /// What did not work and is tried again.
    pub later: usize,
    /// What did not work and is given up, with the reason. No secret, nothing personal.
    pub given_up: Vec<String>,
}

impl OutboxReport {
    /// Whether there was nothing to do.
    pub fn is_empty(&self) -> bool {
        self == &OutboxReport::default()
    }
}

/// What becomes of one effect.
enum Outcome {
    Done,
    Dropped,
    Later(String),
    GivenUp(String),
}

impl From<DeliveryError> for Outcome {
    fn from(error: DeliveryError) -> Self {
        match error {
            DeliveryError::Later(reason) => Outcome::Later(reason),
            DeliveryError::Never(reason) => Outcome::GivenUp(reason),
        }
    }
}

impl Iam {
    /// Takes up to `limit` effects from the outbox and carries them out. Call it in a loop, from one process or several;
    /// of one subject only one thing is under way at a time, in order.
    ///
    /// A message goes when its type is not switched off (S0-24, S0-34, S0-40, S0-51), in the language of the user; what
    /// carries a secret is dropped when its time is over, and with the settling the secret is gone (S4-43).
    ///
    /// # Errors
    /// When the storage fails. What was taken then waits for the end of the lease.
    pub async fn work_outbox(&self, worker: &OutboxWorker, limit: usize) -> Result<OutboxReport, Problem> {
        let now = self.shared.host.clock.now();
        let storage = self.storage();
        let leased = storage
            .lease(&worker.name, now, now.plus_seconds(LEASE), limit.clamp(1, 1_000))
            .await?;
        let mut report = OutboxReport::default();
        let mut settled = Vec::with_capacity(leased.len());
        for effect in &leased {
            let outcome = self.carry_out(worker, effect).await?;
            let retry = match outcome {
                Outcome::Done => {
                    report.done += 1;
                    None
                }
                Outcome::Dropped => {
                    report.dropped += 1;
                    None
                }
                Outcome::Later(reason)
                    if effect.attempts + 1 >= MOST_ATTEMPTS && effect.effect.name == "message" =>
                {
                    report
                        .given_up
                        .push(format!("{}: {reason}", effect.effect.subject));
                    None
                }
                Outcome::Later(reason) => {
                    report.later += 1;
                    // 10, 20, 40 seconds and so on, an hour at most.
                    let seconds = 10i64 << effect.attempts.min(9);
                    Some((now.plus_seconds(seconds.min(3_600)), reason))
                }
                Outcome::GivenUp(reason) => {
                    report
                        .given_up
                        .push(format!("{}: {reason}", effect.effect.subject));
                    None
                }
            };
            settled.push(Settled {
                number: effect.number,
                worker: worker.name.clone(),
                retry,
            });
        }
        if !settled.is_empty() {
            storage.settle(&settled).await?;
        }
        Ok(report)
    }

    async fn carry_out(&self, worker: &OutboxWorker, leased: &LeasedEffect) -> Result<Outcome, Problem> {
        let secret = match self.open_effect(leased) {
            Ok(secret) => secret,
            Err(problem) if problem.code == Code::Expired => return Ok(Outcome::Dropped),
            Err(problem) if problem.code == Code::Sealed => return Ok(Outcome::GivenUp(problem.message)),
            Err(problem) => return Err(problem),
        };
        match leased.effect.name.as_str() {
            // Written for nobody, so that it takes as long as writing to somebody.
            "decoy" => Ok(Outcome::Dropped),
            "message" => {
                let Some(messenger) = &worker.messenger else {
                    return Ok(Outcome::Later("there is no messenger".to_owned()));
                };
                match self.compose(leased, secret.as_ref()).await? {
                    Ok(message) => Ok(messenger
                        .deliver(&message)
                        .await
                        .map_or_else(Outcome::from, |()| Outcome::Done)),
                    Err(outcome) => Ok(outcome),
                }
            }
            _ => match &worker.handler {
                Some(handler) => Ok(handler
                    .handle(leased, secret.as_ref())
                    .await
                    .map_or_else(Outcome::from, |()| Outcome::Done)),
                None => Ok(Outcome::Later("there is nobody to do it".to_owned())),
            },
        }
    }

    /// The message that an effect asks for, or why there is none.
    async fn compose(
        &self,
        leased: &LeasedEffect,
        secret: Option<&Secret>,
    ) -> Result<Result<Message, Outcome>, Problem> {
        let text = |name: &str| leased.effect.text(name).unwrap_or_default();
        let template = text("template");
        let schema = self.shared.schema(self.storage().as_ref(), leased.realm).await?;
        if schema.settings.messages.get(template) == Some(&false) {
            return Ok(Err(Outcome::Dropped));
        }
        let subject = leased.effect.subject;
        let mut needs = Needs::default();
        needs.record(subject).record(leased.realm);
        let facts = self.storage().load(leased.realm, &needs).await?;
        let known = |id: EntityId| facts.records.get(&id).and_then(Option::as_ref);
        let (Some(user), Ok(id)) = (known(subject), UserId::try_from(subject)) else {
            return Ok(Err(Outcome::Dropped));
        };
        let channel = match text("channel") {
            "sms" => MessageChannel::Sms,
            _ => MessageChannel::Email,
        };
        let address = match channel {
            MessageChannel::Email => user.text("email"),
            MessageChannel::Sms => user.text("phone"),
        };
        let farewell = template == "user.deleted";
        if address.is_empty() || (user.is_deleted() && !farewell) {
            return Ok(Err(Outcome::Dropped));
        }
        let language = Some(text("language"))
            .filter(|tag| !tag.is_empty())
            .unwrap_or(user.text("language"));
        let realm = known(leased.realm.into())
            .map(|realm| realm.text("name").to_owned())
            .unwrap_or_default();
        let values = values(leased, &schema, user, &realm, secret);
        let (chosen, language) = choose(&schema.settings.message_templates, template, language);
        let rendered = chosen.render(&values);
        let attachments = match (template, secret) {
            ("otp.enrolment", Some(uri)) => match qr::png(uri.expose(), 6) {
                Ok(content) => vec![Attachment {
                    name: "qr.png".to_owned(),
                    media_type: "image/png".to_owned(),
                    content,
                }],
                Err(error) => return Ok(Err(Outcome::GivenUp(error.to_string()))),
            },
            _ => Vec::new(),
        };
        Ok(Ok(Message {
            key: leased.effect.key.clone(),
            realm: leased.realm,
            user: id,
            channel,
            address: address.to_owned(),
            name: label(user),
            template: template.to_owned(),
            language,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            attachments,
        }))
    }
}

/// What a template may name.
fn values(
    leased: &LeasedEffect,
    schema: &Schema,
    user: &Record,
    realm: &str,
    secret: Option<&Secret>,
) -> BTreeMap<String, String> {
    let text = |name: &str| leased.effect.text(name).unwrap_or_default();
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for definition in schema.attributes(Kind::User) {
        let value = user.text(&definition.name);
        if !value.is_empty() {
            values.insert(definition.name.clone(), value.to_owned());
        }
    }
    values.insert("name".to_owned(), label(user));
    values.insert("realm".to_owned(), realm.to_owned());
    let until = Some(text("valid_until"))
        .filter(|until| !until.is_empty())
        .unwrap_or(text("expires_at"));
    values.insert(
        "until".to_owned(),
        until
            .get(..16)
            .map(|until| until.replace('T', " ") + " UTC")
            .unwrap_or_default(),
    );
    if let Some(secret) = secret {
        let secret = secret.expose();
        let link = schema
            .settings
            .message_links
            .get(text("template"))
            .map_or_else(|| secret.to_owned(), |pattern| pattern.replace("{token}", secret));
        values.insert("secret".to_owned(), secret.to_owned());
        values.insert("link".to_owned(), link);
    }
    values
}
