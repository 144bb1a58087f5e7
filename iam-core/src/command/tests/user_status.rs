use super::*;
use crate::{
    command::{
        ArchiveUser, CreateUser, DisableUser, DisabledBy, EnableUser, LockUser, RestoreUser, SetValidity,
        SuspendUser, UnlockUser,
    },
    model::Moment,
    plan::Plan,
    rules::status::{StatusView, status},
    wire::Code,
};

fn effects(plan: &Plan) -> Vec<&str> {
    plan.effects.iter().map(|effect| effect.name.as_str()).collect()
}

fn disable(user: UserId) -> DisableUser {
    DisableUser {
        user,
        by: DisabledBy::Administrator,
    }
}

/// S0-3, S0-31, S0-37, A.6 X4: two axes, each changed without the other.
#[test]
fn enabled_and_locked_are_two_axes() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let lock = LockUser {
        user: alice,
        reason: Some("too many attempts".into()),
    };
    let matrix = |world: &World| status(world.record(alice), StatusView::Matrix, world.now);
    assert_eq!(matrix(&world), "enabled/unlocked");
    world.ok(lock.clone());
    assert_eq!(matrix(&world), "enabled/locked");
    world.ok(disable(alice));
    assert_eq!(matrix(&world), "disabled/locked");
    assert_eq!(world.record(alice).text("lock_reason"), "too many attempts");
    world.ok(UnlockUser { user: alice });
    assert_eq!(matrix(&world), "disabled/unlocked");
    assert_eq!(world.record(alice).text("disabled_by"), "administrator");
    world.ok(EnableUser { user: alice });
    assert_eq!(matrix(&world), "enabled/unlocked");
    assert!(world.ok(EnableUser { user: alice }).is_empty());
}

/// S1-6, S1-9, S1-23: legal transitions only; archived is terminal but for restore.
#[test]
fn transitions_follow_the_table() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    world.ok(SuspendUser { user: alice });
    world.ok(ArchiveUser { user: alice });
    world.refused_as(Code::Transition, EnableUser { user: alice });
    world.refused_as(Code::Transition, disable(alice));
    world.refused_as(
        Code::Transition,
        LockUser {
            user: alice,
            reason: None,
        },
    );
    world.ok(RestoreUser { user: alice });
    assert_eq!(
        status(world.record(alice), StatusView::Lifecycle, world.now),
        "inactive"
    );
    world.refused_as(Code::Transition, SuspendUser { user: alice });
    world.refused_as(Code::Transition, RestoreUser { user: alice });
}

/// S1-7, S1-8, A.6 X3: everything ends at once by default, less when the realm says so.
#[test]
fn sessions_and_tokens_end_with_the_status() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let plan = world.ok(disable(alice));
    assert_eq!(effects(&plan), ["sessions.revoke", "tokens.revoke"]);
    assert_ne!(plan.effects[0].key, plan.effects[1].key);
    assert!(effects(&world.ok(EnableUser { user: alice })).is_empty());
    world.ok(command(
        r#"{"command": "realm.update", "settings": {
            "status_effects": {"user.disable": ["refuse_sign_in", "refuse_refresh"]},
            "messages": {"user.disabled": true}}}"#,
    ));
    assert_eq!(effects(&world.ok(disable(alice))), ["message"]);
}

#[test]
fn validity_is_a_window() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let set = |valid_from: Option<Moment>, valid_until: Option<Moment>| SetValidity {
        user: alice,
        valid_from,
        valid_until,
    };
    let now = world.now;
    world.refused_as(Code::Window, set(Some(now), Some(now)));
    world.ok(set(Some(now), Some(now.plus_days(1))));
    assert_eq!(world.record(alice).moment("valid_until"), Some(now.plus_days(1)));
    world.ok(set(None, None));
    assert!(world.record(alice).value("valid_until").is_none());
    let wrong = CreateUser {
        valid_from: Some(now.plus_days(1)),
        valid_until: Some(now),
        ..CreateUser::new("bob")
    };
    assert!(world.wrong(wrong).contains_key("valid_until"));
}
