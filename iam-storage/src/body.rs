//! How the attributes of a record are written down: the stored body.
//!
//! Version 2 is what is written now: a byte 2, and the attributes as [`packed`] writes them. Version 1 was JSON and stays
//! readable.

use iam_core::{
    model::{Attributes, Name, Peeked, packed},
    port::StorageError,
};
use serde::Deserialize;

/// The first byte of version 1: of a JSON object.
const JSON: u8 = b'{';
/// The first byte of version 2.
const BINARY: u8 = 2;

/// The attributes as they are stored.
pub(crate) fn write(attributes: &Attributes) -> Vec<u8> {
    let mut out = Vec::with_capacity(24 * attributes.len() + 8);
    out.push(BINARY);
    packed::attributes(&mut out, attributes);
    out
}

/// The attributes of a stored body of any version. The form is checked at once, the attributes are made when somebody
/// looks at one.
///
/// # Errors
/// [`Code::Corrupt`](iam_core::wire::Code::Corrupt) for whatever was not written by [`write`] or an earlier version.
pub(crate) fn read(body: &[u8]) -> Result<Attributes, StorageError> {
    match body.split_first() {
        Some((&BINARY, rest)) => Attributes::stored(rest).ok_or_else(broken),
        Some((&JSON, _)) => version_1(body),
        _ => Err(StorageError::corrupt(
            "a record is written in a form that this version does not know",
        )),
    }
}

/// One attribute of a stored body that was checked; `None` when the body has to be read to know it.
pub(crate) fn peek<'a>(body: &'a [u8], name: &str) -> Option<Peeked<'a>> {
    let (&BINARY, rest) = body.split_first()? else {
        return None;
    };
    let found = packed::Reader::new(rest).peek(&Name::from(name));
    Some(found.unwrap_or(Peeked::Absent))
}

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

#[cfg(test)]
mod tests {
    use iam_core::model::{EntityId, Kind, Moment, Name, Value};
    use proptest::prelude::*;
    use uuid::Uuid;

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
            prop_assert_eq!(serde_json::to_string(&read(&body).unwrap()).unwrap(), serde_json::to_string(&attributes).unwrap());
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
            let mut skipping = packed::Reader::new(&body[1..]);
            let mut reading = packed::Reader::new(&body[1..]);
            prop_assert_eq!(skipping.skip_attributes().is_some(), reading.attributes().is_some());
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
        body.extend(std::iter::repeat_n([5, 1], 100_000).flatten());
        body.push(1);
        assert!(read(&body).is_err());
    }
}
