//! Prints how SQLite goes about the statements of a database: `cargo run --example plans FILE < statements`.
#![allow(clippy::unwrap_used, missing_docs)]
use std::io::BufRead;
fn main() {
    let c = rusqlite::Connection::open(std::env::args().nth(1).unwrap()).unwrap();
    c.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .unwrap();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        println!("{line}");
        let mut s = c.prepare(&format!("EXPLAIN QUERY PLAN {line}")).unwrap();
        let mut rows = s.raw_query();
        while let Some(row) = rows.next().unwrap() {
            println!("    {}", row.get::<_, String>(3).unwrap());
        }
    }
}
