//! The workspace of a decision: reads facts and notes them as guards, collects changes, shows its own changes to
//! later reads. Several commands can be decided on one draft; a preview stacked on a preview is the same thing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Cause, Change, ClaimKey, Context, Direction, EdgesOf, Effect, Event, Facts, Guard, Needs, Plan,
    Referring, Schema,
    names::{claims_between, claims_of},
};
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, Record, Relation, Source, Value},
    wire::{Code, FieldProblem, Problem},
};

/// The most changes one plan may hold; larger work is done as a change set.
pub const MAXIMUM_CHANGES: usize = 50_000;

/// Why a decision has no plan yet, or never will have.
#[derive(Debug, Clone)]
pub enum Stop {
    /// More has to be known first.
    Missing(Box<Needs>),
    /// The answer is no.
    Refused(Box<Problem>),
}

impl From<Needs> for Stop {
    fn from(needs: Needs) -> Self {
        Stop::Missing(Box::new(needs))
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Refused(Box::new(problem))
    }
}

#[derive(Debug, Clone)]
struct Touched<T> {
    before: Option<T>,
    after: Option<T>,
    cause: Cause,
}

/// A point of a draft to return to when a command is refused.
#[derive(Debug, Clone, Copy)]
pub struct Savepoint {
    log: usize,
    events: usize,
    effects: usize,
    remarks: usize,
    reclaimed: usize,
}

/// What a step overwrote.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "short-lived; a box for each step costs more than it saves"
)]
enum Undo {
    Record(EntityId, Option<Touched<Arc<Record>>>),
    Edge(EdgeKey, Option<Touched<Edge>>),
    Claim(ClaimKey, Option<Option<EntityId>>),
}

/// The workspace of a decision.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The realm's schema.
    pub schema: &'a Schema,
    /// Who asks, when.
    pub context: &'a Context,
    facts: &'a Facts,
    guards_records: BTreeMap<EntityId, Option<u64>>,
    guards_edges: BTreeMap<EdgesOf, String>,
    guards_referring: BTreeMap<Referring, String>,
    records: BTreeMap<EntityId, Touched<Arc<Record>>>,
    edges: BTreeMap<EdgeKey, Touched<Edge>>,
    /// Every touched edge by its second end.
    incoming: BTreeSet<(EntityId, Relation, EntityId)>,
    claims: BTreeMap<ClaimKey, Option<EntityId>>,
    /// Names taken or released by records that did not change otherwise.
    reclaimed: Vec<(EntityId, ClaimKey)>,
    log: Vec<Undo>,
    events: Vec<Event>,
    effects: Vec<Effect>,
    remarks: Vec<String>,
    subject: Option<EntityId>,
    ordinal: u32,
}

impl<'a> Draft<'a> {
    /// An empty draft on facts.
    pub fn new(facts: &'a Facts, schema: &'a Schema, context: &'a Context) -> Self {
        let mut guards_records = BTreeMap::new();
        if schema.version > 0 {
            // A schema that changed meanwhile makes every decision that was based on it void.
            guards_records.insert(EntityId::from(schema.realm), Some(schema.version));
        }
        Draft {
            schema,
            context,
            facts,
            guards_records,
            guards_edges: BTreeMap::new(),
            guards_referring: BTreeMap::new(),
            records: BTreeMap::new(),
            edges: BTreeMap::new(),
            incoming: BTreeSet::new(),
            claims: BTreeMap::new(),
            reclaimed: Vec::new(),
            log: Vec::new(),
            events: Vec::new(),
            effects: Vec::new(),
            remarks: Vec::new(),
            subject: None,
            ordinal: 0,
        }
    }

    /// A draft on facts with another plan already applied: the ground of a what-if.
    pub fn after(facts: &'a Facts, schema: &'a Schema, context: &'a Context, plan: &Plan) -> Self {
        let mut draft = Draft::new(facts, schema, context);
        // A name may go from one record to another: first all that is released, then all that is taken.
        for change in &plan.changes {
            if let Change::Record { released, .. } = change {
                draft
                    .claims
                    .extend(released.iter().map(|key| (key.clone(), None)));
            }
        }
        for change in &plan.changes {
            if let Change::Record { taken, .. } = change {
                draft
                    .claims
                    .extend(taken.iter().map(|key| (key.clone(), change.subject())));
            }
            match change {
                Change::Record {
                    before, after, cause, ..
                } => {
                    if let Some(id) = change.subject() {
                        let touched = Touched {
                            before: before.clone(),
                            after: after.clone(),
                            cause: *cause,
                        };
                        draft.records.insert(id, touched);
                    }
                }
                Change::Edge { before, after, cause } => {
                    if let Some(edge) = after.as_ref().or(before.as_ref()) {
                        let touched = Touched {
                            before: before.clone(),
                            after: after.clone(),
                            cause: *cause,
                        };
                        draft
                            .incoming
                            .insert((edge.key.to, edge.key.relation, edge.key.from));
                        draft.edges.insert(edge.key, touched);
                    }
                }
            }
        }
        for guard in &plan.guards {
            match guard {
                Guard::Record { id, version } => drop(draft.guards_records.insert(*id, *version)),
                Guard::Edges { set, fingerprint } => {
                    drop(draft.guards_edges.insert(*set, fingerprint.clone()))
                }
                Guard::Referring { set, fingerprint } => {
                    draft.guards_referring.insert(set.clone(), fingerprint.clone());
                }
            }
        }
        draft.events.clone_from(&plan.events);
        draft.effects.clone_from(&plan.effects);
        draft.remarks.clone_from(&plan.remarks);
        // Far away from the identifiers that the first plan drew.
        draft.ordinal = 1 << 24;
        draft
    }

    /// A fresh identifier.
    pub fn new_id(&mut self, kind: Kind) -> EntityId {
        self.ordinal += 1;
        self.context.seed.id(kind, self.context.now, self.ordinal)
    }

    /// A fresh journal salt for a person.
    pub fn new_salt(&mut self) -> crate::model::KeySalt {
        self.ordinal += 1;
        self.context.seed.salt(self.ordinal)
    }

    /// Returns at once with everything that is not known yet, so that a decision takes few rounds.
    pub fn need(&self, mut needs: Needs) -> Result<(), Stop> {
        let new = |id: &EntityId| {
            self.records
                .get(id)
                .is_some_and(|touched| touched.before.is_none())
        };
        needs
            .records
            .retain(|id| !self.facts.records.contains_key(id) && !self.records.contains_key(id));
        needs
            .ancestors
            .retain(|id| !self.facts.records.contains_key(id) && !self.records.contains_key(id));
        needs
            .claims
            .retain(|key| !self.facts.claims.contains_key(key) && !self.claims.contains_key(key));
        needs
            .edges
            .retain(|set| !self.facts.edges.contains_key(set) && !new(&set.id));
        needs
            .referring
            .retain(|set| !self.facts.referring.contains_key(set) && !set.target.as_ref().is_some_and(new));
        // A subtree was loaded when the set of children of its root is there.
        needs.subtrees.retain(|id| {
            let children = Referring {
                kind: Kind::Organization,
                attribute: "parent".to_owned(),
                target: Some(*id),
            };
            !self.facts.referring.contains_key(&children) && !new(id)
        });
        if needs.is_empty() {
            Ok(())
        } else {
            Err(needs.into())
        }
    }

    /// A record as this draft sees it, deleted ones included; `None` when there is none.
    pub fn record(&mut self, id: impl Into<EntityId>) -> Result<Option<Arc<Record>>, Stop> {
        let id = id.into();
        if let Some(touched) = self.records.get(&id) {
            return Ok(touched.after.clone());
        }
        match self.facts.records.get(&id) {
            Some(known) => {
                // What was read first counts: a schema from memory must not be hidden by a fresher realm record.
                self.guards_records
                    .entry(id)
                    .or_insert_with(|| known.as_ref().map(|record| record.version));
                Ok(known.clone())
            }
            None => {
                let mut needs = Needs::default();
                needs.record(id);
                Err(needs.into())
            }
        }
    }

    /// A record that exists, deleted or not.
    pub fn existing(&mut self, id: impl Into<EntityId>) -> Result<Arc<Record>, Stop> {
        let id = id.into();
        self.record(id)?.ok_or_else(|| {
            Problem::new(
                Code::NotFound,
                format!("there is no {} with this identifier in the realm", id.kind),
            )
            .about(id)
            .into()
        })
    }

    /// A record that exists and is not deleted.
    pub fn live(&mut self, id: impl Into<EntityId>) -> Result<Arc<Record>, Stop> {
        let record = self.existing(id)?;
        if record.is_deleted() {
            return Err(
                Problem::new(Code::Deleted, format!("the {} is deleted", record.kind()))
                    .about(record.id)
                    .into(),
            );
        }
        Ok(record)
    }

    /// Who holds a unique name as this draft sees it.
    pub fn holder(&mut self, key: &ClaimKey) -> Result<Option<EntityId>, Stop> {
        if let Some(holder) = self.claims.get(key) {
            return Ok(*holder);
        }
        match self.facts.claims.get(key) {
            // No guard: the unique index is the guard of a free name, the holder's version that of a taken one.
            Some(holder) => Ok(*holder),
            None => Err(Needs {
                claims: BTreeSet::from([key.clone()]),
                ..Needs::default()
            }
            .into()),
        }
    }

    /// The edges of a relation at a record as this draft sees them, in the order of their keys.
    pub fn edges(
        &mut self,
        id: impl Into<EntityId>,
        direction: Direction,
        relation: Relation,
    ) -> Result<Vec<Edge>, Stop> {
        let id = id.into();
        let set = EdgesOf {
            id,
            direction,
            relation,
        };
        let mut edges: BTreeMap<EdgeKey, Edge> = BTreeMap::new();
        if let Some(known) = self.facts.edges.get(&set) {
            self.guard_edges(set, &known.fingerprint);
            edges.extend(known.edges.iter().map(|edge| (edge.key, edge.clone())));
        } else if !self.is_new(id) {
            return Err(missing_edges(set));
        }
        for key in self.touched_edges(set) {
            match self.edges.get(&key).and_then(|touched| touched.after.as_ref()) {
                Some(edge) => drop(edges.insert(key, edge.clone())),
                None => drop(edges.remove(&key)),
            }
        }
        Ok(edges.into_values().collect())
    }

    /// One edge as this draft sees it. Either set that it belongs to will do.
    pub fn edge(&mut self, key: EdgeKey) -> Result<Option<Edge>, Stop> {
        if let Some(touched) = self.edges.get(&key) {
            return Ok(touched.after.clone());
        }
        let from = EdgesOf {
            id: key.from,
            direction: Direction::From,
            relation: key.relation,
        };
        let to = EdgesOf {
            id: key.to,
            direction: Direction::To,
            relation: key.relation,
        };
        for set in [from, to] {
            if let Some(known) = self.facts.edges.get(&set) {
                self.guard_edges(set, &known.fingerprint);
                let found = known.edges.binary_search_by_key(&key, |edge| edge.key);
                return Ok(found.ok().and_then(|place| known.edges.get(place)).cloned());
            }
            if self.is_new(set.id) {
                return Ok(None);
            }
        }
        Err(missing_edges(from))
    }

    /// The touched edges of a set.
    fn touched_edges(
        &self,
        EdgesOf {
            id,
            direction,
            relation,
        }: EdgesOf,
    ) -> Vec<EdgeKey> {
        let least = EntityId::new(Kind::Realm, uuid::Uuid::nil());
        match direction {
            Direction::From => self
                .edges
                .range(
                    EdgeKey {
                        from: id,
                        relation,
                        to: least,
                    }..,
                )
                .map(|(key, _)| *key)
                .take_while(|key| key.from == id && key.relation == relation)
                .collect(),
            Direction::To => self
                .incoming
                .range((id, relation, least)..)
                .take_while(|(to, of, _)| *to == id && *of == relation)
                .map(|(to, relation, from)| EdgeKey {
                    from: *from,
                    relation: *relation,
                    to: *to,
                })
                .filter(|key| self.edges.contains_key(key))
                .collect(),
        }
    }

    fn guard_edges(&mut self, set: EdgesOf, fingerprint: &str) {
        self.guards_edges
            .entry(set)
            .or_insert_with(|| fingerprint.to_owned());
    }

    /// Whether this draft created it: then nothing about it can be stored.
    fn is_new(&self, id: EntityId) -> bool {
        self.records
            .get(&id)
            .is_some_and(|touched| touched.before.is_none())
    }

    /// The records of a kind that name a record in an attribute, as this draft sees them.
    pub fn referring(
        &mut self,
        kind: Kind,
        attribute: &str,
        target: Option<EntityId>,
    ) -> Result<Vec<EntityId>, Stop> {
        let set = Referring {
            kind,
            attribute: attribute.to_owned(),
            target,
        };
        let mut ids: BTreeSet<EntityId> = BTreeSet::new();
        if let Some(known) = self.facts.referring.get(&set) {
            self.guards_referring
                .insert(set.clone(), known.fingerprint.clone());
            ids.extend(known.ids.iter().copied());
        } else if target.is_none_or(|id| {
            self.records
                .get(&id)
                .is_none_or(|touched| touched.before.is_some())
        }) {
            return Err(Needs {
                referring: BTreeSet::from([set]),
                ..Needs::default()
            }
            .into());
        }
        for (id, touched) in self.records.range(EntityId::new(kind, uuid::Uuid::nil())..) {
            if id.kind != kind {
                break;
            } else {
                let refers = touched
                    .after
                    .as_ref()
                    .is_some_and(|record| record.reference(attribute) == target);
                if refers {
                    ids.insert(*id)
                } else {
                    ids.remove(id)
                };
            }
        }
        Ok(ids.into_iter().collect())
    }

    /// Writes a record: new, or instead of what it was. Unique names are checked; metadata is kept up.
    ///
    /// Returns whether anything changed.
    pub fn put(&mut self, mut record: Record, cause: Cause) -> Result<bool, Stop> {
        let id = record.id;
        let realm = EntityId::from(self.context.realm);
        if self.schema.version == 0 && id != realm && !self.records.contains_key(&realm) {
            return Err(Problem::new(Code::NotFound, "there is no such realm")
                .about(realm)
                .into());
        }
        let seen = if self.records.contains_key(&id) || self.facts.records.contains_key(&id) {
            self.record(id)?
        } else {
            None
        };
        if seen
            .as_ref()
            .is_some_and(|seen| seen.attributes == record.attributes && seen.salt == record.salt)
        {
            return Ok(false);
        }
        self.claim(seen.as_deref(), Some(&record))?;
        let before = self
            .records
            .get(&id)
            .map_or(seen, |touched| touched.before.clone());
        record.set("changed_at", Some(self.context.now.into()));
        record.set("changed_by", Some(self.context.actor.to_string().into()));
        match &before {
            // What comes back was created when it was, and has a version that nobody has seen.
            None if cause == Cause::Rollback && record.value("created_at").is_some() => {
                record.version += 1;
                self.guards_records.insert(id, None);
            }
            None => {
                record.version = 1;
                record.set("created_at", Some(self.context.now.into()));
                record.set("created_by", Some(self.context.actor.to_string().into()));
                // A new identifier is drawn by us or brought by the host: either way it must be free.
                self.guards_records.insert(id, None);
            }
            Some(before) => record.version = before.version + 1,
        }
        self.write_record(
            id,
            Touched {
                before,
                after: Some(record.shared()),
                cause,
            },
        );
        self.size()?;
        Ok(true)
    }

    /// Removes a record physically.
    pub fn remove(&mut self, id: impl Into<EntityId>, cause: Cause) -> Result<(), Stop> {
        let id = id.into();
        let seen = self.existing(id)?;
        self.claim(Some(&seen), None)?;
        let before = self
            .records
            .get(&id)
            .map_or(Some(seen), |touched| touched.before.clone());
        self.write_record(
            id,
            Touched {
                before,
                after: None,
                cause,
            },
        );
        self.size()
    }

    /// Writes an edge: new, or instead of what it was. Returns whether anything changed.
    pub fn put_edge(&mut self, edge: Edge, cause: Cause) -> Result<bool, Stop> {
        let seen = self.edge(edge.key)?;
        if seen.as_ref() == Some(&edge) {
            return Ok(false);
        }
        let before = self
            .edges
            .get(&edge.key)
            .map_or(seen, |touched| touched.before.clone());
        self.write_edge(
            edge.key,
            Touched {
                before,
                after: Some(edge),
                cause,
            },
        );
        self.size()?;
        Ok(true)
    }

    /// Removes an edge; `false` when there was none.
    pub fn remove_edge(&mut self, key: EdgeKey, cause: Cause) -> Result<bool, Stop> {
        let Some(seen) = self.edge(key)? else {
            return Ok(false);
        };
        self.take_edge(seen, cause)?;
        Ok(true)
    }

    /// Removes an edge that was just read from either end.
    pub fn take_edge(&mut self, seen: Edge, cause: Cause) -> Result<(), Stop> {
        let key = seen.key;
        let before = self
            .edges
            .get(&key)
            .map_or(Some(seen), |touched| touched.before.clone());
        self.write_edge(
            key,
            Touched {
                before,
                after: None,
                cause,
            },
        );
        self.size()
    }

    /// Notes what happened.
    pub fn event(
        &mut self,
        name: &str,
        subject: impl Into<EntityId>,
        details: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        self.events.push(Event {
            name: name.to_owned(),
            subject: subject.into(),
            details: details
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
        });
    }

    /// Notes what is to be done outside, after the commit.
    pub fn effect(
        &mut self,
        name: &str,
        subject: impl Into<EntityId>,
        details: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        self.ordinal += 1;
        let key = self
            .context
            .seed
            .id(Kind::Command, self.context.now, self.ordinal)
            .to_string();
        self.effects.push(Effect {
            name: name.to_owned(),
            subject: subject.into(),
            details: details
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
            key,
        });
    }

    /// Notes a remark for the caller.
    pub fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(remark.into());
    }

    /// Names what the command is about.
    pub fn subject(&mut self, id: impl Into<EntityId>) {
        self.subject = Some(id.into());
    }

    pub(crate) fn clear_subject(&mut self) {
        self.subject = None;
    }

    pub(crate) fn current_subject(&self) -> Option<EntityId> {
        self.subject
    }

    /// Where the draft stands now, to return to with [`Draft::revert`].
    pub fn savepoint(&self) -> Savepoint {
        Savepoint {
            log: self.log.len(),
            events: self.events.len(),
            effects: self.effects.len(),
            remarks: self.remarks.len(),
            reclaimed: self.reclaimed.len(),
        }
    }

    /// Forgets every change since the savepoint; the guards stay, they were read.
    pub fn revert(&mut self, savepoint: Savepoint) {
        for undo in self.log.drain(savepoint.log.min(self.log.len())..).rev() {
            match undo {
                Undo::Record(id, Some(was)) => drop(self.records.insert(id, was)),
                Undo::Record(id, None) => drop(self.records.remove(&id)),
                Undo::Edge(key, Some(was)) => drop(self.edges.insert(key, was)),
                Undo::Edge(key, None) => drop(self.edges.remove(&key)),
                Undo::Claim(key, Some(was)) => drop(self.claims.insert(key, was)),
                Undo::Claim(key, None) => drop(self.claims.remove(&key)),
            }
        }
        self.events.truncate(savepoint.events);
        self.effects.truncate(savepoint.effects);
        self.remarks.truncate(savepoint.remarks);
        self.reclaimed.truncate(savepoint.reclaimed);
    }

    fn write_record(&mut self, id: EntityId, mut touched: Touched<Arc<Record>>) {
        // What was asked for stays so, whatever else follows for the same record.
        if self
            .records
            .get(&id)
            .is_some_and(|seen| seen.cause == Cause::Requested)
        {
            touched.cause = Cause::Requested;
        }
        let was = self.records.insert(id, touched);
        self.log.push(Undo::Record(id, was));
    }

    fn write_edge(&mut self, key: EdgeKey, touched: Touched<Edge>) {
        self.incoming.insert((key.to, key.relation, key.from));
        let was = self.edges.insert(key, touched);
        self.log.push(Undo::Edge(key, was));
    }

    fn write_claim(&mut self, key: ClaimKey, holder: Option<EntityId>) {
        let was = self.claims.insert(key.clone(), holder);
        self.log.push(Undo::Claim(key, was));
    }

    /// The finished plan.
    pub fn finish(self) -> Plan {
        let schema = self.schema;
        let mut changes = Vec::with_capacity(self.records.len() + self.edges.len());
        for (id, touched) in self.records {
            let (before, after) = (touched.before.as_deref(), touched.after.as_deref());
            let same = match (before, after) {
                (None, None) => true,
                (Some(before), Some(after)) => is_same(before, after),
                _ => false,
            };
            let mut reclaimed = self.reclaimed.iter().filter(|(of, _)| *of == id).peekable();
            if !same || reclaimed.peek().is_some() {
                let (mut released, mut taken) = claims_between(schema, before, after);
                for (_, key) in reclaimed {
                    match self.claims.get(key) {
                        Some(Some(holder)) if *holder == id => taken.push(key.clone()),
                        Some(None) => released.push(key.clone()),
                        _ => {}
                    }
                }
                changes.push(Change::Record {
                    taken,
                    released,
                    before: touched.before,
                    after: touched.after,
                    cause: touched.cause,
                });
            }
        }
        for touched in self.edges.into_values() {
            if touched.before != touched.after {
                changes.push(Change::Edge {
                    before: touched.before,
                    after: touched.after,
                    cause: touched.cause,
                });
            }
        }
        let records = self
            .guards_records
            .into_iter()
            .map(|(id, version)| Guard::Record { id, version });
        let edges = self
            .guards_edges
            .into_iter()
            .map(|(set, fingerprint)| Guard::Edges { set, fingerprint });
        let referring = self
            .guards_referring
            .into_iter()
            .map(|(set, fingerprint)| Guard::Referring { set, fingerprint });
        let mut custom_searchable: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
        for change in &changes {
            if let Change::Record { .. } = change
                && let Some(id) = change.subject()
                && !custom_searchable.contains_key(&id.kind)
            {
                let names = schema
                    .attributes(id.kind)
                    .filter(|a| a.source == Source::Custom && a.searchable);
                custom_searchable.insert(id.kind, names.map(|a| a.name.clone()).collect());
            }
        }
        custom_searchable.retain(|_, names| !names.is_empty());
        Plan {
            custom_searchable,
            realm: self.context.realm,
            guards: records.chain(edges).chain(referring).collect(),
            changes,
            events: self.events,
            effects: self.effects,
            subject: self.subject,
            remarks: self.remarks,
        }
    }

    /// The fields of a record whose unique values belong to others.
    pub(crate) fn names_taken(&mut self, record: &Record) -> Result<Vec<FieldProblem>, Stop> {
        Ok(self
            .conflicts(&claims_of(self.schema, Some(record)), record.id)?
            .into_iter()
            .map(|(field, _)| field)
            .collect())
    }

    /// Which of the names belong to others, and to whom.
    fn conflicts<'k>(
        &mut self,
        names: impl IntoIterator<Item = &'k ClaimKey>,
        own: EntityId,
    ) -> Result<Vec<(FieldProblem, EntityId)>, Stop> {
        let mut missing = BTreeSet::new();
        let mut conflicts = Vec::new();
        for key in names {
            match self.holder(key) {
                Ok(Some(holder)) if holder != own => {
                    let message = format!("this {} belongs to {holder}", key.attribute);
                    conflicts.push((
                        FieldProblem::new(&key.attribute, Code::Taken.name(), message),
                        holder,
                    ));
                }
                Ok(_) => {}
                Err(Stop::Missing(needs)) => missing.extend(needs.claims),
                Err(stop) => return Err(stop),
            }
        }
        if !missing.is_empty() {
            return Err(Needs {
                claims: missing,
                ..Needs::default()
            }
            .into());
        }
        Ok(conflicts)
    }

    /// Moves the unique names from what a record was to what it becomes; refuses names held by others.
    fn claim(&mut self, before: Option<&Record>, after: Option<&Record>) -> Result<(), Stop> {
        let (released, taken) = claims_between(self.schema, before, after);
        if let Some(record) = after {
            let conflicts = self.conflicts(&taken, record.id)?;
            if let Some((_, holder)) = conflicts.first() {
                let holder = *holder;
                let fields: Vec<FieldProblem> = conflicts.into_iter().map(|(field, _)| field).collect();
                let message = fields
                    .iter()
                    .map(|field| field.message.as_str())
                    .collect::<Vec<_>>()
                    .join("; ");
                return Err(Problem {
                    fields,
                    ..Problem::new(Code::Taken, message).about(holder)
                }
                .into());
            }
        }
        let own = after.or(before).map(|record| record.id);
        for key in released {
            // Another record of this draft may have taken it already: then it is not ours to release.
            let theirs = matches!(self.claims.get(&key), Some(Some(holder)) if Some(*holder) != own);
            if !theirs {
                self.write_claim(key, None);
            }
        }
        if let Some(record) = after {
            for key in taken {
                self.write_claim(key, Some(record.id));
            }
        }
        Ok(())
    }

    /// Lets go of the unique names that a record will not have any more, before it is written: so records can
    /// exchange their names.
    pub(crate) fn let_go(&mut self, id: EntityId, after: Option<&Record>) -> Result<(), Stop> {
        let before = self.record(id)?;
        for key in claims_between(self.schema, before.as_deref(), after).0 {
            self.write_claim(key, None);
        }
        Ok(())
    }

    /// Takes or releases one unique name of a record that does not change otherwise.
    pub(crate) fn reclaim(&mut self, record: &Arc<Record>, key: ClaimKey) -> Result<(), Stop> {
        let holder = self.holder(&key)?;
        let due = claims_of(self.schema, Some(record)).contains(&key);
        match (due, holder) {
            (true, None) => {
                self.write_claim(key.clone(), Some(record.id));
                self.reclaimed.push((record.id, key));
            }
            (true, Some(holder)) if holder != record.id => {
                drop(self.conflicts([&key], record.id)?);
                let message = format!("its {} belongs to {holder}", key.attribute);
                return Err(Problem::new(Code::Taken, message).about(record.id).into());
            }
            (false, Some(holder)) if holder == record.id => {
                self.write_claim(key.clone(), None);
                self.reclaimed.push((record.id, key));
            }
            _ => return Ok(()),
        }
        let mut after = (**record).clone();
        after.version += 1;
        let touched = Touched {
            before: Some(record.clone()),
            after: Some(after.shared()),
            cause: Cause::Form,
        };
        self.write_record(record.id, touched);
        Ok(())
    }

    fn size(&self) -> Result<(), Stop> {
        let size = self.records.len() + self.edges.len();
        if size > MAXIMUM_CHANGES {
            let message = format!("the plan has more than {MAXIMUM_CHANGES} changes");
            return Err(Problem::new(Code::TooLarge, message).into());
        }
        Ok(())
    }
}

fn missing_edges(set: EdgesOf) -> Stop {
    Needs {
        edges: BTreeSet::from([set]),
        ..Needs::default()
    }
    .into()
}

/// Whether two states differ in nothing but the note of who touched it last.
fn is_same(before: &Record, after: &Record) -> bool {
    let noted = |name: &String| name == "changed_at" || name == "changed_by";
    before.salt == after.salt
        && before
            .attributes
            .iter()
            .filter(|(name, _)| !noted(name))
            .eq(after.attributes.iter().filter(|(name, _)| !noted(name)))
}
