//! What the host brings along, written in Python: a clock, an entropy, a vault. `iam/ports.py` makes plain callables of
//! them, which are called here whenever the engine wants to know.

use std::sync::Arc;

use iam_core::{
    model::Moment,
    port::{Clock, Entropy, Vault, VaultError},
};
use iam_storage::{
    Ports,
    host::{SystemClock, SystemEntropy},
};
use pyo3::{prelude::*, types::PyDict};

/// A callable of Python.
#[derive(Debug)]
struct Callable(Py<PyAny>);

impl Callable {
    /// What it answers; `None` when the interpreter is gone, or when it raised, which Python is told.
    fn ask<T>(&self) -> Option<T>
    where
        T: for<'a, 'py> FromPyObject<'a, 'py>,
    {
        Python::try_attach(|py| {
            let answer = self.0.bind(py).call0();
            let read = answer.and_then(|answer| answer.extract().map_err(Into::into));
            read.map_err(|error| error.write_unraisable(py, Some(self.0.bind(py))))
                .ok()
        })
        .flatten()
    }
}

impl Clock for Callable {
    fn now(&self) -> Moment {
        // A clock has no way to fail. One that does is reported, and the time goes on.
        self.ask().map_or_else(|| SystemClock.now(), Moment::from_micros)
    }
}

impl Entropy for Callable {
    fn seed(&self) -> [u8; 32] {
        self.ask().unwrap_or_else(|| SystemEntropy.seed())
    }
}

impl Vault for Callable {
    fn key(&self, name: &str) -> Result<[u8; 32], VaultError> {
        let gone = || VaultError("the interpreter is gone".to_owned());
        Python::try_attach(|py| {
            let answer = self.0.bind(py).call1((name,));
            let read: PyResult<[u8; 32]> = answer.and_then(|answer| answer.extract());
            // What it raises may tell more than its caller should know: only its class is passed on.
            read.map_err(|error| match error.get_type(py).name() {
                Ok(class) => VaultError(class.to_string()),
                Err(_) => gone(),
            })
        })
        .ok_or_else(gone)?
    }
}

/// The callables in a dictionary.
pub fn of(given: &Bound<'_, PyDict>) -> PyResult<Ports> {
    let port = |name: &str| -> PyResult<Option<Arc<Callable>>> {
        let found = given.get_item(name)?;
        Ok(found.map(|callable| Arc::new(Callable(callable.unbind()))))
    };
    Ok(Ports {
        clock: port("clock")?.map(|port| port as Arc<dyn Clock>),
        entropy: port("entropy")?.map(|port| port as Arc<dyn Entropy>),
        vault: port("vault")?.map(|port| port as Arc<dyn Vault>),
    })
}
