//! The predicate tree that people and programs write.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::Value;

/// How an attribute is compared with a value; the names are those of SCIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// Equal.
    Eq,
    /// Not equal: the opposite of `Eq`, so that a missing value satisfies it.
    Ne,
    /// Contains.
    Co,
    /// Starts with.
    Sw,
    /// Ends with.
    Ew,
    /// Greater than.
    Gt,
    /// Greater than or equal.
    Ge,
    /// Less than.
    Lt,
    /// Less than or equal.
    Le,
}

impl Operator {
    /// Every operator.
    pub const ALL: [Operator; 9] = [
        Operator::Eq,
        Operator::Ne,
        Operator::Co,
        Operator::Sw,
        Operator::Ew,
        Operator::Gt,
        Operator::Ge,
        Operator::Lt,
        Operator::Le,
    ];

    /// The name in filter texts and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Operator::Eq => "eq",
            Operator::Ne => "ne",
            Operator::Co => "co",
            Operator::Sw => "sw",
            Operator::Ew => "ew",
            Operator::Gt => "gt",
            Operator::Ge => "ge",
            Operator::Lt => "lt",
            Operator::Le => "le",
        }
    }

    /// The operator with this name; letter case does not matter.
    pub fn from_name(name: &str) -> Option<Operator> {
        Operator::ALL
            .into_iter()
            .find(|operator| operator.name().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A condition on a record, before it is typed by [`check`](super::check()).
///
/// As JSON, for a visual builder (S1-29):
///
/// | Form | Meaning |
/// |---|---|
/// | `"all"`, `"none"` | everyone, no one (S0-119) |
/// | `{"and": […]}`, `{"or": […]}` | all of them, any of them |
/// | `{"not": …}` | the opposite |
/// | `{"attribute": "city", "operator": "eq", "value": "Berlin"}` | a comparison; operators `eq ne co sw ew gt ge lt le` |
/// | `{"attribute": "job", "in": ["a", "b"]}` | equal to one of them |
/// | `{"attribute": "phone", "present": true}` | set; `false`: not set |
///
/// Two-valued logic: a condition on an attribute that is not set is false, and its negation (`ne`, `not`) is true. Of
/// several values, one that satisfies the condition is enough.
///
/// ```
/// use iam_core::search::Predicate;
///
/// let json = r#"{"and":[{"attribute":"city","operator":"eq","value":"Berlin"},
///                       {"not":{"attribute":"job","in":["Temp","Guest"]}},
///                       {"attribute":"phone","present":true}, "all"]}"#;
/// let predicate: Predicate = serde_json::from_str(json).unwrap();
/// let again: Predicate = serde_json::from_str(&serde_json::to_string(&predicate).unwrap()).unwrap();
/// assert_eq!(predicate, again);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Predicate {
    /// Everyone; `1==1`.
    #[default]
    All,
    /// No one; `1==0`.
    None,
    /// All of them hold; of none: everyone.
    And(Vec<Predicate>),
    /// Any of them holds; of none: no one.
    Or(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
    /// A value of the attribute compares so with the given one.
    Compare {
        /// The attribute's name.
        attribute: String,
        /// How it is compared.
        operator: Operator,
        /// With what: a text, a number or a truth value.
        value: Value,
    },
    /// A value of the attribute is equal to one of these; of none: no one.
    In {
        /// The attribute's name.
        attribute: String,
        /// The values.
        values: Vec<Value>,
    },
    /// The attribute is set.
    Present {
        /// The attribute's name.
        attribute: String,
    },
}

impl Predicate {
    /// A comparison.
    ///
    /// ```
    /// use iam_core::search::{Operator, Predicate};
    /// assert_eq!(Predicate::compare("a", Operator::Eq, 1), Predicate::eq("a", 1));
    /// ```
    pub fn compare(attribute: impl Into<String>, operator: Operator, value: impl Into<Value>) -> Predicate {
        Predicate::Compare {
            attribute: attribute.into(),
            operator,
            value: value.into(),
        }
    }

    /// Equal.
    pub fn eq(attribute: impl Into<String>, value: impl Into<Value>) -> Predicate {
        Predicate::compare(attribute, Operator::Eq, value)
    }

    /// Not equal, or not set.
    pub fn ne(attribute: impl Into<String>, value: impl Into<Value>) -> Predicate {
        Predicate::compare(attribute, Operator::Ne, value)
    }

    /// Contains the text.
    pub fn contains(attribute: impl Into<String>, text: impl Into<String>) -> Predicate {
        Predicate::compare(attribute, Operator::Co, text.into())
    }

    /// Starts with the text.
    pub fn starts_with(attribute: impl Into<String>, text: impl Into<String>) -> Predicate {
        Predicate::compare(attribute, Operator::Sw, text.into())
    }

    /// Ends with the text.
    pub fn ends_with(attribute: impl Into<String>, text: impl Into<String>) -> Predicate {
        Predicate::compare(attribute, Operator::Ew, text.into())
    }

    /// Equal to one of the values.
    ///
    /// ```
    /// use iam_core::search::Predicate;
    /// let predicate = Predicate::any_of("job", ["Nurse", "Doctor"]);
    /// assert_eq!(predicate.to_scim().unwrap(), r#"job eq "Nurse" or job eq "Doctor""#);
    /// ```
    pub fn any_of<V: Into<Value>>(
        attribute: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Predicate {
        Predicate::In {
            attribute: attribute.into(),
            values: values.into_iter().map(Into::into).collect(),
        }
    }

    /// Set.
    pub fn present(attribute: impl Into<String>) -> Predicate {
        Predicate::Present {
            attribute: attribute.into(),
        }
    }

    /// Both hold. Chains stay flat.
    ///
    /// ```
    /// use iam_core::search::Predicate;
    /// let predicate = Predicate::present("a").and(Predicate::present("b")).and(Predicate::present("c"));
    /// assert_eq!(predicate.to_scim().unwrap(), "a pr and b pr and c pr");
    /// ```
    #[must_use]
    pub fn and(self, other: Predicate) -> Predicate {
        match (self, other) {
            (Predicate::All, other) | (other, Predicate::All) => other,
            (Predicate::And(mut list), other) => {
                list.push(other);
                Predicate::And(list)
            }
            (this, other) => Predicate::And(vec![this, other]),
        }
    }

    /// At least one holds. Chains stay flat.
    #[must_use]
    pub fn or(self, other: Predicate) -> Predicate {
        match (self, other) {
            (Predicate::None, other) | (other, Predicate::None) => other,
            (Predicate::Or(mut list), other) => {
                list.push(other);
                Predicate::Or(list)
            }
            (this, other) => Predicate::Or(vec![this, other]),
        }
    }

    /// It does not hold.
    ///
    /// ```
    /// use iam_core::search::Predicate;
    /// assert_eq!(Predicate::All.negate(), Predicate::None);
    /// assert_eq!(Predicate::present("a").negate().negate(), Predicate::present("a"));
    /// ```
    #[must_use]
    pub fn negate(self) -> Predicate {
        match self {
            Predicate::All => Predicate::None,
            Predicate::None => Predicate::All,
            Predicate::Not(inner) => *inner,
            other => Predicate::Not(Box::new(other)),
        }
    }
}
