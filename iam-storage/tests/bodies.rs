//! Stored bodies of any kind: the committed seeds of the fuzz target, and mutations of them.
#![cfg(feature = "sqlite")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../../iam-sync/fuzz/src/body.rs"]
mod body;

use iam_core::testing::{Random, hostile};

#[test]
fn no_stored_body_breaks_a_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../iam-sync/fuzz/seeds/body");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let seeds: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    seeds.iter().for_each(|seed| body::body(seed));
    let mut random = Random::new(0x5eed);
    for _ in 0..150 {
        let mut data = random.pick(&seeds).unwrap().clone();
        let place = random.below(data.len() + 1);
        match random.below(4) {
            0 if place < data.len() => data[place] = random.bits() as u8,
            1 => drop(data.splice(place..place, hostile::text(&mut random, "").into_bytes())),
            2 => data.truncate(place),
            _ => {
                if let Ok(mut json) = serde_json::from_slice(&data) {
                    hostile::mutate(&mut json, "v", &mut random);
                    data = [&data[..1], json.to_string().as_bytes()].concat();
                }
            }
        }
        body::body(&data);
    }
}
