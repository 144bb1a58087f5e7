//! A short form of the JSON that the audit trail is full of: the events of a command, with names of attributes, moments,
//! identifiers.
//!
//! | byte | what it stands for |
//! | --- | --- |
//! | 1, the first one | what follows is in this form |
//! | 2, number | `"name":[null,` with the name of that number |
//! | 3, number | `"name":` |
//! | 4, eight bytes | a moment in its only spelling |
//! | 5, kind, sixteen bytes | an identifier in its only spelling |
//! | 6, number, bytes | so many bytes, written in base64 without padding |
//! | 7 to 31 | a piece of the list below |
//! | anything else | itself |
//!
//! JSON has none of these bytes, so nothing is mistaken for them; a text with one is left as it is. What is made of a
//! text is always exactly that text again: digests are computed over it.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use iam_core::model::{EntityId, Kind, Moment, Name};
use uuid::Uuid;

/// The first byte of the form.
const BRIEF: u8 = 1;
const CHANGED: u8 = 2;
const NAMED: u8 = 3;
const MOMENT: u8 = 4;
const ENTITY: u8 = 5;
const BASE64: u8 = 6;
const FIRST: u8 = 7;

/// Pieces that are written as one byte: their number is stored, so the list only grows at its end, to 25. Of pieces
/// that begin alike the longest one is taken.
const PIECES: &[&str] = &[
    r#"{"name":"membership.added","subject":""#,
    r#"{"name":"user.created","subject":""#,
    r#"{"name":""#,
    r#"","details":{"origin":"manual"}}"#,
    r#"","details":{"organization":""#,
    r#"","details":{"#,
    r#"","subject":""#,
    r#"{"attributes":["#,
    r#""enabled""#,
    "null",
    "false",
    "true",
    "],",
    r#""}},"#,
    r#""}}]"#,
    ":[null,",
    r#"{"name":"group.member_added","subject":""#,
    r#"{"name":"group.member_removed","subject":""#,
    r#"{"name":"role.granted","subject":""#,
    r#"{"name":"role.revoked","subject":""#,
    r#"","details":{"by":"rule","member":""#,
    r#"","details":{"by":"rule","role":""#,
    r#"{"name":"shadow.linked","subject":""#,
    r#"{"name":"edges.synchronized","subject":""#,
    r#"","details":{"relation":""#,
];

/// The shortest text in base64 that is worth it.
const SEALED: usize = 32;

/// The text in its short form; `None` when it has to stay as it is.
pub(crate) fn write(text: &str) -> Option<Vec<u8>> {
    if text.bytes().any(|byte| byte < b' ') {
        return None;
    }
    let mut out = Vec::with_capacity(text.len() / 2 + 8);
    out.push(BRIEF);
    let mut rest = text;
    let mut quoted = false;
    while let Some(first) = rest.chars().next() {
        let taken = name(rest, &mut out)
            .or_else(|| piece(rest, &mut out))
            .or_else(|| quoted.then(|| content(rest, &mut out)).flatten())
            .unwrap_or_else(|| {
                out.extend(first.encode_utf8(&mut [0; 4]).bytes());
                first.len_utf8()
            });
        let (done, more) = rest.split_at_checked(taken)?;
        quoted = done.ends_with('"');
        rest = more;
    }
    Some(out)
}

/// The name of an attribute with what follows it.
fn name(rest: &str, out: &mut Vec<u8>) -> Option<usize> {
    let (name, after) = rest.strip_prefix('"')?.split_once('"')?;
    let after = after.strip_prefix(':')?;
    if name.len() > 40 {
        return None;
    }
    let code = Name::from(name).code()?;
    let short = after.starts_with("[null,");
    out.push(if short { CHANGED } else { NAMED });
    number(out, u64::from(code));
    Some(name.len() + 3 + if short { 6 } else { 0 })
}

fn piece(rest: &str, out: &mut Vec<u8>) -> Option<usize> {
    let first = rest.as_bytes().first();
    let (code, piece) = (FIRST..)
        .zip(PIECES)
        .filter(|(_, piece)| piece.as_bytes().first() == first && rest.starts_with(**piece))
        .max_by_key(|(_, piece)| piece.len())?;
    out.push(code);
    Some(piece.len())
}

/// What stands between two quotation marks.
fn content(rest: &str, out: &mut Vec<u8>) -> Option<usize> {
    let (text, _) = rest.split_once('"')?;
    if let Some(moment) = Moment::from_canonical(text) {
        out.push(MOMENT);
        out.extend(moment.micros().to_le_bytes());
    } else if let Some(id) = entity(text) {
        out.extend([ENTITY, id.kind as u8]);
        out.extend(id.uuid.as_bytes());
    } else {
        let bytes = STANDARD_NO_PAD
            .decode((text.len() >= SEALED).then_some(text)?)
            .ok()?;
        if STANDARD_NO_PAD.encode(&bytes) != text {
            return None;
        }
        out.push(BASE64);
        number(out, bytes.len() as u64);
        out.extend(bytes);
    }
    Some(text.len())
}

fn entity(text: &str) -> Option<EntityId> {
    let digits = text.len().checked_sub(27).filter(|kind| *kind >= 4)?;
    let id: EntityId = (text.as_bytes().get(digits) == Some(&b'_'))
        .then(|| text.parse().ok())
        .flatten()?;
    (id.text() == *text).then_some(id)
}

fn number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Whether bytes are in the short form.
pub(crate) fn is_brief(bytes: &[u8]) -> bool {
    bytes.first() == Some(&BRIEF)
}

/// The text of a short form; `None` for what [`write`] never writes.
pub(crate) fn read(bytes: &[u8]) -> Option<String> {
    let mut reader = Reader(bytes.strip_prefix(&[BRIEF])?);
    let mut out: Vec<u8> = Vec::with_capacity(2 * bytes.len());
    while let Some(byte) = reader.take(1) {
        match *byte.first()? {
            code @ (CHANGED | NAMED) => {
                let name = Name::from_code(u16::try_from(reader.number()?).ok()?)?;
                out.push(b'"');
                out.extend(name.bytes());
                out.extend(if code == CHANGED {
                    &b"\":[null,"[..]
                } else {
                    b"\":"
                });
            }
            MOMENT => {
                let micros = i64::from_le_bytes(reader.take(8)?.try_into().ok()?);
                out.extend(Moment::from_micros(micros).text().bytes());
            }
            ENTITY => {
                let kind = Kind::from_code(*reader.take(1)?.first()?)?;
                let id = EntityId::new(kind, Uuid::from_slice(reader.take(16)?).ok()?);
                out.extend(id.text().bytes());
            }
            BASE64 => {
                let count = usize::try_from(reader.number()?).ok()?;
                out.extend(STANDARD_NO_PAD.encode(reader.take(count)?).bytes());
            }
            code @ FIRST..b' ' => out.extend(PIECES.get(usize::from(code - FIRST))?.bytes()),
            BRIEF | 0 => return None,
            literal => out.push(literal),
        }
    }
    String::from_utf8(out).ok()
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            (0..PIECES.len()).prop_map(|place| PIECES[place].to_owned()),
            "[ -~]{0,12}",
            "\\PC{0,6}",
            Just("\"user_name\":[null,".to_owned()),
            Just("\"email\":\"".to_owned()),
            any::<i64>().prop_map(|micros| format!("\"{}\"", Moment::from_micros(micros))),
            any::<u128>().prop_map(|id| format!("\"{}\"", EntityId::new(Kind::Group, Uuid::from_u128(id)))),
            proptest::collection::vec(any::<u8>(), 20..60)
                .prop_map(|bytes| format!("\"{}\"", STANDARD_NO_PAD.encode(bytes))),
            "\"[A-Za-z0-9+/]{30,50}\"",
        ];
        proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in parts()) {
            let brief = write(&text).unwrap();
            prop_assert!(is_brief(&brief));
            prop_assert_eq!(read(&brief).unwrap(), text);
        }

        #[test]
        fn nonsense_is_nothing_at_most(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = read(&bytes);
            let _ = read(&[&[BRIEF], bytes.as_slice()].concat());
        }
    }

    #[test]
    fn texts_with_such_bytes_stay_as_they_are() {
        assert_eq!(write("a\u{1}b"), None);
        assert_eq!(write("line\nline"), None);
        assert_eq!(read(b"plain"), None);
    }

    /// The stored form itself: it never changes, and is short.
    #[test]
    fn the_form_stays() {
        let moment = Moment::from_canonical("2026-11-26T12:45:24.230749Z").unwrap();
        let id = EntityId::new(Kind::Group, Uuid::from_u128(7));
        let text = format!(
            r#"[{{"name":"user.created","subject":"{id}","details":{{"at":"{moment}","city":null}}}}]"#
        );
        let expected = [
            b"\x01[\x08\x05".as_slice(),
            &[Kind::Group as u8],
            id.uuid.as_bytes(),
            b"\x0c\"at\":\"\x04",
            &moment.micros().to_le_bytes(),
            b"\",\x03",
            &[Name::from("city").code().unwrap() as u8],
            b"\x10}}]",
        ];
        assert_eq!(write(&text).unwrap(), expected.concat());
    }
}
