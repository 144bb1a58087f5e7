//! Custom attributes (S3-78 … S3-86).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Decide, form::know, nullable, profile, provenance, schema_epoch::touch_schema};
use crate::{
    model::{
        AttributeDefinition, AttributeId, AttributeType, EditableBy, EntityId, Kind, Record, Source, Value,
        fold,
    },
    plan::{Cause, ClaimKey, Draft, Needs, Schema, Stop},
    rules::check_definition,
    wire::{Code, FieldProblem, Problem},
};

/// The kinds that can have custom attributes. Types, templates and realms have none (S0-71, S0-100).
const EXTENSIBLE: [Kind; 5] = [
    Kind::User,
    Kind::Device,
    Kind::Organization,
    Kind::Position,
    Kind::Group,
];

/// Declares an attribute of a kind (S3-78). Whether it can be searched, whether it is unique, its type and whether it
/// holds several values are decided here and stay.
///
/// ```
/// use iam_core::command::DefineAttribute;
///
/// let command: DefineAttribute = serde_json::from_str(
///     r#"{"kind": "user", "name": "cost_center", "label": "Cost center", "type": "text", "pattern": "[A-Z]{2}\\d+"}"#,
/// )?;
/// assert!(!command.required);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefineAttribute {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<AttributeId>,
    /// The kind of record that carries it.
    pub kind: Kind,
    /// The stable name (S3-79, S3-80).
    pub name: String,
    /// The name people see (S3-81, S3-82).
    pub label: String,
    /// The type of a single value.
    #[serde(rename = "type")]
    pub value_type: AttributeType,
    /// Several values allowed.
    #[serde(default)]
    pub multiple: bool,
    /// Code points at most (S3-83, S3-84).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_length: Option<u32>,
    /// The whole text must match (S3-85, S3-86).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The values allowed, when not any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Value>,
    /// Must be set.
    #[serde(default)]
    pub required: bool,
    /// No two live records share the folded value.
    #[serde(default)]
    pub unique: bool,
    /// Filters and sorts may name it.
    #[serde(default)]
    pub searchable: bool,
    /// Personal data.
    #[serde(default)]
    pub personal: bool,
    /// Filled in at creation when nothing else gives a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
}

/// Changes a custom attribute. New limits hold for what is written from then on; what is stored stays as it is. Type,
/// number of values, uniqueness and searchability cannot change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateAttribute {
    /// The kind of record that carries it.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// The new label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The new maximum length; `null` for the default.
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    pub maximum_length: Option<Option<u32>>,
    /// The new pattern; `null` for none.
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    pub pattern: Option<Option<String>>,
    /// The new list of allowed values; empty for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Vec<Value>>,
    /// Whether it must be set from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether it is personal data. What was journaled before stays as it was journaled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<bool>,
    /// The new default; `null` for none.
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    pub default: Option<Option<Value>>,
    /// Cannot change; may be given when it is what it was.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub value_type: Option<AttributeType>,
    /// Cannot change; may be given when it is what it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiple: Option<bool>,
    /// Cannot change; may be given when it is what it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unique: Option<bool>,
    /// Cannot change; may be given when it is what it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub searchable: Option<bool>,
}

/// Removes a custom attribute that no form, template or setting names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveAttribute {
    /// The kind of record that carries it.
    pub kind: Kind,
    /// Its name.
    pub name: String,
}

impl DefineAttribute {
    fn definition(&self) -> AttributeDefinition {
        AttributeDefinition {
            kind: self.kind,
            name: self.name.clone(),
            label: self.label.clone(),
            value_type: self.value_type,
            multiple: self.multiple,
            maximum_length: self.maximum_length,
            pattern: self.pattern.clone(),
            allowed: self.allowed.clone(),
            required: self.required,
            unique: self.unique,
            searchable: self.searchable,
            personal: self.personal,
            secret: false,
            editable: EditableBy::Update,
            source: Source::Custom,
            default: self.default.clone(),
            derived: false,
        }
    }
}

/// The unique name under which the definition is kept; letter case does not matter.
fn claim(kind: Kind, name: &str) -> ClaimKey {
    ClaimKey {
        kind: Kind::Attribute,
        attribute: "name".into(),
        key: fold(&format!("{kind}.{name}")).into(),
    }
}

impl Decide for DefineAttribute {
    fn needs(&self, needs: &mut Needs) {
        needs.claims.insert(claim(self.kind, &self.name));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        know(draft, self.id.map(EntityId::from))?;
        if !EXTENSIBLE.contains(&self.kind) {
            let message = format!("{} has no attributes of its own making", self.kind.with_article());
            return profile::refuse(vec![FieldProblem::new("kind", "value.not_allowed", message)]);
        }
        let definition = self.definition();
        check(&definition)?;
        let id = provenance::new_id(draft, Kind::Attribute, self.id)?;
        let mut record = Record::new(id);
        record.set("name", Some(format!("{}.{}", self.kind, self.name).into()));
        record.set("definition", Some(stored(&definition)));
        draft.subject(id);
        draft.put(record, Cause::Requested)?;
        touch_schema(draft)?;
        draft.event("attribute.defined", id, [("kind", self.kind.name().into())]);
        Ok(())
    }
}

impl Decide for UpdateAttribute {
    fn needs(&self, needs: &mut Needs) {
        needs.claims.insert(claim(self.kind, &self.name));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let (mut record, mut definition) = find(draft, self.kind, &self.name)?;
        let mut problems = Vec::new();
        for (field, changes, hint) in [
            (
                "type",
                self.value_type.is_some_and(|new| new != definition.value_type),
                "values of the old type may be stored; define another attribute",
            ),
            (
                "multiple",
                self.multiple.is_some_and(|new| new != definition.multiple),
                "values of the old form may be stored; define another attribute",
            ),
            (
                "unique",
                self.unique.is_some_and(|new| new != definition.unique),
                "is decided when the attribute is defined; the realm's setting `unique` adds it later",
            ),
            (
                "searchable",
                self.searchable.is_some_and(|new| new != definition.searchable),
                "is decided when the attribute is defined; the realm's setting `not_searched` takes it away",
            ),
        ] {
            if changes {
                problems.push(FieldProblem::new(
                    field,
                    "attribute.fixed",
                    format!("cannot change: {hint}"),
                ));
            }
        }
        profile::refuse(problems)?;
        let before = definition.clone();
        if let Some(label) = &self.label {
            definition.label.clone_from(label);
        }
        if let Some(maximum_length) = self.maximum_length {
            definition.maximum_length = maximum_length;
        }
        if let Some(pattern) = &self.pattern {
            definition.pattern.clone_from(pattern);
        }
        if let Some(allowed) = &self.allowed {
            definition.allowed.clone_from(allowed);
        }
        if let Some(default) = &self.default {
            definition.default.clone_from(default);
        }
        definition.required = self.required.unwrap_or(definition.required);
        definition.personal = self.personal.unwrap_or(definition.personal);
        check(&definition)?;
        let id = record.id;
        record.set("definition", Some(stored(&definition)));
        draft.subject(id);
        if draft.put(record, Cause::Requested)? {
            touch_schema(draft)?;
            draft.event("attribute.updated", id, []);
            let limits = |d: &AttributeDefinition| {
                (d.maximum_length, d.pattern.clone(), d.allowed.clone(), d.required)
            };
            if limits(&before) != limits(&definition) {
                draft.remark(
                    "the new limits hold for what is written from now on; stored values stay as they are",
                );
            }
            if before.personal != definition.personal {
                draft.remark("the history written before stays as it was written");
            }
        }
        Ok(())
    }
}

impl Decide for RemoveAttribute {
    fn needs(&self, needs: &mut Needs) {
        needs.claims.insert(claim(self.kind, &self.name));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let (record, definition) = find(draft, self.kind, &self.name)?;
        let users = named_by(draft.schema, &definition);
        if !users.is_empty() {
            let message = format!("the attribute is named in {} places", users.len());
            return Err(Problem::new(Code::InUse, message)
                .about(record.id)
                .with_details(users)
                .into());
        }
        draft.subject(record.id);
        draft.remove(record.id, Cause::Requested)?;
        touch_schema(draft)?;
        let path = format!("{}.{}", definition.kind, definition.name);
        draft.event(
            "attribute.removed",
            record.id,
            [("attribute", path.as_str().into())],
        );
        draft.effect("schema.reindex", draft.schema.realm, [("attribute", path.into())]);
        draft.remark("values that records have are not shown any more");
        Ok(())
    }
}

/// The record of a definition, by kind and name.
fn find(draft: &mut Draft<'_>, kind: Kind, name: &str) -> Result<(Record, AttributeDefinition), Stop> {
    let missing = || {
        let message = format!(
            "there is no custom attribute of {} with this name",
            kind.with_article()
        );
        Stop::from(Problem::new(Code::NotFound, message))
    };
    let id = draft.holder(&claim(kind, name))?.ok_or_else(missing)?;
    know(draft, Some(id))?;
    let record = (*draft.live(id)?).clone();
    let definition = record
        .value("definition")
        .and_then(|value| serde_json::to_value(value).ok())
        .and_then(|value| crate::model::from_json(value).ok())
        .ok_or_else(|| Problem::new(Code::Corrupt, "the definition cannot be read").about(id))?;
    Ok((record, definition))
}

fn check(definition: &AttributeDefinition) -> Result<(), Stop> {
    profile::refuse(
        check_definition(definition)
            .into_iter()
            .map(|(field, problem)| FieldProblem::new(field, problem.code, problem.message))
            .collect(),
    )
}

/// The definition as a value; what is not set is left out.
fn stored(definition: &AttributeDefinition) -> Value {
    let fields = match serde_json::to_value(definition) {
        Ok(Json::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let fields: BTreeMap<String, Value> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .filter_map(|(name, value)| Some((name, crate::model::from_json(value).ok()?)))
        .collect();
    Value::Object(fields)
}

/// Where an attribute is named: forms of types, templates, settings.
fn named_by(schema: &Schema, definition: &AttributeDefinition) -> Vec<String> {
    let name = definition.name.as_str();
    let mut found = Vec::new();
    let types = match definition.kind {
        Kind::User => Some(Kind::UserType),
        Kind::Organization => Some(Kind::OrganizationType),
        _ => None,
    };
    for record in types.into_iter().flat_map(|kind| schema.records(kind)) {
        if schema.form(record.id).iter().any(|field| field.attribute == name) {
            found.push(format!("form of {}", record.id));
        }
    }
    if definition.kind == Kind::User {
        for record in schema.records(Kind::Template) {
            if matches!(record.value("values"), Some(Value::Object(values)) if values.contains_key(name)) {
                found.push(format!("values of {}", record.id));
            }
        }
    }
    let reading = schema
        .rules()
        .filter(|(_, rule)| rule.selects == definition.kind && rule.reads.contains(name));
    found.extend(reading.map(|(_, rule)| format!("condition of {}", rule.owner)));
    let settings = &schema.settings;
    let path = format!("{}.{name}", definition.kind);
    let displayed = settings
        .displayed
        .get(definition.kind.name())
        .is_some_and(|names| names.iter().any(|shown| shown == name));
    for (setting, named) in [
        ("unique", settings.unique.contains(&path)),
        ("not_searched", settings.not_searched.contains(&path)),
        (
            "required",
            definition.kind == Kind::User && settings.required.contains(name),
        ),
        ("displayed", displayed),
        (
            "position_form",
            definition.kind == Kind::Position
                && settings.position_form.iter().any(|field| field.attribute == name),
        ),
    ] {
        if named {
            found.push(format!("settings.{setting}"));
        }
    }
    found
}
