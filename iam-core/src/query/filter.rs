//! A filter as other languages write it: SCIM text or a JSON tree.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::{
    model::Kind,
    search::{Limits, Predicate, parse_scim, scim_name},
    wire::Problem,
};

/// Which records: SCIM filter text such as `city eq "Utica" and not (job sw "Temp")`, with the library's or with SCIM's
/// names of the attributes, or the JSON tree of a [`Predicate`]. The empty text and `all` are everyone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filter(serde_json::Value);

impl Filter {
    /// From SCIM text.
    pub fn scim(text: impl Into<String>) -> Filter {
        Filter(serde_json::Value::String(text.into()))
    }

    /// From a JSON tree.
    pub fn tree(tree: serde_json::Value) -> Filter {
        Filter(tree)
    }

    /// The predicate over records of a kind.
    ///
    /// # Errors
    /// [`Code::Filter`](crate::wire::Code::Filter) when it is not well formed.
    pub fn predicate(&self, kind: Kind, limits: &Limits) -> Result<Predicate, Problem> {
        let alias = |name: &str| scim_name(kind, name).map(str::to_owned);
        Ok(match &self.0 {
            serde_json::Value::Null => Predicate::All,
            serde_json::Value::String(text) => match text.trim() {
                "" | "all" => Predicate::All,
                "none" => Predicate::None,
                text => parse_scim(text, limits, &alias)?,
            },
            tree => Predicate::from_json(tree, limits)?,
        })
    }
}

impl JsonSchema for Filter {
    fn schema_name() -> Cow<'static, str> {
        "Filter".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "object", "null"],
            "description": "Which records: SCIM filter text such as `city eq \"Utica\" and not (job sw \"Temp\")`, or \
                the JSON tree of a condition. The empty text and `all` are everyone.",
        })
    }
}
