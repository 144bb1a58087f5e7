//! Content synchronization (RFC 4533), in both dialects of telling what is gone: by naming it, or by naming everything
//! that is still there.

use std::collections::HashSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use iam_core::port::{ConnectorError, Cursor, Objects, Presence, Read};
use ldap3::{Ldap, LdapResult, ResultEntry, SearchOptions};
use tokio::sync::mpsc;

use super::{
    Dialect, Entries, Query,
    ber::{self, Info, State},
    connect, entry, whole,
};

/// Entries that wait between the network and the run.
const AHEAD: usize = 1000;

/// What comes from the server.
enum Message {
    Entry(Box<ResultEntry>),
    End(Result<Box<LdapResult>, ConnectorError>),
}

/// A synchronization under way.
pub(super) struct Content {
    receive: mpsc::Receiver<Message>,
    task: tokio::task::JoinHandle<()>,
    cursor: u64,
    cookie: Option<Vec<u8>>,
    /// The server named entries that are still there.
    presents: bool,
    /// Something was named at all.
    named: bool,
    /// It began with a cookie.
    since: bool,
    seen: HashSet<String>,
}

impl Drop for Content {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn follow(mut ldap: Ldap, query: Query, cookie: Option<Vec<u8>>, send: mpsc::Sender<Message>) {
    let started = ldap
        .with_controls(vec![ber::sync_request(cookie.as_deref())])
        .with_search_options(SearchOptions::new().sizelimit(0))
        .with_timeout(super::PATIENCE)
        .streaming_search(&query.base, query.scope, &query.filter, query.attributes.clone())
        .await;
    let mut stream = match started {
        Ok(stream) => stream,
        Err(error) => {
            let _ = send.send(Message::End(Err(connect::unreachable(error)))).await;
            return;
        }
    };
    loop {
        let message = match stream.next().await {
            Ok(Some(found)) => Message::Entry(Box::new(found)),
            Ok(None) => {
                let result = stream.finish().await;
                Message::End(connect::succeeded(&result).map(|()| Box::new(result)))
            }
            Err(error) => Message::End(Err(connect::unreachable(error))),
        };
        let last = matches!(message, Message::End(_));
        // Nobody waits for it any more: the connection goes with it.
        if send.send(message).await.is_err() || last {
            return;
        }
    }
}

fn protocol(message: &str) -> ConnectorError {
    ConnectorError::Protocol(message.to_owned())
}

impl Entries {
    /// One page of a synchronization.
    pub(super) async fn content(
        &mut self,
        query: &Query,
        read: &Read,
        cursor: Option<&Cursor>,
    ) -> Result<Objects, ConnectorError> {
        let mut content = match (cursor, self.stream.take()) {
            (None, _) => {
                let cookie = match &read.since {
                    Some(token) => Some(STANDARD.decode(token).map_err(|_| ConnectorError::TokenExpired)?),
                    None => None,
                };
                let (send, receive) = mpsc::channel(AHEAD);
                let since = cookie.is_some();
                Content {
                    receive,
                    task: tokio::spawn(follow(self.ldap.clone(), query.clone(), cookie, send)),
                    cursor: 0,
                    cookie: None,
                    presents: false,
                    named: false,
                    since,
                    seen: HashSet::new(),
                }
            }
            (Some(cursor), Some(content)) if content.cursor.to_string() == cursor.0 => content,
            (Some(_), _) => {
                return Err(protocol(
                    "a page of a directory can only be read after the one before it",
                ));
            }
        };
        let mut objects = Objects::default();
        let size = read.page_size as usize;
        while objects.objects.len() < size
            && objects.unchanged.len() + objects.deleted.len() < 10 * size.max(100)
        {
            match content.receive.recv().await {
                None => return Err(ConnectorError::Unreachable("the connection ended".to_owned())),
                Some(Message::Entry(found)) if found.is_ref() => {}
                Some(Message::Entry(found)) if found.is_intermediate() => {
                    self.intermediate(&mut content, *found, &mut objects)?;
                }
                Some(Message::Entry(found)) => self.entry(&mut content, *found, &mut objects).await?,
                Some(Message::End(result)) => {
                    let result = result?;
                    let done = result.ctrls.iter().find_map(|control| ber::sync_done(&control.1));
                    let Some((cookie, deletes)) = done else {
                        // An end without its control proves nothing.
                        return Err(ConnectorError::Incomplete(
                            "the synchronization has no end".to_owned(),
                        ));
                    };
                    let cookie = cookie.or_else(|| content.cookie.take());
                    // A server that has nothing new to say may leave the cookie out: the old one stays good.
                    objects.token = cookie
                        .map(|cookie| STANDARD.encode(cookie))
                        .or_else(|| read.since.clone());
                    // A directory that was filled while it stood still knows no state of its new entries and tells
                    // nothing of them. Whoever names nobody at all is asked once more, in the ordinary way.
                    if !content.since && !content.named {
                        let (pages, last) = self.page(query, None, Vec::new()).await?;
                        if !pages.objects.is_empty() {
                            self.shape.dialect = Dialect::Generic;
                            return Ok(whole(pages, last));
                        }
                    }
                    let names_all = !content.since || (content.presents && content.named && !deletes);
                    objects.presence = match names_all {
                        true => Presence::Everything,
                        false => Presence::Changes,
                    };
                    return Ok(objects);
                }
            }
        }
        content.cursor += 1;
        objects.next = Some(Cursor(content.cursor.to_string()));
        self.stream = Some(content);
        Ok(objects)
    }

    async fn entry(
        &mut self,
        content: &mut Content,
        found: ResultEntry,
        objects: &mut Objects,
    ) -> Result<(), ConnectorError> {
        let state = found.1.iter().find_map(|control| ber::sync_state(&control.1));
        let Some((state, identifier)) = state else {
            return Err(protocol("an entry of a synchronization has no state"));
        };
        content.named = true;
        let identifier = self.sync_identifier(&identifier);
        match state {
            State::Present => {
                content.presents = true;
                objects.unchanged.push(identifier);
            }
            State::Deleted => objects.deleted.push(identifier),
            State::Changed => {
                // An entry that changes while it is read may come twice.
                if !content.seen.insert(identifier) {
                    return Ok(());
                }
                let mut raw = entry::parse(found)?;
                self.complete_ranges(&mut raw).await?;
                match self.shape.object(raw) {
                    Ok(object) => objects.objects.push(object),
                    Err(problem) => objects.unreadable.push(problem),
                }
            }
        }
        Ok(())
    }

    fn sync_identifier(&self, bytes: &[u8]) -> String {
        let plain = entry::guid(bytes, false);
        match self.shape.dialect {
            // 389 Directory Server writes its identifiers in four groups of eight.
            entry::Dialect::DirectoryServer => {
                let digits: String = plain.chars().filter(|c| *c != '-').collect();
                let groups: Vec<String> = digits
                    .as_bytes()
                    .chunks(8)
                    .map(|group| String::from_utf8_lossy(group).into_owned())
                    .collect();
                groups.join("-")
            }
            _ => plain,
        }
    }

    fn intermediate(
        &self,
        content: &mut Content,
        found: ResultEntry,
        objects: &mut Objects,
    ) -> Result<(), ConnectorError> {
        let malformed = || protocol("a message of the synchronization is malformed");
        let parts = found
            .0
            .match_id(25)
            .and_then(|tag| tag.expect_constructed())
            .ok_or_else(malformed)?;
        let (mut name, mut value) = (Vec::new(), None);
        for part in parts {
            match part.id {
                0 => name = part.expect_primitive().ok_or_else(malformed)?,
                1 => value = part.expect_primitive(),
                _ => {}
            }
        }
        if name != ber::SYNC_INFO.as_bytes() {
            return Ok(());
        }
        match ber::sync_info(&value.unwrap_or_default()).ok_or_else(malformed)? {
            Info::Cookie(cookie) => content.cookie = Some(cookie),
            Info::Phase { cookie, presents } => {
                content.presents |= presents;
                content.cookie = cookie.or_else(|| content.cookie.take());
            }
            Info::Identifiers {
                cookie,
                deleted,
                identifiers,
            } => {
                content.named |= !identifiers.is_empty();
                content.presents |= !deleted;
                content.cookie = cookie.or_else(|| content.cookie.take());
                let identifiers = identifiers.iter().map(|bytes| self.sync_identifier(bytes));
                match deleted {
                    true => objects.deleted.extend(identifiers),
                    false => objects.unchanged.extend(identifiers),
                }
            }
        }
        Ok(())
    }
}
