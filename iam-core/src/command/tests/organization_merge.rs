use super::*;
use crate::{
    command::{
        AddGroupMembers, AddLead, CreateGroup, CreatePosition, CreateUser, JoinOrganization,
        MergeOrganizations, NameClashes,
    },
    model::{EntityId, GroupId, PositionId, Relation, Window},
    plan::{Cause, Change, Direction},
    wire::Code,
};

fn merge(source: OrganizationId, target: OrganizationId) -> MergeOrganizations {
    MergeOrganizations {
        source,
        target,
        name_clashes: NameClashes::Refuse,
    }
}

fn member(world: &mut World, name: &str, places: &[(OrganizationId, &str)]) -> UserId {
    world.made(CreateUser {
        organizations: places
            .iter()
            .map(|(organization, number)| JoinOrganization {
                number: Some((*number).into()),
                ..JoinOrganization::new(*organization)
            })
            .collect(),
        ..CreateUser::new(name)
    })
}

fn position(world: &mut World, name: &str, organization: OrganizationId) -> PositionId {
    world.made(CreatePosition {
        organization: Some(organization),
        ..CreatePosition::new(name)
    })
}

fn group(world: &mut World, name: &str, member: impl Into<EntityId>) -> GroupId {
    let group = world.made(CreateGroup::new(name));
    world.ok(AddGroupMembers {
        group,
        members: [member.into()].into(),
        window: Window::default(),
    });
    group
}

/// S0-95, S0-96: everything moves, what is there already is joined, the source is gone.
#[test]
fn everything_goes_to_the_target() {
    let mut world = World::new();
    let top = organization(&mut world, "Top", None);
    let source = organization(&mut world, "Source", Some(top));
    let target = organization(&mut world, "Target", Some(top));
    let child = organization(&mut world, "Child", Some(source));
    let grandchild = organization(&mut world, "Grandchild", Some(child));
    organization(&mut world, "Other", Some(target));
    let alice = member(&mut world, "alice", &[(source, "7")]);
    let bob = member(&mut world, "bob", &[(source, "1"), (target, "2")]);
    let clerk = position(&mut world, "Clerk", source);
    for organization in [source, target] {
        world.ok(AddLead {
            organization,
            user: bob,
            window: Window::default(),
        });
    }
    world.ok(AddLead {
        organization: source,
        user: alice,
        window: Window::default(),
    });
    let staff = group(&mut world, "Staff", source);
    let both = group(&mut world, "Both", source);
    world.ok(AddGroupMembers {
        group: both,
        members: [target.into()].into(),
        window: Window::default(),
    });

    let plan = world.ok(merge(source, target));
    assert!(!world.has(source));
    assert_eq!(world.record(child).reference("parent"), Some(target.into()));
    assert_eq!(world.record(grandchild).reference("parent"), Some(child.into()));
    assert_eq!(world.record(clerk).reference("organization"), Some(target.into()));
    assert_eq!(
        world.ends(target, Direction::To, Relation::MemberOf),
        [alice.into(), bob.into()].into()
    );
    assert_eq!(
        world.ends(target, Direction::To, Relation::Leads),
        [alice.into(), bob.into()].into()
    );
    assert_eq!(
        world.ends(target, Direction::From, Relation::InGroup),
        [staff.into(), both.into()].into()
    );
    let number = |user: UserId| {
        let edge = world
            .edges
            .values()
            .find(|edge| edge.key.from == user.into() && edge.key.relation == Relation::MemberOf);
        edge.unwrap().attributes["number"].clone()
    };
    assert_eq!((number(alice), number(bob)), ("7".into(), "2".into()));
    // Nothing else happened to anybody, and only the merge itself was asked for.
    for change in &plan.changes {
        match change {
            Change::Record {
                after: None, cause, ..
            } => assert_eq!(*cause, Cause::Requested),
            Change::Record { cause, .. } | Change::Edge { cause, .. } => {
                assert_eq!(*cause, Cause::Disposition)
            }
        }
        assert!(!plan.changes.iter().any(|change| {
            matches!(change, Change::Record { after: Some(record), .. } if record.kind() == crate::model::Kind::User)
        }));
    }
    assert_eq!(plan.events[0].details["members"], Value::Integer(2));
}

/// S0-96: clashes are reported, all of them, before anything is written.
#[test]
fn clashing_names_are_reported_first() {
    let mut world = World::new();
    let source = organization(&mut world, "Source", None);
    let target = organization(&mut world, "Target", None);
    for name in ["Sales", "Straße", "Only here"] {
        organization(&mut world, name, Some(source));
    }
    for name in ["SALES", "STRASSE", "Only there"] {
        organization(&mut world, name, Some(target));
    }
    let problem = world.refused_as(Code::Taken, merge(source, target));
    assert_eq!(problem.details.len(), 2, "{problem}");
    assert!(world.has(source));
    let plan = world.ok(MergeOrganizations {
        name_clashes: NameClashes::Keep,
        ..merge(source, target)
    });
    assert_eq!(plan.remarks.len(), 2);
    assert!(!world.has(source));
}

/// S0-94, S0-95: not into itself, not into a part of itself; into the parent it is fine.
#[test]
fn merging_downwards_is_refused_and_upwards_is_not() {
    let mut world = World::new();
    let top = organization(&mut world, "Top", None);
    let middle = organization(&mut world, "Middle", Some(top));
    let low = organization(&mut world, "Middle", Some(middle));
    world.refused_as(Code::Cycle, merge(middle, middle));
    world.refused_as(Code::Cycle, merge(top, low));
    // The source itself is no clash for its child of the same name.
    world.ok(merge(middle, top));
    assert_eq!(world.record(low).reference("parent"), Some(top.into()));
}

/// S0-96: of two times the hull when they meet; with a gap between them the target's stays and it is said so.
#[test]
fn times_of_memberships_are_joined() {
    let day = |world: &World, n| Some(world.now.plus_days(n));
    for (source_days, target_days, joined, remarks) in
        [((0, 5), (3, 9), (0, 9), 0), ((0, 2), (3, 9), (3, 9), 1)]
    {
        let mut world = World::new();
        let source = organization(&mut world, "Source", None);
        let target = organization(&mut world, "Target", None);
        let window = |world: &World, (from, until): (i64, i64)| Window {
            from: day(world, from),
            until: day(world, until),
        };
        let joins = [(source, source_days), (target, target_days)]
            .map(|(organization, days)| JoinOrganization {
                window: window(&world, days),
                ..JoinOrganization::new(organization)
            })
            .to_vec();
        world.ok(CreateUser {
            organizations: joins,
            ..CreateUser::new("alice")
        });
        let plan = world.ok(merge(source, target));
        assert_eq!(plan.remarks.len(), remarks);
        assert_eq!(
            world.edges.values().next().unwrap().window,
            window(&world, joined)
        );
    }
}
