//! THE list: every command, query, operation and error code with its documentation and the schema of its input and
//! output. Language clients, documentation and schemas are made from it.
//!
//! `iam-core/catalogue.json` is this list, written by `.ci/generate`; a test compares.

use std::{collections::BTreeMap, sync::OnceLock};

use regex::Regex;
use schemars::{
    Schema, SchemaGenerator,
    generate::SchemaSettings,
    transform::{Transform, transform_subschemas},
};
use serde::Serialize;
use serde_json::Value;

use super::{Code, ProblemKind, json};
use crate::{
    command::Command,
    model::{AttributeDefinition, Kind, builtin},
    query::Query,
};

/// The catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Catalogue {
    /// The version of the library.
    pub version: &'static str,
    /// What may be asked.
    pub commands: Vec<Entry>,
    /// What may be looked up.
    pub queries: Vec<Entry>,
    /// What an actor's handle does: carry out, show, undo, ….
    pub operations: Vec<Entry>,
    /// What may go wrong.
    pub codes: Vec<CodeEntry>,
    /// The built-in attributes of each kind.
    pub attributes: BTreeMap<&'static str, &'static [AttributeDefinition]>,
    /// The schemas of all inputs and outputs by the name of their type: JSON Schema 2020-12.
    pub types: BTreeMap<String, Value>,
}

/// A command, query or operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The stable name.
    pub name: &'static str,
    /// One sentence.
    pub title: String,
    /// The whole documentation.
    pub doc: String,
    /// The schema of the input; mostly a reference into the types.
    pub input: Value,
    /// The schema of the output.
    pub output: Value,
    /// The first version that had it.
    pub since: &'static str,
}

/// An error code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodeEntry {
    /// The stable name.
    pub name: &'static str,
    /// The family.
    pub kind: ProblemKind,
    /// What it means.
    pub doc: &'static str,
    /// What usually helps.
    pub hint: &'static str,
    /// Whether trying again may help.
    pub retry: bool,
}

/// The first version that had a command, query or operation. A name that is not here was there from the beginning.
const SINCE: &[(&str, &str)] = &[];

impl Catalogue {
    /// The catalogue of this version.
    pub fn new() -> Catalogue {
        // What may be left out differs between what comes in and what goes out.
        let mut inputs = SchemaSettings::draft2020_12().for_deserialize().into_generator();
        let mut outputs = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let executed = outputs.subschema_for::<crate::service::Executed>();
        let problem = outputs.subschema_for::<json::ProblemView>();
        let commands = Command::schemas(&mut inputs);
        let queries = Query::schemas(&mut inputs);
        let answers = Query::answers(&mut outputs);
        let operations = json::operation_inputs(&mut inputs);
        let results = json::operation_answers(&mut outputs);
        drop(problem);
        let mut types = definitions(&mut outputs);
        for (name, schema) in definitions(&mut inputs) {
            let same = types
                .insert(name, schema.clone())
                .is_none_or(|other| fields(&other) == fields(&schema));
            debug_assert!(same, "two types share one name: {schema}");
        }
        let doc = |schema: &Schema| documented(schema, &types);
        Catalogue {
            version: env!("CARGO_PKG_VERSION"),
            commands: commands
                .into_iter()
                .map(|(name, input)| entry(name, doc(&input), input, executed.clone()))
                .collect(),
            queries: queries
                .into_iter()
                .zip(answers)
                .map(|((name, input), (_, output))| entry(name, doc(&input), input, output))
                .collect(),
            operations: operations
                .into_iter()
                .zip(results)
                .map(|((name, input), (_, output))| entry(name, json::operation_doc(name), input, output))
                .collect(),
            codes: Code::ALL.iter().copied().map(CodeEntry::from).collect(),
            attributes: Kind::ALL
                .iter()
                .map(|kind| (kind.name(), builtin(*kind)))
                .filter(|(_, attributes)| !attributes.is_empty())
                .collect(),
            types,
        }
    }

    /// The catalogue as JSON, indented, as it is kept in the file.
    ///
    /// # Errors
    /// None that is known; a schema is always JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let mut value = serde_json::to_value(self)?;
        value.sort_all_objects();
        serde_json::to_string_pretty(&value).map(|text| text + "\n")
    }
}

impl Default for Catalogue {
    fn default() -> Self {
        Catalogue::new()
    }
}

impl From<Code> for CodeEntry {
    fn from(code: Code) -> Self {
        CodeEntry {
            name: code.name(),
            kind: code.kind(),
            doc: code.doc(),
            hint: code.hint(),
            retry: super::Problem::new(code, "").retry(),
        }
    }
}

fn entry(name: &'static str, doc: String, input: Schema, output: Schema) -> Entry {
    let since = SINCE.iter().find(|(known, _)| *known == name);
    Entry {
        name,
        title: first_sentence(&doc),
        doc,
        input: input.to_value(),
        output: output.to_value(),
        since: since.map_or("0.1.0", |(_, since)| since),
    }
}

fn fields(schema: &Value) -> Vec<&String> {
    schema["properties"]
        .as_object()
        .map(|map| map.keys().collect())
        .unwrap_or_default()
}

fn definitions(generator: &mut SchemaGenerator) -> BTreeMap<String, Value> {
    generator
        .take_definitions(true)
        .into_iter()
        .map(|(name, value)| {
            let mut schema = Schema::try_from(value).unwrap_or_default();
            Prose.transform(&mut schema);
            (name, schema.to_value())
        })
        .collect()
}

/// The documentation of what a schema refers to.
fn documented(schema: &Schema, types: &BTreeMap<String, Value>) -> String {
    schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| types.get(reference.trim_start_matches("#/$defs/")))
        .and_then(|schema| schema.get("description"))
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned()
}

fn first_sentence(doc: &str) -> String {
    let paragraph = doc.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    match paragraph.find(". ") {
        Some(end) => paragraph
            .chars()
            .take(paragraph[..end].chars().count() + 1)
            .collect(),
        None => paragraph,
    }
}

/// Makes prose for everybody of rustdoc: no links, no Rust examples, no numbers of the contract.
struct Prose;

impl Transform for Prose {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = prose(text);
        }
        transform_subschemas(self, schema);
    }
}

fn prose(text: &str) -> String {
    static RULES: OnceLock<Vec<(Regex, &'static str)>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        let number = r"(?:S\d+-\d+|(?:A\.6 )?X\d+)(?: … S\d+-\d+)?";
        [
            (r"(?s)```.*?```".to_owned(), ""),
            (r"\[`([^`\]]+)`\](?:\([^)]*\))?".to_owned(), "`$1`"),
            (format!(r"\s\((?:{number})(?:[,;]\s+(?:{number}))*\)"), ""),
            (format!(r"\((?:{number})(?:,\s+(?:{number}))*[;:,]\s+"), "("),
            (format!(r"[;,]\s+(?:{number})(?:,\s+(?:{number}))*\)"), ")"),
            (format!(r"\((?:{number}): "), "("),
            (r"\n{3,}".to_owned(), "\n\n"),
        ]
        .into_iter()
        .filter_map(|(pattern, with)| Some((Regex::new(&pattern).ok()?, with)))
        .collect()
    });
    let mut text = text.to_owned();
    for (pattern, with) in rules {
        text = pattern.replace_all(&text, *with).into_owned();
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_has_no_numbers_and_links() {
        for (rustdoc, expected) in [
            ("Creates a user (S0-1, S0-20, S1-1).", "Creates a user."),
            ("Goes (S1-62; GDPR article 17).", "Goes (GDPR article 17)."),
            ("Deleting (A.6 X1) twice (X2).", "Deleting twice."),
            (
                "The basis (S3-22, GDPR articles 6 and 7). It",
                "The basis (GDPR articles 6 and 7). It",
            ),
            (
                "See [`Acting::get`] for (S3-1 … S3-11) it.",
                "See `Acting::get` for it.",
            ),
            ("Lists (S0-11,\nS0-12), too.", "Lists, too."),
            ("By e-mail\n(S3-4 … S3-11).", "By e-mail."),
            ("Names (S0-18: off).", "Names (off)."),
            ("A.\n\n```\nlet x = 1;\n```", "A."),
            (
                "The form (attribute, required).",
                "The form (attribute, required).",
            ),
        ] {
            assert_eq!(prose(rustdoc), expected);
        }
    }
}
