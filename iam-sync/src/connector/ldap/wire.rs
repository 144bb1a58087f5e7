//! A connection to a directory, message by message (RFC 4511). Answers are read where they lie in the buffer, and not
//! before somebody asks for them: a server that is faster than we are waits.

use std::time::Duration;

use bytes::BytesMut;
use iam_core::port::ConnectorError;
use ldap3::{Scope, asn1};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::{
    Query,
    ber::{self, Control},
    entry::Raw,
};
use crate::connector::Fields;

/// How long a server may be silent.
const PATIENCE: Duration = Duration::from_secs(120);
/// What is asked for at once.
const CHUNK: usize = 64 * 1024;
/// The longest message. A group with a million members has about half of it.
const LONGEST: usize = 128 * 1024 * 1024;

/// What carries the messages.
pub(super) trait Transport: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Transport for T {}

/// A connection. One request is under way at a time.
pub(super) struct Wire {
    stream: Box<dyn Transport>,
    buffer: Vec<u8>,
    /// What was received and not looked at.
    from: usize,
    to: usize,
    number: i32,
}

/// The end of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) code: i64,
    /// What the server says about it.
    pub(super) message: String,
}

/// A message that answers a search.
pub(super) enum Answer<'a> {
    /// An entry and its controls.
    Entry(Raw<'a>, &'a [u8]),
    /// It lies somewhere else.
    Reference,
    /// Something between entries: its name and its value.
    Between(&'a [u8], &'a [u8]),
    /// There is no more; with the controls.
    Done(Outcome, &'a [u8]),
}

fn malformed() -> ConnectorError {
    ConnectorError::Protocol("a message of the directory is malformed".to_owned())
}

fn lost(error: std::io::Error) -> ConnectorError {
    ConnectorError::Unreachable(error.to_string())
}

/// The whole length of the message that begins here; `None`: it is not told yet.
fn length(bytes: &[u8]) -> Result<Option<usize>, ConnectorError> {
    let (tag, first) = match bytes {
        [tag, first, ..] => (*tag, usize::from(*first)),
        _ => return Ok(None),
    };
    if tag != ber::SEQUENCE {
        return Err(malformed());
    }
    let (digits, content) = match first {
        0..=0x7f => (0, first),
        0x81..=0x84 => {
            let digits = first & 0x7f;
            let Some(length) = bytes.get(2..2 + digits) else {
                return Ok(None);
            };
            (
                digits,
                length.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit)),
            )
        }
        _ => return Err(malformed()),
    };
    match content <= LONGEST {
        true => Ok(Some(2 + digits + content)),
        false => Err(ConnectorError::Protocol(
            "a message of the directory is longer than it may be".to_owned(),
        )),
    }
}

fn outcome(content: &[u8]) -> Option<Outcome> {
    let (_, code, rest) = ber::element(content).filter(|(tag, ..)| *tag == ber::ENUMERATED)?;
    let (_, _, rest) = ber::element(rest)?;
    let (_, message, _) = ber::element(rest)?;
    Some(Outcome {
        code: ber::number(code)?,
        message: String::from_utf8_lossy(message).trim_end_matches('\0').to_owned(),
    })
}

/// A message: its number, what it is, its content, its controls.
type Message<'a> = (i64, u8, &'a [u8], &'a [u8]);

fn message(bytes: &[u8]) -> Option<Message<'_>> {
    let (_, content, _) = ber::element(bytes)?;
    let (_, number, rest) = ber::element(content).filter(|(tag, ..)| *tag == ber::INTEGER)?;
    let (tag, content, rest) = ber::element(rest)?;
    // What else a server puts behind it is not looked at.
    let controls = match ber::element(rest) {
        Some((0xa0, controls, _)) => controls,
        _ => &[],
    };
    Some((ber::number(number)?, tag, content, controls))
}

fn between(content: &[u8]) -> (&[u8], &[u8]) {
    let (mut name, mut value): (&[u8], &[u8]) = (&[], &[]);
    let mut rest = content;
    while let Some((tag, content, after)) = ber::element(rest) {
        match tag {
            0x80 => name = content,
            0x81 => value = content,
            _ => {}
        }
        rest = after;
    }
    (name, value)
}

fn search_request(query: &Query) -> Result<Vec<u8>, ConnectorError> {
    let no_filter = || Fields::wrong("filter", "is no LDAP filter");
    let filter = ldap3::parse_filter(&query.filter).map_err(|()| no_filter())?;
    let mut written = BytesMut::new();
    asn1::write::encode_into(&mut written, asn1::ASNTag::into_structure(filter)).map_err(|_| no_filter())?;
    let scope = match query.scope {
        Scope::Base => 0,
        Scope::OneLevel => 1,
        Scope::Subtree => 2,
    };
    let mut content = ber::write(ber::OCTETS, query.base.as_bytes());
    // Aliases are not followed; there are no limits of size and time but those of the server.
    for (tag, value) in [
        (ber::ENUMERATED, scope),
        (ber::ENUMERATED, 0),
        (ber::INTEGER, 0),
        (ber::INTEGER, 0),
        (ber::BOOLEAN, 0),
    ] {
        content.extend(ber::write(tag, &[value]));
    }
    content.extend_from_slice(&written);
    let attributes: Vec<u8> = query
        .attributes
        .iter()
        .flat_map(|name| ber::write(ber::OCTETS, name.as_bytes()))
        .collect();
    content.extend(ber::write(ber::SEQUENCE, &attributes));
    Ok(ber::write(0x63, &content))
}

impl Wire {
    pub(super) fn new(stream: Box<dyn Transport>) -> Wire {
        Wire {
            stream,
            buffer: vec![0; CHUNK],
            from: 0,
            to: 0,
            number: 0,
        }
    }

    /// Hands over what carries the messages, to be wrapped; `None` when something was said already that belongs to no
    /// request.
    pub(super) fn into_stream(self) -> Option<Box<dyn Transport>> {
        (self.from == self.to).then_some(self.stream)
    }

    async fn send(&mut self, request: &[u8], controls: &[Control]) -> Result<i32, ConnectorError> {
        self.number = self.number.checked_add(1).unwrap_or(1);
        let mut content = ber::write_number(ber::INTEGER, self.number);
        content.extend_from_slice(request);
        if !controls.is_empty() {
            let controls: Vec<u8> = controls.iter().flat_map(ber::written).collect();
            content.extend(ber::write(0xa0, &controls));
        }
        let message = ber::write(ber::SEQUENCE, &content);
        let sent = async {
            self.stream.write_all(&message).await?;
            self.stream.flush().await
        };
        match tokio::time::timeout(PATIENCE, sent).await {
            Ok(sent) => sent.map_err(lost).map(|()| self.number),
            Err(_) => Err(silent()),
        }
    }

    /// Waits until a whole message is in the buffer; where it begins and ends.
    async fn frame(&mut self) -> Result<(usize, usize), ConnectorError> {
        loop {
            let known = self.buffer.get(self.from..self.to).unwrap_or_default();
            let wanted = match length(known)? {
                Some(length) if length <= known.len() => {
                    let from = self.from;
                    self.from += length;
                    return Ok((from, self.from));
                }
                Some(length) => length,
                None => 0,
            };
            if self.from == self.to {
                (self.from, self.to) = (0, 0);
            }
            if self.buffer.len() - self.to < CHUNK / 4 || self.from + wanted > self.buffer.len() {
                self.buffer.copy_within(self.from..self.to, 0);
                (self.from, self.to) = (0, self.to - self.from);
                // Not more than twice what came: who only says that it is long gets no memory for it.
                let room = wanted.min(2 * self.to).max(self.to) + CHUNK;
                if self.buffer.len() < room {
                    self.buffer.resize(room, 0);
                }
            }
            let free = self.buffer.get_mut(self.to..).unwrap_or_default();
            match tokio::time::timeout(PATIENCE, self.stream.read(free)).await {
                Ok(Ok(0)) => return Err(ConnectorError::Unreachable("the connection ended".to_owned())),
                Ok(Ok(count)) => self.to += count,
                Ok(Err(error)) => return Err(lost(error)),
                Err(_) => return Err(silent()),
            }
        }
    }

    /// The next message of a request; those of others are passed over.
    async fn message(&mut self, of: i32) -> Result<Message<'_>, ConnectorError> {
        let (from, to) = loop {
            let (from, to) = self.frame().await?;
            let bytes = self.buffer.get(from..to).unwrap_or_default();
            let (number, tag, content, _) = message(bytes).ok_or_else(malformed)?;
            if number == i64::from(of) {
                break (from, to);
            }
            if number == 0 && tag == 0x78 {
                let said = outcome(content)
                    .map(|outcome| outcome.message)
                    .unwrap_or_default();
                let message = format!("the directory ends the connection: {said}");
                return Err(ConnectorError::Unreachable(message));
            }
        };
        let bytes = self.buffer.get(from..to).unwrap_or_default();
        message(bytes).ok_or_else(malformed)
    }

    /// Signs in with a name and a password.
    pub(super) async fn bind(&mut self, user: &str, password: &str) -> Result<Outcome, ConnectorError> {
        let mut content = ber::write(ber::INTEGER, &[3]);
        content.extend(ber::write(ber::OCTETS, user.as_bytes()));
        content.extend(ber::write(0x80, password.as_bytes()));
        self.single(&ber::write(0x60, &content), 0x61).await
    }

    /// Asks for TLS on a connection without it (RFC 4511 4.14).
    pub(super) async fn start_tls(&mut self) -> Result<Outcome, ConnectorError> {
        let name = ber::write(0x80, b"1.3.6.1.4.1.1466.20037");
        self.single(&ber::write(0x77, &name), 0x78).await
    }

    async fn single(&mut self, request: &[u8], answer: u8) -> Result<Outcome, ConnectorError> {
        let number = self.send(request, &[]).await?;
        let (_, tag, content, _) = self.message(number).await?;
        match tag == answer {
            true => outcome(content).ok_or_else(malformed),
            false => Err(malformed()),
        }
    }

    /// Signs out.
    pub(super) async fn unbind(&mut self) {
        // Who does not answer any more need not be told.
        let _ = self.send(&[0x42, 0], &[]).await;
        let _ = self.stream.shutdown().await;
    }

    /// Wants no more answers to a search.
    pub(super) async fn abandon(&mut self, search: i32) {
        // The content is the number itself; an error shows at the next request.
        let _ = self.send(&ber::write_number(0x50, search), &[]).await;
    }

    /// Begins a search. Its answers are asked for one by one.
    pub(super) async fn search(
        &mut self,
        query: &Query,
        controls: &[Control],
    ) -> Result<i32, ConnectorError> {
        let request = search_request(query)?;
        self.send(&request, controls).await
    }

    /// The next answer to a search.
    pub(super) async fn answer(&mut self, search: i32) -> Result<Answer<'_>, ConnectorError> {
        let (_, tag, content, controls) = self.message(search).await?;
        Ok(match tag {
            0x64 => Answer::Entry(Raw::parse(content).ok_or_else(malformed)?, controls),
            0x73 => Answer::Reference,
            0x79 => {
                let (name, value) = between(content);
                Answer::Between(name, value)
            }
            0x65 => Answer::Done(outcome(content).ok_or_else(malformed)?, controls),
            _ => return Err(malformed()),
        })
    }

    /// One entry by its name, as it is.
    pub(super) async fn entry(
        &mut self,
        name: &str,
        attributes: &[&str],
    ) -> Result<(Option<Raw<'static>>, Outcome), ConnectorError> {
        let query = Query {
            base: name.to_owned(),
            scope: Scope::Base,
            filter: "(objectClass=*)".to_owned(),
            attributes: attributes.iter().map(|name| (*name).to_owned()).collect(),
            page_size: 1,
        };
        let search = self.search(&query, &[]).await?;
        let mut found = None;
        loop {
            match self.answer(search).await? {
                Answer::Entry(raw, _) => found = Some(raw.into_owned()),
                Answer::Done(outcome, _) => return Ok((found, outcome)),
                Answer::Reference | Answer::Between(..) => {}
            }
        }
    }
}

fn silent() -> ConnectorError {
    ConnectorError::Unreachable(format!(
        "the directory was silent for {} seconds",
        PATIENCE.as_secs()
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn answered(number: i32, tag: u8, content: &[u8]) -> Vec<u8> {
        let mut message = ber::write(ber::INTEGER, &number.to_be_bytes());
        message.extend(ber::write(tag, content));
        ber::write(ber::SEQUENCE, &message)
    }

    fn done(code: u8, text: &str) -> Vec<u8> {
        let mut content = ber::write(ber::ENUMERATED, &[code]);
        content.extend(ber::write(ber::OCTETS, b""));
        content.extend(ber::write(ber::OCTETS, text.as_bytes()));
        content
    }

    fn found(dn: &str, value: &[u8]) -> Vec<u8> {
        let mut pair = ber::write(ber::OCTETS, b"cn");
        pair.extend(ber::write(ber::SET, &ber::write(ber::OCTETS, value)));
        let mut content = ber::write(ber::OCTETS, dn.as_bytes());
        content.extend(ber::write(ber::SEQUENCE, &ber::write(ber::SEQUENCE, &pair)));
        content
    }

    fn everything() -> Query {
        Query {
            base: "dc=test".to_owned(),
            scope: Scope::Subtree,
            filter: "(&(cn=a*)(!(sn=b)))".to_owned(),
            attributes: vec!["cn".to_owned()],
            page_size: 1,
        }
    }

    /// Answers of a server, given in pieces of a few bytes, among answers to questions of long ago.
    #[tokio::test]
    async fn answers_are_put_together_from_pieces() {
        let (near, mut far) = tokio::io::duplex(17);
        let long = vec![b'x'; 200_000];
        let mut said = answered(7, 0x64, &found("cn=old", b"old"));
        said.extend(answered(1, 0x64, &found("cn=a", b"a")));
        said.extend(answered(1, 0x64, &found("cn=b", &long)));
        said.extend(answered(1, 0x73, b""));
        said.extend(answered(1, 0x65, &done(4, "too many")));
        let server = tokio::spawn(async move {
            let mut request = [0; 8];
            far.read_exact(&mut request).await.unwrap();
            let (mut from, mut to) = tokio::io::split(far);
            let reading =
                tokio::spawn(async move { tokio::io::copy(&mut from, &mut tokio::io::sink()).await });
            to.write_all(&said).await.unwrap();
            to.shutdown().await.unwrap();
            reading.abort();
        });
        let mut wire = Wire::new(Box::new(near));
        let search = wire.search(&everything(), &[ber::paged(5, b"")]).await.unwrap();
        let mut names = Vec::new();
        let code = loop {
            match wire.answer(search).await.unwrap() {
                Answer::Entry(raw, _) => names.push((raw.dn.to_string(), raw.first("CN").unwrap().len())),
                Answer::Done(outcome, _) => break outcome.code,
                _ => {}
            }
        };
        assert_eq!(names, [("cn=a".to_owned(), 1), ("cn=b".to_owned(), long.len())]);
        assert_eq!(code, 4);
        assert!(matches!(
            wire.answer(search).await,
            Err(ConnectorError::Unreachable(_))
        ));
        server.await.unwrap();
    }

    #[tokio::test]
    async fn what_is_no_filter_is_told_before_anything_is_sent() {
        let mut wire = Wire::new(Box::new(tokio::io::duplex(10).0));
        let query = Query {
            filter: "(cn=".to_owned(),
            ..everything()
        };
        let refused = wire.search(&query, &[]).await;
        assert!(matches!(refused, Err(ConnectorError::Configuration { field, .. }) if field == "filter"));
    }

    #[test]
    fn a_message_that_says_it_is_endless_is_not_waited_for() {
        assert!(length(&[0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]).is_err());
        assert!(length(&[0x30, 0x80]).is_err());
        assert!(length(b"HTTP/1.1").is_err());
        assert_eq!(length(&[0x30, 0x82, 0x01]).unwrap(), None);
        assert_eq!(length(&[0x30, 0x82, 0x01, 0x00]).unwrap(), Some(260));
    }

    proptest! {
        #[test]
        fn what_a_server_invents_is_no_reason_to_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = length(&bytes);
            let _ = (message(&bytes), outcome(&bytes), between(&bytes));
            if let Some(raw) = Raw::parse(&bytes) {
                let _ = raw.first("cn");
            }
        }
    }
}
