//! How a change is written down in the journal.
//!
//! Version 2 is what is written now: a byte 2, then, as [`packed`] writes numbers, names and values:
//!
//! - the values: how many, and for each its name, a byte (1: it had a value before, 2: it has one after), and those values;
//! - the secret attributes that changed: how many, and their names;
//! - the length of the sealed part (0: there is none) and the sealed part: twelve bytes of nonce, then the values of the
//!   personal attributes, written like the values before and encrypted;
//! - for edges a byte (1: it was there before, 2: it is there after) and for each state its origins as bits, a byte that
//!   says what follows (1 start, 2 end, 4 suspension, 8 attributes), and what follows.
//!
//! Version 1 was [`Delta`] as JSON with the sealed part in base 64; it stays readable.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::{
    Attributes, Edge, EdgeKey, EdgeOrigin, Moment, Name, Record, Value, Window, is_secret,
    packed::{self, Reader},
};

/// The first byte of version 2.
const BINARY: u8 = 2;

/// An attribute, its old and its new value.
pub(crate) type Differs<'a> = (&'a Name, Option<&'a Value>, Option<&'a Value>);

/// Old and new values by attribute.
pub(crate) type Values = BTreeMap<String, (Option<Value>, Option<Value>)>;

/// The personal part of a change, sealed.
pub(crate) enum Sealed {
    /// Version 1: base 64, JSON inside.
    Text(String),
    /// Nonce and cipher text, [`read_values`] inside.
    Bytes(Vec<u8>),
}

/// What is different between two states of a record, in the order of the names.
pub(crate) fn differences<'a>(before: Option<&'a Record>, after: Option<&'a Record>) -> Vec<Differs<'a>> {
    let count = after.or(before).map_or(0, |record| record.attributes.len());
    let mut found = Vec::with_capacity(count);
    let mut old = before
        .into_iter()
        .flat_map(|record| &record.attributes)
        .peekable();
    let mut new = after.into_iter().flat_map(|record| &record.attributes).peekable();
    loop {
        let order = match (old.peek(), new.peek()) {
            (None, None) => return found,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some((a, _)), Some((b, _))) => a.cmp(b),
        };
        let was = if order.is_le() { old.next() } else { None };
        let is = if order.is_ge() { new.next() } else { None };
        let values = (was.map(|(_, value)| value), is.map(|(_, value)| value));
        if let Some((name, _)) = is.or(was)
            && values.0 != values.1
        {
            found.push((name, values.0, values.1));
        }
    }
}

/// Writes old and new values.
pub(crate) fn write_values(out: &mut Vec<u8>, values: &[Differs<'_>]) {
    packed::number(out, values.len() as u64);
    for (name, old, new) in values {
        packed::name(out, name);
        out.push(u8::from(old.is_some()) | u8::from(new.is_some()) << 1);
        for value in [old, new].into_iter().flatten() {
            packed::value(out, value);
        }
    }
}

/// Reads old and new values.
pub(crate) fn read_values(reader: &mut Reader<'_>) -> Option<Values> {
    let mut values = Values::new();
    for _ in 0..reader.count()? {
        let name = reader.name()?;
        let flags = reader.byte().filter(|flags| (1..=3).contains(flags))?;
        let old = if flags & 1 == 0 {
            None
        } else {
            Some(reader.value()?)
        };
        let new = if flags & 2 == 0 {
            None
        } else {
            Some(reader.value()?)
        };
        values.insert(name.into(), (old, new));
    }
    Some(values)
}

/// Writes the change of a record.
pub(crate) fn write_record(values: &[Differs<'_>], secrets: &[&Name], sealed: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(24 * values.len() + sealed.len() + 8);
    out.push(BINARY);
    write_values(&mut out, values);
    packed::number(&mut out, secrets.len() as u64);
    for name in secrets {
        packed::name(&mut out, name);
    }
    packed::bytes(&mut out, sealed);
    out.push(0);
    out
}

/// Writes the change of an edge.
pub(crate) fn write_edge(before: Option<&Edge>, after: Option<&Edge>) -> Vec<u8> {
    let mut out = vec![BINARY, 0, 0, 0];
    out.push(u8::from(before.is_some()) | u8::from(after.is_some()) << 1);
    for edge in [before, after].into_iter().flatten() {
        out.push(edge.origins.iter().fold(0, |bits, origin| bits | origin.bit()));
        let Window { from, until } = edge.window;
        let more = u8::from(from.is_some())
            | u8::from(until.is_some()) << 1
            | u8::from(edge.suspended.is_some()) << 2
            | u8::from(!edge.attributes.is_empty()) << 3;
        out.push(more);
        for moment in [from, until].into_iter().flatten() {
            out.extend_from_slice(&moment.micros().to_le_bytes());
        }
        if let Some(reason) = &edge.suspended {
            packed::text(&mut out, reason);
        }
        if !edge.attributes.is_empty() {
            packed::attributes(&mut out, &edge.attributes);
        }
    }
    out
}

fn read_edge(reader: &mut Reader<'_>) -> Option<EdgeBody> {
    let origins = reader.byte()?;
    let more = reader.byte().filter(|more| *more < 16)?;
    let mut moment = |bit: u8| {
        Some(if more & bit == 0 {
            None
        } else {
            Some(Moment::from_micros(i64::from_le_bytes(reader.array()?)))
        })
    };
    let (from, until) = (moment(1)?, moment(2)?);
    let suspended = if more & 4 == 0 {
        None
    } else {
        Some(reader.text()?.to_owned())
    };
    let attributes = if more & 8 == 0 {
        Attributes::new()
    } else {
        reader.attributes()?
    };
    Some(EdgeBody {
        origins,
        from,
        until,
        suspended,
        attributes,
    })
}

/// Reads a change of any version, its personal part still sealed.
pub(crate) fn read(bytes: &[u8]) -> Option<(Delta, Option<Sealed>)> {
    let Some((&BINARY, rest)) = bytes.split_first() else {
        let mut delta: Delta = serde_json::from_slice(bytes).ok()?;
        let sealed = delta.sealed.take().map(Sealed::Text);
        return Some((delta, sealed));
    };
    let mut reader = Reader::new(rest);
    let values = read_values(&mut reader)?;
    let mut secrets = BTreeSet::new();
    for _ in 0..reader.count()? {
        secrets.insert(reader.name()?.into());
    }
    let sealed = Some(reader.bytes()?).filter(|sealed| !sealed.is_empty());
    let states = reader.byte().filter(|states| *states < 4)?;
    let edge = if states == 0 {
        None
    } else {
        let before = if states & 1 == 0 {
            None
        } else {
            Some(read_edge(&mut reader)?)
        };
        let after = if states & 2 == 0 {
            None
        } else {
            Some(read_edge(&mut reader)?)
        };
        Some((before, after))
    };
    let delta = Delta {
        values,
        sealed: None,
        secrets,
        edge,
    };
    reader
        .is_empty()
        .then(|| (delta, sealed.map(|sealed| Sealed::Bytes(sealed.to_vec()))))
}

/// Old and new values of what changed, as it is read back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Delta {
    /// Attribute → (old, new).
    #[serde(default, rename = "v", skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, (Option<Value>, Option<Value>)>,
    /// Version 1 only: the same for personal attributes, sealed under the person's key, base 64.
    #[serde(default, rename = "s", skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
    /// The secret attributes that changed: old and new value are not written down.
    #[serde(default, rename = "x", skip_serializing_if = "BTreeSet::is_empty")]
    pub secrets: BTreeSet<String>,
    /// For edges: before and after.
    #[serde(default, rename = "e", skip_serializing_if = "Option::is_none")]
    pub edge: Option<(Option<EdgeBody>, Option<EdgeBody>)>,
}

/// An edge without its ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EdgeBody {
    /// Origins as bits.
    #[serde(rename = "o")]
    pub origins: u8,
    /// Start of the window.
    #[serde(default, rename = "f", skip_serializing_if = "Option::is_none")]
    pub from: Option<Moment>,
    /// End of the window.
    #[serde(default, rename = "u", skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
    /// Why it is without effect.
    #[serde(default, rename = "x", skip_serializing_if = "Option::is_none")]
    pub suspended: Option<String>,
    /// More.
    #[serde(default, rename = "a", skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

impl From<&Edge> for EdgeBody {
    fn from(edge: &Edge) -> Self {
        EdgeBody {
            origins: edge.origins.iter().fold(0, |bits, origin| bits | origin.bit()),
            from: edge.window.from,
            until: edge.window.until,
            suspended: edge.suspended.clone(),
            attributes: edge.attributes.clone(),
        }
    }
}

impl EdgeBody {
    /// The edge with these ends.
    pub fn with_key(self, key: EdgeKey) -> Edge {
        Edge {
            key,
            origins: EdgeOrigin::from_bits(self.origins),
            window: Window {
                from: self.from,
                until: self.until,
            },
            suspended: self.suspended,
            attributes: self.attributes,
        }
    }
}

impl Delta {
    /// Reads what a journal entry says, of any version. The personal part of a person's change is sealed and not in it.
    pub fn read(bytes: &[u8]) -> Option<Delta> {
        read(bytes).map(|(delta, _)| delta)
    }

    /// The difference of two states of a record.
    pub fn between(before: Option<&Record>, after: Option<&Record>) -> Delta {
        let kind = after.or(before).map(Record::kind);
        let mut delta = Delta::default();
        for (name, old, new) in differences(before, after) {
            if kind.is_some_and(|kind| is_secret(kind, name)) {
                delta.secrets.insert(name.into());
            } else {
                delta.values.insert(name.into(), (old.cloned(), new.cloned()));
            }
        }
        delta
    }

    /// Takes the values back out of a record's attributes: from after to before.
    pub fn undo(&self, attributes: &mut Attributes) {
        for (name, (old, _)) in &self.values {
            match old {
                Some(value) => drop(attributes.insert(name, value.clone())),
                None => drop(attributes.remove(name)),
            }
        }
    }

    /// Applies the new values.
    pub fn redo(&self, attributes: &mut Attributes) {
        for (name, (_, new)) in &self.values {
            match new {
                Some(value) => drop(attributes.insert(name, value.clone())),
                None => drop(attributes.remove(name)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Kind, Relation};

    fn record(version: u64, values: &[(&str, Value)]) -> Record {
        let mut record = Record::new(EntityId::new(Kind::User, uuid::Uuid::from_u128(1)));
        record.version = version;
        record.attributes = values
            .iter()
            .map(|(name, value)| (*name, value.clone()))
            .collect();
        record
    }

    /// The stored form itself, and the form before it: neither changes.
    #[test]
    fn the_form_stays() {
        let before = record(
            1,
            &[
                ("job", "Clerk".into()),
                ("city", "Utica".into()),
                ("own", true.into()),
            ],
        );
        let after = record(
            2,
            &[
                ("job", "Buyer".into()),
                ("own", true.into()),
                ("zone", 3_i64.into()),
            ],
        );
        let differs = differences(Some(&before), Some(&after));
        let secret = Name::from("email");
        let bytes = write_record(&differs, &[&secret], &[9, 8, 7]);
        let written: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(written, WRITTEN);
        let (delta, sealed) = read(&bytes).unwrap();
        assert_eq!(delta.values, Delta::between(Some(&before), Some(&after)).values);
        assert_eq!(delta.secrets, BTreeSet::from(["email".to_owned()]));
        assert!(matches!(sealed, Some(Sealed::Bytes(bytes)) if bytes == [9, 8, 7]));
        let json = br#"{"v":{"job":["Clerk","Buyer"]},"s":"AAAA","x":["email"]}"#;
        let (delta, sealed) = read(json).unwrap();
        assert_eq!(delta.values["job"], (Some("Clerk".into()), Some("Buyer".into())));
        assert!(matches!(sealed, Some(Sealed::Text(text)) if text == "AAAA"));
    }

    const WRITTEN: &str = "02031b01255574696361170325436c65726b25427579657200047a6f6e65020206010e0309080700";

    #[test]
    fn edges_are_read_as_they_were_written() {
        let id = |n| EntityId::new(Kind::User, uuid::Uuid::from_u128(n));
        let plain = Edge::direct(id(1), Relation::ReportsTo, id(2));
        let mut full = plain.clone();
        full.origins = EdgeOrigin::from_bits(0b1_0010);
        full.window.until = Some(Moment::from_micros(5));
        full.suspended = Some("away".to_owned());
        full.attributes.insert("number", "7".into());
        for (before, after) in [
            (None, Some(&plain)),
            (Some(&plain), Some(&full)),
            (Some(&full), None),
        ] {
            let bytes = write_edge(before, after);
            let (delta, _) = read(&bytes).unwrap();
            let (was, is) = delta.edge.unwrap();
            assert_eq!(was.map(|body| body.with_key(plain.key)).as_ref(), before);
            assert_eq!(is.map(|body| body.with_key(plain.key)).as_ref(), after);
            assert!((0..bytes.len()).all(|cut| read(&bytes[..cut]).is_none()));
        }
    }
}
