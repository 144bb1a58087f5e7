//! Pages: they are read by a task of their own, one ahead of whoever decides about them, and never more.

use iam_core::{
    model::SyncKind,
    port::{ConnectorError, Cursor, Objects, Presence, Read},
};
use ldap3::Scope;
use tokio::{sync::mpsc, task::JoinHandle};

use super::{
    Query, ber, connect,
    entry::{Dialect, Raw, Shape},
    wire::{Answer, Wire},
};

/// What reads: the connection, and where which kind of object lies.
pub(super) struct Reader {
    pub(super) wire: Wire,
    pub(super) base: String,
    pub(super) bases: Vec<(SyncKind, String)>,
    pub(super) filters: Vec<(SyncKind, String)>,
    pub(super) scope: Scope,
    pub(super) shape: Shape,
}

/// Where the pages of a read go.
pub(super) struct Pages {
    send: mpsc::Sender<Result<Objects, ConnectorError>>,
    cursor: u64,
}

impl Pages {
    /// Gives a page away; `false`: nobody wants the next one.
    pub(super) async fn give(&mut self, mut page: Objects, last: bool) -> bool {
        self.cursor += 1;
        page.next = (!last).then(|| Cursor(self.cursor.to_string()));
        self.send.send(Ok(page)).await.is_ok()
    }
}

/// A read under way.
pub(super) struct Reading {
    receive: mpsc::Receiver<Result<Objects, ConnectorError>>,
    task: Option<JoinHandle<Reader>>,
    next: Option<Cursor>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

fn lost() -> ConnectorError {
    ConnectorError::Unreachable("the connection ended".to_owned())
}

impl Reading {
    pub(super) fn start(mut reader: Reader, read: Read) -> Reading {
        let (send, receive) = mpsc::channel(1);
        let task = tokio::spawn(async move {
            let mut pages = Pages { send, cursor: 0 };
            if let Err(error) = reader.read(&read, &mut pages).await {
                // Who has gone away misses nothing.
                let _ = pages.send.send(Err(error)).await;
            }
            reader
        });
        Reading {
            receive,
            task: Some(task),
            next: None,
        }
    }

    /// The page that a cursor names: there is no other than the one after the last.
    pub(super) async fn page(&mut self, cursor: Option<&Cursor>) -> Result<Objects, ConnectorError> {
        if cursor != self.next.as_ref() {
            return Err(ConnectorError::Protocol(
                "a page of a directory can only be read after the one before it".to_owned(),
            ));
        }
        let page = self.receive.recv().await.ok_or_else(lost)??;
        self.next.clone_from(&page.next);
        Ok(page)
    }

    /// Whether nothing is under way any more.
    pub(super) fn is_over(&self) -> bool {
        self.task.as_ref().is_some_and(JoinHandle::is_finished)
    }

    /// Ends the read, and gives the connection back.
    pub(super) async fn stop(mut self) -> Result<Reader, ConnectorError> {
        self.receive.close();
        // What was on its way makes room for the task to see it.
        while self.receive.try_recv().is_ok() {}
        match self.task.take() {
            Some(task) => task.await.map_err(|_| lost()),
            None => Err(lost()),
        }
    }
}

impl Reader {
    pub(super) fn query(&self, read: &Read) -> Query {
        let of = |list: &[(SyncKind, String)]| {
            list.iter()
                .find(|(kind, _)| *kind == read.kind)
                .map(|(_, text)| text.clone())
        };
        let filter = read
            .filter
            .clone()
            .or_else(|| of(&self.filters))
            .unwrap_or_else(|| self.shape.filter(read.kind, &read.object_class));
        Query {
            base: of(&self.bases).unwrap_or_else(|| self.base.clone()),
            scope: self.scope,
            filter,
            attributes: self.shape.attributes(&read.attributes),
            page_size: i32::try_from(read.page_size.min(1000)).unwrap_or(1000),
        }
    }

    async fn read(&mut self, read: &Read, pages: &mut Pages) -> Result<(), ConnectorError> {
        let query = self.query(read);
        match self.shape.dialect {
            Dialect::OpenLdap | Dialect::DirectoryServer => self.content(&query, read, pages).await,
            Dialect::ActiveDirectory => self.changes(&query, read, pages).await,
            Dialect::Generic => self.whole(&query, pages).await,
        }
    }

    /// Every page of a read that names everybody when it came to its end.
    pub(super) async fn whole(&mut self, query: &Query, pages: &mut Pages) -> Result<(), ConnectorError> {
        let mut cookie = Some(Vec::new());
        while let Some(at) = cookie {
            let mut objects = Objects::default();
            cookie = self.page(query, &at, Vec::new(), &mut objects).await?;
            if cookie.is_none() {
                objects.presence = Presence::Everything;
            }
            if !pages.give(objects, cookie.is_none()).await {
                return Ok(());
            }
        }
        Ok(())
    }

    /// One page by the paged results control (RFC 2696); the cookie of the next one.
    pub(super) async fn page(
        &mut self,
        query: &Query,
        cookie: &[u8],
        more: Vec<ber::Control>,
        objects: &mut Objects,
    ) -> Result<Option<Vec<u8>>, ConnectorError> {
        let mut controls = vec![ber::paged(query.page_size, cookie)];
        controls.extend(more);
        let search = self.wire.search(query, &controls).await?;
        // Those of which a part is missing; it is asked for when the page is over.
        let mut parts: Vec<Raw<'static>> = Vec::new();
        let cookie = loop {
            match self.wire.answer(search).await? {
                Answer::Entry(raw, _) if raw.open_range().is_some() => parts.push(raw.into_owned()),
                Answer::Entry(raw, _) => self.shape.add(&raw, objects),
                Answer::Reference | Answer::Between(..) => {}
                Answer::Done(outcome, controls) => {
                    connect::succeeded(&outcome)?;
                    break ber::paged_cookie(controls).unwrap_or_default();
                }
            }
        };
        for mut raw in parts {
            self.complete_ranges(&mut raw).await?;
            self.shape.add(&raw, objects);
        }
        Ok((!cookie.is_empty()).then_some(cookie))
    }

    /// Asks for the rest of attributes with more values than the server gives at once: `member;range=0-1499`.
    async fn complete_ranges(&mut self, raw: &mut Raw<'static>) -> Result<(), ConnectorError> {
        while let Some((name, next)) = raw.open_range() {
            let asked = format!("{name};range={next}-*");
            let (more, outcome) = self.wire.entry(&raw.dn, &[&asked]).await?;
            connect::succeeded(&outcome)?;
            if !more.is_some_and(|more| raw.join_range(&name, &more)) {
                return Err(ConnectorError::Incomplete(format!(
                    "the rest of `{name}` is not there"
                )));
            }
        }
        Ok(())
    }
}

impl Shape {
    /// Adds an entry to a page.
    pub(super) fn add(&self, raw: &Raw<'_>, objects: &mut Objects) {
        match self.object(raw) {
            Ok(object) => objects.objects.push(object),
            Err(problem) => objects.unreadable.push(problem),
        }
    }
}
