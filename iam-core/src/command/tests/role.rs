//! Roles, assignments and grants.

use super::*;
use crate::{
    command::{
        AddRoleAssignments, CreateAssignment, CreateGroup, CreateOrganization, CreateRole, DeleteAssignment,
        DeleteMode, DeleteOrganization, DeleteRole, DeleteUser, GrantDisposition, GrantRole, IncludeRoles,
        RemoveRoleAssignments, RevokeRole, StopIncludingRoles, UpdateAssignment, UpdateRole,
    },
    model::{
        AssignmentEvent, AssignmentId, AssignmentValue, EdgeKey, EntityId, GroupId, Kind, OnAssignment,
        OnUnassignment, OrganizationId, Relation, RoleId, RoleType, TimeConstraint,
    },
    plan::Direction,
    rules::{AttributeAccess, Privilege},
    wire::Code,
};

fn key(from: impl Into<EntityId>, role: RoleId) -> EdgeKey {
    EdgeKey {
        from: from.into(),
        relation: Relation::HasRole,
        to: role.into(),
    }
}

/// S2-32, S2-33
#[test]
fn the_name_of_a_role_is_unique_and_the_description_free() {
    let mut world = World::new();
    let role: RoleId = world.made(CreateRole::internal("Employee").set("description", "Everybody in Europe"));
    assert_eq!(world.record(role).text("description"), "Everybody in Europe");
    world.refused_as(Code::Taken, CreateRole::external("EMPLOYEE"));
    assert_eq!(world.wrong(CreateRole::internal(""))["name"], "value.required");
    world.ok(UpdateRole::new(role).set("name", "Staff"));
    world.ok(CreateRole::external("employee"));
}

/// S2-34, S2-35, S2-36, S2-37, S2-38, S2-39, S2-42
#[test]
fn privileges_are_per_kind_with_actions_attributes_target_and_holder() {
    let mut world = World::new();
    let privilege: Privilege = serde_json::from_str(
        r#"{"kind": "device", "actions": ["view", "update"], "attributes": {"model": "write", "address": "none"},
            "target": "device_type eq \"printer\"", "holder": "department eq \"IT\""}"#,
    )
    .unwrap();
    let role: RoleId = world.made(CreateRole::internal("Printers").privilege(privilege.clone()));
    assert_eq!(Privilege::of(world.record(role)), [privilege]);
    // Without a word every attribute is read-only.
    assert_eq!(AttributeAccess::default(), AttributeAccess::Read);
    // Kinds of the host's own are welcome; what the library knows is checked.
    world.ok(CreateRole::internal("Approver").privilege(Privilege::allow("invoice", ["approve"])));
    let wrong = |text: &str| serde_json::from_str::<Privilege>(text).unwrap();
    for (text, field, code) in [
        (r#"{"kind": "In voice"}"#, "privileges.0.kind", "value.kind"),
        (
            r#"{"kind": "user", "actions": ["View"]}"#,
            "privileges.0.actions",
            "value.action",
        ),
        (
            r#"{"kind": "user", "attributes": {"shoe": "read"}}"#,
            "privileges.0.attributes",
            "attribute.unknown",
        ),
        (
            r#"{"kind": "user", "target": "shoe eq 4"}"#,
            "privileges.0.target",
            "search.filter",
        ),
        (
            r#"{"kind": "user", "holder": "city eq"}"#,
            "privileges.0.holder",
            "search.filter",
        ),
    ] {
        assert_eq!(
            world.wrong(CreateRole::internal("w").privilege(wrong(text)))[field],
            code
        );
    }
    let external = CreateRole::external("e").privilege(Privilege::allow("user", ["view"]));
    assert_eq!(world.wrong(external)["privileges"], "role.external");
    world.ok(UpdateRole {
        privileges: Some(Vec::new()),
        ..UpdateRole::new(role)
    });
    assert!(Privilege::of(world.record(role)).is_empty());
}

/// S2-27, S2-28, S2-43, S2-86
#[test]
fn a_role_has_one_time_constraint_with_an_offset_to_gmt() {
    let mut world = World::new();
    let constraint = |start: &str, end: &str| TimeConstraint {
        start: Some(start.into()),
        end: Some(end.into()),
        time_zone: Some("GMT+2".into()),
    };
    let mut create = CreateRole::external("Seasonal");
    create.constraint = Some(constraint("2026-12-01T00:00", "2026-12-24T12:00"));
    let role: RoleId = world.made(create);
    assert_eq!(
        world.record(role).text("valid_from"),
        "2026-11-30T22:00:00.000000Z"
    );
    assert_eq!(world.record(role).text("time_zone"), "+02:00");
    for (constraint, field) in [
        (constraint("2026-12-01T00:00", "2026-12-01T00:00"), "constraint"),
        (constraint("2026-12-02T00:00", "2026-12-01T00:00"), "constraint"),
        (constraint("soon", "2026-12-01T00:00"), "constraint.start"),
    ] {
        let update = UpdateRole {
            constraint: Some(Some(constraint)),
            ..UpdateRole::new(role)
        };
        assert!(world.wrong(update).contains_key(field));
    }
    world.ok(UpdateRole {
        constraint: Some(None),
        ..UpdateRole::new(role)
    });
    assert!(world.record(role).moment("valid_from").is_none());
}

/// S2-16, S2-17, S2-18, S2-29, S2-44
#[test]
fn roles_are_granted_to_several_holders_with_a_time() {
    let mut world = World::new();
    let (alice, bob) = (user(&mut world, "alice"), user(&mut world, "bob"));
    let role: RoleId = world.made(CreateRole::internal("Help desk"));
    let group: GroupId = world.made(CreateGroup::new("desk"));
    let grant = GrantRole::new(role, [alice.into(), bob.into(), group.into()])
        .from("2026-12-01T00:00:00Z")
        .until("2027-01-01T00:00:00Z");
    let plan = world.ok(grant.clone());
    assert_eq!(
        plan.events
            .iter()
            .filter(|event| event.name == "role.granted")
            .count(),
        3
    );
    let edge = &world.edges[&key(alice, role)];
    assert!(!edge.is_in_effect(world.now) && edge.is_in_effect("2026-12-01T00:00:00Z".parse().unwrap()));
    assert!(world.ok(grant).changes.is_empty());
    // A grant that is there gets the new terms.
    world.ok(GrantRole::new(role, [alice.into()]));
    assert!(world.edges[&key(alice, role)].is_in_effect(world.now));
    let never = GrantRole::new(role, [alice.into()])
        .from("2027-01-01T00:00:00Z")
        .until("2027-01-01T00:00:00Z");
    world.refused_as(Code::Window, never);
    let other: RoleId = world.made(CreateRole::internal("Other"));
    world.refused_as(Code::Relation, GrantRole::new(role, [other.into()]));
    world.ok(RevokeRole {
        role,
        holders: [alice.into(), group.into()].into(),
    });
    assert_eq!(
        world.ends(role, Direction::To, Relation::HasRole),
        [bob.into()].into()
    );
    world.refused_as(
        Code::NoEdge,
        RevokeRole {
            role,
            holders: [alice.into()].into(),
        },
    );
}

#[test]
fn grants_to_organizations_come_down_the_tree_or_not_and_act_within_an_area() {
    let mut world = World::new();
    let role: RoleId = world.made(CreateRole::internal("Reader"));
    let sales: OrganizationId = world.made(CreateOrganization::new("Sales"));
    let alice = user(&mut world, "alice");
    let grant = GrantRole {
        inherit: false,
        ..GrantRole::new(role, [sales.into(), alice.into()]).within([sales])
    };
    world.ok(grant);
    let edge = &world.edges[&key(sales, role)];
    assert_eq!(edge.attributes["inherit"], false.into());
    assert_eq!(
        edge.attributes["within"].elements(),
        [EntityId::from(sales).into()]
    );
    assert!(!world.edges[&key(alice, role)].attributes.contains_key("inherit"));
    world.ok(DeleteOrganization {
        organization: sales,
        disposition: None,
    });
    assert_eq!(
        world.ends(role, Direction::To, Relation::HasRole),
        [alice.into()].into()
    );
}

/// S3-66
#[test]
fn a_purged_user_loses_every_role() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let role: RoleId = world.made(CreateRole::internal("Reader"));
    world.ok(GrantRole::new(role, [alice.into()]));
    world.ok(DeleteUser {
        user: alice,
        mode: DeleteMode::Purge,
    });
    assert!(world.edges.is_empty());
}

/// A role that is granted is not deleted unless it is said what becomes of the grants.
#[test]
fn a_granted_role_goes_only_with_a_disposition() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let (role, heir): (RoleId, RoleId) = (
        world.made(CreateRole::internal("Old")),
        world.made(CreateRole::internal("New")),
    );
    world.ok(GrantRole::new(role, [alice.into()]));
    let problem = world.refused_as(Code::InUse, DeleteRole::new(role));
    assert!(problem.details[0].contains(&alice.to_string()));
    let delete = |grants, move_to| DeleteRole {
        role,
        grants: Some(grants),
        move_to,
    };
    world.refused_as(Code::Invalid, delete(GrantDisposition::Move, None));
    world.refused_as(Code::Invalid, delete(GrantDisposition::Move, Some(role)));
    let mut other = world.clone();
    other.ok(delete(GrantDisposition::Revoke, None));
    assert!(other.edges.is_empty() && !other.has(role));
    world.ok(delete(GrantDisposition::Move, Some(heir)));
    assert_eq!(
        world.ends(alice, Direction::From, Relation::HasRole),
        [heir.into()].into()
    );
}

#[test]
fn roles_include_others_and_never_themselves() {
    let mut world = World::new();
    let [a, b, c]: [RoleId; 3] = ["a", "b", "c"].map(|name| world.made(CreateRole::internal(name)));
    let include = |role, other| IncludeRoles {
        role,
        roles: [other].into(),
    };
    world.ok(include(a, b));
    world.ok(include(b, c));
    world.limit = 5;
    for (role, other) in [(c, a), (b, a), (a, a), (c, b)] {
        world.refused_as(Code::Cycle, include(role, other));
    }
    world.refused_as(Code::InUse, DeleteRole::new(c));
    world.ok(StopIncludingRoles {
        role: b,
        roles: [c].into(),
    });
    world.ok(include(c, a));
    world.ok(DeleteRole {
        grants: Some(GrantDisposition::Revoke),
        ..DeleteRole::new(a)
    });
    assert!(world.edges.is_empty());
}

/// S2-23, S2-24, S2-45, S2-46, S2-47, S2-48, S2-51, S2-52, S2-53, S2-56
#[test]
fn assignments_carry_values_for_one_mapping() {
    let mut world = World::new();
    let mut create = CreateAssignment::new("Mailbox", "hr-to-directory")
        .value("memberOf", "cn=sales")
        .set("description", "A mailbox in the directory");
    create.on_unassignment = OnUnassignment::None;
    create.events = vec![AssignmentEvent {
        event: "assigned".into(),
        expression: "user.city + prefix".into(),
        variables: [("prefix".into(), "x".into())].into(),
    }];
    let mailbox: AssignmentId = world.made(create);
    let record = world.record(mailbox);
    assert_eq!(record.text("on_assignment"), "merge");
    assert_eq!(record.text("on_unassignment"), "none");
    assert_eq!(AssignmentEvent::of(record)[0].variables["prefix"], "x".into());
    let update = |attributes: serde_json::Value| -> UpdateAssignment {
        let mut input = serde_json::json!({"assignment": mailbox});
        input
            .as_object_mut()
            .unwrap()
            .extend(attributes.as_object().unwrap().clone());
        serde_json::from_value(input).unwrap()
    };
    assert_eq!(
        world.wrong(update(serde_json::json!({"attributes": {"mapping": "other"}})))["mapping"],
        "attribute.read_only"
    );
    world.ok(update(serde_json::json!({
        "attributes": {"name": "Post"},
        "values": [{"attribute": "quota", "value": 5}],
        "on_assignment": "replace"
    })));
    let record = world.record(mailbox);
    assert_eq!(record.text("name"), "Post");
    assert_eq!(
        AssignmentValue::of(record),
        [AssignmentValue {
            attribute: "quota".into(),
            value: 5.into()
        }]
    );
    assert_eq!(record.text("on_assignment"), "replace");
    assert_eq!(OnAssignment::default(), OnAssignment::Merge);
    let wrong = update(serde_json::json!({"events": [{"event": "sneezed", "expression": "1"}]}));
    assert_eq!(world.wrong(wrong)["events"], "value.event");
}

/// S2-54, S2-55: what an event evaluates is an expression and no script, typed in place or read from a file.
#[test]
fn an_event_evaluates_an_expression_and_no_script() {
    let mut world = World::new();
    let create = |expression: &str| {
        let mut create = CreateAssignment::new("Mailbox", "hr-to-directory");
        create.events = vec![AssignmentEvent {
            event: "unassigned".into(),
            expression: expression.into(),
            variables: serde_json::from_str(r#"{"prefix": "x", "limits": [1, 2]}"#).unwrap(),
        }];
        create
    };
    for script in [
        "function run(user) { return user.city; }",
        "var city = user.city; city",
        "def run(user) { user.city }",
        "user.city +",
        " ",
    ] {
        let problems = world.wrong(create(script));
        assert_eq!(problems["events"], "value.expression", "{script}");
    }
    let file = "// The mailbox of the city\nuser.city == \"Rome\"\n  ? prefix + user.city\n  : prefix";
    let mailbox: AssignmentId = world.made(create(file));
    let events = AssignmentEvent::of(world.record(mailbox));
    assert_eq!(events[0].expression, file);
    assert_eq!(events[0].variables["limits"], vec![1_i64, 2].into());
}

/// S2-57: many to many, seen from both sides.
#[test]
fn external_roles_carry_assignments() {
    let mut world = World::new();
    let [mail, phone]: [AssignmentId; 2] =
        ["mail", "phone"].map(|name| world.made(CreateAssignment::new(name, "m")));
    let mut create = CreateRole::external("Sales");
    create.assignments = vec![mail, phone];
    let sales: RoleId = world.made(create);
    let it: RoleId = world.made(CreateRole::external("IT"));
    let add = |role, assignment| AddRoleAssignments {
        role,
        assignments: [assignment].into(),
    };
    world.ok(add(it, mail));
    assert_eq!(
        world.ends(mail, Direction::To, Relation::Carries),
        [sales.into(), it.into()].into()
    );
    let internal: RoleId = world.made(CreateRole::internal("Reader"));
    world.refused_as(Code::Relation, add(internal, mail));
    let delete = |assignment, detach| DeleteAssignment { assignment, detach };
    world.refused_as(Code::InUse, delete(mail, false));
    world.ok(RemoveRoleAssignments {
        role: sales,
        assignments: [phone].into(),
    });
    world.ok(delete(phone, false));
    world.ok(delete(mail, true));
    assert!(world.edges.is_empty());
    assert_eq!(world.record(it).kind(), Kind::Role);
    assert_eq!(RoleType::External.name(), world.record(it).text("role_type"));
}
