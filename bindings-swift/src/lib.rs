//! The native part of the packages for Swift and Kotlin, over uniffi: engines, actors, records as values, problems as
//! typed errors. What has a noun in its name is to be generated from the catalogue on top of [`Acting::call`].
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::result_large_err,
    missing_docs,
    reason = "the generated scaffolding of the C interface has all of it, and takes errors by value"
)]

mod error;
mod record;

use std::sync::Arc;

pub use error::{FieldProblem, IamError};
pub use record::{AttributeValue, Page, Record};

use iam_core::{
    model::{EntityId, Kind, RealmId},
    query::Query,
    service,
    wire::{Code, Problem, json},
};

uniffi::setup_scaffolding!("iam");

/// Opens an engine by the address of its storage: a file, `:memory:`, or the URL of a server.
///
/// `key` is the master key for what is sealed, 32 bytes that are kept outside of the database. Without one, a file keeps
/// its key in another file beside it.
///
/// # Errors
/// When the storage cannot be opened, or there is no key for it.
#[uniffi::export(async_runtime = "tokio")]
pub async fn open_database(address: String, key: Option<Vec<u8>>) -> Result<Arc<Database>, IamError> {
    let key = key.map(<[u8; 32]>::try_from).transpose();
    let key = key.map_err(|_| Problem::new(Code::Malformed, "a key has 32 bytes").about("key"))?;
    let iam = iam_storage::open(&address, key).await?;
    Ok(Arc::new(Database(iam)))
}

/// An engine over one storage. Share it between threads and tasks.
#[derive(Debug, uniffi::Object)]
pub struct Database(service::Iam);

#[uniffi::export(async_runtime = "tokio")]
impl Database {
    /// The realms by name.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn realms(&self) -> Result<Vec<Record>, IamError> {
        let realms = self.0.realms().await?;
        Ok(realms.iter().map(|realm| Record::from(realm.as_ref())).collect())
    }

    /// The identifier of the realm with this name; it is created when there is none.
    ///
    /// # Errors
    /// When the name is not fit for one, or the storage fails.
    pub async fn realm(&self, name: String) -> Result<String, IamError> {
        let realm = self.0.realm(&name).await?;
        Ok(EntityId::from(realm.id()).to_string())
    }
}

#[uniffi::export]
impl Database {
    /// Everything from here on happens in this actor's name: `host:` and a name, the identifier of a user, or `system`.
    ///
    /// # Errors
    /// When the realm or the actor is not well formed.
    pub fn act_as(&self, realm: String, actor: String) -> Result<Arc<Acting>, IamError> {
        let realm: RealmId = realm
            .parse()
            .map_err(|error: iam_core::model::IdError| Problem::new(Code::Malformed, error.to_string()))?;
        let acting = self.0.in_realm(realm).act_as(json::actor(&actor)?);
        Ok(Arc::new(Acting(acting)))
    }
}

/// A command that was carried out.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Executed {
    /// The commit; absent when there was nothing to change.
    pub revision: Option<u64>,
    /// What the command was about: the created or changed record.
    pub id: Option<String>,
    /// Remarks that hindered nothing.
    pub remarks: Vec<String>,
    /// The same command was committed before under the same identifier; nothing was done again.
    pub replayed: bool,
}

/// An actor in a realm: the handle for everything that is asked.
#[derive(Debug, uniffi::Object)]
pub struct Acting(service::Acting<'static>);

#[uniffi::export]
impl Acting {
    /// Notes a reason in the audit trail.
    pub fn because(&self, reason: String) -> Arc<Acting> {
        Arc::new(Acting(self.0.clone().because(reason)))
    }

    /// The same actor, reading the state after a commit.
    pub fn as_of(&self, revision: u64) -> Arc<Acting> {
        let at = service::At::Revision(iam_core::port::Revision(revision));
        Arc::new(Acting(self.0.clone().as_of(at)))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Acting {
    /// Carries out a command of the catalogue with its input as JSON.
    ///
    /// # Errors
    /// The problem; then nothing was changed.
    pub async fn execute(&self, command: String, input: String) -> Result<Executed, IamError> {
        let done = self
            .0
            .execute(json::command_from(&command, parsed(&input)?)?)
            .await?;
        Ok(Executed {
            revision: done.revision.map(|revision| revision.0),
            id: done.id.map(|id| id.to_string()),
            remarks: done.remarks,
            replayed: done.replayed,
        })
    }

    /// Performs an operation of the catalogue, JSON in and JSON out.
    ///
    /// # Errors
    /// The problem.
    pub async fn call(&self, operation: String, input: String) -> Result<String, IamError> {
        let answer = json::call(&self.0, &operation, parsed(&input)?).await?;
        Ok(json::text(answer))
    }

    /// Reads a record that exists and is not deleted.
    ///
    /// # Errors
    /// When there is none in this realm, or it is deleted.
    pub async fn get(&self, id: String) -> Result<Record, IamError> {
        Ok(Record::from(self.0.get(entity(&id)?).await?.as_ref()))
    }

    /// Reads a record, a soft-deleted one too.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn find(&self, id: String) -> Result<Option<Record>, IamError> {
        let found = self.0.find(entity(&id)?).await?;
        Ok(found.map(|record| Record::from(record.as_ref())))
    }

    /// Reads the record that holds a unique name, in any letter case.
    ///
    /// # Errors
    /// When the attribute is not unique.
    pub async fn find_by(
        &self,
        kind: String,
        attribute: String,
        value: String,
    ) -> Result<Option<Record>, IamError> {
        let kind = Kind::from_name(&kind)
            .ok_or_else(|| Problem::new(Code::Malformed, "there is no such kind").about("kind"))?;
        let found = self.0.find_by(kind, &attribute, &value).await?;
        Ok(found.map(|record| Record::from(record.as_ref())))
    }

    /// Lists one page of what matches: the input of `record.search` as JSON.
    ///
    /// # Errors
    /// When the search is not well formed.
    pub async fn search(&self, input: String) -> Result<Page, IamError> {
        match json::query_from("record.search", parsed(&input)?)? {
            Query::SearchRecords(query) => {
                let acting = match query.at {
                    Some(at) => self.0.clone().as_of(at),
                    None => self.0.clone(),
                };
                Ok(acting.search(&query.search(&acting)?).await?.into())
            }
            _ => Err(Problem::new(Code::Malformed, "not a search").into()),
        }
    }
}

fn parsed(input: &str) -> Result<serde_json::Value, Problem> {
    serde_json::from_str(input).map_err(|error| Problem::new(Code::Malformed, error.to_string()))
}

fn entity(id: &str) -> Result<EntityId, Problem> {
    id.parse().map_err(|error: iam_core::model::IdError| {
        Problem::new(Code::Malformed, error.to_string()).about("id")
    })
}
