//! What the plain programs write besides columns.

use serde_json::json;

use crate::world::{Person, Unit};

fn attributes(person: &Person) -> serde_json::Value {
    json!({
        "user_name": person.user_name, "email": person.email, "first_name": person.first_name,
        "last_name": person.last_name, "display_name": person.display_name, "user_number": person.number,
        "job": person.job, "department": person.department, "city": person.city, "country": person.country,
        "hired_on": person.hired_on, "administrative_status": "enabled", "registration": "complete",
        "origin": "manual", "identity_type": "primary", "created_at": "2026-01-01T00:00:00Z",
        "changed_at": "2026-01-01T00:00:00Z", "created_by": "host:benches", "changed_by": "host:benches",
    })
}

/// A person as JSON.
pub fn body(person: &Person) -> String {
    attributes(person).to_string()
}

/// The creation of a person, for the journal: old and new value of each attribute.
pub fn delta(person: &Person) -> String {
    let values = attributes(person);
    let pairs: serde_json::Map<String, serde_json::Value> = values
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), json!([null, value])))
        .collect();
    json!({ "values": pairs }).to_string()
}

/// A new edge, for the journal.
pub fn edge_delta() -> String {
    json!({"edge": [null, {"origins": ["direct"]}]}).to_string()
}

/// A unit as JSON.
pub fn unit_body(unit: &Unit) -> String {
    json!({"name": unit.name, "administrative_status": "enabled", "origin": "manual",
        "created_at": "2026-01-01T00:00:00Z", "changed_at": "2026-01-01T00:00:00Z", "created_by": "host:benches"})
    .to_string()
}

/// The user name in a body, without reading all of it.
pub fn user_name(body: &str) -> String {
    body.split_once("\"user_name\":\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(name, _)| name.to_owned())
        .unwrap_or_default()
}
