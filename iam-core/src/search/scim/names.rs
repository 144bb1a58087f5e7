//! The names of SCIM's core schema for the library's attributes.

use crate::model::Kind;

/// The URNs of the schemas whose attributes have a name of ours.
const SCHEMAS: &[&str] = &[
    "urn:ietf:params:scim:schemas:core:2.0:user:",
    "urn:ietf:params:scim:schemas:core:2.0:group:",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:",
];

const USER: &[(&str, &str)] = &[
    ("username", "user_name"),
    ("displayname", "display_name"),
    ("name.givenname", "first_name"),
    ("name.familyname", "last_name"),
    ("name.formatted", "display_name"),
    ("emails", "email"),
    ("emails.value", "email"),
    ("phonenumbers", "phone"),
    ("phonenumbers.value", "phone"),
    ("title", "job"),
    ("preferredlanguage", "language"),
    ("timezone", "time_zone"),
    ("addresses.streetaddress", "street"),
    ("addresses.locality", "city"),
    ("addresses.region", "state"),
    ("addresses.postalcode", "postal_code"),
    ("addresses.country", "country"),
    ("usertype", "user_type"),
    ("employeenumber", "user_number"),
    ("manager.value", "manager"),
    ("groups.value", "groups"),
];

const COMMON: &[(&str, &str)] = &[
    ("externalid", "external_id"),
    ("meta.created", "created_at"),
    ("meta.lastmodified", "changed_at"),
];

/// The library's name for an attribute of SCIM's core or enterprise schema, in any letter case and with or without the
/// schema's URN.
///
/// `active` has none: what it means for the stored facts says the SCIM server.
///
/// ```
/// use iam_core::{model::Kind, search::scim_name};
///
/// assert_eq!(scim_name(Kind::User, "userName"), Some("user_name"));
/// assert_eq!(scim_name(Kind::User, "urn:ietf:params:scim:schemas:core:2.0:User:name.familyName"), Some("last_name"));
/// assert_eq!(scim_name(Kind::Group, "displayName"), Some("name"));
/// assert_eq!(scim_name(Kind::User, "user_name"), None);
/// ```
pub fn scim_name(kind: Kind, name: &str) -> Option<&'static str> {
    if name.len() > 200 {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let lower = SCHEMAS
        .iter()
        .find_map(|schema| lower.strip_prefix(schema))
        .unwrap_or(&lower);
    let own: &[(&str, &str)] = match kind {
        Kind::User => USER,
        _ => &[("displayname", "name")],
    };
    own.iter()
        .chain(COMMON)
        .find(|(scim, _)| *scim == lower)
        .map(|(_, ours)| *ours)
}
