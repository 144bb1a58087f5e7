//! The one writer: a thread with a queue that commits what waits together.
//!
//! Making a transaction durable costs far more than writing it. So whatever has gathered while the last transaction
//! was being made durable is written as one; each piece of work in a savepoint of its own, so that one that fails
//! takes nothing back but itself. Nobody is answered before all of it is durable.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::AtomicU64,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use iam_core::{
    port::StorageError,
    wire::{Code, Problem},
};
use rusqlite::Connection;
use tokio::sync::oneshot;

use super::session::SqliteSession;
use crate::sql::SqlError;

/// The most pieces of work in one transaction.
const GROUP: usize = 256;

/// A piece of work: done inside of the transaction, answered after it.
trait Job: Send {
    /// Does it; says whether it succeeded.
    fn run(&mut self, session: &mut SqliteSession<'_>) -> bool;
    /// Makes a failure of what was done before, since the transaction could not be made durable.
    fn fail(&mut self, error: StorageError);
    /// Answers.
    fn answer(self: Box<Self>);
}

struct Task<T, F> {
    work: Option<F>,
    result: Option<Result<T, StorageError>>,
    reply: oneshot::Sender<Result<T, StorageError>>,
}

impl<T, F> Job for Task<T, F>
where
    T: Send,
    F: FnOnce(&mut SqliteSession<'_>) -> Result<T, StorageError> + Send,
{
    fn run(&mut self, session: &mut SqliteSession<'_>) -> bool {
        self.result = self.work.take().map(|work| work(session));
        matches!(self.result, Some(Ok(_)))
    }

    fn fail(&mut self, error: StorageError) {
        if !matches!(self.result, Some(Err(_))) {
            self.result = Some(Err(error));
        }
    }

    fn answer(self: Box<Self>) {
        let result = self.result.unwrap_or_else(|| Err(gone()));
        // Whoever stopped waiting finds out by the command's identifier.
        drop(self.reply.send(result));
    }
}

fn gone() -> StorageError {
    Problem::new(Code::Storage, "the writer of the database has ended").into()
}

/// The way to the writer.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Mutex<Option<Sender<Box<dyn Job>>>>,
    thread: Mutex<Option<thread::JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(
        connection: Arc<Mutex<Connection>>,
        statements: Arc<AtomicU64>,
    ) -> Result<Writer, StorageError> {
        let (queue, jobs) = channel();
        let thread = thread::Builder::new()
            .name("iam-sqlite-writer".to_owned())
            .spawn(move || work(&connection, &statements, &jobs))
            .map_err(|error| StorageError::failed("the writer of the database cannot be started", error))?;
        Ok(Writer {
            queue: Mutex::new(Some(queue)),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Does work in a transaction; ready when it is durable. What has been handed over is done even when nobody waits
    /// for it any more.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StorageError>
    where
        T: Send + 'static,
        F: FnOnce(&mut SqliteSession<'_>) -> Result<T, StorageError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(Task {
            work: Some(work),
            result: None,
            reply,
        });
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        queue.ok_or_else(gone)?.send(task).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            drop(thread.join());
        }
    }
}

fn work(connection: &Mutex<Connection>, statements: &AtomicU64, jobs: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        group.extend(jobs.try_iter().take(GROUP - 1));
        {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let mut session = SqliteSession {
                connection: &mut connection,
                statements,
            };
            if let Err(error) = transaction(&mut session, &mut group) {
                if !session.connection.is_autocommit() {
                    drop(session.control("ROLLBACK"));
                }
                let error = StorageError::from(error);
                for job in &mut group {
                    job.fail(error.clone());
                }
            }
        }
        for job in group {
            job.answer();
        }
    }
}

/// Writes a group. An error means that nothing of it was done.
fn transaction(session: &mut SqliteSession<'_>, group: &mut [Box<dyn Job>]) -> Result<(), SqlError> {
    session.control("BEGIN IMMEDIATE")?;
    if let [single] = group {
        return if single.run(session) {
            session.control("COMMIT")
        } else {
            session.control("ROLLBACK")
        };
    }
    for job in group {
        session.control("SAVEPOINT iam")?;
        if !job.run(session) {
            // A full disk may have ended the whole transaction; then this fails, and so do the others.
            session.control("ROLLBACK TO iam")?;
        }
        session.control("RELEASE iam")?;
    }
    session.control("COMMIT")
}
