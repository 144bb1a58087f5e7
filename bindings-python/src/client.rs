//! The handles: an engine, and an actor in a realm.

use iam_core::{
    model::{EntityId, Kind, RealmId},
    query::Query,
    service::{self, Iam},
    wire::{Code, Problem, json},
};
use pyo3::{
    exceptions::PyRuntimeError,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBytes, PyDict},
};

use crate::{
    convert::to_json,
    ports,
    reply::{Reply, exception},
    runtime::{Own, Visit, runtime},
};

/// Where an answer goes when the caller does not wait for it: an event loop and a future of it.
type Waiting<'py> = Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>;

/// Waits for the answer with the interpreter released, or hands it to the future when it is there.
fn perform<'py>(
    py: Python<'py>,
    on: &'static tokio::runtime::Runtime,
    waiting: Waiting<'py>,
    work: impl Future<Output = Result<Reply, Problem>> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>> {
    let Some((event_loop, future)) = waiting else {
        let Some(_visit) = Visit::begin() else {
            return Err(PyRuntimeError::new_err("the interpreter is about to leave"));
        };
        return match py.detach(|| on.block_on(work)) {
            Ok(reply) => reply.into_object(py),
            Err(problem) => Err(exception(py, &problem)),
        };
    };
    let (event_loop, answer_to) = (event_loop.unbind(), future.clone().unbind());
    on.spawn(async move {
        let result = work.await;
        // Without an interpreter there is nobody left to tell.
        if let Some(_visit) = Visit::begin() {
            Python::try_attach(|py| settle(py, &event_loop, &answer_to, result));
        }
    });
    Ok(future)
}

fn settle(py: Python<'_>, event_loop: &Py<PyAny>, future: &Py<PyAny>, result: Result<Reply, Problem>) {
    static SETTLE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let told = || -> PyResult<()> {
        let settle = SETTLE.get_or_try_init(py, || {
            py.import("iam._settle")?.getattr("settle").map(Bound::unbind)
        })?;
        let (value, error) = match result {
            Ok(reply) => match reply.into_object(py) {
                Ok(value) => (Some(value), None),
                Err(error) => (None, Some(error)),
            },
            Err(problem) => (None, Some(exception(py, &problem))),
        };
        let error = error.map(|error| error.into_value(py));
        event_loop.call_method1(py, "call_soon_threadsafe", (settle, future, value, error))?;
        Ok(())
    };
    // The loop may be closed; then nobody waits any more.
    drop(told());
}

fn raise<T>(py: Python<'_>, result: Result<T, Problem>) -> PyResult<T> {
    result.map_err(|problem| exception(py, &problem))
}

/// An engine over a storage.
#[pyclass(frozen, module = "iam._native")]
pub struct Engine(Own<Iam>);

impl Engine {
    pub fn new(py: Python<'_>, iam: Iam) -> PyResult<Self> {
        raise(py, Own::new(iam)).map(Engine)
    }
}

#[pymethods]
impl Engine {
    /// Opens an engine by the address of its storage.
    #[staticmethod]
    #[pyo3(signature = (address, key, ports, event_loop=None, future=None))]
    fn open<'py>(
        py: Python<'py>,
        address: String,
        key: Option<Bound<'py, PyBytes>>,
        ports: &Bound<'py, PyDict>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let key = key.map(|key| <[u8; 32]>::try_from(key.as_bytes())).transpose();
        let key = key.map_err(|_| {
            let problem = Problem::new(Code::Malformed, "a key has 32 bytes").about("key");
            exception(py, &problem)
        })?;
        let on = raise(py, runtime())?;
        let ports = ports::of(ports)?;
        perform(py, on, event_loop.zip(future), async move {
            iam_storage::open_with(&address, key, ports)
                .await
                .map(Reply::Engine)
        })
    }

    /// The realms.
    #[pyo3(signature = (event_loop=None, future=None))]
    fn realms<'py>(
        &self,
        py: Python<'py>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (iam, on) = raise(py, self.0.get())?;
        let iam = iam.clone();
        perform(py, on, event_loop.zip(future), async move {
            iam.realms().await.map(Reply::Records)
        })
    }

    /// The identifier of the realm with this name; it is created when there is none.
    #[pyo3(signature = (name, event_loop=None, future=None))]
    fn realm<'py>(
        &self,
        py: Python<'py>,
        name: String,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (iam, on) = raise(py, self.0.get())?;
        let iam = iam.clone();
        perform(py, on, event_loop.zip(future), async move {
            let realm = iam.realm(&name).await?;
            Ok(Reply::Text(EntityId::from(realm.id()).to_string()))
        })
    }

    /// An actor in a realm.
    fn acting(&self, py: Python<'_>, realm: &str, actor: &str) -> PyResult<Acting> {
        let (iam, _) = raise(py, self.0.get())?;
        let made = || {
            let realm: RealmId = realm.parse().map_err(|error: iam_core::model::IdError| {
                Problem::new(Code::Malformed, error.to_string()).about("realm")
            })?;
            Own::new(iam.in_realm(realm).act_as(json::actor(actor)?))
        };
        raise(py, made()).map(Acting)
    }
}

/// An actor in a realm: everything that is asked goes through here.
#[pyclass(frozen, module = "iam._native")]
pub struct Acting(Own<service::Acting<'static>>);

#[pymethods]
impl Acting {
    /// The same actor, going about it in another manner.
    fn manner(&self, py: Python<'_>, manner: &Bound<'_, PyDict>) -> PyResult<Acting> {
        let made = || {
            let (acting, _) = self.0.get()?;
            Own::new(json::with_manner(acting, to_json(manner, 0)?)?)
        };
        raise(py, made()).map(Acting)
    }

    /// Performs an operation of the catalogue.
    #[pyo3(signature = (operation, input, event_loop=None, future=None))]
    fn call<'py>(
        &self,
        py: Python<'py>,
        operation: String,
        input: &Bound<'py, PyDict>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (acting, on) = raise(py, self.0.get())?;
        let input = raise(py, to_json(input, 0).map_err(Problem::from))?;
        let acting = acting.clone();
        perform(py, on, event_loop.zip(future), async move {
            json::call(&acting, &operation, input).await.map(Reply::Json)
        })
    }

    /// The same with texts of JSON on both sides.
    #[pyo3(signature = (operation, input, event_loop=None, future=None))]
    fn call_text<'py>(
        &self,
        py: Python<'py>,
        operation: String,
        input: &str,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (acting, on) = raise(py, self.0.get())?;
        let input = serde_json::from_str(input);
        let input = raise(
            py,
            input.map_err(|error| Problem::new(Code::Malformed, error.to_string()).about(&operation)),
        )?;
        let acting = acting.clone();
        perform(py, on, event_loop.zip(future), async move {
            let answer = json::call(&acting, &operation, input).await?;
            Ok(Reply::Text(json::text(answer)))
        })
    }

    /// Carries out a command.
    #[pyo3(signature = (name, input, event_loop=None, future=None))]
    fn execute<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        input: &Bound<'py, PyDict>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (acting, on) = raise(py, self.0.get())?;
        let command = to_json(input, 0)
            .map_err(Problem::from)
            .and_then(|input| json::command_from(name, input));
        let (command, acting) = (raise(py, command)?, acting.clone());
        perform(py, on, event_loop.zip(future), async move {
            let executed = acting.execute(command).await?;
            json::value(&executed).map(Reply::Json)
        })
    }

    /// Answers a query. Records come back as they are, everything else as JSON.
    #[pyo3(signature = (name, input, event_loop=None, future=None))]
    fn ask<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        input: &Bound<'py, PyDict>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (acting, on) = raise(py, self.0.get())?;
        let query = to_json(input, 0)
            .map_err(Problem::from)
            .and_then(|input| json::query_from(name, input));
        let (query, acting) = (raise(py, query)?, acting.clone());
        perform(py, on, event_loop.zip(future), ask(acting, query))
    }

    /// Reads a record that exists and is not deleted.
    #[pyo3(signature = (id, event_loop=None, future=None))]
    fn get<'py>(
        &self,
        py: Python<'py>,
        id: &str,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (acting, on) = raise(py, self.0.get())?;
        let id: EntityId = raise(
            py,
            id.parse().map_err(|error: iam_core::model::IdError| {
                Problem::new(Code::Malformed, error.to_string()).about("id")
            }),
        )?;
        let acting = acting.clone();
        perform(py, on, event_loop.zip(future), async move {
            acting.get(id).await.map(Reply::Record)
        })
    }

    /// Reads the record that holds a unique name.
    #[pyo3(signature = (kind, attribute, value, event_loop=None, future=None))]
    fn find_by<'py>(
        &self,
        py: Python<'py>,
        kind: &str,
        attribute: String,
        value: String,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (acting, on) = raise(py, self.0.get())?;
        let kind = Kind::from_name(kind)
            .ok_or_else(|| Problem::new(Code::Malformed, "there is no such kind").about("kind"));
        let (kind, acting) = (raise(py, kind)?, acting.clone());
        perform(py, on, event_loop.zip(future), async move {
            acting.find_by(kind, &attribute, &value).await.map(Reply::Found)
        })
    }
}

async fn ask(acting: service::Acting<'static>, query: Query) -> Result<Reply, Problem> {
    let at = |at: Option<service::At>| match at {
        Some(at) => acting.clone().as_of(at),
        None => acting.clone(),
    };
    match query {
        Query::GetRecord(query) => at(query.at).get(query.id).await.map(Reply::Record),
        Query::FindRecord(query) => at(query.at).find(query.id).await.map(Reply::Found),
        Query::FindRecords(query) => at(query.at).find_all(query.ids).await.map(Reply::Records),
        Query::FindRecordBy(query) => {
            let acting = at(query.at);
            let found = acting.find_by(query.kind, &query.attribute, &query.value).await;
            found.map(Reply::Found)
        }
        Query::SearchRecords(query) => {
            let acting = at(query.at);
            acting.search(&query.search(&acting)?).await.map(Reply::Page)
        }
        Query::PrefixSearch(query) => at(query.at).search(&query.search()?).await.map(Reply::Page),
        Query::OrganizationPath(query) => at(query.at).path(query.organization).await.map(Reply::Records),
        other => acting.ask(other).await.map(Reply::Json),
    }
}
