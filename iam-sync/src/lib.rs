//! Import, export and synchronization.

pub mod table;
