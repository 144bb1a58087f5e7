//! Identities of things (S2-1).

use serde::{Deserialize, Serialize};

use super::{
    AttributeChanges, Decide, JoinOrganization, declared, membership, names_in, profile, provenance,
    switch::switch_commands,
};
use crate::{
    model::{DeviceId, EntityId, Kind, Record},
    plan::{Cause, Draft, Needs, Schema, Stop},
    wire::FieldProblem,
};

/// Creates a device: a phone, a printer (S2-1).
///
/// ```
/// use iam_core::command::CreateDevice;
///
/// let command = CreateDevice::new("printer-3").set("device_type", "printer");
/// assert!(command.organizations.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateDevice {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<DeviceId>,
    /// The profile, `name` among it.
    pub attributes: AttributeChanges,
    /// Organizations to join.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<JoinOrganization>,
    /// `manual`, `import` or `sync`; without a word about it the door tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The file or identity source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Changes attributes of a device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateDevice {
    /// The device.
    pub device: DeviceId,
    /// New values; `null` removes one.
    pub attributes: AttributeChanges,
}

/// Deletes a device physically, with its memberships.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteDevice {
    /// The device.
    pub device: DeviceId,
}

switch_commands! {
    /// Enables a device.
    EnableDevice device DeviceId "enabled" "device.enabled";
}

/// Disables a device; what it has open outside ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisableDevice {
    /// The device.
    pub device: DeviceId,
}

attribute_setters!(CreateDevice UpdateDevice);

impl CreateDevice {
    /// A device with this name.
    pub fn new(name: impl Into<String>) -> Self {
        CreateDevice::default().set("name", name.into())
    }
}

/// The owner is a live user.
fn owner(attributes: &AttributeChanges) -> Option<Result<EntityId, FieldProblem>> {
    let text = attributes.get("owner")?.as_ref()?.as_text()?;
    if text.is_empty() {
        return None;
    }
    Some(match text.parse::<EntityId>() {
        Ok(id) if id.kind == Kind::User => Ok(id),
        _ => Err(FieldProblem::new(
            "owner",
            "value.reference",
            "is the identifier of a user",
        )),
    })
}

fn owner_needs(attributes: &AttributeChanges, needs: &mut Needs) {
    needs.records.extend(owner(attributes).and_then(Result::ok));
}

fn owner_problem(draft: &mut Draft<'_>, attributes: &AttributeChanges) -> Result<Option<FieldProblem>, Stop> {
    Ok(match owner(attributes) {
        None => None,
        Some(Err(problem)) => Some(problem),
        Some(Ok(id)) => match draft.live(id) {
            Ok(_) => None,
            Err(Stop::Refused(problem)) => {
                Some(FieldProblem::new("owner", problem.code.name(), problem.message))
            }
            Err(stop) => return Err(stop),
        },
    })
}

impl Decide for CreateDevice {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Device, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
        needs.records.extend(
            self.organizations
                .iter()
                .map(|join| EntityId::from(join.organization)),
        );
        owner_needs(&self.attributes, needs);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = provenance::new_id(draft, Kind::Device, self.id)?;
        let mut record = Record::new(id);
        let mut problems =
            provenance::note(draft, &mut record, self.origin.as_deref(), self.source.as_deref());
        problems.extend(owner_problem(draft, &self.attributes)?);
        record.set("administrative_status", Some("enabled".into()));
        draft.subject(id);
        profile::write_checked(draft, record, &self.attributes, true, problems)?;
        for join in &self.organizations {
            membership::join(draft, id, join)?;
        }
        draft.event("device.created", id, []);
        Ok(())
    }
}

impl Decide for UpdateDevice {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::Device, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.device);
        owner_needs(&self.attributes, needs);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let record = (*draft.live(self.device)?).clone();
        let problems = owner_problem(draft, &self.attributes)?.into_iter().collect();
        draft.subject(self.device);
        if profile::write_checked(draft, record, &self.attributes, false, problems)? {
            draft.event("device.updated", self.device, []);
        }
        Ok(())
    }
}

impl Decide for DisableDevice {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.device);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        if super::switch::switch(draft, self.device.into(), "disabled", "device.disabled")? {
            for effect in ["sessions.revoke", "tokens.revoke"] {
                draft.effect(effect, self.device, [("cause", "device.disable".into())]);
            }
        }
        Ok(())
    }
}

impl Decide for DeleteDevice {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.device);
        super::edge::need_all(needs, self.device.into());
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        draft.live(self.device)?;
        draft.subject(self.device);
        super::edge::drop_all(draft, self.device.into())?;
        draft.remove(self.device, Cause::Requested)?;
        draft.event("device.deleted", self.device, []);
        for effect in ["sessions.revoke", "tokens.revoke"] {
            draft.effect(effect, self.device, [("cause", "device.delete".into())]);
        }
        Ok(())
    }
}
