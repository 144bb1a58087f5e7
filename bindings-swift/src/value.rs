//! JSON as a value of each language: what the generated parts give and read.

use std::collections::HashMap;

use serde_json::{Map, Number, Value as Json};

use iam_core::wire::{Code, Problem, json};

use crate::IamError;

/// A value of JSON: what attributes are made of, and what the engine takes and answers.
#[derive(Debug, Clone, PartialEq, uniffi::Enum)]
pub enum Value {
    /// Nothing. An attribute that is set to it is removed.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number of 64 bits.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// A text; days, moments, identifiers and references are texts.
    Text(String),
    /// Several values, in order.
    Items(Vec<Value>),
    /// A structure, by name.
    Object(HashMap<String, Value>),
}

/// Levels of lists and objects at most.
const DEEPEST: usize = 60;

impl Value {
    /// The JSON value.
    pub(crate) fn into_json(self, depth: usize) -> Result<Json, Problem> {
        let refuse = |what: String| Err(Problem::new(Code::Malformed, format!("the input {what}")));
        if depth > DEEPEST {
            return refuse(format!("is nested deeper than {DEEPEST} levels"));
        }
        Ok(match self {
            Value::Null => Json::Null,
            Value::Boolean(flag) => Json::Bool(flag),
            Value::Integer(number) => Json::Number(number.into()),
            Value::Number(number) => match Number::from_f64(number) {
                Some(number) => Json::Number(number),
                None => return refuse("holds a number that is not finite".to_owned()),
            },
            Value::Text(text) => Json::String(text),
            Value::Items(list) => {
                let items = list.into_iter().map(|item| item.into_json(depth + 1));
                Json::Array(items.collect::<Result<_, _>>()?)
            }
            Value::Object(map) => {
                let fields = map
                    .into_iter()
                    .map(|(name, value)| Ok((name, value.into_json(depth + 1)?)));
                Json::Object(fields.collect::<Result<Map<_, _>, Problem>>()?)
            }
        })
    }
}

impl From<Json> for Value {
    fn from(json: Json) -> Self {
        match json {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Boolean(flag),
            Json::Number(number) => match number.as_i64() {
                Some(number) => Value::Integer(number),
                None => Value::Number(number.as_f64().unwrap_or_default()),
            },
            Json::String(text) => Value::Text(text),
            Json::Array(list) => Value::Items(list.into_iter().map(Value::from).collect()),
            Json::Object(map) => Value::Object(
                map.into_iter()
                    .map(|(name, value)| (name, value.into()))
                    .collect(),
            ),
        }
    }
}

/// The value of a text of JSON.
///
/// # Errors
/// When it is not JSON.
#[uniffi::export]
pub fn value_of_json(text: String) -> Result<Value, IamError> {
    let json: Json =
        serde_json::from_str(&text).map_err(|error| Problem::new(Code::Malformed, error.to_string()))?;
    Ok(json.into())
}

/// The text of a value: keys in order, no white space, the same in every language.
///
/// # Errors
/// When it has no such form: a number that is not finite, too many levels.
#[uniffi::export]
pub fn json_of_value(value: Value) -> Result<String, IamError> {
    Ok(json::text(value.into_json(0)?))
}
