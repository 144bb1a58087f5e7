use super::*;
use crate::{
    command::{
        AddLead, AddMembership, Command, CreateOrganization, CreateUser, DisableOrganization,
        EnableOrganization, JoinOrganization, RemoveLead, TransferOrganization, UpdateOrganization,
    },
    model::{EntityId, Moment, Relation, Window},
    plan::{Channel, Direction},
    rules::{Memberships, tree},
    wire::Code,
};

fn transfer(organization: OrganizationId, parent: Option<OrganizationId>) -> TransferOrganization {
    TransferOrganization { organization, parent }
}

fn parent(world: &World, id: OrganizationId) -> Option<EntityId> {
    world.record(id).reference("parent")
}

/// S0-74, S0-83, S2-63, S2-65, S2-66
#[test]
fn organizations_form_a_tree() {
    let mut world = World::new();
    let top = organization(&mut world, "Headquarters", None);
    let branch = world.made::<OrganizationId>(
        CreateOrganization::new("Branch")
            .set("description", "Where the work is\ndone")
            .under(top),
    );
    assert_eq!(parent(&world, branch), Some(top.into()));
    assert_eq!(world.record(branch).text("origin"), "manual");
    assert_eq!(world.record(branch).text("administrative_status"), "enabled");
    let nowhere = OrganizationId(uuid::Uuid::from_u128(9));
    let problem = world.refused_as(Code::NotFound, CreateOrganization::new("Lost").under(nowhere));
    assert_eq!(problem.fields[0].field, "parent");
}

/// S2-64: any characters but control characters; names need not be unique, codes are.
#[test]
fn names_are_free_and_codes_are_unique() {
    let mut world = World::new();
    for name in [
        "Müller & Söhne (GmbH) #1",
        "日本 Ltd. \"x\" <y>",
        "aA 0",
        "R&D",
        "R&D",
    ] {
        organization(&mut world, name, None);
    }
    assert_eq!(
        world.wrong(CreateOrganization::new("a\u{7}b"))["name"],
        "value.control_character"
    );
    assert_eq!(world.wrong(CreateOrganization::new(""))["name"], "value.required");
    let one = world.made::<OrganizationId>(CreateOrganization::new("One").set("code", "X-1"));
    let problem = world.refused_as(Code::Taken, CreateOrganization::new("Two").set("code", "x-1"));
    assert_eq!(problem.subject, Some(EntityId::from(one).to_string()));
}

/// S0-78, S0-82, S0-84: the origin says who made it.
#[test]
fn the_door_tells_the_origin() {
    let mut world = World::new();
    for (channel, origin) in [
        (Channel::Api, "manual"),
        (Channel::Import, "import"),
        (Channel::Sync, "sync"),
    ] {
        world.channel = channel;
        let id = organization(&mut world, origin, None);
        assert_eq!(world.record(id).text("origin"), origin);
    }
    let command = CreateOrganization {
        origin: Some("self_registration".into()),
        ..CreateOrganization::new("x")
    };
    assert!(world.wrong(command).contains_key("origin"));
    let command = CreateOrganization {
        origin: Some("sync".into()),
        source: Some("ldap-1".into()),
        ..CreateOrganization::new("x")
    };
    let id = world.made::<OrganizationId>(command);
    assert_eq!(world.record(id).text("source"), "ldap-1");
}

/// S2-74: a root at first, a sub-organization in a second step; in between it is simply a root.
#[test]
fn the_parent_may_come_in_a_second_step() {
    let mut world = World::new();
    let top = organization(&mut world, "Top", None);
    let part = organization(&mut world, "Part", None);
    let alice = world.made::<UserId>(CreateUser::new("alice").in_organization(part));
    assert_eq!(parent(&world, part), None);
    world.ok(transfer(part, Some(top)));
    assert_eq!(parent(&world, part), Some(top.into()));
    assert!(
        world
            .ends(alice, Direction::From, Relation::MemberOf)
            .contains(&part.into())
    );
}

/// S0-93: the subtree comes along; `None` makes a root.
#[test]
fn a_transfer_moves_the_whole_part() {
    let mut world = World::new();
    let a = organization(&mut world, "A", None);
    let b = organization(&mut world, "B", None);
    let c = organization(&mut world, "C", Some(a));
    let d = organization(&mut world, "D", Some(c));
    let plan = world.ok(transfer(c, Some(b)));
    assert_eq!(plan.changes.len(), 1);
    assert_eq!(
        (parent(&world, c), parent(&world, d)),
        (Some(b.into()), Some(c.into()))
    );
    world.ok(transfer(c, None));
    assert_eq!(parent(&world, c), None);
    assert!(world.ok(transfer(c, None)).is_empty());
}

/// S0-94: under itself or a descendant, however deep, at once or in one plan with other moves.
#[test]
fn circles_are_refused() {
    let mut world = World::new();
    let top = organization(&mut world, "0", None);
    let mut low = top;
    for depth in 1..60 {
        low = organization(&mut world, &depth.to_string(), Some(low));
    }
    world.refused_as(Code::Cycle, transfer(top, Some(top)));
    let problem = world.refused_as(Code::Cycle, transfer(top, Some(low)));
    assert_eq!(problem.details.len(), 60);
    assert_eq!(problem.details[0], EntityId::from(low).to_string());

    let mut world = World::new();
    let (a, b) = (
        organization(&mut world, "A", None),
        organization(&mut world, "B", None),
    );
    let stacked: [Command; 2] = [transfer(a, Some(b)).into(), transfer(b, Some(a)).into()];
    assert_eq!(world.stack(&stacked).unwrap_err().code, Code::Cycle);
    // Two moves that make a circle only together: the second decision does not survive the first commit.
    let first = world.decide(transfer(a, Some(b))).unwrap();
    let second = world.decide(transfer(b, Some(a))).unwrap();
    world.apply(&first);
    assert!(second.guards.iter().any(|guard| !world.holds(guard)));
}

/// S0-86, S0-88: nobody's status changes; what lies below is out of effect by derivation and comes back by itself.
#[test]
fn disabling_touches_the_organization_alone() {
    let mut world = World::new();
    let top = organization(&mut world, "Top", None);
    let part = organization(&mut world, "Part", Some(top));
    let alice = world.made::<UserId>(CreateUser::new("alice").in_organization(part));
    let plan = world.ok(DisableOrganization { organization: top });
    assert_eq!(plan.changes.len(), 1);
    assert!(plan.effects.is_empty());
    assert_eq!(plan.events[0].name, "organization.disabled");
    assert_eq!(world.record(part).text("administrative_status"), "enabled");
    assert_eq!(world.record(alice).text("administrative_status"), "enabled");
    let effective = |world: &World| {
        tree::is_effective(
            part.into(),
            |id| Ok::<_, ()>(world.record(id).reference("parent")),
            |id| Ok(world.record(id).text("administrative_status") == "enabled"),
        )
        .unwrap()
    };
    assert!(!effective(&world));
    let mut memberships = Memberships::new(world.edges.values(), [(part.into(), top.into())], world.now);
    memberships.silence(top.into());
    assert!(memberships.users_of(part.into()).is_empty());
    assert!(world.ok(DisableOrganization { organization: top }).is_empty());
    world.ok(EnableOrganization { organization: top });
    assert!(effective(&world));
}

/// S0-63, S0-76: leads of an organization, and the organizations a user supervises.
#[test]
fn leads_are_named_and_taken_back() {
    let mut world = World::new();
    let (a, b) = (
        organization(&mut world, "A", None),
        organization(&mut world, "B", None),
    );
    let alice = user(&mut world, "alice");
    let lead = |organization| AddLead {
        organization,
        user: alice,
        window: Window::default(),
    };
    world.ok(lead(a));
    world.ok(lead(b));
    assert!(world.ok(lead(b)).is_empty());
    assert_eq!(
        world.ends(alice, Direction::From, Relation::Leads),
        [a.into(), b.into()].into()
    );
    assert_eq!(
        world.ends(a, Direction::To, Relation::Leads),
        [alice.into()].into()
    );
    let remove = RemoveLead {
        organization: a,
        user: alice,
    };
    world.ok(remove.clone());
    world.refused_as(Code::NoEdge, remove);
    assert_eq!(
        world.ends(alice, Direction::From, Relation::Leads),
        [b.into()].into()
    );
    let wrong = AddLead {
        window: Window {
            from: Some(world.now),
            until: Some(Moment::MIN),
        },
        ..lead(a)
    };
    world.refused_as(Code::Window, wrong);
}

/// S2-58: users first and the tree later, or the tree first and users later: the same memberships.
#[test]
fn both_build_orders_lead_to_the_same() {
    let build = |users_first: bool| {
        let mut world = World::new();
        let all = organization(&mut world, "All", None);
        let mut people = Vec::new();
        if users_first {
            for name in ["alice", "bob"] {
                people.push(world.made::<UserId>(CreateUser::new(name).in_organization(all)));
            }
        }
        let sales = organization(&mut world, "Sales", None);
        world.ok(transfer(sales, Some(all)));
        if !users_first {
            for name in ["alice", "bob"] {
                people.push(user(&mut world, name));
            }
        }
        for person in people {
            world.ok(AddMembership {
                member: person.into(),
                organizations: vec![JoinOrganization::new(all), JoinOrganization::new(sales)],
            });
        }
        let name = |id: EntityId| match id {
            id if world.record(id).value("user_name").is_some() => {
                world.record(id).text("user_name").to_owned()
            }
            id => world.record(id).text("name").to_owned(),
        };
        let mut edges: Vec<_> = world
            .edges
            .keys()
            .map(|key| (name(key.from), key.relation, name(key.to)))
            .collect();
        edges.sort();
        (edges, parent(&world, sales).map(name))
    };
    let (users_first, tree_first) = (build(true), build(false));
    assert_eq!(users_first, tree_first);
    assert_eq!(users_first.0.len(), 4);
}

#[test]
fn attributes_are_updated_and_what_has_a_command_is_refused() {
    let mut world = World::new();
    let id = organization(&mut world, "A", None);
    let update = UpdateOrganization {
        organization: id,
        attributes: Default::default(),
    };
    world.ok(update
        .clone()
        .set("name", "B")
        .set("sort_order", Value::Integer(3)));
    assert_eq!(world.record(id).text("name"), "B");
    let wrong = world.wrong(update.clone().set("parent", EntityId::from(id)).unset("name"));
    assert_eq!(wrong["parent"], "attribute.read_only");
    assert_eq!(wrong["name"], "value.required");
    // An identifier that is taken is not written over.
    let command = CreateOrganization {
        id: Some(id),
        ..CreateOrganization::new("C")
    };
    world.refused_as(Code::Taken, command);
}
