//! From an object of a source to the values it asks for.

use std::collections::{BTreeMap, BTreeSet};

use iam_core::{
    model::{
        AttributeDefinition, AttributeMapping, Kind, KindRules, MapFrom, Moment, ReferenceBy, Strength,
        SyncKind, Unlisted, Value, fold,
    },
    plan::Schema,
    port::SourceObject,
    rules::{canonical, from_text},
    wire::{Code, FieldProblem, Problem},
};
use serde::{Deserialize, Serialize};

use super::{
    expression::{Expression, Scope},
    key,
};

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

enum From {
    Attribute(String),
    Constant(Value),
    Expression(Expression),
}

struct Field {
    mapping: AttributeMapping,
    from: From,
    condition: Option<Expression>,
    /// The definition of an attribute of the record; `None` for what only this crate knows.
    definition: Option<AttributeDefinition>,
    /// What a reference may name.
    kinds: Vec<SyncKind>,
    dictionary: BTreeMap<String, Value>,
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
        let text = serde_json::to_vec(&(kind, &rules.mappings, &rules.qualifies)).map_err(|error| {
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
        mapped.digest = self.digest(object, &mapped);
        mapped
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

/// An attribute of an object; letter case does not count.
fn attribute_of<'o>(object: &'o SourceObject, name: &str) -> Option<&'o Value> {
    object.attributes.get(name).or_else(|| {
        object
            .attributes
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    })
}

fn field(
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
    fn finish(&self, value: Option<Value>) -> Result<Wanted, FieldProblem> {
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

#[cfg(test)]
mod tests {
    use iam_core::model::RealmId;

    use super::*;

    fn mapper(mappings: Vec<AttributeMapping>) -> Result<Mapper, Problem> {
        let rules = KindRules {
            mappings,
            ..KindRules::default()
        };
        let schema = Schema::empty(RealmId(uuid::Uuid::nil()));
        Mapper::new(
            &schema,
            SyncKind::User,
            &rules,
            "2026-11-21T08:00:00Z".parse().unwrap(),
        )
    }

    /// S0-138
    #[test]
    fn attributes_constants_defaults_and_conditions() {
        let mapper = mapper(vec![
            AttributeMapping::attribute("SN", "last_name"),
            AttributeMapping::constant("Vienna", "city"),
            AttributeMapping::attribute("title", "job").or("employee"),
            AttributeMapping::attribute("room", "location").when("source.active == 'yes'"),
            AttributeMapping::attribute("mgr", "manager").by(ReferenceBy::Name),
            AttributeMapping::attribute("orgs", "organizations").split("|"),
            AttributeMapping::attribute("boss", "privileged"),
        ])
        .unwrap();
        let mapped = mapper.map(
            &SourceObject::new("1")
                .with("sn", " Lovelace ")
                .with("room", "7")
                .with("active", "no")
                .with("mgr", "cn=x")
                .with("orgs", "b|a | b")
                .with("boss", "TRUE"),
        );
        assert_eq!(mapped.problems, []);
        assert_eq!(mapped.text("last_name"), Some("Lovelace"));
        assert_eq!(mapped.text("city"), Some("Vienna"));
        assert_eq!(mapped.text("job"), Some("employee"));
        assert_eq!(mapped.value("privileged"), Some(&Value::Boolean(true)));
        assert!(!mapped.values.contains_key("location"), "the condition is false");
        let Some((_, Wanted::References(organizations))) = mapped.values.get("organizations") else {
            panic!("references");
        };
        let texts: Vec<&str> = organizations
            .iter()
            .map(|reference| reference.text.as_str())
            .collect();
        assert_eq!(texts, ["a", "b"]);
    }

    /// S0-139
    #[test]
    fn enumerated_values_go_through_the_dictionary() {
        let status = || {
            AttributeMapping::attribute("state", "administrative_status")
                .dictionary([("Active", "enabled"), ("Left", "disabled")])
        };
        let refuses = mapper(vec![status()]).unwrap();
        assert_eq!(
            refuses
                .map(&SourceObject::new("1").with("state", "LEFT"))
                .text("administrative_status"),
            Some("disabled")
        );
        let wrong = refuses.map(&SourceObject::new("1").with("state", "asleep"));
        assert_eq!(wrong.problems[0].code, "mapping.unlisted");
        let drops = mapper(vec![AttributeMapping {
            unlisted: Unlisted::Drop,
            ..status()
        }])
        .unwrap();
        assert_eq!(
            drops
                .map(&SourceObject::new("1").with("state", "asleep"))
                .problems,
            []
        );
    }

    /// S0-125
    #[test]
    fn the_digest_knows_the_mapped_values_and_the_rules_and_nothing_else() {
        let first = mapper(vec![AttributeMapping::attribute("sn", "last_name")]).unwrap();
        let object = SourceObject::new("1").with("sn", "A").with("badge", "1");
        let same = SourceObject::new("1").with("sn", "A").with("badge", "2");
        assert_eq!(first.map(&object).digest, first.map(&same).digest);
        assert_ne!(
            first.map(&object).digest,
            first.map(&SourceObject::new("1").with("sn", "B")).digest
        );
        let other = mapper(vec![
            AttributeMapping::attribute("sn", "last_name").strength(Strength::Strong),
        ])
        .unwrap();
        assert_ne!(first.map(&object).digest, other.map(&object).digest);
    }

    #[test]
    fn every_wrong_mapping_is_named_before_anything_is_read() {
        let problem = mapper(vec![
            AttributeMapping::attribute("x", "no_such"),
            AttributeMapping::expression("source.a +", "city"),
        ])
        .unwrap_err();
        let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["no_such", "city"]);
    }
}
