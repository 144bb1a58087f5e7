//! Fresh, empty storages of every backend that can be had here.
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::sync::{Arc, Mutex};

use iam_core::{port::Storage, testing::Factory};
use iam_storage::{
    memory::MemoryStorage,
    sqlite::{Durability, SqliteOptions, SqliteStorage},
};

/// A backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Memory,
    Sqlite,
}

impl Backend {
    /// Those that can be had here. What cannot is said loudly.
    pub fn ready() -> Vec<Backend> {
        vec![Backend::Memory, Backend::Sqlite]
    }

    /// The name in the names of tests.
    pub fn name(self) -> &'static str {
        match self {
            Backend::Memory => "memory",
            Backend::Sqlite => "sqlite",
        }
    }

    /// Runs something on a factory of fresh storages, and clears away after it, also when it fails.
    pub fn run<F: Future<Output = ()>>(self, work: impl FnOnce(Factory) -> F) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(self.here(work));
    }

    /// The same on the runtime that is there.
    pub async fn here<F: Future<Output = ()>>(self, work: impl FnOnce(Factory) -> F) {
        match self {
            Backend::Memory => {
                let factory: Factory =
                    Arc::new(|| Box::pin(async { Arc::new(MemoryStorage::new()) as Arc<dyn Storage> }));
                work(factory).await;
            }
            Backend::Sqlite => {
                let folders: Arc<Mutex<Vec<tempfile::TempDir>>> = Arc::default();
                let kept = folders.clone();
                let factory: Factory = Arc::new(move || {
                    let folder = tempfile::tempdir().unwrap();
                    let options = SqliteOptions::default().durability(Durability::Normal);
                    let storage = SqliteStorage::open(folder.path().join("iam.db"), options).unwrap();
                    kept.lock().unwrap().push(folder);
                    Box::pin(async { Arc::new(storage) as Arc<dyn Storage> })
                });
                work(factory).await;
                drop(folders);
            }
        }
    }
}
