//! Target filters and holder conditions, compiled for evaluation on the decision data.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Names;
use crate::{
    model::{AttributeDefinition, AttributeType, EditableBy, EntityId, Kind, Source, Value},
    plan::Schema,
    query::Filter,
    search::{Checked, FilterProblem, Limits, Predicate, Test, check},
    wire::Problem,
};

/// What a record is connected with, as a filter may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Near {
    Organizations,
    Within,
    Groups,
    Manager,
    Positions,
    Leads,
    UsedBy,
    Roles,
    Owns,
    Administers,
    Deputizes,
}

impl Near {
    pub(super) fn of(attribute: &str) -> Option<Near> {
        Some(match attribute {
            "organizations" => Near::Organizations,
            "within_organization" => Near::Within,
            "groups" => Near::Groups,
            "manager" => Near::Manager,
            "positions" => Near::Positions,
            "leads" => Near::Leads,
            "used_by" => Near::UsedBy,
            "roles" => Near::Roles,
            "owns" => Near::Owns,
            "administers" => Near::Administers,
            "deputizes" => Near::Deputizes,
            _ => return None,
        })
    }
}

/// A condition over a node or a resource.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    All,
    None,
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    /// A stored attribute's key passes a test.
    Key {
        attribute: u16,
        test: Test,
    },
    /// The record is one of these.
    Is(BTreeSet<EntityId>),
    /// It is connected with one of these.
    Near {
        near: Near,
        ids: BTreeSet<EntityId>,
    },
    /// It is connected with anything.
    HasAny(Near),
}

/// A filter in every form in which it is needed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Selection {
    /// As it was written.
    pub predicate: Predicate,
    /// As a storage reads it.
    pub checked: Checked,
    /// As decisions read it.
    pub condition: Condition,
    /// The stored attributes that it reads.
    pub reads: BTreeSet<String>,
    /// The connections that it reads.
    pub nears: BTreeSet<Near>,
}

impl Selection {
    /// Compiles a filter over records of a kind, or over resources of the host.
    pub(super) fn compile(
        filter: &Filter,
        kind: &str,
        schema: &Schema,
        names: &mut Names,
    ) -> Result<Selection, Problem> {
        let limits = Limits::default();
        let own = Kind::from_name(kind);
        let predicate = filter.predicate(own.unwrap_or(Kind::User), &limits)?;
        let checked = match own {
            Some(kind) => check(&predicate, &|name| schema.attribute(kind, name), &limits)?,
            None => check_open(&predicate, &limits)?,
        };
        let mut selection = Selection {
            condition: Condition::All,
            reads: BTreeSet::new(),
            nears: BTreeSet::new(),
            predicate,
            checked,
        };
        let checked = std::mem::replace(&mut selection.checked, Checked::All);
        selection.condition = selection.condition(&checked, names);
        selection.checked = checked;
        Ok(selection)
    }

    fn condition(&mut self, checked: &Checked, names: &mut Names) -> Condition {
        let mut list = |items: &[Checked]| {
            items
                .iter()
                .map(|item| self.condition(item, names))
                .collect::<Vec<_>>()
        };
        match checked {
            Checked::All => Condition::All,
            Checked::None => Condition::None,
            Checked::And(items) => Condition::And(list(items)),
            Checked::Or(items) => Condition::Or(list(items)),
            Checked::Not(inner) => Condition::Not(Box::new(self.condition(inner, names))),
            Checked::Leaf { attribute, test, .. } => {
                let ids = || -> BTreeSet<EntityId> {
                    match test {
                        Test::Equals(id) => id.parse().into_iter().collect(),
                        Test::OneOf(ids) => ids.iter().filter_map(|id| id.parse().ok()).collect(),
                        _ => BTreeSet::new(),
                    }
                };
                if attribute == "id" {
                    return match test {
                        Test::Present => Condition::All,
                        _ => Condition::Is(ids()),
                    };
                }
                match Near::of(attribute) {
                    Some(near) => {
                        self.nears.insert(near);
                        match test {
                            Test::Present => Condition::HasAny(near),
                            _ => Condition::Near { near, ids: ids() },
                        }
                    }
                    None => {
                        self.reads.insert(attribute.clone());
                        Condition::Key {
                            attribute: names.number(attribute),
                            test: test.clone(),
                        }
                    }
                }
            }
        }
    }
}

/// Types a predicate over resources of the host: an attribute is of the type of the first value it is compared with.
fn check_open(predicate: &Predicate, limits: &Limits) -> Result<Checked, FilterProblem> {
    let mut types = BTreeMap::new();
    collect(predicate, &mut types, 0);
    let definitions: BTreeMap<String, AttributeDefinition> = types
        .into_iter()
        .map(|(name, value_type)| (name.clone(), definition(name, value_type)))
        .collect();
    check(predicate, &|name| definitions.get(name), limits)
}

fn definition(name: String, value_type: AttributeType) -> AttributeDefinition {
    AttributeDefinition {
        kind: Kind::User,
        label: name.clone(),
        derived: matches!(name.as_str(), "organizations" | "within_organization"),
        multiple: true,
        name,
        value_type,
        maximum_length: None,
        pattern: None,
        allowed: Vec::new(),
        required: false,
        unique: false,
        searchable: true,
        personal: false,
        editable: EditableBy::Update,
        source: Source::Custom,
        default: None,
        secret: false,
    }
}

fn collect(predicate: &Predicate, types: &mut BTreeMap<String, AttributeType>, depth: usize) {
    let mut note = |attribute: &String, value: Option<&Value>| {
        let value_type = match (attribute.as_str(), value) {
            ("organizations" | "within_organization", _) => AttributeType::Reference,
            (_, Some(Value::Boolean(_))) => AttributeType::Boolean,
            (_, Some(Value::Integer(_) | Value::Number(_))) => AttributeType::Number,
            _ => AttributeType::Text,
        };
        types.entry(attribute.clone()).or_insert(value_type);
    };
    if depth > 100 {
        return;
    }
    match predicate {
        Predicate::All | Predicate::None => {}
        Predicate::And(list) | Predicate::Or(list) => {
            list.iter().for_each(|item| collect(item, types, depth + 1));
        }
        Predicate::Not(inner) => collect(inner, types, depth + 1),
        Predicate::Compare { attribute, value, .. } => note(attribute, Some(value)),
        Predicate::In { attribute, values } => note(attribute, values.first()),
        Predicate::Present { attribute } => note(attribute, None),
    }
}
