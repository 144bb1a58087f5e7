//! Ports that are written in another language: a connector, a messenger, whoever carries effects out. They are asked with
//! JSON and answer with JSON; what they have to be is the same in every language.
//!
//! | Method | Input | Answer |
//! |---|---|---|
//! | `open` | `connector`, `configuration`, `secrets` by field | `connection`, anything that names it |
//! | `classes` | `connection` | a list of [`ObjectClass`](iam_core::port::ObjectClass) |
//! | `read` | `connection`, `read` ([`Read`](iam_core::port::Read)), `cursor` | [`Objects`](iam_core::port::Objects) |
//! | `close` | `connection` | nothing |
//! | `deliver` | a [`Message`]; what is in its attachments is base 64 | nothing |
//! | `handle` | `effect`, `secret` | nothing |

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::STANDARD};
use iam_core::{
    model::Secret,
    port::{DeliveryError, EffectHandler, LeasedEffect, Message, Messenger},
    wire::json,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};

#[cfg(feature = "sources")]
mod connector;
#[cfg(feature = "sources")]
mod reading;
mod worker;

#[cfg(feature = "sources")]
pub use connector::ForeignConnector;
pub use worker::{Parts, Worker};

/// A language that ports are written in.
#[async_trait]
pub trait Foreign: fmt::Debug + Send + Sync {
    /// Asks a port.
    ///
    /// # Errors
    /// What the port says went wrong.
    async fn ask(&self, method: &'static str, input: Json) -> Result<Json, ForeignError>;
}

/// Why a port did not do what it was asked for. No secret in it, and nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct ForeignError {
    /// For connectors the [name](iam_core::port::ConnectorError::name) of the error; for messages and effects `later` or `never`.
    pub kind: String,
    /// What happened.
    pub message: String,
    /// The field of the configuration that is wrong.
    pub field: String,
    /// How long to wait.
    pub seconds: u64,
}

impl ForeignError {
    /// Something that the port did not foresee.
    pub fn unforeseen(what: impl Into<String>) -> ForeignError {
        ForeignError {
            message: what.into(),
            ..ForeignError::default()
        }
    }
}

impl From<ForeignError> for DeliveryError {
    fn from(error: ForeignError) -> Self {
        match error.kind.as_str() {
            "never" => DeliveryError::Never(error.message),
            // Whatever it was, the next time it may work.
            _ => DeliveryError::Later(error.message),
        }
    }
}

/// Messages and effects that another language carries out.
#[derive(Debug)]
pub struct ForeignMessenger(pub Arc<dyn Foreign>);

#[async_trait]
impl Messenger for ForeignMessenger {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        let mut input = written(message)?;
        for (place, attachment) in message.attachments.iter().enumerate() {
            if let Some(content) = input.pointer_mut(&format!("/attachments/{place}/content")) {
                *content = STANDARD.encode(&attachment.content).into();
            }
        }
        self.foreign_ask("deliver", input).await
    }
}

#[async_trait]
impl EffectHandler for ForeignMessenger {
    async fn handle(&self, effect: &LeasedEffect, secret: Option<&Secret>) -> Result<(), DeliveryError> {
        let input = json!({
            "effect": {
                "realm": effect.realm,
                "number": effect.number,
                "revision": effect.revision,
                "attempts": effect.attempts,
                "effect": written(&effect.effect)?,
            },
            "secret": secret.map(Secret::expose),
        });
        self.foreign_ask("handle", input).await
    }
}

impl ForeignMessenger {
    async fn foreign_ask(&self, method: &'static str, input: Json) -> Result<(), DeliveryError> {
        self.0.ask(method, input).await?;
        Ok(())
    }
}

fn written<T: serde::Serialize>(value: &T) -> Result<Json, DeliveryError> {
    json::value(value).map_err(|problem| DeliveryError::Never(problem.message))
}

#[cfg(test)]
#[cfg(feature = "sources")]
mod tests;
