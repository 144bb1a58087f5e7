use super::*;
use crate::{
    command::{
        ChangeOrganizationType, ChangeUserType, CreateOrganization, CreateOrganizationType, CreateUser,
        CreateUserType, DefineAttribute, DeleteOrganizationType, DeleteUserType, EnableUser, ExpireUser,
        SetValidity, UpdateOrganization, UpdateOrganizationType, UpdateUser, UpdateUserType,
    },
    model::{Kind, OrganizationTypeId, UserTypeId},
    plan::Channel,
    rules::status::administrative,
    wire::Code,
};

fn attribute(world: &mut World, kind: Kind, name: &str) {
    let define: DefineAttribute = serde_json::from_value(serde_json::json!({
        "kind": kind.name(), "name": name, "label": name, "type": "text",
    }))
    .unwrap();
    world.ok(define);
}

fn user_type(world: &mut World, name: &str, form: &str) -> UserTypeId {
    world.made(
        CreateUserType::default()
            .set("name", name)
            .set("form", json(form)),
    )
}

fn of_type(name: &str, user_type: UserTypeId) -> CreateUser {
    CreateUser {
        user_type: Some(user_type),
        ..CreateUser::new(name)
    }
}

/// S0-16, S0-68, S0-72: internal staff has an employee number, a visitor an identity card and a company.
#[test]
fn each_user_type_has_its_form() {
    let mut world = World::new();
    for name in ["employee_number", "card", "company"] {
        attribute(&mut world, Kind::User, name);
    }
    let internal = user_type(
        &mut world,
        "Internal",
        r#"[{"attribute": "employee_number", "required": true}]"#,
    );
    let visitor = user_type(
        &mut world,
        "Visitor",
        r#"[{"attribute": "card", "required": true}, {"attribute": "phone", "required": true}, {"attribute": "company"}]"#,
    );
    assert!(
        world
            .wrong(of_type("a", internal))
            .contains_key("employee_number")
    );
    let wrong = world.wrong(of_type("a", visitor).set("employee_number", "7"));
    assert_eq!(wrong["employee_number"], "attribute.not_in_form");
    assert_eq!(wrong["card"], "value.required");
    assert_eq!(wrong["phone"], "value.required");
    world.ok(of_type("a", internal).set("employee_number", "7"));
    world.ok(of_type("b", visitor)
        .set("card", "X1")
        .set("phone", "+49301234567"));
    // The order of the form is the order that was given.
    let form = world.schema().form(visitor.into());
    let names: Vec<_> = form.iter().map(|field| field.attribute.as_str()).collect();
    assert_eq!(names, ["card", "phone", "company"]);
}

/// S0-73: old attributes are kept but inactive, mandatory ones are asked for, the expiry only on request.
#[test]
fn a_change_of_type_keeps_asks_and_recomputes_on_request() {
    let mut world = World::new();
    for name in ["employee_number", "card"] {
        attribute(&mut world, Kind::User, name);
    }
    let internal = user_type(&mut world, "Internal", r#"[{"attribute": "employee_number"}]"#);
    let visitor = user_type(
        &mut world,
        "Visitor",
        r#"[{"attribute": "card", "required": true}]"#,
    );
    world.ok(UpdateUserType {
        user_type: visitor,
        attributes: [("validity_days".to_owned(), Some(Value::Integer(30)))].into(),
    });
    let alice = world.made::<UserId>(of_type("alice", internal).set("employee_number", "7"));
    let change = |card: Option<&str>, recompute_expiry| ChangeUserType {
        user: alice,
        user_type: Some(visitor),
        attributes: card
            .map(|card| ("card".to_owned(), Some(card.into())))
            .into_iter()
            .collect(),
        recompute_expiry,
    };
    assert_eq!(world.wrong(change(None, false))["card"], "value.required");
    let plan = world.decide(change(Some("X1"), true)).unwrap();
    let mut recomputed = world.clone();
    recomputed.apply(&plan);
    assert_eq!(
        recomputed.record(alice).moment("valid_until"),
        Some(world.now.plus_days(30))
    );
    world.ok(change(Some("X1"), false));
    let record = world.record(alice);
    assert_eq!(record.moment("valid_until"), None);
    assert_eq!(record.text("employee_number"), "7");
    assert_eq!(record.text("card"), "X1");
    let wrong = world.wrong(UpdateUser::new(alice).set("employee_number", "8"));
    assert_eq!(wrong["employee_number"], "attribute.not_in_form");
}

/// S0-25, S0-26: the expiry comes from the type and the creation; at that time the user is disabled, unless the type
/// says otherwise.
#[test]
fn validity_of_a_type_ends_the_user() {
    let mut world = World::new();
    let mut ids = Vec::new();
    for (name, disable) in [("Visitor", None), ("Guest", Some(false))] {
        let mut command = CreateUserType::default()
            .set("name", name)
            .set("validity_days", Value::Integer(30));
        if let Some(disable) = disable {
            command = command.set("disable_on_expiry", disable);
        }
        let of = world.made::<UserTypeId>(command);
        ids.push(world.made::<UserId>(of_type(name, of)));
    }
    let end = world.now.plus_days(30);
    assert_eq!(world.record(ids[0]).moment("valid_until"), Some(end));
    // What the command says counts more.
    let visitor = world
        .record(ids[0])
        .reference("user_type")
        .unwrap()
        .try_into()
        .unwrap();
    let explicit = CreateUser {
        valid_until: Some(world.now.plus_days(2)),
        ..of_type("short", visitor)
    };
    let short = world.made::<UserId>(explicit);
    assert_eq!(
        world.record(short).moment("valid_until"),
        Some(world.now.plus_days(2))
    );

    assert!(world.ok(ExpireUser { user: ids[0] }).is_empty());
    world.now = end;
    world.ok(ExpireUser { user: ids[0] });
    assert_eq!(administrative(world.record(ids[0])), "disabled");
    assert_eq!(world.record(ids[0]).text("disabled_by"), "expiry");
    world.ok(ExpireUser { user: ids[1] });
    assert_eq!(administrative(world.record(ids[1])), "enabled");
}

/// S0-32: one direction only. What ended by its validity is not enabled by a longer one, and not by the type either.
#[test]
fn expiry_disables_and_never_enables() {
    let mut world = World::new();
    let guest = world.made::<UserTypeId>(
        CreateUserType::default()
            .set("name", "Guest")
            .set("validity_days", Value::Integer(30)),
    );
    let alice = world.made::<UserId>(of_type("alice", guest));
    world.now = world.now.plus_days(30);
    world.ok(ExpireUser { user: alice });
    world.ok(SetValidity {
        user: alice,
        valid_from: None,
        valid_until: Some(world.now.plus_days(30)),
    });
    world.ok(UpdateUserType {
        user_type: guest,
        attributes: [("validity_days".to_owned(), Some(Value::Integer(300)))].into(),
    });
    world.ok(ExpireUser { user: alice });
    assert_eq!(administrative(world.record(alice)), "disabled");
    // Somebody has to.
    world.ok(EnableUser { user: alice });
    assert_eq!(administrative(world.record(alice)), "enabled");
}

/// S0-26: a notification goes out when the realm says so.
#[test]
fn expiry_is_announced_on_request() {
    let mut world = World::new();
    world.ok(command(
        r#"{"command": "realm.update", "settings": {"messages": {"user.expired": true}}}"#,
    ));
    let until = Some(world.now.plus_days(1));
    let alice = world.made::<UserId>(CreateUser {
        valid_until: until,
        ..CreateUser::new("alice")
    });
    world.now = world.now.plus_days(1);
    let plan = world.ok(ExpireUser { user: alice });
    assert!(plan.effects.iter().any(|effect| effect.name == "message"));
}

/// S0-69, S0-98: identity sources create no types; organization types are made by hand alone.
#[test]
fn types_come_from_the_back_end() {
    let mut world = World::new();
    let users = world.made::<UserTypeId>(CreateUserType::default().set("name", "A"));
    let organizations = world.made::<OrganizationTypeId>(CreateOrganizationType::default().set("name", "A"));
    world.channel = Channel::Sync;
    world.refused_as(Code::Denied, CreateUserType::default().set("name", "B"));
    world.refused_as(Code::Denied, DeleteUserType { user_type: users });
    world.refused_as(Code::Denied, CreateOrganizationType::default().set("name", "B"));
    world.refused_as(
        Code::Denied,
        UpdateOrganizationType {
            organization_type: organizations,
            attributes: Default::default(),
        },
    );
    world.channel = Channel::Import;
    world.ok(CreateUserType::default().set("name", "B"));
    world.refused_as(Code::Denied, CreateOrganizationType::default().set("name", "B"));
}

#[test]
fn wrong_types_are_refused_with_every_field() {
    let mut world = World::new();
    let wrong = world.wrong(
        CreateUserType::default()
            .set("validity_days", Value::Integer(0))
            .set(
                "form",
                json(
                    r#"[{"attribute": "nothing"}, {"attribute": "created_at"}, {"attribute": "manager", "required": true}]"#,
                ),
            )
            .set("colour", "red"),
    );
    let fields: Vec<_> = wrong.keys().map(String::as_str).collect();
    assert_eq!(fields, ["colour", "form", "name", "validity_days"]);
    for form in [
        r#"[{"attribute": "city", "colour": "red"}]"#,
        r#"[{"required": true}]"#,
        r#"["city"]"#,
        r#"[{"attribute": "city"}, {"attribute": "city", "required": true}]"#,
    ] {
        let command = CreateUserType::default().set("name", "x").set("form", json(form));
        assert!(world.wrong(command).contains_key("form"), "{form}");
    }
    world.ok(CreateUserType::default().set("name", "Visitor"));
    world.refused_as(Code::Taken, CreateUserType::default().set("name", "VISITOR"));
}

#[test]
fn a_type_in_use_is_not_deleted() {
    let mut world = World::new();
    let visitor = user_type(&mut world, "Visitor", "[]");
    let users: std::collections::BTreeSet<_> = (0..25)
        .map(|n| world.made::<UserId>(of_type(&format!("u{n}"), visitor)))
        .collect();
    let problem = world.refused_as(Code::InUse, DeleteUserType { user_type: visitor });
    assert_eq!(problem.details.len(), 21);
    let first = users.first().unwrap().to_string();
    assert!(problem.details[0].contains(&first) && problem.details[20].contains("5 more"));
    let unused = user_type(&mut world, "Unused", "[]");
    world.ok(DeleteUserType { user_type: unused });
    assert!(!world.has(unused));
    user_type(&mut world, "Unused", "[]");
}

/// S0-81, S0-97, S0-101: the form is chosen by the type; each type has its fields.
#[test]
fn each_organization_type_has_its_form() {
    let mut world = World::new();
    attribute(&mut world, Kind::Organization, "contact");
    let supplier = world.made::<OrganizationTypeId>(
        CreateOrganizationType::default()
            .set("name", "Supplier")
            .set("form", json(r#"[{"attribute": "contact", "required": true}]"#)),
    );
    let internal = world.made::<OrganizationTypeId>(
        CreateOrganizationType::default()
            .set("name", "Internal")
            .set("form", json(r#"[{"attribute": "code", "required": true}]"#)),
    );
    let create = |of| CreateOrganization {
        organization_type: Some(of),
        ..CreateOrganization::new("Acme")
    };
    assert!(world.wrong(create(supplier)).contains_key("contact"));
    let wrong = world.wrong(create(internal).set("contact", "Eve"));
    assert_eq!(wrong["contact"], "attribute.not_in_form");
    assert_eq!(wrong["code"], "value.required");
    let acme = world.made::<OrganizationId>(create(supplier).set("contact", "Eve"));
    world.refused_as(
        Code::InUse,
        DeleteOrganizationType {
            organization_type: supplier,
        },
    );
    let change = ChangeOrganizationType {
        organization: acme,
        organization_type: Some(internal),
        attributes: Default::default(),
    };
    assert!(world.wrong(change.clone()).contains_key("code"));
    world.ok(change.set("code", "A-1"));
    assert_eq!(world.record(acme).text("contact"), "Eve");
    let update = UpdateOrganization {
        organization: acme,
        attributes: Default::default(),
    };
    assert!(world.wrong(update.set("contact", "Bob")).contains_key("contact"));
    world.ok(DeleteOrganizationType {
        organization_type: supplier,
    });
}

#[test]
fn a_change_of_a_form_makes_older_decisions_void() {
    let mut world = World::new();
    let visitor = user_type(&mut world, "Visitor", "[]");
    let old = world.decide(of_type("alice", visitor)).unwrap();
    world.ok(UpdateUserType {
        user_type: visitor,
        attributes: [(
            "form".to_owned(),
            Some(json(r#"[{"attribute": "city", "required": true}]"#)),
        )]
        .into(),
    });
    assert!(old.guards.iter().any(|guard| !world.holds(guard)));
    assert!(world.wrong(of_type("alice", visitor)).contains_key("city"));
}

/// A default belongs to the form that has the attribute.
#[test]
fn defaults_of_other_forms_are_not_filled_in() {
    let mut world = World::new();
    let define: DefineAttribute = serde_json::from_value(serde_json::json!({
        "kind": "user", "name": "badge", "label": "Badge", "type": "text", "default": "white",
    }))
    .unwrap();
    world.ok(define);
    let visitor = user_type(&mut world, "Visitor", r#"[{"attribute": "badge"}]"#);
    let internal = user_type(&mut world, "Internal", r#"[{"attribute": "city"}]"#);
    let alice = world.made::<UserId>(of_type("alice", visitor));
    let bob = world.made::<UserId>(of_type("bob", internal));
    assert_eq!(world.record(alice).text("badge"), "white");
    assert!(world.record(bob).value("badge").is_none());
}
