//! Decisions on plain data, and the access table as a golden file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    sync::Arc,
};

use uuid::Uuid;

use super::{COMMANDS, Missing, On, QUERIES, World, table::WORDS};
use crate::{
    model::{Edge, EdgeKey, EntityId, Kind, Moment, RealmId, Record, Relation, Value},
    plan::{Cause, Change, Facts, Schema},
    query::Filter,
    rules::Privilege,
};

const NOW: Moment = Moment::from_micros(1_800_000_000_000_000);

/// Everything there is, loaded piece by piece like from a storage.
#[derive(Default)]
struct Stage {
    records: BTreeMap<EntityId, Arc<Record>>,
    edges: BTreeMap<EdgeKey, Edge>,
    world: World,
    rounds: usize,
}

impl Stage {
    fn new() -> Stage {
        Stage {
            world: World::new(),
            ..Stage::default()
        }
    }

    fn put(&mut self, kind: Kind, number: u128, values: &[(&str, Value)]) -> EntityId {
        let id = EntityId::new(kind, Uuid::from_u128(number));
        let mut record = Record::new(id);
        for (name, value) in values {
            record.set(name, Some(value.clone()));
        }
        self.records.insert(id, record.shared());
        id
    }

    fn role(&mut self, number: u128, privileges: &[Privilege]) -> EntityId {
        let value: Value = serde_json::from_value(serde_json::to_value(privileges).unwrap()).unwrap();
        self.put(Kind::Role, number, &[("privileges", value)])
    }

    fn link(&mut self, from: EntityId, relation: Relation, to: EntityId) {
        let edge = Edge::direct(from, relation, to);
        self.edges.insert(edge.key, edge);
    }

    fn start(&mut self) {
        let schema = Arc::new(Schema::empty(RealmId(Uuid::nil())));
        let roles: Vec<Arc<Record>> = self
            .records
            .values()
            .filter(|record| record.kind() == Kind::Role)
            .cloned()
            .collect();
        self.world.start(&roles, schema);
    }

    fn ask<T>(&mut self, question: impl Fn(&World) -> Result<T, Missing>) -> T {
        if !self.world.is_ready() {
            self.start();
        }
        loop {
            let missing = match question(&self.world) {
                Ok(answer) => return answer,
                Err(missing) => missing,
            };
            self.rounds += 1;
            let needs = self.world.needs(&missing);
            let mut facts = Facts::default();
            for id in &needs.records {
                facts.records.insert(*id, self.records.get(id).cloned());
            }
            for set in &needs.edges {
                let edges = self
                    .edges
                    .values()
                    .filter(|edge| edge.key.from == set.id && edge.key.relation == set.relation)
                    .cloned()
                    .collect();
                let found = crate::plan::EdgeSet {
                    edges,
                    ..Default::default()
                };
                facts.edges.insert(*set, found);
            }
            facts.complete(&needs);
            self.world.take(&missing, &facts);
        }
    }

    fn can(&mut self, actor: EntityId, action: &str, target: EntityId) -> bool {
        self.ask(|world| world.can(actor, action, &On::Record(target), NOW))
    }
}

/// S2-5: what each of the built-in roles may do with what, and what each command and query needs. Read the difference of
/// this file with care: it is the access of every deployment.
#[test]
fn the_access_table() {
    let mut stage = Stage::new();
    let top = stage.put(Kind::Organization, 1, &[]);
    let area = stage.put(Kind::Organization, 2, &[("parent", top.into())]);
    let inside = stage.put(Kind::Organization, 3, &[("parent", area.into())]);
    let outside = stage.put(Kind::Organization, 4, &[("parent", top.into())]);
    let position = stage.put(Kind::Position, 5, &[("organization", inside.into())]);
    let (member, foreign) = (stage.put(Kind::User, 6, &[]), stage.put(Kind::User, 7, &[]));
    let device = stage.put(Kind::Device, 8, &[]);
    let (group, role) = (stage.put(Kind::Group, 9, &[]), stage.role(10, &[]));
    let (owner, administrator, platform) = (
        stage.put(Kind::User, 11, &[]),
        stage.put(Kind::User, 12, &[]),
        stage.put(Kind::User, 13, &[]),
    );
    let everything = stage.role(14, &[Privilege::allow("*", ["*"])]);
    for (from, relation, to) in [
        (member, Relation::MemberOf, inside),
        (device, Relation::MemberOf, inside),
        (foreign, Relation::MemberOf, outside),
        (administrator, Relation::MemberOf, area),
        (owner, Relation::Owns, area),
        (administrator, Relation::Administers, area),
        (platform, Relation::HasRole, everything),
    ] {
        stage.link(from, relation, to);
    }
    let mut text = String::new();
    let targets = [
        ("the area", area),
        ("an organization below", inside),
        ("the organization above", top),
        ("an organization elsewhere", outside),
        ("a member below", member),
        ("a member elsewhere", foreign),
        ("a device below", device),
        ("a position below", position),
        ("the owner", owner),
        ("an administrator", administrator),
        ("a group", group),
        ("a role", role),
    ];
    for (name, actor) in [
        ("owner", owner),
        ("administrator", administrator),
        ("user", member),
        ("platform administrator (a role over everything)", platform),
    ] {
        writeln!(text, "# {name}").unwrap();
        for (what, target) in targets {
            let allowed: Vec<&str> = WORDS
                .iter()
                .copied()
                .filter(|action| stage.can(actor, action, target))
                .collect();
            let allowed = match allowed.len() {
                0 => "-".to_owned(),
                all if all == WORDS.len() => "everything".to_owned(),
                _ => allowed.join(" "),
            };
            writeln!(text, "{what}: {allowed}").unwrap();
        }
    }
    writeln!(text, "# commands").unwrap();
    for row in COMMANDS {
        writeln!(text, "{}: {} {}", row.command, row.action, row.kind).unwrap();
    }
    writeln!(text, "# queries").unwrap();
    for (query, row) in QUERIES {
        writeln!(text, "{query}: {row:?}").unwrap();
    }
    let golden = include_str!("access_table.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/access/access_table.txt");
        std::fs::write(path, &text).unwrap();
    } else {
        assert!(
            text == golden,
            "the access table changed; read it and run with UPDATE_GOLDEN=1:\n{text}"
        );
    }
}

/// S2-40: a broken allowance gives nothing, a broken denial denies everywhere.
#[test]
fn what_cannot_be_compiled_fails_closed() {
    let mut stage = Stage::new();
    let user = stage.put(Kind::User, 1, &[]);
    let device = stage.put(Kind::Device, 2, &[]);
    let mut broken = Privilege::allow("device", ["view"]);
    broken.target = Some(Filter::scim("shoe_size gt 40"));
    let gives = stage.role(3, &[broken.clone()]);
    broken.effect = crate::rules::PrivilegeEffect::Deny;
    let takes = stage.role(4, &[broken]);
    let all = stage.role(5, &[Privilege::allow("device", ["view"])]);
    stage.link(user, Relation::HasRole, gives);
    assert!(!stage.can(user, "view", device));
    let edge = Edge::direct(user, Relation::HasRole, all);
    let change = |edge: Edge| Change::Edge {
        before: None,
        after: Some(edge),
        cause: Cause::Requested,
    };
    stage.world.apply(&change(edge));
    assert!(stage.can(user, "view", device));
    stage
        .world
        .apply(&change(Edge::direct(user, Relation::HasRole, takes)));
    assert!(!stage.can(user, "view", device));
    let findings = stage.world.examine_roles();
    assert_eq!(findings.len(), 2);
    assert!(
        findings
            .iter()
            .all(|finding| finding.check == "access.privilege_broken")
    );
}

/// What is laid over the data is gone afterwards, whatever it touched.
#[test]
fn an_overlay_leaves_no_trace() {
    let mut stage = Stage::new();
    let (user, device) = (stage.put(Kind::User, 1, &[]), stage.put(Kind::Device, 2, &[]));
    let role = stage.role(3, &[Privilege::allow("device", ["view"])]);
    assert!(!stage.can(user, "view", device));
    let grant = Change::Edge {
        before: None,
        after: Some(Edge::direct(user, Relation::HasRole, role)),
        cause: Cause::Requested,
    };
    let created = EntityId::new(Kind::Device, Uuid::from_u128(9));
    let create = Change::Record {
        before: None,
        after: Some(Record::new(created).shared()),
        taken: Vec::new(),
        released: Vec::new(),
        cause: Cause::Requested,
    };
    let changes = [grant, create];
    let overlay = stage.world.lay(&changes);
    assert!(stage.can(user, "view", device) && stage.can(user, "view", created));
    stage.world.lift(overlay);
    assert!(!stage.can(user, "view", device));
    assert!(!stage.can(user, "view", created));
    stage.world.apply(&changes[0]);
    assert!(stage.can(user, "view", device));
}

/// Loading goes round by round, a step of the path each, and only for what is asked about.
#[test]
fn only_what_is_asked_for_is_loaded() {
    let mut stage = Stage::new();
    let user = stage.put(Kind::User, 1, &[]);
    let mut above: Option<EntityId> = None;
    let mut organizations = BTreeSet::new();
    for number in 10..20 {
        let values: Vec<(&str, Value)> = above.map(|id| ("parent", id.into())).into_iter().collect();
        let id = stage.put(Kind::Organization, number, &values);
        organizations.insert(id);
        above = Some(id);
    }
    for number in 100..200 {
        stage.put(Kind::User, number, &[]);
    }
    let low = above.unwrap();
    stage.link(user, Relation::MemberOf, low);
    assert!(stage.can(user, "view", user));
    assert!(stage.rounds <= 2 + organizations.len());
    assert_eq!(stage.world.resident(), 1 + organizations.len());
}
