//! One kind, page by page. Four things go on side by side: one step is written, the next one is decided on what that will
//! have done, the page after it is looked at, and another one is read.

use std::collections::{HashSet, VecDeque};

use iam_core::{
    model::{RunMode, SyncKind},
    port::{Connection, ConnectorError, Cursor, Presence, Read},
    service::BatchOutcome,
    wire::Problem,
};

use super::{
    Finding, Place, Run,
    ahead::{Ahead, Marks},
    apply::Step,
    page::Item,
    steps::Steps,
};
use crate::connector;

/// A step that is decided or written, and where the run goes on when it is.
struct Writing {
    step: Step,
    place: Place,
}

/// Steps on their way, and what is about to become of them, the first one first.
struct UnderWay<'s> {
    steps: Steps<'s>,
    all: VecDeque<Writing>,
}

impl Run<'_> {
    /// Reads one kind to its end.
    pub(super) async fn read_kind(
        &mut self,
        connection: &mut dyn Connection,
        kind: SyncKind,
        filter: Option<&str>,
        from: Option<Cursor>,
    ) -> Result<(), Problem> {
        let mut under_way = UnderWay {
            steps: Steps::new(&self.acting),
            all: VecDeque::new(),
        };
        let read = self
            .read_pages(connection, kind, filter, from, &mut under_way)
            .await;
        // Also when the source failed, or too much was asked for: what is being written is written.
        let written = self.end_steps(kind, &mut under_way).await;
        let (last, readable) = read?;
        written?;
        self.note().await?;
        if let Some(state) = self.kinds.get_mut(&kind) {
            let (presence, token) = last;
            state.complete = readable && presence == Presence::Everything && self.mode != RunMode::Filtered;
            state.token = token.filter(|_| self.mode != RunMode::Filtered);
        }
        Ok(())
    }

    /// Reads to the end. Answers with what the last page said of the whole, and whether every object could be read.
    async fn read_pages(
        &mut self,
        connection: &mut dyn Connection,
        kind: SyncKind,
        filter: Option<&str>,
        from: Option<Cursor>,
        under_way: &mut UnderWay<'_>,
    ) -> Result<((Presence, Option<String>), bool), Problem> {
        let mut read = self.order(kind, filter);
        let Some(mapper) = self.kinds.get(&kind).map(|state| state.mapper.clone()) else {
            return Ok(((Presence::Changes, None), false));
        };
        let marks = Marks {
            source: self.source,
            kind,
            mapper,
        };
        let mut ahead = self
            .first_page(&marks, connection, &mut read, from.as_ref())
            .await?;
        let mut readable = true;
        // Half a page of changed objects is worth a commit; fewer wait for those of the next pages.
        let enough = usize::try_from(read.page_size.div_ceil(2)).unwrap_or(1);
        let mut pool = Vec::new();
        loop {
            let mut sighted = ahead.sighted().await.map_err(connector::problem)?;
            let next = sighted.page.next.take();
            readable &= sighted.page.unreadable.is_empty();
            let last = (sighted.page.presence, sighted.page.token.take());
            let (items, following) = under_way
                .steps
                .beside(async {
                    tokio::join!(self.take_in(kind, sighted), async {
                        match &next {
                            Some(cursor) => marks.read(connection, &read, Some(cursor)).await.map(Some),
                            None => Ok(None),
                        }
                    })
                })
                .await;
            pool.append(&mut items?);
            let following = match following {
                Ok(following) => following.map(Ok),
                Err(error) => Some(Err(error)),
            };
            // The last page, or the last that came: what was read before the source failed is written.
            let goes_on = matches!(following, Some(Ok(_)));
            if pool.len() >= enough || !goes_on {
                let place = Place {
                    kind: Some(kind),
                    cursor: next,
                    page: self.pages,
                };
                let items = std::mem::take(&mut pool);
                self.next_step(kind, items, place, under_way).await?;
            }
            match following {
                Some(Ok(following)) => ahead = following,
                Some(Err(error)) => return Err(connector::problem(error)),
                None => return Ok((last, readable)),
            }
            self.note().await?;
        }
    }

    async fn first_page(
        &mut self,
        marks: &Marks,
        connection: &mut dyn Connection,
        read: &mut Read,
        from: Option<&Cursor>,
    ) -> Result<Ahead, Problem> {
        match marks.read(connection, read, from).await {
            // The source has forgotten where we were: everything is read.
            Err(ConnectorError::TokenExpired) => {
                read.since = None;
                self.find(Finding::of_run(
                    "sync.token_expired",
                    "the source is read as a whole again",
                ));
                marks.read(connection, read, None).await
            }
            other => other,
        }
        .map_err(connector::problem)
    }

    /// Has a step written after those that are under way.
    async fn next_step(
        &mut self,
        kind: SyncKind,
        mut items: Vec<Item>,
        place: Place,
        under_way: &mut UnderWay<'_>,
    ) -> Result<(), Problem> {
        let rules = self.rules.kinds.get(&kind).cloned().unwrap_or_default();
        let spoken_for: HashSet<_> = under_way
            .all
            .iter()
            .flat_map(|writing| writing.step.records())
            .collect();
        let mut step = under_way
            .steps
            .beside(async {
                self.match_records(kind, &mut items, &spoken_for).await?;
                self.decided(kind, &rules, items).await
            })
            .await?;
        if self.look_only || step.commands.is_empty() {
            self.end_steps(kind, under_way).await?;
            let results = self.carry_out(&step.commands).await?;
            self.settle(kind, step, results, true).await?;
            self.place = place;
            return Ok(());
        }
        let before = under_way.steps.push(std::mem::take(&mut step.commands)).await;
        if before.is_err() {
            // There is nothing to wait for any more.
            under_way.all.clear();
        }
        let before = before?;
        let written = before.is_some().then(|| under_way.all.pop_front()).flatten();
        under_way.all.push_back(Writing { step, place });
        match written {
            Some(written) => self.note_step(kind, written, before).await,
            None => Ok(()),
        }
    }

    /// Waits for all steps that are under way, and notes what became of them.
    async fn end_steps(&mut self, kind: SyncKind, under_way: &mut UnderWay<'_>) -> Result<(), Problem> {
        while !under_way.all.is_empty() {
            let outcome = under_way.steps.next().await;
            if outcome.is_err() {
                under_way.all.clear();
            }
            let outcome = outcome?;
            if let Some(written) = under_way.all.pop_front() {
                self.note_step(kind, written, outcome).await?;
            }
        }
        Ok(())
    }

    /// Notes what became of a step, and that the run goes on behind it.
    async fn note_step(
        &mut self,
        kind: SyncKind,
        Writing { step, place }: Writing,
        outcome: Option<BatchOutcome>,
    ) -> Result<(), Problem> {
        let results = outcome.map(|outcome| outcome.results).unwrap_or_default();
        self.settle(kind, step, results, true).await?;
        self.place = place;
        Ok(())
    }
}
