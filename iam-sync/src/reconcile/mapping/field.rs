//! One mapping: from what a source says of an attribute to what is asked for.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    model::{
        AttributeDefinition, AttributeMapping, Kind, MapFrom, ReferenceBy, SyncKind, Unlisted, Value, fold,
    },
    plan::Schema,
    rules::{canonical, from_text},
    wire::FieldProblem,
};

use super::{
    super::expression::{Expression, Scope},
    Reference, Wanted, leads_to,
};

/// Where a value comes from, compiled.
pub(super) enum From {
    Attribute(String),
    Constant(Value),
    Expression(Expression),
}

/// A mapping, compiled.
pub(super) struct Field {
    pub(super) mapping: AttributeMapping,
    pub(super) from: From,
    pub(super) condition: Option<Expression>,
    /// The definition of an attribute of the record; `None` for what only this crate knows.
    pub(super) definition: Option<AttributeDefinition>,
    /// What a reference may name.
    kinds: Vec<SyncKind>,
    dictionary: BTreeMap<String, Value>,
}

/// Compiles a mapping.
pub(super) fn field(
    scope: &Scope,
    schema: &Schema,
    kind: SyncKind,
    mapping: &AttributeMapping,
) -> Result<Field, FieldProblem> {
    let name = mapping.to.as_str();
    let kinds = leads_to(kind, name).unwrap_or_default().to_vec();
    let definition = kind
        .record_kind()
        .and_then(|record_kind| schema.attribute(record_kind, name))
        .cloned();
    if definition.is_none() && kinds.is_empty() {
        return Err(FieldProblem::new(
            name,
            "attribute.unknown",
            format!("a {} has no such attribute", kind.name()),
        ));
    }
    let from = match &mapping.from {
        MapFrom::Attribute(attribute) => From::Attribute(attribute.clone()),
        MapFrom::Constant(value) => From::Constant(value.clone()),
        MapFrom::Expression(text) => From::Expression(scope.compile(text, name)?),
    };
    let condition = match &mapping.condition {
        Some(text) => Some(scope.compile(text, name)?),
        None => None,
    };
    let dictionary = mapping
        .dictionary
        .iter()
        .map(|(from, to)| (fold(from.trim()).into_owned(), to.clone()))
        .collect();
    Ok(Field {
        mapping: mapping.clone(),
        from,
        condition,
        definition,
        kinds,
        dictionary,
    })
}

impl Field {
    fn name(&self) -> &str {
        &self.mapping.to
    }

    /// From what the source says to what is asked for.
    pub(super) fn finish(&self, value: Option<Value>) -> Result<Wanted, FieldProblem> {
        let value = value.and_then(|value| self.divided(value));
        let value = match value.filter(|value| !is_blank(value)) {
            Some(value) => self.looked_up(value)?,
            None => None,
        };
        let value = value.or_else(|| self.mapping.default.clone());
        if !self.kinds.is_empty() {
            return Ok(Wanted::References(self.references(value.as_ref())));
        }
        let Some(definition) = &self.definition else {
            return Ok(Wanted::Value(value));
        };
        if matches!(definition.name.as_str(), "user_type" | "organization_type") {
            let kind = if definition.name == "user_type" {
                Kind::UserType
            } else {
                Kind::OrganizationType
            };
            let by = match &self.mapping.reference {
                Some(ReferenceBy::Attribute(by)) => by.clone(),
                _ => "name".to_owned(),
            };
            // Types come from the back end; they are found by their name in the schema (S0-69).
            return Ok(Wanted::Value(
                value.map(|value| Value::Object([(format!("{kind}.{by}"), value)].into())),
            ));
        }
        let value = match value {
            Some(value) => typed(definition, value)
                .map_err(|problem| FieldProblem::new(self.name(), problem.code, problem.message))?,
            None => None,
        };
        Ok(Wanted::Value(value))
    }

    fn divided(&self, value: Value) -> Option<Value> {
        match (&self.mapping.split, value) {
            (Some(at), Value::Text(text)) if !at.is_empty() => {
                let parts: Vec<Value> = text
                    .split(at.as_str())
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .map(Value::from)
                    .collect();
                Some(Value::List(parts))
            }
            (_, value) => Some(value),
        }
    }

    /// S0-139
    fn looked_up(&self, value: Value) -> Result<Option<Value>, FieldProblem> {
        if self.dictionary.is_empty() {
            return Ok(Some(value));
        }
        let one = |value: &Value| -> Result<Option<Value>, FieldProblem> {
            let said = match value {
                Value::Text(text) => text.trim().to_owned(),
                Value::Boolean(value) => value.to_string(),
                Value::Integer(value) => value.to_string(),
                other => return Ok(Some(other.clone())),
            };
            match (self.dictionary.get(fold(&said).as_ref()), self.mapping.unlisted) {
                (Some(found), _) => Ok(Some(found.clone())),
                (None, Unlisted::Keep) => Ok(Some(value.clone())),
                (None, Unlisted::Drop) => Ok(None),
                (None, Unlisted::Refuse) => {
                    let shown: String = said.chars().take(60).collect();
                    let message = format!("“{shown}” is not in the dictionary");
                    Err(FieldProblem::new(self.name(), "mapping.unlisted", message))
                }
            }
        };
        match value {
            Value::List(list) => {
                let mut found = Vec::with_capacity(list.len());
                for value in &list {
                    found.extend(one(value)?);
                }
                Ok(Some(Value::List(found)))
            }
            single => one(&single),
        }
    }

    fn references(&self, value: Option<&Value>) -> Vec<Reference> {
        let mut all: BTreeSet<String> = BTreeSet::new();
        for value in value.map(Value::elements).unwrap_or_default() {
            let text = match value {
                Value::Text(text) => text.trim().to_owned(),
                Value::Integer(number) => number.to_string(),
                _ => continue,
            };
            if !text.is_empty() {
                all.insert(text);
            }
        }
        let reference = self.mapping.reference.clone().unwrap_or(ReferenceBy::Identifier);
        all.into_iter()
            .map(|text| Reference {
                kinds: self.kinds.clone(),
                identifier: reference == ReferenceBy::Identifier,
                by: match &reference {
                    ReferenceBy::Attribute(name) => Some(name.clone()),
                    _ => None,
                },
                text,
            })
            .collect()
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.trim().is_empty(),
        Value::List(list) => list.is_empty(),
        _ => false,
    }
}

/// The value in the type of the attribute: sources mostly speak in texts.
fn typed(
    definition: &AttributeDefinition,
    value: Value,
) -> Result<Option<Value>, iam_core::rules::ValueProblem> {
    match value {
        Value::Text(text) if !definition.multiple => from_text(definition, text.trim()),
        // A source that has several values where there is room for one: the first in order counts.
        Value::List(list) if !definition.multiple => match list.into_iter().next() {
            Some(first) => typed(definition, first),
            None => Ok(None),
        },
        Value::List(list) => {
            let mut all = Vec::with_capacity(list.len());
            let single = AttributeDefinition {
                multiple: false,
                ..definition.clone()
            };
            for value in list {
                all.extend(typed(&single, value)?);
            }
            canonical(definition, Value::List(all))
        }
        Value::Integer(number) if is_text(definition) => from_text(definition, &number.to_string()),
        other => canonical(definition, other),
    }
}

fn is_text(definition: &AttributeDefinition) -> bool {
    use iam_core::model::AttributeType as T;
    matches!(definition.value_type, T::Text | T::Email | T::Phone)
}
