//! Asking who may, and keeping every actor within it.

use std::{collections::BTreeSet, sync::Arc};

use super::{Acting, as_of::revision_at, decisions::Consulted, driver::Label, iam::Shared};
use crate::{
    access::{CommandRow, Explanation, On, QueryRow, Refusal, command_row, query_row},
    model::{Edge, EntityId, Record},
    plan::{Actor, Context, Guard, Plan, Schema},
    port::Storage,
    rules::AttributeAccess,
    search::{CheckedSearch, Predicate},
    wire::{Code, FieldProblem, Problem},
};

impl Acting<'_> {
    /// The user whose rights count; `None` for the host and the library itself, which are trusted.
    pub(crate) fn restricted(&self) -> Option<EntityId> {
        match self.actor() {
            Actor::User(user) => Some((*user).into()),
            Actor::Host(_) | Actor::System => None,
        }
    }

    pub(crate) async fn consulted(&self, actor: Option<EntityId>) -> Result<Consulted<'_>, Problem> {
        Ok(Consulted {
            shared: &self.shared,
            storage: self.storage(),
            realm: self.realm,
            revision: revision_at(self.storage(), self.realm, self.at).await?,
            now: self.moment().await?,
            actor,
        })
    }

    /// Whether the actor may do something: an action such as `update` or `invoice:approve` on a record, on a resource of
    /// the host, or on anything of a kind. The host itself may do everything.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn can(&self, action: &str, on: impl Into<On>) -> Result<bool, Problem> {
        let on = on.into();
        let Some(actor) = self.restricted() else {
            return Ok(true);
        };
        let consulted = self.consulted(Some(actor)).await?;
        consulted
            .ask(|world, now| world.can(actor, action, &on, now))
            .await
    }

    /// What the actor may do with an attribute by an action.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn attribute_access(
        &self,
        action: &str,
        on: impl Into<On>,
        attribute: &str,
    ) -> Result<AttributeAccess, Problem> {
        let on = on.into();
        let Some(actor) = self.restricted() else {
            return Ok(AttributeAccess::Write);
        };
        let consulted = self.consulted(Some(actor)).await?;
        consulted
            .ask(|world, now| world.attribute_access(actor, action, &on, attribute, now))
            .await
    }

    /// The predicate that holds for exactly the records or resources of a kind on which the actor may do something, as far
    /// as it does not depend on levels: for the host's own SQL, or for a list of ours.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn allowed(&self, action: &str, kind: &str) -> Result<Predicate, Problem> {
        let Some(actor) = self.restricted() else {
            return Ok(Predicate::All);
        };
        let consulted = self.consulted(Some(actor)).await?;
        consulted
            .ask(|world, now| world.allowed_predicate(actor, action, kind, now))
            .await
    }

    /// Why the actor may do something, or what is missing, the nearest first.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn explain_access(&self, action: &str, on: impl Into<On>) -> Result<Explanation, Problem> {
        let on = on.into();
        let Some(actor) = self.restricted() else {
            return Ok(Explanation {
                allowed: true,
                because: Vec::new(),
                nearest: Vec::new(),
                facts: Vec::new(),
                further: 0,
            });
        };
        let consulted = self.consulted(Some(actor)).await?;
        consulted
            .ask(|world, now| world.explain(actor, action, &on, now))
            .await
    }

    /// Refuses unless the actor may do something.
    pub(crate) async fn require(&self, action: &str, on: impl Into<On>) -> Result<(), Problem> {
        let on = on.into();
        if self.can(action, on.clone()).await? {
            return Ok(());
        }
        let (kind, action) = on.ability(action);
        let problem = Problem::new(
            Code::Denied,
            format!("the actor may not {} this {kind}", words(action)),
        );
        Err(match on {
            On::Record(id) => problem.about(id),
            _ => problem,
        })
    }

    /// Refuses a query whose row does not admit the actor.
    pub(crate) async fn may_query(&self, query: &str) -> Result<(), Problem> {
        let Some(actor) = self.restricted() else {
            return Ok(());
        };
        let denied = || Problem::new(Code::Denied, format!("the actor may not ask {query}"));
        match query_row(query) {
            Some(QueryRow::Filtered | QueryRow::Itself) => Ok(()),
            Some(QueryRow::Everybody) => {
                let consulted = self.consulted(Some(actor)).await?;
                match consulted.ask(|world, now| world.is_active(actor, now)).await? {
                    true => Ok(()),
                    false => Err(denied()),
                }
            }
            Some(QueryRow::Realm(action)) => match self.can(action, On::Kind("realm".to_owned())).await? {
                true => Ok(()),
                false => Err(denied()),
            },
            None => Err(denied()),
        }
    }

    /// Refuses what only whoever may do something with the realm sees.
    pub(crate) async fn require_on_realm(&self, action: &str) -> Result<(), Problem> {
        if self.restricted().is_none() {
            return Ok(());
        }
        self.require(action, On::Kind("realm".to_owned())).await
    }

    /// Of records what the actor may see: `None` in the place of what may not be seen at all.
    pub(crate) async fn see(&self, records: Vec<Arc<Record>>) -> Result<Vec<Option<Arc<Record>>>, Problem> {
        let Some(actor) = self.restricted() else {
            return Ok(records.into_iter().map(Some).collect());
        };
        let ids: Vec<EntityId> = records.iter().map(|record| record.id).collect();
        let consulted = self.consulted(Some(actor)).await?;
        let masks = consulted.ask(|world, now| world.eyes(actor, &ids, now)).await?;
        Ok(records
            .into_iter()
            .zip(masks)
            .map(|(record, mask)| {
                let mask = mask?;
                if mask.hides_nothing() {
                    return Some(record);
                }
                let mut seen = Record::clone(&record);
                seen.attributes
                    .retain(|name, _| mask.access(name) >= AttributeAccess::Read);
                Some(seen.shared())
            })
            .collect())
    }

    /// The same for one record.
    pub(crate) async fn see_one(&self, record: Option<Arc<Record>>) -> Result<Option<Arc<Record>>, Problem> {
        match record {
            Some(record) => Ok(self.see(vec![record]).await?.pop().flatten()),
            None => Ok(None),
        }
    }

    /// Which of these the actor may see.
    pub(crate) async fn visible(&self, ids: BTreeSet<EntityId>) -> Result<BTreeSet<EntityId>, Problem> {
        let Some(actor) = self.restricted() else {
            return Ok(ids);
        };
        let ids: Vec<EntityId> = ids.into_iter().collect();
        let consulted = self.consulted(Some(actor)).await?;
        let masks = consulted.ask(|world, now| world.eyes(actor, &ids, now)).await?;
        Ok(ids
            .into_iter()
            .zip(masks)
            .filter_map(|(id, mask)| mask.map(|_| id))
            .collect())
    }

    /// Of edges those whose both ends the actor may see.
    pub(crate) async fn see_edges(&self, edges: &mut Vec<Edge>) -> Result<(), Problem> {
        if self.restricted().is_none() {
            return Ok(());
        }
        let ends = edges
            .iter()
            .flat_map(|edge| [edge.key.from, edge.key.to])
            .collect();
        let visible = self.visible(ends).await?;
        edges.retain(|edge| visible.contains(&edge.key.from) && visible.contains(&edge.key.to));
        Ok(())
    }

    /// Restricts a search to what the actor may see, so that pages and totals are right.
    pub(crate) async fn decorate(&self, search: &mut CheckedSearch) -> Result<(), Problem> {
        let Some(actor) = self.restricted() else {
            return Ok(());
        };
        let kind = search.kind;
        let mut named: BTreeSet<String> = search
            .filter
            .attributes()
            .into_iter()
            .map(str::to_owned)
            .collect();
        named.extend(search.sort.iter().map(|sort| sort.attribute.clone()));
        named.remove("id");
        let named: Vec<String> = named.into_iter().collect();
        let consulted = self.consulted(Some(actor)).await?;
        let (filter, hidden) = consulted
            .ask(|world, now| {
                let filter = world.allowed_filter(actor, "view", kind, now)?;
                Ok((filter, world.hidden_attributes(actor, kind, &named, now)?))
            })
            .await?;
        if !hidden.is_empty() {
            let fields = hidden.into_iter().map(|name| {
                FieldProblem::new(name, "access.attribute", "the actor may not see it everywhere")
            });
            let fields = fields.collect();
            return Err(Problem {
                fields,
                ..Problem::new(Code::Denied, "the actor may not search by what it may not see")
            });
        }
        search.filter = std::mem::replace(&mut search.filter, crate::search::Checked::All).and(filter);
        Ok(())
    }
}

/// What a refused question and a record that is not there look like: the same.
pub(crate) fn absent(id: EntityId) -> Problem {
    let message = format!("there is no {} with this identifier in the realm", id.kind);
    Problem::new(Code::NotFound, message).about(id)
}

fn words(action: &str) -> String {
    action.replace('_', " ")
}

/// The data for the checks of a command.
fn consulted<'a>(
    shared: &'a Shared,
    storage: &'a dyn Storage,
    context: &Context,
    actor: EntityId,
) -> Consulted<'a> {
    Consulted {
        shared,
        storage,
        realm: context.realm,
        revision: None,
        now: context.now,
        actor: Some(actor),
    }
}

/// Before deciding: may the actor ask for these commands at all?
pub(crate) async fn may_ask(
    shared: &Shared,
    storage: &dyn Storage,
    context: &Context,
    label: &Label,
) -> Result<(), Problem> {
    let Actor::User(user) = &context.actor else {
        return Ok(());
    };
    let actor = EntityId::from(*user);
    let consulted = consulted(shared, storage, context, actor);
    for row in rows(label) {
        let refusal = consulted
            .ask(|world, now| world.may_ask(actor, row, &label.mentioned, now))
            .await?;
        if let Some(refusal) = refusal {
            return Err(problem(&[refusal].into(), label));
        }
    }
    Ok(())
}

/// Before committing: may the actor still ask for this, and cause these changes? The answer is what the decision rests on
/// and must not change until the commit.
pub(crate) async fn may_cause(
    shared: &Shared,
    storage: &dyn Storage,
    context: &Context,
    label: &Label,
    plan: &Plan,
    schema: &Schema,
) -> Result<Vec<Guard>, Problem> {
    let Actor::User(user) = &context.actor else {
        return Ok(Vec::new());
    };
    let actor = EntityId::from(*user);
    // Commands that stand for different actions are measured by the general one.
    let all: Vec<Option<&CommandRow>> = rows(label);
    let mut rest = all.iter().skip(1);
    let first = all.first().copied().flatten();
    let row = first.filter(|first| rest.all(|row| row.is_some_and(|row| row.action == first.action)));
    let consulted = consulted(shared, storage, context, actor);
    let (refusals, guards) = consulted
        .ask_to_commit(|world, now| {
            let mut relied = BTreeSet::new();
            for row in &all {
                let (refusal, on) = world.may_still_ask(actor, *row, &label.mentioned, now)?;
                if let Some(refusal) = refusal {
                    return Ok((BTreeSet::from([refusal]), BTreeSet::new()));
                }
                relied.extend(on);
            }
            let (refusals, on) = world.may_cause(actor, row, &plan.changes, schema, now)?;
            relied.extend(on);
            Ok((refusals, relied))
        })
        .await?;
    match refusals.is_empty() {
        true => Ok(guards),
        false => Err(problem(&refusals, label)),
    }
}

/// The rows of the commands; what is no command has none.
fn rows(label: &Label) -> Vec<Option<&'static CommandRow>> {
    match label.commands.is_empty() {
        true => vec![None],
        false => {
            let mut names = label.commands.clone();
            names.dedup();
            names.into_iter().map(command_row).collect()
        }
    }
}

fn problem(refusals: &BTreeSet<Refusal>, label: &Label) -> Problem {
    // What the command did not name, its refusal does not name either.
    let named = |id: &EntityId| label.mentioned.contains(id);
    let mut fields = Vec::new();
    let mut lines = Vec::new();
    let mut subject = None;
    for refusal in refusals {
        match refusal {
            Refusal::Hidden(id) => return absent(*id),
            Refusal::Command => lines.push(format!("the actor may not {}", label.command)),
            Refusal::Action { id, action } => {
                subject = subject.or(named(id).then_some(*id));
                lines.push(format!("the actor may not {} this {}", words(action), id.kind));
            }
            Refusal::Attribute { id, attribute } => {
                subject = subject.or(named(id).then_some(*id));
                fields.push(FieldProblem::new(
                    attribute,
                    "access.attribute",
                    "the actor may not change it",
                ));
            }
            Refusal::Gain(gain) => {
                subject = subject.or(named(&gain.subject).then_some(gain.subject));
                lines.push(format!(
                    "somebody would get rights that the actor does not hold{}",
                    gain.role
                        .filter(named)
                        .map(|role| format!(", by {role}"))
                        .unwrap_or_default()
                ));
            }
        }
    }
    lines.dedup();
    if !fields.is_empty() && lines.is_empty() {
        lines.push("the actor may not change some of the attributes".to_owned());
    }
    let mut lines = lines.into_iter();
    let mut problem = Problem::new(Code::Denied, lines.next().unwrap_or_default()).with_details(lines);
    problem.fields = fields;
    match subject {
        Some(id) => problem.about(id),
        None => problem,
    }
}

/// Every identifier that a command names.
pub(crate) fn mentioned(value: &serde_json::Value, found: &mut BTreeSet<EntityId>) {
    match value {
        serde_json::Value::String(text) if text.len() < 60 => found.extend(text.parse::<EntityId>()),
        serde_json::Value::Array(list) => list.iter().for_each(|value| mentioned(value, found)),
        serde_json::Value::Object(map) => map.values().for_each(|value| mentioned(value, found)),
        _ => {}
    }
}
