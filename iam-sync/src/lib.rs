//! Import, export and synchronization.

pub mod export;
pub mod import;
pub mod table;
