//! Creating and changing roles.

use super::{
    super::{
        AttributeChanges, Decide,
        condition::{self, Change},
        declared, edge, names_in, profile, provenance,
    },
    CreateRole, UpdateRole, privilege,
};
use crate::{
    model::{EntityId, Kind, Record, Relation, RoleType, TimeConstraint, Value, Window},
    plan::{Draft, Needs, Schema, Stop},
    wire::{Code, FieldProblem, Problem},
};

/// What the condition of a role may select; users without a word.
const SELECTED: [Kind; 2] = [Kind::User, Kind::Device];

impl Decide for CreateRole {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Role, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
        needs
            .records
            .extend(self.assignments.iter().map(|id| EntityId::from(*id)));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = provenance::new_id(draft, Kind::Role, self.id)?;
        let mut record = Record::new(id);
        record.set("origin", Some("manual".into()));
        record.set("role_type", Some(self.role_type.name().into()));
        let mut problems = Vec::new();
        if let Some(constraint) = &self.constraint {
            problems.extend(constrain(&mut record, Some(constraint)));
        }
        privileges(draft, &mut record, &self.privileges, &mut problems);
        let change = Change {
            condition: self.condition.as_ref().map(Some),
            kind: self.condition_kind.as_deref(),
            allowed: &SELECTED,
        };
        let kept = condition::note(draft, &mut record, &change, &mut problems);
        problems.extend(numbers(&record, &self.attributes));
        draft.subject(id);
        profile::write_checked(draft, record, &self.attributes, true, problems)?;
        condition::keep(draft, id, kept)?;
        for assignment in &self.assignments {
            carry(draft, id, (*assignment).into())?;
        }
        draft.event("role.created", id, [("role_type", self.role_type.name().into())]);
        Ok(())
    }
}

impl Decide for UpdateRole {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Role, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.role);
        if self.condition.is_some() || self.condition_kind.is_some() {
            condition::needs(needs, self.role.into());
        }
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let mut record = (*draft.live(self.role)?).clone();
        let mut problems = Vec::new();
        if let Some(constraint) = &self.constraint {
            problems.extend(constrain(&mut record, constraint.as_ref()));
        }
        if let Some(list) = &self.privileges {
            privileges(draft, &mut record, list, &mut problems);
        }
        let change = Change {
            condition: self.condition.as_ref().map(Option::as_ref),
            kind: self.condition_kind.as_deref(),
            allowed: &SELECTED,
        };
        let kept = condition::note(draft, &mut record, &change, &mut problems);
        problems.extend(numbers(&record, &self.attributes));
        draft.subject(self.role);
        if profile::write_checked(draft, record, &self.attributes, false, problems)? {
            draft.event("role.updated", self.role, []);
        }
        condition::keep(draft, self.role.into(), kept)
    }
}

/// Sets or removes the time constraint (S2-27, S2-28, S2-86).
fn constrain(record: &mut Record, constraint: Option<&TimeConstraint>) -> Option<FieldProblem> {
    let (window, zone) = match constraint.map(TimeConstraint::resolve).transpose() {
        Ok(resolved) => resolved.unwrap_or_default(),
        Err((field, message)) => {
            return Some(FieldProblem::new(
                format!("constraint.{field}"),
                "value.time",
                message,
            ));
        }
    };
    if !window.is_possible() {
        return Some(FieldProblem::new(
            "constraint",
            Code::Window.name(),
            "the start must lie before the end",
        ));
    }
    record.set("valid_from", window.from.map(Value::from));
    record.set("valid_until", window.until.map(Value::from));
    record.set("time_zone", zone.map(Value::from));
    None
}

fn privileges(
    draft: &Draft<'_>,
    record: &mut Record,
    list: &[crate::rules::Privilege],
    problems: &mut Vec<FieldProblem>,
) {
    if !list.is_empty() && record.text("role_type") != RoleType::Internal.name() {
        problems.push(FieldProblem::new(
            "privileges",
            "role.external",
            "an external role has assignments, not privileges",
        ));
    }
    let value = privilege::stored(draft.schema, list, problems);
    record.set("privileges", value);
}

/// Numbers that lie in their range and fit each other.
fn numbers(record: &Record, changes: &AttributeChanges) -> Vec<FieldProblem> {
    let value = |name: &str| match changes.get(name) {
        Some(changed) => changed.as_ref(),
        None => record.value(name),
    };
    let mut problems = Vec::new();
    for name in ["min_holders", "max_holders", "level"] {
        if value(name)
            .and_then(Value::as_integer)
            .is_some_and(|number| number < 0)
        {
            problems.push(FieldProblem::new(name, "value.range", "must not be negative"));
        }
    }
    if let (Some(least), Some(most)) = (
        value("min_holders").and_then(Value::as_integer),
        value("max_holders").and_then(Value::as_integer),
    ) && least > most
    {
        let message = "must not be more than `max_holders`";
        problems.push(FieldProblem::new("min_holders", "value.range", message));
    }
    problems.extend(risk(value("risk_index")));
    problems
}

/// A risk index lies between 0 and 1.
pub(crate) fn risk(value: Option<&Value>) -> Option<FieldProblem> {
    let risk = match value? {
        Value::Integer(whole) => *whole as f64,
        Value::Number(number) => *number,
        _ => return None,
    };
    (!(0.0..=1.0).contains(&risk))
        .then(|| FieldProblem::new("risk_index", "value.range", "lies between 0 and 1"))
}

/// Lets an external role carry an assignment; returns whether it is new.
pub(super) fn carry(draft: &mut Draft<'_>, role: EntityId, assignment: EntityId) -> Result<bool, Stop> {
    if draft.live(role)?.text("role_type") != RoleType::External.name() {
        return Err(
            Problem::new(Code::Relation, "an internal role has privileges, not assignments")
                .about(role)
                .into(),
        );
    }
    profile::live_reference(draft, "assignments", assignment)?;
    edge::add(draft, role, Relation::Carries, assignment, Window::default())
}
