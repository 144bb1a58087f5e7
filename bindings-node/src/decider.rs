//! Decisions from memory: `can` with plain texts.

use iam_core::wire::TextDecider;
use napi_derive::napi;

use crate::{Acting, raised};

/// Decisions from memory.
#[napi]
pub struct Decider(TextDecider);

#[napi]
impl Acting {
    /// Decisions about any user of the realm.
    #[napi]
    pub async fn decider(&self) -> napi::Result<Decider> {
        raised(TextDecider::new(&self.0).await).map(Decider)
    }
}

#[napi]
impl Decider {
    /// Whether a user may do something with a record, when that is in memory.
    #[napi]
    pub fn known(&self, user: String, action: String, target: String) -> napi::Result<Option<bool>> {
        raised(self.0.known(&user, &action, &target))
    }

    /// The same, reading what is missing.
    #[napi]
    pub async fn learn(&self, user: String, action: String, target: String) -> napi::Result<bool> {
        raised(self.0.can(&user, &action, &target).await)
    }

    /// One answer for each target, when all of them are in memory. The targets lie in one text, a line for each, and the
    /// answers in one, `1` or `0` for each: a thousand of them cross the border at once.
    #[napi]
    pub fn known_all(&self, user: String, action: String, targets: String) -> napi::Result<Option<String>> {
        let targets = (!targets.is_empty()).then(|| targets.split('\n'));
        let known = raised(self.0.known_all(&user, &action, targets.into_iter().flatten()))?;
        let digits = |answer: Option<bool>| Some(if answer? { '1' } else { '0' });
        Ok(known.into_iter().map(digits).collect())
    }

    /// The same, reading what is missing.
    #[napi]
    pub async fn learn_all(
        &self,
        user: String,
        action: String,
        targets: Vec<String>,
    ) -> napi::Result<Vec<bool>> {
        raised(self.0.can_all(&user, &action, &targets).await)
    }

    /// Takes in what other processes have committed.
    #[napi]
    pub async fn refresh(&self) -> napi::Result<()> {
        raised(self.0.refresh().await)
    }
}
