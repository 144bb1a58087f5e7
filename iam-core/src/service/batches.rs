//! Batches in a row: while one is being written, the next one is decided on what it will have done.

use std::{
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
};

use super::{
    Acting,
    batch::{Batch, BatchMode, BatchOutcome},
    driver::{Ground, Ready},
    foreseen::Foreseen,
};
use crate::{command::Command, model::Record, wire::Problem};

/// What became of a batch, and whether it did exactly what was foreseen.
type Written = Result<(BatchOutcome, bool), Problem>;

/// A batch that is being written.
struct Writing<'s> {
    end: End<'s>,
    foreseen: Option<Foreseen>,
}

/// The end of a batch. Kept where it is found, so that whoever stops waiting loses nothing.
enum End<'s> {
    Coming(Pin<Box<dyn Future<Output = Written> + Send + 's>>),
    Here(Box<Written>),
}

impl End<'_> {
    /// Goes on with it; whether it is here.
    fn poll(&mut self, context: &mut Context<'_>) -> bool {
        if let End::Coming(coming) = self
            && let Poll::Ready(written) = coming.as_mut().poll(context)
        {
            *self = End::Here(Box::new(written));
        }
        matches!(self, End::Here(_))
    }

    async fn written(self) -> Written {
        match self {
            End::Coming(coming) => coming.await,
            End::Here(written) => *written,
        }
    }
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
        self.add(Batch::new(acting.clone(), commands, self.mode)?).await
    }

    /// The same, with records that were just read.
    pub(super) async fn push_knowing(
        &mut self,
        commands: Vec<Command>,
        known: Vec<Arc<Record>>,
    ) -> Result<Option<BatchOutcome>, Problem> {
        let next = Batch::new(self.acting.clone(), commands, self.mode)?;
        self.add(next.knowing(known)).await
    }

    async fn add(&mut self, mut next: Batch<'s, Vec<Command>>) -> Result<Option<BatchOutcome>, Problem> {
        let Some(Writing { end, foreseen }) = &mut self.writing else {
            self.begin(next, None).await;
            return Ok(None);
        };
        let ready = {
            let mut ahead = pin!(async {
                match &foreseen {
                    Some(foreseen) => next.decide(Ground::Upon(foreseen)).await,
                    None => None,
                }
            });
            let mut ready = None;
            std::future::poll_fn(|context| {
                let ended = end.poll(context);
                if ready.is_none()
                    && let Poll::Ready(decided) = ahead.as_mut().poll(context)
                {
                    ready = Some(decided);
                }
                match ready.take() {
                    Some(decided) if ended => Poll::Ready(decided),
                    other => {
                        ready = other;
                        Poll::Pending
                    }
                }
            })
            .await
        };
        let Some(before) = self.writing.take() else {
            return Ok(None);
        };
        let (outcome, exact) = before.end.written().await?;
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
        std::future::poll_fn(|context| {
            if let Some(writing) = &mut self.writing {
                writing.end.poll(context);
            }
            other.as_mut().poll(context)
        })
        .await
    }

    /// Waits until everything is written. Answers with what became of the last batch, when there is one.
    ///
    /// # Errors
    /// Those of [`Acting::batch`] for the last batch.
    pub async fn finish(&mut self) -> Result<Option<BatchOutcome>, Problem> {
        if let Some(writing) = &mut self.writing {
            std::future::poll_fn(|context| match writing.end.poll(context) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            })
            .await;
        }
        match self.writing.take() {
            Some(writing) => writing.end.written().await.map(|(outcome, _)| Some(outcome)),
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
        let mut end = End::Coming(Box::pin(batch.carry_out(ready)));
        // From here on it goes by itself, where writing has a thread of its own.
        std::future::poll_fn(|context| Poll::Ready(end.poll(context))).await;
        self.writing = Some(Writing { end, foreseen });
    }
}
