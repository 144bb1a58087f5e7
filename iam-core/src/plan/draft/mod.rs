//! The workspace of a decision: reads facts and notes them as guards, collects changes, shows its own changes to
//! later reads. Several commands can be decided on one draft; a preview stacked on a preview is the same thing.

mod claims;
mod read;
mod touched;
mod work;
mod write;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Cause, Change, ClaimKey, Context, EdgesOf, Effect, Event, Facts, Guard, Needs, Plan, Referring, Schema,
    names::claims_between,
};
use crate::{
    model::{Edge, EdgeKey, EntityId, Record, Relation, Secret, Text, Value},
    rules::{RuleOverlay, provision},
    wire::Problem,
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
    /// The unique names released and taken between the two states, where they were worked out already.
    names: Option<Box<Names>>,
}

/// Unique names released and taken.
type Names = (Vec<ClaimKey>, Vec<ClaimKey>);

/// A point of a draft to return to when a command is refused.
#[derive(Debug, Clone, Copy)]
pub struct Savepoint {
    log: usize,
    events: usize,
    effects: usize,
    remarks: usize,
    reclaimed: usize,
    disclosed: usize,
}

/// What a step overwrote.
#[derive(Debug)]
enum Undo {
    Record(EntityId, Option<Touched<Arc<Record>>>),
    Edge(EdgeKey, Option<Box<Touched<Edge>>>),
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
    /// Nothing may have been committed after it.
    guard_latest: Option<u64>,
    records: BTreeMap<EntityId, Touched<Arc<Record>>>,
    /// In boxes: a map moves what lies behind whatever is put into it.
    edges: BTreeMap<EdgeKey, Box<Touched<Edge>>>,
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
    disclosed: Vec<(String, Secret)>,
    ordinal: u32,
    /// The moment and the actor as values keep them: every record that is written notes both.
    now: Text,
    actor: Text,
    /// Which command it is, and how much it has drawn.
    step: u32,
    drawn: u32,
    /// The rules as this draft sees them, and how much of the log is in them.
    rules: Option<(usize, Arc<RuleOverlay>)>,
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
            guard_latest: None,
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
            disclosed: Vec::new(),
            ordinal: 0,
            now: context.now.text(),
            actor: context.actor.to_string().into(),
            step: 0,
            drawn: 0,
            rules: None,
        }
    }

    /// A draft on facts with another plan already applied: the ground of a what-if.
    pub fn after(facts: &'a Facts, schema: &'a Schema, context: &'a Context, plan: &Plan) -> Self {
        let mut draft = Draft::new(facts, schema, context);
        draft
            .claims
            .extend(plan.holders().map(|(key, holder)| (key.clone(), holder)));
        for change in &plan.changes {
            match change {
                Change::Record {
                    before, after, cause, ..
                } => {
                    if let Some(id) = change.subject() {
                        let touched = Touched {
                            before: before.clone(),
                            after: after.clone(),
                            cause: *cause,
                            names: None,
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
                            names: None,
                        };
                        draft
                            .incoming
                            .insert((edge.key.to, edge.key.relation, edge.key.from));
                        draft.edges.insert(edge.key, Box::new(touched));
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
                // Whoever commits asks anew who may.
                Guard::Unchanged { .. } => {}
                Guard::Latest { revision } => draft.rest_on(*revision),
            }
        }
        draft.events.clone_from(&plan.events);
        // What is due downstream is worked out anew from all changes together.
        let told = |effect: &&Effect| effect.name.starts_with(provision::PREFIX);
        draft.effects = plan
            .effects
            .iter()
            .filter(|effect| !told(effect))
            .cloned()
            .collect();
        draft.remarks.clone_from(&plan.remarks);
        // Far away from the identifiers that the first plan drew.
        draft.ordinal = 1 << 24;
        draft.step = 1 << 24;
        draft
    }

    /// The next command begins.
    pub(crate) fn begin(&mut self) {
        self.subject = None;
        self.step += 1;
        self.drawn = 0;
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
            disclosed: self.disclosed.len(),
        }
    }

    /// Forgets every change since the savepoint; the guards stay, they were read.
    pub fn revert(&mut self, savepoint: Savepoint) {
        if self.rules.as_ref().is_some_and(|(seen, _)| *seen > savepoint.log) {
            self.rules = None;
        }
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
        self.disclosed.truncate(savepoint.disclosed);
    }

    /// The finished plan.
    pub fn finish(mut self) -> Plan {
        let schema = self.schema;
        let mut changes = Vec::with_capacity(self.records.len() + self.edges.len());
        for (id, touched) in std::mem::take(&mut self.records) {
            let (before, after) = (touched.before.as_deref(), touched.after.as_deref());
            let same = match (before, after) {
                (None, None) => true,
                (Some(before), Some(after)) => is_same(before, after),
                _ => false,
            };
            let mut reclaimed = self.reclaimed.iter().filter(|(of, _)| *of == id).peekable();
            if !same || reclaimed.peek().is_some() {
                let (mut released, mut taken) = match touched.names {
                    Some(names) => *names,
                    None => claims_between(schema, before, after),
                };
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
        for touched in std::mem::take(&mut self.edges).into_values() {
            if touched.before != touched.after {
                changes.push(Change::Edge {
                    before: touched.before,
                    after: touched.after,
                    cause: touched.cause,
                });
            }
        }
        for (id, operation, fields) in provision::due(&schema.settings, &changes) {
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            for target in &schema.settings.downstream {
                let target = ("target", Value::from(target.as_str()));
                let fields = (!fields.is_empty()).then(|| ("fields", fields.clone().into()));
                self.effect(operation.effect(), id, [target].into_iter().chain(fields));
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
        let latest = self.guard_latest.map(|revision| Guard::Latest { revision });
        Plan {
            realm: self.context.realm,
            guards: records.chain(edges).chain(referring).chain(latest).collect(),
            changes,
            events: self.events,
            effects: self.effects,
            subject: self.subject,
            remarks: self.remarks,
        }
    }
}

/// Whether two states differ in nothing but the note of who touched it last.
fn is_same(before: &Record, after: &Record) -> bool {
    let noted = |name: &str| name == "changed_at" || name == "changed_by";
    before.salt == after.salt
        && before
            .attributes
            .iter()
            .filter(|(name, _)| !noted(name))
            .eq(after.attributes.iter().filter(|(name, _)| !noted(name)))
}
