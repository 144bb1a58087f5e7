//! The list of cases on every backend.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests fail by panicking")]

use std::sync::Arc;

use iam_core::{
    port::Storage,
    testing::{Factory, suite},
};
use iam_storage::memory::MemoryStorage;
use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let memory: Factory = Arc::new(|| Box::pin(async { Arc::new(MemoryStorage::new()) as Arc<dyn Storage> }));
    let mut trials = Vec::new();
    for case in suite::cases() {
        let factory = memory.clone();
        trials.push(Trial::test(format!("memory::{}", case.name), move || {
            pollster::block_on((case.run)(factory));
            Ok(())
        }));
    }
    libtest_mimic::run(&arguments, trials).exit();
}
