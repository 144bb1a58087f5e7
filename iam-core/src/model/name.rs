//! Names of attributes: those of the library are numbers into one table, so that a record does not carry them around.

use std::{borrow::Borrow, cmp::Ordering, fmt, hash, ops::Deref, sync::Arc, sync::OnceLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The names that have a number, in the order of their numbers. The numbers are stored: names are only ever added, at
/// the end. A name that is not here is kept as text, which costs its bytes and nothing else.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "name", "settings", "schema_epoch", "created_at", "created_by", "changed_at", "changed_by", "origin",
    "source", "deleted_at", "erased_at", "external_id", "user_name", "email", "first_name", "last_name",
    "display_name", "phone", "user_number", "user_type", "identity_type", "privileged", "job",
    "department", "location", "street", "city", "postal_code", "state", "country", "language", "time_zone",
    "date_of_birth", "hired_on", "in_position_since", "preference_updates", "preference_marketing",
    "lawful_basis", "consents", "supplied_by", "administrative_status", "registration",
    "registration_until", "locked", "lock_reason", "disabled_by", "valid_from", "valid_until",
    "last_attempt_at", "last_sign_in_at", "organizations", "within_organization", "groups", "manager",
    "positions", "leads", "used_by", "indexed_string_1", "indexed_string_2", "indexed_string_3",
    "indexed_string_4", "indexed_string_5", "indexed_strings_1", "indexed_strings_2", "indexed_strings_3",
    "indexed_strings_4", "indexed_strings_5", "indexed_date_1", "indexed_date_2", "indexed_date_3",
    "indexed_date_4", "indexed_date_5", "indexed_integer_1", "indexed_integer_2", "indexed_integer_3",
    "indexed_integer_4", "indexed_integer_5", "unindexed_string_1", "unindexed_string_2",
    "unindexed_string_3", "unindexed_string_4", "unindexed_string_5", "unindexed_strings_1",
    "unindexed_strings_2", "unindexed_strings_3", "unindexed_strings_4", "unindexed_strings_5",
    "unindexed_date_1", "unindexed_date_2", "unindexed_date_3", "unindexed_date_4", "unindexed_date_5",
    "unindexed_integer_1", "unindexed_integer_2", "unindexed_integer_3", "unindexed_integer_4",
    "unindexed_integer_5", "device_type", "serial_number", "model", "address", "owner", "description",
    "form", "validity_days", "disable_on_expiry", "code", "organization_type", "parent", "sort_order",
    "organization", "reports_to", "member_kinds", "when_job", "when_department", "values", "definition",
    "registered_at", "groups_by_rule", "roles", "roles_by_rule", "locked_by", "locked_until",
    "verified_email", "role_type", "privileges", "level", "administrative", "min_holders", "max_holders",
    "condition", "condition_kind", "risk_index", "categories", "inheritance_class", "includes", "carries",
    "mapping", "on_assignment", "on_unassignment", "events", "selects", "predicate", "reads", "timed",
    "pending", "inherit_service_plans", "inherit_subscriptions", "inherit_administrator_roles",
    "inherit_groups", "inherit_office_groups", "owns", "administers", "deputizes", "user",
    "credential_type", "label", "credential_state", "secret", "former", "exported_at", "scheme", "set_at",
    "set_by", "must_change", "expires_at", "exemption", "failures", "failed_at", "failing_since",
    "blocked_until", "locks", "used_at", "used_step", "remaining", "algorithm", "digits", "period",
    "assurance", "provider", "provider_subject", "details", "applies_to", "password", "initial", "lock",
    "session", "factor", "link", "targets", "stage", "token_digest", "token_until", "refresh_family",
    "refresh_digest", "refresh_previous", "refreshed_at", "idle_seconds", "grace_seconds", "token_seconds",
    "methods", "authenticated_at", "offered", "wanted_assurance", "elevated", "wants_refresh",
    "identifier_counter", "application", "agent", "purpose", "delivery", "ended_at", "end", "count",
    "since", "stops_inheritance", "connector", "configuration", "rules", "mode", "schedule", "tokens",
    "identity_source", "object_kind", "identifier", "title", "object_key", "name_key", "target", "digest",
    "situation", "problem", "problem_code", "candidates", "missing_since", "delete_after", "look_only",
    "filter", "due_at", "started_at", "finished_at", "worker", "leased_until", "cancel_requested", "place",
    "counts", "findings", "change_set", "alert_level", "descriptor",
];

/// The name of an attribute. Reads and compares like a text; copying it costs next to nothing.
///
/// ```
/// use iam_core::model::Name;
///
/// let (known, own) = (Name::from("user_name"), Name::from("favourite_colour"));
/// assert!(known == "user_name" && own < known && own.len() == 16);
/// assert_eq!(known.code().and_then(Name::from_code), Some(known));
/// assert_eq!(own.code(), None);
/// ```
#[derive(Clone)]
pub struct Name(Inner);

#[derive(Clone)]
enum Inner {
    Known(u16),
    Own(Arc<str>),
}

/// What there is to know about the names beforehand.
struct Numbers {
    /// By a hash of the name: slots that are empty or hold a number plus one.
    slots: [u16; SLOTS],
    /// The place of each name among all in order.
    ranks: [u16; NAMES.len()],
}

/// A power of two, at least four times as many as there are names: chains stay short.
const SLOTS: usize = (NAMES.len() * 4).next_power_of_two();

impl Numbers {
    fn table() -> &'static Numbers {
        static TABLE: OnceLock<Numbers> = OnceLock::new();
        TABLE.get_or_init(|| {
            let mut table = Numbers {
                slots: [0; SLOTS],
                ranks: [0; NAMES.len()],
            };
            for (number, name) in (1..).zip(NAMES) {
                let mut slot = Numbers::slot(name);
                while let Some(taken) = table.slots.get(slot)
                    && *taken != 0
                {
                    slot = (slot + 1) % SLOTS;
                }
                if let Some(free) = table.slots.get_mut(slot) {
                    *free = number;
                }
            }
            for (rank, name) in table.ranks.iter_mut().zip(NAMES) {
                *rank = NAMES.iter().filter(|other| *other < name).count() as u16;
            }
            table
        })
    }

    /// FNV-1a over the length, the first and the last bytes: enough to tell the names apart.
    fn slot(name: &str) -> usize {
        let bytes = name.as_bytes();
        let (head, tail) = (bytes.iter().take(6), bytes.iter().rev().take(4));
        let hash = head
            .chain(tail)
            .fold(bytes.len() as u32 ^ 0x811c_9dc5, |hash, byte| {
                (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
            });
        (hash ^ (hash >> 15)) as usize % SLOTS
    }

    fn of(name: &str) -> Option<u16> {
        let table = Numbers::table();
        let mut slot = Numbers::slot(name);
        loop {
            let number = table.slots.get(slot)?.checked_sub(1)?;
            if NAMES.get(usize::from(number)) == Some(&name) {
                return Some(number);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

impl Name {
    /// The number of a name, when it has one.
    pub(crate) fn number(name: &str) -> Option<u16> {
        Numbers::of(name)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Inner::Known(number) => NAMES.get(usize::from(*number)).copied().unwrap_or_default(),
            Inner::Own(name) => name,
        }
    }

    /// The number under which the name is stored, when it has one.
    pub fn code(&self) -> Option<u16> {
        match self.0 {
            Inner::Known(number) => Some(number),
            Inner::Own(_) => None,
        }
    }

    /// The name with this stored number.
    pub fn from_code(code: u16) -> Option<Name> {
        (usize::from(code) < NAMES.len()).then_some(Name(Inner::Known(code)))
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Name(match Numbers::of(name) {
            Some(number) => Inner::Known(number),
            None => Inner::Own(name.into()),
        })
    }
}
impl From<String> for Name {
    fn from(name: String) -> Self {
        name.as_str().into()
    }
}
impl From<&String> for Name {
    fn from(name: &String) -> Self {
        name.as_str().into()
    }
}
impl From<&Name> for Name {
    fn from(name: &Name) -> Self {
        name.clone()
    }
}
impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.as_str().to_owned()
    }
}
impl From<&Name> for String {
    fn from(name: &Name) -> Self {
        name.as_str().to_owned()
    }
}

impl Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}
impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        self
    }
}
impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        self
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        match (&self.0, &other.0) {
            (Inner::Known(a), Inner::Known(b)) => a == b,
            // A name that has a number never comes without it.
            (Inner::Own(a), Inner::Own(b)) => a == b,
            _ => false,
        }
    }
}
impl Eq for Name {}
impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}
impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}
impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}
impl PartialEq<Name> for str {
    fn eq(&self, other: &Name) -> bool {
        self == other.as_str()
    }
}
impl PartialEq<Name> for &str {
    fn eq(&self, other: &Name) -> bool {
        *self == other.as_str()
    }
}
impl PartialEq<Name> for String {
    fn eq(&self, other: &Name) -> bool {
        self == other.as_str()
    }
}
impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Name) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Name {
    fn cmp(&self, other: &Name) -> Ordering {
        match (&self.0, &other.0) {
            (Inner::Known(a), Inner::Known(b)) => {
                let ranks = &Numbers::table().ranks;
                ranks.get(usize::from(*a)).cmp(&ranks.get(usize::from(*b)))
            }
            _ => self.as_str().cmp(other),
        }
    }
}
impl PartialOrd<str> for Name {
    fn partial_cmp(&self, other: &str) -> Option<Ordering> {
        Some(self.as_str().cmp(other))
    }
}
impl hash::Hash for Name {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self)
    }
}
impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Name;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of an attribute")
            }
            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Name, E> {
                Ok(name.into())
            }
        }
        d.deserialize_str(Visitor)
    }
}

impl schemars::JsonSchema for Name {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Name".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_under_its_number() {
        for (number, name) in (0..).zip(NAMES) {
            assert_eq!(Name::from(*name).code(), Some(number), "{name} is there twice");
            assert_eq!(Name::from_code(number).unwrap(), *name);
        }
        assert_eq!(Name::from_code(NAMES.len() as u16), None);
        for (a, b) in NAMES.iter().zip(NAMES.iter().skip(1)) {
            assert_eq!(Name::from(*a).cmp(&Name::from(*b)), a.cmp(b));
        }
        for other in ["", "user_nam", "user_name_", "indexed_strings_6", "Name", "имя"] {
            assert_eq!(Name::from(other).code(), None);
            assert_eq!(Name::from(other), other);
        }
        assert!(size_of::<Name>() <= 16);
    }

    /// The stored numbers of a few names: they never change.
    #[test]
    fn numbers_stay() {
        for (name, number) in NUMBERED {
            assert_eq!(Name::from(*name).code(), Some(*number));
        }
    }

    const NUMBERED: &[(&str, u16)] = &[
        ("name", 0),
        ("created_at", 3),
        ("user_name", 12),
        ("email", 13),
        ("hired_on", 33),
        ("parent", 108),
        ("registered_at", 117),
        ("locked_until", 122),
    ];
}
