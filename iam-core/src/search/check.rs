//! Typing a predicate against the attribute catalogue.

use std::{collections::BTreeSet, ops::Bound, sync::OnceLock};

use super::{
    Checked, FilterProblem, Limits, Operator, Predicate, Test,
    checked::{any, every, one_of},
    problem::Budget,
};
use crate::{
    model::{AttributeDefinition, AttributeType, EditableBy, Kind, Source, Value, builtin, fold},
    rules::{self, MAXIMUM_KEY, quoted},
};

/// Finds the definition of an attribute by its name. A name that is not found is asked for once more in lower case; a
/// catalogue with upper-case names of its own should look them up in any case (RFC 7643, 2.1).
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
/// Every attribute takes `pr`. Besides the attributes there is `id`, a reference. An empty text is “not set”: `eq ""` finds what is not set, `sw ""` what is.
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
    walk(predicate, catalog, 1, &mut Budget::new(limits))
}

fn walk(
    predicate: &Predicate,
    catalog: Catalog<'_, '_>,
    depth: usize,
    budget: &mut Budget<'_>,
) -> Result<Checked, FilterProblem> {
    budget.term(depth)?;
    let mut list = |list: &[Predicate]| {
        list.iter()
            .map(|item| walk(item, catalog, depth + 1, budget))
            .collect::<Result<Vec<_>, _>>()
    };
    let leaf = |definition: &AttributeDefinition, test| Checked::Leaf {
        attribute: definition.name.clone(),
        derived: definition.derived,
        multiple: definition.multiple,
        test,
    };
    Ok(match predicate {
        Predicate::All => Checked::All,
        Predicate::None => Checked::None,
        Predicate::And(items) => every(list(items)?),
        Predicate::Or(items) => any(list(items)?),
        Predicate::Not(inner) => walk(inner, catalog, depth + 1, budget)?.negate(),
        Predicate::Present { attribute } => leaf(find(attribute, catalog)?, Test::Present),
        Predicate::In { attribute, values } => {
            let definition = find(attribute, catalog)?;
            budget.list(values.len(), attribute)?;
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
        .or_else(|| attribute.eq_ignore_ascii_case("id").then(identifier))
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

/// Every kind has an `id` (S3-76): it is no attribute, but filters may name it.
fn identifier() -> &'static AttributeDefinition {
    static IDENTIFIER: OnceLock<AttributeDefinition> = OnceLock::new();
    IDENTIFIER.get_or_init(|| AttributeDefinition {
        kind: Kind::User,
        name: "id".to_owned(),
        label: "Identifier".to_owned(),
        value_type: AttributeType::Reference,
        multiple: false,
        maximum_length: None,
        pattern: None,
        allowed: Vec::new(),
        required: true,
        unique: true,
        searchable: true,
        personal: false,
        secret: false,
        editable: EditableBy::Nobody,
        source: Source::Builtin,
        default: None,
        derived: false,
    })
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

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
