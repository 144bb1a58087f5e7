use super::*;
use crate::{
    command::{
        AddGroupMembers, AddLead, CreateGroup, CreatePosition, CreateUser, DeleteMode, DeleteUser,
        RecordConsent, SetManager, SetSharedUsers, UndeleteUser, UpdateUser,
    },
    model::{EntityId, Kind, PositionId, Window, builtin},
    wire::Code,
};

fn delete(user: UserId, mode: DeleteMode) -> DeleteUser {
    DeleteUser { user, mode }
}

/// Alice with every kind of edge there is.
fn scene() -> (World, UserId) {
    let mut world = World::new();
    let sales = organization(&mut world, "Sales", None);
    let clerk = world.made::<PositionId>(CreatePosition::new("Clerk"));
    let boss = user(&mut world, "boss");
    let alice = world.made::<UserId>(CreateUser {
        positions: vec![clerk],
        manager: Some(boss),
        lawful_basis: Some("contract".into()),
        source: Some("Alice's form".into()),
        ..CreateUser::new("alice")
            .in_organization(sales)
            .set("email", "alice@example.com")
            .set("user_number", "1000")
            .set("job", "clerk")
            .set("unindexed_string_1", "her allergy")
    });
    let bob = user(&mut world, "bob");
    world.ok(SetManager {
        user: bob,
        manager: Some(alice),
    });
    world.ok(AddLead {
        organization: sales,
        user: alice,
        window: Window::default(),
    });
    let group = world.made(CreateGroup::new("Group"));
    world.ok(AddGroupMembers {
        group,
        members: [alice.into()].into(),
        window: Window::default(),
    });
    let shared = world.made::<UserId>(CreateUser::new("desk").set("identity_type", "shared"));
    world.ok(SetSharedUsers {
        account: shared,
        users: [alice, bob].into(),
    });
    world.ok(RecordConsent {
        user: alice,
        purpose: Some("newsletter".into()),
        granted: true,
        text_version: None,
        lawful_basis: None,
    });
    (world, alice)
}

fn edges_at(world: &World, id: impl Into<EntityId>) -> usize {
    let id = id.into();
    world
        .edges
        .keys()
        .filter(|key| key.from == id || key.to == id)
        .count()
}

/// A.6 X1, X2, S1-59, S1-61: kept with every edge, brought back with every edge.
#[test]
fn a_soft_delete_can_be_undone() {
    let (mut world, alice) = scene();
    let before = world.clone();
    let plan = world.ok(delete(alice, DeleteMode::default()));
    let effects: Vec<_> = plan.effects.iter().map(|effect| effect.name.as_str()).collect();
    assert_eq!(effects, ["sessions.revoke", "tokens.revoke"]);
    assert!(world.record(alice).is_deleted());
    assert_eq!(edges_at(&world, alice), 7);
    world.refused_as(Code::Deleted, delete(alice, DeleteMode::Soft));
    world.refused_as(Code::Deleted, UpdateUser::new(alice).set("city", "Utica"));
    world.ok(UndeleteUser { user: alice });
    assert_eq!(world.edges, before.edges);
    assert_eq!(world.claims, before.claims);
    world.refused_as(Code::NotDeleted, UndeleteUser { user: alice });
}

/// A.6 X2, S3-67: the name is free at once; whoever took it is named when the old holder wants it back.
#[test]
fn a_taken_name_stops_the_return_and_the_holder_is_named() {
    let (mut world, alice) = scene();
    world.ok(delete(alice, DeleteMode::Soft));
    let second = user(&mut world, "ALICE");
    let third = world.made::<UserId>(CreateUser::new("third").set("email", "alice@example.com"));
    let problem = world.refused_as(Code::Taken, UndeleteUser { user: alice });
    let fields: Vec<_> = problem.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["email", "user_name"]);
    assert!(problem.message.contains(&second.to_string()) && problem.message.contains(&third.to_string()));
    world.ok(UpdateUser::new(second).set("user_name", "alice2"));
    world.ok(delete(third, DeleteMode::Purge));
    world.ok(UndeleteUser { user: alice });
}

/// S1-60: after the retention of the realm nobody comes back.
#[test]
fn retention_ends() {
    let (mut world, alice) = scene();
    world.ok(command(
        r#"{"command": "realm.update", "settings": {"retention_days": 7}}"#,
    ));
    world.ok(delete(alice, DeleteMode::Soft));
    let deleted = world.now;
    world.now = deleted.plus_days(7);
    world.refused_as(Code::Irrevocable, UndeleteUser { user: alice });
    world.now = deleted.plus_days(7).plus_seconds(-1);
    world.ok(UndeleteUser { user: alice });
}

/// A.6 X1, S1-62: nothing personal is left, the key to the history is gone, nobody comes back.
#[test]
fn erasing_removes_every_personal_value() {
    for soft_first in [false, true] {
        let (mut world, alice) = scene();
        assert!(world.record(alice).salt.is_some());
        if soft_first {
            world.ok(delete(alice, DeleteMode::Soft));
        }
        let plan = world.ok(delete(alice, DeleteMode::Erase));
        assert!(
            plan.effects
                .iter()
                .any(|effect| effect.name == "erasure.announce")
        );
        let record = world.record(alice);
        assert!(record.salt.is_none() && record.is_deleted() && record.value("erased_at").is_some());
        for definition in builtin(Kind::User)
            .iter()
            .filter(|definition| definition.personal)
        {
            assert!(record.value(&definition.name).is_none(), "{}", definition.name);
        }
        let text = serde_json::to_string(&record.attributes).unwrap();
        for personal in ["alice", "Alice", "example.com", "1000", "allergy", "newsletter"] {
            assert!(!text.contains(personal), "{personal}: {text}");
        }
        assert_eq!(edges_at(&world, alice), 0);
        assert!(world.claims.values().all(|holder| *holder != alice.into()));
        world.refused_as(Code::Irrevocable, UndeleteUser { user: alice });
        world.refused_as(Code::Irrevocable, delete(alice, DeleteMode::Erase));
        user(&mut world, "alice");
        world.ok(delete(alice, DeleteMode::Purge));
        assert!(!world.has(alice));
    }
}

/// A.6 X1, S0-43, S2-22, S3-64: the record itself is gone.
#[test]
fn purging_leaves_nothing() {
    let (mut world, alice) = scene();
    world.ok(delete(alice, DeleteMode::Purge));
    assert!(!world.has(alice));
    assert_eq!(edges_at(&world, alice), 0);
    world.refused_as(Code::NotFound, UndeleteUser { user: alice });
    user(&mut world, "alice");
}

/// S0-45: anybody who may can delete by hand, in each of the three ways. S0-48: nobody is told, unless the realm says so.
#[test]
fn deletion_by_hand_is_silent_by_default() {
    let told = |plan: &crate::plan::Plan| {
        plan.effects
            .iter()
            .filter(|effect| effect.name == "message")
            .count()
    };
    for mode in [DeleteMode::Soft, DeleteMode::Erase, DeleteMode::Purge] {
        let mut world = World::new();
        let alice = user(&mut world, "alice");
        let silent = world.decide(delete(alice, mode)).unwrap();
        assert_eq!((told(&silent), silent.changes.is_empty()), (0, false), "{mode:?}");
        world.ok(command(
            r#"{"command": "realm.update", "settings": {"messages": {"user.deleted": true}}}"#,
        ));
        assert_eq!(told(&world.ok(delete(alice, mode))), 1, "{mode:?}");
        let gone = world
            .records
            .get(&alice.into())
            .is_none_or(|record| record.is_deleted());
        assert!(gone, "{mode:?}");
    }
}
