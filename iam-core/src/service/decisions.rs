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
    plan::{Change, Facts, Guard, Needs, Plan},
    port::{Find, Revision, Storage},
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
pub(super) const MAXIMUM_ROUNDS: usize = 200;
/// Own commits that wait for the journal to reach them.
const MAXIMUM_PENDING: usize = 2_000;

/// One realm's decision data, and up to where they are.
#[derive(Debug)]
pub(crate) struct Decisions {
    state: RwLock<State>,
}

#[derive(Debug)]
pub(super) struct State {
    pub world: World,
    /// Every commit up to here is in.
    pub applied: Revision,
    /// Commits beyond it that are in, too, whole: own ones, and those of others who were faster than somebody who began
    /// before them.
    pub pending: BTreeMap<Revision, Vec<Told>>,
    pub checked: Option<Moment>,
    /// Something was committed in a transaction of the host, which may not be final yet.
    joined: bool,
}

/// What a commit did to something.
#[derive(Debug)]
pub(super) enum Told {
    /// A change of this process.
    Change(Change),
    /// The state of a record afterwards.
    Record(EntityId, Option<Arc<Record>>),
    /// The state of an edge afterwards, or that it is gone.
    Edge(Edge, bool),
}

impl Told {
    /// What it happened to; of an edge where it starts.
    fn subject(&self) -> Option<EntityId> {
        match self {
            Told::Change(change) => change.subject(),
            Told::Record(id, _) => Some(*id),
            Told::Edge(edge, _) => Some(edge.key.from),
        }
    }

    fn tell(&self, world: &mut World) {
        match self {
            Told::Change(change) => world.apply(change),
            Told::Record(id, record) => world.apply_record(*id, false, record.as_deref()),
            Told::Edge(edge, exists) => world.apply_edge(edge, *exists),
        }
    }
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

    pub(super) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, State> {
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
            let told = plan.changes.iter().cloned().map(Told::Change).collect();
            state.pending.insert(revision, told);
        }
    }

    /// Notes a commit in a transaction of the host.
    pub(crate) fn joined(&self) {
        self.write().joined = true;
    }
}

impl State {
    pub fn is_joined(&self) -> bool {
        self.joined
    }

    pub fn forget(&mut self) {
        self.world.reset();
        self.pending.clear();
        self.checked = None;
    }

    /// Commits that lie beyond what was just taken in count again.
    pub fn again(&mut self, only: Option<&BTreeSet<EntityId>>) {
        for told in self.pending.values().flatten() {
            if only.is_none_or(|ids| told.subject().is_some_and(|id| ids.contains(&id))) {
                told.tell(&mut self.world);
            }
        }
    }

    /// That these did not change since what is known about them. Two commits that touch the same thing have revisions in
    /// the order in which they did, so that whatever came before a commit that is in is in as well.
    fn guards(&self, ids: BTreeSet<EntityId>) -> Vec<Guard> {
        let mut known: BTreeMap<EntityId, Revision> = BTreeMap::new();
        for (revision, told) in &self.pending {
            for id in told.iter().filter_map(Told::subject) {
                if ids.contains(&id) {
                    known.insert(id, *revision);
                }
            }
        }
        let guard = |id: EntityId| Guard::Unchanged {
            id,
            revision: known.get(&id).copied().unwrap_or_default().max(self.applied).0,
        };
        ids.into_iter().map(guard).collect()
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
            Where::Private(world, _) => question(world, now),
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
            Where::Private(world, _) => question(world, now),
        })
        .await
    }

    /// The same for the last look before a commit: on data that are never older than the storage, and with guards that
    /// hold as long as nothing that the answer rests on changes.
    pub(crate) async fn ask_to_commit<T>(
        &self,
        mut question: impl FnMut(&mut World, Moment) -> Result<(T, BTreeSet<EntityId>), Missing>,
    ) -> Result<(T, Vec<Guard>), Problem> {
        let now = self.now;
        if self.is_shared() {
            let decisions = self.shared.decisions(self.realm);
            self.catch_up(&decisions).await?;
        }
        self.answer(|decisions| match decisions {
            Where::Shared(decisions) => {
                let mut state = decisions.write();
                let (answer, relied) = question(&mut state.world, now)?;
                let guards = state.guards(relied);
                Ok((answer, guards))
            }
            Where::Private(world, facts) => {
                let (answer, relied) = question(world, now)?;
                Ok((answer, guards_of(facts, &relied)))
            }
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
            let mut known = Facts::default();
            for _ in 0..MAXIMUM_ROUNDS {
                let missing = match question(Where::Private(&mut world, &known)) {
                    Ok(answer) => return Ok(answer),
                    Err(missing) => missing,
                };
                let (missing, facts) = self
                    .fetch(&|needs| world.needs(needs), missing, self.revision)
                    .await?;
                world.take(&missing, &facts);
                known.extend(facts);
            }
        }
        Err(Problem::new(
            Code::TooLarge,
            format!("the decision needs more than {MAXIMUM_ROUNDS} rounds of loading"),
        ))
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

    pub(super) fn past(&self, revision: Revision) -> Past<'_> {
        Past {
            shared: self.shared,
            storage: self.storage,
            realm: self.realm,
            revision,
        }
    }

    async fn load(&self, needs: &Needs, revision: Option<Revision>) -> Result<Facts, Problem> {
        match revision {
            // Sessions and credentials have no past; what decisions read of them never changes.
            Some(revision) if self.revision.is_none() => {
                let mut now = Needs::default();
                let mut then = needs.clone();
                then.records.retain(|id| {
                    id.kind.has_past() || {
                        now.records.insert(*id);
                        false
                    }
                });
                let mut facts = self.past(revision).load(&then).await?;
                if now.is_stored() {
                    facts.extend(self.storage.load(self.realm, &now).await?);
                }
                Ok(facts)
            }
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
    pub(super) async fn roles(&self, revision: Option<Revision>) -> Result<Vec<Arc<Record>>, Problem> {
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
    Private(&'a mut World, &'a Facts),
}

/// That these are what they were when they were loaded, and the edges that start at them, too.
fn guards_of(facts: &Facts, ids: &BTreeSet<EntityId>) -> Vec<Guard> {
    let records = facts
        .records
        .iter()
        .filter(|(id, _)| ids.contains(id))
        .map(|(id, record)| Guard::Record {
            id: *id,
            version: record.as_ref().map(|record| record.version),
        });
    let edges = facts
        .edges
        .iter()
        .filter(|(set, _)| ids.contains(&set.id))
        .map(|(set, found)| Guard::Edges {
            set: *set,
            fingerprint: found.fingerprint.clone(),
        });
    records.chain(edges).collect()
}
