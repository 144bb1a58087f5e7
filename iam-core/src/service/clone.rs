//! Giving one user what another one has (S0-55, S0-56).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Acting, driver::BatchMode};
use crate::{
    command::{AddGroupMembers, Command, GrantRole, RemoveGroupMembers, RevokeRole},
    model::{EdgeKey, EntityId, GroupId, OrganizationId, Relation, RoleId, TimeConstraint, UserId, Value},
    plan::Direction,
    rules::grant::{Terms, direct_terms},
    wire::Problem,
};

/// What becomes of that which the target has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CloneMode {
    /// It stays, and what is missing is added.
    #[default]
    Union,
    /// Direct roles and groups that the source does not have go.
    Replace,
}

/// A role or group that was not copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// The role or group.
    pub id: EntityId,
    /// Why: a code such as `access.denied`, `role.separation`, `inherited` or `held`.
    pub code: String,
    /// The reason in a sentence.
    pub reason: String,
}

/// What cloning did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cloned {
    /// Roles and groups that the target gets.
    pub copied: Vec<EntityId>,
    /// Roles and groups that the target loses.
    pub removed: Vec<EntityId>,
    /// What was left out, and why.
    pub skipped: Vec<Skipped>,
}

impl Acting<'_> {
    /// Gives a user the roles and groups that another one was given directly, in one commit. What the source has by rule
    /// or by inheritance is not copied as if it were direct; what the actor could not grant is left out and reported.
    ///
    /// # Errors
    /// When a user does not exist, or the storage fails; what is refused is in the answer.
    pub async fn clone_access(&self, from: UserId, to: UserId, mode: CloneMode) -> Result<Cloned, Problem> {
        let (commands, report) = self.cloning(from, to, mode).await?;
        if commands.is_empty() {
            return Ok(report);
        }
        let list: Vec<Command> = commands.iter().map(|(_, _, command)| command.clone()).collect();
        let outcome = self.batch(&list, BatchMode::Each).await?;
        Ok(told(report, commands, outcome.results))
    }

    /// What [`Acting::clone_access`] would do; nothing is written.
    ///
    /// # Errors
    /// The same.
    pub async fn preview_clone(&self, from: UserId, to: UserId, mode: CloneMode) -> Result<Cloned, Problem> {
        let (commands, report) = self.cloning(from, to, mode).await?;
        if commands.is_empty() {
            return Ok(report);
        }
        let list: Vec<Command> = commands.iter().map(|(_, _, command)| command.clone()).collect();
        let outcome = self.preview_batch(&list, None).await?;
        Ok(told(report, commands, outcome.results))
    }

    async fn cloning(
        &self,
        from: UserId,
        to: UserId,
        mode: CloneMode,
    ) -> Result<(Vec<(EntityId, bool, Command)>, Cloned), Problem> {
        self.get(from).await?;
        self.get(to).await?;
        let now = self.shared.host.clock.now();
        let mut commands = Vec::new();
        let mut report = Cloned::default();
        for relation in [Relation::HasRole, Relation::InGroup] {
            let theirs = self.edges(from, Direction::From, relation).await?;
            let own = self.edges(to, Direction::From, relation).await?;
            let direct: BTreeSet<EntityId> = own
                .iter()
                .filter(|edge| direct_terms(edge).is_some())
                .map(|edge| edge.key.to)
                .collect();
            let mut wanted = BTreeSet::new();
            for edge in theirs {
                let id = edge.key.to;
                let Some(terms) = direct_terms(&edge) else {
                    report
                        .skipped
                        .push(skipped(id, "inherited", "comes by a rule, a source or a request"));
                    continue;
                };
                wanted.insert(id);
                if terms.window.until.is_some_and(|until| until <= now) {
                    report.skipped.push(skipped(id, "over", "its time is over"));
                } else if direct.contains(&id) {
                    report.skipped.push(skipped(id, "held", "is there already"));
                } else if let Some(command) = give(to, &edge.key, terms) {
                    commands.push((id, true, command));
                }
            }
            if mode == CloneMode::Replace {
                for id in direct.difference(&wanted) {
                    commands.extend(take(to, *id).map(|command| (*id, false, command)));
                }
            }
        }
        Ok((commands, report))
    }
}

fn skipped(id: EntityId, code: &str, reason: &str) -> Skipped {
    Skipped {
        id,
        code: code.to_owned(),
        reason: reason.to_owned(),
    }
}

fn give(to: UserId, key: &EdgeKey, terms: Terms) -> Option<Command> {
    let holders = BTreeSet::from([EntityId::from(to)]);
    if let Ok(role) = RoleId::try_from(key.to) {
        let mut constraint = TimeConstraint::of(terms.window);
        constraint.time_zone = terms
            .attributes
            .get("time_zone")
            .and_then(Value::as_text)
            .map(str::to_owned);
        let within = terms
            .attributes
            .get("within")
            .map(Value::elements)
            .unwrap_or_default();
        let within = within
            .iter()
            .filter_map(|id| id.as_text()?.parse::<OrganizationId>().ok());
        let command = GrantRole {
            constraint: (constraint != TimeConstraint::default()).then_some(constraint),
            ..GrantRole::new(role, holders).within(within)
        };
        return Some(command.into());
    }
    let group = GroupId::try_from(key.to).ok()?;
    Some(
        AddGroupMembers {
            group,
            members: holders,
            window: terms.window,
        }
        .into(),
    )
}

fn take(from: UserId, id: EntityId) -> Option<Command> {
    let holders = BTreeSet::from([EntityId::from(from)]);
    if let Ok(role) = RoleId::try_from(id) {
        return Some(RevokeRole { role, holders }.into());
    }
    let group = GroupId::try_from(id).ok()?;
    Some(
        RemoveGroupMembers {
            group,
            members: holders,
        }
        .into(),
    )
}

/// Sorts what happened into the report.
fn told(
    mut report: Cloned,
    commands: Vec<(EntityId, bool, Command)>,
    results: Vec<Result<Option<EntityId>, Problem>>,
) -> Cloned {
    for ((id, gives, _), result) in commands.into_iter().zip(results) {
        match (result, gives) {
            (Ok(_), true) => report.copied.push(id),
            (Ok(_), false) => report.removed.push(id),
            (Err(problem), _) => report
                .skipped
                .push(skipped(id, problem.code.name(), &problem.message)),
        }
    }
    report
}
