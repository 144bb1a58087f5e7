//! What runs beside a program in another language: sources are read, messages delivered. One call with JSON on both sides.

use std::sync::Arc;

use iam_core::{
    model::{Configuration, ConnectorDescriptor, KindRules, Moment, SourceId, SyncKind, SyncRunId},
    port::{EffectHandler, Messenger, connector_suite},
    service::{Acting, Iam, OutboxWorker},
    wire::{Code, Problem, json},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value as Json, json};

use super::{Foreign, ForeignConnector, ForeignMessenger};
use crate::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::Sources,
};

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
#[derive(Debug, Clone)]
pub struct Worker {
    name: String,
    iam: Iam,
    sources: Sources,
    secrets: KnownSecrets,
    outbox: OutboxWorker,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    connector: String,
    #[serde(default)]
    configuration: Configuration,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sampled {
    connector: String,
    #[serde(default)]
    configuration: Configuration,
    kind: SyncKind,
    rules: KindRules,
    #[serde(default = "ten")]
    objects: u32,
}

fn ten() -> u32 {
    10
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tried {
    connector: String,
    #[serde(default)]
    configuration: Configuration,
    kind: SyncKind,
    #[serde(default)]
    object_class: String,
    #[serde(default)]
    least: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfSource {
    source: SourceId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfRun {
    run: SyncRunId,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Before {
    before: Moment,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

fn read<T: DeserializeOwned>(operation: &str, input: Json) -> Result<T, Problem> {
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
        let mut connectors = Connectors::builtin();
        for descriptor in parts.connectors {
            if connectors.find(&descriptor.name).is_some() {
                let message = format!("there is a connector “{}” already", descriptor.name);
                return Err(Problem::new(Code::Malformed, message).about(descriptor.name));
            }
            connectors.add(Arc::new(ForeignConnector::new(descriptor, foreign.clone())));
        }
        let secrets = parts
            .secrets
            .iter()
            .fold(KnownSecrets::new(), |secrets, (name, secret)| {
                secrets.with(name, secret)
            });
        let carrier = Arc::new(ForeignMessenger(foreign));
        Ok(Worker {
            iam: iam.clone(),
            sources: Sources::new(connectors, Arc::new(secrets.clone()), iam.clock()),
            secrets,
            outbox: OutboxWorker {
                name: parts.name.clone(),
                messenger: parts.messenger.then(|| carrier.clone() as Arc<dyn Messenger>),
                handler: parts.handler.then_some(carrier as Arc<dyn EffectHandler>),
            },
            name: parts.name,
        })
    }

    /// Performs one of [`Worker::OPERATIONS`].
    ///
    /// # Errors
    /// [`Code::Malformed`] when the operation or its input is not known; [`Code::Denied`] for an actor who is a user; else
    /// what the operation says.
    pub async fn call(&self, acting: &Acting<'_>, operation: &str, input: Json) -> Result<Json, Problem> {
        // All of this is the host's, like work of the outbox.
        json::may_call(acting, "lease")?;
        let sources = &self.sources;
        match operation {
            "install" => {
                let Nothing {} = read(operation, input)?;
                json::value(&sources.connectors().install(acting).await?)
            }
            "check" => {
                let Check {
                    connector,
                    configuration,
                } = read(operation, input)?;
                json::value(&sources.check(&connector, &configuration).await?)
            }
            "sample" => {
                let ask: Sampled = read(operation, input)?;
                let (configuration, rules) = (&ask.configuration, &ask.rules);
                let samples = sources
                    .sample(
                        acting,
                        &ask.connector,
                        configuration,
                        ask.kind,
                        rules,
                        ask.objects,
                    )
                    .await?;
                let samples = samples
                    .iter()
                    .map(|sample| json!({"object": sample.object, "mapped": sample.mapped}));
                Ok(samples.collect())
            }
            "preview" => {
                let OfSource { source } = read(operation, input)?;
                json::value(&sources.preview(acting, source, &mut ()).await?)
            }
            "schedule" => {
                let Nothing {} = read(operation, input)?;
                json::value(&sources.schedule(acting).await?)
            }
            "run" => {
                let Nothing {} = read(operation, input)?;
                json::value(&sources.work(acting, &self.name, &mut ()).await?)
            }
            "undo" => {
                let OfRun { run } = read(operation, input)?;
                let undone = sources.undo(acting, run).await?;
                Ok(json!({"commits": undone.commits, "kept": undone.kept}))
            }
            "forget" => {
                let Before { before } = read(operation, input)?;
                json::value(&sources.forget(acting, before).await?)
            }
            "deliver" => {
                let Limit { limit } = read(operation, input)?;
                json::value(&self.iam.work_outbox(&self.outbox, limit).await?)
            }
            "try_connector" => self.tried(read(operation, input)?).await,
            _ => {
                let shown: String = operation.chars().take(60).collect();
                let message = format!("a worker has no operation “{shown}”");
                Err(Problem::new(Code::Malformed, message))
            }
        }
    }

    /// The cases that every connector has to pass.
    async fn tried(&self, tried: Tried) -> Result<Json, Problem> {
        let connector = self.sources.connectors().find(&tried.connector).ok_or_else(|| {
            let message = format!("this process has no connector “{}”", tried.connector);
            Problem::new(Code::ConnectorMissing, message).about(&tried.connector)
        })?;
        let subject = connector_suite::Subject {
            configuration: tried.configuration,
            secrets: &self.secrets,
            kind: tried.kind,
            object_class: &tried.object_class,
            least: tried.least,
        };
        json::value(&connector_suite::faults(connector.as_ref(), &subject).await)
    }
}
