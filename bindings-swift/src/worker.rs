//! What runs beside the app: sources are read, messages delivered, with ports that are written in its language.

use std::{fmt, sync::Arc};

use iam_core::{
    service,
    wire::{Code, Problem},
};
use iam_sync::foreign::{self, Foreign, ForeignError, Parts};
use serde_json::Value as Json;

use crate::{Acting, IamError, Value, run::run};

/// Why a port did not do what it was asked for.
#[derive(Debug, Clone, PartialEq, thiserror::Error, uniffi::Error)]
pub enum HostPortError {
    /// What happened. No secret in it, and nothing personal.
    #[error("{reason}")]
    Failed {
        /// The name of the error.
        kind: String,
        /// One sentence.
        reason: String,
        /// The field of the configuration that is wrong.
        field: String,
        /// How long to wait.
        seconds: u64,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostPortError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // What was thrown may tell more than its caller should know.
        HostPortError::Failed {
            kind: String::new(),
            reason: "the port failed".to_owned(),
            field: String::new(),
            seconds: 0,
        }
    }
}

/// Asks the ports of a worker; the hand-written part of the package makes it.
#[uniffi::export(rust, foreign)]
#[async_trait::async_trait]
pub trait HostPorts: Send + Sync {
    /// Asks one of them.
    ///
    /// # Errors
    /// What the port says went wrong.
    async fn ask(&self, method: String, input: Value) -> Result<Value, HostPortError>;
}

struct Ports(Arc<dyn HostPorts>);

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ports")
    }
}

#[async_trait::async_trait]
impl Foreign for Ports {
    async fn ask(&self, method: &'static str, input: Json) -> Result<Json, ForeignError> {
        let answer = self.0.ask(method.to_owned(), input.into()).await;
        let answer = answer.map_err(|error| {
            let HostPortError::Failed {
                kind,
                reason,
                field,
                seconds,
            } = error;
            ForeignError {
                kind,
                message: reason,
                field,
                seconds,
            }
        })?;
        answer
            .into_json(0)
            .map_err(|error| ForeignError::unforeseen(error.to_string()))
    }
}

/// Runs sources and empties the outbox: see the hand-written `Worker`.
#[derive(Debug, uniffi::Object)]
pub struct HostWorker {
    worker: foreign::Worker,
    acting: service::Acting<'static>,
}

#[uniffi::export]
impl HostWorker {
    /// A worker of an actor's; the ports describe themselves in `parts`.
    ///
    /// # Errors
    /// When they are not well formed.
    #[uniffi::constructor]
    pub fn open(acting: Arc<Acting>, parts: Value, ports: Arc<dyn HostPorts>) -> Result<Arc<Self>, IamError> {
        let parts: Result<Parts, _> = serde_json::from_value(parts.into_json(0)?);
        let parts =
            parts.map_err(|error| Problem::new(Code::Malformed, error.to_string()).about("worker"))?;
        let acting = acting.0.clone();
        let worker = foreign::Worker::new(&acting.engine(), parts, Arc::new(Ports(ports)))?;
        Ok(Arc::new(HostWorker { worker, acting }))
    }

    /// Performs an operation of a worker.
    ///
    /// # Errors
    /// The problem.
    pub async fn call(&self, operation: String, input: Value) -> Result<Value, IamError> {
        let (worker, acting) = (self.worker.clone(), self.acting.clone());
        let input = input.into_json(0)?;
        let answer = run(None, async move { worker.call(&acting, &operation, input).await });
        Ok(answer.await?.into())
    }
}
