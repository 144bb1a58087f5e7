//! Batches in a row: while one is being written, the next one is decided on what it will have done.

use std::{
    future::Future,
    pin::{Pin, pin},
    task::Poll,
};

use super::{
    Acting,
    batch::{Batch, BatchMode, BatchOutcome},
    driver::{Ground, Ready},
    foreseen::Foreseen,
};
use crate::{command::Command, wire::Problem};

/// What became of a batch, and whether it did exactly what was foreseen.
type Written = Result<(BatchOutcome, bool), Problem>;

/// A batch that is being written.
struct Writing<'s> {
    end: Pin<Box<dyn Future<Output = Written> + Send + 's>>,
    foreseen: Option<Foreseen>,
}

/// Batches that are committed one after the other, in the order in which they come, each by itself. While one is
/// written the next is decided, as though it was written already; should it come otherwise, it is decided again. What
/// is true after each of them, what is refused and what the audit trail says is the same as with [`Acting::batch`].
///
/// It pays where writing has a thread or a server of its own (SQLite in a file, PostgreSQL, MySQL): then an import takes
/// as long as the slower half of its work. The futures have to be awaited for that; [`Batches::beside`] lets other work
/// take part.
///
/// Whoever drops it without [`Batches::finish`] does not know whether the last batch was written.
///
/// ```
/// use iam_core::{command::{Command, CreateUser}, service::{Acting, BatchMode}, wire::Problem};
///
/// async fn import(acting: &Acting<'static>, names: &[String]) -> Result<usize, Problem> {
///     let mut batches = acting.batches(BatchMode::Each);
///     let mut accepted = 0;
///     for names in names.chunks(500) {
///         let commands = names.iter().map(|name| CreateUser::new(name).into()).collect();
///         let before = batches.push(commands).await?;
///         accepted += before.map_or(0, |outcome| outcome.accepted());
///     }
///     Ok(accepted + batches.finish().await?.map_or(0, |outcome| outcome.accepted()))
/// }
/// ```
pub struct Batches<'s> {
    acting: Acting<'s>,
    mode: BatchMode,
    writing: Option<Writing<'s>>,
    ahead: usize,
}

impl std::fmt::Debug for Batches<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let writing = if self.writing.is_some() { "one" } else { "none" };
        write!(f, "batches in {}, {writing} being written", self.acting.realm())
    }
}

impl<'s> Acting<'s> {
    /// Begins to commit batches in a row.
    pub fn batches(&self, mode: BatchMode) -> Batches<'s> {
        Batches {
            acting: self.clone(),
            mode,
            writing: None,
            ahead: 0,
        }
    }
}

impl<'s> Batches<'s> {
    /// Hands over a batch. Answers with what became of the one before it, when there is one.
    ///
    /// # Errors
    /// Those of [`Acting::batch`] for the batch **before** this one: this one is then not carried out. A batch that is
    /// too large is refused at once.
    pub async fn push(&mut self, commands: Vec<Command>) -> Result<Option<BatchOutcome>, Problem> {
        let acting = self.acting.clone();
        self.push_as(&acting, commands).await
    }

    /// The same in the name of another handle on the same realm: with another reason, or the identifier of a command.
    ///
    /// # Errors
    /// Those of [`Batches::push`].
    pub async fn push_as(
        &mut self,
        acting: &Acting<'s>,
        commands: Vec<Command>,
    ) -> Result<Option<BatchOutcome>, Problem> {
        let mut next = Batch::new(acting.clone(), commands, self.mode)?;
        let Some(Writing { mut end, foreseen }) = self.writing.take() else {
            self.begin(next, None).await;
            return Ok(None);
        };
        let (written, ready) = {
            let mut ahead = pin!(async {
                match &foreseen {
                    Some(foreseen) => next.decide(Ground::Upon(foreseen)).await,
                    None => None,
                }
            });
            let (mut written, mut ready) = (None, None);
            std::future::poll_fn(|context| {
                if written.is_none()
                    && let Poll::Ready(outcome) = end.as_mut().poll(context)
                {
                    written = Some(outcome);
                }
                if ready.is_none()
                    && let Poll::Ready(decided) = ahead.as_mut().poll(context)
                {
                    ready = Some(decided);
                }
                match (written.take(), ready.take()) {
                    (Some(written), Some(ready)) => Poll::Ready((written, ready)),
                    (one, other) => {
                        (written, ready) = (one, other);
                        Poll::Pending
                    }
                }
            })
            .await
        };
        let (outcome, exact) = written?;
        let ready = ready.filter(|_| exact);
        self.ahead += usize::from(ready.is_some());
        self.begin(next, ready).await;
        Ok(Some(outcome))
    }

    /// How many batches were decided while the one before them was written, and did not have to be decided again.
    pub fn decided_ahead(&self) -> usize {
        self.ahead
    }

    /// Waits for something else, while what is being written goes on.
    pub async fn beside<T>(&mut self, other: impl Future<Output = T>) -> T {
        let mut other = pin!(other);
        let mut ended = None;
        let answer = std::future::poll_fn(|context| {
            if let (Some(writing), None) = (&mut self.writing, &ended)
                && let Poll::Ready(written) = writing.end.as_mut().poll(context)
            {
                ended = Some(written);
            }
            other.as_mut().poll(context)
        })
        .await;
        if let (Some(writing), Some(written)) = (&mut self.writing, ended) {
            writing.end = Box::pin(std::future::ready(written));
        }
        answer
    }

    /// Waits until everything is written. Answers with what became of the last batch, when there is one.
    ///
    /// # Errors
    /// Those of [`Acting::batch`] for the last batch.
    pub async fn finish(&mut self) -> Result<Option<BatchOutcome>, Problem> {
        match self.writing.take() {
            Some(writing) => writing.end.await.map(|(outcome, _)| Some(outcome)),
            None => Ok(None),
        }
    }

    /// Begins to write a batch.
    async fn begin(&mut self, mut batch: Batch<'s, Vec<Command>>, ready: Option<Box<Ready>>) {
        let ready = match ready {
            Some(ready) => Some(ready),
            None => batch.decide(Ground::Stored).await,
        };
        let foreseen = ready.as_ref().and_then(|ready| Foreseen::of(&ready.decided.plan));
        let mut end: Pin<Box<dyn Future<Output = Written> + Send + 's>> =
            Box::pin(batch.carry_out(ready, &[]));
        // From here on it goes by itself, where writing has a thread of its own.
        let begun = std::future::poll_fn(|context| Poll::Ready(end.as_mut().poll(context))).await;
        if let Poll::Ready(written) = begun {
            end = Box::pin(std::future::ready(written));
        }
        self.writing = Some(Writing { end, foreseen });
    }
}
