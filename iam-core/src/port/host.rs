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

    /// A pepper for password hashes: the present one, or the one with this identifier; `None` when the host uses none.
    /// A hash can be checked only as long as its pepper can be had.
    ///
    /// # Errors
    /// When the vault does not answer; then no password can be set or checked.
    fn pepper(&self, identifier: Option<&str>) -> Result<Option<Pepper>, VaultError> {
        let _ = identifier;
        Ok(None)
    }
}

/// A key that goes into every password hash and is kept apart from the database.
#[derive(Clone, PartialEq, Eq)]
pub struct Pepper {
    /// Which one it is, at most eight letters and digits: kept beside each hash.
    pub identifier: String,
    /// The key.
    pub key: zeroize::Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Pepper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pepper({})", self.identifier)
    }
}
