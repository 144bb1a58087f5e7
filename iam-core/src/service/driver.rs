//! The loop: decide, load what is missing, decide again; commit, and start over when something changed meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::{access, iam::Shared, matching};
use crate::{
    command::{Command, Decide},
    model::{EntityId, Moment, RealmId, Record, Secret, Value},
    plan::{Actor, Context, Draft, Event, Facts, Guard, Needs, Plan, Schema, Stop, Work, Worked},
    port::{AuditQuery, Find, Outcome, Revision, Stamp, Storage, StorageError},
    search::{Checked, Limits, Page, Search},
    wire::{Code, Problem, hex},
};

/// Rounds of loading that one decision may take. Commands take eight at most, most of them one; the rest is for batches whose commands
/// build on each other.
const MAXIMUM_ROUNDS: usize = 16;
/// How often a decision is made again because something it relied on changed.
const MAXIMUM_ATTEMPTS: u32 = 12;

/// What refused commands of a batch mean for the others.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum BatchMode {
    /// One refusal refuses all.
    #[default]
    AllOrNothing,
    /// Each command stands for itself; refused ones leave no trace in the plan.
    Each,
}

/// A decision.
#[derive(Debug)]
pub(crate) struct Decided {
    pub plan: Plan,
    /// For each command what it is about, or why it was refused.
    pub results: Vec<Result<Option<EntityId>, Problem>>,
    /// How often facts had to be loaded.
    pub rounds: usize,
    /// New secrets that the caller gets once.
    pub disclosed: Vec<(String, Secret)>,
    /// When it was looked whom conditions select, and all of them were told: whoever came or went since has a later
    /// revision.
    pub matched_at: Option<u64>,
}

/// What is decided: commands, or anything else that writes on a draft.
pub(crate) type Step<'a> = &'a (dyn Fn(&mut Draft<'_>) -> Result<(), Stop> + Send + Sync);

/// What is given beside the commands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Given<'a> {
    /// As in [`Facts`].
    pub alone: bool,
    /// Records that were just read.
    pub known: &'a [Arc<Record>],
}

impl Given<'_> {
    /// Nothing was read; nobody else is expected.
    pub const ALONE: Given<'static> = Given {
        alone: true,
        known: &[],
    };
}

/// Decides steps on one draft.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a ground of the decision, and it is asked from three places"
)]
pub(crate) async fn decide(
    shared: &Shared,
    storage: &dyn Storage,
    schema: &Schema,
    context: &Context,
    steps: &[Step<'_>],
    mut needs: Needs,
    mode: BatchMode,
    base: Option<&Plan>,
    given: Given<'_>,
    work: &mut BTreeMap<Work, Worked>,
) -> Result<Decided, Problem> {
    let known = given.known.iter().map(|record| (record.id, Some(record.clone())));
    let mut facts = Facts {
        alone: given.alone,
        records: known.collect(),
        ..Facts::default()
    };
    needs.records.retain(|id| !facts.records.contains_key(id));
    // What was worked out for an earlier attempt holds for this one: the question says everything.
    facts.work.clone_from(work);
    let mut rounds = 0;
    if needs.is_stored() {
        facts.extend(load(storage, schema, context, &needs).await?);
        rounds = 1;
    }
    let mut asked = rounds;
    loop {
        needs = Needs::default();
        let decided = {
            let mut draft = match base {
                Some(plan) => Draft::after(&facts, schema, context, plan),
                None => Draft::new(&facts, schema, context),
            };
            let mut results = Vec::with_capacity(steps.len());
            let mut refused = false;
            for step in steps {
                let savepoint = draft.savepoint();
                draft.begin();
                match step(&mut draft) {
                    Ok(()) => results.push(Ok(draft.current_subject())),
                    Err(Stop::Missing(missing)) => {
                        draft.revert(savepoint);
                        needs.extend(*missing);
                        results.push(Ok(None));
                    }
                    Err(Stop::Refused(problem)) => {
                        draft.revert(savepoint);
                        results.push(Err(*problem));
                        refused = true;
                    }
                }
                if refused && mode == BatchMode::AllOrNothing && needs.is_empty() {
                    break;
                }
            }
            needs.is_empty().then(|| Decided {
                disclosed: draft.take_disclosed(),
                matched_at: facts
                    .matched_at
                    .filter(|_| facts.matching.values().all(Option::is_some)),
                plan: draft.finish(),
                results,
                rounds,
            })
        };
        if let Some(decided) = decided {
            return Ok(decided);
        }
        asked += 1;
        if asked > MAXIMUM_ROUNDS {
            let message = format!("the decision needs more than {MAXIMUM_ROUNDS} rounds of loading");
            return Err(Problem::new(Code::TooLarge, message));
        }
        let done = shared.worker.perform(std::mem::take(&mut needs.work)).await?;
        work.extend(done.clone());
        facts.work.extend(done);
        if needs.is_stored() {
            rounds += 1;
            facts.extend(load(storage, schema, context, &needs).await?);
        }
    }
}

/// Loads, and searches where a decision asks whom a condition selects.
async fn load(
    storage: &dyn Storage,
    schema: &Schema,
    context: &Context,
    needs: &Needs,
) -> Result<Facts, Problem> {
    let mut facts = storage.load(context.realm, needs).await?;
    matching::find(storage, schema, context, needs, &mut facts).await?;
    Ok(facts)
}

/// A page of those whom a condition selects. Conditions name nothing that has to be expanded, and may read what the
/// realm does not search otherwise.
pub(crate) async fn selected(
    storage: &dyn Storage,
    schema: &Schema,
    realm: RealmId,
    now: Moment,
    search: &Search,
) -> Result<Page, Problem> {
    selected_among(storage, schema, realm, now, search, &Checked::All, search.limit).await
}

/// The same of those who are something more, so many at once: each page is a search of its own, and where everybody is
/// wanted a few long ones cost less.
pub(crate) async fn selected_among(
    storage: &dyn Storage,
    schema: &Schema,
    realm: RealmId,
    now: Moment,
    search: &Search,
    among: &Checked,
    limit: u32,
) -> Result<Page, Problem> {
    let mut checked = search.check(&|name| schema.attribute(search.kind, name), &Limits::default())?;
    checked.filter = checked.filter.and(among.clone());
    checked.limit = limit;
    let find = Find {
        realm,
        search: checked,
        now,
        any_end: false,
    };
    Ok(storage.search(&find).await?)
}

/// A commit that happened, or was found to have happened before.
#[derive(Debug)]
pub(crate) struct Done {
    pub decided: Decided,
    pub revision: Option<Revision>,
    /// Under this command identifier the same command was committed before, about this record.
    pub replayed: Option<Option<EntityId>>,
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
        let malformed =
            |error| Problem::new(Code::Malformed, "the command cannot be written as JSON").caused_by(error);
        let command = match commands {
            [one] => one.name().to_owned(),
            _ => "batch".to_owned(),
        };
        // Only a command that can be sent twice has to be recognised.
        let mut digest = String::new();
        let mut mentioned = BTreeSet::new();
        if matches!(context.actor, Actor::User(_)) {
            for command in commands {
                access::mentioned(&serde_json::to_value(command).map_err(malformed)?, &mut mentioned);
            }
        }
        if context.command_id.is_some() {
            let mut hash = Sha256::new();
            for command in commands {
                let text = Zeroizing::new(serde_json::to_vec(command).map_err(malformed)?);
                // Keyed: a command may carry a password, and the digest is kept.
                hash.update(shared.worker.digest(&text));
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

/// Decides and commits, again and again while others are faster.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a ground of the decision, or where it is noted"
)]
pub(crate) async fn run(
    shared: &Shared,
    storage: &dyn Storage,
    context: &Context,
    steps: &[Step<'_>],
    needs: &(dyn Fn(&Schema) -> Needs + Send + Sync),
    mode: BatchMode,
    label: &Label,
    mut read: &[Arc<Record>],
    work: &mut BTreeMap<Work, Worked>,
) -> Result<Done, Problem> {
    shared.limits.context(context, Some(label))?;
    if let Err(problem) = access::may_ask(shared, storage, context, label).await {
        audit_refusal(storage, context, label, &problem).await?;
        return Err(problem);
    }
    let mut last = None;
    let mut alone = true;
    for attempt in 0..MAXIMUM_ATTEMPTS {
        let schema = shared.schema(storage, context.realm).await?;
        let decided = decide(
            shared,
            storage,
            &schema,
            context,
            steps,
            needs(&schema),
            mode,
            None,
            Given { alone, known: read },
            work,
        )
        .await;
        // Whoever decides again reads again.
        read = &[];
        let mut decided = match decided {
            Ok(decided) => decided,
            Err(problem) if problem.code == Code::Conflict => {
                last = Some(problem);
                continue;
            }
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
        if let Some(problem) = refusal {
            // A schema from memory may be older than the one stored: a refusal is only final on a fresh one.
            let fresh = shared.reload_schema(storage, context.realm).await?;
            if fresh.version != schema.version {
                continue;
            }
            // What was carried out before is not refused because of what it did.
            if let Some((revision, subject)) = known(storage, context, label).await? {
                return Ok(Done {
                    decided,
                    revision: Some(revision),
                    replayed: Some(subject),
                });
            }
            audit_refusal(storage, context, label, &problem).await?;
            return Err(problem);
        }
        if decided.plan.is_empty() && (!label.noted || decided.plan.events.is_empty()) {
            let known = known(storage, context, label).await?;
            return Ok(Done {
                decided,
                revision: known.map(|(revision, _)| revision),
                replayed: known.map(|(_, subject)| subject),
            });
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
            .entries(&decided.plan, &schema, context.seed.part(attempt))?;
        let stamp = Stamp {
            subject: decided.plan.subject,
            events: written(&decided.plan.events)?,
            journal,
            ..stamp(context, label, Outcome::Accepted)
        };
        match storage.commit(&decided.plan, &stamp).await {
            Ok(committed) => {
                shared.committed(storage, committed.revision, &decided.plan);
                if changes_schema(&decided.plan) {
                    shared.advance_schema(schema, &decided.plan);
                }
                return Ok(Done {
                    decided,
                    revision: Some(committed.revision),
                    replayed: None,
                });
            }
            Err(StorageError::Conflict(guard)) => {
                alone &= !matches!(*guard, Guard::Latest { .. });
                if matches!(*guard, Guard::Record { id, .. } if id == EntityId::from(context.realm)) {
                    shared.forget_schema(context.realm);
                }
                last = Some(Problem::new(
                    Code::Conflict,
                    "the record was changed meanwhile, again and again",
                ));
            }
            Err(StorageError::Taken(key)) => {
                let message = format!("the {} was taken meanwhile, again and again", key.attribute);
                last = Some(Problem::new(Code::Conflict, message));
            }
            Err(StorageError::Contention) => {
                last = Some(Problem::new(
                    Code::Conflict,
                    "the transaction lost against others, again and again",
                ));
            }
            Err(StorageError::CommandKnown {
                revision,
                digest,
                subject,
            }) => {
                if digest != label.digest {
                    return Err(reused());
                }
                return Ok(Done {
                    decided,
                    revision: Some(revision),
                    replayed: Some(subject),
                });
            }
            Err(StorageError::Failed(problem)) => return Err(*problem),
        }
    }
    Err(last.unwrap_or_else(|| Problem::new(Code::Conflict, "the schema changed meanwhile, again and again")))
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

fn changes_schema(plan: &Plan) -> bool {
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

/// A step that owns what it needs.
pub(crate) type OwnStep<'a> = Box<dyn Fn(&mut Draft<'_>) -> Result<(), Stop> + Send + Sync + 'a>;

/// The steps of commands.
pub(crate) fn steps(commands: &[Command]) -> Vec<OwnStep<'_>> {
    commands
        .iter()
        .map(|command| Box::new(move |draft: &mut Draft<'_>| command.decide(draft)) as OwnStep<'_>)
        .collect()
}

/// What commands need for sure.
pub(crate) fn needs(commands: &[Command], schema: &Schema) -> Needs {
    let mut needs = Needs::default();
    for command in commands {
        command.needs(&mut needs);
        command.names(schema, &mut needs);
    }
    // Of what they create nothing is stored that could be asked for.
    let created: BTreeSet<EntityId> = commands.iter().filter_map(Command::creates).collect();
    if !created.is_empty() {
        needs.edges.retain(|set| !created.contains(&set.id));
    }
    needs
}

/// The schema for a preview: fresh, so that a preview never shows what an old schema would do.
pub(crate) async fn preview_schema(
    shared: &Shared,
    storage: &dyn Storage,
    context: &Context,
) -> Result<Arc<Schema>, Problem> {
    shared.reload_schema(storage, context.realm).await
}
