//! Identity sources end to end.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::await_holding_lock,
    missing_docs,
    reason = "tests fail by panicking"
)]

mod active_directory;
mod backends;
mod common;
mod directory;
mod emptied;
mod feeds;
mod findings;
mod folder;
mod killed;
mod lifecycle;
mod lossy;
mod relations;
mod safety;
mod scim;
mod server;
mod services;
mod tables;
mod trouble;
