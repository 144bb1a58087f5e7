//! The handles: an engine, and an actor in a realm.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use iam_core::{
    model::{EntityId, Kind},
    query::{Answered, Query},
    service::{self, Iam, SignIn},
    wire::{Code, Problem, TextDecider, identifier, json},
};
use pyo3::{
    exceptions::PyRuntimeError,
    intern,
    prelude::*,
    sync::PyOnceLock,
    types::{PyBytes, PyDict, PyString},
};

use crate::{
    convert::{id, plain, to_json, unset},
    ports,
    reply::{Reply, exception},
    runtime::{Own, Visit, runtime},
    worker::Worker,
};

/// What is waited for.
type Work = Pin<Box<dyn Future<Output = Result<Reply, Problem>> + Send>>;

/// Where an answer goes when the caller does not wait for it: an event loop and a future of it.
pub type Waiting<'py> = Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>;

/// Waits for the answer with the interpreter released, or hands it to the future when it is there.
pub fn perform<'py>(
    py: Python<'py>,
    on: &'static tokio::runtime::Runtime,
    waiting: Waiting<'py>,
    work: impl Future<Output = Result<Reply, Problem>> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>> {
    boxed(py, on, waiting, Box::pin(work))
}

/// Made once, not for every kind of work.
fn boxed<'py>(
    py: Python<'py>,
    on: &'static tokio::runtime::Runtime,
    waiting: Waiting<'py>,
    work: Work,
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

/// The same for what a file or memory answers at once: then nobody has to wait, and no other thread is woken.
fn quickly<'py>(
    py: Python<'py>,
    on: &'static tokio::runtime::Runtime,
    waiting: Waiting<'py>,
    work: impl Future<Output = Result<Reply, Problem>> + Send + 'static,
) -> PyResult<Bound<'py, PyAny>> {
    let Some(visit) = Visit::begin() else {
        return Err(PyRuntimeError::new_err("the interpreter is about to leave"));
    };
    let mut work: Work = Box::pin(work);
    // Without the interpreter: what the engine waits for may be another thread that needs it.
    let first = py.detach(|| {
        let _within = on.enter();
        work.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    });
    drop(visit);
    let Poll::Ready(result) = first else {
        return boxed(py, on, waiting, work);
    };
    let answer = match result {
        Ok(reply) => reply.into_object(py),
        Err(problem) => Err(exception(py, &problem)),
    };
    let Some((_, future)) = waiting else { return answer };
    match answer {
        Ok(answer) => future.call_method1(intern!(py, "set_result"), (answer,))?,
        Err(error) => future.call_method1(intern!(py, "set_exception"), (error.into_value(py),))?,
    };
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

pub fn raise<T>(py: Python<'_>, result: Result<T, Problem>) -> PyResult<T> {
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
            Own::new(
                iam.in_realm(identifier(realm, "realm")?)
                    .act_as(json::actor(actor)?),
            )
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
        if let Some(quick) = quick_query(py, name, input)? {
            let acting = acting.clone();
            return quickly(py, on, event_loop.zip(future), async move {
                match quick {
                    Quick::Get(id) => acting.get(id).await.map(Reply::Record),
                    Quick::Find(id) => acting.find(id).await.map(Reply::Found),
                    Quick::FindBy(kind, attribute, value) => {
                        acting.find_by(kind, &attribute, &value).await.map(Reply::Found)
                    }
                }
            });
        }
        let query = to_json(input, 0)
            .map_err(Problem::from)
            .and_then(|input| json::query_from(name, input));
        let (query, acting) = (raise(py, query)?, acting.clone());
        perform(py, on, event_loop.zip(future), ask(acting, query))
    }

    /// The session that a token names, when it is assured enough.
    #[pyo3(signature = (token, assurance, event_loop=None, future=None))]
    fn session<'py>(
        &self,
        py: Python<'py>,
        token: &Bound<'py, PyAny>,
        assurance: u8,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let token = plain(py, token, "token")?.to_owned();
        let (acting, on) = raise(py, self.0.get())?;
        raise(py, json::may_call(acting, "session"))?;
        let acting = acting.clone();
        quickly(py, on, event_loop.zip(future), async move {
            let view = acting.session_at(&token, assurance).await?;
            Ok(Reply::Session(Box::new(view)))
        })
    }

    /// Signs in with identifier and password.
    #[pyo3(signature = (identifier, password, assurance, refresh, risk, address, agent, application, event_loop=None, future=None))]
    #[expect(
        clippy::too_many_arguments,
        reason = "plain arguments, no structure to take apart"
    )]
    fn sign_in<'py>(
        &self,
        py: Python<'py>,
        identifier: &Bound<'py, PyAny>,
        password: &Bound<'py, PyAny>,
        assurance: u8,
        refresh: bool,
        risk: Option<Bound<'py, PyAny>>,
        address: Option<String>,
        agent: Option<String>,
        application: Option<String>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (identifier, password) = (
            plain(py, identifier, "identifier")?,
            plain(py, password, "password")?,
        );
        let mut attempt = SignIn::new(identifier, password).needs_assurance(assurance);
        attempt.refresh = refresh;
        (
            attempt.origin.address,
            attempt.origin.agent,
            attempt.origin.application,
        ) = (address, agent, application);
        if let Some(risk) = risk {
            let read = to_json(&risk, 0).map_err(|wrong| exception(py, &wrong.into()))?;
            let risk = serde_json::from_value(read);
            attempt.risk = raise(
                py,
                risk.map_err(|error| Problem::new(Code::Malformed, error.to_string()).about("risk")),
            )?;
        }
        let (acting, on) = raise(py, self.0.get())?;
        raise(py, json::may_call(acting, "sign_in"))?;
        let acting = acting.clone();
        perform(py, on, event_loop.zip(future), async move {
            let answer = acting.sign_in(&attempt).await?;
            Ok(Reply::SignedIn(Box::new(answer)))
        })
    }

    /// What runs beside the program, with ports that are written in Python.
    fn worker(&self, py: Python<'_>, parts: &Bound<'_, PyDict>, ports: Py<PyAny>) -> PyResult<Worker> {
        let (acting, _) = raise(py, self.0.get())?;
        Worker::new(py, acting.clone(), parts, ports)
    }

    /// Decisions from memory.
    #[pyo3(signature = (event_loop=None, future=None))]
    fn decider<'py>(
        &self,
        py: Python<'py>,
        event_loop: Option<Bound<'py, PyAny>>,
        future: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (acting, on) = raise(py, self.0.get())?;
        let acting = acting.clone();
        perform(py, on, event_loop.zip(future), async move {
            TextDecider::new(&acting).await.map(Arc::new).map(Reply::Decider)
        })
    }
}

/// What is asked most, without a detour over JSON: one record by its identifier or by a unique name, as it is now.
fn quick_query<'py>(py: Python<'py>, name: &str, input: &Bound<'py, PyDict>) -> PyResult<Option<Quick>> {
    let unset = unset(py)?;
    let part = |name: &Bound<'py, PyString>| input.get_item(name);
    if !matches!(name, "record.get" | "record.find" | "record.find_by")
        || !part(intern!(py, "at"))?.is_none_or(|at| at.is(unset))
    {
        return Ok(None);
    }
    let (one, kind) = (part(intern!(py, "id"))?, part(intern!(py, "kind"))?);
    Ok(match (name, one, kind) {
        ("record.get", Some(one), None) if input.len() == 2 => {
            Some(Quick::Get(id(py, plain(py, &one, "id")?, "id")?))
        }
        ("record.find", Some(one), None) if input.len() == 2 => {
            Some(Quick::Find(id(py, plain(py, &one, "id")?, "id")?))
        }
        ("record.find_by", None, Some(kind)) if input.len() == 4 => {
            let (attribute, value) = (part(intern!(py, "attribute"))?, part(intern!(py, "value"))?);
            let (Some(attribute), Some(value)) = (attribute, value) else {
                return Ok(None);
            };
            let kind = Kind::from_name(plain(py, &kind, "kind")?);
            let (attribute, value) = (plain(py, &attribute, "attribute")?, plain(py, &value, "value")?);
            kind.map(|kind| Quick::FindBy(kind, attribute.to_owned(), value.to_owned()))
        }
        _ => None,
    })
}

/// See [`quick_query`].
enum Quick {
    Get(EntityId),
    Find(EntityId),
    FindBy(Kind, String, String),
}

async fn ask(acting: service::Acting<'static>, query: Query) -> Result<Reply, Problem> {
    Ok(match acting.answered(query).await? {
        Answered::Record(found) => Reply::Found(found),
        Answered::Records(records) => Reply::Records(records),
        Answered::Page(page) => Reply::Page(page),
        Answered::Json(json) => Reply::Json(json),
    })
}
