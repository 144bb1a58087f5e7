//! Import, export and synchronization.

pub mod connector;
pub mod export;
pub mod foreign;
pub mod import;
#[cfg(feature = "mail")]
pub mod messenger;
pub mod reconcile;
pub mod table;
