//! One page: mapped, matched with links and records, decided, committed as a whole.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use iam_core::{
    command::{Command, ExchangeUsers, PutShadow, ShadowState, UpdateUser},
    model::{EntityId, Kind, Record, ShadowId, Situation, SyncAction, SyncKind, Value},
    port::{Objects, SourceObject},
    rules::structure,
    search::{Deleted, Predicate, Search},
    service::BatchMode,
    wire::{Code, Problem},
};

use super::{Finding, Run, WAITING, all, build::Built, compact};
use crate::reconcile::{
    Decision, Evidence, Link, Mapped, Sight, Target, Verdict, correlate, decide,
    key::{name_key, object_key},
};

/// Values in one search.
pub(super) const VALUES: usize = 500;

/// An object on its way.
pub(super) struct Item {
    pub(super) object: SourceObject,
    pub(super) mapped: Mapped,
    pub(super) key: String,
    pub(super) name_key: Option<String>,
    pub(super) shadow: Option<Arc<Record>>,
    pub(super) target: Option<Arc<Record>>,
    pub(super) decision: Decision,
    /// The record, be it new.
    pub(super) id: Option<EntityId>,
    /// Only what holds strongly is written: the source says what it said.
    pub(super) repair: bool,
}

impl Item {
    /// The name under which people find it.
    pub(super) fn title(&self) -> String {
        let named = ["user_name", "name", "email", "display_name"]
            .into_iter()
            .find_map(|attribute| self.mapped.text(attribute));
        self.object
            .name
            .as_deref()
            .or(named)
            .unwrap_or(&self.object.identifier)
            .to_owned()
    }

    pub(super) fn finding(&self, kind: SyncKind, code: &str, message: &str) -> Finding {
        Finding {
            kind: Some(kind),
            object: Some(self.title()),
            record: self.id,
            situation: Some(self.decision.situation),
            action: Some(self.decision.action),
            code: code.to_owned(),
            message: message.to_owned(),
            changes: Vec::new(),
        }
    }
}

pub(super) fn state_of(shadow: &Record) -> ShadowState {
    ShadowState::from_name(shadow.text("state")).unwrap_or_default()
}

impl Run<'_> {
    pub(super) async fn page(&mut self, kind: SyncKind, page: Objects) -> Result<(), Problem> {
        self.pages += 1;
        for line in &page.unreadable {
            self.count(kind).failed += 1;
            self.find(Finding {
                kind: Some(kind),
                ..Finding::of_run("object.unreadable", line)
            });
        }
        self.count(kind).read += page.objects.len() as u64;
        if let Some(state) = self.kinds.get_mut(&kind) {
            for identifier in &page.unchanged {
                state
                    .seen
                    .insert(compact(&object_key(self.source, kind, identifier)));
            }
            state.deleted.extend(page.deleted);
        }
        if kind == SyncKind::Membership {
            return self.pairs(page.objects);
        }
        let items = self.items(kind, page.objects).await?;
        let mut items = self.changed(kind, items);
        if items.is_empty() {
            return Ok(());
        }
        self.match_records(kind, &mut items).await?;
        let rules = self.rules.kinds.get(&kind).cloned().unwrap_or_default();
        self.apply(kind, &rules, items, true).await
    }

    /// Maps the objects and finds their links.
    async fn items(&mut self, kind: SyncKind, objects: Vec<SourceObject>) -> Result<Vec<Item>, Problem> {
        let mut keys = Vec::with_capacity(objects.len());
        for object in &objects {
            keys.push(object_key(self.source, kind, &object.identifier));
        }
        let shadows = self
            .acting
            .find_all_by(Kind::Shadow, "object_key", keys.iter().map(String::as_str))
            .await?;
        let mut items = Vec::with_capacity(objects.len());
        for (object, key) in objects.into_iter().zip(keys) {
            let name_key = object.name.as_deref().map(|name| name_key(self.source, name));
            let shadow = shadows.get(&key).cloned();
            let Some(state) = self.kinds.get_mut(&kind) else {
                continue;
            };
            if !state.seen.insert(compact(&key)) {
                let shown: String = object.identifier.chars().take(60).collect();
                self.count(kind).failed += 1;
                self.find(Finding {
                    kind: Some(kind),
                    object: Some(shown),
                    ..Finding::of_run(
                        "object.duplicate",
                        "the source names this identifier twice; the first one counts",
                    )
                });
                continue;
            }
            let mapped = state.mapper.map(&object);
            if let Some(target) = shadow.as_ref().and_then(|shadow| shadow.reference("target")) {
                self.remember(&key, name_key.as_deref(), target);
            }
            items.push(Item {
                object,
                mapped,
                key,
                name_key,
                shadow,
                target: None,
                decision: Decision {
                    situation: Situation::Ignored,
                    action: SyncAction::Ignore,
                    target: None,
                    revive: false,
                    candidates: Vec::new(),
                },
                id: None,
                repair: false,
            });
        }
        Ok(items)
    }

    pub(super) fn remember(&mut self, key: &str, name_key: Option<&str>, id: EntityId) {
        self.known.insert(compact(key), id);
        if let Some(name_key) = name_key {
            self.known.insert(compact(name_key), id);
        }
    }

    /// Leaves out what asks for what it asked for before (S0-125).
    fn changed(&mut self, kind: SyncKind, items: Vec<Item>) -> Vec<Item> {
        let only_changes = self.rules.only_changes;
        let mut changed = Vec::new();
        for mut item in items {
            let settled = item.shadow.as_ref().is_some_and(|shadow| {
                state_of(shadow) == ShadowState::Linked
                    && shadow.value("missing_since").is_none()
                    && shadow.text("digest") == item.mapped.digest
            });
            let ignored = item
                .shadow
                .as_ref()
                .is_some_and(|shadow| state_of(shadow) == ShadowState::Ignored);
            if ignored {
                self.count(kind).ignored += 1;
            } else if settled && only_changes {
                self.count(kind).unchanged += 1;
            } else {
                item.repair = settled;
                changed.push(item);
            }
        }
        changed
    }

    /// Finds the records that the objects are linked to, or may be.
    async fn match_records(&mut self, kind: SyncKind, items: &mut [Item]) -> Result<(), Problem> {
        let Some(record_kind) = kind.record_kind() else {
            return Ok(());
        };
        let linked: BTreeSet<EntityId> = items
            .iter()
            .filter_map(|item| item.shadow.as_ref()?.reference("target"))
            .collect();
        let targets: HashMap<EntityId, Arc<Record>> = self
            .acting
            .find_all(linked)
            .await?
            .into_iter()
            .map(|record| (record.id, record))
            .collect();
        let rules = self.rules.kinds.get(&kind).cloned().unwrap_or_default();
        let attributes: BTreeSet<&str> = rules
            .correlation
            .iter()
            .flat_map(|tier| &tier.correlators)
            .map(|correlator| correlator.attribute.as_str())
            .collect();
        let is_linked = |item: &Item| {
            item.shadow
                .as_ref()
                .is_some_and(|shadow| shadow.value("target").is_some())
        };
        // By attribute and search key the records that have it.
        let mut having: HashMap<(&str, String), BTreeSet<EntityId>> = HashMap::new();
        for attribute in &attributes {
            let values: BTreeMap<String, Value> = items
                .iter()
                .filter(|item| !is_linked(item))
                .filter_map(|item| item.mapped.value(attribute))
                .filter_map(|value| Some((value.search_key()?.into_owned(), value.clone())))
                .collect();
            let values: Vec<Value> = values.into_values().collect();
            for values in values.chunks(VALUES) {
                let filter = Predicate::any_of(*attribute, values.iter().cloned());
                let search = Search::new(record_kind).filter(filter).deleted(Deleted::Exclude);
                for record in all(&self.acting, search).await? {
                    for value in record.value(attribute).map(Value::elements).unwrap_or_default() {
                        if let Some(key) = value.search_key() {
                            having
                                .entry((attribute, key.into_owned()))
                                .or_default()
                                .insert(record.id);
                        }
                    }
                }
            }
        }
        let mut verdicts = Vec::with_capacity(items.len());
        let mut meant: BTreeSet<EntityId> = BTreeSet::new();
        for item in items.iter() {
            let mut evidence = Evidence::new();
            if !is_linked(item) {
                for attribute in &attributes {
                    let key = item.mapped.value(attribute).and_then(Value::search_key);
                    if let Some(found) = key.and_then(|key| having.get(&(*attribute, key.into_owned()))) {
                        evidence.insert((*attribute).to_owned(), found.clone());
                    }
                }
            }
            let verdict = correlate(&rules.correlation, &evidence);
            if let Verdict::One(id) = verdict {
                meant.insert(id);
            }
            verdicts.push(verdict);
        }
        let mut taken = self.linked_elsewhere(&meant).await?;
        let found: HashMap<EntityId, Arc<Record>> = self
            .acting
            .find_all(meant)
            .await?
            .into_iter()
            .map(|record| (record.id, record))
            .collect();
        for (item, verdict) in items.iter_mut().zip(verdicts) {
            let link = item.shadow.as_ref().map(|shadow| Link {
                target: shadow.reference("target"),
                state: state_of(shadow),
                delete_after: shadow.moment("delete_after"),
                create: shadow.text("problem_code") == "review.create",
            });
            let linked = link.as_ref().and_then(|link| link.target);
            item.target = linked.and_then(|id| targets.get(&id).cloned());
            let is_taken = match verdict {
                Verdict::One(id) => !taken.insert(id),
                _ => false,
            };
            let sight = Sight {
                present: true,
                qualifies: item.mapped.qualifies,
                link,
                target: match &item.target {
                    Some(record) if record.value("erased_at").is_some() => Target::Gone,
                    Some(record) if record.is_deleted() => Target::Deleted,
                    Some(_) => Target::Live,
                    None => Target::Gone,
                },
                verdict,
                taken: is_taken,
            };
            item.decision = decide(&rules, &sight);
            if item.decision.situation == Situation::Found {
                item.target = item.decision.target.and_then(|id| found.get(&id).cloned());
            }
            item.id = match item.decision.action {
                SyncAction::Create => Some(self.new_id(record_kind, &item.key)),
                _ => item.decision.target,
            };
        }
        Ok(())
    }

    /// Records that another object of this source is linked to.
    async fn linked_elsewhere(&self, ids: &BTreeSet<EntityId>) -> Result<HashSet<EntityId>, Problem> {
        let ids: Vec<EntityId> = ids.iter().copied().collect();
        let mut taken = HashSet::new();
        for ids in ids.chunks(VALUES) {
            let filter = Predicate::any_of("target", ids.iter().copied()).and(Predicate::eq(
                "identity_source",
                EntityId::from(self.source).to_string(),
            ));
            for shadow in all(&self.acting, Search::new(Kind::Shadow).filter(filter)).await? {
                taken.extend(shadow.reference("target"));
            }
        }
        Ok(taken)
    }

    /// Does what was decided, in one commit. What is refused is set aside.
    pub(super) async fn apply(
        &mut self,
        kind: SyncKind,
        rules: &iam_core::model::KindRules,
        items: Vec<Item>,
        may_wait: bool,
    ) -> Result<(), Problem> {
        let edges = self.current_edges(kind, &items).await?;
        self.look_up(kind, &items).await?;
        let mut built: Vec<(Item, Built)> = Vec::with_capacity(items.len());
        let mut more: BTreeMap<SyncAction, u64> = BTreeMap::new();
        for item in items {
            let commands = self.build(kind, rules, &item, &edges);
            if commands.acts {
                *more.entry(item.decision.action).or_default() += 1;
            }
            built.push((item, commands));
        }
        for (action, more) in more {
            self.allow(kind, action, more)?;
        }
        let mut commands: Vec<Command> = Vec::new();
        for (_, built) in &mut built {
            commands.append(&mut built.commands.clone());
        }
        let results = self.carry_out(&commands).await?;
        let mut results = results.into_iter();
        let mut failures = Vec::new();
        let mut cleared = Vec::new();
        for (item, mut built) in built {
            let own: Vec<Result<Option<EntityId>, Problem>> =
                results.by_ref().take(built.commands.len()).collect();
            let refused = own
                .into_iter()
                .enumerate()
                .find_map(|(at, result)| Some((at, result.err()?)));
            match refused {
                None => {
                    cleared.extend(built.cleared.take());
                    self.done(kind, item, built);
                }
                Some((_, problem)) if may_wait && waits(&problem) && self.waiting.len() < WAITING => {
                    self.waiting.push(item);
                }
                // The record itself was written; only an edge was not.
                Some((at, problem)) if built.edges_from.is_some_and(|from| at >= from) => {
                    built.problems.push(problem);
                    failures.push((item, built, true));
                }
                Some((_, problem)) => {
                    built.problems.push(problem);
                    failures.push((item, built, false));
                }
            }
        }
        self.carry_out(&cleared).await?;
        self.set_aside(kind, failures).await
    }

    /// Commits commands, or only decides them.
    pub(super) async fn carry_out(
        &mut self,
        commands: &[Command],
    ) -> Result<Vec<Result<Option<EntityId>, Problem>>, Problem> {
        if commands.is_empty() {
            return Ok(Vec::new());
        }
        let outcome = match self.look_only {
            true => self.acting.preview_batch(commands, None).await?,
            false => self.acting.batch(commands, BatchMode::Each).await?,
        };
        Ok(outcome.results)
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
            (SyncAction::Report | SyncAction::Ignore, _) => counts.ignored += 1,
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
                let message = format!("{} records may be meant", item.decision.candidates.len());
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
    async fn set_aside(&mut self, kind: SyncKind, failures: Vec<(Item, Built, bool)>) -> Result<(), Problem> {
        let mut commands = Vec::new();
        for (item, built, written) in failures {
            let Some(problem) = built.problems.first().cloned() else {
                continue;
            };
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
