//! What a predicate means, written once more in the most naive way: over whole dumps, over values and not over keys.

use std::{cmp::Ordering, collections::BTreeSet};

use super::Dump;
use crate::{
    model::{AttributeDefinition, AttributeType, EntityId, Kind, Moment, Record, Relation, Value, fold},
    search::{Deleted, Operator, Predicate, Sort},
};

/// Finds the definition of an attribute of a kind.
pub(crate) type Definitions<'a> = &'a dyn Fn(Kind, &str) -> Option<AttributeDefinition>;

/// The naive evaluator.
pub(crate) struct Oracle<'a> {
    pub dump: &'a Dump,
    pub now: Moment,
    pub definitions: Definitions<'a>,
}

impl Oracle<'_> {
    /// Everything of a kind for which the predicate holds, in the order of identifiers.
    pub(crate) fn find(&self, kind: Kind, predicate: &Predicate, deleted: Deleted) -> Vec<EntityId> {
        self.dump
            .of_kind(kind)
            .filter(|record| match deleted {
                Deleted::Exclude => !record.is_deleted(),
                Deleted::Include => true,
                Deleted::Only => record.is_deleted(),
            })
            .filter(|record| self.holds(predicate, record))
            .map(|record| record.id)
            .collect()
    }

    /// The same in an order.
    pub(crate) fn sorted(
        &self,
        kind: Kind,
        predicate: &Predicate,
        deleted: Deleted,
        sort: &[Sort],
    ) -> Vec<EntityId> {
        let mut found = self.find(kind, predicate, deleted);
        found.sort_by(|a, b| {
            for one in sort {
                let value = |id: &EntityId| {
                    self.dump
                        .records
                        .get(id)
                        .and_then(|record| record.value(&one.attribute).cloned())
                };
                // What is not set comes first ascending, and last descending.
                let order = match (value(a), value(b)) {
                    (None, None) => Ordering::Equal,
                    (None, Some(_)) => Ordering::Less,
                    (Some(_), None) => Ordering::Greater,
                    (Some(x), Some(y)) => compare(&x, &y),
                };
                let order = if one.descending { order.reverse() } else { order };
                if order.is_ne() {
                    return order;
                }
            }
            a.cmp(b)
        });
        found
    }

    /// Whether the predicate holds.
    pub(crate) fn holds(&self, predicate: &Predicate, record: &Record) -> bool {
        match predicate {
            Predicate::All => true,
            Predicate::None => false,
            Predicate::And(list) => list.iter().all(|item| self.holds(item, record)),
            Predicate::Or(list) => list.iter().any(|item| self.holds(item, record)),
            Predicate::Not(inner) => !self.holds(inner, record),
            Predicate::Present { attribute } => !self.values(record, attribute).is_empty(),
            Predicate::In { attribute, values } => values
                .iter()
                .any(|value| self.test(record, attribute, Operator::Eq, value)),
            Predicate::Compare {
                attribute,
                operator: Operator::Ne,
                value,
            } => !self.test(record, attribute, Operator::Eq, value),
            Predicate::Compare {
                attribute,
                operator,
                value,
            } => self.test(record, attribute, *operator, value),
        }
    }

    fn test(&self, record: &Record, attribute: &str, operator: Operator, wanted: &Value) -> bool {
        let moment = (self.definitions)(record.kind(), attribute)
            .is_some_and(|definition| definition.value_type == AttributeType::Moment);
        let wanted = match wanted {
            Value::Text(text) if moment => Value::from(text.parse::<Moment>().unwrap()),
            other => other.clone(),
        };
        self.values(record, attribute).iter().any(|have| {
            let texts = (have.as_text().map(fold), wanted.as_text().map(fold));
            let order = compare(have, &wanted);
            match (operator, texts) {
                (Operator::Co, (Some(have), Some(wanted))) => have.contains(&*wanted),
                (Operator::Sw, (Some(have), Some(wanted))) => have.starts_with(&*wanted),
                (Operator::Ew, (Some(have), Some(wanted))) => have.ends_with(&*wanted),
                (Operator::Eq, _) => order.is_eq(),
                (Operator::Gt, _) => order.is_gt(),
                (Operator::Ge, _) => order.is_ge(),
                (Operator::Lt, _) => order.is_lt(),
                (Operator::Le, _) => order.is_le(),
                _ => false,
            }
        })
    }

    fn values(&self, record: &Record, attribute: &str) -> Vec<Value> {
        let ids = |ids: BTreeSet<EntityId>| ids.into_iter().map(Value::from).collect::<Vec<_>>();
        let targets = |relation| self.targets(record.id, relation);
        match attribute {
            "id" => vec![record.id.into()],
            "organizations" => ids(targets(Relation::MemberOf)),
            "manager" => ids(targets(Relation::ReportsTo)),
            "positions" => ids(targets(Relation::Holds)),
            "leads" => ids(targets(Relation::Leads)),
            "used_by" => ids(targets(Relation::UsedBy)),
            "within_organization" => ids(self.within(record.id)),
            "groups" => ids(self.groups(record.id)),
            stored => record
                .value(stored)
                .map(Value::elements)
                .unwrap_or_default()
                .to_vec(),
        }
    }

    /// The other ends of the edges in effect, as far as they live.
    pub(crate) fn targets(&self, id: EntityId, relation: Relation) -> BTreeSet<EntityId> {
        self.dump
            .edges
            .values()
            .filter(|edge| edge.key.from == id && edge.key.relation == relation)
            .filter(|edge| edge.suspended.is_none())
            .filter(|edge| edge.window.from.is_none_or(|from| from <= self.now))
            .filter(|edge| edge.window.until.is_none_or(|until| self.now < until))
            .filter(|edge| self.dump.is_live(edge.key.to))
            .map(|edge| edge.key.to)
            .collect()
    }

    /// The organizations of a record (an organization's own: itself) and everything above them.
    fn within(&self, id: EntityId) -> BTreeSet<EntityId> {
        let mut open: Vec<EntityId> = if id.kind == Kind::Organization {
            vec![id]
        } else {
            self.targets(id, Relation::MemberOf).into_iter().collect()
        };
        let mut found = BTreeSet::new();
        while let Some(id) = open.pop() {
            if found.insert(id) {
                open.extend(
                    self.dump
                        .records
                        .get(&id)
                        .and_then(|record| record.reference("parent")),
                );
            }
        }
        found
    }

    /// The groups of a record: directly, by way of its organizations and what is above them, by way of its positions,
    /// and the groups that these groups are in.
    pub(crate) fn groups(&self, id: EntityId) -> BTreeSet<EntityId> {
        let mut ways = BTreeSet::from([id]);
        if matches!(id.kind, Kind::User | Kind::Device | Kind::Organization) {
            ways.extend(
                self.within(id)
                    .into_iter()
                    .filter(|above| self.dump.is_live(*above)),
            );
        }
        if id.kind == Kind::User {
            ways.extend(self.targets(id, Relation::Holds));
        }
        let mut found = BTreeSet::new();
        let mut open: Vec<EntityId> = ways
            .iter()
            .flat_map(|way| self.targets(*way, Relation::InGroup))
            .collect();
        while let Some(group) = open.pop() {
            if found.insert(group) {
                open.extend(self.targets(group, Relation::InGroup));
            }
        }
        found
    }
}

/// Texts by their folded characters, numbers by their size, no before yes.
fn compare(have: &Value, wanted: &Value) -> Ordering {
    match (have, wanted) {
        (Value::Text(have), Value::Text(wanted)) => fold(have).chars().cmp(fold(wanted).chars()),
        (Value::Boolean(have), Value::Boolean(wanted)) => have.cmp(wanted),
        (Value::Integer(have), Value::Integer(wanted)) => have.cmp(wanted),
        (have, wanted) => number(have).partial_cmp(&number(wanted)).unwrap(),
    }
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Integer(whole) => *whole as f64,
        Value::Number(number) => *number,
        other => panic!("{other:?} is compared as a number"),
    }
}
