//! The list of cases on every backend.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests fail by panicking")]

mod backends;

use backends::Backend;
use iam_core::testing::{differential, suite};
use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
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
        // House rule: the storage in memory is the oracle; the memory runs against another one of its kind.
        for seed in 1..=4 {
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
