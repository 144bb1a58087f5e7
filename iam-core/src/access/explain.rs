//! Why, and why not; and everything that somebody may do, with every path.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    ask::On,
    authority::{Authority, Mode, Origin, Rule, Scope},
    decide::{Ability, Target, Verdict},
    path::{PathStep, Unmet},
    role::RoleRule,
    world::{Ask, Missing, Number, World},
};
use crate::{
    model::{EntityId, Moment, Relation},
    rules::{AttributeAccess, PrivilegeEffect},
    search::Predicate,
};

/// Where a right comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum RightSource {
    /// A privilege of a role.
    Role {
        /// The role.
        role: EntityId,
        /// The privilege's place in the role, from 0.
        privilege: usize,
    },
    /// Owning an organization.
    Owner {
        /// The organization.
        organization: EntityId,
    },
    /// Administering an organization.
    Administrator {
        /// The organization.
        organization: EntityId,
    },
    /// Being the one whom the record is about.
    Itself,
}

/// One right of somebody, with the path on which it reaches them.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Right {
    /// Where it comes from.
    pub source: RightSource,
    /// Gives or takes.
    pub effect: PrivilegeEffect,
    /// The kind; `*` for every kind.
    pub kind: String,
    /// The actions; `*` for every action.
    pub actions: BTreeSet<String>,
    /// What may be done with attributes; `*` for those that are not named.
    pub attributes: BTreeMap<String, AttributeAccess>,
    /// It acts within these organizations only; empty for everywhere.
    pub within: Vec<EntityId>,
    /// It acts on these records only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Value>")]
    pub target: Option<Predicate>,
    /// How it reaches the actor.
    pub path: Vec<PathStep>,
    /// What is missing for it to have effect; empty when it has.
    pub missing: Vec<Unmet>,
}

/// An answer with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Explanation {
    /// The decision.
    pub allowed: bool,
    /// Yes: every right that allows it. No by a denial: every right that denies it.
    pub because: Vec<Right>,
    /// No: what comes nearest to allowing it, the nearest first, each with the facts that are missing.
    pub nearest: Vec<Right>,
    /// No: facts about no right in particular: the actor is not active, no role gives it at all.
    pub facts: Vec<Unmet>,
    /// How many more rights come less near and are not listed.
    pub further: usize,
}

/// Somebody's membership in a group, a role that is held, an organization that is led.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Held {
    /// The role, group or organization.
    pub id: EntityId,
    /// Every way in which it reaches the user.
    pub paths: Vec<Vec<PathStep>>,
}

/// An account of somebody elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct AccountElsewhere {
    /// The record about it: an object of an identity source or target, or a link to a provider.
    pub id: EntityId,
    /// Where it is: the identifier of the source, or the name of the provider.
    pub at: String,
    /// How it is called there.
    pub name: String,
}

/// Everything that is linked to a user, in one view (S0-57).
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct EffectiveAccess {
    /// The user.
    pub user: EntityId,
    /// Whether the user takes part at all: not deleted, locked, disabled or outside of the validity.
    pub active: bool,
    /// The highest level among the roles.
    pub level: i64,
    /// The roles that have effect, with every path (S0-59).
    pub roles: Vec<Held>,
    /// All groups, direct and by way of organizations, positions and other groups (S0-60).
    pub groups: Vec<EntityId>,
    /// The organizations that the user leads (S0-63).
    pub leads: Vec<EntityId>,
    /// The organizations that the user owns.
    pub owns: Vec<EntityId>,
    /// The organizations that the user administers.
    pub administers: Vec<EntityId>,
    /// Every right, those without effect too, with what is missing (S0-5).
    pub rights: Vec<Right>,
    /// Accounts in connected applications (S0-58); empty in earlier states.
    pub applications: Vec<AccountElsewhere>,
    /// Accounts of operating systems (S0-62): those of sources that are enabled and active and whose connector is installed
    /// and says that it reads an operating system, unless the module `operating_systems` is off. Empty in earlier states.
    pub systems: Vec<AccountElsewhere>,
    /// Identities at other providers (S0-61); empty in earlier states.
    pub linked: Vec<AccountElsewhere>,
}

/// Rights listed as near misses.
const NEAREST: usize = 20;

impl World {
    pub(super) fn right(&self, rule: &Rule, more: Vec<Unmet>) -> Right {
        let number = |number: u16| self.names.name(number).to_owned();
        let mut attributes = rule.attributes.named.clone();
        attributes.insert("*".to_owned(), rule.attributes.others);
        Right {
            source: match rule.origin {
                Origin::Role(role, privilege) => RightSource::Role {
                    role: self.id(role),
                    privilege,
                },
                Origin::Owner(organization) => RightSource::Owner {
                    organization: self.id(organization),
                },
                Origin::Administrator(organization) => RightSource::Administrator {
                    organization: self.id(organization),
                },
                Origin::Itself => RightSource::Itself,
            },
            effect: match rule.deny {
                true => PrivilegeEffect::Deny,
                false => PrivilegeEffect::Allow,
            },
            kind: rule.kind.map_or_else(|| "*".to_owned(), number),
            actions: rule.actions.numbers().map_or_else(
                || BTreeSet::from(["*".to_owned()]),
                |numbers| numbers.into_iter().map(number).collect(),
            ),
            attributes,
            within: match &rule.scope {
                Scope::Within(organizations) => self.ids(organizations),
                _ => Vec::new(),
            },
            target: rule.target.as_ref().map(|selection| selection.predicate.clone()),
            path: rule.path.to_vec(),
            missing: rule.unmet.iter().cloned().chain(more).collect(),
        }
    }

    /// Why an actor may do something, or what is missing.
    pub(crate) fn explain(
        &self,
        actor: EntityId,
        action: &str,
        on: &On,
        now: Moment,
    ) -> Result<Explanation, Missing> {
        let ask = Ask::default();
        let now = now.micros();
        let mut explanation = Explanation {
            allowed: false,
            because: Vec::new(),
            nearest: Vec::new(),
            facts: Vec::new(),
            further: 0,
        };
        let Some((number, authority)) = self.actor(actor, now, &ask) else {
            return ask.answer(explanation);
        };
        let (kind, action) = on.ability(action);
        let ability = self.ability(kind, action);
        let verdict = self.verdict(&authority, ability, on, now, &ask);
        explanation.allowed = verdict.is_allowed();
        let placed = match on {
            On::Resource(resource) => Some(self.place(resource, &ask)),
            _ => None,
        };
        let target = match (on, &placed) {
            (On::Record(id), _) => match self.find(*id, &ask) {
                Some(number) if self.node(number).is_some_and(|node| node.exists) => Target::Node(number),
                _ => {
                    explanation.facts.push(Unmet::NoTarget { target: *id });
                    return ask.answer(explanation);
                }
            },
            (_, Some(placed)) => Target::Resource(placed),
            _ => Target::Any,
        };
        let denies = matches!(verdict, Verdict::Denied(_));
        if explanation.allowed || denies {
            explanation.because = authority
                .rules
                .iter()
                .filter(|rule| {
                    rule.deny == denies
                        && !rule.caps
                        && rule.is_about(ability)
                        && self.reaches(rule, target, now, &ask)
                        && (denies
                            || self
                                .hindrance(&authority, rule, ability, target, now, &ask)
                                .is_none())
                })
                .map(|rule| self.right(rule, Vec::new()))
                .collect();
            return ask.answer(explanation);
        }
        if !authority.active {
            explanation.facts.push(Unmet::Inactive { user: actor });
        }
        let all = self.authority(number, now, Mode::Explain, &ask);
        let mut near: Vec<Right> = all
            .rules
            .iter()
            .filter(|rule| !rule.deny && rule.is_about(ability))
            .map(|rule| {
                let mut more = self.short_of(rule, target, now, &ask);
                more.extend(self.hindrance(&authority, rule, ability, target, now, &ask));
                self.right(rule, more)
            })
            .collect();
        let held: BTreeSet<Origin> = all.rules.iter().map(|rule| rule.origin).collect();
        for (role, node) in self.roles() {
            let rules = node.role.iter().flat_map(|role| &role.rules);
            for rule in rules.filter(|rule| !rule.deny && !held.contains(&Origin::Role(role, rule.place))) {
                let rule = self.unheld(role, rule);
                if rule.is_about(ability) {
                    let more = self.short_of(&rule, target, now, &ask);
                    near.push(self.right(&rule, more));
                }
            }
        }
        near.sort_by_cached_key(|right| {
            let weight: u32 = right.missing.iter().map(weight).sum();
            (weight, right.source)
        });
        explanation.further = near.len().saturating_sub(NEAREST);
        near.truncate(NEAREST);
        if near.is_empty() {
            explanation.facts.push(Unmet::NoRole);
        }
        explanation.nearest = near;
        ask.answer(explanation)
    }

    /// What would be a rule if the role were held.
    pub(super) fn unheld(&self, role: Number, rule: &RoleRule) -> Rule {
        Rule {
            kind: rule.kind,
            actions: rule.actions.clone(),
            deny: rule.deny,
            caps: rule.caps,
            attributes: rule.attributes.clone(),
            scope: Scope::Realm,
            target: rule.target.clone(),
            origin: Origin::Role(role, rule.place),
            path: [].into(),
            unmet: [Unmet::Role { role: self.id(role) }].into(),
        }
    }

    /// What a target lacks to be reached by a rule.
    fn short_of(&self, rule: &Rule, target: Target<'_>, now: i64, ask: &Ask) -> Vec<Unmet> {
        let mut unmet = Vec::new();
        let whole = Rule {
            target: None,
            ..rule.clone()
        };
        if !self.reaches(&whole, target, now, ask) {
            unmet.push(match &rule.scope {
                Scope::Within(organizations) => Unmet::Outside {
                    organizations: self.ids(organizations),
                },
                _ => Unmet::NotSelf,
            });
        }
        let everywhere = Rule {
            scope: Scope::Realm,
            ..rule.clone()
        };
        if !self.reaches(&everywhere, target, now, ask)
            && let Origin::Role(role, privilege) = rule.origin
        {
            unmet.push(Unmet::Target {
                role: self.id(role),
                privilege,
            });
        }
        unmet
    }

    /// The level that keeps a rule from reaching a target.
    fn hindrance(
        &self,
        authority: &Authority,
        rule: &Rule,
        ability: Ability,
        target: Target<'_>,
        now: i64,
        ask: &Ask,
    ) -> Option<Unmet> {
        if !self.is_outranked(authority, rule, ability, target, now, ask) {
            return None;
        }
        let Target::Node(number) = target else { return None };
        let node = self.get(number, ask)?;
        let level = match &node.role {
            Some(role) => role.level,
            None => self.authority(number, now, Mode::At, ask).level,
        };
        Some(match rule.origin {
            Origin::Owner(organization) | Origin::Administrator(organization)
                if level < authority.level.max(1) =>
            {
                Unmet::SameRank {
                    organization: self.id(organization),
                }
            }
            _ => Unmet::Level {
                actor: authority.level,
                target: level,
            },
        })
    }

    /// Everything that is linked to somebody.
    pub(crate) fn effective(&self, user: EntityId, now: Moment) -> Result<Option<EffectiveAccess>, Missing> {
        let ask = Ask::default();
        let now = now.micros();
        let Some(number) = self.find(user, &ask) else {
            return ask.answer(None);
        };
        let Some(node) = self.node(number).filter(|node| node.exists) else {
            return ask.answer(None);
        };
        let all = self.authority(number, now, Mode::Explain, &ask);
        let has = |relation: Relation| -> Vec<EntityId> {
            let numbers: Vec<Number> = self.targets(node, relation, now, &ask).collect();
            self.ids(&numbers)
        };
        let mut roles: BTreeMap<EntityId, BTreeSet<Vec<PathStep>>> = BTreeMap::new();
        for rule in all.rules.iter().filter(|rule| rule.unmet.is_empty()) {
            if let Origin::Role(role, _) = rule.origin {
                roles.entry(self.id(role)).or_default().insert(rule.path.to_vec());
            }
        }
        for role in &all.roles {
            roles.entry(self.id(*role)).or_default();
        }
        for (role, path) in &all.held {
            roles.entry(self.id(*role)).or_default().insert(path.to_vec());
        }
        let groups: Vec<Number> = self.groups(node, now, &ask).into_iter().collect();
        let effective = EffectiveAccess {
            user,
            active: all.active,
            level: all.level,
            roles: roles
                .into_iter()
                .map(|(id, paths)| Held {
                    id,
                    paths: paths.into_iter().collect(),
                })
                .collect(),
            groups: self.ids(&groups),
            leads: Vec::new(),
            owns: has(Relation::Owns),
            administers: has(Relation::Administers),
            rights: all
                .rules
                .iter()
                .map(|rule| self.right(rule, Vec::new()))
                .collect(),
            applications: Vec::new(),
            systems: Vec::new(),
            linked: Vec::new(),
        };
        ask.answer(Some(effective))
    }
}

/// How far a fact is from being otherwise.
fn weight(unmet: &Unmet) -> u32 {
    match unmet {
        Unmet::Window { .. }
        | Unmet::Suspended { .. }
        | Unmet::RoleWindow { .. }
        | Unmet::Excluded { .. }
        | Unmet::Holder { .. }
        | Unmet::NotInherited { .. }
        | Unmet::Disabled { .. }
        | Unmet::SwitchedOff { .. }
        | Unmet::Attribute { .. }
        | Unmet::Inactive { .. } => 1,
        Unmet::Level { .. } | Unmet::SameRank { .. } => 2,
        Unmet::Outside { .. } | Unmet::Target { .. } | Unmet::NotSelf => 3,
        Unmet::Role { .. } => 4,
        Unmet::NoRole | Unmet::NoTarget { .. } => 9,
    }
}
