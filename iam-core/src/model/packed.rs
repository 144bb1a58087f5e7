//! Values as bytes: the form in which storages and the journal keep them.
//!
//! | what | bytes |
//! | --- | --- |
//! | number | seven bits a byte, the lowest first, the highest bit says that more follow |
//! | name | its number plus one; or 0, length, text |
//! | value | a tag, then what the tag says; tags from 32 are texts of tag − 32 bytes |
//!
//! Moments and identifiers are texts in a record; here they are eight and seventeen bytes, when the text is exactly what
//! they are written as.

use serde::{Serialize, Serializer, ser, ser::SerializeMap, ser::SerializeSeq};
use uuid::Uuid;

use super::{Attributes, EntityId, Kind, Moment, Name, Text, Value, attributes::Peeked};

/// How deep values may lie in one another: far deeper than what a command may set.
const DEEPEST: usize = 128;

mod tag {
    pub(super) const FALSE: u8 = 0;
    pub(super) const TRUE: u8 = 1;
    pub(super) const INTEGER: u8 = 2;
    pub(super) const NUMBER: u8 = 3;
    /// Longer than the tags for short ones can tell.
    pub(super) const TEXT: u8 = 4;
    pub(super) const LIST: u8 = 5;
    pub(super) const OBJECT: u8 = 6;
    pub(super) const MOMENT: u8 = 7;
    pub(super) const ENTITY: u8 = 8;
    /// The first of the tags that are a length.
    pub(super) const SHORT: u8 = 32;
    /// The longest text with such a tag.
    pub(super) const LONGEST: usize = (u8::MAX - SHORT) as usize;
}

/// Writes attributes: how many there are, then each name and value. Those that came in this form, and that nobody has read
/// yet, are copied.
///
/// ```
/// use iam_core::model::{Attributes, packed};
///
/// let attributes: Attributes = [("job", "Clerk")].map(|(name, value)| (name, value.into())).into();
/// let mut bytes = Vec::new();
/// packed::attributes(&mut bytes, &attributes);
/// assert_eq!(packed::Reader::new(&bytes).attributes(), Some(attributes));
/// ```
pub fn attributes(out: &mut Vec<u8>, attributes: &Attributes) {
    if let Some(unread) = attributes.unread() {
        return out.extend_from_slice(unread);
    }
    number(out, attributes.len() as u64);
    for (name, value) in attributes {
        self::name(out, name);
        self::value(out, value);
    }
}

/// Writes a number.
pub fn number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a text with its length before it.
pub fn text(out: &mut Vec<u8>, text: &str) {
    bytes(out, text.as_bytes());
}

/// Writes bytes with their length before them.
pub fn bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Writes the name of an attribute.
pub fn name(out: &mut Vec<u8>, name: &Name) {
    match name.code() {
        Some(code) => number(out, u64::from(code) + 1),
        None => {
            out.push(0);
            text(out, name);
        }
    }
}

/// Writes a value.
pub fn value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Boolean(false) => out.push(tag::FALSE),
        Value::Boolean(true) => out.push(tag::TRUE),
        Value::Integer(value) => {
            out.push(tag::INTEGER);
            // Small numbers of either sign become small numbers without one.
            number(out, ((value << 1) ^ (value >> 63)) as u64);
        }
        Value::Number(value) => {
            out.push(tag::NUMBER);
            out.extend_from_slice(&value.to_le_bytes());
        }
        Value::Text(value) => {
            if let Some(moment) = Moment::from_canonical(value) {
                out.push(tag::MOMENT);
                out.extend_from_slice(&moment.micros().to_le_bytes());
            } else if let Some(id) = entity(value) {
                out.extend_from_slice(&[tag::ENTITY, id.kind as u8]);
                out.extend_from_slice(id.uuid.as_bytes());
            } else if value.len() <= tag::LONGEST {
                out.push(tag::SHORT + value.len() as u8);
                out.extend_from_slice(value.as_bytes());
            } else {
                out.push(tag::TEXT);
                text(out, value);
            }
        }
        Value::List(list) => {
            out.push(tag::LIST);
            number(out, list.len() as u64);
            for value in list {
                self::value(out, value);
            }
        }
        Value::Object(map) => {
            out.push(tag::OBJECT);
            number(out, map.len() as u64);
            for (name, value) in map {
                text(out, name);
                self::value(out, value);
            }
        }
    }
}

/// The identifier that a text is, in the only spelling that there is.
fn entity(text: &str) -> Option<EntityId> {
    // The shortest kind has four characters; most texts are told apart by their length and the underscore.
    let digits = text.len().checked_sub(27).filter(|kind| *kind >= 4)?;
    (text.as_bytes().get(digits) == Some(&b'_'))
        .then(|| text.parse().ok())
        .flatten()
}

/// Reads what was written, from the front. Everything answers with `None` for whatever was not written by the functions
/// beside it; no length in the bytes takes more memory than they have.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    /// Most moments of a record are the same one.
    moment: Option<(i64, Text)>,
}

impl<'a> Reader<'a> {
    /// From the beginning.
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader {
            rest: bytes,
            moment: None,
        }
    }

    /// Whether everything was read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// A byte.
    pub fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    /// So many bytes.
    pub fn array<const COUNT: usize>(&mut self) -> Option<[u8; COUNT]> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*bytes)
    }

    /// A number.
    pub fn number(&mut self) -> Option<u64> {
        let first = self.byte()?;
        if first < 0x80 {
            return Some(u64::from(first));
        }
        let mut number = u64::from(first & 0x7f);
        for shift in (7..64).step_by(7) {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return None;
            }
            number |= part << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// How many things follow: each takes a byte at least, so a count beyond the end is a lie and no memory is taken for
    /// it.
    pub fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?)
            .ok()
            .filter(|count| *count <= self.rest.len())
    }

    /// Bytes with their length before them.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.count()?;
        self.take(length)
    }

    /// A text.
    pub fn text(&mut self) -> Option<&'a str> {
        str::from_utf8(self.bytes()?).ok()
    }

    /// The name of an attribute.
    pub fn name(&mut self) -> Option<Name> {
        match self.number()? {
            0 => Some(Name::from(self.text()?)),
            code => Name::from_code(u16::try_from(code - 1).ok()?),
        }
    }

    /// Attributes.
    pub fn attributes(&mut self) -> Option<Attributes> {
        let count = self.count()?;
        let mut attributes = Attributes::with_capacity(count);
        for _ in 0..count {
            let name = self.name()?;
            let value = self.value()?;
            attributes.insert(name, value);
        }
        Some(attributes)
    }

    /// A value.
    pub fn value(&mut self) -> Option<Value> {
        self.value_at(DEEPEST)
    }

    fn value_at(&mut self, deep: usize) -> Option<Value> {
        let deeper = deep.checked_sub(1)?;
        Some(match self.byte()? {
            short @ tag::SHORT.. => {
                let bytes = self.take(usize::from(short - tag::SHORT))?;
                Value::Text(str::from_utf8(bytes).ok()?.into())
            }
            tag::FALSE => Value::Boolean(false),
            tag::TRUE => Value::Boolean(true),
            tag::INTEGER => {
                let number = self.number()?;
                Value::Integer((number >> 1) as i64 ^ -((number & 1) as i64))
            }
            tag::NUMBER => {
                let number = f64::from_le_bytes(self.array()?);
                number.is_finite().then_some(Value::Number(number))?
            }
            tag::TEXT => Value::Text(self.text()?.into()),
            tag::MOMENT => Value::Text(self.moment()?),
            tag::ENTITY => Value::Text(self.entity()?.text()),
            tag::LIST => {
                let count = self.count()?;
                let mut list = Vec::with_capacity(count.min(64));
                for _ in 0..count {
                    list.push(self.value_at(deeper)?);
                }
                Value::List(list)
            }
            tag::OBJECT => {
                let count = self.count()?;
                let mut map = std::collections::BTreeMap::new();
                for _ in 0..count {
                    let name = self.text()?.to_owned();
                    map.insert(name, self.value_at(deeper)?);
                }
                Value::Object(map)
            }
            _ => return None,
        })
    }

    /// Passes attributes without making any: afterwards [`Reader::attributes`] reads the same bytes for sure.
    pub fn skip_attributes(&mut self) -> Option<()> {
        for _ in 0..self.count()? {
            match self.number()? {
                0 => {
                    self.text()?;
                }
                code => {
                    Name::from_code(u16::try_from(code - 1).ok()?)?;
                }
            }
            self.skip_value::<true>(DEEPEST)?;
        }
        Some(())
    }

    /// One of the attributes, with the others passed over.
    pub fn peek(&mut self, name: &Name) -> Option<Peeked<'a>> {
        let code = name.code().map_or(0, |code| u64::from(code) + 1);
        for _ in 0..self.count()? {
            let found = match self.number()? {
                0 => self.text()? == name.as_str(),
                number => number == code,
            };
            if !found {
                self.skip_value::<false>(DEEPEST)?;
                continue;
            }
            return Some(match self.byte()? {
                short @ tag::SHORT.. => {
                    Peeked::Text(str::from_utf8(self.take(usize::from(short - tag::SHORT))?).ok()?)
                }
                tag::TEXT => Peeked::Text(self.text()?),
                _ => Peeked::Other,
            });
        }
        Some(Peeked::Absent)
    }

    /// Passes a value; with `CHECK` only when it can be read.
    fn skip_value<const CHECK: bool>(&mut self, deep: usize) -> Option<()> {
        let deeper = deep.checked_sub(1)?;
        match self.byte()? {
            short @ tag::SHORT.. => {
                let bytes = self.take(usize::from(short - tag::SHORT))?;
                if CHECK {
                    str::from_utf8(bytes).ok()?;
                }
            }
            tag::FALSE | tag::TRUE => {}
            tag::INTEGER => {
                self.number()?;
            }
            tag::NUMBER => {
                f64::from_le_bytes(self.array()?).is_finite().then_some(())?;
            }
            tag::TEXT => {
                self.text()?;
            }
            tag::MOMENT => {
                let micros = i64::from_le_bytes(self.array()?);
                (Moment::from_micros(micros).micros() == micros).then_some(())?;
            }
            tag::ENTITY => {
                Kind::from_code(self.byte()?)?;
                self.take(16)?;
            }
            tag::LIST => {
                for _ in 0..self.count()? {
                    self.skip_value::<CHECK>(deeper)?;
                }
            }
            tag::OBJECT => {
                for _ in 0..self.count()? {
                    self.text()?;
                    self.skip_value::<CHECK>(deeper)?;
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// Writes attributes as their serde form, without making them: to be passed on as JSON they need not exist.
    pub(super) fn serialize_attributes<S: Serializer>(mut self, s: S) -> Result<S::Ok, S::Error> {
        let count = self.count().ok_or_else(broken)?;
        let mut map = s.serialize_map(Some(count))?;
        for _ in 0..count {
            map.serialize_key(&self.name().ok_or_else(broken)?)?;
            if self.rest.first() == Some(&tag::MOMENT) {
                self.rest = self.rest.get(1..).unwrap_or_default();
                map.serialize_value(&*self.moment().ok_or_else(broken)?)?;
            } else {
                map.serialize_value(&self.lying().ok_or_else(broken)?)?;
            }
        }
        map.end()
    }

    /// The bytes of the next value.
    fn lying(&mut self) -> Option<Lying<'a>> {
        let start = self.rest;
        self.skip_value::<false>(DEEPEST)?;
        start.get(..start.len() - self.rest.len()).map(Lying)
    }

    fn entity(&mut self) -> Option<EntityId> {
        let kind = Kind::from_code(self.byte()?)?;
        Some(EntityId::new(kind, Uuid::from_bytes(self.array()?)))
    }

    fn moment(&mut self) -> Option<Text> {
        let micros = i64::from_le_bytes(self.array()?);
        if let Some((known, text)) = &self.moment
            && *known == micros
        {
            return Some(text.clone());
        }
        let moment = Moment::from_micros(micros);
        let text = (moment.micros() == micros).then(|| moment.text())?;
        self.moment = Some((micros, text.clone()));
        Some(text)
    }
}

/// A value as it lies in the bytes: written and never made.
struct Lying<'a>(&'a [u8]);

fn broken<E: ser::Error>() -> E {
    E::custom("the packed form is damaged")
}

impl Serialize for Lying<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut reader = Reader::new(self.0);
        let first = reader.byte().ok_or_else(broken)?;
        match first {
            tag::SHORT.. => s.serialize_str(str::from_utf8(reader.rest).map_err(|_| broken())?),
            tag::TEXT => s.serialize_str(reader.text().ok_or_else(broken)?),
            tag::LIST => {
                let count = reader.count().ok_or_else(broken)?;
                let mut list = s.serialize_seq(Some(count))?;
                for _ in 0..count {
                    list.serialize_element(&reader.lying().ok_or_else(broken)?)?;
                }
                list.end()
            }
            tag::OBJECT => {
                let count = reader.count().ok_or_else(broken)?;
                let mut map = s.serialize_map(Some(count))?;
                for _ in 0..count {
                    let name = reader.text().ok_or_else(broken)?;
                    map.serialize_entry(name, &reader.lying().ok_or_else(broken)?)?;
                }
                map.end()
            }
            tag::MOMENT => {
                let micros = reader.array().map(i64::from_le_bytes);
                Moment::from_micros(micros.ok_or_else(broken)?).serialize(s)
            }
            tag::ENTITY => reader.entity().ok_or_else(broken)?.serialize(s),
            // Whatever else there is needs no memory to be made.
            _ => Reader::new(self.0).value().ok_or_else(broken)?.serialize(s),
        }
    }
}
