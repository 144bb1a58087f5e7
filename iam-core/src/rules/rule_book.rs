//! The rules of a realm, found by what they read and by what they ask for.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::Rule;
use crate::model::{EntityId, Kind, Record, Relation, Value};

/// What a record must have to be selected by a rule: an attribute with one of these search keys.
pub type Asked = (String, BTreeSet<String>);

/// Rules by the identifiers of their records, by the kind that they select, by the attributes that they read and by the
/// value that they ask for: a change runs only the rules that it can concern, however many there are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleBook {
    rules: BTreeMap<EntityId, (Arc<Rule>, Option<Asked>)>,
    of_kind: BTreeMap<Kind, Rules>,
    readers: BTreeMap<(Kind, String), Rules>,
    /// How many rules write edges of a relation at a kind.
    writes: BTreeMap<(Kind, Relation), usize>,
}

/// Some rules: those that have to be looked at in any case, and those that ask for a value.
#[derive(Debug, Clone, Default, PartialEq)]
struct Rules {
    open: BTreeSet<EntityId>,
    asking: BTreeMap<Box<str>, BTreeMap<Box<str>, BTreeSet<EntityId>>>,
}

impl Rules {
    fn insert(&mut self, id: EntityId, asked: Option<&Asked>) {
        let Some((attribute, keys)) = asked else {
            self.open.insert(id);
            return;
        };
        let by_key = self.asking.entry(attribute.as_str().into()).or_default();
        for key in keys {
            by_key.entry(key.as_str().into()).or_default().insert(id);
        }
    }

    fn remove(&mut self, id: EntityId, asked: Option<&Asked>) {
        let Some((attribute, keys)) = asked else {
            self.open.remove(&id);
            return;
        };
        let Some(by_key) = self.asking.get_mut(attribute.as_str()) else {
            return;
        };
        for key in keys {
            if let Some(set) = by_key.get_mut(key.as_str()) {
                set.remove(&id);
                if set.is_empty() {
                    by_key.remove(key.as_str());
                }
            }
        }
        if by_key.is_empty() {
            self.asking.remove(attribute.as_str());
        }
    }

    fn is_empty(&self) -> bool {
        self.open.is_empty() && self.asking.is_empty()
    }

    fn all(&self) -> impl Iterator<Item = EntityId> + '_ {
        let asking = self.asking.values().flat_map(BTreeMap::values).flatten();
        self.open.iter().chain(asking).copied()
    }

    /// Those that do not ask for anything that no state of a record has.
    fn concerned(&self, states: [Option<&Record>; 2], found: &mut BTreeSet<EntityId>) {
        found.extend(&self.open);
        for (attribute, by_key) in &self.asking {
            for value in states
                .iter()
                .flatten()
                .filter_map(|record| record.value(attribute))
            {
                for key in value.elements().iter().filter_map(Value::search_key) {
                    found.extend(by_key.get(&*key).into_iter().flatten());
                }
            }
        }
    }
}

impl RuleBook {
    /// Adds a rule, in place of the one that was kept there, with what it asks for at least.
    pub fn insert(&mut self, id: EntityId, rule: Arc<Rule>, asked: Option<Asked>) {
        self.remove(id);
        self.of_kind
            .entry(rule.selects)
            .or_default()
            .insert(id, asked.as_ref());
        for name in &rule.reads {
            self.readers
                .entry((rule.selects, name.clone()))
                .or_default()
                .insert(id, asked.as_ref());
        }
        *self.writes.entry((rule.selects, rule.relation())).or_default() += 1;
        self.rules.insert(id, (rule, asked));
    }

    /// Takes a rule out; nothing is left of it.
    pub fn remove(&mut self, id: EntityId) {
        let Some((rule, asked)) = self.rules.remove(&id) else {
            return;
        };
        let asked = asked.as_ref();
        if let Some(rules) = self.of_kind.get_mut(&rule.selects) {
            rules.remove(id, asked);
            if rules.is_empty() {
                self.of_kind.remove(&rule.selects);
            }
        }
        for name in &rule.reads {
            let key = (rule.selects, name.clone());
            if let Some(rules) = self.readers.get_mut(&key) {
                rules.remove(id, asked);
                if rules.is_empty() {
                    self.readers.remove(&key);
                }
            }
        }
        let key = (rule.selects, rule.relation());
        if let Some(count) = self.writes.get_mut(&key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.writes.remove(&key);
            }
        }
    }

    /// The rule kept in a record.
    pub fn get(&self, id: &EntityId) -> Option<&Arc<Rule>> {
        self.rules.get(id).map(|(rule, _)| rule)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Arc<Rule>)> {
        self.rules.iter().map(|(id, (rule, _))| (*id, rule))
    }

    /// The relations that rules write at a kind.
    pub fn written(&self, kind: Kind) -> impl Iterator<Item = Relation> + '_ {
        self.writes
            .iter()
            .filter(move |((of, _), _)| *of == kind)
            .map(|((_, relation), _)| *relation)
    }

    /// The rules over a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = EntityId> + '_ {
        self.of_kind.get(&kind).into_iter().flat_map(Rules::all)
    }

    /// The rules over a kind that read an attribute.
    pub fn reading(&self, kind: Kind, attribute: &str) -> impl Iterator<Item = EntityId> + '_ {
        self.readers
            .get(&(kind, attribute.to_owned()))
            .into_iter()
            .flat_map(Rules::all)
    }

    /// The rules that may select a record that was not there before.
    pub fn selecting(&self, record: &Record) -> BTreeSet<EntityId> {
        let mut found = BTreeSet::new();
        if let Some(rules) = self.of_kind.get(&record.kind()) {
            rules.concerned([Some(record), None], &mut found);
        }
        found
    }

    /// The rules that read an attribute and may select one of two states of a record: those that select neither have no
    /// other answer after the change than before.
    pub fn reading_change(
        &self,
        kind: Kind,
        attribute: &str,
        states: [Option<&Record>; 2],
        found: &mut BTreeSet<EntityId>,
    ) {
        if let Some(rules) = self.readers.get(&(kind, attribute.to_owned())) {
            rules.concerned(states, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{model::RealmId, plan::Schema, query::Filter};

    fn id(kind: Kind, number: u128) -> EntityId {
        EntityId::new(kind, Uuid::from_u128(number))
    }

    fn book(conditions: &[&str]) -> RuleBook {
        let schema = Schema::empty(RealmId(Uuid::nil()));
        let mut book = RuleBook::default();
        for (number, condition) in (1..).zip(conditions) {
            let owner = id(Kind::Group, number);
            let rule = Rule::compile(&schema, owner, Kind::User, &Filter::scim(*condition)).unwrap();
            let asked = rule.asks(&schema);
            book.insert(owner, Arc::new(rule), asked);
        }
        book
    }

    /// However many rules ask for other values of an attribute, a change of it runs those of the old and the new value,
    /// and those of which nothing is known.
    #[test]
    fn a_change_runs_the_rules_of_its_values() {
        let mut conditions: Vec<String> = (0..500)
            .map(|place| format!("city eq \"City {place}\""))
            .collect();
        conditions.extend([
            r#"city sw "Ci""#.to_owned(),
            r#"not (city eq "City 7")"#.to_owned(),
            r#"city eq "CITY 3" and job eq "Nurse""#.to_owned(),
            r#"city eq "City 3" or job eq "Nurse""#.to_owned(),
            r#"job eq "Nurse""#.to_owned(),
        ]);
        let conditions: Vec<&str> = conditions.iter().map(String::as_str).collect();
        let mut book = book(&conditions);
        let state = |city: &str| {
            let mut record = Record::new(id(Kind::User, 1));
            record.set("city", Some(city.into()));
            record
        };
        let (old, new) = (state("city 3"), state("Elsewhere"));
        let mut found = BTreeSet::new();
        book.reading_change(Kind::User, "city", [Some(&old), Some(&new)], &mut found);
        let expected = [4, 501, 502, 503, 504].map(|number| id(Kind::Group, number));
        assert_eq!(found, BTreeSet::from(expected));
        // Who is new: besides those, whatever does not ask for a city.
        let expected = [501, 502, 504].map(|number| id(Kind::Group, number));
        assert_eq!(book.selecting(&new), BTreeSet::from(expected));
        assert_eq!(book.reading(Kind::User, "city").count(), 504);
        assert_eq!(book.of_kind(Kind::User).count(), 505);
        assert_eq!(book.written(Kind::User).collect::<Vec<_>>(), [Relation::InGroup]);
        for number in 1..=505 {
            book.remove(id(Kind::Group, number));
        }
        assert!(book.is_empty() && book.of_kind(Kind::User).next().is_none());
        assert_eq!(book.written(Kind::User).count(), 0);
        assert_eq!(book, RuleBook::default());
    }
}
