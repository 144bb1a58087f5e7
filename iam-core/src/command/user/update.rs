use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    super::{AttributeChanges, Decide, names_in, profile},
    create::{expiry_of, user_name_problems},
};
use crate::{
    model::{EntityId, Kind, UserId, UserTypeId, Value},
    plan::{Cause, Draft, Needs, Schema, Stop},
    wire::{FieldProblem, Problem},
};

/// Changes attributes of a user (S2-9, S3-31). Read-only attributes and those with a command of their own are
/// refused by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateUser {
    /// The user.
    pub user: UserId,
    /// New values; `null` removes one.
    pub attributes: AttributeChanges,
}

impl UpdateUser {
    /// No change yet.
    pub fn new(user: UserId) -> Self {
        UpdateUser {
            user,
            attributes: AttributeChanges::new(),
        }
    }

    /// Sets an attribute.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.attributes.insert(name.to_owned(), Some(value.into()));
        self
    }

    /// Removes an attribute's value.
    #[must_use]
    pub fn unset(mut self, name: &str) -> Self {
        self.attributes.insert(name.to_owned(), None);
        self
    }
}

impl Decide for UpdateUser {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::User, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let before = draft.live(self.user)?;
        if let Some(problem) = user_name_problems(&self.attributes) {
            return Err(Problem::fields(vec![problem]).into());
        }
        draft.subject(self.user);
        if profile::write(draft, (*before).clone(), &self.attributes, false)? {
            let renamed = self.attributes.contains_key("user_name");
            draft.event(
                if renamed { "user.renamed" } else { "user.updated" },
                self.user,
                [],
            );
        }
        Ok(())
    }
}

/// Gives a user another type (S0-73): attributes that only the old type's form has are kept but inactive, mandatory
/// ones of the new form must be there or be given now, the expiry is recomputed on request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeUserType {
    /// The user.
    pub user: UserId,
    /// The new type; `None` for no type.
    pub user_type: Option<UserTypeId>,
    /// Values that the new form asks for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: AttributeChanges,
    /// Set `valid_until` from the new type's validity, counted from now.
    #[serde(default)]
    pub recompute_expiry: bool,
}

impl Decide for ChangeUserType {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut record = (*draft.live(self.user)?).clone();
        if let Some(user_type) = self.user_type
            && draft.schema.record(user_type).is_none()
        {
            let problem = FieldProblem::new("user_type", "record.not_found", "there is no such user type");
            return Err(Problem::fields(vec![problem]).into());
        }
        record.set("user_type", self.user_type.map(|id| EntityId::from(id).into()));
        if self.recompute_expiry {
            let expiry = self.user_type.and_then(|user_type| expiry_of(draft, user_type));
            record.set("valid_until", expiry.map(Into::into));
        }
        draft.subject(self.user);
        if profile::write(draft, record, &self.attributes, false)? {
            draft.event("user.type_changed", self.user, []);
        }
        Ok(())
    }
}

/// Records that a person gave or withdrew consent to a purpose, or on which lawful basis the person's data are
/// processed (S3-22, GDPR articles 6 and 7). Earlier records are kept: the latest for a purpose counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordConsent {
    /// The user.
    pub user: UserId,
    /// What the consent is for, such as `newsletter`; may be absent when only the basis is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Given or withdrawn.
    #[serde(default)]
    pub granted: bool,
    /// The text the person saw, or its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_version: Option<String>,
    /// The lawful basis from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lawful_basis: Option<String>,
}

impl RecordConsent {
    /// The present terms were accepted.
    pub(crate) fn to_terms(user: UserId, version: impl Into<String>) -> Self {
        RecordConsent {
            user,
            purpose: Some("terms".to_owned()),
            granted: true,
            text_version: Some(version.into()),
            lawful_basis: None,
        }
    }
}

impl Decide for RecordConsent {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.user);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut record = (*draft.live(self.user)?).clone();
        let mut problems = Vec::new();
        if self.purpose.is_none() && self.lawful_basis.is_none() {
            problems.push(FieldProblem::new(
                "purpose",
                "value.required",
                "name a purpose or a lawful basis",
            ));
        }
        if let Some(purpose) = &self.purpose {
            if purpose.is_empty() || purpose.chars().count() > 100 {
                problems.push(FieldProblem::new(
                    "purpose",
                    "value.too_long",
                    "1 to 100 characters",
                ));
            }
            let mut consent = BTreeMap::from([
                ("purpose".to_owned(), Value::from(purpose.as_str())),
                ("granted".to_owned(), self.granted.into()),
                ("at".to_owned(), draft.context.now.into()),
            ]);
            if let Some(version) = &self.text_version {
                consent.insert("text_version".to_owned(), version.as_str().into());
            }
            let mut consents = record
                .value("consents")
                .map(|value| value.elements().to_vec())
                .unwrap_or_default();
            consents.push(Value::Object(consent));
            record.set("consents", Some(Value::List(consents)));
        }
        if let (Some(basis), Some(definition)) = (
            &self.lawful_basis,
            draft.schema.attribute(crate::model::Kind::User, "lawful_basis"),
        ) {
            match crate::rules::canonical(definition, basis.as_str().into()) {
                Ok(value) => record.set("lawful_basis", value),
                Err(problem) => {
                    problems.push(FieldProblem::new("lawful_basis", problem.code, problem.message))
                }
            }
        }
        profile::refuse(problems)?;
        draft.subject(self.user);
        if draft.put(record, Cause::Requested)? {
            draft.event("user.consent_recorded", self.user, []);
        }
        Ok(())
    }
}
