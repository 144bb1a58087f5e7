//! LDAP directories: OpenLDAP, 389 Directory Server and Active Directory, each in its own dialect (S0-128 … S0-137).

use std::time::Duration;

use async_trait::async_trait;
use iam_core::{
    model::{
        Capabilities, Configuration, ConfigurationField, ConnectorDescriptor, FieldIs, FieldType, Required,
        SyncKind, Value,
    },
    port::{Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Presence, Read, Secrets},
};
use ldap3::{Ldap, Scope, SearchOptions, controls::RawControl};

use super::Fields;
use crate::reconcile::key::normal_name;

mod ber;
mod connect;
mod entry;
mod stream;
mod usn;

pub use connect::default_port;
use entry::{Dialect, Shape};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

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
        let ldap = connect::connect(fields, self.active_directory).await?;
        Ok(Box::new(Entries {
            ldap,
            base,
            bases,
            filters,
            scope: match fields.flag("include_suborganizations", true) {
                true => Scope::Subtree,
                false => Scope::OneLevel,
            },
            shape,
            paged: None,
            stream: None,
            usn: None,
        }))
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

/// A page that was asked for: the cookie of the server and what the cursor is called.
#[derive(Debug)]
struct Paged {
    cookie: Vec<u8>,
    cursor: String,
}

/// A connection to a directory.
struct Entries {
    ldap: Ldap,
    base: String,
    bases: Vec<(SyncKind, String)>,
    filters: Vec<(SyncKind, String)>,
    scope: Scope,
    shape: Shape,
    paged: Option<Paged>,
    stream: Option<stream::Content>,
    /// The update sequence number at the begin of a read of Active Directory.
    usn: Option<String>,
}

impl std::fmt::Debug for Entries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entries")
            .field("base", &self.base)
            .finish_non_exhaustive()
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
    fn query(&self, read: &Read) -> Query {
        let of = |list: &[(SyncKind, String)]| {
            list.iter()
                .find(|(kind, _)| *kind == read.kind)
                .map(|(_, text)| text.clone())
        };
        let filter = read
            .filter
            .clone()
            .or_else(|| of(&self.filters))
            .unwrap_or_else(|| self.shape.filter(read.kind, &read.object_class));
        Query {
            base: of(&self.bases).unwrap_or_else(|| self.base.clone()),
            scope: self.scope,
            filter,
            attributes: self.shape.attributes(&read.attributes),
            page_size: i32::try_from(read.page_size.min(1000)).unwrap_or(1000),
        }
    }

    /// One page by the paged results control (RFC 2696).
    async fn page(
        &mut self,
        query: &Query,
        cursor: Option<&Cursor>,
        more: Vec<RawControl>,
    ) -> Result<(Objects, bool), ConnectorError> {
        let cookie = match (cursor, self.paged.take()) {
            (None, _) => Vec::new(),
            (Some(cursor), Some(paged)) if paged.cursor == cursor.0 => paged.cookie,
            (Some(_), _) => {
                return Err(ConnectorError::Protocol(
                    "a page of a directory can only be read after the one before it".to_owned(),
                ));
            }
        };
        let mut controls = vec![ber::paged(query.page_size, &cookie)];
        controls.extend(more);
        let found = self
            .ldap
            .with_controls(controls)
            .with_search_options(SearchOptions::new().sizelimit(0))
            .with_timeout(PATIENCE)
            .search(&query.base, query.scope, &query.filter, query.attributes.clone())
            .await
            .map_err(connect::unreachable)?;
        let ldap3::SearchResult(entries, result) = found;
        connect::succeeded(&result)?;
        let mut objects = Objects::default();
        for found in entries
            .into_iter()
            .filter(|entry| !entry.is_ref() && !entry.is_intermediate())
        {
            let mut raw = entry::parse(found)?;
            self.complete_ranges(&mut raw).await?;
            match self.shape.object(raw) {
                Ok(object) => objects.objects.push(object),
                Err(problem) => objects.unreadable.push(problem),
            }
        }
        let cookie = result
            .ctrls
            .iter()
            .find_map(|control| ber::paged_cookie(&control.1))
            .unwrap_or_default();
        let last = cookie.is_empty();
        if !last {
            let number: u64 = cursor
                .and_then(|cursor| cursor.0.parse().ok())
                .unwrap_or_default();
            let name = (number + 1).to_string();
            objects.next = Some(Cursor(name.clone()));
            self.paged = Some(Paged { cookie, cursor: name });
        }
        Ok((objects, last))
    }

    /// Asks for the rest of attributes with more values than the server gives at once: `member;range=0-1499`.
    async fn complete_ranges(&mut self, raw: &mut entry::Raw) -> Result<(), ConnectorError> {
        while let Some((name, next)) = entry::open_range(raw) {
            let asked = format!("{name};range={next}-*");
            let found = self
                .ldap
                .with_timeout(PATIENCE)
                .search(&raw.dn, Scope::Base, "(objectClass=*)", vec![asked])
                .await
                .map_err(connect::unreachable)?;
            let ldap3::SearchResult(entries, result) = found;
            connect::succeeded(&result)?;
            let more = match entries.into_iter().next() {
                Some(more) => entry::parse(more)?,
                None => {
                    return Err(ConnectorError::Incomplete(format!(
                        "the rest of `{name}` is not there"
                    )));
                }
            };
            if !entry::join_range(raw, &name, more) {
                return Err(ConnectorError::Incomplete(format!(
                    "the rest of `{name}` is not there"
                )));
            }
        }
        Ok(())
    }
}

#[async_trait]
impl Connection for Entries {
    async fn classes(&mut self) -> Result<Vec<ObjectClass>, ConnectorError> {
        // The base must be there: a typing error in it shows here, not in the night.
        let found = self
            .ldap
            .with_timeout(PATIENCE)
            .search(&self.base, Scope::Base, "(objectClass=*)", vec!["1.1"])
            .await
            .map_err(connect::unreachable)?;
        connect::succeeded(&found.1)?;
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
            let (page, _) = self.page(&query, None, Vec::new()).await?;
            self.paged = None;
            if let Some(object) = page.objects.first() {
                classes.push(ObjectClass {
                    name: kind.name().to_owned(),
                    attributes: object.attributes.keys().cloned().collect(),
                });
            }
        }
        Ok(classes)
    }

    async fn read(&mut self, read: &Read, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        let query = self.query(read);
        match self.shape.dialect {
            Dialect::OpenLdap | Dialect::DirectoryServer => self.content(&query, read, cursor).await,
            Dialect::ActiveDirectory => self.changes(&query, read, cursor).await,
            Dialect::Generic => {
                let (objects, last) = self.page(&query, cursor, Vec::new()).await?;
                Ok(whole(objects, last))
            }
        }
    }

    async fn close(&mut self) {
        self.stream = None;
        // Who does not answer any more need not be told.
        let _ = self.ldap.unbind().await;
    }
}

/// A page of a read that names everybody when it came to its end.
fn whole(mut objects: Objects, last: bool) -> Objects {
    if last {
        objects.presence = Presence::Everything;
    }
    objects
}

/// Values as an attribute of an object: one text, or several.
fn value_of(mut values: Vec<String>) -> Option<Value> {
    match values.len() {
        0 => None,
        1 => values.pop().map(Value::from),
        _ => Some(Value::List(values.into_iter().map(Value::from).collect())),
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
