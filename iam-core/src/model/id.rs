//! Identifiers: UUIDv7 inside, a readable `user_01jd…` outside.
//!
//! The text form is the kind, an underscore and the 128 bits as 26 lower-case characters of Crockford's
//! base 32. It sorts like the UUID, survives a double click and says what it names.

use std::{
    borrow::Cow,
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::Text;

/// A text that is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text has no known kind before the underscore.
    #[error("“{0}” is not an identifier: expected a kind such as `user_` followed by 26 characters")]
    Form(String),
    /// The identifier names another kind than the one asked for.
    #[error("expected the identifier of a {expected}, found the one of a {found}")]
    Kind {
        /// What was asked for.
        expected: Kind,
        /// What the text names.
        found: Kind,
    },
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $id:ident $name:literal $code:literal;)*) => {
        /// The kinds of things the library keeps. The number is stored and never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind { $($(#[$doc])* $kind = $code,)* }

        impl Kind {
            /// Every kind, in the order of their numbers.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind,)*];

            /// The name used in identifiers, commands and errors.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$kind => $name,)* }
            }

            /// The name with its article, for sentences: “a user”, “an organization”.
            pub fn with_article(self) -> String {
                let article = if self.name().starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
                format!("{article} {}", self.name().replace('_', " "))
            }

            /// The kind with this name.
            pub fn from_name(name: &str) -> Option<Kind> {
                match name { $($name => Some(Kind::$kind),)* _ => None }
            }

            /// The kind with this stored number.
            pub fn from_code(code: u8) -> Option<Kind> {
                match code { $($code => Some(Kind::$kind),)* _ => None }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $id(pub Uuid);

            impl From<$id> for EntityId {
                fn from(id: $id) -> Self { EntityId { kind: Kind::$kind, uuid: id.0 } }
            }
            impl TryFrom<EntityId> for $id {
                type Error = IdError;
                fn try_from(id: EntityId) -> Result<Self, IdError> {
                    if id.kind == Kind::$kind { Ok($id(id.uuid)) } else {
                        Err(IdError::Kind { expected: Kind::$kind, found: id.kind })
                    }
                }
            }
            impl fmt::Display for $id {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { EntityId::from(*self).fmt(f) }
            }
            impl fmt::Debug for $id {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { EntityId::from(*self).fmt(f) }
            }
            impl FromStr for $id {
                type Err = IdError;
                fn from_str(text: &str) -> Result<Self, IdError> { text.parse::<EntityId>()?.try_into() }
            }
            impl Serialize for $id {
                fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { EntityId::from(*self).serialize(s) }
            }
            impl<'de> Deserialize<'de> for $id {
                fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                    String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
                }
            }
            impl JsonSchema for $id {
                fn schema_name() -> Cow<'static, str> { stringify!($id).into() }
                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({
                        "type": "string",
                        "description": concat!("The identifier of a record of the kind `", $name, "`."),
                        "pattern": concat!("^", $name, "_[0-7][0-9a-hjkmnp-tv-z]{25}$"),
                    })
                }
            }
        )*
    };
}

kinds! {
    /// A tenant: part of every key, every claim and every signature.
    Realm RealmId "realm" 1;
    /// An identity of a person, or an account used by persons (S4-52 … S4-57).
    User UserId "user" 2;
    /// An identity of a thing: a phone, a printer (S2-1).
    Device DeviceId "device" 3;
    /// A classification of users with its own form and validity (S0-68).
    UserType UserTypeId "user_type" 4;
    /// A node of the organization tree (S0-74).
    Organization OrganizationId "organization" 5;
    /// A classification of organizations with its own form (S0-97).
    OrganizationType OrganizationTypeId "organization_type" 6;
    /// A position that people hold and organizations have (S0-102).
    Position PositionId "position" 7;
    /// A set of users, organizations or positions (S0-116).
    Group GroupId "group" 8;
    /// Values that pre-fill a new profile, by job or department (S1-13, S1-14).
    Template TemplateId "template" 9;
    /// A declared attribute of a kind (S3-78).
    Attribute AttributeId "attribute" 10;
    /// One change set: many commits under one name (an import, a bulk change).
    ChangeSet ChangeSetId "change_set" 11;
    /// One command as the caller sent it; a repeated id is recognised, never applied twice.
    Command CommandId "command" 12;
    /// A role: external ones provision by their assignments, internal ones authorize by their privileges (S2-16, S2-18).
    Role RoleId "role" 13;
    /// What an external role gives in one target: attribute values for one mapping (S2-45 … S2-57).
    Assignment AssignmentId "assignment" 14;
    /// The compiled condition of a dynamic role or group. Kept by the engine beside its owner, part of the realm's schema.
    Rule RuleId "rule" 40;
    /// Something by which a user proves to be the user: a password, a one-time password, recovery codes, a passkey.
    Credential CredentialId "credential" 15;
    /// Rules for passwords, locking, sessions and factors, for those it is attached to.
    Policy PolicyId "policy" 16;
    /// A signed-in user on one device or in one application, or a sign-in that is under way (S2-21).
    Session SessionId "session" 17;
    /// A link that was sent to a person and can be used once: an invitation, a reset, a verification (S3-25, S3-56).
    Link LinkId "link" 18;
    /// A count of attempts within a time, shared by all processes: what throttling and locking go by.
    Counter CounterId "counter" 19;
    /// Where people and organizations flow in from (S0-121).
    Source SourceId "source" 30;
    /// What is known of one object of an identity source, and the record that it is linked to.
    Shadow ShadowId "shadow" 31;
    /// One run of an identity source, planned, under way or done (S0-141).
    SyncRun SyncRunId "sync_run" 32;
    /// A connector that was registered: without it no source can use it (S0-122).
    Connector ConnectorId "connector" 33;
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let name = String::deserialize(d)?;
        Kind::from_name(&name).ok_or_else(|| serde::de::Error::custom(format!("“{name}” is not a kind")))
    }
}

impl JsonSchema for Kind {
    fn schema_name() -> Cow<'static, str> {
        "Kind".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        json_schema!({
            "type": "string",
            "description": "The kind of a thing that the library keeps.",
            "enum": names,
        })
    }
}

/// The identifier of anything the library keeps: a kind and a UUID.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct EntityId {
    /// What it names.
    pub kind: Kind,
    /// UUIDv7, or any UUID the host brought along.
    pub uuid: Uuid,
}

/// By kind, then by the bytes of the UUID: compared as numbers, which ordered maps of facts do all the time.
impl Ord for EntityId {
    fn cmp(&self, other: &EntityId) -> Ordering {
        let kinds = (self.kind as u8).cmp(&(other.kind as u8));
        kinds.then_with(|| self.uuid.as_u128().cmp(&other.uuid.as_u128()))
    }
}

/// In words, not in bytes: each decision looks two of them up.
impl Hash for EntityId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (high, low) = self.uuid.as_u64_pair();
        state.write_u8(self.kind as u8);
        state.write_u64(high);
        state.write_u64(low);
    }
}

impl PartialOrd for EntityId {
    fn partial_cmp(&self, other: &EntityId) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl EntityId {
    /// An identifier from its parts.
    pub const fn new(kind: Kind, uuid: Uuid) -> Self {
        EntityId { kind, uuid }
    }
}

/// The value of each character of the alphabet; 255 for all others.
const DIGITS: [u8; 256] = {
    let mut digits = [255; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        digits[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    digits
};

/// The UUID of 26 characters. A batch of decisions reads thousands: the characters are added up in words of twelve, and
/// whether one of them was none is asked at the end.
fn uuid(digits: &[u8; 26]) -> Option<Uuid> {
    let mut wrong = 0;
    let mut word = |digits: &[u8]| {
        digits.iter().fold(0, |word: u64, byte| {
            let digit = DIGITS[usize::from(*byte)];
            wrong |= digit;
            word << 5 | u64::from(digit)
        })
    };
    let (first, rest) = digits.split_at(2);
    let (second, third) = rest.split_at(12);
    let (first, second, third) = (word(first), word(second), word(third));
    // 26 characters hold 130 bits: the first may only carry three of its five.
    if wrong > 31 || first > 255 {
        return None;
    }
    Some(Uuid::from_u128(
        u128::from(first) << 120 | u128::from(second) << 60 | u128::from(third),
    ))
}

/// The longest text form: the kind's name, an underscore, 26 characters.
const LONGEST: usize = 64;

impl EntityId {
    /// The text form, as values keep it.
    pub fn text(self) -> Text {
        self.with_text(|text| Text::from(text))
    }

    fn with_text<T>(self, take: impl FnOnce(&str) -> T) -> T {
        let mut text = [b'_'; LONGEST];
        let kind = self.kind.name().as_bytes();
        let end = (kind.len() + 27).min(LONGEST);
        let mut rest = self.uuid.as_u128();
        for place in text.iter_mut().take(end).rev().take(26) {
            *place = ALPHABET[(rest & 31) as usize];
            rest >>= 5;
        }
        for (place, byte) in text.iter_mut().zip(kind) {
            *place = *byte;
        }
        take(
            text.get(..end)
                .and_then(|text| str::from_utf8(text).ok())
                .unwrap_or_default(),
        )
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.pad(text))
    }
}

impl fmt::Debug for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for EntityId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let form = || IdError::Form(text.chars().take(64).collect());
        let (kind, digits) = text.as_bytes().split_last_chunk::<26>().ok_or_else(form)?;
        let kind = kind.strip_suffix(b"_").and_then(|kind| str::from_utf8(kind).ok());
        let kind = kind.and_then(Kind::from_name).ok_or_else(form)?;
        let uuid = uuid(digits).ok_or_else(form)?;
        Ok(EntityId { kind, uuid })
    }
}

impl Serialize for EntityId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| s.serialize_str(text))
    }
}

impl<'de> Deserialize<'de> for EntityId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for EntityId {
    fn schema_name() -> Cow<'static, str> {
        "EntityId".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "The identifier of a record of any kind.",
            "pattern": "^[a-z_]+_[0-7][0-9a-hjkmnp-tv-z]{25}$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_form_names_the_kind_and_the_wrong_kind_is_refused() {
        let id = UserId(Uuid::from_u128(0x0193_4f3c_8a00_7000_8000_0000_0000_0001));
        let text = id.to_string();
        assert!(text.starts_with("user_0"), "{text}");
        assert_eq!(text.parse::<UserId>(), Ok(id));
        assert_eq!(
            text.parse::<GroupId>(),
            Err(IdError::Kind {
                expected: Kind::Group,
                found: Kind::User
            })
        );
        for wrong in [
            "",
            "user",
            "user_",
            "user_01",
            "thing_00000000000000000000000000",
            "user_80000000000000000000000000",
            "user_0000000000000000000000000é",
        ] {
            assert!(wrong.parse::<EntityId>().is_err(), "{wrong}");
        }
        for place in "user_".len()..text.len() {
            for wrong in ["i", "l", "o", "u", "A", "~", "_", " "] {
                let mut text = text.clone();
                text.replace_range(place..=place, wrong);
                assert!(text.parse::<EntityId>().is_err(), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn text_form_round_trips_and_sorts_like_the_uuid(a: u128, b: u128) {
            let (x, y) = (EntityId::new(Kind::UserType, Uuid::from_u128(a)), EntityId::new(Kind::UserType, Uuid::from_u128(b)));
            prop_assert_eq!(x.to_string().parse::<EntityId>(), Ok(x));
            prop_assert_eq!(x.to_string().cmp(&y.to_string()), x.uuid.cmp(&y.uuid));
        }
    }
}
