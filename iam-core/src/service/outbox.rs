//! The outbox from the side of a worker: take work, do it, say what became of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Iam;
use crate::{
    model::RealmId,
    plan::Effect,
    port::{LeasedEffect, Revision, Settled},
    wire::{Code, Problem},
};

/// Effects that one lease gives at most.
const MOST: usize = 1_000;
/// A lease lasts a day at most: whoever dies with it is waited for so long.
const LONGEST: u32 = 86_400;

/// Something that is to be done outside, and that its worker alone does until the lease ends.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Work {
    /// The realm that it happened in.
    pub realm: RealmId,
    /// Its number in the outbox.
    pub number: u64,
    /// The commit that asked for it.
    pub revision: Revision,
    /// What is to be done.
    pub effect: Effect,
    /// How often it was tried before.
    pub attempts: u32,
}

impl From<LeasedEffect> for Work {
    fn from(leased: LeasedEffect) -> Self {
        let LeasedEffect {
            realm,
            number,
            revision,
            effect,
            attempts,
        } = leased;
        Work {
            realm,
            number,
            revision,
            effect,
            attempts,
        }
    }
}

/// Work that did not succeed.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The number of the work.
    pub number: u64,
    /// What went wrong, for whoever looks into it. No secret, nothing personal.
    pub reason: String,
    /// Seconds until it may be tried again, by any worker.
    #[serde(default = "minute")]
    pub again_in: u32,
}

pub(crate) fn minute() -> u32 {
    60
}

impl Iam {
    /// Gives a worker what is to be done outside: of each subject one thing at a time, in order, over all realms.
    ///
    /// For `seconds` nobody else gets it. Work that is not [settled](Iam::settle) by then is given out again, so it is
    /// done at least once; the key of an effect tells its second time from a second one.
    ///
    /// ```
    /// # use iam_core::{service::Iam, wire::Problem};
    /// # async fn run(iam: &Iam) -> Result<(), Problem> {
    /// for work in iam.lease("mailer-1", 10, 60).await? {
    ///     println!("{}: {}", work.effect.name, work.effect.subject);
    ///     iam.settle("mailer-1", &[work.number], &[]).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Code::Malformed`] when the worker has no name or a figure is beyond its limit (1 to 1,000 effects, 1 second to a
    /// day); failures of the storage.
    pub async fn lease(&self, worker: &str, limit: usize, seconds: u32) -> Result<Vec<Work>, Problem> {
        named(worker)?;
        if !(1..=MOST).contains(&limit) {
            return Err(malformed("limit", "a lease gives 1 to 1000 effects"));
        }
        if !(1..=LONGEST).contains(&seconds) {
            return Err(malformed("seconds", "a lease lasts from 1 second to a day"));
        }
        let now = self.shared.host.clock.now();
        let until = now.plus_seconds(i64::from(seconds));
        let leased = self.shared.storage.lease(worker, now, until, limit).await?;
        Ok(leased.into_iter().map(Work::from).collect())
    }

    /// Notes what became of leased work. A worker whose lease has ended settles nothing: somebody else has the work.
    ///
    /// # Errors
    /// [`Code::Malformed`] when the worker has no name; failures of the storage.
    pub async fn settle(&self, worker: &str, done: &[u64], failed: &[Failure]) -> Result<(), Problem> {
        named(worker)?;
        let now = self.shared.host.clock.now();
        let settled = |number, retry| Settled {
            number,
            worker: worker.to_owned(),
            retry,
        };
        let mut results: Vec<Settled> = done.iter().map(|number| settled(*number, None)).collect();
        results.extend(failed.iter().map(|failure| {
            let again = now.plus_seconds(i64::from(failure.again_in));
            settled(failure.number, Some((again, failure.reason.clone())))
        }));
        Ok(self.shared.storage.settle(&results).await?)
    }
}

fn named(worker: &str) -> Result<(), Problem> {
    match worker.chars().count() {
        1..=100 => Ok(()),
        _ => Err(malformed("worker", "a worker has a name of 1 to 100 characters")),
    }
}

fn malformed(field: &str, message: &str) -> Problem {
    Problem::new(Code::Malformed, message).about(field)
}
