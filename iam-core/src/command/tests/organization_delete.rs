use super::*;
use crate::{
    command::{
        AddGroupMembers, AddLead, AssignPosition, CreateGroup, CreatePosition, CreateUser,
        DeleteOrganization, Disposition, SetSuperior,
    },
    model::{GroupId, PositionId, Relation, Window},
    plan::{Change, Direction},
    wire::Code,
};

fn delete(organization: OrganizationId, disposition: Option<Disposition>) -> DeleteOrganization {
    DeleteOrganization {
        organization,
        disposition,
    }
}

/// A tree `top > middle > low` with a member, a lead, a position and its holder at `middle` and `low` each.
struct Scene {
    world: World,
    top: OrganizationId,
    middle: OrganizationId,
    low: OrganizationId,
    users: Vec<UserId>,
    positions: Vec<PositionId>,
    group: GroupId,
}

fn scene() -> Scene {
    let mut world = World::new();
    let top = organization(&mut world, "Top", None);
    let middle = organization(&mut world, "Middle", Some(top));
    let low = organization(&mut world, "Low", Some(middle));
    let group = world.made(CreateGroup::new("Group"));
    let (mut users, mut positions) = (Vec::new(), Vec::new());
    for (name, place) in [("alice", middle), ("bob", low)] {
        let user = world.made(CreateUser::new(name).in_organization(place));
        let position = world.made(CreatePosition {
            organization: Some(place),
            ..CreatePosition::new(name)
        });
        world.ok(AssignPosition {
            position,
            user,
            window: Window::default(),
        });
        world.ok(AddLead {
            organization: place,
            user,
            window: Window::default(),
        });
        world.ok(AddGroupMembers {
            group,
            members: [place.into(), position.into()].into(),
            window: Window::default(),
        });
        users.push(user);
        positions.push(position);
    }
    Scene {
        world,
        top,
        middle,
        low,
        users,
        positions,
        group,
    }
}

/// S0-92, S2-85: refused with a list.
#[test]
fn with_content_it_is_refused_with_a_list() {
    let mut s = scene();
    let problem = s.world.refused_as(Code::InUse, delete(s.middle, None));
    for (line, id) in [
        ("sub-organization", s.low.to_string()),
        ("member", s.users[0].to_string()),
        ("position", s.positions[0].to_string()),
    ] {
        assert!(problem.details.contains(&format!("{line}: {id}")), "{problem}");
    }
    assert_eq!(problem.details.len(), 3);
}

/// S0-89, S2-83: physical; the identifier and the code are free again, and no command brings it back.
#[test]
fn an_empty_one_is_gone_for_good() {
    let mut world = World::new();
    let create = crate::command::CreateOrganization::new("Empty").set("code", "E");
    let empty = world.made::<OrganizationId>(create.clone());
    let group = world.made(CreateGroup::new("Group"));
    world.ok(AddGroupMembers {
        group,
        members: [empty.into()].into(),
        window: Window::default(),
    });
    world.ok(delete(empty, None));
    assert!(!world.has(empty) && world.edges.is_empty());
    world.refused_as(Code::NotFound, delete(empty, None));
    world.ok(create);
    let undo: Vec<_> = crate::command::Command::NAMES
        .iter()
        .filter(|name| {
            name.starts_with("organization.") && (name.contains("undelete") || name.contains("restore"))
        })
        .collect();
    assert!(undo.is_empty());
}

/// S0-92: move to another one.
#[test]
fn content_can_move() {
    let mut s = scene();
    let move_to = |target| Some(Disposition::MoveTo { target });
    s.world.refused_as(Code::Cycle, delete(s.middle, move_to(s.low)));
    s.world
        .refused_as(Code::Cycle, delete(s.middle, move_to(s.middle)));
    s.world.ok(delete(s.middle, move_to(s.top)));
    assert!(!s.world.has(s.middle));
    assert_eq!(s.world.record(s.low).reference("parent"), Some(s.top.into()));
    assert_eq!(
        s.world.record(s.positions[0]).reference("organization"),
        Some(s.top.into())
    );
    assert_eq!(
        s.world.ends(s.top, Direction::To, Relation::MemberOf),
        [s.users[0].into()].into()
    );
    // To lead what is gone is not to lead what remains.
    assert!(s.world.ends(s.top, Direction::To, Relation::Leads).is_empty());
    assert!(s.world.ends(s.top, Direction::From, Relation::InGroup).is_empty());
}

/// S0-92: detach.
#[test]
fn content_can_be_detached() {
    let mut s = scene();
    s.world.ok(delete(s.middle, Some(Disposition::Detach)));
    assert!(!s.world.has(s.middle));
    assert_eq!(s.world.record(s.low).reference("parent"), None);
    assert_eq!(s.world.record(s.positions[0]).reference("organization"), None);
    assert!(
        s.world
            .ends(s.users[0], Direction::From, Relation::MemberOf)
            .is_empty()
    );
    assert_eq!(
        s.world.ends(s.users[0], Direction::From, Relation::Holds),
        [s.positions[0].into()].into()
    );
    assert_eq!(
        s.world.ends(s.users[1], Direction::From, Relation::MemberOf),
        [s.low.into()].into()
    );
}

/// S0-92: cascade takes organizations and positions, never a user.
#[test]
fn content_can_go_along() {
    let mut s = scene();
    let plan = s.world.ok(delete(s.middle, Some(Disposition::Cascade)));
    assert!(!s.world.has(s.middle) && !s.world.has(s.low) && s.world.has(s.top));
    for position in &s.positions {
        assert!(!s.world.has(*position));
    }
    for user in &s.users {
        assert!(s.world.has(*user));
    }
    assert!(s.world.edges.is_empty());
    assert!(s.world.has(s.group));
    let users = plan.changes.iter().filter(|change| {
        matches!(change, Change::Record { before: Some(record), .. } if record.kind() == crate::model::Kind::User)
    });
    assert_eq!(users.count(), 0);
}

/// S0-92: a position elsewhere that reported to one that goes along reports to none.
#[test]
fn a_cascade_leaves_no_loose_reports() {
    let mut s = scene();
    let outside = s.world.made::<PositionId>(CreatePosition::new("Outside"));
    s.world.ok(SetSuperior {
        position: outside,
        reports_to: Some(s.positions[1]),
    });
    // One more round: the position elsewhere is known only when those that go are.
    s.world.limit = 4;
    s.world.ok(delete(s.middle, Some(Disposition::Cascade)));
    assert_eq!(s.world.record(outside).reference("reports_to"), None);
}

/// S0-92: somebody who joins meanwhile makes the decision void.
#[test]
fn a_new_member_is_never_overlooked() {
    let mut world = World::new();
    let empty = organization(&mut world, "Empty", None);
    let plan = world.decide(delete(empty, None)).unwrap();
    let mut joined = world.clone();
    joined.ok(CreateUser::new("late").in_organization(empty));
    assert!(plan.guards.iter().any(|guard| !joined.holds(guard)));
    let mut grown = world.clone();
    organization(&mut grown, "Child", Some(empty));
    assert!(plan.guards.iter().any(|guard| !grown.holds(guard)));
}
