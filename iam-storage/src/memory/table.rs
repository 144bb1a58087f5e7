//! The records of a kind, and what finds them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Bound,
    sync::Arc,
};

use iam_core::{
    model::{EntityId, KeySalt, Kind, Peeked, Record, Text, Value, fold},
    port::StorageError,
    search::Test,
};
use uuid::Uuid;

use crate::body;

/// A record, its attributes in the form in which the other backends store them: a third of the memory, and read about
/// as fast as its scattered parts would be.
#[derive(Debug)]
pub(super) struct Held {
    body: Box<[u8]>,
    salt: Option<KeySalt>,
    pub deleted: bool,
    pub version: u64,
    /// The last revision that changed it or an edge that starts at it.
    pub revision: u64,
}

impl Held {
    fn new(record: &Record, revision: u64) -> Held {
        Held {
            body: body::write(&record.attributes).into(),
            salt: record.salt,
            deleted: record.is_deleted(),
            version: record.version,
            revision,
        }
    }

    fn record(&self, id: EntityId) -> Result<Arc<Record>, StorageError> {
        let record = Record {
            id,
            version: self.version,
            attributes: body::read(&self.body)?,
            salt: self.salt,
        };
        Ok(record.shared())
    }
}

/// The search keys of an attribute with the records that have them; the empty key for those that have none. In the order
/// of a list that is sorted by the attribute.
type Keys = BTreeSet<(Text, Uuid)>;

/// The records of one kind.
#[derive(Debug)]
pub(super) struct Table {
    kind: Kind,
    held: HashMap<Uuid, Held>,
    order: BTreeSet<Uuid>,
    /// The search keys by attribute: made when a search asks for them for the first time, kept up from then on.
    keys: BTreeMap<String, Keys>,
}

impl Table {
    pub fn new(kind: Kind) -> Table {
        Table {
            kind,
            held: HashMap::new(),
            order: BTreeSet::new(),
            keys: BTreeMap::new(),
        }
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    pub fn len(&self) -> usize {
        self.held.len()
    }

    pub fn held(&self, id: &Uuid) -> Option<&Held> {
        self.held.get(id)
    }

    pub fn held_mut(&mut self, id: &Uuid) -> Option<&mut Held> {
        self.held.get_mut(id)
    }

    pub fn record(&self, id: Uuid) -> Result<Option<Arc<Record>>, StorageError> {
        let held = self.held.get(&id);
        held.map(|held| held.record(EntityId::new(self.kind, id)))
            .transpose()
    }

    /// Writes a record instead of what it was.
    pub fn put(&mut self, before: Option<&Record>, record: &Record, revision: u64) {
        self.unlist(before);
        let id = record.id.uuid;
        for (attribute, keys) in &mut self.keys {
            each_key(record, attribute, |key| {
                keys.insert((key.into(), id));
            });
        }
        self.held.insert(id, Held::new(record, revision));
        self.order.insert(id);
    }

    /// Removes a record.
    pub fn remove(&mut self, before: Option<&Record>, id: &Uuid) {
        self.unlist(before);
        self.held.remove(id);
        self.order.remove(id);
    }

    fn unlist(&mut self, before: Option<&Record>) {
        for (attribute, keys) in &mut self.keys {
            if let Some(record) = before {
                each_key(record, attribute, |key| {
                    keys.remove(&(key.into(), record.id.uuid));
                });
            }
        }
    }

    /// The identifiers after a place, in order.
    pub fn ids(&self, after: Option<Uuid>) -> impl DoubleEndedIterator<Item = &Uuid> {
        let after = after.map_or(Bound::Unbounded, Bound::Excluded);
        self.order.range((after, Bound::Unbounded))
    }

    /// The identifiers from a place on, in order.
    pub fn ids_from(&self, from: Uuid) -> impl DoubleEndedIterator<Item = &Uuid> {
        self.order.range(from..)
    }

    /// The identifiers before a place, in order.
    pub fn ids_before(&self, before: Uuid) -> impl DoubleEndedIterator<Item = &Uuid> {
        self.order.range(..before)
    }

    /// Whether the keys of all these attributes are there.
    pub fn has_keys<'a>(&self, mut attributes: impl Iterator<Item = &'a str>) -> bool {
        attributes.all(|attribute| self.keys.contains_key(attribute))
    }

    /// Makes the keys of an attribute.
    pub fn make_keys(&mut self, attribute: &str) -> Result<(), StorageError> {
        if self.keys.contains_key(attribute) {
            return Ok(());
        }
        let mut keys = Vec::with_capacity(self.held.len());
        for (id, held) in &self.held {
            match body::peek(&held.body, attribute) {
                Some(Peeked::Absent) => keys.push((Text::default(), *id)),
                Some(Peeked::Text(text)) => keys.push((Text::from(&*fold(text)), *id)),
                Some(Peeked::Other) | None => {
                    let record = held.record(EntityId::new(self.kind, *id))?;
                    each_key(&record, attribute, |key| keys.push((Text::from(key), *id)));
                }
            }
        }
        self.keys.insert(attribute.to_owned(), keys.into_iter().collect());
        Ok(())
    }

    /// The keys of an attribute in order, when they were made: from a key on, or all of them.
    pub fn listed(
        &self,
        attribute: &str,
        from: Option<(&str, Uuid)>,
    ) -> Option<impl DoubleEndedIterator<Item = &(Text, Uuid)>> {
        let from = from.map_or(Bound::Unbounded, |(key, id)| Bound::Included((key.into(), id)));
        Some(self.keys.get(attribute)?.range((from, Bound::Unbounded)))
    }

    /// The keys of an attribute up to a key, in order.
    pub fn listed_until(
        &self,
        attribute: &str,
        until: &str,
    ) -> Option<impl DoubleEndedIterator<Item = &(Text, Uuid)>> {
        let until = Bound::Included((until.into(), Uuid::max()));
        Some(self.keys.get(attribute)?.range((Bound::Unbounded, until)))
    }

    /// The records whose keys can pass a test, unless there are more than so many or the keys do not tell.
    pub fn passing(&self, attribute: &str, test: &Test, most: usize) -> Option<Vec<Uuid>> {
        let keys = self.keys.get(attribute)?;
        let mut found = Vec::new();
        // From a key on, as long as the keys pass.
        let mut take = |start: &str| {
            for (key, id) in keys.range((Text::from(start), Uuid::nil())..) {
                match test {
                    Test::Range {
                        lower: Bound::Excluded(lower),
                        ..
                    } if **lower == **key => continue,
                    Test::OneOf(_) if **key != *start => break,
                    _ if !test.passes(key) => break,
                    _ => {}
                }
                if found.len() >= most {
                    return None;
                }
                found.push(*id);
            }
            Some(())
        };
        match test {
            Test::Equals(key) | Test::StartsWith(key) => take(key)?,
            Test::OneOf(list) => list.iter().try_for_each(|key| take(key))?,
            Test::Range { lower, .. } => take(match lower {
                Bound::Included(lower) | Bound::Excluded(lower) => lower,
                Bound::Unbounded => "",
            })?,
            Test::Present | Test::EndsWith(_) | Test::Contains(_) => return None,
        }
        Some(found)
    }
}

/// The keys of a record under which a list has it: those of its values, or the empty one.
fn each_key(record: &Record, attribute: &str, mut each: impl FnMut(&str)) {
    let mut none = true;
    for value in record.value(attribute).map(Value::elements).unwrap_or_default() {
        if let Some(key) = value.search_key() {
            none = false;
            each(&key);
        }
    }
    if none {
        each("");
    }
}
