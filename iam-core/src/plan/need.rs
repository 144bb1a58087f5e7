//! What a decision has to know before it can be made.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Work;
use crate::model::{EntityId, Kind, Name, Relation, Text};

/// A unique name within a realm: a kind, one of its unique attributes and the folded value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimKey {
    /// The kind whose records compete.
    pub kind: Kind,
    /// The unique attribute.
    pub attribute: Name,
    /// The folded value.
    pub key: Text,
}

impl std::fmt::Debug for ClaimKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.kind, self.attribute)
    }
}

/// Which end of the edges is given.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Edges that start at the record.
    From,
    /// Edges that end at the record.
    To,
}

/// All edges of one relation at one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EdgesOf {
    /// The record.
    pub id: EntityId,
    /// Which end it is.
    pub direction: Direction,
    /// The relation.
    pub relation: Relation,
}

/// All records of a kind that name a record in one of their reference attributes: the children of an organization,
/// the positions in it, the users of a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Referring {
    /// The kind of the referring records.
    pub kind: Kind,
    /// Their reference attribute.
    pub attribute: String,
    /// What it names; `None` for the records that name nothing (the roots of the tree).
    pub target: Option<EntityId>,
}

/// The live records of a kind that a filter finds, unless there are too many.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Matching {
    /// The kind.
    pub kind: Kind,
    /// The filter as JSON.
    pub filter: String,
    /// How many there may be.
    pub limit: u32,
}

impl Matching {
    /// What a predicate finds.
    pub fn new(kind: Kind, predicate: &crate::search::Predicate, limit: u32) -> Self {
        Matching {
            kind,
            filter: serde_json::to_string(predicate).unwrap_or_default(),
            limit,
        }
    }
}

/// Everything a decision still has to know. Loaded in a bounded number of statements, whatever it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Needs {
    /// Records by identifier.
    pub records: BTreeSet<EntityId>,
    /// Holders of unique names.
    pub claims: BTreeSet<ClaimKey>,
    /// Sets of edges, complete.
    pub edges: BTreeSet<EdgesOf>,
    /// Sets of referring records, complete.
    pub referring: BTreeSet<Referring>,
    /// Organizations with everything above them by `parent`, and positions with everything above them by
    /// `reports_to`, as records. Which of the two it is says the kind of the identifier.
    pub ancestors: BTreeSet<EntityId>,
    /// Organizations with everything below them, as records, and the sets of children on the way.
    pub subtrees: BTreeSet<EntityId>,
    /// The realm's record and every record that makes up its schema: attributes, types, templates.
    #[serde(default)]
    pub schema: bool,
    /// What searches find. Answered by the shell, not by a load, and guarded by nothing: whoever asks must be right
    /// also when somebody comes or goes meanwhile.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub matching: BTreeSet<Matching>,
    /// With the holders of names their records, where that saves a question. Whoever sets it asks again for a record that
    /// did not come along.
    #[serde(default)]
    pub holders: bool,
    /// With the sets of referring records of these kinds the records themselves, where that saves a question. Only for
    /// small sets; whoever sets it asks again for a record that did not come along.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub members: BTreeSet<Kind>,
    /// Outcomes of slow or random work. No storage looks at it: the shell does the work.
    #[serde(skip)]
    pub work: BTreeSet<Work>,
}

impl Needs {
    /// Nothing more is needed.
    pub fn is_empty(&self) -> bool {
        self.work.is_empty() && !self.is_stored()
    }

    /// Something has to be looked up in the storage.
    pub fn is_stored(&self) -> bool {
        !(self.records.is_empty()
            && self.claims.is_empty()
            && self.edges.is_empty()
            && self.referring.is_empty()
            && self.ancestors.is_empty()
            && self.subtrees.is_empty()
            && self.matching.is_empty()
            && !self.schema)
    }

    /// Adds what another decision needs.
    pub fn extend(&mut self, other: Needs) {
        self.records.extend(other.records);
        self.claims.extend(other.claims);
        self.edges.extend(other.edges);
        self.referring.extend(other.referring);
        self.ancestors.extend(other.ancestors);
        self.subtrees.extend(other.subtrees);
        self.matching.extend(other.matching);
        self.schema |= other.schema;
        self.holders |= other.holders;
        self.members.extend(other.members);
        self.work.extend(other.work);
    }

    /// A record.
    pub fn record(&mut self, id: impl Into<EntityId>) -> &mut Self {
        self.records.insert(id.into());
        self
    }

    /// The edges of a relation at a record.
    pub fn edges(&mut self, id: impl Into<EntityId>, direction: Direction, relation: Relation) -> &mut Self {
        self.edges.insert(EdgesOf {
            id: id.into(),
            direction,
            relation,
        });
        self
    }

    /// The records that name a record.
    pub fn referring(&mut self, kind: Kind, attribute: &str, target: impl Into<EntityId>) -> &mut Self {
        self.referring.insert(Referring {
            kind,
            attribute: attribute.to_owned(),
            target: Some(target.into()),
        });
        self
    }
}
