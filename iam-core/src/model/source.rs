//! Identity sources: which plug-in reads them, how what they say becomes records, and what a run may do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Kind, Value};

/// When a field of a connector's configuration has to be filled in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Always.
    Always,
    /// Only when all of these hold, and then it must be (S0-132).
    When(Vec<FieldIs>),
    /// Never.
    #[default]
    Never,
}

/// A condition on another field of the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldIs {
    /// The other field.
    pub field: String,
    /// What it has to be; `None`: it must not be set.
    pub value: Option<Value>,
}

/// The type of a field of a connector's configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Text.
    #[default]
    Text,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
    /// The name under which the host's vault keeps a secret; never the secret itself.
    Secret,
    /// A structure.
    Object,
}

/// A field of a connector's configuration (S0-127).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfigurationField {
    /// Its name.
    pub name: String,
    /// The name people see.
    pub label: String,
    /// The type.
    #[serde(default, rename = "type")]
    pub field_type: FieldType,
    /// When it has to be filled in.
    #[serde(default)]
    pub required: Required,
    /// What holds when nothing is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The values allowed, when not any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Value>,
}

/// What a connector can do. What it cannot do is done without, or refused when it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Capabilities {
    /// Reads only what changed since a token.
    pub incremental: bool,
    /// An incremental read names what was deleted.
    pub deletes: bool,
    /// Takes a filter of its own syntax.
    pub filter: bool,
    /// A page can be asked for again later, over another connection.
    pub resume: bool,
}

/// A connector as it describes itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectorDescriptor {
    /// The stable name, such as `ldap`.
    pub name: String,
    /// The name people see.
    pub title: String,
    /// The version of the connector.
    pub version: String,
    /// The fields of its configuration.
    #[serde(default)]
    pub fields: Vec<ConfigurationField>,
    /// What it can do.
    #[serde(default)]
    pub capabilities: Capabilities,
    /// Whether it reads the accounts of an operating system: these have a section of their own in the view of a user's
    /// access (S0-62), and none among the applications.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub operating_system: bool,
}

/// What stands before the name of a secret in a configuration.
pub const SECRET_PREFIX: &str = "vault:";

/// What kind of record the objects of a source become.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SyncKind {
    /// Organizations.
    Organization,
    /// Positions.
    Position,
    /// Groups.
    Group,
    /// Users.
    User,
    /// Pairs of a member and what it is a member of, where a source keeps them apart from both.
    Membership,
}

impl SyncKind {
    /// In the order in which a run reads them: what others name comes first.
    pub const ALL: [SyncKind; 5] = [
        SyncKind::Organization,
        SyncKind::Position,
        SyncKind::Group,
        SyncKind::User,
        SyncKind::Membership,
    ];

    /// The kind of record; `None` for memberships, which are edges.
    pub const fn record_kind(self) -> Option<Kind> {
        match self {
            SyncKind::Organization => Some(Kind::Organization),
            SyncKind::Position => Some(Kind::Position),
            SyncKind::Group => Some(Kind::Group),
            SyncKind::User => Some(Kind::User),
            SyncKind::Membership => None,
        }
    }

    /// The name as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            SyncKind::Organization => "organization",
            SyncKind::Position => "position",
            SyncKind::Group => "group",
            SyncKind::User => "user",
            SyncKind::Membership => "membership",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<SyncKind> {
        SyncKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Whether a source may change anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceMode {
    /// Runs show what they would do, and do nothing. Every new source starts so.
    #[default]
    LookOnly,
    /// Runs do what they say.
    Active,
}

impl SourceMode {
    /// The name as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            SourceMode::LookOnly => "look_only",
            SourceMode::Active => "active",
        }
    }
}

/// How strongly a mapping holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Fills in what is empty, and changes nothing that is there.
    Weak,
    /// Follows the source whenever its record changed.
    #[default]
    Normal,
    /// Also brings back what somebody changed here, whenever the record is looked at.
    Strong,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MapFrom {
    /// An attribute of the source's record; letter case does not count.
    Attribute(String),
    /// Always the same value.
    Constant(Value),
    /// A CEL expression over `source` (the attributes; texts, or lists of texts) and `now`.
    Expression(String),
}

/// By what a source names another record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceBy {
    /// By the identifier that the source gives it.
    Identifier,
    /// By the name that the source gives it, such as a distinguished name.
    Name,
    /// By the value of an attribute of the record here, such as `code`.
    Attribute(String),
}

/// What becomes of an enumerated value that the dictionary does not list (S0-139).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unlisted {
    /// The record is set aside with the problem.
    #[default]
    Refuse,
    /// It stays as it is.
    Keep,
    /// There is no value.
    Drop,
}

/// One attribute, and what the source says about it (S0-138).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributeMapping {
    /// The attribute here: one of the record's own, or `organizations`, `manager`, `positions`, `groups`, `leads`,
    /// `parent`, `organization`, `reports_to`, `members`, `user_type`, `organization_type`, `administrative_status`;
    /// of memberships `member` and `container`.
    pub to: String,
    /// Where the value comes from.
    pub from: MapFrom,
    /// Instead of an empty value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Values by what the source calls them; letter case does not count (S0-139).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dictionary: BTreeMap<String, Value>,
    /// What becomes of values that the dictionary does not list.
    #[serde(default)]
    pub unlisted: Unlisted,
    /// How strongly it holds.
    #[serde(default)]
    pub strength: Strength,
    /// A CEL expression; while it is false the attribute is left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// For references: by what the other record is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<ReferenceBy>,
    /// Divides one text into several values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
}

impl AttributeMapping {
    fn new(to: &str, from: MapFrom) -> AttributeMapping {
        AttributeMapping {
            to: to.to_owned(),
            from,
            default: None,
            dictionary: BTreeMap::new(),
            unlisted: Unlisted::Refuse,
            strength: Strength::Normal,
            condition: None,
            reference: None,
            split: None,
        }
    }

    /// From an attribute of the source.
    pub fn attribute(from: &str, to: &str) -> AttributeMapping {
        AttributeMapping::new(to, MapFrom::Attribute(from.to_owned()))
    }

    /// Always the same value.
    pub fn constant(value: impl Into<Value>, to: &str) -> AttributeMapping {
        AttributeMapping::new(to, MapFrom::Constant(value.into()))
    }

    /// From a CEL expression.
    pub fn expression(text: &str, to: &str) -> AttributeMapping {
        AttributeMapping::new(to, MapFrom::Expression(text.to_owned()))
    }

    /// Names another record by this.
    #[must_use]
    pub fn by(mut self, reference: ReferenceBy) -> Self {
        self.reference = Some(reference);
        self
    }

    /// Holds so strongly.
    #[must_use]
    pub fn strength(mut self, strength: Strength) -> Self {
        self.strength = strength;
        self
    }

    /// Instead of an empty value.
    #[must_use]
    pub fn or(mut self, value: impl Into<Value>) -> Self {
        self.default = Some(value.into());
        self
    }

    /// Only while this CEL expression is true.
    #[must_use]
    pub fn when(mut self, condition: &str) -> Self {
        self.condition = Some(condition.to_owned());
        self
    }

    /// Replaces enumerated values (S0-139).
    #[must_use]
    pub fn dictionary<K: Into<String>, V: Into<Value>>(
        mut self,
        entries: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.dictionary = entries
            .into_iter()
            .map(|(key, value)| (key.into(), value.into()))
            .collect();
        self
    }

    /// Divides one text into several values.
    #[must_use]
    pub fn split(mut self, at: &str) -> Self {
        self.split = Some(at.to_owned());
        self
    }
}

/// One test of whether a record here is the one that the source means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correlator {
    /// The attribute here. The mapping must set it; both values are compared folded.
    pub attribute: String,
    /// What it adds to the confidence, 0 to 1.
    #[serde(default = "one")]
    pub weight: f64,
}

fn one() -> f64 {
    1.0
}

/// Tests that are made together. A tier that finds exactly one certain record is the last one asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The tests.
    pub correlators: Vec<Correlator>,
    /// From this confidence on a record is certain; below it somebody has to look.
    #[serde(default = "one")]
    pub certain: f64,
}

impl Tier {
    /// A tier in which one attribute decides.
    pub fn of(attribute: &str) -> Tier {
        Tier {
            correlators: vec![Correlator {
                attribute: attribute.to_owned(),
                weight: 1.0,
            }],
            certain: 1.0,
        }
    }
}

/// How a record of the source, its link and records here stand to each other.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Situation {
    /// Linked, and the record is here.
    Confirmed,
    /// Not linked; exactly one record here fits, and no other link of this source leads to it.
    Found,
    /// Not linked; the one record that fits is linked to another record of this source.
    FoundAlreadyLinked,
    /// Not linked, and nothing here fits.
    Absent,
    /// Not linked, and several fit, or none with enough confidence.
    Ambiguous,
    /// Linked, but the record is no longer here.
    TargetMissing,
    /// Does not qualify any more, but is linked.
    Unqualified,
    /// Does not qualify, and is not linked.
    Ignored,
    /// Linked and here, but gone at the source.
    SourceMissing,
    /// Gone at both ends; only the link is left.
    AllGone,
}

impl Situation {
    /// Every situation.
    pub const ALL: [Situation; 10] = [
        Situation::Confirmed,
        Situation::Found,
        Situation::FoundAlreadyLinked,
        Situation::Absent,
        Situation::Ambiguous,
        Situation::TargetMissing,
        Situation::Unqualified,
        Situation::Ignored,
        Situation::SourceMissing,
        Situation::AllGone,
    ];

    /// The name as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Situation::Confirmed => "confirmed",
            Situation::Found => "found",
            Situation::FoundAlreadyLinked => "found_already_linked",
            Situation::Absent => "absent",
            Situation::Ambiguous => "ambiguous",
            Situation::TargetMissing => "target_missing",
            Situation::Unqualified => "unqualified",
            Situation::Ignored => "ignored",
            Situation::SourceMissing => "source_missing",
            Situation::AllGone => "all_gone",
        }
    }

    /// What may be done in this situation; the first is the safe default.
    pub const fn allowed(self) -> &'static [SyncAction] {
        use SyncAction as A;
        match self {
            Situation::Confirmed => &[A::Update, A::Ignore, A::Report],
            Situation::Found => &[A::Update, A::Link, A::Review, A::Ignore, A::Report],
            Situation::FoundAlreadyLinked | Situation::Ambiguous => &[A::Review, A::Ignore, A::Report],
            Situation::Absent => &[A::Create, A::Review, A::Ignore, A::Report],
            Situation::TargetMissing => &[A::Review, A::Create, A::Unlink, A::Ignore, A::Report],
            Situation::Unqualified | Situation::SourceMissing => &[
                A::Disable,
                A::DisableThenDelete,
                A::Delete,
                A::Unlink,
                A::Ignore,
                A::Report,
            ],
            Situation::Ignored => &[A::Ignore, A::Report],
            Situation::AllGone => &[A::Unlink, A::Ignore],
        }
    }

    /// What is done when nothing else is said.
    pub const fn default_action(self) -> SyncAction {
        match self.allowed() {
            [first, ..] => *first,
            [] => SyncAction::Ignore,
        }
    }
}

/// What a run does about one record.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SyncAction {
    /// A record is created and linked.
    Create,
    /// The record is changed to what the source says, and linked.
    Update,
    /// The record is linked and otherwise left alone.
    Link,
    /// The link goes; the record stays.
    Unlink,
    /// The record is disabled.
    Disable,
    /// The record is disabled now, and deleted after the delay.
    DisableThenDelete,
    /// The record is deleted.
    Delete,
    /// Nothing is done before somebody has looked.
    Review,
    /// It is noted.
    Report,
    /// Nothing.
    Ignore,
    /// An attribute of the record is emptied, or a list of references that the source gave. It is part of an update; only
    /// thresholds name it.
    Clear,
}

impl SyncAction {
    /// The name as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            SyncAction::Create => "create",
            SyncAction::Update => "update",
            SyncAction::Link => "link",
            SyncAction::Unlink => "unlink",
            SyncAction::Disable => "disable",
            SyncAction::DisableThenDelete => "disable_then_delete",
            SyncAction::Delete => "delete",
            SyncAction::Review => "review",
            SyncAction::Report => "report",
            SyncAction::Ignore => "ignore",
            SyncAction::Clear => "clear",
        }
    }
}

/// How much of one action a single run may do. Both bounds hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// So many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// So many of a hundred of the records that are linked when the run starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
}

impl Threshold {
    /// Whether so many of so many are too many. A share of nothing is no bound, and a single one is never too many
    /// for a share.
    pub fn is_exceeded(&self, done: u64, linked: u64) -> bool {
        self.count.is_some_and(|count| done > count)
            || (linked > 0
                && self
                    .percent
                    .is_some_and(|percent| done > (linked.saturating_mul(u64::from(percent)) / 100).max(1)))
    }
}

/// What the objects of one class become.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct KindRules {
    /// The class of objects as the connector calls it; the name of the kind when it is empty.
    pub object_class: String,
    /// Which of them, in the connector's own syntax (S0-137).
    pub filter: Option<String>,
    /// A CEL expression; what it is false for does not qualify.
    pub qualifies: Option<String>,
    /// What becomes what.
    pub mappings: Vec<AttributeMapping>,
    /// How records here are found that are not linked yet.
    pub correlation: Vec<Tier>,
    /// What is done, where it is not the default.
    pub actions: BTreeMap<Situation, SyncAction>,
    /// The objects are accounts; those without an owner become users by orphan-account generation (S0-22).
    pub orphans: bool,
    /// Days between disabling and deleting.
    pub delete_after_days: Option<u32>,
    /// How much of each action one run may do. Without a word about it: of disabling, deleting and unlinking 10 % and
    /// 1,000; of emptying values as many for each attribute ([`SyncAction::Clear`]). Whoever is disabled because the source
    /// says so counts like those who vanished.
    pub thresholds: BTreeMap<SyncAction, Threshold>,
}

impl KindRules {
    /// What is done in a situation.
    pub fn action(&self, situation: Situation) -> SyncAction {
        self.actions
            .get(&situation)
            .copied()
            .filter(|action| situation.allowed().contains(action))
            .unwrap_or(situation.default_action())
    }

    /// How much of an action one run may do.
    pub fn threshold(&self, action: SyncAction) -> Option<Threshold> {
        let careful = Threshold {
            count: Some(1000),
            percent: Some(10),
        };
        match action {
            SyncAction::Disable
            | SyncAction::DisableThenDelete
            | SyncAction::Delete
            | SyncAction::Unlink
            | SyncAction::Clear => Some(self.thresholds.get(&action).copied().unwrap_or(careful)),
            _ => self.thresholds.get(&action).copied(),
        }
    }
}

/// How what a source says becomes records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SourceRules {
    /// For each kind that the source has.
    pub kinds: BTreeMap<SyncKind, KindRules>,
    /// A record whose mapped values are what they were is not looked at further (S0-125).
    pub only_changes: bool,
    /// Whether somebody is told when a run fails (S0-126).
    pub alerts: bool,
    /// Objects on a page.
    pub page_size: u32,
}

impl Default for SourceRules {
    fn default() -> Self {
        SourceRules {
            kinds: BTreeMap::new(),
            only_changes: true,
            alerts: true,
            page_size: 500,
        }
    }
}

/// 02:00 every day (S0-124).
pub const DEFAULT_SCHEDULE: &str = "0 2 * * *";

/// The values of a connector's configuration.
pub type Configuration = BTreeMap<String, Value>;

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunMode {
    /// Reads everything, and finds what vanished.
    #[default]
    Full,
    /// Reads what changed since the last run; everything where the source cannot tell.
    Incremental,
    /// Reads what a filter selects; never finds what vanished.
    Filtered,
}

impl RunMode {
    /// The name as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            RunMode::Full => "full",
            RunMode::Incremental => "incremental",
            RunMode::Filtered => "filtered",
        }
    }

    /// The mode with this name; full where there is none.
    pub fn from_name(name: &str) -> RunMode {
        match name {
            "incremental" => RunMode::Incremental,
            "filtered" => RunMode::Filtered,
            _ => RunMode::Full,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_situation_allows_what_would_destroy_without_being_asked() {
        for situation in Situation::ALL {
            let default = situation.default_action();
            assert!(situation.allowed().contains(&default));
            assert!(!matches!(
                default,
                SyncAction::Delete | SyncAction::DisableThenDelete
            ));
        }
        assert!(!Situation::Ambiguous.allowed().contains(&SyncAction::Update));
        let mut rules = KindRules::default();
        rules.actions.insert(Situation::Ambiguous, SyncAction::Delete);
        assert_eq!(rules.action(Situation::Ambiguous), SyncAction::Review);
    }

    #[test]
    fn what_takes_away_is_bounded_unless_the_rules_say_otherwise() {
        use SyncAction as A;
        let mut rules = KindRules::default();
        for action in [A::Disable, A::DisableThenDelete, A::Delete, A::Unlink, A::Clear] {
            assert!(
                rules.threshold(action).unwrap().is_exceeded(11, 100),
                "{action:?}"
            );
        }
        for action in [A::Create, A::Update, A::Link, A::Review, A::Report, A::Ignore] {
            assert_eq!(rules.threshold(action), None);
        }
        let all = Threshold {
            count: None,
            percent: None,
        };
        rules.thresholds.insert(A::Clear, all);
        assert!(!rules.threshold(A::Clear).unwrap().is_exceeded(100, 100));
        // It is a part of an update, and nothing that a situation leads to.
        assert!(
            Situation::ALL
                .iter()
                .all(|situation| !situation.allowed().contains(&A::Clear))
        );
    }

    #[test]
    fn both_bounds_of_a_threshold_hold() {
        let threshold = Threshold {
            count: Some(10),
            percent: Some(5),
        };
        assert!(!threshold.is_exceeded(5, 100));
        assert!(threshold.is_exceeded(6, 100));
        assert!(threshold.is_exceeded(11, 10_000));
        assert!(!threshold.is_exceeded(10, 0), "a share of nothing is no bound");
        assert!(!threshold.is_exceeded(1, 4), "somebody leaves a small company");
        assert!(threshold.is_exceeded(2, 4));
    }
}
