//! Figures of the library, each beside a plain program that does the same in the same run.
//!
//! `cargo run --release -p iam-benches -- --users 10000` prints the table that `BASELINE.md` quotes;
//! `cargo bench -p iam-benches` runs the same operations under criterion.

pub mod measure;
pub mod ours;
pub mod program;
pub mod raw;
pub mod raw_postgres;
pub mod raw_sqlite;
pub mod same_rows;
pub mod world;
