//! What every connector has to do, whatever it reads and whatever language it is written in.
//!
//! ```no_run
//! # async fn example(connector: &dyn iam_core::port::Connector, secrets: &dyn iam_core::port::Secrets) {
//! use iam_core::{model::SyncKind, port::connector_suite::{Subject, faults}};
//!
//! let subject = Subject { configuration: Default::default(), secrets, kind: SyncKind::User, object_class: "", least: 3 };
//! let faults = faults(connector, &subject).await;
//! assert!(faults.is_empty(), "{faults:#?}");
//! # }
//! ```
//!
//! A connector of another language comes through its binding as a [`Connector`] like any other; what it is tried on is then
//! written as JSON, a [`Trial`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    model::{Configuration, Required, SyncKind},
    port::{Connection, Connector, ConnectorError, Cursor, Objects, Presence, Read, Secrets},
};

/// What a connector is tried on: a source that does not change meanwhile.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// A configuration with which it can be read.
    pub configuration: Configuration,
    /// The secrets that the configuration names.
    pub secrets: &'a dyn Secrets,
    /// What is read.
    pub kind: SyncKind,
    /// The class of the objects.
    pub object_class: &'a str,
    /// How many objects there are at least.
    pub least: usize,
}

/// What a connector is tried on, as plain data.
///
/// ```
/// # fn main() -> Result<(), serde_json::Error> {
/// use iam_core::port::connector_suite::Trial;
///
/// let trial: Trial = serde_json::from_str(r#"{"configuration": {"folder": "/exports"}, "kind": "user", "least": 3}"#)?;
/// assert_eq!(trial.object_class, "");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// A configuration with which it can be read.
    #[serde(default)]
    pub configuration: Configuration,
    /// What is read.
    pub kind: SyncKind,
    /// The class of the objects; empty for the connector's own name of the kind.
    #[serde(default)]
    pub object_class: String,
    /// How many objects there are at least.
    #[serde(default)]
    pub least: usize,
}

impl Trial {
    /// Runs every case; answers with one line for each fault.
    pub async fn faults(&self, connector: &dyn Connector, secrets: &dyn Secrets) -> Vec<String> {
        let subject = Subject {
            configuration: self.configuration.clone(),
            secrets,
            kind: self.kind,
            object_class: &self.object_class,
            least: self.least,
        };
        faults(connector, &subject).await
    }
}

impl Subject<'_> {
    fn read(&self, page_size: u32) -> Read {
        Read {
            kind: self.kind,
            object_class: self.object_class.to_owned(),
            filter: None,
            attributes: Vec::new(),
            since: None,
            page_size,
        }
    }
}

/// Everything of one read.
struct Whole {
    identifiers: Vec<String>,
    deleted: usize,
    presence: Presence,
    token: Option<String>,
    pages: usize,
}

async fn whole(
    connection: &mut dyn Connection,
    read: &Read,
    from: Option<Cursor>,
) -> Result<Whole, ConnectorError> {
    let mut whole = Whole {
        identifiers: Vec::new(),
        deleted: 0,
        presence: Presence::Changes,
        token: None,
        pages: 0,
    };
    let mut cursor = from;
    loop {
        let page: Objects = connection.read(read, cursor.as_ref()).await?;
        whole.pages += 1;
        whole
            .identifiers
            .extend(page.objects.into_iter().map(|object| object.identifier));
        whole.deleted += page.deleted.len();
        match page.next {
            Some(next) if whole.pages < 100_000 => cursor = Some(next),
            Some(_) => return Err(ConnectorError::Protocol("the read has no end".to_owned())),
            None => {
                whole.presence = page.presence;
                whole.token = page.token;
                return Ok(whole);
            }
        }
    }
}

/// Runs every case; answers with one line for each fault.
pub async fn faults(connector: &dyn Connector, subject: &Subject<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    describes_itself(connector, &mut faults);
    needs_its_fields(connector, subject, &mut faults).await;
    if let Err(error) = reads(connector, subject, &mut faults).await {
        faults.push(format!("a read failed: {error}"));
    }
    faults
}

fn describes_itself(connector: &dyn Connector, faults: &mut Vec<String>) {
    let descriptor = connector.descriptor();
    let fits = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if !fits(&descriptor.name) {
        faults.push(format!(
            "the name “{}” is not made of a-z, 0-9 and _",
            descriptor.name
        ));
    }
    let mut seen = BTreeSet::new();
    for field in &descriptor.fields {
        if !fits(&field.name) || field.label.is_empty() || !seen.insert(&field.name) {
            faults.push(format!(
                "the field “{}” has a bad name or no label, or is there twice",
                field.name
            ));
        }
    }
    if connector.descriptor() != descriptor {
        faults.push("it describes itself differently the second time".to_owned());
    }
}

async fn needs_its_fields(connector: &dyn Connector, subject: &Subject<'_>, faults: &mut Vec<String>) {
    for field in connector.descriptor().fields {
        if field.required != Required::Always {
            continue;
        }
        let mut configuration = subject.configuration.clone();
        configuration.remove(&field.name);
        if connector.open(&configuration, subject.secrets).await.is_ok() {
            faults.push(format!("it opens without its required field “{}”", field.name));
        }
    }
}

async fn reads(
    connector: &dyn Connector,
    subject: &Subject<'_>,
    faults: &mut Vec<String>,
) -> Result<(), ConnectorError> {
    let open = || connector.open(&subject.configuration, subject.secrets);
    let mut connection = open().await?;
    let all = whole(connection.as_mut(), &subject.read(1000), None).await?;
    let set: BTreeSet<&String> = all.identifiers.iter().collect();
    if set.len() != all.identifiers.len() {
        faults.push("two objects have the same identifier".to_owned());
    }
    if set.iter().any(|identifier| identifier.is_empty()) {
        faults.push("an object has an empty identifier".to_owned());
    }
    if set.len() < subject.least {
        faults.push(format!(
            "{} objects came instead of at least {}",
            set.len(),
            subject.least
        ));
    }
    if all.presence != Presence::Everything {
        faults.push("a full read does not say that it named everything".to_owned());
    }
    for size in [1, 7] {
        let again = whole(connection.as_mut(), &subject.read(size), None).await?;
        if again.identifiers.iter().collect::<BTreeSet<_>>() != set || again.identifiers.len() != set.len() {
            faults.push(format!("pages of {size} give other objects"));
        }
    }
    // A read that nobody follows to its end is no burden for the next one.
    let first = connection.read(&subject.read(1), None).await?;
    let fresh = whole(connection.as_mut(), &subject.read(1000), None).await?;
    if fresh.identifiers.iter().collect::<BTreeSet<_>>() != set {
        faults.push("a read begins in the middle when the one before it was given up".to_owned());
    }
    connection.close().await;
    let capabilities = connector.descriptor().capabilities;
    if !capabilities.filter {
        let mut other = open().await?;
        let read = Read {
            filter: Some("(everybody=nobody)".to_owned()),
            ..subject.read(1000)
        };
        if other.read(&read, None).await.is_ok() {
            faults.push("it takes no filter, it says, and reads on when it is given one".to_owned());
        }
        other.close().await;
    }
    if let (true, Some(cursor)) = (capabilities.resume, first.next) {
        let mut other = open().await?;
        let rest = whole(other.as_mut(), &subject.read(1), Some(cursor)).await?;
        if rest.identifiers.len() + first.objects.len() != set.len() {
            faults.push(
                "it can resume, it says, and another connection does not go on where the first was"
                    .to_owned(),
            );
        }
        other.close().await;
    }
    if let (true, Some(token)) = (capabilities.incremental, all.token) {
        let mut other = open().await?;
        let read = Read {
            since: Some(token),
            ..subject.read(1000)
        };
        let changes = whole(other.as_mut(), &read, None).await?;
        if changes.presence == Presence::Everything && changes.identifiers.is_empty() {
            faults.push("nothing changed, and an incremental read says that nothing is there".to_owned());
        }
        if changes.deleted > 0 {
            faults.push("nothing was deleted, and an incremental read says otherwise".to_owned());
        }
        if changes.token.is_none() {
            faults.push("an incremental read gives no token for the next one".to_owned());
        }
        other.close().await;
    }
    Ok(())
}
