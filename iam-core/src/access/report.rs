//! Questions about many: rights side by side, roles that give something, what is wrong with roles.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ask::On,
    authority::Mode,
    explain::Right,
    names::Actions,
    role::RoleRule,
    world::{Ask, Missing, World},
};
use crate::{
    model::{EntityId, Moment},
    plan::Change,
    service::AccessFinding,
};

/// The rights of somebody before and after.
pub(crate) type Around = (Vec<Right>, Vec<Right>);

impl World {
    /// Asks the same about many; says everything that is missing at once.
    pub(crate) fn all_missing<T>(
        &self,
        ids: &[EntityId],
        question: impl Fn(EntityId) -> Result<T, Missing>,
    ) -> Result<Vec<T>, Missing> {
        let mut answers = Vec::with_capacity(ids.len());
        let mut missing = BTreeSet::new();
        for id in ids {
            match question(*id) {
                Ok(answer) => answers.push(answer),
                Err(Missing(more)) => missing.extend(more),
            }
        }
        match missing.is_empty() {
            true => Ok(answers),
            false => Err(Missing(missing)),
        }
    }

    /// The rights of a user that have effect.
    pub(crate) fn rights_of(&self, user: EntityId, now: Moment) -> Result<Vec<Right>, Missing> {
        let ask = Ask::default();
        let Some(number) = self.find(user, &ask) else {
            return ask.answer(Vec::new());
        };
        let authority = self.authority(number, now.micros(), Mode::At, &ask);
        let rights = match authority.active {
            true => authority
                .rules
                .iter()
                .map(|rule| self.right(rule, Vec::new()))
                .collect(),
            false => Vec::new(),
        };
        ask.answer(rights)
    }

    /// The rights of users before and after changes.
    pub(crate) fn rights_around(
        &mut self,
        users: &[EntityId],
        changes: &[Change],
        now: Moment,
    ) -> Result<Vec<Around>, Missing> {
        let ask = Ask::default();
        self.touched(changes, &ask);
        ask.answer(())?;
        let before = self.all_missing(users, |user| self.rights_of(user, now))?;
        let overlay = self.lay(changes);
        let after = self.all_missing(users, |user| self.rights_of(user, now));
        self.lift(overlay);
        Ok(before.into_iter().zip(after?).collect())
    }

    /// The roles that give an action, wherever it acts.
    pub(crate) fn roles_giving(&self, action: &str, on: &On) -> BTreeSet<EntityId> {
        let (kind, action) = on.ability(action);
        let ability = self.ability(kind, action);
        self.roles()
            .filter(|(number, node)| {
                let rules = node.role.iter().flat_map(|role| &role.rules);
                rules
                    .filter(|rule| !rule.deny)
                    .any(|rule| self.unheld(*number, rule).is_about(ability))
            })
            .map(|(_, node)| node.id)
            .collect()
    }

    /// Every role.
    pub(crate) fn role_ids(&self) -> Vec<EntityId> {
        self.roles().map(|(_, node)| node.id).collect()
    }

    /// What is wrong with roles in themselves.
    pub(crate) fn examine_roles(&self) -> Vec<AccessFinding> {
        let mut findings = Vec::new();
        for (number, node) in self.roles() {
            let Some(role) = &node.role else { continue };
            for (place, message) in &role.broken {
                findings.push(AccessFinding {
                    check: "access.privilege_broken".to_owned(),
                    subjects: vec![node.id],
                    message: format!("privilege {place} of {}: {message}", role.name),
                });
            }
            let covers = |deny: &RoleRule, allow: &RoleRule| {
                deny.deny
                    && !deny.caps
                    && deny.target.is_none()
                    && deny.holder.is_none()
                    && !allow.deny
                    && (deny.kind.is_none() || deny.kind == allow.kind)
                    && match (&deny.actions, allow.actions.numbers()) {
                        (Actions::All, _) => true,
                        (_, None) => false,
                        (some, Some(numbers)) => numbers.into_iter().all(|number| some.contains(number)),
                    }
            };
            for allow in &role.rules {
                if role.rules.iter().any(|deny| covers(deny, allow)) {
                    findings.push(AccessFinding {
                        check: "access.contradiction".to_owned(),
                        subjects: vec![self.id(number)],
                        message: format!(
                            "privilege {} of {} gives what the role denies everywhere",
                            allow.place, role.name
                        ),
                    });
                }
            }
        }
        findings
    }

    /// Actions that only roles give which nobody holds.
    pub(crate) fn unheld_rights(&self, reached: &BTreeSet<EntityId>) -> Vec<AccessFinding> {
        let mut given: BTreeMap<(String, String), (bool, BTreeSet<EntityId>)> = BTreeMap::new();
        for (_, node) in self.roles() {
            let held = reached.contains(&node.id);
            for rule in node
                .role
                .iter()
                .flat_map(|role| &role.rules)
                .filter(|rule| !rule.deny)
            {
                let kind = rule.kind.map_or("*", |kind| self.names.name(kind)).to_owned();
                let actions = rule.actions.numbers().map_or_else(
                    || vec!["*".to_owned()],
                    |numbers| {
                        numbers
                            .into_iter()
                            .map(|number| self.names.name(number).to_owned())
                            .collect()
                    },
                );
                for action in actions {
                    let entry = given.entry((kind.clone(), action)).or_default();
                    entry.0 |= held;
                    entry.1.insert(node.id);
                }
            }
        }
        let everything = given
            .get(&("*".to_owned(), "*".to_owned()))
            .is_some_and(|(held, _)| *held);
        given
            .into_iter()
            .filter(|(_, (held, _))| !held && !everything)
            .map(|((kind, action), (_, roles))| AccessFinding {
                check: "access.right_unheld".to_owned(),
                message: format!("nobody holds a role that gives {kind}:{action}"),
                subjects: roles.into_iter().collect(),
            })
            .collect()
    }
}
