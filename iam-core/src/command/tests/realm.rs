use super::*;
use crate::{
    command::{CreateRealm, UpdateRealm},
    model::{EntityId, Kind, RealmId},
    plan::{Settings, StatusEffect},
    wire::Code,
};

fn update(settings: &str) -> UpdateRealm {
    UpdateRealm {
        name: None,
        settings: serde_json::from_str(settings).unwrap(),
    }
}

/// S2-6: the settings can be read, with every default filled in.
#[test]
fn settings_are_merged_and_readable() {
    let mut world = World::new();
    assert_eq!(world.schema().settings, Settings::default());
    world.ok(update(
        r#"{"retention_days": 7, "messages": {"user.created": true, "user.deleted": true}}"#,
    ));
    world.ok(update(
        r#"{"tree_shows_positions": true, "messages": {"user.deleted": null}}"#,
    ));
    let settings = world.schema().settings;
    assert_eq!(settings.retention_days, 7);
    assert!(settings.tree_shows_positions);
    assert_eq!(settings.messages, [("user.created".to_owned(), true)].into());
    assert_eq!(settings.tree_sort, "sort_order");
    // Back to the default, and back to no settings at all.
    world.ok(update(
        r#"{"retention_days": null, "tree_shows_positions": null, "messages": null}"#,
    ));
    assert_eq!(world.schema().settings, Settings::default());
    assert!(world.record(world.realm).value("settings").is_none());
}

/// S0-11, S0-12, S0-14, S0-15, S0-17, S0-28, S0-70, S0-79, S0-80, S0-105, S0-106: the settings behind the screens.
#[test]
fn every_setting_of_the_screens_is_there() {
    let mut world = World::new();
    world.ok(update(
        r#"{
            "displayed": {"user": ["user_name", "city"], "user_type": ["name"], "organization": ["name", "code"],
                          "position": ["id", "name"]},
            "not_searched": ["user.city", "user_type.description"],
            "tree_shows_positions": true, "tree_sort": "name", "member_sort": "number",
            "status_view": "customer",
            "position_form": [{"attribute": "code", "required": true}],
            "unique": ["user.phone"]
        }"#,
    ));
    let settings = world.schema().settings;
    assert_eq!(settings.displayed["user"], ["user_name", "city"]);
    assert!(settings.not_searched.contains("user.city"));
    assert!(
        settings.tree_shows_positions && settings.tree_sort == "name" && settings.member_sort == "number"
    );
    assert_eq!(settings.position_form[0].attribute, "code");
    assert!(settings.unique.contains("user.phone"));
    assert_eq!(settings.status_view, crate::rules::status::StatusView::Customer);
}

/// S0-99: what an organization type's list shows is not configurable.
#[test]
fn wrong_settings_are_all_named_at_once() {
    let mut world = World::new();
    let wrong = world.wrong(update(
        r#"{
            "retention_days": "long", "no_such": 1, "unique": ["user.organizations", "phone", "user.nothing"],
            "required": ["administrative_status", "nothing"], "tree_sort": "colour", "member_sort": "x",
            "not_searched": ["robot.name"]
        }"#,
    ));
    let fields: Vec<_> = wrong.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "settings.member_sort",
            "settings.no_such",
            "settings.not_searched",
            "settings.required",
            "settings.retention_days",
            "settings.tree_sort",
            "settings.unique",
        ]
    );
    let wrong = world.wrong(update(
        r#"{
            "unique": ["user.organizations", "phone", "user.nothing"], "retention_days": 40000,
            "required": ["administrative_status"], "tree_sort": "colour", "member_sort": "x",
            "not_searched": ["robot.name"], "status_effects": {"user.greet": []},
            "position_form": [{"attribute": "nothing"}],
            "displayed": {"user": ["nothing"], "robot": [], "organization_type": ["name"]}
        }"#,
    ));
    let fields: Vec<_> = wrong.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "settings.displayed.organization_type",
            "settings.displayed.robot",
            "settings.displayed.user",
            "settings.member_sort",
            "settings.not_searched",
            "settings.position_form",
            "settings.required",
            "settings.retention_days",
            "settings.status_effects.user.greet",
            "settings.tree_sort",
            "settings.unique",
        ]
    );
    // Unknown settings are wrong also when they are set back to a default.
    assert!(
        world
            .wrong(update(r#"{"no_such": null}"#))
            .contains_key("settings.no_such")
    );
    let plan = world.decide(update(r#"{"retention_days": null}"#)).unwrap();
    assert!(plan.is_empty());
}

/// A.6 X3: what a transition does is data.
#[test]
fn effects_of_a_transition_can_be_chosen() {
    let mut world = World::new();
    world.ok(update(
        r#"{"status_effects": {"user.disable": ["refuse_sign_in", "refuse_refresh"]}}"#,
    ));
    let settings = world.schema().settings;
    assert_eq!(settings.effects_of("user.disable"), StatusEffect::LENIENT.into());
    assert_eq!(settings.effects_of("user.delete"), StatusEffect::STRICT.into());
}

/// S2-4: a realm's name is unique, its identifier as well.
#[test]
fn names_and_identifiers_of_realms_are_unique() {
    let mut world = World::new();
    world.refused_as(Code::Realm, CreateRealm::new("other"));
    let acme = world.realm;
    world.realm = RealmId(uuid::Uuid::from_u128(2));
    let problem = world.refused_as(Code::Taken, CreateRealm::new("ACME"));
    assert_eq!(problem.subject, Some(EntityId::from(acme).to_string()));
    let mut wrong = CreateRealm::new("beta");
    wrong.id = Some(acme);
    world.refused_as(Code::Realm, wrong);
    assert!(world.wrong(CreateRealm::new("")).contains_key("name"));
    world.ok(command(
        r#"{"command": "realm.create", "name": "beta", "settings": {"retention_days": 1}}"#,
    ));
    assert_eq!(world.schema().settings.retention_days, 1);
    assert_eq!(world.record(world.realm).kind(), Kind::Realm);
}

#[test]
fn a_change_of_settings_counts_and_a_change_of_the_name_does_not() {
    let mut world = World::new();
    let epoch = |world: &World| {
        let record = world.record(world.realm);
        (
            record.version,
            record.value("schema_epoch").and_then(Value::as_integer),
        )
    };
    assert_eq!(epoch(&world), (1, None));
    world.ok(UpdateRealm {
        name: Some("acme 2".into()),
        ..UpdateRealm::default()
    });
    assert_eq!(epoch(&world), (2, None));
    let plan = world.ok(update(r#"{"unique": ["user.phone"]}"#));
    assert_eq!(epoch(&world), (3, Some(1)));
    // The index of unique values has to be made for what is there already.
    assert_eq!(plan.effects[0].name, "schema.reindex");
    assert_eq!(plan.effects[0].details["attribute"], "user.phone".into());
}
