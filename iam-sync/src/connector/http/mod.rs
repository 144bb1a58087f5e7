//! Services with an HTTP interface, each described by a [`Profile`]: data, no code (S1-75, S1-76).

use async_trait::async_trait;
use iam_core::{
    model::{
        Capabilities, Configuration, ConfigurationField, ConnectorDescriptor, FieldType, Required, SyncKind,
        Value,
    },
    port::{Connection, Connector, ConnectorError, Secrets},
};

use super::Fields;

mod fetch;
mod flatten;
mod profile;
mod reading;

use fetch::Client;
pub use profile::{Auth, Class, Delta, Errors, Members, Paging, Profile, Walk, builtin};

/// Reads a service that a profile describes.
#[derive(Debug, Clone)]
pub struct Service {
    profile: Option<Profile>,
}

impl Service {
    /// A service with this profile.
    pub fn new(profile: Profile) -> Service {
        Service {
            profile: Some(profile),
        }
    }

    /// The connector `http`: the profile is part of the configuration.
    pub fn custom() -> Service {
        Service { profile: None }
    }
}

#[async_trait]
impl Connector for Service {
    fn descriptor(&self) -> ConnectorDescriptor {
        let base = |required| ConfigurationField {
            name: "base_url".to_owned(),
            label: "Address of the service".to_owned(),
            required,
            ..ConfigurationField::default()
        };
        let capabilities = |profile: &Profile| Capabilities {
            incremental: profile.classes.iter().any(|class| class.delta.is_some()),
            deletes: profile
                .classes
                .iter()
                .any(|class| matches!(class.delta, Some(Delta::Url { .. })))
                && profile
                    .classes
                    .iter()
                    .all(|class| !matches!(class.delta, Some(Delta::Since { .. }))),
            filter: profile.classes.iter().any(|class| class.filter.is_some()),
            // Which objects of a tree came already is known to one connection only.
            resume: profile.classes.iter().all(|class| class.walk.is_none()),
        };
        let version = env!("CARGO_PKG_VERSION").to_owned();
        match &self.profile {
            Some(profile) => {
                let required = match profile.base_url == "{base_url}" {
                    true => Required::Always,
                    false => Required::Never,
                };
                let mut fields = vec![base(required)];
                fields.extend(profile.fields.iter().cloned());
                ConnectorDescriptor {
                    name: profile.name.clone(),
                    title: profile.title.clone(),
                    version,
                    fields,
                    capabilities: capabilities(profile),
                    ..ConnectorDescriptor::default()
                }
            }
            None => ConnectorDescriptor {
                name: "http".to_owned(),
                title: "HTTP service described by a profile".to_owned(),
                version,
                fields: vec![
                    base(Required::Always),
                    ConfigurationField {
                        name: "profile".to_owned(),
                        label: "Profile".to_owned(),
                        field_type: FieldType::Object,
                        required: Required::Always,
                        ..ConfigurationField::default()
                    },
                    ConfigurationField {
                        name: "parameters".to_owned(),
                        label: "Fields that the profile names".to_owned(),
                        field_type: FieldType::Object,
                        ..ConfigurationField::default()
                    },
                    ConfigurationField {
                        name: "secret".to_owned(),
                        label: "Secret that the profile names".to_owned(),
                        field_type: FieldType::Secret,
                        ..ConfigurationField::default()
                    },
                ],
                capabilities: Capabilities {
                    incremental: true,
                    filter: true,
                    resume: false,
                    deletes: false,
                },
                ..ConnectorDescriptor::default()
            },
        }
    }

    async fn open(
        &self,
        configuration: &Configuration,
        secrets: &dyn Secrets,
    ) -> Result<Box<dyn Connection>, ConnectorError> {
        let profile = match &self.profile {
            Some(profile) => profile.clone(),
            None => configuration
                .get("profile")
                .and_then(|value| serde_json::to_value(value).ok())
                .ok_or_else(|| Fields::wrong("profile", "must be filled in"))
                .and_then(|json| {
                    serde_json::from_value(json).map_err(|error| Fields::wrong("profile", error.to_string()))
                })?,
        };
        let mut whole = configuration.clone();
        if let Some(Value::Object(parameters)) = configuration.get("parameters") {
            whole.extend(
                parameters
                    .iter()
                    .map(|(name, value)| (name.clone(), value.clone())),
            );
        }
        let fields = Fields {
            configuration: &whole,
            secrets,
        };
        for field in &profile.fields {
            if field.required == Required::Always && field.default.is_none() {
                fields.required(&field.name)?;
            }
        }
        let client = Client::open(&profile, fields).await?;
        Ok(Box::new(reading::Reading::new(profile, client)))
    }
}

/// Every connector that a profile of this crate makes, and `http` for profiles of one's own.
pub fn connectors() -> Vec<Service> {
    let mut all: Vec<Service> = builtin().into_iter().map(Service::new).collect();
    all.push(Service::custom());
    all
}

/// Which kinds a profile has.
pub fn kinds(profile: &Profile) -> Vec<SyncKind> {
    profile.classes.iter().map(|class| class.kind).collect()
}
