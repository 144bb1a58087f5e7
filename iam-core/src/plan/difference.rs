//! The difference of two states, for people and programs: of a preview, of a commit, of two moments.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{Cause, Change, Delta, Plan, Step};
use crate::model::{Edge, EdgeKey, EntityId, Record, SECRET_SHOWN, Value};

/// An attribute before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AttributeDifference {
    /// Its name.
    pub attribute: String,
    /// What it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// What it becomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// A record before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct RecordDifference {
    /// Which record.
    pub id: EntityId,
    /// How people call it.
    pub label: String,
    /// Appears, changes, disappears.
    pub step: Step,
    /// Why; `None` for the difference of two moments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// What is different, by attribute; without the notes of who touched it when.
    pub changes: Vec<AttributeDifference>,
}

/// An edge before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EdgeDifference {
    /// Which edge.
    #[serde(flatten)]
    pub key: EdgeKey,
    /// Appears, changes, disappears.
    pub step: Step,
    /// What it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Edge>,
    /// What it becomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Edge>,
}

/// Everything that is different.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Difference {
    /// Records in the order of their identifiers.
    pub records: Vec<RecordDifference>,
    /// Edges in the order of their keys.
    pub edges: Vec<EdgeDifference>,
    /// How people call the records that edges name, as far as it is known.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<EntityId, String>,
}

/// Who touched a record when says nothing about what is different.
const NOTES: [&str; 2] = ["changed_at", "changed_by"];

impl RecordDifference {
    /// The difference of two states; `None` when there is none.
    pub fn between(
        before: Option<&Record>,
        after: Option<&Record>,
        cause: Option<Cause>,
    ) -> Option<RecordDifference> {
        let record = after.or(before)?;
        let step = match (before, after) {
            (None, _) => Step::Create,
            (_, None) => Step::Remove,
            _ => Step::Update,
        };
        let Delta { values, secrets, .. } = Delta::between(before, after);
        let shown = |record: Option<&Record>, name: &str| {
            record
                .and_then(|record| record.value(name))
                .map(|_| SECRET_SHOWN.into())
        };
        let mut changes: Vec<_> = values
            .into_iter()
            .filter(|(name, _)| !NOTES.contains(&name.as_str()))
            .map(|(attribute, (before, after))| AttributeDifference {
                attribute,
                before,
                after,
            })
            .chain(secrets.into_iter().map(|attribute| AttributeDifference {
                before: shown(before, &attribute),
                after: shown(after, &attribute),
                attribute,
            }))
            .collect();
        changes.sort_by(|a, b| a.attribute.cmp(&b.attribute));
        (step != Step::Update || !changes.is_empty()).then(|| RecordDifference {
            id: record.id,
            label: label(record),
            step,
            cause,
            changes,
        })
    }
}

/// How people call a record: its display name, user name or name; else its identifier.
pub fn label(record: &Record) -> String {
    let full = format!("{} {}", record.text("first_name"), record.text("last_name"));
    [
        record.text("display_name"),
        full.trim(),
        record.text("user_name"),
        record.text("name"),
    ]
    .into_iter()
    .find(|text| !text.is_empty())
    .map_or_else(|| record.id.to_string(), str::to_owned)
}

impl Difference {
    /// What a plan would change.
    pub fn of_plan(plan: &Plan) -> Difference {
        let mut difference = Difference::default();
        for change in &plan.changes {
            match change {
                Change::Record {
                    before, after, cause, ..
                } => {
                    difference.add_record(before.as_deref(), after.as_deref(), Some(*cause));
                }
                Change::Edge { before, after, .. } => difference.add_edge(before.clone(), after.clone()),
            }
        }
        difference
    }

    pub(crate) fn add_record(
        &mut self,
        before: Option<&Record>,
        after: Option<&Record>,
        cause: Option<Cause>,
    ) {
        if let Some(found) = RecordDifference::between(before, after, cause) {
            self.labels.insert(found.id, found.label.clone());
            self.records.push(found);
        }
    }

    pub(crate) fn add_edge(&mut self, before: Option<Edge>, after: Option<Edge>) {
        let Some(key) = after.as_ref().or(before.as_ref()).map(|edge| edge.key) else {
            return;
        };
        let step = match (&before, &after) {
            (None, _) => Step::Create,
            (_, None) => Step::Remove,
            _ => Step::Update,
        };
        if before != after {
            self.edges.push(EdgeDifference {
                key,
                step,
                before,
                after,
            });
        }
    }

    /// The records that it mentions without saying how they are called.
    pub fn mentioned(&self) -> BTreeSet<EntityId> {
        let ends = self.edges.iter().flat_map(|edge| [edge.key.from, edge.key.to]);
        let values = self.records.iter().flat_map(|record| &record.changes);
        let named = values
            .flat_map(|change| change.before.iter().chain(&change.after))
            .flat_map(Value::elements)
            .filter_map(|value| value.as_text()?.parse().ok());
        ends.chain(named)
            .filter(|id| !self.labels.contains_key(id))
            .collect()
    }

    /// Names records that are mentioned, so that people can read them.
    pub fn name_all(&mut self, records: impl IntoIterator<Item = Arc<Record>>) {
        for record in records {
            self.labels.entry(record.id).or_insert_with(|| label(&record));
        }
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty() && self.edges.is_empty()
    }

    /// How many records appear, change and disappear.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |step| self.records.iter().filter(|record| record.step == step).count();
        (count(Step::Create), count(Step::Update), count(Step::Remove))
    }

    fn name(&self, id: EntityId) -> String {
        self.labels.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }
}

const fn sign(step: Step) -> char {
    match step {
        Step::Create => '+',
        Step::Update => '~',
        Step::Remove => '-',
    }
}

/// One line for each record and edge, an indented one for each attribute. Shows personal values: it is made for eyes.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for record in &self.records {
            writeln!(f, "{} {} {}", sign(record.step), record.id.kind, record.label)?;
            for change in &record.changes {
                match (&change.before, &change.after) {
                    (None, Some(after)) => {
                        writeln!(f, "    {}: {}", change.attribute, Shown(after, &self.labels))?
                    }
                    (Some(before), None) if record.step == Step::Update => {
                        writeln!(
                            f,
                            "    {}: {} → (nothing)",
                            change.attribute,
                            Shown(before, &self.labels)
                        )?;
                    }
                    (Some(before), Some(after)) => {
                        writeln!(
                            f,
                            "    {}: {} → {}",
                            change.attribute,
                            Shown(before, &self.labels),
                            Shown(after, &self.labels)
                        )?;
                    }
                    _ => {}
                }
            }
        }
        for edge in &self.edges {
            let relation = edge.key.relation.name().replace('_', " ");
            writeln!(
                f,
                "{} {} {relation} {}",
                sign(edge.step),
                self.name(edge.key.from),
                self.name(edge.key.to)
            )?;
        }
        Ok(())
    }
}

/// A value as people read it.
struct Shown<'a>(&'a Value, &'a BTreeMap<EntityId, String>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Text(text) => match text.parse().ok().and_then(|id| self.1.get(&id)) {
                Some(label) => f.write_str(label),
                None => f.write_str(text),
            },
            Value::Boolean(value) => f.write_str(if *value { "yes" } else { "no" }),
            Value::Integer(value) => value.fmt(f),
            Value::Number(value) => value.fmt(f),
            Value::List(list) => {
                for (place, value) in list.iter().enumerate() {
                    if place > 0 {
                        f.write_str(", ")?;
                    }
                    Shown(value, self.1).fmt(f)?;
                }
                Ok(())
            }
            Value::Object(map) => write!(f, "{{{}}}", map.keys().cloned().collect::<Vec<_>>().join(", ")),
        }
    }
}
