//! How a database is opened.

use std::time::Duration;

/// When a commit counts as durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// When it is on the disk: it survives a loss of power.
    #[default]
    Full,
    /// When the operating system has it: it survives the end of the process, and a loss of power may take the latest
    /// commits, never a part of one.
    Normal,
}

/// How a database is opened.
///
/// ```
/// use iam_storage::sqlite::{Durability, SqliteOptions};
/// let options = SqliteOptions::default().durability(Durability::Normal).wait(std::time::Duration::from_secs(1));
/// ```
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    pub(super) durability: Durability,
    pub(super) wait: Duration,
    pub(super) read_only: bool,
    pub(super) readers: usize,
    pub(super) most_pages: Option<u32>,
    pub(super) page_cache: u32,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        SqliteOptions {
            durability: Durability::Full,
            wait: Duration::from_secs(5),
            read_only: false,
            readers: 8,
            most_pages: None,
            page_cache: 65_536,
        }
    }
}

impl SqliteOptions {
    /// When a commit counts as durable.
    #[must_use]
    pub fn durability(self, durability: Durability) -> Self {
        SqliteOptions { durability, ..self }
    }

    /// How long to wait for another process that writes.
    #[must_use]
    pub fn wait(self, wait: Duration) -> Self {
        SqliteOptions { wait, ..self }
    }

    /// Never writes, not even to bring the layout up to date.
    #[must_use]
    pub fn read_only(self, read_only: bool) -> Self {
        SqliteOptions { read_only, ..self }
    }

    /// How many connections for reading are kept open. More are opened when they are needed at once.
    #[must_use]
    pub fn readers(self, readers: usize) -> Self {
        SqliteOptions { readers, ..self }
    }

    /// How much of the file the writing connection keeps in memory at most, in KiB: 65,536 unless it is said. Connections
    /// that read keep up to an eighth of it each.
    #[must_use]
    pub fn page_cache(self, kib: u32) -> Self {
        SqliteOptions {
            page_cache: kib,
            ..self
        }
    }

    /// The largest size of the file, in pages of 4,096 bytes; a commit that would need more fails and changes nothing.
    #[must_use]
    pub fn most_pages(self, pages: u32) -> Self {
        SqliteOptions {
            most_pages: Some(pages),
            ..self
        }
    }
}
