//! What the app brings along: a clock, an entropy, a vault. The engine's threads ask them; they must not call the database
//! that they belong to.

use std::{fmt, sync::Arc};

use iam_core::{
    model::Moment,
    port::{Clock, Entropy, Vault, VaultError},
};
use iam_storage::host::SystemEntropy;

/// Tells the time.
#[uniffi::export(rust, foreign)]
pub trait HostClock: Send + Sync {
    /// The present moment: microseconds since 1970 in UTC.
    fn now(&self) -> i64;
}

/// Draws random bytes from a source fit for keys.
#[uniffi::export(rust, foreign)]
pub trait HostEntropy: Send + Sync {
    /// 32 random bytes. Anything else is passed over, and the system's are drawn.
    fn seed(&self) -> Vec<u8>;
}

/// Why a vault does not give its key.
#[derive(Debug, Clone, PartialEq, thiserror::Error, uniffi::Error)]
pub enum HostVaultError {
    /// The key cannot be had now, or not by this app. The reason goes to whoever asked: no secret in it.
    #[error("{reason}")]
    Locked {
        /// Why.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for HostVaultError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // What was thrown may tell more than its caller should know.
        HostVaultError::Locked {
            reason: "the vault failed".to_owned(),
        }
    }
}

/// Keeps the key from which the keys of persons are derived, outside of the database: a key chain, a hardware module.
#[uniffi::export(rust, foreign)]
pub trait HostVault: Send + Sync {
    /// 32 bytes, always the same for the same name.
    ///
    /// # Errors
    /// When the key cannot be had; then nothing is done.
    fn key(&self, name: String) -> Result<Vec<u8>, HostVaultError>;
}

/// One of them, for the engine.
struct Port<T: ?Sized>(Arc<T>);

impl<T: ?Sized> fmt::Debug for Port<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Port")
    }
}

impl Clock for Port<dyn HostClock> {
    fn now(&self) -> Moment {
        Moment::from_micros(self.0.now())
    }
}

impl Entropy for Port<dyn HostEntropy> {
    fn seed(&self) -> [u8; 32] {
        self.0.seed().try_into().unwrap_or_else(|_| SystemEntropy.seed())
    }
}

impl Vault for Port<dyn HostVault> {
    fn key(&self, name: &str) -> Result<[u8; 32], VaultError> {
        let key = self
            .0
            .key(name.to_owned())
            .map_err(|error| VaultError(error.to_string()))?;
        key.try_into()
            .map_err(|_| VaultError("a key has 32 bytes".to_owned()))
    }
}

pub(crate) fn ports(
    clock: Option<Arc<dyn HostClock>>,
    entropy: Option<Arc<dyn HostEntropy>>,
    vault: Option<Arc<dyn HostVault>>,
) -> iam_storage::Ports {
    iam_storage::Ports {
        clock: clock.map(|clock| Arc::new(Port(clock)) as Arc<dyn Clock>),
        entropy: entropy.map(|entropy| Arc::new(Port(entropy)) as Arc<dyn Entropy>),
        vault: vault.map(|vault| Arc::new(Port(vault)) as Arc<dyn Vault>),
    }
}
