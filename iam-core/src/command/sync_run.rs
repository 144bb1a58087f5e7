//! Runs of identity sources: asked for, leased by one worker, noted as they go on, ended (S0-140, S0-141).

use serde::{Deserialize, Serialize};

use super::{Decide, declared, provenance};
use crate::{
    model::{ChangeSetId, EntityId, Kind, Moment, Record, RunMode, SourceId, SyncRunId, Value},
    plan::{Cause, Draft, Needs, Stop},
    rules::structure,
    wire::{Code, FieldProblem, Problem},
};

/// Asks for a run of an identity source (S0-140). It is carried out by whichever worker leases it first, not by the
/// caller. Refused while the source is disabled.
///
/// ```
/// use iam_core::{command::RequestSync, model::SourceId};
///
/// let command = RequestSync::new(SourceId(uuid::Uuid::nil()));
/// assert!(command.due_at.is_none(), "at once");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestSync {
    /// An identifier brought along; drawn when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<SyncRunId>,
    /// The source.
    pub source: SourceId,
    /// What it reads.
    #[serde(default)]
    pub mode: RunMode,
    /// For a filtered run: which objects, in the connector's own syntax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Not before then; at once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Moment>,
    /// Only show what it would do, also when the source is active.
    #[serde(default)]
    pub look_only: bool,
}

/// Leases a run that waits, or whose worker has not been heard of since its lease ended. Refused while another worker
/// holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartSync {
    /// The run.
    pub run: SyncRunId,
    /// Who leases it.
    pub worker: String,
    /// Until when, unless the worker is heard of before.
    pub until: Moment,
    /// The change set of the run; a run that goes on keeps the one it has.
    pub change_set: ChangeSetId,
}

/// Notes how far a run is, and keeps the lease. Refused when the worker has lost it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteSync {
    /// The run.
    pub run: SyncRunId,
    /// Who holds the lease.
    pub worker: String,
    /// Until when from now on.
    pub until: Moment,
    /// Where it would go on.
    pub place: Value,
    /// What it did so far, by name.
    pub counts: Value,
}

/// Ends a run with its counts and findings; a run that failed or succeeded in part tells whoever should know when the
/// source has alerts on (S0-126, S0-142, S0-143).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FinishSync {
    /// The run.
    pub run: SyncRunId,
    /// Who holds the lease.
    pub worker: String,
    /// `succeeded`, `partial`, `failed`, `stopped` or `cancelled`.
    pub state: String,
    /// What it did, by name.
    pub counts: Value,
    /// What somebody should look at, one structure each; 500 at most are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Value>,
    /// Why it ended early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Value>,
    /// Where the next incremental run goes on, by kind; absent: where it went on before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Value>,
}

/// Asks a run to stop at the next page. A run that waits is over at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelSync {
    /// The run.
    pub run: SyncRunId,
}

/// Forgets a run that is over, with its log. Its changes stay, and can still be undone by their change set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgetSync {
    /// The run.
    pub run: SyncRunId,
}

impl Decide for ForgetSync {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.run);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        if matches!(draft.live(self.run)?.text("state"), "requested" | "running") {
            return Err(lost(self.run, "the run is not over"));
        }
        draft.subject(self.run);
        draft.remove(self.run, Cause::Requested)
    }
}

impl RequestSync {
    /// A full run, at once.
    pub fn new(source: SourceId) -> Self {
        RequestSync {
            id: None,
            source,
            mode: RunMode::Full,
            filter: None,
            due_at: None,
            look_only: false,
        }
    }
}

fn lost(run: SyncRunId, message: &str) -> Stop {
    Problem::new(Code::RunLease, message).about(run).into()
}

/// The run, when the worker still holds it.
fn held(draft: &mut Draft<'_>, run: SyncRunId, worker: &str) -> Result<Record, Stop> {
    let record = draft.live(run)?;
    if record.text("state") != "running" {
        return Err(lost(run, "the run is over"));
    }
    if record.text("worker") != worker {
        return Err(lost(run, "another worker holds the run"));
    }
    Ok((*record).clone())
}

impl Decide for RequestSync {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.source);
        needs.records.extend(self.id.map(EntityId::from));
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        declared(self, draft)?;
        let source = draft.live(self.source)?;
        if source.text("administrative_status") == "disabled" {
            return Err(Problem::new(Code::Transition, "the source is disabled")
                .about(self.source)
                .into());
        }
        if self.mode == RunMode::Filtered
            && self
                .filter
                .as_deref()
                .is_none_or(|filter| filter.trim().is_empty())
        {
            let problem = FieldProblem::new("filter", "value.required", "a filtered run needs a filter");
            return Err(Problem::fields(vec![problem]).into());
        }
        let id = provenance::new_id(draft, Kind::SyncRun, self.id)?;
        let mut record = Record::new(id);
        provenance::note(draft, &mut record, None, None);
        record.set("identity_source", Some(EntityId::from(self.source).into()));
        record.set("mode", Some(self.mode.name().into()));
        record.set("filter", self.filter.as_deref().map(Value::from));
        record.set(
            "look_only",
            Some((self.look_only || source.text("mode") != "active").into()),
        );
        record.set("state", Some("requested".into()));
        record.set("due_at", Some(self.due_at.unwrap_or(draft.context.now).into()));
        draft.subject(id);
        draft.put(record, Cause::Requested)?;
        draft.event("sync.requested", self.source, [("run", id.into())]);
        Ok(())
    }
}

impl Decide for StartSync {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.run);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut record = (*draft.live(self.run)?).clone();
        let now = draft.context.now;
        match record.text("state") {
            "requested" if record.moment("due_at").is_none_or(|due| due <= now) => {}
            "requested" => return Err(lost(self.run, "the run is not due yet")),
            "running" if record.moment("leased_until").is_none_or(|until| until <= now) => {}
            "running" => return Err(lost(self.run, "another worker holds the run")),
            _ => return Err(lost(self.run, "the run is over")),
        }
        record.set("state", Some("running".into()));
        record.set("worker", Some(self.worker.as_str().into()));
        record.set("leased_until", Some(self.until.into()));
        if record.value("started_at").is_none() {
            record.set("started_at", Some(now.into()));
            record.set(
                "change_set",
                Some(EntityId::from(self.change_set).to_string().into()),
            );
        }
        draft.subject(self.run);
        draft.put(record, Cause::Requested)?;
        draft.event("sync.started", self.run, []);
        Ok(())
    }
}

impl Decide for NoteSync {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.run);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut record = held(draft, self.run, &self.worker)?;
        record.set("leased_until", Some(self.until.into()));
        record.set("place", Some(self.place.clone()));
        record.set("counts", Some(self.counts.clone()));
        draft.subject(self.run);
        draft.put(record, Cause::Requested)?;
        Ok(())
    }
}

/// The level of the alert for a state: 1 when the task failed as a whole, 2 when it succeeded in part.
fn alert_level(state: &str) -> Option<i64> {
    match state {
        "failed" | "stopped" => Some(1),
        "partial" => Some(2),
        _ => None,
    }
}

impl Decide for FinishSync {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.run);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        if !["succeeded", "partial", "failed", "stopped", "cancelled"].contains(&self.state.as_str()) {
            let problem = crate::wire::FieldProblem::new(
                "state",
                "value.not_allowed",
                "is succeeded, partial, failed, stopped or cancelled",
            );
            return Err(Problem::fields(vec![problem]).into());
        }
        let mut record = held(draft, self.run, &self.worker)?;
        let mut needs = Needs::default();
        let source = record.reference("identity_source");
        needs.records.extend(source);
        draft.need(needs)?;
        record.set("state", Some(self.state.as_str().into()));
        record.set("finished_at", Some(draft.context.now.into()));
        record.set("leased_until", None);
        record.set("place", None);
        record.set("counts", Some(self.counts.clone()));
        let findings: Vec<Value> = self.findings.iter().take(500).cloned().collect();
        record.set("findings", Some(Value::List(findings)));
        record.set("problem", self.problem.clone());
        let level = alert_level(&self.state);
        record.set("alert_level", level.map(Into::into));
        draft.subject(self.run);
        draft.put(record, Cause::Requested)?;
        draft.event("sync.finished", self.run, [("state", self.state.as_str().into())]);
        let source = match source {
            Some(source) => draft.record(source)?,
            None => None,
        };
        let Some(source) = source else { return Ok(()) };
        let alerts = structure::from_record::<crate::model::SourceRules>(&source, "rules")
            .is_none_or(|rules| rules.alerts);
        if let (Some(level), true) = (level, alerts) {
            let mut details = vec![
                ("level", level.into()),
                ("state", self.state.as_str().into()),
                ("run", EntityId::from(self.run).into()),
                ("counts", self.counts.clone()),
            ];
            details.extend(self.problem.clone().map(|problem| ("problem", problem)));
            draft.effect("sync.alert", source.id, details);
        }
        if let Some(tokens) = &self.tokens
            && source.value("tokens") != Some(tokens)
        {
            let mut source = (*source).clone();
            source.set("tokens", Some(tokens.clone()));
            draft.put(source, Cause::Requested)?;
        }
        Ok(())
    }
}

impl Decide for CancelSync {
    fn needs(&self, needs: &mut Needs) {
        needs.record(self.run);
    }

    fn decide(&self, draft: &mut Draft<'_>) -> Result<(), Stop> {
        let mut record = (*draft.live(self.run)?).clone();
        match record.text("state") {
            "requested" => {
                record.set("state", Some("cancelled".into()));
                record.set("finished_at", Some(draft.context.now.into()));
            }
            "running" => record.set("cancel_requested", Some(true.into())),
            _ => return Err(lost(self.run, "the run is over")),
        }
        draft.subject(self.run);
        draft.put(record, Cause::Requested)?;
        draft.event("sync.cancelled", self.run, []);
        Ok(())
    }
}
