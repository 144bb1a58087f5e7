//! The native part of the Python package `iam`: opens engines, carries requests over the border, turns problems into
//! exceptions. Everything that has a noun in its name is generated in Python.

mod client;
mod convert;
mod ports;
mod reply;
mod runtime;

use pyo3::prelude::*;

/// The native part of the package; use `iam` instead.
#[pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::client::{Acting, Engine};
    use super::runtime;

    /// Called by Python in the child after a fork.
    #[pyfunction]
    fn forked() {
        runtime::forked();
    }

    /// Called by Python before it leaves: waits for the calls of other threads.
    #[pyfunction]
    fn leaving(py: Python<'_>) {
        runtime::leave();
        py.detach(runtime::wait_for_visits);
    }
}
