//! Attribute values, and the one form in which they are compared.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use super::Text;
use caseless::Caseless;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The value of an attribute. Dates, moments and references are texts in their canonical form; which one it is
/// says the [`AttributeDefinition`](super::AttributeDefinition).
#[derive(Clone, PartialEq)]
pub enum Value {
    /// True or false.
    Boolean(bool),
    /// A whole number of 64 bits.
    Integer(i64),
    /// A finite number with a fraction.
    Number(f64),
    /// Text, never empty in a record: empty means “not set”.
    Text(Text),
    /// Several values of one attribute, in order.
    List(Vec<Value>),
    /// A structure; stored and compared as a whole, not searched.
    Object(BTreeMap<String, Value>),
}

impl Value {
    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, when it is one.
    pub fn as_boolean(&self) -> Option<bool> {
        match self {
            Value::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The whole number, when it is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Value::Integer(value) => Some(*value),
            _ => None,
        }
    }

    /// The single values: those of a list, or the value itself.
    pub fn elements(&self) -> &[Value] {
        match self {
            Value::List(list) => list,
            single => std::slice::from_ref(single),
        }
    }

    /// The search key: a text that sorts and compares like the value on every backend.
    ///
    /// Texts are folded (see [`fold`]); numbers become a fixed-width text in the order of the numbers. Lists and
    /// objects have no key of their own.
    pub fn search_key(&self) -> Option<Cow<'_, str>> {
        match self {
            Value::Text(text) => Some(fold(text)),
            Value::Boolean(value) => Some(Cow::Borrowed(if *value { "1" } else { "0" })),
            // Whole numbers and fractions share one key, so that `2` and `2.0` are equal.
            Value::Integer(value) => Some(Cow::Owned(number_key(*value as f64, *value))),
            Value::Number(value) => Some(Cow::Owned(number_key(*value, value.floor() as i64))),
            Value::List(_) | Value::Object(_) => None,
        }
    }
}

/// Orders by the number; the exact whole part settles what a double cannot tell apart.
fn number_key(value: f64, whole: i64) -> String {
    let bits = (value + 0.0).to_bits();
    let ordered = if bits >> 63 == 0 { bits | (1 << 63) } else { !bits };
    format!("{ordered:016x}{:016x}", (whole as u64) ^ (1 << 63))
}

/// The form in which texts are compared: NFKC with full case folding (S0-18), applied until it is stable.
///
/// ```
/// use iam_core::model::fold;
/// assert_eq!(fold("STRASSE"), fold("straße"));
/// assert_eq!(fold("ﬁle"), "file");
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        };
    }
    let composed = |text: String| match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ => text.nfkc().collect(),
    };
    let once = |text: &str| composed(caseless::default_case_fold_str(text));
    let folded = match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => once(text),
        _ => once(&text.nfkc().collect::<String>()),
    };
    // Folding can open a new composition (a few Greek letters); one more round settles it.
    let stable = folded.chars().default_case_fold().eq(folded.chars());
    Cow::Owned(if stable { folded } else { once(&folded) })
}

/// Values may be personal data: `Debug` shows the shape, never the content (house rule 4).
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Boolean(_) => f.write_str("boolean"),
            Value::Integer(_) => f.write_str("integer"),
            Value::Number(_) => f.write_str("number"),
            Value::Text(text) => write!(f, "text({})", text.chars().count()),
            Value::List(list) => f.debug_list().entries(list).finish(),
            Value::Object(map) => f.debug_set().entries(map.keys()).finish(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.into())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text.into())
    }
}
impl From<Text> for Value {
    fn from(text: Text) -> Self {
        Value::Text(text)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Boolean(value)
    }
}
impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Value::Integer(value)
    }
}
impl From<super::Moment> for Value {
    fn from(value: super::Moment) -> Self {
        Value::Text(value.text())
    }
}
impl From<super::EntityId> for Value {
    fn from(value: super::EntityId) -> Self {
        Value::Text(value.text())
    }
}
impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(list: Vec<T>) -> Self {
        Value::List(list.into_iter().map(Into::into).collect())
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Boolean(value) => s.serialize_bool(*value),
            Value::Integer(value) => s.serialize_i64(*value),
            Value::Number(value) => s.serialize_f64(*value),
            Value::Text(text) => s.serialize_str(text),
            Value::List(list) => list.serialize(s),
            Value::Object(map) => map.serialize(s),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Value;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a boolean, a number, a text, a list or an object")
            }
            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
                Ok(Value::Boolean(value))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
                Ok(Value::Integer(value))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
                i64::try_from(value)
                    .map(Value::Integer)
                    .map_err(|_| E::custom("a whole number above 9223372036854775807"))
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
                if value.is_finite() {
                    Ok(Value::Number(value))
                } else {
                    Err(E::custom("a number that is not finite"))
                }
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Text(text.into()))
            }
            fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
                Ok(Value::Text(text.into()))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
                let mut list = Vec::new();
                while let Some(value) = seq.next_element()? {
                    list.push(value);
                }
                Ok(Value::List(list))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
                let mut map = BTreeMap::new();
                while let Some((key, value)) = access.next_entry()? {
                    map.insert(key, value);
                }
                Ok(Value::Object(map))
            }
        }
        d.deserialize_any(Visitor)
    }
}

impl schemars::JsonSchema for Value {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Value".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["boolean", "integer", "number", "string", "array", "object"],
            "description": "The value of an attribute. Days, moments and references are texts.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// S0-18
    #[test]
    fn folding_is_nfkc_and_full_case_folding() {
        for (a, b) in [
            ("Straße", "STRASSE"),
            ("Ａｌｉｃｅ", "alice"),
            ("É", "e\u{301}"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("ﬀ", "FF"),
            ("K", "k"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("İ"), fold("i"));
    }

    proptest! {
        #[test]
        fn folding_is_stable(text in "\\PC{0,12}") {
            let once = fold(&text).into_owned();
            prop_assert_eq!(fold(&once), once.as_str());
        }

        #[test]
        fn number_keys_sort_like_numbers(a: i64, b: i64, c in -1e12f64..1e12) {
            prop_assert_eq!(Value::Integer(a).search_key().cmp(&Value::Integer(b).search_key()), a.cmp(&b));
            let small = (a % 1_000_000_000) as f64;
            prop_assert_eq!(Value::Integer(a % 1_000_000_000).search_key().cmp(&Value::Number(c).search_key()), small.total_cmp(&(c + 0.0)));
        }

        #[test]
        fn json_round_trips(a: i64, text in "\\PC{0,20}", flag: bool) {
            let value = Value::List(vec![a.into(), text.as_str().into(), flag.into()]);
            let json = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value);
        }
    }
}
