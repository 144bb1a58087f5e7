//! How the attributes of a record are written down: the stored body.
//!
//! Version 2 is what is written now: a byte 2, the number of attributes, and for each its name and its value.
//!
//! | what | bytes |
//! | --- | --- |
//! | number | seven bits a byte, the lowest first, the highest bit says that more follow |
//! | name | its number plus one; or 0, length, text |
//! | value | a tag, then what the tag says; tags from 32 are texts of tag − 32 bytes |
//!
//! Moments and identifiers are texts in a record; here they are eight and seventeen bytes, when the text is exactly what
//! they are written as. Version 1 was JSON and stays readable.

use iam_core::{
    model::{Attributes, EntityId, Kind, Moment, Name, Peeked, StoredForm, Value},
    port::StorageError,
};
use serde::Deserialize;
use uuid::Uuid;

/// The first byte of version 1: of a JSON object.
const JSON: u8 = b'{';
/// The first byte of version 2.
const BINARY: u8 = 2;

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

/// The attributes as they are stored.
pub(crate) fn write(attributes: &Attributes) -> Vec<u8> {
    let mut out = Vec::with_capacity(24 * attributes.len() + 8);
    out.push(BINARY);
    number(&mut out, attributes.len() as u64);
    for (name, value) in attributes {
        match name.code() {
            Some(code) => number(&mut out, u64::from(code) + 1),
            None => {
                out.push(0);
                text(&mut out, name);
            }
        }
        write_value(&mut out, value);
    }
    out
}

fn number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

fn write_value(out: &mut Vec<u8>, value: &Value) {
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
                write_value(out, value);
            }
        }
        Value::Object(map) => {
            out.push(tag::OBJECT);
            number(out, map.len() as u64);
            for (name, value) in map {
                text(out, name);
                write_value(out, value);
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

/// The attributes of a stored body of any version. The form is checked at once, the attributes are made when somebody
/// looks at one.
///
/// # Errors
/// [`Code::Corrupt`](iam_core::wire::Code::Corrupt) for whatever was not written by [`write`] or an earlier version.
pub(crate) fn read(body: &[u8]) -> Result<Attributes, StorageError> {
    match body.split_first() {
        Some((&BINARY, rest)) => {
            let mut reader = Reader(rest);
            reader.check_attributes().ok_or_else(broken)?;
            if reader.0.is_empty() {
                Ok(Attributes::stored(rest, &FORM))
            } else {
                Err(broken())
            }
        }
        Some((&JSON, _)) => version_1(body),
        _ => Err(StorageError::corrupt(
            "a record is written in a form that this version does not know",
        )),
    }
}

/// How a body that was checked is read.
static FORM: StoredForm = StoredForm {
    read: |rest| Reader(rest).attributes().unwrap_or_default(),
    peek: |rest, name| Reader(rest).peek(&Name::from(name)).unwrap_or(Peeked::Absent),
};

fn broken() -> StorageError {
    StorageError::corrupt("a record cannot be read: its body is cut off or damaged")
}

fn version_1(body: &[u8]) -> Result<Attributes, StorageError> {
    #[derive(Deserialize)]
    struct Body {
        v: u32,
        a: Attributes,
    }
    let body: Body = serde_json::from_slice(body)
        .map_err(|error| StorageError::corrupt(format!("a record cannot be read: {error}")))?;
    if body.v != 1 {
        return Err(StorageError::corrupt(
            "a record is written in a form that this version does not know",
        ));
    }
    Ok(body.a)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    fn array<const COUNT: usize>(&mut self) -> Option<[u8; COUNT]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn number(&mut self) -> Option<u64> {
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
    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?)
            .ok()
            .filter(|count| *count <= self.0.len())
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.count()?;
        str::from_utf8(self.bytes(length)?).ok()
    }

    fn attributes(&mut self) -> Option<Attributes> {
        let count = self.count()?;
        let mut attributes = Attributes::with_capacity(count);
        for _ in 0..count {
            let name = match self.number()? {
                0 => Name::from(self.text()?),
                code => Name::from_code(u16::try_from(code - 1).ok()?)?,
            };
            let value = self.value(DEEPEST)?;
            attributes.insert(name, value);
        }
        Some(attributes)
    }

    fn value(&mut self, deep: usize) -> Option<Value> {
        let deeper = deep.checked_sub(1)?;
        Some(match self.byte()? {
            short @ tag::SHORT.. => {
                let bytes = self.bytes(usize::from(short - tag::SHORT))?;
                Value::Text(str::from_utf8(bytes).ok()?.into())
            }
            tag::FALSE => Value::Boolean(false),
            tag::TRUE => Value::Boolean(true),
            tag::INTEGER => {
                let number = self.number()?;
                Value::Integer((number >> 1) as i64 ^ -((number & 1) as i64))
            }
            tag::NUMBER => Value::Number(f64::from_le_bytes(self.array()?)).finite()?,
            tag::TEXT => Value::Text(self.text()?.into()),
            tag::MOMENT => {
                let micros = i64::from_le_bytes(self.array()?);
                let moment = Moment::from_micros(micros);
                (moment.micros() == micros).then(|| Value::Text(moment.text()))?
            }
            tag::ENTITY => {
                let kind = Kind::from_code(self.byte()?)?;
                Value::Text(EntityId::new(kind, Uuid::from_bytes(self.array()?)).text())
            }
            tag::LIST => {
                let count = self.count()?;
                let mut list = Vec::with_capacity(count.min(64));
                for _ in 0..count {
                    list.push(self.value(deeper)?);
                }
                Value::List(list)
            }
            tag::OBJECT => {
                let count = self.count()?;
                let mut map = std::collections::BTreeMap::new();
                for _ in 0..count {
                    let name = self.text()?.to_owned();
                    map.insert(name, self.value(deeper)?);
                }
                Value::Object(map)
            }
            _ => return None,
        })
    }
}

/// The same way through the bytes, with nothing made of them: what is passed can be read.
impl<'a> Reader<'a> {
    /// One attribute, when it is there.
    fn peek(&mut self, wanted: &Name) -> Option<Peeked<'a>> {
        let code = wanted.code().map_or(0, |code| u64::from(code) + 1);
        for _ in 0..self.count()? {
            let found = match self.number()? {
                0 => self.text()? == wanted.as_str(),
                number => number == code,
            };
            if !found {
                self.skip_value::<false>(DEEPEST)?;
                continue;
            }
            return Some(match self.byte()? {
                short @ tag::SHORT.. => {
                    Peeked::Text(str::from_utf8(self.bytes(usize::from(short - tag::SHORT))?).ok()?)
                }
                tag::TEXT => Peeked::Text(self.text()?),
                _ => Peeked::Other,
            });
        }
        None
    }

    fn check_attributes(&mut self) -> Option<()> {
        for _ in 0..self.count()? {
            let code = self.number()?;
            if code == 0 {
                self.text()?;
            } else {
                Name::from_code(u16::try_from(code - 1).ok()?)?;
            }
            self.skip_value::<true>(DEEPEST)?;
        }
        Some(())
    }

    /// Passes a value; with `CHECK` only when it can be read.
    fn skip_value<const CHECK: bool>(&mut self, deep: usize) -> Option<()> {
        let deeper = deep.checked_sub(1)?;
        match self.byte()? {
            short @ tag::SHORT.. => {
                let bytes = self.bytes(usize::from(short - tag::SHORT))?;
                if CHECK {
                    str::from_utf8(bytes).ok()?;
                }
            }
            tag::FALSE | tag::TRUE => {}
            tag::INTEGER => {
                self.number()?;
            }
            tag::NUMBER => {
                Value::Number(f64::from_le_bytes(self.array()?)).finite()?;
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
                self.bytes(16)?;
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
}

/// Numbers that are not finite are no values.
trait Finite: Sized {
    fn finite(self) -> Option<Self>;
}

impl Finite for Value {
    fn finite(self) -> Option<Value> {
        match self {
            Value::Number(number) if !number.is_finite() => None,
            value => Some(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values() -> impl Strategy<Value = Value> {
        let single = prop_oneof![
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1e300f64..1e300).prop_map(Value::Number),
            ".{0,40}".prop_map(Value::from),
            Just("x".repeat(300).into()),
            any::<i64>().prop_map(|micros| Moment::from_micros(micros).into()),
            any::<u128>().prop_map(|id| EntityId::new(Kind::UserType, Uuid::from_u128(id)).into()),
            Just("2026-11-21T08:00:00.000000z".into()),
            Just("2026-02-30T08:00:00.000000Z".into()),
            Just("user_0000000000000000000000000U".into()),
        ];
        single.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                proptest::collection::btree_map("[a-z]{0,3}", inner, 0..4).prop_map(Value::Object),
            ]
        })
    }

    fn attributes() -> impl Strategy<Value = Attributes> {
        let name = prop_oneof![Just("email".to_owned()), Just("user_name".to_owned()), ".{0,12}"];
        proptest::collection::vec((name, values()), 0..12).prop_map(|all| all.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(attributes in attributes()) {
            let body = write(&attributes);
            for name in attributes.keys().map(Name::as_str).chain(["email", "city", "none"]) {
                let stored = read(&body).unwrap();
                prop_assert_eq!(stored.text(name), attributes.get(name).and_then(Value::as_text));
                prop_assert_eq!(read(&body).unwrap().contains_key(name), attributes.contains_key(name));
            }
            prop_assert_eq!(&read(&body).unwrap(), &attributes);
            let json = format!(r#"{{"v":1,"a":{}}}"#, serde_json::to_string(&attributes).unwrap());
            prop_assert_eq!(&read(json.as_bytes()).unwrap(), &attributes);
            for cut in 0..body.len() {
                prop_assert!(read(&body[..cut]).is_err());
            }
        }

        /// Whatever lies there: an answer or an error.
        #[test]
        fn damage_is_an_error_at_most(attributes in attributes(), place: prop::sample::Index, byte: u8) {
            let mut body = write(&attributes);
            let place = place.index(body.len());
            body[place] = byte;
            if let Ok(read_back) = read(&body) {
                prop_assert_eq!(read(&write(&read_back)).unwrap(), read_back);
            }
        }

        /// What is checked and what is read are one form.
        #[test]
        fn what_can_be_skipped_can_be_read(attributes in attributes(), place: prop::sample::Index, byte: u8) {
            let mut body = write(&attributes);
            let place = place.index(body.len());
            body[place] = byte;
            let (mut skipping, mut reading) = (Reader(&body[1..]), Reader(&body[1..]));
            prop_assert_eq!(skipping.check_attributes().is_some(), reading.attributes().is_some());
        }

        #[test]
        fn nonsense_is_an_error_at_most(body in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read(&body);
            let _ = read(&[&[BINARY], body.as_slice()].concat());
        }
    }

    /// The stored form itself: it never changes.
    #[test]
    fn the_form_stays() {
        let attributes: Attributes = [
            ("user_name", Value::from("ann")),
            ("own", Value::Integer(-2)),
            ("created_at", Moment::from_micros(1).into()),
            ("privileged", true.into()),
        ]
        .into_iter()
        .collect();
        let written: String = write(&attributes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(written, WRITTEN);
    }

    const WRITTEN: &str = "02040407010000000000000000036f776e020316010d23616e6e";

    #[test]
    fn nothing_lies_too_deep() {
        let mut body = vec![BINARY, 1, 1];
        body.extend(std::iter::repeat_n([tag::LIST, 1], 100_000).flatten());
        body.push(tag::TRUE);
        assert!(read(&body).is_err());
    }
}
