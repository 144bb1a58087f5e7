use std::{borrow::Cow, collections::BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    super::{
        AttributeChanges, Decide, Delivery, JoinOrganization, declared, link, membership, names_in, profile,
        provenance,
    },
    message, relations,
};
use crate::{
    model::{Attributes, Kind, Moment, PositionId, Record, TemplateId, UserId, UserTypeId, Value, fold},
    plan::{Draft, Needs, Schema, Stop},
    wire::{FieldProblem, Problem},
};

/// How far a person has come in signing up (S3-20, S3-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    /// Nothing to do: the account can be used.
    #[default]
    Complete,
    /// The account exists, nobody was invited yet.
    NotInvited,
    /// The account exists, and an invitation goes out with its creation (S3-17).
    Invited,
}

/// How the invitation of a new user goes out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Invitation {
    /// The language of the message, and of the sign-up to begin with (S3-18); the user's preferred one when absent.
    pub language: Option<String>,
    /// How the link gets to the user.
    pub delivery: Delivery,
}

/// Creates a user (S0-1, S0-20, S1-1).
///
/// Values come, in this order, from the command, the template, the attribute's default. With `template` left out,
/// templates whose job or department fits are applied by themselves, the job's first (S1-13, S1-14). The validity of
/// the user type sets `valid_until` unless the command does (S0-25).
///
/// ```
/// use iam_core::command::CreateUser;
///
/// let command = CreateUser::new("alice").set("email", "alice@example.com").set("city", "Utica");
/// assert_eq!(command.attributes.len(), 3);
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<UserId>,
    /// The profile, `user_name` among it.
    pub attributes: AttributeChanges,
    /// The user type (S0-68).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_type: Option<UserTypeId>,
    /// The template to pre-fill from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateId>,
    /// Organizations to join, several at once (S2-81, S2-84).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<JoinOrganization>,
    /// Positions to hold (S0-102).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<PositionId>,
    /// The manager (S2-14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager: Option<UserId>,
    /// Not valid before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Moment>,
    /// Not valid from then on; overrides the user type's validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Moment>,
    /// How far the sign-up is.
    #[serde(default)]
    pub registration: Registration,
    /// How the invitation goes out, with `registration: invited`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Invitation>,
    /// The lawful basis of processing (S3-22), one of those of GDPR article 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lawful_basis: Option<String>,
    /// `manual`, `import`, `orphan_account`, `sync` or `self_registration` (S0-7, S0-8); without a word about it the
    /// door tells: an identity source, an import, else by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The file, identity source or form that the user came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The attributes whose values the person supplied; the others came from whoever asked (S2-7).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub supplied_by_user: BTreeSet<String>,
}

impl CreateUser {
    /// A user with this user name.
    pub fn new(user_name: impl Into<String>) -> Self {
        CreateUser::default().set("user_name", user_name.into())
    }

    /// Sets an attribute.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.attributes.insert(name.to_owned(), Some(value.into()));
        self
    }

    /// Joins an organization.
    #[must_use]
    pub fn in_organization(mut self, organization: crate::model::OrganizationId) -> Self {
        self.organizations.push(JoinOrganization::new(organization));
        self
    }
}

impl Decide for CreateUser {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        names_in(&self.attributes, Kind::User, schema, needs);
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(crate::model::EntityId::from));
        needs
            .records
            .extend(self.manager.map(crate::model::EntityId::from));
        needs
            .records
            .extend(self.positions.iter().map(|id| crate::model::EntityId::from(*id)));
        needs.records.extend(
            self.organizations
                .iter()
                .map(|join| crate::model::EntityId::from(join.organization)),
        );
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let id = provenance::new_id(draft, Kind::User, self.id)?;
        let mut record = Record::new(id);
        // What the command sets, and what the engine notes.
        record.attributes = Attributes::with_capacity(self.attributes.len() + 10);
        record.salt = Some(draft.new_salt());
        let mut problems =
            provenance::note(draft, &mut record, self.origin.as_deref(), self.source.as_deref());
        let origin = record.text("origin").to_owned();
        let definition = draft.schema.attribute(Kind::User, "lawful_basis");
        if let (Some(definition), Some(basis)) = (definition, &self.lawful_basis) {
            match crate::rules::canonical(definition, basis.as_str().into()) {
                Ok(value) => record.set("lawful_basis", value),
                Err(problem) => {
                    problems.push(FieldProblem::new("lawful_basis", problem.code, problem.message));
                }
            }
        }
        record.set("administrative_status", Some("enabled".into()));
        match self.registration {
            Registration::Complete => crate::rules::status::register(&mut record, draft.context.now),
            _ => record.set("registration", Some("not_invited".into())),
        }
        if let Some(user_type) = self.user_type {
            if draft.schema.record(user_type).is_none() {
                problems.push(FieldProblem::new(
                    "user_type",
                    "record.not_found",
                    "there is no such user type",
                ));
            }
            record.set(
                "user_type",
                Some(Value::from(crate::model::EntityId::from(user_type))),
            );
        }
        let window = crate::model::Window {
            from: self.valid_from,
            until: self.valid_until.or_else(|| self.expiry(draft)),
        };
        if !window.is_possible() {
            problems.push(FieldProblem::new(
                "valid_until",
                "window.empty",
                "must lie after `valid_from`",
            ));
        }
        record.set("valid_from", window.from.map(Into::into));
        record.set("valid_until", window.until.map(Into::into));
        if !self.supplied_by_user.is_empty() {
            let by = self
                .supplied_by_user
                .iter()
                .map(|name| (name.clone(), Value::from("user")))
                .collect();
            record.set("supplied_by", Some(Value::Object(by)));
        }
        let mut attributes = self.with_templates(draft, &mut problems);
        self.sign_up_name(&mut attributes, &mut problems);
        problems.extend(user_name_problems(&attributes));
        if let Err(Stop::Refused(problem)) = profile::refuse(problems.clone()) {
            // Everything that is wrong is said at once, the profile's part included.
            let mut all = problem.fields;
            all.extend(profile::apply(draft.schema, &mut record, &attributes));
            all.extend(profile::require(draft.schema, &record));
            return Err(Problem::fields(all).into());
        }
        profile::write(draft, record, &attributes, true)?;
        for join in &self.organizations {
            membership::join(draft, id, join)?;
        }
        for position in &self.positions {
            relations::hold(draft, id, (*position).into())?;
        }
        if let Some(manager) = self.manager {
            relations::report_to(draft, id, Some(manager.into()))?;
        }
        draft.subject(id);
        draft.event("user.created", id, [("origin", origin.into())]);
        if self.registration == Registration::Invited {
            let user = draft.live(id)?;
            let invitation = self.invitation.clone().unwrap_or_default();
            link::invite(draft, &user, invitation.language.as_deref(), invitation.delivery)?;
            draft.subject(id);
        }
        message(draft, "user.created", id);
        Ok(())
    }
}

/// S2-8: unique (by its definition) and without white space.
pub(super) fn user_name_problems(changes: &AttributeChanges) -> Option<FieldProblem> {
    let name = changes.get("user_name")?.as_ref()?.as_text()?;
    name.contains(char::is_whitespace)
        .then(|| FieldProblem::new("user_name", "value.white_space", "must not contain white space"))
}

impl CreateUser {
    /// Whoever signs up by an invitation needs an e-mail address, and signs in with it when there is no other name
    /// (S3-14, S3-15).
    fn sign_up_name(&self, attributes: &mut Cow<'_, AttributeChanges>, problems: &mut Vec<FieldProblem>) {
        if self.registration == Registration::Complete {
            return;
        }
        match attributes.get("email").cloned().flatten() {
            None if self.registration == Registration::Invited => problems.push(FieldProblem::new(
                "email",
                "value.required",
                "whoever is to be invited needs an e-mail address",
            )),
            Some(email) if attributes.get("user_name").is_none_or(Option::is_none) => {
                attributes.to_mut().insert("user_name".to_owned(), Some(email));
            }
            _ => {}
        }
    }

    /// S0-25: the user type's validity counts from the creation.
    fn expiry(&self, draft: &Draft<'_>) -> Option<Moment> {
        expiry_of(draft, self.user_type?)
    }

    fn with_templates(
        &self,
        draft: &Draft<'_>,
        problems: &mut Vec<FieldProblem>,
    ) -> Cow<'_, AttributeChanges> {
        let mut attributes = Cow::Borrowed(&self.attributes);
        let given = |name: &str| {
            self.attributes
                .get(name)
                .and_then(Option::as_ref)
                .and_then(Value::as_text)
                .unwrap_or_default()
        };
        let mut fitting = Vec::new();
        if let Some(template) = self.template {
            match draft.schema.record(template) {
                Some(template) => fitting.push(template.clone()),
                None => problems.push(FieldProblem::new(
                    "template",
                    "record.not_found",
                    "there is no such template",
                )),
            }
        } else {
            for condition in ["when_job", "when_department"] {
                let value = given(condition.trim_start_matches("when_"));
                let fits = |record: &&std::sync::Arc<Record>| {
                    !value.is_empty() && fold(record.text(condition)) == fold(value)
                };
                fitting.extend(draft.schema.records(Kind::Template).filter(fits).cloned());
            }
        }
        for template in fitting {
            if let Some(Value::Object(values)) = template.value("values") {
                for (name, value) in values {
                    if !attributes.contains_key(name) {
                        attributes.to_mut().insert(name.clone(), Some(value.clone()));
                    }
                }
            }
        }
        attributes
    }
}

/// When a user of this type that starts now expires.
pub(super) fn expiry_of(draft: &Draft<'_>, user_type: UserTypeId) -> Option<Moment> {
    let days = draft
        .schema
        .record(user_type)?
        .value("validity_days")?
        .as_integer()?;
    Some(draft.context.now.plus_days(days))
}
