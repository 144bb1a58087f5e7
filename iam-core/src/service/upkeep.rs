//! What falls due: validities that end, retention periods that are over.

use serde::{Deserialize, Serialize};

use super::{Acting, driver::BatchMode};
use crate::{
    command::{Command, DeleteMode, DeleteUser, ExpireUser},
    model::{Kind, UserId, Value},
    plan::Channel,
    search::{Deleted, Operator, Predicate, Search},
    wire::Problem,
};

/// What an upkeep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Upkeep {
    /// Users disabled because their validity ended (S0-26).
    pub expired: usize,
    /// Soft-deleted users purged because the retention period is over (S1-60).
    pub purged: usize,
}

/// Records handled in one commit.
const PART: u32 = 200;

impl Acting {
    /// Does what has fallen due in the realm. Call it now and then, from one process or several: a user that was
    /// handled is not handled again.
    ///
    /// # Errors
    /// When the storage fails; what was done until then stays done.
    pub async fn upkeep(&self) -> Result<Upkeep, Problem> {
        let timer = self.clone().through(Channel::Timer);
        let now = self.shared.host.clock.now();
        let settings = self
            .shared
            .reload_schema(self.storage(), self.realm)
            .await?
            .settings
            .clone();
        let due = Predicate::eq("administrative_status", "enabled").and(before("valid_until", now));
        let expired = timer
            .each(due, Deleted::Exclude, |user| ExpireUser { user }.into())
            .await?;
        let over = before("deleted_at", now.plus_days(-i64::from(settings.retention_days)));
        let purged = timer
            .each(over, Deleted::Only, |user| {
                DeleteUser {
                    user,
                    mode: DeleteMode::Purge,
                }
                .into()
            })
            .await?;
        Ok(Upkeep { expired, purged })
    }

    async fn each(
        &self,
        due: Predicate,
        deleted: Deleted,
        command: fn(UserId) -> Command,
    ) -> Result<usize, Problem> {
        let mut done = 0;
        let mut search = Search::new(Kind::User).filter(due).deleted(deleted).limit(PART);
        loop {
            let page = self.search(&search).await?;
            let commands: Vec<Command> = page
                .items
                .iter()
                .filter_map(|record| UserId::try_from(record.id).ok())
                .map(command)
                .collect();
            if !commands.is_empty() {
                done += self.batch(&commands, BatchMode::Each).await?.accepted();
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(done),
            }
        }
    }
}

/// Set, and not after the moment.
fn before(attribute: &str, moment: crate::model::Moment) -> Predicate {
    Predicate::Compare {
        attribute: attribute.to_owned(),
        operator: Operator::Le,
        value: Value::from(moment),
    }
}
