//! Undoing: the inverse of what was committed, under the same guards. Whoever changed a thing since is a conflict
//! that is named, never overwritten.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Acting, Executed,
    as_of::salt,
    driver::{self, BatchMode, Label, Step as Decision},
    history::PAGE,
};
use crate::{
    model::{ChangeSetId, Edge, EdgeKey, EntityId, Kind, Moment, Record, Relation},
    plan::{Cause, Channel, Delta, Difference, Direction, Draft, Needs, Step, Stop},
    port::{AuditQuery, HistoryQuery, Outcome, Recorded, Revision, Subjects},
    wire::{Code, Problem},
};

/// What is to be undone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// One commit.
    Revision(Revision),
    /// All commits of a change set (S1-26).
    ChangeSet(ChangeSetId),
    /// Everything that an actor did since a moment.
    Actor {
        /// The actor, as the audit trail shows it.
        actor: String,
        /// Since then.
        since: Moment,
    },
    /// What these commits did to one record, and nothing else of them.
    Record {
        /// The record.
        id: EntityId,
        /// After this commit.
        after: Revision,
    },
}

/// What happens to things that were changed since (S1-27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnConflict {
    /// Nothing is undone.
    #[default]
    Refuse,
    /// They stay as they are; the rest is undone.
    Skip,
}

/// What undoing would do.
#[derive(Debug, Clone)]
pub struct RollbackPreview {
    /// What would be different.
    pub difference: Difference,
    /// One line for each thing that was changed since or cannot be undone.
    pub conflicts: Vec<String>,
    /// Effects that went out and do not come back, such as messages.
    pub irrevocable: Vec<String>,
}

/// A journal entry with its delta opened.
struct Opened {
    recorded: Recorded,
    delta: Delta,
    unreadable: bool,
}

impl Acting<'_> {
    /// Shows what undoing would do; nothing is written.
    ///
    /// # Errors
    /// When there is nothing to undo, or the storage fails.
    pub async fn preview_rollback(&self, undo: &Undo) -> Result<RollbackPreview, Problem> {
        let (entries, irrevocable) = self.undoing(undo).await?;
        let context = self.context();
        let schema = driver::preview_schema(&self.shared, self.storage(), &context).await?;
        let conflicts = std::sync::Mutex::new(Vec::new());
        let step = |draft: &mut Draft<'_>| {
            let found = undo_all(draft, &entries, OnConflict::Skip)?;
            *conflicts
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner) = found;
            Ok(())
        };
        let steps: [Decision<'_>; 1] = [&step];
        let decided = driver::decide(
            self.storage(),
            &schema,
            &context,
            &steps,
            needs(&entries),
            BatchMode::AllOrNothing,
            None,
        )
        .await?;
        if let Some(problem) = decided.results.into_iter().find_map(Result::err) {
            return Err(problem);
        }
        let mut difference = Difference::of_plan(&decided.plan);
        self.label(&mut difference).await?;
        let conflicts = conflicts
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(RollbackPreview {
            difference,
            conflicts,
            irrevocable,
        })
    }

    /// Undoes it, in one commit.
    ///
    /// # Errors
    /// [`Code::RollbackConflict`] with every conflict in the details, unless they are to be skipped.
    pub async fn rollback(&self, undo: &Undo, on_conflict: OnConflict) -> Result<Executed, Problem> {
        let (entries, irrevocable) = self.undoing(undo).await?;
        let mut context = self.context();
        context.channel = Channel::Rollback;
        let step = |draft: &mut Draft<'_>| {
            for conflict in undo_all(draft, &entries, on_conflict)? {
                draft.remark(conflict);
            }
            Ok(())
        };
        let steps: [Decision<'_>; 1] = [&step];
        let digest = serde_json::to_vec(undo).map(|json| {
            use sha2::Digest;
            driver::hex(&sha2::Sha256::digest(&json))
        });
        let label = Label {
            command: "rollback".to_owned(),
            digest: digest
                .map_err(|e| Problem::new(Code::Malformed, "the rollback cannot be written").caused_by(e))?,
        };
        let needs = |_: &crate::plan::Schema| needs(&entries);
        let done = driver::run(
            &self.shared,
            self.storage(),
            &context,
            &steps,
            &needs,
            BatchMode::AllOrNothing,
            &label,
        )
        .await?;
        let mut remarks = done.decided.plan.remarks;
        remarks.extend(irrevocable);
        Ok(Executed {
            revision: done.revision,
            id: done.decided.plan.subject,
            events: done.decided.plan.events,
            remarks,
            replayed: done.replayed.is_some(),
        })
    }

    /// The entries to undo, newest first, and what went out and does not come back.
    async fn undoing(&self, undo: &Undo) -> Result<(Vec<Opened>, Vec<String>), Problem> {
        let mut recorded = Vec::new();
        if let Undo::Record { id, after } = undo {
            recorded = self
                .entries(Subjects::Of(vec![*id]), Some((*after, u32::MAX)), None)
                .await?;
            // Edges that end at the record are somebody else's story.
            recorded.retain(|recorded| recorded.entry.subject == *id);
        } else {
            let mut query = AuditQuery {
                limit: PAGE,
                ..AuditQuery::default()
            };
            match undo {
                Undo::Revision(revision) => query.revisions = Some(vec![*revision]),
                Undo::ChangeSet(set) => query.change_set = Some(*set),
                Undo::Actor { actor, since } => {
                    query.actor = Some(actor.clone());
                    query.since = Some(*since);
                }
                Undo::Record { .. } => {}
            }
            loop {
                let rows = self.audit(query.clone()).await?;
                let Some(last) = rows.last().map(|row| row.revision) else {
                    break;
                };
                let accepted = rows
                    .iter()
                    .filter(|row| row.outcome == Outcome::Accepted)
                    .map(|row| row.revision);
                let accepted: Vec<Revision> = accepted.collect();
                if !accepted.is_empty() {
                    recorded.extend(self.entries(Subjects::Revisions(accepted), None, None).await?);
                }
                query.after = Some(last);
            }
        }
        if recorded.is_empty() {
            return Err(Problem::new(Code::Revision, "there is nothing to undo"));
        }
        recorded.sort_by_key(|entry| std::cmp::Reverse((entry.revision, entry.ordinal)));
        let salts =
            super::history::salts(self.storage(), self.realm, recorded.iter().map(|r| &r.entry)).await?;
        let entries = recorded
            .into_iter()
            .map(|recorded| {
                let key = salts.get(&recorded.entry.subject).copied();
                let (delta, unreadable) = self.shared.sealer.delta(&recorded.entry, key)?;
                Ok(Opened {
                    recorded,
                    delta,
                    unreadable,
                })
            })
            .collect::<Result<Vec<_>, Problem>>()?;
        let messages = entries
            .iter()
            .filter(|entry| entry.recorded.entry.step == Step::Create)
            .count();
        let irrevocable = if messages > 0 && self.schema().await?.settings.messages.values().any(|on| *on) {
            vec!["messages that went out do not come back".to_owned()]
        } else {
            Vec::new()
        };
        Ok((entries, irrevocable))
    }

    async fn entries(
        &self,
        subjects: Subjects,
        after: Option<(Revision, u32)>,
        until: Option<Revision>,
    ) -> Result<Vec<Recorded>, Problem> {
        let mut place = after;
        let mut all = Vec::new();
        loop {
            let query = HistoryQuery {
                realm: Some(self.realm),
                subjects: subjects.clone(),
                after: place,
                until,
                newest_first: false,
                limit: 10 * PAGE,
            };
            let page = self.storage().history(&query).await?;
            let Some(last) = page.last() else { return Ok(all) };
            place = Some((last.revision, last.ordinal));
            all.extend(page);
        }
    }
}

fn needs(entries: &[Opened]) -> Needs {
    let mut needs = Needs::default();
    for Opened { recorded, .. } in entries {
        match recorded.entry.edge {
            None => drop(needs.record(recorded.entry.subject)),
            Some(key) => drop(needs.edges(key.from, Direction::From, key.relation)),
        }
    }
    needs
}

/// Takes the entries back on a draft; returns the conflicts that were skipped.
fn undo_all(draft: &mut Draft<'_>, entries: &[Opened], on_conflict: OnConflict) -> Result<Vec<String>, Stop> {
    draft.need(needs(entries))?;
    let mut conflicts = Vec::new();
    // One working copy for each record: entries of one record undo each other in turn.
    let mut copies: BTreeMap<EntityId, Option<Record>> = BTreeMap::new();
    let mut spoiled: BTreeSet<EntityId> = BTreeSet::new();
    let mut restored: BTreeSet<EntityId> = BTreeSet::new();
    let mut undone: BTreeSet<EdgeKey> = BTreeSet::new();
    for Opened {
        recorded,
        delta,
        unreadable,
    } in entries
    {
        let entry = &recorded.entry;
        let id = entry.subject;
        if let Some(key) = entry.edge {
            let (before, after) = delta.edge.clone().unwrap_or_default();
            let (before, after) = (
                before.map(|body| body.with_key(key)),
                after.map(|body| body.with_key(key)),
            );
            if draft.edge(key)? == after {
                match before {
                    Some(edge) => {
                        if key.relation == Relation::ReportsTo {
                            restored.insert(key.from);
                            undone.insert(key);
                        }
                        draft.put_edge(edge, Cause::Rollback)?;
                    }
                    None => drop(draft.remove_edge(key, Cause::Rollback)?),
                }
            } else {
                conflicts.push(edge_conflict(&after, key.from, key.to, key.relation.name()));
            }
            continue;
        }
        if spoiled.contains(&id) {
            continue;
        }
        if *unreadable {
            conflicts.push(format!(
                "{id}: its personal values were erased and cannot come back"
            ));
            spoiled.insert(id);
            continue;
        }
        if let std::collections::btree_map::Entry::Vacant(vacant) = copies.entry(id) {
            vacant.insert(draft.record(id)?.as_deref().cloned());
        }
        let Some(copy) = copies.get_mut(&id) else { continue };
        if let Err(conflict) = undo_record(copy, entry.step, delta, id) {
            conflicts.push(conflict);
            spoiled.insert(id);
        }
    }
    // Nobody gets a second manager back.
    for user in restored {
        let managers = draft.edges(user, Direction::From, Relation::ReportsTo)?;
        if managers.len() > 1 {
            conflicts.push(format!("{user}: has another manager since"));
            for edge in managers.into_iter().filter(|edge| undone.contains(&edge.key)) {
                draft.take_edge(edge, Cause::Rollback)?;
            }
        }
    }
    if !conflicts.is_empty() && on_conflict == OnConflict::Refuse {
        let message = format!("{} of the changes cannot be taken back", conflicts.len());
        return Err(Problem::new(Code::RollbackConflict, message)
            .with_details(conflicts)
            .into());
    }
    let mut open: Vec<(EntityId, Option<Record>)> = copies
        .into_iter()
        .filter(|(id, _)| !spoiled.contains(id))
        .collect();
    // Records that swap a unique name have to go in the right order: go on as long as one more can be written.
    while !open.is_empty() {
        let before = open.len();
        let mut stuck = Vec::new();
        for (id, copy) in open {
            match write(draft, id, copy.clone()) {
                Ok(()) => {}
                Err(Stop::Refused(problem)) if problem.code == Code::Taken => {
                    stuck.push((id, copy));
                }
                Err(stop) => return Err(stop),
            }
        }
        if stuck.len() == before {
            let refused = exchange(draft, stuck)?;
            let lines: Vec<String> = refused
                .iter()
                .map(|(id, problem)| format!("{id}: {}", problem.message))
                .collect();
            if on_conflict == OnConflict::Refuse && !lines.is_empty() {
                let problem = Problem::new(Code::RollbackConflict, "a unique name was taken since");
                return Err(problem.with_details(lines).into());
            }
            conflicts.extend(lines);
            break;
        }
        open = stuck;
    }
    Ok(conflicts)
}

/// Writes records that wait for each other's unique names: all of them let go first. Gives back those whose name
/// belongs to somebody else, and why.
fn exchange(
    draft: &mut Draft<'_>,
    mut ring: Vec<(EntityId, Option<Record>)>,
) -> Result<Vec<(EntityId, Box<Problem>)>, Stop> {
    let mut refused = Vec::new();
    'again: loop {
        let savepoint = draft.savepoint();
        for (id, copy) in &ring {
            draft.let_go(*id, copy.as_ref())?;
        }
        for (place, (id, copy)) in ring.iter().enumerate() {
            match write(draft, *id, copy.clone()) {
                Ok(()) => {}
                Err(Stop::Refused(problem)) if problem.code == Code::Taken => {
                    draft.revert(savepoint);
                    refused.push((*id, problem));
                    ring.remove(place);
                    continue 'again;
                }
                Err(stop) => return Err(stop),
            }
        }
        return Ok(refused);
    }
}

fn write(draft: &mut Draft<'_>, id: EntityId, copy: Option<Record>) -> Result<(), Stop> {
    match copy {
        Some(record) => {
            if draft.put(record, Cause::Rollback)? {
                draft.event(&format!("{}.rolled_back", id.kind), id, []);
                draft.subject(id);
            }
        }
        None => {
            let Some(record) = draft.record(id)? else {
                return Ok(());
            };
            if id.kind == Kind::User {
                // A person that was created is put aside, not destroyed: undeleting brings the person back.
                let mut record = (*record).clone();
                record.set("deleted_at", Some(draft.context.now.into()));
                draft.put(record, Cause::Rollback)?;
            } else {
                draft.remove(id, Cause::Rollback)?;
            }
            draft.event(&format!("{}.rolled_back", id.kind), id, []);
            draft.subject(id);
        }
    }
    Ok(())
}

/// Notes of who touched it when are no conflict.
fn is_note(name: &str) -> bool {
    matches!(name, "changed_at" | "changed_by" | "schema_epoch")
}

fn undo_record(copy: &mut Option<Record>, step: Step, delta: &Delta, id: EntityId) -> Result<(), String> {
    match (step, copy.as_mut()) {
        (Step::Remove, None) => {
            if id.kind == Kind::User {
                return Err(format!("{id}: a purged user cannot come back"));
            }
            let mut record = Record::new(id);
            delta.undo(&mut record.attributes);
            *copy = Some(record);
            Ok(())
        }
        (Step::Remove, Some(_)) => Err(format!("{id}: it was created again since")),
        (_, None) => Err(format!("{id}: it was removed since")),
        (Step::Create, Some(record)) => {
            let changed =
                record
                    .attributes
                    .iter()
                    .filter(|(name, _)| !is_note(name))
                    .find(|(name, value)| {
                        delta.values.get(*name).and_then(|(_, new)| new.as_ref()) != Some(*value)
                    });
            if let Some((name, _)) = changed {
                return Err(format!("{id}: `{name}` was changed since"));
            }
            *copy = None;
            Ok(())
        }
        (Step::Update, Some(record)) => {
            for (name, (old, new)) in delta.values.iter().filter(|(name, _)| !is_note(name)) {
                if record.value(name) != new.as_ref() && record.value(name) != old.as_ref() {
                    return Err(format!("{id}: `{name}` was changed since"));
                }
            }
            for (name, (old, _)) in delta.values.iter().filter(|(name, _)| !is_note(name)) {
                record.set(name, old.clone());
            }
            // An erased person's salt is gone and stays so.
            record.salt = salt(Some(&*record));
            Ok(())
        }
    }
}

fn edge_conflict(after: &Option<Edge>, from: EntityId, to: EntityId, relation: &str) -> String {
    let what = if after.is_some() {
        "was changed or removed since"
    } else {
        "was made again since"
    };
    format!("{from} {relation} {to}: {what}")
}
