//! Writes what Rust answers in each scenario, for other languages to compare with: one file for each in a folder.
//!
//! ```text
//! cargo run -p iam-storage --example transcripts -- FOLDER
//! ```

use std::{fs, path::PathBuf, sync::Arc};

use iam_core::testing::{scenarios, transcript};
use iam_storage::memory::MemoryStorage;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("give a folder")?);
    fs::create_dir_all(&folder)?;
    for (file, text) in scenarios() {
        let written = pollster::block_on(transcript(&file, &text, Arc::new(MemoryStorage::new())));
        fs::write(folder.join(format!("{file}.txt")), written)?;
    }
    Ok(())
}
