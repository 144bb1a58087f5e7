//! What goes back to Python: JSON values, records without a detour over JSON, exceptions.

use std::sync::Arc;

use iam_core::{
    model::{Record, Value},
    search::Page,
    wire::{Problem, json::ProblemView},
};
use pyo3::{
    intern,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyDict, PyFloat, PyList, PyString, PyTuple, PyType},
};

use crate::{client, convert::from_json};

/// The answer to a request.
pub enum Reply {
    Json(serde_json::Value),
    Record(Arc<Record>),
    Found(Option<Arc<Record>>),
    Records(Vec<Arc<Record>>),
    Page(Page),
    Engine(iam_core::service::Iam),
    Text(String),
}

/// The classes that replies are made of, looked up once.
struct Classes {
    record: Py<PyType>,
    page: Py<PyType>,
    new: Py<PyAny>,
    set: Py<PyAny>,
    problem: Py<PyAny>,
}

static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();

fn classes(py: Python<'_>) -> PyResult<&Classes> {
    CLASSES.get_or_try_init(py, || {
        let types = py.import("iam.types")?;
        let object = py.import("builtins")?.getattr("object")?;
        Ok(Classes {
            record: types.getattr("Record")?.cast_into::<PyType>()?.unbind(),
            page: types.getattr("Page")?.cast_into::<PyType>()?.unbind(),
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
            Reply::Record(record) => self::record(py, &record),
            Reply::Found(Some(record)) => self::record(py, &record),
            Reply::Found(None) => Ok(py.None().into_bound(py)),
            Reply::Records(records) => records_of(py, &records).map(Bound::into_any),
            Reply::Page(page) => {
                let text = |cursor: Option<iam_core::search::Cursor>| cursor.map(|cursor| cursor.to_string());
                let items = records_of(py, &page.items)?;
                let class = classes(py)?.page.bind(py);
                class.call1((items, text(page.next), text(page.previous), page.total))
            }
            Reply::Engine(iam) => Ok(Bound::new(py, client::Engine::new(py, iam)?)?.into_any()),
            Reply::Text(text) => Ok(PyString::new(py, &text).into_any()),
        }
    }
}

fn records_of<'py>(py: Python<'py>, records: &[Arc<Record>]) -> PyResult<Bound<'py, PyTuple>> {
    let items = records
        .iter()
        .map(|record| self::record(py, record))
        .collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(py, items)
}

/// A record as the frozen dataclass. Its own constructor would take longer than all the rest.
fn record<'py>(py: Python<'py>, record: &Record) -> PyResult<Bound<'py, PyAny>> {
    let classes = classes(py)?;
    let object = classes.new.bind(py).call1((classes.record.bind(py),))?;
    let set = classes.set.bind(py);
    let attributes = PyDict::new(py);
    for (name, value) in &record.attributes {
        attributes.set_item(PyString::intern(py, name), self::value(py, value)?)?;
    }
    set.call1((&object, intern!(py, "id"), record.id.to_string()))?;
    set.call1((
        &object,
        intern!(py, "kind"),
        PyString::intern(py, record.id.kind.name()),
    ))?;
    set.call1((&object, intern!(py, "version"), record.version))?;
    set.call1((&object, intern!(py, "attributes"), attributes))?;
    Ok(object)
}

fn value<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Boolean(flag) => PyBool::new(py, *flag).to_owned().into_any(),
        Value::Integer(number) => number.into_pyobject(py)?.into_any(),
        Value::Number(number) => PyFloat::new(py, *number).into_any(),
        Value::Text(text) => PyString::new(py, text).into_any(),
        Value::List(list) => {
            let items = list
                .iter()
                .map(|item| self::value(py, item))
                .collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Value::Object(map) => {
            let dict = PyDict::new(py);
            for (key, item) in map {
                dict.set_item(key, self::value(py, item)?)?;
            }
            dict.into_any()
        }
    })
}
