use serde_json::json;

use super::*;
use crate::{command::Command, model::EntityId};

/// A realm with two applications downstream.
fn world() -> World {
    let mut world = World::new();
    let settings = json!({"settings": {"downstream": ["crm", "mail"]}});
    world.ok(command("realm.update", settings));
    world
}

fn command(name: &str, input: serde_json::Value) -> Command {
    Command::from_input(name, input).unwrap().unwrap()
}

/// The operations that a command leads to, without the targets: each is there once for each of them.
fn due(world: &mut World, name: &str, input: serde_json::Value) -> Vec<String> {
    let plan = world.ok(command(name, input));
    let told: Vec<_> = plan
        .effects
        .iter()
        .filter(|effect| effect.name.starts_with("provision."))
        .collect();
    let keys: std::collections::BTreeSet<_> = told.iter().map(|effect| &effect.key).collect();
    assert_eq!(keys.len(), told.len(), "every effect has a key of its own");
    let of = |target: &str| -> Vec<String> {
        told.iter()
            .filter(|effect| effect.details["target"] == target.into())
            .map(|effect| {
                let fields = effect.details.get("fields").map(|fields| {
                    fields
                        .elements()
                        .iter()
                        .map(|f| f.as_text().unwrap())
                        .collect::<Vec<_>>()
                        .join(",")
                });
                format!(
                    "{} {}",
                    effect.name.trim_start_matches("provision."),
                    fields.unwrap_or_default()
                )
                .trim()
                .to_owned()
            })
            .collect()
    };
    assert_eq!(of("crm"), of("mail"));
    of("crm")
}

fn made(world: &mut World, name: &str, input: serde_json::Value) -> EntityId {
    world.ok(command(name, input)).subject.unwrap()
}

/// S0-29: creating a user provisions the account downstream; S0-36: so does a change of status; S0-47: so does deletion.
#[test]
fn users_are_provisioned_downstream() {
    let mut world = world();
    let plan = world.ok(command(
        "user.create",
        json!({"attributes": {"user_name": "ada"}}),
    ));
    let user = plan.subject.unwrap();
    assert_eq!(
        plan.effects
            .iter()
            .filter(|effect| effect.name == "provision.create")
            .count(),
        2
    );
    assert_eq!(
        due(
            &mut world,
            "user.update",
            json!({"user": user, "attributes": {"city": "Utica"}})
        ),
        ["update city"]
    );
    assert_eq!(
        due(&mut world, "user.disable", json!({"user": user})),
        ["disable"]
    );
    assert_eq!(due(&mut world, "user.enable", json!({"user": user})), ["enable"]);
    let organization = made(
        &mut world,
        "organization.create",
        json!({"attributes": {"name": "Sales"}}),
    );
    let join = json!({"member": user, "organizations": [{"organization": organization}]});
    assert_eq!(due(&mut world, "membership.add", join), ["update member_of"]);
    assert_eq!(due(&mut world, "user.delete", json!({"user": user})), ["delete"]);
    assert_eq!(
        due(&mut world, "user.undelete", json!({"user": user})),
        ["create"]
    );
    assert_eq!(
        due(&mut world, "user.delete", json!({"user": user, "mode": "erase"})),
        ["erase"]
    );
}

/// S0-42: a lock goes nowhere, unless the realm says so.
#[test]
fn locks_stay_here() {
    let mut world = world();
    let user = made(
        &mut world,
        "user.create",
        json!({"attributes": {"user_name": "ada"}}),
    );
    assert_eq!(due(&mut world, "user.lock", json!({"user": user})), [""; 0]);
    world.ok(command(
        "realm.update",
        json!({"settings": {"provision_locks": true}}),
    ));
    assert_eq!(due(&mut world, "user.unlock", json!({"user": user})), ["unlock"]);
    assert_eq!(due(&mut world, "user.lock", json!({"user": user})), ["lock"]);
}

/// S0-85: a new organization is provisioned; S0-87: so is its status; S0-91: and its deletion.
#[test]
fn organizations_are_provisioned_downstream() {
    let mut world = world();
    assert_eq!(
        due(
            &mut world,
            "organization.create",
            json!({"attributes": {"name": "Sales"}})
        ),
        ["create"]
    );
    let unit = made(
        &mut world,
        "organization.create",
        json!({"attributes": {"name": "West"}}),
    );
    assert_eq!(
        due(&mut world, "organization.disable", json!({"organization": unit})),
        ["disable"]
    );
    assert_eq!(
        due(&mut world, "organization.enable", json!({"organization": unit})),
        ["enable"]
    );
    assert_eq!(
        due(&mut world, "organization.delete", json!({"organization": unit})),
        ["delete"]
    );
}

/// S0-110: a new position is synced downstream; S0-112: so is its status; S0-115: and its deletion.
#[test]
fn positions_are_provisioned_downstream() {
    let mut world = world();
    assert_eq!(
        due(
            &mut world,
            "position.create",
            json!({"attributes": {"name": "Clerk"}})
        ),
        ["create"]
    );
    let seat = made(
        &mut world,
        "position.create",
        json!({"attributes": {"name": "Driver"}}),
    );
    assert_eq!(
        due(&mut world, "position.disable", json!({"position": seat})),
        ["disable"]
    );
    assert_eq!(
        due(&mut world, "position.enable", json!({"position": seat})),
        ["enable"]
    );
    assert_eq!(
        due(&mut world, "position.delete", json!({"position": seat})),
        ["delete"]
    );
}

/// S0-158: a rule bound to a module is inert while the module is off.
#[test]
fn nothing_is_provisioned_while_the_module_is_off() {
    let mut world = world();
    world.ok(command(
        "realm.update",
        json!({"settings": {"features_off": ["lifecycle"]}}),
    ));
    assert_eq!(
        due(
            &mut world,
            "user.create",
            json!({"attributes": {"user_name": "ada"}})
        ),
        [""; 0]
    );
    let mut nobody = World::new();
    assert_eq!(
        due(
            &mut nobody,
            "user.create",
            json!({"attributes": {"user_name": "ada"}})
        ),
        [""; 0]
    );
}
