//! Records as values.

use std::collections::HashMap;

use iam_core::model;

/// The value of an attribute. Days, moments and references are texts.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum AttributeValue {
    /// True or false.
    Boolean { value: bool },
    /// A whole number of 64 bits.
    Integer { value: i64 },
    /// A number with a fraction.
    Number { value: f64 },
    /// A text.
    Text { value: String },
    /// Several values, in order.
    List { values: Vec<AttributeValue> },
    /// A structure, by name.
    Object { values: HashMap<String, AttributeValue> },
}

impl From<&model::Value> for AttributeValue {
    fn from(value: &model::Value) -> Self {
        match value {
            model::Value::Boolean(value) => AttributeValue::Boolean { value: *value },
            model::Value::Integer(value) => AttributeValue::Integer { value: *value },
            model::Value::Number(value) => AttributeValue::Number { value: *value },
            model::Value::Text(text) => AttributeValue::Text {
                value: text.to_string(),
            },
            model::Value::List(list) => AttributeValue::List {
                values: list.iter().map(AttributeValue::from).collect(),
            },
            model::Value::Object(map) => AttributeValue::Object {
                values: map
                    .iter()
                    .map(|(name, value)| (name.clone(), value.into()))
                    .collect(),
            },
        }
    }
}

/// The state of one thing at one version.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Record {
    /// Which thing.
    pub id: String,
    /// Its kind, such as `user`.
    pub kind: String,
    /// Counts the changes, from 1.
    pub version: u64,
    /// Its attributes by name; absent means not set.
    pub attributes: HashMap<String, AttributeValue>,
}

impl From<&model::Record> for Record {
    fn from(record: &model::Record) -> Self {
        Record {
            id: record.id.to_string(),
            kind: record.id.kind.name().to_owned(),
            version: record.version,
            attributes: record
                .attributes
                .iter()
                .map(|(name, value)| (name.to_string(), value.into()))
                .collect(),
        }
    }
}

/// One page of a list, in the order of the list.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Page {
    /// The records.
    pub items: Vec<Record>,
    /// The cursor of the page after this one.
    pub next: Option<String>,
    /// The cursor of the page before this one.
    pub previous: Option<String>,
    /// How many records match, when the search asked for it.
    pub total: Option<u64>,
}

impl From<iam_core::search::Page> for Page {
    fn from(page: iam_core::search::Page) -> Self {
        Page {
            items: page
                .items
                .iter()
                .map(|record| Record::from(record.as_ref()))
                .collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            previous: page.previous.map(|cursor| cursor.to_string()),
            total: page.total,
        }
    }
}
