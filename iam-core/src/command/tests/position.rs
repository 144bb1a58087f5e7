use super::*;
use crate::{
    command::{
        AddGroupMembers, AssignPosition, Command, CreateGroup, CreatePosition, CreateUser, DeletePosition,
        DisablePosition, EnablePosition, SetSuperior, TransferPosition, UnassignPosition, UpdatePosition,
    },
    model::{EntityId, PositionId, Relation, Window},
    plan::{Channel, Direction},
    wire::Code,
};

fn position(world: &mut World, name: &str) -> PositionId {
    world.made(CreatePosition::new(name))
}

fn superior(position: PositionId, reports_to: Option<PositionId>) -> SetSuperior {
    SetSuperior { position, reports_to }
}

fn assign(position: PositionId, user: UserId) -> AssignPosition {
    AssignPosition {
        position,
        user,
        window: Window::default(),
    }
}

/// S0-77, S0-102: add, link to people and departments, enable, disable, delete.
#[test]
fn the_life_of_a_position() {
    let mut world = World::new();
    let sales = organization(&mut world, "Sales", None);
    let support = organization(&mut world, "Support", None);
    let alice = user(&mut world, "alice");
    let clerk = world.made::<PositionId>(CreatePosition {
        organization: Some(sales),
        ..CreatePosition::new("Clerk").set("code", "C-1")
    });
    assert_eq!(world.record(clerk).reference("organization"), Some(sales.into()));
    world.ok(assign(clerk, alice));
    assert_eq!(
        world.ends(alice, Direction::From, Relation::Holds),
        [clerk.into()].into()
    );
    world.ok(TransferPosition {
        position: clerk,
        organization: Some(support),
    });
    assert_eq!(
        world.record(clerk).reference("organization"),
        Some(support.into())
    );
    let plan = world.ok(DisablePosition { position: clerk });
    assert_eq!(plan.changes.len(), 1);
    assert_eq!(world.record(clerk).text("administrative_status"), "disabled");
    world.ok(EnablePosition { position: clerk });
    let update = UpdatePosition {
        position: clerk,
        attributes: Default::default(),
    };
    world.ok(update.clone().set("name", "Senior clerk"));
    assert!(
        world
            .wrong(update.set("organization", EntityId::from(sales)))
            .contains_key("organization")
    );
    world.ok(TransferPosition {
        position: clerk,
        organization: None,
    });
    assert_eq!(world.record(clerk).reference("organization"), None);
    let unassign = UnassignPosition {
        position: clerk,
        user: alice,
    };
    world.ok(unassign.clone());
    world.refused_as(Code::NoEdge, unassign);
    assert!(world.edges.is_empty());
}

/// S0-113: physical, with every edge; users stay.
#[test]
fn a_deleted_position_is_gone_with_its_edges() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let (head, clerk, trainee) = (
        position(&mut world, "Head"),
        position(&mut world, "Clerk"),
        position(&mut world, "Trainee"),
    );
    world.ok(superior(clerk, Some(head)));
    world.ok(superior(trainee, Some(clerk)));
    world.ok(assign(clerk, alice));
    let group = world.made(CreateGroup::new("Group"));
    world.ok(AddGroupMembers {
        group,
        members: [clerk.into()].into(),
        window: Window::default(),
    });
    world.ok(DeletePosition { position: clerk });
    assert!(!world.has(clerk) && world.edges.is_empty() && world.has(alice));
    assert_eq!(world.record(trainee).reference("reports_to"), None);
    world.refused_as(Code::NotFound, DeletePosition { position: clerk });
}

/// S0-104, S0-107, S0-108, S0-109
#[test]
fn the_door_tells_the_origin() {
    let mut world = World::new();
    for (channel, origin) in [
        (Channel::Api, "manual"),
        (Channel::Import, "import"),
        (Channel::Sync, "sync"),
    ] {
        world.channel = channel;
        let id = position(&mut world, origin);
        assert_eq!(world.record(id).text("origin"), origin);
    }
}

/// S0-106: the form of positions is a setting.
#[test]
fn positions_have_a_form() {
    let mut world = World::new();
    world.ok(command(
        r#"{"command": "realm.update", "settings": {"position_form": [{"attribute": "job", "required": true}]}}"#,
    ));
    assert!(world.wrong(CreatePosition::new("Clerk")).contains_key("job"));
    world.ok(CreatePosition::new("Clerk").set("job", "clerk"));
}

#[test]
fn reports_make_no_circle() {
    let mut world = World::new();
    let first = position(&mut world, "0");
    let mut last = first;
    for depth in 1..40 {
        last = world.made(CreatePosition {
            reports_to: Some(last),
            ..CreatePosition::new(depth.to_string())
        });
    }
    world.refused_as(Code::Cycle, superior(first, Some(first)));
    world.refused_as(Code::Cycle, superior(first, Some(last)));
    let other = position(&mut world, "other");
    let stacked: [Command; 2] = [
        superior(first, Some(other)).into(),
        superior(other, Some(last)).into(),
    ];
    assert_eq!(world.stack(&stacked).unwrap_err().code, Code::Cycle);
    world.ok(superior(first, Some(other)));
    world.ok(superior(first, None));
}

#[test]
fn only_live_users_hold_positions() {
    let mut world = World::new();
    let clerk = position(&mut world, "Clerk");
    let alice = user(&mut world, "alice");
    world.ok(crate::command::DeleteUser {
        user: alice,
        mode: Default::default(),
    });
    world.refused_as(Code::Deleted, assign(clerk, alice));
    let bob = world.made::<UserId>(CreateUser {
        positions: vec![clerk],
        ..CreateUser::new("bob")
    });
    // Holding it already, bob gets another time.
    let until = Some(world.now.plus_days(1));
    world.ok(AssignPosition {
        window: Window { from: None, until },
        ..assign(clerk, bob)
    });
    assert_eq!(world.edges.len(), 1);
    assert_eq!(world.edges.values().next().unwrap().window.until, until);
}
