//! The doctor's look at the evidence: whether the journal leads to what is there, and whether the chain holds.
//!
//! Old and new values of all entries of a thing cancel each other out, up to those that it has now. So one number for
//! each thing tells whether its whole history fits its state: what is there, its journal's values before and its
//! journal's values after, folded together, are zero.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use serde::Serialize;

use super::{
    Acting,
    chain::{ChainBreak, verify},
    history::PAGE,
    seal::Sealer,
};
use crate::{
    model::{Edge, EdgeKey, EntityId, KeySalt, Record, is_secret},
    plan::{EdgeBody, Step},
    port::{AuditQuery, HistoryQuery, Recorded, Revision, Subjects},
    rules::doctor::Finding,
    wire::Problem,
};

/// What is there, and what the journal says about it.
#[derive(Debug, Default)]
struct Account {
    /// What is there and what the journal says, folded together.
    folded: u64,
    /// It is there …
    there: bool,
    /// … at this version.
    version: u64,
    /// What the last entry leaves: whether it is there, and at which version. `None`: there is no entry.
    told: Option<(bool, u64)>,
    /// A part of its journal is closed for ever: the person was erased.
    closed: bool,
    salt: Option<KeySalt>,
}

/// Records and edges, and what the journal says about them.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    records: BTreeMap<EntityId, Account>,
    edges: BTreeMap<EdgeKey, Account>,
    findings: Vec<Finding>,
}

fn fold(name: &str, value: &impl Serialize) -> u64 {
    let mut hash = DefaultHasher::new();
    name.hash(&mut hash);
    serde_json::to_vec(value).unwrap_or_default().hash(&mut hash);
    hash.finish()
}

impl Evidence {
    /// A record that is there.
    pub(super) fn record(&mut self, record: &Record) {
        if !record.kind().has_past() {
            return;
        }
        let account = self.records.entry(record.id).or_default();
        account.there = true;
        account.version = record.version;
        account.salt = record.salt;
        for (name, value) in &record.attributes {
            if !is_secret(record.kind(), name) {
                account.folded ^= fold(name, value);
            }
        }
    }

    /// An edge that is there.
    pub(super) fn edge(&mut self, edge: &Edge) {
        let account = self.edges.entry(edge.key).or_default();
        account.there = true;
        account.folded ^= fold("", &EdgeBody::from(edge));
    }

    /// An entry of the journal; they come in their order.
    fn entry(&mut self, sealer: &Sealer, Recorded { revision, entry, .. }: &Recorded) {
        let id = entry.subject;
        if entry.edge.is_none() && !id.kind.has_past() {
            return;
        }
        let account = match entry.edge {
            Some(key) => self.edges.entry(key).or_default(),
            None => self.records.entry(id).or_default(),
        };
        let (delta, closed) = match sealer.delta(entry, account.salt) {
            Ok(opened) => opened,
            Err(problem) => {
                let message = format!("revision {revision}: {}", problem.message);
                self.findings
                    .push(Finding::new("journal.unreadable", id, message));
                return;
            }
        };
        if closed && account.salt.is_some() {
            let message =
                format!("revision {revision}: its personal values do not open with the person's key");
            self.findings
                .push(Finding::new("journal.unreadable", id, message));
        }
        account.closed |= closed;
        if entry.edge.is_some() {
            let (before, after) = delta.edge.unwrap_or_default();
            account.told = Some((after.is_some(), 0));
            for body in [before, after].iter().flatten() {
                account.folded ^= fold("", body);
            }
            return;
        }
        account.told = Some((entry.step != Step::Remove, entry.version));
        for (name, (before, after)) in &delta.values {
            for value in [before, after].into_iter().flatten() {
                account.folded ^= fold(name, value);
            }
        }
    }

    /// Where the two do not agree.
    fn judge(self) -> Vec<Finding> {
        let mut findings = self.findings;
        let records = self.records.into_iter().map(|(id, account)| (id, None, account));
        let edges = self
            .edges
            .into_iter()
            .map(|(key, account)| (key.from, Some(key), account));
        for (id, key, account) in records.chain(edges) {
            let what = key.map_or_else(String::new, |key| format!("{} {}: ", key.relation.name(), key.to));
            let found = match (account.there, account.told) {
                (true, None) => Some(("journal.missing", "is there, and no journal says how it came")),
                (true, Some((false, _))) => {
                    Some(("journal.missing", "is there, and was removed by its journal"))
                }
                (false, Some((true, _))) => Some((
                    "journal.unfounded",
                    "is not there, and no journal says how it went",
                )),
                (true, Some((true, version))) if version != account.version => {
                    Some(("journal.differs", "has another version than its journal"))
                }
                _ if account.folded != 0 && !account.closed => {
                    Some(("journal.differs", "has other values than its journal"))
                }
                _ => None,
            };
            findings.extend(found.map(|(code, message)| Finding::new(code, id, format!("{what}{message}"))));
        }
        findings
    }
}

impl Acting<'_> {
    /// Reads the realm's journal against what is there. Answers with the number of entries, and what does not agree.
    pub(super) async fn examine_journal(
        &self,
        mut evidence: Evidence,
    ) -> Result<(u64, Vec<Finding>), Problem> {
        let storage = self.storage();
        let stable = storage.standing().await?.stable;
        let mut count = 0;
        let mut groundless = Vec::new();
        let mut place = None;
        loop {
            let query = HistoryQuery {
                realm: Some(self.realm),
                subjects: Subjects::All,
                after: place,
                until: Some(stable),
                newest_first: false,
                limit: 10 * PAGE,
            };
            let page = storage.history(&query).await?;
            let Some(last) = page.last() else { break };
            place = Some((last.revision, last.ordinal));
            count += page.len() as u64;
            groundless.extend(self.without_audit(&page).await?);
            page.iter()
                .for_each(|recorded| evidence.entry(&self.shared.sealer, recorded));
        }
        // What lies beyond may still be joined by a commit that is under way: it is read by its numbers.
        let latest = storage.standing().await?.latest;
        let beyond: Vec<Revision> = (stable.0 + 1..=latest.0).map(Revision).collect();
        for part in beyond.chunks(PAGE) {
            let mut place = None;
            loop {
                let query = HistoryQuery {
                    realm: Some(self.realm),
                    subjects: Subjects::Revisions(part.to_vec()),
                    after: place,
                    until: None,
                    newest_first: false,
                    limit: 10 * PAGE,
                };
                let page = storage.history(&query).await?;
                let Some(last) = page.last() else { break };
                place = Some((last.revision, last.ordinal));
                count += page.len() as u64;
                page.iter()
                    .for_each(|recorded| evidence.entry(&self.shared.sealer, recorded));
            }
        }
        let mut findings = evidence.judge();
        findings.extend(groundless);
        Ok((count, findings))
    }

    /// Entries of commits that the audit trail does not know.
    async fn without_audit(&self, page: &[Recorded]) -> Result<Vec<Finding>, Problem> {
        let revisions: BTreeSet<Revision> = page.iter().map(|recorded| recorded.revision).collect();
        let revisions: Vec<Revision> = revisions.into_iter().collect();
        let mut known: HashSet<u64> = HashSet::with_capacity(revisions.len());
        for part in revisions.chunks(PAGE) {
            let query = AuditQuery {
                realm: Some(self.realm),
                revisions: Some(part.to_vec()),
                limit: PAGE,
                ..AuditQuery::default()
            };
            known.extend(
                self.storage()
                    .audit(&query)
                    .await?
                    .iter()
                    .map(|row| row.revision.0),
            );
        }
        Ok(page
            .iter()
            .filter(|recorded| !known.contains(&recorded.revision.0))
            .map(|recorded| {
                let message = format!("revision {} has a journal and no audit row", recorded.revision);
                Finding::new("journal.groundless", recorded.entry.subject, message)
            })
            .collect())
    }

    /// Verifies the chain over audit trail and journal, that of the whole storage. Answers with the number of sealed
    /// rows, and where it does not hold.
    pub(super) async fn examine_chain(&self) -> Result<(u64, Vec<Finding>), Problem> {
        let verified = verify(self.storage(), &[]).await?;
        let realm = EntityId::from(self.realm);
        let findings = verified.breaks.iter().map(|found| {
            let (code, message) = match found {
                ChainBreak::Changed { revision } => (
                    "chain.changed",
                    format!("row {revision} of the audit trail, or its journal, is not what was sealed"),
                ),
                ChainBreak::Removed { revision } => (
                    "chain.removed",
                    format!("row {revision} of the audit trail was sealed and is gone"),
                ),
                ChainBreak::Inserted { revision } => (
                    "chain.inserted",
                    format!("row {revision} of the audit trail was not there when its place was sealed"),
                ),
                ChainBreak::Seal { number } | ChainBreak::Head { number } => (
                    "chain.seal",
                    format!("seal {number} of the audit trail is not what it was"),
                ),
            };
            Finding::new(code, realm, message)
        });
        Ok((verified.rows, findings.collect()))
    }
}
