//! The encodings of LDAP (BER): elements, and the values of the controls of requests and answers. What is malformed is
//! `None`.

/// Content synchronization, RFC 4533.
pub(super) const SYNC_REQUEST: &str = "1.3.6.1.4.1.4203.1.9.1.1";
pub(super) const SYNC_STATE: &str = "1.3.6.1.4.1.4203.1.9.1.2";
pub(super) const SYNC_DONE: &str = "1.3.6.1.4.1.4203.1.9.1.3";
pub(super) const SYNC_INFO: &str = "1.3.6.1.4.1.4203.1.9.1.4";
/// Paged results, RFC 2696.
pub(super) const PAGED: &str = "1.2.840.113556.1.4.319";
/// Show deleted objects, Active Directory.
pub(super) const SHOW_DELETED: &str = "1.2.840.113556.1.4.417";

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const ENUMERATED: u8 = 0x0a;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// A control of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Control {
    pub(super) oid: &'static str,
    pub(super) critical: bool,
    pub(super) value: Option<Vec<u8>>,
}

/// The value of a control of an answer, whose controls these are; `None`: it has no such control.
pub(super) fn control_value<'a>(mut controls: &'a [u8], oid: &str) -> Option<&'a [u8]> {
    while let Some((SEQUENCE, content, after)) = element(controls) {
        controls = after;
        let (OCTETS, name, mut rest) = element(content)? else {
            return None;
        };
        if name != oid.as_bytes() {
            continue;
        }
        while let Some((tag, value, after)) = element(rest) {
            if tag == OCTETS {
                return Some(value);
            }
            rest = after;
        }
        return Some(&[]);
    }
    None
}

/// A number of at most eight bytes.
pub(super) fn number(content: &[u8]) -> Option<i64> {
    let first = *content.first().filter(|_| content.len() <= 8)?;
    let start = if first & 0x80 == 0 { 0 } else { -1 };
    Some(
        content
            .iter()
            .fold(start, |sum, byte| sum << 8 | i64::from(*byte)),
    )
}

/// The next element: its tag, its content, and what follows.
pub(super) fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
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

pub(super) fn write(tag: u8, content: &[u8]) -> Vec<u8> {
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

/// A number that is not negative, in as few bytes as it takes (X.690, 8.3.2): strict servers refuse more.
pub(super) fn write_number(tag: u8, number: i32) -> Vec<u8> {
    let bytes = number.max(0).to_be_bytes();
    let mut short = bytes.as_slice();
    while let [0, next @ ..] = short
        && next.first().is_some_and(|first| *first < 0x80)
    {
        short = next;
    }
    write(tag, short)
}

const fn control(oid: &'static str, critical: bool, value: Option<Vec<u8>>) -> Control {
    Control { oid, critical, value }
}

pub(super) fn paged(size: i32, cookie: &[u8]) -> Control {
    let mut content = write_number(INTEGER, size);
    content.extend(write(OCTETS, cookie));
    control(PAGED, true, Some(write(SEQUENCE, &content)))
}

/// The cookie of the next page; empty at the end.
pub(super) fn paged_cookie(controls: &[u8]) -> Option<Vec<u8>> {
    let content = sequence(control_value(controls, PAGED)?)?;
    let (_, _, rest) = element(content)?;
    let (tag, cookie, _) = element(rest)?;
    (tag == OCTETS).then(|| cookie.to_vec())
}

pub(super) fn show_deleted() -> Control {
    control(SHOW_DELETED, true, None)
}

/// Asks for the content, or for what changed since a cookie; once, without waiting for more.
pub(super) fn sync_request(cookie: Option<&[u8]>) -> Control {
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
pub(super) fn sync_state(controls: &[u8]) -> Option<(State, &[u8])> {
    let content = sequence(control_value(controls, SYNC_STATE)?)?;
    let (tag, state, rest) = element(content)?;
    let (_, identifier, _) = element(rest)?;
    let state = match (tag, state) {
        (ENUMERATED, [0]) => State::Present,
        (ENUMERATED, [1 | 2]) => State::Changed,
        (ENUMERATED, [3]) => State::Deleted,
        _ => return None,
    };
    Some((state, identifier))
}

/// At the end: the cookie, and whether deleted entries were named (else those that are present were).
pub(super) fn sync_done(controls: &[u8]) -> Option<(Option<Vec<u8>>, bool)> {
    let mut rest = match control_value(controls, SYNC_DONE)? {
        [] => &[],
        value => sequence(value)?,
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

/// A control as it stands in a message.
pub(super) fn written(control: &Control) -> Vec<u8> {
    let mut content = write(OCTETS, control.oid.as_bytes());
    if control.critical {
        content.extend(write(BOOLEAN, &[0xff]));
    }
    if let Some(value) = &control.value {
        content.extend(write(OCTETS, value));
    }
    write(SEQUENCE, &content)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_take_as_few_bytes_as_they_can() {
        for (number, bytes) in [
            (0, [2, 1, 0].as_slice()),
            (127, &[2, 1, 127]),
            (128, &[2, 2, 0, 128]),
            (500, &[2, 2, 1, 244]),
            (i32::MAX, &[2, 4, 127, 255, 255, 255]),
        ] {
            assert_eq!(write_number(INTEGER, number), bytes);
            let content = bytes.get(2..).unwrap_or_default();
            assert_eq!(super::number(content), Some(i64::from(number)));
        }
    }

    #[test]
    fn cookies_come_back_as_they_went() {
        let cookie: Vec<u8> = (0..200).map(|byte| byte as u8).collect();
        let both = [written(&sync_request(None)), written(&paged(500, &cookie))].concat();
        assert_eq!(paged_cookie(&both), Some(cookie));
        assert_eq!(paged_cookie(&written(&sync_request(None))), None);
        let mut content = write(OCTETS, b"rid=1");
        content.extend(write(BOOLEAN, &[0xff]));
        let done = control(SYNC_DONE, false, Some(write(SEQUENCE, &content)));
        assert_eq!(sync_done(&written(&done)), Some((Some(b"rid=1".to_vec()), true)));
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

    #[test]
    fn numbers_have_a_sign_and_an_end() {
        for (content, expected) in [
            (&[0x7f][..], Some(127)),
            (&[0xff], Some(-1)),
            (&[0x10, 0x00], Some(4096)),
            (&[0x00, 0xff], Some(255)),
            (&[], None),
            (&[0; 9], None),
        ] {
            assert_eq!(number(content), expected);
        }
    }

    proptest! {
        #[test]
        fn what_a_server_invents_is_no_reason_to_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            for oid in [PAGED, SYNC_STATE, SYNC_DONE] {
                let found = written(&control(oid, false, Some(bytes.clone())));
                let _ = (paged_cookie(&found), sync_state(&found), sync_done(&found));
            }
            let _ = (control_value(&bytes, PAGED), sync_info(&bytes), number(&bytes));
        }
    }
}
