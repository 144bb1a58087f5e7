//! Random worlds of access: check, list and the naive twin agree, now and then; denials only take; a move changes only what
//! it has to.

use std::collections::{BTreeMap, BTreeSet};

use super::Ground;
use crate::{
    model::{
        AttributeDefinition, Edge, EdgeOrigin, EntityId, Kind, Moment, Record, Relation, Value, builtin,
    },
    plan::{Cause, Draft, Needs},
    port::AuditQuery,
    query::Filter,
    rules::{AttributeAccess, Privilege, PrivilegeEffect},
    search::{MAXIMUM_LIMIT, Search},
    service::{Acting, At},
    testing::{Dump, Random, naive_access::NaiveAccess},
};

const KINDS: [Kind; 6] = [
    Kind::User,
    Kind::Device,
    Kind::Organization,
    Kind::Position,
    Kind::Group,
    Kind::Role,
];

/// Everything of a random world by kind.
type World = BTreeMap<Kind, Vec<EntityId>>;

fn definition(kind: Kind, name: &str) -> Option<AttributeDefinition> {
    builtin(kind)
        .iter()
        .find(|definition| definition.name == name)
        .cloned()
}

fn pick(random: &mut Random, world: &World, kind: Kind) -> EntityId {
    *random.pick(&world[&kind]).unwrap()
}

fn filter(random: &mut Random, world: &World, kind: &str) -> Option<Filter> {
    let organization = pick(random, world, Kind::Organization);
    let group = pick(random, world, Kind::Group);
    let text = match (kind, random.below(6)) {
        ("user", 0) => r#"job eq "Nurse""#.to_owned(),
        ("user", 1) => format!(r#"within_organization eq "{organization}""#),
        ("user", 2) => format!(r#"groups eq "{group}" or city sw "b""#),
        ("user", 3) => "not (privileged eq true)".to_owned(),
        ("user", 4) => format!(r#"manager pr and organizations ne "{organization}""#),
        ("device", 0 | 1) => format!(r#"within_organization eq "{organization}""#),
        ("organization", 0 | 1) => format!(r#"within_organization eq "{organization}" or name co "3""#),
        ("position", 0) => format!(r#"organization eq "{organization}""#),
        ("group", 0) => r#"name co "1""#.to_owned(),
        _ => return None,
    };
    Some(Filter::scim(text))
}

fn privilege(random: &mut Random, world: &World) -> Privilege {
    let kind = [
        "user",
        "user",
        "user",
        "device",
        "organization",
        "position",
        "group",
        "role",
        "*",
    ][random.below(9)];
    let actions: &[&str] = [&["view"][..], &["view", "update"], &["*"], &["update"]][random.below(4)];
    let mut privilege = Privilege::allow(kind, actions.iter().copied());
    if random.percent(25) {
        privilege.effect = PrivilegeEffect::Deny;
        if random.percent(30) {
            privilege.attributes.insert("job".into(), AttributeAccess::None);
        }
    }
    if random.percent(50) && kind != "*" {
        privilege.target = filter(random, world, kind);
    }
    if random.percent(15) {
        privilege.holder = filter(random, world, "user");
    }
    privilege
}

fn window(random: &mut Random, edge: &mut Edge, now: Moment) {
    if random.percent(25) {
        edge.window.from = Some(now.plus_seconds(random.below(300) as i64 - 150));
    }
    if random.percent(25) {
        let from = edge.window.from.unwrap_or(now);
        edge.window.until = Some(from.plus_seconds(1 + random.below(300) as i64));
    }
    if random.percent(5) {
        edge.suspended = Some("for the test".into());
    }
}

/// A random edge of those that decisions read.
fn edge(random: &mut Random, world: &World, now: Moment) -> Option<Edge> {
    use Relation::{
        Administers, Deputizes, Excludes, HasRole, Holds, InGroup, IncludesRole, MemberOf, Owns, ReportsTo,
    };
    let holding = random.below(7);
    let mut of = |kind| pick(random, world, kind);
    let user = of(Kind::User);
    let holder = of([
        Kind::User,
        Kind::User,
        Kind::User,
        Kind::Organization,
        Kind::Group,
        Kind::Position,
        Kind::UserType,
    ][holding]);
    let (device, role, organization, position, group) = (
        of(Kind::Device),
        of(Kind::Role),
        of(Kind::Organization),
        of(Kind::Position),
        of(Kind::Group),
    );
    let (other, second) = (of(Kind::User), of(Kind::Role));
    let (from, relation, to) = match random.below(16) {
        0..=2 => (user, MemberOf, organization),
        3 => (device, MemberOf, organization),
        4 => (user, InGroup, group),
        5 => ([organization, position][random.below(2)], InGroup, group),
        6 => (group, InGroup, pick(random, world, Kind::Group)),
        7 => (user, Holds, position),
        8..=10 => (holder, HasRole, role),
        11 => (user, [Owns, Administers][random.below(2)], organization),
        12 => (user, Deputizes, other),
        // Nobody has two managers.
        13 => (user, ReportsTo, world[&Kind::User][0]),
        // Never a circle of roles.
        14 if role < second => (role, IncludesRole, second),
        15 if role != second => (role, Excludes, second),
        _ => return None,
    };
    if from == to {
        return None;
    }
    let mut edge = Edge::direct(from, relation, to);
    window(random, &mut edge, now);
    if matches!(relation, HasRole | InGroup) && random.percent(15) {
        edge.origins = [EdgeOrigin::Request].into();
    }
    match relation {
        HasRole => {
            if random.percent(30) {
                let within = pick(random, world, Kind::Organization);
                edge.attributes.insert("within", vec![within.to_string()].into());
            }
            if from.kind == Kind::Organization && random.percent(30) {
                edge.attributes.insert("inherit", false.into());
            }
        }
        Deputizes if random.percent(40) => {
            edge.attributes.insert("roles", vec![role.to_string()].into());
        }
        _ => {}
    }
    Some(edge)
}

fn write_privileges(record: &mut Record, privileges: &[Privilege]) {
    let value: Value = serde_json::from_value(serde_json::to_value(privileges).unwrap()).unwrap();
    record.set("privileges", Some(value));
}

fn record(
    draft: &mut Draft<'_>,
    random: &mut Random,
    world: &World,
    (kind, place): (Kind, usize),
    now: Moment,
) -> Record {
    let ids = &world[&kind];
    let mut record = Record::new(ids[place]);
    let name = if kind == Kind::User { "user_name" } else { "name" };
    let unique = random.below(1_000_000_000);
    record.set(name, Some(format!("{kind} {place} {unique}").into()));
    match kind {
        Kind::User => {
            record.salt = Some(draft.new_salt());
            record.set("job", Some(["Nurse", "Clerk", "Head"][random.below(3)].into()));
            record.set("city", Some(["Berlin", "Rome"][random.below(2)].into()));
            record.set("privileged", random.percent(20).then(|| true.into()));
            record.set("locked", random.percent(5).then(|| true.into()));
            record.set("user_type", Some(pick(random, world, Kind::UserType).into()));
            record.set("inherit_groups", random.percent(20).then(|| false.into()));
            record.set("inherit_subscriptions", random.percent(10).then(|| false.into()));
            record.set("categories", categories(random));
            if random.percent(10) {
                let until = now.plus_seconds(random.below(200) as i64 - 50);
                record.set("valid_until", Some(until.into()));
            }
        }
        Kind::Organization => {
            let parent = (place > 0).then(|| ids[random.skewed(place)]);
            record.set("parent", parent.map(Into::into));
            record.set("stops_inheritance", random.percent(15).then(|| true.into()));
            record.set(
                "administrative_status",
                random.percent(8).then(|| "disabled".into()),
            );
        }
        Kind::Position => {
            let place = pick(random, world, Kind::Organization);
            record.set("organization", Some(place.into()));
            record.set(
                "administrative_status",
                random.percent(15).then(|| "disabled".into()),
            );
        }
        Kind::Role => {
            let privileges: Vec<_> = (0..1 + random.below(3))
                .map(|_| privilege(random, world))
                .collect();
            write_privileges(&mut record, &privileges);
            let class = random.percent(15).then(|| "subscription".into());
            record.set("inheritance_class", class);
            record.set("categories", categories(random));
            if random.percent(20) {
                record.set(
                    "valid_from",
                    Some(now.plus_seconds(random.below(100) as i64 - 50).into()),
                );
            }
        }
        Kind::Group => {
            record.set("inheritance_class", random.percent(40).then(|| "group".into()));
        }
        _ => {}
    }
    record
}

fn categories(random: &mut Random) -> Option<Value> {
    random
        .percent(15)
        .then(|| vec![["north", "south"][random.below(2)]].into())
}

async fn random_world(ground: &Ground, random: &mut Random) -> World {
    let seed = ground.iam.fresh_seed();
    let now = ground.acme.context().now;
    let mut number = 0;
    let mut some = |kind, count: usize| {
        let ids = (0..count).map(|_| {
            number += 1;
            seed.id(kind, now, number)
        });
        (kind, ids.collect::<Vec<_>>())
    };
    let world = World::from([
        some(Kind::User, 14),
        some(Kind::Device, 4),
        some(Kind::Organization, 9),
        some(Kind::Position, 3),
        some(Kind::Group, 4),
        some(Kind::Role, 6),
        some(Kind::UserType, 2),
    ]);
    for (kind, ids) in &world {
        for place in 0..ids.len() {
            let start = random.clone();
            ground
                .acme
                .write("test.world", |draft| {
                    // Decided again with more facts, it is the same record.
                    let mut random = start.clone();
                    let record = record(draft, &mut random, &world, (*kind, place), now);
                    let needs = Needs {
                        records: [record.id].into(),
                        ..Needs::default()
                    };
                    draft.need(needs)?;
                    draft.put(record, Cause::Requested).map(drop)
                })
                .await
                .unwrap();
            random.bits();
        }
    }
    for _ in 0..70 {
        if let Some(edge) = edge(random, &world, now) {
            connect(ground, edge).await;
        }
    }
    world
}

/// Writes an edge; the same one once more changes nothing.
async fn connect(ground: &Ground, edge: Edge) {
    ground
        .acme
        .write("test.link", |draft| {
            draft.put_edge(edge.clone(), Cause::Requested).map(drop)
        })
        .await
        .unwrap();
}

async fn listed(acting: &Acting<'_>, kind: Kind) -> BTreeSet<EntityId> {
    let mut search = Search::new(kind).limit(7).total(true);
    let mut found = BTreeSet::new();
    loop {
        let page = acting.search(&search).await.unwrap();
        found.extend(page.items.iter().map(|record| record.id));
        match page.next {
            Some(next) => search = search.cursor(next),
            None => {
                assert_eq!(page.total, Some(found.len() as u64));
                return found;
            }
        }
    }
}

/// For some actors and every target: list, check, the storage's predicate and the twin give one answer.
async fn agree(ground: &Ground, world: &World, dump: &Dump, at: At, now: Moment, actors: &[EntityId]) {
    let twin = NaiveAccess {
        dump,
        now,
        definitions: &definition,
    };
    for actor in actors {
        let acting = ground.as_user(*actor).as_of(at);
        for kind in KINDS {
            let expected: BTreeSet<EntityId> = world[&kind]
                .iter()
                .copied()
                .filter(|target| dump.is_live(*target) && twin.can_view(*actor, *target))
                .collect();
            let mut listed = listed(&acting, kind).await;
            // Other worlds of the realm are somebody else's business.
            listed.retain(|id| world[&kind].contains(id));
            assert_eq!(listed, expected, "{actor} lists {kind} {at:?}");
            if at == At::Now {
                let decider = ground.acme.decider().await.unwrap();
                decider.warm_all(kind).await.unwrap();
                let view = decider.ability(kind.name(), "view");
                let mut seen = decider.visible(*actor, view);
                if seen.is_none() {
                    decider.warm(&[*actor]).await.unwrap();
                    seen = decider.visible(*actor, view);
                }
                let mut seen: BTreeSet<EntityId> = seen.unwrap().into_iter().collect();
                seen.retain(|id| world[&kind].contains(id));
                assert_eq!(seen, expected, "{actor} lists {kind} from memory");
                // Many at once, some of which do not exist: the answers of one at a time.
                let mut asked: Vec<_> = world[&kind].iter().map(|id| (view, *id)).collect();
                asked.push((view, EntityId::new(kind, uuid::Uuid::max())));
                let each: Vec<_> = asked
                    .iter()
                    .map(|(view, id)| decider.can(*actor, *view, *id))
                    .collect();
                assert_eq!(
                    decider.can_each(*actor, &asked),
                    each,
                    "{actor} views each {kind}"
                );
                for (target, seen) in world[&kind].iter().zip(&each) {
                    if let Some(seen) = *seen {
                        assert_eq!(
                            seen,
                            twin.can_view(*actor, *target),
                            "{actor} views {target} from memory"
                        );
                    }
                    let can = acting.can("view", *target).await.unwrap();
                    assert_eq!(can, twin.can_view(*actor, *target), "{actor} views {target}");
                }
            }
        }
    }
}

async fn change(ground: &Ground, world: &World, random: &mut Random) {
    let now = ground.acme.context().now;
    match random.below(12) {
        10 => {
            let organization = pick(random, world, Kind::Organization);
            let status = random.percent(60).then(|| "disabled".into());
            let _ = ground
                .try_set(organization, [("administrative_status", status)])
                .await;
        }
        11 => {
            let user = pick(random, world, Kind::User);
            let switch = random.percent(60).then(|| false.into());
            let _ = ground.try_set(user, [("inherit_groups", switch)]).await;
        }
        0 => {
            let user = pick(random, world, Kind::User);
            let job = ["Nurse", "Clerk"][random.below(2)];
            let _ = ground.try_set(user, [("job", Some(job.into()))]).await;
        }
        1 => {
            let organizations = &world[&Kind::Organization];
            let place = 1 + random.below(organizations.len() - 1);
            let parent = organizations[random.below(place)];
            let _ = ground
                .try_set(organizations[place], [("parent", Some(parent.into()))])
                .await;
        }
        2 => {
            let role = pick(random, world, Kind::Role);
            let mut record = Record::new(role);
            write_privileges(&mut record, &[privilege(random, world)]);
            let _ = ground
                .try_set(role, [("privileges", record.value("privileges").cloned())])
                .await;
        }
        3 => {
            let user = pick(random, world, Kind::User);
            let locked = random.percent(50).then(|| true.into());
            let _ = ground.try_set(user, [("locked", locked)]).await;
        }
        4 => {
            let kind = [Kind::Organization, Kind::Group, Kind::Role][random.below(3)];
            let id = pick(random, world, kind);
            let deleted = random.percent(30).then(|| now.into());
            // Of the tree only leaves are deleted, as the commands see to it.
            let organizations = &world[&Kind::Organization];
            let dump = ground.dump().await;
            let leaf = dump
                .of_kind(Kind::Organization)
                .all(|record| record.reference("parent") != Some(id) || record.is_deleted());
            if kind != Kind::Organization || (leaf && organizations[0] != id) {
                let _ = ground.try_set(id, [("deleted_at", deleted)]).await;
            }
        }
        5 => {
            let dump = ground.dump().await;
            let edges: Vec<&Edge> = dump.edges.values().collect();
            if let Some(edge) = random.pick(&edges) {
                ground.unlink(edge.key.from, edge.key.relation, edge.key.to).await;
            }
        }
        _ => {
            if let Some(edge) = edge(random, world, now) {
                connect(ground, edge).await;
            }
        }
    }
    ground.clock.advance(random.below(20) as i64);
}

/// The property: on random worlds, through random changes, now and at every earlier state, with windows that open and
/// close meanwhile.
pub(super) async fn lists_are_filtered_checks(ground: &Ground) {
    for seed in 1..=2 {
        let random = &mut Random::new(seed);
        let world = random_world(ground, random).await;
        let mut past = Vec::new();
        for _ in 0..6 {
            let dump = ground.dump().await;
            let revision = ground.acme.revision().await.unwrap();
            let query = AuditQuery {
                until: Some(revision),
                newest_first: true,
                limit: 1,
                ..AuditQuery::default()
            };
            let stamped = ground.acme.audit(query).await.unwrap()[0].at;
            let now = ground.acme.context().now;
            let actors: Vec<EntityId> = (0..5).map(|_| pick(random, &world, Kind::User)).collect();
            agree(ground, &world, &dump, At::Now, now, &actors).await;
            past.push((revision, stamped, dump));
            for _ in 0..5 {
                change(ground, &world, random).await;
            }
        }
        for (revision, stamped, dump) in past.iter().step_by(3) {
            let actors = [pick(random, &world, Kind::User)];
            agree(ground, &world, dump, At::Revision(*revision), *stamped, &actors).await;
        }
        // Damaged trees are not what this is about.
        let first = &world[&Kind::Organization];
        assert!(!first.is_empty());
    }
}

async fn everything_seen(ground: &Ground, world: &World) -> BTreeSet<(EntityId, EntityId)> {
    let dump = ground.dump().await;
    let mut seen = BTreeSet::new();
    for actor in &world[&Kind::User] {
        let acting = ground.as_user(*actor);
        for kind in KINDS {
            let mut search = Search::new(kind).limit(MAXIMUM_LIMIT);
            search.total = false;
            let page = acting.search(&search).await.unwrap();
            seen.extend(page.items.iter().map(|record| (*actor, record.id)));
        }
    }
    drop(dump);
    seen
}

/// Metamorphic: adding a denial never adds access, wherever it is added.
pub(super) async fn a_denial_never_adds(ground: &Ground) {
    let random = &mut Random::new(77);
    let world = random_world(ground, random).await;
    let mut before = everything_seen(ground, &world).await;
    for _ in 0..4 {
        let role = pick(random, &world, Kind::Role);
        let record = ground.record(role).await.unwrap();
        let mut privileges = Privilege::of(&record);
        let mut more = privilege(random, &world);
        more.effect = PrivilegeEffect::Deny;
        privileges.push(more);
        let mut changed = Record::clone(&record);
        write_privileges(&mut changed, &privileges);
        ground
            .set(role, [("privileges", changed.value("privileges").cloned())])
            .await;
        let after = everything_seen(ground, &world).await;
        assert!(
            after.is_subset(&before),
            "gained {:?}",
            after.difference(&before).collect::<Vec<_>>()
        );
        before = after;
    }
}

/// Metamorphic: moving an organization changes only what lies in it, and what whoever is in it (or their deputies) may do.
pub(super) async fn a_move_changes_only_what_is_moved(ground: &Ground) {
    let random = &mut Random::new(5);
    let world = random_world(ground, random).await;
    for _ in 0..4 {
        let before = everything_seen(ground, &world).await;
        let organizations = &world[&Kind::Organization];
        let place = 1 + random.below(organizations.len() - 1);
        let (moved, parent) = (organizations[place], organizations[random.below(place)]);
        let _ = ground.try_set(moved, [("parent", Some(parent.into()))]).await;
        let after = everything_seen(ground, &world).await;
        let dump = ground.dump().await;
        let now = ground.acme.context().now;
        let twin = NaiveAccess {
            dump: &dump,
            now,
            definitions: &definition,
        };
        let inside = |id: EntityId| twin.is_within(id, &[moved]);
        let deputy = |id: EntityId| {
            dump.edges.values().any(|edge| {
                edge.key.relation == Relation::Deputizes && edge.key.from == id && inside(edge.key.to)
            })
        };
        for (actor, target) in before.symmetric_difference(&after) {
            assert!(
                inside(*actor) || deputy(*actor) || inside(*target),
                "{actor} and {target} have nothing to do with {moved}"
            );
        }
    }
}
