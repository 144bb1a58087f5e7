use std::collections::BTreeSet;

use super::*;
use crate::{
    command::{
        AddGroupMembers, CreateGroup, CreatePosition, CreateUser, DeleteGroup, RemoveGroupMembers,
        UpdateGroup,
    },
    model::{EdgeOrigin, EntityId, GroupId, Kind, PositionId, Relation, Window},
    plan::Direction,
    rules::Memberships,
    wire::Code,
};

fn group(world: &mut World, name: &str) -> GroupId {
    world.made(CreateGroup::new(name))
}

fn add(group: GroupId, members: impl IntoIterator<Item = EntityId>) -> AddGroupMembers {
    AddGroupMembers {
        group,
        members: members.into_iter().collect(),
        window: Window::default(),
    }
}

fn users_of(world: &World, group: GroupId) -> BTreeSet<EntityId> {
    let parents = world
        .records
        .values()
        .filter_map(|record| Some((record.id, record.reference("parent")?)));
    Memberships::new(world.edges.values(), parents, world.now).users_of(group.into())
}

/// S0-116, S0-117: users, organizations with everything below, positions and groups, added by hand.
#[test]
fn a_group_selects_users_through_everything_it_holds() {
    let mut world = World::new();
    let top = organization(&mut world, "Top", None);
    let part = organization(&mut world, "Part", Some(top));
    let clerk = world.made::<PositionId>(CreatePosition::new("Clerk"));
    let alice = user(&mut world, "alice");
    let bob = world.made::<UserId>(CreateUser::new("bob").in_organization(part));
    let carol = world.made::<UserId>(CreateUser {
        positions: vec![clerk],
        ..CreateUser::new("carol")
    });
    let dave = user(&mut world, "dave");
    let (outer, inner) = (group(&mut world, "Outer"), group(&mut world, "Inner"));
    world.ok(add(inner, [dave.into()]));
    world.ok(add(outer, [alice.into(), top.into(), clerk.into(), inner.into()]));
    let all: BTreeSet<EntityId> = [alice, bob, carol, dave].map(EntityId::from).into();
    assert_eq!(users_of(&world, outer), all);
    // A circle of groups harms nothing: both hold everybody.
    world.ok(add(inner, [outer.into()]));
    assert_eq!(users_of(&world, inner), all);
    world.refused_as(Code::Cycle, add(inner, [inner.into()]));

    world.ok(RemoveGroupMembers {
        group: outer,
        members: [top.into(), clerk.into()].into(),
    });
    assert_eq!(users_of(&world, outer), [alice, dave].map(EntityId::from).into());
    world.refused_as(
        Code::NoEdge,
        RemoveGroupMembers {
            group: outer,
            members: [top.into()].into(),
        },
    );
}

/// S0-116
#[test]
fn kinds_of_members_can_be_restricted() {
    let mut world = World::new();
    let people = world.made::<GroupId>(CreateGroup::new("People").of([Kind::User]));
    let alice = user(&mut world, "alice");
    let sales = organization(&mut world, "Sales", None);
    world.ok(add(people, [alice.into()]));
    world.refused_as(Code::Relation, add(people, [sales.into()]));
    let kinds = |kinds: &[Kind]| UpdateGroup {
        group: people,
        attributes: Default::default(),
        member_kinds: Some(kinds.iter().copied().collect()),
        condition: None,
        condition_kind: None,
    };
    let problem = world.refused_as(Code::InUse, kinds(&[Kind::Organization]));
    assert_eq!(problem.details, [format!("member: {alice}")]);
    world.ok(kinds(&[]));
    world.ok(add(people, [sales.into()]));
    world.refused_as(Code::Relation, add(people, [EntityId::from(world.realm)]));
    let wrong = CreateGroup::new("Things").of([Kind::Device, Kind::User]);
    assert!(world.wrong(wrong).contains_key("member_kinds"));
}

#[test]
fn a_deleted_group_leaves_no_edge() {
    let mut world = World::new();
    let (outer, middle, inner) = (
        group(&mut world, "Outer"),
        group(&mut world, "Middle"),
        group(&mut world, "Inner"),
    );
    let alice = user(&mut world, "alice");
    world.ok(add(outer, [middle.into()]));
    world.ok(add(middle, [inner.into(), alice.into()]));
    world.ok(add(inner, [middle.into()]));
    world.ok(DeleteGroup { group: middle });
    assert!(world.edges.is_empty() && world.has(outer) && world.has(inner) && world.has(alice));
    group(&mut world, "Middle");
    world.refused_as(Code::Taken, CreateGroup::new("middle"));
}

/// Losing the direct origin leaves what a rule or source says.
#[test]
fn what_a_source_said_stays() {
    let mut world = World::new();
    let people = group(&mut world, "People");
    let alice = user(&mut world, "alice");
    world.ok(add(people, [alice.into()]));
    let key = *world.edges.keys().next().unwrap();
    world
        .edges
        .get_mut(&key)
        .unwrap()
        .origins
        .insert(EdgeOrigin::Sync);
    let plan = world.ok(RemoveGroupMembers {
        group: people,
        members: [alice.into()].into(),
    });
    assert!(plan.remarks[0].contains("remains"));
    assert_eq!(world.edges[&key].origins, [EdgeOrigin::Sync].into());
    assert_eq!(
        world.ends(people, Direction::To, Relation::InGroup),
        [alice.into()].into()
    );
}

#[test]
fn many_members_at_once_take_few_rounds() {
    let mut world = World::new();
    let people = group(&mut world, "People");
    let users: Vec<EntityId> = (0..200)
        .map(|n| user(&mut world, &format!("u{n}")).into())
        .collect();
    let plan = world.ok(add(people, users));
    assert_eq!(plan.changes.len(), 200);
}
