//! What the engine needs from outside: traits only.

mod host;
mod storage;

pub use host::{Clock, Entropy, Vault, VaultError};
pub use storage::{
    AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect, Outcome,
    Recorded, Revision, Seal, Settled, Stamp, Standing, Storage, StorageError, Subjects,
};
