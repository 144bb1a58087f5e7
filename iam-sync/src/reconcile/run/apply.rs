//! What was decided is done, a page in one commit; what is refused waits, or is set aside.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use iam_core::{
    command::{Command, ExchangeUsers, PutShadow, ShadowState, UpdateUser},
    model::{EntityId, Kind, Record, ShadowId, Situation, SyncAction, SyncKind, Value},
    rules::structure,
    service::{Acting, BatchMode},
    wire::{Code, Problem},
};

use super::{Run, WAITING, build::Built, page::Item};

/// What is done about a page, in one commit.
#[derive(Default)]
pub(super) struct Step {
    built: Vec<(Item, Built)>,
    /// For each object how many commands are about the record, its link and its edges.
    counts: Vec<[usize; 3]>,
    /// First those about records, then the links, then the edges.
    pub(super) commands: Vec<Command>,
}

/// Commits commands, or only decides them.
pub(super) async fn carry_out(
    acting: &Acting<'_>,
    look_only: bool,
    commands: &[Command],
) -> Result<Vec<Result<Option<EntityId>, Problem>>, Problem> {
    if commands.is_empty() {
        return Ok(Vec::new());
    }
    let outcome = match look_only {
        true => acting.preview_batch(commands, None).await?,
        false => acting.batch(commands, BatchMode::Each).await?,
    };
    Ok(outcome.results)
}

/// How much of an object was written when something was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Nothing,
    /// The record, without an edge.
    Record,
}

impl Step {
    /// The records that it is about.
    pub(super) fn records(&self) -> impl Iterator<Item = EntityId> {
        self.built.iter().filter_map(|(item, _)| item.id)
    }
}

impl Run<'_> {
    /// Does what was decided, in one commit. What is refused is set aside.
    pub(super) async fn apply(
        &mut self,
        kind: SyncKind,
        rules: &iam_core::model::KindRules,
        items: Vec<Item>,
        may_wait: bool,
    ) -> Result<(), Problem> {
        let step = self.decided(kind, rules, items).await?;
        let results = self.carry_out(&step.commands).await?;
        self.settle(kind, step, results, may_wait).await
    }

    /// The commands of what was decided.
    pub(super) async fn decided(
        &mut self,
        kind: SyncKind,
        rules: &iam_core::model::KindRules,
        items: Vec<Item>,
    ) -> Result<Step, Problem> {
        let edges = self.current_edges(kind, &items).await?;
        self.look_up(kind, &items).await?;
        let mut step = Step {
            built: Vec::with_capacity(items.len()),
            counts: Vec::with_capacity(items.len()),
            commands: Vec::new(),
        };
        for item in items {
            let own = self.build(kind, rules, &item, &edges);
            self.foresee(&item);
            step.built.push((item, own));
        }
        let mut more: BTreeMap<(SyncAction, &str), u64> = BTreeMap::new();
        for (item, built) in &mut step.built {
            self.tie(kind, item, &edges, built);
        }
        for (item, built) in &step.built {
            if built.acts {
                *more.entry((item.decision.action, "")).or_default() += 1;
            }
            if built.ends {
                *more.entry((SyncAction::Disable, "")).or_default() += 1;
            }
            for attribute in &built.emptied {
                *more.entry((SyncAction::Clear, attribute)).or_default() += 1;
            }
        }
        for ((action, attribute), more) in more {
            self.allow(kind, action, attribute, more)?;
        }
        // Links and edges come when every record of the page is there.
        for (_, built) in &mut step.built {
            let link = usize::from(built.link.is_some());
            step.counts.push([built.commands.len(), link, built.ties.len()]);
            step.commands.append(&mut built.commands);
        }
        for (_, built) in &mut step.built {
            step.commands.extend(built.link.take());
        }
        for (_, built) in &mut step.built {
            step.commands.append(&mut built.ties);
        }
        Ok(step)
    }

    /// Notes what became of it.
    pub(super) async fn settle(
        &mut self,
        kind: SyncKind,
        step: Step,
        results: Vec<Result<Option<EntityId>, Problem>>,
        may_wait: bool,
    ) -> Result<(), Problem> {
        let Step { built, counts, .. } = step;
        let mut results = results.into_iter();
        let mut refused: Vec<[Option<Problem>; 3]> = vec![[None, None, None]; built.len()];
        for part in 0..3 {
            for (refused, counts) in refused.iter_mut().zip(&counts) {
                let (Some(refused), Some(count)) = (refused.get_mut(part), counts.get(part)) else {
                    continue;
                };
                for result in results.by_ref().take(*count) {
                    *refused = refused.take().or(result.err());
                }
            }
        }
        let mut failures = Vec::new();
        let mut cleared = Vec::new();
        for ((item, mut built), [own, link, tie]) in built.into_iter().zip(refused) {
            let own = own.or(link);
            self.come_true(&item, own.is_none());
            match (own, tie) {
                (None, None) => {
                    cleared.extend(built.cleared.take());
                    self.done(kind, item, built);
                }
                (Some(problem), _) if may_wait && waits(&problem) && self.waiting.len() < WAITING => {
                    self.waiting.push(item);
                }
                (Some(problem), _) => {
                    built.problems.push(problem);
                    failures.push((item, built, Written::Nothing));
                }
                // Another record of the page did not come to be; it may yet, and the end of the run looks again.
                (None, Some(problem)) if problem.code == Code::NotFound && built.fallback.is_some() => {
                    self.postpone(kind, item, built);
                }
                // What was created is not created again.
                (None, Some(problem))
                    if may_wait
                        && item.decision.action != SyncAction::Create
                        && waits(&problem)
                        && self.waiting.len() < WAITING =>
                {
                    self.waiting.push(item);
                }
                (None, Some(problem)) => {
                    built.problems.push(problem);
                    failures.push((item, built, Written::Record));
                }
            }
        }
        self.carry_out(&cleared).await?;
        self.set_aside(kind, failures).await
    }

    /// Lets others on the page name a record that the page creates.
    fn foresee(&mut self, item: &Item) {
        let (SyncAction::Create, Some(id)) = (item.decision.action, item.id) else {
            return;
        };
        self.remember(&item.key, item.name_key.as_deref(), id);
        self.foreseen.insert(id);
    }

    /// A record that was foreseen is there, or was not created after all.
    fn come_true(&mut self, item: &Item, created: bool) {
        if !item.id.is_some_and(|id| self.foreseen.remove(&id)) || created {
            return;
        }
        for key in [Some(&item.key), item.name_key.as_ref()].into_iter().flatten() {
            let key = super::compact(key);
            if self.known.get(key).copied() == item.id {
                self.known.remove(key);
            }
        }
    }

    /// Commits commands, or only decides them.
    pub(super) async fn carry_out(
        &mut self,
        commands: &[Command],
    ) -> Result<Vec<Result<Option<EntityId>, Problem>>, Problem> {
        carry_out(&self.acting, self.look_only, commands).await
    }

    /// Notes that an object was dealt with.
    fn done(&mut self, kind: SyncKind, item: Item, built: Built) {
        if let Some(id) = item.id {
            self.remember(&item.key, item.name_key.as_deref(), id);
            if self.look_only && item.decision.action == SyncAction::Create {
                self.planned.insert(id);
            }
        }
        let incomplete = built.problems.first().cloned();
        let counts = self.count(kind);
        match (item.decision.action, item.decision.situation) {
            (SyncAction::Create, _) => counts.created += 1,
            (SyncAction::Update, Situation::Found) | (SyncAction::Link, _) => counts.linked += 1,
            (SyncAction::Update, _) if built.acts => counts.updated += 1,
            (SyncAction::Update, _) => counts.unchanged += 1,
            (SyncAction::Disable | SyncAction::DisableThenDelete, _) if built.acts => counts.disabled += 1,
            (SyncAction::Delete, _) if built.acts => counts.deleted += 1,
            (SyncAction::Disable | SyncAction::DisableThenDelete | SyncAction::Delete, _) => {
                counts.ignored += 1
            }
            (SyncAction::Unlink, _) => counts.unlinked += 1,
            (SyncAction::Review, _) => counts.review += 1,
            (SyncAction::Report | SyncAction::Ignore | SyncAction::Clear, _) => counts.ignored += 1,
        }
        if incomplete.is_some() {
            counts.incomplete += 1;
        }
        let mut finding = item.finding(kind, "", "");
        finding.changes = built.changes;
        self.observer.decided(&finding);
        match (item.decision.action, incomplete) {
            (_, Some(problem)) => self.find(item.finding(kind, problem.code.name(), &problem.message)),
            (SyncAction::Review, None) => {
                let message = match (item.decision.situation, item.decision.candidates.len()) {
                    (Situation::TargetMissing, _) => "its record was deleted here".to_owned(),
                    (Situation::FoundAlreadyLinked, _) => {
                        "the record that fits is linked to another one of the source".to_owned()
                    }
                    (_, 1) => "one record may be meant, and it is not certain".to_owned(),
                    (_, many) => format!("{many} records may be meant"),
                };
                self.find(item.finding(kind, "sync.review", &message));
            }
            (SyncAction::Report, None) => {
                self.find(item.finding(kind, "sync.report", "as the rules ask for"))
            }
            _ => {}
        }
        self.open.extend(built.open);
    }

    /// Keeps what could not be written, so that it is seen and tried again (B3: remediation).
    async fn set_aside(
        &mut self,
        kind: SyncKind,
        failures: Vec<(Item, Built, Written)>,
    ) -> Result<(), Problem> {
        let mut commands = Vec::new();
        for (item, built, written) in failures {
            let Some(problem) = built.problems.first().cloned() else {
                continue;
            };
            let written = written == Written::Record;
            self.find(item.finding(kind, problem.code.name(), &problem.to_string()));
            let counts = self.count(kind);
            match written {
                true => counts.incomplete += 1,
                false => counts.failed += 1,
            }
            let known = item.shadow.as_ref().and_then(|shadow| shadow.reference("target"));
            let mut shadow = self.shadow(kind, &item);
            shadow.state = match written {
                true => ShadowState::Linked,
                false => ShadowState::Failed,
            };
            // The same trouble as before is not told as something new.
            if let Some(before) = item.shadow.as_deref()
                && before.text("problem_code") == problem.code.name()
            {
                shadow.situation = structure::from_record(before, "situation").unwrap_or(shadow.situation);
            }
            shadow.target = if written { item.id } else { known };
            shadow.digest = None;
            shadow.problem = structure::to_value(&problem);
            shadow.problem_code = Some(problem.code.name().to_owned());
            if let (Some(id), true) = (item.id, written) {
                self.remember(&item.key, item.name_key.as_deref(), id);
                // What was written just now is there to be found again.
                let known = self
                    .acting
                    .find_all_by(Kind::Shadow, "object_key", [item.key.as_str()])
                    .await?;
                shadow.shadow = known
                    .values()
                    .next()
                    .and_then(|shadow| ShadowId::try_from(shadow.id).ok());
            }
            commands.push(Command::from(shadow));
        }
        if !self.look_only {
            self.carry_out(&commands).await?;
        }
        Ok(())
    }

    /// The record was written, and what it names on its page was not: all of it stays open until the end of the run.
    fn postpone(&mut self, kind: SyncKind, item: Item, mut built: Built) {
        // Its link has no digest: what it depends on is not there.
        if let Some(fallback) = built.fallback.take() {
            built.open = Some(fallback.joined(built.open.take()));
        }
        self.done(kind, item, built);
    }

    /// What is kept of an object.
    pub(super) fn shadow(&self, kind: SyncKind, item: &Item) -> PutShadow {
        PutShadow {
            shadow: item
                .shadow
                .as_ref()
                .and_then(|shadow| ShadowId::try_from(shadow.id).ok()),
            source: self.source,
            kind,
            identifier: item.object.identifier.clone(),
            title: Some(item.title()),
            object_key: item.key.clone(),
            name_key: item.name_key.clone(),
            target: item.id,
            digest: Some(item.mapped.digest.clone()),
            depends_on: BTreeSet::new(),
            situation: item.decision.situation,
            state: ShadowState::Linked,
            problem: None,
            problem_code: None,
            candidates: item
                .decision
                .candidates
                .iter()
                .map(|candidate| candidate.id)
                .collect(),
            missing_since: None,
            delete_after: None,
        }
    }

    /// Tries again what waited for others to let go of their values; what still holds each other up is exchanged in one
    /// step.
    pub(super) async fn retry_waiting(&mut self, kind: SyncKind) -> Result<(), Problem> {
        let rules = self.rules.kinds.get(&kind).cloned().unwrap_or_default();
        loop {
            let before = self.waiting.len();
            if before == 0 {
                return Ok(());
            }
            let items = std::mem::take(&mut self.waiting);
            self.apply(kind, &rules, items, true).await?;
            if self.waiting.len() < before {
                continue;
            }
            let mut items = std::mem::take(&mut self.waiting);
            let exchanged = match kind {
                SyncKind::User => self.exchange(&rules, &items).await?,
                _ => false,
            };
            if exchanged {
                let ids: Vec<EntityId> = items
                    .iter()
                    .filter_map(|item| item.target.as_ref().map(|t| t.id))
                    .collect();
                let fresh: HashMap<EntityId, Arc<Record>> = self
                    .acting
                    .find_all(ids)
                    .await?
                    .into_iter()
                    .map(|record| (record.id, record))
                    .collect();
                for item in &mut items {
                    item.target = item
                        .target
                        .as_ref()
                        .and_then(|target| fresh.get(&target.id).cloned());
                }
            }
            return self.apply(kind, &rules, items, false).await;
        }
    }

    /// Lets records exchange values: the largest part of those that wait for which it works.
    async fn exchange(
        &mut self,
        rules: &iam_core::model::KindRules,
        items: &[Item],
    ) -> Result<bool, Problem> {
        let none = HashMap::new();
        let mut updates: Vec<UpdateUser> = items
            .iter()
            .filter(|item| item.target.is_some())
            .flat_map(|item| self.build(SyncKind::User, rules, item, &none).commands)
            .filter_map(|command| match command {
                Command::UpdateUser(update) => Some(update),
                _ => None,
            })
            .take(1000)
            .collect();
        while updates.len() > 1 {
            let outcome = self
                .carry_out(&[ExchangeUsers {
                    updates: updates.clone(),
                }
                .into()])
                .await?;
            let Some(Err(problem)) = outcome.into_iter().next() else {
                return Ok(!self.look_only);
            };
            if problem.code != Code::Taken && problem.code != Code::Invalid {
                return Ok(false);
            }
            // Somebody outside of those that wait holds a value: who wants it drops out.
            let before = updates.len();
            let mut kept = Vec::new();
            for update in &updates {
                if self
                    .acting
                    .preview(ExchangeUsers {
                        updates: vec![update.clone()],
                    })
                    .await
                    .is_err()
                    && !self.wants_what_is_among(update, &updates).await?
                {
                    continue;
                }
                kept.push(update.clone());
            }
            updates = kept;
            if updates.len() == before {
                return Ok(false);
            }
        }
        Ok(false)
    }

    /// Whether whoever holds what an update asks for is among those that change.
    async fn wants_what_is_among(
        &self,
        update: &UpdateUser,
        updates: &[UpdateUser],
    ) -> Result<bool, Problem> {
        for definition in self.schema.unique_attributes(Kind::User) {
            let Some(Some(Value::Text(text))) = update.attributes.get(&definition.name) else {
                continue;
            };
            let holder = self.acting.find_by(Kind::User, &definition.name, text).await?;
            if let Some(holder) = holder
                && holder.id != EntityId::from(update.user)
                && !updates
                    .iter()
                    .any(|other| EntityId::from(other.user) == holder.id)
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether a refusal may be over when the others were dealt with.
fn waits(problem: &Problem) -> bool {
    problem.code == Code::Taken
        || problem.code == Code::NotFound
        || problem
            .fields
            .iter()
            .any(|field| field.code == Code::Taken.name() || field.code == Code::NotFound.name())
}
