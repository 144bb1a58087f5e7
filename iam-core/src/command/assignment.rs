//! Assignments: what an external role gives in a target (S2-45 … S2-57).

use serde::{Deserialize, Serialize};

use super::{AttributeChanges, Decide, declared, names_in, profile, provenance};
use crate::{
    model::{
        AssignmentEvent, AssignmentId, AssignmentValue, EntityId, Kind, OnAssignment, OnUnassignment, Record,
        Relation, Value,
    },
    plan::{Cause, Direction, Draft, Needs, Schema, Stop},
    rules::{MAXIMUM_VALUES, quoted},
    search::{Limits, check_cel},
    wire::{Code, FieldProblem, Problem},
};

/// Characters of an expression at most.
const EXPRESSION: usize = 4_000;

/// Creates an assignment: attribute values for one source-target mapping (S2-45 … S2-47).
///
/// ```
/// use iam_core::{command::CreateAssignment, model::AssignmentValue};
///
/// let command = CreateAssignment::new("Sales mailbox", "hr-to-directory").value("memberOf", "cn=sales");
/// assert_eq!(command.values.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAssignment {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<AssignmentId>,
    /// `name`, `description` (S2-46) and `mapping`, the name of the source-target mapping (S2-45).
    pub attributes: AttributeChanges,
    /// The target's attributes and their values (S2-47).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<AssignmentValue>,
    /// How they meet the values of the target (S2-48, S2-49).
    #[serde(default)]
    pub on_assignment: OnAssignment,
    /// What becomes of them when the assignment is lost (S2-50, S2-51).
    #[serde(default)]
    pub on_unassignment: OnUnassignment,
    /// What is evaluated when the assignment comes or goes (S2-53 … S2-56).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<AssignmentEvent>,
}

/// Changes an assignment (S2-52). What is not named stays; the mapping cannot be changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateAssignment {
    /// The assignment.
    pub assignment: AssignmentId,
    /// New values; `null` removes one.
    #[serde(default, skip_serializing_if = "AttributeChanges::is_empty")]
    pub attributes: AttributeChanges,
    /// The target's attributes and their values from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<AssignmentValue>>,
    /// How they meet the values of the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_assignment: Option<OnAssignment>,
    /// What becomes of them when the assignment is lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_unassignment: Option<OnUnassignment>,
    /// What is evaluated from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<AssignmentEvent>>,
}

/// Deletes an assignment that no role carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteAssignment {
    /// The assignment.
    pub assignment: AssignmentId,
    /// Takes it off the roles that carry it.
    #[serde(default)]
    pub detach: bool,
}

attribute_setters!(CreateAssignment UpdateAssignment);

impl CreateAssignment {
    /// An assignment without values for a mapping.
    pub fn new(name: impl Into<String>, mapping: impl Into<String>) -> Self {
        CreateAssignment::default()
            .set("name", name.into())
            .set("mapping", mapping.into())
    }

    /// One more value.
    #[must_use]
    pub fn value(mut self, attribute: impl Into<String>, value: impl Into<Value>) -> Self {
        self.values.push(AssignmentValue {
            attribute: attribute.into(),
            value: value.into(),
        });
        self
    }
}

fn name<T: Serialize>(value: T) -> Option<Value> {
    serde_json::to_value(value).and_then(crate::model::from_json).ok()
}

fn list<T: Serialize>(items: &[T]) -> Option<Value> {
    let values: Vec<Value> = items.iter().filter_map(name).collect();
    (!values.is_empty()).then_some(Value::List(values))
}

fn set_values(record: &mut Record, values: &[AssignmentValue]) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if values.len() > MAXIMUM_VALUES {
        let message = format!("at most {MAXIMUM_VALUES} values");
        problems.push(FieldProblem::new("values", "value.too_many", message));
    }
    for value in values {
        if value.attribute.is_empty() || value.attribute.chars().count() > 100 {
            let message = format!("{} is not the name of an attribute", quoted(&value.attribute));
            problems.push(FieldProblem::new("values", "value.attribute", message));
        }
    }
    record.set("values", list(values));
    problems
}

fn set_events(record: &mut Record, events: &[AssignmentEvent]) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    for event in events {
        if !matches!(event.event.as_str(), "assigned" | "unassigned") {
            let message = format!(
                "{} is not an event; `assigned` and `unassigned` are",
                quoted(&event.event)
            );
            problems.push(FieldProblem::new("events", "value.event", message));
        }
        if event.expression.trim().is_empty() || event.expression.chars().count() > EXPRESSION {
            let message = format!("an expression has 1 to {EXPRESSION} characters");
            problems.push(FieldProblem::new("events", "value.expression", message));
        } else if let Err(problem) = check_cel(&event.expression, &Limits::default()) {
            let message = format!("not a CEL expression: {}", problem.message);
            problems.push(FieldProblem::new("events", "value.expression", message));
        }
    }
    record.set("events", list(events));
    problems
}

impl Decide for CreateAssignment {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Assignment, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = provenance::new_id(draft, Kind::Assignment, self.id)?;
        let mut record = Record::new(id);
        record.set("origin", Some("manual".into()));
        record.set("on_assignment", name(self.on_assignment));
        record.set("on_unassignment", name(self.on_unassignment));
        let mut problems = set_values(&mut record, &self.values);
        problems.extend(set_events(&mut record, &self.events));
        draft.subject(id);
        profile::write_checked(draft, record, &self.attributes, true, problems)?;
        draft.event("assignment.created", id, []);
        Ok(())
    }
}

impl Decide for UpdateAssignment {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Assignment, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.assignment);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let mut record = (*draft.live(self.assignment)?).clone();
        let mut problems = Vec::new();
        if let Some(mapping) = self.attributes.get("mapping")
            && mapping.as_ref() != record.value("mapping")
        {
            problems.push(FieldProblem::new(
                "mapping",
                "attribute.read_only",
                "an assignment stays with its mapping; create another one",
            ));
        }
        if let Some(how) = self.on_assignment {
            record.set("on_assignment", name(how));
        }
        if let Some(how) = self.on_unassignment {
            record.set("on_unassignment", name(how));
        }
        if let Some(values) = &self.values {
            problems.extend(set_values(&mut record, values));
        }
        if let Some(events) = &self.events {
            problems.extend(set_events(&mut record, events));
        }
        draft.subject(self.assignment);
        if profile::write_checked(draft, record, &self.attributes, false, problems)? {
            draft.event("assignment.updated", self.assignment, []);
        }
        Ok(())
    }
}

impl Decide for DeleteAssignment {
    fn needs(&self, needs: &mut Needs) {
        needs
            .record(self.assignment)
            .edges(self.assignment, Direction::To, Relation::Carries);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.assignment)?;
        draft.subject(self.assignment);
        let carriers = draft.edges(self.assignment, Direction::To, Relation::Carries)?;
        if !self.detach && !carriers.is_empty() {
            let roles: Vec<EntityId> = carriers.iter().map(|edge| edge.key.from).collect();
            return Err(Problem::new(Code::InUse, "roles carry the assignment")
                .about(self.assignment)
                .with_details(super::form::some("role", &roles))
                .into());
        }
        for edge in carriers {
            draft.take_edge(edge, Cause::Disposition)?;
        }
        draft.remove(self.assignment, Cause::Requested)?;
        draft.event("assignment.deleted", self.assignment, []);
        Ok(())
    }
}
