//! Nobody grants what they do not hold: who gains by a plan, and whether the actor holds it.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    authority::{Authority, Mode, Origin, Rule, Scope},
    decide::{Ability, Target},
    guard::{Check, Gain, Refusal, is_caused},
    names::Actions,
    world::{Ask, Number, World},
};
use crate::{
    model::{EntityId, Kind, Record, Relation},
    plan::Change,
};

/// Roles and groups whose condition is changed: whoever it selects now gains all that they give.
pub(super) fn selecting(changes: &[Change]) -> BTreeSet<EntityId> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Record {
                before,
                after: Some(after),
                cause,
                ..
            } if is_caused(*cause) && matches!(after.id.kind, Kind::Role | Kind::Group) => {
                let differs =
                    |name: &str| before.as_ref().and_then(|before| before.value(name)) != after.value(name);
                (after.value("condition").is_some() && (differs("condition") || differs("condition_kind")))
                    .then_some(after.id)
            }
            _ => None,
        })
        .collect()
}

/// Who may gain by changes: whoever an edge starts at that leads to rights, whoever changes its place, and roles.
pub(super) fn gaining(changes: &[Change], actor: EntityId) -> BTreeSet<EntityId> {
    changes
        .iter()
        .filter_map(|change| {
            let (id, leads, cause) = match change {
                Change::Edge { before, after, cause } => {
                    let key = after.as_ref().or(before.as_ref())?.key;
                    let leads = matches!(
                        key.relation,
                        Relation::MemberOf
                            | Relation::InGroup
                            | Relation::Holds
                            | Relation::HasRole
                            | Relation::IncludesRole
                            | Relation::Owns
                            | Relation::Administers
                            | Relation::Deputizes
                    );
                    (key.from, leads, *cause)
                }
                Change::Record {
                    before, after, cause, ..
                } => {
                    let id = after.as_ref().or(before.as_ref())?.id;
                    let leads = match id.kind {
                        Kind::User => {
                            let of = |record: &Option<Arc<Record>>| {
                                record.as_ref().and_then(|record| record.reference("user_type"))
                            };
                            of(before) != of(after)
                        }
                        Kind::Organization | Kind::Role => after.is_some(),
                        _ => false,
                    };
                    (id, leads, *cause)
                }
            };
            // One's own gain counts whatever brought it about.
            (leads && (is_caused(cause) || id == actor)).then_some(id)
        })
        .collect()
}

impl Check<'_> {
    /// Nobody gains what the actor does not hold; losing a denial is a gain.
    pub(super) fn gains(
        &mut self,
        world: &World,
        id: EntityId,
        number: Number,
        before: Option<&Authority>,
        ask: &Ask,
    ) {
        let after = world.authority(number, self.now, Mode::Ever, ask);
        let none = Vec::new();
        let (old, new) = (before.map_or(&none, |before| &before.rules), &after.rules);
        let same = |a: &Rule, b: &Rule| {
            a.origin == b.origin
                && a.scope == b.scope
                && a.kind == b.kind
                && a.actions == b.actions
                && a.target == b.target
                && a.attributes == b.attributes
                && a.deny == b.deny
        };
        let gained = new
            .iter()
            .filter(|rule| !rule.deny && !old.iter().any(|other| same(rule, other)));
        let freed = old
            .iter()
            .filter(|rule| rule.deny && !new.iter().any(|other| same(rule, other)));
        for rule in gained.chain(freed) {
            if rule.origin != Origin::Itself && !self.covers(world, rule, ask) {
                self.refusals.insert(Refusal::Gain(Gain {
                    subject: id,
                    role: match rule.origin {
                        Origin::Role(role, _) => Some(world.id(role)),
                        _ => None,
                    },
                }));
            }
        }
    }

    /// Whether the actor holds everything that a rule gives.
    fn covers(&self, world: &World, rule: &Rule, ask: &Ask) -> bool {
        if let Origin::Role(role, _) = rule.origin {
            let target = Target::Node(role);
            let ability = Ability {
                kind: world.ability("role", "view").kind,
                action: world.builtin.grant_any,
                implied_by: u16::MAX,
            };
            let said = self.authority.rules.iter().any(|rule| {
                !rule.deny && rule.is_about(ability) && world.reaches(rule, target, self.now, ask)
            });
            if said
                && world
                    .decide(&self.authority, ability, target, self.now, ask)
                    .is_allowed()
            {
                return true;
            }
            // Nobody gives a role of the own or a higher level.
            let level = world
                .node(role)
                .and_then(|node| node.role.as_ref())
                .map_or(0, |role| role.level);
            if level > 0
                && level >= self.authority.level
                && world.id(role) != self.actor
                && !world.outranks(&self.authority, ability.kind, target, self.now, ask)
            {
                return false;
            }
        }
        let overlap = |other: &&Rule| {
            other.deny
                && (other.kind.is_none() || rule.kind.is_none() || other.kind == rule.kind)
                && match (other.actions.numbers(), rule.actions.numbers()) {
                    (Some(mine), Some(theirs)) => theirs.iter().any(|action| mine.contains(action)),
                    _ => true,
                }
        };
        // What is denied to the actor is not the actor's to give.
        if self.authority.rules.iter().any(|other| overlap(&other)) {
            return false;
        }
        let holds = |action: Option<u16>| {
            let implied = action
                .and_then(|action| super::table::implied_by(world.names.name(action)))
                .and_then(|name| world.names.find(name));
            self.authority.rules.iter().any(|mine| {
                !mine.deny
                    && (mine.kind.is_none() || mine.kind == rule.kind)
                    && match action {
                        None => mine.actions == Actions::All,
                        Some(action) => {
                            mine.actions.contains(action)
                                || implied.is_some_and(|action| mine.actions.contains(action))
                        }
                    }
                    && (mine.target.is_none() || mine.target == rule.target)
                    && mine.attributes.cover(&rule.attributes)
                    && match (&mine.scope, &rule.scope) {
                        (Scope::Realm, _) => true,
                        (Scope::Within(wide), Scope::Within(narrow)) => narrow
                            .iter()
                            .all(|one| world.is_within(*one, wide, self.now, ask)),
                        (mine, theirs) => mine == theirs,
                    }
            })
        };
        match rule.actions.numbers() {
            None => holds(None),
            Some(actions) => actions.into_iter().all(|action| holds(Some(action))),
        }
    }
}
