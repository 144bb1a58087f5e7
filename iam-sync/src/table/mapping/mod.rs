//! Which column becomes which attribute, and what happens to a cell on the way.

use std::collections::BTreeMap;

use iam_core::model::{AttributeDefinition, EditableBy, Kind};
use serde::{Deserialize, Serialize};

mod compile;
mod transform;

pub use compile::{Compiled, Field, Key, Mapped};
pub use transform::{ascii, numbered, phone};

/// What to do with the columns of a table.
///
/// ```
/// use iam_sync::table::{Column, Mapping};
///
/// let mapping = Mapping::new([
///     Column::named("employee_id").to("external_id"),
///     Column::template("{first_name}.{last_name}").ascii().distinct().to("user_name"),
///     Column::named("work_phone").phone("+1").to("phone"),
///     Column::named("org_id").references("code").to("organizations"),
///     Column::named("manager_id").references("external_id").to("manager"),
/// ]);
/// // The same as a file that an administrator keeps.
/// let json = r#"{"columns": [
///     {"column": "employee_id", "attribute": "external_id"},
///     {"template": "{first_name}.{last_name}", "attribute": "user_name", "transform": ["ascii", "distinct"]},
///     {"column": "work_phone", "attribute": "phone", "transform": [{"phone": {"country": "+1"}}]},
///     {"column": "org_id", "attribute": "organizations", "transform": [{"reference": {"by": "code"}}]},
///     {"column": "manager_id", "attribute": "manager", "transform": [{"reference": {"by": "external_id"}}]}
/// ]}"#;
/// assert_eq!(serde_json::from_str::<Mapping>(json).unwrap(), mapping);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// What is said about single attributes.
    pub columns: Vec<Column>,
    /// What becomes of the columns that nothing is said about.
    pub others: Others,
    /// What an empty cell means.
    pub empty: Empty,
}

/// What becomes of columns that the mapping does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    /// They go to the attribute whose name or label they bear; spaces, `_`, `-` and letter case do not count.
    /// Those that bear none, and those of attributes that nobody may set, are left out and listed.
    #[default]
    Match,
    /// They are left out.
    Ignore,
}

/// What an empty cell of a mapped column means for a record that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Empty {
    /// Nothing is said: the record keeps its value.
    #[default]
    Keep,
    /// There is no value: the record loses it. For sources that are authoritative.
    Clear,
}

/// Where the text of an attribute comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// The cell of the column with this header.
    Column(String),
    /// Several cells with text in between: `{first_name}.{last_name}@example.com`; `{{` is a brace.
    Template(String),
    /// The same text for every row.
    Constant(String),
}

/// When a value is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// For new and for existing records.
    #[default]
    Always,
    /// Only where the attribute has no value yet.
    Unset,
}

/// A step from the text of a cell to the value of an attribute. Steps are taken in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Transform {
    /// This text when the cell is empty.
    Default(String),
    /// All letters small.
    LowerCase,
    /// This text in front, unless the cell is empty.
    Prefix(String),
    /// Another text for certain texts (letter case does not count); others stay.
    Replace(BTreeMap<String, String>),
    /// A phone number in E.164, written nationally (of this country) or internationally; see [`phone`].
    Phone {
        /// The country code with its `+`.
        country: String,
    },
    /// A day written in another way than `2026-11-21`: `%d.%m.%Y`, `%m/%d/%Y`.
    Date(String),
    /// Letters, digits, `.`, `-` and `_` of ASCII, in lower case; see [`ascii`]. In a template it is applied to the
    /// cells, not to the text between them.
    Ascii,
    /// A number behind, where somebody else has the value: `jane.smith2`, `jane.smith2@example.com`. Implies
    /// [`When::Unset`], so that nobody's user name depends on the order of rows.
    Distinct,
    /// The cell names another record by one of its attributes. Without this step, references are looked up by
    /// identifier, or by the attribute that identifies the kind for people (`user_name`, `code`, `name`).
    Reference {
        /// The attribute of the other record.
        by: String,
        /// The kind of the other record; only needed for attributes that the realm declared.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<Kind>,
    },
    /// Several values in a cell are separated by this character instead of `;`.
    Split(char),
}

/// One attribute and where its value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Where the text comes from.
    #[serde(flatten)]
    pub from: Input,
    /// The attribute's name.
    #[serde(default)]
    pub attribute: String,
    /// The steps between.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transform: Vec<Transform>,
    /// When the value is used.
    #[serde(default)]
    pub when: When,
}

impl Mapping {
    /// A mapping of these columns; the others are matched by name.
    pub fn new(columns: impl IntoIterator<Item = Column>) -> Mapping {
        Mapping {
            columns: columns.into_iter().collect(),
            ..Mapping::default()
        }
    }

    /// Leaves out the columns that are not named.
    #[must_use]
    pub fn only_named(mut self) -> Mapping {
        self.others = Others::Ignore;
        self
    }

    /// Empty cells take values away.
    #[must_use]
    pub fn empty_clears(mut self) -> Mapping {
        self.empty = Empty::Clear;
        self
    }
}

impl Column {
    fn from(from: Input) -> Column {
        Column {
            from,
            attribute: String::new(),
            transform: Vec::new(),
            when: When::Always,
        }
    }

    /// The column with this header, for the attribute of the same name unless [`to`](Column::to) says otherwise.
    pub fn named(header: impl Into<String>) -> Column {
        let header = header.into();
        Column {
            attribute: header.clone(),
            ..Column::from(Input::Column(header))
        }
    }

    /// Several columns; see [`Input::Template`].
    pub fn template(pattern: impl Into<String>) -> Column {
        Column::from(Input::Template(pattern.into()))
    }

    /// The same text for every row.
    pub fn constant(text: impl Into<String>) -> Column {
        Column::from(Input::Constant(text.into()))
    }

    /// Names the attribute.
    #[must_use]
    pub fn to(mut self, attribute: impl Into<String>) -> Column {
        self.attribute = attribute.into();
        self
    }

    /// Adds a step.
    #[must_use]
    pub fn then(mut self, transform: Transform) -> Column {
        self.transform.push(transform);
        self
    }

    /// Adds [`Transform::Default`].
    #[must_use]
    pub fn or(self, default: impl Into<String>) -> Column {
        self.then(Transform::Default(default.into()))
    }

    /// Adds [`Transform::LowerCase`].
    #[must_use]
    pub fn lower_case(self) -> Column {
        self.then(Transform::LowerCase)
    }

    /// Adds [`Transform::Prefix`].
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Column {
        self.then(Transform::Prefix(prefix.into()))
    }

    /// Adds [`Transform::Phone`].
    #[must_use]
    pub fn phone(self, country: impl Into<String>) -> Column {
        self.then(Transform::Phone {
            country: country.into(),
        })
    }

    /// Adds [`Transform::Ascii`].
    #[must_use]
    pub fn ascii(self) -> Column {
        self.then(Transform::Ascii)
    }

    /// Adds [`Transform::Distinct`].
    #[must_use]
    pub fn distinct(self) -> Column {
        self.then(Transform::Distinct)
    }

    /// Adds [`Transform::Reference`].
    #[must_use]
    pub fn references(self, by: impl Into<String>) -> Column {
        self.then(Transform::Reference {
            by: by.into(),
            kind: None,
        })
    }

    /// Uses the value only where the attribute has none.
    #[must_use]
    pub fn when_unset(mut self) -> Column {
        self.when = When::Unset;
        self
    }
}

/// The kind of record that a built-in reference names.
pub fn target(kind: Kind, attribute: &str) -> Option<Kind> {
    Some(match (kind, attribute) {
        (_, "user_type") => Kind::UserType,
        (_, "organization_type") => Kind::OrganizationType,
        (_, "organizations" | "organization" | "leads") => Kind::Organization,
        (Kind::Organization, "parent") => Kind::Organization,
        (_, "positions") | (Kind::Position, "reports_to") => Kind::Position,
        (_, "groups") => Kind::Group,
        (_, "manager" | "used_by" | "owner") => Kind::User,
        _ => return None,
    })
}

/// The attribute by which people name a record of the kind.
pub fn code_of(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "user_name",
        Kind::Organization | Kind::Position => "code",
        _ => "name",
    }
}

/// Whether an import can set the attribute: by an update, or because it knows the command for it.
pub fn is_importable(definition: &AttributeDefinition) -> bool {
    definition.editable == EditableBy::Update || is_commanded(definition)
}

/// Whether an import knows a command for the attribute.
pub(crate) fn is_commanded(definition: &AttributeDefinition) -> bool {
    let commanded: &[&str] = match definition.kind {
        Kind::User => &[
            "user_type",
            "organizations",
            "positions",
            "groups",
            "manager",
            "administrative_status",
            "valid_from",
            "valid_until",
        ],
        Kind::Organization => &["parent", "organization_type", "groups", "administrative_status"],
        Kind::Position => &["organization", "reports_to", "groups", "administrative_status"],
        _ => &[],
    };
    commanded.contains(&definition.name.as_str())
}
