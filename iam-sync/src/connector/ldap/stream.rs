//! Content synchronization (RFC 4533), in both dialects of telling what is gone: by naming it, or by naming everything
//! that is still there.

use std::collections::HashSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use iam_core::port::{ConnectorError, Objects, Presence, Read};

use super::{
    Dialect, Query,
    ber::{self, Info, State},
    connect, entry,
    pages::{Pages, Reader},
    wire::Answer,
};

/// The entries of a page have about so many bytes at most: a thousand groups with a thousand members are several pages.
const BYTES: usize = 4 * 1024 * 1024;

/// What was said so far.
struct Content {
    cookie: Option<Vec<u8>>,
    /// The server named entries that are still there.
    presents: bool,
    /// Something was named at all.
    named: bool,
    /// It began with a cookie.
    since: bool,
    /// Entries that came.
    seen: HashSet<u128>,
}

fn protocol(message: &str) -> ConnectorError {
    ConnectorError::Protocol(message.to_owned())
}

impl Reader {
    /// Every page of a synchronization.
    pub(super) async fn content(
        &mut self,
        query: &Query,
        read: &Read,
        pages: &mut Pages,
    ) -> Result<(), ConnectorError> {
        let cookie = match &read.since {
            Some(token) => Some(STANDARD.decode(token).map_err(|_| ConnectorError::TokenExpired)?),
            None => None,
        };
        let mut content = Content {
            cookie: None,
            presents: false,
            named: false,
            since: cookie.is_some(),
            seen: HashSet::new(),
        };
        let search = self
            .wire
            .search(query, &[ber::sync_request(cookie.as_deref())])
            .await?;
        let size = read.page_size as usize;
        let mut objects = Objects::default();
        let mut bytes = 0;
        let shape = &self.shape;
        loop {
            match self.wire.answer(search).await? {
                Answer::Reference => {}
                Answer::Between(name, value) if name == ber::SYNC_INFO.as_bytes() => {
                    shape.between(&mut content, value, &mut objects)?;
                }
                Answer::Between(..) => {}
                Answer::Entry(raw, controls) => {
                    let (state, identifier) = ber::sync_state(controls)
                        .ok_or_else(|| protocol("an entry of a synchronization has no state"))?;
                    content.named = true;
                    match state {
                        State::Present => {
                            content.presents = true;
                            objects.unchanged.push(shape.sync_identifier(identifier));
                        }
                        State::Deleted => objects.deleted.push(shape.sync_identifier(identifier)),
                        // An entry that changes while it is read may come twice.
                        State::Changed if !content.seen.insert(short(identifier)) => {}
                        State::Changed if raw.open_range().is_some() => {
                            // No server that speaks this cuts attributes; one that did would need another read.
                            return Err(ConnectorError::Incomplete(format!("{} came in parts", raw.dn)));
                        }
                        State::Changed => {
                            bytes += raw.size();
                            shape.add(&raw, &mut objects);
                        }
                    }
                }
                Answer::Done(outcome, controls) => {
                    connect::succeeded(&outcome)?;
                    let done = ber::sync_done(controls);
                    // An end without its control proves nothing.
                    let (cookie, deletes) = done.ok_or_else(|| {
                        ConnectorError::Incomplete("the synchronization has no end".to_owned())
                    })?;
                    // A server that has nothing new to say may leave the cookie out: the old one stays good.
                    objects.token = cookie
                        .or(content.cookie)
                        .map(|cookie| STANDARD.encode(cookie))
                        .or_else(|| read.since.clone());
                    // A directory that was filled while it stood still knows no state of its new entries and tells
                    // nothing of them. Whoever names nobody at all is asked once more, in the ordinary way.
                    if !content.since && !content.named {
                        return self.asked_again(query, objects, pages).await;
                    }
                    let names_all = !content.since || (content.presents && content.named && !deletes);
                    objects.presence = match names_all {
                        true => Presence::Everything,
                        false => Presence::Changes,
                    };
                    pages.give(objects, true).await;
                    return Ok(());
                }
            }
            let full = objects.objects.len() >= size
                || bytes >= BYTES
                || objects.unchanged.len() + objects.deleted.len() >= 10 * size.max(100);
            if full {
                bytes = 0;
                if !pages.give(std::mem::take(&mut objects), false).await {
                    self.wire.abandon(search).await;
                    return Ok(());
                }
            }
        }
    }

    /// What the ordinary way says where a synchronization names nobody.
    async fn asked_again(
        &mut self,
        query: &Query,
        empty: Objects,
        pages: &mut Pages,
    ) -> Result<(), ConnectorError> {
        let mut objects = Objects::default();
        let cookie = self.page(query, &[], Vec::new(), &mut objects).await?;
        if objects.objects.is_empty() && objects.unreadable.is_empty() && cookie.is_none() {
            let nobody = Objects {
                presence: Presence::Everything,
                ..empty
            };
            pages.give(nobody, true).await;
            return Ok(());
        }
        // It stays so for as long as this connection lasts.
        self.shape.dialect = Dialect::Generic;
        self.whole(query, pages).await
    }
}

/// An identifier as a number.
fn short(identifier: &[u8]) -> u128 {
    match <[u8; 16]>::try_from(identifier) {
        Ok(bytes) => u128::from_be_bytes(bytes),
        Err(_) => {
            let digest = crate::reconcile::key::fingerprint(identifier);
            u128::from_str_radix(&digest, 16).unwrap_or_default()
        }
    }
}

impl entry::Shape {
    fn sync_identifier(&self, bytes: &[u8]) -> String {
        let plain = entry::guid(bytes, false);
        match self.dialect {
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

    /// What is said between entries.
    fn between(
        &self,
        content: &mut Content,
        value: &[u8],
        objects: &mut Objects,
    ) -> Result<(), ConnectorError> {
        let info =
            ber::sync_info(value).ok_or_else(|| protocol("a message of the synchronization is malformed"))?;
        match info {
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
