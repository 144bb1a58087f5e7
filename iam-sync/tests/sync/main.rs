//! Identity sources end to end.

mod active_directory;
mod common;
mod directory;
mod feeds;
mod folder;
mod relations;
mod safety;
mod server;
mod services;
mod tables;
