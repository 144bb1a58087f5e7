//! Randomness that repeats itself, and a vault that hides nothing.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sha2::{Digest, Sha256};

use super::VirtualClock;
use crate::{
    model::Moment,
    port::{Compute, ComputeError, Entropy, Job, Vault, VaultError},
    service::Host,
};

/// Draws the same bytes for the same seed, one after the other.
#[derive(Debug)]
pub struct SeededEntropy {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededEntropy {
    /// A source that starts at this seed.
    pub fn new(seed: u64) -> Self {
        SeededEntropy {
            seed,
            drawn: AtomicU64::new(0),
        }
    }
}

impl Entropy for SeededEntropy {
    fn seed(&self) -> [u8; 32] {
        let number = self.drawn.fetch_add(1, Ordering::SeqCst);
        Sha256::new()
            .chain_update(self.seed.to_be_bytes())
            .chain_update(number.to_be_bytes())
            .finalize()
            .into()
    }
}

/// A vault with a key that everybody knows.
#[derive(Debug, Clone, Copy, Default)]
pub struct FixedVault;

impl Vault for FixedVault {
    fn key(&self, name: &str) -> Result<[u8; 32], VaultError> {
        Ok(Sha256::digest(name.as_bytes()).into())
    }
}

/// Computes where it is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct AtOnce;

#[async_trait::async_trait]
impl Compute for AtOnce {
    async fn run(&self, job: Job) -> Result<(), ComputeError> {
        job();
        Ok(())
    }
}

/// A host whose time stands still at 2026-01-01 and whose randomness repeats itself, and its clock.
pub fn host(seed: u64) -> (Host, Arc<VirtualClock>) {
    let clock = Arc::new(VirtualClock::new(Moment::from_micros(1_767_225_600_000_000)));
    let host = Host {
        clock: clock.clone(),
        entropy: Arc::new(SeededEntropy::new(seed)),
        vault: Arc::new(FixedVault),
        compute: Arc::new(AtOnce),
    };
    (host, clock)
}
