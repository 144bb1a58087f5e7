//! Imports against the memory backend.

use std::sync::Arc;

use iam_core::{
    model::{EntityId, Kind, Record},
    plan::Direction,
    search::{Predicate, Search},
    service::{Acting, Iam},
};
use iam_storage::{host, memory::MemoryStorage};

use super::*;

mod flow;
mod tree;
mod users;

pub(super) async fn realm() -> Acting<'static> {
    let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([7; 32])).unwrap();
    iam.realm("acme").await.unwrap().host("test")
}

#[derive(Default)]
pub(super) struct Watch {
    pub(super) decisions: Vec<Decision>,
    pub(super) progress: Vec<Progress>,
    pub(super) cancel_after: Option<usize>,
}

impl Observer for Watch {
    fn progress(&mut self, progress: &Progress) {
        self.progress.push(*progress);
    }
    fn row(&mut self, decision: &Decision) {
        self.decisions.push(decision.clone());
    }
    fn is_cancelled(&self) -> bool {
        self.cancel_after
            .is_some_and(|count| self.progress.len() >= count)
    }
}

pub(super) async fn users(acting: &Acting<'_>) -> Vec<Arc<Record>> {
    lookup::all(acting, Search::new(Kind::User)).await.unwrap()
}

pub(super) async fn user(acting: &Acting<'_>, attribute: &str, value: &str) -> Arc<Record> {
    let search = Search::new(Kind::User).filter(Predicate::eq(attribute, value));
    let mut found = lookup::all(acting, search).await.unwrap();
    assert_eq!(found.len(), 1, "{attribute} {value}");
    found.remove(0)
}

pub(super) async fn manager(acting: &Acting<'_>, of: EntityId) -> Option<EntityId> {
    let relation = iam_core::model::Relation::ReportsTo;
    let edges = acting.edges(of, Direction::From, relation).await.unwrap();
    edges.first().map(|edge| edge.key.to)
}

pub(super) fn counts(report: &Report) -> [u64; 4] {
    [report.created, report.updated, report.unchanged, report.failed]
}
