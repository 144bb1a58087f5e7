//! What a run tells while it goes on and when it is over (S0-141 … S0-143).

use std::collections::BTreeMap;

use iam_core::{
    model::{ChangeSetId, EntityId, Moment, Situation, SyncAction, SyncKind},
    wire::{Code, Problem},
};
use serde::{Deserialize, Serialize};

use super::Run;

/// What was done with the objects of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KindCounts {
    /// Objects that the source named.
    pub read: u64,
    /// Records created.
    pub created: u64,
    /// Records changed.
    pub updated: u64,
    /// Records linked that were here before.
    pub linked: u64,
    /// Objects that ask for what is here already.
    pub unchanged: u64,
    /// Objects left alone.
    pub ignored: u64,
    /// Records disabled.
    pub disabled: u64,
    /// Records deleted.
    pub deleted: u64,
    /// Links taken away.
    pub unlinked: u64,
    /// Objects that somebody has to look at.
    pub review: u64,
    /// Objects of which nothing could be written.
    pub failed: u64,
    /// Objects that were written without a reference that leads nowhere.
    pub incomplete: u64,
    /// Linked objects that the source does not have any more.
    pub missing: u64,
}

/// What a run did so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// By kind.
    pub kinds: BTreeMap<SyncKind, KindCounts>,
    /// Findings, those that are not kept included.
    pub findings: u64,
}

impl Counts {
    /// The counts of a kind.
    pub fn of(&self, kind: SyncKind) -> KindCounts {
        self.kinds.get(&kind).copied().unwrap_or_default()
    }

    fn sum(&self, count: impl Fn(&KindCounts) -> u64) -> u64 {
        self.kinds.values().map(count).sum()
    }
}

/// Something that somebody should look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Of which kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SyncKind>,
    /// The object, as the source names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The record here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<EntityId>,
    /// The situation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Situation>,
    /// What was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<SyncAction>,
    /// A stable code.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// The attributes that change, or would.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}

impl Finding {
    /// About the run as a whole.
    pub fn of_run(code: &str, message: &str) -> Finding {
        Finding {
            kind: None,
            object: None,
            record: None,
            situation: None,
            action: None,
            code: code.to_owned(),
            message: message.to_owned(),
            changes: Vec::new(),
        }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Everything was done.
    Succeeded,
    /// Something was done, something was not: alert level 2 (S0-143).
    Partial,
    /// Nothing was done: alert level 1 (S0-142).
    Failed,
    /// It stopped at a threshold: alert level 1.
    Stopped,
    /// Somebody cancelled it.
    Cancelled,
}

impl RunState {
    /// The name as it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            RunState::Succeeded => "succeeded",
            RunState::Partial => "partial",
            RunState::Failed => "failed",
            RunState::Stopped => "stopped",
            RunState::Cancelled => "cancelled",
        }
    }
}

/// What a run did, or would do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RunReport {
    /// How it ended.
    pub state: RunState,
    /// It looked only: nothing was written.
    pub look_only: bool,
    /// All that it wrote; with it the run can be undone.
    pub change_set: ChangeSetId,
    /// What it did, by kind.
    pub counts: Counts,
    /// What somebody should look at; 500 at most, the counts say how many there were.
    pub findings: Vec<Finding>,
    /// Why it ended early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
    /// When it began.
    pub started_at: Moment,
    /// When it ended.
    pub finished_at: Moment,
}

/// Watches a run. Every method has a default that does nothing.
pub trait Observer: Send + Sync {
    /// Another page is done.
    fn progress(&mut self, _counts: &Counts) {}

    /// Something was found.
    fn finding(&mut self, _finding: &Finding) {}

    /// What is decided about an object, also when nothing is wrong with it.
    fn decided(&mut self, _finding: &Finding) {}

    /// Whether to stop; asked between pages.
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Observer for () {}

impl Run<'_> {
    pub(super) fn report(
        self,
        change_set: ChangeSetId,
        started_at: Moment,
        ended: Result<(), Problem>,
    ) -> RunReport {
        let counts = self.counts;
        let wrong = counts.sum(|kind| kind.failed + kind.incomplete);
        let done = counts.sum(|kind| {
            kind.created
                + kind.updated
                + kind.linked
                + kind.unchanged
                + kind.disabled
                + kind.deleted
                + kind.unlinked
                + kind.ignored
        });
        let state = match &ended {
            Ok(()) if wrong > 0 && done == 0 => RunState::Failed,
            Ok(()) if wrong > 0 => RunState::Partial,
            Ok(()) => RunState::Succeeded,
            Err(problem) if problem.code == Code::Cancelled => RunState::Cancelled,
            Err(problem) if problem.code == Code::Threshold => RunState::Stopped,
            Err(_) if done > 0 => RunState::Partial,
            Err(_) => RunState::Failed,
        };
        RunReport {
            state,
            look_only: self.look_only,
            change_set,
            counts,
            findings: self.findings,
            problem: ended.err(),
            started_at,
            finished_at: self.clock.now(),
        }
    }
}
