//! SQLite: end to end.
#![cfg(feature = "sqlite")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use iam_storage::sqlite::{SqliteOptions, SqliteStorage};

fn memory() -> SqliteStorage {
    SqliteStorage::open(":memory:", SqliteOptions::default()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_like_the_storage_in_memory() {
    for seed in 1..12 {
        walk(&memory(), seed * 7919, 60).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_answers_like_the_storage_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(folder.path().join("iam.db"), SqliteOptions::default()).unwrap();
    walk(&storage, 4711, 60).await;
}
