//! The loop of a decision: decide, load what is missing, decide again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    task::Poll,
};

use super::{Acting, foreseen::Foreseen, iam::Shared, matching};
use crate::{
    command::{Command, Decide},
    model::{EntityId, Moment, RealmId, Record, Secret},
    plan::{Context, Draft, Facts, Needs, Plan, Schema, Stop, Work, Worked},
    port::{Find, Storage},
    search::{Checked, Limits, Page, Search},
    wire::{Code, Problem},
};

/// Rounds of loading that one decision may take. Commands take eight at most, most of them one; the rest is for batches whose commands
/// build on each other.
const MAXIMUM_ROUNDS: usize = 16;
/// Steps that are decided in a row while something is being written.
const BREATH: usize = 16;

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

/// What is decided on.
#[derive(Clone, Copy)]
pub(crate) enum Ground<'a> {
    /// What is stored.
    Stored,
    /// What is stored, and what a plan would do: the answer holds both.
    After(&'a Plan),
    /// What will be stored when a commit that is under way has happened: the answer holds only what comes on top.
    Upon(&'a Foreseen),
}

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
    reason = "each is a ground of the decision, and it is asked from two places"
)]
pub(crate) async fn decide(
    shared: &Shared,
    storage: &dyn Storage,
    schema: &Schema,
    context: &Context,
    steps: &[Step<'_>],
    mut needs: Needs,
    mode: BatchMode,
    ground: Ground<'_>,
    given: Given<'_>,
    work: &mut BTreeMap<Work, Worked>,
) -> Result<Decided, Problem> {
    let known = given.known.iter().map(|record| (record.id, Some(record.clone())));
    let mut facts = Facts {
        alone: given.alone,
        records: known.collect(),
        ..Facts::default()
    };
    if let Ground::Upon(foreseen) = ground {
        foreseen.correct(&mut facts);
    }
    needs.records.retain(|id| !facts.records.contains_key(id));
    // What was worked out for an earlier attempt holds for this one: the question says everything.
    facts.work.clone_from(work);
    let mut rounds = 0;
    if needs.is_stored() {
        facts.extend(load(storage, schema, context, &needs, ground).await?);
        rounds = 1;
    }
    let mut asked = rounds;
    loop {
        needs = Needs::default();
        let decided = {
            let mut draft = match ground {
                Ground::After(plan) => Draft::after(&facts, schema, context, plan),
                Ground::Stored | Ground::Upon(_) => Draft::new(&facts, schema, context),
            };
            let mut results = Vec::with_capacity(steps.len());
            let mut refused = false;
            for (place, step) in steps.iter().enumerate() {
                if matches!(ground, Ground::Upon(_)) && place % BREATH == BREATH - 1 {
                    breathe().await;
                }
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
            facts.extend(load(storage, schema, context, &needs, ground).await?);
        }
    }
}

impl Acting<'_> {
    /// Decides, and commits nothing: on a fresh schema, so that nobody is shown what an old one would do.
    pub(super) async fn consider(
        &self,
        context: &Context,
        steps: &[Step<'_>],
        needs: impl FnOnce(&Schema) -> Needs + Send,
        mode: BatchMode,
        base: Option<&Plan>,
        work: &mut BTreeMap<Work, Worked>,
    ) -> Result<(Decided, Arc<Schema>), Problem> {
        let schema = self.shared.reload_schema(self.storage(), context.realm).await?;
        let needs = needs(&schema);
        let decided = decide(
            &self.shared,
            self.storage(),
            &schema,
            context,
            steps,
            needs,
            mode,
            base.map_or(Ground::Stored, Ground::After),
            Given::ALONE,
            work,
        )
        .await?;
        Ok((decided, schema))
    }
}

/// Loads, and searches where a decision asks whom a condition selects.
async fn load(
    storage: &dyn Storage,
    schema: &Schema,
    context: &Context,
    needs: &Needs,
    ground: Ground<'_>,
) -> Result<Facts, Problem> {
    if let Ground::Upon(foreseen) = ground {
        foreseen.answers(needs)?;
    }
    let mut facts = storage.load(context.realm, needs).await?;
    if let Ground::Upon(foreseen) = ground {
        foreseen.correct(&mut facts);
    }
    matching::find(storage, schema, context, needs, &mut facts).await?;
    Ok(facts)
}

/// Lets whatever else this task waits for go on.
async fn breathe() {
    let mut breathed = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut breathed, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
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
