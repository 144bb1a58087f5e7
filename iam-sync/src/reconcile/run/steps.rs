//! Steps on their way to the storage: one is being written, the next one is being decided. Where there is a runtime this has
//! a task of its own, so that meanwhile the run compares what it has read.

use iam_core::{
    command::Command,
    service::{Acting, BatchMode, BatchOutcome, Batches},
    wire::{Code, Problem},
};
use tokio::{
    runtime::Handle,
    sync::mpsc::{Receiver, Sender, channel},
};

/// What became of a step, when one is over.
type Over = Result<Option<BatchOutcome>, Problem>;

/// Steps that are committed one after the other.
pub(super) enum Steps<'s> {
    /// In the task of the run.
    Here(Batches<'s>),
    /// In a task of their own, which begins with the first of them.
    Apart {
        runtime: Handle,
        acting: Acting<'static>,
        task: Option<Apart>,
    },
}

/// A task that commits steps.
pub(super) struct Apart {
    orders: Sender<Vec<Command>>,
    /// One answer to each order, and one at the end.
    answers: Receiver<Over>,
    /// An order that is not answered yet.
    waits: bool,
}

fn lost() -> Problem {
    Problem::new(Code::Storage, "the task that writes was ended")
}

impl Apart {
    fn begin(runtime: &Handle, acting: &Acting<'static>) -> Apart {
        let (orders, mut ordered) = channel::<Vec<Command>>(1);
        let (answer, answers) = channel(2);
        let mut batches = acting.batches(BatchMode::Each);
        runtime.spawn(async move {
            // While nothing is ordered, what is being written goes on.
            while let Some(commands) = batches.beside(ordered.recv()).await {
                let before = batches.push(commands).await;
                let goes_on = before.is_ok();
                if answer.send(before).await.is_err() || !goes_on {
                    break;
                }
            }
            // Nobody may be there any more to hear it.
            let _ = answer.send(batches.finish().await).await;
        });
        Apart {
            orders,
            answers,
            waits: false,
        }
    }

    /// What became of the step before the one that was ordered last, when that one is decided.
    async fn answered(&mut self) -> Over {
        match std::mem::take(&mut self.waits) {
            true => self.answers.recv().await.unwrap_or_else(|| Err(lost())),
            false => Ok(None),
        }
    }

    async fn push(&mut self, commands: Vec<Command>) -> Over {
        let before = self.answered().await?;
        self.orders.send(commands).await.map_err(|_| lost())?;
        self.waits = true;
        Ok(before)
    }

    /// What became of the last one.
    async fn end(self) -> Over {
        let Apart {
            orders, mut answers, ..
        } = self;
        drop(orders);
        answers.recv().await.unwrap_or_else(|| Err(lost()))
    }
}

impl<'s> Steps<'s> {
    pub(super) fn new(acting: &Acting<'s>) -> Steps<'s> {
        match (Handle::try_current(), acting.unbound()) {
            (Ok(runtime), Some(acting)) => Steps::Apart {
                runtime,
                acting,
                task: None,
            },
            _ => Steps::Here(acting.batches(BatchMode::Each)),
        }
    }

    /// Waits for something else, while the steps go on.
    pub(super) async fn beside<T>(&mut self, other: impl Future<Output = T>) -> T {
        match self {
            Steps::Here(batches) => batches.beside(other).await,
            Steps::Apart { .. } => other.await,
        }
    }

    /// Hands over a step. Answers with what became of the first of those that are under way, when that is known.
    pub(super) async fn push(&mut self, commands: Vec<Command>) -> Over {
        match self {
            Steps::Here(batches) => batches.push(commands).await,
            Steps::Apart {
                runtime,
                acting,
                task,
            } => {
                let task = task.get_or_insert_with(|| Apart::begin(runtime, acting));
                task.push(commands).await
            }
        }
    }

    /// Waits for the first of those that are under way; `None` when there is none.
    pub(super) async fn next(&mut self) -> Over {
        match self {
            Steps::Here(batches) => batches.finish().await,
            Steps::Apart { task, .. } => {
                if let Some(known) = task
                    && let Some(before) = known.answered().await?
                {
                    return Ok(Some(before));
                }
                match task.take() {
                    Some(task) => task.end().await,
                    None => Ok(None),
                }
            }
        }
    }
}
