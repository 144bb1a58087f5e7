//! Secrets on their way: clear text in memory, never shown, wiped when it is let go.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// How the sealed form of a secret begins, in a record and in an effect.
pub const SEALED: &str = "sealed:1:";

/// What a preview, a difference and a history show instead of a secret.
pub const SECRET_SHOWN: &str = "(secret)";

/// Whether a text is the sealed form of a secret.
pub fn is_sealed(text: &str) -> bool {
    text.starts_with(SEALED)
}

/// A secret in the clear: a password, a code, a key. `Debug` does not show it; the memory is wiped when it goes.
///
/// It is written as plain text where a command is written as JSON: that is what the command carries. Nothing that the
/// library keeps is made that way.
///
/// ```
/// use iam_core::model::Secret;
///
/// let secret = Secret::new("correct horse");
/// assert_eq!(format!("{secret:?}"), "(secret)");
/// assert_eq!(secret.expose(), "correct horse");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text for a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(Zeroizing::new(text.into()))
    }

    /// The clear text. Look twice where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl PartialOrd for Secret {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Secret {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.expose().cmp(other.expose())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SECRET_SHOWN)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Secret::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Secret::new(text)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d).map(Secret::new)
    }
}

impl JsonSchema for Secret {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Secret".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A secret in the clear. It is not kept as it is, and not shown again.",
            "format": "password",
        })
    }
}
