//! Decisions from memory: `can` with plain texts.

use std::sync::Arc;

use iam_core::wire::TextDecider;

use crate::{Acting, IamError, run::run};

/// Decisions from memory, for any user of the realm.
///
/// What a decision needs is read when it is first asked for, and kept up with every commit of this process. Commits of
/// other processes count from the next refresh on; `access.can` asks the storage each time instead.
#[derive(Debug, uniffi::Object)]
pub struct Decider(Arc<TextDecider>);

#[uniffi::export]
impl Acting {
    /// Decisions from memory.
    ///
    /// # Errors
    /// When the storage fails, or the actor is a user: only the host decides about others.
    pub async fn decider(&self) -> Result<Arc<Decider>, IamError> {
        let acting = self.0.clone();
        let decider = run(None, async move { TextDecider::new(&acting).await });
        Ok(Arc::new(Decider(Arc::new(decider.await?))))
    }
}

#[uniffi::export]
impl Decider {
    /// Whether a user may do something with a record, such as `view` or `invoice:approve`, when the answer is in memory;
    /// nothing when it is not. Never waits.
    ///
    /// # Errors
    /// When an identifier is none.
    pub fn known(&self, user: &str, action: &str, target: &str) -> Result<Option<bool>, IamError> {
        Ok(self.0.known(user, action, target)?)
    }

    /// Whether a user may do something with a record; what is not in memory is read.
    ///
    /// # Errors
    /// When an identifier is none, or the storage fails.
    pub async fn can(&self, user: String, action: String, target: String) -> Result<bool, IamError> {
        if let Some(answer) = self.0.known(&user, &action, &target)? {
            return Ok(answer);
        }
        let decider = self.0.clone();
        Ok(run(None, async move { decider.can(&user, &action, &target).await }).await?)
    }

    /// One answer for each target, in their order.
    ///
    /// # Errors
    /// When an identifier is none, or the storage fails.
    pub async fn can_all(
        &self,
        user: String,
        action: String,
        targets: Vec<String>,
    ) -> Result<Vec<bool>, IamError> {
        let decider = self.0.clone();
        Ok(run(
            None,
            async move { decider.can_all(&user, &action, &targets).await },
        )
        .await?)
    }

    /// Takes in what other processes have committed.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn refresh(&self) -> Result<(), IamError> {
        let decider = self.0.clone();
        Ok(run(None, async move { decider.refresh().await }).await?)
    }
}
