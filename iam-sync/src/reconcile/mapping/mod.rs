//! From an object of a source to the values it asks for.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    model::{KindRules, Moment, Strength, SyncKind, Value},
    plan::Schema,
    port::SourceObject,
    wire::{Code, FieldProblem, Problem},
};
use serde::{Deserialize, Serialize};

use super::{
    expression::{Expression, Scope},
    key,
};
use field::{Field, From, field};

mod field;
#[cfg(test)]
mod tests;

/// Another record, as the source names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// What kinds of record it can be.
    pub kinds: Vec<SyncKind>,
    /// The attribute by which it is named; `None`: by its identifier or name at the source.
    pub by: Option<String>,
    /// Named by the identifier of the source, not by its name.
    pub identifier: bool,
    /// What names it.
    pub text: String,
}

/// What the source asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// This value; `None`: no value.
    Value(Option<Value>),
    /// These records.
    References(Vec<Reference>),
}

/// What an object asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mapped {
    /// Whether it is one of those that the source is asked for.
    pub qualifies: bool,
    /// By attribute what it is to be, and how strongly.
    pub values: BTreeMap<String, (Strength, Wanted)>,
    /// What could not be mapped.
    pub problems: Vec<FieldProblem>,
    /// Two objects with the same digest ask for the same.
    pub digest: String,
}

impl Mapped {
    /// The value of an attribute, when it is a single one.
    pub fn value(&self, attribute: &str) -> Option<&Value> {
        match self.values.get(attribute) {
            Some((_, Wanted::Value(Some(value)))) => Some(value),
            _ => None,
        }
    }

    /// The text of an attribute.
    pub fn text(&self, attribute: &str) -> Option<&str> {
        self.value(attribute).and_then(Value::as_text)
    }
}

/// Maps the objects of one kind.
///
/// ```
/// use iam_core::{model::{AttributeMapping, KindRules, RealmId, SyncKind}, plan::Schema, port::SourceObject};
/// use iam_sync::reconcile::Mapper;
///
/// let rules = KindRules {
///     mappings: vec![
///         AttributeMapping::attribute("uid", "user_name"),
///         AttributeMapping::expression("source.givenName + ' ' + source.sn", "display_name"),
///         AttributeMapping::attribute("status", "administrative_status").dictionary([("A", "enabled"), ("T", "disabled")]),
///     ],
///     ..KindRules::default()
/// };
/// let schema = Schema::empty(RealmId(uuid::Uuid::nil()));
/// let now = "2026-11-21T08:00:00Z".parse()?;
/// let mapper = Mapper::new(&schema, SyncKind::User, &rules, now)?;
/// let ada = SourceObject::new("7").with("uid", "ada").with("givenName", "Ada").with("sn", "Lovelace").with("status", "t");
/// let mapped = mapper.map(&ada);
/// assert_eq!(mapped.text("display_name"), Some("Ada Lovelace"));
/// assert_eq!(mapped.text("administrative_status"), Some("disabled"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Mapper {
    scope: Scope,
    fields: Vec<Field>,
    qualifies: Option<Expression>,
    needs_object: bool,
    fingerprint: String,
}

impl std::fmt::Debug for Mapper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mapper")
            .field("fields", &self.fields.len())
            .finish_non_exhaustive()
    }
}

/// What a relation that a source may set leads to.
pub(crate) fn leads_to(kind: SyncKind, attribute: &str) -> Option<&'static [SyncKind]> {
    use SyncKind as K;
    Some(match (kind, attribute) {
        (K::User, "organizations" | "leads")
        | (K::Organization, "parent")
        | (K::Position, "organization") => &[K::Organization],
        (K::User, "manager") => &[K::User],
        (K::User, "positions") | (K::Position, "reports_to") => &[K::Position],
        (K::User | K::Group, "groups") => &[K::Group],
        (K::Group, "members") => &[K::User, K::Group],
        (K::Membership, "member") => &[K::User, K::Group],
        (K::Membership, "container") => &[K::Group, K::Organization, K::Position],
        _ => return None,
    })
}

impl Mapper {
    /// Compiles the rules of a kind.
    ///
    /// # Errors
    /// Every mapping that is wrong, by name.
    pub fn new(schema: &Schema, kind: SyncKind, rules: &KindRules, now: Moment) -> Result<Mapper, Problem> {
        let scope = Scope::new(now).map_err(|problem| Problem::fields(vec![problem]))?;
        let mut problems = Vec::new();
        let mut fields = Vec::new();
        for mapping in &rules.mappings {
            match field(&scope, schema, kind, mapping) {
                Ok(field) => fields.push(field),
                Err(problem) => problems.push(problem),
            }
        }
        let mut qualifies = None;
        if let Some(text) = &rules.qualifies {
            match scope.compile(text, "qualifies") {
                Ok(expression) => qualifies = Some(expression),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            return Err(Problem::fields(problems));
        }
        let definitions: Vec<_> = fields.iter().map(|field| &field.definition).collect();
        let seen = (kind, &rules.mappings, &rules.qualifies, definitions);
        let text = serde_json::to_vec(&seen).map_err(|error| {
            Problem::new(Code::Malformed, "the rules cannot be written as JSON").caused_by(error)
        })?;
        let needs_object = qualifies.is_some()
            || fields
                .iter()
                .any(|field| matches!(field.from, From::Expression(_)) || field.condition.is_some());
        Ok(Mapper {
            scope,
            fields,
            qualifies,
            needs_object,
            fingerprint: key::fingerprint(&text),
        })
    }

    /// The attributes of the source that are used; empty when an expression may use any.
    pub fn attributes(&self) -> Vec<String> {
        if self.needs_object {
            return Vec::new();
        }
        let names: BTreeSet<&String> = self
            .fields
            .iter()
            .filter_map(|field| match &field.from {
                From::Attribute(name) => Some(name),
                _ => None,
            })
            .collect();
        names.into_iter().cloned().collect()
    }

    /// Maps one object. Never fails: what is wrong is told beside what is right.
    pub fn map(&self, object: &SourceObject) -> Mapped {
        let cel = self.needs_object.then(|| self.scope.object(object));
        let mut mapped = Mapped {
            qualifies: true,
            values: BTreeMap::new(),
            problems: Vec::new(),
            digest: String::new(),
        };
        let truth = |expression: &Expression, name: &str, problems: &mut Vec<FieldProblem>| {
            let value = match &cel {
                Some(cel) => self.scope.evaluate(expression, cel),
                None => Ok(None),
            };
            match value {
                Ok(Some(Value::Boolean(value))) => value,
                Ok(None) => false,
                Ok(Some(_)) => {
                    problems.push(FieldProblem::new(
                        name,
                        "expression.type",
                        "is neither true nor false",
                    ));
                    false
                }
                Err(message) => {
                    problems.push(FieldProblem::new(name, "expression.failed", message));
                    false
                }
            }
        };
        if let Some(expression) = &self.qualifies {
            let problems = mapped.problems.len();
            mapped.qualifies = truth(expression, "qualifies", &mut mapped.problems);
            // Whether it qualifies cannot be told: then it is not taken for one that does not.
            mapped.qualifies |= mapped.problems.len() > problems;
        }
        for field in &self.fields {
            let name = field.mapping.to.as_str();
            if let Some(condition) = &field.condition
                && !truth(condition, name, &mut mapped.problems)
            {
                continue;
            }
            let value = match &field.from {
                From::Attribute(attribute) => attribute_of(object, attribute).cloned(),
                From::Constant(value) => Some(value.clone()),
                From::Expression(expression) => {
                    let value = match &cel {
                        Some(cel) => self.scope.evaluate(expression, cel),
                        None => Ok(None),
                    };
                    match value {
                        Ok(value) => value,
                        Err(message) => {
                            mapped
                                .problems
                                .push(FieldProblem::new(name, "expression.failed", message));
                            continue;
                        }
                    }
                }
            };
            match field.finish(value) {
                Ok(wanted) => {
                    mapped
                        .values
                        .insert(name.to_owned(), (field.mapping.strength, wanted));
                }
                Err(problem) => mapped.problems.push(problem),
            }
        }
        mapped.digest = self
            .digest_of(object)
            .unwrap_or_else(|| self.digest(object, &mapped));
        mapped
    }

    /// The attributes that are taken as they are, and what each becomes.
    pub(crate) fn taken(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().filter_map(|field| match &field.from {
            From::Attribute(attribute) => Some((attribute.as_str(), field.mapping.to.as_str())),
            From::Constant(_) | From::Expression(_) => None,
        })
    }

    /// The digest of an object without mapping it; `None` when an expression has a say, which may look at anything, and
    /// at the time.
    ///
    /// It covers the rules, the definitions of the attributes, the name of the object and what the mappings use of it.
    pub fn digest_of(&self, object: &SourceObject) -> Option<String> {
        if self.needs_object {
            return None;
        }
        let mut print = key::Print::new();
        print.add(self.fingerprint.as_bytes());
        print.add(object.name.as_deref().unwrap_or_default().as_bytes());
        for field in &self.fields {
            if let From::Attribute(attribute) = &field.from {
                match attribute_of(object, attribute) {
                    Some(value) => add_value(&mut print, value),
                    None => print.add(b"-"),
                }
            }
        }
        Some(print.finish())
    }

    fn digest(&self, object: &SourceObject, mapped: &Mapped) -> String {
        let seen = (
            &self.fingerprint,
            &object.name,
            mapped.qualifies,
            &mapped.values,
            &mapped.problems,
        );
        serde_json::to_vec(&seen)
            .map(|text| key::fingerprint(&text))
            .unwrap_or_default()
    }
}

/// Adds a value to a digest: no two values are the same there.
fn add_value(print: &mut key::Print, value: &Value) {
    match value {
        Value::Text(text) => {
            print.add(b"t");
            print.add(text.as_bytes());
        }
        Value::List(list) => {
            print.add(b"l");
            print.add(&list.len().to_be_bytes());
            list.iter().for_each(|value| add_value(print, value));
        }
        other => {
            print.add(b"v");
            print.add(&serde_json::to_vec(other).unwrap_or_default());
        }
    }
}

/// An attribute of an object; letter case does not count.
pub(crate) fn attribute_of<'o>(object: &'o SourceObject, name: &str) -> Option<&'o Value> {
    object.attributes.get(name).or_else(|| {
        object
            .attributes
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    })
}
