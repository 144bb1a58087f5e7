//! What falls due: validities that end, retention periods that are over.

use std::{future::Future, pin::Pin};

use serde::{Deserialize, Serialize};

use super::{
    Acting,
    driver::{BatchMode, Done},
};
use crate::{
    command::{Command, DeleteMode, DeleteUser, ExpireUser, ReindexRecord},
    model::{EntityId, Kind, Moment, UserId, Value},
    plan::{Cause, Channel, Draft, Needs, Plan, Schema},
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
    /// Memberships that came or went because time passed, or because a change of a rule was interrupted.
    #[serde(default, skip_serializing_if = "is_none")]
    pub ruled: usize,
    /// Sessions, links and counters removed because they had run out: links thirty days after their end, so that whoever
    /// opens an old one is told why it cannot be used.
    pub swept: usize,
}

/// What follows a commit: boxed, because it commits, and something may follow that.
pub(super) type FollowUp<'a> = Pin<Box<dyn Future<Output = Result<Vec<String>, Problem>> + Send + 'a>>;

/// Days for which a link that ended is kept.
const LINK_DAYS: i64 = 30;

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Records handled in one commit.
const PART: u32 = 200;

impl Acting<'_> {
    /// Does what has fallen due in the realm. Call it now and then, from one process or several: a user that was
    /// handled is not handled again.
    ///
    /// # Errors
    /// When the storage fails; what was done until then stays done.
    pub async fn upkeep(&self) -> Result<Upkeep, Problem> {
        self.require_on_realm("update").await?;
        let timer = self.aside().through(Channel::Timer);
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
        let mut swept = 0;
        for (kind, until) in [
            (Kind::Session, now),
            (Kind::Counter, now),
            (Kind::Link, now.plus_days(-LINK_DAYS)),
        ] {
            swept += timer.sweep(kind, until).await?;
        }
        let ruled = timer.apply_due_rules().await?;
        Ok(Upkeep {
            expired,
            purged,
            ruled,
            swept,
        })
    }

    /// Removes the records of a kind that had run out at a moment.
    async fn sweep(&self, kind: Kind, until: Moment) -> Result<usize, Problem> {
        let mut swept = 0;
        let mut search = Search::new(kind).filter(before("expires_at", until)).limit(PART);
        loop {
            let page = self.search(&search).await?;
            let ids: Vec<EntityId> = page.items.iter().map(|record| record.id).collect();
            if !ids.is_empty() {
                let needs = |_: &Schema| Needs {
                    records: ids.iter().copied().collect(),
                    ..Needs::default()
                };
                let step = |draft: &mut Draft<'_>| {
                    let mut removed = 0;
                    for id in &ids {
                        let record = draft.record(*id)?;
                        // It may have gone on meanwhile.
                        if record
                            .is_some_and(|record| record.moment("expires_at").is_some_and(|at| at <= until))
                        {
                            draft.remove(*id, Cause::Timer)?;
                            removed += 1;
                        }
                    }
                    Ok(removed)
                };
                swept += self.carry_out("upkeep.sweep", &needs, step).await?.outcome;
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(swept),
            }
        }
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

impl Acting<'_> {
    /// Brings the unique names of a kind into line with the schema, after the uniqueness of an attribute changed.
    /// Returns one line for each record whose value another record holds: it stays without the name until either of
    /// them changes.
    ///
    /// # Errors
    /// When the storage fails; what was done until then stays done, and calling again goes on.
    pub async fn reindex(&self, kind: Kind, attribute: &str) -> Result<Vec<String>, Problem> {
        self.require_on_realm("update").await?;
        let mut search = Search::new(kind).deleted(Deleted::Include).limit(PART);
        let mut conflicts = Vec::new();
        let aside = self.aside();
        loop {
            let page = self.search(&search).await?;
            let command = |record: &std::sync::Arc<crate::model::Record>| {
                ReindexRecord {
                    record: record.id,
                    attribute: attribute.to_owned(),
                }
                .into()
            };
            let commands: Vec<Command> = page
                .items
                .iter()
                .filter(|record| record.value(attribute).is_some())
                .map(command)
                .collect();
            if !commands.is_empty() {
                let outcome = aside.batch(&commands, BatchMode::Each).await?;
                let refused = commands
                    .iter()
                    .zip(outcome.results)
                    .filter_map(|(command, result)| Some((command, result.err()?)));
                for (command, problem) in refused {
                    if let Command::ReindexRecord(reindex) = command {
                        conflicts.push(format!("{}: {}", reindex.record, problem.message));
                    }
                }
            }
            match page.next {
                Some(next) => search = search.cursor(next),
                None => return Ok(conflicts),
            }
        }
    }

    /// Does what a committed change asks for in many small steps.
    pub(super) fn follow_up<'a>(&'a self, done: &'a Done) -> FollowUp<'a> {
        Box::pin(async move {
            // It follows by itself, whoever made the change.
            let trusted = self.clone().by(crate::plan::Actor::System);
            let mut remarks = trusted.reindex_after(&done.decided.plan).await?;
            remarks.extend(trusted.apply_rules_after(done).await?);
            Ok(remarks)
        })
    }

    /// Reindexes what a committed change of the schema asks for: `kind.attribute`, or `*` for every unique attribute.
    async fn reindex_after(&self, plan: &Plan) -> Result<Vec<String>, Problem> {
        let mut conflicts = Vec::new();
        for effect in plan
            .effects
            .iter()
            .filter(|effect| effect.name == "schema.reindex")
        {
            let asked = effect
                .details
                .get("attribute")
                .and_then(Value::as_text)
                .unwrap_or_default();
            if let Some((kind, attribute)) = asked.split_once('.')
                && let Some(kind) = Kind::from_name(kind)
            {
                conflicts.extend(self.reindex(kind, attribute).await?);
            } else if asked == "*" {
                conflicts.extend(self.reindex_all().await?);
            }
        }
        Ok(conflicts)
    }

    /// Reindexes after a command that was found to have been committed before: whoever sent it the first time may not
    /// have come to it.
    pub(super) async fn reindex_again(&self, commands: &[Command]) -> Result<Vec<String>, Problem> {
        let asks =
            |command: &Command| matches!(command.name().split_once('.'), Some(("realm" | "attribute", _)));
        match commands.iter().any(asks) {
            true => self.reindex_all().await,
            false => Ok(Vec::new()),
        }
    }

    /// Brings all unique names into line with the schema.
    pub(super) async fn reindex_all(&self) -> Result<Vec<String>, Problem> {
        let schema = self.shared.reload_schema(self.storage(), self.realm).await?;
        let mut conflicts = Vec::new();
        for kind in Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Realm) {
            for definition in schema.unique_attributes(kind) {
                conflicts.extend(self.reindex(kind, &definition.name).await?);
            }
        }
        Ok(conflicts)
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
