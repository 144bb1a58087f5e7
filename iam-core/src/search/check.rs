//! Typing a predicate against the attribute catalogue.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::Bound,
};

use super::{FilterProblem, Limits, Operator, Predicate};
use crate::{
    model::{AttributeDefinition, AttributeType, Kind, Value, builtin, fold},
    rules::{self, MAXIMUM_KEY, quoted},
};

/// Finds the definition of an attribute by its name.
pub type Catalog<'c, 'a> = &'c (dyn Fn(&str) -> Option<&'a AttributeDefinition> + 'c);

/// The catalogue of the built-in attributes of a kind.
///
/// ```
/// use iam_core::{model::Kind, search::builtin_catalog};
/// assert!(builtin_catalog(Kind::User)("email").is_some_and(|definition| definition.searchable));
/// ```
pub fn builtin_catalog(kind: Kind) -> impl Fn(&str) -> Option<&'static AttributeDefinition> {
    move |name| builtin(kind).iter().find(|definition| definition.name == name)
}

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

/// A test of one attribute: true when any of its values passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The attribute's name in the catalogue.
    pub attribute: String,
    /// Read from the edges, not from the record.
    pub derived: bool,
    /// May hold several values.
    pub multiple: bool,
    /// What is asked of a value's search key.
    pub test: Test,
}

/// A predicate that fits the catalogue, over search keys ([`Value::search_key`]), which every backend stores as bytes and
/// compares bytewise.
///
/// Simplified: `All` and `None` stand alone, `And` and `Or` are flat and hold at least two, `Not` holds no `Not`. There
/// is no `ne`: it became `Not` of `Equals`, so that a missing value satisfies it. No deeper than
/// [`Limits::depth`], so that recursion over it is safe.
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
    /// A test of one attribute.
    Leaf(Leaf),
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

    /// Calls back with every test of an attribute, in order.
    pub fn leaves<'a>(&'a self, each: &mut dyn FnMut(&'a Leaf)) {
        match self {
            Checked::All | Checked::None => {}
            Checked::And(list) | Checked::Or(list) => list.iter().for_each(|item| item.leaves(each)),
            Checked::Not(inner) => inner.leaves(each),
            Checked::Leaf(leaf) => each(leaf),
        }
    }

    /// The attributes that it reads.
    pub fn attributes(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.leaves(&mut |leaf| {
            names.insert(leaf.attribute.as_str());
        });
        names
    }
}

fn every(list: Vec<Checked>) -> Checked {
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

fn any(list: Vec<Checked>) -> Checked {
    let mut kept: Vec<Checked> = Vec::with_capacity(list.len());
    // Where in `kept` the equalities of an attribute are collected.
    let mut equalities = BTreeMap::new();
    let mut keep = |item: Checked| {
        if let Checked::Leaf(leaf) = &item
            && matches!(leaf.test, Test::Equals(_) | Test::OneOf(_))
        {
            let place = *equalities.entry(leaf.attribute.clone()).or_insert(kept.len());
            if let Some(Checked::Leaf(first)) = kept.get_mut(place) {
                let mut keys = keys(std::mem::replace(&mut first.test, Test::Present));
                keys.extend(self::keys(leaf.test.clone()));
                first.test = one_of(keys);
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

fn one_of(mut keys: BTreeSet<String>) -> Test {
    match (keys.len(), keys.pop_first()) {
        (1, Some(key)) => Test::Equals(key),
        (_, first) => {
            keys.extend(first);
            Test::OneOf(keys)
        }
    }
}

/// Types a predicate against the catalogue (S0-12, S2-11).
///
/// Refused are unknown attributes, attributes that are not searchable, operators that do not fit the type and values
/// that are not of it:
///
/// | Type | Operators | Values |
/// |---|---|---|
/// | text, e-mail, phone, language | all | a text, compared folded |
/// | integer, number | `eq ne gt ge lt le` | a number, or a text that is one |
/// | date | `eq ne gt ge lt le` | `2026-11-21` |
/// | moment | `eq ne gt ge lt le` | any RFC 3339 text; a day means its midnight in UTC |
/// | boolean | `eq ne` | true or false, also as a text in any letter case |
/// | reference | `eq ne` | an identifier |
///
/// Every attribute takes `pr`. An empty text is “not set”: `eq ""` finds what is not set, `sw ""` what is.
///
/// ```
/// use iam_core::{model::Kind, search::{Checked, Limits, Predicate, builtin_catalog, check}};
///
/// let catalog = builtin_catalog(Kind::User);
/// let check = |text: &str| check(&Predicate::from_scim(text).unwrap(), &catalog, &Limits::default());
/// assert_eq!(check("1==1 or city pr")?, Checked::All);
/// assert_eq!(check("shoe_size gt 40").unwrap_err().code, "search.unknown_attribute");
/// assert_eq!(check("street pr").unwrap_err().code, "search.not_searchable");
/// assert_eq!(check("privileged gt true").unwrap_err().code, "search.operator");
/// assert_eq!(check(r#"hired_on gt "soon""#).unwrap_err().code, "search.value");
/// # Ok::<(), iam_core::search::FilterProblem>(())
/// ```
pub fn check(
    predicate: &Predicate,
    catalog: Catalog<'_, '_>,
    limits: &Limits,
) -> Result<Checked, FilterProblem> {
    let mut terms = limits.terms;
    walk(predicate, catalog, limits, 1, &mut terms)
}

fn walk(
    predicate: &Predicate,
    catalog: Catalog<'_, '_>,
    limits: &Limits,
    depth: usize,
    terms: &mut usize,
) -> Result<Checked, FilterProblem> {
    if depth > limits.levels() {
        return Err(FilterProblem::too_deep(limits));
    }
    *terms = terms
        .checked_sub(1)
        .ok_or_else(|| FilterProblem::too_many_terms(limits))?;
    let mut list = |list: &[Predicate]| {
        list.iter()
            .map(|item| walk(item, catalog, limits, depth + 1, terms))
            .collect::<Result<Vec<_>, _>>()
    };
    let leaf = |definition: &AttributeDefinition, test| {
        Checked::Leaf(Leaf {
            attribute: definition.name.clone(),
            derived: definition.derived,
            multiple: definition.multiple,
            test,
        })
    };
    Ok(match predicate {
        Predicate::All => Checked::All,
        Predicate::None => Checked::None,
        Predicate::And(items) => every(list(items)?),
        Predicate::Or(items) => any(list(items)?),
        Predicate::Not(inner) => walk(inner, catalog, limits, depth + 1, terms)?.negate(),
        Predicate::Present { attribute } => leaf(find(attribute, catalog)?, Test::Present),
        Predicate::In { attribute, values } => {
            let definition = find(attribute, catalog)?;
            if values.len() > limits.values {
                return Err(FilterProblem::new(
                    "search.too_many_values",
                    format!("more than {} values in one list; use a group", limits.values),
                )
                .about(attribute));
            }
            let keys = values
                .iter()
                .map(|value| key(definition, Operator::Eq, value))
                .collect::<Result<BTreeSet<_>, _>>()?;
            let (empty, keys): (BTreeSet<_>, _) = keys.into_iter().partition(String::is_empty);
            let equal = match keys.is_empty() {
                true => Checked::None,
                false => leaf(definition, one_of(keys)),
            };
            match empty.is_empty() {
                true => equal,
                false => equal.or(leaf(definition, Test::Present).negate()),
            }
        }
        Predicate::Compare {
            attribute,
            operator,
            value,
        } => {
            let definition = find(attribute, catalog)?;
            let key = key(definition, *operator, value)?;
            let empty = key.is_empty();
            let between = |lower, upper| Test::Range { lower, upper };
            match operator {
                Operator::Eq if empty => leaf(definition, Test::Present).negate(),
                Operator::Ne if empty => leaf(definition, Test::Present),
                Operator::Co | Operator::Sw | Operator::Ew if empty => leaf(definition, Test::Present),
                Operator::Eq => leaf(definition, Test::Equals(key)),
                Operator::Ne => leaf(definition, Test::Equals(key)).negate(),
                Operator::Co => leaf(definition, Test::Contains(key)),
                Operator::Sw => leaf(definition, Test::StartsWith(key)),
                Operator::Ew => leaf(definition, Test::EndsWith(key)),
                Operator::Gt => leaf(definition, between(Bound::Excluded(key), Bound::Unbounded)),
                Operator::Ge => leaf(definition, between(Bound::Included(key), Bound::Unbounded)),
                Operator::Lt => leaf(definition, between(Bound::Unbounded, Bound::Excluded(key))),
                Operator::Le => leaf(definition, between(Bound::Unbounded, Bound::Included(key))),
            }
        }
    })
}

/// The definition of a searchable attribute. Names are case-insensitive where the exact one is not known (RFC 7643, 2.1).
pub(super) fn find<'a>(
    attribute: &str,
    catalog: Catalog<'_, 'a>,
) -> Result<&'a AttributeDefinition, FilterProblem> {
    let definition = catalog(attribute)
        .or_else(|| catalog(&attribute.to_ascii_lowercase()))
        .ok_or_else(|| {
            FilterProblem::new(
                "search.unknown_attribute",
                format!("{} is not an attribute", quoted(attribute)),
            )
            .about(attribute)
        })?;
    if definition.searchable && definition.value_type != AttributeType::Object {
        Ok(definition)
    } else {
        Err(FilterProblem::new(
            "search.not_searchable",
            format!(
                "{} is stored but not searchable; name a searchable attribute",
                quoted(attribute)
            ),
        )
        .about(attribute))
    }
}

/// The search key of a value in a comparison.
fn key(definition: &AttributeDefinition, operator: Operator, value: &Value) -> Result<String, FilterProblem> {
    use AttributeType as T;
    use Operator::{Co, Eq, Ew, Ne, Sw};
    let name = definition.name.as_str();
    let allowed = match definition.value_type {
        T::Text | T::Email | T::Phone | T::Language => true,
        T::Integer | T::Number | T::Date | T::Moment => !matches!(operator, Co | Sw | Ew),
        T::Boolean | T::Reference => matches!(operator, Eq | Ne),
        T::Object => false,
    };
    if !allowed {
        let fitting = match definition.value_type {
            T::Boolean | T::Reference => "eq, ne or pr",
            _ => "eq, ne, gt, ge, lt, le or pr",
        };
        return Err(FilterProblem::new(
            "search.operator",
            format!("{operator} does not fit the type of {name}; use {fitting}"),
        )
        .about(name));
    }
    let wrong = |expected: &str| {
        FilterProblem::new("search.value", format!("{name} is compared with {expected}")).about(name)
    };
    let formed = |result: Result<String, rules::ValueProblem>| {
        result.map_err(|problem| FilterProblem::new("search.value", problem.message).about(name))
    };
    let number = |number: Value| number.search_key().map(|key| key.into_owned());
    let key = match (definition.value_type, value) {
        (T::Text | T::Email | T::Phone | T::Language, Value::Text(text)) => {
            // Folding work is bounded before it is done.
            if text.len() > MAXIMUM_KEY {
                None
            } else {
                Some(fold(text).into_owned()).filter(|key| key.len() <= MAXIMUM_KEY)
            }
            .ok_or_else(|| wrong("a text of at most 1024 bytes"))?
        }
        (T::Text | T::Email | T::Phone | T::Language, _) => {
            return Err(wrong("a text; put the value in double quotes"));
        }
        (T::Integer | T::Number, value) => match value {
            Value::Integer(whole) => number(Value::Integer(*whole)),
            Value::Number(fraction) if fraction.is_finite() => number(Value::Number(*fraction)),
            Value::Text(text) => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(whole), _) => number(Value::Integer(whole)),
                (_, Ok(fraction)) if fraction.is_finite() => number(Value::Number(fraction)),
                _ => None,
            },
            _ => None,
        }
        .ok_or_else(|| wrong("a number"))?,
        (T::Boolean, value) => match value {
            Value::Boolean(flag) => Some(*flag),
            Value::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
        .map(|flag| if flag { "1".to_owned() } else { "0".to_owned() })
        .ok_or_else(|| wrong("true or false"))?,
        (T::Date, Value::Text(text)) => formed(rules::date(text))?,
        (T::Date, _) => return Err(wrong("a day such as \"2026-11-21\"")),
        (T::Moment, Value::Text(text)) => {
            let moment = match rules::date(text) {
                Ok(day) => rules::moment(&format!("{day}T00:00:00Z")),
                Err(_) => rules::moment(text),
            };
            fold(&formed(moment)?).into_owned()
        }
        (T::Moment, _) => return Err(wrong("a point in time such as \"2026-11-21T08:00:00Z\"")),
        (T::Reference, Value::Text(text)) => fold(&formed(rules::reference(text))?).into_owned(),
        (T::Reference, _) => return Err(wrong("an identifier in double quotes")),
        (T::Object, _) => return Err(wrong("nothing")),
    };
    Ok(key)
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

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
