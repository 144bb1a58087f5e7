//! What the engine needs from outside: traits only.

mod connector;
mod host;
mod storage;

pub use connector::{
    Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Presence, Read, Secrets, SourceObject,
};
pub use host::{Clock, Entropy, Vault, VaultError};
pub use storage::{
    AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect, Outcome,
    Recorded, Revision, Seal, Settled, Stamp, Standing, Storage, StorageError, Subjects,
};
