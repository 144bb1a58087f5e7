//! The native part of the Python package `iam`: opens engines, carries requests over the border, turns problems into
//! exceptions. Everything that has a noun in its name is generated in Python.

mod client;
mod convert;
mod decider;
mod ports;
mod record;
mod reply;
mod runtime;
mod worker;

use pyo3::prelude::*;

/// The native part of the package; use `iam` instead.
#[pymodule]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::client::{Acting, Engine};
    #[pymodule_export]
    use super::decider::Decider;
    #[pymodule_export]
    use super::record::Record;
    use super::runtime;
    #[pymodule_export]
    use super::worker::Worker;

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
