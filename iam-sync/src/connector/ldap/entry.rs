//! From entries of a directory to objects.

use std::{borrow::Cow, collections::BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD};
use iam_core::{
    model::{SyncKind, Value},
    port::SourceObject,
};

use super::ber;

/// What kind of server it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Generic,
    OpenLdap,
    DirectoryServer,
    ActiveDirectory,
}

impl Dialect {
    /// The attribute that identifies an entry for ever.
    pub(super) const fn identifier(self) -> &'static str {
        match self {
            Dialect::Generic | Dialect::OpenLdap => "entryUUID",
            // Its content synchronization knows no other.
            Dialect::DirectoryServer => "nsUniqueId",
            Dialect::ActiveDirectory => "objectGUID",
        }
    }
}

/// How entries become objects.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) dialect: Dialect,
    pub(super) identifier: String,
    /// Where the source begins: what lies above is no organization of it.
    pub(super) base: String,
}

/// An entry as it came: it lies in the message.
#[derive(Debug, Clone, Default)]
pub(super) struct Raw<'a> {
    pub(super) dn: Cow<'a, str>,
    attributes: Vec<Attribute<'a>>,
}

#[derive(Debug, Clone)]
struct Attribute<'a> {
    name: Cow<'a, str>,
    values: Values<'a>,
}

/// The values of an attribute.
#[derive(Debug, Clone)]
enum Values<'a> {
    /// As they stand in the message, looked through once.
    Written(&'a [u8]),
    /// Put together.
    Joined(Vec<Vec<u8>>),
}

/// Values one by one.
struct Each<'v> {
    written: &'v [u8],
    joined: std::slice::Iter<'v, Vec<u8>>,
}

impl<'v> Iterator for Each<'v> {
    type Item = &'v [u8];

    fn next(&mut self) -> Option<&'v [u8]> {
        match self.joined.next() {
            Some(value) => Some(value),
            None => {
                let (_, value, rest) = ber::element(self.written)?;
                self.written = rest;
                Some(value)
            }
        }
    }
}

impl Values<'_> {
    fn iter(&self) -> Each<'_> {
        match self {
            Values::Written(written) => Each {
                written,
                joined: [].iter(),
            },
            Values::Joined(joined) => Each {
                written: &[],
                joined: joined.iter(),
            },
        }
    }
}

/// The content of an element of this kind, and what follows it.
fn inside(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    ber::element(bytes)
        .filter(|(found, ..)| *found == tag)
        .map(|(_, content, rest)| (content, rest))
}

fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (content, rest) = inside(bytes, ber::OCTETS)?;
    Some((std::str::from_utf8(content).ok()?, rest))
}

impl<'a> Raw<'a> {
    /// Reads the content of an entry; `None` when it is malformed.
    pub(super) fn parse(content: &'a [u8]) -> Option<Raw<'a>> {
        let (dn, rest) = text(content)?;
        let (mut list, _) = inside(rest, ber::SEQUENCE)?;
        let mut attributes = Vec::with_capacity(16);
        while !list.is_empty() {
            let (pair, after) = inside(list, ber::SEQUENCE)?;
            let (name, rest) = text(pair)?;
            let (values, _) = inside(rest, ber::SET)?;
            let mut left = values;
            while !left.is_empty() {
                (_, left) = inside(left, ber::OCTETS)?;
            }
            attributes.push(Attribute {
                name: name.into(),
                values: Values::Written(values),
            });
            list = after;
        }
        Some(Raw {
            dn: dn.into(),
            attributes,
        })
    }

    /// The same without the message.
    pub(super) fn into_owned(self) -> Raw<'static> {
        let attributes = self.attributes.into_iter().map(|attribute| Attribute {
            name: attribute.name.into_owned().into(),
            values: Values::Joined(attribute.values.iter().map(<[u8]>::to_vec).collect()),
        });
        Raw {
            attributes: attributes.collect(),
            dn: self.dn.into_owned().into(),
        }
    }

    /// About how many bytes it has.
    pub(super) fn size(&self) -> usize {
        let of = |attribute: &Attribute<'_>| {
            let values = match &attribute.values {
                Values::Written(written) => written.len(),
                Values::Joined(joined) => joined.iter().map(Vec::len).sum(),
            };
            attribute.name.len() + values
        };
        self.dn.len() + self.attributes.iter().map(of).sum::<usize>()
    }

    fn values(&self, name: &str) -> Option<&Values<'a>> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
            .map(|attribute| &attribute.values)
    }

    /// The first value of an attribute; letter case does not count.
    pub(super) fn first(&self, name: &str) -> Option<&[u8]> {
        self.values(name)?.iter().next()
    }

    /// An attribute of which only a part came: its name, and where the rest begins.
    pub(super) fn open_range(&self) -> Option<(String, u64)> {
        self.attributes.iter().find_map(|attribute| {
            let (name, range) = attribute.name.split_once(";range=")?;
            let (_, last) = range.split_once('-')?;
            Some((name.to_owned(), last.parse::<u64>().ok()?.checked_add(1)?))
        })
    }

    /// Joins the parts of an attribute; `false` when the rest does not fit.
    pub(super) fn join_range(&mut self, name: &str, more: &Raw<'_>) -> bool {
        let own = |attribute: &Attribute<'_>| {
            attribute
                .name
                .split_once(";range=")
                .is_some_and(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        let Some(next) = more.attributes.iter().find(|attribute| own(attribute)) else {
            return false;
        };
        let Some(attribute) = self.attributes.iter_mut().find(|attribute| own(attribute)) else {
            return false;
        };
        let known = attribute.values.iter().count();
        let all: Vec<Vec<u8>> = attribute
            .values
            .iter()
            .chain(next.values.iter())
            .map(<[u8]>::to_vec)
            .collect();
        if all.len() == known {
            return false;
        }
        attribute.values = Values::Joined(all);
        attribute.name = match next.name.ends_with("-*") {
            true => name.to_owned().into(),
            false => next.name.clone().into_owned().into(),
        };
        true
    }
}

/// `04d49f35-…`: the usual form of 16 bytes. Those of Active Directory are mixed: the first three groups turn round.
pub(super) fn guid(bytes: &[u8], mixed: bool) -> String {
    match <[u8; 16]>::try_from(bytes) {
        Ok(bytes) if mixed => uuid::Uuid::from_bytes_le(bytes).to_string(),
        Ok(bytes) => uuid::Uuid::from_bytes(bytes).to_string(),
        Err(_) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// What lies above a distinguished name.
pub(super) fn parent(dn: &str) -> Option<&str> {
    let mut escaped = false;
    for (place, c) in dn.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ',' => return dn.get(place + 1..).map(str::trim_start),
            _ => {}
        }
    }
    None
}

/// What never leaves a directory.
const SECRET: [&str; 4] = ["userpassword", "unicodepwd", "sambantpassword", "krbprincipalkey"];

impl Shape {
    /// Which entries a kind has when nothing else is said.
    pub(super) fn filter(&self, kind: SyncKind, object_class: &str) -> String {
        let fits = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
        };
        if fits(object_class) {
            return format!("(objectClass={object_class})");
        }
        let filter = match (self.dialect, kind) {
            (_, SyncKind::Organization) => "(objectClass=organizationalUnit)",
            (Dialect::ActiveDirectory, SyncKind::User) => "(&(objectCategory=person)(objectClass=user))",
            (Dialect::ActiveDirectory, SyncKind::Group) => "(objectClass=group)",
            (_, SyncKind::User) => "(objectClass=inetOrgPerson)",
            (_, SyncKind::Group) => "(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))",
            (_, SyncKind::Position) => "(objectClass=organizationalRole)",
            (_, SyncKind::Membership) => "(!(objectClass=*))",
        };
        filter.to_owned()
    }

    /// The attributes to ask for: few are twice as fast as all.
    pub(super) fn attributes(&self, used: &[String]) -> Vec<String> {
        if used.is_empty() {
            return vec!["*".to_owned(), self.identifier.clone()];
        }
        let mut all: BTreeSet<String> = used
            .iter()
            .filter(|name| !matches!(name.as_str(), "dn" | "parent_dn" | "rdn" | "account_enabled"))
            .cloned()
            .collect();
        all.insert(self.identifier.clone());
        if self.dialect == Dialect::ActiveDirectory {
            all.insert("userAccountControl".to_owned());
        }
        all.into_iter().collect()
    }

    /// Whether what lies above an entry can be an organization of this source: a domain is none.
    fn is_inside(&self, parent: &str) -> bool {
        let is_domain = |name: &str| {
            name.get(..3)
                .is_some_and(|start| start.eq_ignore_ascii_case("dc="))
        };
        if is_domain(parent.trim_start()) {
            return false;
        }
        // Mostly the server writes names as the configuration does; only then is it cheap to see.
        let above = parent.strip_suffix(self.base.as_str());
        above.is_some_and(|above| above.ends_with(',') && !above.ends_with("\\,"))
            || super::is_under(parent, &self.base)
    }

    /// The identifier of an entry.
    pub(super) fn identify(&self, values: &[u8]) -> String {
        match (self.dialect, std::str::from_utf8(values)) {
            (Dialect::ActiveDirectory, _) if values.len() == 16 => guid(values, true),
            (_, Ok(text)) => text.to_owned(),
            (_, Err(_)) => guid(values, false),
        }
    }

    /// An object from an entry; else what is wrong with it.
    pub(super) fn object(&self, raw: &Raw<'_>) -> Result<SourceObject, String> {
        let dn = raw.dn.as_ref();
        let Some(identifier) = raw.first(&self.identifier).map(|value| self.identify(value)) else {
            return Err(format!("{dn} has no `{}`", self.identifier));
        };
        let mut object = SourceObject::new(identifier);
        let above = parent(dn);
        if let Some(above) = above.filter(|above| self.is_inside(above)) {
            object.attributes.insert("parent_dn".to_owned(), above.into());
        }
        for Attribute { name, values } in &raw.attributes {
            if SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret)) {
                continue;
            }
            if self.dialect == Dialect::ActiveDirectory && name.eq_ignore_ascii_case("userAccountControl") {
                let bits: i64 = values
                    .iter()
                    .next()
                    .and_then(|value| std::str::from_utf8(value).ok()?.parse().ok())
                    .unwrap_or_default();
                // ACCOUNTDISABLE
                object
                    .attributes
                    .insert("account_enabled".to_owned(), (bits & 2 == 0).into());
            }
            let is_guid = name.eq_ignore_ascii_case("objectGUID") && self.dialect == Dialect::ActiveDirectory;
            let value = match is_guid {
                true => several(values.iter().map(|value| guid(value, true).into())),
                false => value_of(values),
            };
            if let Some(value) = value {
                object.attributes.insert(name.as_ref().to_owned(), value);
            }
        }
        let rdn = dn.split_once('=').map(|(_, rest)| rest);
        let rdn = rdn.map(|rest| above.map_or(rest, |up| rest.strip_suffix(up).unwrap_or(rest)));
        if let Some(rdn) = rdn {
            let rdn = rdn.trim_end().trim_end_matches(',');
            object.attributes.insert("rdn".to_owned(), rdn.into());
        }
        object.attributes.insert("dn".to_owned(), dn.into());
        object.name = Some(dn.to_owned());
        Ok(object)
    }
}

/// Values as an attribute of an object: one, or several.
fn several(mut values: impl Iterator<Item = Value>) -> Option<Value> {
    let first = values.next()?;
    Some(match values.next() {
        None => first,
        Some(second) => Value::List([first, second].into_iter().chain(values).collect()),
    })
}

/// What is not text is binary as a whole: a picture whose bytes happen to be text is none.
fn value_of(values: &Values<'_>) -> Option<Value> {
    let texts: Option<Vec<&str>> = {
        let mut each = values.iter();
        match (each.next(), each.next()) {
            // Mostly there is one.
            (Some(only), None) => {
                return Some(match std::str::from_utf8(only) {
                    Ok(text) => text.into(),
                    Err(_) => STANDARD.encode(only).into(),
                });
            }
            _ => values
                .iter()
                .map(|value| std::str::from_utf8(value).ok())
                .collect(),
        }
    };
    match texts {
        Some(texts) => several(texts.into_iter().map(Value::from)),
        None => several(values.iter().map(|value| STANDARD.encode(value).into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(dn: &'static str, attributes: Vec<(&'static str, Vec<Vec<u8>>)>) -> Raw<'static> {
        Raw {
            dn: dn.into(),
            attributes: attributes
                .into_iter()
                .map(|(name, values)| Attribute {
                    name: name.into(),
                    values: Values::Joined(values),
                })
                .collect(),
        }
    }

    #[test]
    fn names_have_something_above_them_and_escapes_do_not_count() {
        assert_eq!(parent("cn=a,ou=b,dc=c"), Some("ou=b,dc=c"));
        assert_eq!(parent(r"cn=Smith\, Jane, ou=b"), Some("ou=b"));
        assert_eq!(parent("dc=c"), None);
    }

    #[test]
    fn entries_become_objects_and_secrets_stay_behind() {
        let shape = Shape {
            dialect: Dialect::ActiveDirectory,
            identifier: "objectGUID".to_owned(),
            base: "DC=x".to_owned(),
        };
        let raw = raw(
            "CN=Ada Lovelace,OU=Staff,DC=x",
            vec![
                ("objectGUID", vec![(1..=16).collect()]),
                ("userAccountControl", vec![b"514".to_vec()]),
                ("unicodePwd", vec![b"secret".to_vec()]),
                ("mail", vec![b"a@x".to_vec(), b"b@x".to_vec()]),
                ("jpegPhoto", vec![vec![0xff, 0xd8, 0xff]]),
                ("certificate", vec![vec![0xff], b"text".to_vec()]),
                ("sn", vec!["Łovelace".as_bytes().to_vec()]),
                ("empty", vec![]),
            ],
        );
        let object = shape.object(&raw).unwrap();
        assert_eq!(object.identifier, "04030201-0605-0807-090a-0b0c0d0e0f10");
        assert_eq!(object.attributes["account_enabled"], false.into());
        assert_eq!(object.attributes["mail"], vec!["a@x", "b@x"].into());
        assert_eq!(object.attributes["jpegPhoto"], "/9j/".into());
        assert_eq!(object.attributes["certificate"], vec!["/w==", "dGV4dA=="].into());
        assert_eq!(object.attributes["sn"], "Łovelace".into());
        assert_eq!(object.attributes["parent_dn"], "OU=Staff,DC=x".into());
        assert_eq!(object.attributes["rdn"], "Ada Lovelace".into());
        assert!(!object.attributes.contains_key("unicodePwd"));
        assert!(!object.attributes.contains_key("empty"));
    }

    #[test]
    fn the_parts_of_a_range_are_joined() {
        let part = |name: &'static str, values: &[&str]| {
            let values = values.iter().map(|value| value.as_bytes().to_vec()).collect();
            raw("cn=g", vec![(name, values)])
        };
        let mut raw = part("member;range=0-1", &["a", "b"]);
        assert_eq!(raw.open_range(), Some(("member".to_owned(), 2)));
        assert!(raw.join_range("member", &part("member;range=2-3", &["c", "d"])));
        assert_eq!(raw.open_range(), Some(("member".to_owned(), 4)));
        assert!(raw.join_range("member", &part("member;range=4-*", &["e"])));
        assert_eq!(raw.open_range(), None);
        assert_eq!(raw.values("member").unwrap().iter().count(), 5);
        assert!(!raw.join_range("member", &part("member;range=5-*", &[])));
    }
}
