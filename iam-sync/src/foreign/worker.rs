//! What runs beside a program in another language: sources are read, messages delivered. One call with JSON on both sides.

use std::sync::Arc;

use iam_core::{
    model::ConnectorDescriptor,
    port::{EffectHandler, Messenger},
    service::{Acting, Iam, OutboxWorker},
    wire::{Code, Problem, json},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value as Json;

use super::{Foreign, ForeignMessenger};

/// What a program brings along for its [`Worker`].
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Parts {
    /// The worker's name; no two that run at the same time have the same.
    pub name: String,
    /// How its own connectors describe themselves.
    pub connectors: Vec<ConnectorDescriptor>,
    /// Secrets by the names that configurations have for them.
    pub secrets: std::collections::BTreeMap<String, String>,
    /// It delivers messages.
    pub messenger: bool,
    /// It carries effects out.
    pub handler: bool,
}

/// Runs sources and empties the outbox, with ports of another language beside the built-in connectors.
///
/// Built without the feature `sources` it only empties the outbox.
#[derive(Debug, Clone)]
pub struct Worker {
    iam: Iam,
    outbox: OutboxWorker,
    #[cfg(feature = "sources")]
    reading: super::reading::Reading,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Limit {
    #[serde(default = "hundred")]
    limit: usize,
}

fn hundred() -> usize {
    100
}

pub(super) fn read<T: DeserializeOwned>(operation: &str, input: Json) -> Result<T, Problem> {
    serde_json::from_value(input).map_err(|error| {
        let message: String = error.to_string().chars().take(300).collect();
        Problem::new(Code::Malformed, format!("{operation}: {message}")).about(operation)
    })
}

impl Worker {
    /// What a worker can be called for.
    pub const OPERATIONS: [&'static str; 10] = [
        "install",
        "check",
        "sample",
        "preview",
        "schedule",
        "run",
        "undo",
        "forget",
        "deliver",
        "try_connector",
    ];

    /// A worker of a program.
    ///
    /// # Errors
    /// [`Code::Malformed`] when it has no name, or two connectors have the same.
    pub fn new(iam: &Iam, parts: Parts, foreign: Arc<dyn Foreign>) -> Result<Worker, Problem> {
        if parts.name.trim().is_empty() {
            return Err(Problem::new(Code::Malformed, "a worker has a name of its own").about("name"));
        }
        if cfg!(not(feature = "sources")) && !parts.connectors.is_empty() {
            return Err(without_sources("connectors"));
        }
        #[cfg(feature = "sources")]
        let reading = super::reading::Reading::new(iam, &parts, &foreign)?;
        let carrier = Arc::new(ForeignMessenger(foreign));
        Ok(Worker {
            iam: iam.clone(),
            outbox: OutboxWorker {
                name: parts.name,
                messenger: parts.messenger.then(|| carrier.clone() as Arc<dyn Messenger>),
                handler: parts.handler.then_some(carrier as Arc<dyn EffectHandler>),
            },
            #[cfg(feature = "sources")]
            reading,
        })
    }

    /// Performs one of [`Worker::OPERATIONS`].
    ///
    /// # Errors
    /// [`Code::Malformed`] when the operation or its input is not known; [`Code::Denied`] for an actor who is a user;
    /// [`Code::FeatureOff`] for everything about sources where those are not built in; else what the operation says.
    pub async fn call(&self, acting: &Acting<'_>, operation: &str, input: Json) -> Result<Json, Problem> {
        // All of this is the host's, like work of the outbox.
        json::may_call(acting, "lease")?;
        if operation == "deliver" {
            let Limit { limit } = read(operation, input)?;
            return json::value(&self.iam.work_outbox(&self.outbox, limit).await?);
        }
        if !Worker::OPERATIONS.contains(&operation) {
            let shown: String = operation.chars().take(60).collect();
            let message = format!("a worker has no operation “{shown}”");
            return Err(Problem::new(Code::Malformed, message));
        }
        #[cfg(feature = "sources")]
        return self
            .reading
            .call(acting, &self.outbox.name, operation, input)
            .await;
        #[cfg(not(feature = "sources"))]
        return Err(without_sources(operation));
    }
}

fn without_sources(what: &str) -> Problem {
    let message = "this package was built without identity sources: it delivers messages, and no more";
    Problem::new(Code::FeatureOff, message).about(what)
}
