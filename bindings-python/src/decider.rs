//! Decisions from memory: `can` with plain texts.

use std::sync::Arc;

use iam_core::wire::TextDecider;
use pyo3::{
    prelude::*,
    types::{PyBool, PyList, PyString},
};

use crate::{
    client::{Waiting, perform, raise},
    convert::plain,
    reply::Reply,
    runtime::Own,
};

/// Decisions from memory.
#[pyclass(frozen, module = "iam._native")]
pub struct Decider(Own<Arc<TextDecider>>);

impl Decider {
    pub fn new(py: Python<'_>, decider: Arc<TextDecider>) -> PyResult<Self> {
        raise(py, Own::new(decider)).map(Decider)
    }
}

#[pymethods]
impl Decider {
    /// Whether a user may do something with a record, when that is in memory.
    fn known(
        &self,
        py: Python<'_>,
        user: &Bound<'_, PyAny>,
        action: &Bound<'_, PyAny>,
        target: &Bound<'_, PyAny>,
    ) -> PyResult<Option<bool>> {
        let (user, action) = (plain(py, user, "user")?, plain(py, action, "action")?);
        let target = plain(py, target, "target")?;
        let (decider, _) = raise(py, self.0.get())?;
        raise(py, decider.known(user, action, target))
    }

    /// The same, reading what is missing.
    fn can<'py>(
        &self,
        py: Python<'py>,
        user: &Bound<'py, PyAny>,
        action: &Bound<'py, PyAny>,
        target: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let known = self.known(py, user, action, target)?;
        match known {
            Some(answer) => Ok(PyBool::new(py, answer).to_owned().into_any()),
            None => self.learn(py, user, action, target, None, None),
        }
    }

    /// Reads what is missing and decides.
    #[pyo3(signature = (user, action, target, event_loop=None, future=None))]
    fn learn<'py>(
        &self,
        py: Python<'py>,
        user: &Bound<'py, PyAny>,
        action: &Bound<'py, PyAny>,
        target: &Bound<'py, PyAny>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let owned = |given: &Bound<'py, PyAny>, name: &str| plain(py, given, name).map(str::to_owned);
        let (user, action) = (owned(user, "user")?, owned(action, "action")?);
        let target = owned(target, "target")?;
        let (decider, on) = raise(py, self.0.get())?;
        let decider = decider.clone();
        perform(py, on, event_loop.zip(future), async move {
            decider.can(&user, &action, &target).await.map(Reply::Flag)
        })
    }

    /// One answer for each target.
    #[pyo3(signature = (user, action, targets, event_loop=None, future=None))]
    fn can_all<'py>(
        &self,
        py: Python<'py>,
        user: &Bound<'py, PyAny>,
        action: &Bound<'py, PyAny>,
        targets: &Bound<'py, PyAny>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let waiting: Waiting<'py> = event_loop.zip(future);
        let (user, action) = (plain(py, user, "user")?, plain(py, action, "action")?);
        let list = match targets.cast::<PyList>() {
            Ok(list) => list.clone(),
            Err(_) => PyList::new(py, targets.try_iter()?.collect::<PyResult<Vec<_>>>()?)?,
        };
        let items: Vec<Bound<'py, PyAny>> = list.iter().collect();
        let texts: Vec<&str> = items
            .iter()
            .map(|item| plain(py, item, "targets"))
            .collect::<PyResult<_>>()?;
        let (decider, on) = raise(py, self.0.get())?;
        if waiting.is_none() {
            let known = raise(py, decider.known_all(user, action, texts.iter().copied()))?;
            if known.iter().all(Option::is_some) {
                let answers = known.into_iter().map(Option::unwrap_or_default);
                return Ok(PyList::new(py, answers.collect::<Vec<bool>>())?.into_any());
            }
        }
        let texts: Vec<String> = texts.into_iter().map(str::to_owned).collect();
        let (decider, user, action) = (decider.clone(), user.to_owned(), action.to_owned());
        perform(py, on, waiting, async move {
            decider.can_all(&user, &action, &texts).await.map(Reply::Flags)
        })
    }

    /// Takes in what other processes have committed.
    #[pyo3(signature = (event_loop=None, future=None))]
    fn refresh<'py>(
        &self,
        py: Python<'py>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (decider, on) = raise(py, self.0.get())?;
        let decider = decider.clone();
        perform(py, on, event_loop.zip(future), async move {
            decider.refresh().await.map(|()| Reply::Nothing)
        })
    }

    fn __repr__<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::new(py, "<Decider>")
    }
}
