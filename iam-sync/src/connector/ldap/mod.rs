//! LDAP directories: OpenLDAP, 389 Directory Server and Active Directory, each in its own dialect (S0-128 … S0-137).

use async_trait::async_trait;
use iam_core::{
    model::{
        Capabilities, Configuration, ConfigurationField, ConnectorDescriptor, FieldIs, FieldType, Required,
        SyncKind,
    },
    port::{Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Read, Secrets},
};
use ldap3::Scope;

use super::Fields;
use crate::reconcile::key::normal_name;

mod ber;
mod connect;
mod entry;
mod pages;
mod stream;
mod usn;
mod wire;

pub use connect::default_port;
use entry::{Dialect, Shape};
use pages::{Reader, Reading};

/// Reads a directory by LDAP.
///
/// Organizational units become organizations (map `parent_dn` to `parent`), groups carry `member` by distinguished name.
/// Every object has `dn`, `parent_dn` and `rdn` besides its own attributes. OpenLDAP and 389 Directory Server are followed
/// by content synchronization (RFC 4533), Active Directory by `uSNChanged` and its deleted objects.
#[derive(Debug, Clone, Copy)]
pub struct Directory {
    active_directory: bool,
}

impl Directory {
    /// The connector `ldap`.
    pub const fn ldap() -> Directory {
        Directory {
            active_directory: false,
        }
    }

    /// The connector `active_directory`: the same with the fields and the dialect of Active Directory.
    pub const fn active_directory() -> Directory {
        Directory {
            active_directory: true,
        }
    }
}

fn field(name: &str, label: &str, field_type: FieldType, required: Required) -> ConfigurationField {
    ConfigurationField {
        name: name.to_owned(),
        label: label.to_owned(),
        field_type,
        required,
        ..ConfigurationField::default()
    }
}

#[async_trait]
impl Connector for Directory {
    fn descriptor(&self) -> ConnectorDescriptor {
        use FieldType as T;
        use Required as R;
        // S0-132: a keystore when TLS is on, and not otherwise; a file of certificates does as well.
        let with_tls = || {
            R::When(vec![
                FieldIs {
                    field: "tls".to_owned(),
                    value: Some(true.into()),
                },
                FieldIs {
                    field: "ca_file".to_owned(),
                    value: None,
                },
            ])
        };
        let mut fields = vec![
            field("host", "Server IP or host name", T::Text, R::Always),
            field("port", "Port", T::Integer, R::Never),
            field("base_dn", "Base DN", T::Text, R::Always),
            ConfigurationField {
                default: Some(false.into()),
                ..field("tls", "Use TLS", T::Boolean, R::Never)
            },
            field(
                "start_tls",
                "Begin without TLS and go over to it (StartTLS)",
                T::Boolean,
                R::Never,
            ),
            field("keystore", "Keystore path", T::Text, with_tls()),
            field("keystore_password", "Keystore password", T::Secret, with_tls()),
            field("ca_file", "File of trusted certificates (PEM)", T::Text, R::Never),
            field("bind_user", "Bind user", T::Text, R::Always),
            field("bind_password", "Bind password", T::Secret, R::Always),
            ConfigurationField {
                default: Some(true.into()),
                ..field(
                    "include_suborganizations",
                    "Include sub-organizations",
                    T::Boolean,
                    R::Never,
                )
            },
        ];
        for (kind, label) in [
            ("organization", "Organization"),
            ("user", "User"),
            ("group", "Group"),
            ("position", "Position"),
        ] {
            fields.push(field(
                &format!("{kind}_base"),
                &format!("{label} filter base DN"),
                T::Text,
                R::Never,
            ));
            fields.push(field(
                &format!("{kind}_filter"),
                &format!("{label} filter condition"),
                T::Text,
                R::Never,
            ));
        }
        if self.active_directory {
            fields.push(field("domain", "AD domain name", T::Text, R::Always));
        } else {
            fields.push(ConfigurationField {
                allowed: vec!["openldap".into(), "389ds".into(), "generic".into()],
                default: Some("generic".into()),
                ..field("dialect", "Kind of server", T::Text, R::Never)
            });
            fields.push(field(
                "identifier",
                "Attribute that identifies an entry",
                T::Text,
                R::Never,
            ));
        }
        let (name, title) = match self.active_directory {
            true => ("active_directory", "Active Directory"),
            false => ("ldap", "LDAP directory"),
        };
        ConnectorDescriptor {
            name: name.to_owned(),
            title: title.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            fields,
            capabilities: Capabilities {
                incremental: true,
                deletes: true,
                filter: true,
                resume: false,
            },
            ..ConnectorDescriptor::default()
        }
    }

    async fn open(
        &self,
        configuration: &Configuration,
        secrets: &dyn Secrets,
    ) -> Result<Box<dyn Connection>, ConnectorError> {
        let fields = Fields {
            configuration,
            secrets,
        };
        let base = fields.required("base_dn")?.to_owned();
        let mut bases = Vec::new();
        let mut filters = Vec::new();
        for kind in SyncKind::ALL {
            if let Some(own) = fields.text(&format!("{}_base", kind.name())) {
                // S0-130: everything stays under the base DN.
                if !is_under(own, &base) {
                    let message = format!("does not lie under {base}");
                    return Err(Fields::wrong(&format!("{}_base", kind.name()), message));
                }
                bases.push((kind, own.to_owned()));
            }
            if let Some(filter) = fields.text(&format!("{}_filter", kind.name())) {
                filters.push((kind, filter.to_owned()));
            }
        }
        let dialect = match (self.active_directory, fields.text("dialect")) {
            (true, _) => Dialect::ActiveDirectory,
            (false, Some("openldap")) => Dialect::OpenLdap,
            (false, Some("389ds")) => Dialect::DirectoryServer,
            _ => Dialect::Generic,
        };
        let shape = Shape {
            dialect,
            base: base.clone(),
            identifier: fields
                .text("identifier")
                .unwrap_or(dialect.identifier())
                .to_owned(),
        };
        let wire = connect::connect(fields, self.active_directory).await?;
        let reader = Reader {
            wire,
            base,
            bases,
            filters,
            scope: match fields.flag("include_suborganizations", true) {
                true => Scope::Subtree,
                false => Scope::OneLevel,
            },
            shape,
        };
        Ok(Box::new(Entries(State::Idle(Box::new(reader)))))
    }
}

/// Whether a distinguished name is another one or lies below it.
fn is_under(name: &str, base: &str) -> bool {
    let (name, base) = (normal_name(name), normal_name(base));
    name == base
        || name
            .strip_suffix(base.as_ref())
            .is_some_and(|rest| rest.ends_with(",\0"))
}

/// A connection to a directory.
struct Entries(State);

enum State {
    Idle(Box<Reader>),
    Reading(Reading),
    Lost,
}

impl std::fmt::Debug for Entries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entries")
    }
}

/// Where and what a read searches.
#[derive(Debug, Clone)]
struct Query {
    base: String,
    scope: Scope,
    filter: String,
    attributes: Vec<String>,
    page_size: i32,
}

impl Entries {
    /// The connection, with nothing under way.
    async fn idle(&mut self) -> Result<Box<Reader>, ConnectorError> {
        match std::mem::replace(&mut self.0, State::Lost) {
            State::Idle(reader) => Ok(reader),
            State::Reading(reading) => reading.stop().await.map(Box::new),
            State::Lost => Err(ConnectorError::Unreachable("the connection ended".to_owned())),
        }
    }
}

impl Reader {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        // The base must be there: a typing error in it shows here, not in the night.
        let (_, outcome) = self.wire.entry(&self.base, &["1.1"]).await?;
        connect::succeeded(&outcome)?;
        let mut classes = Vec::new();
        for kind in [SyncKind::Organization, SyncKind::Group, SyncKind::User] {
            let query = Query {
                page_size: 1,
                attributes: vec!["*".to_owned()],
                ..self.query(&Read {
                    kind,
                    object_class: String::new(),
                    filter: None,
                    attributes: Vec::new(),
                    since: None,
                    page_size: 1,
                })
            };
            let mut page = Objects::default();
            self.page(&query, &[], Vec::new(), &mut page).await?;
            if let Some(object) = page.objects.first() {
                classes.push(ObjectClass {
                    name: kind.name().to_owned(),
                    attributes: object.attributes.keys().cloned().collect(),
                });
            }
        }
        Ok(classes)
    }
}

#[async_trait]
impl Connection for Entries {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        let mut reader = self.idle().await?;
        let classes = reader.classes().await;
        self.0 = State::Idle(reader);
        classes
    }

    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        if cursor.is_none() {
            let reader = self.idle().await?;
            self.0 = State::Reading(Reading::start(*reader, read.clone()));
        }
        match &mut self.0 {
            State::Reading(reading) => reading.page(cursor).await,
            _ => Err(ConnectorError::Protocol(
                "a page of a directory can only be read after the one before it".to_owned(),
            )),
        }
    }

    async fn close(&mut self) {
        match std::mem::replace(&mut self.0, State::Lost) {
            State::Idle(mut reader) => reader.wire.unbind().await,
            // A read that came to its end gives the connection back; any other goes with it.
            State::Reading(reading) if reading.is_over() => {
                if let Ok(mut reader) = reading.stop().await {
                    reader.wire.unbind().await;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S0-130
    #[test]
    fn everything_stays_under_the_base() {
        let base = "DC=example,DC=test";
        assert!(is_under("ou=Staff, dc=example, dc=test", base));
        assert!(is_under("dc=EXAMPLE,dc=test", base));
        assert!(!is_under("dc=test", base));
        assert!(!is_under("ou=a,dc=other,dc=test", base));
        assert!(!is_under("xdc=example,dc=test", base));
    }

    /// S0-128, S0-129, S0-131, S0-132, S0-133, S0-134, S0-135, S0-136
    #[test]
    fn the_fields_of_an_active_directory_source() {
        let descriptor = Directory::active_directory().descriptor();
        let required: Vec<&str> = descriptor
            .fields
            .iter()
            .filter(|field| field.required == Required::Always)
            .map(|field| field.name.as_str())
            .collect();
        assert_eq!(
            required,
            ["host", "base_dn", "bind_user", "bind_password", "domain"]
        );
        for name in ["keystore", "keystore_password"] {
            let field = descriptor.fields.iter().find(|field| field.name == name).unwrap();
            assert!(matches!(&field.required, Required::When(when) if when[0].field == "tls"));
        }
        assert_eq!((default_port(false), default_port(true)), (389, 636));
        assert!(
            descriptor
                .fields
                .iter()
                .any(|field| field.name == "organization_base")
        );
    }
}
