//! Import, export and synchronization.

#[cfg(feature = "sources")]
pub mod connector;
#[cfg(feature = "sources")]
pub mod export;
pub mod foreign;
#[cfg(feature = "sources")]
pub mod import;
#[cfg(feature = "mail")]
pub mod messenger;
#[cfg(feature = "sources")]
pub mod reconcile;
#[cfg(feature = "sources")]
pub mod table;
