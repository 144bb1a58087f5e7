//! From JSON to attributes: levels are joined with dots.

use std::collections::BTreeMap;

use iam_core::model::Value;
use serde_json::Value as Json;

/// How deep objects may be.
const DEPTH: usize = 6;

/// A field, with dots between levels; a name that has dots itself goes first.
pub(super) fn field(json: &Json, path: &str) -> Option<Json> {
    if let Some(found) = json.get(path) {
        return Some(found.clone());
    }
    let mut place = json;
    for name in path.split('.') {
        place = match place {
            Json::Array(list) => list.get(name.parse::<usize>().ok()?)?,
            other => other.get(name)?,
        };
    }
    Some(place.clone())
}

/// All attributes of an object. `{"name": {"given": "Ada"}, "emails": [{"value": "a@x"}]}` has `name.given` and
/// `emails.value`; what is in a list of objects becomes a list.
pub(super) fn flatten(json: &Json) -> BTreeMap<String, Value> {
    let mut all: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    walk("", json, DEPTH, &mut all);
    all.into_iter()
        .filter_map(|(name, mut values)| match values.len() {
            0 => None,
            1 => Some((name, values.pop()?)),
            _ => Some((name, Value::List(values))),
        })
        .collect()
}

fn walk(name: &str, json: &Json, depth: usize, all: &mut BTreeMap<String, Vec<Value>>) {
    let mut keep = |value: Value| {
        if !name.is_empty() {
            all.entry(name.to_owned()).or_default().push(value);
        }
    };
    match json {
        Json::Null => {}
        Json::Bool(value) => keep((*value).into()),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => keep(whole.into()),
            None => keep(Value::Number(number.as_f64().unwrap_or_default())),
        },
        Json::String(text) => keep(text.as_str().into()),
        Json::Array(list) if depth > 0 => list.iter().for_each(|item| walk(name, item, depth - 1, all)),
        Json::Object(object) if depth > 0 => {
            for (key, value) in object {
                let full = match name {
                    "" => key.clone(),
                    name => format!("{name}.{key}"),
                };
                walk(&full, value, depth - 1, all);
            }
        }
        Json::Array(_) | Json::Object(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn levels_become_dots_and_lists_of_objects_become_lists() {
        let json = json!({"id": 7, "name": {"given": "Ada"}, "active": true, "note": null,
                          "emails": [{"value": "a@x", "primary": true}, {"value": "b@x"}], "tags": ["one"]});
        let flat = flatten(&json);
        assert_eq!(flat["id"], 7i64.into());
        assert_eq!(flat["name.given"], "Ada".into());
        assert_eq!(flat["emails.value"], vec!["a@x", "b@x"].into());
        assert_eq!(flat["tags"], "one".into());
        assert!(!flat.contains_key("note"));
        assert_eq!(field(&json, "name.given"), Some(json!("Ada")));
        assert_eq!(field(&json, "emails.1.value"), Some(json!("b@x")));
    }
}
