//! The storage port: current state, journal, audit trail and outbox, always in one transaction.
//!
//! A storage keeps what is now and what was changed; earlier states are computed by the engine from the two. It
//! never decides anything: it checks the guards of a plan, writes it, or says which guard does not hold.

use std::{fmt::Debug, sync::Arc};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::{
    model::{ChangeSetId, CommandId, Edge, EdgeKey, EntityId, Kind, Moment, RealmId, Record},
    plan::{ClaimKey, Effect, Facts, Guard, JournalEntry, Needs, Plan},
    search::{CheckedSearch, Page},
    wire::{Code, Problem},
};

/// The number of a commit. Rises in the order in which commits that touch the same thing happened; has gaps.
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
#[serde(transparent)]
pub struct Revision(pub u64);

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Why the storage did not do it. Nothing of it was done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StorageError {
    /// Something the plan relied on has changed; decide again with fresh facts.
    #[error("changed meanwhile: {0:?}")]
    Conflict(Box<Guard>),
    /// Another record took a unique name meanwhile; decide again with fresh facts.
    #[error("taken meanwhile: {0:?}")]
    Taken(Box<ClaimKey>),
    /// The transaction lost against another one (deadlock, serialization); decide again.
    #[error("the transaction lost against another one")]
    Contention,
    /// The command was committed before, under this revision.
    #[error("the command was committed before, as revision {revision}")]
    CommandKnown {
        /// Under which revision.
        revision: Revision,
        /// The digest of the command that was committed.
        digest: String,
        /// The record it was about.
        subject: Option<EntityId>,
    },
    /// Any other failure, with its code.
    #[error("{0}")]
    Failed(Box<Problem>),
}

impl StorageError {
    /// A failure of the storage with its cause.
    pub fn failed(
        message: impl Into<String>,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> Self {
        StorageError::Failed(Box::new(Problem::new(Code::Storage, message).caused_by(source)))
    }

    /// What is stored cannot be understood.
    pub fn corrupt(message: impl Into<String>) -> Self {
        StorageError::Failed(Box::new(Problem::new(Code::Corrupt, message)))
    }
}

impl From<Problem> for StorageError {
    fn from(problem: Problem) -> Self {
        StorageError::Failed(Box::new(problem))
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Failed(problem) => *problem,
            StorageError::Conflict(_) | StorageError::Taken(_) | StorageError::Contention => {
                Problem::new(Code::Conflict, error.to_string())
            }
            StorageError::CommandKnown { .. } => Problem::new(Code::CommandReused, error.to_string()),
        }
    }
}

/// Whether an attempt was carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Committed.
    Accepted,
    /// Refused, with the code; nothing was changed.
    Refused(String),
}

impl Outcome {
    /// The stored form: empty when accepted, else the code.
    pub fn code(&self) -> &str {
        match self {
            Outcome::Accepted => "",
            Outcome::Refused(code) => code,
        }
    }

    /// From the stored form.
    pub fn from_code(code: &str) -> Outcome {
        if code.is_empty() {
            Outcome::Accepted
        } else {
            Outcome::Refused(code.to_owned())
        }
    }
}

/// The row of the audit trail that a commit writes, and the journal entries that belong to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    /// When.
    pub at: Moment,
    /// Who, as text.
    pub actor: String,
    /// Through which door.
    pub channel: String,
    /// Why, in the words of the one who asked.
    pub reason: Option<String>,
    /// The name of the command, such as `user.create`.
    pub command: String,
    /// The command's identifier, unique in the realm.
    pub command_id: Option<CommandId>,
    /// Digest of the command, to recognise another command under the same identifier.
    pub digest: String,
    /// The change set.
    pub change_set: Option<ChangeSetId>,
    /// Carried out or refused.
    pub outcome: Outcome,
    /// What the command is about.
    pub subject: Option<EntityId>,
    /// What happened, as JSON list of events.
    pub events: String,
    /// The changes with old and new values in the order of the plan; none for kinds without a journal.
    pub journal: Vec<JournalEntry>,
}

/// A commit that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// Its number.
    pub revision: Revision,
}

/// A row of the audit trail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Its number; also the revision of the changes it made.
    pub revision: Revision,
    /// The realm.
    pub realm: RealmId,
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: String,
    /// Through which door.
    pub channel: String,
    /// Why.
    pub reason: Option<String>,
    /// The command's name.
    pub command: String,
    /// The command's identifier.
    pub command_id: Option<CommandId>,
    /// The command's digest.
    pub digest: String,
    /// The change set.
    pub change_set: Option<ChangeSetId>,
    /// Carried out or refused.
    pub outcome: Outcome,
    /// What it was about.
    pub subject: Option<EntityId>,
    /// What happened, as JSON list of events.
    pub events: String,
}

/// Which audit rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuditQuery {
    /// Of this realm; `None`: of all realms (the chain covers all).
    pub realm: Option<RealmId>,
    /// After this revision.
    pub after: Option<Revision>,
    /// Up to and including this revision.
    pub until: Option<Revision>,
    /// About this record.
    pub subject: Option<EntityId>,
    /// By this actor, as text.
    pub actor: Option<String>,
    /// Of this change set.
    pub change_set: Option<ChangeSetId>,
    /// Under this command identifier.
    pub command_id: Option<CommandId>,
    /// Exactly these revisions, at most 1,000.
    pub revisions: Option<Vec<Revision>>,
    /// Not before this moment.
    pub since: Option<Moment>,
    /// Not after this moment.
    pub before: Option<Moment>,
    /// The latest first.
    pub newest_first: bool,
    /// At most so many.
    pub limit: usize,
}

/// A journal entry as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// The commit.
    pub revision: Revision,
    /// Its place in the commit.
    pub ordinal: u32,
    /// The realm.
    pub realm: RealmId,
    /// The change.
    pub entry: JournalEntry,
}

/// Whose journal entries.
#[derive(Debug, Clone, PartialEq)]
pub enum Subjects {
    /// Everybody's.
    All,
    /// Those of these records, and of the edges at either end of them.
    Of(Vec<EntityId>),
    /// Those of the records of a kind, and of the edges that start at one.
    Kind(Kind),
    /// Those of exactly these commits, at most 1,000.
    Revisions(Vec<Revision>),
}

/// Which journal entries. They come in the order of revision and ordinal, or the other way round.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryQuery {
    /// Of this realm; `None`: all realms (the chain covers all).
    pub realm: Option<RealmId>,
    /// Whose.
    pub subjects: Subjects,
    /// After this place.
    pub after: Option<(Revision, u32)>,
    /// Up to and including this revision.
    pub until: Option<Revision>,
    /// The latest first; `after` then means before this place.
    pub newest_first: bool,
    /// At most so many.
    pub limit: usize,
}

/// A search that was checked against the schema.
#[derive(Debug, Clone)]
pub struct Find {
    /// In this realm.
    pub realm: RealmId,
    /// Kind, typed filter, order, page. Derived leaves name edges: `organizations`, `within_organization`, `groups`
    /// (direct membership only: nested groups were expanded before), `manager`, `positions`, `leads`, `used_by`. The
    /// leaf `id` compares identifiers as text; the leaf `revision` (range only) the 20-digit revision of the last
    /// change of the record or of an edge that starts at it.
    pub search: CheckedSearch,
    /// Windows of edges are looked at as of this moment.
    pub now: Moment,
    /// Count edges whose other end is deleted, too. Asked for by reads of earlier states.
    pub any_end: bool,
}

/// An effect that a worker may carry out until its lease ends.
#[derive(Debug, Clone, PartialEq)]
pub struct LeasedEffect {
    /// The realm.
    pub realm: RealmId,
    /// Its number in the outbox.
    pub number: u64,
    /// The commit that asked for it.
    pub revision: Revision,
    /// What is to be done.
    pub effect: Effect,
    /// How often it was tried before.
    pub attempts: u32,
}

/// What became of a leased effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// Its number.
    pub number: u64,
    /// The worker that held the lease; a worker that lost its lease settles nothing.
    pub worker: String,
    /// `None`: done. Else: not before this moment again, and what went wrong.
    pub retry: Option<(Moment, String)>,
}

/// A link of the tamper-evident chain: the rows from one revision to another, in one batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// Counts from 1 without gaps.
    pub number: u64,
    /// After this revision …
    pub after: Revision,
    /// … up to and including this one.
    pub until: Revision,
    /// How many audit rows.
    pub rows: u64,
    /// The chain's head after this batch: hexadecimal SHA-256 over the previous head and every row.
    pub head: String,
    /// For each row its revision and the first 16 bytes of its digest, so that a changed row can be named.
    #[serde(skip)]
    pub digests: Vec<u8>,
    /// When it was sealed.
    pub at: Moment,
}

/// Where the storage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The latest revision that can be seen.
    pub latest: Revision,
    /// Every commit up to this revision can be seen: none of them is still under way.
    pub stable: Revision,
}

/// Which derived data the doctor wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inspection {
    /// Records of a kind, with every key under which the storage would find them.
    Records(Kind),
    /// Unique names and their holders.
    Claims,
    /// Edges.
    Edges,
    /// Pairs of the closure of the organization tree.
    Closure,
}

/// A piece of derived data as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Inspected {
    /// A record and its search keys: attribute and key.
    Record {
        /// The record.
        record: Arc<Record>,
        /// Every stored key.
        keys: Vec<(String, String)>,
    },
    /// A unique name.
    Claim {
        /// The name.
        key: ClaimKey,
        /// The holder.
        holder: EntityId,
    },
    /// An edge and whether the storage takes its ends for live ones.
    Edge {
        /// The edge.
        edge: Edge,
        /// The first end lives.
        from_live: bool,
        /// The second end lives.
        to_live: bool,
    },
    /// `descendant` lies at or below `ancestor`.
    Closure {
        /// The upper one.
        ancestor: EntityId,
        /// The lower one.
        descendant: EntityId,
        /// Steps between them.
        depth: u32,
    },
}

impl Inspected {
    /// Where to go on after this piece.
    pub fn place(&self) -> String {
        match self {
            Inspected::Record { record, .. } => record.id.to_string(),
            Inspected::Claim { key, .. } => {
                format!("{:03}|{}|{}", key.kind as u8, key.attribute, key.key)
            }
            Inspected::Edge { edge, .. } => {
                let EdgeKey { from, relation, to } = edge.key;
                format!("{from}|{:03}|{to}", relation as u8)
            }
            Inspected::Closure {
                ancestor, descendant, ..
            } => format!("{ancestor}|{descendant}"),
        }
    }
}

/// A place where everything is kept.
///
/// Every method is all or nothing, sees a consistent state, and takes a bounded number of statements that does not
/// grow with the rows.
#[async_trait]
pub trait Storage: Debug + Send + Sync {
    /// Looks up everything asked for. What is not there is known to be absent (see [`Facts::complete`]).
    async fn load(&self, realm: RealmId, needs: &Needs) -> Result<Facts, StorageError>;

    /// One record, deleted or not; `None` when there is none. The same as a [`Storage::load`] of it, which is what a
    /// storage does that has no shorter way.
    async fn find(&self, realm: RealmId, id: EntityId) -> Result<Option<Arc<Record>>, StorageError> {
        let mut needs = Needs::default();
        needs.record(id);
        Ok(self.load(realm, &needs).await?.records.remove(&id).flatten())
    }

    /// The record that holds a unique name; `None` when nobody does.
    async fn find_holder(
        &self,
        realm: RealmId,
        name: &ClaimKey,
    ) -> Result<Option<Arc<Record>>, StorageError> {
        let needs = Needs {
            claims: std::collections::BTreeSet::from([name.clone()]),
            holders: true,
            ..Needs::default()
        };
        let mut facts = self.load(realm, &needs).await?;
        match facts.claims.into_values().flatten().next() {
            Some(holder) => match facts.records.remove(&holder).flatten() {
                Some(record) => Ok(Some(record)),
                None => self.find(realm, holder).await,
            },
            None => Ok(None),
        }
    }

    /// One page of what matches.
    async fn search(&self, find: &Find) -> Result<Page, StorageError>;

    /// How many match. The same as the total of a [`Storage::search`], which is what a storage does that has no
    /// shorter way.
    async fn count(&self, find: &Find) -> Result<u64, StorageError> {
        let mut find = find.clone();
        find.search.total = true;
        Ok(self.search(&find).await?.total.unwrap_or_default())
    }

    /// Keeps in memory how many of a kind belong to each part of the organization tree, or brings what is kept up to the
    /// present. Answers with whether it does; a storage need not.
    async fn keep_counts(&self, _realm: RealmId, _kind: Kind, _now: Moment) -> Result<bool, StorageError> {
        Ok(false)
    }

    /// How many of a kind belong to an organization or to one below it, as of the last time that the storage was asked
    /// to count or to [keep counts](Storage::keep_counts) in the realm; `None` when that is not kept. Asks nobody.
    fn kept_count(&self, _realm: RealmId, _kind: Kind, _organization: EntityId, _now: Moment) -> Option<u64> {
        None
    }

    /// Checks the guards and writes changes, journal, audit row and outbox in one transaction. With
    /// [`Outcome::Refused`] only the audit row is written.
    async fn commit(&self, plan: &Plan, stamp: &Stamp) -> Result<Committed, StorageError>;

    /// Journal entries, never beyond [`Standing::stable`] when they come in ascending order of all subjects.
    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Recorded>, StorageError>;

    /// Audit rows.
    async fn audit(&self, query: &AuditQuery) -> Result<Vec<AuditRecord>, StorageError>;

    /// Gives a worker effects to carry out until a moment; those of one subject only one after the other.
    async fn lease(
        &self,
        worker: &str,
        now: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Vec<LeasedEffect>, StorageError>;

    /// Notes what became of leased effects.
    async fn settle(&self, results: &[Settled]) -> Result<(), StorageError>;

    /// The links of the chain after a number, in order.
    async fn seals(&self, after: u64, limit: usize) -> Result<Vec<Seal>, StorageError>;

    /// Appends a link; a link with the same number that is there already makes it a [`StorageError::Contention`].
    async fn append_seal(&self, seal: &Seal) -> Result<(), StorageError>;

    /// Where the storage stands.
    async fn standing(&self) -> Result<Standing, StorageError>;

    /// Derived data as it is stored, in order after a place.
    async fn inspect(
        &self,
        realm: RealmId,
        inspection: Inspection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Inspected>, StorageError>;

    /// The realms by name, as records.
    async fn realms(&self) -> Result<Vec<Arc<Record>>, StorageError>;

    /// Another storage for reading that shows at least this revision, such as a replica of a server; `None`: this one
    /// is the one to read from.
    async fn reading(&self, reached: Revision) -> Result<Option<Arc<dyn Storage>>, StorageError> {
        let _ = reached;
        Ok(None)
    }
}
