//! The list of cases on every backend.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests fail by panicking")]

mod backends;

use backends::Backend;
use iam_core::testing::suite;
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
    }
    libtest_mimic::run(&arguments, trials).exit();
}
