//! Records as Python sees them. A record stays what the engine gave until somebody looks at an attribute: a list of a
//! thousand makes a thousand small objects, and no value that nobody asks for.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    sync::Arc,
};

use iam_core::{
    model::{self, Name, Value},
    wire::Problem,
};
use pyo3::{
    exceptions::PyKeyError,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBool, PyDict, PyFloat, PyList, PyString, PyTuple},
};
use serde_json::{Map, Value as Json};

use crate::{
    convert::{plain, to_json},
    reply::exception,
};

/// The state of one thing at one version.
///
///     >>> record = Record("user_00000000000000000000000001", "user", 1, {"city": "Utica"})
///     >>> record["city"], record.get("job"), "city" in record
///     ('Utica', None, True)
///
/// `id`, `kind` and `version` say what it is; `attributes` holds everything by name: days, moments and references are
/// texts there, `moment` and `date` read them.
#[pyclass(frozen, module = "iam", name = "Record")]
pub struct Record {
    record: Arc<model::Record>,
    attributes: PyOnceLock<Py<PyDict>>,
}

impl Record {
    pub fn new(record: Arc<model::Record>) -> Self {
        Record {
            record,
            attributes: PyOnceLock::new(),
        }
    }

    /// All attributes, made when they are first asked for.
    fn dict<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyDict>> {
        let made = self.attributes.get_or_try_init(py, || {
            let attributes = PyDict::new(py);
            for (name, value) in &self.record.attributes {
                attributes.set_item(key(py, name), self::value(py, value)?)?;
            }
            Ok::<_, PyErr>(attributes.unbind())
        })?;
        Ok(made.bind(py))
    }

    /// One attribute.
    fn value<'py>(&self, py: Python<'py>, name: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if let Some(made) = self.attributes.get(py) {
            return made.bind(py).get_item(name);
        }
        let Ok(name) = name.cast::<PyString>() else {
            return Ok(None);
        };
        let found = name.to_str().ok().and_then(|name| self.record.value(name));
        found.map(|found| value(py, found)).transpose()
    }

    fn read(
        &self,
        py: Python<'_>,
        name: &Bound<'_, PyAny>,
        read: impl FnOnce(Bound<'_, PyAny>) -> PyResult<Py<PyAny>>,
    ) -> PyResult<Option<Py<PyAny>>> {
        self.value(py, name)?.map(read).transpose()
    }
}

#[pymethods]
impl Record {
    #[new]
    fn build(
        py: Python<'_>,
        id: &Bound<'_, PyAny>,
        kind: &Bound<'_, PyAny>,
        version: u64,
        attributes: &Bound<'_, PyAny>,
    ) -> PyResult<Record> {
        let problem = |problem: Problem| exception(py, &problem);
        let read = to_json(attributes, 0).map_err(|wrong| problem(wrong.into()))?;
        let form = |message: &str| {
            problem(Problem::new(iam_core::wire::Code::Malformed, message).about("attributes"))
        };
        let Json::Object(map) = read else {
            return Err(form("the attributes are a mapping"));
        };
        let map: Map<String, Json> = map.into_iter().filter(|(_, value)| !value.is_null()).collect();
        let attributes =
            serde_json::from_value(Json::Object(map)).map_err(|error| form(&error.to_string()))?;
        let id: model::EntityId = crate::convert::id(py, plain(py, id, "id")?, "id")?;
        if plain(py, kind, "kind")? != id.kind.name() {
            return Err(form("the identifier is of another kind"));
        }
        let mut record = model::Record::new(id);
        (record.version, record.attributes) = (version, attributes);
        Ok(Record::new(Arc::new(record)))
    }

    /// Which thing.
    #[getter]
    fn id(&self) -> String {
        self.record.id.to_string()
    }

    /// Its kind, such as `user`.
    #[getter]
    fn kind<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        PyString::intern(py, self.record.id.kind.name())
    }

    /// Counts the changes, from 1.
    #[getter]
    fn version(&self) -> u64 {
        self.record.version
    }

    /// Its attributes by name; what is not set is not there. Days, moments and references are texts.
    #[getter]
    fn attributes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.dict(py).cloned()
    }

    /// An attribute's value, or the default when it is not set.
    #[pyo3(signature = (name, default=None))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        name: &Bound<'py, PyAny>,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(self.value(py, name)?.or(default))
    }

    /// An attribute's moment in UTC; `None` when it is not set.
    fn moment(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
        self.read(py, name, |text| moment(py, &text).map(Bound::unbind))
    }

    /// An attribute's day; `None` when it is not set.
    fn date(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
        static DATE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let date = DATE.get_or_try_init(py, || {
            let date = py.import("datetime")?.getattr("date")?;
            Ok::<_, PyErr>(date.getattr("fromisoformat")?.unbind())
        })?;
        self.read(py, name, |text| date.call1(py, (text,)))
    }

    #[staticmethod]
    fn _read<'py>(py: Python<'py>, json: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if json.is_instance_of::<Record>() {
            return Ok(json);
        }
        let part = |name: &str| json.get_item(name);
        let made = Record::build(
            py,
            &part("id")?,
            &part("kind")?,
            part("version")?.extract()?,
            &part("attributes")?,
        )?;
        Ok(Bound::new(py, made)?.into_any())
    }

    fn __getitem__<'py>(&self, py: Python<'py>, name: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let found = self.value(py, name)?;
        found.ok_or_else(|| PyKeyError::new_err(name.clone().unbind()))
    }

    fn __contains__(&self, py: Python<'_>, name: &Bound<'_, PyAny>) -> PyResult<bool> {
        Ok(self.value(py, name)?.is_some())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        let Ok(other) = other.cast::<Record>() else {
            return false;
        };
        let (one, other) = (&self.record, &other.get().record);
        (one.id, one.version, &one.attributes) == (other.id, other.version, &other.attributes)
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.record.id, self.record.version).hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("<Record {} version {}>", self.record.id, self.record.version)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let (py, this) = (slf.py(), slf.get());
        let parts = (this.id(), this.kind(py), this.version(), this.attributes(py)?);
        (slf.get_type(), parts).into_pyobject(py)
    }
}

/// The moment of a text in UTC.
pub fn moment<'py>(py: Python<'py>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    static MOMENT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let moment = MOMENT.get_or_try_init(py, || {
        py.import("iam._base")?.getattr("moment").map(Bound::unbind)
    })?;
    moment.bind(py).call1((text,))
}

/// The text of a name, made once for those that have a number.
fn key<'py>(py: Python<'py>, name: &Name) -> Bound<'py, PyString> {
    static KEYS: [PyOnceLock<Py<PyString>>; 512] = [const { PyOnceLock::new() }; 512];
    match name.code().and_then(|code| KEYS.get(usize::from(code))) {
        Some(known) => known
            .get_or_init(py, || PyString::intern(py, name).unbind())
            .bind(py)
            .clone(),
        None => PyString::new(py, name),
    }
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
