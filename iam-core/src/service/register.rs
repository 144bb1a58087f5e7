//! Self-registration: a person fills in the realm's registration form.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Acting;
use crate::{
    command::{
        AttributeChanges, CreateUser, Decide, RecordConsent,
        credential::store,
        link::{self, Asked, Delivery},
    },
    model::{Kind, Secret, UserId, Value},
    plan::{Draft, FormField, Needs, Settings, Stop},
    rules::link::LinkPurpose,
    wire::{Code, FieldProblem, Problem},
};

/// A filled-in registration form (S0-23).
///
/// ```
/// use iam_core::service::Register;
///
/// let form: Register = serde_json::from_str(r#"{
///     "attributes": {"email": "alice@example.com", "first_name": "Alice"}, "password": "correct horse battery"
/// }"#)?;
/// assert!(!format!("{form:?}").contains("horse"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// The values by attribute: those of the form and no others.
    pub attributes: AttributeChanges,
    /// The password to sign in with.
    pub password: Secret,
    /// The version of the terms that the person accepts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
}

/// What keeps everybody from registering: the module, or one of the three things that it takes (S0-9, S0-10).
fn closed(settings: &Settings) -> Option<Problem> {
    for module in ["customer_identity", "self_registration"] {
        if settings.features_off.contains(module) {
            let message = format!("the module `{module}` is switched off");
            return Some(Problem::new(Code::FeatureOff, message).about(module));
        }
    }
    let registration = &settings.self_registration;
    let missing: Vec<String> = [
        (registration.enabled, "enabled: registration is not switched on"),
        (
            registration.linked,
            "linked: the sign-in page has no link to the registration",
        ),
        (
            !registration.form.is_empty(),
            "form: there is no registration form",
        ),
    ]
    .into_iter()
    .filter(|(there, _)| !there)
    .map(|(_, what)| what.to_owned())
    .collect();
    if missing.is_empty() {
        return None;
    }
    let message = format!("nobody can register: {}", missing.join("; "));
    Some(Problem::new(Code::RegistrationClosed, message).with_details(missing))
}

impl Acting<'_> {
    /// The form by which people register.
    ///
    /// # Errors
    /// [`Code::FeatureOff`] and [`Code::RegistrationClosed`] when nobody can register, naming what is missing (S0-10).
    pub async fn registration_form(&self) -> Result<Vec<FormField>, Problem> {
        let schema = self.shared.reload_schema(self.storage(), self.realm).await?;
        match closed(&schema.settings) {
            Some(problem) => Err(problem),
            None => Ok(schema.settings.self_registration.form.clone()),
        }
    }

    /// Registers a person: creates the user from the form, sets the password, and sends the link to verify the e-mail
    /// address where the realm wants that, in one commit.
    ///
    /// # Errors
    /// As for [`Acting::registration_form`]; every field that is wrong. A name that is taken is told without saying by
    /// whom.
    pub async fn register(&self, form: &Register) -> Result<UserId, Problem> {
        let step = |draft: &mut Draft<'_>| register(draft, form);
        let done = self.carry_out("user.register", &|_| Needs::default(), step).await;
        match done {
            Ok(done) => Ok(done.outcome),
            Err(problem) => Err(discreet(problem)),
        }
    }
}

/// Who holds a name that somebody else wants is nobody's business out there.
fn discreet(mut problem: Problem) -> Problem {
    if problem.code == Code::Taken {
        problem.subject = None;
        problem.message = "a value is in use already".to_owned();
    }
    for field in &mut problem.fields {
        if field.code == Code::Taken.name() {
            field.message = "this value is in use already".to_owned();
        }
    }
    problem
}

fn register(draft: &mut Draft<'_>, form: &Register) -> Result<UserId, Stop> {
    if let Some(problem) = closed(&draft.schema.settings) {
        return Err(problem.into());
    }
    let registration = draft.schema.settings.self_registration.clone();
    let mut problems = Vec::new();
    for name in form.attributes.keys() {
        if !registration.form.iter().any(|line| line.attribute == *name) {
            let shown: String = name.chars().take(60).collect();
            problems.push(FieldProblem::new(
                shown,
                "value.not_allowed",
                "is not part of the form",
            ));
        }
    }
    for line in registration.form.iter().filter(|line| line.required) {
        if form.attributes.get(&line.attribute).is_none_or(Option::is_none) {
            let field = &line.attribute;
            problems.push(FieldProblem::new(field, "value.required", "has to be filled in"));
        }
    }
    if !problems.is_empty() {
        return Err(Problem::fields(problems).into());
    }
    let mut attributes = form.attributes.clone();
    if attributes.get("user_name").is_none_or(Option::is_none)
        && let Some(email) = attributes.get("email").cloned().flatten()
    {
        attributes.insert("user_name".to_owned(), Some(email));
    }
    let create = CreateUser {
        attributes,
        user_type: registration.user_type,
        origin: Some("self_registration".to_owned()),
        source: Some("registration form".to_owned()),
        supplied_by_user: form.attributes.keys().cloned().collect::<BTreeSet<_>>(),
        ..CreateUser::default()
    };
    let mut names = Needs::default();
    create.names(draft.schema, &mut names);
    draft.need(names)?;
    create.decide(draft)?;
    let Some(user) = draft.current_subject().filter(|id| id.kind == Kind::User) else {
        return Err(Problem::new(Code::Malformed, "nobody was created").into());
    };
    let id = UserId(user.uuid);
    store(draft, id, &form.password, "user", false)?;
    if let Some(version) = &form.terms {
        RecordConsent::to_terms(id, version).decide(draft)?;
    }
    let record = draft.live(id)?;
    if registration.verify_email && record.value("email").and_then(Value::as_text).is_some() {
        let asked = Asked {
            purpose: LinkPurpose::EmailVerification,
            language: None,
            delivery: Delivery::Message,
        };
        link::issue(draft, &record, &asked)?;
    }
    draft.subject(id);
    draft.event("user.registered", id, [("was", "self_registration".into())]);
    Ok(id)
}
