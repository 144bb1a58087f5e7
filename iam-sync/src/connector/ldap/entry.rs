//! From entries of a directory to objects.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD};
use iam_core::{
    model::SyncKind,
    port::{ConnectorError, SourceObject},
};
use ldap3::ResultEntry;

use super::value_of;

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

/// An entry as it came.
#[derive(Debug, Clone, Default)]
pub(super) struct Raw {
    pub(super) dn: String,
    pub(super) attributes: BTreeMap<String, Vec<Vec<u8>>>,
}

fn malformed() -> ConnectorError {
    ConnectorError::Protocol("an entry is malformed".to_owned())
}

/// Reads an entry.
pub(super) fn parse(found: ResultEntry) -> Result<Raw, ConnectorError> {
    let mut parts = found
        .0
        .match_id(4)
        .and_then(|tag| tag.expect_constructed())
        .ok_or_else(malformed)?
        .into_iter();
    let mut primitive = || {
        parts
            .next()
            .and_then(|tag| tag.expect_primitive())
            .ok_or_else(malformed)
    };
    let dn = String::from_utf8(primitive()?).map_err(|_| malformed())?;
    let list = parts
        .next()
        .and_then(|tag| tag.expect_constructed())
        .ok_or_else(malformed)?;
    let mut attributes = BTreeMap::new();
    for attribute in list {
        let mut pair = attribute.expect_constructed().ok_or_else(malformed)?.into_iter();
        let name = pair
            .next()
            .and_then(|tag| tag.expect_primitive())
            .ok_or_else(malformed)?;
        let name = String::from_utf8(name).map_err(|_| malformed())?;
        let values = pair
            .next()
            .and_then(|tag| tag.expect_constructed())
            .ok_or_else(malformed)?;
        let mut all = Vec::with_capacity(values.len());
        for value in values {
            all.push(value.expect_primitive().ok_or_else(malformed)?);
        }
        attributes.insert(name, all);
    }
    Ok(Raw { dn, attributes })
}

/// An attribute of which only a part came: its name, and where the rest begins.
pub(super) fn open_range(raw: &Raw) -> Option<(String, u64)> {
    raw.attributes.keys().find_map(|name| {
        let (attribute, range) = name.split_once(";range=")?;
        let (_, last) = range.split_once('-')?;
        Some((attribute.to_owned(), last.parse::<u64>().ok()?.checked_add(1)?))
    })
}

/// Joins the parts of an attribute; `false` when the rest does not fit.
pub(super) fn join_range(raw: &mut Raw, name: &str, more: Raw) -> bool {
    let own = |key: &String| {
        key.split_once(";range=")
            .is_some_and(|(attribute, _)| attribute.eq_ignore_ascii_case(name))
    };
    let Some(key) = raw.attributes.keys().find(|key| own(key)).cloned() else {
        return false;
    };
    let Some((next, mut values)) = more.attributes.into_iter().find(|(key, _)| own(key)) else {
        return false;
    };
    let mut all = raw.attributes.remove(&key).unwrap_or_default();
    if values.is_empty() {
        return false;
    }
    all.append(&mut values);
    let is_last = next.ends_with("-*");
    raw.attributes
        .insert(if is_last { name.to_owned() } else { next }, all);
    true
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
    pub(super) fn object(&self, raw: Raw) -> Result<SourceObject, String> {
        let identifier = raw
            .attributes
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(&self.identifier))
            .and_then(|(_, values)| values.first())
            .map(|value| self.identify(value));
        let Some(identifier) = identifier else {
            return Err(format!("{} has no `{}`", raw.dn, self.identifier));
        };
        let mut object = SourceObject::new(identifier);
        if let Some(parent) = parent(&raw.dn).filter(|parent| self.is_inside(parent)) {
            object.attributes.insert("parent_dn".to_owned(), parent.into());
        }
        for (name, values) in raw.attributes {
            if SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret)) {
                continue;
            }
            if self.dialect == Dialect::ActiveDirectory && name.eq_ignore_ascii_case("userAccountControl") {
                let bits: i64 = values
                    .first()
                    .and_then(|value| std::str::from_utf8(value).ok()?.parse().ok())
                    .unwrap_or_default();
                // ACCOUNTDISABLE
                object
                    .attributes
                    .insert("account_enabled".to_owned(), (bits & 2 == 0).into());
            }
            let is_guid = name.eq_ignore_ascii_case("objectGUID") && self.dialect == Dialect::ActiveDirectory;
            // What is not text is binary as a whole: a picture whose bytes happen to be text is none.
            let texts: Vec<String> = if is_guid {
                values.iter().map(|value| guid(value, true)).collect()
            } else if values.iter().all(|value| std::str::from_utf8(value).is_ok()) {
                values
                    .into_iter()
                    .filter_map(|value| String::from_utf8(value).ok())
                    .collect()
            } else {
                values.iter().map(|value| STANDARD.encode(value)).collect()
            };
            if let Some(value) = value_of(texts) {
                object.attributes.insert(name, value);
            }
        }
        let rdn = raw.dn.split_once('=').map(|(_, rest)| rest);
        let rdn = rdn.map(|rest| parent(&raw.dn).map_or(rest, |up| rest.strip_suffix(up).unwrap_or(rest)));
        if let Some(rdn) = rdn {
            let rdn = rdn.trim_end().trim_end_matches(',');
            object.attributes.insert("rdn".to_owned(), rdn.into());
        }
        object.attributes.insert("dn".to_owned(), raw.dn.as_str().into());
        object.name = Some(raw.dn);
        Ok(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut raw = Raw {
            dn: "CN=Ada Lovelace,OU=Staff,DC=x".to_owned(),
            ..Raw::default()
        };
        let guid: Vec<u8> = (1..=16).collect();
        for (name, values) in [
            ("objectGUID", vec![guid]),
            ("userAccountControl", vec![b"514".to_vec()]),
            ("unicodePwd", vec![b"secret".to_vec()]),
            ("mail", vec![b"a@x".to_vec(), b"b@x".to_vec()]),
            ("jpegPhoto", vec![vec![0xff, 0xd8, 0xff]]),
            ("sn", vec!["Łovelace".as_bytes().to_vec()]),
        ] {
            raw.attributes.insert(name.to_owned(), values);
        }
        let object = shape.object(raw).unwrap();
        assert_eq!(object.identifier, "04030201-0605-0807-090a-0b0c0d0e0f10");
        assert_eq!(object.attributes["account_enabled"], false.into());
        assert_eq!(object.attributes["mail"], vec!["a@x", "b@x"].into());
        assert_eq!(object.attributes["jpegPhoto"], "/9j/".into());
        assert_eq!(object.attributes["sn"], "Łovelace".into());
        assert_eq!(object.attributes["parent_dn"], "OU=Staff,DC=x".into());
        assert_eq!(object.attributes["rdn"], "Ada Lovelace".into());
        assert!(!object.attributes.contains_key("unicodePwd"));
    }

    #[test]
    fn the_parts_of_a_range_are_joined() {
        let part = |name: &str, values: &[&str]| Raw {
            dn: "cn=g".to_owned(),
            attributes: [(
                name.to_owned(),
                values.iter().map(|value| value.as_bytes().to_vec()).collect(),
            )]
            .into(),
        };
        let mut raw = part("member;range=0-1", &["a", "b"]);
        assert_eq!(open_range(&raw), Some(("member".to_owned(), 2)));
        assert!(join_range(
            &mut raw,
            "member",
            part("member;range=2-3", &["c", "d"])
        ));
        assert_eq!(open_range(&raw), Some(("member".to_owned(), 4)));
        assert!(join_range(&mut raw, "member", part("member;range=4-*", &["e"])));
        assert_eq!(open_range(&raw), None);
        assert_eq!(raw.attributes["member"].len(), 5);
        assert!(!join_range(&mut raw, "member", part("member;range=5-*", &[])));
    }
}
