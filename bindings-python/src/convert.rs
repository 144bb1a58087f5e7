//! Python objects to JSON values and back. What JSON cannot say is a problem, never a guess.

use std::{fmt::Display, str::FromStr};

use iam_core::{
    model::IdError,
    wire::{Code, Problem, identifier},
};
use pyo3::{
    intern,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple},
};
use serde_json::{Map, Number, Value};

use crate::reply::exception;

/// Levels of lists and mappings at most.
const DEEPEST: usize = 60;

const HALF: &str = "is not well-formed Unicode: it holds half of a surrogate pair";

/// A value that is not given at all: `iam.UNSET`.
static UNSET: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

pub fn unset(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    let unset = UNSET.get_or_try_init(py, || {
        py.import("iam._unset")?.getattr("UNSET").map(Bound::unbind)
    })?;
    Ok(unset.bind(py))
}

/// What is wrong with a value, and where it is.
pub struct Wrong {
    path: Vec<String>,
    what: String,
}

impl Wrong {
    fn new(what: impl Into<String>) -> Self {
        Wrong {
            path: Vec::new(),
            what: what.into(),
        }
    }

    fn at(mut self, place: impl Display) -> Self {
        self.path.push(place.to_string());
        self
    }
}

impl From<PyErr> for Wrong {
    fn from(_: PyErr) -> Self {
        Wrong::new("cannot be read")
    }
}

impl From<Wrong> for Problem {
    fn from(mut wrong: Wrong) -> Self {
        wrong.path.reverse();
        let place = wrong.path.join(".");
        let shown: String = place.chars().take(120).collect();
        let message = match shown.as_str() {
            "" => format!("the input {}", wrong.what),
            place => format!("{place}: {}", wrong.what),
        };
        Problem::new(Code::Malformed, message).about(shown)
    }
}

/// A text, which has to be well-formed Unicode.
pub fn text(text: &Bound<'_, PyString>) -> Result<String, Wrong> {
    match text.to_str() {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Wrong::new(HALF)),
    }
}

/// A parameter that is a text, not copied.
pub fn plain<'a>(py: Python<'_>, given: &'a Bound<'_, PyAny>, parameter: &str) -> PyResult<&'a str> {
    let read = match given.cast::<PyString>() {
        Ok(text) => text.to_str().map_err(|_| HALF),
        Err(_) => Err("is not a text"),
    };
    read.map_err(|what| exception(py, &Wrong::new(what).at(parameter).into()))
}

/// An identifier in a parameter.
pub fn id<T: FromStr<Err = IdError>>(py: Python<'_>, text: &str, parameter: &str) -> PyResult<T> {
    identifier(text, parameter).map_err(|problem| exception(py, &problem))
}

/// The JSON value of a Python object.
pub fn to_json(object: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Wrong> {
    if depth > DEEPEST {
        return Err(Wrong::new(format!("is nested deeper than {DEEPEST} levels")));
    }
    if let Ok(string) = object.cast::<PyString>() {
        return text(string).map(Value::String);
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(flag) = object.cast::<PyBool>() {
        return Ok(Value::Bool(flag.is_true()));
    }
    if object.is_instance_of::<PyInt>() {
        return match object.extract::<i64>() {
            Ok(number) => Ok(Value::Number(number.into())),
            Err(_) => Err(Wrong::new("is a whole number of more than 64 bits")),
        };
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        return match Number::from_f64(number.value()) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(Wrong::new("is not a finite number")),
        };
    }
    if let Ok(dict) = object.cast::<PyDict>() {
        return mapping(dict, depth);
    }
    if let Ok(list) = object.cast::<PyList>() {
        return sequence(list.iter(), depth);
    }
    if let Ok(tuple) = object.cast::<PyTuple>() {
        return sequence(tuple.iter(), depth);
    }
    other(object, depth)
}

fn mapping(dict: &Bound<'_, PyDict>, depth: usize) -> Result<Value, Wrong> {
    let mut map = Map::new();
    let unset = unset(dict.py())?;
    for (key, value) in dict.iter() {
        if value.is(unset) {
            continue;
        }
        let key = match key.cast::<PyString>() {
            Ok(key) => text(key).map_err(|wrong| wrong.at("a key"))?,
            Err(_) => return Err(Wrong::new("has a key that is not a text")),
        };
        let value = to_json(&value, depth + 1).map_err(|wrong| wrong.at(&key))?;
        map.insert(key, value);
    }
    Ok(Value::Object(map))
}

fn sequence<'py>(items: impl Iterator<Item = Bound<'py, PyAny>>, depth: usize) -> Result<Value, Wrong> {
    items
        .enumerate()
        .map(|(place, item)| to_json(&item, depth + 1).map_err(|wrong| wrong.at(place)))
        .collect::<Result<_, _>>()
        .map(Value::Array)
}

/// Moments, days, identifiers, our own dataclasses, sets, other mappings and sequences.
fn other(object: &Bound<'_, PyAny>, depth: usize) -> Result<Value, Wrong> {
    let py = object.py();
    if object.hasattr(intern!(py, "toordinal"))? {
        if object.hasattr(intern!(py, "utcoffset"))?
            && object.call_method0(intern!(py, "utcoffset"))?.is_none()
        {
            return Err(Wrong::new(
                "is a moment without a time zone; give it one, such as datetime.timezone.utc",
            ));
        }
        let iso = object.call_method0(intern!(py, "isoformat"))?;
        return text(iso.cast().map_err(PyErr::from)?).map(Value::String);
    }
    if object.hasattr(intern!(py, "_json"))? {
        let json = object.call_method0(intern!(py, "_json"))?;
        return to_json(&json, depth + 1);
    }
    let collections = py.import("collections.abc")?;
    if object.is_instance(&collections.getattr("Mapping")?)? {
        let dict = py.get_type::<PyDict>().call1((object,))?;
        return mapping(dict.cast().map_err(PyErr::from)?, depth);
    }
    let set = object.is_instance(&collections.getattr("Set")?)?;
    if set || object.is_instance(&collections.getattr("Sequence")?)? {
        let bytes = object.is_instance_of::<pyo3::types::PyBytes>() || object.hasattr("decode")?;
        if !bytes {
            let items = object.try_iter()?.collect::<PyResult<Vec<_>>>()?;
            let mut value = sequence(items.into_iter(), depth)?;
            if let (true, Value::Array(list)) = (set, &mut value) {
                // The order of a set is not the same in two runs.
                list.sort_by_cached_key(Value::to_string);
            }
            return Ok(value);
        }
    }
    let kind = object.get_type().name()?;
    if kind == "UUID" {
        return text(&object.str()?).map(Value::String);
    }
    Err(Wrong::new(format!("is a {kind}, which has no form in JSON")))
}

/// The Python object of a JSON value.
pub fn from_json<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(flag) => PyBool::new(py, *flag).to_owned().into_any(),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into_pyobject(py)?.into_any(),
            (None, Some(number)) => number.into_pyobject(py)?.into_any(),
            _ => PyFloat::new(py, number.as_f64().unwrap_or(f64::NAN)).into_any(),
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(list) => {
            let items = list
                .iter()
                .map(|value| from_json(py, value))
                .collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Value::Object(map) => {
            let dict = PyDict::new(py);
            for (key, value) in map {
                dict.set_item(PyString::intern(py, key), from_json(py, value)?)?;
            }
            dict.into_any()
        }
    })
}
