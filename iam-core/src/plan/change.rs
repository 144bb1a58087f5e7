//! What a plan consists of, and how a change is written down in the journal.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ClaimKey, EdgesOf, Fingerprint, Referring};
use crate::model::{Attributes, Edge, EdgeKey, EntityId, RealmId, Record, Value};

/// A unique name and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The name.
    pub key: ClaimKey,
    /// Its holder.
    pub holder: EntityId,
}

/// Why a change is in the plan.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The command asked for exactly this.
    #[default]
    Requested,
    /// The realm's settings or a type's form asked for it (an expiry, a default).
    Form,
    /// It follows from the deletion, merge or move of something else.
    Disposition,
    /// A due date.
    Timer,
    /// An undone change.
    Rollback,
    /// A rule: the condition of a dynamic role or group, an exclusion.
    Rule,
}

impl Cause {
    /// The name as it is stored and written in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Cause::Requested => "requested",
            Cause::Form => "form",
            Cause::Disposition => "disposition",
            Cause::Timer => "timer",
            Cause::Rollback => "rollback",
            Cause::Rule => "rule",
        }
    }

    /// The cause with this name.
    pub fn from_name(name: &str) -> Option<Cause> {
        [
            Cause::Requested,
            Cause::Form,
            Cause::Disposition,
            Cause::Timer,
            Cause::Rollback,
            Cause::Rule,
        ]
        .into_iter()
        .find(|cause| cause.name() == name)
    }
}

/// One change of one thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "a box for each edge of a plan costs more than the bytes it saves"
)]
pub enum Change {
    /// A record appears, changes or disappears.
    Record {
        /// What it was; `None` when it appears.
        before: Option<Arc<Record>>,
        /// What it becomes; `None` when it disappears.
        after: Option<Arc<Record>>,
        /// Unique names it takes.
        taken: Vec<ClaimKey>,
        /// Unique names it releases.
        released: Vec<ClaimKey>,
        /// Why.
        cause: Cause,
    },
    /// An edge appears, changes or disappears.
    Edge {
        /// What it was.
        before: Option<Edge>,
        /// What it becomes.
        after: Option<Edge>,
        /// Why.
        cause: Cause,
    },
}

impl Change {
    /// The record, or the first end of the edge.
    pub fn subject(&self) -> Option<EntityId> {
        match self {
            Change::Record { before, after, .. } => {
                after.as_ref().or(before.as_ref()).map(|record| record.id)
            }
            Change::Edge { before, after, .. } => {
                after.as_ref().or(before.as_ref()).map(|edge| edge.key.from)
            }
        }
    }

    /// Whether something appears, changes or disappears.
    pub fn step(&self) -> Step {
        let (before, after) = match self {
            Change::Record { before, after, .. } => (before.is_some(), after.is_some()),
            Change::Edge { before, after, .. } => (before.is_some(), after.is_some()),
        };
        match (before, after) {
            (false, _) => Step::Create,
            (true, true) => Step::Update,
            (true, false) => Step::Remove,
        }
    }
}

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It was not there before.
    Create,
    /// It is there before and after.
    Update,
    /// It is not there afterwards.
    Remove,
}

impl Step {
    /// The number under which it is stored.
    pub const fn code(self) -> u8 {
        match self {
            Step::Create => 1,
            Step::Update => 2,
            Step::Remove => 3,
        }
    }

    /// The step with this stored number.
    pub fn from_code(code: u8) -> Option<Step> {
        [Step::Create, Step::Update, Step::Remove]
            .into_iter()
            .find(|step| step.code() == code)
    }
}

/// What the plan relied on. At commit each must still hold, or the decision is made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// The record is at this version; `None`: there is no such record.
    Record {
        /// Which record.
        id: EntityId,
        /// Its version.
        version: Option<u64>,
    },
    /// The set of edges is what it was.
    Edges {
        /// Which set.
        set: EdgesOf,
        /// What it was.
        fingerprint: Fingerprint,
    },
    /// The set of referring records is what it was.
    Referring {
        /// Which set.
        set: Referring,
        /// What it was.
        fingerprint: Fingerprint,
    },
    /// The record is there, and neither it nor an edge that starts at it was changed by a commit after this revision.
    /// What a decision about access rests on.
    Unchanged {
        /// Which record.
        id: EntityId,
        /// Up to this revision every commit was known.
        revision: u64,
    },
    /// Nothing was committed in the realm after this revision. What a search rests on that was asked for everybody.
    Latest {
        /// Up to this revision every commit was seen.
        revision: u64,
    },
}

/// Something that happened, in the past tense; identifiers and plain facts only, nothing personal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Event {
    /// Such as `user.renamed`.
    pub name: String,
    /// What it happened to.
    pub subject: EntityId,
    /// More: counts, identifiers, codes.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub details: Attributes,
}

/// Something to be done outside, after the commit, at least once; the key lets the doer recognise a repetition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Effect {
    /// Such as `sessions.revoke` or `message.user_created`.
    pub name: String,
    /// What it concerns; effects of one subject are done in order.
    pub subject: EntityId,
    /// Identifiers and plain facts; never a secret, never personal data.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub details: Attributes,
    /// Unique for this effect of this decision.
    pub key: String,
}

impl Effect {
    /// A detail's text, when it is set and a text.
    pub fn text(&self, detail: &str) -> Option<&str> {
        self.details.get(detail).and_then(Value::as_text)
    }
}

/// The answer to a command: a value that can be looked at, stacked, committed, inverted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The realm in which all of it happens.
    pub realm: RealmId,
    /// What was read.
    pub guards: Vec<Guard>,
    /// What changes.
    pub changes: Vec<Change>,
    /// What happened.
    pub events: Vec<Event>,
    /// What is to be done outside.
    pub effects: Vec<Effect>,
    /// What the command is about: the created or changed record.
    pub subject: Option<EntityId>,
    /// Remarks for the caller that hindered nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl Plan {
    /// A plan that changes nothing.
    pub fn empty(realm: RealmId) -> Plan {
        Plan {
            realm,
            guards: Vec::new(),
            changes: Vec::new(),
            events: Vec::new(),
            effects: Vec::new(),
            subject: None,
            remarks: Vec::new(),
        }
    }

    /// Who holds the unique names that change, in an order in which the last word counts: a name may go from one record to
    /// another, so first comes all that is released, then all that is taken.
    pub(crate) fn holders(&self) -> impl Iterator<Item = (&ClaimKey, Option<EntityId>)> {
        let free = self.changes.iter().flat_map(|change| match change {
            Change::Record { released, .. } => released.as_slice(),
            Change::Edge { .. } => &[],
        });
        let held = self.changes.iter().flat_map(|change| {
            let names = match change {
                Change::Record { taken, .. } => taken.as_slice(),
                Change::Edge { .. } => &[],
            };
            names.iter().map(|name| (name, change.subject()))
        });
        free.map(|name| (name, None)).chain(held)
    }

    /// Whether committing it would change nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.effects.is_empty()
    }
}

/// A change as the journal keeps it: old and new values, the personal ones sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// Appears, changes, disappears.
    pub step: Step,
    /// The record, or the first end of the edge.
    pub subject: EntityId,
    /// For edges: the meaning and the second end.
    pub edge: Option<EdgeKey>,
    /// The record's version after the change; 0 for edges.
    pub version: u64,
    /// A [`Delta`] as bytes, see [`Delta::read`].
    pub delta: Vec<u8>,
    /// Why.
    pub cause: Cause,
}

impl std::fmt::Debug for JournalEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {} v{}", self.step, self.subject, self.version)
    }
}
