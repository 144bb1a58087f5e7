//! One page: mapped, matched with links and records, decided, committed as a whole.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use iam_core::{
    command::ShadowState,
    model::{EntityId, Kind, Record, Situation, SyncAction, SyncKind, Value},
    port::SourceObject,
    search::{Deleted, Predicate, Search},
    wire::Problem,
};

use super::{Finding, Run, ahead::Sighted, all, compact};
use crate::reconcile::{
    Decision, Evidence, Link, Mapped, Sight, Target, Verdict, correlate, decide,
    key::{ObjectKey, name_key, object_key},
    mapping::attribute_of,
};

/// Values in one search.
pub(super) const VALUES: usize = 500;

/// An object on its way.
pub(super) struct Item {
    pub(super) object: SourceObject,
    pub(super) mapped: Mapped,
    pub(super) key: String,
    pub(super) name_key: Option<String>,
    pub(super) shadow: Option<Arc<Record>>,
    /// What was kept of the object before it was found to be the successor of another one, whose link it has now.
    pub(super) replaces: Option<Arc<Record>>,
    pub(super) target: Option<Arc<Record>>,
    pub(super) decision: Decision,
    /// The record, be it new.
    pub(super) id: Option<EntityId>,
    /// Only what holds strongly is written: the source says what it said.
    pub(super) repair: bool,
}

impl Item {
    /// The name under which people find it.
    pub(super) fn title(&self) -> String {
        let named = ["user_name", "name", "email", "display_name"]
            .into_iter()
            .find_map(|attribute| self.mapped.text(attribute));
        self.object
            .name
            .as_deref()
            .or(named)
            .unwrap_or(&self.object.identifier)
            .to_owned()
    }

    pub(super) fn finding(&self, kind: SyncKind, code: &str, message: &str) -> Finding {
        Finding {
            kind: Some(kind),
            object: Some(self.title()),
            record: self.id,
            situation: Some(self.decision.situation),
            action: Some(self.decision.action),
            code: code.to_owned(),
            message: message.to_owned(),
            changes: Vec::new(),
        }
    }
}

/// What is kept of objects that are gone, by the records that they were linked to.
type Left = HashMap<EntityId, Arc<Record>>;

pub(super) fn state_of(shadow: &Record) -> ShadowState {
    ShadowState::from_name(shadow.text("state")).unwrap_or_default()
}

/// Whether an object asks for what it asked for before, and has it.
fn is_settled(shadow: &Record, digest: &str) -> bool {
    shadow.text("digest") == digest
        && state_of(shadow) == ShadowState::Linked
        && shadow.value("missing_since").is_none()
}

impl Run<'_> {
    /// The objects of a page that have to be looked at.
    pub(super) async fn take_in(&mut self, kind: SyncKind, sighted: Sighted) -> Result<Vec<Item>, Problem> {
        let Sighted { page, marks } = sighted;
        self.pages += 1;
        for line in &page.unreadable {
            self.count(kind).failed += 1;
            self.find(Finding {
                kind: Some(kind),
                ..Finding::of_run("object.unreadable", line)
            });
        }
        self.count(kind).read += page.objects.len() as u64;
        self.hear(kind, &page.objects);
        if let Some(state) = self.kinds.get_mut(&kind) {
            for identifier in &page.unchanged {
                let key = compact(&object_key(self.source, kind, identifier));
                state.seen.insert(key, ());
            }
            state.deleted.extend(page.deleted);
        }
        if kind == SyncKind::Membership {
            self.pairs(page.objects)?;
            return Ok(Vec::new());
        }
        let items = self.items(kind, page.objects, marks).await?;
        Ok(self.changed(kind, items))
    }

    /// Whoever looks only is told which of the attributes that the rules name nobody has.
    fn hear(&mut self, kind: SyncKind, objects: &[SourceObject]) {
        if let Some(unheard) = self.unheard.get_mut(&kind) {
            unheard.retain(|(attribute, _)| {
                !objects
                    .iter()
                    .any(|object| attribute_of(object, attribute).is_some())
            });
        }
    }

    /// Tells it, when the source has anything at all.
    pub(super) fn tell_unheard(&mut self) {
        for (kind, unheard) in std::mem::take(&mut self.unheard) {
            if self.count(kind).read == 0 {
                continue;
            }
            for (attribute, to) in unheard {
                let message = format!(
                    "no {} of the source has `{attribute}`, from which `{to}` comes",
                    kind.name()
                );
                self.find(Finding {
                    kind: Some(kind),
                    ..Finding::of_run("mapping.unheard", &message)
                });
            }
        }
    }

    /// Maps the objects and finds their links.
    async fn items(
        &mut self,
        kind: SyncKind,
        objects: Vec<SourceObject>,
        marks: Vec<(ObjectKey, Option<String>)>,
    ) -> Result<Vec<Item>, Problem> {
        // Where nothing was known when the run began there is nothing to look up: it has the lease, and names each object once.
        let shadows = match self.kinds.get(&kind) {
            Some(state) if state.known == 0 => BTreeMap::new(),
            _ => {
                let keys = marks.iter().map(|(key, _)| key.as_str());
                self.acting.find_all_by(Kind::Shadow, "object_key", keys).await?
            }
        };
        let only_changes = self.rules.only_changes;
        let mut items = Vec::new();
        for (mut object, (key, digest)) in objects.into_iter().zip(marks) {
            let shadow = shadows.get(&key).cloned();
            let Some(state) = self.kinds.get_mut(&kind) else {
                continue;
            };
            if !state.seen.insert(compact(&key), ()) {
                let shown: String = object.identifier.chars().take(60).collect();
                self.count(kind).failed += 1;
                self.find(Finding {
                    kind: Some(kind),
                    object: Some(shown),
                    ..Finding::of_run(
                        "object.duplicate",
                        "the source names this identifier twice; the first one counts",
                    )
                });
                continue;
            }
            let target = shadow.as_ref().and_then(|shadow| shadow.reference("target"));
            state.met += u64::from(shadow.is_some());
            // What is as it was is not even mapped.
            if only_changes
                && let Some(shadow) = &shadow
                && digest.is_some_and(|digest| is_settled(shadow, &digest))
            {
                self.count(kind).unchanged += 1;
                if let Some(target) = target {
                    let name_key = Some(shadow.text("name_key")).filter(|key| !key.is_empty());
                    self.remember(&key, name_key, target);
                }
                continue;
            }
            let mapped = state.mapper.map(&object);
            // Steps on their way are the largest part of what a run holds: they keep what the object is called, and no more.
            object.attributes.clear();
            let name_key = object.name.as_deref().map(|name| name_key(self.source, name));
            if let Some(target) = target {
                self.remember(&key, name_key.as_deref(), target);
            }
            items.push(Item {
                object,
                mapped,
                key,
                name_key,
                shadow,
                replaces: None,
                target: None,
                decision: Decision {
                    situation: Situation::Ignored,
                    action: SyncAction::Ignore,
                    target: None,
                    revive: false,
                    candidates: Vec::new(),
                },
                id: None,
                repair: false,
            });
        }
        Ok(items)
    }

    /// Keeps under which keys others may name a record, as far as any of the rules names by them.
    pub(super) fn remember(&mut self, key: &str, name_key: Option<&str>, id: EntityId) {
        if self.named_by.identifier {
            self.known.insert(compact(key), id);
        }
        if let Some(name_key) = name_key.filter(|_| self.named_by.name) {
            self.known.insert(compact(name_key), id);
        }
    }

    /// Leaves out what asks for what it asked for before (S0-125).
    fn changed(&mut self, kind: SyncKind, items: Vec<Item>) -> Vec<Item> {
        let only_changes = self.rules.only_changes;
        let mut changed = Vec::new();
        for mut item in items {
            let settled = item
                .shadow
                .as_ref()
                .is_some_and(|shadow| is_settled(shadow, &item.mapped.digest));
            let ignored = item
                .shadow
                .as_ref()
                .is_some_and(|shadow| state_of(shadow) == ShadowState::Ignored);
            if ignored {
                self.count(kind).ignored += 1;
            } else if settled && only_changes {
                self.count(kind).unchanged += 1;
            } else {
                item.repair = settled;
                changed.push(item);
            }
        }
        changed
    }

    /// Finds the records that the objects are linked to, or may be. Those of a step that is just being written are
    /// spoken for.
    pub(super) async fn match_records(
        &mut self,
        kind: SyncKind,
        items: &mut [Item],
        spoken_for: &HashSet<EntityId>,
    ) -> Result<(), Problem> {
        let Some(record_kind) = kind.record_kind().filter(|_| !items.is_empty()) else {
            return Ok(());
        };
        let linked: BTreeSet<EntityId> = items
            .iter()
            .filter_map(|item| item.shadow.as_ref()?.reference("target"))
            .collect();
        let targets: HashMap<EntityId, Arc<Record>> = self
            .acting
            .find_all(linked)
            .await?
            .into_iter()
            .map(|record| (record.id, record))
            .collect();
        let rules = self.rules.kinds.get(&kind).cloned().unwrap_or_default();
        let attributes: BTreeSet<&str> = rules
            .correlation
            .iter()
            .flat_map(|tier| &tier.correlators)
            .map(|correlator| correlator.attribute.as_str())
            .collect();
        let is_linked = |item: &Item| {
            item.shadow
                .as_ref()
                .is_some_and(|shadow| shadow.value("target").is_some())
        };
        // By attribute and search key the records that have it.
        let mut having: HashMap<(&str, String), BTreeSet<EntityId>> = HashMap::new();
        for attribute in &attributes {
            let values: BTreeMap<String, Value> = items
                .iter()
                .filter(|item| !is_linked(item))
                .filter_map(|item| item.mapped.value(attribute))
                .filter_map(|value| Some((value.search_key()?.into_owned(), value.clone())))
                .collect();
            let values: Vec<Value> = values.into_values().collect();
            for values in values.chunks(VALUES) {
                let filter = Predicate::any_of(*attribute, values.iter().cloned());
                let search = Search::new(record_kind).filter(filter).deleted(Deleted::Exclude);
                for record in all(&self.acting, search).await? {
                    for value in record.value(attribute).map(Value::elements).unwrap_or_default() {
                        if let Some(key) = value.search_key() {
                            having
                                .entry((attribute, key.into_owned()))
                                .or_default()
                                .insert(record.id);
                        }
                    }
                }
            }
        }
        let mut verdicts = Vec::with_capacity(items.len());
        let mut meant: BTreeSet<EntityId> = BTreeSet::new();
        for item in items.iter() {
            let mut evidence = Evidence::new();
            if !is_linked(item) {
                for attribute in &attributes {
                    let key = item.mapped.value(attribute).and_then(Value::search_key);
                    if let Some(found) = key.and_then(|key| having.get(&(*attribute, key.into_owned()))) {
                        evidence.insert((*attribute).to_owned(), found.clone());
                    }
                }
            }
            let verdict = correlate(&rules.correlation, &evidence);
            if let Verdict::One(id) = verdict {
                meant.insert(id);
            }
            verdicts.push(verdict);
        }
        let (mut taken, mut left) = self.linked_elsewhere(&meant).await?;
        taken.extend(meant.iter().filter(|id| spoken_for.contains(id)));
        let found: HashMap<EntityId, Arc<Record>> = self
            .acting
            .find_all(meant)
            .await?
            .into_iter()
            .map(|record| (record.id, record))
            .collect();
        for (item, verdict) in items.iter_mut().zip(verdicts) {
            // Whoever left and came back as a new object of the source is the same person: the link goes on.
            if let (Verdict::One(id), true) = (&verdict, item.mapped.qualifies)
                && !is_linked(item)
                && !taken.contains(id)
                && let Some(before) = left.remove(id)
            {
                taken.insert(*id);
                item.replaces = item.shadow.replace(before);
                if let Some(state) = self.kinds.get_mut(&kind) {
                    state.met += 1;
                }
            }
            let link = item.shadow.as_ref().map(|shadow| Link {
                target: shadow.reference("target"),
                state: state_of(shadow),
                delete_after: shadow.moment("delete_after"),
                create: shadow.text("problem_code") == "review.create",
            });
            let linked = link.as_ref().and_then(|link| link.target);
            item.target = linked.and_then(|id| targets.get(&id).or_else(|| found.get(&id)).cloned());
            let is_taken = match verdict {
                Verdict::One(id) => !taken.insert(id),
                _ => false,
            };
            let sight = Sight {
                present: true,
                qualifies: item.mapped.qualifies,
                link,
                target: match &item.target {
                    Some(record) if record.value("erased_at").is_some() => Target::Gone,
                    Some(record) if record.is_deleted() => Target::Deleted,
                    Some(_) => Target::Live,
                    None => Target::Gone,
                },
                verdict,
                taken: is_taken,
            };
            item.decision = decide(&rules, &sight);
            if item.decision.situation == Situation::Found {
                item.target = item.decision.target.and_then(|id| found.get(&id).cloned());
            }
            item.id = match item.decision.action {
                SyncAction::Create => Some(self.new_id(record_kind, &item.key)),
                _ => item.decision.target,
            };
        }
        Ok(())
    }

    /// Records that another object of this source is linked to, and those whose object is gone, with what is kept of it.
    async fn linked_elsewhere(&self, ids: &BTreeSet<EntityId>) -> Result<(HashSet<EntityId>, Left), Problem> {
        let ids: Vec<EntityId> = ids.iter().copied().collect();
        let (mut taken, mut left) = (HashSet::new(), Left::new());
        for ids in ids.chunks(VALUES) {
            let filter = Predicate::any_of("target", ids.iter().copied()).and(Predicate::eq(
                "identity_source",
                EntityId::from(self.source).to_string(),
            ));
            for shadow in all(&self.acting, Search::new(Kind::Shadow).filter(filter)).await? {
                let Some(target) = shadow.reference("target") else {
                    continue;
                };
                match state_of(&shadow) {
                    ShadowState::Missing => drop(left.insert(target, shadow)),
                    _ => drop(taken.insert(target)),
                }
            }
        }
        Ok((taken, left))
    }
}
