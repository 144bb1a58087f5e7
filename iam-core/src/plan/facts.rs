//! What is known: the answers to [`Needs`], all of one realm and one revision.

use std::{collections::BTreeMap, sync::Arc};

use super::{ClaimKey, EdgesOf, Matching, Needs, Referring, Work, Worked};
use crate::model::{Edge, EntityId, Record};

/// A short text by which the storage recognises that a set is still what it was.
pub type Fingerprint = String;

/// The edges of one relation at one record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EdgeSet {
    /// The edges in the order of their keys.
    pub edges: Vec<Edge>,
    /// Recognises the set at commit.
    pub fingerprint: Fingerprint,
}

/// The records that name one record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReferringSet {
    /// Their identifiers in order.
    pub ids: Vec<EntityId>,
    /// Recognises the set at commit.
    pub fingerprint: Fingerprint,
}

/// What a decision knows. Absence is knowledge, too: a key that maps to nothing was looked up and not found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// Records by identifier.
    pub records: BTreeMap<EntityId, Option<Arc<Record>>>,
    /// Holders of unique names.
    pub claims: BTreeMap<ClaimKey, Option<EntityId>>,
    /// Sets of edges.
    pub edges: BTreeMap<EdgesOf, EdgeSet>,
    /// Sets of referring records.
    pub referring: BTreeMap<Referring, ReferringSet>,
    /// What searches found; `None`: more than they may find.
    pub matching: BTreeMap<Matching, Option<Vec<EntityId>>>,
    /// The revision up to which every commit was seen by the searches.
    pub matched_at: Option<u64>,
    /// Whether the plan may rest on nobody else committing anything after what the searches saw, see
    /// [`Guard::Latest`](super::Guard::Latest).
    pub alone: bool,
    /// Outcomes of slow or random work.
    pub work: BTreeMap<Work, Worked>,
}

impl Facts {
    /// Adds what was loaded in another round.
    pub fn extend(&mut self, more: Facts) {
        self.records.extend(more.records);
        self.claims.extend(more.claims);
        self.edges.extend(more.edges);
        self.referring.extend(more.referring);
        self.matching.extend(more.matching);
        // Several rounds saw what the first of them saw.
        self.matched_at = match (self.matched_at, more.matched_at) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.work.extend(more.work);
    }

    /// Marks whatever was asked for and not found as known to be absent. Every backend ends a load with it.
    pub fn complete(&mut self, needs: &Needs) {
        for id in needs
            .records
            .iter()
            .chain(&needs.ancestors)
            .chain(&needs.subtrees)
        {
            self.records.entry(*id).or_default();
        }
        for key in &needs.claims {
            if !self.claims.contains_key(key) {
                self.claims.insert(key.clone(), None);
            }
        }
        for set in &needs.edges {
            self.edges.entry(*set).or_default();
        }
        for set in &needs.referring {
            if !self.referring.contains_key(set) {
                self.referring.insert(set.clone(), ReferringSet::default());
            }
        }
    }
}
