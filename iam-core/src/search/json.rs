//! The JSON tree of a predicate, for a visual builder.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    ser::{Error, SerializeMap},
};
use serde_json::{Map, Value as Json};

use super::{FilterProblem, Limits, Operator, Predicate, problem::Budget};
use crate::{model::Value, rules::quoted};

impl Predicate {
    /// Reads the JSON tree; see [`Predicate`] for its forms.
    ///
    /// ```
    /// use iam_core::search::{Limits, Predicate};
    /// let json = serde_json::json!({"not": {"attribute": "city", "operator": "sw", "value": "Ber"}});
    /// let predicate = Predicate::from_json(&json, &Limits::default()).unwrap();
    /// assert_eq!(predicate, Predicate::starts_with("city", "Ber").negate());
    /// ```
    pub fn from_json(json: &Json, limits: &Limits) -> Result<Predicate, FilterProblem> {
        read(json, 1, &mut Budget::new(limits))
    }
}

fn wrong(message: impl Into<String>) -> FilterProblem {
    FilterProblem::new("search.json", message)
}

fn read(json: &Json, depth: usize, budget: &mut Budget<'_>) -> Result<Predicate, FilterProblem> {
    budget.term(depth)?;
    let map = match json {
        Json::String(word) if word == "all" => return Ok(Predicate::All),
        Json::String(word) if word == "none" => return Ok(Predicate::None),
        Json::Object(map) => map,
        _ => {
            return Err(wrong(
                "expected \"all\", \"none\" or an object with and, or, not or attribute",
            ));
        }
    };
    let mut list = |key: &str| match map.get(key) {
        Some(Json::Array(list)) => list
            .iter()
            .map(|json| read(json, depth + 1, budget))
            .collect::<Result<Vec<_>, _>>(),
        _ => Err(wrong(format!("{key} takes a list of conditions"))),
    };
    if map.contains_key("attribute") {
        leaf(map, budget)
    } else if map.len() != 1 {
        Err(wrong(
            "an object has exactly one of and, or, not – or an attribute with its condition",
        ))
    } else if map.contains_key("and") {
        list("and").map(Predicate::And)
    } else if map.contains_key("or") {
        list("or").map(Predicate::Or)
    } else if let Some(inner) = map.get("not") {
        let inner = read(inner, depth + 1, budget)?;
        Ok(Predicate::Not(Box::new(inner)))
    } else {
        let key = map.keys().next().map(String::as_str).unwrap_or_default();
        Err(wrong(format!(
            "{} is not known; expected and, or, not or attribute",
            quoted(key)
        )))
    }
}

fn leaf(map: &Map<String, Json>, budget: &mut Budget<'_>) -> Result<Predicate, FilterProblem> {
    let Some(Json::String(attribute)) = map.get("attribute") else {
        return Err(wrong("attribute takes the name of an attribute"));
    };
    let attribute = attribute.clone();
    let expected = || {
        wrong(
            "beside attribute expected either operator and value, or in with a list of values, or present with true \
             or false",
        )
        .about(&attribute)
    };
    match (map.len(), map.get("operator"), map.get("value")) {
        (3, Some(Json::String(name)), Some(value)) => {
            let operator = Operator::from_name(name).ok_or_else(|| {
                wrong(format!(
                    "{} is not an operator; expected eq, ne, co, sw, ew, gt, ge, lt or le",
                    quoted(name)
                ))
                .about(&attribute)
            })?;
            let value = scalar(value).map_err(|problem| problem.about(&attribute))?;
            Ok(Predicate::Compare {
                attribute,
                operator,
                value,
            })
        }
        (2, None, None) => match (map.get("in"), map.get("present")) {
            (Some(Json::Array(list)), _) => {
                budget.list(list.len(), &attribute)?;
                let values = list
                    .iter()
                    .map(scalar)
                    .collect::<Result<_, _>>()
                    .map_err(|problem| problem.about(&attribute))?;
                Ok(Predicate::In { attribute, values })
            }
            (_, Some(Json::Bool(true))) => Ok(Predicate::Present { attribute }),
            (_, Some(Json::Bool(false))) => Ok(Predicate::Not(Box::new(Predicate::Present { attribute }))),
            _ => Err(expected()),
        },
        _ => Err(expected()),
    }
}

fn scalar(json: &Json) -> Result<Value, FilterProblem> {
    match json {
        Json::String(text) => Ok(Value::from(text.as_str())),
        Json::Bool(flag) => Ok(Value::Boolean(*flag)),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Ok(Value::Integer(whole)),
            (None, Some(fraction)) if fraction.is_finite() && !number.is_u64() => Ok(Value::Number(fraction)),
            _ => Err(wrong("a number is out of range")),
        },
        Json::Null => Err(wrong(
            "null is not a value; write present with false to find what is not set",
        )),
        _ => Err(wrong("a value is a text, a number, true or false")),
    }
}

impl<'de> Deserialize<'de> for Predicate {
    /// With the default [`Limits`].
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let json = Json::deserialize(d)?;
        Predicate::from_json(&json, &Limits::default()).map_err(serde::de::Error::custom)
    }
}

impl Serialize for Predicate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        Node(self, 1).serialize(s)
    }
}

/// A predicate and its level, so that a tree built too deep is an error and not an overflow.
struct Node<'a>(&'a Predicate, usize);

struct Nodes<'a>(&'a [Predicate], usize);

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.0.iter().map(|predicate| Node(predicate, self.1)))
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let Node(predicate, depth) = *self;
        if depth > Limits::DEEPEST {
            return Err(S::Error::custom("a predicate nested too deep"));
        }
        let mut map = match predicate {
            Predicate::All => return s.serialize_str("all"),
            Predicate::None => return s.serialize_str("none"),
            Predicate::And(_) | Predicate::Or(_) | Predicate::Not(_) => s.serialize_map(Some(1))?,
            Predicate::Compare { .. } => s.serialize_map(Some(3))?,
            Predicate::In { .. } | Predicate::Present { .. } => s.serialize_map(Some(2))?,
        };
        match predicate {
            Predicate::All | Predicate::None => {}
            Predicate::And(list) => map.serialize_entry("and", &Nodes(list, depth + 1))?,
            Predicate::Or(list) => map.serialize_entry("or", &Nodes(list, depth + 1))?,
            Predicate::Not(inner) => map.serialize_entry("not", &Node(inner, depth + 1))?,
            Predicate::Compare {
                attribute,
                operator,
                value,
            } => {
                map.serialize_entry("attribute", attribute)?;
                map.serialize_entry("operator", operator)?;
                map.serialize_entry("value", value)?;
            }
            Predicate::In { attribute, values } => {
                map.serialize_entry("attribute", attribute)?;
                map.serialize_entry("in", values)?;
            }
            Predicate::Present { attribute } => {
                map.serialize_entry("attribute", attribute)?;
                map.serialize_entry("present", &true)?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::search::fixture;

    fn code(json: Json) -> &'static str {
        Predicate::from_json(&json, &Limits::default()).map_or_else(|problem| problem.code, |_| "")
    }

    /// S1-29
    #[test]
    fn what_is_not_of_the_documented_form_is_refused() {
        for wrong in [
            json!(null),
            json!(true),
            json!("everyone"),
            json!([]),
            json!({}),
            json!({"and": {}}),
            json!({"and": [], "or": []}),
            json!({"xor": []}),
            json!({"attribute": 1, "present": true}),
            json!({"attribute": "a"}),
            json!({"attribute": "a", "present": "yes"}),
            json!({"attribute": "a", "present": true, "in": []}),
            json!({"attribute": "a", "operator": "like", "value": 1}),
            json!({"attribute": "a", "operator": "eq"}),
            json!({"attribute": "a", "operator": "eq", "value": null}),
            json!({"attribute": "a", "operator": "eq", "value": [1]}),
            json!({"attribute": "a", "operator": "eq", "value": u64::MAX}),
            json!({"attribute": "a", "operator": "eq", "value": 1, "and": []}),
            json!({"attribute": "a", "in": [{}]}),
        ] {
            assert_eq!(code(wrong.clone()), "search.json", "{wrong}");
        }
        assert_eq!(
            serde_json::from_value::<Predicate>(json!({"attribute": "a", "present": false})).unwrap(),
            Predicate::present("a").negate()
        );
    }

    /// S1-28, S1-29
    #[test]
    fn depth_and_size_are_limited() {
        let nest = |depth: usize| (1..depth).fold(json!("all"), |inner, _| json!({ "not": inner }));
        assert_eq!(code(nest(50)), "");
        assert_eq!(code(nest(51)), "search.too_deep");
        let wide = |terms: usize| json!({ "or": vec![json!("none"); terms - 1] });
        assert_eq!(code(wide(500)), "");
        assert_eq!(code(wide(501)), "search.too_many_terms");
        let list = |values: usize| json!({"attribute": "a", "in": vec![1; values]});
        assert_eq!(code(list(1000)), "");
        assert_eq!(code(list(1001)), "search.too_many_values");
        assert_eq!(
            code(json!({"or": [list(600), list(600)]})),
            "search.too_many_values"
        );
        // What the text parser of JSON lets through at most is refused by ours, without an overflow.
        let text = format!("{}\"all\"{}", "{\"not\":".repeat(100_000), "}".repeat(100_000));
        assert!(serde_json::from_str::<Predicate>(&text).is_err());
        let deep = (0..200).fold(Predicate::All, |inner, _| Predicate::Not(Box::new(inner)));
        assert!(serde_json::to_string(&deep).is_err());
    }

    proptest! {
        /// S1-29
        #[test]
        fn json_round_trips(predicate in fixture::predicates()) {
            let text = serde_json::to_string(&predicate).unwrap();
            prop_assert_eq!(serde_json::from_str::<Predicate>(&text).unwrap(), predicate);
        }

        #[test]
        fn garbage_is_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60), text in "[\\[\\]{}\":,a-z0-9 ]{0,60}") {
            let _ = serde_json::from_slice::<Predicate>(&bytes);
            let _ = serde_json::from_str::<Predicate>(&text);
        }
    }
}
