//! Storage backends: memory, SQLite, PostgreSQL, MySQL and MariaDB.

pub mod host;
pub mod memory;
