//! Placeholder until the search module lands.
use std::{collections::BTreeSet, ops::Bound, sync::Arc};

use crate::model::{Kind, Record};
/// Predicate.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// All.
    All,
}
/// Test of a leaf; all texts are search keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Set.
    Present,
    /// Equal.
    Equals(String),
    /// One of.
    OneOf(BTreeSet<String>),
    /// Between.
    Range {
        /// Lower.
        lower: Bound<String>,
        /// Upper.
        upper: Bound<String>,
    },
    /// Prefix.
    StartsWith(String),
    /// Suffix.
    EndsWith(String),
    /// Infix.
    Contains(String),
}
/// Checked filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Checked {
    /// Everything.
    All,
    /// Nothing.
    None,
    /// All of.
    And(Vec<Checked>),
    /// One of.
    Or(Vec<Checked>),
    /// Not.
    Not(Box<Checked>),
    /// Leaf.
    Leaf {
        /// Name.
        attribute: String,
        /// From edges.
        derived: bool,
        /// Several values.
        multiple: bool,
        /// Test.
        test: Test,
    },
}
/// Search.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// Kind.
    pub kind: Kind,
    /// Limit.
    pub limit: u32,
}
/// Page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Items.
    pub items: Vec<Arc<Record>>,
    /// Total.
    pub total: Option<u64>,
}
