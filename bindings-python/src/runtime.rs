//! One runtime for all engines of the process, and what a fork does to it.
//!
//! The threads of a runtime and of a storage do not survive a fork. Handles of the parent therefore refuse to work in
//! the child; the child opens engines of its own.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use iam_core::wire::{Code, Problem};
use tokio::runtime::{Builder, Runtime};

/// How many forks lie between this process and the one that loaded the module.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// The runtime and the generation that it belongs to. It lives as long as the process.
static RUNTIME: Mutex<Option<(u64, &'static Runtime)>> = Mutex::new(None);

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
