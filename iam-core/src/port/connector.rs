//! Connectors: how an identity source is read, whatever it is. Plain data in and out, so that a connector can be written
//! in any language.

use std::{collections::BTreeMap, fmt, fmt::Debug};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::model::{Configuration, ConnectorDescriptor, SyncKind, Value};

/// Gives the secrets that a configuration names. Secrets pass from the host's vault to the connector and are kept
/// nowhere else.
pub trait Secrets: Debug + Send + Sync {
    /// The secret kept under a name; `None` when there is none.
    fn secret(&self, name: &str) -> Option<String>;
}

/// Why a source could not be read. None of them means that something is gone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectorError {
    /// It does not answer, or stopped in the middle.
    #[error("the source cannot be reached: {0}")]
    Unreachable(String),
    /// It answers, and lets us not in.
    #[error("the source refuses access: {0}")]
    Denied(String),
    /// The configuration is wrong; the field and what is wrong with it.
    #[error("{field}: {message}")]
    Configuration {
        /// The field.
        field: String,
        /// What is wrong.
        message: String,
    },
    /// It asks to be asked later.
    #[error("the source asks to wait {seconds} seconds")]
    Throttled {
        /// How long.
        seconds: u64,
    },
    /// The token of an incremental read is not good any more: everything has to be read.
    #[error("the source has forgotten where we were")]
    TokenExpired,
    /// It cut its answer: what is missing from it is not known to be gone.
    #[error("the answer is not complete: {0}")]
    Incomplete(String),
    /// What it says cannot be understood.
    #[error("the source answers what cannot be understood: {0}")]
    Protocol(String),
    /// It cannot do what was asked for.
    #[error("the connector cannot do this: {0}")]
    Unsupported(String),
}

impl ConnectorError {
    /// A stable name for logs.
    pub const fn name(&self) -> &'static str {
        match self {
            ConnectorError::Unreachable(_) => "unreachable",
            ConnectorError::Denied(_) => "denied",
            ConnectorError::Configuration { .. } => "configuration",
            ConnectorError::Throttled { .. } => "throttled",
            ConnectorError::TokenExpired => "token_expired",
            ConnectorError::Incomplete(_) => "incomplete",
            ConnectorError::Protocol(_) => "protocol",
            ConnectorError::Unsupported(_) => "unsupported",
        }
    }
}

/// A class of objects that a source has, found by looking at it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ObjectClass {
    /// What the connector calls it.
    pub name: String,
    /// The attributes that its objects have, as far as the source tells.
    #[serde(default)]
    pub attributes: Vec<String>,
}

/// What is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Read {
    /// What kind of record the objects become.
    pub kind: SyncKind,
    /// The class of the objects; empty for the connector's own name of the kind.
    #[serde(default)]
    pub object_class: String,
    /// Which of them, in the connector's own syntax.
    #[serde(default)]
    pub filter: Option<String>,
    /// The attributes that are used; empty for all. A connector may give more.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// What changed since the run that ended with this token.
    #[serde(default)]
    pub since: Option<String>,
    /// Objects on a page, about.
    pub page_size: u32,
}

/// The place of the next page. Opaque; where the connector can [resume](crate::model::Capabilities::resume) it stays
/// good for another connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// One object of a source.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SourceObject {
    /// The identifier that never changes; two objects never share one, letter case counts.
    pub identifier: String,
    /// The name that it has now, such as a distinguished name; by it others may name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its attributes. Several values are a list; what is binary is base 64.
    pub attributes: BTreeMap<String, Value>,
}

impl Debug for SourceObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceObject")
            .field("attributes", &self.attributes.len())
            .finish_non_exhaustive()
    }
}

impl SourceObject {
    /// An object without attributes.
    pub fn new(identifier: impl Into<String>) -> Self {
        SourceObject {
            identifier: identifier.into(),
            ..SourceObject::default()
        }
    }

    /// Gives it an attribute.
    #[must_use]
    pub fn with(mut self, attribute: &str, value: impl Into<Value>) -> Self {
        self.attributes.insert(attribute.to_owned(), value.into());
        self
    }
}

/// What a read says about objects that it does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Nothing: they are as they were, unless they are listed as deleted.
    #[default]
    Changes,
    /// They are gone: the read names all there are.
    Everything,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Objects {
    /// Objects that are there.
    pub objects: Vec<SourceObject>,
    /// Identifiers of objects that are there and as they were.
    #[serde(default)]
    pub unchanged: Vec<String>,
    /// Identifiers of objects that are gone.
    #[serde(default)]
    pub deleted: Vec<String>,
    /// Objects that are there and could not be read, one line each. While there are any, nothing is taken for gone.
    #[serde(default)]
    pub unreadable: Vec<String>,
    /// Where the next page is; `None` at the end, and only then.
    #[serde(default)]
    pub next: Option<Cursor>,
    /// At the end: what the read says about objects that it did not name.
    #[serde(default)]
    pub presence: Presence,
    /// At the end: where an incremental read goes on later.
    #[serde(default)]
    pub token: Option<String>,
}

/// A plug-in that reads one kind of source (S0-121).
#[async_trait]
pub trait Connector: Debug + Send + Sync {
    /// What it is, which configuration it needs, what it can do.
    fn descriptor(&self) -> ConnectorDescriptor;

    /// Connects and signs in.
    ///
    /// # Errors
    /// When the source cannot be reached or the configuration is wrong.
    async fn open(
        &self,
        configuration: &Configuration,
        secrets: &dyn Secrets,
    ) -> Result<Box<dyn Connection>, ConnectorError>;
}

/// A connection to a source.
#[async_trait]
pub trait Connection: Debug + Send {
    /// The classes of objects there are.
    ///
    /// # Errors
    /// When the source cannot be read.
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError>;

    /// One page. The first one has no cursor. An error is the end of the read: what was not read is not known.
    ///
    /// # Errors
    /// When the page cannot be read, or not as a whole.
    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError>;

    /// Signs out. Dropping a connection without it is allowed.
    async fn close(&mut self) {}
}
