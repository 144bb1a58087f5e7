//! The attributes of a record or an edge: a small sorted list that is used like a map.

use std::{
    collections::BTreeMap,
    fmt, mem,
    ops::Index,
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Name, Value, packed};

/// Attributes by name, in the order of their names. Used like the map that it is written as; kept as one piece of
/// memory, because records are read far more often than changed and hold some twenty of them.
///
/// ```
/// use iam_core::model::Attributes;
///
/// let mut attributes = Attributes::new();
/// assert_eq!(attributes.insert("job", "Clerk".into()), None);
/// assert_eq!(attributes.insert("job", "Buyer".into()), Some("Clerk".into()));
/// attributes.insert("city", "Utica".into());
/// assert_eq!(attributes.keys().collect::<Vec<_>>(), ["city", "job"]);
/// assert_eq!(serde_json::to_string(&attributes)?, r#"{"city":"Utica","job":"Buyer"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Attributes {
    list: List,
    /// What a storage has read and nobody has looked at yet; then the list above is empty.
    stored: Option<Arc<Stored>>,
}

type List = Vec<(Name, Value)>;

/// Attributes in their packed form, and what they are once somebody has asked.
struct Stored {
    bytes: Box<[u8]>,
    list: OnceLock<List>,
}

impl Stored {
    /// That the form is sound was checked before: nothing can be refused any more.
    fn read(&self) -> List {
        let read = packed::Reader::new(&self.bytes).attributes();
        read.unwrap_or_default().list
    }
}

/// What one attribute of a packed form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peeked<'a> {
    /// Not set.
    Absent,
    /// This text.
    Text(&'a str),
    /// Something that has to be read to be known.
    Other,
}

impl Attributes {
    /// Nothing.
    pub const fn new() -> Self {
        Attributes {
            list: Vec::new(),
            stored: None,
        }
    }

    /// Nothing yet, with room for so many.
    pub fn with_capacity(capacity: usize) -> Self {
        Attributes {
            list: Vec::with_capacity(capacity),
            stored: None,
        }
    }

    /// Attributes that were written by [`packed::attributes`]. The form is checked at once and read when somebody looks:
    /// who lists records looks at few attributes, who gets one often wants to know one thing, and who passes it on as
    /// JSON needs none of them made. `None` for whatever was not written there.
    ///
    /// ```
    /// use iam_core::model::{Attributes, packed};
    ///
    /// let attributes: Attributes = [("job", "Clerk")].map(|(name, value)| (name, value.into())).into();
    /// let mut bytes = Vec::new();
    /// packed::attributes(&mut bytes, &attributes);
    /// let stored = Attributes::stored(&bytes).ok_or("broken")?;
    /// assert_eq!(serde_json::to_string(&stored)?, r#"{"job":"Clerk"}"#);
    /// assert_eq!(stored.text("job"), Some("Clerk"));
    /// assert_eq!(stored, attributes);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        let mut reader = packed::Reader::new(bytes);
        reader.skip_attributes()?;
        reader.is_empty().then(|| Attributes {
            list: Vec::new(),
            stored: Some(Arc::new(Stored {
                bytes: bytes.into(),
                list: OnceLock::new(),
            })),
        })
    }

    /// The packed form, as long as nobody has read it.
    pub(super) fn unread(&self) -> Option<&[u8]> {
        let stored = self.stored.as_ref()?;
        stored.list.get().is_none().then_some(&stored.bytes)
    }

    /// One attribute of a packed form that nobody has read yet.
    pub(crate) fn peek(&self, name: &str) -> Option<Peeked<'_>> {
        let found = packed::Reader::new(self.unread()?).peek(&Name::from(name));
        Some(found.unwrap_or(Peeked::Absent))
    }

    /// The text of an attribute, when it is one.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.peek(name) {
            Some(Peeked::Absent) => None,
            Some(Peeked::Text(text)) => Some(text),
            Some(Peeked::Other) | None => self.get(name).and_then(Value::as_text),
        }
    }

    fn list(&self) -> &List {
        match &self.stored {
            None => &self.list,
            Some(stored) => stored.list.get_or_init(|| stored.read()),
        }
    }

    fn list_mut(&mut self) -> &mut List {
        if self.stored.is_some() {
            self.list = mem::take(self).into_list();
        }
        &mut self.list
    }

    fn into_list(mut self) -> List {
        match self.stored.take().map(Arc::try_unwrap) {
            None => self.list,
            Some(Ok(mut stored)) => match stored.list.take() {
                Some(list) => list,
                None => stored.read(),
            },
            Some(Err(shared)) => Attributes {
                list: Vec::new(),
                stored: Some(shared),
            }
            .list()
            .clone(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list().is_empty()
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.list()
            .binary_search_by(|(known, _)| known.as_str().cmp(name))
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let place = self.place(name).ok()?;
        self.list().get(place).map(|(_, value)| value)
    }

    /// The value of an attribute, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        let place = self.place(name).ok()?;
        self.list_mut().get_mut(place).map(|(_, value)| value)
    }

    /// Whether an attribute is there.
    pub fn contains_key(&self, name: &str) -> bool {
        match self.peek(name) {
            Some(peeked) => peeked != Peeked::Absent,
            None => self.place(name).is_ok(),
        }
    }

    /// Sets an attribute; answers with what it was.
    pub fn insert(&mut self, name: impl Into<Name>, value: Value) -> Option<Value> {
        let name = name.into();
        // Whoever adds in order, as all readers do, adds at the end.
        let list = self.list_mut();
        if list.last().is_none_or(|(last, _)| *last < name) {
            list.push((name, value));
            return None;
        }
        // Names compare by their numbers where they have some.
        match list.binary_search_by(|(known, _)| known.cmp(&name)) {
            Ok(place) => list.get_mut(place).map(|(_, old)| mem::replace(old, value)),
            Err(place) => {
                list.insert(place, (name, value));
                None
            }
        }
    }

    /// Removes an attribute; answers with what it was.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let place = self.place(name).ok()?;
        Some(self.list_mut().remove(place).1)
    }

    /// Keeps those for which the answer is yes.
    pub fn retain(&mut self, mut keep: impl FnMut(&Name, &mut Value) -> bool) {
        self.list_mut().retain_mut(|(name, value)| keep(name, value));
    }

    /// Removes all.
    pub fn clear(&mut self) {
        *self = Attributes::new();
    }

    /// All, in the order of the names.
    pub fn iter(&self) -> Iter<'_> {
        self.list().iter().map(|(name, value)| (name, value))
    }

    /// All, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Name, &mut Value)> {
        self.list_mut().iter_mut().map(|(name, value)| (&*name, value))
    }

    /// The names, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Name> + ExactSizeIterator + Clone {
        self.list().iter().map(|(name, _)| name)
    }

    /// The values, in the order of the names.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + ExactSizeIterator + Clone {
        self.list().iter().map(|(_, value)| value)
    }

    /// The values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Value> {
        self.list_mut().iter_mut().map(|(_, value)| value)
    }
}

/// Attributes, one after the other.
pub type Iter<'a> =
    std::iter::Map<std::slice::Iter<'a, (Name, Value)>, fn(&'a (Name, Value)) -> (&'a Name, &'a Value)>;

impl<'a> IntoIterator for &'a Attributes {
    type Item = (&'a Name, &'a Value);
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

impl IntoIterator for Attributes {
    type Item = (Name, Value);
    type IntoIter = std::vec::IntoIter<(Name, Value)>;
    fn into_iter(self) -> Self::IntoIter {
        self.into_list().into_iter()
    }
}

impl<N: Into<Name>> Extend<(N, Value)> for Attributes {
    fn extend<I: IntoIterator<Item = (N, Value)>>(&mut self, attributes: I) {
        for (name, value) in attributes {
            self.insert(name, value);
        }
    }
}

impl<N: Into<Name>> FromIterator<(N, Value)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (N, Value)>>(attributes: I) -> Self {
        let attributes = attributes.into_iter();
        let mut all = Attributes::with_capacity(attributes.size_hint().0);
        all.extend(attributes);
        all
    }
}

impl<N: Into<Name>, const COUNT: usize> From<[(N, Value); COUNT]> for Attributes {
    fn from(attributes: [(N, Value); COUNT]) -> Self {
        attributes.into_iter().collect()
    }
}

impl From<BTreeMap<String, Value>> for Attributes {
    fn from(map: BTreeMap<String, Value>) -> Self {
        map.into_iter().collect()
    }
}

impl From<Attributes> for BTreeMap<String, Value> {
    fn from(attributes: Attributes) -> Self {
        attributes
            .into_iter()
            .map(|(name, value)| (name.into(), value))
            .collect()
    }
}

impl PartialEq for Attributes {
    fn eq(&self, other: &Attributes) -> bool {
        self.list() == other.list()
    }
}

impl Index<&str> for Attributes {
    type Output = Value;
    #[expect(
        clippy::expect_used,
        reason = "the contract of an index, as for maps of the standard library"
    )]
    fn index(&self, name: &str) -> &Value {
        self.get(name).expect("no attribute of this name")
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl Serialize for Attributes {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.unread() {
            Some(bytes) => packed::Reader::new(bytes).serialize_attributes(s),
            None => s.collect_map(self),
        }
    }
}

impl<'de> Deserialize<'de> for Attributes {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Attributes;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("attributes")
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
                let mut attributes = Attributes::with_capacity(map.size_hint().unwrap_or(32).min(64));
                while let Some((name, value)) = map.next_entry::<Name, Value>()? {
                    attributes.insert(name, value);
                }
                Ok(attributes)
            }
        }
        d.deserialize_map(Visitor)
    }
}

impl schemars::JsonSchema for Attributes {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Attributes".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        BTreeMap::<String, Value>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The naive twin: the ordered map of the standard library.
        #[test]
        fn behaves_like_a_map(steps in proptest::collection::vec(("[a-f]{1,2}|name|email", 0..4_i64), 0..40)) {
            let (mut ours, mut map) = (Attributes::new(), BTreeMap::<String, Value>::new());
            for (name, step) in steps {
                if step == 0 {
                    prop_assert_eq!(ours.remove(&name), map.remove(&name));
                } else {
                    prop_assert_eq!(ours.insert(name.as_str(), step.into()), map.insert(name.clone(), step.into()));
                }
                prop_assert_eq!(ours.get(&name), map.get(&name));
                prop_assert_eq!(ours.len(), map.len());
            }
            prop_assert!(ours.iter().map(|(name, value)| (name.as_str(), value)).eq(map.iter().map(|(name, value)| (name.as_str(), value))));
            let json = serde_json::to_string(&map).unwrap();
            prop_assert_eq!(&serde_json::to_string(&ours).unwrap(), &json);
            prop_assert_eq!(&serde_json::from_str::<Attributes>(&json).unwrap(), &ours);
            prop_assert_eq!(map.into_iter().collect::<Attributes>(), ours);
        }
    }

    fn stored(attributes: &Attributes) -> Attributes {
        let mut bytes = Vec::new();
        packed::attributes(&mut bytes, attributes);
        Attributes::stored(&bytes).unwrap()
    }

    /// Stored ones are what they were stored as: looked at, changed, copied before and after.
    #[test]
    fn stored_ones_are_read_when_looked_at() {
        let plain: Attributes = [("city", "Utica".into()), ("job", true.into())].into();
        let peeked = stored(&plain);
        assert_eq!((peeked.text("city"), peeked.text("name")), (Some("Utica"), None));
        assert!(peeked.contains_key("job") && !peeked.contains_key("name"));
        assert!(peeked.unread().is_some());
        assert_eq!(peeked.text("job"), None);
        assert!(peeked.unread().is_none());
        assert_eq!(stored(&plain), plain);
        let (mut changed, untouched) = (stored(&plain), stored(&plain));
        let copy = changed.clone();
        assert_eq!(changed.insert("job", "Buyer".into()), Some(true.into()));
        assert_eq!((changed.get("job"), changed.len()), (Some(&"Buyer".into()), 2));
        assert_eq!(copy, plain);
        let copy = untouched.clone();
        assert_eq!(untouched.into_iter().count(), 2);
        assert_eq!(copy.into_iter().collect::<Attributes>(), plain);
        let mut empty = stored(&plain);
        empty.clear();
        assert!(empty.is_empty());
    }

    /// What is written without being read is what is written after it.
    #[test]
    fn stored_ones_are_written_unread() {
        let id = super::super::EntityId::new(super::super::Kind::UserType, uuid::Uuid::from_u128(7));
        let map = [
            ("a".to_owned(), Value::Number(0.5)),
            ("b".to_owned(), "\"\u{1}ü".into()),
        ];
        let plain: Attributes = [
            ("city", Value::from("Utica")),
            ("created_at", super::super::Moment::from_micros(1).into()),
            ("user_type", id.into()),
            (
                "own",
                Value::List(vec![
                    Value::Object(map.into()),
                    i64::MIN.into(),
                    Value::List(vec![]),
                ]),
            ),
            ("privileged", false.into()),
            ("job", "x".repeat(500).into()),
        ]
        .into_iter()
        .collect();
        let unread = stored(&plain);
        let json = serde_json::to_string(&unread).unwrap();
        let mut copied = Vec::new();
        packed::attributes(&mut copied, &unread);
        assert_eq!(Attributes::stored(&copied).unwrap(), plain);
        assert!(unread.unread().is_some());
        assert_eq!(json, serde_json::to_string(&plain).unwrap());
        assert_eq!(
            serde_json::to_value(&unread).unwrap(),
            serde_json::to_value(&plain).unwrap()
        );
    }
}
