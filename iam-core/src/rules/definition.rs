//! Checking the definition of a custom attribute (S3-78 … S3-86).

use std::collections::BTreeSet;

use super::{Pattern, ValueProblem, canonical, value::quoted};
use crate::model::{AttributeDefinition, AttributeType, RESERVED_PREFIXES, builtin};

/// Words of the filter language, and the name of the identifier.
const RESERVED_NAMES: &[&str] = &[
    "id", "and", "or", "not", "in", "all", "none", "true", "false", "null",
];
/// Code points of a searchable text at most, so that every backend can index it.
const SEARCHABLE_LENGTH: u32 = 256;
/// Allowed values at most.
const CHOICES: usize = 500;

/// Everything that is wrong with the definition of a custom attribute, with the field that it is about; empty when
/// nothing is.
///
/// Whether another custom attribute has the name already is for the caller to say.
///
/// ```
/// use iam_core::model::{AttributeDefinition, Kind};
/// use iam_core::rules::check_definition;
///
/// let mut definition: AttributeDefinition = serde_json::from_value(serde_json::json!({
///     "kind": "user", "name": "cost_center", "label": "Cost center", "type": "text",
/// })).unwrap();
/// assert!(check_definition(&definition).is_empty());
///
/// definition.pattern = Some("(?=x)".into());
/// assert_eq!(check_definition(&definition)[0].0, "pattern");
/// ```
pub fn check_definition(definition: &AttributeDefinition) -> Vec<(&'static str, ValueProblem)> {
    let mut found = Vec::new();
    let mut report = |field, message: String| {
        found.push((field, ValueProblem::new("value.definition", message)));
    };
    let text_like = matches!(
        definition.value_type,
        AttributeType::Text | AttributeType::Email | AttributeType::Phone | AttributeType::Language
    );

    if let Some(message) = name(definition) {
        report("name", message);
    }
    if definition.label.trim().is_empty() {
        report(
            "label",
            "a label is required: the name that people see".to_owned(),
        );
    } else if definition.label.chars().nth(120).is_some() {
        report("label", "longer than 120 characters; shorten it".to_owned());
    } else if definition.label.chars().any(char::is_control) {
        report("label", "holds a control character; remove it".to_owned());
    }
    if let Some(length) = definition.maximum_length {
        if definition.value_type != AttributeType::Text {
            report(
                "maximum_length",
                "only texts have a maximum length; remove it".to_owned(),
            );
        } else if !(1..=1000).contains(&length) {
            report(
                "maximum_length",
                "must be between 1 and 1000; without one it is 1000".to_owned(),
            );
        } else if definition.searchable && length > SEARCHABLE_LENGTH {
            report(
                "maximum_length",
                format!(
                    "a searchable text has at most {SEARCHABLE_LENGTH} characters; lower it or make it not searchable"
                ),
            );
        }
    }
    if definition.searchable && definition.value_type == AttributeType::Object {
        report("searchable", "a structure cannot be searched".to_owned());
    }
    if definition.unique && (!definition.searchable || definition.multiple) {
        report(
            "unique",
            "a unique attribute must be searchable and hold a single value".to_owned(),
        );
    }
    if definition.unique && definition.default.is_some() {
        report(
            "default",
            "a unique attribute cannot have a default: the second record would collide".to_owned(),
        );
    }
    if definition.derived {
        report("derived", "only attributes of the library are derived".to_owned());
    }
    let mut sound = true;
    if let Some(expression) = &definition.pattern {
        if !text_like {
            report("pattern", "only texts have a pattern; remove it".to_owned());
        } else if let Err(problem) = Pattern::compile(expression) {
            found.push(("pattern", problem));
            sound = false;
        }
    }
    // Values are checked against a definition that can be used.
    if sound {
        values(definition, &mut found);
    }
    found
}

fn name(definition: &AttributeDefinition) -> Option<String> {
    let name = definition.name.as_str();
    let lower = name.to_ascii_lowercase();
    let word = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if name.is_empty() {
        Some("a name is required".to_owned())
    } else if !word {
        Some(format!(
            "{} must start with a letter a-z and hold only letters, digits and underscores",
            quoted(name)
        ))
    } else if name.len() > 30 {
        Some("longer than 30 characters; shorten it".to_owned())
    } else if RESERVED_PREFIXES.iter().any(|prefix| lower.starts_with(prefix)) {
        Some(format!(
            "names starting with {} belong to the library; choose another",
            RESERVED_PREFIXES.join(", ")
        ))
    } else if RESERVED_NAMES.contains(&lower.as_str())
        || builtin(definition.kind).iter().any(|known| known.name == lower)
    {
        Some(format!(
            "{} is a name of the library; choose another",
            quoted(name)
        ))
    } else {
        None
    }
}

fn values(definition: &AttributeDefinition, found: &mut Vec<(&'static str, ValueProblem)>) {
    let mut report = |field, message: &str| {
        found.push((field, ValueProblem::new("value.definition", message)));
    };
    if !definition.allowed.is_empty() && definition.value_type == AttributeType::Object {
        return report("allowed", "a structure has no list of allowed values");
    }
    if definition.allowed.len() > CHOICES {
        return report("allowed", "more than 500 allowed values; use a pattern");
    }
    let open = AttributeDefinition {
        allowed: Vec::new(),
        multiple: false,
        ..definition.clone()
    };
    let mut keys = BTreeSet::new();
    for value in &definition.allowed {
        match canonical(&open, value.clone()) {
            Err(problem) => found.push(("allowed", problem)),
            Ok(None) => found.push((
                "allowed",
                ValueProblem::new("value.definition", "an allowed value is empty; remove it"),
            )),
            Ok(Some(kept)) => {
                if kept != *value {
                    found.push((
                        "allowed",
                        ValueProblem::new(
                            "value.definition",
                            "an allowed value is not in its canonical form",
                        ),
                    ));
                }
                if !keys.insert(kept.search_key().map(|key| key.into_owned())) {
                    found.push((
                        "allowed",
                        ValueProblem::new(
                            "value.definition",
                            "an allowed value appears twice (letter case does not matter)",
                        ),
                    ));
                }
            }
        }
    }
    if let Some(default) = &definition.default {
        match canonical(definition, default.clone()) {
            Err(problem) => found.push(("default", problem)),
            Ok(None) => found.push((
                "default",
                ValueProblem::new("value.definition", "the default is empty; remove it"),
            )),
            Ok(Some(_)) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(change: serde_json::Value) -> Vec<&'static str> {
        let mut json = json!({"kind": "user", "name": "cost_center", "label": "Cost center", "type": "text"});
        for (key, value) in change.as_object().unwrap() {
            json[key] = value.clone();
        }
        let definition = serde_json::from_value(json).unwrap();
        check_definition(&definition)
            .into_iter()
            .map(|(field, _)| field)
            .collect()
    }

    /// S3-78, S3-79, S3-80
    #[test]
    fn names() {
        for right in ["a", "costCenter", "x9_", &"a".repeat(30)] {
            assert!(fields(json!({ "name": right })).is_empty(), "{right}");
        }
        for wrong in [
            "",
            "9a",
            "_a",
            "a-b",
            "a b",
            "ä",
            "a.b",
            "indexed_x",
            "IAM_x",
            "email",
            "Email",
            "id",
            "not",
            &"a".repeat(31),
        ] {
            assert_eq!(fields(json!({ "name": wrong })), ["name"], "{wrong}");
        }
    }

    /// S3-81, S3-82
    #[test]
    fn labels() {
        assert!(fields(json!({ "label": "ß".repeat(120) })).is_empty());
        for wrong in ["", " ", "a\0", &"ß".repeat(121)] {
            assert_eq!(fields(json!({ "label": wrong })), ["label"]);
        }
    }

    /// S3-83, S3-84
    #[test]
    fn lengths() {
        for right in [1, 1000] {
            assert!(fields(json!({ "maximum_length": right })).is_empty());
        }
        for wrong in [0, 1001] {
            assert_eq!(fields(json!({ "maximum_length": wrong })), ["maximum_length"]);
        }
        assert!(fields(json!({ "maximum_length": 256, "searchable": true })).is_empty());
        assert!(fields(json!({ "searchable": true })).is_empty());
        assert_eq!(
            fields(json!({ "maximum_length": 257, "searchable": true })),
            ["maximum_length"]
        );
        assert_eq!(
            fields(json!({ "maximum_length": 5, "type": "date" })),
            ["maximum_length"]
        );
    }

    /// S3-85, S3-86
    #[test]
    fn patterns() {
        assert!(fields(json!({ "pattern": "[A-Z]+" })).is_empty());
        for wrong in ["(", "(?<=a)b", r"(x)\1"] {
            assert_eq!(fields(json!({ "pattern": wrong, "default": "q" })), ["pattern"]);
        }
        assert_eq!(fields(json!({ "pattern": "1", "type": "integer" })), ["pattern"]);
    }

    /// S2-11, S0-17
    #[test]
    fn traits_that_exclude_each_other() {
        assert_eq!(
            fields(json!({ "type": "object", "searchable": true })),
            ["searchable"]
        );
        assert_eq!(fields(json!({ "unique": true })), ["unique"]);
        assert_eq!(
            fields(json!({ "unique": true, "searchable": true, "multiple": true })),
            ["unique"]
        );
        assert!(fields(json!({ "unique": true, "searchable": true })).is_empty());
        assert_eq!(
            fields(json!({ "unique": true, "searchable": true, "default": "x" })),
            ["default"]
        );
        assert_eq!(fields(json!({ "derived": true })), ["derived"]);
    }

    #[test]
    fn the_values_of_a_definition_satisfy_it() {
        assert!(fields(json!({ "allowed": ["a", "b"], "default": "A" })).is_empty());
        assert_eq!(
            fields(json!({ "allowed": ["a", "b"], "default": "c" })),
            ["default"]
        );
        assert_eq!(fields(json!({ "default": "" })), ["default"]);
        assert_eq!(fields(json!({ "default": 1 })), ["default"]);
        assert_eq!(fields(json!({ "allowed": ["a", "A"] })), ["allowed"]);
        assert_eq!(fields(json!({ "allowed": ["", 1] })), ["allowed", "allowed"]);
        assert_eq!(
            fields(json!({ "multiple": true, "allowed": ["a", "b"], "default": ["b"] })),
            [""; 0]
        );
        assert_eq!(fields(json!({ "type": "date", "default": "today" })), ["default"]);
        assert!(fields(json!({ "type": "boolean", "default": false })).is_empty());
    }
}
