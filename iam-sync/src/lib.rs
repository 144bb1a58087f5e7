//! Import, export and synchronization.

pub mod export;
pub mod import;
pub mod messenger;
pub mod table;
