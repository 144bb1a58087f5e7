//! A page that was read, with the keys and digests of its objects: they are worked out beside the run, where there is a
//! runtime to do it.

use std::sync::Arc;

use iam_core::{
    model::{SourceId, SyncKind},
    port::{Connection, ConnectorError, Cursor, Objects, Read},
};

use super::read_page;
use crate::reconcile::{
    Mapper,
    key::{ObjectKey, object_key},
};

/// From so many objects on it is worth a task.
const MANY: usize = 50;

/// A page and, for each object, its key and its digest, where it has one before it is mapped.
pub(super) struct Sighted {
    pub(super) page: Objects,
    pub(super) marks: Vec<(ObjectKey, Option<String>)>,
}

/// A page on its way.
pub(super) enum Ahead {
    Here(Box<Sighted>),
    Coming(tokio::task::JoinHandle<Sighted>),
}

/// How the objects of a kind are marked.
#[derive(Clone)]
pub(super) struct Marks {
    pub(super) source: SourceId,
    pub(super) kind: SyncKind,
    pub(super) mapper: Arc<Mapper>,
}

impl Marks {
    fn of(&self, page: Objects) -> Sighted {
        let mark = |object: &iam_core::port::SourceObject| {
            let key = object_key(self.source, self.kind, &object.identifier);
            (key, self.mapper.digest_of(object))
        };
        Sighted {
            marks: match self.kind {
                SyncKind::Membership => Vec::new(),
                _ => page.objects.iter().map(mark).collect(),
            },
            page,
        }
    }

    /// Reads a page, and has it marked.
    pub(super) async fn read(
        &self,
        connection: &mut dyn Connection,
        read: &Read,
        cursor: Option<&Cursor>,
    ) -> Result<Ahead, ConnectorError> {
        let page = read_page(connection, read, cursor).await?;
        Ok(match tokio::runtime::Handle::try_current() {
            Ok(runtime) if page.objects.len() >= MANY => {
                let marks = self.clone();
                Ahead::Coming(runtime.spawn(async move { marks.of(page) }))
            }
            _ => Ahead::Here(Box::new(self.of(page))),
        })
    }
}

impl Ahead {
    pub(super) async fn sighted(self) -> Result<Sighted, ConnectorError> {
        match self {
            Ahead::Here(sighted) => Ok(*sighted),
            // It is lost with the runtime, and with nothing else.
            Ahead::Coming(task) => task
                .await
                .map_err(|error| ConnectorError::Unreachable(format!("the page was lost: {error}"))),
        }
    }
}
