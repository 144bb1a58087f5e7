use std::collections::BTreeSet;

use super::*;
use crate::{
    command::{AddMembership, CreateUser, JoinOrganization, RemoveMembership, SetManager, SetSharedUsers},
    model::{EdgeOrigin, Moment, Relation, Window},
    plan::Direction,
    wire::Code,
};

fn manage(user: UserId, manager: Option<UserId>) -> SetManager {
    SetManager { user, manager }
}

/// S2-14, S2-15, S1-22: direct reports are the inverse of the manager, always.
#[test]
fn direct_reports_follow_the_manager() {
    let mut world = World::new();
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let carol = world.made::<UserId>(CreateUser {
        manager: Some(alice),
        ..CreateUser::new("carol")
    });
    let reports = |world: &World, of| world.ends(of, Direction::To, Relation::ReportsTo);
    let managers = |world: &World, of| world.ends(of, Direction::From, Relation::ReportsTo);
    assert_eq!(reports(&world, alice), [carol.into()].into());
    world.ok(manage(carol, Some(bob)));
    assert_eq!(managers(&world, carol), [bob.into()].into());
    assert!(reports(&world, alice).is_empty());
    assert_eq!(reports(&world, bob), [carol.into()].into());
    assert!(world.ok(manage(carol, Some(bob))).is_empty());
    world.ok(manage(carol, None));
    assert!(reports(&world, bob).is_empty() && managers(&world, carol).is_empty());
    world.refused_as(Code::Cycle, manage(bob, Some(bob)));
    world.refused_as(
        Code::NotFound,
        manage(bob, Some(UserId(uuid::Uuid::from_u128(9)))),
    );
}

/// S2-79, S2-81, S2-84, S2-62: several in one step; the same from either side.
#[test]
fn memberships_are_one_thing_seen_from_two_sides() {
    let mut world = World::new();
    let (a, b, c) = (
        organization(&mut world, "A", None),
        organization(&mut world, "B", None),
        organization(&mut world, "C", None),
    );
    let alice = user(&mut world, "alice");
    let plan = world.ok(AddMembership {
        member: alice.into(),
        organizations: [a, b, c].map(JoinOrganization::new).into(),
    });
    assert_eq!(plan.changes.len(), 3);
    assert_eq!(
        world.ends(alice, Direction::From, Relation::MemberOf),
        [a.into(), b.into(), c.into()].into()
    );
    for organization in [a, b, c] {
        assert_eq!(
            world.ends(organization, Direction::To, Relation::MemberOf),
            [alice.into()].into()
        );
    }
    // From the organization's side, at creation: the same edges.
    let bob = world.made::<UserId>(CreateUser::new("bob").in_organization(a).in_organization(b));
    let edge = |world: &World, user: UserId| {
        let mut edges: Vec<_> = world
            .edges
            .values()
            .filter(|edge| edge.key.from == user.into())
            .map(|edge| (edge.key.to, edge.origins.clone(), edge.window))
            .collect();
        edges.truncate(2);
        edges
    };
    world.ok(RemoveMembership {
        member: alice.into(),
        organizations: vec![c],
    });
    assert_eq!(edge(&world, alice), edge(&world, bob));
    world.refused_as(
        Code::NoEdge,
        RemoveMembership {
            member: alice.into(),
            organizations: vec![c],
        },
    );
}

#[test]
fn memberships_have_a_time_and_keep_other_origins() {
    let mut world = World::new();
    let a = organization(&mut world, "A", None);
    let alice = user(&mut world, "alice");
    let join = |from: Option<Moment>, until: Option<Moment>| AddMembership {
        member: alice.into(),
        organizations: vec![JoinOrganization {
            window: Window { from, until },
            ..JoinOrganization::new(a)
        }],
    };
    let now = world.now;
    world.refused_as(Code::Window, join(Some(now), Some(now)));
    world.ok(join(Some(now), None));
    world.ok(join(None, Some(now)));
    assert_eq!(world.edges.len(), 1);
    let key = *world.edges.keys().next().unwrap();
    world
        .edges
        .get_mut(&key)
        .unwrap()
        .origins
        .insert(EdgeOrigin::Sync);
    world.ok(RemoveMembership {
        member: alice.into(),
        organizations: vec![a],
    });
    assert_eq!(world.edges[&key].origins, BTreeSet::from([EdgeOrigin::Sync]));
    let group = world.made::<crate::model::GroupId>(crate::command::CreateGroup::new("G"));
    world.refused_as(
        Code::Relation,
        AddMembership {
            member: group.into(),
            organizations: vec![JoinOrganization::new(a)],
        },
    );
}

/// S4-56: a shared account names every identity that uses it; other types have one, the default account none.
#[test]
fn shared_accounts_name_their_users() {
    let mut world = World::new();
    let account = |world: &mut World, name: &str| {
        world.made::<UserId>(CreateUser::new(name).set("identity_type", name))
    };
    let shared = account(&mut world, "shared");
    let service = account(&mut world, "service");
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let used = |account, users: &[UserId]| SetSharedUsers {
        account,
        users: users.iter().copied().collect(),
    };
    world.ok(used(shared, &[alice, bob]));
    assert_eq!(
        world.ends(shared, Direction::From, Relation::UsedBy),
        [alice.into(), bob.into()].into()
    );
    world.ok(used(shared, &[bob]));
    assert_eq!(
        world.ends(shared, Direction::From, Relation::UsedBy),
        [bob.into()].into()
    );
    world.ok(used(service, &[alice]));
    world.refused_as(Code::Relation, used(service, &[alice, bob]));
    world.refused_as(Code::Relation, used(alice, &[bob]));
    world.refused_as(Code::Relation, used(shared, &[shared]));
}
