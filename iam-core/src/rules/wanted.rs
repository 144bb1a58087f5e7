//! What provisioning roles want in the targets: the state per mapping, and what has to be done when it changes
//! (S2-45 … S2-56). Pure; whoever carries it out talks to the target.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{AssignmentEvent, AssignmentValue, EntityId, Record, Value};

/// What is wanted of one attribute of the account in a target.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct WantedAttribute {
    /// Every wanted value, each once, in the order of the assignments' identifiers.
    pub values: Vec<Value>,
    /// The target's own values go (S2-49); otherwise these are added to them (S2-48).
    pub replace: bool,
    /// The assignments that want it.
    pub assignments: BTreeSet<EntityId>,
}

/// What is wanted in the targets: mapping → attribute → values.
pub type Wanted = BTreeMap<String, BTreeMap<String, WantedAttribute>>;

/// What assignments want together. Each assignment counts once, however many roles carry it.
///
/// ```
/// use iam_core::model::{EntityId, Kind, Record, Value};
/// use iam_core::rules::wanted;
///
/// let mut record = Record::new(EntityId::new(Kind::Assignment, uuid::Uuid::from_u128(1)));
/// record.set("mapping", Some("directory".into()));
/// let value: Value = serde_json::from_str(r#"[{"attribute": "memberOf", "value": "cn=sales"}]"#)?;
/// record.set("values", Some(value));
/// let wanted = wanted([&record]);
/// assert_eq!(wanted["directory"]["memberOf"].values, ["cn=sales".into()]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn wanted<'a>(assignments: impl IntoIterator<Item = &'a Record>) -> Wanted {
    let by_id: BTreeMap<EntityId, &Record> = assignments
        .into_iter()
        .map(|record| (record.id, record))
        .collect();
    let mut wanted = Wanted::new();
    for (id, record) in by_id {
        let mapping = wanted.entry(record.text("mapping").to_owned()).or_default();
        for AssignmentValue { attribute, value } in AssignmentValue::of(record) {
            let of = mapping.entry(attribute).or_default();
            of.assignments.insert(id);
            of.replace |= record.text("on_assignment") == "replace";
            for single in value.elements() {
                if !of.values.contains(single) {
                    of.values.push(single.clone());
                }
            }
        }
    }
    wanted
}

/// What has to be done with one attribute in a target.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AttributeStep {
    /// Values to add, or with `replace` the only values from now on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<Value>,
    /// Exactly these values go (S2-50).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<Value>,
    /// What the target has is replaced (S2-49).
    #[serde(default)]
    pub replace: bool,
}

/// Something that an assignment asks to be evaluated when it comes or goes (S2-53, S2-56).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct WantedEvent {
    /// The assignment.
    pub assignment: EntityId,
    /// The event with its expression and variables.
    #[serde(flatten)]
    pub event: AssignmentEvent,
}

/// What has to be done in one target.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct MappingSteps {
    /// Attribute → what to do.
    pub attributes: BTreeMap<String, AttributeStep>,
    /// What to evaluate, the unassigned ones first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<WantedEvent>,
}

/// The steps from some assignments to others: mapping → steps; empty when nothing has to be done.
///
/// A value that an assignment loses goes only if it says so (S2-50, S2-51) and no remaining one wants it.
pub fn wanted_steps<'a>(
    before: impl IntoIterator<Item = &'a Record>,
    after: impl IntoIterator<Item = &'a Record>,
) -> BTreeMap<String, MappingSteps> {
    let index = |records: Vec<&'a Record>| -> BTreeMap<EntityId, &'a Record> {
        records.into_iter().map(|record| (record.id, record)).collect()
    };
    let before = index(before.into_iter().collect());
    let after = index(after.into_iter().collect());
    let now = wanted(after.values().copied());
    let then = wanted(before.values().copied());
    let mut steps: BTreeMap<String, MappingSteps> = BTreeMap::new();
    for (mapping, attributes) in &now {
        for (attribute, wants) in attributes {
            let had = then.get(mapping).and_then(|attributes| attributes.get(attribute));
            let same = had.is_some_and(|had| had.values == wants.values && had.replace == wants.replace);
            if same {
                continue;
            }
            let old = had.map(|had| had.values.as_slice()).unwrap_or_default();
            let add: Vec<Value> = match wants.replace {
                true => wants.values.clone(),
                false => wants
                    .values
                    .iter()
                    .filter(|value| !old.contains(value))
                    .cloned()
                    .collect(),
            };
            if wants.replace || !add.is_empty() {
                let attributes = &mut steps.entry(mapping.clone()).or_default().attributes;
                let step = attributes.entry(attribute.clone()).or_default();
                step.replace = wants.replace;
                step.add = add;
            }
        }
    }
    for (id, record) in &before {
        // What an assignment still there does not list any more goes like what a lost one listed.
        if record.text("on_unassignment") == "none" {
            continue;
        }
        let mapping = record.text("mapping");
        let still = after
            .get(id)
            .map(|record| AssignmentValue::of(record))
            .unwrap_or_default();
        for AssignmentValue { attribute, value } in AssignmentValue::of(record) {
            for single in value.elements() {
                let wants = now.get(mapping).and_then(|attributes| attributes.get(&attribute));
                let kept = wants.is_some_and(|wants| wants.replace || wants.values.contains(single))
                    || still
                        .iter()
                        .any(|other| other.attribute == attribute && other.value.elements().contains(single));
                if kept {
                    continue;
                }
                let step = steps
                    .entry(mapping.to_owned())
                    .or_default()
                    .attributes
                    .entry(attribute.clone())
                    .or_default();
                if !step.remove.contains(single) {
                    step.remove.push(single.clone());
                }
            }
        }
    }
    let mut tell =
        |records: &BTreeMap<EntityId, &Record>, others: &BTreeMap<EntityId, &Record>, name: &str| {
            for (id, record) in records.iter().filter(|(id, _)| !others.contains_key(id)) {
                for event in AssignmentEvent::of(record)
                    .into_iter()
                    .filter(|event| event.event == name)
                {
                    steps
                        .entry(record.text("mapping").to_owned())
                        .or_default()
                        .events
                        .push(WantedEvent {
                            assignment: *id,
                            event,
                        });
                }
            }
        };
    tell(&before, &after, "unassigned");
    tell(&after, &before, "assigned");
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn assignment(n: u128, on: (&str, &str), values: &str) -> Record {
        let mut record = Record::new(EntityId::new(Kind::Assignment, uuid::Uuid::from_u128(n)));
        record.set("mapping", Some("directory".into()));
        record.set("on_assignment", Some(on.0.into()));
        record.set("on_unassignment", Some(on.1.into()));
        record.set("values", Some(serde_json::from_str(values).unwrap()));
        let events = format!(
            r#"[{{"event": "assigned", "expression": "a{n}"}}, {{"event": "unassigned", "expression": "u{n}",
                 "variables": {{"x": 1}}}}]"#
        );
        record.set("events", Some(serde_json::from_str(&events).unwrap()));
        record
    }

    fn texts(values: &[Value]) -> Vec<&str> {
        values.iter().filter_map(Value::as_text).collect()
    }

    const MERGE: (&str, &str) = ("merge", "remove");

    /// S2-47, S2-48: values are added, each once.
    #[test]
    fn merging_adds() {
        let a = assignment(1, MERGE, r#"[{"attribute": "g", "value": ["x", "y"]}]"#);
        let b = assignment(
            2,
            MERGE,
            r#"[{"attribute": "g", "value": "y"}, {"attribute": "h", "value": "z"}]"#,
        );
        let both = wanted([&b, &a, &a]);
        assert_eq!(texts(&both["directory"]["g"].values), ["x", "y"]);
        assert_eq!(both["directory"]["g"].assignments.len(), 2);
        let steps = wanted_steps([&a], [&a, &b]);
        let step = &steps["directory"];
        assert!(!step.attributes.contains_key("g"));
        assert_eq!(texts(&step.attributes["h"].add), ["z"]);
        assert!(!step.attributes["h"].replace);
    }

    /// S2-49
    #[test]
    fn replacing_takes_the_place_of_what_is_there() {
        let a = assignment(1, ("replace", "remove"), r#"[{"attribute": "g", "value": "x"}]"#);
        let b = assignment(2, MERGE, r#"[{"attribute": "g", "value": "y"}]"#);
        let steps = wanted_steps([&b], [&a, &b]);
        let step = &steps["directory"].attributes["g"];
        assert!(step.replace && step.remove.is_empty());
        assert_eq!(texts(&step.add), ["x", "y"]);
    }

    /// S2-50, S2-51: exactly the listed values go, unless another assignment wants them or it says they stay.
    #[test]
    fn losing_removes_what_nobody_else_wants() {
        let a = assignment(1, MERGE, r#"[{"attribute": "g", "value": ["x", "y"]}]"#);
        let b = assignment(2, MERGE, r#"[{"attribute": "g", "value": "y"}]"#);
        let steps = wanted_steps([&a, &b], [&b]);
        assert_eq!(texts(&steps["directory"].attributes["g"].remove), ["x"]);
        let stays = assignment(3, ("merge", "none"), r#"[{"attribute": "g", "value": "z"}]"#);
        let steps = wanted_steps([&stays, &b], [&b]);
        assert!(steps["directory"].attributes.is_empty() && !steps["directory"].events.is_empty());
        assert!(wanted_steps([&a], [&a]).is_empty());
        // An assignment that lists less than before.
        let less = assignment(1, MERGE, r#"[{"attribute": "g", "value": "y"}]"#);
        assert_eq!(
            texts(&wanted_steps([&a], [&less])["directory"].attributes["g"].remove),
            ["x"]
        );
    }

    /// S2-53, S2-56
    #[test]
    fn events_carry_expressions_and_variables() {
        let (a, b) = (assignment(1, MERGE, "[]"), assignment(2, MERGE, "[]"));
        let steps = wanted_steps([&a], [&b]);
        let told: Vec<_> = steps["directory"]
            .events
            .iter()
            .map(|told| told.event.expression.as_str())
            .collect();
        assert_eq!(told, ["u1", "a2"]);
        assert_eq!(steps["directory"].events[0].event.variables["x"], 1.into());
    }
}
