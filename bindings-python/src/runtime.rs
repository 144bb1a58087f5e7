//! One runtime for all engines of the process, and what a fork does to it.
//!
//! The threads of a runtime and of a storage do not survive a fork. Handles of the parent therefore refuse to work in
//! the child; the child opens engines of its own.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use iam_core::wire::{Code, Problem};
use tokio::runtime::{Builder, Runtime};

/// How many forks lie between this process and the one that loaded the module.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// The runtime and the generation that it belongs to. It lives as long as the process.
static RUNTIME: Mutex<Option<(u64, &'static Runtime)>> = Mutex::new(None);

/// The interpreter is about to go. A thread that waits for it then is ended in the middle of our code, which ends the
/// process: so from then on nobody begins to wait, and the interpreter waits for those who do.
static LEAVING: AtomicBool = AtomicBool::new(false);

/// How many are in a place where they will wait for the interpreter.
static INSIDE: AtomicUsize = AtomicUsize::new(0);

/// The time in which a thread may wait for the interpreter again.
pub struct Visit(());

impl Visit {
    /// Begins one, unless the interpreter is about to go.
    pub fn begin() -> Option<Visit> {
        INSIDE.fetch_add(1, Ordering::SeqCst);
        let visit = Visit(());
        (!LEAVING.load(Ordering::SeqCst)).then_some(visit)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        INSIDE.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Nobody begins a visit any more.
pub fn leave() {
    LEAVING.store(true, Ordering::SeqCst);
}

/// Waits until all visits are over, ten seconds at most. The caller must not hold the interpreter.
pub fn wait_for_visits() {
    let begun = Instant::now();
    while INSIDE.load(Ordering::SeqCst) > 0 && begun.elapsed() < Duration::from_secs(10) {
        thread::sleep(Duration::from_millis(1));
    }
}

/// Notes that this is the child of a fork.
pub fn forked() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
}

fn generation() -> u64 {
    GENERATION.load(Ordering::Relaxed)
}

/// The runtime of this process.
pub fn runtime() -> Result<&'static Runtime, Problem> {
    // Only taken by threads that hold the interpreter, as the one that forks does: it is free in the child.
    let mut slot = RUNTIME.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, runtime)) = *slot
        && of == generation()
    {
        return Ok(runtime);
    }
    let runtime = Builder::new_multi_thread()
        .thread_name("iam")
        .enable_all()
        .build()
        .map_err(|error| Problem::new(Code::Storage, "no threads can be started").caused_by(error))?;
    let runtime: &'static Runtime = Box::leak(Box::new(runtime));
    *slot = Some((generation(), runtime));
    Ok(runtime)
}

/// Something that only works in the process that made it.
pub struct Own<T> {
    value: Option<T>,
    generation: u64,
    runtime: &'static Runtime,
}

impl<T> Own<T> {
    pub fn new(value: T) -> Result<Self, Problem> {
        Ok(Own {
            value: Some(value),
            generation: generation(),
            runtime: runtime()?,
        })
    }

    /// The value and the runtime it works on.
    pub fn get(&self) -> Result<(&T, &'static Runtime), Problem> {
        match &self.value {
            Some(value) if self.generation == generation() => Ok((value, self.runtime)),
            _ => Err(Problem::new(
                Code::Storage,
                "this handle was opened before the process was forked: open the database again in the child",
            )),
        }
    }
}

impl<T> Drop for Own<T> {
    fn drop(&mut self) {
        if self.generation != generation() {
            // Its threads are gone; waiting for them would never end.
            std::mem::forget(self.value.take());
        }
    }
}
