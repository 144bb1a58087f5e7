//! Connectors: how identity sources are read (S0-121).

use std::{collections::BTreeMap, sync::Arc};

use iam_core::{
    command::InstallConnector,
    model::{Configuration, Kind, SECRET_PREFIX, Value},
    port::{Connector, ConnectorError, Read, Secrets},
    rules::structure,
    service::Acting,
    wire::{Code, FieldProblem, Problem},
};

pub mod folder;
#[cfg(feature = "http")]
pub mod http;
#[cfg(feature = "ldap")]
pub mod ldap;
#[cfg(feature = "sql")]
pub mod sql;

/// The connectors that a host uses.
///
/// ```
/// use iam_sync::connector::Connectors;
///
/// let connectors = Connectors::builtin();
/// assert!(connectors.find("folder").is_some());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Connectors {
    by_name: BTreeMap<String, Arc<dyn Connector>>,
}

impl Connectors {
    /// None.
    pub fn new() -> Connectors {
        Connectors::default()
    }

    /// Every connector of this crate.
    pub fn builtin() -> Connectors {
        let all = Connectors::new().with(folder::Folder);
        #[cfg(feature = "sql")]
        let all = all.with(sql::Tables);
        #[cfg(feature = "http")]
        let all = http::connectors().into_iter().fold(all, Connectors::with);
        #[cfg(feature = "ldap")]
        let all = all
            .with(ldap::Directory::ldap())
            .with(ldap::Directory::active_directory());
        all
    }

    /// Adds one, instead of one of the same name.
    #[must_use]
    pub fn with(mut self, connector: impl Connector + 'static) -> Connectors {
        self.add(Arc::new(connector));
        self
    }

    /// Adds one, instead of one of the same name.
    pub fn add(&mut self, connector: Arc<dyn Connector>) {
        self.by_name.insert(connector.descriptor().name, connector);
    }

    /// The connector with this name.
    pub fn find(&self, name: &str) -> Option<&Arc<dyn Connector>> {
        self.by_name.get(name)
    }

    /// Every connector by its name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<dyn Connector>)> {
        self.by_name
            .iter()
            .map(|(name, connector)| (name.as_str(), connector))
    }

    /// Registers them in a realm, so that sources can be configured (S0-122). What is registered already is left alone.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn install(&self, acting: &Acting<'_>) -> Result<usize, Problem> {
        let mut installed = 0;
        let names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
        let known = acting.find_all_by(Kind::Connector, "name", names).await?;
        for (name, connector) in &self.by_name {
            let descriptor = connector.descriptor();
            let same = known.get(name).is_some_and(|record| {
                record.value("descriptor") == structure::to_value(&descriptor).as_ref()
            });
            if !same {
                acting.execute(InstallConnector { descriptor }).await?;
                installed += 1;
            }
        }
        Ok(installed)
    }
}

/// Secrets that the host keeps in memory.
#[derive(Clone, Default)]
pub struct KnownSecrets(BTreeMap<String, String>);

impl std::fmt::Debug for KnownSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KnownSecrets({})", self.0.len())
    }
}

impl KnownSecrets {
    /// None.
    pub fn new() -> KnownSecrets {
        KnownSecrets::default()
    }

    /// Keeps a secret under a name.
    #[must_use]
    pub fn with(mut self, name: &str, secret: &str) -> KnownSecrets {
        self.0.insert(name.to_owned(), secret.to_owned());
        self
    }
}

impl Secrets for KnownSecrets {
    fn secret(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }
}

/// A problem of a connector as a problem of a run.
pub(crate) fn problem(error: ConnectorError) -> Problem {
    let code = match error {
        ConnectorError::Configuration { .. } => Code::Invalid,
        _ => Code::SourceFailed,
    };
    let mut problem = Problem::new(code, error.to_string());
    if let ConnectorError::Configuration { field, message } = &error {
        // A filter is part of the rules; everything else is part of the configuration.
        let place = match field.as_str() {
            "filter" => "filter".to_owned(),
            field => format!("configuration.{field}"),
        };
        problem.fields = vec![FieldProblem::new(place, "value.refused", message.as_str())];
    }
    problem.caused_by(error)
}

/// Refuses a filter where there is no way to filter: nobody is to believe that it holds.
pub(crate) fn without_filter(read: &Read) -> Result<(), ConnectorError> {
    match &read.filter {
        Some(_) => Err(ConnectorError::Unsupported("it takes no filter".to_owned())),
        None => Ok(()),
    }
}

/// The fields of a configuration, read with their types.
#[derive(Clone, Copy)]
#[cfg_attr(
    not(all(feature = "ldap", feature = "http", feature = "sql")),
    allow(dead_code, reason = "each connector reads fields of its own")
)]
pub(crate) struct Fields<'a> {
    pub(crate) configuration: &'a Configuration,
    pub(crate) secrets: &'a dyn Secrets,
}

#[cfg_attr(
    not(all(feature = "ldap", feature = "http", feature = "sql")),
    allow(dead_code, reason = "each connector reads fields of its own")
)]
impl Fields<'_> {
    pub(crate) fn wrong(field: &str, message: impl Into<String>) -> ConnectorError {
        ConnectorError::Configuration {
            field: field.to_owned(),
            message: message.into(),
        }
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.configuration
            .get(name)
            .and_then(Value::as_text)
            .filter(|text| !text.is_empty())
    }

    pub(crate) fn required(&self, name: &str) -> Result<&str, ConnectorError> {
        self.text(name)
            .ok_or_else(|| Fields::wrong(name, "must be filled in"))
    }

    pub(crate) fn flag(&self, name: &str, default: bool) -> bool {
        self.configuration
            .get(name)
            .and_then(Value::as_boolean)
            .unwrap_or(default)
    }

    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        self.configuration.get(name).and_then(Value::as_integer)
    }

    /// The secret that a field names.
    pub(crate) fn secret(&self, name: &str) -> Result<Option<String>, ConnectorError> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let Some(key) = text.strip_prefix(SECRET_PREFIX) else {
            return Err(Fields::wrong(name, "names a secret of the host's vault"));
        };
        match self.secrets.secret(key) {
            Some(secret) => Ok(Some(secret)),
            None => {
                let shown: String = key.chars().take(60).collect();
                Err(Fields::wrong(name, format!("the vault has no secret “{shown}”")))
            }
        }
    }
}
