//! Long computations, away from the threads of the host.

use std::fmt::Debug;

use async_trait::async_trait;

/// A computation that owns what it needs and leaves its result where the one who asked looks for it.
pub type Job = Box<dyn FnOnce() + Send>;

/// The computation was not carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ComputeError {
    /// More is waiting than may wait; nothing was done.
    #[error("too many computations are waiting")]
    Full,
    /// The computation broke off.
    #[error("the computation broke off")]
    Broken,
}

/// Carries out computations that take milliseconds and megabytes: password hashes. A bounded number at a time, so that
/// a flood of sign-ins leaves processor and memory to the host.
#[async_trait]
pub trait Compute: Debug + Send + Sync {
    /// Carries out a computation and returns when it is done. The calling thread is not blocked meanwhile.
    ///
    /// # Errors
    /// [`ComputeError::Full`] when too many wait already.
    async fn run(&self, job: Job) -> Result<(), ComputeError>;
}
