//! Undoing: the inverse of what was committed, under the same guards. Whoever changed a thing since is a conflict
//! that is named, never overwritten.

use serde::{Deserialize, Serialize};

use super::{
    Acting, Executed,
    driver::{self, BatchMode, Label, Step as Decision},
    history::PAGE,
    undo::undo_all,
};
use crate::{
    command::settle,
    model::{ChangeSetId, EntityId, Kind, Moment},
    plan::{Channel, Delta, Difference, Direction, Draft, Needs, Step},
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
pub(super) struct Opened {
    pub recorded: Recorded,
    pub delta: Delta,
    pub unreadable: bool,
}

impl Acting<'_> {
    /// Shows what undoing would do; nothing is written.
    ///
    /// # Errors
    /// When there is nothing to undo, or the storage fails.
    pub async fn preview_rollback(&self, undo: &Undo) -> Result<RollbackPreview, Problem> {
        self.require_on_realm("rollback").await?;
        let (entries, irrevocable) = self.undoing(undo).await?;
        let context = self.context();
        let conflicts = std::sync::Mutex::new(Vec::new());
        let step = |draft: &mut Draft<'_>| {
            let start = draft.savepoint();
            let found = undo_all(draft, &entries, OnConflict::Skip)?;
            settle::settle_rules(draft, start)?;
            *conflicts
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner) = found;
            Ok(())
        };
        let steps: [Decision<'_>; 1] = [&step];
        let (mode, mut work) = (BatchMode::AllOrNothing, Default::default());
        let (decided, _) = self
            .consider(&context, &steps, |_| needs(&entries), mode, None, &mut work)
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
        self.require_on_realm("rollback").await?;
        let (entries, irrevocable) = self.undoing(undo).await?;
        let mut context = self.context();
        context.channel = Channel::Rollback;
        let step = |draft: &mut Draft<'_>| {
            let start = draft.savepoint();
            for conflict in undo_all(draft, &entries, on_conflict)? {
                draft.remark(conflict);
            }
            settle::settle_rules(draft, start)
        };
        let steps: [Decision<'_>; 1] = [&step];
        let digest = serde_json::to_vec(undo).map(|json| {
            use sha2::Digest;
            crate::wire::hex(&sha2::Sha256::digest(&json))
        });
        let label = Label {
            noted: false,
            command: "rollback".to_owned(),
            digest: digest
                .map_err(|e| Problem::new(Code::Malformed, "the rollback cannot be written").caused_by(e))?,
            commands: vec!["rollback"],
            mentioned: Default::default(),
        };
        let needs = |_: &crate::plan::Schema| needs(&entries);
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
        .run(&mut Default::default())
        .await?;
        let mut remarks = done.decided.plan.remarks.clone();
        remarks.extend(irrevocable);
        let of_schema = |entry: &Opened| {
            let kind = entry.recorded.entry.subject.kind;
            matches!(kind, Kind::Realm | Kind::Attribute)
        };
        if done.replayed.is_none() {
            remarks.extend(self.follow_up(&done).await?);
        } else if entries.iter().any(of_schema) {
            remarks.extend(Box::pin(self.reindex_all()).await?);
        }
        Ok(Executed {
            revision: done.revision,
            id: done.replayed.unwrap_or(done.decided.plan.subject),
            events: done.decided.plan.events,
            remarks,
            replayed: done.replayed.is_some(),
            disclosed: std::collections::BTreeMap::new(),
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
        // Of what has no past only the fact is known: sessions do not come back, and neither do used links.
        recorded.retain(|recorded| recorded.entry.subject.kind.has_past());
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

pub(super) fn needs(entries: &[Opened]) -> Needs {
    let mut needs = Needs::default();
    for Opened { recorded, .. } in entries {
        match recorded.entry.edge {
            None => drop(needs.record(recorded.entry.subject)),
            Some(key) => drop(needs.edges(key.from, Direction::From, key.relation)),
        }
    }
    needs
}
