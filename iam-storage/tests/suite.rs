//! The list of cases on every backend.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests fail by panicking")]

mod backends;

use backends::Backend;
use iam_core::testing::{differential, run_scenario, scenarios, suite};
use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    // More of them for a night: IAM_TEST_SEEDS=200.
    let seeds = std::env::var("IAM_TEST_SEEDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(4u64);
    for backend in Backend::ready() {
        for case in suite::cases() {
            trials.push(Trial::test(
                format!("{}::{}", backend.name(), case.name),
                move || {
                    backend.run(case.run);
                    Ok(())
                },
            ));
        }
        for (name, text) in scenarios() {
            trials.push(Trial::test(
                format!("{}::scenario_{name}", backend.name()),
                move || {
                    backend.run(async |factory| run_scenario(&name, &text, factory).await);
                    Ok(())
                },
            ));
        }
        // House rule: the storage in memory is the oracle; the memory runs against another one of its kind.
        for seed in 1..=seeds {
            trials.push(Trial::test(
                format!("{}::differential_{seed}", backend.name()),
                move || {
                    Backend::Memory.run(async |memory| {
                        let left = memory();
                        backend
                            .here(async |factory| differential(left, factory(), seed, 400, 20).await)
                            .await;
                    });
                    Ok(())
                },
            ));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}
