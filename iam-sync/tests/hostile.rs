//! The committed seeds of the fuzz targets, and mutations of them, in every run of the tests. `IAM_FUZZ_ROUNDS` says
//! how many for each target (300).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use iam_core::testing::{Random, hostile};

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/fuzz/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut data = random.pick(seeds).unwrap().clone();
    for _ in 0..1 + random.below(5) {
        let place = random.below(data.len() + 1);
        match random.below(6) {
            0 if place < data.len() => data[place] = random.bits() as u8,
            1 => drop(data.splice(place..place, hostile::text(random, "").into_bytes())),
            2 => data.truncate(place),
            3 => {
                let other = random.pick(seeds).unwrap();
                data.extend(&other[random.below(other.len() + 1)..]);
            }
            4 => {
                let end = (place + random.below(20)).min(data.len());
                let piece = data[place..end].repeat(1 + random.below(50));
                drop(data.splice(place..place, piece));
            }
            _ => {
                let sign = *random.pick(b",;\t|\"\r\n'=\\{}").unwrap();
                data.insert(place, sign);
            }
        }
    }
    data.truncate(256 << 10);
    data
}

fn try_all(name: &str, target: fn(&[u8])) {
    let rounds = std::env::var("IAM_FUZZ_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(300);
    let seeds = seeds(name);
    assert!(!seeds.is_empty(), "fuzz/seeds/{name} is empty");
    seeds.iter().for_each(|seed| target(seed));
    let mut random = Random::new(0x5eed);
    for round in 0..rounds {
        let data = mutated(&seeds, &mut random);
        let failed = std::panic::catch_unwind(|| target(&data)).is_err();
        assert!(
            !failed,
            "{name}, round {round}: {:?}",
            String::from_utf8_lossy(&data)
        );
    }
}

#[test]
fn no_table_breaks_the_reader() {
    try_all("table", fuzz::table);
}

#[test]
fn no_mapping_breaks_an_import() {
    try_all("mapping", fuzz::mapping);
}

#[test]
fn no_table_breaks_an_import() {
    try_all("import", fuzz::import);
}

#[test]
fn no_expression_breaks_a_mapping() {
    try_all("expression", fuzz::expression);
}

#[test]
fn no_schedule_breaks_the_clock() {
    try_all("schedule", fuzz::schedule);
}

#[test]
fn no_profile_breaks_a_service() {
    try_all("profile", fuzz::profile);
}

#[test]
fn no_file_breaks_the_reader_of_spreadsheets() {
    try_all("sheet", fuzz::sheet);
}

#[test]
fn every_target_has_a_test() {
    assert_eq!(fuzz::TARGETS.len(), 7);
}

/// Cells of 10 MB are refused one by one, before they are in memory; the rows around them are imported.
#[test]
fn giant_cells_are_refused_and_the_rest_goes_on() {
    let giant = "x".repeat(10 << 20);
    let file = format!("user_name,city\nada,Utica\n{giant},Berlin\nbob,\"{giant}\"\neve,Lima\n");
    let mut reader = iam_sync::table::Reader::new(file.as_bytes()).unwrap();
    let mut answers = Vec::new();
    while let Some(row) = reader.next_row().unwrap() {
        answers.push(
            row.map(|row| row.cells[0].clone())
                .map_err(|problem| problem.code),
        );
    }
    let refused = || Err("cell.too_large".to_owned());
    let expected = [Ok("ada".to_owned()), refused(), refused(), Ok("eve".to_owned())];
    assert_eq!(answers, expected);
}
