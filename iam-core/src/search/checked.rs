//! The tree that backends compile and the evaluator reads.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::Bound,
};

/// What is asked of a search key.
#[derive(Clone, PartialEq, Eq)]
pub enum Test {
    /// There is one.
    Present,
    /// It is this one.
    Equals(String),
    /// It is one of these; at least two.
    OneOf(BTreeSet<String>),
    /// It lies between these.
    Range {
        /// The lower end.
        lower: Bound<String>,
        /// The upper end.
        upper: Bound<String>,
    },
    /// It starts with this; never empty. See [`prefix_end`].
    StartsWith(String),
    /// It ends with this; never empty.
    EndsWith(String),
    /// It contains this; never empty.
    Contains(String),
}

/// Search keys are personal values: `Debug` shows the test alone.
impl fmt::Debug for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Test::Present => "present",
            Test::Equals(_) => "equals",
            Test::OneOf(keys) => return write!(f, "one of {}", keys.len()),
            Test::Range { .. } => "range",
            Test::StartsWith(_) => "starts with",
            Test::EndsWith(_) => "ends with",
            Test::Contains(_) => "contains",
        })
    }
}

/// A predicate that fits the catalogue, over search keys ([`Value::search_key`](crate::model::Value::search_key)), which every backend stores as bytes and
/// compares bytewise.
///
/// Simplified: `All` and `None` stand alone, `And` and `Or` are flat and hold at least two, `Not` holds no `Not`. There
/// is no `ne`: it became `Not` of `Equals`, so that a missing value satisfies it. No deeper than
/// [`Limits::depth`](super::Limits::depth), so that recursion over it is safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// Everyone.
    All,
    /// No one.
    None,
    /// All of them hold.
    And(Vec<Checked>),
    /// Any of them holds.
    Or(Vec<Checked>),
    /// It does not hold.
    Not(Box<Checked>),
    /// A test of one attribute; any of its values may pass it.
    Leaf {
        /// The attribute's name in the catalogue.
        attribute: String,
        /// Read from the edges, not from the record.
        derived: bool,
        /// May hold several values.
        multiple: bool,
        /// What is asked of a value's search key.
        test: Test,
    },
}

impl Checked {
    /// Both hold, simplified. A list restricted by a permission scope is `filter.and(scope)`.
    ///
    /// ```
    /// use iam_core::search::Checked;
    /// assert_eq!(Checked::All.and(Checked::None), Checked::None);
    /// ```
    #[must_use]
    pub fn and(self, other: Checked) -> Checked {
        every(vec![self, other])
    }

    /// At least one holds, simplified.
    #[must_use]
    pub fn or(self, other: Checked) -> Checked {
        any(vec![self, other])
    }

    /// It does not hold, simplified.
    #[must_use]
    pub fn negate(self) -> Checked {
        match self {
            Checked::All => Checked::None,
            Checked::None => Checked::All,
            Checked::Not(inner) => *inner,
            other => Checked::Not(Box::new(other)),
        }
    }

    /// Every test of an attribute, in order, with the attribute's name.
    pub fn leaves(&self) -> Vec<(&str, &Test)> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<(&'a str, &'a Test)>) {
        match self {
            Checked::All | Checked::None => {}
            Checked::And(list) | Checked::Or(list) => list.iter().for_each(|item| item.collect(found)),
            Checked::Not(inner) => inner.collect(found),
            Checked::Leaf { attribute, test, .. } => found.push((attribute, test)),
        }
    }

    /// The attributes that it reads.
    pub fn attributes(&self) -> BTreeSet<&str> {
        self.leaves()
            .into_iter()
            .map(|(attribute, _)| attribute)
            .collect()
    }
}

pub(super) fn every(list: Vec<Checked>) -> Checked {
    let mut kept = Vec::with_capacity(list.len());
    for item in list {
        match item {
            Checked::All => {}
            Checked::None => return Checked::None,
            Checked::And(inner) => kept.extend(inner),
            other => kept.push(other),
        }
    }
    match (kept.len(), kept.pop()) {
        (_, None) => Checked::All,
        (1, Some(single)) => single,
        (_, Some(last)) => {
            kept.push(last);
            Checked::And(kept)
        }
    }
}

pub(super) fn any(list: Vec<Checked>) -> Checked {
    let mut kept: Vec<Checked> = Vec::with_capacity(list.len());
    // Where in `kept` the equalities of an attribute are collected.
    let mut equalities = BTreeMap::new();
    let mut keep = |item: Checked| {
        if let Checked::Leaf { attribute, test, .. } = &item
            && matches!(test, Test::Equals(_) | Test::OneOf(_))
        {
            let place = *equalities.entry(attribute.clone()).or_insert(kept.len());
            if let Some(Checked::Leaf { test: first, .. }) = kept.get_mut(place) {
                let mut keys = keys(std::mem::replace(first, Test::Present));
                keys.extend(self::keys(test.clone()));
                *first = one_of(keys);
                return;
            }
        }
        kept.push(item);
    };
    for item in list {
        match item {
            Checked::All => return Checked::All,
            Checked::None => {}
            Checked::Or(inner) => inner.into_iter().for_each(&mut keep),
            other => keep(other),
        }
    }
    match (kept.len(), kept.pop()) {
        (_, None) => Checked::None,
        (1, Some(single)) => single,
        (_, Some(last)) => {
            kept.push(last);
            Checked::Or(kept)
        }
    }
}

fn keys(test: Test) -> BTreeSet<String> {
    match test {
        Test::Equals(key) => BTreeSet::from([key]),
        Test::OneOf(keys) => keys,
        _ => BTreeSet::new(),
    }
}

pub(super) fn one_of(mut keys: BTreeSet<String>) -> Test {
    match (keys.len(), keys.pop_first()) {
        (1, Some(key)) => Test::Equals(key),
        (_, first) => {
            keys.extend(first);
            Test::OneOf(keys)
        }
    }
}

/// The end of the range of texts that start with `prefix`: the least text above all of them, or `None` when there is
/// none. `prefix..prefix_end(prefix)` is the half-open range.
///
/// ```
/// use iam_core::search::prefix_end;
/// assert_eq!(prefix_end("ab").as_deref(), Some("ac"));
/// assert_eq!(prefix_end("a\u{10ffff}").as_deref(), Some("b"));
/// assert_eq!(prefix_end("\u{d7ff}").as_deref(), Some("\u{e000}"));
/// assert_eq!(prefix_end("\u{10ffff}"), None);
/// ```
pub fn prefix_end(prefix: &str) -> Option<String> {
    let mut end = prefix.to_owned();
    while let Some(last) = end.pop() {
        let next = match last {
            '\u{d7ff}' => Some('\u{e000}'),
            last => char::from_u32(u32::from(last) + 1),
        };
        if let Some(next) = next {
            end.push(next);
            return Some(end);
        }
    }
    None
}
