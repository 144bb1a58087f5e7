//! Inputs made from schemas: every command can be sent without knowing it.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::{model::Kind, wire::catalogue::Catalogue};

/// Makes the least input that a command or query takes, with identifiers of a choice.
pub struct Sampler<'a> {
    catalogue: Catalogue,
    /// An identifier for a kind.
    pub identifier: &'a dyn Fn(Kind) -> String,
}

impl std::fmt::Debug for Sampler<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sampler")
    }
}

impl<'a> Sampler<'a> {
    /// One that takes identifiers from here.
    pub fn new(identifier: &'a dyn Fn(Kind) -> String) -> Sampler<'a> {
        Sampler {
            catalogue: Catalogue::new(),
            identifier,
        }
    }

    /// The input of every command by its name.
    pub fn commands(&self) -> BTreeMap<&'static str, Json> {
        self.catalogue
            .commands
            .iter()
            .map(|entry| (entry.name, self.value(&entry.input, "", entry.name, 0)))
            .collect()
    }

    /// The input of every query by its name.
    pub fn queries(&self) -> BTreeMap<&'static str, Json> {
        self.catalogue
            .queries
            .iter()
            .map(|entry| (entry.name, self.value(&entry.input, "", entry.name, 0)))
            .collect()
    }

    fn value(&self, schema: &Json, field: &str, noun: &str, depth: usize) -> Json {
        if depth > 20 {
            return Json::Null;
        }
        if field == "change" {
            return json!({ "command": "realm.update" });
        }
        let next = |schema: &Json| self.value(schema, field, noun, depth + 1);
        if let Some(reference) = schema["$ref"].as_str() {
            return next(&self.catalogue.types[reference.trim_start_matches("#/$defs/")]);
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        for one in ["enum", "anyOf", "oneOf", "allOf"] {
            if let Some(list) = schema[one].as_array()
                && let Some(first) = list.first()
            {
                let chosen = if one == "enum" { first.clone() } else { next(first) };
                // A tagged variant has its other fields beside it.
                return match (chosen, self.object(schema, noun, depth)) {
                    (Json::Object(mut chosen), Some(more)) => {
                        chosen.extend(more);
                        Json::Object(chosen)
                    }
                    (chosen, _) => chosen,
                };
            }
        }
        let of = |kind: &str| match &schema["type"] {
            Json::String(one) => one == kind,
            Json::Array(list) => list.iter().any(|one| one == kind),
            _ => false,
        };
        if of("object") {
            return Json::Object(self.object(schema, noun, depth).unwrap_or_default());
        }
        if of("array") {
            return match schema.get("items") {
                Some(items) => json!([next(items)]),
                None => json!([]),
            };
        }
        if of("string") {
            return json!(self.text(schema, field, noun));
        }
        if of("integer") || of("number") {
            return schema.get("minimum").cloned().unwrap_or(json!(1));
        }
        if of("boolean") {
            return json!(false);
        }
        json!("sample")
    }

    fn object(&self, schema: &Json, noun: &str, depth: usize) -> Option<Map<String, Json>> {
        let required = schema["required"].as_array()?;
        let properties = &schema["properties"];
        Some(
            required
                .iter()
                .filter_map(Json::as_str)
                .map(|name| {
                    (
                        name.to_owned(),
                        self.value(&properties[name], name, noun, depth + 1),
                    )
                })
                .collect(),
        )
    }

    fn text(&self, schema: &Json, field: &str, noun: &str) -> String {
        let pattern = schema["pattern"].as_str().unwrap_or_default();
        if schema["format"] == "date-time" {
            return "2026-11-21T08:00:00Z".to_owned();
        }
        if let Some(kind) = pattern
            .strip_prefix('^')
            .and_then(|rest| rest.split("_[0-7]").next())
            && pattern.contains("_[0-7]")
        {
            // Any kind: the one that the field or the command speaks of.
            let kind = Kind::from_name(kind)
                .or_else(|| Kind::from_name(field.trim_end_matches('s')))
                .or_else(|| Kind::from_name(noun.split('.').next().unwrap_or_default()))
                .unwrap_or(Kind::User);
            return (self.identifier)(kind);
        }
        format!("sample-{field}")
    }
}
