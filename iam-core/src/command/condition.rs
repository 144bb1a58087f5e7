//! The condition of a dynamic role or group, and the rule that is kept beside it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

use super::{Decide, declared, schema_epoch::touch_schema, settle};
use crate::{
    model::{EntityId, Kind, Record},
    plan::{Cause, Direction, Draft, EdgesOf, Needs, Schema, Stop},
    query::Filter,
    rules::Rule,
    wire::{Code, FieldProblem, Problem},
};

/// Characters of a condition at most.
const LENGTH: usize = 10_000;

/// What a command says about a condition.
pub(super) struct Change<'a> {
    /// Nothing, its removal, or a new one.
    pub condition: Option<Option<&'a Filter>>,
    /// The kind that it selects, when it is said.
    pub kind: Option<&'a str>,
    /// The kinds that it may select, the usual one first.
    pub allowed: &'a [Kind],
}

/// What becomes of the rule.
pub(super) enum Kept {
    /// It stays as it is.
    Same,
    /// It goes, or there is none.
    Gone,
    /// It is this one.
    Rule(Box<Rule>),
}

/// What has to be known to change the rule of a role or group.
pub(super) fn needs(needs: &mut Needs, owner: EntityId) {
    needs.record(Rule::id(owner));
}

/// Notes the condition in its record; what is wrong with it goes to the problems.
pub(super) fn note(
    draft: &Draft<'_>,
    record: &mut Record,
    change: &Change<'_>,
    problems: &mut Vec<FieldProblem>,
) -> Kept {
    if change.condition.is_none() && change.kind.is_none() {
        return Kept::Same;
    }
    let stored = record.text("condition").to_owned();
    let condition = match change.condition {
        Some(condition) => condition.cloned(),
        None => (!stored.is_empty()).then(|| Filter::from_text(&stored)),
    };
    let Some(condition) = condition else {
        record.set("condition", None);
        record.set("condition_kind", None);
        return Kept::Gone;
    };
    let name = change
        .kind
        .unwrap_or_else(|| record.text("condition_kind"))
        .to_owned();
    let usual = change.allowed.first().copied().unwrap_or(Kind::User);
    let kind = match name.as_str() {
        "" => usual,
        name => match Kind::from_name(name).filter(|kind| change.allowed.contains(kind)) {
            Some(kind) => kind,
            None => {
                let names: Vec<&str> = change.allowed.iter().map(|kind| kind.name()).collect();
                let message = format!("choose from {}", names.join(", "));
                problems.push(FieldProblem::new("condition_kind", "value.not_allowed", message));
                return Kept::Same;
            }
        },
    };
    let text = condition.text();
    if text.chars().count() > LENGTH {
        let message = format!("a condition has at most {LENGTH} characters");
        problems.push(FieldProblem::new("condition", "value.too_long", message));
        return Kept::Same;
    }
    match Rule::compile(draft.schema, record.id, kind, &condition) {
        Ok(rule) => {
            record.set("condition", Some(text.into()));
            record.set("condition_kind", Some(kind.name().into()));
            Kept::Rule(Box::new(rule))
        }
        Err(problem) => {
            problems.push(FieldProblem::new(
                "condition",
                Code::Filter.name(),
                problem.message,
            ));
            Kept::Same
        }
    }
}

/// Writes the rule. Everybody's membership follows when the command is settled.
pub(super) fn keep(draft: &mut Draft<'_>, owner: EntityId, kept: Kept) -> Result<(), Stop> {
    let id = Rule::id(owner);
    match kept {
        Kept::Same => Ok(()),
        Kept::Gone => drop_rule(draft, owner),
        Kept::Rule(rule) => {
            // What this draft has made has no rule yet, or one that this draft has made, too.
            let fresh = draft.is_new(owner) && !draft.has_touched(id);
            super::form::know(draft, (!fresh).then_some(id))?;
            let before = match fresh {
                true => None,
                false => draft.record(id)?,
            };
            let base = before.as_deref().cloned().unwrap_or_else(|| Record::new(id));
            if before.as_deref().and_then(Rule::stored).as_ref() == Some(rule.as_ref()) {
                return Ok(());
            }
            // Whether somebody has to be looked at after the commit is found out when the command is settled.
            draft.put(rule.record(base), Cause::Rule)?;
            touch_schema(draft)
        }
    }
}

/// Removes the rule of something that loses its condition or goes itself.
pub(super) fn drop_rule(draft: &mut Draft<'_>, owner: EntityId) -> Result<(), Stop> {
    let id = Rule::id(owner);
    let mut needs = Needs::default();
    needs.record(id);
    draft.need(needs)?;
    if draft.record(id)?.is_none() {
        return Ok(());
    }
    super::form::know(draft, Some(id))?;
    draft.remove(id, Cause::Rule)?;
    touch_schema(draft)
}

/// Evaluates the condition of a dynamic role or group again for some records and brings their membership into line. The
/// library does it by itself after a rule changed and when time passes; asking for it never does harm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyRule {
    /// The role or group.
    pub owner: EntityId,
    /// The records to look at.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub subjects: BTreeSet<EntityId>,
    /// Notes that everybody was looked at.
    #[serde(default)]
    pub complete: bool,
}

impl Decide for ApplyRule {
    /// Those whom it gives or takes away are most of them.
    fn names(&self, _schema: &Schema, needs: &mut Needs) {
        let relation = Rule::relation_to(self.owner);
        needs.edges.extend(self.subjects.iter().map(|subject| EdgesOf {
            id: *subject,
            direction: Direction::From,
            relation,
        }));
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.owner);
        needs.records.extend(self.subjects.iter().copied());
        if self.complete {
            needs.record(Rule::id(self.owner));
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        if !matches!(self.owner.kind, Kind::Role | Kind::Group) {
            let message = format!("{} has no condition", self.owner.kind.with_article());
            return Err(Problem::new(Code::Relation, message).about(self.owner).into());
        }
        draft.live(self.owner)?;
        draft.subject(self.owner);
        settle::evaluate(draft, self.owner, &self.subjects)?;
        if self.complete
            && let Some(rule) = draft.record(Rule::id(self.owner))?
        {
            let mut rule = (*rule).clone();
            rule.set("pending", None);
            draft.put(rule, Cause::Rule)?;
        }
        Ok(())
    }
}
