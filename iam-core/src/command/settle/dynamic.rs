//! Dynamic roles and groups: who is selected, after something that a condition reads has changed.
//!
//! Rules are looked up by the attributes that they read, so a change runs only those that it can concern.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::around::{self, Around};
use crate::{
    model::{EdgeKey, EdgeOrigin, EntityId, Kind, Record, Relation, Value},
    plan::{Cause, Direction, Draft, EdgesOf, Matching, Needs, Savepoint, Schema, Stop},
    rules::{Rule, RuleOverlay, grant, subject::Surrounded},
    search::Predicate,
};

/// How many members a change of a rule moves in its own plan; beyond, they are moved after the commit.
pub(in crate::command) const IN_PLAN: u32 = 500;
/// A command about more records than these asks for their edges when it is known that they matter.
const PREFETCHED: usize = 64;

/// Subject → rules to evaluate, by the identifiers of their records.
type Work = BTreeMap<EntityId, BTreeSet<EntityId>>;
/// Records before and after.
type Changed = BTreeMap<EntityId, (Option<Arc<Record>>, Option<Arc<Record>>)>;

/// Asks with the records of a command for the edges that rules on them may write.
pub(in crate::command) fn prefetch(schema: &Schema, needs: &mut Needs) {
    if needs.records.len() > PREFETCHED {
        return;
    }
    for id in &needs.records {
        for relation in schema.rule_book().written(id.kind) {
            needs.edges.insert(EdgesOf {
                id: *id,
                direction: Direction::From,
                relation,
            });
        }
    }
}

/// Brings the membership of whatever changed since the savepoint into line; with `again` also that of everybody whose
/// membership itself was written.
pub(super) fn settle(draft: &mut Draft<'_>, start: Savepoint, again: bool) -> Result<(), Stop> {
    let changed_rules: Changed = draft
        .records_since(start)
        .into_iter()
        .filter(|(id, _)| id.kind == Kind::Rule)
        .filter(|(_, (before, after))| {
            let rule = |record: &Option<Arc<Record>>| record.as_deref().and_then(Rule::stored);
            rule(before) != rule(after)
        })
        .collect();
    let rules = draft.rules();
    if rules.is_empty() && changed_rules.is_empty() {
        return Ok(());
    }
    let mut work = Work::new();
    by_records(draft, start, &rules, &mut work)?;
    by_edges(draft, start, &rules, &mut work)?;
    if again {
        for key in draft.edges_since(start) {
            let id = Rule::id(key.to);
            let ruled = rules
                .get(&id)
                .is_some_and(|rule| rule.selects == key.from.kind && rule.relation() == key.relation);
            if ruled && draft.is_here(key.from) {
                work.entry(key.from).or_default().insert(id);
            }
        }
    }
    by_tree(draft, start, &rules, &mut work)?;
    by_rules(draft, &changed_rules, &rules, &mut work)?;
    apply(draft, &rules, work, &changed_rules)
}

/// Evaluates one rule on subjects and brings their membership into line; a rule that is gone selects nobody.
pub(in crate::command) fn evaluate(
    draft: &mut Draft<'_>,
    owner: EntityId,
    subjects: &BTreeSet<EntityId>,
) -> Result<(), Stop> {
    let rules = draft.rules();
    let id = Rule::id(owner);
    let work = subjects
        .iter()
        .map(|subject| (*subject, BTreeSet::from([id])))
        .collect();
    let gone = match rules.get(&id).is_some() {
        true => BTreeMap::new(),
        false => BTreeMap::from([(id, owner)]),
    };
    carry_out(draft, &rules, work, &gone)
}

/// Records that appeared, came back, or changed in what a rule reads.
fn by_records(
    draft: &mut Draft<'_>,
    start: Savepoint,
    rules: &RuleOverlay,
    work: &mut Work,
) -> Result<(), Stop> {
    let mut reports = Vec::new();
    for (id, (before, after)) in draft.records_since(start) {
        let live = |record: &Option<Arc<Record>>| record.as_ref().is_some_and(|record| !record.is_deleted());
        let flips = live(&before) != live(&after);
        // Who reports to somebody who is deleted has no manager.
        if flips && id.kind == Kind::User && before.is_some() {
            reports.push(id);
        }
        if !live(&after) {
            continue;
        }
        let states = [before.as_deref(), after.as_deref()];
        let concerned: BTreeSet<EntityId> = match (flips, states) {
            (true, [None, Some(new)]) => rules.selecting(new),
            (true, _) => rules.of_kind(id.kind).collect(),
            (false, _) => {
                let mut concerned = BTreeSet::new();
                for name in changed(states) {
                    rules.reading_change(id.kind, name, states, &mut concerned);
                }
                concerned
            }
        };
        if !concerned.is_empty() {
            work.entry(id).or_default().extend(concerned);
        }
    }
    for (attribute, relation) in [("manager", Relation::ReportsTo), ("used_by", Relation::UsedBy)] {
        let readers: BTreeSet<EntityId> = reading(rules, Kind::User, &[attribute]).collect();
        if readers.is_empty() || reports.is_empty() {
            continue;
        }
        let mut needs = Needs::default();
        for id in &reports {
            needs.edges(*id, Direction::To, relation);
        }
        draft.need(needs)?;
        for id in &reports {
            for edge in draft.edges(*id, Direction::To, relation)? {
                work.entry(edge.key.from).or_default().extend(&readers);
            }
        }
    }
    Ok(())
}

/// The names of the attributes in which two states differ.
fn changed<'r>([before, after]: [Option<&'r Record>; 2]) -> BTreeSet<&'r str> {
    let names = |record: Option<&'r Record>| record.into_iter().flat_map(|record| record.attributes.keys());
    names(before)
        .chain(names(after))
        .filter(|name| before.and_then(|r| r.value(name)) != after.and_then(|r| r.value(name)))
        .map(|name| name.as_str())
        .collect()
}

/// The rules over a kind that read one of the attributes.
fn reading<'r>(
    rules: &'r RuleOverlay,
    kind: Kind,
    attributes: &'r [&'r str],
) -> impl Iterator<Item = EntityId> + 'r {
    attributes.iter().flat_map(move |name| rules.reading(kind, name))
}

/// The derived attributes that edges of a relation answer.
fn answered_by(relation: Relation) -> &'static [&'static str] {
    match relation {
        Relation::MemberOf => &["organizations", "within_organization"],
        Relation::ReportsTo => &["manager"],
        Relation::Holds => &["positions"],
        Relation::Leads => &["leads"],
        Relation::UsedBy => &["used_by"],
        _ => &[],
    }
}

fn by_edges(
    draft: &mut Draft<'_>,
    start: Savepoint,
    rules: &RuleOverlay,
    work: &mut Work,
) -> Result<(), Stop> {
    for key in draft.edges_since(start) {
        let readers: BTreeSet<EntityId> = reading(rules, key.from.kind, answered_by(key.relation)).collect();
        if !readers.is_empty() && draft.is_here(key.from) {
            work.entry(key.from).or_default().extend(readers);
        }
    }
    Ok(())
}

/// Organizations that got another parent: everybody below has other ancestors.
fn by_tree(
    draft: &mut Draft<'_>,
    start: Savepoint,
    rules: &RuleOverlay,
    work: &mut Work,
) -> Result<(), Stop> {
    const WITHIN: &[&str] = &["within_organization"];
    let kinds = [Kind::User, Kind::Device, Kind::Organization];
    if kinds
        .iter()
        .all(|kind| reading(rules, *kind, WITHIN).next().is_none())
    {
        return Ok(());
    }
    let moved: Vec<EntityId> = draft
        .records_since(start)
        .into_iter()
        .filter(|(id, (before, after))| {
            let parent = |record: &Option<Arc<Record>>| record.as_ref().and_then(|r| r.reference("parent"));
            id.kind == Kind::Organization
                && before.is_some()
                && after.is_some()
                && parent(before) != parent(after)
        })
        .map(|(id, _)| id)
        .collect();
    let mut needs = Needs::default();
    needs.subtrees.extend(moved.iter().copied());
    draft.need(needs)?;
    let mut below = BTreeSet::new();
    let mut open = moved;
    while let Some(id) = open.pop() {
        if below.insert(id) {
            open.extend(children(draft, id)?);
        }
    }
    let mut needs = Needs::default();
    for id in &below {
        needs.edges(*id, Direction::To, Relation::MemberOf);
    }
    draft.need(needs)?;
    for id in below {
        work.entry(id)
            .or_default()
            .extend(reading(rules, Kind::Organization, WITHIN));
        for edge in draft.edges(id, Direction::To, Relation::MemberOf)? {
            work.entry(edge.key.from)
                .or_default()
                .extend(reading(rules, edge.key.from.kind, WITHIN));
        }
    }
    Ok(())
}

fn children(draft: &mut Draft<'_>, id: EntityId) -> Result<Vec<EntityId>, Stop> {
    draft.referring(Kind::Organization, "parent", Some(id))
}

/// Rules that are new, other than before, or gone: gainers are those selected and without the mark, losers those with
/// the mark and not selected (both found by a search). More than fit a plan are moved after the commit.
fn by_rules(
    draft: &mut Draft<'_>,
    changed: &Changed,
    rules: &RuleOverlay,
    work: &mut Work,
) -> Result<(), Stop> {
    let now = draft.context.now;
    let mut asked: Vec<(EntityId, bool, Vec<Matching>)> = Vec::new();
    let mut needs = Needs::default();
    for (id, (before, after)) in changed {
        let stored = after.as_deref().or(before.as_deref()).and_then(Rule::stored);
        let Some(known) = stored else { continue };
        // The shell looks once more after the commit, for those who came or went meanwhile.
        draft.effect("rule.apply", known.owner, []);
        if !draft.is_here(known.owner) {
            continue;
        }
        let mut filters = match rules.get(id) {
            Some(rule) => vec![
                (rule.selects, rule.gainers(draft.schema, now)),
                (rule.selects, rule.losers(draft.schema, now)),
            ],
            None => vec![(known.selects, Predicate::eq(known.mark(), known.owner))],
        };
        // A rule that selects another kind than before leaves those of the old kind.
        if let (Some(old), Some(rule)) = (before.as_deref().and_then(Rule::stored), rules.get(id))
            && old.selects != rule.selects
        {
            filters.push((old.selects, Predicate::eq(old.mark(), old.owner)));
        }
        let matching: Vec<Matching> = filters
            .into_iter()
            .map(|(kind, predicate)| Matching::new(kind, &predicate, IN_PLAN))
            .collect();
        needs.matching.extend(matching.iter().cloned());
        // Nobody has to be looked at afterwards when everybody is looked at here, time changes nothing, and nothing is
        // left of an earlier change.
        let timed = rules.get(id).is_some_and(|rule| rule.timed);
        let left = before.as_ref().is_some_and(|rule| rule.flag("pending"));
        asked.push((*id, !timed && !left, matching));
    }
    draft.need(needs)?;
    for (id, closed, matching) in asked {
        let mut found = Vec::new();
        let mut too_many = false;
        for set in &matching {
            match draft.matching(set)? {
                Some(ids) => found.extend(ids),
                None => too_many = true,
            }
        }
        if too_many {
            draft.remark(format!(
                "more than {IN_PLAN} members change: they follow in steps after the commit"
            ));
        } else {
            for subject in found {
                work.entry(subject).or_default().insert(id);
            }
        }
        if too_many || !closed || !draft.rest_on_searches() {
            leave(draft, id)?;
        }
        // What this draft made or changed is not found by a search.
        let kinds: BTreeSet<Kind> = matching.iter().map(|set| set.kind).collect();
        for kind in kinds {
            for (subject, record) in draft.touched_of(kind) {
                if record.is_some_and(|record| !record.is_deleted()) {
                    work.entry(subject).or_default().insert(id);
                }
            }
        }
    }
    Ok(())
}

/// Notes that everybody has to be looked at after the commit.
fn leave(draft: &mut Draft<'_>, rule: EntityId) -> Result<(), Stop> {
    if let Some(record) = draft.record(rule)?.filter(|record| !record.flag("pending")) {
        let mut record = (*record).clone();
        record.set("pending", Some(true.into()));
        draft.put(record, Cause::Rule)?;
    }
    Ok(())
}

fn apply(draft: &mut Draft<'_>, rules: &RuleOverlay, work: Work, changed: &Changed) -> Result<(), Stop> {
    let gone = changed
        .iter()
        .filter(|(id, _)| rules.get(id).is_none())
        .filter_map(|(id, (before, _))| Some((*id, before.as_deref().and_then(Rule::stored)?.owner)))
        .collect();
    carry_out(draft, rules, work, &gone)
}

/// Loads what the evaluation needs, evaluates, and writes the edges that are other than they should be.
fn carry_out(
    draft: &mut Draft<'_>,
    rules: &RuleOverlay,
    work: Work,
    gone: &BTreeMap<EntityId, EntityId>,
) -> Result<(), Stop> {
    let owner = |id: &EntityId| rules.get(id).map(|rule| rule.owner).or(gone.get(id).copied());
    let mut needs = Needs::default();
    let mut reads: BTreeMap<EntityId, BTreeSet<&str>> = BTreeMap::new();
    for (subject, ids) in &work {
        needs.record(*subject);
        let names = reads.entry(*subject).or_default();
        for id in ids {
            if let Some(rule) = rules.get(id).filter(|rule| rule.selects == subject.kind) {
                names.extend(rule.reads.iter().map(String::as_str));
            }
            // What this draft has made has no members yet.
            if let Some(owner) = owner(id).filter(|owner| !draft.is_new(*owner)) {
                needs.edges.insert(EdgesOf {
                    id: *subject,
                    direction: Direction::From,
                    relation: Rule::relation_to(owner),
                });
            }
        }
        around::needs(&mut needs, *subject, names);
    }
    draft.need(needs)?;
    let around = around::gather(draft, &reads)?;
    let mut checked = BTreeMap::new();
    for ids in work.values() {
        for id in ids {
            if let Some(rule) = rules.get(id)
                && !checked.contains_key(id)
            {
                checked.insert(*id, rule.at(draft.schema, draft.context.now)?);
            }
        }
    }
    for (subject, ids) in work {
        let record = draft.record(subject)?.filter(|record| !record.is_deleted());
        let Some(record) = record else { continue };
        for id in ids {
            let Some(owner) = owner(&id) else { continue };
            let selects = rules.get(&id).is_some_and(|rule| rule.selects == subject.kind)
                && checked
                    .get(&id)
                    .is_some_and(|checked| matches(checked, &record, &around));
            set(draft, subject, owner, selects)?;
        }
    }
    Ok(())
}

fn matches(checked: &crate::search::Checked, record: &Record, around: &Around) -> bool {
    checked.matches(&Surrounded {
        record,
        surroundings: around,
    })
}

/// Gives or takes the origin of the rule; the direct origin stays what it is (S2-31).
fn set(draft: &mut Draft<'_>, subject: EntityId, owner: EntityId, selects: bool) -> Result<(), Stop> {
    let key = EdgeKey {
        from: subject,
        relation: Rule::relation_to(owner),
        to: owner,
    };
    let seen = draft.edge(key)?;
    let ruled = seen
        .as_ref()
        .is_some_and(|edge| edge.origins.contains(&EdgeOrigin::Rule));
    if ruled == selects {
        return Ok(());
    }
    let (event, about, other): (_, _, (&'static str, Value)) = match (owner.kind, selects) {
        (Kind::Group, true) => ("group.member_added", owner, ("member", subject.into())),
        (Kind::Group, false) => ("group.member_removed", owner, ("member", subject.into())),
        (_, true) => ("role.granted", subject, ("role", owner.into())),
        (_, false) => ("role.revoked", subject, ("role", owner.into())),
    };
    let was = seen.is_some();
    let is = match (seen, selects) {
        (seen, true) => {
            draft.put_edge_over(seen.clone(), grant::with_rule(seen, key), Cause::Rule)?;
            true
        }
        (Some(edge), false) => match grant::without_rule(edge.clone()) {
            Some(left) => {
                draft.put_edge(left, Cause::Rule)?;
                true
            }
            None => {
                draft.take_edge(edge, Cause::Rule)?;
                false
            }
        },
        (None, false) => false,
    };
    if was != is {
        draft.event(event, about, [other, ("by", "rule".into())]);
    }
    Ok(())
}
