//! Types of users and organizations, and their forms.

use std::collections::BTreeSet;

use super::{AttributeChanges, edge, profile, provenance, schema_epoch::touch_schema};
use crate::{
    model::{EditableBy, EntityId, Kind, Record, Value},
    plan::{Cause, Draft, FormField, Needs, Schema, Stop},
    wire::{Code, FieldProblem, Problem},
};

/// Input as a message may show it.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

pub(super) fn unknown(kind: Kind, name: &str) -> String {
    format!(
        "there is no attribute `{}` of {}",
        shown(name),
        kind.with_article()
    )
}

/// Everything that is wrong with the lines of a form for records of a kind (S0-16, S0-72, S0-81, S0-106).
pub(super) fn form_problems(schema: &Schema, kind: Kind, form: &[FormField]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for field in form {
        let name = shown(&field.attribute);
        match schema.attribute(kind, &field.attribute) {
            None => problems.push(unknown(kind, &field.attribute)),
            Some(definition) if definition.editable == EditableBy::Nobody => {
                problems.push(format!("`{name}` is set by the library and is part of no form"));
            }
            Some(definition) if field.required && definition.editable != EditableBy::Update => {
                problems.push(format!(
                    "`{name}` has a command of its own and cannot be required"
                ));
            }
            Some(_) => {}
        }
        if !seen.insert(&field.attribute) {
            problems.push(format!("`{name}` appears twice"));
        }
    }
    problems
}

/// The kind of record that a type classifies.
pub(super) fn classified(kind: Kind) -> Kind {
    match kind {
        Kind::OrganizationType => Kind::Organization,
        _ => Kind::User,
    }
}

/// What is wrong with the attributes of a type beyond their definitions.
fn type_problems(schema: &Schema, kind: Kind, changes: &AttributeChanges) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if let Some(Some(form)) = changes.get("form") {
        match lines(form) {
            Ok(form) => problems.extend(
                form_problems(schema, classified(kind), &form)
                    .into_iter()
                    .map(|message| FieldProblem::new("form", "value.form", message)),
            ),
            Err(message) => problems.push(FieldProblem::new("form", "value.form", message)),
        }
    }
    if let Some(Some(Value::Integer(days))) = changes.get("validity_days")
        && !(1..=36_500).contains(days)
    {
        problems.push(FieldProblem::new(
            "validity_days",
            "value.range",
            "must be between 1 and 36500; leave it out for no limit",
        ));
    }
    problems
}

/// The lines of a form as they were sent.
fn lines(form: &Value) -> Result<Vec<FormField>, String> {
    for line in form.elements() {
        let Value::Object(line) = line else {
            return Err(
                "each line is a structure such as {\"attribute\": \"city\", \"required\": true}".to_owned(),
            );
        };
        if let Some(key) = line
            .keys()
            .find(|key| !matches!(key.as_str(), "attribute" | "required"))
        {
            return Err(format!(
                "a line has `attribute` and `required`, not `{}`",
                shown(key)
            ));
        }
    }
    let elements = Value::List(form.elements().to_vec());
    serde_json::to_value(elements)
        .and_then(crate::model::from_json)
        .map_err(|error| error.to_string())
}

/// Creates a type.
pub(super) fn create_type(
    draft: &mut Draft<'_>,
    kind: Kind,
    id: Option<EntityId>,
    attributes: &AttributeChanges,
) -> Result<(), Stop> {
    provenance::refuse_source(draft, kind, kind == Kind::OrganizationType)?;
    know(draft, id)?;
    let id = provenance::new_id(draft, kind, id)?;
    let mut record = Record::new(id);
    record.set("origin", Some("manual".into()));
    write_type(draft, record, attributes, true)?;
    draft.event(&format!("{kind}.created"), id, []);
    Ok(())
}

/// Changes a type.
pub(super) fn update_type(
    draft: &mut Draft<'_>,
    id: EntityId,
    attributes: &AttributeChanges,
) -> Result<(), Stop> {
    provenance::refuse_source(draft, id.kind, id.kind == Kind::OrganizationType)?;
    know(draft, Some(id))?;
    let record = (*draft.live(id)?).clone();
    if write_type(draft, record, attributes, false)? {
        draft.event(&format!("{}.updated", id.kind), id, []);
    }
    Ok(())
}

fn write_type(
    draft: &mut Draft<'_>,
    record: Record,
    attributes: &AttributeChanges,
    creating: bool,
) -> Result<bool, Stop> {
    let id = record.id;
    draft.subject(id);
    let problems = type_problems(draft.schema, id.kind, attributes);
    let changed = profile::write_checked(draft, record, attributes, creating, problems)?;
    if changed {
        touch_schema(draft)?;
    }
    Ok(changed)
}

/// Deletes a type that nothing has any more.
pub(super) fn delete_type(draft: &mut Draft<'_>, id: EntityId) -> Result<(), Stop> {
    provenance::refuse_source(draft, id.kind, id.kind == Kind::OrganizationType)?;
    let of = classified(id.kind);
    let mut needs = Needs::default();
    needs
        .record(id)
        .record(draft.schema.realm)
        .referring(of, id.kind.name(), id);
    edge::need_all(&mut needs, id);
    draft.need(needs)?;
    draft.live(id)?;
    draft.subject(id);
    let users = draft.referring(of, id.kind.name(), Some(id))?;
    if !users.is_empty() {
        let message = format!("{} {of}s are of this {}", users.len(), id.kind);
        return Err(Problem::new(Code::InUse, message)
            .about(id)
            .with_details(some(&format!("{of} of this type"), &users))
            .into());
    }
    edge::drop_all(draft, id)?;
    draft.remove(id, Cause::Requested)?;
    touch_schema(draft)?;
    draft.event(&format!("{}.deleted", id.kind), id, []);
    Ok(())
}

/// The first of a list, one line each, and how many more there are.
pub(super) fn some(what: &str, ids: &[EntityId]) -> Vec<String> {
    const SHOWN: usize = 20;
    let mut lines: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("{what}: {id}")).collect();
    if ids.len() > SHOWN {
        lines.push(format!("{what}: {} more", ids.len() - SHOWN));
    }
    lines
}

/// The record itself and the realm's, in one round.
pub(super) fn know(draft: &Draft<'_>, id: Option<EntityId>) -> Result<(), Stop> {
    let mut needs = Needs::default();
    needs.record(draft.schema.realm);
    needs.records.extend(id);
    draft.need(needs)
}
