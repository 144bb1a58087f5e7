//! Records that the table no longer mentions.

use iam_core::{
    command::{Command, DisableOrganization, DisablePosition, DisableUser, DisabledBy},
    model::{EntityId, Kind},
    search::{Predicate, Search},
    service::BatchMode,
    wire::{Code, Problem},
};

use super::{MissingLimit, lookup, run::Run};

impl Run<'_> {
    /// Disables them, within the limit.
    pub(super) async fn disable_missing(
        &mut self,
        among: Option<Predicate>,
        limit: MissingLimit,
    ) -> Result<(), Problem> {
        let refused = |message: String| {
            Err(Problem::new(
                Code::Invalid,
                format!("nobody was disabled: {message}"),
            ))
        };
        if self.report.rows == 0 {
            return refused("the table has no rows".to_owned());
        }
        if self.unread > 0 {
            return refused(format!(
                "{} rows could not be read, so who is missing cannot be told",
                self.unread
            ));
        }
        let Some(among) = among.or_else(|| {
            self.import
                .name
                .as_ref()
                .map(|name| Predicate::eq("source", name.as_str()))
        }) else {
            return refused("name the import, or say among whom to look".to_owned());
        };
        let filter = among.and(Predicate::eq("administrative_status", "enabled"));
        let all = lookup::all(&self.acting, Search::new(self.import.kind).filter(filter)).await?;
        let mentioned = |id: &EntityId| self.seen.as_ref().is_some_and(|seen| seen.contains(id));
        let missing: Vec<EntityId> = all
            .iter()
            .map(|record| record.id)
            .filter(|id| !mentioned(id))
            .collect();
        let (count, of) = (missing.len() as u64, all.len() as u64);
        self.report.missing = count;
        if limit.is_exceeded(count, of) {
            return refused(format!(
                "{count} of {of} are missing, and only {} of them and {} % may be",
                limit.count, limit.percent
            ));
        }
        for ids in missing.chunks(self.import.chunk) {
            let commands: Vec<Command> = ids.iter().filter_map(|id| disable(*id)).collect();
            let outcome = match self.preview {
                true => self.acting.preview_batch(&commands, None).await?,
                false => self.acting.batch(&commands, BatchMode::Each).await?,
            };
            self.report.disabled += outcome.accepted() as u64;
            for problem in outcome.results.into_iter().filter_map(Result::err) {
                self.report.problems_total += 1;
                self.report.stopped = Some(with_detail(self.report.stopped.take(), &problem));
            }
        }
        Ok(())
    }
}

fn with_detail(stopped: Option<Problem>, problem: &Problem) -> Problem {
    stopped
        .unwrap_or_else(|| Problem::new(Code::Invalid, "some of the missing records could not be disabled"))
        .with_details([problem.to_string()])
}

fn disable(id: EntityId) -> Option<Command> {
    Some(match id.kind {
        Kind::User => DisableUser {
            user: id.try_into().ok()?,
            by: DisabledBy::Source,
        }
        .into(),
        Kind::Organization => DisableOrganization {
            organization: id.try_into().ok()?,
        }
        .into(),
        Kind::Position => DisablePosition {
            position: id.try_into().ok()?,
        }
        .into(),
        _ => return None,
    })
}
