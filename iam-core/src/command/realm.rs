//! Realms and their settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::{
    Decide,
    form::{form_problems, shown, unknown},
    profile, schema_epoch,
};
use crate::{
    model::{AttributeDefinition, AttributeType, EditableBy, EntityId, Kind, RealmId, Record, Value},
    plan::{Cause, Draft, Needs, Schema, Settings, Stop},
    rules::canonical,
    wire::{Code, FieldProblem, Problem},
};

/// Creates the realm that the command is sent to. Its name is unique among all realms (S2-4).
///
/// ```
/// use iam_core::command::CreateRealm;
///
/// let command: CreateRealm = serde_json::from_str(r#"{"name": "acme", "settings": {"retention_days": 90}}"#)?;
/// assert_eq!(command.settings["retention_days"], 90);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateRealm {
    /// The realm, when it is to be said twice; it is the one that the command is sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<RealmId>,
    /// The name.
    pub name: String,
    /// The settings that differ from the defaults.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub settings: Map<String, Json>,
}

impl CreateRealm {
    /// A realm with default settings.
    pub fn new(name: impl Into<String>) -> Self {
        CreateRealm {
            id: None,
            name: name.into(),
            settings: Map::new(),
        }
    }
}

/// Changes the name or settings of the realm. Settings are merged: what is not named stays, `null` goes back to the
/// default, a structure is merged line by line, a list is replaced.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateRealm {
    /// The new name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The settings that change.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub settings: Map<String, Json>,
}

impl Decide for CreateRealm {
    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let realm = draft.context.realm;
        if self.id.is_some_and(|id| id != realm) {
            let message = "the command was sent to another realm than the one it names";
            return Err(Problem::new(Code::Realm, message).about(realm).into());
        }
        if draft.record(realm)?.is_some() {
            let message = "there is a realm with this identifier already";
            return Err(Problem::new(Code::Realm, message).about(realm).into());
        }
        let mut record = Record::new(realm.into());
        write(draft, &mut record, Some(&self.name), &self.settings)?;
        draft.subject(realm);
        draft.put(record, Cause::Requested)?;
        draft.event("realm.created", realm, []);
        Ok(())
    }
}

impl Decide for UpdateRealm {
    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let realm = draft.context.realm;
        let before = draft.live(realm)?;
        let mut record = (*before).clone();
        let (old, new) = write(draft, &mut record, self.name.as_deref(), &self.settings)?;
        draft.subject(realm);
        if record == *before {
            return Ok(());
        }
        if old != new {
            schema_epoch::count(&mut record);
        }
        draft.put(record, Cause::Requested)?;
        draft.event("realm.updated", realm, []);
        // What is kept unique is kept in an index of its own, which has to be made anew for what is there already.
        let mut changed: Vec<String> = old.unique.symmetric_difference(&new.unique).cloned().collect();
        if old.deleted_keep_names != new.deleted_keep_names {
            changed.push("*".to_owned());
        }
        for attribute in changed {
            draft.effect("schema.reindex", realm, [("attribute", attribute.into())]);
        }
        Ok(())
    }
}

/// Writes name and settings; returns the settings before and after.
fn write(
    draft: &Draft<'_>,
    record: &mut Record,
    name: Option<&str>,
    changes: &Map<String, Json>,
) -> Result<(Settings, Settings), Stop> {
    let mut problems = Vec::new();
    if let (Some(name), Some(definition)) = (name, draft.schema.attribute(Kind::Realm, "name")) {
        match canonical(definition, name.into()) {
            Ok(Some(name)) => record.set("name", Some(name)),
            Ok(None) => problems.push(FieldProblem::new("name", "value.required", "Name must be set")),
            Err(problem) => problems.push(FieldProblem::new("name", problem.code, problem.message)),
        }
    }
    let stored = stored_settings(record);
    let mut merged = Json::Object(stored.clone());
    merge(&mut merged, &Json::Object(changes.clone()));
    let merged = match merged {
        Json::Object(map) => map,
        _ => Map::new(),
    };
    for key in changes.keys() {
        let one = merged
            .get(key)
            .map(|value| Map::from_iter([(key.clone(), value.clone())]))
            // Also a default that is asked for has to exist.
            .unwrap_or_else(|| Map::from_iter([(key.clone(), Json::Null)]));
        if let Err(error) = crate::model::from_json::<Settings>(Json::Object(one)) {
            let is_default = !merged.contains_key(key) && !error.to_string().starts_with("unknown field");
            if !is_default {
                problems.push(FieldProblem::new(
                    setting(key),
                    "value.setting",
                    error.to_string(),
                ));
            }
        }
    }
    let read = |map: Map<String, Json>| crate::model::from_json::<Settings>(Json::Object(map)).ok();
    // What cannot even be read is left out, so that everything else that is wrong is said as well.
    let mut readable = merged.clone();
    readable.retain(|key, _| !problems.iter().any(|problem| problem.field == setting(key)));
    let after = read(readable).unwrap_or_default();
    check(draft.schema, &after, &mut problems);
    // What was wrong before and is not touched now is not held against this command.
    problems.retain(|problem| problem.field == "name" || is_named(changes, &problem.field));
    profile::refuse(problems)?;
    let value: Option<Value> = crate::model::from_json(Json::Object(merged)).ok();
    let value = value.filter(|value| *value != Value::Object(BTreeMap::new()));
    record.set("settings", value);
    Ok((read(stored).unwrap_or_default(), after))
}

fn setting(key: &str) -> String {
    let shown: String = key.chars().take(40).collect();
    format!("settings.{shown}")
}

fn is_named(changes: &Map<String, Json>, field: &str) -> bool {
    changes.keys().any(|key| {
        field
            .strip_prefix(&setting(key))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn stored_settings(record: &Record) -> Map<String, Json> {
    match record
        .value("settings")
        .and_then(|value| serde_json::to_value(value).ok())
    {
        Some(Json::Object(map)) => map,
        _ => Map::new(),
    }
}

/// JSON Merge Patch, RFC 7396.
fn merge(target: &mut Json, patch: &Json) {
    let Json::Object(patch) = patch else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Json::Object(Map::new());
    }
    if let Json::Object(target) = target {
        for (key, value) in patch {
            if value.is_null() {
                target.remove(key);
            } else {
                merge(target.entry(key.clone()).or_insert(Json::Null), value);
            }
        }
    }
}

/// Everything about settings that their types do not say.
fn check(schema: &Schema, settings: &Settings, problems: &mut Vec<FieldProblem>) {
    let mut report = |field: &str, message: String| {
        problems.push(FieldProblem::new(
            format!("settings.{field}"),
            "value.setting",
            message,
        ));
    };
    for name in &settings.unique {
        match attribute(schema, name) {
            Err(message) => report("unique", message),
            Ok(definition)
                if definition.multiple
                    || definition.derived
                    || definition.value_type == AttributeType::Object =>
            {
                report(
                    "unique",
                    format!("{} cannot be unique: it holds no single value", definition.name),
                );
            }
            Ok(_) => {}
        }
    }
    for name in &settings.not_searched {
        if let Err(message) = attribute(schema, name) {
            report("not_searched", message);
        }
    }
    for name in &settings.required {
        match schema.attribute(Kind::User, name) {
            Some(definition) if definition.editable == EditableBy::Update => {}
            Some(_) => report("required", format!("{} is not set by an update", shown(name))),
            None => report("required", unknown(Kind::User, name)),
        }
    }
    for name in &settings.self_service {
        match schema.attribute(Kind::User, name) {
            Some(definition) if definition.editable == EditableBy::Update => {}
            Some(_) => report("self_service", format!("{} is not set by an update", shown(name))),
            None => report("self_service", unknown(Kind::User, name)),
        }
    }
    for (kind, names) in &settings.displayed {
        let field = format!("displayed.{}", shown(kind));
        match Kind::from_name(kind) {
            None => report(&field, format!("{} is not a kind", shown(kind))),
            Some(Kind::OrganizationType) => {
                // S0-99
                report(
                    &field,
                    "lists of organization types are not configurable".to_owned(),
                );
            }
            Some(kind) => {
                for name in names {
                    if name != "id" && schema.attribute(kind, name).is_none() {
                        report(&field, unknown(kind, name));
                    }
                }
            }
        }
    }
    if !matches!(settings.tree_sort.as_str(), "sort_order" | "name") {
        report("tree_sort", "`sort_order` or `name`".to_owned());
    }
    if !matches!(settings.member_sort.as_str(), "user_number" | "number") {
        report("member_sort", "`user_number` or `number`".to_owned());
    }
    for problem in form_problems(schema, Kind::Position, &settings.position_form) {
        report("position_form", problem);
    }
    for target in &settings.downstream {
        if target.trim().is_empty() || target.chars().count() > 100 {
            report("downstream", "a name has 1 to 100 characters".to_owned());
        }
    }
    for name in &settings.sign_in.identifiers {
        let unique = schema
            .unique_attributes(Kind::User)
            .any(|definition| definition.name == *name)
            || settings.unique.contains(&format!("user.{name}"));
        if !unique {
            report(
                "sign_in.identifiers",
                format!("{} is not a unique attribute of users", shown(name)),
            );
        }
    }
    let fits = |name: &String| {
        let name = name
            .strip_prefix(crate::credential::signature::ES256)
            .unwrap_or(name);
        (1..=40).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    if settings.sign_in.signing_keys.len() > 5 || !settings.sign_in.signing_keys.iter().all(fits) {
        report(
            "sign_in.signing_keys",
            "5 names at most, each of 1 to 40 letters, digits, `-`, `_` and `.`, perhaps after `ES256:`"
                .to_owned(),
        );
    }
    for (field, message) in settings
        .sign_in
        .passkeys
        .iter()
        .flat_map(crate::credential::passkey::RelyingParty::problems)
    {
        report(&format!("sign_in.passkeys.{field}"), message);
    }
    if settings.sign_in.refresh_grace_seconds > 60 {
        report("sign_in.refresh_grace_seconds", "60 at most".to_owned());
    }
    for problem in form_problems(schema, Kind::User, &settings.self_registration.form) {
        report("self_registration.form", problem);
    }
    if settings
        .self_registration
        .user_type
        .is_some_and(|of| schema.record(of).is_none())
    {
        report(
            "self_registration.user_type",
            "there is no such user type".to_owned(),
        );
    }
    if settings.retention_days > 36_500 {
        report("retention_days", "36500 at most".to_owned());
    }
    for transition in settings.status_effects.keys() {
        if !STATUS_TRANSITIONS.contains(&transition.as_str()) {
            report(
                &format!("status_effects.{}", shown(transition)),
                format!("not one of {}", STATUS_TRANSITIONS.join(", ")),
            );
        }
    }
}

/// The transitions whose effects a realm can choose (X3).
const STATUS_TRANSITIONS: [&str; 5] = [
    "user.disable",
    "user.suspend",
    "user.archive",
    "user.lock",
    "user.delete",
];

/// The attribute that `kind.name` names.
fn attribute<'a>(schema: &'a Schema, path: &str) -> Result<&'a AttributeDefinition, String> {
    let (kind, name) = path
        .split_once('.')
        .ok_or_else(|| format!("`{}` is not of the form `kind.attribute`", shown(path)))?;
    let kind = Kind::from_name(kind).ok_or_else(|| format!("`{}` is not a kind", shown(kind)))?;
    schema.attribute(kind, name).ok_or_else(|| unknown(kind, name))
}
