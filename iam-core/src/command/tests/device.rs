use super::*;
use crate::{
    command::{
        AddMembership, CreateDevice, DeleteDevice, DisableDevice, EnableDevice, JoinOrganization,
        UpdateDevice,
    },
    model::{DeviceId, EntityId, Relation},
    plan::Direction,
    wire::Code,
};

/// S2-1: a device is an identity of its own, with a profile, an owner and memberships.
#[test]
fn the_life_of_a_device() {
    let mut world = World::new();
    let office = organization(&mut world, "Office", None);
    let alice = user(&mut world, "alice");
    let create = CreateDevice {
        organizations: vec![JoinOrganization::new(office)],
        ..CreateDevice::new("printer-3")
            .set("device_type", "printer")
            .set("serial_number", "S1")
            .set("owner", EntityId::from(alice))
    };
    let printer = world.made::<DeviceId>(create.clone());
    assert_eq!(
        world.ends(office, Direction::To, Relation::MemberOf),
        [printer.into()].into()
    );
    assert_eq!(world.record(printer).reference("owner"), Some(alice.into()));
    assert!(world.record(printer).salt.is_none());
    let problem = world.refused_as(Code::Taken, create);
    assert_eq!(problem.fields.len(), 2);
    let update = UpdateDevice {
        device: printer,
        attributes: Default::default(),
    };
    world.ok(update.clone().set("address", "10.0.0.7").unset("owner"));
    assert!(world.record(printer).value("owner").is_none());
    assert_eq!(
        world.wrong(update.clone().set("owner", EntityId::from(office)))["owner"],
        "value.reference"
    );
    assert_eq!(world.wrong(update.set("owner", "me"))["owner"], "value.reference");
    let plan = world.ok(DisableDevice { device: printer });
    let effects: Vec<_> = plan.effects.iter().map(|effect| effect.name.as_str()).collect();
    assert_eq!(effects, ["sessions.revoke", "tokens.revoke"]);
    world.ok(EnableDevice { device: printer });
    let second = organization(&mut world, "Second", None);
    world.ok(AddMembership {
        member: printer.into(),
        organizations: vec![JoinOrganization::new(second)],
    });
    world.ok(DeleteDevice { device: printer });
    assert!(!world.has(printer) && world.edges.is_empty());
}

#[test]
fn everything_wrong_is_said_at_once() {
    let mut world = World::new();
    let lost = EntityId::new(crate::model::Kind::User, uuid::Uuid::from_u128(7));
    let wrong = world.wrong(
        CreateDevice::default()
            .set("owner", lost)
            .set("colour", "red")
            .set("administrative_status", "disabled"),
    );
    let fields: Vec<_> = wrong.keys().map(String::as_str).collect();
    assert_eq!(fields, ["administrative_status", "colour", "name", "owner"]);
    assert_eq!(wrong["owner"], "record.not_found");
}
