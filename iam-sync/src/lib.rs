//! Import, export and synchronization.

pub mod import;
pub mod table;
