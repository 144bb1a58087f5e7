//! What a role allows and denies, compiled.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    condition::{Near, Selection},
    names::{Actions, Names},
};
use crate::{
    model::{Record, Relation, Value},
    plan::Schema,
    rules::{AttributeAccess, Privilege, PrivilegeEffect, STANDARD_ACTIONS},
};

/// What may be done with each attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AttributeRights {
    /// With those that are not named.
    pub others: AttributeAccess,
    /// With these.
    pub named: BTreeMap<String, AttributeAccess>,
}

impl AttributeRights {
    /// Without a word: read-only (S2-36).
    pub(super) fn of(attributes: &BTreeMap<String, AttributeAccess>) -> AttributeRights {
        let mut named = attributes.clone();
        AttributeRights {
            others: named.remove("*").unwrap_or_default(),
            named,
        }
    }

    pub(super) fn all(access: AttributeAccess) -> AttributeRights {
        AttributeRights {
            others: access,
            named: BTreeMap::new(),
        }
    }

    pub(super) fn access(&self, attribute: &str) -> AttributeAccess {
        self.named.get(attribute).copied().unwrap_or(self.others)
    }

    /// Whether these give at least what others give.
    pub(super) fn cover(&self, other: &AttributeRights) -> bool {
        self.others >= other.others
            && self
                .named
                .keys()
                .chain(other.named.keys())
                .all(|name| self.access(name) >= other.access(name))
    }
}

/// One privilege of a role.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RoleRule {
    /// Its place in the role.
    pub place: usize,
    /// The kind; `None` is every kind.
    pub kind: Option<u16>,
    pub actions: Actions,
    pub deny: bool,
    pub attributes: Arc<AttributeRights>,
    /// A deny that names attributes takes these away and nothing else.
    pub caps: bool,
    pub target: Option<Arc<Selection>>,
    pub holder: Option<Arc<Selection>>,
}

/// A role, compiled.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RoleRules {
    pub name: String,
    pub level: i64,
    pub rules: Vec<RoleRule>,
    /// Privileges that could not be compiled and why; such an allowance gives nothing, such a denial denies everywhere.
    pub broken: Vec<(usize, String)>,
}

impl RoleRules {
    pub(super) fn compile(record: &Record, schema: &Schema, names: &mut Names) -> RoleRules {
        let mut rules = Vec::new();
        let mut broken = Vec::new();
        let privileges = match record.text("role_type") {
            // Provisioning roles authorize nothing here (S2-16, S2-18).
            "external" => Vec::new(),
            _ => Privilege::of(record),
        };
        // S2-41: where a role has a target filter for a kind, its plain options for that kind do not count.
        let filtered: BTreeSet<&str> = privileges
            .iter()
            .filter(|privilege| privilege.effect == PrivilegeEffect::Allow && privilege.target.is_some())
            .map(|privilege| privilege.kind.as_str())
            .collect();
        for (place, privilege) in privileges.iter().enumerate() {
            let deny = privilege.effect == PrivilegeEffect::Deny;
            let plain = privilege.target.is_none() && !deny && filtered.contains(privilege.kind.as_str());
            let actions = match privilege.actions.contains("*") {
                true if !plain => Actions::All,
                _ => Actions::of(
                    privilege
                        .actions
                        .iter()
                        .filter(|action| {
                            !plain || (*action != "*" && !STANDARD_ACTIONS.contains(&action.as_str()))
                        })
                        .map(|action| names.number(action)),
                ),
            };
            if actions.numbers().is_some_and(|numbers| numbers.is_empty()) {
                continue;
            }
            let mut compile = |filter: &Option<crate::query::Filter>, kind: &str| match filter {
                None => Ok(None),
                Some(filter) => Selection::compile(filter, kind, schema, names).map(|it| Some(Arc::new(it))),
            };
            let (target, holder) = match (
                compile(&privilege.target, &privilege.kind),
                compile(&privilege.holder, "user"),
            ) {
                (Ok(target), Ok(holder)) => (target, holder),
                (Err(problem), _) | (_, Err(problem)) => {
                    broken.push((place, problem.message));
                    if !deny {
                        continue;
                    }
                    (None, None)
                }
            };
            let kind = (privilege.kind != "*").then(|| names.number(&privilege.kind));
            rules.push(RoleRule {
                place,
                kind,
                actions,
                deny,
                caps: deny && !privilege.attributes.is_empty(),
                attributes: Arc::new(AttributeRights::of(&privilege.attributes)),
                target,
                holder,
            });
        }
        RoleRules {
            name: record.text("name").to_owned(),
            level: record
                .value("level")
                .and_then(Value::as_integer)
                .unwrap_or_default(),
            rules,
            broken,
        }
    }

    /// The attributes and the relations that the conditions read.
    pub(super) fn reads(&self) -> (BTreeSet<String>, BTreeSet<Relation>) {
        let mut attributes = BTreeSet::new();
        let mut relations = BTreeSet::new();
        for selection in self
            .rules
            .iter()
            .flat_map(|rule| rule.target.iter().chain(&rule.holder))
        {
            attributes.extend(selection.reads.iter().cloned());
            relations.extend(selection.nears.iter().filter_map(|near| match near {
                Near::Manager => Some(Relation::ReportsTo),
                Near::Leads => Some(Relation::Leads),
                Near::UsedBy => Some(Relation::UsedBy),
                _ => None,
            }));
        }
        (attributes, relations)
    }
}
