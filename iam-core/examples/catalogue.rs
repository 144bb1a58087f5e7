//! Writes the catalogue of commands, queries and codes: `cargo run -p iam-core --example catalogue`.
//!
//! With `-` it prints it instead.

use iam_core::wire::catalogue::Catalogue;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let json = Catalogue::new().to_json()?;
    if std::env::args().nth(1).as_deref() == Some("-") {
        print!("{json}");
    } else {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/catalogue.json"), json)?;
    }
    Ok(())
}
