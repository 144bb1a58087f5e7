//! How a source names records, and which records those are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use iam_core::{
    model::{EntityId, Kind, SyncKind, Value, fold},
    search::{Predicate, Search},
    wire::Problem,
};

use super::{
    Run, all, compact,
    page::{Item, VALUES},
};
use crate::reconcile::{
    Reference, Wanted,
    key::{name_key, object_key},
};

/// Names whose keys are kept.
const NAMES: usize = 4096;

/// One way to name a record. Many of them wait for the end of a run: they are short.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum RefKey {
    /// By a key of the source.
    Key(u128),
    /// By an attribute of its own.
    Attribute(Box<Named>),
}

/// A value of an attribute that names a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Named {
    kind: Kind,
    attribute: String,
    /// Folded.
    text: String,
}

/// A reference in all its possible keys.
pub(super) type Keys = Vec<RefKey>;

impl Run<'_> {
    /// Every way in which a reference may name a record.
    pub(super) fn ref_keys(&self, reference: &Reference) -> Keys {
        match (&reference.by, reference.identifier) {
            (Some(by), _) => reference
                .kinds
                .iter()
                .filter_map(|kind| kind.record_kind())
                .map(|kind| {
                    RefKey::Attribute(Box::new(Named {
                        kind,
                        attribute: by.clone(),
                        text: fold(&reference.text).into_owned(),
                    }))
                })
                .collect(),
            (None, true) => reference
                .kinds
                .iter()
                .map(|kind| RefKey::Key(compact(&object_key(self.source, *kind, &reference.text))))
                .collect(),
            (None, false) => {
                let known = self.names.get(&reference.text).copied();
                let key = || compact(&name_key(self.source, &reference.text));
                vec![RefKey::Key(known.unwrap_or_else(key))]
            }
        }
    }

    /// Keeps the key of a name for the next ones who name the same: many people are in one unit, and have one manager.
    fn know_name(&mut self, reference: &Reference) {
        if reference.identifier || reference.by.is_some() || self.names.contains_key(&reference.text) {
            return;
        }
        if self.names.len() >= NAMES {
            self.names.clear();
        }
        let key = compact(&name_key(self.source, &reference.text));
        self.names.insert(reference.text.clone(), key);
    }

    /// The record that is named, as far as it is known.
    pub(super) fn resolve(&self, keys: &[RefKey]) -> Option<EntityId> {
        keys.iter().find_map(|key| match key {
            RefKey::Key(key) => self.known.get(*key).copied(),
            RefKey::Attribute(named) => self.by_attribute.get(named).copied().flatten(),
        })
    }

    /// Looks up what objects name, as far as it can be there already.
    pub(super) async fn look_up(&mut self, kind: SyncKind, items: &[Item]) -> Result<(), Problem> {
        let mut keys: BTreeSet<RefKey> = BTreeSet::new();
        // In a full run everything that the source has passes by; what it names is known then.
        let full = self.mode == iam_core::model::RunMode::Full;
        let wanted = items.iter().flat_map(|item| item.mapped.values.values());
        for (_, wanted) in wanted {
            let Wanted::References(references) = wanted else {
                continue;
            };
            for reference in references {
                self.know_name(reference);
                if !full || reference.by.is_some() {
                    keys.extend(self.ref_keys(reference));
                }
            }
        }
        if kind == SyncKind::Group && keys.len() > 2 * VALUES {
            // Large groups wait for the end, where they are looked up once.
            keys.retain(|key| matches!(key, RefKey::Attribute(_)));
        }
        self.find_keys(keys).await
    }

    /// Finds records by what names them.
    pub(super) async fn find_keys(&mut self, keys: BTreeSet<RefKey>) -> Result<(), Problem> {
        let mut own: Vec<String> = Vec::new();
        let mut by: BTreeMap<(Kind, String), Vec<String>> = BTreeMap::new();
        for key in keys {
            match key {
                RefKey::Key(key) if !self.known.contains(key) => own.push(format!("{key:032x}")),
                RefKey::Attribute(named) if !self.by_attribute.contains_key(&named) => {
                    by.entry((named.kind, named.attribute))
                        .or_default()
                        .push(named.text);
                }
                _ => {}
            }
        }
        for keys in own.chunks(VALUES) {
            let filter = Predicate::any_of("object_key", keys.iter().map(String::as_str))
                .or(Predicate::any_of("name_key", keys.iter().map(String::as_str)));
            for shadow in all(&self.acting, Search::new(Kind::Shadow).filter(filter)).await? {
                if let (Some(target), "linked") = (shadow.reference("target"), shadow.text("state")) {
                    let name_key = Some(shadow.text("name_key")).filter(|key| !key.is_empty());
                    self.remember(shadow.text("object_key"), name_key, target);
                }
            }
        }
        for ((kind, name), texts) in by {
            let known = self.schema.attribute(kind, &name);
            if !known.is_some_and(|definition| definition.searchable) {
                // Not every kind that may be meant has the attribute.
                continue;
            }
            for texts in texts.chunks(VALUES) {
                let filter = Predicate::any_of(name.as_str(), texts.iter().map(String::as_str));
                let mut found: HashMap<String, Option<EntityId>> = HashMap::new();
                for record in all(&self.acting, Search::new(kind).filter(filter)).await? {
                    for value in record.value(&name).map(Value::elements).unwrap_or_default() {
                        if let Some(key) = value.search_key() {
                            // Two records of one name: nobody knows which is meant.
                            found
                                .entry(key.into_owned())
                                .and_modify(|known| *known = None)
                                .or_insert(Some(record.id));
                        }
                    }
                }
                for (text, id) in found {
                    let named = Named {
                        kind,
                        attribute: name.clone(),
                        text,
                    };
                    self.by_attribute.insert(Box::new(named), id);
                }
            }
        }
        Ok(())
    }
}
