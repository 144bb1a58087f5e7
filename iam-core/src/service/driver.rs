//! Decide and commit, and start over when something changed meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub(crate) use super::decide::{
    BatchMode, Decided, Given, Ground, Step, decide, needs, selected, selected_among, steps,
};
use super::{access, iam::Shared};
use crate::{
    command::Command,
    model::{EntityId, Record, Secret, Value},
    plan::{Actor, Context, Event, Guard, Needs, Plan, Schema, Work, Worked},
    port::{AuditQuery, Outcome, Revision, Stamp, Storage, StorageError},
    wire::{Code, Problem, hex},
};

/// How often a decision is made again because something it relied on changed.
const MAXIMUM_ATTEMPTS: u32 = 12;

/// A commit that happened, or was found to have happened before.
#[derive(Debug)]
pub(crate) struct Done {
    pub decided: Decided,
    pub revision: Option<Revision>,
    /// Under this command identifier the same command was committed before, about this record.
    pub replayed: Option<Option<EntityId>>,
    /// How often it was decided again.
    pub again: u32,
}

/// The secrets of a commit that really happened now.
pub(crate) fn disclosed(done: &mut Done) -> BTreeMap<String, Vec<Secret>> {
    let mut all: BTreeMap<String, Vec<Secret>> = BTreeMap::new();
    if done.replayed.is_none() && done.revision.is_some() {
        for (name, secret) in std::mem::take(&mut done.decided.disclosed) {
            all.entry(name).or_default().push(secret);
        }
    }
    all
}

/// What a commit is called in the audit trail.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub command: String,
    pub digest: String,
    /// What happened is noted even when it changed nothing: an attempt that failed.
    pub noted: bool,
    /// The commands that are decided; empty when it is something else.
    pub commands: Vec<&'static str>,
    /// What the commands name; looked for only where the actor is a user.
    pub mentioned: BTreeSet<EntityId>,
}

impl Label {
    /// One command, or several of one commit.
    pub(crate) fn of(shared: &Shared, commands: &[Command], context: &Context) -> Result<Label, Problem> {
        // One way to write commands: each other one is a hundred kilobytes of code.
        let malformed =
            |error| Problem::new(Code::Malformed, "the command cannot be written as JSON").caused_by(error);
        let written = |command: &Command| serde_json::to_vec(command).map(Zeroizing::new).map_err(malformed);
        let command = match commands {
            [one] => one.name().to_owned(),
            _ => "batch".to_owned(),
        };
        // Only a command that can be sent twice has to be recognised.
        let mut digest = String::new();
        let mut mentioned = BTreeSet::new();
        if matches!(context.actor, Actor::User(_)) {
            for command in commands {
                let value = serde_json::from_slice(&written(command)?).map_err(malformed)?;
                access::mentioned(&value, &mut mentioned);
            }
        }
        if context.command_id.is_some() {
            let mut hash = Sha256::new();
            for command in commands {
                // Keyed: a command may carry a password, and the digest is kept.
                hash.update(shared.worker.digest(&written(command)?));
            }
            digest = hex(&hash.finalize());
        }
        Ok(Label {
            command,
            digest,
            noted: false,
            commands: commands.iter().map(Command::name).collect(),
            mentioned,
        })
    }
}

/// What is to be decided and committed, and on which grounds.
pub(crate) struct Job<'a> {
    pub shared: &'a Shared,
    pub storage: &'a dyn Storage,
    pub context: &'a Context,
    pub steps: &'a [Step<'a>],
    pub needs: &'a (dyn Fn(&Schema) -> Needs + Send + Sync),
    pub mode: BatchMode,
    pub label: &'a Label,
    /// Records that were just read.
    pub known: &'a [Arc<Record>],
}

/// How an attempt to decide ended.
enum Attempt {
    /// With a plan and all that its commit needs.
    Ready(Box<Ready>),
    /// With nothing to commit.
    Done(Box<Done>),
    /// Something it rested on was changed meanwhile.
    Again(Option<Problem>),
}

/// A decision that can be committed.
#[derive(Debug)]
pub(crate) struct Ready {
    pub decided: Decided,
    stamp: Stamp,
    schema: Arc<Schema>,
}

/// A commit that came to nothing, because others were faster.
struct Lost {
    problem: Problem,
    /// The plan rested on nobody else committing anything.
    alone: bool,
}

impl Job<'_> {
    /// Decides and commits, again and again while others are faster.
    pub(crate) async fn run(&self, work: &mut BTreeMap<Work, Worked>) -> Result<Done, Problem> {
        self.admit().await?;
        self.go_on(None, work).await
    }

    /// Refuses what the actor may not ask for at all.
    pub(crate) async fn admit(&self) -> Result<(), Problem> {
        let Job {
            shared,
            storage,
            context,
            label,
            ..
        } = *self;
        shared.limits.context(context, Some(label))?;
        if let Err(problem) = access::may_ask(shared, storage, context, label).await {
            audit_refusal(storage, context, label, &problem).await?;
            return Err(problem);
        }
        Ok(())
    }

    /// The same for what was admitted, with what may have been decided already.
    pub(crate) async fn go_on(
        &self,
        mut ready: Option<Box<Ready>>,
        work: &mut BTreeMap<Work, Worked>,
    ) -> Result<Done, Problem> {
        let mut last = None;
        let mut given = Given {
            alone: true,
            known: self.known,
        };
        for number in 0..MAXIMUM_ATTEMPTS {
            let attempt = match ready.take() {
                Some(ready) => Attempt::Ready(ready),
                None => self.attempt(number, Ground::Stored, given, false, work).await?,
            };
            // Whoever decides again reads again.
            given.known = &[];
            match attempt {
                Attempt::Done(done) => return Ok(*done),
                Attempt::Again(problem) => last = problem.or(last),
                Attempt::Ready(ready) => match self.commit(*ready, number).await? {
                    Ok(done) => return Ok(done),
                    Err(lost) => {
                        given.alone &= !lost.alone;
                        last = Some(lost.problem);
                    }
                },
            }
        }
        Err(last
            .unwrap_or_else(|| Problem::new(Code::Conflict, "the schema changed meanwhile, again and again")))
    }

    /// A plan that can be committed; `None` when it comes to something else, which then is for [`Job::run`].
    pub(crate) async fn decide_ahead(
        &self,
        ground: Ground<'_>,
        work: &mut BTreeMap<Work, Worked>,
    ) -> Option<Box<Ready>> {
        match self.attempt(0, ground, Given::default(), true, work).await {
            Ok(Attempt::Ready(ready)) => Some(ready),
            // What failed or is refused is so on what is then.
            _ => None,
        }
    }

    async fn attempt(
        &self,
        number: u32,
        ground: Ground<'_>,
        given: Given<'_>,
        ahead: bool,
        work: &mut BTreeMap<Work, Worked>,
    ) -> Result<Attempt, Problem> {
        let Job {
            shared,
            storage,
            context,
            label,
            mode,
            ..
        } = *self;
        let schema = shared.schema(storage, context.realm).await?;
        let needs = (self.needs)(&schema);
        let decided = decide(
            shared, storage, &schema, context, self.steps, needs, mode, ground, given, work,
        )
        .await;
        let mut decided = match decided {
            Ok(decided) => decided,
            Err(problem) if problem.code == Code::Conflict => return Ok(Attempt::Again(Some(problem))),
            Err(problem) => return Err(problem),
        };
        let refusal = match mode {
            BatchMode::AllOrNothing => decided
                .results
                .iter()
                .find_map(|result| result.as_ref().err())
                .cloned(),
            BatchMode::Each => None,
        };
        let nothing = decided.plan.is_empty() && (!label.noted || decided.plan.events.is_empty());
        // What ends without a commit ends when its turn has come.
        if ahead && (refusal.is_some() || nothing) {
            return Ok(Attempt::Again(None));
        }
        if let Some(problem) = refusal {
            // A schema from memory may be older than the one stored: a refusal is only final on a fresh one.
            if !shared.is_current(storage, &schema).await? {
                return Ok(Attempt::Again(None));
            }
            // What was carried out before is not refused because of what it did.
            if let Some((revision, subject)) = known(storage, context, label).await? {
                return Ok(Attempt::Done(Box::new(Done {
                    decided,
                    revision: Some(revision),
                    replayed: Some(subject),
                    again: number,
                })));
            }
            audit_refusal(storage, context, label, &problem).await?;
            return Err(problem);
        }
        if nothing {
            // Nor is it final on an old one that a command changes nothing: it may be a rule that selects somebody.
            if !label.commands.is_empty() && !shared.is_current(storage, &schema).await? {
                return Ok(Attempt::Again(None));
            }
            let known = known(storage, context, label).await?;
            return Ok(Attempt::Done(Box::new(Done {
                decided,
                revision: known.map(|(revision, _)| revision),
                replayed: known.map(|(_, subject)| subject),
                again: number,
            })));
        }
        shared.limits.plan(&decided.plan)?;
        match access::may_cause(shared, storage, context, label, &decided.plan, &schema).await {
            Ok(guards) => decided.plan.guards.extend(guards),
            Err(problem) => {
                audit_refusal(storage, context, label, &problem).await?;
                return Err(problem);
            }
        }
        let journal = shared
            .sealer
            .entries(&decided.plan, &schema, context.seed.part(number))?;
        let stamp = Stamp {
            subject: decided.plan.subject,
            events: written(&decided.plan.events)?,
            journal,
            ..stamp(context, label, Outcome::Accepted)
        };
        Ok(Attempt::Ready(Box::new(Ready {
            decided,
            stamp,
            schema,
        })))
    }

    /// Commits; inside what others were faster with.
    async fn commit(&self, ready: Ready, again: u32) -> Result<Result<Done, Lost>, Problem> {
        let Ready {
            decided,
            stamp,
            schema,
        } = ready;
        let realm = self.context.realm;
        let other = |message: String| {
            Ok(Err(Lost {
                problem: Problem::new(Code::Conflict, message),
                alone: false,
            }))
        };
        match self.storage.commit(&decided.plan, &stamp).await {
            Ok(committed) => {
                self.shared
                    .committed(self.storage, committed.revision, &decided.plan);
                if changes_schema(&decided.plan) {
                    self.shared.advance_schema(schema, &decided.plan);
                }
                Ok(Ok(Done {
                    decided,
                    revision: Some(committed.revision),
                    replayed: None,
                    again,
                }))
            }
            Err(StorageError::Conflict(guard)) => {
                if matches!(*guard, Guard::Record { id, .. } if id == EntityId::from(realm)) {
                    self.shared.forget_schema(realm);
                }
                Ok(Err(Lost {
                    problem: Problem::new(
                        Code::Conflict,
                        "the record was changed meanwhile, again and again",
                    ),
                    alone: matches!(*guard, Guard::Latest { .. }),
                }))
            }
            Err(StorageError::Taken(key)) => other(format!(
                "the {} was taken meanwhile, again and again",
                key.attribute
            )),
            Err(StorageError::Contention) => {
                other("the transaction lost against others, again and again".to_owned())
            }
            Err(StorageError::CommandKnown {
                revision,
                digest,
                subject,
            }) => {
                if digest != self.label.digest {
                    return Err(reused());
                }
                Ok(Ok(Done {
                    decided,
                    revision: Some(revision),
                    replayed: Some(subject),
                    again,
                }))
            }
            Err(StorageError::Failed(problem)) => Err(*problem),
        }
    }
}

fn reused() -> Problem {
    Problem::new(
        Code::CommandReused,
        "another command was committed under this identifier",
    )
}

/// The commit under the command's identifier, when there is one. Commits find it by themselves; this is for decisions
/// that end without a commit.
async fn known(
    storage: &dyn Storage,
    context: &Context,
    label: &Label,
) -> Result<Option<(Revision, Option<EntityId>)>, Problem> {
    let Some(command_id) = context.command_id else {
        return Ok(None);
    };
    let query = AuditQuery {
        realm: Some(context.realm),
        command_id: Some(command_id),
        limit: 1,
        ..AuditQuery::default()
    };
    match storage.audit(&query).await?.into_iter().next() {
        Some(row) if row.digest == label.digest => Ok(Some((row.revision, row.subject))),
        Some(_) => Err(reused()),
        None => Ok(None),
    }
}

pub(super) fn changes_schema(plan: &Plan) -> bool {
    plan.changes
        .iter()
        .filter_map(crate::plan::Change::subject)
        .any(|id| id == EntityId::from(plan.realm))
}

fn stamp(context: &Context, label: &Label, outcome: Outcome) -> Stamp {
    Stamp {
        at: context.now,
        actor: context.actor.to_string(),
        channel: context.channel.name().to_owned(),
        reason: context.reason.clone(),
        command: label.command.clone(),
        command_id: context.command_id,
        digest: label.digest.clone(),
        change_set: context.change_set,
        outcome,
        subject: None,
        events: "[]".to_owned(),
        journal: Vec::new(),
    }
}

/// Refused attempts are part of the audit trail, too.
async fn audit_refusal(
    storage: &dyn Storage,
    context: &Context,
    label: &Label,
    problem: &Problem,
) -> Result<(), Problem> {
    note_refusal(storage, context, label, problem, &[]).await
}

/// The refused ones of commands that stood each for itself: one row of the audit trail, with an event for each of the
/// first thousand.
pub(crate) async fn audit_refusals(
    storage: &dyn Storage,
    context: &Context,
    label: &Label,
    commands: &[Command],
    results: &[Result<Option<EntityId>, Problem>],
) -> Result<(), Problem> {
    const NAMED: usize = 1_000;
    let refused = || {
        let refused = |(place, result)| Some((place, Result::as_ref(result).err()?));
        results.iter().enumerate().filter_map(refused)
    };
    let Some((_, first)) = refused().next() else {
        return Ok(());
    };
    // One command is what its row says already.
    let named = if commands.len() > 1 { NAMED } else { 0 };
    let events: Vec<Event> = refused()
        .take(named)
        .filter_map(|(place, problem)| Some((commands.get(place)?, place, problem)))
        .map(|(command, place, problem)| Event {
            name: "command.refused".to_owned(),
            subject: subject_of(problem).unwrap_or(context.realm.into()),
            details: [
                ("command", Value::from(command.name())),
                ("code", problem.code.name().into()),
                ("place", (place as i64).into()),
            ]
            .into(),
        })
        .collect();
    note_refusal(storage, context, label, first, &events).await
}

fn subject_of(problem: &Problem) -> Option<EntityId> {
    problem
        .subject
        .as_deref()
        .and_then(|subject| subject.parse().ok())
}

async fn note_refusal(
    storage: &dyn Storage,
    context: &Context,
    label: &Label,
    problem: &Problem,
    events: &[Event],
) -> Result<(), Problem> {
    let empty = Plan::empty(context.realm);
    let stamp = Stamp {
        // The identifier stays free: the corrected command may use it.
        command_id: None,
        subject: if events.is_empty() {
            subject_of(problem)
        } else {
            None
        },
        events: written(events)?,
        ..stamp(context, label, Outcome::Refused(problem.code.name().to_owned()))
    };
    match storage.commit(&empty, &stamp).await {
        Ok(_) => Ok(()),
        Err(StorageError::Contention) => storage.commit(&empty, &stamp).await.map(drop).map_err(Into::into),
        Err(error) => Err(error.into()),
    }
}

fn written(events: &[Event]) -> Result<String, Problem> {
    serde_json::to_string(events)
        .map_err(|error| Problem::new(Code::Malformed, "the events cannot be written").caused_by(error))
}
