//! Connectors that are written in another language.

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use iam_core::{
    model::{Configuration, ConnectorDescriptor, FieldType, SECRET_PREFIX, Value},
    port::{Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Read, Secrets},
};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::{Foreign, ForeignError};
use crate::connector::without_filter;

impl From<ForeignError> for ConnectorError {
    fn from(error: ForeignError) -> Self {
        let message = error.message;
        match error.kind.as_str() {
            "unreachable" => ConnectorError::Unreachable(message),
            "denied" => ConnectorError::Denied(message),
            "configuration" => ConnectorError::Configuration {
                field: error.field,
                message,
            },
            "throttled" => ConnectorError::Throttled {
                seconds: error.seconds,
            },
            "token_expired" => ConnectorError::TokenExpired,
            "incomplete" => ConnectorError::Incomplete(message),
            "unsupported" => ConnectorError::Unsupported(message),
            _ => ConnectorError::Protocol(message),
        }
    }
}

/// A connector that is written in another language.
#[derive(Debug)]
pub struct ForeignConnector {
    descriptor: ConnectorDescriptor,
    foreign: Arc<dyn Foreign>,
}

impl ForeignConnector {
    /// The connector that describes itself like this.
    pub fn new(descriptor: ConnectorDescriptor, foreign: Arc<dyn Foreign>) -> Self {
        ForeignConnector { descriptor, foreign }
    }

    /// The secrets that the configuration names, by field.
    fn secrets(
        &self,
        configuration: &Configuration,
        secrets: &dyn Secrets,
    ) -> Result<BTreeMap<String, String>, ConnectorError> {
        let wrong = |field: &str, message: &str| ConnectorError::Configuration {
            field: field.to_owned(),
            message: message.to_owned(),
        };
        let mut found = BTreeMap::new();
        for field in &self.descriptor.fields {
            let given = configuration.get(&field.name).and_then(Value::as_text);
            let (FieldType::Secret, Some(given)) = (&field.field_type, given.filter(|text| !text.is_empty()))
            else {
                continue;
            };
            let name = given
                .strip_prefix(SECRET_PREFIX)
                .ok_or_else(|| wrong(&field.name, "names a secret of the host's vault"))?;
            let secret = secrets
                .secret(name)
                .ok_or_else(|| wrong(&field.name, "the vault has no secret under this name"))?;
            found.insert(field.name.clone(), secret);
        }
        Ok(found)
    }
}

#[async_trait]
impl Connector for ForeignConnector {
    fn descriptor(&self) -> ConnectorDescriptor {
        self.descriptor.clone()
    }

    async fn open(
        &self,
        configuration: &Configuration,
        secrets: &dyn Secrets,
    ) -> Result<Box<dyn Connection>, ConnectorError> {
        for field in &self.descriptor.fields {
            let is_there = configuration
                .get(&field.name)
                .is_some_and(|value| value.as_text() != Some(""));
            if field.required == iam_core::model::Required::Always && field.default.is_none() && !is_there {
                return Err(ConnectorError::Configuration {
                    field: field.name.clone(),
                    message: "must be filled in".to_owned(),
                });
            }
        }
        let secrets = self.secrets(configuration, secrets)?;
        let input =
            json!({"connector": self.descriptor.name, "configuration": configuration, "secrets": secrets});
        let answer = self.foreign.ask("open", input).await?;
        Ok(Box::new(ForeignConnection {
            connection: answer,
            foreign: self.foreign.clone(),
            filters: self.descriptor.capabilities.filter,
        }))
    }
}

/// A connection that is held in another language.
#[derive(Debug)]
struct ForeignConnection {
    connection: Json,
    foreign: Arc<dyn Foreign>,
    /// Whether the connector filters at all.
    filters: bool,
}

/// What a port answers, as what it has to be.
fn understood<T: DeserializeOwned>(answer: Json) -> Result<T, ConnectorError> {
    // Values are not quoted: they may be personal.
    serde_json::from_value(answer).map_err(|error| {
        let message = error.to_string();
        let what = message.split(['`', '"']).next().unwrap_or_default();
        ConnectorError::Protocol(format!("the connector's answer has another form: {what}"))
    })
}

#[async_trait]
impl Connection for ForeignConnection {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        let input = json!({"connection": self.connection});
        understood(self.foreign.ask("classes", input).await?)
    }

    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        if !self.filters {
            without_filter(read)?;
        }
        let input = json!({"connection": self.connection, "read": read, "cursor": cursor});
        let mut answer = self.foreign.ask("read", input).await?;
        // In other languages what is not set is easily nothing.
        for object in answer
            .pointer_mut("/objects")
            .and_then(Json::as_array_mut)
            .into_iter()
            .flatten()
        {
            if let Some(attributes) = object.get_mut("attributes").and_then(Json::as_object_mut) {
                attributes.retain(|_, value| !value.is_null());
            }
        }
        understood(answer)
    }

    async fn close(&mut self) {
        let connection = std::mem::take(&mut self.connection);
        // Nobody can do anything about a connection that does not want to close.
        drop(self.foreign.ask("close", json!({"connection": connection})).await);
    }
}
