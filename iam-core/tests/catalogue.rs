//! The catalogue is complete, documented, and the same as the file that other languages are generated from.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

use iam_core::{
    command::Command,
    query::Query,
    wire::{
        Code,
        catalogue::{Catalogue, Entry},
        json::OPERATIONS,
    },
};
use serde_json::Value;

#[test]
fn the_file_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/catalogue.json");
    let file = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        file == Catalogue::new().to_json().unwrap(),
        "iam-core/catalogue.json is older than the code: run `.ci/generate`"
    );
}

/// House rule 7: no command and no query without documentation.
#[test]
fn everything_is_there_and_documented() {
    let catalogue = Catalogue::new();
    let names = |entries: &[Entry]| -> Vec<&str> {
        for entry in entries {
            assert!(!entry.doc.is_empty(), "{} has no documentation", entry.name);
            assert!(
                entry.title.ends_with('.'),
                "{}: “{}” is not a sentence",
                entry.name,
                entry.title
            );
        }
        entries.iter().map(|entry| entry.name).collect()
    };
    assert_eq!(names(&catalogue.commands), Command::NAMES);
    assert_eq!(names(&catalogue.queries), Query::NAMES);
    assert_eq!(names(&catalogue.operations), OPERATIONS);
    assert_eq!(catalogue.codes.len(), Code::ALL.len());
    for code in &catalogue.codes {
        assert!(!code.doc.is_empty(), "{} has no documentation", code.name);
    }
}

/// Every field that somebody can set or read is documented, and every reference leads somewhere.
#[test]
fn every_field_of_every_type_is_documented() {
    let catalogue = Catalogue::new();
    for (name, schema) in &catalogue.types {
        assert!(schema.get("description").is_some(), "{name} has no documentation");
        let properties = schema["properties"].as_object();
        for (field, property) in properties.into_iter().flatten() {
            let named = property.get("description").is_some() || property.get("enum").is_some();
            assert!(named, "{name}.{field} has no documentation");
        }
    }
    let text = catalogue.to_json().unwrap();
    for reference in text.split("#/$defs/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(catalogue.types.contains_key(name), "{name}");
    }
    for leak in ["[`", "(S0-", "(S1-", " S2-", "salt"] {
        assert!(!text.contains(leak), "“{leak}” in the catalogue");
    }
}

/// What the schema calls required is what the reader requires: the catalogue does not promise anything else.
#[test]
fn required_fields_are_required() {
    let catalogue = Catalogue::new();
    for entry in catalogue.commands.iter().chain(&catalogue.queries) {
        let reference = entry.input["$ref"].as_str().unwrap();
        let schema = &catalogue.types[reference.trim_start_matches("#/$defs/")];
        let required = schema["required"].as_array().map_or(0, Vec::len);
        let empty = Value::Object(serde_json::Map::new());
        let read = Command::from_input(entry.name, empty.clone())
            .map(|read| read.map(drop))
            .or_else(|| Query::from_input(entry.name, empty).map(|read| read.map(drop)));
        assert_eq!(read.unwrap().is_ok(), required == 0, "{}", entry.name);
        assert_eq!(
            schema["additionalProperties"], false,
            "{} takes unknown fields",
            entry.name
        );
    }
}

#[test]
fn text_is_in_order_and_without_white_space() {
    let value = serde_json::json!({"b": 1, "a": [{"d": "ä", "c": null}]});
    assert_eq!(
        iam_core::wire::json::text(value),
        r#"{"a":[{"c":null,"d":"ä"}],"b":1}"#
    );
}
