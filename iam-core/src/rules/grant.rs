//! One edge, several origins: what a person said, with its terms, and what a rule says, without any (S2-31).
//!
//! A grant by hand has terms: a window, an area, whether it comes down the tree. A grant by rule has none: it holds while
//! the rule selects the holder. Where both meet on one edge the edge has the terms of the rule, so that everything that
//! reads edges sees the truth, and keeps those of the hand in its attribute `direct`. Losing either origin restores what
//! the other alone would be.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Attributes, Edge, EdgeKey, EdgeOrigin, Value, Window};

/// The attribute of an edge in which the terms of the direct origin are kept beside a rule's.
const DIRECT: &str = "direct";

/// The terms of an edge that somebody asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    /// When it holds.
    pub window: Window,
    /// More, such as `within`.
    pub attributes: Attributes,
}

fn is_ruled(edge: &Edge) -> bool {
    edge.origins.contains(&EdgeOrigin::Rule)
}

fn empty(key: EdgeKey) -> Edge {
    Edge {
        key,
        origins: BTreeSet::new(),
        window: Window::default(),
        suspended: None,
        attributes: Attributes::new(),
    }
}

fn pack(terms: Terms) -> Option<Value> {
    let mut packed = BTreeMap::new();
    if let Some(from) = terms.window.from {
        packed.insert("from".to_owned(), from.into());
    }
    if let Some(until) = terms.window.until {
        packed.insert("until".to_owned(), until.into());
    }
    if !terms.attributes.is_empty() {
        packed.insert("attributes".to_owned(), Value::Object(terms.attributes.into()));
    }
    (!packed.is_empty()).then_some(Value::Object(packed))
}

fn unpack(value: Option<Value>) -> Terms {
    let Some(Value::Object(mut packed)) = value else {
        return Terms::default();
    };
    let moment = |value: Option<&Value>| value.and_then(Value::as_text)?.parse().ok();
    let window = Window {
        from: moment(packed.get("from")),
        until: moment(packed.get("until")),
    };
    let attributes = match packed.remove("attributes") {
        Some(Value::Object(attributes)) => attributes.into(),
        _ => Attributes::new(),
    };
    Terms { window, attributes }
}

/// The terms of the direct origin, whatever else holds.
pub fn direct_terms(edge: &Edge) -> Option<Terms> {
    edge.origins
        .contains(&EdgeOrigin::Direct)
        .then(|| match is_ruled(edge) {
            true => unpack(edge.attributes.get(DIRECT).cloned()),
            false => Terms {
                window: edge.window,
                attributes: edge.attributes.clone(),
            },
        })
}

/// The edge with a direct origin of these terms.
pub fn with_direct(seen: Option<Edge>, key: EdgeKey, terms: Terms) -> Edge {
    let mut edge = seen.unwrap_or_else(|| empty(key));
    edge.origins.insert(EdgeOrigin::Direct);
    if is_ruled(&edge) {
        match pack(terms) {
            Some(packed) => drop(edge.attributes.insert(DIRECT.to_owned(), packed)),
            None => drop(edge.attributes.remove(DIRECT)),
        }
    } else {
        edge.window = terms.window;
        edge.attributes = terms.attributes;
    }
    edge
}

/// The edge without its direct origin; `None` when nothing else holds it.
pub fn without_direct(mut edge: Edge) -> Option<Edge> {
    edge.origins.remove(&EdgeOrigin::Direct);
    edge.attributes.remove(DIRECT);
    (!edge.origins.is_empty()).then_some(edge)
}

/// The edge with a rule as its origin.
pub fn with_rule(seen: Option<Edge>, key: EdgeKey) -> Edge {
    let mut edge = seen.unwrap_or_else(|| empty(key));
    if is_ruled(&edge) {
        return edge;
    }
    let terms = Terms {
        window: std::mem::take(&mut edge.window),
        attributes: std::mem::take(&mut edge.attributes),
    };
    if !edge.origins.is_empty()
        && let Some(packed) = pack(terms)
    {
        edge.attributes.insert(DIRECT.to_owned(), packed);
    }
    edge.origins.insert(EdgeOrigin::Rule);
    edge
}

/// The edge without the rule; `None` when nothing else holds it (S2-31).
pub fn without_rule(mut edge: Edge) -> Option<Edge> {
    if !edge.origins.remove(&EdgeOrigin::Rule) {
        return Some(edge);
    }
    if edge.origins.is_empty() {
        return None;
    }
    let terms = unpack(edge.attributes.remove(DIRECT));
    edge.window = terms.window;
    edge.attributes = terms.attributes;
    Some(edge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Kind, Moment, Relation};

    fn key() -> EdgeKey {
        EdgeKey {
            from: EntityId::new(Kind::User, uuid::Uuid::from_u128(1)),
            relation: Relation::HasRole,
            to: EntityId::new(Kind::Role, uuid::Uuid::from_u128(2)),
        }
    }

    fn terms() -> Terms {
        Terms {
            window: Window {
                from: Some(Moment::from_micros(5)),
                until: Some(Moment::from_micros(9)),
            },
            attributes: Attributes::from([("inherit".to_owned(), false.into())]),
        }
    }

    /// S2-31: two grants on one edge; each comes and goes without touching the other, in every order.
    #[test]
    fn direct_and_rule_do_not_touch_each_other() {
        let direct = with_direct(None, key(), terms());
        let both = with_rule(Some(direct.clone()), key());
        assert!(both.is_in_effect(Moment::from_micros(20)) && !direct.is_in_effect(Moment::from_micros(20)));
        assert_eq!(direct_terms(&both), Some(terms()));
        assert_eq!(without_rule(both.clone()), Some(direct.clone()));
        let rule = with_rule(None, key());
        assert_eq!(without_direct(both.clone()), Some(rule.clone()));
        assert_eq!(with_direct(Some(rule.clone()), key(), terms()), both);
        assert_eq!(without_rule(rule.clone()), None);
        assert_eq!(without_direct(direct.clone()), None);
        // Unlimited grants, too.
        let plain = with_direct(None, key(), Terms::default());
        let both = with_rule(Some(plain.clone()), key());
        assert_eq!(without_rule(both.clone()), Some(plain));
        assert_eq!(without_direct(both), Some(rule));
        // Asking twice changes nothing.
        assert_eq!(
            with_rule(Some(with_rule(Some(direct.clone()), key())), key()),
            with_rule(Some(direct), key())
        );
    }
}
