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
    command::{Command, CreateRole, CreateUser},
    model::{Kind, UserId},
    port::Storage,
    rules::Privilege,
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
    let (mut sum, mut acknowledged, mut asked) = ((0, 0, 0, 0, 0), 0, (0, 0));
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
        asked.0 += report.asked;
        asked.1 += report.overtaken;
    }
    println!(
        "acknowledged {acknowledged}; commits, faults, replayed, delivered, looks: {sum:?}; asked: {asked:?}"
    );
    // A run in which nothing happens proves nothing.
    assert!(
        sum.0 > 300 && sum.1 > 50 && sum.2 > 5 && sum.3 > 20 && sum.4 > 20,
        "{sum:?}"
    );
    assert!(asked.0 > 60 && asked.1 > 10, "{asked:?}");
}

/// Rights that are given and taken while decisions are asked for: no decision is ever based on half a change.
#[test]
fn grants_and_revocations_while_decisions_are_made() {
    let mut overtaken = 0;
    for seed in 1..=6 {
        let report = Simulation::new().access(80).processes(4).check(&memory(), seed);
        overtaken += report.overtaken;
    }
    println!("{overtaken} decisions were overtaken by commits of others");
    assert!(overtaken > 60, "{overtaken}");
}

#[test]
fn fixed_seeds_on_sqlite() {
    for seed in 101..=105 {
        Simulation::new().actions(50).check(&sqlite(), seed);
    }
}

/// An invitation made by what is undone stays, and leads nowhere.
#[test]
fn links_have_no_past_to_return_to() {
    Simulation::new()
        .processes(4)
        .actions(80)
        .check(&memory(), 162_161_158);
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
fn is_found(fault: Fault) {
    let factory: Factory = Arc::new(move || {
        Box::pin(async move { Arc::new(Planted::new(MemoryStorage::new(), fault)) as Arc<dyn Storage> })
    });
    let simulation = match fault.laws() {
        // What only decisions show.
        ["access", ..] => Simulation::new().access(80).actions(60),
        _ => Simulation::new(),
    };
    let found = (1..=200).find_map(|seed| simulation.run(&factory, seed).err());
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

macro_rules! planted {
    ($($test:ident $fault:ident;)*) => {
        $(#[test]
        fn $test() {
            is_found(Fault::$fault);
        })*

        #[test]
        fn every_planted_fault_has_its_test() {
            assert_eq!(Fault::ALL, [$(Fault::$fault),*]);
        }
    };
}

planted! {
    planted_guards_not_checked NoGuards;
    planted_sets_not_guarded NoSetGuards;
    planted_identifier_not_kept NoCommandId;
    planted_journal_cut JournalCut;
    planted_change_lost ChangeLost;
    planted_effect_lost EffectLost;
    planted_lease_shared LeaseShared;
    planted_names_kept NamesKept;
    planted_events_skipped EventsSkipped;
    planted_stale_loads StaleLoads;
    planted_half_followed HalfFollowed;
    planted_standing_stuck StandingStuck;
}

/// What the user gives is there in every run, is worked on, and is part of the printed test.
#[test]
fn a_policy_over_what_the_user_gave() {
    let given = || {
        let role = CreateRole::internal("auditor").privilege(Privilege::allow("user", ["view"]));
        [Command::from(role), CreateUser::new("the auditor").into()]
    };
    let simulation = Simulation::new().given(given()).looks(40);
    for seed in 1..=3 {
        simulation.check(&memory(), seed);
    }
    // Somebody but the auditor will get to see somebody else.
    let closed = simulation.law("nobody sees anybody", |world| {
        let users: Vec<UserId> = world
            .dump
            .of_kind(Kind::User)
            .filter_map(|user| user.id.try_into().ok())
            .collect();
        let pairs = users
            .iter()
            .flat_map(|one| users.iter().map(move |other| (*one, *other)));
        match pairs
            .filter(|(one, other)| one != other)
            .find(|(one, other)| world.may_view(*one, *other))
        {
            Some((one, other)) => Err(format!("{one} sees {other}")),
            None => Ok(()),
        }
    });
    let failure = (1..=20)
        .find_map(|seed| closed.run(&memory(), seed).err())
        .unwrap();
    assert_eq!(failure.law, "nobody sees anybody");
    assert!(failure.actions.len() <= 6, "{failure}");
}

/// Without faults of the storage nobody is told to try again for ever.
#[test]
fn a_calm_storage_answers_everything() {
    let report = Simulation::new().faults(Faults::NONE).check(&memory(), 9);
    assert_eq!((report.faults, report.replayed), (0, 0));
}
