//! A small world for the tests of storages: plans made by hand, and a random walk that is compared with the storage
//! in memory.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::{collections::BTreeSet, sync::Arc};

use iam_core::{
    model::*,
    plan::*,
    port::*,
    search::{Deleted, Limits, Predicate, Search, Sort, builtin_catalog},
};
use iam_storage::memory::MemoryStorage;
use uuid::Uuid;

pub mod cases;

pub const NOW: Moment = Moment::from_micros(1_800_000_000_000_000);

/// A small generator of numbers, the same for the same seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
    pub fn uuid(&mut self) -> Uuid {
        let (a, b) = (self.roll(usize::MAX), self.roll(usize::MAX));
        Uuid::from_u64_pair(a as u64, b as u64)
    }
    pub fn id(&mut self, kind: Kind) -> EntityId {
        EntityId::new(kind, self.uuid())
    }
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        if list.is_empty() {
            None
        } else {
            list.get(self.roll(list.len()))
        }
    }
}

pub fn realm(n: u128) -> RealmId {
    RealmId(Uuid::from_u128(n))
}

pub fn record(id: EntityId, values: &[(&str, Value)]) -> Record {
    let mut record = Record::new(id);
    for (name, value) in values {
        record.set(name, Some(value.clone()));
    }
    record
}

pub fn stamp(command: &str, plan: &Plan) -> Stamp {
    let journal = plan
        .changes
        .iter()
        .map(|change| {
            let (edge, version, delta) = match change {
                Change::Record { before, after, .. } => (
                    None,
                    after.as_ref().map_or(0, |r| r.version),
                    Delta::between(before.as_deref(), after.as_deref()),
                ),
                Change::Edge { before, after, .. } => (
                    after.as_ref().or(before.as_ref()).map(|e| e.key),
                    0,
                    Delta {
                        edge: Some((before.as_ref().map(Into::into), after.as_ref().map(Into::into))),
                        ..Delta::default()
                    },
                ),
            };
            JournalEntry {
                step: change.step(),
                subject: change.subject().unwrap(),
                edge,
                version,
                delta: serde_json::to_vec(&delta).unwrap(),
                cause: Cause::Requested,
            }
        })
        .collect();
    Stamp {
        at: NOW,
        actor: "system".into(),
        channel: "api".into(),
        reason: Some("because\u{0} it “must” be".into()),
        command: command.into(),
        command_id: None,
        digest: "digest".into(),
        change_set: None,
        outcome: Outcome::Accepted,
        subject: plan.subject,
        events: "[]".into(),
        journal,
    }
}

pub fn plan(realm: RealmId) -> Plan {
    Plan {
        realm,
        guards: vec![],
        changes: vec![],
        events: vec![],
        effects: vec![],
        subject: None,
        remarks: vec![],
    }
}

fn claims(record: &Record) -> BTreeSet<ClaimKey> {
    if record.is_deleted() {
        return BTreeSet::new();
    }
    builtin(record.kind())
        .iter()
        .filter(|d| d.unique)
        .filter_map(|d| {
            let key = record.value(&d.name)?.search_key()?.into();
            Some(ClaimKey {
                kind: record.kind(),
                attribute: d.name.as_str().into(),
                key,
            })
        })
        .collect()
}

/// Changes a record; its version and names follow.
pub fn put(plan: &mut Plan, before: Option<Arc<Record>>, mut after: Record) -> bool {
    after.version = before.as_ref().map_or(1, |b| b.version + 1);
    let old = before.as_deref().map(claims).unwrap_or_default();
    let new = claims(&after);
    let mut names = plan.changes.iter().flat_map(|change| match change {
        Change::Record { taken, .. } => taken.as_slice(),
        Change::Edge { .. } => &[],
    });
    if names.any(|name| new.contains(name)) {
        // No decision gives one name to two records.
        return false;
    }
    plan.guards.push(Guard::Record {
        id: after.id,
        version: before.as_ref().map(|b| b.version),
    });
    plan.changes.push(Change::Record {
        taken: new.difference(&old).cloned().collect(),
        released: old.difference(&new).cloned().collect(),
        before,
        after: Some(after.shared()),
        cause: Cause::Requested,
    });
    true
}

pub fn remove(plan: &mut Plan, before: Arc<Record>) {
    plan.guards.push(Guard::Record {
        id: before.id,
        version: Some(before.version),
    });
    plan.changes.push(Change::Record {
        taken: vec![],
        released: claims(&before).into_iter().collect(),
        before: Some(before),
        after: None,
        cause: Cause::Requested,
    });
}

pub async fn commit(storage: &dyn Storage, plan: &Plan) -> Result<Committed, StorageError> {
    storage.commit(plan, &stamp("test", plan)).await
}

pub async fn make_realm(storage: &dyn Storage, id: RealmId) {
    let mut plan = plan(id);
    let name = format!("realm {}", id.0);
    put(&mut plan, None, record(id.into(), &[("name", name.into())]));
    commit(storage, &plan).await.unwrap();
}

pub async fn fetch(storage: &dyn Storage, realm: RealmId, id: EntityId) -> Option<Arc<Record>> {
    let mut needs = Needs::default();
    needs.record(id);
    storage.load(realm, &needs).await.unwrap().records[&id].clone()
}

pub fn find(realm: RealmId, search: &Search) -> Find {
    Find {
        realm,
        search: search
            .check(&builtin_catalog(search.kind), &Limits::default())
            .unwrap(),
        now: NOW,
        any_end: false,
    }
}

/// Everything that the walk knows to exist.
#[derive(Default)]
struct Known {
    users: Vec<EntityId>,
    organizations: Vec<EntityId>,
    groups: Vec<EntityId>,
    positions: Vec<EntityId>,
}

impl Known {
    fn all(&self) -> Vec<EntityId> {
        [&self.users, &self.organizations, &self.groups, &self.positions]
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }
}

const WORDS: &[&str] = &[
    "alpha",
    "Beta",
    "gamma",
    "Straße",
    "ÉCLAIR",
    "a%_b",
    "z\u{10ffff}",
    "日本",
];

/// Walks at random over two storages and compares them all the way.
pub async fn walk(storage: &dyn Storage, seed: u64, steps: usize) {
    let memory = MemoryStorage::new();
    let mut dice = Dice(seed | 1);
    let realm = RealmId(dice.uuid());
    let other = RealmId(dice.uuid());
    for place in [&memory as &dyn Storage, storage] {
        make_realm(place, realm).await;
        make_realm(place, other).await;
    }
    let mut known = Known::default();
    for step in 0..steps {
        let seed = dice.0;
        let mut outcomes = Vec::new();
        let mut after = seed;
        let mut made = Vec::new();
        for place in [&memory as &dyn Storage, storage] {
            let mut dice = Dice(seed);
            let (plan, new) = random_plan(place, realm, &known, &mut dice).await;
            after = dice.0;
            made = new;
            outcomes.push(match commit(place, &plan).await {
                Ok(_) => "committed".to_owned(),
                Err(StorageError::Taken(key)) => format!("{key:?} {}", key.key),
                Err(error) => format!("{error}"),
            });
        }
        assert_eq!(outcomes[0], outcomes[1], "step {step}");
        dice.0 = after;
        if outcomes[0] == "committed" {
            for id in made {
                match id.kind {
                    Kind::User => known.users.push(id),
                    Kind::Organization => known.organizations.push(id),
                    Kind::Group => known.groups.push(id),
                    _ => known.positions.push(id),
                }
            }
        }
        if step % 5 == 4 {
            compare(&memory, storage, realm, &known, &mut dice).await;
        }
    }
    compare(&memory, storage, realm, &known, &mut dice).await;
}

async fn random_plan(
    storage: &dyn Storage,
    realm: RealmId,
    known: &Known,
    dice: &mut Dice,
) -> (Plan, Vec<EntityId>) {
    let mut made = Vec::new();
    let mut p = plan(realm);
    let mut touched = BTreeSet::new();
    for _ in 0..=dice.roll(6) {
        match dice.roll(14) {
            0..=3 => {
                let id = dice.id(Kind::User);
                let mut user = record(id, &[]);
                random_user(&mut user, dice);
                user.salt = Some(KeySalt([7; 16]));
                if put(&mut p, None, user) {
                    made.push(id);
                }
            }
            4 | 5 => {
                let id = dice.id(Kind::Organization);
                let mut organization = record(id, &[("name", WORDS[dice.roll(WORDS.len())].into())]);
                let fresh: Vec<EntityId> = made
                    .iter()
                    .copied()
                    .filter(|i| i.kind == Kind::Organization)
                    .collect();
                let parents = if dice.roll(3) == 0 {
                    &fresh
                } else {
                    &known.organizations
                };
                if let Some(parent) = dice.pick(parents)
                    && (made.contains(parent)
                        || (touched.insert(*parent) && fetch(storage, realm, *parent).await.is_some()))
                {
                    organization.set("parent", Some((*parent).into()));
                }
                put(&mut p, None, organization);
                made.push(id);
            }
            6 => {
                let kind = if dice.roll(2) == 0 {
                    Kind::Group
                } else {
                    Kind::Position
                };
                let id = dice.id(kind);
                let name = format!("{} {}", WORDS[dice.roll(WORDS.len())], dice.roll(1000));
                if put(&mut p, None, record(id, &[("name", name.into())])) {
                    made.push(id);
                }
            }
            7 | 8 => {
                if let Some(id) = dice.pick(&known.users)
                    && touched.insert(*id)
                    && let Some(before) = fetch(storage, realm, *id).await
                {
                    let mut user = (*before).clone();
                    match dice.roll(4) {
                        0 => user.set("deleted_at", (!user.is_deleted()).then(|| NOW.into())),
                        _ => random_user(&mut user, dice),
                    }
                    put(&mut p, Some(before), user);
                }
            }
            9 => {
                // A move that makes no circle: the new parent is not below.
                if let (Some(id), Some(parent)) =
                    (dice.pick(&known.organizations), dice.pick(&known.organizations))
                    && touched.insert(*id)
                    && let Some(before) = fetch(storage, realm, *id).await
                {
                    let mut needs = Needs::default();
                    needs.ancestors.insert(*parent);
                    let facts = storage.load(realm, &needs).await.unwrap();
                    let above = facts.records.get(id).is_some_and(Option::is_some);
                    let there = facts.records.get(parent).is_some_and(Option::is_some);
                    // One move a plan, so that two of them together make no circle either.
                    if !above && there && !touched.contains(&EntityId::from(realm)) {
                        touched.insert(realm.into());
                        let mut organization = (*before).clone();
                        organization.set("parent", (dice.roll(5) > 0).then(|| (*parent).into()));
                        put(&mut p, Some(before), organization);
                    }
                }
            }
            10 => {
                if let Some(id) = dice.pick(&known.all()).copied()
                    && id.kind != Kind::Organization
                    && touched.insert(id)
                    && let Some(before) = fetch(storage, realm, id).await
                {
                    remove(&mut p, before);
                }
            }
            _ => random_edge(storage, realm, known, dice, &mut p, &mut touched).await,
        }
    }
    if let (0, Some(change)) = (dice.roll(3), p.changes.first()) {
        p.subject = change.subject();
    }
    (p, made)
}

fn random_user(user: &mut Record, dice: &mut Dice) {
    let word = |dice: &mut Dice| Value::from(WORDS[dice.roll(WORDS.len())]);
    let name = format!("{}{}", WORDS[dice.roll(WORDS.len())], dice.roll(60));
    user.set("user_name", Some(name.into()));
    user.set("last_name", (dice.roll(4) > 0).then(|| word(dice)));
    user.set("department", (dice.roll(2) > 0).then(|| word(dice)));
    user.set("state", (dice.roll(2) > 0).then(|| word(dice)));
    user.set("locked", (dice.roll(2) > 0).then(|| (dice.roll(2) > 0).into()));
    user.set(
        "valid_until",
        (dice.roll(3) == 0).then(|| NOW.plus_days(dice.roll(9) as i64 - 4).into()),
    );
    user.set(
        "indexed_integer_1",
        (dice.roll(2) > 0).then(|| (dice.roll(9) as i64 - 4).into()),
    );
    user.set(
        "indexed_strings_1",
        (dice.roll(2) > 0).then(|| vec![word(dice), word(dice)].into()),
    );
    user.set("unindexed_string_1", Some(word(dice)));
}

async fn random_edge(
    storage: &dyn Storage,
    realm: RealmId,
    known: &Known,
    dice: &mut Dice,
    plan: &mut Plan,
    touched: &mut BTreeSet<EntityId>,
) {
    let (relation, targets) = match dice.roll(5) {
        0 | 1 => (Relation::MemberOf, &known.organizations),
        2 => (Relation::InGroup, &known.groups),
        3 => (Relation::ReportsTo, &known.users),
        _ => (Relation::Holds, &known.positions),
    };
    let (Some(from), Some(to)) = (dice.pick(&known.users).copied(), dice.pick(targets).copied()) else {
        return;
    };
    let mut needs = Needs::default();
    needs
        .record(from)
        .record(to)
        .edges(from, Direction::From, relation)
        .edges(to, Direction::To, relation);
    let facts = storage.load(realm, &needs).await.unwrap();
    let removed = |id: &EntityId| {
        plan.changes
            .iter()
            .any(|c| matches!(c, Change::Record { after: None, .. }) && c.subject() == Some(*id))
    };
    if [from, to]
        .iter()
        .any(|id| facts.records[id].is_none() || removed(id))
        || !touched.insert(from)
    {
        return;
    }
    for id in [from, to] {
        plan.guards.push(Guard::Record {
            id,
            version: facts.records[&id].as_ref().map(|r| r.version),
        });
    }
    let set = EdgesOf {
        id: from,
        direction: Direction::From,
        relation,
    };
    plan.guards.push(Guard::Edges {
        set,
        fingerprint: facts.edges[&set].fingerprint.clone(),
    });
    let before = facts.edges[&set].edges.iter().find(|e| e.key.to == to).cloned();
    let mut after = Edge::direct(from, relation, to);
    if dice.roll(3) == 0 {
        after.window.from = Some(NOW.plus_days(dice.roll(3) as i64 - 1));
    }
    if dice.roll(5) == 0 {
        after.suspended = Some("rule".into());
    }
    if dice.roll(2) == 0 {
        after.attributes.insert("number", Value::from("n 1"));
    }
    let after = (before.is_none() || dice.roll(2) == 0).then_some(after);
    if before != after {
        plan.changes.push(Change::Edge {
            before,
            after,
            cause: Cause::Requested,
        });
    }
}

async fn pieces(storage: &dyn Storage, realm: RealmId, inspection: Inspection) -> Vec<Inspected> {
    let (mut all, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = storage
            .inspect(realm, inspection, after.as_deref(), 7)
            .await
            .unwrap();
        let Some(last) = page.last() else { return all };
        after = Some(last.place());
        all.extend(page);
    }
}

async fn compare(
    memory: &dyn Storage,
    storage: &dyn Storage,
    realm: RealmId,
    known: &Known,
    dice: &mut Dice,
) {
    for inspection in [Inspection::Claims, Inspection::Edges, Inspection::Closure] {
        let (a, b) = (
            pieces(memory, realm, inspection).await,
            pieces(storage, realm, inspection).await,
        );
        assert_eq!(a, b, "{inspection:?}");
        assert!(b.iter().map(Inspected::place).collect::<Vec<_>>().is_sorted());
    }
    let mut needs = Needs {
        schema: true,
        ..Needs::default()
    };
    for id in known.all() {
        if dice.roll(3) == 0 {
            needs.record(id);
        }
        for relation in [Relation::MemberOf, Relation::InGroup, Relation::ReportsTo] {
            if dice.roll(6) == 0 {
                needs.edges(id, Direction::From, relation);
                needs.edges(id, Direction::To, relation);
            }
        }
    }
    for id in &known.organizations {
        match dice.roll(5) {
            0 => drop(needs.ancestors.insert(*id)),
            1 => drop(needs.subtrees.insert(*id)),
            2 => drop(needs.referring(Kind::Organization, "parent", *id)),
            _ => {}
        }
    }
    needs.subtrees.insert(dice.id(Kind::Organization));
    needs.referring.insert(Referring {
        kind: Kind::Organization,
        attribute: "parent".into(),
        target: None,
    });
    for word in WORDS {
        needs.claims.insert(ClaimKey {
            kind: Kind::User,
            attribute: "user_name".into(),
            key: fold(&format!("{word}{}", dice.roll(60))).into(),
        });
    }
    let (a, b) = (
        memory.load(realm, &needs).await.unwrap(),
        storage.load(realm, &needs).await.unwrap(),
    );
    assert_eq!(
        a.records.keys().collect::<Vec<_>>(),
        b.records.keys().collect::<Vec<_>>()
    );
    assert_eq!(a.records, b.records);
    assert_eq!(a.claims, b.claims);
    let edges = |f: &Facts| {
        f.edges
            .iter()
            .map(|(k, s)| (*k, s.edges.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(edges(&a), edges(&b));
    let ids = |f: &Facts| {
        f.referring
            .iter()
            .map(|(k, s)| (k.clone(), s.ids.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&a), ids(&b));
    for _ in 0..6 {
        compare_search(memory, storage, realm, known, dice).await;
    }
    let query = |subjects| HistoryQuery {
        realm: Some(realm),
        subjects,
        after: None,
        until: None,
        newest_first: dice.0 & 1 == 0,
        limit: 50,
    };
    let some: Vec<EntityId> = known.all().into_iter().take(5).collect();
    for subjects in [Subjects::All, Subjects::Kind(Kind::User), Subjects::Of(some)] {
        let query = query(subjects);
        let (a, b) = (
            memory.history(&query).await.unwrap(),
            storage.history(&query).await.unwrap(),
        );
        let entries =
            |list: Vec<Recorded>| list.into_iter().map(|r| (r.ordinal, r.entry)).collect::<Vec<_>>();
        let (mut a, b) = (entries(a), entries(b));
        if query.subjects == Subjects::All && !query.newest_first {
            // Commits of others that are under way hold back what came after them.
            a.truncate(b.len());
        }
        assert_eq!(a, b, "{query:?}");
    }
    let query = AuditQuery {
        realm: Some(realm),
        newest_first: dice.roll(2) == 0,
        subject: if dice.roll(2) == 0 {
            known.users.first().copied()
        } else {
            None
        },
        limit: 30,
        ..AuditQuery::default()
    };
    let (a, b) = (
        memory.audit(&query).await.unwrap(),
        storage.audit(&query).await.unwrap(),
    );
    let rows = |list: Vec<AuditRecord>| {
        list.into_iter()
            .map(|r| AuditRecord {
                revision: Revision(0),
                ..r
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(a), rows(b));
}

fn random_predicate(known: &Known, dice: &mut Dice, depth: usize) -> Predicate {
    let word = WORDS[dice.roll(WORDS.len())];
    let part: String = word.chars().take(1 + dice.roll(3)).collect();
    let tail: String = word
        .chars()
        .skip(dice.roll(3).min(word.chars().count() - 1))
        .collect();
    let attribute = [
        "user_name",
        "last_name",
        "department",
        "state",
        "indexed_strings_1",
    ][dice.roll(5)];
    let id = |list: &[EntityId], dice: &mut Dice| dice.pick(list).map(|id| id.to_string());
    let reference = |name: &str, id: Option<String>| match id {
        Some(id) => Predicate::eq(name, id),
        None => Predicate::present(name),
    };
    match dice.roll(if depth == 0 { 13 } else { 17 }) {
        0 => Predicate::eq(attribute, word),
        1 => Predicate::starts_with(attribute, part),
        2 => Predicate::ends_with(attribute, tail),
        3 => Predicate::contains(attribute, tail),
        4 => Predicate::present(attribute),
        5 => Predicate::from_scim(&format!(r#"{attribute} gt "{part}""#)).unwrap(),
        6 => Predicate::from_scim(&format!("indexed_integer_1 le {}", dice.roll(9) as i64 - 4)).unwrap(),
        7 => Predicate::eq("locked", dice.roll(2) == 0),
        8 => reference("organizations", id(&known.organizations, dice)),
        9 => reference("within_organization", id(&known.organizations, dice)),
        10 => reference("groups", id(&known.groups, dice)),
        11 => reference("manager", id(&known.users, dice)),
        12 => reference("id", id(&known.users, dice)),
        13 | 14 => random_predicate(known, dice, depth - 1).and(random_predicate(known, dice, depth - 1)),
        15 => random_predicate(known, dice, depth - 1).or(random_predicate(known, dice, depth - 1)),
        _ => random_predicate(known, dice, depth - 1).negate(),
    }
}

async fn compare_search(
    memory: &dyn Storage,
    storage: &dyn Storage,
    realm: RealmId,
    known: &Known,
    dice: &mut Dice,
) {
    let mut sorts: Vec<Sort> = Vec::new();
    for name in ["last_name", "state", "valid_until", "indexed_integer_1"] {
        match dice.roll(5) {
            0 => sorts.push(Sort::ascending(name)),
            1 => sorts.push(Sort::descending(name)),
            _ => {}
        }
    }
    let deleted = [
        Deleted::Exclude,
        Deleted::Exclude,
        Deleted::Include,
        Deleted::Only,
    ][dice.roll(4)];
    let mut search = Search::new(Kind::User)
        .filter(random_predicate(known, dice, 2))
        .sort(sorts)
        .limit(1 + dice.roll(5) as u32)
        .deleted(deleted)
        .total(true);
    if dice.roll(3) == 0 {
        search = search.clone().cursor(iam_core::search::Cursor::last(&search));
    }
    for _ in 0..6 {
        let mut find = find(realm, &search);
        find.any_end = dice.roll(4) == 0;
        let (a, b) = (
            memory.search(&find).await.unwrap(),
            storage.search(&find).await.unwrap(),
        );
        assert_eq!(a, b, "{find:?} {:?}", search.filter);
        let turn = if dice.roll(4) == 0 { a.previous } else { a.next };
        match turn {
            Some(cursor) => search.cursor = Some(cursor),
            None => break,
        }
    }
}
