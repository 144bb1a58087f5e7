use super::*;
use crate::{
    command::{ChangeUserType, CreateUser, DeleteUser, JoinOrganization, RecordConsent, UpdateUser},
    model::{EntityId, Kind, Moment, PositionId, builtin},
    plan::{Actor, Channel},
    wire::Code,
};

/// S1-2, S1-15: every wrong field at once, by name, with a stable code.
#[test]
fn everything_wrong_is_said_at_once() {
    let mut world = World::new();
    let wrong = world.wrong(CreateUser {
        origin: Some("moon".into()),
        lawful_basis: Some("whim".into()),
        user_type: Some(crate::model::UserTypeId(uuid::Uuid::from_u128(7))),
        valid_from: Some(world.now),
        valid_until: Some(Moment::MIN),
        ..CreateUser::new("al ice")
            .set("email", "nobody")
            .set("phone", "030 12")
            .set("firstname", "A")
            .set("created_at", "2026-01-01T00:00:00Z")
            .set("locked", true)
            .set("first_name", "x".repeat(51))
    });
    let wrong: Vec<_> = wrong
        .iter()
        .map(|(field, code)| (field.as_str(), code.as_str()))
        .collect();
    assert_eq!(
        wrong,
        [
            ("created_at", "attribute.read_only"),
            ("email", "value.email"),
            ("first_name", "value.too_long"),
            ("firstname", "attribute.unknown"),
            ("lawful_basis", "value.not_allowed"),
            ("locked", "attribute.read_only"),
            ("origin", "value.not_allowed"),
            ("phone", "value.phone"),
            ("user_name", "value.white_space"),
            ("user_type", "record.not_found"),
            ("valid_until", "window.empty"),
        ]
    );
    assert_eq!(world.wrong(CreateUser::default())["user_name"], "value.required");
}

/// S2-7: the profile of the document; who supplied which value is recorded.
#[test]
fn a_user_with_all_the_usual_values() {
    let mut world = World::new();
    let alice = world.made::<UserId>(CreateUser {
        supplied_by_user: ["email".to_owned()].into(),
        ..CreateUser::new("alice")
            .set("first_name", "Alice")
            .set("last_name", "Ames")
            .set("email", "alice@example.com")
    });
    let record = world.record(alice);
    assert_eq!(record.text("user_name"), "alice");
    assert_eq!(record.value("supplied_by"), Some(&json(r#"{"email": "user"}"#)));
    let definition = builtin(Kind::User)
        .iter()
        .find(|d| d.name == "user_name")
        .unwrap();
    assert!(definition.searchable && definition.required);
}

/// S0-1, S0-7, S0-8, S1-12: who, when, from where.
#[test]
fn metadata_is_kept_by_the_library() {
    let mut world = World::new();
    world.channel = Channel::Import;
    let alice = world.made::<UserId>(CreateUser {
        source: Some("staff.csv".into()),
        ..CreateUser::new("alice")
    });
    let created = world.now;
    world.now = world.now.plus_days(1);
    world.channel = Channel::Api;
    world.ok(UpdateUser::new(alice).set("city", "Utica"));
    let record = world.record(alice);
    assert_eq!(record.moment("created_at"), Some(created));
    assert_eq!(record.moment("changed_at"), Some(world.now));
    assert_eq!(record.text("created_by"), Actor::Host("test".into()).to_string());
    assert_eq!(
        (record.text("origin"), record.text("source")),
        ("import", "staff.csv")
    );
    assert_eq!(record.version, 2);
    for origin in ["orphan_account", "self_registration", "sync", "manual"] {
        world.ok(CreateUser {
            origin: Some(origin.into()),
            ..CreateUser::new(origin)
        });
    }
    // Saying what is so already is no change.
    assert!(world.ok(UpdateUser::new(alice).set("city", "Utica")).is_empty());
    assert_eq!(world.record(alice).version, 2);
}

/// S0-17, S0-18, S2-8: unique on NFKC and full case folding, at creation and at update, and without white space.
#[test]
fn names_are_unique_in_their_folded_form() {
    let mut world = World::new();
    let first = user(&mut world, "Straße");
    for same in ["STRASSE", "strasse", "Ｓtraße", "straſſe"] {
        let problem = world.refused_as(Code::Taken, CreateUser::new(same));
        assert_eq!(problem.fields[0].field, "user_name");
        assert_eq!(problem.subject, Some(EntityId::from(first).to_string()));
    }
    let second = user(&mut world, "other");
    world.refused_as(Code::Taken, UpdateUser::new(second).set("user_name", "STRASSE"));
    // One's own name in another spelling is no clash; the old name becomes free.
    world.ok(UpdateUser::new(first).set("user_name", "STRASSE"));
    world.ok(UpdateUser::new(first).set("user_name", "road"));
    user(&mut world, "straße");
    for white in ["a b", "a\u{a0}b", "a\u{2003}b", " a"] {
        assert_eq!(
            world.wrong(CreateUser::new(white))["user_name"],
            "value.white_space"
        );
        assert!(
            world
                .wrong(UpdateUser::new(second).set("user_name", white))
                .contains_key("user_name")
        );
    }
}

/// S0-17: the realm names one more attribute as unique.
#[test]
fn a_policy_makes_an_attribute_unique() {
    let mut world = World::new();
    world.ok(command(
        r#"{"command": "realm.update", "settings": {"unique": ["user.phone"]}}"#,
    ));
    world.ok(CreateUser::new("alice").set("phone", "+49301234567"));
    world.refused_as(Code::Taken, CreateUser::new("bob").set("phone", "+49301234567"));
    let bob = user(&mut world, "bob");
    world.refused_as(Code::Taken, UpdateUser::new(bob).set("phone", "+49301234567"));
}

/// A.6 X8: any number of unique keys, each declared for a kind, compared in their folded form.
#[test]
fn every_kind_has_the_unique_keys_that_are_declared_for_it() {
    let mut world = World::new();
    world.ok(command(
        r#"{"command": "realm.update", "settings": {"unique": ["user.phone", "user.display_name", "organization.name"]}}"#,
    ));
    world.ok(CreateUser::new("alice")
        .set("phone", "+49301234567")
        .set("display_name", "Straße"));
    let taken = world.refused_as(
        Code::Taken,
        CreateUser::new("ALICE")
            .set("phone", "+49301234567")
            .set("display_name", "STRASSE"),
    );
    let fields: Vec<_> = taken.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["display_name", "phone", "user_name"]);
    organization(&mut world, "Sales", None);
    world.refused_as(Code::Taken, super::super::CreateOrganization::new("SALES"));
    // A name of one kind is free for another.
    user(&mut world, "Sales");
}

/// S0-18: the names of deleted users are free, unless the realm keeps them.
#[test]
fn deleted_users_keep_names_on_request_only() {
    let delete = |user| DeleteUser {
        user,
        mode: Default::default(),
    };
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    world.ok(delete(alice));
    user(&mut world, "alice");

    let mut world = World::new();
    world.ok(command(
        r#"{"command": "realm.update", "settings": {"deleted_keep_names": true}}"#,
    ));
    let alice = user(&mut world, "alice");
    world.ok(delete(alice));
    world.refused_as(Code::Taken, CreateUser::new("alice"));
}

/// S2-9, S2-12: every detail of the document can be edited under its stable name.
#[test]
fn details_are_editable() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let details = [
        ("user_name", "alice2"),
        ("first_name", "Alice"),
        ("last_name", "Ames"),
        ("email", "a@example.com"),
        ("phone", "+49301234567"),
        ("city", "Utica"),
        ("postal_code", "13501"),
        ("country", "US"),
        ("state", "New York"),
    ];
    let mut update = UpdateUser::new(alice);
    for (name, value) in details {
        update = update.set(name, value);
    }
    let plan = world.ok(update);
    assert_eq!(plan.events[0].name, "user.renamed");
    for (name, value) in details {
        assert_eq!(world.record(alice).text(name), value);
    }
    world.ok(UpdateUser::new(alice).unset("city"));
    assert!(world.record(alice).value("city").is_none());
}

/// S2-10: generic slots take values of their shape.
#[test]
fn generic_slots_are_typed() {
    let mut world = World::new();
    let alice = world.made::<UserId>(
        CreateUser::new("alice")
            .set("indexed_string_1", "x")
            .set("unindexed_strings_5", vec!["a", "b"])
            .set("indexed_date_2", "2026-02-28")
            .set("unindexed_integer_3", Value::Integer(7)),
    );
    assert_eq!(
        world.record(alice).value("unindexed_integer_3"),
        Some(&Value::Integer(7))
    );
    let wrong = world.wrong(
        UpdateUser::new(alice)
            .set("indexed_date_2", "2026-02-30")
            .set("indexed_integer_1", "7")
            .set("indexed_string_6", "x"),
    );
    assert_eq!(wrong.len(), 3);
}

/// S2-13: both preferences are off until the person says otherwise.
#[test]
fn preferences_are_off_by_default() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    for name in ["preference_updates", "preference_marketing"] {
        assert_eq!(world.record(alice).value(name), Some(&Value::Boolean(false)));
    }
    world.ok(UpdateUser::new(alice).set("preference_updates", true));
    assert!(world.record(alice).flag("preference_updates"));
    assert!(!world.record(alice).flag("preference_marketing"));
}

/// S3-22: lawful basis and consents are recorded per user, with time; earlier ones stay.
#[test]
fn consent_is_recorded() {
    let mut world = World::new();
    let alice = world.made::<UserId>(CreateUser {
        lawful_basis: Some("contract".into()),
        ..CreateUser::new("alice")
    });
    assert_eq!(world.record(alice).text("lawful_basis"), "contract");
    let record = |granted| RecordConsent {
        user: alice,
        purpose: Some("newsletter".into()),
        granted,
        text_version: Some("2026-1".into()),
        lawful_basis: granted.then(|| "consent".into()),
    };
    world.ok(record(true));
    assert_eq!(world.record(alice).text("lawful_basis"), "consent");
    let given = world.now;
    world.now = world.now.plus_days(1);
    world.ok(record(false));
    let consents = world.record(alice).value("consents").unwrap().elements().to_vec();
    assert_eq!(consents.len(), 2);
    let Value::Object(first) = &consents[0] else {
        panic!("{consents:?}")
    };
    assert_eq!(first["at"], given.into());
    assert_eq!(first["granted"], true.into());
    let wrong = RecordConsent {
        purpose: None,
        lawful_basis: Some("whim".into()),
        ..record(true)
    };
    assert!(world.wrong(wrong).contains_key("lawful_basis"));
    // Not by an ordinary update.
    assert!(
        world
            .wrong(UpdateUser::new(alice).set("lawful_basis", "consent"))
            .contains_key("lawful_basis")
    );
}

/// S4-52, S4-53, S4-54, S4-55, S4-56, S4-57, S4-58
#[test]
fn identity_types() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    assert_eq!(world.record(alice).text("identity_type"), "primary");
    for identity in [
        "organizational",
        "personalized_administrator",
        "sponsored",
        "shared",
        "service",
    ] {
        let id = world.made::<UserId>(
            CreateUser::new(identity)
                .set("identity_type", identity)
                .set("privileged", true),
        );
        assert_eq!(world.record(id).text("identity_type"), identity);
        assert!(world.record(id).flag("privileged"));
    }
    assert!(
        world
            .wrong(CreateUser::new("x").set("identity_type", "robot"))
            .contains_key("identity_type")
    );
}

/// An identifier that is taken is not written over, and what is named must be there.
#[test]
fn identifiers_are_free_and_references_are_live() {
    let mut world = World::new();
    let alice = user(&mut world, "alice");
    let again = CreateUser {
        id: Some(alice),
        ..CreateUser::new("bob")
    };
    let problem = world.refused_as(Code::Taken, again);
    assert_eq!(problem.fields[0].field, "id");
    assert_eq!(world.record(alice).text("user_name"), "alice");
    let fresh = UserId(uuid::Uuid::from_u128(77));
    let brought = world.made::<UserId>(CreateUser {
        id: Some(fresh),
        ..CreateUser::new("carol")
    });
    assert_eq!(brought, fresh);
    let nowhere = uuid::Uuid::from_u128(78);
    for (field, wrong) in [
        (
            "organizations",
            CreateUser::new("x").in_organization(OrganizationId(nowhere)),
        ),
        (
            "position",
            CreateUser {
                positions: vec![PositionId(nowhere)],
                ..CreateUser::new("x")
            },
        ),
        (
            "manager",
            CreateUser {
                manager: Some(UserId(nowhere)),
                ..CreateUser::new("x")
            },
        ),
    ] {
        let problem = world.refused_as(Code::NotFound, wrong);
        assert_eq!(problem.fields[0].field, field);
    }
    let typeless = ChangeUserType {
        user: alice,
        user_type: Some(crate::model::UserTypeId(nowhere)),
        attributes: Default::default(),
        recompute_expiry: false,
    };
    assert!(world.wrong(typeless).contains_key("user_type"));
}

/// S0-27, S2-81, S2-84: several organizations at once, with a number in each and one of its own.
#[test]
fn a_user_has_a_number_and_one_in_each_organization() {
    let mut world = World::new();
    let (a, b) = (
        organization(&mut world, "A", None),
        organization(&mut world, "B", None),
    );
    let join = |organization, number: &str| JoinOrganization {
        number: Some(number.into()),
        ..JoinOrganization::new(organization)
    };
    let alice = world.made::<UserId>(CreateUser {
        organizations: vec![join(a, "A-7"), join(b, "B-9")],
        ..CreateUser::new("alice").set("user_number", "1000")
    });
    assert_eq!(world.record(alice).text("user_number"), "1000");
    let numbers: std::collections::BTreeMap<_, _> = world
        .edges
        .values()
        .map(|edge| (edge.key.to, edge.attributes["number"].clone()))
        .collect();
    assert_eq!(
        numbers,
        [(a.into(), "A-7".into()), (b.into(), "B-9".into())].into()
    );
    // The global number is unique, the ones in organizations are not.
    world.refused_as(Code::Taken, CreateUser::new("bob").set("user_number", "1000"));
    world.ok(CreateUser {
        organizations: vec![join(a, "A-7")],
        ..CreateUser::new("bob").set("user_number", "1001")
    });
}

/// S3-74: when a user was created is read-only; S3-75: so is when sign-up was completed, which is noted once; S3-76: so
/// is the identifier, which is no attribute at all.
#[test]
fn what_the_library_notes_is_read_only() {
    let mut world = World::new();
    let id: UserId = world.made(CreateUser::new("alice"));
    let now = world.now;
    let seen = world.record(id);
    assert_eq!(seen.moment("created_at"), Some(now));
    assert_eq!(seen.moment("registered_at"), Some(now));
    for name in [
        "created_at",
        "registered_at",
        "created_by",
        "changed_at",
        "last_sign_in_at",
    ] {
        let wrong = world.wrong(UpdateUser::new(id).set(name, "2020-01-01T00:00:00Z"));
        assert_eq!(wrong[name], "attribute.read_only", "{name}");
    }
    let wrong = world.wrong(UpdateUser::new(id).set("id", "user_00000000000000000000000001"));
    assert_eq!(wrong["id"], "attribute.unknown");
    let waiting = CreateUser {
        registration: crate::command::Registration::NotInvited,
        ..CreateUser::new("bob")
    };
    let bob: UserId = world.made(waiting);
    assert_eq!(world.record(bob).moment("registered_at"), None);
}
