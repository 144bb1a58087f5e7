//! Messages to people: whoever brings them by mail, SMS or otherwise.

use std::fmt::Debug;

use async_trait::async_trait;
use serde::Serialize;

use super::LeasedEffect;
use crate::model::{RealmId, Secret, UserId};

/// How a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageChannel {
    /// By e-mail.
    #[default]
    Email,
    /// By SMS.
    Sms,
}

/// A file that goes with a message.
#[derive(Clone, PartialEq, Serialize)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type, such as `image/png`.
    pub media_type: String,
    /// What is in it.
    pub content: Vec<u8>,
}

/// A message that is ready to go. `Debug` shows neither address nor content.
#[derive(Clone, PartialEq, Serialize)]
pub struct Message {
    /// Names the message: the same one sent twice has the same key.
    pub key: String,
    /// The realm.
    pub realm: RealmId,
    /// Whom it is for.
    pub user: UserId,
    /// How it goes.
    pub channel: MessageChannel,
    /// The e-mail address or phone number.
    pub address: String,
    /// How the user is called.
    pub name: String,
    /// Which template it was made of.
    pub template: String,
    /// The language of the text.
    pub language: String,
    /// The subject line; empty for SMS.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML, when the template has it.
    pub html: Option<String>,
    /// Files that go with it.
    pub attachments: Vec<Attachment>,
}

impl Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.content.len())
    }
}

impl Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("key", &self.key)
            .field("user", &self.user)
            .field("template", &self.template)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// Something was not done outside. The reason holds no secret and nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// It may work later.
    #[error("not now: {0}")]
    Later(String),
    /// It will never work.
    #[error("never: {0}")]
    Never(String),
}

/// Brings messages to people. Called at least once for each message: the key tells a repetition.
#[async_trait]
pub trait Messenger: Debug + Send + Sync {
    /// Hands a message over to whoever carries it on.
    ///
    /// # Errors
    /// Whether trying again may help.
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError>;
}

/// Does what is asked outside besides messages: ends sessions elsewhere, publishes passwords, provisions.
#[async_trait]
pub trait EffectHandler: Debug + Send + Sync {
    /// Carries out an effect, with the secret that it carries. Called at least once: the effect's key tells a repetition.
    ///
    /// # Errors
    /// Whether trying again may help.
    async fn handle(&self, effect: &LeasedEffect, secret: Option<&Secret>) -> Result<(), DeliveryError>;
}
