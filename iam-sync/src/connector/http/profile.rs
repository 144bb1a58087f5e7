//! A service with an HTTP interface, described as data: how to sign in, where the objects are, how to get the next page.

use std::collections::BTreeMap;

use iam_core::model::{ConfigurationField, SyncKind};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A service, described as data. `{name}` in texts stands for a field of the configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name of the connector that it makes.
    pub name: String,
    /// The name people see.
    pub title: String,
    /// Where all paths begin; `base_url` of the configuration goes first.
    pub base_url: String,
    /// How to sign in.
    pub auth: Auth,
    /// The fields of the configuration, besides `base_url`.
    #[serde(default)]
    pub fields: Vec<ConfigurationField>,
    /// Headers of every request.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// How errors look that come with status 200.
    #[serde(default)]
    pub errors: Option<Errors>,
    /// The classes of objects.
    pub classes: Vec<Class>,
}

/// How to sign in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Auth {
    /// Not at all.
    None,
    /// A fixed token in a header.
    Header {
        /// Which header.
        header: String,
        /// What stands before the token.
        #[serde(default)]
        prefix: String,
        /// The field that names the secret.
        secret: String,
    },
    /// User and password.
    Basic {
        /// The user, or `{field}`; `{secret:field}` for a key that is the user.
        user: String,
        /// The field that names the password; empty for none.
        #[serde(default)]
        password: String,
    },
    /// OAuth 2.0: client credentials, or a refresh token where `form` names one.
    OAuth {
        /// Where tokens are given.
        token_url: String,
        /// What is sent; `{secret:field}` for secrets.
        form: BTreeMap<String, String>,
        /// User and password of the request as `client_id:client_secret` in a header, too.
        #[serde(default)]
        basic: Option<[String; 2]>,
    },
    /// A token that is fetched by a GET and goes into the query.
    QueryToken {
        /// Where tokens are given.
        token_url: String,
        /// The query of that request.
        query: BTreeMap<String, String>,
        /// The parameter that carries the token.
        parameter: String,
    },
}

/// How a service tells errors with status 200.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errors {
    /// Where the code is, as JSON pointer.
    pub code: String,
    /// Where the message is.
    pub message: String,
    /// The codes for “too many requests”.
    #[serde(default)]
    pub throttled: Vec<i64>,
    /// The codes for “no access”.
    #[serde(default)]
    pub denied: Vec<i64>,
}

/// A class of objects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What its objects usually become.
    pub kind: SyncKind,
    /// The path below the base.
    pub path: String,
    /// The query.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    /// The body of a POST; without it the request is a GET.
    #[serde(default)]
    pub body: Option<Json>,
    /// Where the list of objects is, as JSON pointer; empty when the answer is the list.
    #[serde(default)]
    pub items: String,
    /// The field that identifies an object, with dots between levels.
    pub identifier: String,
    /// The field by which others name it.
    #[serde(default)]
    pub title: Option<String>,
    /// How to get the next page.
    #[serde(default)]
    pub paging: Paging,
    /// The parameter that takes a filter of the service's own syntax.
    #[serde(default)]
    pub filter: Option<String>,
    /// The same request for every node of a tree.
    #[serde(default)]
    pub walk: Option<Walk>,
    /// How to read only what changed.
    #[serde(default)]
    pub delta: Option<Delta>,
    /// A list of each object's own, in a request of its own.
    #[serde(default)]
    pub members: Option<Members>,
}

/// How to get the next page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Paging {
    /// There is one page.
    #[default]
    None,
    /// A `Link` header names it (RFC 8288).
    Link,
    /// The answer names it.
    Url {
        /// Where, as JSON pointer.
        next: String,
    },
    /// The answer gives a token for it.
    Token {
        /// Where, as JSON pointer.
        next: String,
        /// The parameter that takes it; of the body where there is one.
        parameter: String,
        /// Where the answer says whether there is more, when it says it apart from the token.
        #[serde(default)]
        more: Option<String>,
    },
    /// Pages have numbers.
    Page {
        /// The parameter of the number.
        parameter: String,
        /// The parameter of the size.
        size: String,
        /// The number of the first page.
        first: u64,
        /// The largest size.
        most: u32,
    },
    /// Objects have numbers.
    Offset {
        /// The parameter of the number of the first object.
        parameter: String,
        /// The parameter of the size.
        size: String,
        /// The number of the first object.
        first: u64,
        /// The largest size.
        most: u32,
        /// Where the number of all objects is.
        #[serde(default)]
        total: Option<String>,
    },
}

/// The same request for every node of a tree, from the root down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Walk {
    /// The root.
    pub root: String,
    /// The parameter that names the node; of the body where there is one.
    pub parameter: String,
    /// The class whose objects are the nodes; of this class itself when absent.
    #[serde(default)]
    pub class: Option<String>,
}

/// How to read only what changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Delta {
    /// The last page gives an address for the next time.
    Url {
        /// The path of the first time.
        path: String,
        /// Where the address is, as JSON pointer.
        next: String,
        /// The field that objects have that are gone.
        deleted: String,
    },
    /// A parameter asks for what changed since a moment; what was deleted is not told.
    Since {
        /// The parameter.
        parameter: String,
        /// Its value, with `{since}` in it.
        value: String,
    },
}

/// A list of each object's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Members {
    /// The path, with `{id}` in it.
    pub path: String,
    /// Where the list is, as JSON pointer.
    #[serde(default)]
    pub items: String,
    /// The field that identifies a member.
    pub identifier: String,
    /// The attribute that takes the identifiers.
    pub attribute: String,
    /// How to get the next page.
    #[serde(default)]
    pub paging: Paging,
}

/// The profiles that come with this crate.
pub fn builtin() -> Vec<Profile> {
    serde_json::from_str(include_str!("profiles.json")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S1-75, S1-76
    #[test]
    fn the_profiles_are_well_formed() {
        let all: Vec<Profile> = serde_json::from_str(include_str!("profiles.json")).unwrap();
        let names: Vec<&str> = all.iter().map(|profile| profile.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "scim",
                "bamboohr",
                "adp_workforce_now",
                "rippling",
                "gusto",
                "okta",
                "auth0",
                "entra_id",
                "google_workspace",
                "wechat_work",
                "dingtalk"
            ]
        );
        for profile in all {
            assert!(
                profile.classes.iter().any(|class| class.kind == SyncKind::User),
                "{}",
                profile.name
            );
        }
    }
}
