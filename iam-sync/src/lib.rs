//! Import, export and synchronization.

pub mod connector;
pub mod export;
pub mod foreign;
pub mod import;
pub mod messenger;
pub mod reconcile;
pub mod table;
