//! Taking journal entries back on a draft.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    as_of::salt,
    rollback::{OnConflict, Opened, needs},
    undo_check::{Thing, violations},
};
use crate::{
    command::{effects, touch_schema},
    model::{AttributeDefinition, Edge, EntityId, Kind, Record, UserId},
    plan::{Cause, Delta, Draft, JournalEntry, Needs, SCHEMA_KINDS, Settings, Step, Stop},
    rules::status::put_out_by,
    wire::{Code, Problem},
};

/// Takes the entries back on a draft; returns the conflicts that were skipped.
///
/// Things that cannot go back are left out, and so is what they would leave in pieces, until the rest is whole.
pub(super) fn undo_all(
    draft: &mut Draft<'_>,
    entries: &[Opened],
    on_conflict: OnConflict,
) -> Result<Vec<String>, Stop> {
    draft.need(needs(entries))?;
    let savepoint = draft.savepoint();
    let mut left_out: BTreeMap<Thing, String> = BTreeMap::new();
    loop {
        let found = attempt(draft, entries, &left_out)?;
        if found.is_empty() {
            let written = draft.records_since(savepoint);
            if written.keys().any(|id| SCHEMA_KINDS.contains(&id.kind)) {
                touch_schema(draft)?;
            }
            return Ok(left_out.into_values().collect());
        }
        draft.revert(savepoint);
        left_out.extend(found);
        if on_conflict == OnConflict::Refuse {
            let message = format!("{} of the changes cannot be taken back", left_out.len());
            return Err(Problem::new(Code::RollbackConflict, message)
                .with_details(left_out.into_values())
                .into());
        }
    }
}

/// Takes everything back but what is left out. Returns what has to be left out as well: then nothing of it counts.
fn attempt(
    draft: &mut Draft<'_>,
    entries: &[Opened],
    left_out: &BTreeMap<Thing, String>,
) -> Result<BTreeMap<Thing, String>, Stop> {
    let mut found: BTreeMap<Thing, String> = BTreeMap::new();
    // One working copy for each record: entries of one record undo each other in turn.
    let mut copies: BTreeMap<EntityId, Option<Record>> = BTreeMap::new();
    let mut touched: BTreeSet<Thing> = BTreeSet::new();
    for Opened {
        recorded,
        delta,
        unreadable,
    } in entries
    {
        let entry = &recorded.entry;
        let id = entry.subject;
        let thing = entry.edge.map_or(Thing::Record(id), Thing::Edge);
        if left_out.contains_key(&thing) || found.contains_key(&thing) {
            continue;
        }
        touched.insert(thing);
        let conflict = if let Some(key) = entry.edge {
            let (before, after) = delta.edge.clone().unwrap_or_default();
            let (before, after) = (
                before.map(|body| body.with_key(key)),
                after.map(|body| body.with_key(key)),
            );
            let there = draft.edge(key)?;
            if there != after && entry.cause == Cause::Rule {
                // Rules decide it again afterwards, whatever it was.
                Ok(())
            } else if there != after {
                Err(edge_conflict(&after, key.from, key.to, key.relation.name()))
            } else {
                match before {
                    Some(edge) => drop(draft.put_edge(edge, Cause::Rollback)?),
                    None => drop(draft.remove_edge(key, Cause::Rollback)?),
                }
                Ok(())
            }
        } else if *unreadable {
            Err(format!(
                "{id}: its personal values were erased and cannot come back"
            ))
        } else {
            if let std::collections::btree_map::Entry::Vacant(vacant) = copies.entry(id) {
                vacant.insert(draft.record(id)?.as_deref().cloned());
            }
            match copies.get_mut(&id) {
                Some(copy) => {
                    secret_stays(copy.as_ref(), entry, delta).and_then(|()| undo_record(copy, entry, delta))
                }
                None => Ok(()),
            }
        };
        if let Err(line) = conflict {
            found.insert(thing, line);
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    write_all(draft, copies, &mut found)?;
    if found.is_empty() {
        // An edge that is gone in the end asks for nothing.
        let mut standing = BTreeSet::new();
        for thing in touched {
            let stands = match thing {
                Thing::Record(_) => true,
                Thing::Edge(key) => draft.edge(key)?.is_some(),
            };
            if stands {
                standing.insert(thing);
            }
        }
        found.extend(violations(draft, &standing)?);
    }
    Ok(found)
}

fn write_all(
    draft: &mut Draft<'_>,
    copies: BTreeMap<EntityId, Option<Record>>,
    found: &mut BTreeMap<Thing, String>,
) -> Result<(), Stop> {
    let mut open: Vec<(EntityId, Option<Record>)> = copies.into_iter().collect();
    // Records that pass on a unique name have to go in the right order: go on as long as one more can be written.
    while !open.is_empty() {
        let before = open.len();
        let mut stuck = Vec::new();
        // What all of them still have to know is loaded at once, not record by record.
        let mut missing = Needs::default();
        for (id, copy) in open {
            match write(draft, id, copy.clone()) {
                Ok(()) => {}
                Err(Stop::Missing(needs)) => missing.extend(*needs),
                Err(Stop::Refused(problem)) if problem.code == Code::Taken => stuck.push((id, copy)),
                Err(stop) => return Err(stop),
            }
        }
        if !missing.is_empty() {
            return Err(missing.into());
        }
        if stuck.len() == before {
            let refused = exchange(draft, stuck)?.into_iter();
            found.extend(
                refused.map(|(id, problem)| (Thing::Record(id), format!("{id}: {}", problem.message))),
            );
            break;
        }
        open = stuck;
    }
    Ok(())
}

/// Writes records that wait for each other's unique names: all of them let go first. Gives back those whose name
/// belongs to somebody else, and why.
fn exchange(
    draft: &mut Draft<'_>,
    mut ring: Vec<(EntityId, Option<Record>)>,
) -> Result<Vec<(EntityId, Box<Problem>)>, Stop> {
    let mut refused = Vec::new();
    'again: loop {
        let savepoint = draft.savepoint();
        for (id, copy) in &ring {
            draft.let_go(*id, copy.as_ref())?;
        }
        for (place, (id, copy)) in ring.iter().enumerate() {
            match write(draft, *id, copy.clone()) {
                Ok(()) => {}
                Err(Stop::Refused(problem)) if problem.code == Code::Taken => {
                    draft.revert(savepoint);
                    refused.push((*id, problem));
                    ring.remove(place);
                    continue 'again;
                }
                Err(stop) => return Err(stop),
            }
        }
        return Ok(refused);
    }
}

fn write(draft: &mut Draft<'_>, id: EntityId, copy: Option<Record>) -> Result<(), Stop> {
    match copy {
        Some(record) => {
            let before = draft.record(id)?;
            reindex(draft, before.as_deref(), Some(&record));
            if draft.put(record, Cause::Rollback)? {
                sign_out(draft, before.as_deref(), id)?;
                draft.event(&format!("{}.rolled_back", id.kind), id, []);
                draft.subject(id);
            }
        }
        None => {
            let Some(record) = draft.record(id)? else {
                return Ok(());
            };
            if id.kind == Kind::User {
                // A person that was created is put aside, not destroyed: undeleting brings the person back.
                let mut record = (*record).clone();
                record.set("deleted_at", Some(draft.context.now.into()));
                draft.put(record, Cause::Rollback)?;
                effects(draft, UserId(id.uuid), "user.delete")?;
            } else {
                reindex(draft, Some(&record), None);
                draft.remove(id, Cause::Rollback)?;
            }
            draft.event(&format!("{}.rolled_back", id.kind), id, []);
            draft.subject(id);
        }
    }
    Ok(())
}

/// Whoever is kept out again by an undoing is signed out like by every other way.
fn sign_out(draft: &mut Draft<'_>, before: Option<&Record>, id: EntityId) -> Result<(), Stop> {
    let now = draft.context.now;
    let Some(after) = draft.record(id)?.filter(|_| id.kind == Kind::User) else {
        return Ok(());
    };
    match put_out_by(&after, now) {
        Some(transition) if before.is_none_or(|before| put_out_by(before, now).is_none()) => {
            effects(draft, UserId(id.uuid), transition)
        }
        _ => Ok(()),
    }
}

/// A schema that goes back asks for the same as one that goes on: names follow the uniqueness of attributes.
fn reindex(draft: &mut Draft<'_>, before: Option<&Record>, after: Option<&Record>) {
    let Some(id) = after.or(before).map(|record| record.id) else {
        return;
    };
    let mut changed: BTreeSet<String> = BTreeSet::new();
    match id.kind {
        Kind::Realm => {
            let (old, new) = (settings(before), settings(after));
            changed.extend(old.unique.symmetric_difference(&new.unique).cloned());
            if old.deleted_keep_names != new.deleted_keep_names {
                changed.insert("*".to_owned());
            }
        }
        Kind::Attribute => {
            let (old, new) = (unique(before), unique(after));
            changed.extend(old.symmetric_difference(&new).cloned());
        }
        _ => {}
    }
    let realm = draft.context.realm;
    for attribute in changed {
        draft.effect("schema.reindex", realm, [("attribute", attribute.into())]);
    }
}

fn settings(record: Option<&Record>) -> Settings {
    record
        .and_then(|record| serde_json::to_value(record.value("settings")?).ok())
        .and_then(|value| crate::model::from_json(value).ok())
        .unwrap_or_default()
}

/// The unique attribute that the record declares, as `kind.attribute`.
fn unique(record: Option<&Record>) -> BTreeSet<String> {
    record
        .filter(|record| !record.is_deleted())
        .and_then(|record| serde_json::to_value(record.value("definition")?).ok())
        .and_then(|value| crate::model::from_json::<AttributeDefinition>(value).ok())
        .filter(|definition| definition.unique)
        .map(|definition| format!("{}.{}", definition.kind, definition.name))
        .into_iter()
        .collect()
}

/// Notes of who touched it when are no conflict.
fn is_note(name: &str) -> bool {
    matches!(name, "changed_at" | "changed_by" | "schema_epoch")
}

/// A secret that was replaced or destroyed was not written down. What was created with one can go again as long as
/// nobody touched it.
fn secret_stays(copy: Option<&Record>, entry: &JournalEntry, delta: &Delta) -> Result<(), String> {
    let untouched = copy.is_some_and(|record| record.version == entry.version);
    if delta.secrets.is_empty() || (entry.step == Step::Create && untouched) {
        Ok(())
    } else {
        Err(format!(
            "{}: a secret that was changed cannot come back",
            entry.subject
        ))
    }
}

fn undo_record(copy: &mut Option<Record>, entry: &JournalEntry, delta: &Delta) -> Result<(), String> {
    let id = entry.subject;
    match (entry.step, copy.as_mut()) {
        (Step::Remove, None) => {
            if id.kind == Kind::User {
                return Err(format!("{id}: a purged user cannot come back"));
            }
            let mut record = Record::new(id);
            delta.undo(&mut record.attributes);
            record.version = entry.version;
            *copy = Some(record);
            Ok(())
        }
        (Step::Remove, Some(_)) => Err(format!("{id}: it was created again since")),
        (_, None) => Err(format!("{id}: it was removed since")),
        (Step::Create, Some(record)) => {
            let changed = record
                .attributes
                .iter()
                .filter(|(name, _)| !is_note(name) && !delta.secrets.contains(name.as_str()))
                .find(|(name, value)| {
                    delta.values.get(name.as_str()).and_then(|(_, new)| new.as_ref()) != Some(*value)
                });
            if let Some((name, _)) = changed {
                return Err(format!("{id}: `{name}` was changed since"));
            }
            *copy = None;
            Ok(())
        }
        (Step::Update, Some(record)) => {
            for (name, (old, new)) in delta.values.iter().filter(|(name, _)| !is_note(name)) {
                if record.value(name) != new.as_ref() && record.value(name) != old.as_ref() {
                    return Err(format!("{id}: `{name}` was changed since"));
                }
            }
            for (name, (old, _)) in delta.values.iter().filter(|(name, _)| !is_note(name)) {
                record.set(name, old.clone());
            }
            // An erased person's salt is gone and stays so.
            record.salt = salt(Some(&*record));
            Ok(())
        }
    }
}

fn edge_conflict(after: &Option<Edge>, from: EntityId, to: EntityId, relation: &str) -> String {
    let what = if after.is_some() {
        "was changed or removed since"
    } else {
        "was made again since"
    };
    format!("{from} {relation} {to}: {what}")
}
