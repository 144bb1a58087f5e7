//! Random input for any command, made from the schema of its input: so a new command is part of the stream from its first
//! day. What makes it succeed now and then is written by hand in [`Stream`](super::Stream).

use std::{collections::BTreeMap, sync::OnceLock};

use serde_json::{Map, Value as Json, json};

use crate::{model::Kind, wire::catalogue::Catalogue};

/// What the input is made of.
pub(super) trait Draw {
    /// A number below a bound.
    fn below(&mut self, bound: usize) -> usize;
    /// Whether a chance of so many of a hundred comes true.
    fn percent(&mut self, percent: u64) -> bool;
    /// The identifier of something of the kind.
    fn id(&mut self, kind: Kind) -> Json;
    /// A moment.
    fn moment(&mut self) -> Json;
    /// A text.
    fn text(&mut self) -> Json;
}

/// Structures nested deeper are left out.
const DEPTH: usize = 5;

/// The schemas of all commands' inputs, and the types that they refer to.
type Schemas = (BTreeMap<&'static str, Json>, BTreeMap<String, Json>);

fn catalogue() -> &'static Schemas {
    static CATALOGUE: OnceLock<Schemas> = OnceLock::new();
    CATALOGUE.get_or_init(|| {
        let catalogue = Catalogue::new();
        let inputs = catalogue
            .commands
            .into_iter()
            .map(|entry| (entry.name, entry.input));
        (inputs.collect(), catalogue.types)
    })
}

/// The fields of a command, as its schema has them: all that are required, and some that are not.
pub(super) fn fields(command: &str, draw: &mut dyn Draw) -> Json {
    let (inputs, types) = catalogue();
    inputs
        .get(command)
        .map_or_else(|| json!({}), |schema| value(schema, types, draw, 0))
}

fn value(schema: &Json, types: &BTreeMap<String, Json>, draw: &mut dyn Draw, depth: usize) -> Json {
    if let Some(name) = schema["$ref"]
        .as_str()
        .map(|name| name.trim_start_matches("#/$defs/"))
    {
        return match name {
            "Moment" => draw.moment(),
            _ => types
                .get(name)
                .map_or(Json::Null, |schema| value(schema, types, draw, depth)),
        };
    }
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    for choice in ["enum", "oneOf", "anyOf", "allOf"] {
        let Some(list) = schema[choice].as_array().filter(|list| !list.is_empty()) else {
            continue;
        };
        let one = &list[draw.below(list.len())];
        return if choice == "enum" {
            one.clone()
        } else {
            value(one, types, draw, depth)
        };
    }
    match kind_of(schema, draw).as_str() {
        "object" => object(schema, types, draw, depth),
        "array" => {
            let many = if depth > DEPTH { 0 } else { draw.below(3) };
            let least = usize::try_from(schema["minItems"].as_u64().unwrap_or_default()).unwrap_or_default();
            (0..many.max(least))
                .map(|_| value(&schema["items"], types, draw, depth + 1))
                .collect()
        }
        "boolean" => json!(draw.percent(50)),
        "integer" | "number" => {
            let least = schema["minimum"].as_i64().unwrap_or(-2);
            json!(least + i64::try_from(draw.below(5)).unwrap_or_default())
        }
        "string" => string(schema, draw),
        _ => Json::Null,
    }
}

fn kind_of(schema: &Json, draw: &mut dyn Draw) -> String {
    match &schema["type"] {
        Json::String(kind) => kind.clone(),
        Json::Array(kinds) if !kinds.is_empty() => kinds[draw.below(kinds.len())]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        _ if schema.get("properties").is_some() => "object".to_owned(),
        // Anything at all.
        _ => "string".to_owned(),
    }
}

fn object(schema: &Json, types: &BTreeMap<String, Json>, draw: &mut dyn Draw, depth: usize) -> Json {
    let mut fields = Map::new();
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if required.contains(&name.as_str()) || (depth <= DEPTH && draw.percent(40)) {
            let field = value(property, types, draw, depth + 1);
            // What may be left out is left out rather than null.
            if !field.is_null() || required.contains(&name.as_str()) {
                fields.insert(name.clone(), field);
            }
        }
    }
    Json::Object(fields)
}

fn string(schema: &Json, draw: &mut dyn Draw) -> Json {
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    let named = pattern
        .trim_start_matches('^')
        .split_once("_[")
        .map(|(kind, _)| kind);
    if let Some(kind) = named.and_then(Kind::from_name) {
        return draw.id(kind);
    }
    if pattern.starts_with("^[a-z_]+_[") {
        const KINDS: [Kind; 5] = [
            Kind::User,
            Kind::Organization,
            Kind::Position,
            Kind::Group,
            Kind::Role,
        ];
        let kind = KINDS[draw.below(KINDS.len())];
        return draw.id(kind);
    }
    if schema["format"] == "date-time" {
        return draw.moment();
    }
    draw.text()
}
