//! The rules of a realm with what a draft has made of them: laid over the rules of the schema, so that nothing is copied.

use std::{collections::BTreeSet, sync::Arc};

use super::{Rule, RuleBook, rule_book::Asked};
use crate::model::{EntityId, Kind, Record};

/// Rules, some of them other than in the schema.
#[derive(Debug, Clone, Default)]
pub struct RuleOverlay {
    base: Arc<RuleBook>,
    /// Those that are new, or other than in the schema.
    own: RuleBook,
    /// Those of the schema that do not count any more: gone, or other than there.
    hidden: BTreeSet<EntityId>,
}

impl RuleOverlay {
    /// The rules of a schema.
    pub fn new(base: Arc<RuleBook>) -> RuleOverlay {
        RuleOverlay {
            base,
            ..RuleOverlay::default()
        }
    }

    /// Adds a rule, in place of the one that was kept there, with what it asks for at least.
    pub fn insert(&mut self, id: EntityId, rule: Arc<Rule>, asked: Option<Asked>) {
        self.hidden.insert(id);
        self.own.insert(id, rule, asked);
    }

    /// Takes a rule out.
    pub fn remove(&mut self, id: EntityId) {
        self.hidden.insert(id);
        self.own.remove(id);
    }

    /// The rule kept in a record.
    pub fn get(&self, id: &EntityId) -> Option<&Arc<Rule>> {
        match self.hidden.contains(id) {
            true => self.own.get(id),
            false => self.base.get(id),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.base.iter().all(|(id, _)| self.hidden.contains(&id))
    }

    fn shown(&self, id: &EntityId) -> bool {
        !self.hidden.contains(id)
    }

    /// The rules over a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = EntityId> + '_ {
        let base = self.base.of_kind(kind).filter(|id| self.shown(id));
        base.chain(self.own.of_kind(kind))
    }

    /// The rules over a kind that read an attribute.
    pub fn reading(&self, kind: Kind, attribute: &str) -> impl Iterator<Item = EntityId> + '_ {
        let base = self.base.reading(kind, attribute).filter(|id| self.shown(id));
        base.chain(self.own.reading(kind, attribute))
    }

    /// The rules that may select a record that was not there before.
    pub fn selecting(&self, record: &Record) -> BTreeSet<EntityId> {
        let mut found = self.base.selecting(record);
        found.retain(|id| self.shown(id));
        found.extend(self.own.selecting(record));
        found
    }

    /// As [`RuleBook::reading_change`].
    pub fn reading_change(
        &self,
        kind: Kind,
        attribute: &str,
        states: [Option<&Record>; 2],
        found: &mut BTreeSet<EntityId>,
    ) {
        if self.hidden.is_empty() {
            return self.base.reading_change(kind, attribute, states, found);
        }
        let mut base = BTreeSet::new();
        self.base.reading_change(kind, attribute, states, &mut base);
        found.extend(base.into_iter().filter(|id| self.shown(id)));
        self.own.reading_change(kind, attribute, states, found);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{model::RealmId, plan::Schema, query::Filter};

    /// The naive twin: a book of its own, in which the same rules are put in and taken out.
    #[test]
    fn lies_over_a_book_as_if_it_were_one() {
        let schema = Schema::empty(RealmId(Uuid::nil()));
        let id = |number: u128| EntityId::new(Kind::Group, Uuid::from_u128(number));
        let rule = |number: u128, condition: &str| {
            let rule = Rule::compile(&schema, id(number), Kind::User, &Filter::scim(condition)).unwrap();
            let asked = rule.asks(&schema);
            (Arc::new(rule), asked)
        };
        let mut twin = RuleBook::default();
        for (number, condition) in [(1, "city eq \"A\""), (2, "city eq \"B\""), (3, "job pr")] {
            let (rule, asked) = rule(number, condition);
            twin.insert(id(number), rule, asked);
        }
        let mut over = RuleOverlay::new(Arc::new(twin.clone()));
        let steps: [(u128, Option<&str>); 7] = [
            (4, Some("city eq \"B\"")),
            (1, Some("city eq \"B\" and job eq \"X\"")),
            (2, None),
            (4, None),
            (2, Some("city sw \"A\"")),
            (3, None),
            (9, None),
        ];
        for (number, condition) in steps {
            match condition {
                Some(condition) => {
                    let (rule, asked) = rule(number, condition);
                    over.insert(id(number), rule.clone(), asked.clone());
                    twin.insert(id(number), rule, asked);
                }
                None => {
                    over.remove(id(number));
                    twin.remove(id(number));
                }
            }
            for city in ["A", "B", "C"] {
                let mut record = Record::new(EntityId::new(Kind::User, Uuid::from_u128(7)));
                record.set("city", Some(city.into()));
                assert_eq!(over.selecting(&record), twin.selecting(&record));
                let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
                over.reading_change(Kind::User, "city", [Some(&record), None], &mut ours);
                twin.reading_change(Kind::User, "city", [Some(&record), None], &mut theirs);
                assert_eq!(ours, theirs);
            }
            let sorted = |ids: Vec<EntityId>| ids.into_iter().collect::<BTreeSet<_>>();
            assert_eq!(
                sorted(over.of_kind(Kind::User).collect()),
                sorted(twin.of_kind(Kind::User).collect())
            );
            assert_eq!(
                sorted(over.reading(Kind::User, "job").collect()),
                sorted(twin.reading(Kind::User, "job").collect())
            );
            for number in 1..10 {
                assert_eq!(over.get(&id(number)), twin.get(&id(number)));
            }
            assert_eq!(over.is_empty(), twin.is_empty());
        }
        for number in 1..5 {
            over.remove(id(number));
        }
        assert!(over.is_empty());
    }
}
