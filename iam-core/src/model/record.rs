//! A record: the state of one thing at one version.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Attributes, EntityId, Kind, Moment, Value};

/// The salt from which the key for a person's journal entries is derived. Destroying it destroys the readable
/// history of that person, and nothing else (GDPR article 17).
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySalt(pub [u8; 16]);

impl fmt::Debug for KeySalt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeySalt")
    }
}

/// The state of one thing. What its attributes mean says the catalogue; what may become of it say the commands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Which thing.
    pub id: EntityId,
    /// Counts the changes, from 1.
    pub version: u64,
    /// Its attributes by name; absent means not set.
    pub attributes: Attributes,
    /// For persons: see [`KeySalt`]. `None` once erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<KeySalt>,
}

impl Record {
    /// A new record at version 1 without attributes.
    pub fn new(id: EntityId) -> Self {
        Record {
            id,
            version: 1,
            attributes: Attributes::new(),
            salt: None,
        }
    }

    /// The kind of the thing.
    pub fn kind(&self) -> Kind {
        self.id.kind
    }

    /// An attribute's value.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.attributes.get(name)
    }

    /// An attribute's text; empty when it is not set or not a text.
    pub fn text(&self, name: &str) -> &str {
        self.attributes.text(name).unwrap_or_default()
    }

    /// An attribute's truth value; false when it is not set.
    pub fn flag(&self, name: &str) -> bool {
        self.value(name).and_then(Value::as_boolean).unwrap_or_default()
    }

    /// An attribute's moment, when it is set.
    pub fn moment(&self, name: &str) -> Option<Moment> {
        self.text(name).parse().ok()
    }

    /// An attribute's reference, when it is set.
    pub fn reference(&self, name: &str) -> Option<EntityId> {
        self.text(name).parse().ok()
    }

    /// Sets an attribute, or removes it when the value is `None`, an empty text or an empty list.
    pub fn set(&mut self, name: &str, value: Option<Value>) {
        match value {
            None => drop(self.attributes.remove(name)),
            Some(Value::Text(text)) if text.is_empty() => drop(self.attributes.remove(name)),
            Some(Value::List(list)) if list.is_empty() => drop(self.attributes.remove(name)),
            Some(value) => drop(self.attributes.insert(name, value)),
        }
    }

    /// Whether the record is soft-deleted: kept, but taking part in nothing.
    pub fn is_deleted(&self) -> bool {
        self.attributes.contains_key("deleted_at")
    }

    /// Shared ownership, as facts and plans keep it.
    pub fn shared(self) -> Arc<Record> {
        Arc::new(self)
    }
}
