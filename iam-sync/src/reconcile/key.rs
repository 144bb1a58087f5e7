//! Keys under which the objects of a source are found again, whatever their identifiers look like.

use std::borrow::Cow;

use iam_core::model::{SourceId, SyncKind, fold};
use sha2::{Digest, Sha256};

/// A key: 32 hexadecimal digits.
pub type ObjectKey = String;

/// Keys are digests: what a map needs of them stands in them already.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Ready(u64);

impl std::hash::Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            for (place, byte) in eight.iter_mut().zip(chunk) {
                *place = *byte;
            }
            self.0 ^= u64::from_le_bytes(eight);
        }
    }
}

type Part<T> = std::collections::HashMap<[u8; 16], T, std::hash::BuildHasherDefault<Ready>>;

/// Parts of a [`ByKey`].
const PARTS: usize = 64;

/// Something by key. In parts, each of which grows by itself: one large table needs twice its room and more while it
/// grows, and the allocator keeps what was as large as that once.
#[derive(Debug)]
pub(crate) struct ByKey<T>(Vec<Part<T>>);

impl<T> Default for ByKey<T> {
    fn default() -> Self {
        ByKey((0..PARTS).map(|_| Part::default()).collect())
    }
}

impl<T> ByKey<T> {
    /// The bits that a part's own table goes by are others.
    const fn place(key: u128) -> usize {
        (key >> 60) as usize % PARTS
    }

    pub(crate) fn get(&self, key: u128) -> Option<&T> {
        self.0.get(Self::place(key))?.get(&key.to_le_bytes())
    }

    pub(crate) fn contains(&self, key: u128) -> bool {
        self.get(key).is_some()
    }

    /// Answers whether it was not there before.
    pub(crate) fn insert(&mut self, key: u128, value: T) -> bool {
        let part = self.0.get_mut(Self::place(key));
        part.is_some_and(|part| part.insert(key.to_le_bytes(), value).is_none())
    }

    pub(crate) fn remove(&mut self, key: u128) {
        if let Some(part) = self.0.get_mut(Self::place(key)) {
            part.remove(&key.to_le_bytes());
        }
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flat_map(Part::values)
    }
}

/// Keys.
pub(crate) type Keys = ByKey<()>;

/// A key in the making; parts do not run together. They are put together first: many short ones are dear one by one.
pub(super) struct Print(Vec<u8>);

impl Print {
    pub(super) fn new() -> Print {
        Print(Vec::with_capacity(512))
    }

    pub(super) fn add(&mut self, part: &[u8]) {
        self.0.extend_from_slice(&(part.len() as u64).to_be_bytes());
        self.0.extend_from_slice(part);
    }

    pub(super) fn finish(self) -> ObjectKey {
        const DIGITS: [char; 16] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
        ];
        let digit = |place: u8| DIGITS.get(usize::from(place)).copied().unwrap_or('0');
        let mut key = String::with_capacity(32);
        for byte in Sha256::digest(&self.0).iter().take(16) {
            key.push(digit(byte >> 4));
            key.push(digit(byte & 15));
        }
        key
    }
}

fn digest(parts: &[&[u8]]) -> ObjectKey {
    let mut print = Print::new();
    for part in parts {
        print.add(part);
    }
    print.finish()
}

/// The key of an identifier; letter case counts.
pub fn object_key(source: SourceId, kind: SyncKind, identifier: &str) -> ObjectKey {
    digest(&[
        source.0.as_bytes(),
        b"i",
        kind.name().as_bytes(),
        identifier.as_bytes(),
    ])
}

/// The key of a name; letter case does not count, and distinguished names are equal however they are written.
pub fn name_key(source: SourceId, name: &str) -> ObjectKey {
    digest(&[source.0.as_bytes(), b"n", normal_name(name).as_bytes()])
}

/// The digest of anything.
pub fn fingerprint(text: &[u8]) -> ObjectKey {
    digest(&[text])
}

/// The form in which names are compared. Distinguished names lose what is without meaning: spaces around `,` and `=`,
/// and the choice between ways of escaping (RFC 4514).
///
/// ```
/// use iam_sync::reconcile::key::normal_name;
/// assert_eq!(normal_name("CN=Ada Lovelace, OU=Staff"), normal_name("cn=ada lovelace,ou=staff"));
/// assert_eq!(normal_name(r"cn=Smith\, Jane,ou=a"), normal_name(r"CN=Smith\2C Jane , OU=a"));
/// assert_ne!(normal_name(r"cn=Smith\, ou=a"), normal_name("cn=Smith, ou=a"));
/// assert_eq!(normal_name("cn=M\u{fc}ller,o=x"), normal_name(r"cn=M\C3\BCller,o=x"));
/// ```
pub fn normal_name(name: &str) -> Cow<'_, str> {
    if !name.contains('=') {
        return fold(name.trim());
    }
    let mut normal = Normal::default();
    let mut bytes = name.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                let Some(first) = bytes.next() else { break };
                let second = bytes.peek().copied().unwrap_or_default();
                match (hex(first), hex(second)) {
                    (Some(high), Some(low)) => {
                        bytes.next();
                        normal.part.push(high << 4 | low);
                    }
                    _ => normal.part.push(first),
                }
                normal.kept = normal.part.len();
            }
            b',' | b'=' | b'+' | b';' => {
                normal.close();
                normal
                    .name
                    .push(char::from(if byte == b';' { b',' } else { byte }));
                normal.name.push('\0');
            }
            b' ' if normal.part.is_empty() => {}
            other => normal.part.push(other),
        }
    }
    normal.close();
    Cow::Owned(normal.name)
}

/// A name in the making.
#[derive(Default)]
struct Normal {
    name: String,
    /// What stands between two signs.
    part: Vec<u8>,
    /// How much of it was escaped last: spaces there belong to the value.
    kept: usize,
}

impl Normal {
    /// Each part is folded for itself: nothing is composed across a sign, and most parts are plain.
    fn close(&mut self) {
        while self.part.len() > self.kept && self.part.last() == Some(&b' ') {
            self.part.pop();
        }
        self.name.push_str(&fold(&String::from_utf8_lossy(&self.part)));
        self.part.clear();
        self.kept = 0;
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn identifiers_of_two_kinds_or_sources_never_meet() {
        let (one, two) = (
            SourceId(uuid::Uuid::from_u128(1)),
            SourceId(uuid::Uuid::from_u128(2)),
        );
        let key = object_key(one, SyncKind::User, "7");
        assert_eq!(key.len(), 32);
        assert_eq!(key, object_key(one, SyncKind::User, "7"));
        assert_ne!(key, object_key(two, SyncKind::User, "7"));
        assert_ne!(key, object_key(one, SyncKind::Group, "7"));
        assert_ne!(
            object_key(one, SyncKind::User, "a"),
            object_key(one, SyncKind::User, "A")
        );
        assert_eq!(name_key(one, "A"), name_key(one, "a"));
    }

    #[test]
    fn what_is_kept_by_key_is_found_by_it() {
        let mut known = ByKey::default();
        let key = |number: u64| {
            let digits = fingerprint(&number.to_be_bytes());
            u128::from_str_radix(&digits, 16).unwrap()
        };
        for number in 0..10_000 {
            assert!(known.insert(key(number), number));
        }
        assert!(!known.insert(key(7), 8));
        known.remove(key(9));
        assert_eq!((known.get(key(7)), known.get(key(9))), (Some(&8), None));
        assert!((10..10_000).all(|number| known.get(key(number)) == Some(&number)));
        assert_eq!(known.values().count(), 9_999);
        let fullest = known.0.iter().map(Part::len).max().unwrap();
        assert!(fullest < 300, "{fullest}");
    }

    proptest! {
        #[test]
        fn any_name_has_a_normal_form(name in "\\PC{0,40}", more in "[a-z=, \\\\+]{0,20}") {
            let _ = normal_name(&name);
            let _ = normal_name(&more);
        }
    }
}
