//! Storage backends: memory, SQLite, PostgreSQL, MySQL and MariaDB.
//!
//! The three databases share one layer of SQL, written once over a small session of each driver; the decision record
//! `iam-core/docs/decisions/0002-one-sql-layer.md` has the reasons. Each can be left out with a feature.

mod body;
#[cfg(feature = "sqlite")]
mod brief;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod census;
pub mod host;
pub mod memory;
#[cfg(feature = "mysql")]
pub mod mysql;
mod open;
mod pool;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod server;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod sql;
#[cfg(feature = "sqlite")]
pub mod sqlite;

pub use open::{Ports, open, open_with};

/// The README's first program, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[allow(missing_docs, reason = "exists for its documentation only")]
pub struct Readme;
