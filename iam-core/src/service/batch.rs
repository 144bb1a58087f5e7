//! Several commands in one commit.

use std::{collections::BTreeMap, sync::Arc};

pub use super::decide::BatchMode;
use super::{
    Acting,
    driver::{self, Ground, Job, Label, Ready, Step},
};
use crate::{
    command::Command,
    model::{EntityId, Record, Secret},
    plan::{Change, Context, Needs, Plan, Schema, Work, Worked},
    port::Revision,
    wire::Problem,
};

/// What became of a batch.
#[derive(Debug, Clone)]
pub struct BatchOutcome {
    /// The commit; `None` when there was nothing to change or it was a preview.
    pub revision: Option<Revision>,
    /// For each command what it was about, or why it was refused.
    pub results: Vec<Result<Option<EntityId>, Problem>>,
    /// The plan of all that were not refused.
    pub plan: Plan,
    /// New secrets by name, in the order of the commands. This is the only time that they are shown.
    pub disclosed: BTreeMap<String, Vec<Secret>>,
}

/// Commands of one commit on their way.
pub(super) struct Batch<'s, C> {
    acting: Acting<'s>,
    commands: C,
    mode: BatchMode,
    context: Context,
    label: Label,
    work: BTreeMap<Work, Worked>,
    /// Records that were just read.
    known: Vec<Arc<Record>>,
}

impl<'s, C: AsRef<[Command]> + Send + Sync> Batch<'s, C> {
    pub(super) fn new(acting: Acting<'s>, commands: C, mode: BatchMode) -> Result<Self, Problem> {
        acting.shared.limits.commands(commands.as_ref().len())?;
        let context = acting.context();
        let label = Label::of(&acting.shared, commands.as_ref(), &context)?;
        Ok(Batch {
            acting,
            commands,
            mode,
            context,
            label,
            work: BTreeMap::new(),
            known: Vec::new(),
        })
    }

    /// With records that were just read.
    pub(super) fn knowing(self, known: Vec<Arc<Record>>) -> Self {
        Batch { known, ..self }
    }

    /// A plan that can be committed; `None` when it takes more than a plan to carry it out.
    pub(super) async fn decide(&mut self, ground: Ground<'_>) -> Option<Box<Ready>> {
        // Whoever is restricted is asked for each command, and at the time of its commit.
        if self.acting.restricted().is_some() {
            return None;
        }
        let mut work = std::mem::take(&mut self.work);
        let commands = self.commands.as_ref();
        let steps = driver::steps(commands);
        let steps: Vec<Step<'_>> = steps.iter().map(AsRef::as_ref).collect();
        let needs = |schema: &Schema| driver::needs(commands, schema);
        let job = self.job(&steps, &needs);
        let ready = match job.admit().await {
            Ok(()) => job.decide_ahead(ground, &mut work).await,
            Err(_) => None,
        };
        self.work = work;
        ready
    }

    fn job<'a>(
        &'a self,
        steps: &'a [Step<'a>],
        needs: &'a (dyn Fn(&Schema) -> Needs + Send + Sync),
    ) -> Job<'a> {
        Job {
            shared: &self.acting.shared,
            storage: self.acting.storage(),
            context: &self.context,
            steps,
            needs,
            mode: self.mode,
            label: &self.label,
            known: &self.known,
        }
    }

    /// Carries it out, and says whether the plan is what happened.
    pub(super) async fn carry_out(
        mut self,
        ready: Option<Box<Ready>>,
    ) -> Result<(BatchOutcome, bool), Problem> {
        let mut work = std::mem::take(&mut self.work);
        let (acting, commands) = (&self.acting, self.commands.as_ref());
        if acting.restricted().is_some() && self.mode == BatchMode::Each && commands.len() > 1 {
            let outcome = Box::pin(acting.batch_one_by_one(commands)).await?;
            return Ok((outcome, false));
        }
        let steps = driver::steps(commands);
        let steps: Vec<Step<'_>> = steps.iter().map(AsRef::as_ref).collect();
        let needs = |schema: &Schema| driver::needs(commands, schema);
        let job = self.job(&steps, &needs);
        let done = match ready {
            ready @ Some(_) => job.go_on(ready, &mut work).await,
            None => job.run(&mut work).await,
        };
        let mut done = match done {
            Ok(done) => done,
            Err(problem) => {
                // Which of them was refused is not said; a proof that is right is not counted.
                for command in commands {
                    acting.count_failure(command, problem.clone(), &work).await?;
                }
                return Err(problem);
            }
        };
        let as_decided = done.again == 0 && done.replayed.is_none();
        let remarks = match done.replayed {
            None => {
                let results = &done.decided.results;
                driver::audit_refusals(acting.storage(), &self.context, &self.label, commands, results)
                    .await?;
                for (command, result) in commands.iter().zip(results) {
                    if let Err(problem) = result {
                        acting.count_failure(command, problem.clone(), &work).await?;
                    }
                }
                acting.follow_up(&done).await?
            }
            Some(_) => Box::pin(acting.reindex_again(commands)).await?,
        };
        done.decided.plan.remarks.extend(remarks);
        let outcome = BatchOutcome {
            disclosed: driver::disclosed(&mut done),
            revision: done.revision,
            results: done.decided.results,
            plan: done.decided.plan,
        };
        Ok((outcome, as_decided))
    }
}

impl Acting<'_> {
    /// Carries out commands in one commit, each seeing what those before it did.
    ///
    /// # Errors
    /// With [`BatchMode::AllOrNothing`] the first refusal; with [`BatchMode::Each`] only failures of the storage.
    pub async fn batch(&self, commands: &[Command], mode: BatchMode) -> Result<BatchOutcome, Problem> {
        let batch = Batch::new(self.clone(), commands, mode)?;
        batch.carry_out(None).await.map(|(outcome, _)| outcome)
    }

    /// Where each command stands for itself, each has to be allowed for itself: of those that are not, the audit trail
    /// knows.
    async fn batch_one_by_one(&self, commands: &[Command]) -> Result<BatchOutcome, Problem> {
        let tried = self.try_in_turn(commands, None).await?;
        let context = self.context();
        let label = Label::of(&self.shared, commands, &context)?;
        driver::audit_refusals(self.storage(), &context, &label, commands, &tried.results).await?;
        let allowed: Vec<Command> = commands
            .iter()
            .zip(&tried.results)
            .filter(|(_, result)| result.is_ok())
            .map(|(command, _)| command.clone())
            .collect();
        let mut done = match allowed.is_empty() {
            true => return Ok(tried),
            false => self.batch(&allowed, BatchMode::AllOrNothing).await?,
        };
        let mut results = std::mem::take(&mut done.results).into_iter();
        done.results = tried
            .results
            .into_iter()
            .map(|result| match result {
                Ok(id) => results.next().unwrap_or(Ok(id)),
                refused => refused,
            })
            .collect();
        Ok(done)
    }

    async fn try_in_turn(&self, commands: &[Command], after: Option<&Plan>) -> Result<BatchOutcome, Problem> {
        let mut plan = after.cloned();
        let mut results = Vec::with_capacity(commands.len());
        for command in commands {
            match self.decide(command.clone(), plan.as_ref()).await {
                Ok(preview) => {
                    results.push(Ok(preview.plan.subject));
                    plan = Some(preview.plan);
                }
                Err(problem) => results.push(Err(problem)),
            }
        }
        Ok(BatchOutcome {
            revision: None,
            disclosed: BTreeMap::new(),
            results,
            plan: plan.unwrap_or_else(|| Plan::empty(self.realm)),
        })
    }

    /// Shows what commands would do in one commit; nothing is written, except that wrong passwords and codes are counted.
    ///
    /// # Errors
    /// Failures of the storage; refusals are in the results.
    pub async fn preview_batch(
        &self,
        commands: &[Command],
        after: Option<&Plan>,
    ) -> Result<BatchOutcome, Problem> {
        self.shared.limits.commands(commands.len())?;
        if self.restricted().is_some() {
            return self.try_in_turn(commands, after).await;
        }
        let steps = driver::steps(commands);
        let steps: Vec<Step<'_>> = steps.iter().map(AsRef::as_ref).collect();
        let context = self.context();
        self.shared.limits.context(&context, None)?;
        let needs = |schema: &Schema| driver::needs(commands, schema);
        let mut work = BTreeMap::new();
        let (decided, _) = self
            .consider(&context, &steps, needs, BatchMode::Each, after, &mut work)
            .await?;
        for (command, result) in commands.iter().zip(&decided.results) {
            if let Err(problem) = result {
                self.count_failure(command, problem.clone(), &work).await?;
            }
        }
        Ok(BatchOutcome {
            disclosed: BTreeMap::new(),
            revision: None,
            results: decided.results,
            plan: decided.plan,
        })
    }
}

impl BatchOutcome {
    /// How many commands were not refused.
    pub fn accepted(&self) -> usize {
        self.results.iter().filter(|result| result.is_ok()).count()
    }

    /// The changes.
    pub fn changes(&self) -> &[Change] {
        &self.plan.changes
    }
}
