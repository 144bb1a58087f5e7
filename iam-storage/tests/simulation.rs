//! Simulated runs of concurrent processes, and the proof that they find what is wrong.
//!
//! `IAM_SIMULATION_SEED` makes the run of one seed, `IAM_SIMULATION_RUNS` says how many random ones there are (3).
#![cfg(feature = "sqlite")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "simulation/planted.rs"]
mod planted;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use iam_core::{
    model::Kind,
    port::Storage,
    testing::{
        Factory,
        simulation::{Faults, Simulation},
    },
};
use iam_storage::{
    memory::MemoryStorage,
    sqlite::{SqliteOptions, SqliteStorage},
};
use planted::{Fault, Planted};

fn memory() -> Factory {
    Arc::new(|| Box::pin(async { Arc::new(MemoryStorage::new()) as Arc<dyn Storage> }))
}

fn sqlite() -> Factory {
    Arc::new(|| {
        Box::pin(async {
            let storage = SqliteStorage::open(":memory:", SqliteOptions::default()).unwrap();
            Arc::new(storage) as Arc<dyn Storage>
        })
    })
}

#[test]
fn fixed_seeds_in_memory() {
    let (mut sum, mut acknowledged) = ((0, 0, 0, 0, 0), 0);
    for seed in 1..=16 {
        let report = Simulation::new().check(&memory(), seed);
        if std::env::var("IAM_SIMULATION_SHOW").is_ok() {
            println!("{}", report.trace.join("\n"));
        }
        acknowledged += report.acknowledged;
        sum.0 += report.commits;
        sum.1 += report.faults;
        sum.2 += report.replayed;
        sum.3 += report.delivered;
        sum.4 += report.looks;
    }
    println!("acknowledged {acknowledged}; commits, faults, replayed, delivered, looks: {sum:?}");
    // A run in which nothing happens proves nothing.
    assert!(
        sum.0 > 300 && sum.1 > 50 && sum.2 > 5 && sum.3 > 20 && sum.4 > 20,
        "{sum:?}"
    );
}

#[test]
fn fixed_seeds_on_sqlite() {
    for seed in 101..=105 {
        Simulation::new().actions(50).check(&sqlite(), seed);
    }
}

#[test]
fn a_random_seed() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as u64;
    let runs = number("IAM_SIMULATION_RUNS").unwrap_or(3);
    let first = number("IAM_SIMULATION_SEED").unwrap_or(now % 1_000_000_000);
    let runs = if std::env::var("IAM_SIMULATION_SEED").is_ok() {
        1
    } else {
        runs
    };
    for seed in first..first + runs {
        println!("IAM_SIMULATION_SEED={seed}");
        Simulation::new().processes(4).actions(80).check(&memory(), seed);
    }
}

/// A law of the user's own is held against every look.
#[test]
fn a_law_of_the_users_own() {
    let simulation = Simulation::new().looks(50).law("few users", |world| {
        match world.dump.of_kind(Kind::User).count() {
            0..3 => Ok(()),
            many => Err(format!("{many} users")),
        }
    });
    let failure = simulation.run(&memory(), 1).unwrap_err();
    assert_eq!(failure.law, "few users");
    // Three users: nothing else is left.
    assert!(failure.actions.len() <= 4, "{failure}");
    let shown = failure.to_string();
    assert!(
        shown.contains("Simulation::new().replay(&factory(), &["),
        "{shown}"
    );
    assert!(shown.contains("user.create"), "{shown}");
}

/// Mistakes that a storage could make, one at a time: the runs find every one of them, by a law that fits, and leave
/// little of it.
#[test]
fn planted_faults_are_found() {
    for fault in Fault::ALL {
        let factory: Factory = Arc::new(move || {
            Box::pin(async move { Arc::new(Planted::new(MemoryStorage::new(), *fault)) as Arc<dyn Storage> })
        });
        let found = (1..=40).find_map(|seed| Simulation::new().run(&factory, seed).err());
        let failure = found.unwrap_or_else(|| panic!("nobody notices: {fault:?}"));
        if std::env::var("IAM_SIMULATION_SHOW").is_ok() {
            println!("{failure}");
        }
        println!(
            "{fault:?}: seed {}, law “{}”, {} actions left",
            failure.seed,
            failure.law,
            failure.actions.len()
        );
        assert!(
            fault.laws().contains(&failure.law.as_str()),
            "{fault:?} was found by the wrong law: {failure}"
        );
        assert!(failure.actions.len() <= 80, "{fault:?}: {failure}");
        // What is printed fails in the same way.
        let lines: Vec<String> = failure
            .actions
            .iter()
            .map(|action| serde_json::to_string(action).unwrap())
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let replayed = catch_unwind(AssertUnwindSafe(|| Simulation::new().replay(&factory, &lines)));
        assert!(replayed.is_err(), "{fault:?}: the printed test passes");
        Simulation::new().replay(&memory(), &lines);
    }
}

/// Without faults of the storage nobody is told to try again for ever.
#[test]
fn a_calm_storage_answers_everything() {
    let report = Simulation::new().faults(Faults::NONE).check(&memory(), 9);
    assert_eq!((report.faults, report.replayed), (0, 0));
}
