//! Whom conditions select: searches for decisions, several in one pass where they ask for values of one attribute.

use std::{collections::BTreeMap, sync::Arc};

use super::driver;
use crate::{
    model::{EntityId, Kind, Record},
    plan::{Context, Facts, Matching, Needs, Schema},
    port::{Find, Storage},
    search::{Checked, CheckedSearch, Limits, MAXIMUM_LIMIT, Search, Subject, Test},
    wire::{Code, Problem},
};

/// So many conditions on one attribute are worth a pass of their own.
const SEVERAL: usize = 4;
/// So many conditions are answered by one pass.
const TOGETHER: usize = 50;

/// Searches where a decision asks whom a condition selects.
pub(super) async fn find(
    storage: &dyn Storage,
    schema: &Schema,
    context: &Context,
    needs: &Needs,
    facts: &mut Facts,
) -> Result<(), Problem> {
    if needs.matching.is_empty() {
        return Ok(());
    }
    // Whoever comes or goes from here on has a later revision.
    facts.matched_at = Some(storage.standing().await?.stable.0);
    let mut open = Vec::new();
    let mut by_attribute: BTreeMap<(Kind, String), Vec<Asked<'_>>> = BTreeMap::new();
    for set in &needs.matching {
        let search = search_of(schema, set)?;
        match Asked::of(set, &search) {
            Some(asked) => {
                let key = (set.kind, asked.attribute.clone());
                by_attribute.entry(key).or_default().push(asked);
            }
            None => open.push(set),
        }
    }
    for list in by_attribute.into_values() {
        if list.len() < SEVERAL {
            open.extend(list.iter().map(|asked| asked.set));
            continue;
        }
        for part in list.chunks(TOGETHER) {
            open.extend(together(storage, schema, context, part, facts).await?);
        }
    }
    for set in open {
        let ids = alone(storage, schema, context, set, facts).await?;
        facts.matching.insert(set.clone(), ids);
    }
    Ok(())
}

fn search_of(schema: &Schema, set: &Matching) -> Result<CheckedSearch, Problem> {
    let malformed = |error| Problem::new(Code::Malformed, "a condition cannot be read").caused_by(error);
    let filter = serde_json::from_str(&set.filter).map_err(malformed)?;
    let search = Search::new(set.kind)
        .filter(filter)
        .limit(set.limit.clamp(1, MAXIMUM_LIMIT));
    Ok(search.check(&|name| schema.attribute(set.kind, name), &Limits::default())?)
}

/// The exact answer for one condition.
async fn alone(
    storage: &dyn Storage,
    schema: &Schema,
    context: &Context,
    set: &Matching,
    facts: &mut Facts,
) -> Result<Option<Vec<EntityId>>, Problem> {
    let malformed = |error| Problem::new(Code::Malformed, "a condition cannot be read").caused_by(error);
    let filter = serde_json::from_str(&set.filter).map_err(malformed)?;
    let mut search = Search::new(set.kind)
        .filter(filter)
        // One more than there may be says that there are too many.
        .limit(set.limit.saturating_add(1).clamp(1, MAXIMUM_LIMIT));
    let mut found = Vec::new();
    loop {
        let page = driver::selected(storage, schema, context.realm, context.now, &search).await?;
        for record in page.items {
            found.push(record.id);
            know(facts, record);
        }
        match page.next {
            _ if found.len() > set.limit as usize => return Ok(None),
            Some(next) => search = search.cursor(next),
            None => return Ok(Some(found)),
        }
    }
}

/// Whoever asks whom a condition selects looks at each: the records that were found need not be loaded.
fn know(facts: &mut Facts, record: Arc<Record>) {
    facts.records.entry(record.id).or_insert(Some(record));
}

/// A condition that only records with one of some values of an attribute satisfy.
struct Asked<'a> {
    set: &'a Matching,
    attribute: String,
    /// The test of the attribute.
    leaf: Checked,
    keys: Vec<String>,
    /// All of the condition that the record alone answers.
    own: Checked,
}

impl<'a> Asked<'a> {
    fn of(set: &'a Matching, search: &CheckedSearch) -> Option<Asked<'a>> {
        let parts = match &search.filter {
            Checked::And(list) => list.as_slice(),
            one => std::slice::from_ref(one),
        };
        let (attribute, leaf, keys) = parts.iter().find_map(|part| match part {
            Checked::Leaf {
                attribute,
                derived: false,
                test,
                ..
            } if !matches!(attribute.as_str(), "id" | "revision") => {
                let keys = match test {
                    Test::Equals(key) => vec![key.clone()],
                    Test::OneOf(keys) => keys.iter().cloned().collect(),
                    _ => return None,
                };
                Some((attribute.clone(), part.clone(), keys))
            }
            _ => None,
        })?;
        let own = parts.iter().filter(|part| is_own(part));
        Some(Asked {
            set,
            attribute,
            leaf,
            keys,
            own: own.cloned().fold(Checked::All, Checked::and),
        })
    }
}

/// Whether the record alone answers it.
fn is_own(part: &Checked) -> bool {
    match part {
        Checked::All | Checked::None => true,
        Checked::And(list) | Checked::Or(list) => list.iter().all(is_own),
        Checked::Not(inner) => is_own(inner),
        Checked::Leaf {
            attribute, derived, ..
        } => !derived && attribute != "revision",
    }
}

/// One pass for several conditions. What edges answer is left out, so that some may be told who would not be found by the
/// condition alone, as those who are members already: whoever asks looks at each anyway. Answers with the conditions that
/// have to be asked alone.
async fn together<'a>(
    storage: &dyn Storage,
    schema: &Schema,
    context: &Context,
    list: &[Asked<'a>],
    facts: &mut Facts,
) -> Result<Vec<&'a Matching>, Problem> {
    let all = || list.iter().map(|asked| asked.set).collect::<Vec<_>>();
    let (Some(first), most) = (
        list.first(),
        list.iter().map(|asked| asked.set.limit).sum::<u32>(),
    ) else {
        return Ok(Vec::new());
    };
    let mut search = search_of(schema, first.set)?;
    let leaves = list.iter().map(|asked| asked.leaf.clone());
    search.filter = leaves.fold(Checked::None, Checked::or);
    search.limit = most;
    let find = Find {
        realm: context.realm,
        search,
        now: context.now,
        any_end: false,
    };
    let page = storage.search(&find).await?;
    if page.next.is_some() {
        return Ok(all());
    }
    let mut asking: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, asked) in list.iter().enumerate() {
        for key in &asked.keys {
            asking.entry(key).or_default().push(place);
        }
    }
    let mut found = vec![Vec::new(); list.len()];
    for record in &page.items {
        let mut places = Vec::new();
        record.any_key(&first.attribute, &mut |key| {
            places.extend(asking.get(key).into_iter().flatten().copied());
            false
        });
        places.sort_unstable();
        places.dedup();
        let mut selected = false;
        for place in places {
            if let (Some(asked), Some(found)) = (list.get(place), found.get_mut(place))
                && asked.own.matches(&**record)
            {
                found.push(record.id);
                selected = true;
            }
        }
        if selected {
            know(facts, record.clone());
        }
    }
    let mut alone = Vec::new();
    for (asked, ids) in list.iter().zip(found) {
        match ids.len() <= asked.set.limit as usize {
            true => drop(facts.matching.insert(asked.set.clone(), Some(ids))),
            false => alone.push(asked.set),
        }
    }
    Ok(alone)
}
