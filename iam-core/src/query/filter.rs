//! A filter as other languages write it: SCIM text, CEL text or a JSON tree.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::{
    model::Kind,
    search::{Limits, Predicate, parse_cel, parse_scim, scim_name},
    wire::Problem,
};

/// Which records: SCIM filter text such as `city eq "Utica" and not (job sw "Temp")`, with the library's or with SCIM's
/// names of the attributes, CEL such as `user.city == "Utica" && !job.startsWith("Temp")`, or the JSON tree of a
/// [`Predicate`]. The empty text and `all` are everyone.
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

    /// As it was written: the text, or the tree as JSON text.
    pub fn text(&self) -> String {
        match &self.0 {
            serde_json::Value::String(text) => text.clone(),
            tree => tree.to_string(),
        }
    }

    /// Reads back what [`Filter::text`] wrote.
    pub fn from_text(text: &str) -> Filter {
        match text.trim_start().starts_with('{') {
            true => serde_json::from_str(text).map_or_else(|_| Filter::scim(text), Filter::tree),
            false => Filter::scim(text),
        }
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
                text => match parse_scim(text, limits, &alias) {
                    Ok(predicate) => predicate,
                    // No text means something in both languages, `1==1` and `1==0` aside, which mean the same.
                    Err(problem) => match parse_cel(text, limits, &alias) {
                        Ok(predicate) => predicate,
                        Err(cel) if cel.code != "search.syntax" && problem.code == "search.syntax" => {
                            return Err(cel.into());
                        }
                        Err(_) => return Err(problem.into()),
                    },
                },
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
            "description": "Which records: SCIM filter text such as `city eq \"Utica\" and not (job sw \"Temp\")`, \
                CEL such as `user.city == \"Utica\"`, or the JSON tree of a condition. The empty text and `all` are everyone.",
        })
    }
}
