//! What goes back to Python: JSON values, records without a detour over JSON, exceptions.

use std::sync::Arc;

use iam_core::{
    model::{self, Moment, Secret},
    search::Page,
    service::{SessionView, SignedIn},
    wire::{Problem, TextDecider, json::ProblemView},
};
use pyo3::{
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyList, PyString, PyTuple, PyType},
};

use crate::{client, convert::from_json, decider::Decider, record::Record};

/// The answer to a request.
pub enum Reply {
    Json(serde_json::Value),
    Record(Arc<model::Record>),
    Found(Option<Arc<model::Record>>),
    Records(Vec<Arc<model::Record>>),
    Page(Page),
    Engine(iam_core::service::Iam),
    Decider(Arc<TextDecider>),
    Session(Box<SessionView>),
    SignedIn(Box<SignedIn>),
    Flag(bool),
    Flags(Vec<bool>),
    Text(String),
    Nothing,
}

/// The classes that replies are made of, looked up once.
struct Classes {
    page: Py<PyType>,
    session: Py<PyType>,
    signed_in: Py<PyType>,
    action: Py<PyAny>,
    new: Py<PyAny>,
    set: Py<PyAny>,
    problem: Py<PyAny>,
}

static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();

fn classes(py: Python<'_>) -> PyResult<&Classes> {
    CLASSES.get_or_try_init(py, || {
        let types = py.import("iam.types")?;
        let class =
            |name: &str| -> PyResult<Py<PyType>> { Ok(types.getattr(name)?.cast_into::<PyType>()?.unbind()) };
        let object = py.import("builtins")?.getattr("object")?;
        Ok(Classes {
            page: class("Page")?,
            session: class("Session")?,
            signed_in: class("SignedIn")?,
            action: types.getattr("RequiredAction")?.unbind(),
            new: object.getattr("__new__")?.unbind(),
            set: object.getattr("__setattr__")?.unbind(),
            problem: py.import("iam.errors")?.getattr("problem")?.unbind(),
        })
    })
}

/// The exception of a problem.
pub fn exception(py: Python<'_>, problem: &Problem) -> PyErr {
    let made = || -> PyResult<PyErr> {
        let view = serde_json::to_value(ProblemView::from(problem)).unwrap_or_default();
        let fields = from_json(py, &view)?;
        let exception = classes(py)?.problem.bind(py).call1((fields,))?;
        Ok(PyErr::from_value(exception))
    };
    made().unwrap_or_else(|error| error)
}

impl Reply {
    /// The Python object of the answer.
    pub fn into_object(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Reply::Json(value) => from_json(py, &value),
            Reply::Record(record) | Reply::Found(Some(record)) => {
                Ok(Bound::new(py, Record::new(record))?.into_any())
            }
            Reply::Found(None) | Reply::Nothing => Ok(py.None().into_bound(py)),
            Reply::Records(records) => records_of(py, records).map(Bound::into_any),
            Reply::Page(page) => {
                let text = |cursor: Option<iam_core::search::Cursor>| cursor.map(|cursor| cursor.to_string());
                let items = records_of(py, page.items)?;
                let class = classes(py)?.page.bind(py);
                class.call1((items, text(page.next), text(page.previous), page.total))
            }
            Reply::Engine(iam) => Ok(Bound::new(py, client::Engine::new(py, iam)?)?.into_any()),
            Reply::Decider(decider) => Ok(Bound::new(py, Decider::new(py, decider)?)?.into_any()),
            Reply::Session(view) => session(py, *view),
            Reply::SignedIn(answer) => signed_in(py, *answer),
            Reply::Flag(flag) => Ok(PyBool::new(py, flag).to_owned().into_any()),
            Reply::Flags(flags) => Ok(PyList::new(py, flags)?.into_any()),
            Reply::Text(text) => Ok(PyString::new(py, &text).into_any()),
        }
    }
}

fn records_of<'py>(py: Python<'py>, records: Vec<Arc<model::Record>>) -> PyResult<Bound<'py, PyTuple>> {
    let items = records
        .into_iter()
        .map(|record| Bound::new(py, Record::new(record)))
        .collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, items)
}

/// An object of one of our frozen dataclasses. Its own constructor would take longer than all the rest.
struct Filled<'py> {
    object: Bound<'py, PyAny>,
    set: &'py Bound<'py, PyAny>,
}

impl<'py> Filled<'py> {
    fn new(py: Python<'py>, class: &'py Py<PyType>) -> PyResult<Self> {
        let classes = classes(py)?;
        Ok(Filled {
            object: classes.new.bind(py).call1((class.bind(py),))?,
            set: classes.set.bind(py),
        })
    }

    fn with(self, name: &str, value: impl IntoPyObject<'py>) -> PyResult<Self> {
        let name = PyString::intern(self.object.py(), name);
        self.set.call1((&self.object, name, value))?;
        Ok(self)
    }
}

/// A moment in UTC.
fn moment(py: Python<'_>, moment: Moment) -> PyResult<Bound<'_, PyAny>> {
    static DATETIME: PyOnceLock<(Py<PyAny>, Py<PyAny>)> = PyOnceLock::new();
    let (datetime, utc) = DATETIME.get_or_try_init(py, || {
        let module = py.import("datetime")?;
        let utc = module.getattr("timezone")?.getattr("utc")?;
        Ok::<_, PyErr>((module.getattr("datetime")?.unbind(), utc.unbind()))
    })?;
    let text = moment.to_string();
    let part = |from: usize, to: usize| {
        text.get(from..to)
            .and_then(|digits| digits.parse::<u32>().ok())
            .unwrap_or(0)
    };
    let day = (part(0, 4), part(5, 7), part(8, 10));
    let time = (part(11, 13), part(14, 16), part(17, 19), part(20, 26));
    datetime
        .bind(py)
        .call1((day.0, day.1, day.2, time.0, time.1, time.2, time.3, utc))
}

fn later(py: Python<'_>, at: Option<Moment>) -> PyResult<Option<Bound<'_, PyAny>>> {
    at.map(|at| moment(py, at)).transpose()
}

fn session<'py>(py: Python<'py>, view: SessionView) -> PyResult<Bound<'py, PyAny>> {
    let class = &classes(py)?.session;
    let filled = Filled::new(py, class)?
        .with("id", view.id.to_string())?
        .with("user", view.user.to_string())?
        .with("assurance", view.assurance)?
        .with("methods", PyTuple::new(py, view.methods)?)?
        .with("opened_at", moment(py, view.opened_at)?)?
        .with("authenticated_at", moment(py, view.authenticated_at)?)?
        .with("used_at", moment(py, view.used_at)?)?
        .with("expires_at", moment(py, view.expires_at)?)?
        .with("application", view.application)?
        .with("address", view.address)?
        .with("agent", view.agent)?;
    Ok(filled.object)
}

/// The class has every field of both forms; those of the other one are `None`.
fn signed_in<'py>(py: Python<'py>, signed_in: SignedIn) -> PyResult<Bound<'py, PyAny>> {
    let classes = classes(py)?;
    let secret = |secret: Option<Secret>| secret.map(|secret| secret.expose().to_owned());
    let (state, open, pending) = match signed_in {
        SignedIn::Open(tokens) => ("open", Some(tokens), None),
        SignedIn::Pending(pending) => ("pending", None, Some(pending)),
    };
    let filled = Filled::new(py, &classes.signed_in)?.with("state", PyString::intern(py, state))?;
    let filled = match open {
        Some(tokens) => filled
            .with("session", session(py, tokens.session)?)?
            .with("token", tokens.token.expose())?
            .with("token_until", later(py, tokens.token_until)?)?
            .with("refresh_token", secret(tokens.refresh_token))?,
        None => ["session", "token", "token_until", "refresh_token"]
            .into_iter()
            .try_fold(filled, |filled, name| filled.with(name, py.None()))?,
    };
    let filled = match pending {
        Some(pending) => {
            let actions = pending.actions.iter().map(|action| {
                let action = serde_json::to_value(action).unwrap_or_default();
                classes.action.bind(py).call1((from_json(py, &action)?,))
            });
            filled
                .with("flow_token", pending.flow_token.expose())?
                .with("factors", PyTuple::new(py, pending.factors)?)?
                .with(
                    "actions",
                    PyTuple::new(py, actions.collect::<PyResult<Vec<_>>>()?)?,
                )?
                .with("expires_at", moment(py, pending.expires_at)?)?
        }
        None => ["flow_token", "factors", "actions", "expires_at"]
            .into_iter()
            .try_fold(filled, |filled, name| filled.with(name, py.None()))?,
    };
    Ok(filled.object)
}
