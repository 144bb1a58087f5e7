//! Opaque cursors: a place in an ordered list, bound to the search that it belongs to.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::FilterProblem;
use crate::model::{EntityId, Kind};

/// The form of the bytes inside.
const VERSION: u8 = 1;
/// Characters of a cursor at most.
const LENGTH: usize = 64 << 10;

/// Which way a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// In the order of the list.
    Forward,
    /// Against it; the page still comes back in the order of the list.
    Backward,
}

/// A place in an ordered list: that of one record.
#[derive(Clone, PartialEq, Eq)]
pub struct Boundary {
    /// The record's sort keys.
    pub keys: Vec<String>,
    /// Its id, the last tie-breaker.
    pub id: EntityId,
}

/// Sort keys are personal values: `Debug` shows the id alone.
impl fmt::Debug for Boundary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.id, f)
    }
}

/// Where a page starts: beyond the boundary in reading direction, or at the end that the direction starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Which way to read.
    pub direction: Direction,
    /// The record that the page comes after, in reading direction; it is not part of the page.
    pub boundary: Option<Boundary>,
}

/// An opaque place in the list of one search. Another search refuses it.
///
/// It holds the sort keys of a record that the reader has seen; it is encoded, not encrypted.
///
/// ```
/// use iam_core::{model::Kind, search::{Cursor, Limits, Search, builtin_catalog}};
///
/// let search = Search::new(Kind::User).cursor(Cursor::from("garbage".to_owned()));
/// let problem = search.check(&builtin_catalog(Kind::User), &Limits::default()).unwrap_err();
/// assert_eq!(problem.code, "search.cursor_invalid");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Cursor(String);

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor")
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Cursor {
    /// Takes the text as it came; a search finds out whether it is a cursor.
    fn from(text: String) -> Self {
        Cursor(text)
    }
}

impl Cursor {
    /// The text form: letters, digits, `-` and `_`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn encode(position: &Position, search: [u8; 8]) -> Cursor {
        let backward = u8::from(position.direction == Direction::Backward);
        let bounded = u8::from(position.boundary.is_some());
        let mut bytes = vec![VERSION, backward | bounded << 1];
        bytes.extend(search);
        if let Some(boundary) = &position.boundary {
            bytes.push(boundary.id.kind as u8);
            bytes.extend(boundary.id.uuid.as_bytes());
            for key in &boundary.keys {
                // A search key has at most a kilobyte.
                let length = u32::try_from(key.len()).unwrap_or(u32::MAX);
                bytes.extend(length.to_be_bytes());
                bytes.extend(key.as_bytes());
            }
        }
        Cursor(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The position, given the fingerprint of the search, its kind and the number of its sort keys.
    pub(super) fn decode(&self, search: [u8; 8], kind: Kind, keys: usize) -> Result<Position, FilterProblem> {
        let invalid = || {
            FilterProblem::new(
                "search.cursor_invalid",
                "not a cursor; pass next or previous of a page as it came, or leave it out for the first page",
            )
        };
        if self.0.len() > LENGTH {
            return Err(invalid());
        }
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| invalid())?;
        let mut bytes = Bytes(&bytes);
        let [version, flags] = bytes.array().ok_or_else(invalid)?;
        if version != VERSION || flags > 3 {
            return Err(invalid());
        }
        if bytes.array::<8>().ok_or_else(invalid)? != search {
            return Err(FilterProblem::new(
                "search.cursor_foreign",
                "the cursor belongs to another search; keep kind, filter, sort and deleted the same from page to page",
            ));
        }
        let boundary = if flags & 2 == 0 {
            None
        } else {
            Some(bytes.boundary(kind, keys).ok_or_else(invalid)?)
        };
        if !bytes.0.is_empty() {
            return Err(invalid());
        }
        let direction = if flags & 1 == 0 {
            Direction::Forward
        } else {
            Direction::Backward
        };
        Ok(Position { direction, boundary })
    }
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (array, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*array)
    }

    fn boundary(&mut self, kind: Kind, keys: usize) -> Option<Boundary> {
        let [code] = self.array()?;
        if code != kind as u8 {
            return None;
        }
        let id = EntityId::new(kind, Uuid::from_bytes(self.array()?));
        let keys = (0..keys)
            .map(|_| {
                let length = usize::try_from(u32::from_be_bytes(self.array()?)).ok()?;
                let (key, rest) = self.0.split_at_checked(length)?;
                self.0 = rest;
                str::from_utf8(key).ok().map(str::to_owned)
            })
            .collect::<Option<_>>()?;
        Some(Boundary { keys, id })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trips(backward: bool, search: [u8; 8], keys in proptest::collection::vec("\\PC{0,20}", 0..5), id: u128, bounded: bool) {
            let position = Position {
                direction: if backward { Direction::Backward } else { Direction::Forward },
                boundary: bounded.then(|| Boundary { keys: keys.clone(), id: EntityId::new(Kind::User, Uuid::from_u128(id)) }),
            };
            let cursor = Cursor::encode(&position, search);
            prop_assert_eq!(cursor.decode(search, Kind::User, keys.len()), Ok(position));
            let mut other = search;
            other[3] ^= 1;
            prop_assert_eq!(cursor.decode(other, Kind::User, keys.len()).unwrap_err().code, "search.cursor_foreign");
            if bounded {
                prop_assert!(cursor.decode(search, Kind::User, keys.len() + 1).is_err());
                prop_assert!(cursor.decode(search, Kind::Device, keys.len()).is_err());
            }
        }

        #[test]
        fn garbage_is_refused_without_a_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..80), text in "\\PC{0,40}", cut in 0usize..80) {
            let known = [7; 8];
            let mut texts = vec![text, URL_SAFE_NO_PAD.encode(&bytes)];
            // Past the checks of version and fingerprint.
            let mut sound = vec![VERSION, 2];
            sound.extend(known);
            sound.append(&mut bytes);
            sound.truncate(cut.max(10));
            texts.push(URL_SAFE_NO_PAD.encode(&sound));
            for text in texts {
                if let Err(problem) = Cursor(text).decode(known, Kind::User, 2) {
                    prop_assert!(problem.code.starts_with("search.cursor_"));
                }
            }
        }
    }
}
