//! What the source does not have any more. Looked at when every kind was read to its end without an error, and never
//! otherwise: a source that does not answer is not an empty source.

use std::{collections::BTreeMap, sync::Arc};

use iam_core::{
    command::{Command, ShadowState},
    model::{EntityId, Kind, Record, RunMode, Situation, SyncAction, SyncKind},
    search::{Deleted, Predicate, Search},
    wire::Problem,
};

use super::{Finding, Run, all, compact, page::state_of};
use crate::reconcile::{Decision, Link, Sight, Target, Verdict, decide, key::object_key};

/// Records in one commit.
const STEP: usize = 200;

/// A shadow whose object is gone, the record that it is linked to, and what is decided.
type Gone = (Arc<Record>, Option<Arc<Record>>, Decision);

/// Puts what lies lower in a tree first: a unit can only be deleted when nothing hangs on it any more.
fn lowest_first(kind: SyncKind, gone: &mut [Gone]) {
    let above = match kind {
        SyncKind::Organization => "parent",
        SyncKind::Position => "reports_to",
        _ => return,
    };
    let parents: BTreeMap<EntityId, EntityId> = gone
        .iter()
        .filter_map(|(_, target, _)| target.as_deref())
        .filter_map(|record| Some((record.id, record.reference(above)?)))
        .collect();
    let limit = parents.len();
    let depth = |target: Option<&Record>| {
        let mut place = target.map(|record| record.id);
        let mut depth = 0;
        while let Some(parent) = place.and_then(|id| parents.get(&id)) {
            depth += 1;
            place = Some(*parent).filter(|_| depth <= limit);
        }
        depth
    };
    gone.sort_by_cached_key(|(_, target, _)| std::cmp::Reverse(depth(target.as_deref())));
}

impl Run<'_> {
    pub(super) async fn vanished(&mut self) -> Result<(), Problem> {
        // What others depend on goes last.
        for kind in [
            SyncKind::User,
            SyncKind::Group,
            SyncKind::Position,
            SyncKind::Organization,
        ] {
            let Some(state) = self.kinds.get(&kind) else {
                continue;
            };
            let gone = match (state.complete, state.deleted.is_empty()) {
                (true, _) => self.unseen(kind).await?,
                (false, false) => self.named_deleted(kind).await?,
                (false, true) => Vec::new(),
            };
            self.remove(kind, gone).await?;
            if self.mode != RunMode::Filtered {
                self.delete_due(kind).await?;
            }
        }
        Ok(())
    }

    /// Known objects that the complete read did not name.
    async fn unseen(&mut self, kind: SyncKind) -> Result<Vec<Arc<Record>>, Problem> {
        // Whoever was known was met: nobody has to be looked for.
        if self
            .kinds
            .get(&kind)
            .is_some_and(|state| state.met == state.known)
        {
            return Ok(Vec::new());
        }
        let filter = Predicate::eq("identity_source", EntityId::from(self.source).to_string())
            .and(Predicate::eq("object_kind", kind.name()));
        let mut search = Search::new(Kind::Shadow)
            .filter(filter)
            .limit(iam_core::search::MAXIMUM_LIMIT);
        let mut gone = Vec::new();
        loop {
            let page = self.acting.search(&search).await?;
            if let Some(state) = self.kinds.get(&kind) {
                gone.extend(
                    page.items
                        .into_iter()
                        .filter(|shadow| !state.seen.contains(compact(shadow.text("object_key")))),
                );
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(gone),
            }
        }
    }

    /// Objects that the source says are gone.
    async fn named_deleted(&mut self, kind: SyncKind) -> Result<Vec<Arc<Record>>, Problem> {
        let identifiers = match self.kinds.get_mut(&kind) {
            Some(state) => std::mem::take(&mut state.deleted),
            None => return Ok(Vec::new()),
        };
        let keys: Vec<String> = identifiers
            .iter()
            .map(|identifier| object_key(self.source, kind, identifier))
            .collect();
        let mut gone = Vec::new();
        for keys in keys.chunks(500) {
            let found = self
                .acting
                .find_all_by(Kind::Shadow, "object_key", keys.iter().map(String::as_str))
                .await?;
            gone.extend(found.into_values());
        }
        Ok(gone)
    }

    async fn remove(&mut self, kind: SyncKind, gone: Vec<Arc<Record>>) -> Result<(), Problem> {
        let rules = self.rules.kinds.get(&kind).cloned().unwrap_or_default();
        let known = |shadow: &Record| shadow.value("target").is_some();
        // Never linked, and gone: there is nothing left to look at.
        let (linked, never): (Vec<_>, Vec<_>) = gone.into_iter().partition(|shadow| known(shadow));
        let new: Vec<Arc<Record>> = linked
            .into_iter()
            .filter(|shadow| !matches!(state_of(shadow), ShadowState::Missing | ShadowState::Ignored))
            .collect();
        self.count(kind).missing += new.len() as u64;
        let mut decided: Vec<(Arc<Record>, Option<Arc<Record>>, Decision)> = Vec::with_capacity(new.len());
        for step in new.chunks(STEP) {
            let targets = self.targets(step).await?;
            for shadow in step {
                let target = shadow
                    .reference("target")
                    .and_then(|id| targets.get(&id).cloned());
                let sight = Sight {
                    present: false,
                    qualifies: true,
                    link: Some(Link {
                        target: shadow.reference("target"),
                        state: state_of(shadow),
                        delete_after: None,
                        create: false,
                    }),
                    target: match &target {
                        Some(record) if !record.is_deleted() => Target::Live,
                        Some(_) => Target::Deleted,
                        None => Target::Gone,
                    },
                    verdict: Verdict::Nobody,
                    taken: false,
                };
                decided.push((shadow.clone(), target, decide(&rules, &sight)));
            }
        }
        // All of it is known before any of it is done.
        let mut more: BTreeMap<SyncAction, u64> = BTreeMap::new();
        for (_, _, decision) in &decided {
            if decision.situation == Situation::SourceMissing && decision.action != SyncAction::Ignore {
                *more.entry(decision.action).or_default() += 1;
            }
        }
        for (action, more) in more {
            self.allow(kind, action, "", more)?;
        }
        lowest_first(kind, &mut decided);
        for step in decided.chunks(STEP) {
            self.remove_step(kind, &rules, step).await?;
            self.note().await?;
        }
        for step in never.chunks(STEP) {
            let commands: Vec<Command> = step
                .iter()
                .filter_map(|shadow| self.gone(&rules, SyncAction::Unlink, Situation::AllGone, shadow))
                .collect();
            self.carry_out(&commands).await?;
        }
        Ok(())
    }

    async fn targets(&self, shadows: &[Arc<Record>]) -> Result<BTreeMap<EntityId, Arc<Record>>, Problem> {
        let ids: Vec<EntityId> = shadows
            .iter()
            .filter_map(|shadow| shadow.reference("target"))
            .collect();
        Ok(self
            .acting
            .find_all(ids)
            .await?
            .into_iter()
            .map(|record| (record.id, record))
            .collect())
    }

    async fn remove_step(
        &mut self,
        kind: SyncKind,
        rules: &iam_core::model::KindRules,
        step: &[Gone],
    ) -> Result<(), Problem> {
        let mut commands = Vec::new();
        let mut owners = Vec::new();
        let groups = step
            .iter()
            .filter_map(|(_, target, _)| super::edges::members_of(target.as_ref()?.id));
        let groups: std::collections::BTreeSet<_> = groups.collect();
        let edges = match groups.is_empty() {
            true => Default::default(),
            false => self.acting.edges_of(groups).await?.into_iter().collect(),
        };
        for (shadow, target, decision) in step {
            let from = commands.len();
            match decision.action {
                SyncAction::Report => continue,
                SyncAction::Ignore => {}
                action => {
                    let own = self.removal(action, target.as_deref());
                    commands.extend(own);
                    commands.extend(
                        target
                            .as_ref()
                            .and_then(|target| self.emptied(action, target.id, &edges)),
                    );
                }
            }
            owners.push((shadow, decision, from, commands.len()));
        }
        let results = self.carry_out(&commands).await?;
        let mut gone = Vec::new();
        for (shadow, decision, from, to) in owners {
            let acts = to > from;
            let refused = results
                .get(from..to)
                .unwrap_or_default()
                .iter()
                .find_map(|result| result.as_ref().err());
            let finding = |code: &str, message: &str| Finding {
                kind: Some(kind),
                object: Some(shadow.text("title").to_owned()),
                record: decision.target,
                situation: Some(decision.situation),
                action: Some(decision.action),
                ..Finding::of_run(code, message)
            };
            if let Some(problem) = refused {
                self.count(kind).failed += 1;
                self.find(finding(problem.code.name(), &problem.message));
                continue;
            }
            // Only now: what was refused is looked at again by the next run.
            gone.extend(self.gone(rules, decision.action, decision.situation, shadow));
            self.observer.decided(&finding("", ""));
            let counts = self.count(kind);
            match decision.action {
                SyncAction::Disable | SyncAction::DisableThenDelete if acts => counts.disabled += 1,
                SyncAction::Delete if acts => counts.deleted += 1,
                SyncAction::Unlink => counts.unlinked += 1,
                _ => counts.ignored += 1,
            }
        }
        self.carry_out(&gone).await?;
        Ok(())
    }

    /// Deletes what was disabled when it vanished, and is due.
    async fn delete_due(&mut self, kind: SyncKind) -> Result<(), Problem> {
        let now = self.clock.now();
        let filter = Predicate::eq("identity_source", EntityId::from(self.source).to_string())
            .and(Predicate::eq("object_kind", kind.name()))
            .and(Predicate::eq("state", ShadowState::Missing.name()))
            .and(Predicate::compare(
                "delete_after",
                iam_core::search::Operator::Le,
                now,
            ));
        let due = all(
            &self.acting,
            Search::new(Kind::Shadow).filter(filter).deleted(Deleted::Exclude),
        )
        .await?;
        if due.is_empty() {
            return Ok(());
        }
        self.allow(kind, SyncAction::Delete, "", due.len() as u64)?;
        let rules = self.rules.kinds.get(&kind).cloned().unwrap_or_default();
        for step in due.chunks(STEP) {
            let targets = self.targets(step).await?;
            let decided: Vec<_> = step
                .iter()
                .map(|shadow| {
                    let target = shadow
                        .reference("target")
                        .and_then(|id| targets.get(&id).cloned());
                    let decision = Decision {
                        situation: Situation::SourceMissing,
                        action: SyncAction::Delete,
                        target: shadow.reference("target"),
                        revive: false,
                        candidates: Vec::new(),
                    };
                    (shadow.clone(), target, decision)
                })
                .collect();
            self.remove_step(kind, &rules, &decided).await?;
        }
        Ok(())
    }
}
