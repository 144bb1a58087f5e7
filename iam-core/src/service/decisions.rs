//! The decision data of each realm: loaded when asked for, kept up with every commit, never half of one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use serde::{Deserialize, Serialize};

use super::{as_of::Past, iam::Shared};
use crate::{
    access::{Missing, World},
    model::{Edge, EntityId, Kind, Moment, RealmId, Record},
    plan::{Change, Facts, Needs, Plan},
    port::{Find, HistoryQuery, Revision, Storage, Subjects},
    search::{Boundary, Checked, MAXIMUM_LIMIT, Search, builtin_catalog},
    wire::{Code, Problem},
};

/// How old the data may be on which this process decides. Commits of this process always count at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Freshness {
    /// Before each decision the storage is asked for commits of others: one short statement. The default.
    #[default]
    Exact,
    /// The storage is asked when it was not for so many milliseconds: for as long a decision may rest on older data.
    Within(u64),
    /// The storage is not asked: no other process writes.
    Own,
}

/// Rounds of loading that one decision may take; each brings another step of a path.
const MAXIMUM_ROUNDS: usize = 200;
/// Journal entries that are followed one by one; after more than these everything is loaded anew when it is asked for.
const MAXIMUM_FOLLOWED: usize = 2_000;
/// Own commits that wait for the journal to reach them.
const MAXIMUM_PENDING: usize = 2_000;

/// One realm's decision data, and up to where they are.
#[derive(Debug)]
pub(crate) struct Decisions {
    state: RwLock<State>,
}

#[derive(Debug)]
struct State {
    world: World,
    /// Every commit up to here is in.
    applied: Revision,
    /// Own commits beyond it, which are in, too.
    pending: BTreeMap<Revision, Vec<Change>>,
    checked: Option<Moment>,
    /// Something was committed in a transaction of the host, which may not be final yet.
    joined: bool,
}

impl Decisions {
    pub(crate) fn new() -> Decisions {
        Decisions {
            state: RwLock::new(State {
                world: World::new(),
                applied: Revision(0),
                pending: BTreeMap::new(),
                checked: None,
                joined: false,
            }),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the data as they are.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.read().world)
    }

    /// Changes what is kept beside the data.
    pub(crate) fn touch<T>(&self, touch: impl FnOnce(&mut World) -> T) -> T {
        touch(&mut self.write().world)
    }

    /// Takes in a commit of this process.
    pub(crate) fn committed(&self, revision: Revision, plan: &Plan, freshness: Freshness) {
        let mut state = self.write();
        if state.pending.len() > MAXIMUM_PENDING {
            state.forget();
            return;
        }
        for change in &plan.changes {
            state.world.apply(change);
        }
        if freshness == Freshness::Own && state.world.is_ready() {
            state.applied = state.applied.max(revision);
        } else {
            state.pending.insert(revision, plan.changes.clone());
        }
    }

    /// Notes a commit in a transaction of the host.
    pub(crate) fn joined(&self) {
        self.write().joined = true;
    }
}

impl State {
    fn forget(&mut self) {
        self.world.reset();
        self.pending.clear();
        self.checked = None;
    }

    /// Own commits that lie beyond what was just taken in count again.
    fn again(&mut self, only: Option<&BTreeSet<EntityId>>) {
        let pending = std::mem::take(&mut self.pending);
        for change in pending.values().flatten() {
            if only.is_none_or(|ids| change.subject().is_some_and(|id| ids.contains(&id))) {
                self.world.apply(change);
            }
        }
        self.pending = pending;
    }
}

/// A state whose decision data can be asked.
pub(crate) struct Consulted<'a> {
    pub shared: &'a Shared,
    pub storage: &'a dyn Storage,
    pub realm: RealmId,
    /// The revision of an earlier state.
    pub revision: Option<Revision>,
    pub now: Moment,
    /// Whose authority the question is about: it is worked out once and kept.
    pub actor: Option<EntityId>,
}

impl Consulted<'_> {
    /// Whether the present of everybody is asked, not an earlier state, nor the inside of an open transaction.
    fn is_shared(&self) -> bool {
        self.revision.is_none() && self.shared.is_main(self.storage)
    }

    /// Answers a question from the data, loading what is missing.
    pub(crate) async fn ask<T>(
        &self,
        question: impl Fn(&World, Moment) -> Result<T, Missing>,
    ) -> Result<T, Problem> {
        let now = self.now;
        self.answer(|decisions| match decisions {
            Where::Shared(decisions) => decisions.look(|world| question(world, now)),
            Where::Private(world) => question(world, now),
        })
        .await
    }

    /// The same for questions that lay a plan over the data.
    pub(crate) async fn ask_mut<T>(
        &self,
        mut question: impl FnMut(&mut World, Moment) -> Result<T, Missing>,
    ) -> Result<T, Problem> {
        let now = self.now;
        self.answer(|decisions| match decisions {
            Where::Shared(decisions) => decisions.touch(|world| question(world, now)),
            Where::Private(world) => question(world, now),
        })
        .await
    }

    async fn answer<T>(
        &self,
        mut question: impl FnMut(Where<'_>) -> Result<T, Missing>,
    ) -> Result<T, Problem> {
        if self.is_shared() {
            let decisions = self.shared.decisions(self.realm);
            self.refresh(&decisions).await?;
            for _ in 0..MAXIMUM_ROUNDS {
                // A commit meanwhile may have made everything be forgotten.
                if !decisions.look(World::is_ready) {
                    self.start(&decisions).await?;
                }
                let prepared = match self.actor {
                    Some(actor) if !decisions.look(|world| world.has_authority(actor, self.now)) => {
                        decisions.touch(|world| world.prepare(actor, self.now))
                    }
                    _ => Ok(()),
                };
                let missing = match prepared.and_then(|()| question(Where::Shared(&decisions))) {
                    Ok(answer) => return Ok(answer),
                    Err(missing) => missing,
                };
                self.fill(&decisions, missing).await?;
            }
        } else {
            let mut world = World::new();
            let schema = self.shared.schema(self.storage, self.realm).await?;
            world.start(&self.roles(self.revision).await?, schema);
            for _ in 0..MAXIMUM_ROUNDS {
                let missing = match question(Where::Private(&mut world)) {
                    Ok(answer) => return Ok(answer),
                    Err(missing) => missing,
                };
                let (missing, facts) = self
                    .fetch(&|needs| world.needs(needs), missing, self.revision)
                    .await?;
                world.take(&missing, &facts);
            }
        }
        Err(Problem::new(
            Code::TooLarge,
            format!("the decision needs more than {MAXIMUM_ROUNDS} rounds of loading"),
        ))
    }

    /// Brings the data up to the storage, as the host's choice of freshness asks.
    pub(crate) async fn refresh(&self, decisions: &Decisions) -> Result<(), Problem> {
        for _ in 0..MAXIMUM_ROUNDS {
            let (ready, applied) = {
                let state = decisions.read();
                let ready = state.world.is_ready();
                let current = match self.shared.freshness() {
                    Freshness::Exact => false,
                    Freshness::Within(milliseconds) => state.checked.is_some_and(|checked| {
                        let until = i64::try_from(milliseconds)
                            .unwrap_or(i64::MAX)
                            .saturating_mul(1_000);
                        (0..until).contains(&self.now.micros().saturating_sub(checked.micros()))
                    }),
                    Freshness::Own => !state.joined,
                };
                if ready && current {
                    return Ok(());
                }
                (ready, state.applied)
            };
            let standing = self.storage.standing().await?;
            if !ready {
                self.start(decisions).await?;
                continue;
            }
            if standing.stable <= applied {
                if matches!(self.shared.freshness(), Freshness::Within(_)) {
                    decisions.write().checked = Some(self.now);
                }
                return Ok(());
            }
            self.follow(decisions, applied, standing.stable).await?;
            if decisions.look(World::is_ready) {
                return Ok(());
            }
        }
        Err(Problem::new(
            Code::Conflict,
            "the access data changed meanwhile, again and again",
        ))
    }

    /// Loads roles and schema of the present.
    async fn start(&self, decisions: &Decisions) -> Result<(), Problem> {
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
        let mut edges: BTreeMap<_, (Edge, bool)> = BTreeMap::new();
        let mut records = BTreeSet::new();
        for recorded in &entries {
            let entry = &recorded.entry;
            match entry.edge {
                None => drop(records.insert(entry.subject)),
                Some(key) => {
                    let (delta, _) = self.shared.sealer.delta(entry, None)?;
                    let (before, after) = delta.edge.unwrap_or_default();
                    let exists = after.is_some();
                    if let Some(body) = after.or(before) {
                        edges.insert(key, (body.with_key(key), exists));
                    }
                }
            }
        }
        // Of records only those that are in the data; their state after exactly these commits.
        decisions.look(|world| records.retain(|id| world.follows(*id)));
        let mut states = BTreeMap::new();
        if !records.is_empty() {
            let past = self.past(until);
            let needs = Needs {
                records,
                ..Needs::default()
            };
            states = past.load(&needs).await?.records;
        }
        let mut state = decisions.write();
        if state.applied != from {
            // Somebody else was faster.
            return Ok(());
        }
        for (id, record) in &states {
            state.world.apply_record(*id, false, record.as_deref());
        }
        for (edge, exists) in edges.values() {
            state.world.apply_edge(edge, *exists);
        }
        state.applied = until;
        state.checked = Some(self.now);
        state.pending.retain(|revision, _| *revision > until);
        state.again(None);
        Ok(())
    }

    /// Loads what is missing in the shared data, as of the commit up to which they are.
    async fn fill(&self, decisions: &Decisions, missing: Missing) -> Result<(), Problem> {
        let (ready, applied) = {
            let state = decisions.read();
            (state.world.is_ready(), state.applied)
        };
        if !ready {
            return self.start(decisions).await;
        }
        let needs = |missing: &Missing| decisions.look(|world| world.needs(missing));
        let standing = self.storage.standing().await?;
        let still = standing.latest == applied && standing.stable == applied;
        let mut found = self
            .fetch(&needs, missing.clone(), (!still).then_some(applied))
            .await?;
        if still && self.storage.standing().await?.latest != applied {
            found = self.fetch(&needs, missing, Some(applied)).await?;
        }
        let (missing, facts) = found;
        let mut state = decisions.write();
        if state.applied == applied && state.world.is_ready() {
            state.world.take(&missing, &facts);
            state.again(Some(&missing.0));
        }
        Ok(())
    }

    fn past(&self, revision: Revision) -> Past<'_> {
        Past {
            shared: self.shared,
            storage: self.storage,
            realm: self.realm,
            revision,
        }
    }

    async fn load(&self, needs: &Needs, revision: Option<Revision>) -> Result<Facts, Problem> {
        match revision {
            Some(revision) => self.past(revision).load(needs).await,
            None => Ok(self.storage.load(self.realm, needs).await?),
        }
    }

    /// Loads missing nodes; organizations with everything above them.
    async fn fetch(
        &self,
        needs: &(dyn Fn(&Missing) -> Needs + Sync),
        mut missing: Missing,
        revision: Option<Revision>,
    ) -> Result<(Missing, Facts), Problem> {
        let ancestors: BTreeSet<EntityId> = missing
            .0
            .iter()
            .copied()
            .filter(|id| id.kind == Kind::Organization)
            .collect();
        if !ancestors.is_empty() {
            let above = Needs {
                ancestors,
                ..Needs::default()
            };
            let above = self.load(&above, revision).await?;
            missing.0.extend(above.records.into_keys());
        }
        let needs = needs(&missing);
        let facts = self.load(&needs, revision).await?;
        Ok((missing, facts))
    }

    /// Every role of the realm.
    async fn roles(&self, revision: Option<Revision>) -> Result<Vec<Arc<Record>>, Problem> {
        let mut search = Search::new(Kind::Role)
            .limit(MAXIMUM_LIMIT)
            .check(&builtin_catalog(Kind::Role), &self.shared.limits.filter)?;
        search.filter = Checked::All;
        let mut roles = Vec::new();
        loop {
            let find = Find {
                realm: self.realm,
                search: search.clone(),
                now: self.now,
                any_end: revision.is_some(),
            };
            let page = match revision {
                Some(revision) => self.past(revision).search(&find).await?,
                None => self.storage.search(&find).await?,
            };
            roles.extend(page.items.iter().cloned());
            let Some(last) = page.next.and(page.items.last()) else {
                return Ok(roles);
            };
            search.position.boundary = Some(Boundary {
                keys: Vec::new(),
                id: last.id,
            });
        }
    }
}

/// Which data are asked.
enum Where<'a> {
    Shared(&'a Decisions),
    Private(&'a mut World),
}
