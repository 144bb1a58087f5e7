//! The attribute catalogue's entry: one definition drives validation, filters, import headers, journal sealing
//! and reports.

use serde::{Deserialize, Serialize};

use super::{Kind, Value};

/// The type of an attribute's single value.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AttributeType {
    /// Text of at most `maximum_length` code points.
    Text,
    /// A whole number of 64 bits.
    Integer,
    /// A number with a fraction.
    Number,
    /// True or false.
    Boolean,
    /// A calendar day, `2026-11-21`.
    Date,
    /// A point in time, RFC 3339, kept in UTC.
    Moment,
    /// An e-mail address, at most 254 octets.
    Email,
    /// A phone number in E.164: `+`, country code, subscriber number, at most 15 digits (S3-71).
    Phone,
    /// A language tag, BCP 47, such as `en-US` (S4-40).
    Language,
    /// An identifier of something the library keeps.
    Reference,
    /// A structure that is stored but not searched.
    Object,
}

/// Who may change an attribute by an ordinary update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EditableBy {
    /// Anyone who may update the record.
    #[default]
    Update,
    /// Only the command made for it (`user.disable`, `organization.transfer`, …).
    Command,
    /// Nobody: the engine sets it (S3-74 … S3-76).
    Nobody,
}

/// Who declared the attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Part of the library.
    #[default]
    Builtin,
    /// Declared in the realm by `attribute.define`.
    Custom,
}

/// One attribute of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AttributeDefinition {
    /// The kind of record that carries it.
    pub kind: Kind,
    /// The stable name for scripts and API (S2-12, S3-79).
    pub name: String,
    /// The name people see (S3-81).
    pub label: String,
    /// The type of a single value.
    #[serde(rename = "type")]
    pub value_type: AttributeType,
    /// Several values allowed.
    #[serde(default)]
    pub multiple: bool,
    /// Code points at most, texts only (S3-83, S3-84, S3-86).
    #[serde(default)]
    pub maximum_length: Option<u32>,
    /// The whole text must match; linear time, no back-references (S3-85, S3-86).
    #[serde(default)]
    pub pattern: Option<String>,
    /// The values allowed, when not any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Value>,
    /// Must be set.
    #[serde(default)]
    pub required: bool,
    /// No two live records of the kind in the realm may share the folded value (S0-17, S0-18).
    #[serde(default)]
    pub unique: bool,
    /// Filters and sorts may name it (S0-12, S2-11).
    #[serde(default)]
    pub searchable: bool,
    /// Personal data: sealed in the journal under the person's key, erased on request.
    #[serde(default)]
    pub personal: bool,
    /// Kept sealed under a key of the vault; noted in the journal without its value, and never shown.
    #[serde(default)]
    pub secret: bool,
    /// Who may change it.
    #[serde(default)]
    pub editable: EditableBy,
    /// Who declared it.
    #[serde(default)]
    pub source: Source,
    /// Filled in at creation when nothing else gives a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Derived from edges (`organizations`, `manager`, …): searchable, never stored in the record.
    #[serde(default)]
    pub derived: bool,
}
