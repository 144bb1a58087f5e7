//! The native part of the packages for Swift and Kotlin, over uniffi: engines, actors, values, problems as typed errors,
//! ports. What has a noun in its name is generated from the catalogue on top of [`Acting::call`].
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::result_large_err,
    missing_docs,
    reason = "the generated scaffolding of the C interface has all of it, and takes errors by value"
)]

mod decider;
mod error;
mod ports;
mod run;
mod session;
mod value;
mod worker;

use std::sync::Arc;

pub use decider::Decider;
pub use error::{FieldProblem, IamError, Problem};
pub use ports::{HostClock, HostEntropy, HostVault, HostVaultError};
pub use run::Cancellation;
pub use session::{PlainSession, PlainSignedIn};
pub use value::{Value, json_of_value, value_of_json};
pub use worker::{HostPortError, HostPorts, HostWorker};

use iam_core::{
    model::{EntityId, RealmId},
    service,
    wire::{self, Code, json},
};

uniffi::setup_scaffolding!("iam");

/// Opens an engine by the address of its storage: a file, `:memory:`, or the URL of a server.
///
/// `key` is the master key for what is sealed, 32 bytes that are kept outside of the database. Without one, a file keeps
/// its key in another file beside it. What the app brings along itself replaces the system's: a `vault` the key.
///
/// # Errors
/// When the storage cannot be opened, or there is no key for it.
#[uniffi::export(default(key = None, clock = None, entropy = None, vault = None))]
pub async fn open_database(
    address: String,
    key: Option<Vec<u8>>,
    clock: Option<Arc<dyn HostClock>>,
    entropy: Option<Arc<dyn HostEntropy>>,
    vault: Option<Arc<dyn HostVault>>,
) -> Result<Arc<Database>, IamError> {
    let key = key.map(<[u8; 32]>::try_from).transpose();
    let key = key.map_err(|_| wire::Problem::new(Code::Malformed, "a key has 32 bytes").about("key"))?;
    let ports = ports::ports(clock, entropy, vault);
    let opened = run::run(
        None,
        async move { iam_storage::open_with(&address, key, ports).await },
    );
    Ok(Arc::new(Database(opened.await?)))
}

/// An engine over one storage. Share it between threads and tasks.
#[derive(Debug, uniffi::Object)]
pub struct Database(service::Iam);

#[uniffi::export]
impl Database {
    /// The realms by name, as the catalogue's `Record`.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn list_realms(&self) -> Result<Value, IamError> {
        let iam = self.0.clone();
        let realms = run::run(None, async move {
            let realms = iam.realms().await?;
            json::value(
                &realms
                    .into_iter()
                    .map(iam_core::query::RecordView)
                    .collect::<Vec<_>>(),
            )
        });
        Ok(realms.await?.into())
    }

    /// The identifier of the realm with this name; it is created when there is none.
    ///
    /// # Errors
    /// When the name is not fit for one, or the storage fails.
    pub async fn realm(&self, name: String) -> Result<String, IamError> {
        let iam = self.0.clone();
        let realm = run::run(None, async move { iam.realm(&name).await });
        Ok(EntityId::from(realm.await?.id()).to_string())
    }

    /// Everything from here on happens in this actor's name: `host:` and a name, the identifier of a user, or `system`.
    ///
    /// # Errors
    /// When the realm or the actor is not well formed.
    pub fn act_as(&self, realm: String, actor: String) -> Result<Arc<Acting>, IamError> {
        let realm: RealmId = realm.parse().map_err(|error: iam_core::model::IdError| {
            wire::Problem::new(Code::Malformed, error.to_string()).about("realm")
        })?;
        let acting = self.0.in_realm(realm).act_as(json::actor(&actor)?);
        Ok(Arc::new(Acting(acting)))
    }
}

/// An actor in a realm: the handle for everything that is asked.
#[derive(Debug, uniffi::Object)]
pub struct Acting(service::Acting<'static>);

#[uniffi::export]
impl Acting {
    /// The same actor, going about it in another manner: `reason`, `channel`, `change_set`, `command_id`, `at`.
    ///
    /// # Errors
    /// When the manner is not well formed.
    pub fn with_manner(&self, manner: Value) -> Result<Arc<Acting>, IamError> {
        let acting = json::with_manner(&self.0, manner.into_json(0)?)?;
        Ok(Arc::new(Acting(acting)))
    }

    /// Performs an operation of the catalogue. When `cancellation` is pulled it stops waiting; a command that was on its
    /// way is carried out or refused as a whole.
    ///
    /// # Errors
    /// The problem; then nothing was changed.
    pub async fn call(
        &self,
        operation: String,
        input: Value,
        cancellation: Option<Arc<Cancellation>>,
    ) -> Result<Value, IamError> {
        let (acting, input) = (self.0.clone(), input.into_json(0)?);
        let answer = run::run(cancellation, async move {
            json::call(&acting, &operation, input).await
        });
        Ok(answer.await?.into())
    }

    /// The neutral interface: texts of JSON on both sides, keys in order and without white space, the same in every
    /// language. For programs that pass JSON through, such as a server.
    ///
    /// # Errors
    /// The problem; then nothing was changed.
    pub async fn call_text(&self, operation: String, input: String) -> Result<String, IamError> {
        let acting = self.0.clone();
        let answer = run::run(None, async move {
            let input = serde_json::from_str(&input)
                .map_err(|error| wire::Problem::new(Code::Malformed, error.to_string()).about(&operation))?;
            json::call(&acting, &operation, input).await
        });
        Ok(json::text(answer.await?))
    }
}
