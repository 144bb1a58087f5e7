//! What the engine needs from outside: traits only.

mod compute;
mod host;
mod storage;

pub use compute::{Compute, ComputeError, Job};
pub use host::{Clock, Entropy, Pepper, Vault, VaultError};
pub use storage::{
    AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect, Outcome,
    Recorded, Revision, Seal, Settled, Stamp, Standing, Storage, StorageError, Subjects,
};
