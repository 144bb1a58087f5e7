//! The native part of the package for Node: opens engines and carries requests over the border as JSON texts. A problem
//! is an error whose reason is the problem as JSON; the JavaScript part makes the right class of it.

mod decider;
mod ports;
mod session;
mod text;
mod worker;
mod writer;

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use iam_core::{
    model::{EntityId, Kind},
    query::Answered,
    service,
    wire::{Code, Problem, identifier, json},
};
use napi::bindgen_prelude::{Either, Uint8Array};
use napi_derive::napi;
use serde_json::Value;
pub use text::{all_attributes, attributes};
use text::{record, text};

fn error(problem: &Problem) -> napi::Error {
    napi::Error::from_reason(json::problem(problem))
}

fn raised<T>(result: Result<T, Problem>) -> napi::Result<T> {
    result.map_err(|problem| error(&problem))
}

fn parsed(input: &str) -> Result<Value, Problem> {
    serde_json::from_str(input).map_err(|error| Problem::new(Code::Malformed, error.to_string()))
}

/// An engine over a storage.
#[napi]
pub struct Engine(service::Iam);

/// Opens an engine by the address of its storage.
#[napi]
pub async fn open(address: String, key: Option<Uint8Array>) -> napi::Result<Engine> {
    opened(address, key, iam_storage::Ports::default()).await
}

async fn opened(address: String, key: Option<Uint8Array>, ports: iam_storage::Ports) -> napi::Result<Engine> {
    let key = key.map(|key| <[u8; 32]>::try_from(key.as_ref())).transpose();
    let opened = match key {
        Ok(key) => iam_storage::open_with(&address, key, ports).await,
        Err(_) => Err(Problem::new(Code::Malformed, "a key has 32 bytes").about("key")),
    };
    raised(opened).map(Engine)
}

#[napi]
impl Engine {
    /// The realms.
    #[napi]
    pub async fn realms(&self) -> napi::Result<Answer> {
        let realms = self.0.realms().await;
        raised(realms.and_then(|realms| text::answered(Answered::Records(realms))))
    }

    /// The identifier of the realm with this name; it is created when there is none.
    #[napi]
    pub async fn realm(&self, name: String) -> napi::Result<String> {
        let realm = self.0.realm(&name).await;
        raised(realm).map(|realm| EntityId::from(realm.id()).to_string())
    }

    /// An actor in a realm.
    #[napi]
    pub fn acting(&self, realm: String, actor: String) -> napi::Result<Acting> {
        let realm = identifier(&realm, "realm");
        let made = realm.and_then(|realm| Ok(self.0.in_realm(realm).act_as(json::actor(&actor)?)));
        raised(made).map(Acting)
    }
}

/// An actor in a realm: everything that is asked goes through here.
#[napi]
pub struct Acting(service::Acting<'static>);

#[napi]
impl Acting {
    /// The same actor, going about it in another manner.
    #[napi]
    pub fn manner(&self, manner: String) -> napi::Result<Acting> {
        raised(parsed(&manner).and_then(|manner| json::with_manner(&self.0, manner))).map(Acting)
    }

    /// Performs an operation of the catalogue.
    #[napi]
    pub async fn call(&self, operation: String, input: String) -> napi::Result<String> {
        let answer = async { json::call(&self.0, &operation, parsed(&input)?).await };
        raised(answer.await.and_then(|answer| text(&answer)))
    }

    /// The same with the text form on both sides, as all languages write it.
    #[napi]
    pub async fn call_text(&self, operation: String, input: String) -> napi::Result<String> {
        let answer = async { json::call(&self.0, &operation, parsed(&input)?).await };
        raised(answer.await.map(json::text))
    }

    /// Carries out a command.
    #[napi]
    pub async fn execute(&self, name: String, input: String) -> napi::Result<String> {
        let executed = async {
            let command = json::command_from(&name, parsed(&input)?)?;
            text(&self.0.execute(command).await?)
        };
        raised(executed.await)
    }

    /// Answers a query.
    #[napi]
    pub async fn ask(&self, name: String, input: String) -> napi::Result<Answer> {
        raised(ask(&self.0, &name, &input).await)
    }

    /// Reads a record that exists and is not deleted, at once or not at all.
    #[napi]
    pub fn get_now(&self, id: String) -> napi::Result<Option<String>> {
        let id: EntityId = raised(identifier(&id, "id"))?;
        now(async { record(Some(&*self.0.get(id).await?)) })
    }

    /// Reads a record, soft-deleted ones included, at once or not at all.
    #[napi]
    pub fn find_now(&self, id: String) -> napi::Result<Option<String>> {
        let id: EntityId = raised(identifier(&id, "id"))?;
        now(async { record(self.0.find(id).await?.as_deref()) })
    }

    /// Reads the record that holds a unique name, at once or not at all.
    #[napi]
    pub fn find_by_now(
        &self,
        kind: String,
        attribute: String,
        value: String,
    ) -> napi::Result<Option<String>> {
        let Some(kind) = Kind::from_name(&kind) else {
            return Ok(None);
        };
        now(async {
            let found = self.0.find_by(kind, &attribute, &value).await?;
            record(found.as_deref())
        })
    }
}

/// What a file or memory answers at once; `None` when somebody has to be waited for. It only reads: letting go of it half
/// way loses nothing.
fn now<T>(work: impl Future<Output = Result<T, Problem>>) -> napi::Result<Option<T>> {
    napi::bindgen_prelude::within_runtime_if_available(|| {
        let mut answer = pin!(work);
        match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => raised(answer).map(Some),
            Poll::Pending => Ok(None),
        }
    })
}

/// What a query answers: see [`text`].
type Answer = Either<String, text::Records>;

async fn ask(acting: &service::Acting<'_>, name: &str, input: &str) -> Result<Answer, Problem> {
    let query = json::query_from(name, parsed(input)?)?;
    text::answered(acting.answered(query).await?)
}
