//! Attributes that are read from edges and from the tree.

use std::{collections::BTreeSet, sync::Arc};

use super::{ground::Ground, words::definitions};
use crate::{
    model::{Edge, EntityId, Kind, Moment, OrganizationId, Record, Relation, Value, Window},
    plan::{Cause, Draft},
    port::Find,
    search::{Deleted, Predicate, Search, Sort},
    testing::{Dump, Random, oracle::Oracle},
};

async fn find(ground: &Ground, kind: Kind, filter: &Predicate, deleted: Deleted) -> BTreeSet<EntityId> {
    let search = Search::new(kind)
        .filter(filter.clone())
        .deleted(deleted)
        .limit(1_000);
    let page = ground.acme.search(&search).await.unwrap();
    page.items.iter().map(|record| record.id).collect()
}

async fn users(ground: &Ground, attribute: &str, id: EntityId) -> BTreeSet<EntityId> {
    find(
        ground,
        Kind::User,
        &Predicate::eq(attribute, id.to_string()),
        Deleted::Exclude,
    )
    .await
}

/// S0-27, S2-14, S2-81, S0-102, S0-76, S4-56: every relation answers under its name.
pub(super) async fn derived_attributes(ground: &Ground) {
    let (a, b) = (ground.user("a").await, ground.user("b").await);
    let organization = ground.organization("o", None).await;
    let position = ground.put(Kind::Position, [("name", "p".into())]).await;
    let group = ground.put(Kind::Group, [("name", "g".into())]).await;
    for (attribute, relation, target) in [
        ("organizations", Relation::MemberOf, organization),
        ("manager", Relation::ReportsTo, b),
        ("positions", Relation::Holds, position),
        ("leads", Relation::Leads, organization),
        ("used_by", Relation::UsedBy, b),
        ("groups", Relation::InGroup, group),
    ] {
        assert!(users(ground, attribute, target).await.is_empty());
        ground.link(a, relation, target).await;
        assert_eq!(
            users(ground, attribute, target).await,
            BTreeSet::from([a]),
            "{attribute}"
        );
        let eq = Predicate::eq(attribute, target.to_string());
        let ne = find(ground, Kind::User, &eq.clone().negate(), Deleted::Exclude).await;
        assert_eq!(ne, BTreeSet::from([b]), "{attribute}");
        let present = Predicate::present(attribute);
        assert_eq!(
            find(ground, Kind::User, &present, Deleted::Exclude).await,
            BTreeSet::from([a])
        );
        let stranger = ground.fresh(target.kind);
        let any = Predicate::any_of(attribute, [stranger, target]);
        assert_eq!(
            find(ground, Kind::User, &any, Deleted::Exclude).await,
            BTreeSet::from([a])
        );
        let both = eq.and(Predicate::eq("user_name", "b"));
        assert!(find(ground, Kind::User, &both, Deleted::Exclude).await.is_empty());
        let mut edge = Edge::direct(a, relation, target);
        edge.suspended = Some("a rule".to_owned());
        ground.link_edge(edge).await;
        assert!(
            users(ground, attribute, target).await.is_empty(),
            "{attribute} is suspended"
        );
        ground.unlink(a, relation, target).await;
        assert!(users(ground, attribute, target).await.is_empty());
    }
}

/// S0-93, S2-83, S2-85: whoever is in a part of the tree follows when the part is moved.
pub(super) async fn within_organization_after_moves(ground: &Ground) {
    let root = ground.organization("root", None).await;
    let mut nodes = vec![root];
    let mut random = Random::new(5);
    for number in 0..20 {
        let parent = random.pick(&nodes).copied();
        nodes.push(ground.organization(&format!("o{number}"), parent).await);
    }
    let other = ground.organization("other root", None).await;
    nodes.push(other);
    for number in 0..12 {
        let user = ground.user(&format!("u{number}")).await;
        ground
            .link(user, Relation::MemberOf, *random.pick(&nodes).unwrap())
            .await;
    }
    for _ in 0..12 {
        let dump = ground.dump().await;
        for node in &nodes {
            let filter = Predicate::eq("within_organization", node.to_string());
            agree(ground, &dump, Kind::User, &filter).await;
            agree(ground, &dump, Kind::Organization, &filter).await;
            let direct = Predicate::eq("organizations", node.to_string());
            agree(ground, &dump, Kind::User, &filter.and(direct.negate())).await;
        }
        // A part moves: below another node that is not inside of it, or to the top.
        let moved = *random.pick(&nodes[1..]).unwrap();
        let target = *random.pick(&nodes).unwrap();
        let inside = find(
            ground,
            Kind::Organization,
            &Predicate::eq("within_organization", moved.to_string()),
            Deleted::Include,
        )
        .await;
        let parent = (!inside.contains(&target)).then_some(target.into());
        ground.try_set(moved, [("parent", parent)]).await.unwrap();
    }
}

async fn agree(ground: &Ground, dump: &Dump, kind: Kind, filter: &Predicate) {
    let oracle = Oracle {
        dump,
        now: ground.acme.context().now,
        definitions: &definitions,
    };
    for deleted in [Deleted::Exclude, Deleted::Include] {
        let expected: BTreeSet<_> = oracle.find(kind, filter, deleted).into_iter().collect();
        assert_eq!(
            find(ground, kind, filter, deleted).await,
            expected,
            "{kind} {deleted:?} {filter:?}"
        );
    }
}

/// S1-61: an edge to something deleted has no effect, and has it again after the undelete.
pub(super) async fn deleted_ends_have_no_effect(ground: &Ground) {
    let user = ground.user("u").await;
    let above = ground.organization("above", None).await;
    let organization = ground.organization("o", Some(above)).await;
    let group = ground.put(Kind::Group, [("name", "g".into())]).await;
    let boss = ground.user("boss").await;
    for (relation, attribute, target) in [
        (Relation::MemberOf, "organizations", organization),
        (Relation::MemberOf, "within_organization", organization),
        (Relation::InGroup, "groups", group),
        (Relation::ReportsTo, "manager", boss),
    ] {
        if attribute != "within_organization" {
            ground.link(user, relation, target).await;
        }
        let there = BTreeSet::from([user]);
        assert_eq!(users(ground, attribute, target).await, there, "{attribute}");
        ground
            .set(target, [("deleted_at", Some(Moment::MIN.into()))])
            .await;
        assert!(
            users(ground, attribute, target).await.is_empty(),
            "{attribute} of something deleted"
        );
        // The edge itself is kept.
        let set = super::ground::set_of(user, crate::plan::Direction::From, relation);
        assert_eq!(ground.edge_set(set).await.edges.len(), 1);
        // A new edge to something that lives has effect beside it.
        ground.set(target, [("deleted_at", None)]).await;
        assert_eq!(
            users(ground, attribute, target).await,
            there,
            "{attribute} after the undelete"
        );
        // The other way round: a deleted user is out of sight, and comes back with all edges.
        ground.set(user, [("deleted_at", Some(Moment::MIN.into()))]).await;
        assert!(users(ground, attribute, target).await.is_empty());
        let eq = Predicate::eq(attribute, target.to_string());
        assert_eq!(find(ground, Kind::User, &eq, Deleted::Only).await, there);
        ground.set(user, [("deleted_at", None)]).await;
        assert_eq!(users(ground, attribute, target).await, there);
    }
    // What lies above a deleted organization is not lost.
    assert_eq!(
        users(ground, "within_organization", above).await,
        BTreeSet::from([user])
    );
    // An edge that is made while its end is deleted comes into effect with it.
    let late = ground.organization("late", None).await;
    ground.set(late, [("deleted_at", Some(Moment::MIN.into()))]).await;
    ground.link(user, Relation::MemberOf, late).await;
    assert!(users(ground, "organizations", late).await.is_empty());
    ground.set(late, [("deleted_at", None)]).await;
    assert_eq!(users(ground, "organizations", late).await, BTreeSet::from([user]));
}

/// S2-86: edges come into effect and go out of it by the clock alone, half-open.
pub(super) async fn windows_follow_the_clock(ground: &Ground) {
    let user = ground.user("u").await;
    let organization = ground.organization("o", None).await;
    let below = ground.organization("below", Some(organization)).await;
    let start = ground.acme.context().now;
    let window = Window {
        from: Some(start.plus_days(1)),
        until: Some(start.plus_days(2)),
    };
    ground.link_for(user, Relation::MemberOf, below, window).await;
    let count = async || {
        let eq = Predicate::eq("within_organization", organization.to_string());
        let (within, present) = (eq, Predicate::present("organizations"));
        let within = ground.acme.count(Kind::User, within).await.unwrap();
        assert_eq!(ground.acme.count(Kind::User, present).await.unwrap(), within);
        within
    };
    assert_eq!(count().await, 0);
    ground.clock.set(start.plus_days(1));
    assert_eq!(count().await, 1);
    ground
        .clock
        .set(Moment::from_micros(start.plus_days(2).micros() - 1));
    assert_eq!(count().await, 1);
    ground.clock.set(start.plus_days(2));
    assert_eq!(count().await, 0);
}

/// Counts below an organization are those of the memberships, whatever has changed since the last count, and whether the
/// storage keeps them in memory or not.
pub(super) async fn counts_of_the_tree_follow(ground: &Ground) {
    let mut random = Random::new(11);
    let mut nodes = vec![ground.organization("root", None).await];
    for number in 0..14 {
        let parent = random.pick(&nodes).copied();
        nodes.push(ground.organization(&format!("o{number}"), parent).await);
    }
    let mut users = Vec::new();
    for number in 0..25 {
        users.push(ground.user(&format!("u{number}")).await);
    }
    let headcount = ground.acme.headcount(Kind::User).await.unwrap();
    let now = |ground: &Ground| ground.acme.context().now;
    let put = async |edge: Edge| {
        let write = |draft: &mut Draft<'_>| draft.put_edge(edge.clone(), Cause::Requested).map(drop);
        ground.acme.write("test.link", write).await.unwrap();
    };
    for round in 0..60 {
        let (user, node) = (*random.pick(&users).unwrap(), *random.pick(&nodes).unwrap());
        let mut edge = Edge::direct(user, Relation::MemberOf, node);
        match random.below(9) {
            0..=2 => put(edge).await,
            3 => {
                edge.window = Window {
                    from: random.percent(50).then(|| now(ground).plus_days(1)),
                    until: random.percent(70).then(|| now(ground).plus_days(3)),
                };
                put(edge).await;
            }
            4 => {
                edge.suspended = random.percent(60).then(|| "a rule".to_owned());
                put(edge).await;
            }
            5 => {
                let deleted = random.percent(50).then(|| Moment::MIN.into());
                let id = if random.percent(50) { user } else { node };
                ground.try_set(id, [("deleted_at", deleted)]).await.unwrap();
            }
            6 => ground.clock.set(now(ground).plus_days(1)),
            7 => nodes.push(ground.organization(&format!("n{round}"), Some(node)).await),
            _ => {
                let target = *random.pick(&nodes).unwrap();
                let within = Predicate::eq("within_organization", node.to_string());
                let inside = find(ground, Kind::Organization, &within, Deleted::Include).await;
                let parent = (!inside.contains(&target)).then_some(target.into());
                ground.try_set(node, [("parent", parent)]).await.unwrap();
            }
        }
        let dump = ground.dump().await;
        let oracle = Oracle {
            dump: &dump,
            now: now(ground),
            definitions: &definitions,
        };
        if round % 3 == 0 {
            headcount.refresh().await.unwrap();
        }
        let some = [random.pick(&nodes), random.pick(&nodes), random.pick(&nodes)];
        let several = some.into_iter().flatten().map(|node| node.to_string());
        let several = Predicate::any_of("within_organization", several);
        let itself = random
            .pick(&users)
            .map(|user| Predicate::eq("id", user.to_string()));
        let scope = several.or(itself.unwrap_or(Predicate::None));
        let expected: BTreeSet<EntityId> = oracle
            .find(Kind::User, &scope, Deleted::Exclude)
            .into_iter()
            .collect();
        let counted = ground.acme.count(Kind::User, scope.clone()).await.unwrap();
        assert_eq!(counted, expected.len() as u64, "round {round}, {scope:?}");
        let mut sort = Sort::ascending("user_name");
        sort.descending = round % 4 == 1;
        let search = Search::new(Kind::User).filter(scope).limit([2, 20][round % 2]);
        let mut search = search
            .sort((round % 5 != 0).then_some(sort))
            .total(round % 3 != 0);
        let mut listed = Vec::new();
        loop {
            let page = ground.acme.search(&search).await.unwrap();
            assert_eq!(page.total, search.total.then_some(counted), "round {round}");
            listed.extend(page.items);
            let Some(next) = page.next else { break };
            search = search.cursor(next);
        }
        let in_order = |a: &Arc<Record>, b: &Arc<Record>| match search.sort.first() {
            None => a.id < b.id,
            Some(sort) => (a.text("user_name") < b.text("user_name")) != sort.descending,
        };
        assert!(listed.is_sorted_by(in_order), "round {round}: {listed:?}");
        let listed: BTreeSet<EntityId> = listed.iter().map(|record| record.id).collect();
        assert_eq!(listed, expected, "round {round}");
        for node in nodes.iter().filter(|_| round % 2 == 0) {
            let within = Predicate::eq("within_organization", node.to_string());
            let expected = oracle.find(Kind::User, &within, Deleted::Exclude).len() as u64;
            let counted = ground.acme.count(Kind::User, within.clone()).await.unwrap();
            assert_eq!(counted, expected, "round {round}, {node}");
            let page = Search::new(Kind::User).filter(within).limit(2).total(true);
            let page = ground.acme.search(&page).await.unwrap();
            assert_eq!(
                (page.total, page.items.len() as u64),
                (Some(expected), expected.min(2))
            );
            let kept = headcount.below(OrganizationId(node.uuid));
            assert!(kept.is_none_or(|kept| kept == expected), "round {round}, {node}");
        }
    }
    let findings = ground.acme.doctor().await.unwrap().findings;
    assert!(
        findings.iter().all(|finding| finding.code != "headcount.wrong"),
        "{findings:?}"
    );
}

/// S0-116, S0-117: groups in groups, organizations and positions in groups; in circles and by two ways.
pub(super) async fn nested_groups_with_circles(ground: &Ground) {
    let mut groups = Vec::new();
    for number in 0..5 {
        groups.push(
            ground
                .put(Kind::Group, [("name", format!("g{number}").into())])
                .await,
        );
    }
    // 0 ⊃ 1 ⊃ 2 ⊃ 0 is a circle; 3 is in 1 and in 2; 4 stands alone.
    for (inner, outer) in [(1, 0), (2, 1), (0, 2), (3, 1), (3, 2)] {
        ground.link(groups[inner], Relation::InGroup, groups[outer]).await;
    }
    let [direct, by_organization, by_position, none] = [
        ground.user("direct").await,
        ground.user("by organization".replace(' ', "").as_str()).await,
        ground.user("by_position").await,
        ground.user("none").await,
    ];
    let above = ground.organization("above", None).await;
    let below = ground.organization("below", Some(above)).await;
    let position = ground.put(Kind::Position, [("name", "p".into())]).await;
    ground.link(direct, Relation::InGroup, groups[3]).await;
    ground.link(by_organization, Relation::MemberOf, below).await;
    ground.link(above, Relation::InGroup, groups[3]).await;
    ground.link(by_position, Relation::Holds, position).await;
    ground.link(position, Relation::InGroup, groups[3]).await;
    let all = BTreeSet::from([direct, by_organization, by_position]);
    for group in &groups[..4] {
        assert_eq!(users(ground, "groups", *group).await, all);
    }
    assert!(users(ground, "groups", groups[4]).await.is_empty());
    let not = Predicate::eq("groups", groups[0].to_string()).negate();
    assert_eq!(
        find(ground, Kind::User, &not, Deleted::Exclude).await,
        BTreeSet::from([none])
    );
    let dump = ground.dump().await;
    for group in &groups {
        let filter = Predicate::eq("groups", group.to_string());
        for kind in [Kind::User, Kind::Group, Kind::Organization, Kind::Position] {
            agree(ground, &dump, kind, &filter).await;
        }
    }
    // One way less, then none.
    ground.unlink(groups[3], Relation::InGroup, groups[1]).await;
    assert_eq!(users(ground, "groups", groups[0]).await, all);
    ground.unlink(groups[3], Relation::InGroup, groups[2]).await;
    assert!(users(ground, "groups", groups[0]).await.is_empty());
    assert_eq!(users(ground, "groups", groups[3]).await, all);
    // A group that is deleted holds nobody, and lets nobody through.
    ground.link(groups[3], Relation::InGroup, groups[4]).await;
    assert_eq!(users(ground, "groups", groups[4]).await, all);
    ground
        .set(groups[3], [("deleted_at", Some(Moment::MIN.into()))])
        .await;
    assert!(users(ground, "groups", groups[4]).await.is_empty());
}

/// A realm full of random edges, windows, deletions; every derived attribute of every kind, alone and combined.
pub(super) async fn random_worlds_agree_with_the_oracle(ground: &Ground) {
    for seed in 0..3 {
        let mut random = Random::new(seed);
        let now = ground.acme.context().now;
        let mut ids: Vec<EntityId> = Vec::new();
        for number in 0..45 {
            let kind = [
                Kind::User,
                Kind::User,
                Kind::Organization,
                Kind::Position,
                Kind::Group,
                Kind::Device,
            ][number % 6];
            let parent = random
                .pick(&ids)
                .copied()
                .filter(|id| id.kind == Kind::Organization);
            let name = format!("{seed}n{number}");
            let id = match kind {
                Kind::User => ground.user(&name).await,
                Kind::Organization => ground.organization(&name, parent).await,
                kind => ground.put(kind, [("name", name.into())]).await,
            };
            ids.push(id);
        }
        let allowed = [
            (Relation::MemberOf, Kind::User, Kind::Organization),
            (Relation::MemberOf, Kind::Device, Kind::Organization),
            (Relation::InGroup, Kind::User, Kind::Group),
            (Relation::InGroup, Kind::Group, Kind::Group),
            (Relation::InGroup, Kind::Organization, Kind::Group),
            (Relation::InGroup, Kind::Position, Kind::Group),
            (Relation::Leads, Kind::User, Kind::Organization),
            (Relation::Holds, Kind::User, Kind::Position),
            (Relation::UsedBy, Kind::User, Kind::User),
        ];
        for _ in 0..70 {
            let (relation, from, to) = *random.pick(&allowed).unwrap();
            let pick = |random: &mut Random, kind| {
                let fitting: Vec<_> = ids.iter().copied().filter(|id| id.kind == kind).collect();
                *random.pick(&fitting).unwrap()
            };
            let mut edge = Edge::direct(pick(&mut random, from), relation, pick(&mut random, to));
            if random.percent(25) {
                edge.window.from = Some(now.plus_days(random.below(3) as i64 - 1));
            }
            if random.percent(25) {
                edge.window.until = Some(now.plus_days(random.below(3) as i64));
            }
            edge.suspended = random.percent(10).then(|| "a rule".to_owned());
            let written = ground
                .acme
                .write("test.link", |draft| {
                    draft
                        .put_edge(edge.clone(), crate::plan::Cause::Requested)
                        .map(drop)
                })
                .await;
            written.unwrap();
        }
        for id in &ids {
            if random.percent(12) {
                ground.set(*id, [("deleted_at", Some(now.into()))]).await;
            }
        }
        let dump = ground.dump().await;
        for _ in 0..60 {
            let filter = predicate(&mut random, &ids, 3);
            agree(ground, &dump, Kind::User, &filter).await;
        }
        for target in &ids {
            let attribute = match target.kind {
                Kind::Organization => "within_organization",
                Kind::Group => "groups",
                _ => continue,
            };
            let filter = Predicate::eq(attribute, target.to_string());
            for kind in [Kind::Organization, Kind::Device] {
                agree(ground, &dump, kind, &filter).await;
            }
        }
        // The port answers for itself, too: windows are looked at as of the moment that is asked for.
        let checked = Search::new(Kind::User)
            .filter(Predicate::present("organizations"))
            .limit(1_000)
            .check(&crate::search::builtin_catalog(Kind::User), &Default::default())
            .unwrap();
        for day in -2..4 {
            let find = Find {
                realm: ground.realm(),
                search: checked.clone(),
                now: now.plus_days(day),
                any_end: false,
            };
            let page = ground.storage.search(&find).await.unwrap();
            let oracle = Oracle {
                dump: &dump,
                now: find.now,
                definitions: &definitions,
            };
            let expected = oracle.find(Kind::User, &Predicate::present("organizations"), Deleted::Exclude);
            assert_eq!(
                page.items.iter().map(|record| record.id).collect::<Vec<_>>(),
                expected,
                "on day {day}"
            );
        }
    }
}

/// The generated world builds in batches, nothing of it is refused, and the tree and the managers hang together.
pub(super) async fn generated_world_is_sound(ground: &Ground) {
    let size = crate::testing::WorldSize::of(300);
    let commands: Vec<_> = crate::testing::world(3, size).collect();
    // The types first: what a batch declares is known from the next commit on.
    for part in commands[..3].chunks(3).chain(commands[3..].chunks(100)) {
        let done = ground
            .acme
            .batch(part, crate::service::BatchMode::AllOrNothing)
            .await;
        done.unwrap();
    }
    let dump = ground.dump().await;
    assert_eq!(dump.of_kind(Kind::User).count(), size.users);
    let root = crate::testing::world_id(3, Kind::Organization, 0);
    assert_eq!(users(ground, "within_organization", root).await.len(), size.users);
    let boss = crate::testing::world_id(3, Kind::User, 0);
    assert_eq!(users(ground, "manager", boss).await.len(), 7);
    for number in 0..size.groups {
        let group = crate::testing::world_id(3, Kind::Group, number);
        agree(
            ground,
            &dump,
            Kind::User,
            &Predicate::eq("groups", group.to_string()),
        )
        .await;
    }
}

fn predicate(random: &mut Random, ids: &[EntityId], depth: usize) -> Predicate {
    if depth > 0 && random.percent(55) {
        let list = (0..2).map(|_| predicate(random, ids, depth - 1)).collect();
        return match random.below(3) {
            0 => Predicate::And(list),
            1 => Predicate::Or(list),
            _ => predicate(random, ids, depth - 1).negate(),
        };
    }
    let id = *random.pick(ids).unwrap();
    let attribute = match id.kind {
        Kind::Organization => *random
            .pick(&["organizations", "within_organization", "leads"])
            .unwrap(),
        Kind::Group => "groups",
        Kind::Position => "positions",
        Kind::User => *random.pick(&["used_by", "manager"]).unwrap(),
        _ => return Predicate::contains("user_name", "n1"),
    };
    let other = random.pick(ids).filter(|other| other.kind == id.kind).copied();
    match (random.below(6), other) {
        (0, _) if attribute != "groups" => Predicate::present(attribute),
        (1, Some(other)) => Predicate::any_of(attribute, [id, other].map(Value::from)),
        (2, _) => Predicate::ne(attribute, id.to_string()),
        _ => Predicate::eq(attribute, id.to_string()),
    }
}
