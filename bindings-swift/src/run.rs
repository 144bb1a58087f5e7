//! Where the work is done: on threads of our own, so that nothing the app does with the future that it waits for (drop
//! it, never look at it again) stops a command half way.

use std::sync::{Arc, OnceLock};

use iam_core::wire::{Code, Problem};
use tokio::{runtime::Runtime, sync::watch};

fn runtime() -> Result<&'static Runtime, Problem> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let made = RUNTIME.get_or_init(|| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.thread_name("iam").enable_all();
        builder.build().map_err(|error| error.to_string())
    });
    made.as_ref()
        .map_err(|error| Problem::new(Code::Storage, format!("no threads can be started: {error}")))
}

/// Stops waiting for calls. Pull it from any thread, once for all calls that it was given to.
#[derive(Debug, uniffi::Object)]
pub struct Cancellation(watch::Sender<bool>);

#[uniffi::export]
impl Cancellation {
    /// One that is not pulled.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::new(Cancellation(watch::Sender::new(false)))
    }

    /// Pulls it: every call that waits ends with `operation.cancelled`, and so does every later one.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was pulled.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }
}

/// Waits for work, until it is done or the cancellation is pulled.
pub(crate) async fn run<T: Send + 'static>(
    cancellation: Option<Arc<Cancellation>>,
    work: impl Future<Output = Result<T, Problem>> + Send + 'static,
) -> Result<T, Problem> {
    let cancelled = || Problem::new(Code::Cancelled, "the caller stopped waiting");
    if cancellation.as_ref().is_some_and(|it| it.is_cancelled()) {
        return Err(cancelled());
    }
    let working = runtime()?.spawn(work);
    let done = |joined: Result<Result<T, Problem>, tokio::task::JoinError>| {
        joined.unwrap_or_else(|error| {
            Err(Problem::new(Code::Corrupt, "the engine failed; please report it").caused_by(error))
        })
    };
    let Some(cancellation) = cancellation else {
        return done(working.await);
    };
    let mut pulled = cancellation.0.subscribe();
    tokio::select! {
        joined = working => done(joined),
        _ = pulled.wait_for(|pulled| *pulled) => Err(cancelled()),
    }
}
