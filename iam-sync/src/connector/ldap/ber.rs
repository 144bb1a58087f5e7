//! The few encodings that are read and written here: controls of requests and answers. What is malformed is `None`.

use ldap3::controls::RawControl;

/// Content synchronization, RFC 4533.
pub(super) const SYNC_REQUEST: &str = "1.3.6.1.4.1.4203.1.9.1.1";
pub(super) const SYNC_STATE: &str = "1.3.6.1.4.1.4203.1.9.1.2";
pub(super) const SYNC_DONE: &str = "1.3.6.1.4.1.4203.1.9.1.3";
pub(super) const SYNC_INFO: &str = "1.3.6.1.4.1.4203.1.9.1.4";
/// Paged results, RFC 2696.
pub(super) const PAGED: &str = "1.2.840.113556.1.4.319";
/// Show deleted objects, Active Directory.
pub(super) const SHOW_DELETED: &str = "1.2.840.113556.1.4.417";

const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const BOOLEAN: u8 = 0x01;
const ENUMERATED: u8 = 0x0a;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;

/// The next element: its tag, its content, and what follows.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, mut rest) = rest.split_first()?;
    let mut length = usize::from(*first);
    if *first & 0x80 != 0 {
        let count = usize::from(first & 0x7f);
        if count == 0 || count > 4 {
            return None;
        }
        let (digits, after) = rest.split_at_checked(count)?;
        length = digits.iter().fold(0, |sum, digit| sum << 8 | usize::from(*digit));
        rest = after;
    }
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

fn sequence(bytes: &[u8]) -> Option<&[u8]> {
    element(bytes)
        .filter(|(tag, ..)| *tag == SEQUENCE)
        .map(|(_, content, _)| content)
}

fn write(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(content.len()) {
        Ok(length) if length < 0x80 => out.push(length),
        _ => {
            let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes();
            out.push(0x84);
            out.extend(length);
        }
    }
    out.extend(content);
    out
}

fn control(oid: &str, critical: bool, value: Option<Vec<u8>>) -> RawControl {
    RawControl {
        ctype: oid.to_owned(),
        crit: critical,
        val: value,
    }
}

pub(super) fn paged(size: i32, cookie: &[u8]) -> RawControl {
    let mut content = write(INTEGER, &size.to_be_bytes());
    content.extend(write(OCTETS, cookie));
    control(PAGED, true, Some(write(SEQUENCE, &content)))
}

/// The cookie of the next page; empty at the end.
pub(super) fn paged_cookie(found: &RawControl) -> Option<Vec<u8>> {
    if found.ctype != PAGED {
        return None;
    }
    let content = sequence(found.val.as_deref()?)?;
    let (_, _, rest) = element(content)?;
    let (tag, cookie, _) = element(rest)?;
    (tag == OCTETS).then(|| cookie.to_vec())
}

pub(super) fn show_deleted() -> RawControl {
    control(SHOW_DELETED, true, None)
}

/// Asks for the content, or for what changed since a cookie; once, without waiting for more.
pub(super) fn sync_request(cookie: Option<&[u8]>) -> RawControl {
    let mut content = write(ENUMERATED, &[1]);
    if let Some(cookie) = cookie {
        content.extend(write(OCTETS, cookie));
    }
    control(SYNC_REQUEST, true, Some(write(SEQUENCE, &content)))
}

/// What the server says about one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Present,
    Changed,
    Deleted,
}

/// The state of an entry and its identifier.
pub(super) fn sync_state(found: &RawControl) -> Option<(State, Vec<u8>)> {
    if found.ctype != SYNC_STATE {
        return None;
    }
    let content = sequence(found.val.as_deref()?)?;
    let (tag, state, rest) = element(content)?;
    let (_, identifier, _) = element(rest)?;
    let state = match (tag, state) {
        (ENUMERATED, [0]) => State::Present,
        (ENUMERATED, [1 | 2]) => State::Changed,
        (ENUMERATED, [3]) => State::Deleted,
        _ => return None,
    };
    Some((state, identifier.to_vec()))
}

/// At the end: the cookie, and whether deleted entries were named (else those that are present were).
pub(super) fn sync_done(found: &RawControl) -> Option<(Option<Vec<u8>>, bool)> {
    if found.ctype != SYNC_DONE {
        return None;
    }
    let mut rest = match &found.val {
        Some(value) => sequence(value)?,
        None => &[],
    };
    let (mut cookie, mut deletes) = (None, false);
    while let Some((tag, content, after)) = element(rest) {
        match tag {
            OCTETS => cookie = Some(content.to_vec()),
            BOOLEAN => deletes = content.first().is_some_and(|byte| *byte != 0),
            _ => return None,
        }
        rest = after;
    }
    Some((cookie, deletes))
}

/// What comes between entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Info {
    Cookie(Vec<u8>),
    /// A phase ended.
    Phase {
        cookie: Option<Vec<u8>>,
        presents: bool,
    },
    /// Identifiers of entries that are gone, or that are there.
    Identifiers {
        cookie: Option<Vec<u8>>,
        deleted: bool,
        identifiers: Vec<Vec<u8>>,
    },
}

/// Reads the value of an intermediate message.
pub(super) fn sync_info(value: &[u8]) -> Option<Info> {
    let (tag, content, _) = element(value)?;
    if tag == 0x80 {
        return Some(Info::Cookie(content.to_vec()));
    }
    let (mut cookie, mut flag, mut identifiers) = (None, false, Vec::new());
    let mut rest = content;
    while let Some((tag, content, after)) = element(rest) {
        match tag {
            OCTETS => cookie = Some(content.to_vec()),
            BOOLEAN => flag = content.first().is_some_and(|byte| *byte != 0),
            SET => {
                let mut set = content;
                while let Some((_, identifier, after)) = element(set) {
                    identifiers.push(identifier.to_vec());
                    set = after;
                }
            }
            _ => return None,
        }
        rest = after;
    }
    match tag {
        0xa1 => Some(Info::Phase {
            cookie,
            presents: false,
        }),
        0xa2 => Some(Info::Phase {
            cookie,
            presents: true,
        }),
        0xa3 => Some(Info::Identifiers {
            cookie,
            deleted: flag,
            identifiers,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cookies_come_back_as_they_went() {
        let cookie: Vec<u8> = (0..200).map(|byte| byte as u8).collect();
        assert_eq!(paged_cookie(&paged(500, &cookie)), Some(cookie.clone()));
        assert_eq!(paged_cookie(&sync_request(None)), None);
        let mut content = write(OCTETS, b"rid=1");
        content.extend(write(BOOLEAN, &[0xff]));
        let done = control(SYNC_DONE, false, Some(write(SEQUENCE, &content)));
        assert_eq!(sync_done(&done), Some((Some(b"rid=1".to_vec()), true)));
        let set = [
            write(BOOLEAN, &[0]),
            write(SET, &[write(OCTETS, &[7; 16]), write(OCTETS, &[8; 16])].concat()),
        ];
        assert_eq!(
            sync_info(&write(0xa3, &set.concat())),
            Some(Info::Identifiers {
                cookie: None,
                deleted: false,
                identifiers: vec![vec![7; 16], vec![8; 16]]
            })
        );
    }

    proptest! {
        #[test]
        fn what_a_server_invents_is_no_reason_to_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            for oid in [PAGED, SYNC_STATE, SYNC_DONE] {
                let found = control(oid, false, Some(bytes.clone()));
                let _ = (paged_cookie(&found), sync_state(&found), sync_done(&found));
            }
            let _ = sync_info(&bytes);
        }
    }
}
