//! What the engine needs from outside: traits only.

mod compute;
mod connector;
pub mod connector_suite;
mod host;
mod messenger;
mod storage;

pub use compute::{Compute, ComputeError, Job};
pub use connector::{
    Connection, Connector, ConnectorError, Cursor, ObjectClass, Objects, Presence, Read, Secrets,
    SourceObject,
};
pub use host::{Clock, Entropy, Pepper, Vault, VaultError};
pub use messenger::{Attachment, DeliveryError, EffectHandler, Message, MessageChannel, Messenger};
pub use storage::{
    AuditQuery, AuditRecord, Committed, Find, HistoryQuery, Inspected, Inspection, LeasedEffect, Outcome,
    Recorded, Revision, Seal, Settled, Stamp, Standing, Storage, StorageError, Subjects,
};
