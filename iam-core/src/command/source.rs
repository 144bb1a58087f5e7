//! Identity sources and the connectors that read them (S0-121 … S0-127).

use serde::{Deserialize, Serialize};

use super::{Decide, declared, names_in, profile, provenance, switch::switch_commands};
use crate::{
    model::{
        Configuration, ConnectorDescriptor, ConnectorId, DEFAULT_SCHEDULE, EntityId, FieldIs, FieldType,
        Kind, Record, Required, SECRET_PREFIX, SourceId, SourceMode, SourceRules, SyncKind, Value,
    },
    plan::{Cause, ClaimKey, Draft, Needs, Schema, Stop},
    rules::structure,
    wire::{Code, FieldProblem, Problem},
};

/// Registers a connector in the realm, or a later version of it (S0-122). Hosts do it when they start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InstallConnector {
    /// The connector as it describes itself.
    pub descriptor: ConnectorDescriptor,
}

/// Takes a connector out of the realm. Sources that use it stay; their runs fail until it is back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveConnector {
    /// The connector.
    pub connector: ConnectorId,
}

/// Configures an identity source (S0-121, S0-123, S0-127). Refused while its connector is not registered (S0-122), and
/// by name for every required field that is missing. A new source looks only: its runs show what they would do.
///
/// ```
/// use iam_core::command::CreateSource;
///
/// let command = CreateSource::new("Head office", "csv").configure("folder", "/srv/hr");
/// assert_eq!(command.schedule, None, "02:00 every day");
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateSource {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<SourceId>,
    /// Its name, for whoever administers it (S0-123).
    pub name: String,
    /// The name of the connector.
    pub connector: String,
    /// The connector's configuration. Secrets are named, `vault:…`, never given.
    #[serde(default)]
    pub configuration: Configuration,
    /// How what it says becomes records.
    #[serde(default)]
    pub rules: SourceRules,
    /// A cron expression; 02:00 every day when absent, never when empty (S0-124).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
    /// The time zone of the schedule, such as `Europe/Vienna`; UTC when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Changes an identity source. What is not given stays. Other rules or another configuration make the next run a full
/// one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateSource {
    /// The source.
    pub source: SourceId,
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Another configuration, as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<Configuration>,
    /// Other rules, as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<SourceRules>,
    /// Another schedule; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<String>,
    /// Another time zone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether its runs change anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<SourceMode>,
}

/// Deletes an identity source. The records that came from it stay as they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteSource {
    /// The source.
    pub source: SourceId,
}

switch_commands! {
    /// Enables an identity source: its schedule counts again.
    EnableSource source SourceId "enabled" "source.enabled";
    /// Disables an identity source: no run starts.
    DisableSource source SourceId "disabled" "source.disabled";
}

impl CreateSource {
    /// A source with a name, read by a connector.
    pub fn new(name: impl Into<String>, connector: impl Into<String>) -> Self {
        CreateSource {
            name: name.into(),
            connector: connector.into(),
            ..CreateSource::default()
        }
    }

    /// Fills in a field of the configuration.
    #[must_use]
    pub fn configure(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.configuration.insert(field.to_owned(), value.into());
        self
    }

    /// Sets the rules.
    #[must_use]
    pub fn rules(mut self, rules: SourceRules) -> Self {
        self.rules = rules;
        self
    }
}

impl UpdateSource {
    /// No change yet.
    pub fn new(source: SourceId) -> Self {
        UpdateSource {
            source,
            name: None,
            configuration: None,
            rules: None,
            schedule: None,
            time_zone: None,
            mode: None,
        }
    }

    /// Whether its runs change anything.
    #[must_use]
    pub fn mode(mut self, mode: SourceMode) -> Self {
        self.mode = Some(mode);
        self
    }
}

fn connector_key(name: &str) -> Option<ClaimKey> {
    Some(ClaimKey {
        kind: Kind::Connector,
        attribute: "name".into(),
        key: Value::from(name).search_key()?.into(),
    })
}

/// The descriptor of a registered connector.
fn installed(draft: &mut Draft<'_>, name: &str) -> Result<Option<ConnectorDescriptor>, Stop> {
    let Some(key) = connector_key(name) else {
        return Ok(None);
    };
    match draft.holder(&key)? {
        Some(holder) => Ok(structure::from_record(&*draft.live(holder)?, "descriptor")),
        None => Ok(None),
    }
}

/// Reads a descriptor as it is, or says that the connector is missing (S0-122).
fn descriptor(draft: &mut Draft<'_>, name: &str) -> Result<ConnectorDescriptor, Stop> {
    installed(draft, name)?.ok_or_else(|| {
        let shown: String = name.chars().take(60).collect();
        Problem::new(
            Code::ConnectorMissing,
            format!("no connector “{shown}” is registered"),
        )
        .about(shown)
        .into()
    })
}

/// Every field of a configuration that is wrong: unknown, missing, of another type (S0-127, S0-132).
fn field_problems(descriptor: &ConnectorDescriptor, configuration: &Configuration) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let named = |name: &str| format!("configuration.{name}");
    for name in configuration.keys() {
        if !descriptor.fields.iter().any(|field| field.name == *name) {
            let message = format!("the connector {} has no such field", descriptor.name);
            problems.push(FieldProblem::new(named(name), "attribute.unknown", message));
        }
    }
    let value_of = |name: &str| {
        configuration.get(name).or_else(|| {
            descriptor
                .fields
                .iter()
                .find(|field| field.name == name)
                .and_then(|field| field.default.as_ref())
        })
    };
    let holds = |condition: &FieldIs| value_of(&condition.field) == condition.value.as_ref();
    for field in &descriptor.fields {
        let given = configuration.get(&field.name).filter(|value| !is_empty(value));
        let Some(value) = given else {
            let due = match &field.required {
                Required::Always => true,
                Required::When(conditions) => conditions.iter().all(holds),
                Required::Never => false,
            };
            if due && field.default.is_none() {
                let message = format!("{} must be filled in", field.label);
                problems.push(FieldProblem::new(named(&field.name), "value.required", message));
            }
            continue;
        };
        let fits = match field.field_type {
            FieldType::Text | FieldType::Secret => matches!(value, Value::Text(_)),
            FieldType::Integer => matches!(value, Value::Integer(_)),
            FieldType::Boolean => matches!(value, Value::Boolean(_)),
            FieldType::Object => matches!(value, Value::Object(_) | Value::List(_)),
        };
        if !fits {
            problems.push(FieldProblem::new(
                named(&field.name),
                "value.type",
                "has another type",
            ));
        } else if field.field_type == FieldType::Secret
            && !value
                .as_text()
                .is_some_and(|text| text.starts_with(SECRET_PREFIX))
        {
            let message = format!("names a secret of the host's vault: `{SECRET_PREFIX}…`");
            problems.push(FieldProblem::new(named(&field.name), "value.secret", message));
        } else if !field.allowed.is_empty() && !field.allowed.contains(value) {
            problems.push(FieldProblem::new(
                named(&field.name),
                "value.not_allowed",
                "is none of the values allowed",
            ));
        }
    }
    problems
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::List(list) => list.is_empty(),
        _ => false,
    }
}

/// What is wrong with rules, as far as it can be told without the source.
fn rule_problems(schema: &Schema, rules: &SourceRules) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if !(1..=5000).contains(&rules.page_size) {
        problems.push(FieldProblem::new(
            "rules.page_size",
            "value.range",
            "is between 1 and 5000",
        ));
    }
    for (kind, kind_rules) in &rules.kinds {
        let place = format!("rules.{}", kind.name());
        for mapping in &kind_rules.mappings {
            let known = match kind.record_kind() {
                Some(record_kind) => {
                    RELATIONS
                        .iter()
                        .any(|(of, name)| of == kind && *name == mapping.to)
                        || schema
                            .attribute(record_kind, &mapping.to)
                            .is_some_and(|definition| definition.editable == crate::model::EditableBy::Update)
                }
                None => matches!(mapping.to.as_str(), "member" | "container"),
            };
            if !known {
                let shown: String = mapping.to.chars().take(60).collect();
                problems.push(FieldProblem::new(
                    format!("{place}.{shown}"),
                    "attribute.unknown",
                    format!("a source cannot set this attribute of a {}", kind.name()),
                ));
            }
        }
        let mapped = |name: &str| kind_rules.mappings.iter().any(|mapping| mapping.to == name);
        for correlator in kind_rules.correlation.iter().flat_map(|tier| &tier.correlators) {
            let searchable = kind.record_kind().is_some_and(|record_kind| {
                schema
                    .attribute(record_kind, &correlator.attribute)
                    .is_some_and(|definition| definition.searchable)
            });
            if !searchable || !mapped(&correlator.attribute) {
                problems.push(FieldProblem::new(
                    format!("{place}.correlation"),
                    "correlation.attribute",
                    format!("`{}` must be searchable, and mapped", correlator.attribute),
                ));
            }
            if !(0.0..=1.0).contains(&correlator.weight) {
                problems.push(FieldProblem::new(
                    format!("{place}.correlation"),
                    "value.range",
                    "a weight is between 0 and 1",
                ));
            }
        }
        for (situation, action) in &kind_rules.actions {
            if !situation.allowed().contains(action) {
                problems.push(FieldProblem::new(
                    format!("{place}.actions.{}", situation.name()),
                    "value.not_allowed",
                    format!("`{}` is not allowed in this situation", action.name()),
                ));
            }
        }
    }
    problems
}

/// A filter that a connector would not look at is refused: nobody is to believe that it holds.
fn filter_problems(descriptor: &ConnectorDescriptor, rules: &SourceRules) -> Vec<FieldProblem> {
    let filters = rules.kinds.iter().filter(|(_, rules)| rules.filter.is_some());
    filters
        .filter(|_| !descriptor.capabilities.filter)
        .map(|(kind, _)| {
            FieldProblem::new(
                format!("rules.{}.filter", kind.name()),
                "value.unsupported",
                format!("the connector {} takes no filter", descriptor.name),
            )
        })
        .collect()
}

/// What a source may set besides the attributes of the record.
const RELATIONS: &[(SyncKind, &str)] = &[
    (SyncKind::User, "organizations"),
    (SyncKind::User, "manager"),
    (SyncKind::User, "positions"),
    (SyncKind::User, "groups"),
    (SyncKind::User, "leads"),
    (SyncKind::User, "user_type"),
    (SyncKind::User, "administrative_status"),
    (SyncKind::User, "valid_from"),
    (SyncKind::User, "valid_until"),
    (SyncKind::Organization, "parent"),
    (SyncKind::Organization, "organization_type"),
    (SyncKind::Organization, "administrative_status"),
    (SyncKind::Position, "organization"),
    (SyncKind::Position, "reports_to"),
    (SyncKind::Position, "administrative_status"),
    (SyncKind::Group, "members"),
    (SyncKind::Group, "groups"),
];

/// Writes a field that has a limited text.
fn text(record: &mut Record, schema: &Schema, name: &str, text: &str, problems: &mut Vec<FieldProblem>) {
    if let Some(definition) = schema.attribute(record.kind(), name) {
        match crate::rules::canonical(definition, text.into()) {
            Ok(value) => record.set(name, value),
            Err(problem) => problems.push(FieldProblem::new(name, problem.code, problem.message)),
        }
    }
}

impl Decide for InstallConnector {
    fn names(&self, _schema: &Schema, needs: &mut Needs) {
        needs.claims.extend(connector_key(&self.descriptor.name));
        needs.holders = true;
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut problems = Vec::new();
        let name = &self.descriptor.name;
        if name.is_empty()
            || !name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            problems.push(FieldProblem::new(
                "descriptor.name",
                "value.pattern",
                "is made of lower-case letters, digits and underscores",
            ));
        }
        profile::refuse(std::mem::take(&mut problems))?;
        let holder = match connector_key(name) {
            Some(key) => draft.holder(&key)?,
            None => None,
        };
        let mut record = match holder {
            Some(holder) => (*draft.live(holder)?).clone(),
            None => {
                let id = draft.new_id(Kind::Connector);
                let mut record = Record::new(id);
                problems.extend(provenance::note(draft, &mut record, None, None));
                record
            }
        };
        let schema = draft.schema;
        text(&mut record, schema, "name", name, &mut problems);
        profile::refuse(problems)?;
        record.set("descriptor", structure::to_value(&self.descriptor));
        let id = record.id;
        draft.subject(id);
        if draft.put(record, Cause::Requested)? {
            draft.event("connector.installed", id, []);
        }
        Ok(())
    }
}

impl Decide for RemoveConnector {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.connector);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        draft.live(self.connector)?;
        draft.subject(self.connector);
        draft.remove(self.connector, Cause::Requested)?;
        draft.event("connector.removed", self.connector, []);
        Ok(())
    }
}

impl Decide for CreateSource {
    fn names(&self, schema: &Schema, needs: &mut Needs) {
        let names = [("name".to_owned(), Some(Value::from(self.name.as_str())))].into();
        names_in(&names, Kind::Source, schema, needs);
        needs.claims.extend(connector_key(&self.connector));
        needs.holders = true;
    }

    fn needs(&self, needs: &mut Needs) {
        needs.records.extend(self.id.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let descriptor = descriptor(draft, &self.connector)?;
        let id = provenance::new_id(draft, Kind::Source, self.id)?;
        let mut record = Record::new(id);
        let mut problems = provenance::note(draft, &mut record, None, None);
        let schema = draft.schema;
        text(&mut record, schema, "name", &self.name, &mut problems);
        if record.value("name").is_none() && !problems.iter().any(|problem| problem.field == "name") {
            problems.push(FieldProblem::new("name", "value.required", "Name must be set"));
        }
        let schedule = self.schedule.as_deref().unwrap_or(DEFAULT_SCHEDULE);
        text(&mut record, schema, "schedule", schedule, &mut problems);
        let zone = self.time_zone.as_deref().unwrap_or("UTC");
        text(&mut record, schema, "time_zone", zone, &mut problems);
        problems.extend(schedule_problem(schedule));
        problems.extend(field_problems(&descriptor, &self.configuration));
        problems.extend(rule_problems(schema, &self.rules));
        problems.extend(filter_problems(&descriptor, &self.rules));
        if !problems.is_empty() {
            problems.extend(draft.names_taken(&record)?);
        }
        profile::refuse(problems)?;
        record.set("connector", Some(descriptor.name.as_str().into()));
        record.set("configuration", Some(Value::Object(self.configuration.clone())));
        record.set("rules", structure::to_value(&self.rules));
        record.set("mode", Some(SourceMode::LookOnly.name().into()));
        record.set("administrative_status", Some("enabled".into()));
        draft.subject(id);
        draft.put(record, Cause::Requested)?;
        draft.event("source.created", id, []);
        Ok(())
    }
}

/// Whether a text has the shape of a cron expression; what it means is checked where it is run.
fn schedule_problem(schedule: &str) -> Option<FieldProblem> {
    let fields = schedule.split_whitespace().count();
    let fits = schedule.is_empty() || schedule.starts_with('@') || (5..=7).contains(&fields);
    (!fits).then(|| {
        FieldProblem::new(
            "schedule",
            "value.schedule",
            "is a cron expression of five to seven fields, such as `0 2 * * *`",
        )
    })
}

impl Decide for UpdateSource {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.source);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let mut record = (*draft.live(self.source)?).clone();
        let schema = draft.schema;
        let mut problems = Vec::new();
        for (name, value) in [
            ("name", &self.name),
            ("schedule", &self.schedule),
            ("time_zone", &self.time_zone),
        ] {
            if let Some(value) = value {
                text(&mut record, schema, name, value, &mut problems);
            }
        }
        if record.value("name").is_none() {
            problems.push(FieldProblem::new("name", "value.required", "Name must be set"));
        }
        problems.extend(self.schedule.as_deref().and_then(schedule_problem));
        if let Some(configuration) = &self.configuration {
            let descriptor = descriptor(draft, record.text("connector"))?;
            problems.extend(field_problems(&descriptor, configuration));
            record.set("configuration", Some(Value::Object(configuration.clone())));
        }
        if let Some(rules) = &self.rules {
            problems.extend(rule_problems(schema, rules));
            if rules.kinds.values().any(|rules| rules.filter.is_some())
                && let Some(descriptor) = installed(draft, record.text("connector"))?
            {
                problems.extend(filter_problems(&descriptor, rules));
            }
            record.set("rules", structure::to_value(rules));
        }
        profile::refuse(problems)?;
        let before = draft.live(self.source)?;
        if ["configuration", "rules"]
            .iter()
            .any(|name| before.value(name) != record.value(name))
        {
            record.set("tokens", None);
        }
        if let Some(mode) = self.mode {
            record.set("mode", Some(mode.name().into()));
        }
        draft.subject(self.source);
        if draft.put(record, Cause::Requested)? {
            draft.event("source.updated", self.source, []);
        }
        Ok(())
    }
}

impl Decide for DeleteSource {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.source);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        draft.live(self.source)?;
        draft.subject(self.source);
        draft.remove(self.source, Cause::Requested)?;
        draft.event("source.deleted", self.source, []);
        Ok(())
    }
}
