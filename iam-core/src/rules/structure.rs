//! Structures of the library as attribute values, and back.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

use crate::model::{Record, Value};

/// Takes every `null` out: a value that is not set is not there.
fn without_nulls(json: Json) -> Json {
    match json {
        Json::Object(map) => Json::Object(
            map.into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name, without_nulls(value)))
                .collect(),
        ),
        Json::Array(list) => Json::Array(list.into_iter().map(without_nulls).collect()),
        other => other,
    }
}

/// A structure as the value of an attribute; `None` when it cannot be written as JSON.
pub fn to_value(structure: &impl Serialize) -> Option<Value> {
    let json = serde_json::to_value(structure).ok()?;
    crate::model::from_json(without_nulls(json)).ok()
}

/// A structure from a record's attribute; `None` when it is not set or is another one.
pub fn from_record<T: DeserializeOwned>(record: &Record, attribute: &str) -> Option<T> {
    let json = serde_json::to_value(record.value(attribute)?).ok()?;
    crate::model::from_json(json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Kind, SourceRules};

    #[test]
    fn structures_come_back_as_they_were() {
        let rules: SourceRules = serde_json::from_str(
            r#"{"kinds": {"user": {"mappings": [{"to": "email", "from": {"attribute": "mail"}, "condition": null}],
                "actions": {"absent": "review"}, "thresholds": {"disable": {"percent": 5}}}}}"#,
        )
        .unwrap();
        let mut record = Record::new(EntityId::new(Kind::Source, uuid::Uuid::nil()));
        record.set("rules", to_value(&rules));
        assert_eq!(from_record::<SourceRules>(&record, "rules"), Some(rules));
        assert_eq!(from_record::<SourceRules>(&record, "tokens"), None);
    }
}
