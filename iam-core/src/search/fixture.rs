//! A small catalogue, random predicates and records over it, and a naive evaluator.

use std::sync::OnceLock;

use proptest::{collection::vec, prelude::*, sample::select};

use super::{Operator, Predicate};
use crate::model::{AttributeDefinition, AttributeType as T, EntityId, Kind, Moment, Record, Value, fold};

const CATALOG: &[(&str, T, bool)] = &[
    ("city", T::Text, false),
    ("tags", T::Text, true),
    ("level", T::Integer, false),
    ("score", T::Number, false),
    ("levels", T::Integer, true),
    ("privileged", T::Boolean, false),
    ("hired_on", T::Date, false),
    ("seen_at", T::Moment, false),
    ("owner", T::Reference, false),
];

pub(crate) fn definition(name: &str) -> Option<&'static AttributeDefinition> {
    static DEFINITIONS: OnceLock<Vec<AttributeDefinition>> = OnceLock::new();
    DEFINITIONS
        .get_or_init(|| {
            CATALOG
                .iter()
                .map(|(name, value_type, multiple)| {
                    serde_json::from_value(serde_json::json!({
                        "kind": "user", "name": name, "label": name, "type": value_type, "multiple": multiple,
                        "searchable": true,
                    }))
                    .unwrap()
                })
                .collect()
        })
        .iter()
        .find(|definition| definition.name == name)
}

fn value(value_type: T) -> BoxedStrategy<Value> {
    match value_type {
        T::Integer => (-3i64..3).prop_map(Value::Integer).boxed(),
        T::Number => (-5i64..5)
            .prop_map(|half| Value::Number(half as f64 / 2.0))
            .boxed(),
        T::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        T::Date => (1u32..4)
            .prop_map(|day| format!("2026-11-{day:02}").into())
            .boxed(),
        T::Moment => (0i64..3)
            .prop_map(|s| Moment::from_micros(s * 1_500_000).into())
            .boxed(),
        T::Reference => (1u128..4)
            .prop_map(|n| EntityId::new(Kind::User, uuid::Uuid::from_u128(n)).into())
            .boxed(),
        _ => prop_oneof![
            4 => "[aAbBßS\"\\\\é😀 ]{1,3}",
            1 => select(vec!["ss", "STRASSE", "e\u{301}", "ﬁ", "\u{7f}", "\n"]).prop_map(str::to_owned),
        ]
        .prop_map(Value::from)
        .boxed(),
    }
}

fn operators(value_type: T) -> Vec<Operator> {
    use Operator::*;
    match value_type {
        T::Text => Operator::ALL.to_vec(),
        T::Boolean | T::Reference => vec![Eq, Ne],
        _ => vec![Eq, Ne, Gt, Ge, Lt, Le],
    }
}

fn leaf() -> impl Strategy<Value = Predicate> {
    select(CATALOG).prop_flat_map(|(name, value_type, _)| {
        prop_oneof![
            6 => (select(operators(value_type)), value(value_type))
                .prop_map(move |(operator, value)| Predicate::compare(name, operator, value)),
            1 => vec(value(value_type), 0..4).prop_map(move |values| Predicate::any_of(name, values)),
            1 => Just(Predicate::present(name)),
        ]
    })
}

/// Well-typed predicates.
pub(crate) fn predicates() -> impl Strategy<Value = Predicate> {
    prop_oneof![8 => leaf(), 1 => Just(Predicate::All), 1 => Just(Predicate::None)].prop_recursive(
        4,
        24,
        4,
        |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Predicate::And),
                vec(inner.clone(), 0..4).prop_map(Predicate::Or),
                inner.prop_map(|inner| Predicate::Not(Box::new(inner))),
            ]
        },
    )
}

/// Records with some of the attributes set.
pub(crate) fn records() -> impl Strategy<Value = Record> {
    let attributes: Vec<_> = CATALOG
        .iter()
        .map(|(name, value_type, multiple)| {
            let values = vec(value(*value_type), if *multiple { 1..3 } else { 1..2 });
            let multiple = *multiple;
            proptest::option::of(values.prop_map(move |mut values| {
                let value = if multiple {
                    Value::List(values)
                } else {
                    values.remove(0)
                };
                (*name, value)
            }))
        })
        .collect();
    (attributes, 1u128..1000).prop_map(|(attributes, n)| {
        let mut record = Record::new(EntityId::new(Kind::User, uuid::Uuid::from_u128(n)));
        for (name, value) in attributes.into_iter().flatten() {
            record.set(name, Some(value));
        }
        record
    })
}

/// The meaning of a predicate, written over values and not over keys.
pub(crate) fn naive(predicate: &Predicate, record: &Record) -> bool {
    let values = |attribute: &str| record.value(attribute).map(Value::elements).unwrap_or_default();
    match predicate {
        Predicate::All => true,
        Predicate::None => false,
        Predicate::And(list) => !list.iter().any(|item| !naive(item, record)),
        Predicate::Or(list) => list.iter().filter(|item| naive(item, record)).count() > 0,
        Predicate::Not(inner) => !naive(inner, record),
        Predicate::Present { attribute } => !values(attribute).is_empty(),
        Predicate::In {
            attribute,
            values: wanted,
        } => wanted
            .iter()
            .any(|wanted| naive(&Predicate::eq(attribute.as_str(), wanted.clone()), record)),
        Predicate::Compare {
            attribute,
            operator: Operator::Ne,
            value,
        } => !naive(&Predicate::eq(attribute.as_str(), value.clone()), record),
        Predicate::Compare {
            attribute,
            operator,
            value,
        } => {
            let moment = attribute == "seen_at";
            values(attribute)
                .iter()
                .any(|have| compare(*operator, have, value, moment))
        }
    }
}

fn compare(operator: Operator, have: &Value, wanted: &Value, moment: bool) -> bool {
    let number = |value: &Value| match value {
        Value::Integer(whole) => *whole as f64,
        Value::Number(number) => *number,
        Value::Boolean(flag) => f64::from(u8::from(*flag)),
        Value::Text(text) if moment => text.parse::<Moment>().unwrap().micros() as f64,
        _ => f64::NAN,
    };
    let order = match (have, wanted) {
        (Value::Text(have), Value::Text(wanted)) if !moment => {
            let (have, wanted) = (fold(have), fold(wanted));
            match operator {
                Operator::Co => return have.contains(&*wanted),
                Operator::Sw => return have.strip_prefix(&*wanted).is_some(),
                Operator::Ew => return have.strip_suffix(&*wanted).is_some(),
                _ => have.chars().cmp(wanted.chars()),
            }
        }
        _ => number(have).partial_cmp(&number(wanted)).unwrap(),
    };
    match operator {
        Operator::Eq => order.is_eq(),
        Operator::Gt => order.is_gt(),
        Operator::Ge => order.is_ge(),
        Operator::Lt => order.is_lt(),
        Operator::Le => order.is_le(),
        _ => panic!("{operator} on numbers"),
    }
}
