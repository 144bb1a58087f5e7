//! What a worker does about identity sources.

use std::sync::Arc;

use iam_core::{
    model::{Configuration, KindRules, Moment, SourceId, SyncKind, SyncRunId},
    port::connector_suite,
    service::{Acting, Iam},
    wire::{Code, Problem, json},
};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{
    Foreign, ForeignConnector,
    worker::{Parts, read},
};
use crate::{
    connector::{Connectors, KnownSecrets},
    reconcile::run::Sources,
};

/// Sources, and the connectors that read them.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    sources: Sources,
    secrets: KnownSecrets,
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
struct Nothing {}

impl Reading {
    pub(super) fn new(iam: &Iam, parts: &Parts, foreign: &Arc<dyn Foreign>) -> Result<Reading, Problem> {
        let mut connectors = Connectors::builtin();
        for descriptor in &parts.connectors {
            if connectors.find(&descriptor.name).is_some() {
                let message = format!("there is a connector “{}” already", descriptor.name);
                return Err(Problem::new(Code::Malformed, message).about(&descriptor.name));
            }
            connectors.add(Arc::new(ForeignConnector::new(
                descriptor.clone(),
                foreign.clone(),
            )));
        }
        let secrets = parts
            .secrets
            .iter()
            .fold(KnownSecrets::new(), |secrets, (name, secret)| {
                secrets.with(name, secret)
            });
        Ok(Reading {
            sources: Sources::new(connectors, Arc::new(secrets.clone()), iam.clock()),
            secrets,
        })
    }

    /// Performs an operation of a worker that has this name: all but `deliver`.
    pub(super) async fn call(
        &self,
        acting: &Acting<'_>,
        name: &str,
        operation: &str,
        input: Json,
    ) -> Result<Json, Problem> {
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
                json::value(&sources.work(acting, name, &mut ()).await?)
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
            _ => self.tried(read(operation, input)?).await,
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
