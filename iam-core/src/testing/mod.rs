//! For tests, simulations and benches: time and entropy that can be set, seeded worlds and command streams, the list
//! of cases that every storage passes, and the runner of the scenario corpus.
//!
//! Nothing here is part of the library's promise, and nothing here is compiled without the feature `testing`. It
//! fails by panicking, as tests do.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests fail by panicking"
)]

mod authenticator;
mod clock;
mod differential;
mod dump;
mod entropy;
pub mod fuzz;
pub mod hostile;
mod naive_access;
mod oracle;
mod random;
mod sample;
mod scenario;
mod scenario_read;
pub mod simulation;
mod stream;
mod stream_input;
mod stream_source;
pub mod suite;
mod transcript;
mod world;

pub use crate::port::connector_suite;
pub use authenticator::Authenticator;
pub use clock::VirtualClock;
pub use differential::differential;
pub use dump::Dump;
pub use entropy::{AtOnce, FixedVault, SeededEntropy, host};
pub use random::Random;
pub use sample::Sampler;
pub use scenario::{run_scenario, scenarios};
pub use stream::Stream;
pub use transcript::transcript;
pub use world::{WorldSize, world, world_id};

/// A future that may be sent to another thread.
pub type BoxFuture<T> = std::pin::Pin<Box<dyn Future<Output = T> + Send>>;

/// Makes a fresh, empty storage each time it is called.
pub type Factory =
    std::sync::Arc<dyn Fn() -> BoxFuture<std::sync::Arc<dyn crate::port::Storage>> + Send + Sync>;

/// Runs futures side by side on one task and waits for all of them.
pub async fn join_all<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut open: Vec<_> = futures.into_iter().map(|future| Some(Box::pin(future))).collect();
    let mut done: Vec<Option<T>> = open.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, result) in open.iter_mut().zip(&mut done) {
            if let Some(running) = future
                && let std::task::Poll::Ready(value) = running.as_mut().poll(context)
            {
                *result = Some(value);
                *future = None;
            }
        }
        if open.iter().all(Option::is_none) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
