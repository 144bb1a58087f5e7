//! What an actor does in a realm.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    At, access,
    driver::{self, BatchMode, Label, Step},
    iam::Shared,
};
use crate::{
    command::Command,
    model::{ChangeSetId, CommandId, EntityId, RealmId, Secret},
    plan::{Actor, Channel, Context, Difference, Event, Plan, Schema, Seed},
    port::{Revision, Storage},
    wire::Problem,
};

/// An actor in a realm: the handle for everything that is asked.
///
/// `'s` is how long its view of the storage lives: `'static`, but for one that [joins](Acting::joining) an open
/// transaction of the host.
#[derive(Debug, Clone)]
pub struct Acting<'s> {
    pub(crate) shared: Arc<Shared>,
    pub(crate) storage: Arc<dyn Storage + 's>,
    pub(crate) realm: RealmId,
    pub(crate) at: At,
    actor: Actor,
    channel: Channel,
    reason: Option<String>,
    change_set: Option<ChangeSetId>,
    command_id: Option<CommandId>,
}

/// A command that was carried out.
#[derive(Debug, Clone, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Executed {
    /// The commit; `None` when there was nothing to change.
    pub revision: Option<Revision>,
    /// What the command was about: the created or changed record.
    pub id: Option<EntityId>,
    /// What happened.
    pub events: Vec<Event>,
    /// Remarks that hindered nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// The same command was committed before under the same identifier; nothing was done again.
    #[serde(default)]
    pub replayed: bool,
    /// New secrets by name: a random password, recovery codes. This is the only time that they are shown.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub disclosed: BTreeMap<String, Vec<Secret>>,
}

/// What a command would do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Preview {
    /// The plan; [`Acting::what_if`] stacks the next preview on it.
    pub plan: Plan,
    /// What would be different.
    pub difference: Difference,
    /// Rounds of loading that the decision took.
    pub rounds: usize,
}

impl Acting<'static> {
    pub(crate) fn new(shared: Arc<Shared>, realm: RealmId, actor: Actor) -> Self {
        Acting {
            storage: shared.storage.clone(),
            shared,
            realm,
            at: At::Now,
            actor,
            channel: Channel::Api,
            reason: None,
            change_set: None,
            command_id: None,
        }
    }
}

impl Acting<'_> {
    /// The same, over the host's own open transaction on the database.
    ///
    /// What is executed becomes visible to others, and final, when the host commits; nothing remains of it when the
    /// host rolls back.
    #[must_use]
    pub fn joining<'t>(&self, transaction: impl Storage + 't) -> Acting<'t> {
        self.over(Arc::new(transaction))
    }

    /// The same for a task of its own, which may outlive the borrow; `None` inside a host's transaction or for another
    /// view of the storage.
    pub fn unbound(&self) -> Option<Acting<'static>> {
        let main = self.shared.is_main(self.storage());
        main.then(|| self.over(self.shared.storage.clone()))
    }

    /// The same over another view of the storage.
    fn over<'t>(&self, storage: Arc<dyn Storage + 't>) -> Acting<'t> {
        Acting {
            shared: self.shared.clone(),
            storage,
            realm: self.realm,
            at: self.at,
            actor: self.actor.clone(),
            channel: self.channel,
            reason: self.reason.clone(),
            change_set: self.change_set,
            command_id: self.command_id,
        }
    }

    /// The same for reading, from a replica of the database where there is one that has reached this revision.
    ///
    /// The revision is the token of what the caller has seen: that of the last [`Executed`], or [`Revision`] 0 when any
    /// state will do. A replica that is behind is waited for, a little; then the primary answers. So whoever passes
    /// the token on reads what they wrote. Commands belong to the handle without a replica.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn reading(&self, reached: Revision) -> Result<Self, Problem> {
        let mut reading = self.clone();
        if let Some(storage) = self.storage.reading(reached).await? {
            reading.storage = storage;
        }
        Ok(reading)
    }

    /// The realm in which all of it happens.
    pub fn realm(&self) -> RealmId {
        self.realm
    }

    /// Notes a reason in the audit trail.
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Notes through which door it came.
    #[must_use]
    pub fn through(mut self, channel: Channel) -> Self {
        self.channel = channel;
        self
    }

    /// Puts all that follows into a change set.
    #[must_use]
    pub fn in_change_set(mut self, change_set: ChangeSetId) -> Self {
        self.change_set = Some(change_set);
        self
    }

    /// The same in the change set that it is in, or in a new one, and without the identifier of a command.
    pub(crate) fn in_some_change_set(mut self) -> Self {
        self.change_set = self.change_set.or_else(|| Some(self.new_change_set()));
        self.command_id = None;
        self
    }

    /// Takes all that follows out of the change set.
    #[must_use]
    pub fn outside_change_set(mut self) -> Self {
        self.change_set = None;
        self
    }

    /// Gives the next command an identifier: sent twice, it is carried out once.
    #[must_use]
    pub fn with_command_id(mut self, id: CommandId) -> Self {
        self.command_id = Some(id);
        self
    }

    /// A fresh identifier for a change set.
    pub fn new_change_set(&self) -> ChangeSetId {
        let seed = Seed(self.shared.host.entropy.seed());
        ChangeSetId(
            seed.id(crate::model::Kind::ChangeSet, self.shared.host.clock.now(), 0)
                .uuid,
        )
    }

    /// A fresh identifier for a command.
    pub fn new_command_id(&self) -> CommandId {
        let seed = Seed(self.shared.host.entropy.seed());
        CommandId(
            seed.id(crate::model::Kind::Command, self.shared.host.clock.now(), 0)
                .uuid,
        )
    }

    /// The same for what follows from a command: the identifier is the command's own.
    pub(crate) fn aside(&self) -> Self {
        let mut aside = self.clone();
        aside.command_id = None;
        aside
    }

    /// The same in the name of another actor.
    #[must_use]
    pub(crate) fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// The engine.
    pub fn engine(&self) -> super::Iam {
        super::Iam {
            shared: self.shared.clone(),
        }
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub(crate) fn context(&self) -> Context {
        Context {
            realm: self.realm,
            now: self.shared.host.clock.now(),
            actor: self.actor.clone(),
            channel: self.channel,
            reason: self.reason.clone(),
            command_id: self.command_id,
            change_set: self.change_set,
            seed: Seed(self.shared.host.entropy.seed()),
        }
    }

    pub(crate) fn storage(&self) -> &dyn Storage {
        self.storage.as_ref()
    }

    /// Carries out a command.
    ///
    /// # Errors
    /// A [`Problem`] with the reason; then nothing was changed, and the refused attempt is in the audit trail.
    pub async fn execute(&self, command: impl Into<Command>) -> Result<Executed, Problem> {
        let commands = [command.into()];
        let steps = driver::steps(&commands);
        let steps: Vec<Step<'_>> = steps.iter().map(AsRef::as_ref).collect();
        let context = self.context();
        let label = Label::of(&self.shared, &commands, &context)?;
        let needs = |schema: &Schema| driver::needs(&commands, schema);
        let mut work = BTreeMap::new();
        let done = driver::Job {
            shared: &self.shared,
            storage: self.storage(),
            context: &context,
            steps: &steps,
            needs: &needs,
            mode: BatchMode::AllOrNothing,
            label: &label,
            known: &[],
        }
        .run(&mut work)
        .await;
        let mut done = match done {
            Ok(done) => done,
            Err(problem) => {
                let [command] = &commands;
                return Err(self.count_failure(command, problem, &work).await?);
            }
        };
        let mut remarks = std::mem::take(&mut done.decided.plan.remarks);
        remarks.extend(match done.replayed {
            None => Box::pin(self.follow_up(&done)).await?,
            Some(_) => Box::pin(self.reindex_again(&commands)).await?,
        });
        Ok(Executed {
            revision: done.revision,
            id: done.replayed.unwrap_or(done.decided.plan.subject),
            replayed: done.replayed.is_some(),
            disclosed: driver::disclosed(&mut done),
            events: done.decided.plan.events,
            remarks,
        })
    }

    /// Shows what a command would do; nothing is written, except that a wrong password or code is counted.
    ///
    /// # Errors
    /// The same that [`Acting::execute`] would give.
    pub async fn preview(&self, command: impl Into<Command>) -> Result<Preview, Problem> {
        self.decide(command.into(), None).await
    }

    /// Shows what a command would do after the plan of an earlier preview; nothing is written, except that a wrong password
    /// or code is counted.
    ///
    /// The plan in the answer holds both.
    ///
    /// # Errors
    /// The same that [`Acting::execute`] would give.
    pub async fn what_if(&self, after: &Plan, command: impl Into<Command>) -> Result<Preview, Problem> {
        self.decide(command.into(), Some(after)).await
    }

    pub(super) async fn decide(&self, command: Command, base: Option<&Plan>) -> Result<Preview, Problem> {
        let commands = [command];
        let steps = driver::steps(&commands);
        let steps: Vec<Step<'_>> = steps.iter().map(AsRef::as_ref).collect();
        let context = self.context();
        self.shared.limits.context(&context, None)?;
        let label = Label::of(&self.shared, &commands, &context)?;
        access::may_ask(&self.shared, self.storage(), &context, &label).await?;
        let needs = |schema: &Schema| driver::needs(&commands, schema);
        let mode = BatchMode::AllOrNothing;
        let mut work = BTreeMap::new();
        let (decided, schema) = self
            .consider(&context, &steps, needs, mode, base, &mut work)
            .await?;
        if let Some(problem) = decided.results.into_iter().find_map(Result::err) {
            // A proof tried in a preview is a proof tried.
            let [command] = &commands;
            return Err(self.count_failure(command, problem, &work).await?);
        }
        access::may_cause(
            &self.shared,
            self.storage(),
            &context,
            &label,
            &decided.plan,
            &schema,
        )
        .await?;
        let mut difference = Difference::of_plan(&decided.plan);
        self.label(&mut difference).await?;
        Ok(Preview {
            difference,
            plan: decided.plan,
            rounds: decided.rounds,
        })
    }

    /// Every field that a creation or change would be refused for, without saving anything (S1-2). Empty: it would
    /// pass.
    ///
    /// # Errors
    /// Refusals that are not about fields, and failures of the storage.
    pub async fn validate(
        &self,
        command: impl Into<Command>,
    ) -> Result<Vec<crate::wire::FieldProblem>, Problem> {
        match self.preview(command).await {
            Ok(_) => Ok(Vec::new()),
            Err(problem) if !problem.fields.is_empty() => Ok(problem.fields),
            Err(problem) => Err(problem),
        }
    }
}

impl Executed {
    /// The record that the command was about, when it is of the expected kind.
    ///
    /// # Errors
    /// When the command was about nothing or about another kind.
    pub fn id<T: TryFrom<EntityId>>(&self) -> Result<T, Problem> {
        self.id.and_then(|id| T::try_from(id).ok()).ok_or_else(|| {
            Problem::new(
                crate::wire::Code::Malformed,
                "the command is not about a record of this kind",
            )
        })
    }
}
