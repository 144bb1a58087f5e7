//! Earlier states: what is read of them is what was there.

use std::collections::{BTreeMap, BTreeSet};

use super::{ground::Ground, words::definitions};
use crate::{
    model::{Edge, EntityId, Kind, Moment, OrganizationId, Relation},
    plan::{Cause, Direction},
    port::Revision,
    search::{Deleted, Predicate, Search, Sort},
    service::{Acting, At, TreeNode},
    testing::{Dump, Random, oracle::Oracle},
    wire::Code,
};

/// A state that was seen while it was the present.
struct Snapshot {
    revision: Revision,
    at: Moment,
    dump: Dump,
}

const RELATIONS: &[(Relation, Kind, Kind)] = &[
    (Relation::MemberOf, Kind::User, Kind::Organization),
    (Relation::InGroup, Kind::User, Kind::Group),
    (Relation::InGroup, Kind::Group, Kind::Group),
    (Relation::InGroup, Kind::Organization, Kind::Group),
    (Relation::ReportsTo, Kind::User, Kind::User),
    (Relation::Holds, Kind::User, Kind::Position),
];

/// Random writes, one commit each, with a snapshot after every one; time goes on with most of them.
async fn live_through(ground: &Ground, seed: u64, steps: usize) -> Vec<Snapshot> {
    let mut random = Random::new(seed);
    let mut snapshots = vec![];
    let cities = ["Utica", "Berlin", "Zürich"];
    for step in 0..steps {
        let dump = ground.dump().await;
        let of = |kind: Kind| dump.of_kind(kind).map(|record| record.id).collect::<Vec<_>>();
        let all: Vec<EntityId> = dump
            .records
            .keys()
            .copied()
            .filter(|id| id.kind != Kind::Realm)
            .collect();
        let name = format!("n{step}");
        match random.below(12) {
            0 | 1 => drop(ground.user(&name).await),
            2 => drop(
                ground
                    .organization(&name, random.pick(&of(Kind::Organization)).copied())
                    .await,
            ),
            3 => {
                let kind = *random.pick(&[Kind::Group, Kind::Position]).unwrap();
                ground.put(kind, [("name", name.into())]).await;
            }
            4 | 5 => {
                if let Some(user) = random.pick(&of(Kind::User)) {
                    let city = random.pick(&cities).map(|city| (*city).into());
                    ground
                        .try_set(
                            *user,
                            [("city", city), ("job", random.percent(50).then(|| name.into()))],
                        )
                        .await
                        .unwrap();
                }
            }
            6 => {
                // A part of the tree moves, unless it would come below itself.
                let organizations = of(Kind::Organization);
                if let (Some(moved), Some(target)) =
                    (random.pick(&organizations), random.pick(&organizations))
                {
                    let mut place = Some(*target);
                    while let Some(id) = place.filter(|id| id != moved) {
                        place = dump.records[&id].reference("parent");
                    }
                    let parent = place.is_none().then(|| (*target).into());
                    ground.try_set(*moved, [("parent", parent)]).await.unwrap();
                }
            }
            7 => {
                if let Some(id) = random.pick(&all) {
                    let deleted = !dump.records[id].is_deleted();
                    let at = deleted.then(|| ground.acme.context().now.into());
                    // A name may have been taken meanwhile: not here, they are all different.
                    ground.set(*id, [("deleted_at", at)]).await;
                }
            }
            8 if random.percent(30) => {
                // What nothing names may go physically. Not persons: with them goes the key to their past.
                let thing = all.iter().find(|id| {
                    matches!(id.kind, Kind::Group | Kind::Position)
                        && !dump.edges.keys().any(|key| key.from == **id || key.to == **id)
                });
                if let Some(thing) = thing {
                    ground.remove(*thing).await;
                }
            }
            9 => {
                let edges: Vec<_> = dump.edges.keys().copied().collect();
                if let Some(key) = random.pick(&edges) {
                    ground.unlink(key.from, key.relation, key.to).await;
                }
            }
            _ => {
                let (relation, from, to) = *random.pick(RELATIONS).unwrap();
                let (from, to) = (of(from), of(to));
                if let (Some(from), Some(to)) = (random.pick(&from), random.pick(&to)) {
                    let mut edge = Edge::direct(*from, relation, *to);
                    let now = ground.acme.context().now;
                    edge.window.until = random.percent(20).then(|| now.plus_seconds(300));
                    let several = dump
                        .edges
                        .keys()
                        .any(|key| key.from == *from && key.relation == Relation::ReportsTo);
                    // One manager, and no circle.
                    if relation != Relation::ReportsTo || (!several && from < to) {
                        ground
                            .acme
                            .write("test.link", |draft| {
                                draft.put_edge(edge.clone(), Cause::Requested).map(drop)
                            })
                            .await
                            .unwrap();
                    }
                }
            }
        }
        snapshots.push(Snapshot {
            revision: ground.standing().await.latest,
            at: ground.acme.context().now,
            dump: ground.dump().await,
        });
        if random.percent(70) {
            ground.clock.advance(60);
        }
    }
    snapshots
}

/// Every record, every set of edges, searches of all kinds, the tree: at every revision and at every moment.
pub(super) async fn as_of_agrees_with_snapshots(ground: &Ground) {
    let snapshots = live_through(ground, 1, 70).await;
    let everything: BTreeSet<EntityId> = snapshots
        .iter()
        .flat_map(|snapshot| snapshot.dump.records.keys().copied())
        .collect();
    let mut random = Random::new(2);
    for (place, snapshot) in snapshots.iter().enumerate() {
        let mut states = vec![At::Revision(snapshot.revision)];
        // Of several commits in one moment, the last is the state at that moment.
        if snapshots.get(place + 1).is_none_or(|next| next.at > snapshot.at) {
            states.push(At::Moment(snapshot.at));
            states.push(At::Moment(snapshot.at.plus_seconds(59)));
        }
        for at in states {
            let then = ground.acme.clone().as_of(at);
            records(&then, &snapshot.dump, &everything, &mut random, at).await;
            // Windows end by the clock: a revision is read at the moment of its commit.
            let now = match at {
                At::Moment(moment) => moment,
                _ => stamped(ground, snapshot.revision).await,
            };
            searches(&then, &snapshot.dump, now, &mut random, &everything, at).await;
        }
    }
}

async fn stamped(ground: &Ground, revision: Revision) -> Moment {
    let query = crate::port::AuditQuery {
        revisions: Some(vec![revision]),
        limit: 1,
        ..Default::default()
    };
    ground.storage.audit(&query).await.unwrap()[0].at
}

async fn records(
    then: &Acting<'_>,
    dump: &Dump,
    everything: &BTreeSet<EntityId>,
    random: &mut Random,
    at: At,
) {
    let found = then.find_all(everything.iter().copied()).await.unwrap();
    let found: BTreeMap<_, _> = found.into_iter().map(|record| (record.id, record)).collect();
    for id in everything {
        let (found, expected) = (found.get(id), dump.records.get(id));
        assert_eq!(
            found.map(|record| (&record.attributes, record.version)),
            expected.map(|record| (&record.attributes, record.version)),
            "{id} at {at:?}"
        );
    }
    // One by one only a few: over all the states it is everybody's turn.
    let ids: Vec<EntityId> = everything.iter().copied().collect();
    for _ in 0..4 {
        let id = *random.pick(&ids).unwrap();
        let expected = dump.records.get(&id).filter(|record| !record.is_deleted());
        if let Some(name) = expected
            .map(|record| record.text("user_name"))
            .filter(|name| !name.is_empty())
        {
            let holder = then.find_by(Kind::User, "user_name", name).await.unwrap();
            assert_eq!(holder.map(|record| record.id), Some(id), "{name} at {at:?}");
        }
        for (relation, _, _) in RELATIONS
            .iter()
            .filter(|(_, from, to)| id.kind == *from || id.kind == *to)
        {
            for direction in [Direction::From, Direction::To] {
                let found = then.edges(id, direction, *relation).await.unwrap();
                let end = |edge: &&Edge| {
                    edge.key.relation == *relation
                        && id
                            == if direction == Direction::From {
                                edge.key.from
                            } else {
                                edge.key.to
                            }
                };
                let expected: Vec<Edge> = dump.edges.values().filter(end).cloned().collect();
                assert_eq!(found, expected, "{id} {direction:?} {relation:?} at {at:?}");
            }
        }
    }
}

async fn searches(
    then: &Acting<'_>,
    dump: &Dump,
    now: Moment,
    random: &mut Random,
    everything: &BTreeSet<EntityId>,
    at: At,
) {
    let ids: Vec<EntityId> = everything.iter().copied().collect();
    let oracle = Oracle {
        dump,
        now,
        definitions: &definitions,
    };
    for _ in 0..4 {
        let id = *random.pick(&ids).unwrap();
        let derived = match id.kind {
            Kind::Organization => *random.pick(&["organizations", "within_organization"]).unwrap(),
            Kind::Group => "groups",
            Kind::Position => "positions",
            _ => "manager",
        };
        let derived = if id.kind == Kind::Realm {
            Predicate::All
        } else {
            Predicate::eq(derived, id.to_string())
        };
        let filter = match random.below(5) {
            0 => Predicate::eq("city", "utica"),
            1 => derived.clone().and(Predicate::present("job").negate()),
            2 => derived.clone().negate(),
            3 => Predicate::Or(vec![derived.clone(), Predicate::eq("city", "berlin")]),
            _ => derived.clone(),
        };
        let deleted = *random
            .pick(&[Deleted::Exclude, Deleted::Include, Deleted::Only])
            .unwrap();
        let sort = [Sort::descending("city"), Sort::ascending("job")];
        let mut search = Search::new(Kind::User)
            .filter(filter.clone())
            .sort(sort.clone())
            .limit(3)
            .total(true)
            .deleted(deleted);
        let expected = oracle.sorted(Kind::User, &filter, deleted, &sort);
        let mut found = Vec::new();
        loop {
            let page = then.search(&search).await.unwrap();
            assert_eq!(
                page.total,
                Some(expected.len() as u64),
                "{filter:?} {deleted:?} at {at:?}"
            );
            found.extend(page.items.iter().map(|record| record.id));
            match page.next {
                Some(next) => search = search.cursor(next),
                None => break,
            }
        }
        assert_eq!(found, expected, "{filter:?} {deleted:?} at {at:?}");
    }
}

/// The difference of any two states is the difference of their snapshots, in both directions.
pub(super) async fn differences_agree_with_snapshots(ground: &Ground) {
    let snapshots = live_through(ground, 9, 60).await;
    let mut random = Random::new(4);
    for _ in 0..40 {
        let (a, b) = (random.pick(&snapshots).unwrap(), random.pick(&snapshots).unwrap());
        let difference = ground
            .acme
            .difference(At::Revision(a.revision), At::Revision(b.revision))
            .await
            .unwrap();
        let mut expected = crate::plan::Difference::default();
        let ids: BTreeSet<_> = a
            .dump
            .records
            .keys()
            .chain(b.dump.records.keys())
            .copied()
            .collect();
        for id in ids {
            let (before, after) = (a.dump.records.get(&id), b.dump.records.get(&id));
            expected.add_record(before.map(AsRef::as_ref), after.map(AsRef::as_ref), None);
        }
        let keys: BTreeSet<_> = a.dump.edges.keys().chain(b.dump.edges.keys()).copied().collect();
        for key in keys {
            expected.add_edge(a.dump.edges.get(&key).cloned(), b.dump.edges.get(&key).cloned());
        }
        let what = format!("from {} to {}", a.revision, b.revision);
        assert_eq!(difference.records, expected.records, "{what}");
        assert_eq!(difference.edges, expected.edges, "{what}");
    }
    let (first, last) = (&snapshots[0], snapshots.last().unwrap());
    let to_now = ground
        .acme
        .difference(At::Moment(first.at), At::Now)
        .await
        .unwrap();
    let same = ground
        .acme
        .difference(At::Moment(first.at), At::Revision(last.revision))
        .await
        .unwrap();
    assert_eq!(to_now.records, same.records);
    assert!(ground.acme.difference(At::Now, At::Now).await.unwrap().is_empty());
}

/// S0-116: who was in a group then, by ways that are gone.
pub(super) async fn past_of_edges_and_groups(ground: &Ground) {
    let user = ground.user("u").await;
    let organization = ground.organization("o", None).await;
    let outer = ground.put(Kind::Group, [("name", "outer".into())]).await;
    let inner = ground.put(Kind::Group, [("name", "inner".into())]).await;
    ground.link(inner, Relation::InGroup, outer).await;
    ground.link(organization, Relation::InGroup, inner).await;
    let then = ground.link(user, Relation::MemberOf, organization).await;
    ground.clock.advance(60);
    ground.unlink(inner, Relation::InGroup, outer).await;
    ground.remove_group_and_leave(user, organization, inner).await;
    let filter = Predicate::eq("groups", outer.to_string());
    assert_eq!(ground.acme.count(Kind::User, filter.clone()).await.unwrap(), 0);
    let past = ground.acme.clone().as_of(At::Revision(then));
    assert_eq!(past.count(Kind::User, filter).await.unwrap(), 1);
    assert_eq!(
        past.count(Kind::User, Predicate::eq("groups", inner.to_string()))
            .await
            .unwrap(),
        1
    );
}

impl Ground {
    async fn remove_group_and_leave(&self, user: EntityId, organization: EntityId, group: EntityId) {
        self.unlink(user, Relation::MemberOf, organization).await;
        self.set(group, [("deleted_at", Some(Moment::MIN.into()))]).await;
    }
}

fn names(nodes: &[TreeNode]) -> String {
    let each = nodes.iter().map(|node| {
        let name = node.organization.text("name");
        if node.children.is_empty() {
            name.to_owned()
        } else {
            format!("{name}({})", names(&node.children))
        }
    });
    each.collect::<Vec<_>>().join(" ")
}

/// S0-74, S0-93: the tree and the path to its top, as they were before the move.
pub(super) async fn past_of_the_tree(ground: &Ground) {
    let a = ground.organization("a", None).await;
    let b = ground.organization("b", Some(a)).await;
    let c = ground.organization("c", Some(b)).await;
    let first = ground.standing().await.latest;
    ground.clock.advance(60);
    ground
        .set(b, [("parent", None), ("name", Some("B".into()))])
        .await;
    let second = ground.standing().await.latest;
    let d = ground.organization("d", Some(a)).await;
    ground.set(c, [("parent", Some(d.into()))]).await;
    ground.remove(b).await;
    for (at, tree, path) in [
        (At::Revision(first), "a(b(c))", vec![c, b, a]),
        (At::Revision(second), "a B(c)", vec![c, b]),
        (At::Now, "a(d(c))", vec![c, d, a]),
    ] {
        let then = ground.acme.clone().as_of(at);
        assert_eq!(names(&then.tree(None).await.unwrap()), tree);
        let found = then.path(OrganizationId(c.uuid)).await.unwrap();
        assert_eq!(found.iter().map(|record| record.id).collect::<Vec<_>>(), path);
        let below: OrganizationId = path.last().copied().unwrap().try_into().unwrap();
        assert!(names(&then.tree(Some(below)).await.unwrap()).contains('c'));
    }
}

/// What has not happened yet cannot be read; before the beginning there was nothing.
pub(super) async fn as_of_refuses_the_future(ground: &Ground) {
    let user = ground.user("u").await;
    let latest = ground.standing().await.latest;
    let then = ground.acme.clone().as_of(At::Revision(Revision(latest.0 + 1)));
    assert_eq!(then.find(user).await.unwrap_err().code, Code::Revision);
    let then = ground.acme.clone().as_of(At::Revision(Revision(0)));
    assert_eq!(then.find(user).await.unwrap(), None);
    assert_eq!(then.count(Kind::User, Predicate::All).await.unwrap(), 0);
    let then = ground.acme.clone().as_of(At::Moment(Moment::MIN));
    assert_eq!(then.find(user).await.unwrap(), None);
}
