//! One call undoes a run.

use iam_core::{
    command::UpdateSource,
    model::{ChangeSetId, EntityId, SourceId, SourceMode, SyncRunId},
    port::AuditQuery,
    service::{Acting, OnConflict, Undo},
    wire::{Code, Problem},
};
use serde::{Deserialize, Serialize};

use super::Sources;

/// What undoing a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Commits that were taken back.
    pub commits: u64,
    /// What was changed since and stays as it is, one line each.
    pub kept: Vec<String>,
}

impl Sources {
    /// Takes back everything that a run did, the latest first; what was changed since stays, and is named. The source
    /// looks only from then on, so that the next run does not do it all again.
    ///
    /// # Errors
    /// When the run did nothing, or the storage fails. It can be called again then, and goes on.
    pub async fn undo(&self, acting: &Acting<'_>, run: SyncRunId) -> Result<Undone, Problem> {
        let record = acting.get(run).await?;
        let change_set: ChangeSetId = record
            .text("change_set")
            .parse::<EntityId>()
            .and_then(ChangeSetId::try_from)
            .map_err(|_| Problem::new(Code::NotFound, "the run did nothing").about(run))?;
        if let Some(source) = record
            .reference("identity_source")
            .and_then(|id| SourceId::try_from(id).ok())
            && let Some(known) = acting.find(source).await?
            && !known.is_deleted()
        {
            let mut update = UpdateSource::new(source).mode(SourceMode::LookOnly);
            // Other rules make the next run a full one; so do the same rules written again.
            update.rules = iam_core::rules::structure::from_record(&known, "rules");
            acting.execute(update).await?;
        }
        self.undo_change_set(acting, change_set).await
    }

    /// Takes back everything of one change set, commit by commit.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn undo_change_set(
        &self,
        acting: &Acting<'_>,
        change_set: ChangeSetId,
    ) -> Result<Undone, Problem> {
        let mut undone = Undone::default();
        let mut until = None;
        loop {
            let rows = acting
                .audit(AuditQuery {
                    change_set: Some(change_set),
                    newest_first: true,
                    until,
                    limit: 500,
                    ..AuditQuery::default()
                })
                .await?;
            let Some(last) = rows.last() else {
                return Ok(undone);
            };
            until = Some(iam_core::port::Revision(last.revision.0.saturating_sub(1)));
            for row in rows {
                if row.outcome != iam_core::port::Outcome::Accepted || row.channel == "rollback" {
                    continue;
                }
                let outside = acting
                    .clone()
                    .outside_change_set()
                    .because("a run of an identity source is undone");
                match outside
                    .rollback(&Undo::Revision(row.revision), OnConflict::Skip)
                    .await
                {
                    Ok(executed) => {
                        undone.commits += 1;
                        undone.kept.extend(executed.remarks);
                    }
                    // Undone before, or nothing in it.
                    Err(problem) if matches!(problem.code, Code::NotFound | Code::Revision) => {}
                    Err(problem) => return Err(problem),
                }
            }
            if until == Some(iam_core::port::Revision(0)) {
                return Ok(undone);
            }
        }
    }
}
