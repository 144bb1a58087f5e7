//! Writing attributes: the one place where values meet their definitions and forms.

use super::AttributeChanges;
use crate::{
    model::{
        AttributeDefinition, EditableBy, EntityId, Kind, Record, Source, builtin, builtin_defaults,
        builtin_required,
    },
    plan::{Draft, FormField, Schema, Stop},
    rules::canonical,
    wire::{FieldProblem, Problem},
};

/// Applies changes to a record and reports every field that is wrong (S1-2, S1-15).
pub(crate) fn apply(schema: &Schema, record: &mut Record, changes: &AttributeChanges) -> Vec<FieldProblem> {
    let kind = record.kind();
    let form = form_of(schema, record);
    let mut problems = Vec::new();
    for (name, value) in changes {
        let Some(definition) = schema.attribute(kind, name) else {
            problems.push(unknown(schema, kind, name));
            continue;
        };
        if definition.editable != EditableBy::Update {
            problems.push(not_editable(definition));
            continue;
        }
        if value.is_some() && !is_in_form(schema, kind, definition, form.as_deref()) {
            problems.push(FieldProblem::new(
                name,
                "attribute.not_in_form",
                "is not part of the form of this type; its old value is kept but inactive",
            ));
            continue;
        }
        match value
            .clone()
            .map_or(Ok(None), |value| canonical(definition, value))
        {
            Ok(value) => record.set(name, value),
            Err(problem) => problems.push(FieldProblem::new(name, problem.code, problem.message)),
        }
    }
    problems
}

/// Reports every mandatory attribute that is missing: declared, by the realm's settings, by the form of the type.
pub(crate) fn require(schema: &Schema, record: &Record) -> Vec<FieldProblem> {
    let kind = record.kind();
    let form = form_of(schema, record).unwrap_or_default();
    // Where neither the realm nor a form asks for more, it is the declared ones only.
    let declared = form.is_empty() && (kind != Kind::User || schema.settings.required.is_empty());
    let known = if declared { builtin_required(kind) } else { &[] };
    let looked_at = if declared { &[] } else { builtin(kind) };
    known
        .iter()
        .copied()
        .chain(looked_at)
        .chain(schema.custom(kind))
        .filter(|definition| {
            (definition.required && is_in_form(schema, kind, definition, Some(&form)))
                || (kind == Kind::User && schema.settings.required.contains(&definition.name))
                || form
                    .iter()
                    .any(|field| field.required && field.attribute == definition.name)
        })
        .filter(|definition| record.value(&definition.name).is_none())
        .map(|definition| {
            FieldProblem::new(
                &definition.name,
                "value.required",
                format!("{} must be set", definition.label),
            )
        })
        .collect()
}

/// Turns field problems into a refusal.
pub(crate) fn refuse(problems: Vec<FieldProblem>) -> Result<(), Stop> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Problem::fields(problems).into())
    }
}

/// Applies, requires and writes in one go: the common end of every `create` and `update`.
pub(crate) fn write(
    draft: &mut Draft<'_>,
    record: Record,
    changes: &AttributeChanges,
    creating: bool,
) -> Result<bool, Stop> {
    write_checked(draft, record, changes, creating, Vec::new())
}

/// As [`write()`], together with what else was found wrong, so that everything is said at once.
pub(crate) fn write_checked(
    draft: &mut Draft<'_>,
    mut record: Record,
    changes: &AttributeChanges,
    creating: bool,
    mut problems: Vec<FieldProblem>,
) -> Result<bool, Stop> {
    problems.extend(apply(draft.schema, &mut record, changes));
    if creating {
        let form = form_of(draft.schema, &record);
        let own = draft.schema.custom(record.kind());
        for definition in builtin_defaults(record.kind()).iter().copied().chain(own) {
            if definition.default.is_some()
                && record.value(&definition.name).is_none()
                && is_in_form(draft.schema, record.kind(), definition, form.as_deref())
            {
                record.set(&definition.name, definition.default.clone());
            }
        }
    }
    for missing in require(draft.schema, &record) {
        if !problems.iter().any(|problem| problem.field == missing.field) {
            problems.push(missing);
        }
    }
    if !problems.is_empty() {
        // Everything that is wrong is said at once.
        problems.extend(draft.names_taken(&record)?);
    }
    refuse(problems)?;
    draft.put(record, crate::plan::Cause::Requested)
}

/// The form that governs a record; `None` when its kind knows no forms or its type has none.
fn form_of(schema: &Schema, record: &Record) -> Option<Vec<FormField>> {
    let form = match record.kind() {
        Kind::User => schema.form(record.reference("user_type")?),
        Kind::Organization => schema.form(record.reference("organization_type")?),
        Kind::Position => schema.settings.position_form.clone(),
        _ => return None,
    };
    (!form.is_empty()).then_some(form)
}

/// Built-in attributes belong to every form. A custom one that some type's form names belongs to those forms only;
/// one that no form names belongs to all (S0-16, S0-72, S0-81).
fn is_in_form(
    schema: &Schema,
    kind: Kind,
    definition: &AttributeDefinition,
    form: Option<&[FormField]>,
) -> bool {
    if definition.source == Source::Builtin {
        return true;
    }
    let names = |form: &[FormField]| form.iter().any(|field| field.attribute == definition.name);
    if form.is_some_and(names) {
        return true;
    }
    let types = match kind {
        Kind::User => Kind::UserType,
        Kind::Organization => Kind::OrganizationType,
        _ => return true,
    };
    !schema.records(types).any(|record| names(&schema.form(record.id)))
}

fn unknown(schema: &Schema, kind: Kind, name: &str) -> FieldProblem {
    let shown: String = name.chars().take(40).collect();
    let near = schema
        .attributes(kind)
        .map(|definition| definition.name.as_str())
        .find(|known| known.replace('_', "") == name.replace(['_', '-', ' '], "").to_lowercase());
    let message = match near {
        Some(near) => format!(
            "there is no such attribute of {}; did you mean `{near}`?",
            kind.with_article()
        ),
        None => format!(
            "there is no such attribute of {}; declare it with `attribute.define`",
            kind.with_article()
        ),
    };
    FieldProblem::new(shown, "attribute.unknown", message)
}

fn not_editable(definition: &AttributeDefinition) -> FieldProblem {
    let message = if definition.editable == EditableBy::Nobody {
        "is set by the library and cannot be changed".to_owned()
    } else {
        "has a command of its own and is not changed by an update".to_owned()
    };
    FieldProblem::new(&definition.name, "attribute.read_only", message)
}

/// A reference must name a live record of the right kind.
pub(crate) fn live_reference(draft: &mut Draft<'_>, field: &str, id: EntityId) -> Result<(), Stop> {
    match draft.live(id) {
        Ok(_) => Ok(()),
        Err(Stop::Refused(problem)) => {
            let code = problem.code;
            let field = FieldProblem::new(field, code.name(), problem.message.clone());
            Err(Problem {
                fields: vec![field],
                ..*problem
            }
            .into())
        }
        Err(stop) => Err(stop),
    }
}
