//! Finding records: those that rows match, those that cells name, and values that nobody has yet.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use iam_core::{
    model::{EntityId, Kind, Record, Value, fold},
    search::{Deleted, Predicate, Search},
    service::Acting,
    wire::Problem,
};

use crate::table::mapping::{Key, numbered};

/// Values in one search.
const VALUES: usize = 500;
/// References kept in mind; more are looked up again.
const CACHE: usize = 50_000;

/// What a value leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    One(EntityId),
    Many,
}

/// All live records of a kind that have one of the values.
pub(super) async fn having(
    acting: &Acting<'_>,
    kind: Kind,
    attribute: &str,
    values: &[Value],
    deleted: Deleted,
) -> Result<Vec<Arc<Record>>, Problem> {
    let mut found = Vec::new();
    for values in values.chunks(VALUES) {
        let filter = Predicate::any_of(attribute, values.iter().cloned());
        found.extend(all(acting, Search::new(kind).filter(filter).deleted(deleted)).await?);
    }
    Ok(found)
}

/// Everything that matches, page by page.
pub(super) async fn all(acting: &Acting<'_>, search: Search) -> Result<Vec<Arc<Record>>, Problem> {
    let mut search = search.limit(iam_core::search::MAXIMUM_LIMIT);
    let mut found = Vec::new();
    loop {
        let page = acting.search(&search).await?;
        found.extend(page.items);
        match page.next {
            Some(next) => search = search.cursor(next),
            None => return Ok(found),
        }
    }
}

/// The search key of a value; several values have none.
pub(super) fn key_of(value: &Value) -> Option<String> {
    value.search_key().map(std::borrow::Cow::into_owned)
}

/// What cells name, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct References {
    known: HashMap<(Kind, String, String), Found>,
}

impl References {
    /// Looks up what is not known yet.
    pub(super) async fn look_up(&mut self, acting: &Acting<'_>, keys: &[&Key]) -> Result<(), Problem> {
        if self.known.len() > CACHE {
            self.known.clear();
        }
        let mut wanted: BTreeMap<(Kind, &str), BTreeSet<&str>> = BTreeMap::new();
        for key in keys.iter().copied() {
            if let Key::Value { kind, by, text } = key
                && !self
                    .known
                    .contains_key(&(*kind, by.clone(), fold(text).into_owned()))
            {
                wanted.entry((*kind, by)).or_default().insert(text);
            }
        }
        for ((kind, by), texts) in wanted {
            let values: Vec<Value> = texts.into_iter().map(Value::from).collect();
            for record in having(acting, kind, by, &values, Deleted::Exclude).await? {
                for value in record.value(by).map(Value::elements).unwrap_or_default() {
                    if let Some(key) = key_of(value) {
                        self.known
                            .entry((kind, by.to_owned(), key))
                            .and_modify(|found| {
                                if *found != Found::One(record.id) {
                                    *found = Found::Many;
                                }
                            })
                            .or_insert(Found::One(record.id));
                    }
                }
            }
        }
        Ok(())
    }

    /// What a cell names; `None` when there is no such record.
    pub(super) fn get(&self, key: &Key) -> Option<Found> {
        match key {
            Key::Id(id) => Some(Found::One(*id)),
            Key::Value { kind, by, text } => self
                .known
                .get(&(*kind, by.clone(), fold(text).into_owned()))
                .copied(),
        }
    }
}

/// Hands out values that nobody has.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    /// Attribute and search key of what was handed out.
    assigned: HashSet<(String, String)>,
    /// Where counting goes on.
    next: HashMap<(String, String), u32>,
}

impl Distinct {
    /// For each base the value itself or one with a number, in the order of the bases.
    pub(super) async fn assign(
        &mut self,
        acting: &Acting<'_>,
        kind: Kind,
        attribute: &str,
        bases: &[String],
        deleted: Deleted,
    ) -> Result<Vec<String>, Problem> {
        let mut values: Vec<Option<String>> = vec![None; bases.len()];
        let (mut asked, mut taken) = (HashSet::new(), HashSet::new());
        // Each round asks for more numbers at once: few names collide, but those that do collide often.
        let mut width = 1;
        loop {
            let mut ask = Vec::new();
            let mut blocked = HashSet::new();
            for (base, value) in bases.iter().zip(&mut values).filter(|(_, value)| value.is_none()) {
                let folded = fold(base).into_owned();
                if blocked.contains(&folded) {
                    continue;
                }
                let next = self
                    .next
                    .entry((attribute.to_owned(), folded.clone()))
                    .or_insert(1);
                loop {
                    let candidate = numbered(base, *next);
                    let key = fold(&candidate).into_owned();
                    if !asked.contains(&key) {
                        ask.extend((*next..next.saturating_add(width)).map(|number| numbered(base, number)));
                        blocked.insert(folded);
                        break;
                    }
                    *next = next.saturating_add(1);
                    if !taken.contains(&key) && self.assigned.insert((attribute.to_owned(), key)) {
                        *value = Some(candidate);
                        break;
                    }
                }
            }
            if ask.is_empty() {
                return Ok(values.into_iter().flatten().collect());
            }
            let wanted: Vec<Value> = ask.iter().map(|text| Value::from(text.as_str())).collect();
            for record in having(acting, kind, attribute, &wanted, deleted).await? {
                taken.extend(record.value(attribute).and_then(key_of));
            }
            asked.extend(ask.iter().map(|text| fold(text).into_owned()));
            width = (width * 4).min(64);
        }
    }
}
