//! What runs beside the program: sources are read, messages delivered, with ports that are written in JavaScript.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use iam_core::{
    service,
    wire::{Code, Problem},
};
use iam_sync::foreign::{self, Foreign, ForeignError, Parts};
use napi::{
    Status,
    bindgen_prelude::{FnArgs, Function, Promise},
    threadsafe_function::ThreadsafeFunction,
};
use napi_derive::napi;
use serde_json::Value;

use crate::{Acting, parsed, raised, text::text};

type Asked = FnArgs<(String, String)>;

/// The function that asks the ports; `lib/worker.cjs` makes it. It does not keep the program from ending.
struct Ports(ThreadsafeFunction<Asked, Promise<String>, Asked, Status, false, true>);

impl fmt::Debug for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ports")
    }
}

#[async_trait]
impl Foreign for Ports {
    async fn ask(&self, method: &'static str, input: Value) -> Result<Value, ForeignError> {
        let failed = |error: napi::Error| ForeignError::unforeseen(error.status.as_ref());
        let asked = (method.to_owned(), input.to_string()).into();
        let answer = self.0.call_async(asked).await.map_err(failed)?;
        let answer = answer.await.map_err(failed)?;
        match serde_json::from_str(&answer) {
            Ok(Value::Object(mut answer)) => match answer.remove("error") {
                Some(error) => Err(serde_json::from_value(error).unwrap_or_default()),
                None => Ok(answer.remove("answer").unwrap_or_default()),
            },
            _ => Err(ForeignError::default()),
        }
    }
}

/// Runs sources and empties the outbox.
#[napi]
pub struct Worker {
    worker: foreign::Worker,
    acting: service::Acting<'static>,
}

#[napi]
impl Worker {
    /// A worker of an actor's; `parts` is JSON.
    #[napi(constructor)]
    pub fn new(
        acting: &Acting,
        parts: String,
        ask: Function<'_, Asked, Promise<String>>,
    ) -> napi::Result<Self> {
        let ask = ask.build_threadsafe_function().weak::<true>().build()?;
        let parts: Result<Parts, _> = serde_json::from_str(&parts);
        let parts =
            raised(parts.map_err(|error| Problem::new(Code::Malformed, error.to_string()).about("worker")))?;
        let acting = acting.0.clone();
        let worker = raised(foreign::Worker::new(
            &acting.engine(),
            parts,
            Arc::new(Ports(ask)),
        ))?;
        Ok(Worker { worker, acting })
    }

    /// Performs an operation of a worker.
    #[napi]
    pub async fn call(&self, operation: String, input: String) -> napi::Result<String> {
        let answer = async { self.worker.call(&self.acting, &operation, parsed(&input)?).await };
        raised(answer.await.and_then(|answer| text(&answer)))
    }
}
