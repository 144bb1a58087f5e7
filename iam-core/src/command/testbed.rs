//! A world in memory on which commands are decided and their plans applied, with every check that a storage makes and
//! every invariant that has to hold afterwards.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use uuid::Uuid;

use super::{Command, Decide};
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, Moment, RealmId, Record, Relation, Secret},
    plan::{
        Actor, Change, Channel, ClaimKey, Context, Direction, Draft, EdgeSet, EdgesOf, Facts, Guard,
        Matching, Needs, Plan, Referring, ReferringSet, SCHEMA_KINDS, Schema, Seed, Stop, Work, Worked,
    },
    rules::{
        subject::{Surrounded, Surroundings},
        tree,
    },
    search::{Limits, Predicate, check},
    wire::{Code, Problem},
};

/// The reference attributes that must name something that exists.
const REFERENCES: [&str; 5] = [
    "parent",
    "organization",
    "reports_to",
    "user_type",
    "organization_type",
];

/// A plan, and the secrets that the caller gets once.
type Decided = (Plan, Vec<(String, Secret)>);

/// The host of a world: no time, the same randomness in each round, one key, and no thread but this one.
#[derive(Debug)]
struct Plain(u32);

impl crate::port::Clock for Plain {
    fn now(&self) -> Moment {
        Moment::MIN
    }
}

impl crate::port::Entropy for Plain {
    fn seed(&self) -> [u8; 32] {
        Seed([9; 32]).part(self.0).0
    }
}

impl crate::port::Vault for Plain {
    fn key(&self, _: &str) -> Result<[u8; 32], crate::port::VaultError> {
        Ok([7; 32])
    }
}

#[async_trait::async_trait]
impl crate::port::Compute for Plain {
    async fn run(&self, job: crate::port::Job) -> Result<(), crate::port::ComputeError> {
        job();
        Ok(())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct World {
    pub(super) records: BTreeMap<EntityId, Arc<Record>>,
    pub(super) edges: BTreeMap<EdgeKey, Edge>,
    pub(super) claims: BTreeMap<ClaimKey, EntityId>,
    pub(super) realm: RealmId,
    pub(super) now: Moment,
    pub(super) channel: Channel,
    pub(super) actor: Actor,
    /// How often facts may be loaded for one command.
    pub(super) limit: usize,
    count: u32,
}

impl World {
    /// Nothing, not even a realm.
    pub(super) fn empty() -> World {
        World {
            records: BTreeMap::new(),
            edges: BTreeMap::new(),
            claims: BTreeMap::new(),
            realm: RealmId(Uuid::from_u128(1)),
            now: "2026-11-21T08:00:00Z".parse().unwrap(),
            channel: Channel::Api,
            actor: Actor::Host("test".into()),
            // Whatever moves an organization looks for the owners above the old and the new place.
            limit: 8,
            count: 0,
        }
    }

    /// A realm with default settings.
    pub(super) fn new() -> World {
        let mut world = World::empty();
        world.ok(super::CreateRealm::new("acme"));
        world
    }

    pub(super) fn schema(&self) -> Schema {
        let needs = Needs {
            schema: true,
            ..Needs::default()
        };
        Schema::from_facts(self.realm, &self.load(&needs))
            .unwrap()
            .unwrap_or_else(|| Schema::empty(self.realm))
    }

    /// Decides commands on one draft, in one plan, and changes nothing.
    pub(super) fn stack(&mut self, commands: &[Command]) -> Result<Plan, Box<Problem>> {
        self.settle(commands).map(|(plan, _)| plan)
    }

    fn context(&self) -> Context {
        Context {
            realm: self.realm,
            now: self.now,
            actor: self.actor.clone(),
            channel: self.channel,
            reason: None,
            command_id: None,
            change_set: None,
            seed: Seed([0; 32]).part(self.count),
        }
    }

    fn settle(&mut self, commands: &[Command]) -> Result<Decided, Box<Problem>> {
        self.count += 1;
        let (schema, context) = (self.schema(), self.context());
        let mut needs = Needs::default();
        for command in commands {
            let json = serde_json::to_string(command).unwrap();
            assert_eq!(
                &serde_json::from_str::<Command>(&json).unwrap(),
                command,
                "{json}"
            );
            command.needs(&mut needs);
            command.names(&schema, &mut needs);
        }
        let mut facts = Facts::default();
        let mut rounds = 0;
        loop {
            if !needs.is_empty() {
                // Only what is loaded counts: work takes no statement.
                rounds += usize::from(needs.is_stored());
                assert!(
                    rounds <= self.limit * commands.len().max(1),
                    "too many rounds; still needed: {needs:?}"
                );
                facts.extend(self.load(&needs));
                facts.work.extend(self.work(std::mem::take(&mut needs.work)));
            }
            let decide = || {
                let mut draft = Draft::new(&facts, &schema, &context);
                for command in commands {
                    draft.begin();
                    command.decide(&mut draft)?;
                }
                let disclosed = draft.take_disclosed();
                Ok((draft.finish(), disclosed))
            };
            match decide() {
                Ok(plan) => {
                    // House rule 5: the same facts, the same command, the same plan.
                    assert_eq!(decide().ok(), Some(plan.clone()));
                    return Ok(plan);
                }
                Err(Stop::Missing(more)) => needs = *more,
                Err(Stop::Refused(problem)) => return Err(problem),
            }
        }
    }

    /// Reads what a decision would read, and changes nothing.
    pub(super) fn look(&mut self, mut read: impl FnMut(&mut Draft<'_>) -> Result<(), Stop>) {
        self.count += 1;
        let (schema, context) = (self.schema(), self.context());
        let mut facts = Facts::default();
        loop {
            let mut draft = Draft::new(&facts, &schema, &context);
            match read(&mut draft) {
                Ok(()) => return,
                Err(Stop::Missing(mut needs)) => {
                    let work = self.work(std::mem::take(&mut needs.work));
                    facts.extend(self.load(&needs));
                    facts.work.extend(work);
                }
                Err(Stop::Refused(problem)) => panic!("refused: {problem}"),
            }
        }
    }

    /// Decides and applies; what the caller is given once as well.
    #[track_caller]
    pub(super) fn disclosed(&mut self, command: impl Into<Command>) -> (Plan, Vec<(String, Secret)>) {
        match self.settle(&[command.into()]) {
            Ok((plan, disclosed)) => {
                self.apply(&plan);
                (plan, disclosed)
            }
            Err(problem) => panic!("refused: {problem}"),
        }
    }

    pub(super) fn decide(&mut self, command: impl Into<Command>) -> Result<Plan, Box<Problem>> {
        self.stack(&[command.into()])
    }

    /// Decides and applies.
    pub(super) fn run(&mut self, command: impl Into<Command>) -> Result<Plan, Box<Problem>> {
        let plan = self.decide(command)?;
        self.apply(&plan);
        Ok(plan)
    }

    /// Decides and applies; fails the test when refused.
    #[track_caller]
    pub(super) fn ok(&mut self, command: impl Into<Command>) -> Plan {
        match self.run(command) {
            Ok(plan) => plan,
            Err(problem) => panic!("refused: {problem}"),
        }
    }

    /// Creates something; its identifier.
    #[track_caller]
    pub(super) fn made<T>(&mut self, command: impl Into<Command>) -> T
    where
        T: TryFrom<EntityId>,
    {
        let id = self.ok(command).subject.unwrap();
        T::try_from(id).unwrap_or_else(|_| panic!("another kind: {id}"))
    }

    /// The refusal; fails the test when there is none.
    #[track_caller]
    pub(super) fn refused(&mut self, command: impl Into<Command>) -> Problem {
        match self.decide(command) {
            Ok(plan) => panic!("not refused: {:?}", plan.events),
            Err(problem) => *problem,
        }
    }

    /// Refused with this code.
    #[track_caller]
    pub(super) fn refused_as(&mut self, code: Code, command: impl Into<Command>) -> Problem {
        let problem = self.refused(command);
        assert_eq!(problem.code, code, "{problem}");
        problem
    }

    /// The names of the wrong fields with their codes.
    #[track_caller]
    pub(super) fn wrong(&mut self, command: impl Into<Command>) -> BTreeMap<String, String> {
        let problem = self.refused(command);
        problem
            .fields
            .into_iter()
            .map(|field| (field.field, field.code))
            .collect()
    }

    #[track_caller]
    pub(super) fn record(&self, id: impl Into<EntityId>) -> &Record {
        &self.records[&id.into()]
    }

    pub(super) fn has(&self, id: impl Into<EntityId>) -> bool {
        self.records.contains_key(&id.into())
    }

    /// The far ends of the edges at a record.
    pub(super) fn ends(
        &self,
        id: impl Into<EntityId>,
        direction: Direction,
        relation: Relation,
    ) -> BTreeSet<EntityId> {
        let set = EdgesOf {
            id: id.into(),
            direction,
            relation,
        };
        self.edges_of(&set)
            .iter()
            .map(|edge| match direction {
                Direction::From => edge.key.to,
                Direction::To => edge.key.from,
            })
            .collect()
    }

    fn edges_of(&self, set: &EdgesOf) -> Vec<Edge> {
        let at = |key: &EdgeKey| match set.direction {
            Direction::From => key.from == set.id,
            Direction::To => key.to == set.id,
        };
        self.edges
            .values()
            .filter(|edge| edge.key.relation == set.relation && at(&edge.key))
            .cloned()
            .collect()
    }

    fn referring_to(&self, set: &Referring) -> Vec<EntityId> {
        self.records
            .values()
            .filter(|record| record.kind() == set.kind && record.reference(&set.attribute) == set.target)
            .map(|record| record.id)
            .collect()
    }

    /// The secret that a message carries, opened as whoever delivers it does.
    pub(super) fn opened(&self, effect: &crate::plan::Effect) -> Secret {
        let place = crate::plan::Place {
            realm: self.realm,
            record: effect.subject,
            attribute: effect.name.clone(),
        };
        let sealed = effect.details["sealed"].as_text().unwrap();
        self.worker().open(&place, sealed).unwrap()
    }

    /// Does slow work at once, with parameters that make it fast.
    fn work(&self, asked: BTreeSet<Work>) -> BTreeMap<Work, Worked> {
        pollster::block_on(self.worker().perform(asked)).unwrap()
    }

    fn worker(&self) -> crate::service::work::Worker {
        let host = crate::service::Host {
            clock: Arc::new(Plain(0)),
            entropy: Arc::new(Plain(self.count)),
            vault: Arc::new(Plain(0)),
            compute: Arc::new(Plain(0)),
        };
        let hashing = crate::credential::Hashing {
            argon2: crate::credential::Argon2Cost {
                memory_kib: 8,
                passes: 1,
                lanes: 1,
            },
            ..Default::default()
        };
        crate::service::work::Worker::new(&host, hashing).unwrap()
    }

    fn load(&self, needs: &Needs) -> Facts {
        let mut facts = Facts::default();
        let mut wanted = needs.records.clone();
        if needs.schema {
            wanted.insert(self.realm.into());
            wanted.extend(self.records.keys().filter(|id| SCHEMA_KINDS.contains(&id.kind)));
        }
        for start in &needs.ancestors {
            let attribute = match start.kind {
                Kind::Position => "reports_to",
                _ => "parent",
            };
            let parent = |id| {
                Ok::<_, ()>(
                    self.records
                        .get(&id)
                        .and_then(|record| record.reference(attribute)),
                )
            };
            wanted.extend(tree::above(*start, parent).unwrap());
        }
        let mut referring = needs.referring.clone();
        for start in &needs.subtrees {
            let children = |id| Referring {
                kind: Kind::Organization,
                attribute: "parent".into(),
                target: Some(id),
            };
            let below = tree::below(*start, |id| Ok::<_, ()>(self.referring_to(&children(id)))).unwrap();
            referring.extend(below.iter().map(|id| children(*id)));
            wanted.extend(below);
        }
        for id in wanted {
            facts.records.insert(id, self.records.get(&id).cloned());
        }
        for key in &needs.claims {
            facts.claims.insert(key.clone(), self.claims.get(key).copied());
        }
        for set in &needs.edges {
            let edges = self.edges_of(set);
            let fingerprint = format!("{edges:?}");
            facts.edges.insert(*set, EdgeSet { edges, fingerprint });
        }
        for set in referring {
            let ids = self.referring_to(&set);
            let fingerprint = format!("{ids:?}");
            facts.referring.insert(set, ReferringSet { ids, fingerprint });
        }
        for set in &needs.matching {
            let found = self.matching(set);
            facts.matching.insert(set.clone(), found);
        }
        facts.complete(needs);
        facts
    }

    fn matching(&self, set: &Matching) -> Option<Vec<EntityId>> {
        let schema = self.schema();
        let filter: Predicate = serde_json::from_str(&set.filter).unwrap();
        let catalog = |name: &str| schema.attribute(set.kind, name);
        let checked = check(&filter, &catalog, &Limits::default()).unwrap();
        let found: Vec<EntityId> = self
            .records
            .values()
            .filter(|record| record.kind() == set.kind && !record.is_deleted())
            .filter(|record| {
                checked.matches(&Surrounded {
                    record,
                    surroundings: self,
                })
            })
            .map(|record| record.id)
            .collect();
        (found.len() <= set.limit as usize).then_some(found)
    }

    /// Applies a plan as a storage does: guards first, then claims released, changes, claims taken.
    pub(super) fn apply(&mut self, plan: &Plan) {
        for guard in &plan.guards {
            assert!(self.holds(guard), "{guard:?}");
        }
        let records = plan.changes.iter().filter_map(|change| match change {
            Change::Record {
                before,
                after,
                taken,
                released,
                ..
            } => Some((before, after, taken, released)),
            Change::Edge { .. } => None,
        });
        for (before, _, _, released) in records.clone() {
            for key in released {
                assert_eq!(
                    self.claims.remove(key),
                    before.as_ref().map(|record| record.id),
                    "{key:?}"
                );
            }
        }
        for (before, after, taken, _) in records {
            let id = after.as_ref().or(before.as_ref()).unwrap().id;
            assert_eq!(self.records.get(&id), before.as_ref());
            match after {
                Some(record) => {
                    assert_eq!(
                        record.version,
                        before.as_ref().map_or(0, |before| before.version) + 1
                    );
                    self.records.insert(id, record.clone());
                }
                None => drop(self.records.remove(&id)),
            }
            for key in taken {
                assert_eq!(self.claims.insert(key.clone(), id), None, "{key:?}");
            }
        }
        for change in &plan.changes {
            if let Change::Edge { before, after, .. } = change {
                let key = after.as_ref().or(before.as_ref()).unwrap().key;
                assert_eq!(self.edges.get(&key), before.as_ref());
                match after {
                    Some(edge) => {
                        assert!(!edge.origins.is_empty());
                        self.edges.insert(key, edge.clone());
                    }
                    None => drop(self.edges.remove(&key)),
                }
            }
        }
        self.check();
    }

    /// Whether a guard still holds.
    pub(super) fn holds(&self, guard: &Guard) -> bool {
        match guard {
            Guard::Record { id, version } => self.records.get(id).map(|record| record.version) == *version,
            Guard::Edges { set, fingerprint } => format!("{:?}", self.edges_of(set)) == *fingerprint,
            Guard::Referring { set, fingerprint } => format!("{:?}", self.referring_to(set)) == *fingerprint,
            Guard::Unchanged { id, .. } => self.records.contains_key(id),
            Guard::Latest { .. } => true,
        }
    }

    /// What must hold whatever happened.
    fn check(&self) {
        for (key, holder) in &self.claims {
            assert!(self.has(*holder), "{key:?} is held by nobody");
        }
        for key in self.edges.keys() {
            assert!(self.has(key.from) && self.has(key.to), "{key:?} hangs loose");
        }
        for record in self.records.values() {
            for name in REFERENCES {
                if let Some(target) = record.reference(name) {
                    assert!(self.has(target), "{}.{name} hangs loose", record.id);
                }
            }
            for name in ["parent", "reports_to"] {
                let mut at = record.reference(name);
                for _ in 0..self.records.len() {
                    at = at.and_then(|id| self.records[&id].reference(name));
                }
                assert_eq!(at, None, "a circle at {}", record.id);
            }
        }
    }
}

impl Surroundings for World {
    fn targets(&self, id: EntityId, relation: Relation) -> Vec<EntityId> {
        let edges = self.edges.values().filter(|edge| {
            edge.key.from == id
                && edge.key.relation == relation
                && edge.is_in_effect(self.now)
                && self
                    .records
                    .get(&edge.key.to)
                    .is_some_and(|record| !record.is_deleted())
        });
        edges.map(|edge| edge.key.to).collect()
    }

    fn by_rule(&self, id: EntityId, relation: Relation) -> Vec<EntityId> {
        let edges = self.edges.values().filter(|edge| {
            edge.key.from == id
                && edge.key.relation == relation
                && edge.origins.contains(&crate::model::EdgeOrigin::Rule)
        });
        edges.map(|edge| edge.key.to).collect()
    }

    fn at_or_above(&self, organization: EntityId) -> Vec<EntityId> {
        let parent = |id| {
            Ok::<_, ()>(
                self.records
                    .get(&id)
                    .and_then(|record| record.reference("parent")),
            )
        };
        tree::above(organization, parent).unwrap()
    }

    fn revision(&self, _id: EntityId) -> u64 {
        0
    }
}
