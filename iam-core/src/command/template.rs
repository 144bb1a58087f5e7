//! Templates that pre-fill a new profile by job or department (S1-13, S1-14).

use serde::{Deserialize, Serialize};

use super::{
    AttributeChanges, Decide,
    form::{know, shown, unknown},
    names_in, profile, provenance,
    schema_epoch::touch_schema,
};
use crate::{
    model::{EditableBy, EntityId, Kind, Record, TemplateId, Value},
    plan::{Cause, Draft, Needs, Schema, Stop},
    rules::canonical,
    wire::FieldProblem,
};

/// Creates a template. It is applied to new users whose `job` is `when_job` or whose `department` is
/// `when_department`, or that name it.
///
/// ```
/// use iam_core::command::CreateTemplate;
///
/// let command: CreateTemplate = serde_json::from_str(r#"{"attributes": {
///     "name": "Sales, Utica", "when_department": "Sales", "values": {"city": "Utica", "country": "US"}
/// }}"#)?;
/// assert_eq!(command.attributes.len(), 3);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateTemplate {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TemplateId>,
    /// `name`, `description`, `when_job`, `when_department`, `values`.
    pub attributes: AttributeChanges,
}

/// Changes a template. Users made from it stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateTemplate {
    /// The template.
    pub template: TemplateId,
    /// New values; `null` removes one.
    pub attributes: AttributeChanges,
}

/// Deletes a template. Users made from it stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteTemplate {
    /// The template.
    pub template: TemplateId,
}

attribute_setters!(CreateTemplate UpdateTemplate);

impl Decide for CreateTemplate {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Template, schema, needs);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        know(draft, self.id.map(EntityId::from))?;
        let id = provenance::new_id(draft, Kind::Template, self.id)?;
        write(draft, Record::new(id), &self.attributes, true)?;
        draft.event("template.created", id, []);
        Ok(())
    }
}

impl Decide for UpdateTemplate {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Template, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.template);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        know(draft, Some(self.template.into()))?;
        let record = (*draft.live(self.template)?).clone();
        if write(draft, record, &self.attributes, false)? {
            draft.event("template.updated", self.template, []);
        }
        Ok(())
    }
}

impl Decide for DeleteTemplate {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.template);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        know(draft, Some(self.template.into()))?;
        draft.subject(self.template);
        draft.live(self.template)?;
        draft.remove(self.template, Cause::Requested)?;
        touch_schema(draft)?;
        draft.event("template.deleted", self.template, []);
        Ok(())
    }
}

fn write(
    draft: &mut Draft<'_>,
    record: Record,
    attributes: &AttributeChanges,
    creating: bool,
) -> Result<bool, Stop> {
    draft.subject(record.id);
    let mut attributes = attributes.clone();
    let mut problems = Vec::new();
    if let Some(Some(Value::Object(values))) = attributes.get_mut("values") {
        let given = std::mem::take(values);
        for (name, value) in given {
            match checked(draft.schema, &name, value) {
                Ok(value) => drop(values.insert(name, value)),
                Err(message) => problems.push(FieldProblem::new(
                    format!("values.{}", shown(&name)),
                    "value.template",
                    message,
                )),
            }
        }
    }
    let changed = profile::write_checked(draft, record, &attributes, creating, problems)?;
    if changed {
        touch_schema(draft)?;
    }
    Ok(changed)
}

/// A value that a new user may have, in its canonical form.
fn checked(schema: &Schema, name: &str, value: Value) -> Result<Value, String> {
    let definition = schema
        .attribute(Kind::User, name)
        .ok_or_else(|| unknown(Kind::User, name))?;
    if definition.editable != EditableBy::Update {
        return Err("is not set by an update and cannot be pre-filled".to_owned());
    }
    if schema
        .unique_attributes(Kind::User)
        .any(|unique| unique.name == name)
    {
        return Err("is unique: the second user of the template would collide".to_owned());
    }
    canonical(definition, value)
        .map_err(|problem| problem.message)?
        .ok_or_else(|| "is empty; leave it out".to_owned())
}
