use super::*;
use crate::{
    command::{CreateUser, DefineAttribute, RemoveAttribute, UpdateAttribute, UpdateRealm, UpdateUser},
    model::{AttributeType, Kind},
    wire::Code,
};

fn define(fields: &str) -> DefineAttribute {
    let mut whole =
        serde_json::json!({"kind": "user", "name": "cost_center", "label": "Cost center", "type": "text"});
    let fields: serde_json::Value = serde_json::from_str(fields).unwrap();
    for (name, value) in fields.as_object().unwrap() {
        whole[name] = value.clone();
    }
    serde_json::from_value(whole).unwrap()
}

fn change(fields: &str) -> UpdateAttribute {
    let mut whole = serde_json::json!({"kind": "user", "name": "cost_center"});
    let fields: serde_json::Value = serde_json::from_str(fields).unwrap();
    for (name, value) in fields.as_object().unwrap() {
        whole[name] = value.clone();
    }
    serde_json::from_value(whole).unwrap()
}

fn remove() -> RemoveAttribute {
    RemoveAttribute {
        kind: Kind::User,
        name: "cost_center".into(),
    }
}

/// S3-78, S2-12: declared, then set at creation, read, changed.
#[test]
fn a_custom_attribute_can_be_used_at_once() {
    let mut world = World::new();
    let fields = world.wrong(CreateUser::new("alice").set("cost_center", "A1"));
    assert_eq!(fields["cost_center"], "attribute.unknown");
    world.ok(define(r#"{"searchable": true}"#));
    let alice = world.made::<UserId>(CreateUser::new("alice").set("cost_center", "A1"));
    assert_eq!(world.record(alice).text("cost_center"), "A1");
    world.ok(UpdateUser::new(alice).set("cost_center", "B2"));
    assert_eq!(world.record(alice).text("cost_center"), "B2");
    let schema = world.schema();
    let definition = schema.attribute(Kind::User, "cost_center").unwrap();
    assert_eq!(definition.label, "Cost center");
    assert!(definition.searchable && definition.pattern.is_none());
}

/// S3-79, S3-80, S3-81, S3-82, S3-83: every wrong field of a definition is named.
#[test]
fn wrong_definitions_are_refused() {
    let mut world = World::new();
    let wrong = world.wrong(define(
        r#"{"name": "cost center", "label": "", "maximum_length": 1001, "pattern": "("}"#,
    ));
    let fields: Vec<_> = wrong.keys().map(String::as_str).collect();
    assert_eq!(fields, ["label", "maximum_length", "name", "pattern"]);
    assert!(
        world
            .wrong(define(&format!(r#"{{"name": "{}"}}"#, "a".repeat(31))))
            .contains_key("name")
    );
    assert!(
        world
            .wrong(define(&format!(r#"{{"label": "{}"}}"#, "a".repeat(121))))
            .contains_key("label")
    );
    world.ok(define(&format!(
        r#"{{"name": "{}", "label": "{}", "maximum_length": 1}}"#,
        "a".repeat(30),
        "a".repeat(120)
    )));
}

/// S3-79: unique, letter case aside; the same name for another kind is another attribute.
#[test]
fn names_of_attributes_are_unique_for_a_kind() {
    let mut world = World::new();
    world.ok(define("{}"));
    world.refused_as(Code::Taken, define("{}"));
    world.refused_as(Code::Taken, define(r#"{"name": "COST_CENTER"}"#));
    world.ok(define(r#"{"kind": "organization"}"#));
}

/// S3-84, S3-86: without a limit of its own a text has 1000 code points.
#[test]
fn lengths_are_counted_in_code_points() {
    let mut world = World::new();
    world.ok(define("{}"));
    world.ok(CreateUser::new("a").set("cost_center", "ß".repeat(1000)));
    let wrong = world.wrong(CreateUser::new("b").set("cost_center", "ß".repeat(1001)));
    assert_eq!(wrong["cost_center"], "value.too_long");
}

/// S3-85, S3-86: the pattern matches the whole value.
#[test]
fn patterns_validate_values() {
    let mut world = World::new();
    world.ok(define(r#"{"pattern": "[A-Z]\\d+"}"#));
    world.ok(CreateUser::new("a").set("cost_center", "A17"));
    assert!(
        world
            .wrong(CreateUser::new("b").set("cost_center", "xA17"))
            .contains_key("cost_center")
    );
    assert!(
        world
            .wrong(define(r#"{"name": "back", "pattern": "(a)\\1"}"#))
            .contains_key("pattern")
    );
}

/// S0-71, S0-100: types have no attributes of their own making.
#[test]
fn only_things_can_be_extended() {
    let mut world = World::new();
    for kind in [
        "user_type",
        "organization_type",
        "template",
        "attribute",
        "realm",
        "command",
    ] {
        let wrong = world.wrong(define(&format!(r#"{{"kind": "{kind}"}}"#)));
        assert!(wrong.contains_key("kind"), "{kind}");
    }
    for kind in ["user", "device", "organization", "position", "group"] {
        world.ok(define(&format!(r#"{{"kind": "{kind}"}}"#)));
    }
}

#[test]
fn limits_change_for_what_is_written_next() {
    let mut world = World::new();
    world.ok(define("{}"));
    let alice = world.made::<UserId>(CreateUser::new("alice").set("cost_center", "long enough"));
    let plan = world.ok(change(
        r#"{"maximum_length": 4, "pattern": "[A-Z]+", "label": "Centre"}"#,
    ));
    assert!(plan.remarks[0].contains("from now on"));
    world.ok(UpdateUser::new(alice).set("city", "Utica"));
    assert!(
        world
            .wrong(UpdateUser::new(alice).set("cost_center", "ABCDE"))
            .contains_key("cost_center")
    );
    world.ok(UpdateUser::new(alice).set("cost_center", "ABCD"));
    world.ok(change(r#"{"maximum_length": null, "pattern": null}"#));
    world.ok(UpdateUser::new(alice).set("cost_center", "abcdefg"));
    world.ok(change(
        r#"{"required": true, "default": "x", "allowed": ["x", "y"], "personal": true}"#,
    ));
    assert!(world.wrong(change(r#"{"default": "z"}"#)).contains_key("default"));
    let bob = user(&mut world, "bob");
    assert_eq!(world.record(bob).text("cost_center"), "x");
}

#[test]
fn what_a_definition_decided_for_good_cannot_change() {
    let mut world = World::new();
    world.ok(define("{}"));
    let mut command = change(r#"{"multiple": true, "unique": true, "searchable": true}"#);
    command.value_type = Some(AttributeType::Integer);
    let wrong = world.wrong(command);
    let fields: Vec<_> = wrong.keys().map(String::as_str).collect();
    assert_eq!(fields, ["multiple", "searchable", "type", "unique"]);
    // Saying again what is so is no change.
    let plan = world.ok(change(r#"{"multiple": false, "type": "text"}"#));
    assert!(plan.is_empty());
    let mut other = change("{}");
    other.name = "nothing".into();
    world.refused_as(Code::NotFound, other);
}

#[test]
fn an_attribute_that_something_names_stays() {
    let mut world = World::new();
    world.ok(define(r#"{"searchable": true}"#));
    let visitor = world.made::<crate::model::UserTypeId>(
        crate::command::CreateUserType::default()
            .set("name", "Visitor")
            .set("form", json(r#"[{"attribute": "cost_center"}]"#)),
    );
    world.ok(crate::command::CreateTemplate::default()
        .set("name", "T")
        .set("values", json(r#"{"cost_center": "A"}"#)));
    world.ok(UpdateRealm {
        name: None,
        settings: serde_json::from_str(
            r#"{"unique": ["user.cost_center"], "displayed": {"user": ["cost_center"]},
                "required": ["cost_center"], "not_searched": ["user.cost_center"]}"#,
        )
        .unwrap(),
    });
    let problem = world.refused_as(Code::InUse, remove());
    assert_eq!(problem.details.len(), 6, "{problem}");
    assert!(problem.details[0].contains(&visitor.to_string()));

    let mut world = World::new();
    world.ok(define("{}"));
    let plan = world.ok(remove());
    assert!(plan.effects.iter().any(|effect| effect.name == "schema.reindex"));
    assert!(world.schema().attribute(Kind::User, "cost_center").is_none());
    world.refused_as(Code::NotFound, remove());
}

/// S0-17: unique from the definition on, checked at every save.
#[test]
fn a_unique_custom_attribute_blocks_the_second_save() {
    let mut world = World::new();
    world.ok(define(r#"{"unique": true, "searchable": true}"#));
    world.ok(CreateUser::new("alice").set("cost_center", "A1"));
    world.refused_as(Code::Taken, CreateUser::new("bob").set("cost_center", "a1"));
}
