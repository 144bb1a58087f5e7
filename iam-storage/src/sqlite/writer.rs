//! The one writer: a thread with a queue that commits what waits together.
//!
//! Making a transaction durable costs far more than writing it. So whatever has gathered while the last transaction
//! was being made durable is written as one. Most work succeeds, or fails before it has written anything: then nothing
//! has to be taken back. Otherwise the whole group is, and done again, each piece of work in a savepoint of its own, so
//! that one that fails takes nothing back but itself (savepoints for all would copy every page that is written). Nobody is
//! answered before all of it is durable.

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
    /// Does it, perhaps not for the last time; says whether it succeeded.
    fn run(&mut self, session: &mut SqliteSession<'_>, may_repeat: bool) -> bool;
    /// Makes a failure of what was done before, since the transaction could not be made durable.
    fn fail(&mut self, error: StorageError);
    /// Answers.
    fn answer(self: Box<Self>);
}

struct Task<T, F> {
    work: F,
    result: Option<Result<T, StorageError>>,
    reply: oneshot::Sender<Result<T, StorageError>>,
}

impl<T, F> Job for Task<T, F>
where
    T: Send,
    F: FnMut(&mut SqliteSession<'_>, bool) -> Result<T, StorageError> + Send,
{
    fn run(&mut self, session: &mut SqliteSession<'_>, may_repeat: bool) -> bool {
        let result = (self.work)(session, may_repeat);
        let done = result.is_ok();
        self.result = Some(result);
        done
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
    /// for it any more. The work is told whether it may be asked for once more, after all that it wrote was taken back.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StorageError>
    where
        T: Send + 'static,
        F: FnMut(&mut SqliteSession<'_>, bool) -> Result<T, StorageError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(Task {
            work,
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
        return if single.run(session, false) {
            session.control("COMMIT")
        } else {
            session.control("ROLLBACK")
        };
    }
    if !together(session, group) {
        if !session.connection.is_autocommit() {
            session.control("ROLLBACK")?;
        }
        session.control("BEGIN IMMEDIATE")?;
        apart(session, group)?;
    }
    session.control("COMMIT")
}

/// Writes a group piece after piece; says whether there is nothing to take back.
fn together(session: &mut SqliteSession<'_>, group: &mut [Box<dyn Job>]) -> bool {
    group.iter_mut().all(|job| {
        let before = session.connection.total_changes();
        // A full disk may have ended the whole transaction.
        job.run(session, true)
            || session.connection.total_changes() == before && !session.connection.is_autocommit()
    })
}

/// Writes a group, each piece of work so that it can be taken back alone.
fn apart(session: &mut SqliteSession<'_>, group: &mut [Box<dyn Job>]) -> Result<(), SqlError> {
    for job in group {
        session.control("SAVEPOINT iam")?;
        if !job.run(session, false) {
            // Where a full disk has ended the whole transaction this fails, and so do the others.
            session.control("ROLLBACK TO iam")?;
        }
        session.control("RELEASE iam")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::atomic::Ordering;

    use tokio::sync::oneshot::Receiver;

    use super::*;

    /// A job that adds a number to a table, and fails before or after that when it is told to.
    fn job(
        number: i64,
        fails: Option<bool>,
        runs: Arc<AtomicU64>,
    ) -> (Box<dyn Job>, Receiver<Result<i64, StorageError>>) {
        let (reply, answer) = oneshot::channel();
        let work = move |session: &mut SqliteSession<'_>, _: bool| {
            runs.fetch_add(1, Ordering::Relaxed);
            if fails != Some(false) {
                let add = "INSERT INTO number VALUES (?)";
                session.connection.execute(add, [number]).unwrap();
            }
            match fails {
                None => Ok(number),
                Some(_) => Err(StorageError::Contention),
            }
        };
        let task = Task {
            work,
            result: None,
            reply,
        };
        (Box::new(task), answer)
    }

    /// What a group of three leaves behind, whose answers come out right, and how often work was done for it.
    fn group(second: Option<bool>) -> (Vec<i64>, u64) {
        let mut connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch("CREATE TABLE number (n INTEGER)")
            .unwrap();
        let (statements, runs) = (AtomicU64::new(0), Arc::new(AtomicU64::new(0)));
        let mut session = SqliteSession {
            connection: &mut connection,
            statements: &statements,
        };
        let made = [(1, None), (2, second), (3, None)].map(|(n, fails)| job(n, fails, runs.clone()));
        let (mut jobs, answers): (Vec<_>, Vec<_>) = made.into_iter().unzip();
        transaction(&mut session, &mut jobs).unwrap();
        jobs.into_iter().for_each(Job::answer);
        let right: Vec<bool> = answers
            .into_iter()
            .map(|mut answer| answer.try_recv().unwrap().is_ok())
            .collect();
        assert_eq!(right, [true, second.is_none(), true]);
        let mut rows = connection.prepare("SELECT n FROM number ORDER BY n").unwrap();
        let rows = rows.query_map([], |row| row.get(0)).unwrap();
        (rows.map(Result::unwrap).collect(), runs.load(Ordering::Relaxed))
    }

    #[test]
    fn what_fails_takes_back_itself_and_nothing_else() {
        assert_eq!(group(None), (vec![1, 2, 3], 3));
        assert_eq!(
            group(Some(false)),
            (vec![1, 3], 3),
            "there was nothing to take back"
        );
        assert_eq!(
            group(Some(true)),
            (vec![1, 3], 5),
            "the first two, and all three again"
        );
    }
}
