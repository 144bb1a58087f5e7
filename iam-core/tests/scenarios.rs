//! The scenario corpus covers the catalogue: every command, every query, every operation, every code.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "tests fail by panicking"
)]

use std::collections::BTreeSet;

use iam_core::{
    command::Command,
    query::Query,
    wire::{Code, json::OPERATIONS},
};
use serde_json::Value;

/// Codes that no input provokes on a storage that works, and why.
const OUT_OF_REACH: &[(&str, &str)] = &[
    (
        "commit.conflict",
        "needs two writers; the cases `guard` of the suite have them",
    ),
    ("storage.failed", "needs a storage that fails"),
    ("storage.version", "needs a storage of another version"),
    ("storage.busy", "needs a second program that holds the storage"),
    ("storage.corrupt", "needs a storage that was tampered with"),
    ("seal.unreadable", "needs another vault than the one that sealed"),
    ("file.unreadable", "is about files, which commands do not take"),
    ("operation.cancelled", "needs a caller that stops waiting"),
    ("plan.too_large", "needs more changes than a scenario should have"),
    (
        "credential.overloaded",
        "needs more callers at once than there are threads for hashing",
    ),
    (
        "credential.hash",
        "needs a stored hash that was tampered with: a bad one is refused at the import",
    ),
    (
        "source.failed",
        "needs a source; the tests of workers have one in each language",
    ),
    (
        "sync.threshold",
        "needs a source; the tests of synchronization have them",
    ),
];

/// Everything that is called `key` anywhere in a value.
fn named(value: &Value, key: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                match inner {
                    Value::String(text) if name == key => drop(found.insert(text.clone())),
                    inner => named(inner, key, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| named(inner, key, found)),
        _ => {}
    }
}

/// The steps of all scenarios.
fn steps() -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let mut steps = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).unwrap();
            let scenario: Value =
                serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            for part in ["given", "when", "then"] {
                steps.extend(scenario[part].as_array().into_iter().flatten().cloned());
            }
        }
    }
    steps
}

fn missing<'a>(all: impl IntoIterator<Item = &'a str>, found: &BTreeSet<String>) -> Vec<&'a str> {
    all.into_iter().filter(|name| !found.contains(*name)).collect()
}

/// House rule 7.
#[test]
fn every_command_query_and_operation_has_a_scenario() {
    let steps = steps();
    let mut commands = BTreeSet::new();
    let mut queries = BTreeSet::new();
    let mut operations = BTreeSet::new();
    for step in &steps {
        named(step, "command", &mut commands);
        named(step, "query", &mut queries);
        for (verb, operation, query) in [
            ("execute", "execute", ""),
            ("preview", "preview", ""),
            ("what_if", "preview_batch", ""),
            ("rollback", "rollback", ""),
            ("upkeep", "upkeep", ""),
            ("ask", "ask", ""),
            ("get", "ask", "record.get"),
            ("list", "ask", "record.search"),
            ("pages", "ask", "record.search"),
            ("edges", "ask", "edge.list"),
            ("tree", "ask", "organization.tree"),
            ("history", "ask", "history.of"),
            ("audit", "ask", "audit.list"),
        ] {
            if step.get(verb).is_some() {
                operations.insert(operation.to_owned());
                queries.insert(query.to_owned());
            }
        }
        operations.extend(step["call"].as_str().map(str::to_owned));
        for (field, operation) in [("change_set", "new_change_set"), ("command_id", "new_command_id")] {
            if step[field].is_string() {
                operations.insert(operation.to_owned());
            }
        }
    }
    // Every language ends every scenario with these.
    queries.extend(["realm.doctor", "chain.verify"].map(str::to_owned));
    operations.insert("seal_chain".to_owned());
    let missing = [
        missing(Command::NAMES.iter().copied(), &commands),
        missing(Query::NAMES.iter().copied(), &queries),
        missing(OPERATIONS.iter().copied(), &operations),
    ];
    assert!(
        missing.iter().all(Vec::is_empty),
        "no scenario has: {}",
        missing.concat().join(", ")
    );
}

/// House rule 10.
#[test]
fn every_code_has_a_scenario() {
    let mut refused = BTreeSet::new();
    for step in steps() {
        match &step["refused"] {
            Value::String(code) => drop(refused.insert(code.clone())),
            other => named(other, "code", &mut refused),
        }
        // A refusal inside of an answer, such as that of a batch.
        named(&step["is"], "code", &mut refused);
    }
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    let reachable = names
        .iter()
        .filter(|name| OUT_OF_REACH.iter().all(|(code, _)| code != *name));
    let missing = missing(reachable.copied(), &refused);
    assert!(
        missing.is_empty(),
        "no scenario is refused with: {}",
        missing.join(", ")
    );
    for (code, why) in OUT_OF_REACH {
        assert!(names.contains(code), "there is no code {code}");
        assert!(!refused.contains(*code), "{code} is in reach after all ({why})");
    }
}
