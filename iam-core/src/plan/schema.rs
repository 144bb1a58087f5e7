//! A realm's schema and settings, ready for decisions.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{Change, Facts, Plan};
use crate::credential::passkey::RelyingParty;
use crate::model::{
    AttributeDefinition, EntityId, Kind, Name, RealmId, Record, UserTypeId, Value, builtin,
    builtin_attribute, builtin_named, builtin_unique,
};
use crate::rules::{Rule, RuleBook, status::StatusView};
use crate::wire::{Code, Problem};

/// One line of a form: which attribute, and whether it must be filled in (S0-16, S0-72, S0-81).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FormField {
    /// The attribute's name.
    pub attribute: String,
    /// Must be filled in by whoever has this type.
    #[serde(default)]
    pub required: bool,
}

/// What a change of status does beyond itself (X3). Data, with two named presets.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StatusEffect {
    /// Signing in is refused.
    RefuseSignIn,
    /// Refreshing a session is refused.
    RefuseRefresh,
    /// Open sessions end.
    RevokeSessions,
    /// Tokens that were handed out become invalid.
    RevokeTokens,
}

impl StatusEffect {
    /// OWASP ASVS 5, 7.4.2: everything ends at once. The default.
    pub const STRICT: [StatusEffect; 4] = [
        StatusEffect::RefuseSignIn,
        StatusEffect::RefuseRefresh,
        StatusEffect::RevokeSessions,
        StatusEffect::RevokeTokens,
    ];
    /// S3-44 … S3-47: what is open stays open until it expires.
    pub const LENIENT: [StatusEffect; 2] = [StatusEffect::RefuseSignIn, StatusEffect::RefuseRefresh];
}

/// The settings of a realm. Every field has a default, so an empty object is a valid setting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Attributes that are unique in addition to those that are declared so, as `kind.attribute` (S0-17).
    pub unique: BTreeSet<String>,
    /// Whether soft-deleted records keep their unique names (X2; S0-18: off).
    pub deleted_keep_names: bool,
    /// Days in which a soft-deleted record can be undeleted (S1-60).
    pub retention_days: u32,
    /// Attributes that must be set on every user, in addition to the declared ones (S3-14: `email`).
    pub required: BTreeSet<String>,
    /// Attributes that lists show, by kind (S0-11, S0-70, S0-79, S0-105); empty: the usual ones of the kind.
    pub displayed: BTreeMap<String, Vec<String>>,
    /// Searchable attributes that this realm does not search, as `kind.attribute` (S0-12).
    pub not_searched: BTreeSet<String>,
    /// Whether the organization tree shows positions (S0-14, S0-80).
    pub tree_shows_positions: bool,
    /// By which attribute siblings in the tree are sorted (S0-15): `sort_order` or `name`.
    pub tree_sort: String,
    /// By which number members of an organization are sorted (S0-28): `user_number` or `number`.
    pub member_sort: String,
    /// In which terms the status of users is told where a question does not say (A.6 X4).
    pub status_view: StatusView,
    /// The form of positions (S0-106).
    pub position_form: Vec<FormField>,
    /// What blocking, disabling, locking, archiving and deleting do beyond themselves (X3).
    pub status_effects: BTreeMap<String, BTreeSet<StatusEffect>>,
    /// Whether messages go out, by event name (S0-24, S0-34, S0-40, S0-48, S3-49); absent means off.
    pub messages: BTreeMap<String, bool>,
    /// Applications downstream that are told of users, organizations and positions, by a name of the host's choice; each
    /// gets effects `provision.*` through the outbox (S0-29, S0-85, S0-110).
    pub downstream: BTreeSet<String>,
    /// Whether locks are passed on downstream, too (S0-42: off).
    pub provision_locks: bool,
    /// Texts of messages in the place of the built-in ones: by message type, then by language tag.
    pub message_templates: BTreeMap<String, BTreeMap<String, crate::rules::MessageTemplate>>,
    /// Where the links in messages lead to, by message type, with `{token}` for the token.
    pub message_links: BTreeMap<String, String>,
    /// Modules that are switched off (S0-158, S1-79): `lifecycle`, `bulk`, `search`, `self_registration`, ….
    pub features_off: BTreeSet<String>,
    /// Attributes of their own record that users may change themselves: contact data and preferences (S1-16, S1-17).
    /// Not the e-mail address unless it is added: who changes it may be able to sign in by it.
    pub self_service: BTreeSet<String>,
    /// How people sign in.
    pub sign_in: SignInSettings,
    /// Whether and how people register by themselves (S0-9, S0-10).
    pub self_registration: SelfRegistration,
}

/// How people sign in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SignInSettings {
    /// The unique attributes of users by which they say who they are, in the order in which they are tried.
    pub identifiers: Vec<String>,
    /// How many failed attempts one identifier has.
    pub identifier_limit: AttemptLimit,
    /// How many failed attempts one network address has.
    pub address_limit: AttemptLimit,
    /// How many failed attempts the whole realm has.
    pub realm_limit: AttemptLimit,
    /// Whether a blocked user who shows the right password is told so (S3-50), or gets the answer of everybody else.
    pub answer_blocked: bool,
    /// Seconds in which a refresh token is taken once more, for answers that got lost; 0 to 60.
    pub refresh_grace_seconds: u32,
    /// Whether nobody gets in before the e-mail address was verified.
    pub require_verified_email: bool,
    /// Names of the keys in the vault that sign access tokens: the first one signs, all of them verify. A name is of a key
    /// for EdDSA; with `ES256:` in front, of one for ES256.
    pub signing_keys: Vec<String>,
    /// The version of the terms that have to be accepted before one gets in.
    pub terms: Option<String>,
    /// Where passkeys belong to; absent: there are none.
    pub passkeys: Option<RelyingParty>,
}

impl Default for SignInSettings {
    fn default() -> Self {
        let limit = |attempts, delay_seconds| AttemptLimit {
            attempts,
            delay_seconds,
            ..AttemptLimit::default()
        };
        SignInSettings {
            identifiers: vec!["user_name".to_owned(), "email".to_owned()],
            identifier_limit: limit(5, 5),
            address_limit: limit(50, 5),
            realm_limit: AttemptLimit {
                longest_delay_seconds: 5,
                ..limit(2_000, 1)
            },
            answer_blocked: true,
            refresh_grace_seconds: 0,
            signing_keys: Vec::new(),
            require_verified_email: false,
            terms: None,
            passkeys: None,
        }
    }
}

/// How many attempts may fail before the next one has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AttemptLimit {
    /// Failed attempts that have no consequence; 0 switches the limit off.
    pub attempts: u32,
    /// Seconds without a failed attempt after which counting begins anew.
    pub window_seconds: u32,
    /// Seconds that the first attempt beyond has to wait; each one after it twice as long.
    pub delay_seconds: u32,
    /// The most seconds that an attempt has to wait.
    pub longest_delay_seconds: u32,
}

impl Default for AttemptLimit {
    fn default() -> Self {
        AttemptLimit {
            attempts: 5,
            window_seconds: 900,
            delay_seconds: 5,
            longest_delay_seconds: 900,
        }
    }
}

/// How people register by themselves. It takes three things, and the module `customer_identity` (S0-9, S0-10).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SelfRegistration {
    /// Registration is switched on.
    pub enabled: bool,
    /// The sign-in page has a link to the registration.
    pub linked: bool,
    /// What has to be filled in; without a form nobody can register (S0-23).
    pub form: Vec<FormField>,
    /// The type of those who register.
    pub user_type: Option<UserTypeId>,
    /// Whether a link is sent to verify the e-mail address.
    pub verify_email: bool,
}

/// Contact data and preferences (S1-16, S1-17).
const SELF_SERVICE: [&str; 11] = [
    "phone",
    "street",
    "city",
    "postal_code",
    "state",
    "country",
    "display_name",
    "language",
    "time_zone",
    "preference_updates",
    "preference_marketing",
];

impl Default for Settings {
    fn default() -> Self {
        Settings {
            unique: BTreeSet::new(),
            deleted_keep_names: false,
            retention_days: 30,
            required: BTreeSet::new(),
            displayed: BTreeMap::new(),
            not_searched: BTreeSet::new(),
            tree_shows_positions: false,
            tree_sort: "sort_order".to_owned(),
            member_sort: "user_number".to_owned(),
            status_view: StatusView::default(),
            position_form: Vec::new(),
            status_effects: BTreeMap::new(),
            messages: BTreeMap::new(),
            downstream: BTreeSet::new(),
            provision_locks: false,
            message_templates: BTreeMap::new(),
            message_links: BTreeMap::new(),
            features_off: BTreeSet::new(),
            sign_in: SignInSettings::default(),
            self_registration: SelfRegistration::default(),
            self_service: SELF_SERVICE.map(str::to_owned).into(),
        }
    }
}

impl Settings {
    /// What a transition such as `user.disable` does beyond itself; the strict preset when nothing is set.
    pub fn effects_of(&self, transition: &str) -> BTreeSet<StatusEffect> {
        self.status_effects
            .get(transition)
            .cloned()
            .unwrap_or_else(|| StatusEffect::STRICT.into())
    }
}

/// The kinds whose records make up a schema.
pub const SCHEMA_KINDS: [Kind; 6] = [
    Kind::Attribute,
    Kind::UserType,
    Kind::OrganizationType,
    Kind::Template,
    Kind::Rule,
    Kind::Policy,
];

/// A realm's schema at one version of the realm's record.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// The realm.
    pub realm: RealmId,
    /// The version of the realm's record; every plan is guarded by it.
    pub version: u64,
    /// The realm's settings.
    pub settings: Settings,
    custom: BTreeMap<(Kind, String), Arc<AttributeDefinition>>,
    records: BTreeMap<EntityId, Arc<Record>>,
    rules: Arc<RuleBook>,
}

impl Schema {
    /// Compiles the schema from a load with `needs.schema`; `None` when the realm does not exist.
    ///
    /// # Errors
    /// [`Code::Corrupt`] when what is stored cannot be read: settings that guard something must never silently become
    /// the defaults.
    pub fn from_facts(realm: RealmId, facts: &Facts) -> Result<Option<Schema>, Problem> {
        let Some(record) = facts.records.get(&realm.into()).and_then(Option::as_ref) else {
            return Ok(None);
        };
        let settings = match record.value("settings") {
            Some(value) => read(value, record)?,
            None => Settings::default(),
        };
        let mut schema = Schema {
            realm,
            version: record.version,
            settings,
            custom: BTreeMap::new(),
            records: BTreeMap::new(),
            rules: Arc::default(),
        };
        for record in facts.records.values().flatten() {
            if SCHEMA_KINDS.contains(&record.kind()) {
                schema.add(record.clone())?;
            }
        }
        // What they ask for is read with all attributes.
        let mut rules = RuleBook::default();
        for (id, rule) in schema.rules.iter() {
            rules.insert(id, rule.clone(), rule.asks(&schema));
        }
        schema.rules = Arc::new(rules);
        Ok(Some(schema))
    }

    /// An empty schema: the built-in attributes, default settings.
    pub fn empty(realm: RealmId) -> Schema {
        Schema {
            realm,
            version: 0,
            settings: Settings::default(),
            custom: BTreeMap::new(),
            records: BTreeMap::new(),
            rules: Arc::default(),
        }
    }

    fn add(&mut self, record: Arc<Record>) -> Result<(), Problem> {
        if record.is_deleted() {
            return Ok(());
        }
        if record.kind() == Kind::Attribute
            && let Some(value) = record.value("definition")
        {
            let definition: AttributeDefinition = read(value, &record)?;
            self.custom
                .insert((definition.kind, definition.name.clone()), Arc::new(definition));
        }
        if record.kind() == Kind::Rule {
            // A rule that cannot be read must not silently select nobody.
            let rule = Rule::stored(&record).ok_or_else(|| {
                Problem::new(
                    Code::Corrupt,
                    "the rule of a dynamic role or group cannot be read",
                )
                .about(record.id)
            })?;
            Arc::make_mut(&mut self.rules).insert(record.id, Arc::new(rule), None);
        }
        self.records.insert(record.id, record);
        Ok(())
    }

    /// Takes in a committed plan that rested on this schema, where it changed nothing of it but rules; `false`: it has to be
    /// read again.
    pub(crate) fn advance(&mut self, plan: &Plan) -> bool {
        let mut version = None;
        let mut rules = Vec::new();
        for change in &plan.changes {
            let Change::Record { before, after, .. } = change else {
                continue;
            };
            let Some(id) = change.subject() else { continue };
            if id == EntityId::from(self.realm) {
                let (Some(before), Some(after)) = (before, after) else {
                    return false;
                };
                if before.version != self.version
                    || before.is_deleted() != after.is_deleted()
                    || before.value("settings") != after.value("settings")
                {
                    return false;
                }
                version = Some(after.version);
            } else if id.kind == Kind::Rule {
                let kept = after.as_ref().filter(|record| !record.is_deleted());
                let rule = match kept.map(|record| Rule::stored(record)) {
                    Some(None) => return false,
                    rule => rule.flatten(),
                };
                rules.push((id, kept.cloned(), rule));
            } else if SCHEMA_KINDS.contains(&id.kind) {
                return false;
            }
        }
        let Some(version) = version else { return false };
        self.version = version;
        for (id, record, rule) in rules {
            match (record, rule) {
                (Some(record), Some(rule)) => {
                    let asked = rule.asks(self);
                    Arc::make_mut(&mut self.rules).insert(id, Arc::new(rule), asked);
                    self.records.insert(id, record);
                }
                _ => {
                    Arc::make_mut(&mut self.rules).remove(id);
                    self.records.remove(&id);
                }
            }
        }
        true
    }

    /// The definition of an attribute of a kind, built-in or custom.
    pub fn attribute(&self, kind: Kind, name: &str) -> Option<&AttributeDefinition> {
        builtin_attribute(kind, name).or_else(|| self.custom.get(&(kind, name.to_owned())).map(Arc::as_ref))
    }

    /// The same, of a name that a record has.
    pub(crate) fn attribute_named(&self, kind: Kind, name: &Name) -> Option<&AttributeDefinition> {
        match name.code() {
            Some(_) => builtin_named(kind, name).or_else(|| self.attribute(kind, name)),
            None => self.attribute(kind, name),
        }
    }

    /// The attributes that the realm itself declared for a kind, by name.
    pub(crate) fn custom(&self, kind: Kind) -> impl Iterator<Item = &AttributeDefinition> {
        self.custom
            .range((kind, String::new())..)
            .take_while(move |((of, _), _)| *of == kind)
            .map(|(_, definition)| definition.as_ref())
    }

    /// Every attribute of a kind: the built-in ones in the order of the form, then the custom ones by name.
    pub fn attributes(&self, kind: Kind) -> impl Iterator<Item = &AttributeDefinition> {
        builtin(kind).iter().chain(self.custom(kind))
    }

    /// The attributes by which records of the kind compete for unique names.
    pub fn unique_attributes(&self, kind: Kind) -> impl Iterator<Item = &AttributeDefinition> {
        // Most realms have no names of their own to compete for: then the library's are known beforehand.
        let declared = self.settings.unique.is_empty();
        let known = if declared { builtin_unique(kind) } else { &[] };
        let looked_at = if declared { &[] } else { builtin(kind) };
        let wanted = move |definition: &&AttributeDefinition| {
            definition.unique
                || (!declared
                    && self
                        .settings
                        .unique
                        .contains(&format!("{kind}.{}", definition.name)))
        };
        let others = looked_at.iter().chain(self.custom(kind)).filter(wanted);
        known.iter().copied().chain(others)
    }

    /// A type or template by its identifier.
    pub fn record(&self, id: impl Into<EntityId>) -> Option<&Arc<Record>> {
        self.records.get(&id.into())
    }

    /// The types or templates of a kind.
    pub fn records(&self, kind: Kind) -> impl Iterator<Item = &Arc<Record>> {
        self.records.values().filter(move |record| record.kind() == kind)
    }

    /// The rules of dynamic roles and groups, by the identifier of their records.
    pub fn rules(&self) -> impl Iterator<Item = (EntityId, &Arc<Rule>)> {
        self.rules.iter()
    }

    /// The rules, found by what they read.
    pub(crate) fn rule_book(&self) -> &Arc<RuleBook> {
        &self.rules
    }

    /// The rule of a dynamic role or group.
    pub fn rule_of(&self, owner: EntityId) -> Option<&Arc<Rule>> {
        self.rules.get(&Rule::id(owner))
    }

    /// The form of a type: its lines in order; empty when the type has none.
    pub fn form(&self, of: EntityId) -> Vec<FormField> {
        let Some(form) = self.records.get(&of).and_then(|record| record.value("form")) else {
            return Vec::new();
        };
        form_fields(form)
    }
}

/// Reads a structure from its stored value.
fn read<T: serde::de::DeserializeOwned>(value: &Value, record: &Record) -> Result<T, Problem> {
    serde_json::to_value(value)
        .and_then(crate::model::from_json)
        .map_err(|error| {
            Problem::new(Code::Corrupt, "a part of the realm's schema cannot be read")
                .about(record.id)
                .caused_by(error)
        })
}

/// Reads a form from its stored value; lines that are not well formed were refused when it was set.
pub(crate) fn form_fields(form: &Value) -> Vec<FormField> {
    serde_json::to_value(form)
        .ok()
        .and_then(|value| crate::model::from_json(value).ok())
        .unwrap_or_default()
}
