//! What the host provides: time, randomness, keys.

use std::fmt::Debug;

use crate::model::Moment;

/// Tells the time. Injected, so that tests and simulations decide what time it is.
pub trait Clock: Debug + Send + Sync {
    /// The present moment.
    fn now(&self) -> Moment;
}

/// Draws random bytes from a source fit for keys.
pub trait Entropy: Debug + Send + Sync {
    /// 32 random bytes.
    fn seed(&self) -> [u8; 32];
}

/// The vault does not give its key.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the vault does not answer: {0}")]
pub struct VaultError(pub String);

/// Keeps the key from which the keys of persons are derived. Keep it outside of the database: whoever has only a
/// copy of the database can then read no personal value in its journal.
pub trait Vault: Debug + Send + Sync {
    /// 32 bytes, always the same for the same name.
    ///
    /// # Errors
    /// When the key cannot be had; the operation fails and nothing is changed.
    fn key(&self, name: &str) -> Result<[u8; 32], VaultError>;
}
