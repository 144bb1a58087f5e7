//! Identity sources end to end.

mod common;
mod folder;
mod safety;
