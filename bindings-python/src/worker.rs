//! What runs beside the program: sources are read, messages delivered, with ports that are written in Python.

use std::sync::Arc;

use async_trait::async_trait;
use iam_core::{
    service::Acting,
    wire::{Code, Problem},
};
use iam_sync::foreign::{self, Foreign, ForeignError, Parts};
use pyo3::{prelude::*, types::PyDict};
use serde_json::Value;

use crate::{
    client::{perform, raise},
    convert::{from_json, to_json},
    reply::{Reply, exception},
    runtime::{Own, Visit},
};

/// The function that asks the ports; `iam/_worker.py` makes it.
#[derive(Debug, Clone)]
struct Ports(Arc<Py<PyAny>>);

/// What the function answers: its answer, or what went wrong.
fn ask(ports: &Py<PyAny>, method: &str, input: &Value) -> Result<Value, ForeignError> {
    let gone = || ForeignError::unforeseen("the interpreter is gone");
    let _visit = Visit::begin().ok_or_else(gone)?;
    let answer = Python::try_attach(|py| {
        let answer = ports.bind(py).call1((method, from_json(py, input)?))?;
        to_json(&answer, 0).map_err(|wrong| exception(py, &wrong.into()))
    });
    match answer.ok_or_else(gone)? {
        Ok(Value::Object(mut answer)) => match answer.remove("error") {
            Some(error) => Err(serde_json::from_value(error).unwrap_or_default()),
            None => Ok(answer.remove("answer").unwrap_or_default()),
        },
        Ok(_) => Err(ForeignError::default()),
        Err(error) => {
            // What it raises may tell more than its caller should know: only its class is passed on.
            let class = Python::try_attach(|py| error.get_type(py).name().map(|name| name.to_string()));
            Err(ForeignError::unforeseen(
                class.and_then(Result::ok).unwrap_or_default(),
            ))
        }
    }
}

#[async_trait]
impl Foreign for Ports {
    async fn ask(&self, method: &'static str, input: Value) -> Result<Value, ForeignError> {
        let ports = self.0.clone();
        // A port may take its time, and it takes the interpreter.
        let asked = tokio::task::spawn_blocking(move || ask(&ports, method, &input)).await;
        asked.unwrap_or_else(|error| Err(ForeignError::unforeseen(error.to_string())))
    }
}

/// Runs sources and empties the outbox.
#[pyclass(frozen, module = "iam._native")]
pub struct Worker(Own<(foreign::Worker, Acting<'static>)>);

impl Worker {
    pub fn new(
        py: Python<'_>,
        acting: Acting<'static>,
        parts: &Bound<'_, PyDict>,
        ports: Py<PyAny>,
    ) -> PyResult<Self> {
        let read = to_json(parts, 0).map_err(|wrong| exception(py, &wrong.into()))?;
        let parts: Result<Parts, _> = serde_json::from_value(read);
        let parts = parts.map_err(|error| Problem::new(Code::Malformed, error.to_string()).about("worker"));
        let parts = raise(py, parts)?;
        let made = foreign::Worker::new(&acting.engine(), parts, Arc::new(Ports(Arc::new(ports))));
        raise(py, made.and_then(|worker| Own::new((worker, acting)))).map(Worker)
    }
}

#[pymethods]
impl Worker {
    /// Performs an operation of a worker.
    #[pyo3(signature = (operation, input, event_loop=None, future=None))]
    fn call<'py>(
        &self,
        py: Python<'py>,
        operation: String,
        input: &Bound<'py, PyDict>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (both, on) = raise(py, self.0.get())?;
        let input = raise(py, to_json(input, 0).map_err(Problem::from))?;
        let (worker, acting) = both.clone();
        perform(py, on, event_loop.zip(future), async move {
            worker.call(&acting, &operation, input).await.map(Reply::Json)
        })
    }
}
