//! The usual host: the system's clock and randomness, and a vault for a key that the host hands over.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use iam_core::{
    model::Moment,
    port::{Clock, Entropy, Vault, VaultError},
    service::Host,
};

pub use crate::pool::HashPool;

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::from_micros(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        #[expect(
            clippy::expect_used,
            reason = "without randomness nothing may go on: identifiers and salts would repeat"
        )]
        getrandom::fill(&mut seed).expect("the operating system gives randomness");
        seed
    }
}

/// A vault for one key of 32 bytes. Keys for other names are derived from it.
#[derive(Clone)]
pub struct KeyVault(zeroize::Zeroizing<[u8; 32]>);

impl KeyVault {
    /// A vault for a key that the host keeps elsewhere.
    pub fn new(key: [u8; 32]) -> Self {
        KeyVault(zeroize::Zeroizing::new(key))
    }
}

impl std::fmt::Debug for KeyVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyVault")
    }
}

impl Vault for KeyVault {
    fn key(&self, name: &str) -> Result<[u8; 32], VaultError> {
        use sha2::{Digest, Sha256};
        Ok(Sha256::new()
            .chain_update(*self.0)
            .chain_update(name.as_bytes())
            .finalize()
            .into())
    }
}

/// The system's clock and randomness with a key that the host hands over.
pub fn system(key: [u8; 32]) -> Host {
    Host {
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        vault: Arc::new(KeyVault::new(key)),
        compute: Arc::new(HashPool::default()),
    }
}
