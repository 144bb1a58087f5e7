//! Owners, administrators, deputies; roles kept apart.

use super::*;
use crate::{
    command::{
        AddAdministrator, AddDeputy, AddGroupMembers, AddMembership, AddOwner, AddRoleExclusions,
        AddRolePrerequisites, CreateGroup, CreateRole, CreateUser, DeleteMode, DeleteOrganization,
        DeleteUser, Disposition, GrantRole, IncludeRoles, JoinOrganization, RemoveAdministrator,
        RemoveDeputy, RemoveMembership, RemoveOwner, RevokeRole, TransferOrganization, UpdateRole,
    },
    model::{EdgeKey, EntityId, GroupId, Relation, RoleId, TimeConstraint, UserId, Window},
    plan::Direction,
    wire::Code,
};

fn own(organization: OrganizationId, user: UserId, reason: Option<&str>) -> AddOwner {
    AddOwner {
        organization,
        user,
        override_reason: reason.map(Into::into),
    }
}

fn administer(organization: OrganizationId, user: UserId, reason: Option<&str>) -> AddAdministrator {
    AddAdministrator {
        organization,
        user,
        window: Window::default(),
        override_reason: reason.map(Into::into),
    }
}

fn join(user: UserId, organization: OrganizationId) -> AddMembership {
    AddMembership {
        member: user.into(),
        organizations: vec![JoinOrganization::new(organization)],
    }
}

fn leave(user: UserId, organization: OrganizationId) -> RemoveMembership {
    RemoveMembership {
        member: user.into(),
        organizations: vec![organization],
    }
}

fn world() -> World {
    let mut world = World::new();
    world.limit = 5;
    world
}

/// S2-67, S2-68: an owner is no member, in either order, unless a reason is given.
#[test]
fn an_owner_is_not_a_member() {
    let mut world = world();
    let (top, alice) = (organization(&mut world, "top", None), user(&mut world, "alice"));
    let low = organization(&mut world, "low", Some(top));
    world.ok(own(top, alice, None));
    assert_eq!(
        world.ends(top, Direction::To, Relation::Owns),
        [alice.into()].into()
    );
    world.refused_as(Code::OwnerIsMember, join(alice, top));
    world.refused_as(Code::OwnerIsMember, join(alice, low));
    let bob = user(&mut world, "bob");
    world.ok(join(bob, low));
    world.refused_as(Code::OwnerIsMember, own(top, bob, None));
    world.refused_as(Code::OwnerIsMember, own(low, bob, Some("  ")));
    let plan = world.ok(own(top, bob, Some("founder")));
    assert_eq!(plan.events[0].details["overridden"], true.into());
    let key = EdgeKey {
        from: bob.into(),
        relation: Relation::Owns,
        to: top.into(),
    };
    assert_eq!(world.edges[&key].attributes["override_reason"], "founder".into());
    world.ok(join(bob, top));
    // Somebody new in the organization owns nothing yet.
    world.ok(CreateUser::new("carol"));
    assert_eq!(
        world.wrong(own(top, alice, Some(&"x".repeat(201))))["override_reason"],
        "value.too_long"
    );
}

/// S2-75, S2-76: an administrator belongs to the organization, stays a member, and ends when the membership ends.
#[test]
fn an_administrator_is_a_member() {
    let mut world = world();
    let top = organization(&mut world, "top", None);
    let low = organization(&mut world, "low", Some(top));
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    world.refused_as(Code::AdministratorNotMember, administer(top, alice, None));
    world.ok(join(alice, low));
    world.ok(join(bob, top));
    world.ok(administer(top, alice, None));
    world.ok(administer(top, bob, None));
    assert_eq!(
        world.ends(top, Direction::To, Relation::Administers),
        [alice.into(), bob.into()].into()
    );
    assert_eq!(
        world.ends(alice, Direction::From, Relation::MemberOf),
        [low.into()].into()
    );
    let plan = world.ok(leave(alice, low));
    assert!(
        plan.events
            .iter()
            .any(|event| event.name == "organization.administrator_removed")
    );
    assert_eq!(
        world.ends(top, Direction::To, Relation::Administers),
        [bob.into()].into()
    );
    world.ok(RemoveAdministrator {
        organization: top,
        user: bob,
    });
    assert_eq!(
        world.ends(bob, Direction::From, Relation::MemberOf),
        [top.into()].into()
    );
    // X7: with a reason both constraints can be overridden.
    world.ok(administer(top, alice, Some("interim")));
    world.ok(join(alice, low));
    world.ok(leave(alice, low));
    assert_eq!(
        world.ends(top, Direction::To, Relation::Administers),
        [alice.into()].into()
    );
}

/// S2-85: the last owner is not lost, or what they owned is with the owners of what is above.
#[test]
fn the_last_owner_is_never_silently_lost() {
    let mut world = world();
    let top = organization(&mut world, "top", None);
    let low = organization(&mut world, "low", Some(top));
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let disown = |organization, user| RemoveOwner { organization, user };
    let delete = |user, mode| DeleteUser { user, mode };
    world.ok(own(low, bob, None));
    for mode in [DeleteMode::Soft, DeleteMode::Erase, DeleteMode::Purge] {
        let problem = world.refused_as(Code::LastOwner, delete(bob, mode));
        assert_eq!(problem.subject, Some(EntityId::from(low).to_string()));
    }
    world.refused_as(Code::LastOwner, disown(low, bob));
    world.ok(own(top, alice, None));
    let mut other = world.clone();
    let plan = other.ok(delete(bob, DeleteMode::Soft));
    assert!(
        plan.events
            .iter()
            .any(|event| event.name == "organization.ownership_passed")
    );
    let plan = world.ok(disown(low, bob));
    assert_eq!(
        plan.events.last().unwrap().details["to"],
        EntityId::from(top).into()
    );
    // What is owned from above only cannot leave.
    world.refused_as(
        Code::LastOwner,
        TransferOrganization {
            organization: low,
            parent: None,
        },
    );
    world.refused_as(
        Code::LastOwner,
        DeleteOrganization {
            organization: top,
            disposition: Some(Disposition::Detach),
        },
    );
    world.ok(own(low, bob, None));
    world.ok(TransferOrganization {
        organization: low,
        parent: None,
    });
    // A second owner makes the first one free to go; a deleted one is no owner.
    let carol = user(&mut world, "carol");
    world.ok(own(low, carol, None));
    world.ok(disown(low, bob));
    world.ok(own(low, bob, None));
    world.ok(delete(bob, DeleteMode::Soft));
    world.refused_as(Code::LastOwner, disown(low, carol));
    // Who is gone with the organization is not missed.
    world.ok(DeleteOrganization {
        organization: low,
        disposition: None,
    });
}

/// An organization that nobody ever owned is nobody's loss.
#[test]
fn organizations_without_owners_move_freely() {
    let mut world = World::new();
    let top = organization(&mut world, "top", None);
    let low = organization(&mut world, "low", Some(top));
    world.ok(TransferOrganization {
        organization: low,
        parent: None,
    });
}

#[test]
fn deputies_stand_in_for_a_time() {
    let mut world = World::new();
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let role: RoleId = world.made(CreateRole::internal("r"));
    let add = |user, deputy, start: &str, end: &str| AddDeputy {
        user,
        deputy,
        constraint: TimeConstraint {
            start: Some(start.into()),
            end: Some(end.into()),
            time_zone: Some("GMT+1".into()),
        },
        roles: [role].into(),
    };
    world.ok(add(alice, bob, "2026-12-20", "2027-01-07"));
    let edge = world.edges.values().next().unwrap();
    assert_eq!((edge.key.from, edge.key.to), (bob.into(), alice.into()));
    assert_eq!(edge.attributes["roles"].elements(), [EntityId::from(role).into()]);
    assert!(edge.window.contains("2026-12-19T23:00:00Z".parse().unwrap()));
    world.refused_as(Code::Cycle, add(alice, alice, "2026-12-20", "2027-01-07"));
    world.refused_as(Code::Window, add(alice, bob, "2026-12-20", "2026-12-20"));
    world.ok(RemoveDeputy {
        user: alice,
        deputy: bob,
    });
    assert!(world.edges.is_empty());
}

#[test]
fn roles_kept_apart_are_not_given_to_one_person() {
    let mut world = world();
    world.limit = 8;
    let [pay, approve, audit, boss]: [RoleId; 4] =
        ["pay", "approve", "audit", "boss"].map(|name| world.made(CreateRole::internal(name)));
    world.ok(AddRoleExclusions {
        role: pay,
        roles: [approve].into(),
        separate: true,
    });
    let circle = AddRoleExclusions {
        role: approve,
        roles: [pay].into(),
        separate: false,
    };
    world.refused_as(Code::Cycle, circle);
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let grant = |role, user: UserId| GrantRole::new(role, [user.into()]);
    world.ok(grant(pay, alice));
    // In either order, and by way of an included role or a group.
    world.refused_as(Code::Separation, grant(approve, alice));
    world.ok(IncludeRoles {
        role: boss,
        roles: [approve].into(),
    });
    world.refused_as(Code::Separation, grant(boss, alice));
    let group: GroupId = world.made(CreateGroup::new("g"));
    world.ok(GrantRole::new(boss, [group.into()]));
    world.ok(AddGroupMembers {
        group,
        members: [bob.into()].into(),
        window: Window::default(),
    });
    world.refused_as(Code::Separation, grant(pay, bob));
    world.ok(IncludeRoles {
        role: boss,
        roles: [pay].into(),
    });
    world.refused_as(Code::Separation, grant(boss, bob));
    world.ok(grant(audit, alice));
}

#[test]
fn prerequisites_and_the_number_of_holders_are_kept() {
    let mut world = world();
    world.limit = 8;
    let [trained, driver]: [RoleId; 2] =
        ["trained", "driver"].map(|name| world.made(CreateRole::internal(name)));
    world.ok(AddRolePrerequisites {
        role: driver,
        roles: [trained].into(),
    });
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let grant = |role, user: UserId| GrantRole::new(role, [user.into()]);
    world.refused_as(Code::Prerequisite, grant(driver, alice));
    world.ok(grant(trained, alice));
    world.ok(grant(driver, alice));
    world.ok(UpdateRole::new(trained)
        .set("max_holders", 1)
        .set("min_holders", 1));
    world.refused_as(Code::Holders, grant(trained, bob));
    let revoke = RevokeRole {
        role: trained,
        holders: [alice.into()].into(),
    };
    world.refused_as(Code::Holders, revoke);
    assert_eq!(
        world.wrong(UpdateRole::new(trained).set("min_holders", 2))["min_holders"],
        "value.range"
    );
}
