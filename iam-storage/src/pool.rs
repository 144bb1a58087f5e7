//! Threads for password hashes: a few, with a bounded queue before them.

use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
};

use async_trait::async_trait;
use iam_core::port::{Compute, ComputeError, Job};
use tokio::sync::oneshot;

/// A bounded number of threads that compute, and a bounded number of computations that wait for them.
///
/// Each thread keeps the working memory of its last hash, so a pool of `n` threads holds `n` times 19 MiB with the
/// usual parameters, and no more than that however many people sign in. Threads start when they are needed and end
/// with the pool.
pub struct HashPool {
    state: Arc<State>,
    threads: usize,
}

struct State {
    queue: Mutex<Queue>,
    work: Condvar,
    waiting: usize,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<(Job, oneshot::Sender<()>)>,
    threads: usize,
    idle: usize,
    busy: usize,
    closed: bool,
}

impl std::fmt::Debug for HashPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HashPool({})", self.threads)
    }
}

impl HashPool {
    /// Up to `threads` computations at a time, 1 at least; up to `waiting` more wait, and beyond that they are refused.
    pub fn new(threads: usize, waiting: usize) -> Self {
        HashPool {
            state: Arc::new(State {
                queue: Mutex::default(),
                work: Condvar::new(),
                waiting,
            }),
            threads: threads.max(1),
        }
    }
}

impl Default for HashPool {
    /// Half of the processors, 1 at least and 8 at most; 1000 may wait.
    fn default() -> Self {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        HashPool::new((processors / 2).clamp(1, 8), 1_000)
    }
}

impl Drop for HashPool {
    fn drop(&mut self) {
        self.state.lock().closed = true;
        self.state.work.notify_all();
    }
}

impl State {
    fn lock(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self) {
        let mut queue = self.lock();
        loop {
            if let Some((job, done)) = queue.jobs.pop_front() {
                queue.busy += 1;
                drop(queue);
                // Nobody waits for the result any more: the caller went away.
                if !done.is_closed() && std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)).is_ok() {
                    let _ = done.send(());
                }
                queue = self.lock();
                queue.busy -= 1;
            } else if queue.closed {
                return;
            } else {
                queue.idle += 1;
                queue = self.work.wait(queue).unwrap_or_else(PoisonError::into_inner);
                queue.idle -= 1;
            }
        }
    }
}

#[async_trait]
impl Compute for HashPool {
    async fn run(&self, job: Job) -> Result<(), ComputeError> {
        let (done, result) = oneshot::channel();
        {
            let mut queue = self.state.lock();
            let free = self.threads.saturating_sub(queue.busy);
            if queue.jobs.len() >= self.state.waiting.saturating_add(free) {
                return Err(ComputeError::Full);
            }
            queue.jobs.push_back((job, done));
            if queue.idle == 0 && queue.threads < self.threads {
                let state = self.state.clone();
                let started = thread::Builder::new()
                    .name("iam-hash".to_owned())
                    .spawn(move || state.serve());
                match started {
                    Ok(_) => queue.threads += 1,
                    Err(_) if queue.threads == 0 => {
                        queue.jobs.pop_back();
                        return Err(ComputeError::Full);
                    }
                    Err(_) => {}
                }
            }
        }
        self.state.work.notify_one();
        result.await.map_err(|_| ComputeError::Broken)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
    };

    use super::*;

    #[tokio::test]
    async fn no_more_than_allowed_at_a_time_and_the_rest_is_refused() {
        let pool = Arc::new(HashPool::new(2, 3));
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (pool, running, most) = (pool.clone(), running.clone(), most.clone());
                tokio::spawn(async move {
                    pool.run(Box::new(move || {
                        most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        thread::sleep(Duration::from_millis(30));
                        running.fetch_sub(1, Ordering::SeqCst);
                    }))
                    .await
                })
            })
            .collect();
        let mut refused = 0;
        for task in tasks {
            refused += usize::from(task.await.unwrap() == Err(ComputeError::Full));
        }
        assert_eq!(most.load(Ordering::SeqCst), 2);
        assert!((10..=15).contains(&refused), "{refused}");
    }

    #[tokio::test]
    async fn a_computation_that_breaks_off_harms_nobody_else() {
        let pool = HashPool::new(1, 10);
        assert_eq!(
            pool.run(Box::new(|| panic!("on purpose"))).await,
            Err(ComputeError::Broken)
        );
        assert_eq!(pool.run(Box::new(|| ())).await, Ok(()));
    }
}
