//! From rows to commands.

use std::collections::{BTreeSet, HashMap};

use iam_core::{
    command::Command,
    model::{EntityId, Record, Value, fold},
};

use super::{
    chunk::Item,
    commands::{Ground, Wanted, Wish, own_attribute, relation_of},
    lookup::{Found, key_of},
    run::Run,
};
use crate::table::{
    RowProblem,
    mapping::{Field, Key, Mapped, When, is_commanded},
};

/// The commands of a row.
#[derive(Default)]
pub(super) struct Built {
    pub(super) commands: Vec<Command>,
    /// Which of them names another row.
    pub(super) own: Option<usize>,
    /// Rows of this chunk that it relies on.
    pub(super) leans_on: BTreeSet<usize>,
    /// A row it names is not there yet.
    pub(super) open: bool,
    pub(super) problems: Vec<RowProblem>,
}

impl Run<'_> {
    /// Brings rows into an order in which each one comes after the row that it names: whoever moves in a tree then
    /// moves to a place that is final, and so never under itself.
    pub(super) fn sort(&self, items: &mut Vec<Item>) {
        let own = own_attribute(self.import.kind);
        let place = self
            .compiled
            .fields
            .iter()
            .position(|field| field.definition.name == own);
        let at: HashMap<EntityId, usize> = items.iter().enumerate().map(|(at, item)| (item.id, at)).collect();
        let above: Vec<Option<usize>> = items
            .iter()
            .map(|item| match item.entry.values.get(place?)? {
                Some(Mapped::References(keys)) => at.get(&self.known(keys.first()?)?).copied(),
                _ => None,
            })
            .collect();
        let depth = |mut row: usize| {
            let mut depth = 0;
            // Rows that name each other in a circle have no order; they are refused later.
            while let (Some(Some(up)), true) = (above.get(row), depth <= above.len()) {
                row = *up;
                depth += 1;
            }
            depth
        };
        let mut sorted: Vec<(usize, Item)> = std::mem::take(items)
            .into_iter()
            .enumerate()
            .map(|(row, item)| (depth(row), item))
            .collect();
        sorted.sort_by_key(|(depth, _)| *depth);
        items.extend(sorted.into_iter().map(|(_, item)| item));
    }

    /// What a cell names, as far as it is known by now.
    fn known(&self, key: &Key) -> Option<EntityId> {
        match (self.references.get(key), key) {
            (Some(Found::One(id)), _) => Some(id),
            (None, Key::Value { by, text, .. }) => self
                .ahead
                .ids
                .get(&(by.clone(), fold(text).into_owned()))
                .copied(),
            _ => None,
        }
    }

    pub(super) fn build_all(&self, items: &[Item], second: bool) -> Vec<Built> {
        // What earlier rows of this chunk will be called.
        let mut pending: HashMap<(String, String), (EntityId, usize)> = HashMap::new();
        let mut all = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            all.push(self.build(item, second, &pending));
            if item.creates(second) {
                for name in self.names(item) {
                    pending.entry(name).or_insert((item.id, at));
                }
            }
        }
        all
    }

    /// By what other rows may call a new record: attribute and search key.
    pub(super) fn names(&self, item: &Item) -> Vec<(String, String)> {
        let asked = |name: &str| {
            name == self.import.matching
                || self.compiled.fields.iter().any(|field| {
                    field.references() == Some(self.import.kind) && field.referenced_by() == Some(name)
                })
        };
        self.compiled
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| asked(&field.definition.name))
            .filter_map(|(place, field)| {
                let key = match (item.distinct.get(&place), item.entry.values.get(place)) {
                    (Some(text), _) => fold(text).into_owned(),
                    (None, Some(Some(Mapped::Value(value)))) => key_of(value)?,
                    _ => return None,
                };
                Some((field.definition.name.clone(), key))
            })
            .collect()
    }

    fn build(
        &self,
        item: &Item,
        second: bool,
        pending: &HashMap<(String, String), (EntityId, usize)>,
    ) -> Built {
        let mut built = Built::default();
        let mut wish = Wish::default();
        let existing = item.existing.as_deref();
        for (place, (field, value)) in self.compiled.fields.iter().zip(&item.entry.values).enumerate() {
            let name = field.definition.name.as_str();
            let own = field.references() == Some(self.import.kind) && name == own_attribute(self.import.kind);
            let Some(value) = value else { continue };
            if (second && !own) || (own && item.deferred && !second) {
                built.open |= own && !second;
                continue;
            }
            if field.when == When::Unset && has_value(item, field) {
                continue;
            }
            match value {
                Mapped::References(keys) => {
                    let Some(ids) = self.resolve(item, field, keys, own && !second, pending, &mut built)
                    else {
                        continue;
                    };
                    if is_commanded(&field.definition) {
                        wish.relations.insert(name.to_owned(), Wanted::Ids(ids));
                    } else {
                        let ids: Vec<Value> = ids.into_iter().map(Value::from).collect();
                        let value = match field.definition.multiple {
                            true => Some(Value::List(ids)),
                            false => ids.into_iter().next(),
                        };
                        set(&mut wish, existing, name, value);
                    }
                }
                Mapped::Value(value) if is_commanded(&field.definition) => {
                    wish.relations
                        .insert(name.to_owned(), Wanted::Value(value.clone()));
                }
                Mapped::Value(value) => set(&mut wish, existing, name, Some(value.clone())),
                Mapped::Distinct(_) => {
                    let value = item.distinct.get(&place).map(|text| Value::from(text.as_str()));
                    set(&mut wish, existing, name, value);
                }
                Mapped::Clear if is_commanded(&field.definition) => {
                    wish.relations.insert(name.to_owned(), Wanted::Nothing);
                }
                Mapped::Clear => set(&mut wish, existing, name, None),
            }
        }
        let ground = Ground {
            id: item.id,
            existing,
            edges: &item.edges,
            lists: self.import.lists,
            source: self.import.name.as_deref(),
            revive: self.seen.is_some(),
        };
        if item.creates(second) {
            built.commands = wish.create(ground);
        } else {
            let (commands, own) = wish.update(ground);
            built.commands = commands;
            if let Some(own) = own {
                built.own = Some(built.commands.len());
                built.commands.push(own);
            }
        }
        built
    }

    /// What a cell names; `None` when that is not known, or not yet.
    fn resolve(
        &self,
        item: &Item,
        field: &Field,
        keys: &[Key],
        may_wait: bool,
        pending: &HashMap<(String, String), (EntityId, usize)>,
        built: &mut Built,
    ) -> Option<Vec<EntityId>> {
        let mut ids = Vec::with_capacity(keys.len());
        let mut all = true;
        for key in keys {
            match self.references.get(key) {
                Some(Found::One(id)) => {
                    ids.push(id);
                    continue;
                }
                Some(Found::Many) => {
                    built.problems.push(problem(
                        item,
                        field,
                        key,
                        "reference.ambiguous",
                        "is the name of several",
                    ));
                    all = false;
                    continue;
                }
                None => {}
            }
            let name = match key {
                Key::Value { kind, by, text } if *kind == self.import.kind => {
                    Some((by.clone(), fold(text).into_owned()))
                }
                _ => None,
            };
            if let Some((id, at)) = name.as_ref().and_then(|name| pending.get(name)) {
                built.leans_on.insert(*at);
                ids.push(*id);
            } else if let Some(id) = name.as_ref().and_then(|name| self.ahead.ids.get(name)) {
                ids.push(*id);
            } else {
                all = false;
                if may_wait {
                    built.open = true;
                } else {
                    built.problems.push(problem(
                        item,
                        field,
                        key,
                        "reference.not_found",
                        "is the name of no",
                    ));
                }
            }
        }
        all.then_some(ids)
    }
}

fn problem(item: &Item, field: &Field, key: &Key, code: &str, what: &str) -> RowProblem {
    let (kind, by, text) = match key {
        Key::Id(id) => (id.kind, "id", id.to_string()),
        Key::Value { kind, by, text } => (*kind, by.as_str(), text.clone()),
    };
    let text: String = text.chars().take(60).collect();
    RowProblem::new(
        item.entry.number,
        code,
        format!("“{text}” {what} {kind} (by `{by}`)"),
    )
    .in_column(&field.column)
}

fn has_value(item: &Item, field: &Field) -> bool {
    let name = field.definition.name.as_str();
    match relation_of(name) {
        Some(relation) => item.edges.iter().any(|edge| edge.key.relation == relation),
        None => item
            .existing
            .as_ref()
            .is_some_and(|record| record.value(name).is_some()),
    }
}

/// Wants a value unless the record has it. Spaces at the ends do not count: they are cut off when cells are read.
fn set(wish: &mut Wish, existing: Option<&Record>, name: &str, value: Option<Value>) {
    let before = existing.and_then(|record| record.value(name));
    let same = match (before, &value) {
        (Some(before), Some(value)) => {
            let (before, value) = (before.elements(), value.elements());
            before.len() == value.len()
                && before
                    .iter()
                    .zip(value)
                    .all(|(before, value)| is_same(before, value))
        }
        (before, value) => before.is_none() && value.is_none(),
    };
    if !same {
        wish.attributes.insert(name.to_owned(), value);
    }
}

fn is_same(before: &Value, value: &Value) -> bool {
    match (before, value) {
        (Value::Text(before), Value::Text(value)) => before.trim() == value.trim(),
        (before, value) => before == value,
    }
}
