//! How decision data follow what is committed, by this process and by others.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{Consulted, Decisions, Freshness, MAXIMUM_ROUNDS, Told};
use crate::{
    model::{Edge, EntityId},
    plan::Needs,
    port::{AuditQuery, HistoryQuery, Recorded, Revision, Standing, Subjects},
    wire::{Code, Problem},
};

/// Journal entries that are followed one by one; after more than these everything is loaded anew when it is asked for.
const MAXIMUM_FOLLOWED: usize = 2_000;
/// Commits that are read together.
const COMMITS: usize = 500;

/// What commits did, as far as it concerns decisions.
type Followed = BTreeMap<Revision, Vec<Told>>;

impl Consulted<'_> {
    /// Brings the data up to the storage, as the host's choice of freshness asks.
    pub(crate) async fn refresh(&self, decisions: &Decisions) -> Result<(), Problem> {
        let current = {
            let state = decisions.read();
            let fresh = match self.shared.freshness() {
                Freshness::Exact => false,
                Freshness::Within(milliseconds) => state.checked.is_some_and(|checked| {
                    let until = i64::try_from(milliseconds)
                        .unwrap_or(i64::MAX)
                        .saturating_mul(1_000);
                    (0..until).contains(&self.now.micros().saturating_sub(checked.micros()))
                }),
                Freshness::Own => !state.is_joined(),
            };
            state.world.is_ready() && fresh
        };
        match current {
            true => Ok(()),
            false => self.catch_up(decisions).await,
        }
    }

    /// Brings the data up to the storage.
    pub(crate) async fn catch_up(&self, decisions: &Decisions) -> Result<(), Problem> {
        let mut standing = self.storage.standing().await?;
        for _ in 0..MAXIMUM_ROUNDS {
            let (ready, applied) = {
                let state = decisions.read();
                (state.world.is_ready(), state.applied)
            };
            if !ready {
                self.start(decisions).await?;
                // What was committed since is looked for once more.
                standing = self.storage.standing().await?;
            } else if applied < standing.stable {
                self.follow(decisions, applied, standing.stable).await?;
            } else if self.overtake(decisions, applied, standing).await? {
                decisions.write().checked = Some(self.now);
                return Ok(());
            }
        }
        Err(Problem::new(
            Code::Conflict,
            "the access data changed meanwhile, again and again",
        ))
    }

    /// Loads roles and schema of the present.
    pub(super) async fn start(&self, decisions: &Decisions) -> Result<(), Problem> {
        let standing = self.storage.standing().await?;
        let schema = self.shared.reload_schema(self.storage, self.realm).await?;
        let still = standing.latest == standing.stable;
        let mut roles = self.roles((!still).then_some(standing.stable)).await?;
        if still && self.storage.standing().await?.latest != standing.latest {
            roles = self.roles(Some(standing.stable)).await?;
        }
        let mut state = decisions.write();
        if !state.world.is_ready() {
            state.world.start(&roles, schema);
            state.applied = standing.stable;
            state.checked = Some(self.now);
            state.pending.retain(|revision, _| *revision > standing.stable);
            state.again(None);
        }
        Ok(())
    }

    /// Takes in what others have committed.
    async fn follow(&self, decisions: &Decisions, from: Revision, until: Revision) -> Result<(), Problem> {
        let query = HistoryQuery {
            realm: Some(self.realm),
            subjects: Subjects::All,
            after: Some((from, u32::MAX)),
            until: Some(until),
            newest_first: false,
            limit: MAXIMUM_FOLLOWED,
        };
        let entries = self.storage.history(&query).await?;
        if entries.len() >= MAXIMUM_FOLLOWED {
            {
                let mut state = decisions.write();
                if state.applied == from {
                    state.forget();
                }
            }
            return self.start(decisions).await;
        }
        let followed = self.read_commits(decisions, &entries, until).await?;
        let mut state = decisions.write();
        if state.applied != from {
            // Somebody else was faster.
            return Ok(());
        }
        state.pending.retain(|revision, _| *revision > until);
        let beyond = std::mem::replace(&mut state.pending, followed);
        state.again(None);
        state.pending = beyond;
        state.applied = until;
        state.checked = Some(self.now);
        state.again(None);
        Ok(())
    }

    /// Takes in the commits that can be seen though somebody who began before them has not ended: a revocation counts, be
    /// there an open transaction elsewhere or not. Answers whether there was nothing that has to be looked at again.
    async fn overtake(
        &self,
        decisions: &Decisions,
        applied: Revision,
        standing: Standing,
    ) -> Result<bool, Problem> {
        if standing.latest <= applied {
            return Ok(true);
        }
        let mut after = applied;
        loop {
            let query = AuditQuery {
                realm: Some(self.realm),
                after: Some(after),
                until: Some(standing.latest),
                limit: COMMITS,
                ..AuditQuery::default()
            };
            let rows = self.storage.audit(&query).await?;
            let Some(last) = rows.last() else { return Ok(true) };
            after = last.revision;
            let new: Vec<Revision> = {
                let state = decisions.read();
                if state.applied != applied || !state.world.is_ready() {
                    return Ok(false);
                }
                rows.iter()
                    .map(|row| row.revision)
                    .filter(|revision| !state.pending.contains_key(revision))
                    .collect()
            };
            if new.is_empty() {
                continue;
            }
            let entries = self.entries(&new).await?;
            let mut followed = self.read_commits(decisions, &entries, standing.latest).await?;
            let mut state = decisions.write();
            if state.applied != applied || !state.world.is_ready() {
                return Ok(false);
            }
            for revision in new {
                let told = followed.remove(&revision).unwrap_or_default();
                state.pending.entry(revision).or_insert(told);
            }
            // In their order: what came first must not cover what came later.
            state.again(None);
        }
    }

    /// The journal of some commits.
    async fn entries(&self, revisions: &[Revision]) -> Result<Vec<Recorded>, Problem> {
        let mut all = Vec::new();
        let mut place = None;
        loop {
            let query = HistoryQuery {
                realm: Some(self.realm),
                subjects: Subjects::Revisions(revisions.to_vec()),
                after: place,
                until: None,
                newest_first: false,
                limit: 10_000,
            };
            let page = self.storage.history(&query).await?;
            let Some(last) = page.last() else { return Ok(all) };
            place = Some((last.revision, last.ordinal));
            all.extend(page);
        }
    }

    /// Reads what commits did to whatever decisions rest on: of records only those that are in the data.
    async fn read_commits(
        &self,
        decisions: &Decisions,
        entries: &[Recorded],
        until: Revision,
    ) -> Result<Followed, Problem> {
        let mut followed = Followed::new();
        let mut records: BTreeMap<EntityId, Revision> = BTreeMap::new();
        for recorded in entries {
            let entry = &recorded.entry;
            let Some(key) = entry.edge else {
                records.insert(entry.subject, recorded.revision);
                continue;
            };
            let (delta, _) = self.shared.sealer.delta(entry, None)?;
            let (before, after) = delta.edge.unwrap_or_default();
            let exists = after.is_some();
            if let Some(body) = after.or(before) {
                let edge: Edge = body.with_key(key);
                let told = followed.entry(recorded.revision).or_default();
                told.push(Told::Edge(edge, exists));
            }
        }
        decisions.look(|world| records.retain(|id, _| world.follows(*id)));
        if records.is_empty() {
            return Ok(followed);
        }
        // Their state after exactly these commits.
        let needs = Needs {
            records: records.keys().copied().collect::<BTreeSet<_>>(),
            ..Needs::default()
        };
        for (id, record) in self.past(until).load(&needs).await?.records {
            if let Some(revision) = records.get(&id) {
                let told = followed.entry(*revision).or_default();
                told.insert(0, Told::Record(id, record));
            }
        }
        Ok(followed)
    }
}
